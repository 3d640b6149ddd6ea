// Of a response only the status is taken out: its body keeps the only connection of the pool.
// Ends: hang
// cf. nodejs/undici#999
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Pool } from "undici";

const server = createServer((_request, response) => response.end("b".repeat(300_000))).listen(0, "127.0.0.1");
await once(server, "listening");

class Health {
  readonly #pool: Pool;

  constructor(origin: string) {
    this.#pool = new Pool(origin, { connections: 1 });
  }

  async isUp(path: string): Promise<boolean> {
    const { statusCode } = await this.#pool.request({ path, method: "GET" }); // starves
    return statusCode < 500;
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}

const health = new Health(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
assert.equal(await health.isUp("/one"), true);
assert.equal(await health.isUp("/two"), true);
await health.close();
server.close();
