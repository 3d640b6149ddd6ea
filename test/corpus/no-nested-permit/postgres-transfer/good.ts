// The audit belongs to the transaction, and goes over its connection.
// Server: postgres
import pg from "pg";

const pool = new pg.Pool({ max: 2 });

async function transfer(amount: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT $1::int", [amount]);
    await client.query("SELECT 'audited'");
    await client.query("COMMIT");
  } finally {
    client.release();
  }
}

await Promise.all([transfer(1), transfer(2)]);
await pool.end();
