// The client is released whether or not its query failed.
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
  end(callback) {
    callback?.();
  }
}
const pool = new pg.Pool({ max: 1, Client });

async function rowsOf(text) {
  const client = await pool.connect();
  try {
    const { rows } = await client.query(text);
    return rows;
  } finally {
    client.release();
  }
}

await rowsOf("SELECT ?").catch(() => undefined);
const [row] = await rowsOf("SELECT 1");
if (row.text !== "SELECT 1") throw new Error(row.text);
await pool.end();
