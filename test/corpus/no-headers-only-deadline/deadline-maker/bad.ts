// `deadline()` gives a signal and a way to end it; the caller ends it at the headers and then waits for the body.
// Ends: hang
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
const response = await fetch(url, { signal });
clear(); // starves
const size: unknown = await response.json(); // waits
if (size === undefined) throw new Error("no size");

server.closeAllConnections();
server.close();
