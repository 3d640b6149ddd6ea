// What the watch can prove about a pool depends on who holds it: nobody but who uses it.
import { AsyncLocalStorage } from "node:async_hooks";
import { pool } from "tailrace";
import type { PoolOptions } from "tailrace";
import { expect, test } from "vitest";
import { isCollected } from "../collected.ts";
import { idle } from "../deadline.ts";
import { Gate } from "../tasks.ts";

/** Of whoever makes a pool: what they start has it, too. */
const storage = new AsyncLocalStorage<object>();

/** Makes a pool, and uses it once, where everything that it starts would hold it. */
async function drop<T>(options: PoolOptions<T>): Promise<WeakRef<object>> {
  const store: Record<string, object> = {};
  const ref = storage.run(store, () => {
    const made = (store["pool"] = pool(options));
    void made.use(() => undefined).catch(() => undefined);
    return new WeakRef(made);
  });
  await idle();
  return ref;
}

const spawn = (): object => ({});

test.each<[string, PoolOptions<object>]>([
  ["is idle", { spawn }],
  ["limits what runs", { spawn, concurrency: 1, check: () => true }],
  ["fails", { spawn: () => Promise.reject(new Error("no")), acquireTimeout: 1, retryDelay: 1 }],
])("a pool that %s and that nobody can reach is collected", async (_, options) => {
  const ref = await drop(options);
  expect(await isCollected(ref)).toBe(true);
});

test("also if its steps have begun before others with the same time-out, and its instances are ended", async () => {
  const [first, second, ended] = [new Gate<object>(), new Gate<object>(), new Gate()];
  const ref = await drop({
    max: 1,
    spawn: first.run,
    terminate: () => {
      ended.open();
    },
  });
  await using other = pool({ max: 1, spawn: second.run });
  first.open({});
  expect(await isCollected(ref)).toBe(true);
  await ended.opened;
  second.open({});
  await other.ready();
});
