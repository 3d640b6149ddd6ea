import { url } from "node:inspector";
import process from "node:process";
import { isMainThread, threadId, Worker } from "node:worker_threads";
import { milliseconds, options as optionsOf, outOfRange } from "../arguments.ts";
import { BEATS, INSPECTED } from "./heartbeat.ts";
import type { Watched } from "./heartbeat.ts";

/** Options of `watchLoop`. */
export interface WatchLoopOptions {
  /**
   * Milliseconds without a turn of the event loop after which it is reported as blocked, give or take a tenth; 10 at
   * least. Default: 1000.
   */
  readonly blockedAfter?: number | undefined;
  /**
   * Milliseconds without a turn after which the process is ended by `SIGABRT`, once it has been reported. Default:
   * `Infinity`, never.
   */
  readonly abortAfter?: number | undefined;
}

/** The build puts the code of the watchdog here, as a `data:` URL: no bundler can lose that. */
const WATCHDOG = new URL("./watchdog.ts", import.meta.url);

const SHORTEST = 10;

/** Milliseconds between two beats, at most. */
const PERIOD = 100;

/** Of the platform: fake timers of a test do not stop them. */
const { setInterval, clearInterval } = globalThis;

/**
 * Starts a watchdog: a thread that prints to stderr when the event loop of this one has not turned for too long, and
 * the stack of where it is stuck, while it is stuck. That may be a loop without end, promises that only wait for
 * promises, `Atomics.wait`, or any call that is synchronous and slow. It prints once for each block, again each time
 * that it has become ten times as long, and when the loop turns again. It keeps no process alive.
 *
 * Of a worker, of native code that has not returned, while the inspector is open, and in Bun and Deno it has no stack,
 * and says so.
 *
 * @returns What stops the watchdog when it is disposed of.
 * @throws {ArgumentError} if an option cannot be used
 * @example
 * ```ts
 * import { watchLoop } from "tailrace/watch";
 *
 * using _watchdog = watchLoop({ blockedAfter: 500, abortAfter: 60_000 });
 * ```
 */
export function watchLoop(options?: WatchLoopOptions): Disposable {
  const { blockedAfter, abortAfter } = timesOf(options);
  const heart = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  const period = Math.min(blockedAfter / 10, PERIOD);
  const loop = isMainThread ? "the event loop" : `the event loop of worker ${threadId.toString()}`;
  const workerData: Watched = { heart, period, blockedAfter, abortAfter, loop, blind: whereBlind() };
  // What the program is started with is not for the watchdog: a module that calls this function may be among it.
  const watchdog = new Worker(WATCHDOG, { workerData, name: "tailrace watchdog", execArgv: [], env: {} });
  watchdog.unref();
  watchdog.on("error", (error: Error) => {
    process.emitWarning(`the event loop is no longer watched: ${error.message}`, "TailraceWarning");
  });
  const beat = (): void => {
    Atomics.store(heart, INSPECTED, url() === undefined ? 0 : 1);
    Atomics.add(heart, BEATS, 1);
  };
  beat();
  const timer = setInterval(beat, period);
  timer.unref();
  return {
    [Symbol.dispose]() {
      clearInterval(timer);
      void watchdog.terminate();
    },
  };
}

function whereBlind(): string | undefined {
  if (!isMainThread) return "in a worker";
  if ("Bun" in globalThis || "Deno" in globalThis) return "in this runtime";
  const { permission } = process as { permission?: NodeJS.Process["permission"] };
  return permission?.has("inspector") === false ? "without the permission to inspect" : undefined;
}

function timesOf(options: WatchLoopOptions | undefined): Pick<Watched, "blockedAfter" | "abortAfter"> {
  const given = optionsOf("options", options);
  const blockedAfter = given.blockedAfter === undefined ? 1000 : milliseconds("blockedAfter", given.blockedAfter);
  if (blockedAfter < SHORTEST)
    throw outOfRange("blockedAfter", blockedAfter, "a number of milliseconds from 10, or Infinity");
  const abortAfter = given.abortAfter === undefined ? Infinity : milliseconds("abortAfter", given.abortAfter);
  return { blockedAfter, abortAfter };
}
