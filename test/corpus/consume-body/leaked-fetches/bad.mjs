// No body is read, so each request opens another connection, and memory with it.
// Ends: exit 1
// Fails: connections for 20 requests
// cf. nodejs/node#51162
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";

let connections = 0;
const server = http.createServer((_request, response) => response.end("b".repeat(200_000)));
server.on("connection", () => (connections += 1));
server.listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${server.address().port}/`;

async function isAlive() {
  const response = await fetch(url); // starves
  return response.ok;
}

for (let turn = 0; turn < 20; turn += 1) assert.ok(await isAlive());
server.closeAllConnections();
server.close();
assert.ok(connections < 20, `${connections} connections for 20 requests`);
