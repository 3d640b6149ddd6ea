// Whether somebody waits for a promise. `await` reads its `constructor` and nothing else; the combinators read that, too,
// and then call its `then`, as other promises do that are resolved with it: ECMA-262, PromiseResolve and
// PerformPromiseThen. So both are overridden here, and neither costs a tick.

/** `alone`: nothing else lets go on who waits for it. `raced`: it is one of several of which one is enough. */
export type Use = "alone" | "raced";

/** A promise that knows how it is waited for. */
export class ObservedPromise<T> extends Promise<T> {
  /** How, if it is. */
  declare use: Use | undefined;
  /** Called when somebody begins to wait for it, or for what is made of it. */
  declare onAwait: ((observed: ObservedPromise<unknown>) => unknown) | undefined;
  declare private before: Use | undefined;
  /** Whether its own `then` is called, which reads the constructor. */
  declare isChained: boolean | undefined;

  override then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    if (this.isChained === true) return super.then(onFulfilled, onRejected);
    if (isEngines(onFulfilled)) {
      if (isRaced()) this.use = this.before ?? "raced";
      else this.onUse();
    } else if (typeof onFulfilled === "function" && this.onAwait === undefined) this.use = "alone";
    return this.chain(() => super.then(onFulfilled, onRejected));
  }

  override finally(onFinally?: (() => void) | null): Promise<T> {
    return this.chain(() => super.finally(onFinally)); // it calls `then` with functions of the engine's
  }

  /** Makes a promise of it, which is observed in its place if somebody wants to know. */
  private chain<U>(make: () => Promise<U>): Promise<U> {
    this.isChained = true;
    const next = make();
    this.isChained = false;
    if (next instanceof ObservedPromise) next.onAwait = this.onAwait;
    return next;
  }

  /** Somebody waits for it. */
  onUse(): void {
    this.before = this.use;
    this.use = "alone";
    this.onAwait?.(this);
  }
}

void Object.defineProperty(ObservedPromise.prototype, "constructor", {
  get(this: ObservedPromise<unknown>): unknown {
    if (this.isChained === true) return this.onAwait === undefined ? Promise : ObservedPromise;
    this.onUse();
    return Promise;
  },
});

const NATIVE = /^function\s*\(\s*\)\s*\{\s*\[native code\]\s*\}$/u;

/** Whether a callback is one that the engine made to go on with the value: those have no name. */
function isEngines(callback: unknown): boolean {
  if (typeof callback !== "function" || callback.name !== "") return false;
  return NATIVE.test(Function.prototype.toString.call(callback));
}

/** How V8, JavaScriptCore and Bun name in a stack a combinator for which one promise is enough. */
const RACE =
  /(?:Promise|Function)\.(?:race|any) \(<anonymous>\)|^(?:race|any)@\[native code\]|^ *at (?:race|any) \((?:native|unknown)\)/mu;

function isRaced(): boolean {
  return RACE.test(new Error().stack ?? "");
}

let observes = false;

/** From here on it is known how waits are waited for, and who holds what they wait for: somebody watches. */
export function observeWaits(): void {
  observes = true;
}

export function isObserved(): boolean {
  return observes;
}

/** The promise of a wait. */
export function promiseOfWait<T>(
  executor: (resolve: (value: T | PromiseLike<T>) => void, reject: (reason: unknown) => void) => void,
): Promise<T> {
  return observes ? new ObservedPromise(executor) : new Promise(executor);
}

/** How the promise is waited for, as far as that is known. */
export function useOf(promise: Promise<unknown> | undefined): Use | "none" | undefined {
  return promise instanceof ObservedPromise ? (promise.use ?? "none") : undefined;
}
