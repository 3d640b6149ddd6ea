// The promise resolves to a response that is let through already: only its status is of interest to whoever asks.
import assert from "node:assert/strict";
import { once } from "node:events";
import { Agent, createServer, request } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

const server = createServer((_request, response) => response.end("a page")).listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address() as AddressInfo;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

function ask(host: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: "127.0.0.1", port, agent, headers: { host } }, (response) => {
      response.resume();
      resolve(response);
    });
    outgoing.on("error", reject);
    outgoing.end();
  });
}

for (const host of ["one.test", "two.test", "three.test"]) {
  const response = await ask(host);
  assert.equal(response.statusCode, 200);
}
agent.destroy();
server.close();
