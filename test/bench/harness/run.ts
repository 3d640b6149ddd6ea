import { fork } from "node:child_process";
import { findPackageJSON } from "node:module";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { Contents, Measured, Order, Report } from "./protocol.ts";
import { summarize } from "./result.ts";
import type { BenchResult } from "./result.ts";

export interface RunOptions {
  /** Measured rounds, after some to warm up. */
  readonly rounds: number;
  readonly quick: boolean;
  /** A subject whose single run takes longer than this many milliseconds has failed. */
  readonly limit: number;
  /** Called before each run of a subject. */
  readonly onProgress?: (round: number, subject: string) => void;
}

/** What one measuring process came to. */
interface Attempt {
  readonly contents: Contents | undefined;
  readonly measured: readonly Measured[];
  /** Subjects that failed and why. */
  readonly failed: ReadonlyMap<string, string>;
  /** Set if the process ended before its time. */
  readonly ended?: { readonly subject: string | undefined; readonly reason: string };
}

/**
 * Measures one benchmark, each subject in a process of its own: what the engine has learnt from the code of one would
 * change the figures of the next. Quick runs, whose figures mean nothing, share a process; if a subject takes it down
 * or never finishes, the others run anew without it.
 *
 * @throws Error if the file cannot be loaded as a benchmark.
 */
export async function run(file: URL, options: RunOptions): Promise<BenchResult> {
  const { contents, ended } = await measure(file, [], options);
  if (contents === undefined)
    throw new Error(`cannot load ${fileURLToPath(file)}: ${ended?.reason ?? "it says nothing"}`);
  const names = contents.subjects.map(({ name }) => name);
  const failed = new Map<string, string>();
  const measured: Measured[] = [];
  for (const group of options.quick ? [names] : names.map((name) => [name])) {
    measured.push(...(await measureAll(file, group, options, failed)));
  }
  return summarize(basename(fileURLToPath(file), ".ts"), contents, measured, failed, versionOf);
}

/** The figures of subjects that share a process, all from the same one; notes those that fail. */
async function measureAll(
  file: URL,
  subjects: readonly string[],
  options: RunOptions,
  failed: Map<string, string>,
): Promise<readonly Measured[]> {
  for (let left = subjects; left.length > 0; left = left.filter((name) => !failed.has(name))) {
    const attempt = await measure(file, left, options);
    for (const [subject, reason] of attempt.failed) failed.set(subject, reason);
    if (attempt.ended === undefined) return attempt.measured;
    if (attempt.ended.subject === undefined) throw new Error(attempt.ended.reason);
    failed.set(attempt.ended.subject, attempt.ended.reason);
  }
  return [];
}

function measure(file: URL, subjects: readonly string[], options: RunOptions): Promise<Attempt> {
  const { rounds, quick } = options;
  const order: Order = { rounds, quick, subjects };
  const child = fork(new URL("measure.ts", import.meta.url), [file.href, JSON.stringify(order)], {
    execArgv: ["--expose-gc"],
    env: { ...process.env, NODE_OPTIONS: "" }, // no export condition: the figures are those of the built package
    stdio: ["ignore", "inherit", "pipe", "ipc"],
  });
  return new Promise((resolve, reject) => {
    let contents: Contents | undefined;
    let current: string | undefined;
    let overdue = false;
    let timer: NodeJS.Timeout | undefined;
    const measured: Measured[] = [];
    const failed = new Map<string, string>();
    let stderr = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("message", (report: Report) => {
      clearTimeout(timer);
      current = undefined;
      switch (report.kind) {
        case "contents":
          contents = report;
          break;
        case "started":
          current = report.subject;
          options.onProgress?.(report.round, report.subject);
          timer = setTimeout(() => {
            overdue = true;
            child.kill("SIGKILL"); // it may be deaf to everything else
          }, options.limit);
          break;
        case "measured":
          measured.push(report);
          break;
        case "failed":
          failed.set(report.subject, report.reason);
          break;
      }
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      const attempt = { contents, measured, failed };
      if (code === 0 && contents !== undefined) resolve(attempt);
      else {
        const reason = overdue ? `not done after ${String(options.limit)} ms` : causeOfDeath(code, signal, stderr);
        resolve({ ...attempt, ended: { subject: current, reason } });
      }
    });
  });
}

function causeOfDeath(code: number | null, signal: NodeJS.Signals | null, stderr: string): string {
  if (code === 13) return "never done: it waited, and the event loop ran empty";
  if (signal !== null) return `its process was ended by ${signal}`;
  const error = stderr.split("\n").find((line) => /^\w*Error\b/u.test(line));
  return `its process ended with code ${String(code)}${error === undefined ? "" : `, ${error}`}`;
}

function versionOf(packageName: string): string {
  if (packageName === "node") return process.versions.node;
  const manifest = findPackageJSON(packageName, import.meta.url);
  if (manifest === undefined) return "unknown";
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}
