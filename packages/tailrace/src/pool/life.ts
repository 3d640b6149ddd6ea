// The life of a slot: cleaning → preparing → spawning → ready → … → terminating → cleaning. A slot is never given up: what
// fails is tried again, later and later; and never twice at a time, because each of these functions takes a slot that is
// in no other one.
import { now } from "../pace.ts";
import { TailraceError } from "../errors.ts";
import type { Ending } from "./events.ts";
import { wasLost, wasReset } from "./returning.ts";
import type { Instance, Slot } from "./slot.ts";
import { ignore, RunningStep } from "./step.ts";
import type { Step, StepContext } from "./step.ts";
import { failed, fault, fill, isWanted, mustRest, rest, spawned, terminated } from "./supply.ts";

/** Gets the slot an instance, if that is still wanted when it is clean. */
export async function open<T>(slot: Slot<T>): Promise<void> {
  const { pool } = slot;
  const { clean, prepare, spawn, customize } = pool.settings;
  const begun = performance.now();
  try {
    if (!slot.isClean && clean !== undefined) {
      pool.move(slot, "cleaning");
      await runStep(slot, "clean", clean);
    }
    slot.isClean = true;
    if (!isWanted(slot)) {
      pool.move(slot, "empty");
      return;
    }
    slot.isClean = false;
    if (prepare !== undefined) {
      pool.move(slot, "preparing");
      await runStep(slot, "prepare", prepare);
    }
    pool.move(slot, "spawning");
    const lost = lossOf(slot);
    const value = await runStep(slot, "spawn", spawn, lost, (late: T) => void end(slot, late, "late"));
    const instance: Instance<T> = {
      value,
      spawnedAt: performance.now(),
      usedAt: now(),
      uses: 0,
      store: undefined,
      lost: lost.early,
    };
    slot.instance = lost.instance = instance;
    pool.remains.set(instance, slot.id);
    if (customize !== undefined) await runStep(slot, "customize", (context) => customize(value, context), lost);
  } catch (error) {
    const { instance } = slot;
    slot.instance = undefined;
    if (instance !== undefined) {
      pool.move(slot, "terminating");
      fill(pool);
      await end(slot, instance.value, "failed", instance);
    }
    failed(slot, slot.lastStep, error);
    return;
  }
  spawned(slot, performance.now() - begun);
}

/** Ends the instance of a slot that nobody has any more, and gets it another one if that is wanted. */
export async function recycle<T>(slot: Slot<T>, reason: Ending): Promise<void> {
  const { pool, instance } = slot;
  pool.move(slot, "terminating");
  fill(pool); // nobody has to wait for the end of this one if there is another slot
  slot.instance = undefined;
  if (instance !== undefined) await end(slot, instance.value, reason, instance);
  if (pool.isOpen && mustRest(slot, reason)) rest(slot, slot.faults - 1);
  else await open(slot);
}

/** Whether the instance of a slot is still of use; if not, it is recycled. */
export async function isHealthy<T>(slot: Slot<T>): Promise<boolean> {
  const { pool, instance } = slot;
  const { check } = pool.settings;
  pool.move(slot, "checking");
  if (instance === undefined) return false;
  try {
    const verdict =
      check === undefined ? true : await runStep(slot, "check", (context) => check(instance.value, context));
    if (verdict === false) throw new TailraceError("TAILRACE_UNHEALTHY", `check of slot ${slot.name} returned false`);
    if (instance.lost === undefined && pool.isOpen) {
      slot.faults = 0;
      pool.failure = undefined;
      return true;
    }
  } catch (error) {
    fault(slot, "check", error);
  }
  void recycle(slot, !pool.isOpen ? "closed" : instance.lost === undefined ? "unhealthy" : "lost");
  return false;
}

/** Makes an instance that was given back ready for the next one. */
export async function reset<T>(slot: Slot<T>): Promise<void> {
  const { pool, instance } = slot;
  const { reset: fn } = pool.settings;
  pool.move(slot, "resetting");
  try {
    if (fn !== undefined && instance !== undefined) {
      await runStep(slot, "reset", (context) => fn(instance.value, context));
    }
  } catch (error) {
    fault(slot, "reset", error);
    void recycle(slot, pool.isOpen ? "broken" : "closed");
    return;
  }
  wasReset(slot);
}

/** Ends an instance, whose slot goes on however that ends: it will be cleaned. */
async function end<T>(slot: Slot<T>, value: T, reason: Ending, instance?: Instance<T>): Promise<void> {
  const { pool } = slot;
  const { terminate } = pool.settings;
  try {
    if (terminate === undefined) return;
    const step = new RunningStep<unknown>(slot, "terminate", pool.rules);
    if (reason !== "late") slot.step = step;
    const fn = (context: StepContext): unknown => terminate(value, { ...context, reason });
    step.start(fn, ignore, ignore);
    await step.result;
  } catch (error) {
    fault(slot, "terminate", error);
  } finally {
    if (reason !== "late") slot.step = undefined;
    if (instance !== undefined) pool.remains.delete(instance);
    // What could not be customized was never told of.
    if (instance !== undefined && reason !== "failed") terminated(slot, instance, reason);
  }
}

export async function runStep<T, R>(
  slot: Slot<T>,
  name: Step,
  fn: (context: StepContext) => R | PromiseLike<R>,
  lost: StepContext["lost"] = lossOf(slot, slot.instance),
  late: (value: R) => void = ignore,
): Promise<R> {
  const step = new RunningStep<R>(slot, name, slot.pool.rules);
  slot.step = step;
  slot.lastStep = name;
  try {
    step.start(fn, lost, late);
    return await step.result;
  } finally {
    slot.step = undefined;
  }
}

interface Loss {
  (reason?: unknown): void;
  instance: Instance<unknown> | undefined;
  /** It was told before there was an instance. */
  early: Instance<unknown>["lost"];
}

/**
 * What is called when an instance is of no use any more: that one, whatever the slot has by then. Who keeps it does not
 * keep the pool.
 */
function lossOf<T>(given: Slot<T>, instance?: Instance<T>): Loss {
  const ref = new WeakRef(given);
  const loss: Loss = Object.assign(
    (reason?: unknown): void => {
      const slot = ref.deref();
      if (loss.instance === undefined) loss.early ??= { reason, isDiscarded: false };
      else if (loss.instance === slot?.instance) wasLost(slot, reason);
    },
    { instance, early: undefined as Instance<unknown>["lost"] },
  );
  return loss;
}
