import { Semaphore } from "async-mutex";
import { Effect, Semaphore as EffectSemaphore, Fiber } from "effect";
import { createQueue, run } from "effection";
import pLimit from "p-limit";
import PQueue from "p-queue";
import { channel, limit, pool } from "tailrace";
import { measuredBy } from "./harness/bench.ts";
import type { Bench } from "./harness/bench.ts";
import type { Limited } from "./programs/calls.ts";
import { sumBelow } from "./programs/numbers.ts";
import { receivers, senders, tasks } from "./programs/waiters.ts";

/** So many, and then ten times as many, wait at a time. */
const FEW = 1_000;

/** Lets so many wait, each with its number, serves them, and returns the sum of what they got. */
type Job = (waiters: number) => number | Promise<number>;

/** Times the same job among few and among many, up to all operations: among few more often, or it would be too short. */
const grows = measuredBy<Job>(async (job, operations) => {
  const times: number[] = [];
  let result = NaN;
  for (let waiters = FEW; waiters <= operations; waiters *= 10) {
    globalThis.gc?.();
    const all = Math.max(waiters, operations / 10);
    const start = process.hrtime.bigint();
    for (let done = 0; done < all; done += waiters) {
      result = await job(waiters);
      if (result !== sumBelow(waiters)) throw new Error(`wrong result among ${String(waiters)}: ${String(result)}`);
    }
    times.push(Number(process.hrtime.bigint() - start) / all);
  }
  const [least = NaN, most = NaN] = [times[0], times.at(-1)];
  return { result, figure: most / least, remark: `${times.map(Math.round).join(", ")} ns` };
});

export const bench: Bench = {
  job: "to begin and end a wait among a million others, and its time divided by that among a thousand",
  operation: "waiter",
  operations: 1_000_000,
  unit: "times as long; in ns among 1,000, 10,000, …",
  expected: sumBelow,
  subjects: [
    grows("tailrace", "channel, senders", (waiters) => senders(waiters)()),
    grows("tailrace", "channel, receivers", (waiters) => receivers(waiters)()),
    grows("tailrace", "scope, tasks", (waiters) => tasks(waiters)()),
    grows("tailrace", "limit, calls", (waiters) => serve(limit(16), waiters)),
    grows("tailrace", "pool, leases", lease),
    grows(
      "tailrace",
      "abort of receivers by one signal",
      (waiters) => {
        const numbers = channel<number>();
        const controller = new AbortController();
        let sum = 0;
        for (let i = 0; i < waiters; i++) {
          numbers.receive({ signal: controller.signal }).catch(() => (sum += i));
        }
        controller.abort();
        return Promise.resolve().then(() => sum);
      },
      { operations: 100_000, note: "100,000 at most" },
    ),
    grows(
      "node",
      "promises",
      async (waiters) => {
        const resolvers: ((i: number) => void)[] = [];
        let sum = 0;
        for (let i = 0; i < waiters; i++) {
          const waiter = new Promise<number>((resolve) => {
            resolvers.push(resolve);
          });
          void waiter.then((given) => (sum += given));
        }
        for (let i = 0; i < waiters; i++) resolvers[i]?.(i);
        await Promise.resolve();
        return sum;
      },
      { note: "floor: what the engine makes of so many objects" },
    ),
    grows("p-limit", "limit, calls", (waiters) => serve(pLimit(16), waiters)),
    grows(
      "p-queue",
      "add, calls",
      async (waiters) => {
        const queue = new PQueue({ concurrency: 16 });
        let sum = 0;
        for (let i = 0; i < waiters; i++) void queue.add(() => (sum += i));
        await queue.onIdle();
        return sum;
      },
      { operations: 100_000, note: "100,000 at most" },
    ),
    grows(
      "async-mutex",
      "Semaphore, calls",
      async (waiters) => {
        const semaphore = new Semaphore(16);
        let sum = 0;
        for (let i = 0; i < waiters; i++) void semaphore.runExclusive(() => (sum += i));
        await semaphore.waitForUnlock();
        await semaphore.runExclusive(() => undefined);
        return sum;
      },
      { operations: 10_000, note: "10,000 at most" },
    ),
    grows(
      "effect",
      "Semaphore, fibers",
      (waiters) =>
        Effect.runPromise(
          Effect.gen(function* () {
            const semaphore = EffectSemaphore.makeUnsafe(1);
            yield* semaphore.take(1);
            let sum = 0;
            const fibers: Fiber.Fiber<void>[] = [];
            for (let i = 0; i < waiters; i++) {
              const add = Effect.sync(() => {
                sum += i;
              });
              fibers.push(yield* Effect.forkChild(semaphore.withPermits(1)(add)));
            }
            yield* Effect.yieldNow;
            yield* semaphore.release(1);
            for (const fiber of fibers) yield* Fiber.join(fiber);
            return sum;
          }),
        ),
      { operations: 10_000, note: "10,000 at most" },
    ),
    grows(
      "effection",
      "createQueue, items in it",
      (items) =>
        run(function* () {
          const numbers = createQueue<number, undefined>();
          for (let i = 0; i < items; i++) numbers.add(i);
          let sum = 0;
          for (let i = 0; i < items; i++) sum += (yield* numbers.next()).value ?? NaN;
          return sum;
        }),
      { operations: 100_000, note: "100,000 at most" },
    ),
  ],
};

/** Many calls, which are served by so few at a time. */
async function serve(limited: Limited, calls: number): Promise<number> {
  let sum = 0;
  const add = (i: number): number => (sum += i);
  for (let i = 0; i < calls; i++) void limited(add, i);
  await limited(add, 0);
  return sum;
}

/** Many who want a lease, which so few have at a time. */
async function lease(waiters: number): Promise<number> {
  await using instances = pool({ max: 4, spawn: () => ({}) });
  await instances.ready();
  let sum = 0;
  for (let i = 0; i < waiters; i++) {
    void instances.acquire().then((taken) => {
      sum += i;
      taken.release();
    });
  }
  await instances.use(() => undefined);
  return sum;
}
