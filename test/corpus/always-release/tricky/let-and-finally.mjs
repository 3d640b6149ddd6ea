// The client is asked for within the try; finally() releases it if there is one.
import { EventEmitter } from "node:events";
import pg from "pg";

class Client extends EventEmitter {
  connect(callback) {
    setImmediate(callback);
  }
  async query(text) {
    if (text.includes("?")) throw new Error("syntax error");
    return { rows: [text] };
  }
  end(callback) {
    callback?.();
  }
}
const pool = new pg.Pool({ max: 1, Client });

async function rowsOf(text) {
  let client;
  try {
    client = await pool.connect();
    const { rows } = await client.query(text);
    return rows;
  } catch {
    return [];
  } finally {
    if (client) {
      client.release();
    }
  }
}

await rowsOf("?");
const rows = [...(await rowsOf("SELECT 1")), ...(await rowsOf("SELECT 2"))];
if (rows.length !== 2) throw new Error(rows.join());
await pool.end();
