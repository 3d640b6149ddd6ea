import { END, ENDED } from "../channel/end.ts";
import { Ring } from "../channel/ring.ts";
import { Waiter, WaiterQueue } from "../waits/waiter.ts";
import { EarlyExitError } from "../errors.ts";
import type { SlowSinkError } from "../errors.ts";
import { paced } from "../pace.ts";
import { quiet, rejected } from "../promises.ts";
import { LONGEST_TIMER } from "../waits/deadlines.ts";
import { currentParty } from "../waits/context.ts";
import type { Party } from "../waits/context.ts";
import { beginning, taskEnd } from "../waits/events.ts";
import { enter, leave, isWaiting, WaitRecord } from "../waits/registry.ts";
import type { Description, Resource } from "../waits/registry.ts";
import { slowSink } from "./sink.ts";
import type { CheckedSink, SinkReport } from "./sink.ts";

/** What an inbox tells the fan-out. */
export interface Observer {
  /** What the sink waits for when there is no item for it. */
  readonly source: Resource;
  /** A sink that the source had to wait for has asked for its first item, or never will. */
  onReady(): void;
  /** An owed item has been taken, or is not wanted any more. */
  onPaid(): void;
  /** There may be room for an item. */
  onRoom(): void;
  /** The sink takes no more items. */
  onLeft(): void;
  /** The sink did not keep up, and its policy is to fail. */
  onSlow(error: SlowSinkError): void;
  /** The sink did not keep up for too long: it has to go. */
  onOverdue(inbox: Inbox, error: SlowSinkError): void;
}

type Step = IteratorResult<unknown, undefined>;

/**
 * The items on their way to one sink: a buffer with a policy, over which the sink iterates. An item comes in by
 * `offer`. If it has to wait for room it is owed: one item at most is, and it counts as being handed over, not as held.
 */
