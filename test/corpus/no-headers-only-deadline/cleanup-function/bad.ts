// `cleanup` clears the timer, and it is called before the body is read.
// Ends: hang
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// Sends the headers and the beginning of a body, and then nothing more.
const server = createServer((_request, response) => response.writeHead(200).write('{"size":')).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

async function load(target: string): Promise<string> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 600);
  const cleanup = (): void => {
    clearTimeout(timer);
  };
  const response = await fetch(target, { signal: controller.signal });
  cleanup(); // starves
  const text = await response.text(); // waits
  return text;
}

await load(url);

server.closeAllConnections();
server.close();
