// The request wins its race against the timeout at the headers; the text is then read without a deadline.
// Ends: hang
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
  const response = await Promise.race([fetch(target), late(600)]); // starves
  if (!response.ok) throw new Error(response.statusText);
  const text = await response.text(); // waits
  return text;
}

await page(url);

server.closeAllConnections();
server.close();
