import { assertProgress } from "tailrace/testing";
import { macrotask } from "../src/pace.ts";

/** Waits for work, but not for ever: a hang fails with what waits for what instead of a bare time-out. */
export function within<T>(work: PromiseLike<T>, milliseconds = 5000): Promise<Awaited<T>> {
  return assertProgress(work, { within: milliseconds });
}

/**
 * Lets everything that can go on without timers or I/O do so. On a busy machine that is many turns: what has gone on
 * for long gives way to others each time.
 */
export async function idle(): Promise<void> {
  for (let count = 0; count < 20; count++) await turn();
}

/** The event loop turns once. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    macrotask(resolve);
  });
}
