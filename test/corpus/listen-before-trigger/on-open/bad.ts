// The platform's own socket opens while the session is looked up; `onopen` is set too late to be called.
// Ends: hang
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { WebSocketServer } from "ws";

class Feed {
  #socket: WebSocket | undefined;

  async open(url: string): Promise<void> {
    this.#socket = new WebSocket(url);
    await sleep(200);
    await new Promise<void>((resolve) => { // starves
      this.#socket!.onopen = () => resolve();
    });
  }

  close(): void {
    this.#socket?.close();
  }
}

const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
await once(server, "listening");
const feed = new Feed();
await feed.open(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`); // waits
feed.close();
server.close();
