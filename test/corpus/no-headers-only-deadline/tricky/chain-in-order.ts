// The chain reads the body first and clears the timer last.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const server = createServer((_request, response) => response.end('{"size":1}')).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

function load(target: string): Promise<unknown> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 1000);
  return fetch(target, { signal: controller.signal })
    .then((response) => response.json() as Promise<unknown>)
    .finally(() => clearTimeout(timer));
}

if (JSON.stringify(await load(url)) !== '{"size":1}') throw new Error("another answer");

server.closeAllConnections();
server.close();
