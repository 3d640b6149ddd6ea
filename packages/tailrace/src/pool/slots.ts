import pLimit from "p-limit";
import type { Blocked, Store } from "../limit/knots.ts";
import type { Permit } from "../limit/permit.ts";
import { now } from "../pace.ts";
import type { Site } from "../site.ts";
import { bindContext } from "../waits/context.ts";
import type { Party } from "../waits/context.ts";
import type { Limits } from "../waits/limits.ts";
import type { Description, WaitRecord } from "../waits/registry.ts";
import { WaiterQueue } from "../waits/waiter.ts";
import type { PoolAdmission } from "./admission.ts";
import { describe } from "./describe.ts";
import type { PoolClosedError } from "./errors.ts";
import { isHealthy } from "./life.ts";
import { PoolLease } from "./lease.ts";
import type { Settings } from "./options.ts";
import { endWhenDropped } from "./remains.ts";
import type { Remains } from "./remains.ts";
import { Reports } from "./reports.ts";
import { Rests } from "./rests.ts";
import { isOfUse } from "./returning.ts";
import { ReadyList, Slot } from "./slot.ts";
import type { Instance, SlotState } from "./slot.ts";
import type { Step, StepRules } from "./step.ts";
import { fill, rested } from "./supply.ts";
import type { SlotWaiter, StateWaiter } from "./waiters.ts";

/**
 * The slots of a pool, and who waits for one. Each slot is in exactly one state at any time, and goes from one to the
 * other by `move` alone, so that their numbers always add up. What becomes free is handed to the first who waits.
 */
export class Slots<T> implements Store {
  readonly kind = "pool";
  readonly part = "lease";
  readonly name: string;
  readonly settings: Settings<T>;
  readonly slots: readonly Slot<T>[];
  readonly counts: Record<SlotState, number>;
  /** Those that are empty. */
  readonly empty: Slot<T>[];
  readonly ready: ReadyList<T> = new ReadyList<T>();
  readonly waiting: WaiterQueue<SlotWaiter<T>> = new WaiterQueue<SlotWaiter<T>>();
  /** Those who wait for the pool to come to some state. */
  readonly states: WaiterQueue<StateWaiter<T>> = new WaiterQueue<StateWaiter<T>>();
  /** What stops those that are under way. */
  readonly selfTests: Set<(reason: unknown) => void> = new Set<(reason: unknown) => void>();
  readonly remains: Remains<T> = new Map<Instance<T>, number>();
  readonly awaited: Set<Blocked> = new Set<Blocked>();
  readonly blockedPermits: Set<Permit<Store>> = new Set<Permit<Store>>();
  blocked = 0;
  readonly reports: Reports;
  readonly rests: Rests<T>;
  readonly rules: StepRules;
  /** Why nobody gets a lease any more. */
  refusal: PoolClosedError | undefined;
  isClosed = false;
  /** The last one, and how many there were since something was spawned. */
  failure: { readonly step: Step; readonly error: unknown; readonly times: number } | undefined;
  /** Steps that nobody waits for any more, and that have not ended. */
  abandoned = 0;
  /** Whether the pool has begun. */
  isStarted = false;
  /** Of those who wait and do not say for how long. */
  readonly limits: Limits;
  /** Whether an instance is checked before somebody gets it. */
  readonly checks: boolean;
  /** Checks that are made for those who wait. */
  checking = 0;

  constructor(settings: Settings<T>) {
    this.settings = settings;
    this.name = settings.name;
    this.slots = Array.from({ length: settings.max }, (_, index) => new Slot(this, index + 1));
    this.empty = this.slots.toReversed();
    this.counts = {
      empty: settings.max,
      cleaning: 0,
      preparing: 0,
      spawning: 0,
      ready: 0,
      checking: 0,
      admitted: 0,
      leased: 0,
      resetting: 0,
      terminating: 0,
      quarantined: 0,
    };
    this.reports = new Reports(settings);
    this.rests = new Rests(rested);
    this.rules = {
      limited: settings.concurrency === Infinity ? undefined : pLimit(settings.concurrency),
      timeouts: settings.stepTimeouts,
      outside: bindContext(),
      onAbandoned: (change) => {
        this.abandoned += change;
      },
    };
    endWhenDropped(this, this.remains, settings);
    this.limits = { signal: undefined, timeout: settings.acquireTimeout };
    this.checks = settings.check !== undefined && settings.checkOnAcquire;
  }

