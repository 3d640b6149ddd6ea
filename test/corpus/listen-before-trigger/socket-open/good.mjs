// The promise of "open" is made in the same turn as the connection.
import assert from "node:assert/strict";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket, WebSocketServer } from "ws";

async function fetchToken() {
  await sleep(100);
  return "secret";
}

const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
await once(server, "listening");
const socket = new WebSocket(`ws://127.0.0.1:${server.address().port}`);
const opened = once(socket, "open");
const token = await fetchToken();
await opened;
assert.equal(socket.readyState, WebSocket.OPEN);
socket.send(token);
socket.close();
server.close();
