// A transaction brings its own connection, and only one that was taken here is given back here.
import { createPool } from "generic-pool";

interface Connection {
  send: (text: string) => Promise<number>;
}
const connection: Connection = { send: async (text) => text.length };
const pool = createPool<Connection>({ create: async () => connection, destroy: async () => undefined }, { max: 1 });

async function send(text: string, given?: Connection): Promise<number> {
  const taken = given ?? (await pool.acquire());
  const isOwn = given === undefined;
  try {
    return await taken.send(text);
  } finally {
    if (isOwn) await pool.release(taken);
  }
}

const own = await pool.acquire();
let sent = await send("level", own);
await pool.release(own);
sent += (await send("4.2")) + (await send("4.1"));
if (sent !== 11) throw new Error(String(sent));
