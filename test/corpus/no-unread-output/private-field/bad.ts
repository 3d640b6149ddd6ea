// The server's log goes into a pipe that no method reads: it blocks while it still has to say goodbye.
// Ends: hang
// cf. nodejs/node-v0.x-archive#23949
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

const program = `
  const line = "shutting down ".repeat(20_000);
  process.stdin.resume().on("end", () => console.log(line));
`;

class Service {
  readonly #child: ChildProcess = spawn(process.execPath, ["-e", program]);

  get pid(): number | undefined {
    return this.#child.pid;
  }

  async stop(): Promise<void> {
    this.#child.stdin?.end();
    await once(this.#child, "exit"); // starves
  }
}

const service = new Service();
if (service.pid === undefined) throw new Error("not started");
await service.stop();
