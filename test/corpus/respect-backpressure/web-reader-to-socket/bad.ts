// The loop waits for the reader alone; what the socket cannot send stays in memory.
// Ends: exit 1
// Fails: buffered
import assert from "node:assert";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";

const server = createServer((peer) => peer.pause()).listen(0, "127.0.0.1");
await once(server, "listening");
const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
await once(socket, "connect");

let left = 500;
const body = new ReadableStream<Uint8Array>({
  pull(controller) {
    controller.enqueue(new Uint8Array(64 * 1024));
    if ((left -= 1) === 0) controller.close();
  },
});
const reader = body.getReader();
while (true) {
  const { done, value } = await reader.read();
  if (done) break;
  socket.write(value); // starves
}
assert.ok(socket.writableLength <= 1024 * 1024, `buffered ${socket.writableLength} bytes`);