export class Inbox implements Resource, Party {
  readonly kind = "sink";
  readonly began: number = beginning(taskEnd);
  readonly parent: Party | undefined = currentParty();
  readonly name: string;
  readonly report: { -readonly [Figure in keyof SinkReport]: SinkReport[Figure] };
  /** Whether the sink has ever asked for an item. */
  asked = false;
  /** `ended`: what is held are the last items; `left`: the sink takes no more; `failed`: it gets an error instead. */
  state: "open" | "ended" | "left" | "failed" = "open";
  /** Whether an item was lost because the sink had left. */
  lost = false;
  readonly #fan: string;
  readonly #sink: CheckedSink;
  readonly #observer: Observer;
  readonly #held = new Ring<unknown>();
  readonly #readers = new WaiterQueue<Waiter<Step>>();
  readonly #start = new WaitRecord("start", this);
  readonly #handOver = new WaitRecord("send", this);
  #owed: unknown;
  #error: { readonly reason: unknown } | undefined;
  #deadline = Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(fan: string, sink: CheckedSink, observer: Observer) {
    this.name = sink.name;
    this.report = { name: sink.name, status: "starting", delivered: 0, dropped: 0, evicted: 0, lag: 0, maxLag: 0 };
    this.#fan = fan;
    this.#sink = sink;
    this.#observer = observer;
  }

  /** Whether the source has to wait until the sink asks; `onReady` follows if so. */
  mustAsk(): boolean {
    const { slow } = this.#sink;
    if (this.asked || this.state !== "open" || (slow !== "wait" && typeof slow !== "object")) return false;
    enter(this.#start);
    this.#setDeadline();
    return true;
  }

  /** How much is held for the sink; less than nothing while it waits for an item. */
  get load(): number {
    return this.#readers.first === undefined ? this.#held.size : -1;
  }

  get hasRoom(): boolean {
    return this.state === "open" && (this.#readers.first !== undefined || this.#held.size < this.#sink.capacity);
  }

  /** Whether the sink has ended. */
  get over(): boolean {
    return this.report.status !== "starting" && this.report.status !== "running";
  }

  /** Whether the source waits for it. */
  get holdsUp(): boolean {
    return isWaiting(this.#start) || this.#owes;
  }

  /** Brings an item. If it returns false, the item is owed, and `onPaid` follows. */
  offer(item: unknown): boolean {
    if (this.state !== "open") {
      this.report.dropped++;
      this.lost = true;
      return true;
    }
    const reader = this.#readers.first;
    if (reader !== undefined) {
      this.report.delivered++;
      reader.resolve({ value: item, done: false });
      return true;
    }
    if (this.#held.size >= this.#sink.capacity) return this.#overflow(item);
    this.#hold(item);
    return true;
  }

  /** What the sink gets: an iterator that can be used once. */
  readonly items: AsyncIterableIterator<unknown, undefined> = {
    next: () => this.#next(),
    return: () => {
      this.leave();
      return ENDED;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };

  #next(): Promise<Step> {
    if (!this.asked) this.#ask();
    if (this.#held.size > 0 || this.#owes) return paced({ value: this.#take(), done: false });
    if (this.#error !== undefined) return quiet(rejected(this.#error.reason));
    if (this.state !== "open") return ENDED;
    const reader = new Waiter<Step>("next", this.#observer.source, this);
    this.#readers.add(reader);
    this.#observer.onRoom();
    return reader.promise;
  }

  /** No more items come. */
  end(): void {
    if (this.state !== "open") return;
    this.state = "ended";
    this.#finishReaders(); // they only wait while there is nothing left to take
  }

  /**
   * The sink takes no more items: what is held for it is dropped. If it has returned, but has left somebody behind who
   * still asks for items, a request body say, then for them this is not the end but an error: they have not seen all.
   */
  leave(returned?: "returned"): void {
    if (this.state === "left" || this.state === "failed") return;
    this.lost = this.#held.size > 0 || this.#owes;
    const early = this.lost || this.state === "open";
    this.state = "left";
    this.#clear();
    if (early && returned !== undefined) {
      const message = `sink ${JSON.stringify(this.name)} has returned and gets no more items`;
      this.#refuse(new EarlyExitError(this.name, message));
    } else this.#finishReaders();
    this.#observer.onLeft();
  }

  /** From now on the sink gets an error instead of items. */
  fail(error: unknown): void {
    if (this.state === "left" || this.state === "failed") return;
    this.state = "failed";
    this.#clear();
    this.#refuse(error);
  }

  *holders(): Iterable<Party> {
    yield this;
  }

  describe(record: WaitRecord): Description {
    const fan = `fan-out ${JSON.stringify(this.#fan)}`;
    if (record === this.#start) {
      const state = `${fan}, has not asked`;
      return { state, awaits: "it to ask for its first item", remark: "the source is not read before that" };
    }
    const state = `${fan}, buffer ${this.#sink.capacity.toString()}, full`;
    const figures = { capacity: this.#sink.capacity, held: this.#held.size };
    return { state, awaits: "it to take an item", remark: "it is busy with an earlier one", figures };
  }

  get #owes(): boolean {
    return isWaiting(this.#handOver);
  }

  #ask(): void {
    this.asked = true;
    if (this.report.status === "starting") this.report.status = "running";
    this.#ready();
  }

  #ready(): void {
    if (!isWaiting(this.#start)) return;
    leave(this.#start);
    this.#observer.onReady();
  }

  #hold(item: unknown): void {
    this.#held.push(item);
    this.report.lag = this.#held.size;
    if (this.report.lag > this.report.maxLag) this.report.maxLag = this.report.lag;
  }

  #take(): unknown {
    this.report.delivered++;
    if (this.#held.size === 0) return this.#pay();
    const item = this.#held.shift();
    this.report.lag = this.#held.size;
    if (this.#owes) this.#hold(this.#pay());
    else this.#observer.onRoom();
    return item;
  }

  #overflow(item: unknown): boolean {
    switch (this.#sink.slow) {
      case "drop-oldest":
        this.report.dropped++;
        if (this.#held.size === 0) return true;
        this.#held.shift();
        this.#hold(item);
        return true;
      case "drop-newest":
        this.report.dropped++;
        return true;
      case "fail":
        this.report.dropped++;
        this.#observer.onSlow(this.#slowError("had no room for the next item, and its policy is to fail"));
        return true;
      default:
        this.#owed = item;
        enter(this.#handOver);
        this.#setDeadline();
        return false;
    }
  }

  /** Takes the owed item. */
  #pay(): unknown {
    const item = this.#owed;
    this.#owed = undefined;
    leave(this.#handOver);
    this.#observer.onPaid();
    return item;
  }

  #clear(): void {
    clearTimeout(this.#timer);
    this.report.dropped += this.#held.size;
    this.report.lag = 0;
    this.#held.clear();
    if (this.#owes) {
      this.report.dropped++;
      this.#pay();
    }
    this.#ready();
  }

  #refuse(reason: unknown): void {
    this.#error = { reason };
    for (let reader = this.#readers.first; reader !== undefined; reader = this.#readers.first) {
      void quiet(reader.promise);
      reader.abandon(reason);
    }
  }

  #finishReaders(): void {
    for (let reader = this.#readers.first; reader !== undefined; reader = this.#readers.first) {
      reader.resolve(END);
    }
  }

  /** The time runs while the sink keeps the source waiting. The timer is kept across waits: most of them are short. */
  #setDeadline(): void {
    const { slow } = this.#sink;
    if (typeof slow !== "object" || slow.evictAfter === Infinity) return;
    this.#deadline = performance.now() + slow.evictAfter;
    this.#timer ??= setTimeout(this.#checkDeadline, Math.min(slow.evictAfter, LONGEST_TIMER));
  }

  readonly #checkDeadline = (): void => {
    this.#timer = undefined;
    if (!this.#owes && !isWaiting(this.#start)) return;
    const left = this.#deadline - performance.now();
    if (left > 0) this.#timer = setTimeout(this.#checkDeadline, Math.min(left, LONGEST_TIMER));
    else this.#observer.onOverdue(this, this.#slowError("kept the source waiting for too long, and was evicted"));
  };

  #slowError(what: string): SlowSinkError {
    return slowSink("sink", this.name, what, this.report.lag, this.#sink.capacity);
  }
}
