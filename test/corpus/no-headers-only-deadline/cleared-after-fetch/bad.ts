// The timer is cleared on the line after `fetch`, where only the headers have come; the body may stall for ever.
// Ends: hang
// cf. browserbase/sdk-node#206, mikkelchokolate/Veil#58
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
  const response = await fetch(target, { signal: controller.signal });
  clearTimeout(timeout); // starves
  if (!response.ok) throw new Error(response.statusText);
  const data: unknown = await response.json(); // waits
  return data;
}

await load(url);

server.closeAllConnections();
server.close();
