// The connection opens while the token is fetched, so "open" has been emitted when the listener comes.
// Ends: hang
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
const token = await fetchToken();
await once(socket, "open"); // starves
socket.send(token);
socket.close();
server.close();
