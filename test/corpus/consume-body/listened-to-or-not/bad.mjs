// The text goes to the listeners; where there is none, it stays in the only connection, and the next load waits for that.
// Ends: hang
import { once } from "node:events";
import { createServer } from "node:http";
import { Pool } from "undici";

const server = createServer((_request, response) => response.end("b".repeat(512 * 1024))).listen(0, "127.0.0.1");
await once(server, "listening");
const pool = new Pool(`http://127.0.0.1:${server.address().port}`, { connections: 1, bodyTimeout: 0 });
const listeners = new Set();

async function tell(body) {
  const text = await body.text();
  for (const listener of listeners) listener(text);
}

async function refresh(path) {
  const { body } = await pool.request({ path, method: "GET" });
  if (listeners.size > 0) await tell(body); // starves
}

await refresh("/");
await refresh("/"); // waits
await pool.close();
server.close();
