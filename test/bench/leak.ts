import { Effect, Queue } from "effect";
import pLimit from "p-limit";
import PQueue from "p-queue";
import {
  after,
  broadcast,
  channel,
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
import { heap } from "./harness/heap.ts";
import { addTogether, callTogether, nothing } from "./programs/calls.ts";
import { feed, receive, send } from "./programs/channels.ts";
import { offer, take, transfer } from "./programs/fibers.ts";
import { addUp, count, sumBelow } from "./programs/numbers.ts";

/** Makes the structure, which lives as long as items pass through it. */
type Open = () => Pass;

/** Lets the numbers from one up to another through, and returns the sum of those that arrived. */
type Pass = (from: number, to: number) => Promise<number>;

const passes = measuredBy<Open>(async (open, items) => {
  const pass = open();
  const few = items / 10;
  const first = await pass(0, few);
  const before = await heap();
  const most = await pass(few, items - 1);
  const figure = ((await heap()) - before) / (items - few);
  const last = await pass(items - 1, items); // what nothing uses any more would not be in the heap
  return { result: first + most + last, figure };
});

export const bench: Bench = {
  job: "ten million items through one structure: what the heap has grown by for each, after the first tenth of them",
  operation: "item",
  operations: 10_000_000,
  unit: "bytes per item",
  expected: sumBelow,
  subjects: [
    passes("tailrace", "channel, trySend, for await", () => {
      const numbers = channel<number>({ capacity: 64 });
      return async (from, to) => {
        const sender = feed(numbers, from, to);
        let sum = 0;
        let left = to - from;
        for await (const i of numbers) {
          sum += i;
          if (--left === 0) break;
        }
        await sender;
        return sum;
      };
    }),
    passes("tailrace", "channel, send and receive with a signal and a time-out", () => {
      const numbers = channel<number>();
      const wait = { signal: new AbortController().signal, timeout: 60_000 };
      return async (from, to) => {
        const sender = (async () => {
          for (let i = from; i < to; i++) await numbers.send(i, wait);
        })();
        let sum = 0;
        for (let i = from; i < to; i++) sum += await numbers.receive(wait);
        await sender;
        return sum;
      };
    }),
    passes("tailrace", "select with a signal, of a channel, one that stays empty, and a time", () => {
      const [numbers, empty] = [channel<number>(), channel<number>()];
      const { signal } = new AbortController();
      return async (from, to) => {
        const sender = send(numbers, from, to);
        let sum = 0;
        for (let i = from; i < to; i++) {
          const { value } = await select([receiveFrom(numbers), receiveFrom(empty), after(60_000)], { signal });
          sum += value ?? 0;
        }
        await sender;
        return sum;
      };
    }),
    passes("tailrace", "broadcast to two", () => {
      const numbers = broadcast<number>({ audience: 2 });
      const subscribers = [numbers.subscribe(), numbers.subscribe()];
      return async (from, to) => {
        const sums = subscribers.map((subscriber) => receive(subscriber, to - from));
        await feed(numbers, from, to);
        const [one = 0, other = 0] = await Promise.all(sums);
        return one === other ? one : NaN;
      };
    }),
    passes("tailrace", "broadcast, a subscriber for each item", () => {
      const numbers = broadcast<number>({ replay: 1 });
      return async (from, to) => {
        let sum = 0;
        for (let i = from; i < to; i++) {
          using subscriber = numbers.subscribe();
          numbers.trySend(i);
          if (subscriber.size > 1) await subscriber.receive();
          sum += await subscriber.receive();
        }
        return sum;
      };
    }),
    passes("tailrace", "limit", () => {
      const limited = limit(16);
      return (from, to) => callTogether(limited, from, to);
    }),
    passes("tailrace", "limit with a signal and a time-out", () => {
      const limited = limit(16).with({ signal: new AbortController().signal, timeout: 60_000 });
      return (from, to) => callTogether(limited, from, to);
    }),
    passes("tailrace", "mapConcurrent with a signal", () => {
      const { signal } = new AbortController();
      return (from, to) => addUp(mapConcurrent(count(from, to), nothing, { concurrency: 16, signal }));
    }),
    passes("tailrace", "mapConcurrent with a signal, one for each item", () => {
      const { signal } = new AbortController();
      return async (from, to) => {
        let sum = 0;
        for (let i = from; i < to; i++) {
          const [given = NaN] = await mapConcurrent([i], nothing, { concurrency: 1, signal });
          sum += given;
        }
        return sum;
      };
    }),
    passes("tailrace", "fanOut with a signal, zip to two", () => {
      const { signal } = new AbortController();
      function* pairs(from: number, to: number): Generator<[number, number], void> {
        for (let i = from; i < to; i++) yield [i, 0];
      }
      return async (from, to) => {
        const [sum] = await fanOut(pairs(from, to), [addUp, addUp], { route: "zip", signal });
        return sum;
      };
    }),
    passes(
      "tailrace",
      "fanOut with a signal, one for each item",
      () => {
        const { signal } = new AbortController();
        return async (from, to) => {
          let sum = 0;
          for (let i = from; i < to; i++) sum += (await fanOut([i], [addUp], { signal }))[0];
          return sum;
        };
      },
      { operations: 5_000_000 },
    ),
    passes("tailrace", "scope, tasks that read their signals", () => {
      const s = openScope({ signal: new AbortController().signal });
      return async (from, to) => {
        let sum = 0;
        for (let i = from; i < to; i++) {
          sum += await s.spawn(({ signal }) => Promise.resolve(signal.aborted ? NaN : i));
        }
        return sum;
      };
    }),
    passes("tailrace", "scope with a signal and a time-out, one for each item", () => {
      const { signal } = new AbortController();
      return async (from, to) => {
        let sum = 0;
        for (let i = from; i < to; i++) {
          sum += await scope((s) => s.spawn(() => Promise.resolve(i)), { signal, timeout: 60_000 });
        }
        return sum;
      };
    }),
    passes(
      "effect",
      "Queue, offer, take",
      () => {
        const numbers = Effect.runSync(Queue.bounded<number>(64));
        return (from, to) => Effect.runPromise(transfer(offer(numbers, from, to), take(numbers, to - from)));
      },
      { operations: 2_000_000 },
    ),
    passes(
      "p-limit",
      "limit",
      () => {
        const limited = pLimit(16);
        return (from, to) => callTogether(limited, from, to);
      },
      { operations: 2_000_000 },
    ),
    passes(
      "p-queue",
      "add with a signal",
      () => {
        const queue = new PQueue({ concurrency: 16 });
        const { signal } = new AbortController();
        return (from, to) => addTogether(queue, from, to, { signal });
      },
      { operations: 50_000 },
    ),
    passes(
      "node",
      "Promise.race with a promise that stays",
      () => {
        const stop = new Promise<number>(() => undefined);
        return async (from, to) => {
          let sum = 0;
          for (let i = from; i < to; i++) sum += await Promise.race([stop, Promise.resolve(i)]);
          return sum;
        };
      },
      { operations: 1_000_000 },
    ),
    passes(
      "node",
      "AbortSignal.any with a signal that stays",
      () => {
        const { signal } = new AbortController();
        return async (from, to) => {
          let sum = 0;
          for (let i = from; i < to; i++) {
            const one = AbortSignal.any([signal, new AbortController().signal]);
            sum += await Promise.resolve(one.aborted ? NaN : i);
          }
          return sum;
        };
      },
      { operations: 200_000 },
    ),
  ],
};
