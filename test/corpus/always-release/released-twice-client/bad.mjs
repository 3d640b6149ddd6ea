// The error is handled with a release, and `finally` releases the same client again, which throws over the real error.
// Ends: exit 1
// Fails: already been released
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
  try {
    return await client.query(text);
  } catch (error) {
    client.release(error);
    throw error;
  } finally {
    client.release(); // starves
  }
}

await rowsOf("SELECT ?").catch((error) => {
  if (!error.message.startsWith("syntax error")) throw error;
});
