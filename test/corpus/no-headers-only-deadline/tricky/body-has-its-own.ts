// The timer of the headers is cleared, and the body takes part in a race of its own.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// Sends the headers and the beginning of a body, and then nothing more.
const server = createServer((_request, response) => response.writeHead(200).write('{"size":')).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

async function load(target: string): Promise<unknown> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 1000);
  const response = await fetch(target, { signal: controller.signal });
  clearTimeout(timer);
  const late = new Promise<string>((resolve) => setTimeout(resolve, 100, "too late"));
  return Promise.race([response.json(), late]);
}

const outcome = await load(url);
if (outcome !== "too late") throw new Error(String(outcome));

server.closeAllConnections();
server.close();
