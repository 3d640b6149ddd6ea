// How a slot comes back from whoever had it, or was to get it.
import { now } from "../pace.ts";
import type { Ending } from "./events.ts";
import { leaseOf } from "./lease.ts";
import { recycle, reset } from "./life.ts";
import type { Slot } from "./slot.ts";

/** The lease of a slot was given back. */
export function released<T>(slot: Slot<T>): void {
  returned(slot);
  const reason = ending(slot);
  if (reason !== undefined) void recycle(slot, reason);
  else if (slot.pool.settings.reset === undefined) free(slot);
  else void reset(slot);
}

/** The instance of a slot was made ready for the next one. */
export function wasReset<T>(slot: Slot<T>): void {
  if (isOfUse(slot)) free(slot);
}

/** The lease of a slot was taken away. */
export function revoked<T>(slot: Slot<T>): void {
  returned(slot);
  void recycle(slot, "closed");
}

/** Nobody can give the lease of a slot back any more. */
export function leaked<T>(slot: Slot<T>): void {
  slot.pool.reports.totals.leaked++;
  returned(slot);
  void recycle(slot, "leaked");
}

/** The lease of a slot was given back once more. */
export function stale<T>({ id, pool: { reports } }: Slot<T>): void {
  if (reports.areHeard) reports.tell({ type: "stale", slot: id });
}

/** Nobody is to get the slot any more, or they get it now. */
export function admissionOver<T>(slot: Slot<T>): void {
  slot.admission = undefined;
  if (isOfUse(slot)) slot.pool.free(slot, false);
  else slot.pool.serve(); // whoever was admitted may have one that is ready
}

/** The instance of a slot is of no use any more, whoever has it. */
export function wasLost<T>(slot: Slot<T>, reason: unknown): void {
  const { instance, pool } = slot;
  if (instance === undefined || instance.lost !== undefined) return;
  instance.lost = { reason, isDiscarded: false };
  if (slot.state === "ready") {
    pool.ready.remove(slot);
    void recycle(slot, "lost");
  } else if (slot.state === "leased") leaseOf(slot)?.warn(reason);
}

/** Whether somebody may have the instance of a slot; if not, it is recycled. */
export function isOfUse<T>(slot: Slot<T>): boolean {
  const reason = slot.instance?.lost !== undefined ? "lost" : slot.pool.isOpen ? undefined : "closed";
  if (reason !== undefined) void recycle(slot, reason);
  return reason === undefined;
}

function free<T>(slot: Slot<T>): void {
  slot.faults = 0;
  slot.pool.free(slot, false);
}

function returned<T>(slot: Slot<T>): void {
  const { reports } = slot.pool;
  slot.lease = slot.parent = slot.site = undefined;
  if (slot.instance !== undefined) slot.instance.usedAt = now();
  reports.totals.released++;
  if (reports.areHeard) reports.tell({ type: "released", slot: slot.id, held: performance.now() - slot.began });
}

/** Why the instance of a slot that was given back is of no use any more. */
function ending<T>({ instance, pool }: Slot<T>): Ending | undefined {
  if (instance === undefined) return "lost";
  const { lost, uses, spawnedAt, value } = instance;
  const { reuse, maxUses, maxLifetime, broken } = pool.settings;
  const isUsedUp = !reuse || uses >= maxUses;
  if (lost?.isDiscarded === true) return "discarded";
  if (lost !== undefined && !isUsedUp) return "lost"; // what is used up may have ended by itself
  if (!pool.isOpen) return "closed";
  if (isUsedUp) return "used";
  if (now() - spawnedAt >= maxLifetime) return "old";
  try {
    return broken?.(value) === true ? "broken" : undefined;
  } catch {
    return "broken";
  }
}
