// The client has a name, and is released under it.
import { EventEmitter } from "node:events";
import pg from "pg";

class Client extends EventEmitter {
  connect(callback) {
    setImmediate(callback);
  }
  async query(text) {
    return { rows: [text] };
  }
  end(callback) {
    callback?.();
  }
}
const pool = new pg.Pool({ max: 2, Client });

const rowsOf = async (text) => {
  const client = await pool.connect();
  try {
    const { rows } = await client.query(text);
    return rows;
  } finally {
    client.release();
  }
};

await rowsOf("SELECT 1");
await rowsOf("SELECT 2");
if ((await rowsOf("SELECT 3")).length !== 1) throw new Error("no rows");
await pool.end();
