// Each of these gives the connection to its caller, together with the way to give it back.
import { createPool } from "generic-pool";

interface Connection {
  sent: string[];
}
const pool = createPool<Connection>({ create: async () => ({ sent: [] }), destroy: async () => undefined }, { max: 3 });

async function begin(): Promise<{ send: (text: string) => void; end: () => Promise<void> }> {
  const connection = await pool.acquire();
  connection.sent.push("begin");
  return {
    send: (text) => void connection.sent.push(text),
    end: () => pool.release(connection),
  };
}

class Session {
  readonly connection: Connection;
  constructor(connection: Connection) {
    this.connection = connection;
  }
  async [Symbol.asyncDispose](): Promise<void> {
    await pool.release(this.connection);
  }
}

async function open(): Promise<Session> {
  const connection = await pool.acquire();
  const session = new Session(connection);
  if (connection.sent.length > 9) throw new Error("worn out");
  return session;
}

const free: Connection[] = [];
async function warm(): Promise<void> {
  const connection = await pool.acquire();
  free.push(connection);
}

for (let round = 0; round < 3; round += 1) {
  const transaction = await begin();
  transaction.send("level");
  await transaction.end();
  await using session = await open();
  session.connection.sent.push("level");
}
await warm();
await Promise.all(free.map((connection) => pool.release(connection)));
if (pool.borrowed !== 0) throw new Error("not all were given back");
