// Events come as long as there are any: only the connection has a deadline.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const server = createServer((_request, response) => response.end("data: 1\n\n")).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

const controller = new AbortController();
const timer = setTimeout(() => controller.abort(), 1000);
const response = await fetch(url, { headers: { accept: "text/event-stream" }, signal: controller.signal });
clearTimeout(timer);
let events = "";
for await (const chunk of response.body ?? []) events += new TextDecoder().decode(chunk);
if (events !== "data: 1\n\n") throw new Error(events);

server.closeAllConnections();
server.close();
