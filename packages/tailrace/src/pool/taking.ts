import { pause, paced } from "../pace.ts";
import { rejected } from "../promises.ts";
import { currentParty } from "../waits/context.ts";
import { limitsOf } from "../waits/limits.ts";
import type { Limits, WaitOptions } from "../waits/limits.ts";
import { siteNow } from "../waits/registry.ts";
import { place } from "../waits/report.ts";
import { PoolAdmission } from "./admission.ts";
import type { Admission } from "./admission.ts";
import { PoolFullError } from "./errors.ts";
import type { Lease } from "./lease.ts";
import { isHealthy } from "./life.ts";
import { admissionOver, isOfUse } from "./returning.ts";
import type { Slot } from "./slot.ts";
import type { Slots } from "./slots.ts";
import { obtainable, start } from "./supply.ts";
import { AdmissionWaiter, LeaseWaiter } from "./waiters.ts";
import type { SlotWaiter } from "./waiters.ts";

export function acquire<T>(pool: Slots<T>, wait: WaitOptions | undefined): Promise<Lease<T>> {
  try {
    const limits = limitsIn(pool, wait);
    const slot = takeReady(pool);
    if (slot !== undefined) return paced(pool.lease(slot, currentParty(), undefined, siteNow()));
    return enqueue(pool, new LeaseWaiter(pool), limits);
  } catch (error) {
    return rejected(error);
  }
}

/** A slot that can be had at once. */
export function takeReady<T>(pool: Slots<T>): Slot<T> | undefined {
  return pool.waiting.first === undefined && !pool.checks ? pool.take() : undefined;
}

/** Takes what is ready, unless others wait for it. */
export async function tryAcquire<T>(pool: Slots<T>): Promise<Lease<T> | undefined> {
  if (pool.refusal !== undefined) throw pool.refusal;
  const [party, site] = [currentParty(), siteNow()];
  start(pool);
  while (pool.isOpen && pool.waiting.first === undefined) {
    const slot = pool.take();
    if (slot === undefined) break;
    if (pool.checks && !((await isHealthy(slot)) && isOfUse(slot))) continue;
    const lease = pool.lease(slot, party, undefined, site);
    await pause();
    return lease;
  }
  return undefined;
}

export function admit<T>(pool: Slots<T>, wait: WaitOptions | undefined): Promise<Admission<T>> {
  try {
    const limits = limitsIn(pool, wait);
    const slot = pool.waiting.first === undefined ? pool.take() : undefined;
    if (slot !== undefined) return paced(new PoolAdmission(slot));
    return enqueue(pool, new AdmissionWaiter(pool), limits);
  } catch (error) {
    return rejected(error);
  }
}

/** Whoever was admitted wants an instance: they come before all others, and theirs is free from now on. */
export function acquireAdmitted<T>(pool: Slots<T>, slot: Slot<T>, wait: WaitOptions | undefined): Promise<Lease<T>> {
  try {
    const limits = limitsOf(wait, pool.limits.timeout);
    limits.signal?.throwIfAborted();
    if (pool.isOpen && !pool.checks && slot.instance?.lost === undefined) {
      slot.admission = undefined;
      return paced(pool.lease(slot, currentParty(), undefined, siteNow()));
    }
    const waiter = new LeaseWaiter(pool);
    waiter.limit(limits);
    pool.waiting.addFirst(waiter);
    admissionOver(slot);
    pool.holdRests();
    return waiter.promise;
  } catch (error) {
    admissionOver(slot);
    return rejected(error);
  }
}

/** The limits of a wait that would begin now, by default those of the pool. Throws if it would be in vain. */
export function limitsIn<T>(pool: Slots<T>, wait: WaitOptions | undefined): Limits {
  const limits = wait === undefined ? pool.limits : limitsOf(wait, pool.limits.timeout);
  if (pool.refusal !== undefined) throw pool.refusal;
  if (limits.signal !== undefined) limits.signal.throwIfAborted();
  return limits;
}

/** Lets somebody wait for a slot. */
export function enqueue<T, Value>(pool: Slots<T>, waiter: SlotWaiter<T, Value>, limits: Limits): Promise<Value> {
  const { waiting, settings } = pool;
  if (waiting.size >= settings.maxWaiting && waiting.size >= obtainable(pool)) throw full(pool, waiter);
  waiter.limit(limits);
  waiting.add(waiter);
  start(pool);
  pool.serve();
  if (waiting.first !== undefined) pool.holdRests();
  return waiter.promise;
}

function full<T>(pool: Slots<T>, waiter: SlotWaiter<T>): PoolFullError {
  const many = pool.waiting.size === 1 ? "1 waits" : `${pool.waiting.size.toString()} wait`;
  const most = pool.settings.maxWaiting.toString();
  const where = place(pool.kind, pool.name, pool.describe(waiter).state);
  return new PoolFullError(`${waiter.operation} on ${where}: ${many} already, and its maxWaiting is ${most}`);
}
