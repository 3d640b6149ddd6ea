// The body is read before `finally` clears the timer, in another function.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const server = createServer((_request, response) => response.end('{"size":1}')).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

async function parse(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return JSON.parse(text) as unknown;
}

async function load(target: string): Promise<unknown> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 1000);
  try {
    const response = await fetch(target, { signal: controller.signal });
    return await parse(response);
  } finally {
    clearTimeout(timer);
  }
}

if (JSON.stringify(await load(url)) !== '{"size":1}') throw new Error("another answer");

server.closeAllConnections();
server.close();
