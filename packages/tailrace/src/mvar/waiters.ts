import type { EMPTY } from "../channel/empty.ts";
import { unblock } from "../limit/knots.ts";
import type { Blocked, Store } from "../limit/knots.ts";
import type { Permit } from "../limit/permit.ts";
import { Waiter } from "../waits/waiter.ts";
import type { Box } from "./box.ts";

/** A call of a function to which the box is lent: empty for all others, and closed to those who put. */
export type Loan<T> = Permit<Box<T>>;

/** Somebody who waits for what is in a box, or for room in it. */
export class BoxWaiter<T> extends Waiter<unknown> {
  /** What is in the box after it was served: `EMPTY`, unless it is a put or a swap. */
  readonly brings: T | typeof EMPTY;
  /** To whom the box is lent then, if it is. */
  readonly loan: Loan<T> | undefined;

  constructor(operation: string, box: Box<T>, brings: T | typeof EMPTY, loan?: Loan<T>) {
    super(operation, box);
    this.brings = brings;
    this.loan = loan;
  }
}

/** One that comes from inside a call which has something that others wait for: perhaps it waits for that itself. */
export class NestedWaiter<T> extends BoxWaiter<T> implements Blocked {
  readonly permit: Permit<Box<T>>;
  readonly blocks: Permit<Store>[] = [];

  constructor(operation: string, permit: Permit<Box<T>>, brings: T | typeof EMPTY, loan?: Loan<T>) {
    super(operation, permit.resource, brings, loan);
    this.permit = permit;
  }

  get state(): "waiting" | "over" {
    return this.queue === undefined ? "over" : "waiting";
  }

  override resolve(value: unknown): void {
    unblock(this);
    super.resolve(value);
  }

  override abandon(reason: unknown): void {
    unblock(this);
    super.abandon(reason);
  }
}
