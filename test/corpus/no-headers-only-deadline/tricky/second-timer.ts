// The headers have one deadline and the body another, on the same controller.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const server = createServer((_request, response) => response.end('{"size":1}')).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

const controller = new AbortController();
const forHeaders = setTimeout(() => controller.abort(), 1000);
const response = await fetch(url, { signal: controller.signal });
clearTimeout(forHeaders);
const forBody = setTimeout(() => controller.abort(), 2000);
const text = await response.text();
clearTimeout(forBody);
if (text !== '{"size":1}') throw new Error(text);

server.closeAllConnections();
server.close();
