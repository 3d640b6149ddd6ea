// A reading that is out of range throws before its connection is given back, and the next caller waits for it.
// Ends: exit 13
// cf. coopernurse/node-pool#99
import { createPool } from "generic-pool";

const pool = createPool({ create: async () => ({ sent: 0 }), destroy: async () => undefined }, { max: 1 });

async function send(level: number): Promise<number> {
  const connection = await pool.acquire(); // starves
  if (level > 9) throw new RangeError(`no such level: ${String(level)}`);
  connection.sent += 1;
  await pool.release(connection);
  return connection.sent;
}

await send(12).catch(() => undefined);
await send(4);
