import { Waiter } from "../waits/waiter.ts";
import type { Blocked, Store } from "./knots.ts";
import type { Permit } from "./permit.ts";

/** A call that may give up while it waits, or that takes several permits. */
export class Call extends Waiter<unknown> implements Blocked {
  readonly permit: Permit;
  /** Permits that it wants. */
  readonly weight: number;
  /** What its caller has got. */
  given: Promise<unknown> = this.promise;
  state: "waiting" | "running" | "over" = "waiting";
  /** The calls around it that cannot end before it. */
  readonly blocks: Permit<Store>[] = [];
  /** Slots of the engine that it has got. */
  slots = 0;
  #go: (() => void) | undefined;
  #over: Promise<void> | undefined;
  #end: (() => void) | undefined;

  constructor(permit: Permit) {
    super("call", permit.resource);
    this.permit = permit;
    this.weight = permit.weight;
  }

  /** Settles when it has got its slots, or has given up. */
  begun(): Promise<void> {
    return new Promise((resolve) => {
      this.#go = resolve;
    });
  }

  /** Settles when it is over. */
  over(): Promise<void> {
    this.#over ??= new Promise((resolve) => {
      this.#end = resolve;
    });
    return this.#over;
  }

  /** It has got its slots, and waits no more. */
  begin(): void {
    this.state = "running";
    this.permit.weight = this.slots;
    this.queue?.remove(this);
    this.#go?.();
  }

  end(): void {
    this.state = "over";
    this.#end?.();
  }

  override abandon(reason: unknown): void {
    if (this.state !== "waiting") return;
    this.end();
    super.abandon(reason);
    this.#go?.();
    this.permit.resource.onGivenUp(this);
  }
}
