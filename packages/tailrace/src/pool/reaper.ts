import { callerIn } from "../site.ts";
import { detached, taskOf } from "../waits/context.ts";
import { LONGEST_TIMER } from "../waits/deadlines.ts";
import { LeaseLeakedError } from "./errors.ts";
import { recycle } from "./life.ts";
import { leaked } from "./returning.ts";
import type { Slot } from "./slot.ts";
import type { Slots } from "./slots.ts";

/**
 * Looks now and then at what nobody has used for long, is too old, or was lost. It holds the pool only weakly, and does
 * not keep the process alive.
 */
export function openReaper<T>(pool: Slots<T>, every: number): Disposable {
  const ref = new WeakRef(pool);
  const look = (): void => {
    const alive = ref.deref();
    if (alive === undefined) clearInterval(timer);
    else reap(alive);
  };
  const timer = detached(() => setInterval(look, Math.min(every, LONGEST_TIMER)));
  (timer as { unref?(): unknown }).unref?.();
  return {
    [Symbol.dispose]() {
      clearInterval(timer);
    },
  };
}

function reap<T>(pool: Slots<T>): void {
  const now = performance.now();
  for (const slot of pool.slots) {
    if (slot.state === "ready") reapReady(slot, now);
    else if (slot.state === "leased") reapLeased(slot, now);
  }
}

function reapReady<T>(slot: Slot<T>, now: number): void {
  const { pool, instance } = slot;
  const { idleTimeout, maxLifetime } = pool.settings;
  if (instance === undefined) return;
  const isOld = now - instance.spawnedAt >= maxLifetime;
  if (!isOld && now - instance.usedAt < idleTimeout) return;
  pool.ready.remove(slot);
  void recycle(slot, isOld ? "old" : "idle");
}

/** A lease that has lasted is held weakly from then on: who still has it holds it, too. */
function reapLeased<T>(slot: Slot<T>, now: number): void {
  const { pool, lease } = slot;
  if (!(lease instanceof WeakRef)) {
    if (lease !== undefined && now - slot.began >= pool.settings.reapEvery) slot.lease = new WeakRef(lease);
    return;
  }
  if (lease.deref() !== undefined) return;
  const held = now - slot.began;
  const task = taskOf(slot.parent);
  const site = slot.site === undefined ? undefined : callerIn(slot.site);
  const who = task === undefined ? "" : ` by task ${JSON.stringify(task)}`;
  const where = site === undefined ? "" : ` at ${site}`;
  const text = `the lease of slot ${slot.name}, taken${who}${where} ${(held / 1000).toFixed(1)} s ago, was never given back`;
  leaked(slot);
  const event = { type: "leaked", slot: slot.id, held, ...(task && { task }), ...(site && { site }) } as const;
  pool.reports.tellError(new LeaseLeakedError(`${text}, and nobody can any more`), event);
}
