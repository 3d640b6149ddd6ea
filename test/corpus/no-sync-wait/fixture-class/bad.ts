// The fixture serves a registry on this thread, and its install command stops this thread until the registry has answered.
// Ends: blocked
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

class Registry {
  readonly #server: Server = createServer((_request, response) => response.end("{}"));
  #url = "";

  async start(): Promise<this> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    this.#url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port.toString()}`;
    return this;
  }

  install(name: string): number | null {
    const client = "fetch(process.argv[1]).then((response) => response.json())";
    const result = spawnSync(process.execPath, ["-e", client, `${this.#url}/${name}`]); // starves
    return result.status;
  }

  stop(): void {
    this.#server.close();
  }
}

const registry = await new Registry().start();
registry.install("left-pad");
registry.stop();
