import { milliseconds, options as optionsOf, wrongType } from "../arguments.ts";
import { TailraceError } from "../errors.ts";
import { isPromiseLike } from "../fan/source.ts";
import { LONGEST_TIMER } from "../waits/deadlines.ts";
import { report } from "../waits/report.ts";

/** Options of `assertProgress`. */
export interface ProgressOptions {
  /** Milliseconds that the work may take. Default: 1000. */
  readonly within?: number | undefined;
}

/**
 * Work has not come to its end in time. The message says what waits for what meanwhile.
 *
 * @example
 * ```ts
 * import { channel } from "tailrace";
 * import { assertProgress, ProgressError } from "tailrace/testing";
 *
 * const jobs = channel<string>({ name: "jobs" });
 * await assertProgress(jobs.receive(), { within: 50 }).catch((error: unknown) => {
 *   if (error instanceof ProgressError) console.error(error.message);
 * });
 * ```
 */
export class ProgressError extends TailraceError {
  constructor(message: string) {
    super("TAILRACE_NO_PROGRESS", message);
  }

  override get name(): string {
    return "ProgressError";
  }
}

/** Of the platform: fake timers of a test do not stop them. */
const { setTimeout, clearTimeout } = globalThis;

/**
 * Awaits work that must come to its end, for any test runner. If it hangs, the error has the report of all waits, where
 * the runner would only say that the time is over.
 *
 * @param work A promise, or a function that is called for one.
 * @returns What the work gives.
 * @throws {ProgressError} if it has not come to its end in time. It is not stopped by that.
 * @throws what the work fails with
 * @throws {ArgumentError} if an argument cannot be used
 * @example
 * ```ts
 * import { test } from "node:test";
 * import { channel } from "tailrace";
 * import { assertProgress } from "tailrace/testing";
 *
 * test("a job is handed over", async () => {
 *   const jobs = channel<string>({ name: "jobs" });
 *   void jobs.send("first");
 *   await assertProgress(jobs.receive(), { within: 500 });
 * });
 * ```
 */
export async function assertProgress<T>(
  work: PromiseLike<T> | (() => T | PromiseLike<T>),
  options?: ProgressOptions,
): Promise<Awaited<T>> {
  const given = optionsOf("options", options);
  const within = given.within === undefined ? 1000 : milliseconds("within", given.within);
  if (typeof work !== "function" && !isPromiseLike(work)) {
    throw wrongType("work", work, "a promise, or a function that returns one");
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    if (within > LONGEST_TIMER) return;
    timer = setTimeout(() => {
      reject(new ProgressError(`not done after ${within.toString()} ms; meanwhile:\n${report()}`));
    }, within);
  });
  try {
    return await Promise.race([isPromiseLike<T>(work) ? work : work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
