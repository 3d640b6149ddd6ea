// The visitor hangs up while the greeting is fetched: the socket has closed before anybody listens for that.
// Ends: hang
import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

class Lobby {
  visitors = 0;
  readonly empty = Promise.withResolvers<void>();

  async enter(socket: Socket): Promise<void> {
    socket.resume();
    this.visitors += 1;
    await this.#greeting();
    await new Promise<void>((resolve) => socket.once("close", () => resolve())); // starves
    this.visitors -= 1;
    if (this.visitors === 0) this.empty.resolve();
  }

  async #greeting(): Promise<string> {
    await sleep(400);
    return "welcome";
  }
}

const lobby = new Lobby();
const server = createServer((socket) => void lobby.enter(socket));
await once(server.listen(0, "127.0.0.1"), "listening");
const visitor = connect((server.address() as AddressInfo).port, "127.0.0.1", () => visitor.end());
await lobby.empty.promise;
server.close();
