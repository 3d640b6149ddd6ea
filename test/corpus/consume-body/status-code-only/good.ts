// The body is taken out as well, and dumped.
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
    const { statusCode, body } = await this.#pool.request({ path, method: "GET" });
    await body.dump();
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
