import { once } from "node:events";
import { PassThrough, Writable } from "node:stream";
import { Effect, Fiber, PubSub } from "effect";
import PQueue from "p-queue";
import { Subject } from "rxjs";
import { broadcast, fanOut } from "tailrace";
import type { Bench } from "./harness/bench.ts";
import { addUpBatches, feedAndClose, sendAndClose } from "./programs/channels.ts";
import { addUp, count, sumBelow } from "./programs/numbers.ts";
import { read, writeAndEnd } from "./programs/streams.ts";

const SINKS = 8;
const CAPACITY = 64;

export const bench: Bench = {
  job: `one source to ${String(SINKS)} sinks that each get every item, ${String(CAPACITY)} items of room per sink`,
  operation: "published item",
  operations: 100_000,
  expected: (items) => SINKS * sumBelow(items),
  subjects: [
    {
      package: "tailrace",
      calls: "broadcast, batches",
      note: "send only when full",
      async run(items) {
        const hub = broadcast<number>({ audience: SINKS });
        const sums = Array.from({ length: SINKS }, () => addUpBatches(hub.subscribe({ capacity: CAPACITY })));
        await feedAndClose(hub, items);
        return (await Promise.all(sums)).reduce((total, part) => total + part);
      },
    },
    {
      package: "tailrace",
      calls: "broadcast, for await",
      async run(items) {
        const hub = broadcast<number>({ audience: SINKS });
        const sums = Array.from({ length: SINKS }, () => addUp(hub.subscribe({ capacity: CAPACITY })));
        await sendAndClose(hub, items);
        return (await Promise.all(sums)).reduce((total, part) => total + part);
      },
    },
    {
      package: "tailrace",
      calls: "fanOut broadcast",
      async run(items) {
        const sinks = Array.from({ length: SINKS }, () => addUp);
        const sums = await fanOut(count(0, items), sinks, { buffer: CAPACITY });
        return sums.reduce((total, sum) => total + sum);
      },
    },
    {
      package: "tailrace",
      calls: "fanOut zip",
      note: "each sink its own element of an array of 8",
      async run(items) {
        function* eights(): Generator<number[], void> {
          for (let i = 0; i < items; i++) yield [i, i, i, i, i, i, i, i];
        }
        const sinks = Array.from({ length: SINKS }, () => addUp);
        const sums = await fanOut(eights(), sinks, { route: "zip", buffer: CAPACITY });
        return sums.reduce((total, sum) => total + sum);
      },
    },
    {
      package: "tailrace",
      calls: "fanOut broadcast to Writables",
      async run(items) {
        const { sinks, total } = writables();
        await fanOut(count(0, items), sinks, { buffer: CAPACITY });
        return total();
      },
    },
    {
      package: "effect",
      calls: "PubSub publish, take",
      operations: 20_000,
      run: (items) =>
        publish(items, (subscription) =>
          Effect.gen(function* () {
            let sum = 0;
            for (let i = 0; i < items; i++) sum += yield* PubSub.take(subscription);
            return sum;
          }),
        ),
    },
    {
      package: "effect",
      calls: "PubSub publish, takeAll",
      operations: 20_000,
      run: (items) =>
        publish(items, (subscription) =>
          Effect.gen(function* () {
            let sum = 0;
            for (let taken = 0; taken < items;) {
              for (const number of yield* PubSub.takeAll(subscription)) {
                sum += number;
                taken++;
              }
            }
            return sum;
          }),
        ),
    },
    {
      package: "node",
      calls: "pipe to 8 Writables",
      async run(items) {
        const source = new PassThrough({ objectMode: true, highWaterMark: CAPACITY });
        const { sinks, total } = writables();
        const finished = sinks.map((sink) => once(source.pipe(sink), "finish"));
        await writeAndEnd(source, items);
        await Promise.all(finished);
        return total();
      },
    },
    {
      package: "node",
      calls: "ReadableStream tee to 8",
      operations: 20_000,
      note: "a slow branch is buffered without bound",
      async run(items) {
        let i = 0;
        const source = new ReadableStream<number>(
          {
            pull(controller) {
              if (i < items) controller.enqueue(i++);
              else controller.close();
            },
          },
          { highWaterMark: CAPACITY },
        );
        let branches = [source];
        while (branches.length < SINKS) branches = branches.flatMap((branch) => branch.tee());
        const sums = await Promise.all(branches.map(read));
        return sums.reduce((total, sum) => total + sum);
      },
    },
    {
      package: "rxjs",
      calls: "Subject",
      note: "synchronous, no back-pressure",
      run(items) {
        const numbers = new Subject<number>();
        let total = 0;
        for (let sink = 0; sink < SINKS; sink++) numbers.subscribe((number) => (total += number));
        for (let i = 0; i < items; i++) numbers.next(i);
        return Promise.resolve(total);
      },
    },
    {
      package: "p-queue",
      calls: "8 × PQueue(1).add",
      operations: 10_000,
      note: "onSizeLessThan when full",
      async run(items) {
        const queues = Array.from({ length: SINKS }, () => new PQueue({ concurrency: 1 }));
        let total = 0;
        for (let i = 0; i < items; i++) {
          for (const queue of queues) {
            if (queue.size >= CAPACITY) await queue.onSizeLessThan(CAPACITY);
            void queue.add(() => (total += i));
          }
        }
        await Promise.all(queues.map((queue) => queue.onIdle()));
        return total;
      },
    },
  ],
};

/** Streams that add what they get to one sum. */
function writables(): { readonly sinks: Writable[]; readonly total: () => number } {
  let sum = 0;
  const sinks = Array.from(
    { length: SINKS },
    () =>
      new Writable({
        objectMode: true,
        highWaterMark: CAPACITY,
        write(number: number, _encoding, done) {
          sum += number;
          done();
        },
      }),
  );
  return { sinks, total: () => sum };
}

/** @param sum Takes all items of a subscription, and returns their sum */
function publish(
  items: number,
  sum: (subscription: PubSub.Subscription<number>) => Effect.Effect<number>,
): Promise<number> {
  return Effect.runPromise(
    Effect.scoped(
      Effect.gen(function* () {
        const hub = yield* PubSub.bounded<number>(CAPACITY);
        const sinks: Fiber.Fiber<number>[] = [];
        for (let sink = 0; sink < SINKS; sink++) {
          const subscription = yield* PubSub.subscribe(hub);
          sinks.push(yield* Effect.forkChild(sum(subscription)));
        }
        for (let i = 0; i < items; i++) yield* PubSub.publish(hub, i);
        let total = 0;
        for (const sink of sinks) total += yield* Fiber.join(sink);
        return total;
      }),
    ),
  );
}
