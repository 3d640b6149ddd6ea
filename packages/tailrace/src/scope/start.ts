import { NotReadyError } from "../errors.ts";
import { quiet } from "../promises.ts";
import { enter, leave, WaitRecord } from "../waits/registry.ts";
import type { Description } from "../waits/registry.ts";
import { Context, RunningTask } from "./task.ts";
import type { TaskContext, TaskOwner, TaskStatus } from "./task.ts";

/** What a task is given that somebody waits for until it is ready. */
export interface StartContext<Value = void> extends TaskContext {
  /**
   * Says that the task is ready, and gives the value to whoever waits for that. Later calls do nothing, as those of a
   * promise's `resolve`.
   */
  readonly ready: (value: Value) => void;
}

/** A task that somebody waits for until it calls `ready`. */
export class StartedTask<Value> extends RunningTask<unknown> {
  /** Its rejection counts as handled: if the task failed, the scope says so as well. */
  readonly readiness: Promise<Value>;
  readonly #wait: WaitRecord = new WaitRecord("start", this);
  #resolve!: (value: Value) => void;
  #reject!: (error: NotReadyError) => void;
  #settled = false;

  constructor(owner: TaskOwner, called: string | number, daemon: boolean) {
    super(owner, called, daemon);
    this.readiness = quiet(
      new Promise((resolve, reject) => {
        this.#resolve = resolve;
        this.#reject = reject;
      }),
    );
  }

  override run(fn: (task: never) => unknown): void {
    super.run(fn);
    if (!this.#settled) enter(this.#wait);
  }

  /** Nobody can await it: who started it only waits for this. */
  override describe(): Description {
    return { state: this.status, awaits: "it to call ready" };
  }

  ready(value: Value): void {
    this.#settled = true;
    leave(this.#wait);
    this.#resolve(value); // without effect if it is ready, or has ended
  }

  protected override context(): StartContext<Value> {
    return new ReadyContext(this);
  }

  protected override end(status: TaskStatus, result: unknown): void {
    super.end(status, result);
    if (this.#settled) return;
    this.#settled = true;
    const error = this.#notReady();
    leave(this.#wait, error);
    this.#reject(error);
  }

  #notReady(): NotReadyError {
    const waiter = this.#wait.task === undefined ? "" : `task ${JSON.stringify(this.#wait.task)}: `;
    const place = `${waiter}start on task ${JSON.stringify(this.name)}`;
    if (this.status === "succeeded") return new NotReadyError(`${place}: it ended without having called ready`);
    const how = this.status === "aborted" ? "was aborted" : "failed";
    const cause = this.result;
    const why = cause instanceof Error ? cause.message : String(cause);
    return new NotReadyError(`${place}: it ${how} before it called ready: ${why}`, { cause });
  }
}

class ReadyContext<Value> extends Context implements StartContext<Value> {
  readonly ready: (value: Value) => void;

  constructor(task: StartedTask<Value>) {
    super(task);
    this.ready = (value) => {
      task.ready(value);
    };
  }
}
