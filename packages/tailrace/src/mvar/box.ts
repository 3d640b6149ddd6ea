import { wrongType } from "../arguments.ts";
import { EMPTY } from "../channel/empty.ts";
import { isInside, observe } from "../limit/knots.ts";
import type { Blocked, Store } from "../limit/knots.ts";
import { Permit, PLAIN } from "../limit/permit.ts";
import { pause, paced } from "../pace.ts";
import { rejected } from "../promises.ts";
import { currentContext } from "../waits/context.ts";
import type { Party } from "../waits/context.ts";
import { beginning, taskEnd } from "../waits/events.ts";
import { startLimits } from "../waits/limits.ts";
import type { Limits, WaitOptions } from "../waits/limits.ts";
import type { Description, WaitRecord } from "../waits/registry.ts";
import { WaiterQueue } from "../waits/waiter.ts";
import { lend } from "./lend.ts";
import type { MVar } from "./mvar.ts";
import { BoxWaiter, NestedWaiter } from "./waiters.ts";
import type { Loan } from "./waiters.ts";

const DONE = Promise.resolve();
const nothing = (): void => undefined;

/**
 * A box in one thread. Nobody takes or reads while it is empty, nobody puts while it is full, and nobody does either
 * while it is lent; who waits is served as soon as that changes, so whoever finds it full, or free, is next.
 */
export class Box<T> implements MVar<T>, Store {
  readonly kind = "mvar";
  readonly part = "turn";
  readonly name: string;
  readonly taken = 1;
  readonly awaited: Set<Blocked> = new Set<Blocked>();
  readonly blockedPermits: Set<Permit<Store>> = new Set<Permit<Store>>();
  blocked = 0;
  #value: T | typeof EMPTY;
  /** The call that has the value, and gives it back. */
  #loan: Loan<T> | undefined = undefined;
  readonly #takers = new WaiterQueue<BoxWaiter<T>>();
  readonly #readers = new WaiterQueue<BoxWaiter<T>>();
  readonly #putters = new WaiterQueue<BoxWaiter<T>>();

  constructor(name: string, value: T | typeof EMPTY) {
    this.name = name;
    this.#value = value;
  }

