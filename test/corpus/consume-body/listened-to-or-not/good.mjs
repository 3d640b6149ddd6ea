// Where nobody listens, the text is given up.
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
  if (listeners.size > 0) await tell(body);
  else await body.dump({ limit: 1024 * 1024 });
}

await refresh("/");
await refresh("/");
await pool.close();
server.close();
