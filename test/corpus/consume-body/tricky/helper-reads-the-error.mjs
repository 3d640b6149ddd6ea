// The helper that is given the response reads it on the way to its error.
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import { Client } from "undici";

let asked = 0;
const server = http.createServer((_request, response) => {
  asked += 1;
  response.statusCode = asked === 1 ? 400 : 200;
  response.end(JSON.stringify({ reason: "no ".repeat(40_000) }));
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const client = new Client(`http://127.0.0.1:${server.address().port}`);

async function fail({ body, statusCode }) {
  const { reason } = await body.json();
  throw new Error(`${statusCode}: ${reason.slice(0, 2)}`);
}

const decode = (response) => (response.statusCode === 200 ? response.body.json() : fail(response));
const load = () => client.request({ path: "/", method: "GET" }).then(decode);

await assert.rejects(load, /400: no/);
assert.ok((await load()).reason);
await client.close();
server.close();
