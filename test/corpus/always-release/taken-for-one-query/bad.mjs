// A client is taken for one query, and nobody keeps it to release it: after two queries the pool has none left.
// Ends: exit 13
import { EventEmitter } from "node:events";
import pg from "pg";

class Client extends EventEmitter {
  connect(callback) {
    setImmediate(callback);
  }
  async query(text) {
    return { rows: [text] };
  }
  end() {}
}
const pool = new pg.Pool({ max: 2, Client });

const rowsOf = async (text) => {
  const { rows } = await (await pool.connect()).query(text); // starves
  return rows;
};

await rowsOf("SELECT 1");
await rowsOf("SELECT 2");
await rowsOf("SELECT 3");
