// Each method reads the body while the signal of the request still counts.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// Sends the headers and the beginning of a body, and then nothing more.
const server = createServer((_request, response) => response.writeHead(200).write('{"size":')).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

class Client {
  readonly #base: string;
  constructor(base: string) {
    this.#base = base;
  }

  async #request(path: string): Promise<unknown> {
    const controller = new AbortController();
    const id = setTimeout(() => {
      controller.abort(new Error("too late"));
    }, 600);
    try {
      const response = await fetch(new URL(path, this.#base), { signal: controller.signal });
      return await response.json();
    } finally {
      clearTimeout(id);
    }
  }

  user(name: string): Promise<unknown> {
    return this.#request(`/users/${name}`);
  }
}

const outcome = await new Client(url).user("ada").catch((error: Error) => error.message);
if (outcome !== "too late") throw new Error(String(outcome));

server.closeAllConnections();
server.close();
