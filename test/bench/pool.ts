import { Sema } from "async-sema";
import { Effect, Pool as EffectPool } from "effect";
import { createPool } from "generic-pool";
import { createPool as createLightning } from "lightning-pool";
import type { PoolOptions } from "tailrace";
import { Pool as Tarn } from "tarn";
import type { Bench } from "./harness/bench.ts";
import { exchangeOf, newCounter, openCounters, plain, RESOURCES, share, WORKERS } from "./programs/leases.ts";
import type { Counter } from "./programs/leases.ts";

async function ours(leases: number, options?: Partial<PoolOptions<Counter>>, workers = WORKERS): Promise<number> {
  await using counters = openCounters(options);
  await counters.ready();
  return await share(exchangeOf(counters), leases, workers);
}

export const bench: Bench = {
  job: `${String(WORKERS)} workers share ${String(RESOURCES)} resources: take one, await once, give it back`,
  operation: "lease",
  operations: 100_000,
  expected: (leases) => leases,
  subjects: [
    {
      package: "tailrace",
      calls: "pool, acquire, release",
      run: (leases) => ours(leases),
    },
    {
      package: "tailrace",
      calls: "pool, without a time-out",
      run: (leases) => ours(leases, { acquireTimeout: Infinity }),
    },
    {
      package: "tailrace",
      calls: "pool, checked",
      note: "by an async function that does nothing",
      run: (leases) => ours(leases, { check: () => Promise.resolve(true) }),
    },
    {
      package: "tailrace",
      calls: "pool, nobody waits",
      run: (leases) => ours(leases, undefined, RESOURCES),
    },
    {
      package: "async-sema",
      calls: "Sema",
      note: "tokens only: no life cycle, no time-out, no handles",
      run(leases) {
        const sema = new Sema(RESOURCES, { initFn: newCounter });
        return share(
          plain(
            () => sema.acquire() as Promise<Counter>,
            (counter) => {
              sema.release(counter);
            },
          ),
          leases,
        );
      },
    },
    {
      package: "generic-pool",
      calls: "acquire, release",
      operations: 20_000,
      async run(leases) {
        const counters = createPool(
          { create: () => Promise.resolve(newCounter()), destroy: () => Promise.resolve() },
          { max: RESOURCES, min: RESOURCES, acquireTimeoutMillis: 30_000 },
        );
        await counters.ready();
        const sum = await share(
          plain(
            () => Promise.resolve(counters.acquire()),
            (counter) => void counters.release(counter),
          ),
          leases,
        );
        await counters.drain();
        await counters.clear();
        return sum;
      },
    },
    {
      package: "tarn",
      calls: "acquire, release",
      operations: 20_000,
      async run(leases) {
        const counters = new Tarn<Counter>({
          create: newCounter,
          destroy: () => undefined,
          min: RESOURCES,
          max: RESOURCES,
        });
        const sum = await share(
          plain(
            () => counters.acquire().promise,
            (counter) => {
              counters.release(counter);
            },
          ),
          leases,
        );
        await counters.destroy();
        return sum;
      },
    },
    {
      package: "lightning-pool",
      calls: "acquire, release",
      operations: 20_000,
      async run(leases) {
        const counters = createLightning<Counter>(
          { create: newCounter, destroy: () => undefined },
          { min: RESOURCES, max: RESOURCES, acquireTimeoutMillis: 30_000 },
        );
        counters.start();
        const sum = await share(
          plain(
            () => counters.acquire(),
            (counter) => {
              counters.release(counter);
            },
          ),
          leases,
        );
        counters.close();
        return sum;
      },
    },
    {
      package: "effect",
      calls: "Pool, one fiber for each worker",
      operations: 20_000,
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
