import { options as optionsOf } from "../arguments.ts";
import { rejected } from "../promises.ts";
import { startLimits } from "../waits/limits.ts";
import type { WaitOptions } from "../waits/limits.ts";
import type { Description, Resource } from "../waits/registry.ts";
import { Waiter, WaiterQueue } from "../waits/waiter.ts";
import { settle, waitForEnd } from "./closers.ts";
import { LaneClosedError } from "./errors.ts";
import { Heap } from "./heap.ts";
import type { Listed } from "./heap.ts";
import { LaneQueue } from "./lane-queue.ts";
import type { Lane, LaneOptions } from "./lane.ts";
import { memberOf } from "./member.ts";
import { outletOf } from "./outlet.ts";
import type { Outlet, OutletEvents } from "./outlet.ts";
import { kernelOutlet } from "./outlets/kernel.ts";
import type { Kernel } from "./outlets/kernel.ts";
import type { Account } from "./policy.ts";
import type { Runner } from "./runner.ts";
import type { LimitName, WriteSink, WriteSinkOptions, WriteSinkStats } from "./sink.ts";
import { after } from "./states.ts";
import type { SinkState, Trigger } from "./states.ts";

/** Why a sink takes no more lanes that has come to a good end. */
const CLOSED = "the sink is closed";

/** A sink and its state. It is in the list of the runner as long as it is pending: nothing else puts it there. */
export class ScheduledSink implements WriteSink, Listed, OutletEvents, Resource {
  readonly kind = "sink";
  readonly name: string;
  readonly weight: number;
  readonly priority: number;
  readonly target: unknown;
  limitName: LimitName;
  account!: Account;
  /** Those that have chunks. */
  readonly ready: Heap<LaneQueue> = new Heap<LaneQueue>();
  readonly lanes: Set<LaneQueue> = new Set<LaneQueue>();
  index = -1;
  round = 0;
  rank = 0;
  order = 0;
  state: SinkState = "idle";
  readonly #runner: Runner;
  readonly #outlet: Outlet;
  /** The last run in which its turn came; what was written in it, and what may be. */
  #run = -1;
  #written = 0;
  #limit = 0;
  #isCorked = false;
  /** Set once it takes no more lanes. */
  #end: { readonly error: unknown; readonly why: string } | undefined;
  /** Whether nothing is written any more. */
  #isReleased = false;
  readonly #closers = new WaiterQueue<Waiter<void>>();
  #chunks = 0;
  #bytes = 0;
  #services = 0;

  constructor(runner: Runner, target: unknown, options: WriteSinkOptions | undefined, limitName: LimitName) {
    const { name, weight, priority } = memberOf("sink", optionsOf("options", options));
    this.name = name;
    this.weight = weight;
    this.priority = priority;
    this.target = target;
    this.limitName = limitName;
    this.#runner = runner;
    const outlet = outletOf(target, this);
    this.#outlet = limitName === "kernel" ? kernelOutlet(outlet, this.#kernel(), this) : outlet;
    runner.open(this);
    this.#await();
  }

  get closed(): boolean {
    return this.#end !== undefined;
  }

  get usualQueue(): number {
    return this.#outlet.usualQueue;
  }

  /** Whether more can be written to it in this run. */
  get isWritable(): boolean {
    return !this.#isReleased && this.#written < this.#limit && this.#outlet.isWritable;
  }

  get stats(): WriteSinkStats {
    let queued = 0;
    for (const lane of this.ready) queued += lane.queued;
    return {
      state: this.state,
      chunks: this.#chunks,
      bytes: this.#bytes,
      queued,
      services: this.#services,
      lanes: this.lanes.size,
      limit: this.limitName,
    };
  }

