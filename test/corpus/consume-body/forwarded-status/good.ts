// The handler reads what the backend says, and the connection is used again.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

let connections = 0;
const backend = createServer((_request, response) => response.end("page ".repeat(50_000)));
backend.on("connection", () => (connections += 1));
const originOf = async (server: Server): Promise<string> => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
};
const origin = await originOf(backend);

const front = createServer((request, response) => void handle(request, response));
async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const upstream = await fetch(origin + (request.url ?? "/"));
  await upstream.bytes();
  response.writeHead(upstream.status, { etag: upstream.headers.get("etag") ?? "none" });
  response.end();
}

const own = await originOf(front);
for (let turn = 0; turn < 12; turn += 1) {
  const answer = await fetch(own);
  await answer.arrayBuffer();
}
for (const server of [front, backend]) {
  server.closeAllConnections();
  server.close();
}
assert.ok(connections < 12, `${String(connections)} connections to the backend`);
