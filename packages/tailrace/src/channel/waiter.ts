import { TimeoutError } from "../errors.ts";
import { unwatchAbort, watchAbort } from "../waits/abort.ts";
import type { Abortable } from "../waits/abort.ts";
import { enter, leave, WaitRecord } from "../waits/registry.ts";
import type { Resource } from "../waits/registry.ts";
import { gaveUp } from "../waits/report.ts";

/** Longer time-outs would fire at once: engines keep them in 32 bits. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** A function compared like a method, so that waiters of different values can stand in one queue. */
type Settle<Value> = { settle(value: Value): void }["settle"];

/**
 * One blocked operation: at the same time its place in a queue, its record in the registry, and its promise.
 * It is settled exactly once; from then on it is in no list and holds no listener and no timer.
 */
export class Waiter<Value> extends WaitRecord implements Abortable {
  readonly promise: Promise<Value>;
  /** The queue in which it stands; undefined before and after. */
  queue: WaiterQueue<Waiter<unknown>> | undefined;
  ahead: Waiter<unknown> | undefined;
  behind: Waiter<unknown> | undefined;
  private fulfil!: Settle<Value>;
  private refuse!: Settle<unknown>;
  private signal: AbortSignal | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(operation: string, resource: Resource, task?: string) {
    super(operation, resource, task);
    this.promise = new Promise<Value>((resolve, reject) => {
      this.fulfil = resolve;
      this.refuse = reject;
    });
  }

  /** Ends the wait early when the signal aborts or so many milliseconds are over. */
  limit(signal: AbortSignal | undefined, timeout: number): void {
    if (signal !== undefined) {
      this.signal = signal;
      watchAbort(signal, this);
    }
    if (timeout === Infinity) return;
    const expire = (): void => {
      this.abandon(new TimeoutError(gaveUp(this, timeout)));
    };
    this.timer = setTimeout(expire, Math.min(timeout, LONGEST_TIMER));
  }

  /** The wait has been served. */
  resolve(value: Value): void {
    this.settle();
    this.fulfil(value);
  }

  /** Nobody serves the wait any more: it has no meaning, or its owner gave up. Harmless once it is settled. */
  abandon(reason: unknown): void {
    this.settle();
    this.refuse(reason);
  }

  private settle(): void {
    this.queue?.remove(this);
    if (this.signal !== undefined) unwatchAbort(this.signal, this);
    if (this.timer !== undefined) clearTimeout(this.timer);
  }
}

/** Waiters in order of arrival, linked through their own fields: to add or remove one anywhere takes constant time. */
export class WaiterQueue<Item extends Waiter<unknown>> {
  /** The longest waiting one. */
  first: Item | undefined;
  private last: Item | undefined;

  /** Begins the wait. */
  add(waiter: Item): void {
    waiter.queue = this;
    waiter.ahead = this.last;
    if (this.last === undefined) this.first = waiter;
    else this.last.behind = waiter;
    this.last = waiter;
    enter(waiter);
  }

  /** Ends the wait; the waiter itself calls this as it is settled. */
  remove(waiter: Item): void {
    const ahead = waiter.ahead as Item | undefined;
    const behind = waiter.behind as Item | undefined;
    if (ahead === undefined) this.first = behind;
    else ahead.behind = behind;
    if (behind === undefined) this.last = ahead;
    else behind.ahead = ahead;
    waiter.queue = waiter.ahead = waiter.behind = undefined;
    leave(waiter);
  }
}
