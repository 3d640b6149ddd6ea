// The log is let through: nobody keeps it, but the pipe stays empty.
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

const program = `
  const line = "shutting down ".repeat(20_000);
  process.stdin.resume().on("end", () => console.log(line));
`;

class Service {
  readonly #child: ChildProcess = spawn(process.execPath, ["-e", program]);

  constructor() {
    this.#child.stdout?.resume();
    this.#child.stderr?.resume();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  async stop(): Promise<void> {
    this.#child.stdin?.end();
    await once(this.#child, "exit");
  }
}

const service = new Service();
if (service.pid === undefined) throw new Error("not started");
await service.stop();
