import type { Resource } from "../waits/registry.ts";
import { Waiter } from "../waits/waiter.ts";
import type { Settles } from "../waits/waiter.ts";

/** A `send` that waits for room. */
export class SendWaiter<T> extends Waiter<void> {
  readonly item: T;
  /** Whether it is one of the cases of a `select`, which may wait for another one. */
  readonly isCase: boolean;

  constructor(resource: Resource, item: T, settles?: Settles<void>) {
    super("send", resource, undefined, settles);
    this.item = item;
    this.isCase = settles !== undefined;
  }
}

/** A `receive` that waits for an item. */
export class ReceiveWaiter<T> extends Waiter<unknown> {
  constructor(resource: Resource, settles?: Settles<unknown>) {
    super("receive", resource, undefined, settles);
  }

  deliver(item: T): void {
    this.resolve(item);
  }

  end({ refusal }: End): void {
    this.abandon(refusal());
  }
}

/** How a channel was closed: the error that it was closed with, if any, and what a `receive` gets then. */
export interface End {
  readonly error: unknown;
  readonly refusal: () => unknown;
}
