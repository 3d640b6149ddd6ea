// The wrapper races the request with a timeout and hands the response on; who reads the body has no deadline.
// Ends: hang
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// Sends the headers and the beginning of a body, and then nothing more.
const server = createServer((_request, response) => response.writeHead(200).write('{"size":')).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

export async function fetchInTime(target: string, ms: number): Promise<Response> {
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error("too late")), ms).unref();
  });
  return await Promise.race([fetch(target), late]); // starves
}

const response = await fetchInTime(url, 600);
await response.text(); // waits

server.closeAllConnections();
server.close();
