// The call that triggers the event is an argument of once(): the listener is added before the event can be emitted.
import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

const server = createServer((socket) => socket.end("served"));
await once(server.listen(0, "127.0.0.1"), "listening");
const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
await once(socket, "connect");
const answer = await text(socket);
server.close();
if (answer !== "served") throw new Error(answer);
