// The "close" of the socket settles what waits.
import assert from "node:assert";
import { once } from "node:events";
import net from "node:net";
import type { AddressInfo, Socket } from "node:net";

class Connection {
  #socket: Socket;
  #fail: ((error: Error) => void) | undefined;
  constructor(socket: Socket) {
    this.#socket = socket;
    this.#socket.on("close", () => this.#fail?.(new Error("connection closed")));
  }
  async send(chunk: Uint8Array): Promise<void> {
    if (this.#socket.write(chunk)) return;
    await new Promise<void>((resolve, reject) => {
      this.#fail = reject;
      this.#socket.once("drain", resolve);
    });
  }
  close(): void {
    this.#socket.destroy();
  }
}

const server = net.createServer((peer) => void peer.pause().unref());
server.listen(0, "127.0.0.1").unref();
await once(server, "listening");
const socket = net.connect((server.address() as AddressInfo).port, "127.0.0.1");
await once(socket, "connect");
const connection = new Connection(socket);
setTimeout(() => connection.close(), 100);
await assert.rejects(async () => {
  for (let block = 0; block < 2_000; block += 1) await connection.send(new Uint8Array(64 * 1024));
}, /connection closed/);
