// A process of Node ends when nothing can happen any more, and says nothing about what still waits. At that moment the
// registry is an exact list of what will never go on: whatever could end a wait would have kept the process alive.
import process from "node:process";
import { count, milliseconds, options as optionsOf, outOfRange, wrongType } from "../arguments.ts";
import { followTasks } from "../waits/context.ts";
import { LONGEST_TIMER } from "../waits/deadlines.ts";
import { publishStall } from "../waits/events.ts";
import type { Stall } from "../waits/events.ts";
import { inspect } from "../waits/inspect.ts";
import { observeWaits } from "../waits/observed.ts";
import { keepSites } from "../waits/registry.ts";
import { report } from "../waits/report.ts";
import { print } from "./print.ts";
import { openSweeper } from "./stalls.ts";

/** Options of `watch`. */
export interface WatchOptions {
  /**
   * With what the process ends if operations still wait, from 1 to 255. Default: 70. A code that the program has set
   * itself stays.
   */
  readonly exitCode?: number | undefined;
  /**
   * Milliseconds after which a wait without any progress is told. Default: 10,000; with `Infinity` none is. It is told
   * again when it has lasted ten times as long.
   */
  readonly stallAfter?: number | undefined;
  /**
   * Whether reports say where a wait was written. Each wait then costs a stack more, 1.5 to 4.5 µs, as much as twenty
   * times what it costs else; what need not wait costs nothing more. Default: true.
   */
  readonly callSites?: boolean | undefined;
}

/** What Node ends with by itself: 13 if the main module still awaits. */
const UNSET = [0, 13];

let exitCode = 70;
/** Whether the event loop has run empty while operations waited, and has not turned since. */
let quiescent = false;
const sweeper = openSweeper(Infinity, tell);
let timer: NodeJS.Timeout | undefined;

/**
 * Changes what the watch does. The watch itself begins where `tailrace/watch` is imported, in the program or by
 * `node --import tailrace/watch app.js`.
 *
 * When the process runs out of work and operations of this library still wait, it prints them to stderr and ends with
 * code 70, where Node would end with 0 or 13. A process that ends by `process.exit` or by an error, and a run of
 * `node:test`, are left alone.
 *
 * While the process runs, it prints to stderr what has waited for too long: as a `deadlock` if it is proved that it can
 * never end, as `starved` if the event loop was shut meanwhile, else as `stuck`. What may well wait for ever is not
 * told, such as a consumer that has nothing to do. For the proof it collects garbage, at most twice in `stallAfter` and
 * less often if that finds nothing.
 *
 * @throws {ArgumentError} if an option cannot be used
 * @example
 * ```ts
 * import { watch } from "tailrace/watch";
 *
 * watch({ exitCode: 1, stallAfter: 60_000 });
 * ```
 */
export function watch(options?: WatchOptions): void {
  const given = optionsOf("options", options);
  const code = given.exitCode === undefined ? exitCode : count("exitCode", given.exitCode, 1);
  if (code > 255) throw outOfRange("exitCode", code, "a whole number from 1 to 255");
  const callSites: unknown = given.callSites ?? true;
  if (typeof callSites !== "boolean") throw wrongType("callSites", callSites, "a boolean");
  if (given.callSites !== undefined) keepSites(callSites);
  if (given.stallAfter !== undefined) sweepEvery(milliseconds("stallAfter", given.stallAfter));
  exitCode = code;
}

function sweepEvery(stallAfter: number): void {
  clearInterval(timer);
  sweeper.change(stallAfter);
  if (stallAfter === Infinity) return;
  timer = setInterval(() => void sweeper.sweep(), Math.min(stallAfter / 4, LONGEST_TIMER)).unref();
}

function tell(stall: Stall): void {
  const { verdict, message } = stall;
  publishStall(stall);
  print(`tailrace: ${verdict}: ${message}\n`);
}

followTasks();
keepSites(true);
observeWaits();
sweepEvery(10_000);

process.on("beforeExit", () => {
  quiescent = true;
  // Somebody else may have more to do. If nobody has, this is never called. (An immediate keeps Bun alive all the same.)
  setTimeout(() => {
    quiescent = false;
  }, 0).unref();
});

process.on("exit", (code) => {
  if (!quiescent || isTestRun()) return;
  const lost = sweeper.conclude();
  const snapshot = inspect();
  const many = snapshot.waits.length;
  if (many + lost === 0) return;
  if (many > 0) {
    const still = many === 1 ? "1 operation still waits" : `${many.toString()} operations still wait`;
    print(`tailrace: nothing runs any more, and ${still}:\n${report(snapshot)}\n`);
  }
  if (UNSET.includes(code)) process.exitCode = exitCode;
});

/** Tests may leave waits on purpose, and `node:test` reports those that do not end. */
function isTestRun(): boolean {
  const { moduleLoadList = [] } = process as { moduleLoadList?: readonly string[] };
  return moduleLoadList.some((module) => module.endsWith("internal/test_runner/harness"));
}
