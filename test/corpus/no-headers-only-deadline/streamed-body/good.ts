// The timer is cleared after the loop.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// Sends the headers and the beginning of a body, and then nothing more.
const server = createServer((_request, response) => response.writeHead(200).write('{"size":')).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

async function size(target: string): Promise<number> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 600);
  const { body } = await fetch(target, { signal: controller.signal });
  let bytes = 0;
  try {
    for await (const chunk of body ?? []) bytes += chunk.length;
  } finally {
    clearTimeout(timer);
  }
  return bytes;
}

const outcome = await size(url).catch((error: Error) => error.name);
if (outcome !== "AbortError") throw new Error(String(outcome));

server.closeAllConnections();
server.close();
