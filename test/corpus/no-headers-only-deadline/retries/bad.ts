// Each attempt clears its timer at the headers; the attempt that gets them first waits for its body without end.
// Ends: hang
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// Sends the headers and the beginning of a body, and then nothing more.
const server = createServer((_request, response) => response.writeHead(200).write('{"size":')).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

async function load(target: string): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), 600);
    try {
      const response = await fetch(target, { signal: controller.signal });
      clearTimeout(timer); // starves
      return await response.json();
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}

await load(url); // waits

server.closeAllConnections();
server.close();
