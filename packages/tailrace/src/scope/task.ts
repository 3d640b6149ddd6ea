import { pause, paced } from "../pace.ts";
import { rejected } from "../promises.ts";
import { currentContext, runIn } from "../waits/context.ts";
import type { Hold, Party, Context as WaitContext } from "../waits/context.ts";
import { beginning, publishTaskEnd, runPublished, taskBegin, taskEnd } from "../waits/events.ts";
import { Outcome } from "../waits/outcome.ts";
import type { Description, Resource } from "../waits/registry.ts";
import type { Settles } from "../waits/waiter.ts";
import { isEcho } from "./failures.ts";
import { abortError, Stoppable } from "./stoppable.ts";

/**
 * What a task is given: its name, and the signal that tells it to stop. The signal is made when it is first read, so
 * take it from here by name: `{ ...task }` would not copy it.
 */
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
 *
 * With `await using`, a task lives no longer than the block: at its end it is told to stop, and is waited for. How it
 * ends does not matter there: an error other than that it was told to stop still fails the scope.
 */
export interface Task<T> extends PromiseLike<T>, AsyncDisposable {
  readonly name: string;
  readonly status: TaskStatus;
  /** Tells this task alone to stop. If it does, the scope is not failed by that. Default of the reason: `AbortError`. */
  abort(reason?: unknown): void;
}

/** Who waits for a task. */
export interface TaskOwner extends Party {
  /** The task has ended. If its status is `failed`, its result is the error. */
  onEnd(task: RunningTask<unknown>): void;
}

/** A task, its place among those of its scope, and how it ends. */
export class RunningTask<T> extends Stoppable implements Task<T>, Resource, Party, WaitContext {
  readonly kind = "task";
  readonly began: number = beginning(taskEnd);
  /** What the code holds that started it. */
  readonly held: Hold | undefined = currentContext()?.held;
  /** Whether it is only wanted as long as others run. */
  readonly daemon: boolean;
  status: TaskStatus = "running";
  /** What it has given; the error if it failed or was aborted. */
  result: unknown = undefined;
  before: RunningTask<unknown> | undefined = undefined;
  after: RunningTask<unknown> | undefined = undefined;
  private readonly owner: TaskOwner;
  private readonly called: string | number;
  // Only what somebody awaits needs a promise.
  private outcome: Outcome<T> | undefined = undefined;
  private awaited: Settles<T> | undefined = undefined;

  /** @param called its name, or its number among the tasks of its scope */
  constructor(owner: TaskOwner, called: string | number, daemon: boolean) {
    super();
    this.owner = owner;
    this.called = called;
    this.daemon = daemon;
  }

  /** Most names are never read. */
  get name(): string {
    return nameOfTask(this.called);
  }

  get party(): Party {
    return this;
  }

  get parent(): Party {
    return this.owner;
  }

  get over(): boolean {
    return this.status !== "running";
  }

  /** Calls the function; everything that it starts belongs to the task. */
  run(fn: (task: never) => unknown): void {
    runIn(this, live, this, fn as (task: TaskContext) => unknown);
  }

  /** Ends the task without having run it, because it is not wanted any more. */
  skip(reason: unknown): void {
    this.stop(reason);
    this.end("aborted", reason);
  }

  abort(reason?: unknown): void {
    if (this.status !== "running" || this.stoppedAt !== undefined) return;
    this.stop(reason === undefined ? abortError(`task ${JSON.stringify(this.name)} was aborted`) : reason);
  }

  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.outcome ??= new Outcome(this, this.promise());
    return this.outcome.then(onFulfilled, onRejected);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.status === "running") this.abort(abortError(`task ${JSON.stringify(this.name)} was disposed of`));
    await this.then(ignore, ignore);
  }

  describe(): Description {
    return { state: this.status, awaits: "it to end", idle: true };
  }

  *holders(): Iterable<Party> {
    yield this;
  }

  /** What the function is given. */
  protected context(): TaskContext {
    return new Context(this);
  }

  /** Tells everybody who awaits it. They go on before the owner finds that nothing runs, and may start tasks. */
  protected end(status: TaskStatus, result: unknown): void {
    this.status = status;
    this.result = result;
    if (status === "succeeded") this.awaited?.fulfil(result as T);
    else this.awaited?.refuse(result);
  }

  /** Calls the function, in the context of the task. */
  live(fn: (task: TaskContext) => unknown): void {
    let result: unknown;
    try {
      const context = this.context();
      result = taskBegin.hasSubscribers ? runPublished(this, fn, context) : fn(context);
    } catch (error) {
      result = rejected(error);
    }
    // An async function would take three times as long for this, most of it for the memory that it needs.
    Promise.resolve(result).then(
      (value) => {
        // Who awaits one task after the other must not shut the event loop.
        const turn = this.awaited === undefined ? undefined : pause();
        if (turn === undefined) this.finish("succeeded", value);
        else {
          void turn.then(() => {
            this.finish("succeeded", value);
          });
        }
      },
      (error: unknown) => {
        this.finish(this.stoppedAt !== undefined && isEcho(error, this.reason) ? "aborted" : "failed", error);
      },
    );
  }

  private finish(status: Exclude<TaskStatus, "running">, result: unknown): void {
    this.end(status, result);
    if (taskEnd.hasSubscribers) publishTaskEnd(this, status, status === "succeeded" ? undefined : result);
    this.owner.onEnd(this);
  }

  private promise(): Promise<T> {
    if (this.status === "succeeded") return paced(this.result as T);
    if (this.status !== "running") return rejected(this.result);
    return new Promise((resolve, reject) => {
      this.awaited = { fulfil: resolve, refuse: reject };
    });
  }
}

/** A task without a name of its own has the number in which it was started. */
export function nameOfTask(called: string | number): string {
  return typeof called === "string" ? called : `task-${called.toString()}`;
}

function live(task: RunningTask<unknown>, fn: (task: TaskContext) => unknown): void {
  task.live(fn);
}

/** Not the task itself: a function that hands its context on must not hand on something that can be awaited. */
export class Context implements TaskContext {
  readonly #task: RunningTask<unknown>;

  constructor(task: RunningTask<unknown>) {
    this.#task = task;
  }

  get name(): string {
    return this.#task.name;
  }

  get signal(): AbortSignal {
    return this.#task.signal;
  }
}

function ignore(): void {
  // How the task ended is for its scope to tell.
}
