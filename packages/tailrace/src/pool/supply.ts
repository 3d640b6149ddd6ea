// How many instances a pool gets: one for each who waits, and as many more as are to be ready.
import type { Ending } from "./events.ts";
import { open } from "./life.ts";
import { isOfUse } from "./returning.ts";
import type { Instance, Slot } from "./slot.ts";
import type { Slots } from "./slots.ts";
import type { Step } from "./step.ts";

/** Begins to get instances, if that has not begun. */
export function start<T>(pool: Slots<T>): void {
  if (pool.isStarted) return;
  pool.isStarted = true;
  fill(pool);
}

export function fill<T>(pool: Slots<T>): void {
  if (!pool.isStarted) return;
  while (pool.empty.length > 0 && missing(pool) > 0) {
    const slot = pool.empty.pop();
    if (slot !== undefined) void open(slot);
  }
}

/** Whether a slot that is clean is to get an instance. */
export function isWanted<T>({ pool, state }: Slot<T>): boolean {
  return missing(pool) + (state === "cleaning" ? 1 : 0) > 0;
}

/** How many can have an instance though nobody gives one back. */
export function obtainable<T>(pool: Slots<T>): number {
  return pool.counts.empty + coming(pool);
}

function missing<T>(pool: Slots<T>): number {
  return pool.waiting.size + (pool.refusal === undefined ? pool.settings.min : 0) - coming(pool);
}

/** Slots that nobody has, and that have an instance or get one. */
function coming<T>({ counts }: Slots<T>): number {
  const { ready, checking, resetting, cleaning, preparing, spawning } = counts;
  return ready + checking + resetting + cleaning + preparing + spawning;
}

/** A slot has got an instance. */
export function spawned<T>(slot: Slot<T>, duration: number): void {
  const { pool } = slot;
  const { reports } = pool;
  slot.failures = 0;
  pool.failure = undefined;
  reports.totals.spawned++;
  if (reports.areHeard) reports.tell({ type: "spawned", slot: slot.id, duration });
  if (isOfUse(slot)) pool.free(slot, true);
}

/** An instance was ended, and the slot goes on. */
export function terminated<T>(slot: Slot<T>, { spawnedAt, uses }: Instance<T>, reason: Ending): void {
  const { reports } = slot.pool;
  reports.totals.terminated++;
  if (!reports.areHeard) return;
  reports.tell({ type: "terminated", slot: slot.id, reason, age: performance.now() - spawnedAt, uses });
}

/** Instances that are of no use one after the other are not replaced without a rest. */
export function mustRest<T>(slot: Slot<T>, reason: Ending): boolean {
  if (reason !== "lost" && reason !== "unhealthy" && reason !== "broken") return false;
  return ++slot.faults > 1;
}

/** A slot cannot get an instance now. */
export function failed<T>(slot: Slot<T>, step: Step, error: unknown): void {
  const { pool } = slot;
  slot.failures++;
  if (pool.isOpen) rest(slot, slot.failures);
  if (error !== pool.refusal) fault(slot, step, error);
  if (pool.isOpen) fill(pool);
  else pool.move(slot, "empty");
}

/** A slot tries again later: r2d2's back-off, which doubles up to a cap. */
export function rest<T>(slot: Slot<T>, times: number): void {
  const { pool } = slot;
  const { retryDelay, retryCap } = pool.settings;
  slot.retryAt = performance.now() + Math.min(retryDelay * 2 ** Math.min(times - 1, 52), retryCap);
  pool.move(slot, "quarantined");
  pool.rests.add(slot);
}

/** A slot has rested for long enough. */
export function rested<T>(slot: Slot<T>): void {
  const { pool } = slot;
  // Nobody may have got an instance elsewhere meanwhile.
  if (pool.isOpen && missing(pool) > 0) void open(slot);
  else pool.move(slot, "empty");
}

/** Something has failed in a slot. */
export function fault<T>(slot: Slot<T>, step: Step, error: unknown): void {
  const { pool } = slot;
  const times = (pool.failure?.times ?? 0) + 1;
  if (step !== "terminate") pool.failure = { step, error, times };
  pool.reports.totals.failed++;
  const retryAt = slot.state === "quarantined" ? { retryAt: slot.retryAt } : undefined;
  pool.reports.tellError(error, { type: "failed", slot: slot.id, step, error, failures: slot.failures, ...retryAt });
}
