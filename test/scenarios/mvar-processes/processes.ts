// The program between independent processes, and processes that are killed while they take part.
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { on, once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { setImmediate as turn } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { OwnerDiedError, report } from "tailrace";
import { createMVar, createSemaphore } from "tailrace/processes";
import { master } from "./program.ts";
import type { Order, Said } from "./processes.child.ts";

/** A process that takes part. */
interface Part {
  readonly pid: number;
  tell(order: Order): void;
  /** What it says next; rejects if that takes longer than so many milliseconds. */
  next(limit: number): Promise<Said>;
  kill(): Promise<void>;
}

/** What a survivor adds around each death. */
const EACH = 10;

const CHILD = fileURLToPath(new URL("processes.child.ts", import.meta.url));

function start(): Part {
  const args = ["--conditions=tailrace-source", "--disable-warning=ExperimentalWarning", CHILD];
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error("a process without pipes");
  stdin.on("error", () => undefined); // it was killed
  const heard = on(createInterface({ input: stdout }), "line", { close: ["close"] });
  const pid = child.pid ?? 0;
  return {
    pid,
    tell: (order) => void stdin.write(`${JSON.stringify(order)}\n`),
    async next(limit) {
      const late = AbortSignal.timeout(limit);
      const expired = once(late, "abort").then(() => {
        throw new Error(`process ${pid.toString()} says nothing for ${limit.toString()} ms; here: ${report()}`);
      });
      const line = await Promise.race([heard.next() as Promise<IteratorResult<[string]>>, expired]);
      return line.done === true ? { ended: true } : (JSON.parse(line.value[0]) as Said);
    },
    async kill() {
      const exit = once(child, "exit");
      child.kill("SIGKILL");
      await exit;
    },
  };
}

const TURNS = 1000;

/** Calls a function with a folder for names, in which nothing may be left at its end. */
async function inFolder<T>(fn: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "tailrace-names-"));
  try {
    const result = await fn(folder);
    let left = await readdir(folder);
    // That somebody was killed is heard a few turns of the event loop later; the last to be gone takes the socket away.
    for (let turns = 0; left.length > 0 && turns < TURNS; turns++) {
      await turn();
      left = await readdir(folder);
    }
    if (left.length > 0) throw new Error(`left: ${left.join()}`);
    return result;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * The program with so many processes, so many times.
 *
 * @param limit milliseconds that it may take each time; who then waits is named
 */
export async function runProgram(processes: number, times: number, limit: number): Promise<void> {
  const parts = Array.from({ length: processes }, start);
  try {
    await inFolder(async (folder) => {
      for (let nth = 0; nth < times; nth++) {
        const box = await createMVar<number>({ folder });
        for (const part of parts) part.tell({ act: "program", name: box.name, folder, limit });
        await master(box, processes, AbortSignal.timeout(limit));
        const ends = await Promise.all(parts.map((part) => part.next(2 * limit)));
        const failed = ends.flatMap((said, index) =>
          "done" in said ? [] : [`process ${String(parts[index]?.pid)}: ${JSON.stringify(said)}`],
        );
        if (failed.length > 0) throw new Error(`time ${nth.toString()}: ${failed.join("\n")}`);
        if (!(await box.isEmpty())) throw new Error(`time ${nth.toString()}: a value is left`);
        await box.close();
      }
    });
  } finally {
    await Promise.all(parts.map((part) => part.kill()));
  }
}

export interface Counted {
  /** What survivors and victims have said that they added. */
  readonly said: number;
  /** What the value has come to. */
  readonly value: number;
  /** How often somebody was told that another had died. */
  readonly told: number;
}

/** Processes count while one of them is killed so many times, at any moment; all others go on within the limit. */
export async function killSome(processes: number, kills: number, limit: number): Promise<Counted> {
  return await inFolder(async (folder) => {
    await using box = await createMVar<number>({ folder, value: 0 });
    await using permits = await createSemaphore(2, { folder });
    let [added, told] = [0, 0];
    const count = (part: Part, times: number): void => {
      part.tell({ act: "count", name: box.name, permits: permits.name, folder, limit, times });
    };
    /** Hears that somebody has added so much, or that they have ended. */
    const hear = async (part: Part, times: number): Promise<void> => {
      for (let heard = 0; heard < times;) {
        const said = await part.next(limit);
        if ("ended" in said && times === Infinity) return;
        if ("ended" in said || "failed" in said)
          throw new Error(`process ${part.pid.toString()}: ${JSON.stringify(said)}`);
        if ("died" in said) told++;
        else {
          heard++;
          added++;
        }
      }
    };
    const parts = Array.from({ length: processes }, start);
    try {
      for (let nth = 0; nth < kills; nth++) {
        const index = Math.floor(Math.random() * processes);
        const victim = parts[index] ?? start();
        count(victim, Number.MAX_SAFE_INTEGER);
        for (const part of parts) if (part !== victim) count(part, EACH);
        await hear(victim, Math.floor(Math.random() * 2 * EACH));
        await victim.kill();
        await hear(victim, Infinity); // what it had said before
        await Promise.all(parts.map((part) => (part === victim ? Promise.resolve() : hear(part, EACH))));
        parts[index] = start();
      }
    } finally {
      await Promise.all(parts.map((part) => part.kill()));
    }
    // The last deaths: whoever takes next may be told of them.
    const value = await box.read();
    for (let nth = 0; nth < 2 * processes; nth++) {
      await box
        .with(() => undefined, { timeout: limit })
        .catch((error: unknown) => {
          if (!(error instanceof OwnerDiedError)) throw error;
        });
    }
    return { said: added, value, told };
  });
}
