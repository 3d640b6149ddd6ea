// A signal is aborted when the socket closes, and ends the wait.
import assert from "node:assert";
import { once } from "node:events";
import { connect, createServer } from "node:net";

const server = createServer((peer) => peer.pause().unref());
server.listen(0, "127.0.0.1").unref();
await once(server, "listening");
const socket = connect(server.address().port, "127.0.0.1");
await once(socket, "connect");
const gone = new AbortController();
socket.once("close", () => gone.abort());
setTimeout(() => socket.destroy(), 100);
const { signal } = gone;
await assert.rejects(async () => {
  while (true) {
    if (!socket.write(Buffer.alloc(64 * 1024))) await once(socket, "drain", { signal });
  }
}, /aborted/);
