// The job of the benchmarks of pools, done with each of them: so many workers share RESOURCES resources.
import { Sema } from "async-sema";
import { createPool } from "generic-pool";
import { createPool as createLightning } from "lightning-pool";
import type { PoolOptions } from "tailrace";
import { Pool as Tarn } from "tarn";
import type { OwnFigure } from "../harness/bench.ts";
import { exchangeOf, newCounter, openCounters, plain, RESOURCES, share } from "./leases.ts";
import type { Counter, Exchange } from "./leases.ts";

/** Returns how many leases there were, and what each took: to open a pool takes some of them a tenth of a second. */
export type Shared = (leases: number, workers: number) => Promise<OwnFigure>;

async function timed<Lease>(exchange: Exchange<Lease>, leases: number, workers: number): Promise<OwnFigure> {
  const start = process.hrtime.bigint();
  const result = await share(exchange, leases, workers);
  return { result, figure: Number(process.hrtime.bigint() - start) / leases };
}

export function byTailrace(options?: Partial<PoolOptions<Counter>>): Shared {
  return async (leases, workers) => {
    await using counters = openCounters(options);
    await counters.ready();
    return await timed(exchangeOf(counters), leases, workers);
  };
}

export const byAsyncSema: Shared = (leases, workers) => {
  const sema = new Sema(RESOURCES, { initFn: newCounter });
  return timed(
    plain(
      () => sema.acquire() as Promise<Counter>,
      (counter) => {
        sema.release(counter);
      },
    ),
    leases,
    workers,
  );
};

export const byGenericPool: Shared = async (leases, workers) => {
  const counters = createPool(
    { create: () => Promise.resolve(newCounter()), destroy: () => Promise.resolve() },
    { max: RESOURCES, min: RESOURCES, acquireTimeoutMillis: 30_000 },
  );
  await counters.ready();
  const own = await timed(
    plain(
      () => Promise.resolve(counters.acquire()),
      (counter) => void counters.release(counter),
    ),
    leases,
    workers,
  );
  await counters.drain();
  await counters.clear();
  return own;
};

export const byTarn: Shared = async (leases, workers) => {
  const counters = new Tarn<Counter>({ create: newCounter, destroy: () => undefined, min: RESOURCES, max: RESOURCES });
  const own = await timed(
    plain(
      () => counters.acquire().promise,
      (counter) => {
        counters.release(counter);
      },
    ),
    leases,
    workers,
  );
  await counters.destroy();
  return own;
};

export const byLightning: Shared = async (leases, workers) => {
  const counters = createLightning<Counter>(
    { create: newCounter, destroy: () => undefined },
    { min: RESOURCES, max: RESOURCES, acquireTimeoutMillis: 30_000, maxQueue: 10_000 },
  );
  counters.start();
  const own = await timed(
    plain(
      () => counters.acquire(),
      (counter) => {
        counters.release(counter);
      },
    ),
    leases,
    workers,
  );
  counters.close();
  return own;
};
