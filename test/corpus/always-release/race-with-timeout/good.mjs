// A connection that comes too late is given back.
import { setTimeout as sleep } from "node:timers/promises";
import { createPool } from "generic-pool";

const pool = createPool({ create: async () => ({}), destroy: async () => {} }, { max: 1 });

async function connectionWithin(ms) {
  const pending = pool.acquire();
  const late = sleep(ms).then(() => {
    throw new Error("all connections are busy");
  });
  try {
    return await Promise.race([pending, late]);
  } catch (error) {
    pending.then((connection) => pool.release(connection)).catch(() => undefined);
    throw error;
  }
}

const first = await pool.acquire();
await connectionWithin(10).catch(() => undefined);
await pool.release(first);
await sleep(5);
await pool.release(await pool.acquire());
