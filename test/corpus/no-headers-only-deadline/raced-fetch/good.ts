// The text itself takes part in the race.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// Sends the headers and the beginning of a body, and then nothing more.
const server = createServer((_request, response) => response.writeHead(200).write('{"size":')).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

const late = (ms: number): Promise<never> =>
  new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error("too late")), ms).unref();
  });

async function page(target: string): Promise<string> {
  const text = fetch(target).then((response) => response.text());
  return Promise.race([text, late(600)]);
}

const outcome = await page(url).catch((error: Error) => error.message);
if (outcome !== "too late") throw new Error(outcome);

server.closeAllConnections();
server.close();
