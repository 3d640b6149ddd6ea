import { EarlyExitError, UnpolledSinkError } from "../errors.ts";
import type { SlowSinkError } from "../errors.ts";
import { pause } from "../pace.ts";
import { attempt, TICK } from "../promises.ts";
import { Failures, isEcho } from "../scope/failures.ts";
import type { TaskContext } from "../scope/task.ts";
import { onAbort } from "../waits/abort.ts";
import { runAs } from "../waits/context.ts";
import type { Party } from "../waits/context.ts";
import { publishTaskEnd, runPublished, taskBegin, taskEnd } from "../waits/events.ts";
import type { TaskEnd } from "../waits/events.ts";
import { LONGEST_TIMER } from "../waits/deadlines.ts";
import { closeGroup, openGroup } from "../waits/groups.ts";
import type { Group } from "../waits/groups.ts";
import { enter, leave, WaitRecord } from "../waits/registry.ts";
import type { Description, Resource } from "../waits/registry.ts";
import { Inbox } from "./inbox.ts";
import type { Observer } from "./inbox.ts";
import type { Deliver, Router } from "./route.ts";
import type { CheckedSink } from "./sink.ts";
import { Intake } from "./intake.ts";
import type { Obstacle } from "./intake.ts";
import { isPromiseLike } from "./source.ts";
import type { Inflow } from "./source.ts";

/** A fan-out whose arguments have been checked. */
export interface Plan {
  readonly name: string;
  readonly inflow: Inflow<unknown>;
  readonly sinks: readonly CheckedSink[];
  readonly onExit: "continue" | "stop" | "fail";
  readonly signal: AbortSignal | undefined;
  readonly grace: number;
  /** Whether items go to a sink that is idle, if there is one. */
  readonly toIdle: boolean;
  /** `room` resolves when a sink may have room; with false when no item can be handed over any more. */
  readonly router: (inboxes: readonly Inbox[], deliver: Deliver, room: () => Promise<boolean>) => Router;
}

/** One sink and what belongs to it. */
interface Runner {
  readonly sink: CheckedSink;
  readonly inbox: Inbox;
  readonly controller: AbortController;
  result: unknown;
}

/**
 * Runs sinks and moves items to them. What can happen (the source ends or fails, a sink asks, takes, leaves, ends or
 * is too slow, somebody aborts) is a method each. The fan-out is over when the source is closed and no sink runs.
 */
export class Engine implements Observer, Resource, Group {
  readonly kind = "fan-out";
  readonly name: string;
  readonly source: Intake;
  readonly inboxes: readonly Inbox[];
  readonly #plan: Plan;
  readonly #runners: readonly Runner[];
  readonly #route: Router;
  /**
   * Whether it matters if the sinks have run since the last item: one that was not let run is neither slow nor busy.
   */
  readonly #takesTurns: boolean;
  readonly #failures = new Failures();
  readonly #finish = new WaitRecord("finish", this);
  readonly #timers: ReturnType<typeof setTimeout>[] = [];
  readonly #over: Promise<void>;
  #settle!: () => void;
  #settled = false;
  #running = 0;
  /** Sinks that have not left yet. */
  #taking: number;
  /** Nothing is pulled or handed over any more. */
  #stopped = false;
  #closing = false;
  #closed = false;
  /** Sinks that have to ask before the source is pulled. */
  #unready = 0;
  /** Sinks that the item in hand is owed to. */
  #owing = 0;
  #wantsRoom = false;
  /** Lets the pump go on. */
  #wake: (() => void) | undefined;

