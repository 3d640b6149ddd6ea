// Who waits for the server waits for its event.
import assert from "node:assert";
import { once } from "node:events";
import { createServer } from "node:http";
import type { Server } from "node:http";

class Service {
  readonly server: Server;
  readonly #listening: Promise<unknown>;

  constructor() {
    this.server = createServer((_request, response) => response.end());
    this.#listening = once(this.server.listen(0, "127.0.0.1"), "listening");
  }

  async ready(): Promise<void> {
    await this.#listening;
  }
}

const service = new Service();
await service.ready();
assert.ok(service.server.listening);
service.server.close();
