// A process of Node ends when nothing can happen any more, and says nothing about what still waits. At that moment the
// registry is an exact list of what will never go on: whatever could end a wait would have kept the process alive.
import { writeSync } from "node:fs";
import process from "node:process";
import { count, options as optionsOf, outOfRange } from "../arguments.ts";
import { inspect } from "../waits/inspect.ts";
import { report } from "../waits/report.ts";

/** Options of `watch`. */
export interface WatchOptions {
  /**
   * With what the process ends if operations still wait, from 1 to 255. Default: 70. A code that the program has set
   * itself stays.
   */
  readonly exitCode?: number | undefined;
}

/** What Node ends with by itself: 13 if the main module still awaits. */
const UNSET = [0, 13];

let exitCode = 70;
/** Whether the event loop has run empty while operations waited, and has not turned since. */
let quiescent = false;

/**
 * Changes what the watch does. The watch itself begins where `tailrace/watch` is imported, in the program or by
 * `node --import tailrace/watch app.js`: when the process runs out of work and operations of this library still wait,
 * it prints them to stderr and ends with code 70, where Node would end with 0 or 13. A process that ends by
 * `process.exit` or by an error, and a run of `node:test`, are left alone.
 *
 * @throws {ArgumentError} if an option cannot be used
 * @example
 * ```ts
 * import { watch } from "tailrace/watch";
 *
 * watch({ exitCode: 1 });
 * ```
 */
export function watch(options?: WatchOptions): void {
  const given = optionsOf("options", options);
  if (given.exitCode === undefined) return;
  const code = count("exitCode", given.exitCode, 1);
  if (code > 255) throw outOfRange("exitCode", code, "a whole number from 1 to 255");
  exitCode = code;
}

process.on("beforeExit", () => {
  quiescent = true;
  // Somebody else may have more to do. If nobody has, this is never called.
  setImmediate(() => {
    quiescent = false;
  }).unref();
});

process.on("exit", (code) => {
  const snapshot = inspect();
  const many = snapshot.waits.length;
  if (!quiescent || many === 0 || isTestRun()) return;
  const still = many === 1 ? "1 operation still waits" : `${many.toString()} operations still wait`;
  print(`tailrace: nothing runs any more, and ${still}:\n${report(snapshot)}\n`);
  if (UNSET.includes(code)) process.exitCode = exitCode;
});

/** Tests may leave waits on purpose, and `node:test` reports those that do not end. */
function isTestRun(): boolean {
  const { moduleLoadList = [] } = process as { moduleLoadList?: readonly string[] };
  return moduleLoadList.some((module) => module.endsWith("internal/test_runner/harness"));
}

/** Milliseconds that it waits for a pipe to be emptied. */
const PATIENCE = 1000;

/** The process ends before anything is written later. */
function print(text: string): void {
  const end = performance.now() + PATIENCE;
  for (let rest = Buffer.from(text); rest.length > 0 && performance.now() < end;) {
    try {
      rest = rest.subarray(writeSync(2, rest));
    } catch (error) {
      // A full pipe; anything else means that nobody reads it.
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") return;
    }
  }
}
