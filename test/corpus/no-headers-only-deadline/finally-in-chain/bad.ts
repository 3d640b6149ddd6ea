// `.finally` stands before `.then`: it clears the timer at the headers, and the text is read without a deadline.
// Ends: hang
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// Sends the headers and the beginning of a body, and then nothing more.
const server = createServer((_request, response) => response.writeHead(200).write('{"size":')).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

function text(target: string): Promise<string> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 600);
  return fetch(target, { signal: controller.signal })
    .finally(() => {
      clearTimeout(timer); // starves
    })
    .then((response) => response.text());
}

await text(url); // waits

server.closeAllConnections();
server.close();
