// The helper holds a connection for the work that it is given, and that work asks the pool for another one.
// Server: postgres
// Ends: hang
// cf. fortunejs/fortune-postgres#29
// cf. bcgov/SIMS#2528
import { Pool } from "pg";
import type { PoolClient } from "pg";

const pool = new Pool({ max: 2 });

async function inTransaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } finally {
    client.release();
  }
}

const book = (seat: number): Promise<number> =>
  inTransaction(async (client) => {
    await client.query("SELECT $1::int", [seat]);
    const { rows } = await pool.query<{ price: number }>("SELECT 7 AS price"); // starves
    return rows[0]?.price ?? 0;
  });

const prices = await Promise.all([book(1), book(2)]); // waits
await pool.end();
if (prices.join() !== "7,7") throw new Error(prices.join());
