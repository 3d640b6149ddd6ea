// The command is awaited.
import assert from "node:assert";
import { spawn } from "node:child_process";
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

  async install(name: string): Promise<number | null> {
    const client = "fetch(process.argv[1]).then((response) => response.json())";
    const child = spawn(process.execPath, ["-e", client, `${this.#url}/${name}`], { stdio: "ignore" });
    await once(child, "exit");
    return child.exitCode;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

const registry = await new Registry().start();
assert.equal(await registry.install("left-pad"), 0);
registry.stop();
