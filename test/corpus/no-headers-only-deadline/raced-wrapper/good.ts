// The request has a signal, which counts for the body as well.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// Sends the headers and the beginning of a body, and then nothing more.
const server = createServer((_request, response) => response.writeHead(200).write('{"size":')).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

export async function fetchInTime(target: string, ms: number): Promise<Response> {
  return await fetch(target, { signal: AbortSignal.timeout(ms) });
}

const response = await fetchInTime(url, 600);
const outcome = await response.text().catch((error: Error) => error.name);
if (outcome !== "TimeoutError") throw new Error(outcome);

server.closeAllConnections();
server.close();
