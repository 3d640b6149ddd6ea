// A script that holds one connection of many is the only one that holds any.
// Server: postgres
import pg from "pg";

const pool = new pg.Pool();

async function migrate() {
  const client = await pool.connect();
  try {
    await client.query("SELECT pg_advisory_lock(771)");
    const { rows } = await pool.query("SELECT 1 AS version");
    await client.query("SELECT pg_advisory_unlock(771)");
    return rows[0].version;
  } finally {
    client.release();
  }
}

const version = await migrate();
await pool.end();
if (version !== 1) throw new Error(String(version));
