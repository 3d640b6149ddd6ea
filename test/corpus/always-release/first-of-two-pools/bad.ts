// The faster pool serves; what the other one lends as well is given to nobody, and soon it has nothing left.
// Ends: exit 13
import { createPool } from "generic-pool";
import type { Pool } from "generic-pool";

interface Line {
  pool: Pool<Line>;
}
const linesTo = (): Pool<Line> => {
  const pool: Pool<Line> = createPool<Line>({ create: async () => ({ pool }), destroy: async () => undefined }, { max: 2 });
  return pool;
};
const east = linesTo();
const west = linesTo();

async function ask(): Promise<void> {
  const line = await Promise.any([east.acquire(), west.acquire()]); // starves
  await line.pool.release(line);
}

await ask();
await ask();
await west.acquire(); // waits
