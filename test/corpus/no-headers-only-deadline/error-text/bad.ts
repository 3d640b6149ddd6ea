// Only the body of an error is read, but that without a deadline: a stalled error page hangs the caller.
// Ends: hang
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// Sends the headers and the beginning of a body, and then nothing more.
const server = createServer((_request, response) => response.writeHead(200).write('{"size":')).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

async function post(target: string): Promise<void> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 600);
  const response = await fetch(target, { method: "POST", body: "{}", signal: controller.signal });
  clearTimeout(timer); // starves
  if (response.headers.get("content-type") !== null) return;
  const reason = await response.text(); // waits
  throw new Error(reason);
}

await post(url);

server.closeAllConnections();
server.close();
