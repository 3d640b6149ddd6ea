// The helper that reads only some bodies says by its answer which, and the others are handed on.
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import { Agent, fetch } from "undici";

let asked = 0;
const server = http.createServer((_request, response) => {
  asked += 1;
  response.statusCode = asked === 1 ? 401 : 200;
  response.end((asked === 1 ? "gone " : "here ").repeat(40_000));
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const dispatcher = new Agent({ connections: 1 });
const url = `http://127.0.0.1:${server.address().port}/upload`;

async function isSwitchedOff(response) {
  if (response.status !== 401) return false;
  return (await response.text()).startsWith("gone");
}

async function send() {
  const response = await fetch(url, { dispatcher });
  if (await isSwitchedOff(response)) return undefined;
  return response;
}

assert.equal(await send(), undefined);
const answer = await send();
assert.ok((await answer.text()).startsWith("here"));
await dispatcher.close();
server.close();
