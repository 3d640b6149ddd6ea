import { END, ENDED } from "../channel/end.ts";
import { Ring } from "../channel/ring.ts";
import { paced } from "../pace.ts";
import { rejected } from "../promises.ts";
import { Failures } from "../scope/failures.ts";
import { onAbort } from "../waits/abort.ts";
import { enter, leave, WaitRecord } from "../waits/registry.ts";
import type { Description, Resource } from "../waits/registry.ts";
import { Waiter, WaiterQueue } from "../waits/waiter.ts";
import type { SourceReport } from "./fan-in.ts";
import { isPromiseLike } from "./source.ts";
import type { Inflow } from "./source.ts";

/** A source whose arguments have been checked. */
export interface Lane {
  /** Its key, if its items are given with it. */
  readonly key: string | undefined;
  readonly name: string;
  /** Whether its failure is one of everything. */
  readonly fails: boolean;
  readonly inflow: Inflow<unknown>;
}

type Step = IteratorResult<unknown, undefined>;

/** Lanes of which each has one item in the queue, or a pull under way: so they take turns when all have items. */
export class Merge implements AsyncIterator<unknown, undefined>, Resource {
  readonly kind = "fan-in";
  readonly name: string;
  readonly reports: readonly SourceReport[];
  readonly #lanes: readonly RunningLane[];
  readonly #signal: AbortSignal | undefined;
  readonly #ready = new Ring<{ readonly lane: RunningLane; readonly item: unknown }>();
  readonly #readers = new WaiterQueue<Waiter<Step>>();
  readonly #failures = new Failures();
  readonly #closing = new WaitRecord("close", this);
  #state: "new" | "running" | "closing" | "over" = "new";
  #unwatch: (() => void) | undefined;
  /** Lanes that may still give something. */
  #open: number;
  #ended!: () => void;
  readonly #end: Promise<void>;

  constructor(name: string, lanes: readonly Lane[], signal: AbortSignal | undefined) {
    this.name = name;
    this.#lanes = lanes.map((lane) => new RunningLane(lane, this));
    this.reports = this.#lanes.map((lane) => lane.report);
    this.#open = lanes.length;
    this.#signal = signal;
    this.#end = new Promise((resolve) => {
      this.#ended = resolve;
    });
  }

  next(): Promise<Step> {
    if (this.#state === "new") this.#start();
    if (this.#ready.size > 0) return paced(this.#take());
    if (this.#state === "over") return this.#failures.any ? rejected(this.#error()) : ENDED;
    const reader = new Waiter<Step>("next", this);
    this.#readers.add(reader);
    return reader.promise;
  }

  async return(): Promise<Step> {
    this.#close();
    await this.#end;
    if (this.#failures.any) throw this.#error();
    return END;
  }

  /** An item has come; its lane has none other. */
  arrive(lane: RunningLane, item: unknown): void {
    if (this.#state !== "running") return;
    this.#ready.push({ lane, item });
    const reader = this.#readers.first;
    if (reader !== undefined) reader.resolve(this.#take());
  }

  /** A lane gives nothing more. */
  leave(): void {
    if (--this.#open === 0 && this.#state === "running") this.#finish();
  }

  fail(error: unknown): void {
    if (this.#state === "over") return;
    this.#failures.add(error);
    this.#close();
  }

  describe(record: WaitRecord): Description {
    const open = this.#lanes.filter(({ report }) => report.status === "open");
    const names = open.map(({ report }) => JSON.stringify(report.name)).join(", ");
    const state = `${open.length.toString()} of ${this.#lanes.length.toString()} sources open`;
    if (record === this.#closing) return { state, awaits: "its sources to close" };
    return { state, awaits: `an item of ${names}`, idle: true };
  }

  #start(): void {
    this.#state = "running";
    if (this.#signal !== undefined) {
      this.#unwatch = onAbort(this.#signal, (reason) => {
        this.fail(reason);
      });
    }
    for (const lane of this.#lanes) lane.pull();
  }

  #take(): Step {
    const { lane, item } = this.#ready.shift();
    lane.report.delivered++;
    lane.pull();
    return { value: lane.key === undefined ? item : [lane.key, item], done: false };
  }

  /** Closes all lanes, and is over when they have cleaned up. */
  #close(): void {
    if (this.#state === "closing" || this.#state === "over") return;
    this.#state = "closing";
    enter(this.#closing);
    this.#ready.clear();
    const closings = this.#lanes.map((lane) => lane.close());
    void Promise.all(closings).then(() => {
      this.#finish();
    });
  }

  #finish(): void {
    this.#state = "over";
    leave(this.#closing);
    this.#unwatch?.();
    this.#ended();
    for (let reader = this.#readers.first; reader !== undefined; reader = this.#readers.first) {
      if (this.#failures.any) reader.abandon(this.#error());
      else reader.resolve(END);
    }
  }

  #error(): unknown {
    return this.#failures.toError(`fan-in ${JSON.stringify(this.name)}`);
  }
}

/** A lane that is being read. */
class RunningLane {
  readonly key: string | undefined;
  readonly report: { -readonly [Figure in keyof SourceReport]: SourceReport[Figure] };
  readonly #lane: Lane;
  readonly #merge: Merge;

  constructor(lane: Lane, merge: Merge) {
    this.key = lane.key;
    this.report = { name: lane.name, status: "open", delivered: 0 };
    this.#lane = lane;
    this.#merge = merge;
  }

  /** Asks for the next item. */
  pull(): void {
    if (this.report.status !== "open") return;
    try {
      const step = this.#lane.inflow.pull();
      if (isPromiseLike(step)) step.then(this.#arrived, this.#failed);
      else this.#arrived(step);
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Gives up what is left. A failure to do so is one of everything. */
  async close(): Promise<void> {
    if (this.report.status !== "open") return;
    this.report.status = "closed";
    try {
      await this.#lane.inflow.close();
    } catch (error) {
      this.#merge.fail(error);
    }
  }

  readonly #arrived = (step: IteratorResult<unknown, unknown>): void => {
    if (this.report.status !== "open") return;
    if (step.done !== true) {
      this.#merge.arrive(this, step.value);
      return;
    }
    this.report.status = "ended";
    this.#merge.leave();
  };

  readonly #failed = (error: unknown): void => {
    if (this.report.status !== "open") return;
    this.report.status = "failed";
    this.report.error = error;
    if (this.#lane.fails) this.#merge.fail(error);
    this.#merge.leave();
  };
}
