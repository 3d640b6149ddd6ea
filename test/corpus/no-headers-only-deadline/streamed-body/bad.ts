// The deadline ends at the headers; the loop over the body then waits for a chunk that never comes.
// Ends: hang
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
  clearTimeout(timer); // starves
  let bytes = 0;
  for await (const chunk of body ?? []) bytes += chunk.length;
  return bytes;
}

await size(url); // waits

server.closeAllConnections();
server.close();
