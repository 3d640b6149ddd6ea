// The request is destroyed when nothing has happened for a while, and its socket with it.
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";

const server = http.createServer((_request, response) => response.end("up"));
server.listen(0, "127.0.0.1");
await once(server, "listening");
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

const isUp = () =>
  new Promise((resolve) => {
    const request = http.get({ port: server.address().port, agent }, (response) => resolve(response.statusCode === 200));
    request.on("error", () => resolve(false));
    request.setTimeout(400, () => request.destroy());
  });

const isAnswering = async (url) => {
  const response = await fetch(url, { signal: AbortSignal.timeout(30_000) });
  return response.ok;
};

assert.deepEqual([await isUp(), await isUp()], [true, true]);
assert.equal(await isAnswering(`http://127.0.0.1:${server.address().port}/`), true);
agent.destroy();
server.closeAllConnections();
server.close();
