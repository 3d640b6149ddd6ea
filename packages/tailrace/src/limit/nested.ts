// `await` and the combinators call the `then` of a promise that is not a plain one. That tells an awaited call, which
// keeps its caller from going on, from one that was only started.

/** The promise of a call that its own caller may keep from ever running. */
export class NestedPromise<T> extends Promise<T> {
  /** Called when somebody begins to wait for it. */
  onAwait: (() => void) | undefined;

  override then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    if (isEngines(onFulfilled)) this.onAwait?.();
    const next = super.then(onFulfilled, onRejected);
    if (next instanceof NestedPromise) next.onAwait = this.onAwait;
    return next;
  }

  override finally(onFinally?: (() => void) | null): Promise<T> {
    const { onAwait } = this;
    this.onAwait = undefined; // the engine calls `then` for it, with functions of its own
    const next = super.finally(onFinally);
    this.onAwait = onAwait;
    if (next instanceof NestedPromise) next.onAwait = onAwait;
    return next;
  }
}

const NATIVE = /^function\s*\(\s*\)\s*\{\s*\[native code\]\s*\}$/u;

/** Whether a callback is one that the engine made to go on with the value: those have no name. */
function isEngines(callback: unknown): boolean {
  if (typeof callback !== "function" || callback.name !== "") return false;
  return NATIVE.test(Function.prototype.toString.call(callback));
}
