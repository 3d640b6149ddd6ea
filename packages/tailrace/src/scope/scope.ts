import { callable } from "../arguments.ts";
import { planOf } from "./options.ts";
import type { StartContext } from "./start.ts";
import { BlockScope, FUNCTION, TaskScope } from "./task-scope.ts";
import type { Task, TaskContext } from "./task.ts";

/** Options of a scope. */
export interface ScopeOptions {
  /** Name in reports and errors. Default: `scope-1`, `scope-2`, … */
  readonly name?: string | undefined;
  /**
   * Aborts the scope: all its tasks are told to stop, and it rejects with the signal's reason. With the signal of a
   * task, that task and the scope inside it stop together.
   */
  readonly signal?: AbortSignal | undefined;
  /**
   * Milliseconds after which the scope fails with a `TimeoutError` that names what still runs, and aborts it with that
   * error. The scope still waits until everything has ended. Default: no limit.
   */
  readonly timeout?: number | undefined;
  /**
   * Milliseconds that a task may take to stop when it was told to. One that takes longer is named in the report of what
   * waits, and waited for nevertheless. Default: 1000; with `Infinity` none is ever named.
   */
  readonly grace?: number | undefined;
}

/** Options of `Scope.spawn` and `Scope.start`. */
export interface SpawnOptions {
  /** Name in reports and errors. Default: the name of the function, or `task-1`, `task-2`, … */
  readonly name?: string | undefined;
  /**
   * Whether the task is only wanted as long as others run. When the scope's function and all other tasks have ended,
   * the daemons are told to stop, with an `AbortError` as reason, and waited for. To stop then is no failure; a failure
   * before, or in the clean-up, is one as any other. Default: false.
   */
  readonly daemon?: boolean | undefined;
}

/** The place in which tasks live: none of them outlives it. */
export interface Scope {
  readonly name: string;
  /**
   * Aborts when the scope does: by its first failure, whose error is the reason, by `abort`, by its time-out, or from
   * outside.
   */
  readonly signal: AbortSignal;
  /**
   * Starts a task: the function runs at once, up to its first await. In a scope that has aborted it does not run, and
   * the task is `aborted`.
   * @throws {ScopeEndedError} if the scope has ended
   */
  spawn<T>(fn: (task: TaskContext) => T | PromiseLike<T>, options?: SpawnOptions): Task<T>;
  /**
   * Starts a task and waits until it calls `ready`, with whose value it resolves; the task goes on. What the task
   * returns is not looked at.
   *
   * Rejects with a `NotReadyError` if the task ends before it is ready; if it failed, that is the `cause`, and fails the
   * scope as usual. Nobody needs to look at the promise. Rejects with a `ScopeEndedError` if the scope has ended.
   */
  start<Value = void>(fn: (task: StartContext<Value>) => unknown, options?: SpawnOptions): Promise<Value>;
  /**
   * Tells all tasks to stop. That alone is no failure: background tasks are ended so when their work is done.
   * Default of the reason: an `AbortError`.
   */
  abort(reason?: unknown): void;
}

/** A scope that is left by the end of the block in which it was opened. */
export interface OpenScope extends Scope, AsyncDisposable {
  /**
   * Waits for all tasks, as the end of the block does by itself. Rejects with what has failed, as `scope` does; when it
   * is called again, it only waits.
   */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Runs a function that may start tasks, and waits for all of them before it settles.
 *
 * The first failure, of the function or of a task, aborts everything else with that very error as `signal.reason`.
 * When all have ended, the scope rejects with it; if others failed in another way, with an `AggregateError` that
 * begins with it and has it as `cause`. Errors that only repeat the reason of the abort do not count. No rejection is
 * left unhandled.
 *
 * A task that does not stop when it is told to is never left behind: the scope waits, and `report()` names the task.
 *
 * @example
 * ```ts
 * import { scope } from "tailrace";
 *
 * const pages = await scope(
 *   async (s) => {
 *     const first = s.spawn(({ signal }) => fetch("https://example.com/a", { signal }));
 *     const second = s.spawn(({ signal }) => fetch("https://example.com/b", { signal }));
 *     return [await first, await second];
 *   },
 *   { name: "pages", timeout: 5000 },
 * );
 * console.log(pages.map((page) => page.status));
 * ```
 * @returns what the function returns, once all tasks have ended
 */
export async function scope<T>(fn: (s: Scope) => T | PromiseLike<T>, options?: ScopeOptions): Promise<T> {
  callable("fn", fn);
  return new TaskScope(planOf(options), FUNCTION).run(fn);
}

/**
 * A scope for a block: with `await using`, the end of the block waits for all tasks, and throws what has failed. The
 * first failure of a task aborts the others and `signal`.
 *
 * What the scope cannot know is that the block itself is left by an exception. It waits for its tasks then as well,
 * and tells nobody to stop: where tasks would go on for long, call `abort(error)` in a `catch`. An exception of the
 * block and a failure of a task come together as a `SuppressedError`, also if they are the same error because the block
 * awaited that task. `scope` has neither of these gaps.
 *
 * @example
 * ```ts
 * import { openScope } from "tailrace";
 *
 * async function mirror(path: string): Promise<void> {
 *   await using s = openScope({ name: "mirror" });
 *   try {
 *     const page = await fetch(`https://example.com${path}`, { signal: s.signal });
 *     const text = await page.text();
 *     for (const host of ["north", "south"]) {
 *       s.spawn(({ signal }) => fetch(`https://${host}.example.com${path}`, { method: "PUT", body: text, signal }));
 *     }
 *   } catch (error) {
 *     s.abort(error);
 *     throw error;
 *   }
 * } // waits for both
 * await mirror("/index.html");
 * ```
 * @throws {ArgumentError} if an option cannot be used; the reason of the signal if it has aborted already
 */
export function openScope(options?: ScopeOptions): OpenScope {
  return new BlockScope(planOf(options));
}
