// The timer is cleared when the body is there.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// Sends the headers and the beginning of a body, and then nothing more.
const server = createServer((_request, response) => response.writeHead(200).write('{"size":')).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

async function load(target: string): Promise<unknown> {
  const controller = new AbortController();
  const timeout = setTimeout(() => controller.abort(), 600);
  try {
    const response = await fetch(target, { signal: controller.signal });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return JSON.parse(text) as unknown;
  } finally {
    clearTimeout(timeout);
  }
}

const outcome = await load(url).catch((error: Error) => error.name);
if (outcome !== "AbortError") throw new Error(String(outcome));

server.closeAllConnections();
server.close();
