import { TimeoutError } from "../errors.ts";
import { pause } from "../pace.ts";
import { gaveUp } from "../waits/report.ts";
import { Waiter } from "../waits/waiter.ts";
import { PoolAdmission } from "./admission.ts";
import type { PoolLease } from "./lease.ts";
import type { Slot } from "./slot.ts";
import type { Slots } from "./slots.ts";

/** Somebody who waits for a slot. */
export abstract class SlotWaiter<T, Value = unknown> extends Waiter<Value> {
  declare readonly resource: Slots<T>;
  /** Whether the instance must be checked before it is of use. */
  abstract readonly wantsChecked: boolean;

  /** Gives the slot to whoever waits. */
  abstract serve(slot: Slot<T>): void;

  /** Who gives a slot back does not wait for anything: it is those who get one that keep the event loop open. */
  override resolve(value: Value): void {
    const turn = pause();
    // Their promise is always there, and takes a promise as well.
    super.resolve(turn === undefined ? value : (turn.then(() => value) as Value));
  }

  override abandon(reason: unknown): void {
    const waited = this.queue !== undefined;
    super.abandon(reason);
    if (waited) this.resource.onGaveUp();
  }

  protected override timedOut(timeout: number): TimeoutError {
    this.resource.onTimeout(timeout);
    return new TimeoutError(gaveUp(this, timeout), this.resource.causeOfWait());
  }
}

export class LeaseWaiter<T> extends SlotWaiter<T, PoolLease<T>> {
  readonly wantsChecked = true;

  constructor(pool: Slots<T>) {
    super("acquire", pool);
  }

  serve(slot: Slot<T>): void {
    this.resolve(this.resource.lease(slot, this.party, this.since, this.site));
  }
}

export class AdmissionWaiter<T> extends SlotWaiter<T, PoolAdmission<T>> {
  readonly wantsChecked = false;

  constructor(pool: Slots<T>) {
    super("admit", pool);
  }

  serve(slot: Slot<T>): void {
    this.resolve(new PoolAdmission(slot));
  }
}

/** Somebody who waits for the pool to come to some state. */
export class StateWaiter<T> extends Waiter<void> {
  declare readonly resource: Slots<T>;
  readonly isReached: () => boolean;

  constructor(operation: "ready" | "drain" | "close", pool: Slots<T>, isReached: () => boolean) {
    super(operation, pool);
    this.isReached = isReached;
  }

  override abandon(reason: unknown): void {
    super.abandon(reason);
    this.resource.holdRests();
  }

  protected override timedOut(timeout: number): TimeoutError {
    return new TimeoutError(
      gaveUp(this, timeout),
      this.operation === "ready" ? this.resource.causeOfWait() : undefined,
    );
  }
}
