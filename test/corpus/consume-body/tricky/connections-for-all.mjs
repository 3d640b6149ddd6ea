// All are gathered before one is read, but there are connections for all of them.
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import { Pool } from "undici";

const server = http.createServer((_request, response) => response.end("part".repeat(40_000)));
server.listen(0, "127.0.0.1");
await once(server, "listening");
const pool = new Pool(`http://127.0.0.1:${server.address().port}`, { connections: 3 });

const parts = ["/1", "/2", "/3"];
const responses = await Promise.all(parts.map((path) => pool.request({ path, method: "GET" })));
let size = 0;
for (const { body } of responses) size += (await body.arrayBuffer()).byteLength;

const batches = [["/1", "/2"], ["/3", "/4", "/5"]];
for (const batch of batches) {
  const some = await Promise.all(batch.map((path) => pool.request({ path, method: "GET" })));
  for (const { body } of some) size += (await body.arrayBuffer()).byteLength;
}
assert.equal(size, 8 * 160_000);
await pool.close();
server.close();
