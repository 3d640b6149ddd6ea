// `pipeline` pulls from the body only while the socket has room; the signal ends it when the peer has had enough.
import assert from "node:assert";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream/promises";

const server = createServer((peer) => peer.pause()).listen(0, "127.0.0.1");
server.unref();
await once(server, "listening");
const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
await once(socket, "connect");

let pulled = 0;
const body = new ReadableStream<Uint8Array>({
  pull(controller) {
    pulled += 64 * 1024;
    controller.enqueue(new Uint8Array(64 * 1024));
    if (pulled === 500 * 64 * 1024) controller.close();
  },
});
await assert.rejects(pipeline(body, socket, { signal: AbortSignal.timeout(200) }));
assert.ok(pulled <= 20 * 1024 * 1024, `took ${pulled} bytes`);
process.exit();
