import { setImmediate as macrotask } from "node:timers/promises";

/** Bytes that are in use once everything that can go has gone. */
export async function heap(): Promise<number> {
  await macrotask(); // what has settled tells those who wait for it first
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
