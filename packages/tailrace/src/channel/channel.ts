import { abortSignal, count, milliseconds, options as optionsOf, text } from "../arguments.ts";
import { ChannelClosedError, TimeoutError } from "../errors.ts";
import { pause } from "../pace.ts";
import { rejected } from "../promises.ts";
import type { Description, Resource, WaitRecord } from "../waits/registry.ts";
import { gaveUp } from "../waits/report.ts";
import { Ring } from "./ring.ts";
import { Waiter, WaiterQueue } from "./waiter.ts";

/** What `tryReceive` returns when there is nothing to take: no item can be mistaken for it. */
export const EMPTY: unique symbol = Symbol("tailrace.EMPTY");

/** How long an operation may wait. */
export interface WaitOptions {
  /** Ends the wait when it aborts: the operation rejects with the signal's reason and has not happened. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds after which the operation rejects with a `TimeoutError` and has not happened. Default: no limit. */
  readonly timeout?: number | undefined;
}

/** Options of `channel`. */
export interface ChannelOptions {
  /**
   * Items that it holds while nobody receives. With 0, the default, a send waits for a receiver; with `Infinity` it
   * never waits, and memory is the only bound. If in doubt, use 0: a larger capacity evens out bursts, it does not add
   * speed.
   */
  readonly capacity?: number | undefined;
  /** Name in reports and errors. Default: `channel-1`, `channel-2`, … */
  readonly name?: string | undefined;
}

/**
 * A queue between tasks, with room for a fixed number of items. Senders wait while it is full, receivers while it is
 * empty; both are served in order of arrival.
 *
 * `for await` takes items until the channel is closed and empty. Several loops share the items. Leaving a loop with
 * `break` ends that loop only: the channel stays open, and what it holds goes to the next receiver.
 */
export interface Channel<T> extends AsyncIterable<T, undefined> {
  readonly name: string;
  readonly capacity: number;
  /** Items held now; those of waiting senders do not count. */
  readonly size: number;
  /** Whether `close` was called. Items may be left to receive. */
  readonly closed: boolean;
  /**
   * Hands over an item, as soon as the channel has room for it or a receiver takes it.
   * @throws {ChannelClosedError} if the channel is or becomes closed: the item was not sent. `cause` is the error of
   * `close`.
   * @throws {TimeoutError} if there was no room in time, naming the channel and what it waited for
   * @throws the reason of the signal, if it aborts
   */
  send(item: T, wait?: WaitOptions): Promise<void>;
  /** Hands over an item if that is possible at once; returns whether it was. False for a closed channel too. */
  trySend(item: T): boolean;
  /**
   * Takes the oldest item, as soon as there is one.
   * @throws {ChannelClosedError} once the channel is closed and empty; if it was closed with an error, that error
   * @throws {TimeoutError} if there was no item in time, naming the channel
   * @throws the reason of the signal, if it aborts
   */
  receive(wait?: WaitOptions): Promise<T>;
  /** Takes the oldest item if there is one, and returns `EMPTY` if not. */
  tryReceive(): T | typeof EMPTY;
  /**
   * Ends the channel. Items that it holds can still be received; then loops end and `receive` rejects, or, with an
   * error, both reject with that error. Waiting senders reject at once. To close again changes nothing.
   */
  close(error?: unknown): void;
}

/**
 * Makes a channel.
 *
 * @example
 * ```ts
 * import { channel, scope } from "tailrace";
 *
 * const lines = channel<string>({ name: "lines", capacity: 16 });
 * await scope(async (s) => {
 *   s.spawn(async () => {
 *     for await (const line of lines) console.log(line);
 *   });
 *   for (const line of ["a", "b", "c"]) await lines.send(line);
 *   lines.close();
 * });
 * ```
 * @throws {ArgumentError} if the capacity is not a whole number from 0 or `Infinity`
 */
export function channel<T>(options?: ChannelOptions): Channel<T> {
  const given = optionsOf("options", options);
  const capacity = given.capacity === undefined ? 0 : count("capacity", given.capacity);
  const name = given.name === undefined ? `channel-${(++unnamed).toString()}` : text("name", given.name);
  return new BoundedChannel<T>(name, capacity);
}

