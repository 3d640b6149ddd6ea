// Whether the socket is open already is looked at before `onopen` is set.
import assert from "node:assert/strict";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { WebSocketServer } from "ws";

class Feed {
  #socket: WebSocket | undefined;

  async open(url: string): Promise<void> {
    const socket = new WebSocket(url);
    this.#socket = socket;
    await sleep(200);
    await new Promise<void>((resolve) => {
      if (socket.readyState === WebSocket.OPEN) resolve();
      else socket.onopen = () => resolve();
    });
  }

  close(): void {
    assert.equal(this.#socket?.readyState, WebSocket.OPEN);
    this.#socket.close();
  }
}

const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
await once(server, "listening");
const feed = new Feed();
await feed.open(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
feed.close();
server.close();
