// The refusal is let go before the token is asked for.
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import { Client } from "undici";

const server = http.createServer((request, response) => {
  const isToken = request.url === "/token";
  const isAllowed = isToken || request.headers.authorization === "Bearer t";
  response.statusCode = isAllowed ? 200 : 401;
  response.end(isToken ? "t" : isAllowed ? "secret" : "Log in first. ".repeat(10_000));
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const client = new Client(`http://127.0.0.1:${server.address().port}`);

async function token() {
  const { body } = await client.request({ path: "/token", method: "GET" });
  return body.text();
}

async function ask(path, headers = {}) {
  const response = await client.request({ path, method: "GET", headers });
  if (response.statusCode === 401) {
    await response.body.dump();
    const authorization = `Bearer ${await token()}`;
    return ask(path, { authorization });
  }
  return response.body.text();
}

assert.equal(await ask("/secret"), "secret");
await client.close();
server.close();
