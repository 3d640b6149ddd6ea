// Each ping takes the status and leaves the body: the agent has one socket, and the second ping waits for it.
// Ends: hang
// cf. node-influx/node-influx#475
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";

const server = http.createServer((_request, response) => response.end("pong")).listen(0, "127.0.0.1");
await once(server, "listening");
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function ping() {
  return new Promise((resolve, reject) => {
    const request = http.request({ port: server.address().port, path: "/ping", agent });
    request.on("response", (response) => resolve(response.statusCode === 200)); // starves
    request.on("error", reject);
    request.end();
  });
}

assert.equal(await ping(), true);
assert.equal(await ping(), true); // waits
agent.destroy();
server.close();
