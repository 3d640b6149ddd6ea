// A handler forwards the status of a backend and leaves what it says: each request to it takes a connection more.
// Ends: exit 1
// Fails: connections to the backend
// cf. vercel/next.js#43493
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
  const upstream = await fetch(origin + (request.url ?? "/")); // starves
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
