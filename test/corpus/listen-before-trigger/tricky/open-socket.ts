// "open" is waited for only while the socket still connects, and the message only after it was asked for.
import assert from "node:assert/strict";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket, WebSocketServer } from "ws";

const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
server.on("connection", (peer) => peer.on("message", () => peer.send("pong")));
await once(server, "listening");
const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
await sleep(50);
if (socket.readyState === WebSocket.CONNECTING) await once(socket, "open");
socket.send("ping");
const [answer] = (await once(socket, "message")) as [Buffer];
assert.equal(answer.toString(), "pong");
socket.close();
server.close();
