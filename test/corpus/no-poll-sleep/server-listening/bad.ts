// The port is taken: the server says so in an event and never listens, and the loop looks only whether it does.
// Ends: hang
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

const first = createServer().listen(0, "127.0.0.1");
await once(first, "listening");

const server = createServer();
server.on("error", () => {});
server.listen((first.address() as AddressInfo).port, "127.0.0.1");
while (!server.listening) await delay(10); // starves
