// The timeout wins, but the pool still owes a connection: it is granted to nobody later, and the last caller waits.
// Ends: exit 13
import { setTimeout as sleep } from "node:timers/promises";
import { createPool } from "generic-pool";

const pool = createPool({ create: async () => ({}), destroy: async () => {} }, { max: 1 });

async function connectionWithin(ms) {
  const late = sleep(ms).then(() => {
    throw new Error("all connections are busy");
  });
  return Promise.race([pool.acquire(), late]); // starves
}

const first = await pool.acquire();
await connectionWithin(10).catch(() => undefined);
await pool.release(first);
await sleep(5);
await pool.acquire(); // waits