  constructor(plan: Plan) {
    this.name = plan.name;
    this.source = new Intake(plan.name, plan.inflow, () => this.#obstacle());
    this.#plan = plan;
    this.#taking = plan.sinks.length;
    this.#takesTurns = plan.toIdle || plan.sinks.some(({ slow }) => typeof slow === "string" && slow !== "wait");
    this.#runners = plan.sinks.map((sink) => ({
      sink,
      inbox: new Inbox(plan.name, sink, this),
      controller: new AbortController(),
      result: undefined,
    }));
    this.inboxes = this.#runners.map((runner) => runner.inbox);
    this.#route = plan.router(this.inboxes, this.#deliver, () => this.#room());
    this.#over = new Promise((resolve) => {
      this.#settle = () => {
        this.#settled = true; // what fails from here on is too late
        resolve();
      };
    });
  }

  /** Runs everything to its end; returns the results of the sinks. */
  async run(): Promise<unknown[]> {
    const { signal } = this.#plan;
    const abort = (reason: unknown): void => {
      this.fail(reason);
    };
    const unwatch = signal === undefined ? undefined : onAbort(signal, abort);
    openGroup(this);
    for (const runner of this.#runners) this.#start(runner);
    void this.#pump();
    await this.#over;
    closeGroup(this);
    unwatch?.();
    this.#timers.forEach(clearTimeout);
    if (this.#failures.any) throw this.#failures.toError(`fan-out ${JSON.stringify(this.name)}`);
    return this.#runners.map((runner) => runner.result);
  }

  /** The first failure aborts everything with its error; later ones are kept. */
  fail(error: unknown): void {
    if (this.#settled || !this.#failures.add(error)) return;
    this.#stopped = true;
    this.#after(this.#plan.grace, this.#settle);
    for (const { inbox, controller } of this.#runners) {
      inbox.fail(error);
      controller.abort(error);
    }
    this.#wind();
  }

  // What the inboxes tell.

  onReady(): void {
    if (--this.#unready === 0) this.#wake?.();
  }

  onPaid(): void {
    if (--this.#owing === 0) this.#wake?.();
  }

  onRoom(): void {
    if (this.#wantsRoom) this.#wake?.();
  }

  onLeft(): void {
    if (--this.#taking === 0) this.#stop();
  }

  onSlow(error: SlowSinkError): void {
    this.fail(error);
  }

  onOverdue(inbox: Inbox, error: SlowSinkError): void {
    this.#end(inbox, "evicted", error);
    inbox.report.evicted = 1;
    inbox.fail(error);
    this.#runners.find((runner) => runner.inbox === inbox)?.controller.abort(error);
    this.onLeft();
    this.#check();
  }

  // The sinks.

  #start(runner: Runner): void {
    const { sink, inbox, controller } = runner;
    if (this.#failures.any && !sink.stream) {
      inbox.report.status = "aborted";
      return;
    }
    this.#running++;
    const task: TaskContext = { name: inbox.name, signal: controller.signal };
    const onFailure = (error: unknown): void => {
      if (task.signal.aborted) return;
      inbox.report.status = "failed";
      this.fail(error);
    };
    const run = (): Promise<unknown> =>
      runAs(inbox, () => attempt(() => sink.run(inbox.items, task, onFailure, inbox)));
    (taskBegin.hasSubscribers ? runPublished(inbox, run) : run()).then(
      (result) => {
        this.#ended(runner, result);
      },
      (error: unknown) => {
        this.#broke(runner, error);
      },
    );
  }

  #ended(runner: Runner, result: unknown): void {
    const { inbox } = runner;
    if (inbox.report.status === "evicted") return;
    runner.result = result;
    // A sink that could not ask, because everything was stopped before, has not forgotten to.
    const stopped = this.#failures.any || (this.#stopped && !this.source.ended);
    if (!inbox.asked && !stopped) {
      const name = JSON.stringify(inbox.name);
      const error = new UnpolledSinkError(inbox.name, `sink ${name} ended without ever asking for an item`);
      this.#end(inbox, "failed", error);
      this.fail(error);
    } else {
      this.#end(inbox, "succeeded");
      inbox.leave("returned");
      if (this.#plan.onExit === "stop") this.#stop();
      if (inbox.lost) this.#lostItem(inbox);
    }
    this.#check();
  }

  #broke({ inbox, controller: { signal } }: Runner, error: unknown): void {
    if (inbox.report.status === "evicted") return;
    const followed = signal.aborted && inbox.report.status !== "failed" && isEcho(error, signal.reason);
    this.#end(inbox, followed ? "aborted" : "failed", error);
    this.fail(error);
    this.#check();
  }

  /** A sink runs no more, or is not waited for any more. */
  #end(inbox: Inbox, status: TaskEnd["status"], error?: unknown): void {
    this.#running--;
    inbox.report.status = status;
    if (taskEnd.hasSubscribers) publishTaskEnd(inbox, status, error);
  }

  /** A sink that has returned did not get an item: that may be an error. */
  #lostItem(inbox: Inbox): void {
    if (this.#plan.onExit !== "fail" || this.#failures.any || inbox.report.status !== "succeeded") return;
    const name = JSON.stringify(inbox.name);
    this.fail(new EarlyExitError(inbox.name, `sink ${name} returned although there were more items for it`));
  }

  // The source and its items.

  async #pump(): Promise<void> {
    let reading = false;
    try {
      this.#unready = this.inboxes.filter((inbox) => inbox.mustAsk()).length;
      // Even if all have asked, the caller gets the fan-out in hand before its source is touched.
      await (this.#unready > 0 ? this.#wait() : undefined);
      for (let index = 0; this.#open(); index++) {
        reading = true;
        const pulled = this.source.pull();
        let step: IteratorResult<unknown, unknown>;
        if (isPromiseLike(pulled)) {
          enter(this.source.pulling);
          step = await pulled;
          leave(this.source.pulling);
        } else step = pulled;
        reading = false;
        if (!this.#open()) return;
        if (step.done === true) {
          this.source.ended = true;
          this.#stop();
          return;
        }
        const choice = this.#route(step.value, index);
        if (choice !== undefined) await choice;
        const turn = pause();
        if (turn !== undefined) await turn;
        if (this.#owing > 0) await this.#wait();
        else if (this.#takesTurns) await TICK;
      }
    } catch (error) {
      leave(this.source.pulling, error);
      if (!this.#open()) return;
      if (reading) this.source.ended = true;
      this.fail(error);
    }
  }

  /** Whether items are still wanted. */
  #open(): boolean {
    return !this.#stopped;
  }

  readonly #deliver: Deliver = (inbox, item) => {
    if (!inbox.offer(item)) this.#owing++;
    else if (inbox.lost) this.#lostItem(inbox);
  };

  /** Sleeps until one of the inboxes, or the end, wakes the pump. */
  #wait(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  async #room(): Promise<boolean> {
    if (this.#stopped) return false;
    this.#wantsRoom = true;
    await this.#wait();
    this.#wantsRoom = false;
    return !this.#stopped;
  }

  /** No more items come, because the source has ended or nobody wants more: the sinks get what is held for them. */
  #stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    for (const inbox of this.inboxes) inbox.end();
    this.#wind();
  }

  /** Begins the end: the source is closed, the sinks are waited for. */
  #wind(): void {
    leave(this.source.pulling);
    enter(this.#finish);
    this.#wake?.();
    if (this.#closing) return;
    this.#closing = true;
    const closed = (): void => {
      this.#closed = true;
      this.#check();
    };
    if (!this.source.ended) this.#after(this.#plan.grace, closed);
    const failed = (error: unknown): void => {
      this.fail(error);
    };
    void this.source.close().catch(failed).then(closed);
  }

  #check(): void {
    if (this.#running === 0) leave(this.#finish);
    if (this.#running === 0 && this.#closed) this.#settle();
  }

  #after(delay: number, callback: () => void): void {
    if (delay !== Infinity) this.#timers.push(setTimeout(callback, Math.min(delay, LONGEST_TIMER)));
  }

  parts(): Iterable<Party> {
    return this.inboxes.filter(({ over }) => !over);
  }

  holders(): Iterable<Party> {
    return this.parts();
  }

  describe(): Description {
    const names = Array.from(this.parts(), ({ name }) => JSON.stringify(name)).join(", ");
    return { state: `running: ${names}`, awaits: "its sinks to end", idle: true };
  }

  #obstacle(): Obstacle | undefined {
    const sinks = this.inboxes.filter((inbox) => inbox.holdsUp);
    if (this.#unready > 0) return { remark: "it is not read before every sink has asked", sinks };
    return this.#owing > 0 ? { remark: "it is not read before the last item has been taken", sinks } : undefined;
  }
}