  take(wait?: WaitOptions): Promise<T> {
    try {
      const limits = startLimits(wait);
      const value = this.#take();
      return value === EMPTY ? (this.#wait(this.#takers, "take", EMPTY, limits) as Promise<T>) : paced(value);
    } catch (error) {
      return rejected(error);
    }
  }

  put(value: T, wait?: WaitOptions): Promise<void> {
    try {
      const limits = startLimits(wait);
      if (this.#put(present(value))) return pause() ?? DONE;
      return this.#wait(this.#putters, "put", value, limits) as Promise<void>;
    } catch (error) {
      return rejected(error);
    }
  }

  read(wait?: WaitOptions): Promise<T> {
    try {
      const limits = startLimits(wait);
      const value = this.#value;
      return value === EMPTY ? (this.#wait(this.#readers, "read", EMPTY, limits) as Promise<T>) : paced(value);
    } catch (error) {
      return rejected(error);
    }
  }

  swap(value: T, wait?: WaitOptions): Promise<T> {
    try {
      const limits = startLimits(wait);
      const old = this.#swap(present(value));
      return old === EMPTY ? (this.#wait(this.#takers, "swap", value, limits) as Promise<T>) : paced(old);
    } catch (error) {
      return rejected(error);
    }
  }

  tryTake(): Promise<T | typeof EMPTY> {
    return paced(this.#take());
  }

  tryPut(value: T): Promise<boolean> {
    try {
      return paced(this.#put(present(value)));
    } catch (error) {
      return rejected(error);
    }
  }

  tryRead(): Promise<T | typeof EMPTY> {
    return paced(this.#value);
  }

  trySwap(value: T): Promise<T | typeof EMPTY> {
    try {
      return paced(this.#swap(present(value)));
    } catch (error) {
      return rejected(error);
    }
  }

  isEmpty(): Promise<boolean> {
    return paced(this.#value === EMPTY);
  }

  with<R>(fn: (value: T) => R | PromiseLike<R>, wait?: WaitOptions): Promise<Awaited<R>> {
    return lend(this, "with", fn, wait) as Promise<Awaited<R>>;
  }

  modify(fn: (value: T) => T | PromiseLike<T>, wait?: WaitOptions): Promise<T> {
    return lend(this, "modify", fn, wait, present) as Promise<T>;
  }

  modifyMaybe(
    fn: (value: T) => T | typeof EMPTY | PromiseLike<T | typeof EMPTY>,
    wait?: WaitOptions,
  ): Promise<T | typeof EMPTY> {
    return lend(this, "modifyMaybe", fn, wait, (made) => made) as Promise<T | typeof EMPTY>;
  }

  /** Takes the value out for a call, if there is one: until it is given back nobody can put. */
  borrow(loan: Loan<T>): T | typeof EMPTY {
    const value = this.#value;
    if (value !== EMPTY) {
      this.#value = EMPTY;
      this.#lendTo(loan);
    }
    return value;
  }

  /** Waits until the box is lent to the call. */
  awaitLoan(waiter: BoxWaiter<T>, limits: Limits): Promise<T> {
    return begin(this.#takers, waiter, limits) as Promise<T>;
  }

  /** The call is over. What it leaves is put in. */
  giveBack(value: T | typeof EMPTY): void {
    this.#loan = undefined;
    this.#value = value;
    this.#serve();
  }

  describe({ operation }: WaitRecord): Description {
    const loan = this.#loan;
    const level = loan !== undefined ? `lent to ${calledBy(loan)}` : this.#value === EMPTY ? "empty" : "full";
    const [takers, readers, putters] = [this.#takers.size, this.#readers.size, this.#putters.size];
    const waiting = takers + readers + putters;
    const state = waiting === 0 ? level : `${level}, ${waiting.toString()} waiting`;
    const figures = { held: this.#value === EMPTY ? 0 : 1, takers, readers, putters };
    const awaits = operation === "put" ? "room" : "a value";
    if (loan !== undefined) return { state, awaits, figures }; // the report says who has it
    const remark = operation === "put" ? "nobody is taking" : "nobody is putting";
    return { state, awaits, remark, figures, idle: operation === "take" || operation === "read" };
  }

  holders(): Iterable<Party> {
    return this.#loan === undefined ? [] : [this.#loan];
  }

  onBlocked(permit: Permit<Store>, weight: number): void {
    this.blocked += weight;
    if (weight > 0) this.blockedPermits.add(permit);
    else this.blockedPermits.delete(permit);
  }

  #take(): T | typeof EMPTY {
    const value = this.#value;
    if (value !== EMPTY) {
      this.#value = EMPTY;
      this.#serve();
    }
    return value;
  }

  #put(value: T): boolean {
    if (this.#value !== EMPTY || this.#loan !== undefined) return false;
    this.#value = value;
    this.#serve();
    return true;
  }

  #swap(value: T): T | typeof EMPTY {
    const old = this.#value;
    if (old !== EMPTY) this.#value = value;
    return old;
  }

  /**
   * Lets those go on that can: with a value, all who read and then the first who takes, so that who takes never keeps it
   * from a reader; with room, the first who puts. Each is told after the box has become what it then is.
   */
  #serve(): void {
    for (;;) {
      const value = this.#value;
      if (value === EMPTY) {
        const putter = this.#loan === undefined ? this.#putters.first : undefined;
        if (putter === undefined) return;
        this.#value = putter.brings;
        putter.resolve(undefined);
      } else {
        const reader = this.#readers.first;
        const next = reader ?? this.#takers.first;
        if (next === undefined) return;
        if (reader === undefined) this.#value = next.brings;
        if (next.loan !== undefined) this.#lendTo(next.loan);
        next.resolve(value);
      }
    }
  }

  #lendTo(loan: Loan<T>): void {
    loan.began = beginning(taskEnd);
    this.#loan = loan;
  }

  #wait(
    queue: WaiterQueue<BoxWaiter<T>>,
    operation: string,
    brings: T | typeof EMPTY,
    limits: Limits,
  ): Promise<unknown> {
    const context = currentContext();
    if (!isInside(context?.held, this)) return begin(queue, new BoxWaiter(operation, this, brings), limits);
    const permit = new Permit(this, nothing, [], context, { ...PLAIN, name: operation });
    const waiter = new NestedWaiter(operation, permit, brings);
    return observe(permit, begin(queue, waiter, limits), waiter);
  }
}

function begin<T>(queue: WaiterQueue<BoxWaiter<T>>, waiter: BoxWaiter<T>, limits: Limits): Promise<unknown> {
  waiter.limit(limits);
  queue.add(waiter);
  return waiter.promise;
}

/** Something to put in: what stands for an empty box cannot be in it. */
export function present<T>(value: T): T {
  if (value === EMPTY) throw wrongType("value", value, "something else: that stands for a box which is empty");
  return value;
}

function calledBy({ holder }: Loan<unknown>): string {
  return holder === "" ? "a function without a name" : JSON.stringify(holder);
}
