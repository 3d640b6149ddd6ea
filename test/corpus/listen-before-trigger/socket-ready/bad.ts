// A socket emits "ready" right after "connect".
// Ends: hang
import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";

const server = createServer((socket) => socket.resume());
await once(server.listen(0, "127.0.0.1"), "listening");
const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
await once(socket, "connect");
await once(socket, "ready"); // starves
socket.destroy();
server.close();
