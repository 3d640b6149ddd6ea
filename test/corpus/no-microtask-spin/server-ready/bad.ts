// The field becomes true when the server listens, an event that cannot come while each turn waits for a settled promise.
// Ends: blocked
// cf. nodejs/promise-use-cases#25
import { createServer } from "node:http";
import type { Server } from "node:http";

class Service {
  #ready = false;
  readonly server: Server;

  constructor() {
    this.server = createServer((_request, response) => response.end());
    this.server.listen(0, "127.0.0.1", () => {
      this.#ready = true;
    });
  }

  async ready(): Promise<void> {
    while (!this.#ready) {
      await Promise.resolve(); // starves
    }
  }
}

const service = new Service();
await service.ready();
service.server.close();
