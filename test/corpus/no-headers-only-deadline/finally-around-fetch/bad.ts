// The timer is cleared in `finally` as soon as the headers have come; the body is read without a deadline.
// Ends: hang
// cf. plur-ai/plur#1152, seed-hypermedia/seed#1050
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// Sends the headers and the beginning of a body, and then nothing more.
const server = createServer((_request, response) => response.writeHead(200).write('{"size":')).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

async function fetchWithTimeout(target: string, ms: number): Promise<Response> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), ms);
  try {
    return await fetch(target, { signal: controller.signal });
  } finally {
    clearTimeout(timer); // starves
  }
}

const response = await fetchWithTimeout(url, 600);
const body: unknown = await response.json(); // waits
if (body === undefined) throw new Error("no body");

server.closeAllConnections();
server.close();
