// What is not read is cancelled, and that does not wait for the server.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const server = createServer((_request, response) => response.writeHead(200).write('{')).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

const controller = new AbortController();
const timer = setTimeout(() => controller.abort(), 1000);
const response = await fetch(url, { signal: controller.signal });
clearTimeout(timer);
await response.body?.cancel();
if (response.status !== 200) throw new Error(String(response.status));

server.closeAllConnections();
server.close();
