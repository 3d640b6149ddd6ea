import { attempt } from "../promises.ts";
import { runAsTask } from "../waits/context.ts";
import { Outcome } from "../waits/outcome.ts";
import type { Description, Resource } from "../waits/registry.ts";
import { isEcho } from "./failures.ts";

/** What a task is given: its name, and the signal that tells it to stop. */
export interface TaskContext {
  readonly name: string;
  /** Aborts when the task is no longer wanted; its reason says why. Pass it on to everything that can wait. */
  readonly signal: AbortSignal;
}

/** How a task stands. `aborted`: it was told to stop, and stopped for that reason. */
export type TaskStatus = "running" | "succeeded" | "failed" | "aborted";

/**
 * A running function that belongs to a scope. To await it gives its result; if it fails, its error. Nobody needs to
 * await it: the scope waits for it, and reports its error.
 */
export interface Task<T> extends PromiseLike<T> {
  readonly name: string;
  readonly status: TaskStatus;
  /** Tells this task alone to stop. If it does, the scope is not failed by that. */
  abort(reason?: unknown): void;
}

/** Called once when a task has ended; with a failure, unless it only followed an abort. */
export type Ended = (task: RunningTask<unknown>, failure?: { readonly error: unknown }) => void;

export class RunningTask<T> implements Task<T>, Resource {
  readonly kind = "task";
  readonly name: string;
  status: TaskStatus = "running";
  readonly #controller = new AbortController();
  readonly #outcome: Outcome<T>;

  constructor(name: string, fn: (task: TaskContext) => T | PromiseLike<T>, ended: Ended) {
    this.name = name;
    const result = runAsTask(name, () => attempt(() => fn({ name, signal: this.#controller.signal })));
    result.then(
      () => {
        this.status = "succeeded";
        ended(this);
      },
      (error: unknown) => {
        const { signal } = this.#controller;
        const followed = signal.aborted && isEcho(error, signal.reason);
        this.status = followed ? "aborted" : "failed";
        ended(this, followed ? undefined : { error });
      },
    );
    this.#outcome = new Outcome(this, result);
  }

  abort(reason?: unknown): void {
    if (this.status === "running") this.#controller.abort(reason);
  }

  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#outcome.then(onFulfilled, onRejected);
  }

  describe(): Description {
    return { state: this.status, awaits: "it to end" };
  }
}
