import { once } from "node:events";
import { PassThrough } from "node:stream";
import { Effect, Queue } from "effect";
import { Subject } from "rxjs";
import { channel, EMPTY } from "tailrace";
import type { Bench } from "./harness/bench.ts";
import { addUpBatches, feed, feedAndClose, sendAndClose } from "./programs/channels.ts";
import { offer, take, takeAll, transfer } from "./programs/fibers.ts";
import { addUp, sumBelow } from "./programs/numbers.ts";
import { read, writeAndClose, writeAndEnd } from "./programs/streams.ts";

const CAPACITY = 64;

export const bench: Bench = {
  job: "one sender to one receiver through a buffer of 64",
  operation: "item",
  operations: 1_000_000,
  expected: sumBelow,
  subjects: [
    {
      package: "tailrace",
      calls: "await send, for await",
      async run(items) {
        const numbers = channel<number>({ capacity: CAPACITY });
        const sender = sendAndClose(numbers, items);
        const sum = await addUp(numbers);
        await sender;
        return sum;
      },
    },
    {
      package: "tailrace",
      calls: "trySend, for await",
      note: "send only when full",
      async run(items) {
        const numbers = channel<number>({ capacity: CAPACITY });
        const sender = feedAndClose(numbers, items);
        const sum = await addUp(numbers);
        await sender;
        return sum;
      },
    },
    {
      package: "tailrace",
      calls: "trySend, tryReceive",
      note: "send only when full, receive only when empty",
      async run(items) {
        const numbers = channel<number>({ capacity: CAPACITY });
        const sender = feed(numbers, 0, items);
        let sum = 0;
        for (let i = 0; i < items; i++) {
          const number = numbers.tryReceive();
          sum += number === EMPTY ? await numbers.receive() : number;
        }
        await sender;
        return sum;
      },
    },
    {
      package: "tailrace",
      calls: "trySend, batches",
      note: "send only when full",
      async run(items) {
        const numbers = channel<number>({ capacity: CAPACITY });
        const sender = feedAndClose(numbers, items);
        const sum = await addUpBatches(numbers);
        await sender;
        return sum;
      },
    },
    {
      package: "effect",
      calls: "Queue offer, take",
      operations: 300_000,
      run(items) {
        const queue = Effect.runSync(Queue.bounded<number>(CAPACITY));
        return Effect.runPromise(transfer(offer(queue, 0, items), take(queue, items)));
      },
    },
    {
      package: "effect",
      calls: "Queue offer, takeAll",
      run(items) {
        const queue = Effect.runSync(Queue.bounded<number>(CAPACITY));
        return Effect.runPromise(transfer(offer(queue, 0, items), takeAll(queue, items)));
      },
    },
    {
      package: "effect",
      calls: "Queue offerAll, takeAll",
      note: "in batches of 64 on both sides",
      run(items) {
        const queue = Effect.runSync(Queue.bounded<number>(CAPACITY));
        const sender = Effect.gen(function* () {
          for (let i = 0; i < items; i += CAPACITY) {
            const batch: number[] = [];
            for (let j = i; j < Math.min(items, i + CAPACITY); j++) batch.push(j);
            yield* Queue.offerAll(queue, batch);
          }
        });
        return Effect.runPromise(transfer(sender, takeAll(queue, items)));
      },
    },
    {
      package: "node",
      calls: "PassThrough, for await",
      async run(items) {
        const through = new PassThrough({ objectMode: true, highWaterMark: CAPACITY });
        const sender = writeAndEnd(through, items);
        const sum = await addUp(through);
        await sender;
        return sum;
      },
    },
    {
      package: "node",
      calls: "PassThrough, on data",
      async run(items) {
        const through = new PassThrough({ objectMode: true, highWaterMark: CAPACITY });
        let sum = 0;
        through.on("data", (number: number) => (sum += number));
        const ended = once(through, "end");
        await writeAndEnd(through, items);
        await ended;
        return sum;
      },
    },
    {
      package: "node",
      calls: "TransformStream",
      operations: 200_000,
      async run(items) {
        const transform = new TransformStream<number, number>(
          {},
          { highWaterMark: CAPACITY },
          { highWaterMark: CAPACITY },
        );
        const sender = writeAndClose(transform.writable, items);
        const sum = await read(transform.readable);
        await sender;
        return sum;
      },
    },
    {
      package: "rxjs",
      calls: "Subject",
      note: "synchronous, no buffer, no back-pressure",
      run(items) {
        const numbers = new Subject<number>();
        let sum = 0;
        numbers.subscribe((number) => (sum += number));
        for (let i = 0; i < items; i++) numbers.next(i);
        return Promise.resolve(sum);
      },
    },
    {
      package: "node",
      calls: "async iterator by hand",
      note: "floor: one hop, no buffer, no second task",
      run(items) {
        let i = 0;
        const numbers: AsyncIterable<number> = {
          [Symbol.asyncIterator]: () => ({
            next: () =>
              Promise.resolve<IteratorResult<number, undefined>>(
                i < items ? { value: i++, done: false } : { value: undefined, done: true },
              ),
          }),
        };
        return addUp(numbers);
      },
    },
  ],
};
