// The caller ends the deadline when the body is there.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// Sends the headers and the beginning of a body, and then nothing more.
const server = createServer((_request, response) => response.writeHead(200).write('{"size":')).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

function deadline(ms: number): { signal: AbortSignal; clear: () => void } {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new Error("too late")), ms);
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
}

const { signal, clear } = deadline(600);
const outcome = await fetch(url, { signal })
  .then((response) => response.json())
  .catch((error: Error) => error.message);
clear();
if (outcome !== "too late") throw new Error(String(outcome));

server.closeAllConnections();
server.close();
