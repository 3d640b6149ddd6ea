import { Effect, Pool as EffectPool } from "effect";
import type { Bench, Subject } from "./harness/bench.ts";
import { newCounter, RESOURCES, WORKERS } from "./programs/leases.ts";
import type { Counter } from "./programs/leases.ts";
import { byAsyncSema, byGenericPool, byLightning, byTailrace, byTarn } from "./programs/pools.ts";
import type { Shared } from "./programs/pools.ts";

/** Leases of peers, which take longer. */
const FEWER = 20_000;

function ours(calls: string, shared: Shared, note?: string, workers = WORKERS): Subject {
  return { package: "tailrace", calls, ...(note !== undefined && { note }), run: (leases) => shared(leases, workers) };
}

function peer(name: string, calls: string, shared: Shared): Subject {
  return { package: name, calls, operations: FEWER, run: (leases) => shared(leases, WORKERS) };
}

export const bench: Bench = {
  job: `${String(WORKERS)} workers share ${String(RESOURCES)} resources: take one, await once, give it back`,
  operation: "lease",
  operations: 100_000,
  expected: (leases) => leases,
  subjects: [
    ours("pool, acquire, release", byTailrace()),
    ours("pool, without a time-out", byTailrace({ acquireTimeout: Infinity })),
    ours("pool, checked", byTailrace({ check: () => Promise.resolve(true) }), "by an async function that does nothing"),
    ours("pool, nobody waits", byTailrace(), undefined, RESOURCES),
    {
      package: "async-sema",
      calls: "Sema",
      note: "tokens only: no life cycle, no time-out, no handles",
      run: (leases) => byAsyncSema(leases, WORKERS),
    },
    peer("generic-pool", "acquire, release", byGenericPool),
    peer("tarn", "acquire, release", byTarn),
    peer("lightning-pool", "acquire, release", byLightning),
    {
      package: "effect",
      calls: "Pool, one fiber for each worker",
      operations: FEWER,
      run: (leases) => Effect.runPromise(Effect.scoped(byEffect(leases))),
    },
  ],
};

function byEffect(leases: number): Effect.Effect<number> {
  return Effect.scoped(
    Effect.gen(function* () {
      const made: Counter[] = [];
      const counters = yield* EffectPool.make({
        acquire: Effect.sync(() => {
          const counter = newCounter();
          made.push(counter);
          return counter;
        }),
        size: RESOURCES,
      });
      let left = leases;
      const work = Effect.gen(function* () {
        while (left-- > 0) {
          yield* Effect.scoped(
            Effect.gen(function* () {
              const counter = yield* EffectPool.get(counters);
              counter.count++;
              yield* Effect.yieldNow;
            }),
          );
        }
      });
      yield* Effect.all(
        Array.from({ length: WORKERS }, () => work),
        { concurrency: "unbounded" },
      );
      return made.reduce((sum, { count }) => sum + count, 0);
    }),
  );
}
