import { once } from "node:events";
import { PassThrough } from "node:stream";
import { setImmediate as macrotask, setTimeout as sleep } from "node:timers/promises";
import { Effect, Queue } from "effect";
import { createQueue, run } from "effection";
import pLimit from "p-limit";
import pMap from "p-map";
import PQueue from "p-queue";
import {
  broadcast,
  channel,
  fanIn,
  fanOut,
  limit,
  mapConcurrent,
  openScope,
  receiveFrom,
  scope,
  select,
} from "tailrace";
import type { Bench, Subject } from "./harness/bench.ts";

/** Calls at once, of which most have to wait. */
const TOGETHER = 1_000;

const nothing = (i: number): Promise<number> => Promise.resolve(i);

function* count(items: number): Generator<number, void> {
  for (let i = 0; i < items; i++) yield i;
}

export const bench: Bench = {
  job: "items that never have to wait for the event loop, and how late the ticks of a timer of 1 ms come meanwhile",
  operation: "item",
  operations: 10_000_000,
  unit: "ms at worst",
  expected: (items) => (items * (items - 1)) / 2,
  subjects: [
    lags("tailrace", "channel, trySend, for await", async (items) => {
      const numbers = channel<number>({ capacity: 64 });
      const sender = (async () => {
        for (let i = 0; i < items; i++) if (!numbers.trySend(i)) await numbers.send(i);
        numbers.close();
      })();
      let sum = 0;
      for await (const number of numbers) sum += number;
      await sender;
      return sum;
    }),
    lags("tailrace", "channel, trySend, batches", async (items) => {
      const numbers = channel<number>({ capacity: 64 });
      const sender = (async () => {
        for (let i = 0; i < items; i++) if (!numbers.trySend(i)) await numbers.send(i);
        numbers.close();
      })();
      let sum = 0;
      for await (const batch of numbers.batches()) for (const number of batch) sum += number;
      await sender;
      return sum;
    }),
    lags(
      "tailrace",
      "channel without a buffer, send, receive",
      async (items) => {
        const numbers = channel<number>();
        const sender = (async () => {
          for (let i = 0; i < items; i++) await numbers.send(i);
        })();
        let sum = 0;
        for (let i = 0; i < items; i++) sum += await numbers.receive();
        await sender;
        return sum;
      },
      { operations: 5_000_000 },
    ),
    lags(
      "tailrace",
      "select",
      async (items) => {
        const [numbers, empty] = [channel<number>(), channel<number>()];
        const sender = (async () => {
          for (let i = 0; i < items; i++) await numbers.send(i);
        })();
        let sum = 0;
        for (let i = 0; i < items; i++) sum += (await select([receiveFrom(numbers), receiveFrom(empty)])).value;
        await sender;
        return sum;
      },
      { operations: 1_000_000 },
    ),
    lags("tailrace", "broadcast to two", async (items) => {
      const numbers = broadcast<number>({ audience: 2 });
      const sums = [numbers.subscribe(), numbers.subscribe()].map(async (subscriber) => {
        let sum = 0;
        for await (const number of subscriber) sum += number;
        return sum;
      });
      for (let i = 0; i < items; i++) if (!numbers.trySend(i)) await numbers.send(i);
      numbers.close();
      const [one = 0, other = 0] = await Promise.all(sums);
      return (one + other) / 2;
    }),
    lags("tailrace", "fanOut to two", async (items) => {
      const add = async (numbers: AsyncIterable<number>): Promise<number> => {
        let sum = 0;
        for await (const number of numbers) sum += number;
        return sum;
      };
      const [one, other] = await fanOut(count(items), [add, add]);
      return (one + other) / 2;
    }),
    lags("tailrace", "fanIn", async (items) => {
      let sum = 0;
      for await (const number of fanIn([count(items), []])) sum += number;
      return sum;
    }),
    lags("tailrace", "mapConcurrent, for await", async (items) => {
      let sum = 0;
      for await (const number of mapConcurrent(count(items), nothing, { concurrency: 16 })) sum += number;
      return sum;
    }),
    lags(
      "tailrace",
      "limit, many calls at once",
      async (calls) => {
        const limited = limit(16);
        let sum = 0;
        for (let i = 0; i < calls; i += TOGETHER) {
          const some: Promise<number>[] = [];
          for (let j = i; j < i + TOGETHER; j++) some.push(limited(nothing, j));
          for (const result of await Promise.all(some)) sum += result;
        }
        return sum;
      },
      { operations: 1_000_000 },
    ),
    lags(
      "tailrace",
      "limit, one call after the other",
      async (calls) => {
        const limited = limit(16);
        let sum = 0;
        for (let i = 0; i < calls; i++) sum += await limited(nothing, i);
        return sum;
      },
      { operations: 1_000_000 },
    ),
    lags(
      "tailrace",
      "scope, one task after the other",
      async (tasks) => {
        await using s = openScope();
        let sum = 0;
        for (let i = 0; i < tasks; i++) sum += await s.spawn(() => nothing(i));
        return sum;
      },
      { operations: 1_000_000 },
    ),
    lags(
      "tailrace",
      "scope, one after the other",
      async (tasks) => {
        let sum = 0;
        for (let i = 0; i < tasks; i++) sum += await scope((s) => s.spawn(() => nothing(i)));
        return sum;
      },
      { operations: 1_000_000 },
    ),
    lags(
      "node",
      "setImmediate",
      async (items) => {
        let sum = 0;
        for (let i = 0; i < items; i++) {
          await macrotask();
          sum += i;
        }
        return sum;
      },
      { operations: 500_000, note: "floor: nothing but turns of the event loop" },
    ),
    lags(
      "node",
      "PassThrough, for await",
      async (items) => {
        const through = new PassThrough({ objectMode: true, highWaterMark: 64 });
        const sender = (async () => {
          for (let i = 0; i < items; i++) if (!through.write(i)) await once(through, "drain");
          through.end();
        })();
        let sum = 0;
        for await (const number of through as AsyncIterable<number>) sum += number;
        await sender;
        return sum;
      },
      { operations: 2_000_000 },
    ),
    lags(
      "node",
      "TransformStream",
      async (items) => {
        const transform = new TransformStream<number, number>({}, { highWaterMark: 64 }, { highWaterMark: 64 });
        const writer = transform.writable.getWriter();
        const sender = (async () => {
          for (let i = 0; i < items; i++) {
            await writer.ready;
            void writer.write(i);
          }
          await writer.close();
        })();
        let sum = 0;
        for await (const number of transform.readable) sum += number;
        await sender;
        return sum;
      },
      { operations: 500_000 },
    ),
    lags(
      "effect",
      "Queue offer, take",
      (items) =>
        Effect.runPromise(
          Effect.gen(function* () {
            const queue = yield* Queue.bounded<number>(64);
            yield* Effect.forkChild(
              Effect.gen(function* () {
                for (let i = 0; i < items; i++) yield* Queue.offer(queue, i);
              }),
            );
            let sum = 0;
            for (let i = 0; i < items; i++) sum += yield* Queue.take(queue);
            return sum;
          }),
        ),
      { operations: 1_000_000 },
    ),
    lags(
      "effection",
      "createQueue, 64 items at a time",
      (items) =>
        run(function* () {
          const numbers = createQueue<number, undefined>();
          let sum = 0;
          for (let i = 0; i < items; i += 64) {
            const end = Math.min(items, i + 64);
            for (let j = i; j < end; j++) numbers.add(j);
            for (let j = i; j < end; j++) sum += (yield* numbers.next()).value ?? NaN;
          }
          return sum;
        }),
      { operations: 1_000_000 },
    ),
    lags(
      "p-limit",
      "limit, many calls at once",
      async (calls) => {
        const limited = pLimit(16);
        let sum = 0;
        for (let i = 0; i < calls; i += TOGETHER) {
          const some: Promise<number>[] = [];
          for (let j = i; j < i + TOGETHER; j++) some.push(limited(nothing, j));
          for (const result of await Promise.all(some)) sum += result;
        }
        return sum;
      },
      { operations: 1_000_000 },
    ),
    lags(
      "p-map",
      "pMap",
      async (items) => {
        const all = await pMap(count(items), nothing, { concurrency: 16 });
        return all.reduce((sum, number) => sum + number, 0);
      },
      { operations: 1_000_000 },
    ),
    lags(
      "p-queue",
      "add, many calls at once",
      async (calls) => {
        const queue = new PQueue({ concurrency: 16 });
        let sum = 0;
        for (let i = 0; i < calls; i += TOGETHER) {
          const some: Promise<number>[] = [];
          for (let j = i; j < i + TOGETHER; j++) some.push(queue.add(() => nothing(j)));
          for (const result of await Promise.all(some)) sum += result;
        }
        return sum;
      },
      { operations: 100_000 },
    ),
  ],
};

function lags(
  from: string,
  calls: string,
  job: (items: number) => Promise<number>,
  more: Pick<Subject, "operations" | "note"> = {},
): Subject {
  return {
    package: from,
    calls,
    ...more,
    async run(items) {
      let ticks = 0;
      let worst = 0;
      let last = performance.now();
      const look = (): void => {
        const now = performance.now();
        worst = Math.max(worst, now - last - 1);
        last = now;
        ticks++;
      };
      const timer = setInterval(look, 1);
      await sleep(20); // the collector has just been called
      ticks = worst = 0;
      const start = (last = performance.now());
      const result = await job(items);
      const seen = ticks;
      look(); // a tick that never came counts
      clearInterval(timer);
      return { result, figure: worst, remark: `${String(seen)} ticks in ${(last - start).toFixed(0)} ms` };
    },
  };
}
