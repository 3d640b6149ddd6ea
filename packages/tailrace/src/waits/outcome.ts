import { enter, leave, WaitRecord } from "./registry.ts";
import type { Resource } from "./registry.ts";

/** A result that may be awaited, by nobody or by many: each of them is a recorded wait until it is there. */
export class Outcome<T> implements PromiseLike<T> {
  readonly #resource: Resource;
  readonly #promise: Promise<T>;
  readonly #waits: WaitRecord[] = [];
  #settled = false;

  /** A rejection of the promise counts as handled from now on: the owner of the outcome answers for it. */
  constructor(resource: Resource, promise: Promise<T>) {
    this.#resource = resource;
    this.#promise = promise;
    const settle = (): void => {
      this.#settled = true;
      for (const wait of this.#waits) leave(wait);
      this.#waits.length = 0;
    };
    promise.then(settle, settle);
  }

  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    if (!this.#settled) {
      const wait = new WaitRecord("await", this.#resource);
      this.#waits.push(wait);
      enter(wait);
    }
    return this.#promise.then(onFulfilled, onRejected);
  }
}
