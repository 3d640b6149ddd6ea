import { count, options as optionsOf } from "../arguments.ts";
import { Ring } from "../channel/ring.ts";
import { pause } from "../pace.ts";
import { rejected } from "../promises.ts";
import { startLimits } from "../waits/limits.ts";
import type { WaitOptions } from "../waits/limits.ts";
import type { Description, Resource, WaitRecord } from "../waits/registry.ts";
import { Waiter, WaiterQueue } from "../waits/waiter.ts";
import { settle, waitForEnd } from "./closers.ts";
import { LaneClosedError } from "./errors.ts";
import type { Listed } from "./heap.ts";
import { streamOf, webStreamOf } from "./lane-streams.ts";
import type { Lane, LaneOptions, LaneStats } from "./lane.ts";
import { memberOf } from "./member.ts";
import type { Account } from "./policy.ts";
import type { ScheduledSink } from "./scheduled-sink.ts";
import type { Writable } from "node:stream";

const SENT = Promise.resolve();

/** Chunks of a turn at most: many small ones take long, and a run looks at the clock only between turns. */
const MOST_CHUNKS = 64;

/** A call of `send` that waits for room. */
class SendWaiter extends Waiter<void> {
  readonly lane: LaneQueue;
  readonly chunk: unknown;
  readonly size: number;

  constructor(lane: LaneQueue, chunk: unknown, size: number) {
    super("send", lane);
    this.lane = lane;
    this.chunk = chunk;
    this.size = size;
  }

  /** There may be room for those behind it. */
  override abandon(reason: unknown): void {
    super.abandon(reason);
    this.lane.admit();
  }
}

/** A lane: its chunks, and those who wait to send one. It is in the heap of its sink as long as it has chunks. */
export class LaneQueue implements Lane, Listed, Resource {
  readonly kind = "lane";
  readonly name: string;
  readonly weight: number;
  readonly priority: number;
  readonly maxQueued: number;
  readonly sink: ScheduledSink;
  account!: Account;
  index = -1;
  readonly round = 0;
  rank = 0;
  order = 0;
  /** Set once it takes nothing any more. It is good if what it has is written. */
  #end: { readonly why: string; readonly error: unknown; readonly isGood: boolean } | undefined;
  /** Whether nothing is in it, and nothing ever will be. */
  #isDone = false;
  #queued = 0;
  #chunks = 0;
  #bytes = 0;
  readonly #queue = new Ring<unknown>();
  /** What each of them counted as when it came: bytes that were transferred since have none. */
  readonly #sizes = new Ring<number>();
  readonly #waiters = new WaiterQueue<SendWaiter>();
  readonly #closers = new WaiterQueue<Waiter<void>>();

  constructor(sink: ScheduledSink, options: LaneOptions | undefined) {
    const given = optionsOf("options", options);
    const { name, weight, priority } = memberOf("lane", given);
    this.name = name;
    this.weight = weight;
    this.priority = priority;
    this.maxQueued = given.maxQueued === undefined ? sink.usualQueue : count("maxQueued", given.maxQueued, 1);
    this.sink = sink;
  }

  get closed(): boolean {
    return this.#end !== undefined;
  }

  get isEmpty(): boolean {
    return this.#queue.size === 0;
  }

  get queued(): number {
    return this.#queued;
  }

