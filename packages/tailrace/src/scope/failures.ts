/** The errors of things that fail together: the first one decides, later ones are kept unless they only repeat it. */
export class Failures {
  readonly #all = new Set<unknown>();

  get any(): boolean {
    return this.#all.size > 0;
  }

  /** Keeps an error, and returns whether it is the first. */
  add(error: unknown): boolean {
    if (!this.any) return this.#all.add(error).size === 1;
    if (!isEcho(error, this.#first())) this.#all.add(error);
    return false;
  }

  /** What to reject with: the only error itself, or all of them in an AggregateError; its cause is the first. */
  toError(place: string): unknown {
    const first = this.#first();
    if (this.#all.size === 1) return first;
    const cause = first instanceof Error ? first.message : String(first);
    const message = `${place}: ${this.#all.size.toString()} failures, first: ${cause}`;
    return new AggregateError(this.#all, message, { cause: first });
  }

  #first(): unknown {
    const [first] = this.#all;
    return first;
  }
}

/** Whether an error only says that work was aborted for that reason, which is then the error that matters. */
export function isEcho(error: unknown, reason: unknown): boolean {
  if (error instanceof Error && error.name === "AbortError") return true;
  let link = error;
  for (let depth = 0; depth < 8; depth++) {
    if (link === reason) return true;
    if (!(link instanceof Error) || link.cause === undefined) return false;
    link = link.cause;
  }
  return false;
}
