// The function that is given the connection gives it back.
import { createPool } from "generic-pool";

const pool = createPool({ create: async () => ({ sent: 0 }), destroy: async () => {} }, { max: 1 });

async function finish(connection, error) {
  if (error) await pool.destroy(connection);
  else await pool.release(connection);
}

async function send(level) {
  const connection = await pool.acquire();
  if (level > 9) {
    await finish(connection, new RangeError("no such level"));
    return 0;
  }
  connection.sent += 1;
  await finish(connection);
  return connection.sent;
}

await send(12);
if ((await send(4)) !== 1) throw new Error("not sent");
