// The function that returns the response is called in one place, which looks at its headers only.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const server = createServer((_request, response) => response.end('{"size":1}')).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

async function request(target: string): Promise<Response> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 1000);
  try {
    return await fetch(target, { signal: controller.signal });
  } finally {
    clearTimeout(timer);
  }
}

const { status } = await request(url);
if (status !== 200) throw new Error(String(status));

server.closeAllConnections();
server.close();
