// What packages/tailrace/test/misbehaviour-of-peers/pool.test.ts says of others is so, as far as that is cheap to show.
import { Sema } from "async-sema";
import { createPool } from "generic-pool";
import { createPool as createLightning } from "lightning-pool";
import { Pool as Tarn } from "tarn";
import { expect, test } from "vitest";

interface Thing {
  readonly number: number;
}

function factory(): { readonly create: () => Promise<Thing>; readonly destroy: () => Promise<void> } {
  let made = 0;
  return { create: () => Promise.resolve({ number: ++made }), destroy: () => Promise.resolve() };
}

test("generic-pool: two holders after a stale release", async () => {
  const pool = createPool(factory(), { max: 1 });
  const first = await pool.acquire();
  await pool.release(first);
  const second = await pool.acquire();
  await pool.release(first);
  expect(await pool.acquire()).toBe(second);
});

test("tarn: two holders after a stale release", async () => {
  const pool = new Tarn<Thing>({ ...factory(), min: 0, max: 1 });
  const first = await pool.acquire().promise;
  pool.release(first);
  const second = await pool.acquire().promise;
  pool.release(first);
  expect(await pool.acquire().promise).toBe(second);
});

test("lightning-pool: two holders after a stale release; it begins anew after close", async () => {
  const pool = createLightning<Thing>(factory(), { max: 1 });
  const first = await pool.acquire();
  await pool.releaseAsync(first);
  const second = await pool.acquire();
  await pool.releaseAsync(first);
  expect(await pool.acquire()).toBe(second);
  await pool.closeAsync(true);
  expect(await pool.acquire()).toMatchObject({ number: 2 });
  await pool.closeAsync(true);
});

test("async-sema: 4 permits after 2 stray releases", async () => {
  const sema = new Sema(2);
  for (let taken = 0; taken < 2; taken++) await sema.acquire();
  for (let given = 0; given < 4; given++) sema.release();
  for (let taken = 0; taken < 4; taken++) expect(sema.tryAcquire()).toBeDefined();
});

test("tarn: an acquire after destroy waits for its whole time-out", async () => {
  const pool = new Tarn<Thing>({ ...factory(), min: 0, max: 1, acquireTimeoutMillis: 100 });
  await pool.destroy();
  const begun = performance.now();
  await expect(pool.acquire().promise).rejects.toThrow("unknown reason");
  expect(performance.now() - begun).toBeGreaterThan(90);
});
