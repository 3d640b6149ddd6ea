// The error branch reads the body into its error.
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import fetch from "node-fetch";

let asked = 0;
const server = http.createServer((_request, response) => {
  asked += 1;
  response.statusCode = asked === 1 ? 500 : 200;
  response.end("trace ".repeat(100_000));
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function load() {
  return fetch(`http://127.0.0.1:${server.address().port}/`, { agent }).then(async (response) => {
    if (response.ok) return response.text();
    throw new Error(`${response.statusText}: ${(await response.text()).slice(0, 40)}`);
  });
}

await assert.rejects(load, /Internal/);
assert.equal((await load()).length, 600_000);
agent.destroy();
server.close();
