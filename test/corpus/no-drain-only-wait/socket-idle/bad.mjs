// The socket is destroyed when it stands idle; it then emits "close" without an error, and the wait for "drain" goes on.
// Ends: exit 13
import { once } from "node:events";
import { connect, createServer } from "node:net";

const server = createServer((peer) => peer.pause().unref());
server.listen(0, "127.0.0.1").unref();
await once(server, "listening");
const socket = connect(server.address().port, "127.0.0.1");
await once(socket, "connect");
setTimeout(() => socket.destroy(), 100);
while (true) {
  if (!socket.write(Buffer.alloc(64 * 1024))) await once(socket, "drain"); // starves
}
