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
import { measuredBy } from "./harness/bench.ts";
import type { Bench } from "./harness/bench.ts";
import { addTogether, callInTurn, callTogether, nothing } from "./programs/calls.ts";
import { addUpBatches, feedAndClose, receive, send } from "./programs/channels.ts";
import { offer, take, transfer } from "./programs/fibers.ts";
import { exchangeOf, openCounters, share } from "./programs/leases.ts";
import { addUp, count, sumBelow } from "./programs/numbers.ts";
import { writeAndClose, writeAndEnd } from "./programs/streams.ts";

type Job = (items: number) => Promise<number>;

const lags = measuredBy<Job>(async (job, items) => {
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
  await sleep(20); // the timer has begun
  ticks = worst = 0;
  const start = (last = performance.now());
  const result = await job(items);
  const seen = ticks;
  look(); // a tick that never came counts
  clearInterval(timer);
  return { result, figure: worst, remark: `${String(seen)} ticks in ${(last - start).toFixed(0)} ms` };
});

export const bench: Bench = {
  job: "items that never have to wait for the event loop, and how late the ticks of a timer of 1 ms come meanwhile",
  operation: "item",
  operations: 10_000_000,
  unit: "ms at worst",
  expected: sumBelow,
  subjects: [
    lags("tailrace", "channel, trySend, for await", async (items) => {
      const numbers = channel<number>({ capacity: 64 });
      const sender = feedAndClose(numbers, items);
      const sum = await addUp(numbers);
      await sender;
      return sum;
    }),
    lags("tailrace", "channel, trySend, batches", async (items) => {
      const numbers = channel<number>({ capacity: 64 });
      const sender = feedAndClose(numbers, items);
      const sum = await addUpBatches(numbers);
      await sender;
      return sum;
    }),
    lags("tailrace", "channel without a buffer, send, receive", async (items) => {
      const numbers = channel<number>();
      const sender = send(numbers, 0, items);
      const sum = await receive(numbers, items);
      await sender;
      return sum;
    }),
    lags("tailrace", "select", async (items) => {
      const [numbers, empty] = [channel<number>(), channel<number>()];
      const sender = send(numbers, 0, items);
      let sum = 0;
      for (let i = 0; i < items; i++) sum += (await select([receiveFrom(numbers), receiveFrom(empty)])).value;
      await sender;
      return sum;
    }),
    lags("tailrace", "broadcast to two", async (items) => {
      const numbers = broadcast<number>({ audience: 2 });
      const sums = [numbers.subscribe(), numbers.subscribe()].map(addUp);
      await feedAndClose(numbers, items);
      const [one = 0, other = 0] = await Promise.all(sums);
      return (one + other) / 2;
    }),
    lags("tailrace", "fanOut to two", async (items) => {
      const [one, other] = await fanOut(count(0, items), [addUp, addUp]);
      return (one + other) / 2;
    }),
    lags("tailrace", "fanIn", (items) => addUp(fanIn([count(0, items), []]))),
    lags("tailrace", "mapConcurrent, for await", (items) =>
      addUp(mapConcurrent(count(0, items), nothing, { concurrency: 16 })),
    ),
    lags("tailrace", "limit, many calls at once", (calls) => callTogether(limit(16), 0, calls)),
    lags("tailrace", "limit, one call after the other", (calls) => callInTurn(limit(16), calls)),
    lags("tailrace", "pool, many workers", async (leases) => {
      await using counters = openCounters();
      await counters.ready();
      return (await share(exchangeOf(counters), leases)) === leases ? sumBelow(leases) : NaN;
    }),
    lags("tailrace", "scope, one task after the other", async (tasks) => {
      await using s = openScope();
      let sum = 0;
      for (let i = 0; i < tasks; i++) sum += await s.spawn(() => nothing(i));
      return sum;
    }),
    lags("tailrace", "scope, one after the other", async (tasks) => {
      let sum = 0;
      for (let i = 0; i < tasks; i++) sum += await scope((s) => s.spawn(() => nothing(i)));
      return sum;
    }),
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
        const sender = writeAndEnd(through, items);
        const sum = await addUp(through);
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
        const sender = writeAndClose(transform.writable, items);
        const sum = await addUp(transform.readable);
        await sender;
        return sum;
      },
      { operations: 500_000 },
    ),
    lags(
      "effect",
      "Queue offer, take",
      (items) => {
        const queue = Effect.runSync(Queue.bounded<number>(64));
        return Effect.runPromise(transfer(offer(queue, 0, items), take(queue, items)));
      },
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
    lags("p-limit", "limit, many calls at once", (calls) => callTogether(pLimit(16), 0, calls), {
      operations: 1_000_000,
    }),
    lags(
      "p-map",
      "pMap",
      async (items) => {
        const all = await pMap(count(0, items), nothing, { concurrency: 16 });
        return all.reduce((sum, number) => sum + number, 0);
      },
      { operations: 1_000_000 },
    ),
    lags("p-queue", "add, many calls at once", (calls) => addTogether(new PQueue({ concurrency: 16 }), 0, calls), {
      operations: 100_000,
    }),
  ],
};