let unnamed = 0;
const SENT = Promise.resolve();

class Sender<T> extends Waiter<void> {
  readonly item: T;

  constructor(resource: Resource, item: T) {
    super("send", resource);
    this.item = item;
  }
}

class Receiver<T> extends Waiter<T | IteratorResult<T, undefined>> {
  /** The loop that waits; without one, it is a `receive`. */
  readonly iteration: Iteration<T> | undefined;
  /** The waiter before this one in the same loop, if somebody calls `next` ahead of the results. */
  readonly sibling: Receiver<T> | undefined;

  constructor(resource: Resource, iteration?: Iteration<T>, sibling?: Receiver<T>) {
    super("receive", resource);
    this.iteration = iteration;
    this.sibling = sibling;
  }

  deliver(item: T): void {
    this.resolve(this.iteration === undefined ? item : { value: item, done: false });
  }
}

class BoundedChannel<T> implements Channel<T>, Resource {
  readonly kind = "channel";
  readonly name: string;
  readonly capacity: number;
  /** Loops that have begun and not ended, for reports. */
  loops = 0;
  readonly #items = new Ring<T>();
  readonly #senders = new WaiterQueue<Sender<T>>();
  readonly #receivers = new WaiterQueue<Receiver<T>>();
  #closed: { readonly error: unknown } | undefined;

  constructor(name: string, capacity: number) {
    this.name = name;
    this.capacity = capacity;
  }

  get size(): number {
    return this.#items.size;
  }

  get closed(): boolean {
    return this.#closed !== undefined;
  }

