// Wait for "connect" only while the socket is connecting; write and read follow.
import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

const server = createServer({ allowHalfOpen: true }, (socket) => socket.pipe(socket));
await once(server.listen(0, "127.0.0.1"), "listening");
const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
if (socket.connecting) await once(socket, "connect");
if (!socket.write("echo")) await once(socket, "drain");
socket.end();

const answer = await text(socket);
server.close();
if (answer !== "echo") throw new Error(answer);
