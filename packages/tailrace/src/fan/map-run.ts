import { END, ENDED } from "../channel/end.ts";
import { Ring } from "../channel/ring.ts";
import { pause, paced } from "../pace.ts";
import { rejected } from "../promises.ts";
import { Failures, isEcho } from "../scope/failures.ts";
import { abortError, Stoppable } from "../scope/stoppable.ts";
import { onAbort } from "../waits/abort.ts";
import { enter, leave, WaitRecord } from "../waits/registry.ts";
import type { Description, Resource } from "../waits/registry.ts";
import { Waiter, WaiterQueue } from "../waits/waiter.ts";
import type { MapTask } from "./map.ts";
import { isPromiseLike } from "./source.ts";
import type { Inflow } from "./source.ts";

export interface MapPlan<T> {
  readonly name: string;
  readonly inflow: Inflow<T>;
  readonly fn: (item: T, task: MapTask) => unknown;
  readonly concurrency: number;
  readonly ordered: boolean;
  /** Results that may be ready before they are asked for. */
  readonly ahead: number;
  readonly signal: AbortSignal | undefined;
}

type Step<Result> = IteratorResult<Result, undefined>;

/** Stands in the place of a result that is not there yet. */
const MISSING: unique symbol = Symbol("missing");

/**
 * Workers that share a source: each takes an item when it has done with the one before. One that finds nothing to take
 * now retires; whoever makes a difference hires anew.
 */
export class MapRun<T, Result> extends Stoppable implements AsyncIterator<Result, undefined>, Resource {
  readonly kind = "map";
  readonly name: string;
  readonly #plan: MapPlan<T>;
  /** Items that were read and whose results were not taken, at most. */
  readonly #bound: number;
  readonly #failures = new Failures();
  /** Results in the order in which they are given: missing ones have their place if that is the order of the items. */
  readonly #ready = new Ring<Result | typeof MISSING>();
  /** All results, where nobody takes them one by one. */
  #all: Result[] | undefined;
  readonly #readers = new WaiterQueue<Waiter<Step<Result>>>();
  readonly #full = new WaitRecord("work", this);
  readonly #stopping = new WaitRecord("stop", this);
  #state: "new" | "running" | "ended" | "stopped" = "new";
  #workers = 0;
  #read = 0;
  #taken = 0;
  /** Whether a pull is under way: a source need not answer two at a time. */
  #pulling = false;
  /** Whether the source has ended, failed or was closed. */
  #closed = false;
  #unwatch: (() => void) | undefined;
  #finished = false;
  #finish!: () => void;
  readonly #end: Promise<void>;

