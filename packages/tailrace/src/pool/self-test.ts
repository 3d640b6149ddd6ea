import { TailraceError, TimeoutError } from "../errors.ts";
import { onAbort } from "../waits/abort.ts";
import { startDeadline } from "../waits/deadlines.ts";
import type { Limits } from "../waits/limits.ts";
import { runStep } from "./life.ts";
import { Slot } from "./slot.ts";
import type { Slots } from "./slots.ts";
import { ignore } from "./step.ts";
import type { Step } from "./step.ts";

/** What has come out of trying the functions of a pool once. Times are in milliseconds. */
export type SelfTest =
  | { readonly status: "passed"; readonly duration: number }
  | { readonly status: "failed"; readonly step: Step; readonly error: unknown; readonly duration: number }
  | { readonly status: "timed-out"; readonly step: Step; readonly duration: number };

/**
 * One whole life of an instance, in a slot of its own with the number 0. What was spawned is ended, and what was
 * prepared is cleaned, also if something has failed before.
 */
export async function selfTest<T>(pool: Slots<T>, { signal, timeout }: Limits): Promise<SelfTest> {
  const { clean, prepare, spawn, customize, check, reset, terminate } = pool.settings;
  const slot = new Slot(pool, 0);
  const begun = performance.now();
  let isUsed = false;
  let isEnding = false;
  let failure: { readonly step: Step; readonly error: unknown } | undefined;
  let over: { readonly reason: unknown } | undefined;
  const stop = (reason: unknown): void => {
    over ??= { reason };
    // What ends something must at least have begun.
    if (!isEnding || slot.step?.startedAt !== undefined) slot.step?.abandon(reason);
  };
  pool.selfTests.add(stop);
  const late = new TimeoutError(
    `self-test of pool ${JSON.stringify(pool.name)} took longer than ${timeout.toString()} ms`,
  );
  const unwatch = signal === undefined ? ignore : onAbort(signal, stop);
  const deadline =
    timeout === Infinity
      ? undefined
      : startDeadline(timeout, {
          expire() {
            stop(late);
          },
        });
  const run: typeof runStep<T, unknown> = async (...given) => {
    if (over !== undefined) throw over.reason;
    return runStep(...given);
  };
  const end = (value: T): Promise<unknown> =>
    terminate === undefined
      ? Promise.resolve()
      : runStep(slot, "terminate", (context) => terminate(value, { ...context, reason: "used" }));
  const note = (error: unknown): void => {
    failure ??= { step: slot.lastStep, error };
  };
  try {
    if (clean !== undefined) await run(slot, "clean", clean);
    isUsed = true;
    if (prepare !== undefined) await run(slot, "prepare", prepare);
    const value = (await run(slot, "spawn", spawn, undefined, (value) => void end(value as T).catch(ignore))) as T;
    try {
      if (customize !== undefined) await run(slot, "customize", (context) => customize(value, context));
      const verdict = check === undefined ? true : await run(slot, "check", (context) => check(value, context));
      if (verdict === false) throw new TailraceError("TAILRACE_UNHEALTHY", "check returned false");
      if (reset !== undefined) await run(slot, "reset", (context) => reset(value, context));
    } catch (error) {
      note(error);
    }
    isEnding = true;
    await end(value);
  } catch (error) {
    note(error);
  }
  isEnding = true;
  if (isUsed && clean !== undefined) await runStep(slot, "clean", clean).catch(note);
  unwatch();
  deadline?.stop();
  pool.selfTests.delete(stop);
  pool.settleStates();
  const duration = performance.now() - begun;
  if (failure === undefined) return { status: "passed", duration };
  if (over !== undefined && over.reason !== late) throw over.reason;
  const { step, error } = failure;
  return error === late ? { status: "timed-out", step, duration } : { status: "failed", step, error, duration };
}
