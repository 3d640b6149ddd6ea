import type { Limits } from "../waits/limits.ts";
import { place } from "../waits/report.ts";
import { PoolClosedError } from "./errors.ts";
import { leaseOf } from "./lease.ts";
import { recycle } from "./life.ts";
import { admissionOver, revoked } from "./returning.ts";
import type { Slot } from "./slot.ts";
import type { Slots } from "./slots.ts";
import { StateWaiter } from "./waiters.ts";

/** Waits until the pool has come to a state. */
export function until<T>(
  pool: Slots<T>,
  operation: "ready" | "drain" | "close",
  isReached: () => boolean,
  limits: Limits,
): Promise<void> {
  if (isReached()) return Promise.resolve();
  const waiter = new StateWaiter(operation, pool, isReached);
  waiter.limit(limits);
  pool.states.add(waiter);
  pool.holdRests();
  return waiter.promise;
}

/** Nobody gets a lease any more but who waits already; settles when nobody has one. */
export function drain<T>(pool: Slots<T>, limits: Limits): Promise<void> {
  pool.refusal ??= refusalOf(pool, "is being drained");
  refuse(pool, "ready", pool.refusal);
  const { counts, waiting } = pool;
  return until(pool, "drain", () => waiting.size + counts.leased + counts.admitted === 0, limits);
}

/** Ends all instances; those that somebody has when they are given back, or when the first grace is over. */
export async function close<T>(pool: Slots<T>, grace: number): Promise<void> {
  if (!pool.isClosed) shut(pool);
  const isOver = (): boolean => pool.counts.empty === pool.slots.length && pool.selfTests.size === 0;
  const timeout = Math.max(grace, 1);
  try {
    await until(pool, "close", isOver, { signal: undefined, timeout });
  } catch {
    const reason = refusalOf(pool, `is closed, and its grace of ${grace.toString()} ms is over`);
    for (const slot of pool.slots) force(slot, reason);
    for (const stop of pool.selfTests) stop(reason);
    await until(pool, "close", isOver, { signal: undefined, timeout: Infinity });
  }
}

function shut<T>(pool: Slots<T>): void {
  const refusal = refusalOf(pool, "is closed");
  pool.isClosed = true;
  pool.refusal = refusal;
  for (let { first } = pool.waiting; first !== undefined; { first } = pool.waiting) first.abandon(refusal);
  refuse(pool, "ready", refusal);
  refuse(pool, "drain", refusal);
  for (const slot of pool.rests.clear()) pool.move(slot, "empty");
  for (const slot of pool.slots) end(slot, refusal);
  for (const stop of pool.selfTests) stop(refusal);
}

/** The pool will not come to the state that is waited for. */
function refuse<T>(pool: Slots<T>, operation: "ready" | "drain", refusal: PoolClosedError): void {
  for (const waiter of pool.states) if (waiter.operation === operation) waiter.abandon(refusal);
}

function end<T>(slot: Slot<T>, refusal: PoolClosedError): void {
  const { pool, step } = slot;
  if (slot.state === "ready") {
    pool.ready.remove(slot);
    void recycle(slot, "closed");
  } else if (slot.state === "admitted") {
    slot.admission?.revoke();
    admissionOver(slot);
  } else if (step !== undefined && step.step !== "terminate") step.abort(refusal);
}

function force<T>(slot: Slot<T>, reason: PoolClosedError): void {
  const { step } = slot;
  if (slot.state === "leased") {
    leaseOf(slot)?.revoke(reason);
    revoked(slot);
  } else if (step !== undefined && step.step !== "terminate") step.abandon(reason);
}

function refusalOf<T>({ kind, name }: Slots<T>, what: string): PoolClosedError {
  return new PoolClosedError(`${place(kind, name)} ${what}`);
}
