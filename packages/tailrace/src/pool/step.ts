import type { LimitFunction } from "p-limit";
import { TimeoutError } from "../errors.ts";
import { attempt } from "../promises.ts";
import { startDeadline } from "../waits/deadlines.ts";
import type { Deadline, Expiring } from "../waits/deadlines.ts";

/** What a pool does with a slot: one function of its options each. */
export type Step = "clean" | "prepare" | "spawn" | "customize" | "check" | "reset" | "terminate";

/** What the functions of a pool are given. */
export interface StepContext {
  /** Number of the slot, from 1 to `max`: the same for all instances that have been in it, one after the other. */
  readonly slot: number;
  /** Aborts when the time for the step is over, or the pool closes. */
  readonly signal: AbortSignal;
  /**
   * To be called when the instance is of no use any more, because its process has ended or its connection was closed.
   * If it is ready another one takes its place at once; if it is leased, when it is given back.
   */
  readonly lost: (reason?: unknown) => void;
}

/** As much of a slot as is told. */
interface Place {
  readonly id: number;
  readonly name: string;
}

/** How steps are run in a pool. */
export interface StepRules {
  /** Lets so many of them run at a time. */
  readonly limited: LimitFunction | undefined;
  /** Milliseconds that each may take. */
  readonly timeouts: Readonly<Record<Step, number>>;
  /** Calls what users have given outside of whatever has caused it. */
  readonly outside: <R>(fn: () => R) => R;
  /** One that nobody waits for any more has begun, or has come to its end. */
  onAbandoned(change: 1 | -1): void;
}

/** A step that is under way. */
export interface Running {
  readonly step: Step;
  /** Reading of `performance.now()`; undefined while others have to end first. */
  readonly startedAt: number | undefined;
  /** Tells it to stop; whoever waits for it still does, if it has begun. */
  abort(reason: unknown): void;
  /** Nobody waits for it any more. */
  abandon(reason: unknown): void;
}

export class RunningStep<R> implements Running, Expiring {
  readonly step: Step;
  readonly slot: Place;
  readonly result: Promise<R>;
  startedAt: number | undefined;
  readonly #rules: StepRules;
  readonly #controller = new AbortController();
  #resolve!: (value: R) => void;
  #reject!: (reason: unknown) => void;
  #deadline: Deadline | undefined;
  #state: "running" | "settled" | "abandoned" = "running";

  constructor(slot: Place, step: Step, rules: StepRules) {
    this.slot = slot;
    this.step = step;
    this.#rules = rules;
    this.result = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** @param late gets what comes when nobody waits for it any more */
  start(fn: (context: StepContext) => R | PromiseLike<R>, lost: StepContext["lost"], late: (value: R) => void): void {
    const { limited } = this.#rules;
    if (limited === undefined) void this.#run(fn, lost, late);
    else void limited(() => this.#run(fn, lost, late));
  }

  abort(reason: unknown): void {
    if (this.startedAt === undefined) this.abandon(reason);
    else this.#controller.abort(reason);
  }

  abandon(reason: unknown): void {
    if (this.#state !== "running") return;
    this.#state = "abandoned";
    this.#deadline?.stop();
    this.#controller.abort(reason);
    if (this.startedAt !== undefined) this.#rules.onAbandoned(1);
    this.#reject(reason);
  }

  expire(timeout: number): void {
    const { name } = this.slot;
    this.abandon(new TimeoutError(`${this.step} of slot ${name} took longer than ${timeout.toString()} ms`));
  }

  /** Settles when the step, or the wait for it, is over. */
  async #run(
    fn: (context: StepContext) => R | PromiseLike<R>,
    lost: StepContext["lost"],
    late: (value: R) => void,
  ): Promise<void> {
    if (this.#state !== "running") return;
    this.startedAt = performance.now();
    const timeout = this.#rules.timeouts[this.step];
    if (timeout !== Infinity) this.#deadline = startDeadline(timeout, this);
    const context: StepContext = { slot: this.slot.id, signal: this.#controller.signal, lost };
    const given = attempt(() => this.#rules.outside(() => fn(context)));
    given.then(
      (value) => {
        if (this.#settles()) this.#resolve(value);
        else late(value);
      },
      (error: unknown) => {
        if (this.#settles()) this.#reject(error);
      },
    );
    await this.result.catch(() => undefined); // a permit is not kept by what nobody waits for
  }

  #settles(): boolean {
    if (this.#state === "abandoned") {
      this.#rules.onAbandoned(-1);
      return false;
    }
    this.#state = "settled";
    this.#deadline?.stop();
    return true;
  }
}

export function ignore(): void {
  // nothing is to be done
}