  /** Whether somebody may still get something: who waits does until the pool closes. */
  get isOpen(): boolean {
    return this.refusal === undefined || this.waiting.first !== undefined;
  }

  /** Takes a slot out of those that are ready. */
  take(): Slot<T> | undefined {
    const slot = this.settings.order === "lifo" ? this.ready.newest : this.ready.oldest;
    if (slot !== undefined) this.ready.remove(slot);
    return slot;
  }

  /** Somebody does not wait any more, and has got nothing. */
  onGaveUp(): void {
    this.holdRests();
    this.settleStates();
  }

  /** While somebody waits, the process lives until those have rested that rest. */
  holdRests(): void {
    this.rests.hold(this.waiting.first !== undefined || this.states.first !== undefined);
  }

  onTimeout(waited: number): void {
    this.reports.totals.timeouts++;
    if (this.reports.areHeard) this.reports.tell({ type: "timeout", waited });
  }

  /** What kept those who wait from getting something. */
  causeOfWait(): ErrorOptions | undefined {
    const isOnlyShort = this.counts.leased === this.slots.length;
    return this.failure === undefined || isOnlyShort ? undefined : { cause: this.failure.error };
  }

  /**
   * Somebody has the slot from now on.
   * @param since when they began to wait, if they had to
   */
  lease(slot: Slot<T>, party: Party | undefined, since: number | undefined, site: Site | undefined): PoolLease<T> {
    const { instance } = slot;
    if (instance === undefined) throw new Error("a slot without an instance cannot be leased");
    this.move(slot, "leased");
    slot.began = now();
    slot.parent = party;
    slot.site = site;
    instance.uses++;
    const lease = new PoolLease(slot, instance);
    slot.lease = lease;
    this.reports.totals.acquired++;
    if (this.reports.areHeard) {
      const waited = since === undefined ? 0 : performance.now() - since;
      this.reports.tell({ type: "acquired", slot: slot.id, waited });
    }
    fill(this);
    return lease;
  }

  /** Somebody is to get the slot when they want it. */
  admit(slot: Slot<T>, admission: PoolAdmission<T>): void {
    this.move(slot, "admitted");
    slot.admission = admission;
    fill(this);
  }

  /** Nobody has the slot: the first who waits gets it, or it is ready. */
  free(slot: Slot<T>, isChecked: boolean): void {
    const { first } = this.waiting;
    if (first !== undefined && (isChecked || !this.checks || !first.wantsChecked)) {
      this.#hand(slot, first);
      return;
    }
    this.move(slot, "ready");
    this.ready.add(slot);
    if (first !== undefined) this.serve();
  }

  /** Lets those go on that wait. */
  serve(): void {
    for (let { first } = this.waiting; first !== undefined && this.ready.size > 0; { first } = this.waiting) {
      const mustCheck = this.checks && first.wantsChecked;
      if (mustCheck && this.checking >= this.waiting.size) break;
      const slot = this.take();
      if (slot === undefined) break;
      if (mustCheck) void this.#check(slot);
      else this.#hand(slot, first);
    }
    fill(this);
  }

  #hand(slot: Slot<T>, waiter: SlotWaiter<T>): void {
    this.waiting.remove(waiter); // or one more would be made for them
    waiter.serve(slot);
    if (this.waiting.first === undefined) this.holdRests();
  }

  async #check(slot: Slot<T>): Promise<void> {
    this.checking++;
    const healthy = await isHealthy(slot);
    this.checking--;
    // Meanwhile the pool may have closed.
    if (healthy && isOfUse(slot)) this.free(slot, true);
    else this.serve();
  }

  move(slot: Slot<T>, state: SlotState): void {
    if (slot.state === state) return;
    const { counts } = this;
    counts[slot.state]--;
    counts[state]++;
    slot.state = state;
    if (state === "empty") this.empty.push(slot);
    if (this.states.first !== undefined) this.settleStates();
  }

  /** Tells those who wait for what has come about. */
  settleStates(): void {
    for (const waiter of this.states) if (waiter.isReached()) waiter.resolve();
    this.holdRests();
  }

  describe(record: WaitRecord): Description {
    return describe(this, record);
  }

  /** Any slot may be ready again, unless somebody has it. */
  get taken(): number {
    return this.slots.length;
  }

  onBlocked(permit: Permit<Store>, weight: number): void {
    this.blocked += weight;
    if (weight > 0) this.blockedPermits.add(permit);
    else this.blockedPermits.delete(permit);
  }

  holders(): Iterable<Party> {
    return this.slots.filter(({ state }) => state === "leased");
  }
}
