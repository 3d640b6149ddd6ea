// There is no finally, but every way out gives the connection back: destroyed after a failure, released otherwise.
import { createPool } from "generic-pool";

interface Connection {
  send: (text: string) => Promise<string>;
}
const send = async (text: string): Promise<string> => {
  if (text === "") throw new Error("nothing to send");
  return text;
};
const pool = createPool<Connection>({ create: async () => ({ send }), destroy: async () => undefined }, { max: 1 });

async function ask(text: string): Promise<string> {
  const connection = await pool.acquire();
  let answer: string;
  try {
    answer = await connection.send(text);
  } catch (error) {
    await pool.destroy(connection);
    throw error;
  }
  await pool.release(connection);
  if (answer.length > 9) throw new Error("too long");
  return answer;
}

await ask("").catch(() => undefined);
await ask("much too long").catch(() => undefined);
if ((await ask("level?")) !== "level?") throw new Error("no answer");
