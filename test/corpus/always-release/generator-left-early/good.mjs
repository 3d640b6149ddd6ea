// `finally` runs as well when the one who reads stops early.
import { createPool } from "generic-pool";

const pool = createPool({ create: async () => ({ rows: [4.2, 4.1, 4.0] }), destroy: async () => {} }, { max: 1 });

async function* levels() {
  const connection = await pool.acquire();
  try {
    for (const row of connection.rows) yield row;
  } finally {
    await pool.release(connection);
  }
}

async function firstLevel() {
  for await (const level of levels()) return level;
}

await firstLevel();
if ((await firstLevel()) !== 4.2) throw new Error("no level");
