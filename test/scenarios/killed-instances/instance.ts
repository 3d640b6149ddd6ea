import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import type { Interface } from "node:readline";

/** A process that answers questions, one at a time. */
export class Instance {
  /** Those that run. */
  static readonly alive: Set<Instance> = new Set<Instance>();

  readonly #child: ChildProcess;
  readonly #lines: Interface;
  #asked = 0;

  private constructor(child: ChildProcess) {
    const { stdin, stdout } = child;
    if (stdin === null || stdout === null) throw new Error("a child without pipes");
    this.#child = child;
    this.#lines = createInterface({ input: stdout });
    stdin.on("error", () => undefined); // its end is told by `exit`
  }

  static async start(signal: AbortSignal, lost: (reason: unknown) => void): Promise<Instance> {
    const program = join(import.meta.dirname, "doubling.child.ts");
    const args = ["--disable-warning=ExperimentalWarning", program];
    const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
    const instance = new Instance(child);
    child.once("exit", () => {
      Instance.alive.delete(instance);
      lost(new Error("it was killed"));
    });
    try {
      await once(child, "spawn", { signal });
    } catch (error) {
      child.kill("SIGKILL");
      throw error;
    }
    Instance.alive.add(instance);
    return instance;
  }

  /** @throws {TypeError} when the answer is wrong, else what the signal tells when it ends before it has answered */
  async ask(signal: AbortSignal): Promise<void> {
    const id = this.#asked++;
    this.#child.stdin?.write(`${JSON.stringify({ id })}\n`);
    const [line] = (await once(this.#lines, "line", { signal })) as [string];
    if (line !== JSON.stringify({ id, double: id * 2 })) throw new TypeError(`asked for ${id.toString()}, got ${line}`);
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }

  async end(): Promise<void> {
    const { exitCode, signalCode } = this.#child;
    if (exitCode !== null || signalCode !== null) return;
    const exit = once(this.#child, "exit");
    this.kill();
    await exit;
  }
}
