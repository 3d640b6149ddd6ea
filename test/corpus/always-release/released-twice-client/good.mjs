// One release, which says whether the client can be used again.
import { EventEmitter } from "node:events";
import pg from "pg";

class Client extends EventEmitter {
  connect(callback) {
    setImmediate(callback);
  }
  async query(text) {
    throw new Error(`syntax error at ${text}`);
  }
  end(callback) {
    callback?.();
  }
}
const pool = new pg.Pool({ max: 1, Client });

async function rowsOf(text) {
  const client = await pool.connect();
  let failure;
  try {
    return await client.query(text);
  } catch (error) {
    failure = error;
    throw error;
  } finally {
    client.release(failure);
  }
}

await rowsOf("SELECT ?").catch((error) => {
  if (!error.message.startsWith("syntax error")) throw error;
});
await pool.end();
