// The server greets at once; the greeting comes while the client still reads its settings.
// Ends: hang
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import WebSocket, { WebSocketServer } from "ws";

const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
server.on("connection", (peer) => peer.send("welcome"));
await once(server, "listening");
const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
await sleep(200);
await new Promise((resolve) => client.once("message", resolve)); // starves
client.close();
server.close();
