// The body of a ping is let through: then its socket is free.
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";

const server = http.createServer((_request, response) => response.end("pong")).listen(0, "127.0.0.1");
await once(server, "listening");
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function ping() {
  return new Promise((resolve, reject) => {
    const request = http.request({ port: server.address().port, path: "/ping", agent });
    request.on("response", (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on("error", reject);
    request.end();
  });
}

assert.equal(await ping(), true);
assert.equal(await ping(), true);
agent.destroy();
server.close();
