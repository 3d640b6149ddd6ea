// The signal counts until the text of the error is there.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// Sends the headers and the beginning of a body, and then nothing more.
const server = createServer((_request, response) => response.writeHead(200).write('{"size":')).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

async function post(target: string): Promise<void> {
  const response = await fetch(target, { method: "POST", body: "{}", signal: AbortSignal.timeout(200) });
  if (response.headers.get("content-type") !== null) return;
  const reason = await response.text();
  throw new Error(reason);
}

const outcome = await post(url).catch((error: Error) => error.name);
if (outcome !== "TimeoutError") throw new Error(String(outcome));

server.closeAllConnections();
server.close();
