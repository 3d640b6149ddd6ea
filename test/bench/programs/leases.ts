import { pool } from "tailrace";
import type { Lease, Pool, PoolOptions } from "tailrace";

/** Slots of the pool, and workers that share them. */
export const RESOURCES = 4;
export const WORKERS = 16;

export interface Counter {
  count: number;
}

/** An exchange without handles: what is taken is given back itself. */
export function plain(acquire: () => Promise<Counter>, release: (counter: Counter) => void): Exchange<Counter> {
  return { acquire, counterOf: (counter) => counter, release };
}

const RESTED = Promise.resolve();

/** How a pool gives something away, and gets it back. */
export interface Exchange<Lease> {
  readonly acquire: () => Promise<Lease>;
  readonly counterOf: (lease: Lease) => Counter;
  readonly release: (lease: Lease) => void;
}

/** Each worker takes something, waits for as little as one can, and gives it back; returns how often that was. */
export async function share<Lease>(
  { acquire, counterOf, release }: Exchange<Lease>,
  leases: number,
  workers: number = WORKERS,
): Promise<number> {
  const counters = new Set<Counter>();
  let left = leases;
  async function work(): Promise<void> {
    while (left-- > 0) {
      const lease = await acquire();
      const counter = counterOf(lease);
      counter.count++;
      counters.add(counter);
      await RESTED;
      release(lease);
    }
  }
  await Promise.all(Array.from({ length: workers }, work));
  let sum = 0;
  for (const { count } of counters) sum += count;
  return sum;
}

export const newCounter = (): Counter => ({ count: 0 });

/** A pool of ours. */
export function openCounters(options?: Partial<PoolOptions<Counter>>): Pool<Counter> {
  return pool({ max: RESOURCES, spawn: newCounter, ...options });
}

export function exchangeOf(counters: Pool<Counter>): Exchange<Lease<Counter>> {
  return {
    acquire: () => counters.acquire(),
    counterOf: ({ value }) => value,
    release(lease) {
      lease.release();
    },
  };
}
