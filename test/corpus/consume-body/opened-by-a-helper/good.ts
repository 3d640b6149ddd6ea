// Who asks lets the body through.
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
  const response = await open({ path });
  response.resume();
  return response.statusCode;
}

assert.equal(await statusOf("/one"), 200);
assert.equal(await statusOf("/two"), 200);
agent.destroy();
server.close();
