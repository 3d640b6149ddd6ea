// Responses are kept in a map, and those who take them out read them.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

const server = createServer((message, response) => response.end(message.url)).listen(0, "127.0.0.1");
await once(server, "listening");
const waiting = new Map<string, IncomingMessage>();

async function open(path: string): Promise<void> {
  const call = request({ port: (server.address() as AddressInfo).port, path }).end();
  const [response] = (await once(call, "response")) as [IncomingMessage];
  waiting.set(path, response);
}

async function take(path: string): Promise<string> {
  const response = waiting.get(path);
  return response ? text(response) : "";
}

await Promise.all(["/a", "/b"].map(open));
assert.deepEqual([await take("/a"), await take("/b")], ["/a", "/b"]);
server.close();
server.closeIdleConnections();
