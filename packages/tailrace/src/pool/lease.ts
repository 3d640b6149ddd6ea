import { LeaseReleasedError } from "./errors.ts";
import { released, stale } from "./returning.ts";
import type { Instance, Slot } from "./slot.ts";

/** Something that is taken from a pool, and is given back exactly once. */
export interface Lease<T> extends Disposable, AsyncDisposable {
  /**
   * What was taken.
   * @throws {LeaseReleasedError} once it is given back: from then on it is somebody else's
   */
  readonly value: T;
  /** Number of its slot, from 1. */
  readonly slot: number;
  /** How often it has been leased, this time included. */
  readonly uses: number;
  /** What users want to keep with the instance, such as what they have prepared on a connection. It ends with it. */
  readonly store: Map<unknown, unknown>;
  /** Aborts when the lease is taken away, because the pool closes and its grace is over, or the instance is lost. */
  readonly signal: AbortSignal;
  /** Whether it was given back, or taken away. */
  readonly released: boolean;
  /** Gives it back. Once more is harmless, and reported. `using` and `await using` do this. */
  release(): void;
  /** Gives it back to be ended: it is of no use any more. Another one takes its place. */
  discard(reason?: unknown): void;
}

/** The handle of whoever has a slot. */
export class PoolLease<T> implements Lease<T> {
  readonly #slot: Slot<T>;
  #instance: Instance<T> | undefined;
  #controller: AbortController | undefined;
  #revoked: { readonly reason: unknown } | undefined;

  constructor(slot: Slot<T>, instance: Instance<T>) {
    this.#slot = slot;
    this.#instance = instance;
  }

  get value(): T {
    return this.#live().value;
  }

  get slot(): number {
    return this.#slot.id;
  }

  get uses(): number {
    return this.#live().uses;
  }

  get store(): Map<unknown, unknown> {
    return (this.#live().store ??= new Map());
  }

  get released(): boolean {
    return this.#instance === undefined;
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#revoked !== undefined) this.#controller.abort(this.#revoked.reason);
    return this.#controller.signal;
  }

  release(): void {
    if (this.#instance === undefined) stale(this.#slot);
    else {
      this.#instance = undefined;
      released(this.#slot);
    }
  }

  discard(reason?: unknown): void {
    if (this.#instance !== undefined) this.#instance.lost ??= { reason, isDiscarded: true };
    this.release();
  }

  [Symbol.dispose](): void {
    this.#end();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#end();
    return Promise.resolve();
  }

  /** Tells whoever has it that it is of no use any more. */
  warn(reason: unknown): void {
    this.#revoked ??= { reason };
    this.#controller?.abort(reason);
  }

  /** Takes it away. */
  revoke(reason: unknown): void {
    this.#instance = undefined;
    this.warn(reason);
  }

  /** What goes out of scope may have been given back before. */
  #end(): void {
    if (this.#instance !== undefined) this.release();
  }

  #live(): Instance<T> {
    if (this.#instance !== undefined) return this.#instance;
    const { name } = this.#slot;
    const options = this.#revoked === undefined ? undefined : { cause: this.#revoked.reason };
    throw new LeaseReleasedError(`the lease of slot ${name} is not held any more: it was given back`, options);
  }
}

/** The handle of whoever has the slot, unless they have lost it. */
export function leaseOf<T>({ lease }: Slot<T>): PoolLease<T> | undefined {
  return lease instanceof WeakRef ? lease.deref() : lease;
}
