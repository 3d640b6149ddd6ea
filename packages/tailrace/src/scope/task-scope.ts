import { callable, options as optionsOf, text, wrongType } from "../arguments.ts";
import { ScopeEndedError, TimeoutError } from "../errors.ts";
import { pause } from "../pace.ts";
import { rejected, TICK } from "../promises.ts";
import { unwatchAbort, watchAbort } from "../waits/abort.ts";
import type { Abortable } from "../waits/abort.ts";
import { currentParty } from "../waits/context.ts";
import type { Party } from "../waits/context.ts";
import { startDeadline } from "../waits/deadlines.ts";
import type { Deadline, Expiring } from "../waits/deadlines.ts";
import { beginning, publishTaskBegin, publishTaskEnd, runPublished, taskBegin, taskEnd } from "../waits/events.ts";
import { closeGroup, openGroup } from "../waits/groups.ts";
import type { Group } from "../waits/groups.ts";
import { enter, leave, markSite, WaitRecord } from "../waits/registry.ts";
import type { Description, Resource } from "../waits/registry.ts";
import { place } from "../waits/report.ts";
import { Failures, isEcho } from "./failures.ts";
import type { Plan } from "./options.ts";
import type { OpenScope, Scope, SpawnOptions } from "./scope.ts";
import { StartedTask } from "./start.ts";
import type { StartContext } from "./start.ts";
import { abortError, Stoppable } from "./stoppable.ts";
import { TaskList } from "./task-list.ts";
import { nameOfTask, RunningTask } from "./task.ts";
import type { Task, TaskContext, TaskOwner } from "./task.ts";

const NO_OPTIONS: SpawnOptions = {};

/**
 * Runs tasks and waits for them. What can happen (a task ends, the body ends, somebody aborts, the time is over) is a
 * method each. The scope has ended when its body has and no task runs.
 */
export class TaskScope extends Stoppable implements Scope, Resource, Group, Abortable, Expiring, TaskOwner {
  readonly kind = "scope";
  readonly began: number = beginning(taskEnd);
  readonly parent: Party | undefined = currentParty();
  readonly name: string;
  readonly #plan: Plan;
  readonly #running = new TaskList();
  readonly #failures = new Failures();
  readonly #leaving = new WaitRecord("leave", this);
  /** What the code is called that starts tasks; undefined once it has come to its end. */
  #body: string | undefined;
  #deadline: Deadline | undefined;
  #spawned = 0;
  #ended = false;
  /** Daemons that run. */
  #daemons = 0;
  /** Those of them that have not been told that nobody needs them any more. */
  #needed: Set<RunningTask<unknown>> | undefined;
  /** Lets `leave` go on. */
  #wake: (() => void) | undefined;

