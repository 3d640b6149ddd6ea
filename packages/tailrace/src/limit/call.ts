import type { Hold } from "../waits/context.ts";
import type { Limits } from "../waits/limits.ts";
import { Waiter } from "../waits/waiter.ts";
import type { Callee } from "./permit.ts";
import type { Permits } from "./permits.ts";

/** How a call takes its permits, checked. */
export interface Wanted extends Limits {
  readonly weight: number;
  readonly name: string | undefined;
}

/** A call that may give up while it waits, or that takes several permits. */
export class Call extends Waiter<unknown> {
  readonly fn: Callee;
  readonly args: unknown[];
  readonly wanted: Wanted;
  /** What its caller holds. */
  readonly held: Hold | undefined;
  /** What its caller has got. */
  given: Promise<unknown> = this.promise;
  state: "waiting" | "running" | "over" = "waiting";
  /** Slots of the engine that it has got. */
  slots = 0;
  readonly #permits: Permits;
  #go: (() => void) | undefined;
  #over: Promise<void> | undefined;
  #end: (() => void) | undefined;

  constructor(permits: Permits, fn: Callee, args: unknown[], wanted: Wanted, held: Hold | undefined) {
    super("call", permits);
    this.#permits = permits;
    this.fn = fn;
    this.args = args;
    this.wanted = wanted;
    this.held = held;
  }

  get name(): string {
    return this.wanted.name ?? this.fn.name;
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
    this.#permits.onGivenUp(this);
  }
}
