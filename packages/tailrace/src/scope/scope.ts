import { abortSignal, callable, options as optionsOf, text } from "../arguments.ts";
import { ScopeEndedError } from "../errors.ts";
import { unwatchAbort, watchAbort } from "../waits/abort.ts";
import type { Abortable } from "../waits/abort.ts";
import { enter, leave, WaitRecord } from "../waits/registry.ts";
import type { Description, Resource } from "../waits/registry.ts";
import { Failures } from "./failures.ts";
import { RunningTask } from "./task.ts";
import type { Task, TaskContext } from "./task.ts";

/** Options of `scope`. */
export interface ScopeOptions {
  /** Name in reports and errors. Default: `scope-1`, `scope-2`, … */
  readonly name?: string | undefined;
  /** Aborts the scope: all its tasks are told to stop, and it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of `Scope.spawn`. */
export interface SpawnOptions {
  /** Name in reports and errors. Default: the name of the function, or `task-1`, `task-2`, … */
  readonly name?: string | undefined;
}

/** The place in which tasks live: none of them outlives it. */
export interface Scope {
  readonly name: string;
  /** Aborts when the scope does: by its first failure, whose error is the reason, by `abort`, or from outside. */
  readonly signal: AbortSignal;
  /**
   * Starts a task: the function runs at once, up to its first await. In a scope that has aborted it does not run, and
   * the task is `aborted`.
   * @throws {ScopeEndedError} if the scope has ended
   */
  spawn<T>(fn: (task: TaskContext) => T | PromiseLike<T>, options?: SpawnOptions): Task<T>;
  /** Tells all tasks to stop. That alone is no failure: background tasks are ended so when their work is done. */
  abort(reason?: unknown): void;
}

/**
 * Runs a function that may start tasks, and waits for all of them before it settles.
 *
 * The first failure, of the function or of a task, aborts everything else with that very error as `signal.reason`.
 * When all have ended, the scope rejects with it; if others failed in another way, with an `AggregateError` that
 * begins with it and has it as `cause`. Errors that only repeat the reason of the abort do not count. No rejection is
 * left unhandled.
 *
 * @example
 * ```ts
 * import { scope } from "tailrace";
 *
 * const pages = await scope(async (s) => {
 *   const first = s.spawn(({ signal }) => fetch("https://example.com/a", { signal }));
 *   const second = s.spawn(({ signal }) => fetch("https://example.com/b", { signal }));
 *   return [await first, await second];
 * });
 * console.log(pages.map((page) => page.status));
 * ```
 * @returns what the function returns, once all tasks have ended
 */
export async function scope<T>(fn: (s: Scope) => T | PromiseLike<T>, options?: ScopeOptions): Promise<T> {
  callable("fn", fn);
  const given = optionsOf("options", options);
  const name = given.name === undefined ? `scope-${(++unnamed).toString()}` : text("name", given.name);
  const signal = given.signal === undefined ? undefined : abortSignal("signal", given.signal);
  signal?.throwIfAborted();
  const tasks = new TaskScope(name);
  if (signal !== undefined) watchAbort(signal, tasks);
  try {
    return await tasks.run(fn);
  } finally {
    if (signal !== undefined) unwatchAbort(signal, tasks);
  }
}

let unnamed = 0;

class TaskScope implements Scope, Resource, Abortable {
  readonly kind = "scope";
  readonly name: string;
  readonly #controller = new AbortController();
  readonly #running = new Set<RunningTask<unknown>>();
  readonly #failures = new Failures();
  #spawned = 0;
  #ended = false;
  #allEnded: (() => void) | undefined;

  constructor(name: string) {
    this.name = name;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  async run<T>(fn: (s: Scope) => T | PromiseLike<T>): Promise<T> {
    try {
      const value = await fn(this);
      await this.#join();
      if (!this.#failures.any) return value;
    } catch (error) {
      this.abandon(error);
      await this.#join();
    } finally {
      this.#ended = true;
    }
    throw this.#failures.toError(`scope ${JSON.stringify(this.name)}`);
  }

  spawn<T>(fn: (task: TaskContext) => T | PromiseLike<T>, options?: SpawnOptions): Task<T> {
    callable("fn", fn);
    const given = optionsOf("options", options);
    const number = ++this.#spawned;
    const name = given.name === undefined ? fn.name || `task-${number.toString()}` : text("name", given.name);
    if (this.#ended) {
      const task = `task ${JSON.stringify(name)}`;
      throw new ScopeEndedError(`${task}: scope ${JSON.stringify(this.name)} has ended and would not wait for it`);
    }
    const { signal } = this;
    const task = new RunningTask<T>(
      name,
      signal.aborted ? () => Promise.reject(signal.reason as Error) : fn,
      (ended, failure) => {
        this.#running.delete(ended);
        if (failure !== undefined) this.abandon(failure.error);
        if (this.#running.size === 0) this.#allEnded?.();
      },
    );
    this.#running.add(task);
    if (signal.aborted) task.abort(signal.reason);
    return task;
  }

  abort(reason?: unknown): void {
    if (this.signal.aborted) return;
    this.#controller.abort(reason);
    for (const task of this.#running) task.abort(this.signal.reason);
  }

  /** A failure from inside, or the abort of the outer signal: both fail the scope. */
  abandon(reason: unknown): void {
    if (this.#failures.add(reason)) this.abort(reason);
  }

  describe(): Description {
    const names = Array.from(this.#running, (task) => JSON.stringify(task.name));
    return { state: `running: ${names.join(", ")}`, awaits: "its tasks to end" };
  }

  /** Waits until no task runs. Tasks may still spawn others meanwhile. */
  async #join(): Promise<void> {
    const wait = new WaitRecord("leave", this);
    while (this.#running.size > 0) {
      enter(wait);
      await new Promise<void>((resolve) => {
        this.#allEnded = resolve;
      });
    }
    leave(wait);
  }
}
