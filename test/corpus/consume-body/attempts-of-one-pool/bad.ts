// Each attempt leaves the answer of a busy server unread, and the next attempt waits for the only connection.
// Ends: hang
// cf. modelcontextprotocol/typescript-sdk#1172
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Pool } from "undici";

let asked = 0;
const server = createServer((_request, response) => {
  asked += 1;
  response.statusCode = asked < 3 ? 503 : 200;
  response.end("b".repeat(asked < 3 ? 512 * 1024 : 3));
}).listen(0, "127.0.0.1");
await once(server, "listening");
const pool = new Pool(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { connections: 1, bodyTimeout: 0 });

async function load(path: string): Promise<string> {
  for (;;) {
    const { statusCode, body } = await pool.request({ path, method: "GET" });
    if (statusCode === 200) return body.text(); // starves
  }
}

const text = await load("/"); // waits
if (text !== "bbb") throw new Error(text);
await pool.close();
server.close();
