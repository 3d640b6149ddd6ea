import { isPromiseLike } from "../fan/source.ts";
import type { Context, Hold, Party } from "../waits/context.ts";
import { publishTaskEnd, runPublished, taskBegin, taskEnd } from "../waits/events.ts";
import type { Limits } from "../waits/limits.ts";
import type { Blocked, Store } from "./knots.ts";
import type { Permits } from "./permits.ts";

/** How a call takes its permits, checked. */
export interface Wanted extends Limits {
  readonly weight: number;
  /** What it is in messages, if that is not the name of the function. */
  readonly name: string | undefined;
}

/** A single one, for which it waits as long as it takes. */
export const PLAIN: Wanted = { signal: undefined, timeout: Infinity, weight: 1, name: undefined };

const NONE: unknown[] = [];

function nothing(): void {
  // It is not called any more.
}

/**
 * A call and the permits that it gets, or has got: what it holds while its function runs, and at the same time the
 * context of that function. For a plain call that is all there is, also while it waits.
 */
export class Permit<Of extends Store = Permits> implements Hold, Context, Party {
  readonly kind = "call";
  readonly resource: Of;
  fn: (...args: never[]) => unknown;
  /** None once it was called: what it has started may outlive it by far, and keeps it. */
  args: unknown[];
  readonly parent: Party | undefined;
  readonly outer: Hold | undefined;
  weight: number;
  /** What the caller was given; what the function has given, once it was called: that says when the permits are free. */
  result: unknown = undefined;
  /** When it began to wait, if it had to, and then when it began to run. */
  began = 0;
  /** Whether the call awaits it from inside which it comes; undefined where that is not known. */
  isAwaited: boolean | undefined = undefined;
  private inside: Set<Blocked> | undefined = undefined;
  private called: string | undefined;
  private watched = false;

  constructor(
    resource: Of,
    fn: (...args: never[]) => unknown,
    args: unknown[],
    context: Context | undefined,
    { weight, name }: Wanted,
  ) {
    this.resource = resource;
    this.fn = fn;
    this.args = args;
    this.parent = context?.party;
    this.outer = context?.held;
    this.weight = weight;
    this.called = name;
  }

  get party(): Party {
    return this;
  }

  get held(): Hold {
    return this;
  }

  get name(): string {
    return this.holder;
  }

  /** Calls inside of it that are awaited, and wait for a permit. */
  get awaits(): Set<Blocked> {
    return (this.inside ??= new Set());
  }

  /** Whether there are any. */
  get isBlocked(): boolean {
    return this.inside !== undefined && this.inside.size > 0;
  }

  get over(): boolean {
    return this.weight === 0;
  }

  get holds(): Of | undefined {
    return this.over ? undefined : this.resource;
  }

  get holder(): string {
    return this.called ?? this.fn.name;
  }

  /** Calls the function. */
  call(): unknown {
    const args = this.args as never[];
    this.args = NONE;
    if (taskBegin.hasSubscribers || taskEnd.hasSubscribers) return published(this, args);
    return this.fn(...args);
  }

  /** It is over, and keeps nothing but its name for what it has started. */
  forget(): void {
    this.called ??= this.fn.name;
    this.fn = nothing;
    this.result = undefined;
  }

  /** Is told when the function has settled. Most calls have none inside of them that could want to know. */
  watch(free: () => void): void {
    if (this.watched) return;
    this.watched = true;
    (this.result as PromiseLike<unknown>).then(free, free);
  }
}

/** Calls the function, and tells of its begin and of its end. */
function published(permit: Permit<Store>, args: never[]): unknown {
  try {
    const result = runPublished(permit, permit.fn, ...args);
    if (!isPromiseLike(result)) {
      publishTaskEnd(permit, "succeeded");
      return result;
    }
    const promise = Promise.resolve(result); // what is lazy must not be asked twice
    promise.then(
      () => {
        publishTaskEnd(permit, "succeeded");
      },
      (error: unknown) => {
        publishTaskEnd(permit, "failed", error);
      },
    );
    return promise;
  } catch (error) {
    publishTaskEnd(permit, "failed", error);
    throw error;
  }
}
