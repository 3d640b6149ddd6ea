import { once } from "node:events";
import { PassThrough } from "node:stream";
import { Effect, Fiber, Queue } from "effect";
import { Subject } from "rxjs";
import { channel, EMPTY } from "tailrace";
import type { Bench } from "./harness/bench.ts";

const CAPACITY = 64;

export const bench: Bench = {
  job: "one sender to one receiver through a buffer of 64",
  operation: "item",
  operations: 1_000_000,
  expected: (items) => (items * (items - 1)) / 2,
  subjects: [
    {
      package: "tailrace",
      calls: "await send, for await",
      async run(items) {
        const numbers = channel<number>({ capacity: CAPACITY });
        const sender = (async () => {
          for (let i = 0; i < items; i++) await numbers.send(i);
          numbers.close();
        })();
        let sum = 0;
        for await (const number of numbers) sum += number;
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
        const sender = (async () => {
          for (let i = 0; i < items; i++) if (!numbers.trySend(i)) await numbers.send(i);
          numbers.close();
        })();
        let sum = 0;
        for await (const number of numbers) sum += number;
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
        const sender = (async () => {
          for (let i = 0; i < items; i++) if (!numbers.trySend(i)) await numbers.send(i);
        })();
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
        const sender = (async () => {
          for (let i = 0; i < items; i++) if (!numbers.trySend(i)) await numbers.send(i);
          numbers.close();
        })();
        let sum = 0;
        for await (const batch of numbers.batches()) for (const number of batch) sum += number;
        await sender;
        return sum;
      },
    },
    {
      package: "effect",
      calls: "Queue offer, take",
      operations: 300_000,
      run: (items) =>
        Effect.runPromise(
          Effect.gen(function* () {
            const queue = yield* Queue.bounded<number>(CAPACITY);
            const sender = yield* Effect.forkChild(
              Effect.gen(function* () {
                for (let i = 0; i < items; i++) yield* Queue.offer(queue, i);
              }),
            );
            let sum = 0;
            for (let i = 0; i < items; i++) sum += yield* Queue.take(queue);
            yield* Fiber.join(sender);
            return sum;
          }),
        ),
    },
    {
      package: "effect",
      calls: "Queue offer, takeAll",
      run: (items) =>
        Effect.runPromise(
          Effect.gen(function* () {
            const queue = yield* Queue.bounded<number>(CAPACITY);
            const sender = yield* Effect.forkChild(
              Effect.gen(function* () {
                for (let i = 0; i < items; i++) yield* Queue.offer(queue, i);
              }),
            );
            let sum = 0;
            for (let taken = 0; taken < items;) {
              for (const number of yield* Queue.takeAll(queue)) {
                sum += number;
                taken++;
              }
            }
            yield* Fiber.join(sender);
            return sum;
          }),
        ),
    },
    {
      package: "effect",
      calls: "Queue offerAll, takeAll",
      note: "in batches of 64 on both sides",
      run: (items) =>
        Effect.runPromise(
          Effect.gen(function* () {
            const queue = yield* Queue.bounded<number>(CAPACITY);
            const sender = yield* Effect.forkChild(
              Effect.gen(function* () {
                for (let i = 0; i < items; i += CAPACITY) {
                  const batch: number[] = [];
                  for (let j = i; j < Math.min(items, i + CAPACITY); j++) batch.push(j);
                  yield* Queue.offerAll(queue, batch);
                }
              }),
            );
            let sum = 0;
            for (let taken = 0; taken < items;) {
              for (const number of yield* Queue.takeAll(queue)) {
                sum += number;
                taken++;
              }
            }
            yield* Fiber.join(sender);
            return sum;
          }),
        ),
    },
    {
      package: "node",
      calls: "PassThrough, for await",
      async run(items) {
        const through = new PassThrough({ objectMode: true, highWaterMark: CAPACITY });
        const sender = (async () => {
          for (let i = 0; i < items; i++) if (!through.write(i)) await once(through, "drain");
          through.end();
        })();
        let sum = 0;
        for await (const number of through as AsyncIterable<number>) sum += number;
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
        for (let i = 0; i < items; i++) if (!through.write(i)) await once(through, "drain");
        through.end();
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
        const writer = transform.writable.getWriter();
        const sender = (async () => {
          for (let i = 0; i < items; i++) {
            await writer.ready;
            void writer.write(i);
          }
          await writer.close();
        })();
        const reader = transform.readable.getReader();
        let sum = 0;
        for (let read = await reader.read(); !read.done; read = await reader.read()) sum += read.value;
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
      async run(items) {
        let i = 0;
        const numbers: AsyncIterable<number> = {
          [Symbol.asyncIterator]: () => ({
            next: () =>
              Promise.resolve<IteratorResult<number, undefined>>(
                i < items ? { value: i++, done: false } : { value: undefined, done: true },
              ),
          }),
        };
        let sum = 0;
        for await (const number of numbers) sum += number;
        return sum;
      },
    },
  ],
};
