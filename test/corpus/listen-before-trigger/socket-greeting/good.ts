// The greeting is listened for from the beginning.
import assert from "node:assert/strict";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import WebSocket, { WebSocketServer } from "ws";

const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
server.on("connection", (peer) => peer.send("welcome"));
await once(server, "listening");
const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
const greeted = new Promise<string>((resolve) => {
  client.on("message", (data: Buffer) => resolve(data.toString()));
});
await sleep(200);
assert.equal(await greeted, "welcome");
client.close();
server.close();