  send(item: T, wait?: WaitOptions): Promise<void> {
    try {
      const limits = wait === undefined ? NO_LIMITS : limitsOf(wait);
      if (this.#closed !== undefined) throw this.#closedError("send");
      if (this.trySend(item)) return pause() ?? SENT;
      const sender = new Sender(this, item);
      return this.#begin(this.#senders, sender, limits);
    } catch (error) {
      return rejected(error);
    }
  }

  trySend(item: T): boolean {
    if (this.#closed !== undefined) return false;
    // A receiver only ever waits while there are neither items nor senders.
    const receiver = this.#receivers.first;
    if (receiver !== undefined) receiver.deliver(item);
    else if (this.#items.size < this.capacity) this.#items.push(item);
    else return false;
    return true;
  }

  receive(wait?: WaitOptions): Promise<T> {
    try {
      const limits = wait === undefined ? NO_LIMITS : limitsOf(wait);
      const item = this.tryReceive();
      if (item !== EMPTY) {
        const turn = pause();
        return turn === undefined ? Promise.resolve(item) : turn.then(() => item);
      }
      if (this.#closed !== undefined) return rejected(this.#receiveError());
      return this.#begin(this.#receivers, new Receiver<T>(this), limits) as Promise<T>;
    } catch (error) {
      return rejected(error);
    }
  }

  tryReceive(): T | typeof EMPTY {
    const sender = this.#senders.first;
    if (this.#items.size === 0) {
      if (sender === undefined) return EMPTY;
      sender.resolve();
      return sender.item;
    }
    const item = this.#items.shift();
    if (sender !== undefined) {
      this.#items.push(sender.item);
      sender.resolve();
    }
    return item;
  }

  /** Makes a loop wait for an item; returns how the channel was closed if none can come. */
  waitIn(receiver: Receiver<T>): { readonly error: unknown } | undefined {
    if (this.#closed === undefined) this.#receivers.add(receiver);
    return this.#closed;
  }

  close(error?: unknown): void {
    if (this.#closed !== undefined) return;
    this.#closed = { error };
    let sender: Sender<T> | undefined;
    while ((sender = this.#senders.first) !== undefined) sender.abandon(this.#closedError("send"));
    let receiver: Receiver<T> | undefined;
    while ((receiver = this.#receivers.first) !== undefined) {
      if (receiver.iteration !== undefined) receiver.iteration.finish(receiver, error);
      else receiver.abandon(this.#receiveError());
    }
  }

  [Symbol.asyncIterator](): AsyncIterator<T, undefined> {
    return new Iteration(this);
  }

  describe(record: WaitRecord): Description {
    const held = this.#items.size;
    const level = held === 0 ? "empty" : held < this.capacity ? `${held.toString()} held` : "full";
    const state = `capacity ${this.capacity.toString()}, ${this.capacity === 0 ? "rendezvous" : level}`;
    return record.operation === "send"
      ? { state, awaits: "a receiver", remark: this.loops > 0 ? "its reader is busy elsewhere" : "nobody is receiving" }
      : { state, awaits: "an item", remark: "nobody is sending" };
  }

  #begin<Value, W extends Waiter<Value>>(
    queue: WaiterQueue<W>,
    waiter: W & Waiter<Value>,
    limits: Limits,
  ): Promise<Value> {
    if (limits.timeout === 0) throw new TimeoutError(gaveUp(waiter, 0));
    waiter.limit(limits.signal, limits.timeout);
    queue.add(waiter);
    return waiter.promise;
  }

  #receiveError(): unknown {
    return this.#closed?.error === undefined ? this.#closedError("receive") : this.#closed.error;
  }

  #closedError(operation: "send" | "receive"): ChannelClosedError {
    const message = `${operation} on channel ${JSON.stringify(this.name)}: the channel is closed`;
    const error: unknown = this.#closed?.error;
    return new ChannelClosedError(message, error === undefined ? undefined : { cause: error });
  }
}

/** One `for await` over a channel. */
class Iteration<T> implements AsyncIterator<T, undefined> {
  readonly #channel: BoundedChannel<T>;
  #state: "new" | "begun" | "ended" = "new";
  #waiting: Receiver<T> | undefined;

  constructor(channel: BoundedChannel<T>) {
    this.#channel = channel;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    if (this.#state !== "begun") {
      if (this.#state === "ended") return END;
      this.#state = "begun";
      this.#channel.loops++;
    }
    const item = this.#channel.tryReceive();
    if (item !== EMPTY) {
      const result: IteratorResult<T, undefined> = { value: item, done: false };
      const turn = pause();
      return turn === undefined ? Promise.resolve(result) : turn.then(() => result);
    }
    return this.#wait();
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#end();
    for (let receiver = this.#waiting; receiver !== undefined; receiver = receiver.sibling) this.finish(receiver);
    return END;
  }

  /** Ends one waiting step without an item. */
  finish(receiver: Receiver<T>, error?: unknown): void {
    this.#end();
    if (error !== undefined) receiver.abandon(error);
    else if (receiver.queue !== undefined) receiver.resolve({ value: undefined, done: true });
  }

  #wait(): Promise<IteratorResult<T, undefined>> {
    const receiver = new Receiver(this.#channel, this, this.#waiting?.queue === undefined ? undefined : this.#waiting);
    const closed = this.#channel.waitIn(receiver);
    if (closed === undefined) {
      this.#waiting = receiver;
      return receiver.promise as Promise<IteratorResult<T, undefined>>;
    }
    this.#end();
    return closed.error === undefined ? END : rejected(closed.error);
  }

  #end(): void {
    if (this.#state === "begun") this.#channel.loops--;
    this.#state = "ended";
  }
}

const END: Promise<IteratorReturnResult<undefined>> = Promise.resolve({ value: undefined, done: true });

interface Limits {
  readonly signal: AbortSignal | undefined;
  readonly timeout: number;
}

const NO_LIMITS: Limits = { signal: undefined, timeout: Infinity };

/** Checks the options of a wait; throws the reason of a signal that has aborted already. */
function limitsOf(wait: WaitOptions): Limits {
  const given = optionsOf("wait", wait);
  const signal = given.signal === undefined ? undefined : abortSignal("signal", given.signal);
  const timeout = given.timeout === undefined ? Infinity : milliseconds("timeout", given.timeout);
  signal?.throwIfAborted();
  return { signal, timeout };
}
