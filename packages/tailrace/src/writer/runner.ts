// The runs: in each, those sinks that are pending take turns, one lane of one sink at a time. Whose turn it is is decided
// as late as can be, when something can be written.
import { macrotask } from "../pace.ts";
import { detached } from "../waits/context.ts";
import { schedulerBug } from "./check.ts";
import type { WriterEvent } from "./events.ts";
import { Heap } from "./heap.ts";
import type { TcpInfo } from "./kernel.ts";
import type { LaneQueue } from "./lane-queue.ts";
import type { Account, Member, Policy } from "./policy.ts";
import type { ScheduledSink } from "./scheduled-sink.ts";

/** A run ends after so many turns, or so many milliseconds, and lets others use the event loop. */
const MOST_SERVICES = 1000;
const SLICE = 5;

/** The clock is read every so many turns. */
const STRIDE = 16;

/** What can be changed while it runs. */
export interface Settings {
  readonly policy: Policy;
  /** Milliseconds. */
  readonly interval: number;
  /** Bytes. */
  readonly quantum: number;
  readonly socketBufferFactor: number;
}

export class Runner {
  readonly sinks: Set<ScheduledSink> = new Set<ScheduledSink>();
  /** Those that are pending. */
  readonly pending: Heap<ScheduledSink> = new Heap<ScheduledSink>();
  /** Those that were written to in this run. */
  corked: ScheduledSink[] = [];
  /** Written in this run. */
  bytes = 0;
  /** Reading of `performance.now()`, in a run of some moments ago. */
  #now = 0;
  #settings: Settings;
  readonly #tcpInfo: ((socket: unknown) => TcpInfo | undefined) | undefined;
  /** Tells those who listen, if there are any. */
  readonly publish: (event: () => WriterEvent) => void;
  /** How lanes of all sinks get accounts, where they are compared with each other; and how sinks get theirs. */
  #open!: (member: Member) => Account;
  /** How lanes of a sink get accounts, where they are not. */
  #openOf = new WeakMap<ScheduledSink, (member: Member) => Account>();
  #runs = 0;
  #services = 0;
  #totalBytes = 0;
  #isRunning = false;
  #endedAt = -Infinity;
  /** Whether a run comes as soon as the event loop turns; else the timer that brings it. */
  #isComing = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    settings: Settings,
    tcpInfo: ((socket: unknown) => TcpInfo | undefined) | undefined,
    publish: (event: () => WriterEvent) => void,
  ) {
    this.#settings = settings;
    this.#tcpInfo = tcpInfo;
    this.publish = publish;
    this.#open = settings.policy.group();
  }

  get settings(): Settings {
    return this.#settings;
  }

  get totals(): { readonly runs: number; readonly services: number; readonly bytes: number } {
    return { runs: this.#runs, services: this.#services, bytes: this.#totalBytes };
  }

  get now(): number {
    return this.#isRunning ? this.#now : performance.now();
  }

  /** From here on they are used. With another policy everybody begins anew. */
  configure(settings: Settings): void {
    const isOther = settings.policy !== this.#settings.policy;
    this.#settings = settings;
    if (isOther) {
      this.#open = settings.policy.group();
      this.#openOf = new WeakMap();
      for (const sink of this.sinks) this.#reopen(sink);
      this.publish(() => ({ type: "switched", policy: settings.policy.name }));
    }
    this.#disarm(); // it may have been too early
    if (this.pending.size > 0) this.#arm();
  }

  accountOfLane(lane: LaneQueue, sink: ScheduledSink): Account {
    const { policy } = this.#settings;
    if (policy.sinks === "by-lane") return this.#open(lane);
    let open = this.#openOf.get(sink);
    if (open === undefined) this.#openOf.set(sink, (open = policy.group()));
    return open(lane);
  }

  open(sink: ScheduledSink): void {
    this.sinks.add(sink);
    if (this.#settings.policy.sinks === "by-account") sink.account = this.#open(sink);
  }

  forget(sink: ScheduledSink, error: unknown): void {
    this.sinks.delete(sink);
    this.publish(() => ({ type: "closed", sink: sink.name, ...(error === undefined ? undefined : { error }) }));
  }

  /** It is pending. */
  add(sink: ScheduledSink): void {
    if (sink.index !== -1) throw schedulerBug(sink, "became pending, and is in the list of pending sinks already");
    sink.round = Math.max(sink.round, this.#isRunning ? this.#runs : this.#runs + 1);
    sink.rank = this.#settings.policy.sinks === "by-lane" ? bestRank(sink) : sink.account.enter(this.now);
    this.pending.add(sink);
    this.#arm();
  }

  /** It is pending no more. */
  remove(sink: ScheduledSink): void {
    if (sink.index === -1) throw schedulerBug(sink, "was pending, and is not in the list of pending sinks");
    this.pending.remove(sink);
  }

  /** Its best lane has changed, or its turn is over. */
  rerank(sink: ScheduledSink): void {
    if (this.#settings.policy.sinks === "by-lane") sink.rank = bestRank(sink);
    this.pending.move(sink);
  }

  /** So much was written to it. */
  charge(sink: ScheduledSink, bytes: number, now: number): void {
    if (this.#settings.policy.sinks === "by-account") sink.rank = sink.account.served(bytes, now);
  }

  /** What the kernel says about a sink. If it can not be asked, it is not asked again. */
  askKernel(sink: ScheduledSink): TcpInfo | undefined {
    if (sink.limitName === "watermark") return undefined;
    try {
      return this.#tcpInfo?.(sink.target);
    } catch (error) {
      sink.limitName = "watermark";
      this.publish(() => ({ type: "limit", sink: sink.name, limit: "watermark", error }));
      return undefined;
    }
  }

  /** A run comes, but not sooner after the last one than the interval says. */
  #arm(): void {
    if (this.#isRunning || this.#isComing) return;
    const { interval } = this.#settings;
    const wait = interval === 0 ? 0 : interval - Math.max(0, performance.now() - this.#endedAt);
    if (wait <= 0) {
      this.#disarm();
      this.#isComing = true;
      detached(() => {
        macrotask(this.#run);
      });
    } else this.#timer ??= detached(() => setTimeout(this.#run, Math.ceil(wait)));
  }

  #disarm(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  readonly #run = (): void => {
    this.#disarm();
    this.#isComing = false;
    this.#isRunning = true;
    const run = ++this.#runs;
    const began = (this.#now = performance.now());
    let services = 0;
    this.bytes = 0;
    try {
      for (let sink = this.pending.first; sink !== undefined && sink.round <= run; sink = this.pending.first) {
        if (services > 0 && services % STRIDE === 0) this.#now = performance.now();
        if (services === MOST_SERVICES || this.#now - began > SLICE) break;
        services++;
        sink.serve(run, this.#settings.quantum, this.#now);
      }
    } finally {
      this.#uncork();
      this.#isRunning = false;
      this.#services += services;
      this.#totalBytes += this.bytes;
      this.#endedAt = performance.now();
      if (this.pending.size > 0) this.#arm(); // they have got what they may have in one run, or it was cut
    }
    this.publish(() => ({ type: "run", services, bytes: this.bytes, duration: this.#endedAt - began }));
  };

  #uncork(): void {
    const { corked } = this;
    this.corked = [];
    for (const sink of corked) sink.uncork();
  }

  #reopen(sink: ScheduledSink): void {
    const { now } = this;
    this.open(sink);
    for (const lane of sink.lanes) {
      lane.account = this.accountOfLane(lane, sink);
      if (lane.index === -1) continue;
      lane.rank = lane.account.enter(now);
      sink.ready.move(lane);
    }
    if (sink.index === -1) return;
    if (this.#settings.policy.sinks === "by-account") sink.rank = sink.account.enter(now);
    this.rerank(sink);
  }
}

function bestRank(sink: ScheduledSink): number {
  return sink.ready.first?.rank ?? Infinity;
}
