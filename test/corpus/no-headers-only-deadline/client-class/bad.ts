// The private `#request` clears its timer at the headers; each public method then reads a body without a deadline.
// Ends: hang
// cf. PostHog/posthog-js#4380, tetsuo-ai/agenc-core#2061
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

  async #request(path: string): Promise<Response> {
    const controller = new AbortController();
    const id = setTimeout(() => {
      controller.abort(new Error("too late"));
    }, 600);
    const response = await fetch(new URL(path, this.#base), { signal: controller.signal });
    clearTimeout(id); // starves
    return response;
  }

  async user(name: string): Promise<unknown> {
    const response = await this.#request(`/users/${name}`);
    const user: unknown = await response.json(); // waits
    return user;
  }
}

await new Client(url).user("ada");

server.closeAllConnections();
server.close();
