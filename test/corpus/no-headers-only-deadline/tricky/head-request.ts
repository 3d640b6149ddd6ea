// A HEAD request has no body.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const server = createServer((_request, response) => response.end('{"size":1}')).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

const controller = new AbortController();
const timer = setTimeout(() => controller.abort(), 1000);
const response = await fetch(url, { method: "HEAD", signal: controller.signal });
clearTimeout(timer);
if ((await response.text()) !== "") throw new Error("a body");

server.closeAllConnections();
server.close();
