// An AbortController and its signal cost more than a whole task: they are made when somebody asks for the signal.

/** Something that can be told to stop, once and for a reason. */
export class Stoppable {
  /** Reading of `performance.now()` at which it was told to stop; undefined before. */
  stoppedAt: number | undefined = undefined;
  /** Why it was told to. */
  reason: unknown = undefined;
  private controller: AbortController | undefined = undefined;

  get signal(): AbortSignal {
    if (this.controller === undefined) {
      this.controller = new AbortController();
      if (this.stoppedAt !== undefined) this.controller.abort(this.reason);
    }
    return this.controller.signal;
  }

  protected stop(reason: unknown): void {
    this.stoppedAt = performance.now();
    this.reason = reason;
    this.controller?.abort(reason);
  }
}

/** A reason that everybody who understands signals takes for what it is: not a failure. */
export function abortError(message: string): DOMException {
  return new DOMException(message, "AbortError");
}
