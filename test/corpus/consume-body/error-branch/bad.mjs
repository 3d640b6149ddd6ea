// The error branch throws and leaves the body: one failure takes the only connection.
// Ends: hang
// cf. cerbos/cerbos-sdk-javascript#956
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import { Agent, fetch } from "undici";

let asked = 0;
const server = http.createServer((_request, response) => {
  asked += 1;
  response.statusCode = asked === 1 ? 503 : 200;
  response.end(asked === 1 ? "Busy. ".repeat(40_000) : JSON.stringify({ allowed: true }));
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const dispatcher = new Agent({ connections: 1 });
const url = `http://127.0.0.1:${server.address().port}/check`;

async function check() {
  const response = await fetch(url, { dispatcher });
  if (!response.ok) {
    throw new Error(`not checked: ${response.status}`); // starves
  }
  return response.json();
}

await assert.rejects(check, /503/);
assert.deepEqual(await check(), { allowed: true }); // waits
await dispatcher.close();
server.close();
