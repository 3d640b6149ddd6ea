import { abortSignal, milliseconds, options as optionsOf } from "../arguments.ts";
import { ChannelClosedError, TimeoutError } from "../errors.ts";
import { pause } from "../pace.ts";
import { rejected } from "../promises.ts";
import type { Description, Resource, WaitRecord } from "../waits/registry.ts";
import { gaveUp } from "../waits/report.ts";
import type { Channel, WaitOptions } from "./channel.ts";
import { Ring } from "./ring.ts";
import { Waiter, WaiterQueue } from "./waiter.ts";

/**
 * What `tryReceive` returns when there is nothing to take: no item can be mistaken for it.
 *
 * @example
 * ```ts
 * import { channel, EMPTY } from "tailrace";
 *
 * const jobs = channel<string>({ capacity: 8 });
 * for (let job = jobs.tryReceive(); job !== EMPTY; job = jobs.tryReceive()) console.log(job);
 * ```
 */
export const EMPTY: unique symbol = Symbol("tailrace.EMPTY");

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

export class BoundedChannel<T> implements Channel<T>, Resource {
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
    const refusal = this.#senders.first && this.#closedError("send");
    for (let sender = this.#senders.first; sender !== undefined; sender = this.#senders.first) sender.abandon(refusal);
    const end = this.#receivers.first && this.#receiveError();
    for (let receiver = this.#receivers.first; receiver !== undefined; receiver = this.#receivers.first) {
      if (receiver.iteration === undefined) receiver.abandon(end);
      else receiver.iteration.finish(receiver, error);
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
