// What answers HEAD, and what has the status 204, has no body that could be left.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Pool } from "undici";

const server = createServer((request, response) => {
  response.statusCode = request.method === "PUT" ? 204 : 200;
  response.end(request.method === "GET" ? "stored" : undefined);
}).listen(0, "127.0.0.1");
await once(server, "listening");
const pool = new Pool(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, { connections: 1 });

async function exists(path: string): Promise<boolean> {
  const { statusCode } = await pool.request({ path, method: "HEAD" });
  return statusCode === 200;
}

async function send(path: string, method: "GET" | "PUT"): Promise<string | undefined> {
  const response = await pool.request({ path, method });
  if (response.statusCode === 204) return undefined;
  switch (response.statusCode) {
    case 304:
      return "unchanged";
    default:
      return response.body.text();
  }
}

assert.equal(await exists("/a"), true);
assert.deepEqual([await send("/a", "PUT"), await send("/a", "GET")], [undefined, "stored"]);
await pool.close();
server.close();
