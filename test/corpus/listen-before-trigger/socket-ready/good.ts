// Both promises are made before the connection is there.
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";

const server = createServer((socket) => socket.resume());
await once(server.listen(0, "127.0.0.1"), "listening");
const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
await Promise.all([once(socket, "connect"), once(socket, "ready")]);
assert.equal(socket.readyState, "open");
socket.destroy();
server.close();
