// The same condition decides twice: where the first branch does not read, the second dumps.
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import { request } from "undici";

const server = http.createServer((message, response) => {
  response.statusCode = message.url === "/no" ? 404 : 200;
  response.end(JSON.stringify("z".repeat(100_000)));
});
server.listen(0, "127.0.0.1");
await once(server, "listening");

async function load(path) {
  const { statusCode, body } = await request(`http://127.0.0.1:${server.address().port}${path}`);
  const found = statusCode === 200;
  let value;
  if (found) value = await body.json();
  const at = new Date();
  if (!found) {
    await body.dump();
  }
  return { value, at };
}

assert.equal((await load("/no")).value, undefined);
assert.equal((await load("/yes")).value.length, 100_000);
server.close();
server.closeAllConnections();