  get stats(): LaneStats {
    return { chunks: this.#chunks, bytes: this.#bytes, queued: this.#queued, waiting: this.#waiters.size };
  }

  send(chunk: unknown, wait?: WaitOptions): Promise<void> {
    try {
      const limits = startLimits(wait);
      const size = this.sink.sizeOf(chunk);
      if (this.#accept(chunk, size)) return pause() ?? SENT;
      if (this.#end !== undefined) throw this.#closedError("send");
      const waiter = new SendWaiter(this, chunk, size);
      waiter.limit(limits);
      this.#waiters.add(waiter);
      return waiter.promise;
    } catch (error) {
      return rejected(error);
    }
  }

  trySend(chunk: unknown): boolean {
    return this.#accept(chunk, this.sink.sizeOf(chunk));
  }

  close(wait?: WaitOptions): Promise<void> {
    try {
      const limits = startLimits(wait);
      this.seal("the lane is closed");
      if (this.#isDone) {
        if (this.#end?.isGood === false) throw this.#closedError("close");
        return SENT;
      }
      return waitForEnd(this, this.#closers, limits);
    } catch (error) {
      return rejected(error);
    }
  }

  abort(reason: unknown = new Error("the lane was given up")): void {
    this.end("the lane was given up", reason);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  writable(): Writable {
    return streamOf(this);
  }

  toWeb(): WritableStream {
    return webStreamOf(this);
  }

  /** It takes nothing any more, and is done when all that it has is written. */
  seal(why: string): void {
    if (this.#end !== undefined) return;
    this.#end = { why, error: undefined, isGood: true };
    settle(this.#waiters, (waiter) => {
      waiter.abandon(this.#closedError("send"));
    });
    if (this.isEmpty) this.#finish();
  }

  /** It takes nothing any more, and what is in it is lost. */
  end(why: string, error: unknown): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#end = { why, error, isGood: false };
    this.#queue.clear();
    this.#sizes.clear();
    this.#queued = 0;
    this.sink.remove(this);
    for (const waiters of [this.#waiters, this.#closers]) {
      settle(waiters, (waiter) => {
        waiter.abandon(this.#closedError(waiter.operation));
      });
    }
  }

  /**
   * Writes chunks, one at least, until so many bytes are out or the sink takes no more; says how many bytes. To write may
   * call anything back, this lane too.
   */
  serve(most: number): number {
    const { sink } = this;
    let served = 0;
    for (let left = MOST_CHUNKS; left > 0 && this.#queue.size > 0; left--) {
      const chunk = this.#queue.shift();
      const size = this.#sizes.shift();
      this.#queued -= size;
      this.#chunks++;
      this.#bytes += size;
      served += size;
      sink.write(chunk, size);
      if (served >= most || !sink.isWritable) break;
    }
    this.admit();
    if (this.#end !== undefined && this.isEmpty) this.#finish();
    return served;
  }

  /** Takes chunks of those who wait, as far as there is room. */
  admit(): void {
    for (let waiter = this.#waiters.first; waiter !== undefined; waiter = this.#waiters.first) {
      if (this.#end !== undefined || !this.#fits(waiter.size)) return;
      this.#add(waiter.chunk, waiter.size);
      waiter.resolve();
    }
  }

  describe({ operation }: WaitRecord): Description {
    const { maxQueued } = this;
    const queued = this.#queued;
    const state = `sink ${JSON.stringify(this.sink.name)}, ${queued.toString()} of ${maxQueued.toString()} queued`;
    const awaits = operation === "close" ? "its chunks to be written" : "room";
    return { state, awaits, remark: this.sink.remark(), figures: { maxQueued, queued } };
  }

  #accept(chunk: unknown, size: number): boolean {
    if (this.#end !== undefined || this.#waiters.first !== undefined || !this.#fits(size)) return false;
    this.#add(chunk, size);
    if (this.index === -1) this.sink.list(this);
    return true;
  }

  #fits(size: number): boolean {
    return this.#queue.size === 0 || this.#queued + size <= this.maxQueued;
  }

  #add(chunk: unknown, size: number): void {
    this.#queue.push(chunk);
    this.#sizes.push(size);
    this.#queued += size;
  }

  /** All is written. */
  #finish(): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.sink.remove(this);
    settle(this.#closers, (waiter) => {
      waiter.resolve();
    });
  }

  #closedError(operation: string): LaneClosedError {
    const where = `lane ${JSON.stringify(this.name)} of sink ${JSON.stringify(this.sink.name)}`;
    const error: unknown = this.#end?.error;
    const options = error === undefined ? undefined : { cause: error };
    return new LaneClosedError(`${operation} on ${where}: ${this.#end?.why ?? "it is closed"}`, options);
  }
}
