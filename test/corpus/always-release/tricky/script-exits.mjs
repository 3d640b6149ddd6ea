// A failure ends the process, and with it whatever is held.
import { createPool } from "generic-pool";

const pool = createPool({ create: async () => ({ level: 4.2 }), destroy: async () => {} }, { max: 1 });

async function main(valid) {
  const connection = await pool.acquire();
  if (!valid) {
    console.error("not valid");
    process.exit(1);
  }
  const { level } = connection;
  await pool.release(connection);
  return level;
}

const connection = await pool.acquire();
if (connection.level !== 4.2) throw new Error("no level");
pool.release(connection);
await main(true);
if ((await main(true)) !== 4.2) throw new Error("no level");
