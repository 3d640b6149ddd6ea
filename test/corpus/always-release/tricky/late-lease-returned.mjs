// The race may lose its connection, but whoever is granted it late gives it back at once.
import { setTimeout as sleep } from "node:timers/promises";
import { createPool } from "generic-pool";

const pool = createPool({ create: async () => ({}), destroy: async () => {} }, { max: 1 });

async function within(ms) {
  let late = false;
  const granted = pool.acquire().then((connection) => {
    if (!late) return connection;
    pool.release(connection);
    return undefined;
  });
  const timeout = sleep(ms).then(() => {
    late = true;
    throw new Error("busy");
  });
  return Promise.race([granted, timeout]);
}

const first = await pool.acquire();
await within(5).catch(() => undefined);
await pool.release(first);
await sleep(5);
await pool.release(await pool.acquire());
