// Both lines are taken, and both are given back.
import { createPool } from "generic-pool";
import type { Pool } from "generic-pool";

interface Line {
  pool: Pool<Line>;
}
const linesTo = (): Pool<Line> => {
  const pool: Pool<Line> = createPool<Line>({ create: async () => ({ pool }), destroy: async () => undefined }, { max: 2 });
  return pool;
};
const pools = [linesTo(), linesTo()];

async function ask(): Promise<void> {
  const lines = pools.map((pool) => pool.acquire());
  await Promise.any(lines);
  for (const line of await Promise.all(lines)) await line.pool.release(line);
}

await ask();
await ask();
for (const pool of pools) await pool.acquire();
