import { TimeoutError } from "../errors.ts";
import { unwatchAbort, watchAbort } from "./abort.ts";
import type { Abortable } from "./abort.ts";
import { startDeadline } from "./deadlines.ts";
import type { Deadline, Expiring } from "./deadlines.ts";
import type { Limits } from "./limits.ts";
import type { Party } from "./context.ts";
import { enter, leave, WaitRecord } from "./registry.ts";
import type { Resource } from "./registry.ts";
import { promiseOfWait } from "./observed.ts";
import { gaveUp } from "./report.ts";

/** A function compared like a method, so that waiters of different values can stand in one queue. */
// eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- nothing else says that it needs no `this`
type Settle<Value> = { settle(this: void, value: Value): void }["settle"];

/** Whom the end of a wait is told to. */
export interface Settles<Value> {
  readonly fulfil: Settle<Value>;
  readonly refuse: Settle<unknown>;
}

/**
 * One blocked operation: at the same time its place in a queue, its record in the registry, and its promise.
 * It is settled exactly once; from then on it is in no list and holds no listener and no timer.
 */
export class Waiter<Value> extends WaitRecord implements Abortable, Expiring {
  readonly promise!: Promise<Value>;
  /** The queue in which it stands; undefined before and after. */
  queue: WaiterQueue<Waiter<unknown>> | undefined;
  ahead: Waiter<unknown> | undefined;
  behind: Waiter<unknown> | undefined;
  private fulfil!: Settle<Value>;
  private refuse!: Settle<unknown>;
  private signal: AbortSignal | undefined;
  private deadline: Deadline | undefined;

  /** @param settles who is told at once instead of a promise, which then there is none of */
  constructor(operation: string, resource: Resource, party?: Party, settles?: Settles<Value>) {
    super(operation, resource, party);
    if (settles !== undefined) {
      this.fulfil = settles.fulfil;
      this.refuse = settles.refuse;
      return;
    }
    this.promise = promiseOfWait((resolve, reject) => {
      this.fulfil = resolve;
      this.refuse = reject;
    });
  }

  /** Ends the wait early when the signal aborts or the time is over; throws at once if there is nothing to wait for. */
  limit({ signal, timeout }: Limits): void {
    if (signal !== undefined) {
      signal.throwIfAborted();
      if (timeout > 0) watchAbort((this.signal = signal), this);
    }
    if (timeout === 0) throw this.timedOut(0);
    if (timeout !== Infinity) this.deadline = startDeadline(timeout, this);
  }

  /** The wait has been served. */
  resolve(value: Value): void {
    this.settle();
    this.fulfil(value);
  }

  /** Nobody serves the wait any more: it has no meaning, or its owner gave up. Harmless once it is settled. */
  abandon(reason: unknown): void {
    this.settle(reason);
    this.refuse(reason);
  }

  expire(timeout: number): void {
    this.abandon(this.timedOut(timeout));
  }

  protected timedOut(timeout: number): TimeoutError {
    return new TimeoutError(gaveUp(this, timeout));
  }

  private settle(reason?: unknown): void {
    this.queue?.remove(this, reason);
    if (this.signal !== undefined) unwatchAbort(this.signal, this);
    if (this.deadline !== undefined) this.deadline.stop();
  }
}

/** Waiters in order of arrival, linked through their own fields: to add or remove one anywhere takes constant time. */
export class WaiterQueue<Item extends Waiter<unknown>> {
  /** The longest waiting one. */
  first: Item | undefined;
  /** The one that came last. */
  last: Item | undefined;
  size = 0;

  /** Begins the wait. */
  add(waiter: Item): void {
    waiter.queue = this;
    waiter.ahead = this.last;
    if (this.last === undefined) this.first = waiter;
    else this.last.behind = waiter;
    this.last = waiter;
    this.size++;
    enter(waiter);
  }

  /** Begins the wait, before all others. */
  addFirst(waiter: Item): void {
    const { first } = this;
    if (first === undefined) {
      this.add(waiter);
      return;
    }
    waiter.queue = this;
    waiter.behind = first;
    this.first = first.ahead = waiter;
    this.size++;
    enter(waiter);
  }

  /** The longest waiting one first. The one at hand may be removed. */
  *[Symbol.iterator](): Generator<Item, void, undefined> {
    for (let item = this.first; item !== undefined;) {
      const behind = item.behind as Item | undefined;
      yield item;
      item = behind;
    }
  }

  /** Ends the wait; the waiter itself calls this as it is settled, with the reason if that is not a good one. */
  remove(waiter: Item, reason?: unknown): void {
    const ahead = waiter.ahead as Item | undefined;
    const behind = waiter.behind as Item | undefined;
    if (ahead === undefined) this.first = behind;
    else ahead.behind = behind;
    if (behind === undefined) this.last = ahead;
    else behind.ahead = ahead;
    waiter.queue = waiter.ahead = waiter.behind = undefined;
    this.size--;
    leave(waiter, reason);
  }
}
