import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Program } from "./programs.ts";

/** By line: how often it was entered and left. */
export type LineCounts = Record<number, { entered: number; left: number }>;

/** What became of a program. */
export interface Run {
  /** Exit code; `"hang"` if it had to be stopped, `"blocked"` if its thread did not even answer to that. */
  readonly outcome: number | "blocked" | "hang";
  readonly stdout: string;
  /** Without Node's warning about an unsettled await, which is the point of most bad programs. */
  readonly stderr: string;
  readonly counts: LineCounts;
}

const deadline = 20_000;
const patience = 2_000;
// A blocked thread burns what the others need: it is given the time to answer a signal, and no more.
const shortPatience = 300;
const answer = 400;

/** What the engine has compiled stays for the next process: many programs load the same packages, and all the trace. */
const compiled = { NODE_COMPILE_CACHE: join(import.meta.dirname, "../../node_modules/.cache/corpus") };

/**
 * Runs a program in a process of its own.
 *
 * Every program has 20 s. One that is expected to hang is stopped 2 s after it entered its starving line, one that is
 * expected to block its thread sooner, and killed when it does not answer. Where the servers are that it needs it learns
 * from its environment.
 */
export async function execute({ path, ends }: Program, env: Readonly<Record<string, string>> = {}): Promise<Run> {
  const { promise: closed, resolve, reject } = Promise.withResolvers<number | null>();
  const trace = join(import.meta.dirname, "trace.ts");
  const child = spawn(process.execPath, ["--conditions=tailrace-source", "--import", trace, path], {
    env: { PATH: process.env["PATH"], ...compiled, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.on("error", reject).on("close", resolve);

  const stop = (): boolean => child.kill("SIGTERM");
  const kill = (): boolean => child.kill("SIGKILL");
  const timers = [setTimeout(stop, deadline), setTimeout(kill, deadline + patience)];

  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    const before = stderr;
    stderr += text;
    const justEntered = stderr.includes("@entered") && !before.includes("@entered");
    if (justEntered && ends === "hang") timers.push(setTimeout(stop, patience));
    if (justEntered && ends === "blocked") {
      timers.push(setTimeout(stop, shortPatience), setTimeout(kill, shortPatience + answer));
    }
  });

  try {
    const code = await closed;
    const counts = /^@counts (.*)$/m.exec(stderr)?.[1];
    return {
      outcome: child.signalCode === "SIGKILL" ? "blocked" : child.killed || code === null ? "hang" : code,
      stdout,
      stderr: stderr.replaceAll(/^@.*\n/gm, "").replace(/^Warning: Detected unsettled top-level await[^]*$/m, "").trim(),
      counts: counts === undefined ? announced(stderr) : (JSON.parse(counts) as LineCounts),
    };
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
}

/** What a program that was killed has said of its lines: that they were entered, and left, at least once. */
function announced(stderr: string): LineCounts {
  const linesAfter = (word: string): Set<string> =>
    new Set([...stderr.matchAll(new RegExp(`^@${word} (\\d+)$`, "gm"))].map(([, line = ""]) => line));
  const left = linesAfter("left");
  const counts = [...linesAfter("entered")].map((line) => [line, { entered: 1, left: left.has(line) ? 1 : 0 }] as const);
  return Object.fromEntries(counts);
}
