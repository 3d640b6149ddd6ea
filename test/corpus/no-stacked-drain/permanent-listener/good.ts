// One listener, added before the loop; the loop stops when a write is refused, and goes on from "drain".
import assert from "node:assert";
import { connect, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { once } from "node:events";

const server = createServer((peer) => peer.resume()).listen(0, "127.0.0.1");
await once(server, "listening");
const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");

function flood(to: Socket, blocks: Buffer[]): void {
  const go = (): void => {
    let more = true;
    while (more) {
      const block = blocks.shift();
      if (!block) return void to.end();
      more = to.write(block);
    }
  };
  to.on("drain", go);
  go();
}

flood(socket, Array.from({ length: 20 }, () => Buffer.alloc(64 * 1024)));
assert.equal(socket.listenerCount("drain"), 1);
await once(socket, "close");
server.close();
