import { PassThrough } from "node:stream";
import { Semaphore } from "async-mutex";
import { Effect, Queue } from "effect";
import { createQueue, run } from "effection";
import pLimit from "p-limit";
import PQueue from "p-queue";
import { ReplaySubject } from "rxjs";
import { broadcast, channel, fanOut, limit, mapConcurrent } from "tailrace";
import { measuredBy } from "./harness/bench.ts";
import type { Bench } from "./harness/bench.ts";
import { heap } from "./harness/heap.ts";
import type { Limited } from "./programs/calls.ts";
import { drain } from "./programs/channels.ts";
import { addUp, count, sumBelow } from "./programs/numbers.ts";
import { receivers, senders, tasks } from "./programs/waiters.ts";
import type { Empty } from "./programs/waiters.ts";

/** Holds so many items, and tells how to take them out again. */
type Fill = (items: number) => Empty | Promise<Empty>;

const holds = measuredBy<Fill>(async (fill, items) => {
  const before = await heap();
  const empty = await fill(items);
  const figure = ((await heap()) - before) / items;
  return { result: await empty(), figure };
});

export const bench: Bench = {
  job: "a million items held at once: what the heap grows by for each; the item itself, a small number, is nothing",
  operation: "item",
  operations: 1_000_000,
  unit: "bytes per item",
  expected: sumBelow,
  subjects: [
    holds("tailrace", "channel, items in its buffer", (items) => {
      const numbers = channel<number>({ capacity: Infinity });
      for (let i = 0; i < items; i++) numbers.trySend(i);
      return () => drain(numbers);
    }),
    holds("tailrace", "channel, senders that wait", senders),
    holds("tailrace", "channel, receivers that wait", receivers),
    holds("tailrace", "broadcast, items for a subscriber", (items) => {
      const numbers = broadcast<number>();
      const subscriber = numbers.subscribe({ capacity: Infinity });
      for (let i = 0; i < items; i++) numbers.trySend(i);
      return () => drain(subscriber);
    }),
    holds("tailrace", "fanOut, items for a sink", async (items) => {
      const { promise: open, resolve } = Promise.withResolvers<undefined>();
      const { source, taken } = supply(items);
      const add = async (numbers: AsyncIterable<number>): Promise<number> => {
        let sum = 0;
        for await (const i of numbers) {
          await open;
          sum += i;
        }
        return sum;
      };
      const sums = fanOut(source, [add], { buffer: Infinity });
      await taken;
      return async () => {
        resolve(undefined);
        return (await sums)[0];
      };
    }),
    holds("tailrace", "mapConcurrent, results that nobody takes", async (items) => {
      const { source, taken } = supply(items);
      const options = { concurrency: 16, buffer: Infinity };
      const numbers = mapConcurrent(source, (i) => i, options)[Symbol.asyncIterator]();
      const first = numbers.next();
      await taken;
      return async () => {
        let sum = 0;
        for (let step = await first; step.done !== true; step = await numbers.next()) sum += step.value;
        return sum;
      };
    }),
    holds("tailrace", "limit, calls that wait", (calls) => fillLimit(limit(1), calls)),
    holds("tailrace", "limit, calls that wait with a signal", (calls) => {
      const limited = limit(1);
      return fillLimit(limited, calls, limited.with({ signal: new AbortController().signal }));
    }),
    holds("tailrace", "scope, tasks that run", tasks),
    holds(
      "node",
      "array",
      (items) => {
        const numbers: number[] = [];
        for (let i = 0; i < items; i++) numbers.push(i);
        return () => numbers.reduce((sum, i) => sum + i, 0);
      },
      { note: "floor of what is held" },
    ),
    holds(
      "node",
      "promises in an array",
      (items) => {
        const resolvers: ((i: number) => void)[] = [];
        const all: Promise<number>[] = [];
        for (let i = 0; i < items; i++) {
          all.push(
            new Promise((resolve) => {
              resolvers.push(resolve);
            }),
          );
        }
        return async () => {
          resolvers.forEach((resolve, i) => {
            resolve(i);
          });
          return (await Promise.all(all)).reduce((sum, i) => sum + i, 0);
        };
      },
      { note: "floor of what waits" },
    ),
    holds("node", "PassThrough, items in its buffers", (items) => {
      const through = new PassThrough({ objectMode: true, highWaterMark: items });
      // eslint-disable-next-line tailrace/respect-backpressure -- they are to pile up
      for (let i = 0; i < items; i++) through.write(i);
      through.end();
      return () => addUp(through);
    }),
    holds(
      "node",
      "ReadableStream, items in its queue",
      (items) => {
        const numbers = new ReadableStream<number>({
          start(controller) {
            for (let i = 0; i < items; i++) controller.enqueue(i);
            controller.close();
          },
        });
        return () => addUp(numbers);
      },
      { operations: 100_000 },
    ),
    holds("effect", "Queue.unbounded, items in it", (items) => {
      const numbers = Effect.runSync(Queue.unbounded<number>());
      for (let i = 0; i < items; i++) Queue.offerUnsafe(numbers, i);
      return () =>
        Effect.runPromise(
          Effect.gen(function* () {
            let sum = 0;
            for (const i of yield* Queue.takeAll(numbers)) sum += i;
            return sum;
          }),
        );
    }),
    holds(
      "effection",
      "createQueue, items in it",
      (items) => {
        const numbers = createQueue<number, undefined>();
        for (let i = 0; i < items; i++) numbers.add(i);
        numbers.close(undefined);
        return () =>
          run(function* () {
            let sum = 0;
            for (let step = yield* numbers.next(); step.done !== true; step = yield* numbers.next()) sum += step.value;
            return sum;
          });
      },
      { operations: 20_000, note: "to fill it takes quadratic time" },
    ),
    holds("rxjs", "ReplaySubject, items in it", (items) => {
      const numbers = new ReplaySubject<number>();
      for (let i = 0; i < items; i++) numbers.next(i);
      return () => {
        let sum = 0;
        numbers.subscribe((i) => (sum += i));
        return sum;
      };
    }),
    holds("p-limit", "limit, calls that wait", (calls) => fillLimit(pLimit(1), calls)),
    holds(
      "p-queue",
      "add, calls that wait",
      (calls) => {
        const { promise: open, resolve } = Promise.withResolvers<undefined>();
        const queue = new PQueue({ concurrency: 1 });
        void queue.add(() => open);
        let sum = 0;
        for (let i = 0; i < calls; i++) void queue.add(() => (sum += i));
        return async () => {
          resolve(undefined);
          await queue.onIdle();
          return sum;
        };
      },
      { operations: 100_000 },
    ),
    holds(
      "async-mutex",
      "Semaphore, calls that wait",
      (calls) => {
        const { promise: open, resolve } = Promise.withResolvers<undefined>();
        const semaphore = new Semaphore(1);
        void semaphore.runExclusive(() => open);
        let sum = 0;
        for (let i = 0; i < calls; i++) void semaphore.runExclusive(() => (sum += i));
        return async () => {
          resolve(undefined);
          await semaphore.runExclusive(() => undefined);
          return sum;
        };
      },
      { operations: 10_000, note: "to fill it takes quadratic time" },
    ),
  ],
};

/** So many numbers, and when all have been taken. */
function supply(items: number): { readonly source: Iterable<number>; readonly taken: Promise<undefined> } {
  const { promise: taken, resolve } = Promise.withResolvers<undefined>();
  function* all(): Generator<number, void> {
    yield* count(0, items);
    resolve(undefined);
  }
  return { source: all(), taken };
}

/** @param waiting The same limit, for the calls that wait */
function fillLimit(limited: Limited, calls: number, waiting = limited): Empty {
  const { promise: open, resolve } = Promise.withResolvers<undefined>();
  void limited(() => open);
  let sum = 0;
  const add = (i: number): number => (sum += i);
  for (let i = 0; i < calls; i++) void waiting(add, i);
  return async () => {
    resolve(undefined);
    await limited(() => undefined);
    return sum;
  };
}
