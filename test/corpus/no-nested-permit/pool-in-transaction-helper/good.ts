// All of the work goes over the connection that the transaction holds.
// Server: postgres
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
    const { rows } = await client.query<{ price: number }>("SELECT 7 AS price");
    return rows[0]?.price ?? 0;
  });

const prices = await Promise.all([book(1), book(2)]);
await pool.end();
if (prices.join() !== "7,7") throw new Error(prices.join());
