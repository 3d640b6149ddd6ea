// Who takes only the first row leaves the generator at its `yield`: what stands after the loop never runs.
// Ends: exit 13
import { createPool } from "generic-pool";

const pool = createPool({ create: async () => ({ rows: [4.2, 4.1, 4.0] }), destroy: async () => {} }, { max: 1 });

async function* levels() {
  const connection = await pool.acquire(); // starves
  for (const row of connection.rows) yield row;
  await pool.release(connection);
}

async function firstLevel() {
  for await (const level of levels()) return level;
}

await firstLevel();
await firstLevel();
