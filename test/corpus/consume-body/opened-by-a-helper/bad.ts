// A helper promises the response, and whoever asks takes its status: the socket stays with the body.
// Ends: hang
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import type { IncomingMessage, RequestOptions } from "node:http";
import type { AddressInfo } from "node:net";

const server = http.createServer((_request, response) => response.end("ok")).listen(0, "127.0.0.1");
await once(server, "listening");
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function open(options: RequestOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    http.get({ ...options, agent, port: (server.address() as AddressInfo).port }, resolve).on("error", reject);
  });
}

async function statusOf(path: string): Promise<number | undefined> {
  const response = await open({ path }); // starves
  return response.statusCode;
}

assert.equal(await statusOf("/one"), 200);
assert.equal(await statusOf("/two"), 200); // waits
agent.destroy();
server.close();
