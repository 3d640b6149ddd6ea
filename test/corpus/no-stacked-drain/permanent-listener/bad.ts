// `on` instead of `once`, and in the loop: the listeners are never removed.
// Ends: exit 1
// Fails: listeners
// cf. olegp/common-node#7
import assert from "node:assert";
import { connect, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { once } from "node:events";

process.on("warning", () => {});
const server = createServer((peer) => peer.pause()).listen(0, "127.0.0.1");
await once(server, "listening");
const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");

function flood(to: Socket, blocks: readonly Buffer[]): void {
  for (const block of blocks) {
    if (to.write(block) === false) {
      to.on("drain", () => to.emit("more")); // starves
    }
  }
}

flood(socket, Array.from({ length: 20 }, () => Buffer.alloc(64 * 1024)));
const added = socket.listenerCount("drain");
assert.ok(added <= 1, `${added} listeners wait for one drain`);
