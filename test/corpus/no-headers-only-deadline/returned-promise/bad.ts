// The promise is returned without `await`: `finally` clears the timer at once, and nothing that follows has a deadline.
// Ends: hang
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// Sends the headers and the beginning of a body, and then nothing more.
const server = createServer((_request, response) => response.writeHead(200).write('{"size":')).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

async function load(target: string): Promise<unknown> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 600);
  try {
    return fetch(target, { signal: controller.signal }).then((response) => response.json());
  } finally {
    clearTimeout(timer); // starves
  }
}

await load(url); // waits

server.closeAllConnections();
server.close();
