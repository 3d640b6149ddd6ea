import type { TailraceError } from "../errors.ts";
import { rejected } from "../promises.ts";
import type { WaitOptions } from "../waits/limits.ts";
import { LeaseReleasedError } from "./errors.ts";
import type { Lease } from "./lease.ts";
import { admissionOver } from "./returning.ts";
import { acquireAdmitted } from "./taking.ts";
import type { Slot } from "./slot.ts";

/**
 * An instance that is kept for work that has still to be fetched: whoever has been admitted may take a message from a
 * queue, and knows that somebody is there to work on it.
 */
export interface Admission<T> extends Disposable {
  /** Number of the slot that is kept. */
  readonly slot: number;
  /** Whether it was used, or given up. */
  readonly over: boolean;
  /**
   * Takes the instance that was kept. If it turns out to be of no use, the next one that is: whoever has been admitted
   * comes before all others.
   * @throws {PoolClosedError} if the pool is closed
   * @throws {LeaseReleasedError} if it was used, or given up, before
   * @throws {TimeoutError} if there was none in time
   */
  acquire(wait?: WaitOptions): Promise<Lease<T>>;
  /** Gives it up: somebody else may have the instance. `using` does this; it is harmless once it was used. */
  release(): void;
}

export class PoolAdmission<T> implements Admission<T> {
  readonly #slot: Slot<T>;
  #over = false;

  constructor(slot: Slot<T>) {
    this.#slot = slot;
    slot.pool.admit(slot, this);
  }

  get slot(): number {
    return this.#slot.id;
  }

  get over(): boolean {
    return this.#over;
  }

  acquire(wait?: WaitOptions): Promise<Lease<T>> {
    if (this.#over) return rejected(this.#isOver());
    this.#over = true;
    return acquireAdmitted(this.#slot.pool, this.#slot, wait);
  }

  release(): void {
    if (this.#over) return;
    this.#over = true;
    admissionOver(this.#slot);
  }

  [Symbol.dispose](): void {
    this.release();
  }

  /** The pool closes. */
  revoke(): void {
    this.#over = true;
  }

  #isOver(): TailraceError {
    const { pool, name } = this.#slot;
    return pool.refusal ?? new LeaseReleasedError(`the admission to slot ${name} was used or given up before`);
  }
}
