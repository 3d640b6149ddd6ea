// The connection is given back in `finally`, whatever happens to the reading.
import { createPool } from "generic-pool";

const pool = createPool({ create: async () => ({ sent: 0 }), destroy: async () => undefined }, { max: 1 });

async function send(level: number): Promise<number> {
  const connection = await pool.acquire();
  try {
    if (level > 9) throw new RangeError(`no such level: ${String(level)}`);
    connection.sent += 1;
    return connection.sent;
  } finally {
    await pool.release(connection);
  }
}

await send(12).catch(() => undefined);
if ((await send(4)) !== 1) throw new Error("not sent");
