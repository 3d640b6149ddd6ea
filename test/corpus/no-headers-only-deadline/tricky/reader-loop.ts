// The body is read to its end through a reader, and then the timer is cleared.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const server = createServer((_request, response) => response.end('{"size":1}')).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

const controller = new AbortController();
const timer = setTimeout(() => controller.abort(), 1000);
const response = await fetch(url, { signal: controller.signal });
const reader = response.body?.getReader();
let bytes = 0;
for (;;) {
  const part = await reader?.read();
  if (!part || part.done) break;
  bytes += part.value.length;
}
clearTimeout(timer);
if (bytes !== 10) throw new Error(String(bytes));

server.closeAllConnections();
server.close();
