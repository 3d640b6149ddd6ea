// The second `.then` clears it, when the body has been read.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// Sends the headers and the beginning of a body, and then nothing more.
const server = createServer((_request, response) => response.writeHead(200).write('{"size":')).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

function load(target: string): Promise<unknown> {
  return fetch(target, { signal: AbortSignal.timeout(200) }).then((response) => response.json());
}

const outcome = await load(url).catch((error: Error) => error.name);
if (outcome !== "TimeoutError") throw new Error(String(outcome));

server.closeAllConnections();
server.close();
