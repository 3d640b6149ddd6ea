// Each transfer holds a connection and asks the pool for a second one: with all of them held, nobody gets it.
// Server: postgres
// Ends: hang
// cf. vendurehq/vendure#1639
import pg from "pg";

const pool = new pg.Pool({ max: 2 });

async function transfer(amount: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT $1::int", [amount]);
    await pool.query("SELECT 'audited'"); // starves
    await client.query("COMMIT");
  } finally {
    client.release();
  }
}

await Promise.all([transfer(1), transfer(2)]); // waits
await pool.end();
