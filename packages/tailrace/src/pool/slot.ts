import type { Site } from "../site.ts";
import type { Party } from "../waits/context.ts";
import type { PoolAdmission } from "./admission.ts";
import type { PoolLease } from "./lease.ts";
import type { Slots } from "./slots.ts";
import type { Running, Step } from "./step.ts";

/**
 * Where a slot of a pool is in its life:
 *
 * - `empty`: it has nothing, because nothing is wanted.
 * - `cleaning`, `preparing`, `spawning`: it is getting an instance.
 * - `ready`: it has one that nobody uses.
 * - `checking`: that is looked at before somebody gets it.
 * - `admitted`: it is kept for whoever has been admitted.
 * - `leased`: somebody has it.
 * - `resetting`: it is made ready for the next one.
 * - `terminating`: its instance is ended.
 * - `quarantined`: it could not get one, and waits before it tries again.
 */
export type SlotState =
  | "empty"
  | "cleaning"
  | "preparing"
  | "spawning"
  | "ready"
  | "checking"
  | "admitted"
  | "leased"
  | "resetting"
  | "terminating"
  | "quarantined";

/** What a slot has while it has something. */
export interface Instance<T> {
  readonly value: T;
  /** Reading of `performance.now()` when it was there. */
  readonly spawnedAt: number;
  /** Reading of `performance.now()` when it was given back the last time, in its turn of the event loop. */
  usedAt: number;
  /** Leases of it. */
  uses: number;
  /** What users keep with it. */
  store: Map<unknown, unknown> | undefined;
  /** Whether it is known that it is of no use any more, and why. */
  lost: { readonly reason: unknown; readonly isDiscarded: boolean } | undefined;
}

/** A place in a pool. While it is leased it stands for the lease in reports. */
export class Slot<T> implements Party {
  readonly kind = "lease";
  readonly pool: Slots<T>;
  readonly id: number;
  state: SlotState = "empty";
  instance: Instance<T> | undefined = undefined;
  /** Whether nothing is left of the last instance. */
  isClean = false;
  /** What has failed in a row since it had an instance. */
  failures = 0;
  /** Reading of `performance.now()` at which it leaves quarantine. */
  retryAt = 0;
  /** Instances in a row that turned out to be of no use. */
  faults = 0;
  /** What is done with it now. */
  step: Running | undefined = undefined;
  /** What was done with it last. */
  lastStep: Step = "clean";
  admission: PoolAdmission<T> | undefined = undefined;
  /** Who has it, if somebody does; weakly when that has lasted, so that it can be found out whether they have lost it. */
  lease: PoolLease<T> | WeakRef<PoolLease<T>> | undefined = undefined;
  /** Reading of `performance.now()` when it was leased, in its turn of the event loop. */
  began = 0;
  parent: Party | undefined = undefined;
  /** Where it was leased, if somebody wants to know. */
  site: Site | undefined = undefined;
  /** Neighbours among those that are ready. */
  before: Slot<T> | undefined = undefined;
  after: Slot<T> | undefined = undefined;

  constructor(pool: Slots<T>, id: number) {
    this.pool = pool;
    this.id = id;
  }

  get name(): string {
    return `${this.pool.name}[${this.id.toString()}]`;
  }

  get over(): boolean {
    return this.state !== "leased";
  }
}

/** The slots that are ready, in the order in which they became so. */
export class ReadyList<T> {
  size = 0;
  oldest: Slot<T> | undefined = undefined;
  newest: Slot<T> | undefined = undefined;

  add(slot: Slot<T>): void {
    slot.before = this.newest;
    slot.after = undefined;
    if (this.newest === undefined) this.oldest = slot;
    else this.newest.after = slot;
    this.newest = slot;
    this.size++;
  }

  remove(slot: Slot<T>): void {
    const { before, after } = slot;
    if (before === undefined) this.oldest = after;
    else before.after = after;
    if (after === undefined) this.newest = before;
    else after.before = before;
    slot.before = slot.after = undefined;
    this.size--;
  }
}