  constructor(plan: MapPlan<T>) {
    super();
    this.name = plan.name;
    this.#plan = plan;
    this.#bound = plan.concurrency + plan.ahead;
    this.#end = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  /** All results in an array. */
  async collect(): Promise<Result[]> {
    const all: Result[] = [];
    this.#all = all;
    this.#start();
    await this.#end;
    if (this.#failures.any) throw this.#error();
    return all;
  }

  next(): Promise<Step<Result>> {
    this.#start();
    const result = this.#take();
    if (result !== MISSING) return paced({ value: result, done: false });
    if (this.#finished) return this.#failures.any ? rejected(this.#error()) : ENDED;
    const reader = new Waiter<Step<Result>>("next", this);
    this.#readers.add(reader);
    return reader.promise;
  }

  async return(): Promise<Step<Result>> {
    if (this.#state === "new") this.#state = "running";
    this.#ready.clear();
    this.#stop(abortError(`map ${JSON.stringify(this.name)}: the results are not wanted any more`));
    await this.#end;
    if (this.#failures.any) throw this.#error();
    return END;
  }

  describe(record: WaitRecord): Description {
    const { concurrency } = this.#plan;
    const state = `${this.#workers.toString()} of ${concurrency.toString()} at work`;
    const figures = { capacity: concurrency, held: this.#workers };
    if (record === this.#full) {
      return { state, awaits: "its results to be taken", remark: "as many as may be are ready", figures };
    }
    if (record === this.#stopping) return { state, awaits: "its source to close and its calls to end", figures };
    return { state, awaits: "the next result", figures, idle: true };
  }

  #start(): void {
    if (this.#state !== "new") return;
    this.#state = "running";
    const { signal } = this.#plan;
    if (signal !== undefined) {
      this.#unwatch = onAbort(signal, (reason) => {
        this.#fail(reason);
      });
    }
    this.#hire();
  }

  #hire(): void {
    while (this.#workers < this.#plan.concurrency && this.#mayPull()) {
      this.#workers++;
      void this.#work();
    }
  }

  #mayPull(): boolean {
    return this.#state === "running" && !this.#pulling && this.#read - this.#taken < this.#bound;
  }

  async #work(): Promise<void> {
    const { inflow, fn, ordered } = this.#plan;
    let pulling = false;
    try {
      while (this.#mayPull()) {
        pulling = this.#pulling = true;
        const pulled = inflow.pull();
        const late = isPromiseLike(pulled);
        const step = late ? await pulled : pulled;
        pulling = this.#pulling = false;
        if (this.#state !== "running") break;
        if (step.done === true) {
          this.#state = "ended";
          this.#closed = true;
          break;
        }
        const index = this.#read++;
        if (ordered && this.#all === undefined) this.#ready.push(MISSING);
        const result = fn(step.value, new Task(this, index));
        if (late) this.#hire();
        this.#put(index, (await result) as Result);
        const turn = pause();
        if (turn !== undefined) await turn;
      }
    } catch (error) {
      if (pulling) this.#closed = true; // what the source fails with is its end
      this.#fail(error);
    }
    this.#workers--;
    if (this.#state === "running" && this.#read - this.#taken >= this.#bound) enter(this.#full);
    this.#check();
  }

  #put(index: number, result: Result): void {
    if (this.#state === "stopped") return;
    if (this.#all !== undefined) {
      if (this.#plan.ordered) this.#all[index] = result;
      else this.#all.push(result);
      return;
    }
    if (this.#plan.ordered) this.#ready.set(index - this.#taken, result);
    else this.#ready.push(result);
    for (let reader = this.#readers.first; reader !== undefined; reader = this.#readers.first) {
      const next = this.#take();
      if (next === MISSING) return;
      reader.resolve({ value: next, done: false });
    }
  }

  #take(): Result | typeof MISSING {
    if (this.#ready.size === 0 || this.#ready.first === MISSING) return MISSING;
    const result = this.#ready.shift();
    this.#taken++;
    leave(this.#full);
    this.#hire();
    return result;
  }

  #fail(error: unknown): void {
    if (this.#finished) return;
    // What was told to stop may say so.
    if (this.#state === "stopped" && isEcho(error, this.reason)) return;
    this.#failures.add(error);
    this.#ready.clear();
    this.#stop(error);
  }

  #stop(reason: unknown): void {
    if (this.#state === "stopped" || this.#finished) return;
    this.#state = "stopped";
    leave(this.#full);
    enter(this.#stopping);
    this.stop(reason);
    if (this.#closed) {
      this.#check();
      return;
    }
    const closed = (): void => {
      this.#closed = true;
      this.#check();
    };
    const failed = (error: unknown): void => {
      this.#failures.add(error);
      closed();
    };
    this.#plan.inflow.close().then(closed, failed);
  }

  /** It is over when nothing is read any more and nobody works. */
  #check(): void {
    if (!this.#closed || this.#workers > 0 || this.#finished) return;
    this.#finished = true;
    leave(this.#stopping);
    this.#unwatch?.();
    this.#finish();
    for (let reader = this.#readers.first; reader !== undefined; reader = this.#readers.first) {
      if (this.#failures.any) reader.abandon(this.#error());
      else reader.resolve(END);
    }
  }

  #error(): unknown {
    return this.#failures.toError(`map ${JSON.stringify(this.name)}`);
  }
}

class Task implements MapTask {
  readonly index: number;
  private readonly run: { readonly signal: AbortSignal };

  constructor(run: { readonly signal: AbortSignal }, index: number) {
    this.run = run;
    this.index = index;
  }

  get signal(): AbortSignal {
    return this.run.signal;
  }
}