  /** @throws the reason of the plan's signal if it has aborted */
  constructor(plan: Plan, body: string) {
    super();
    this.name = plan.name;
    this.#plan = plan;
    this.#body = body;
    markSite(this.#leaving);
    if (plan.signal !== undefined) {
      plan.signal.throwIfAborted();
      watchAbort(plan.signal, this);
    }
    if (plan.timeout !== Infinity) this.#deadline = startDeadline(plan.timeout, this);
  }

  async run<T>(fn: (s: Scope) => T | PromiseLike<T>): Promise<T> {
    let value: T | undefined;
    try {
      value = await (taskBegin.hasSubscribers ? runPublished(this, fn, this) : fn(this));
    } catch (error) {
      this.abandon(error);
    }
    await this.leave();
    return value as T;
  }

  /** Waits until no task runs, and throws what has failed. Tasks may still spawn others meanwhile. */
  async leave(): Promise<void> {
    this.#body = undefined;
    for (;;) {
      // Who awaits a task goes on some microtasks after its end, and may start others, for which daemons are needed.
      for (let tick = 0; tick < 3 && this.#idle(); tick++) await TICK;
      if (this.#running.size === 0) break;
      if (this.#unneeded()) this.#dismiss();
      enter(this.#leaving);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const error = this.#failures.any ? this.#failures.toError(`scope ${JSON.stringify(this.name)}`) : undefined;
    leave(this.#leaving, error);
    this.#dropLimits();
    this.#ended = true;
    if (taskEnd.hasSubscribers) this.#publishEnd(error);
    const turn = pause();
    if (turn !== undefined) await turn; // who leaves one scope after the other must not shut the event loop
    if (this.#failures.any) throw error;
  }

  spawn<T>(fn: (task: TaskContext) => T | PromiseLike<T>, options?: SpawnOptions): Task<T> {
    const { called, daemon } = this.#check(fn, options);
    return this.#launch(new RunningTask<T>(this, called, daemon), fn);
  }

  start<Value = void>(fn: (task: StartContext<Value>) => unknown, options?: SpawnOptions): Promise<Value> {
    try {
      const { called, daemon } = this.#check(fn, options);
      return this.#launch(new StartedTask<Value>(this, called, daemon), fn).readiness;
    } catch (error) {
      return rejected(error);
    }
  }

  abort(reason?: unknown): void {
    if (this.stoppedAt !== undefined) return;
    this.stop(reason === undefined ? abortError(`scope ${JSON.stringify(this.name)} was aborted`) : reason);
    for (let task = this.#running.first; task !== undefined; task = task.after) task.abort(this.reason);
  }

  /** A failure from inside, the abort of the outer signal, or the end of the time: they all fail the scope. */
  abandon(reason: unknown): void {
    if (!this.#failures.add(reason)) return;
    this.#dropLimits(); // what fails first decides
    if (this.#body === FUNCTION) enter(this.#leaving);
    this.abort(reason);
  }

  /** What was wanted is there: the tasks are told to stop, and neither signal nor time-out matters any more. */
  conclude(reason: unknown): void {
    this.#dropLimits();
    this.abort(reason);
  }

  expire(timeout: number): void {
    const { state = "" } = this.describe();
    const where = place(this.kind, this.name);
    this.abandon(new TimeoutError(`${where} timed out after ${timeout.toString()} ms; still ${state}`));
  }

  onEnd(task: RunningTask<unknown>): void {
    this.#running.remove(task);
    if (this.#running.size === 0) closeGroup(this);
    if (task.daemon) {
      this.#daemons--;
      this.#needed?.delete(task);
    }
    if (task.status === "failed") this.abandon(task.result);
    if (this.#idle()) this.#wake?.();
  }

  get over(): boolean {
    return this.#ended;
  }

  parts(): Iterable<Party> {
    return this.#running;
  }

  holders(): Iterable<Party> {
    return this.#running;
  }

  describe(): Description {
    const tasks = this.#running.print((task) => JSON.stringify(task.name));
    const running = [this.#body, tasks].filter((part) => part !== undefined && part !== "").join(", ");
    const awaits = this.#body === undefined ? "its tasks to end" : "its function and its tasks to end";
    const late = this.#late();
    const state = `running: ${running}`;
    return late === "" ? { state, awaits, idle: true } : { state, awaits, remark: `not stopped: ${late}` };
  }

  /** What a task is called, by its name or its number, and whether it is a daemon. */
  #check(
    fn: unknown,
    options: SpawnOptions | undefined,
  ): { readonly called: string | number; readonly daemon: boolean } {
    callable("fn", fn);
    const number = ++this.#spawned;
    const given = options === undefined ? NO_OPTIONS : optionsOf("options", options);
    const daemon: unknown = given.daemon ?? false;
    if (typeof daemon !== "boolean") throw wrongType("daemon", daemon, "a boolean");
    const name = given.name === undefined ? (fn as () => unknown).name : text("name", given.name);
    const called = name === "" ? number : name;
    if (!this.#ended) return { called, daemon };
    const task = place("task", nameOfTask(called));
    throw new ScopeEndedError(`${task}: ${place(this.kind, this.name)} has ended and would not wait for it`);
  }

  #launch<Launched extends RunningTask<unknown>>(task: Launched, fn: (task: never) => unknown): Launched {
    if (this.stoppedAt !== undefined) {
      task.skip(this.reason);
      return task;
    }
    if (this.#running.size === 0) openGroup(this);
    this.#running.add(task);
    if (task.daemon) {
      this.#daemons++;
      (this.#needed ??= new Set()).add(task);
      if (this.#unneeded()) this.#wake?.();
    }
    task.run(fn);
    return task;
  }

  /** Whether daemons run for nobody any more, and do not know it. */
  #unneeded(): boolean {
    return this.#body === undefined && this.#daemons === this.#running.size && (this.#needed?.size ?? 0) > 0;
  }

  /** Whether it is time to end, or to tell the daemons to, unless somebody starts a task now. */
  #idle(): boolean {
    return this.#spawned > 0 && (this.#running.size === 0 || this.#unneeded());
  }

  #dismiss(): void {
    const reason = abortError(`scope ${JSON.stringify(this.name)}: all other tasks have ended`);
    for (const task of this.#needed ?? []) task.abort(reason);
    this.#needed = undefined;
  }

  #publishEnd(error: unknown): void {
    const { signal } = this.#plan;
    const aborted = signal?.aborted === true && isEcho(error, signal.reason);
    publishTaskEnd(this, !this.#failures.any ? "succeeded" : aborted ? "aborted" : "failed", error);
  }

  #dropLimits(): void {
    if (this.#plan.signal !== undefined) unwatchAbort(this.#plan.signal, this);
    this.#deadline?.stop();
  }

  /** The tasks that were told to stop and have had time enough for it. */
  #late(): string {
    const now = performance.now();
    return this.#running.print(({ name, stoppedAt = Infinity }) => {
      const late = now - stoppedAt;
      if (late < this.#plan.grace) return undefined;
      return `${JSON.stringify(name)} (told to stop ${(late / 1000).toFixed(1)} s ago)`;
    });
  }
}

/** What a scope calls its body, if that is a function, or a block. */
export const FUNCTION = "its function";
const BLOCK = "its block";

/** A scope that is left by the end of a block. */
export class BlockScope extends TaskScope implements OpenScope {
  #left: Promise<void> | undefined;

  constructor(plan: Plan) {
    super(plan, BLOCK);
    if (taskBegin.hasSubscribers) publishTaskBegin(this);
  }

  /** Only the first call tells what has failed: the end of the block would repeat it, wrapped in itself. */
  [Symbol.asyncDispose](): Promise<void> {
    if (this.#left !== undefined) return this.#left.catch(() => undefined);
    this.#left = this.leave();
    return this.#left;
  }
}
