// A query that fails leaves the function past release(): its client never comes back, and the next one waits for it.
// Ends: exit 13
// cf. brianc/node-pg-pool#91, brianc/node-postgres docs/pages/features/pooling.mdx
import { EventEmitter } from "node:events";
import pg from "pg";

class Client extends EventEmitter {
  connect(callback) {
    setImmediate(callback);
  }
  async query(text) {
    if (text.includes("?")) throw new Error("syntax error");
    return { rows: [{ text }] };
  }
  end() {}
}
const pool = new pg.Pool({ max: 1, Client });

async function rowsOf(text) {
  const client = await pool.connect(); // starves
  const { rows } = await client.query(text);
  client.release();
  return rows;
}

await rowsOf("SELECT ?").catch(() => undefined);
await rowsOf("SELECT 1");