  lane(options?: LaneOptions): Lane<never> {
    const lane = new LaneQueue(this, options);
    if (this.#end !== undefined) throw this.#closedError(`lane ${JSON.stringify(lane.name)} of`);
    lane.account = this.#runner.accountOfLane(lane, this);
    this.lanes.add(lane);
    return lane;
  }

  close(wait?: WaitOptions): Promise<void> {
    try {
      const limits = startLimits(wait);
      this.#end ??= { error: undefined, why: CLOSED };
      for (const lane of this.lanes) lane.seal(this.#end.why);
      if (this.lanes.size === 0) this.#release(this.#end.why, undefined);
      if (this.#isReleased) {
        if (this.#end.why !== CLOSED) throw this.#closedError("close on");
        return Promise.resolve();
      }
      return waitForEnd(this, this.#closers, limits);
    } catch (error) {
      return rejected(error);
    }
  }

  abort(reason: unknown = new Error("the sink was given up")): void {
    this.#release("the sink was given up", reason);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  onWritable(): void {
    if (!this.#isReleased && this.#outlet.isWritable) this.fire("wants-writes");
  }

  onClosed(error: unknown): void {
    this.#release(
      error === undefined ? "the stream of the sink has ended" : "the stream of the sink has failed",
      error,
    );
  }

  /** An empty chunk counts, too: else a lane would take any number of them, and they would always be the ones to go next. */
  sizeOf(chunk: unknown): number {
    return Math.max(1, this.#outlet.sizeOf(chunk));
  }

  /** Something happens to it. That may bring something else about at once, so the state is changed first. */
  fire(trigger: Trigger): void {
    const before = this.state;
    const state = after(before, trigger);
    if (state === before) return;
    this.state = state;
    if (state === "pending") this.#runner.add(this);
    else if (before === "pending") this.#runner.remove(this);
    this.#runner.publish(() => ({ type: "state", sink: this.name, from: before, to: state }));
    if (this.state === "waiting-to-write") this.#await(); // who was told may have changed it
  }

  /** A lane has something to write that had nothing. */
  list(lane: LaneQueue): void {
    lane.rank = lane.account.enter(this.#runner.now);
    this.ready.add(lane);
    if (this.state === "pending") this.#runner.rerank(this);
    else this.fire("has-chunks");
  }

  /** A lane has come to its end. */
  remove(lane: LaneQueue): void {
    this.ready.remove(lane);
    this.lanes.delete(lane);
    if (this.index !== -1) this.#runner.rerank(this);
    if (this.#end !== undefined && this.lanes.size === 0) this.#release(this.#end.why, undefined);
  }

  /** Its turn in a run: one lane writes so many bytes. */
  serve(run: number, quantum: number, now: number): void {
    const outlet = this.#outlet;
    if (this.#run !== run) this.#begin(run);
    const lane = this.ready.first;
    if (lane === undefined) this.fire("ran-dry");
    else if (!outlet.isWritable) this.fire("refuses-writes");
    else if (this.#written < this.#limit) this.#write(lane, quantum, now);
    if (this.index === -1) return;
    this.round = this.#written < this.#limit ? run : run + 1;
    this.#runner.rerank(this);
  }

  write(chunk: unknown, size: number): void {
    this.#written += size;
    this.#bytes += size;
    this.#chunks++;
    try {
      this.#outlet.write(chunk, size);
    } catch (error) {
      this.onClosed(error);
    }
  }

  uncork(): void {
    this.#isCorked = false;
    try {
      this.#outlet.uncork();
    } catch (error) {
      this.onClosed(error);
    }
  }

  describe(): Description {
    const { queued, lanes } = this.stats;
    const state = `${lanes.toString()} lanes, ${queued.toString()} queued`;
    return { state, awaits: "its chunks to be written", remark: this.remark(), figures: { lanes, queued } };
  }

  /** Why those wait who wait for room. */
  remark(): string {
    return this.state === "waiting-to-write"
      ? "its sink takes no more: whoever reads it is slow"
      : `its sink is ${this.state}`;
  }

  #kernel(): Kernel {
    const runner = this.#runner;
    return {
      ask: () => runner.askKernel(this),
      get factor() {
        return runner.settings.socketBufferFactor;
      },
    };
  }

  /** Nobody may be about to tell what is so already: it can be written to (Tor's ticket 24554), or is over (23676). */
  #await(): void {
    const outlet = this.#outlet;
    if (outlet.isWritable) this.fire("wants-writes");
    else if (outlet.isClosed) this.onClosed(outlet.error);
    else outlet.await();
  }

  #begin(run: number): void {
    this.#run = run;
    this.#written = 0;
    this.#limit = Math.max(1, this.#outlet.room);
  }

  #write(lane: LaneQueue, quantum: number, now: number): void {
    const runner = this.#runner;
    if (!this.#isCorked) {
      this.#cork();
      if (!this.isWritable) return; // that may call back, too
    }
    this.#services++;
    const bytes = lane.serve(quantum);
    runner.bytes += bytes;
    // From here on anything may be otherwise: whatever is written to may call back.
    const rank = lane.account.served(bytes, now);
    if (lane.index !== -1) {
      lane.rank = rank;
      if (lane.isEmpty) this.ready.remove(lane);
      else this.ready.move(lane);
    }
    if (this.#isReleased) return;
    runner.charge(this, bytes, now);
    if (this.ready.size === 0) this.fire("ran-dry");
    if (!this.#outlet.isWritable) this.fire("refuses-writes");
  }

  #cork(): void {
    this.#isCorked = true;
    this.#runner.corked.push(this);
    try {
      this.#outlet.cork();
    } catch (error) {
      this.onClosed(error);
    }
  }

  #release(why: string, error: unknown): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    if (error !== undefined || this.lanes.size > 0) this.#end = { error, why };
    else this.#end ??= { error, why };
    this.fire("released");
    this.#outlet.detach();
    for (const lane of this.lanes) lane.end(why, error);
    this.#runner.forget(this, error);
    const { why: reason } = this.#end;
    settle(this.#closers, (waiter) => {
      if (reason === CLOSED) waiter.resolve();
      else waiter.abandon(this.#closedError("close on"));
    });
  }

  #closedError(what: string): LaneClosedError {
    const cause: unknown = this.#end?.error;
    const message = `${what} sink ${JSON.stringify(this.name)}: ${this.#end?.why ?? "it is closed"}`;
    return new LaneClosedError(message, cause === undefined ? undefined : { cause });
  }
}
