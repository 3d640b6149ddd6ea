// `send` of the connection waits for "drain"; `close` of the same class makes sure that it never comes.
// cf. BitMiracle-AI/Dormice#24
// Ends: exit 13
import { once } from "node:events";
import net from "node:net";
import type { AddressInfo, Socket } from "node:net";

class Connection {
  #socket: Socket;
  #closed = false;
  constructor(socket: Socket) {
    this.#socket = socket;
    this.#socket.on("close", () => {
      this.#closed = true;
    });
  }
  async send(chunk: Uint8Array): Promise<void> {
    if (this.#closed || this.#socket.write(chunk)) return;
    await new Promise<void>((resolve) => this.#socket.once("drain", resolve)); // starves
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
for (let block = 0; block < 2_000; block += 1) await connection.send(new Uint8Array(64 * 1024));
