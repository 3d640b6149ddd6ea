import { ChannelClosedError, ChannelFullError } from "../errors.ts";
import { count, options as optionsOf } from "../arguments.ts";
import { pause, paced } from "../pace.ts";
import { rejected } from "../promises.ts";
import { limitsOf, startLimits } from "../waits/limits.ts";
import type { Limits, WaitOptions } from "../waits/limits.ts";
import type { Description, Resource, WaitRecord } from "../waits/registry.ts";
import { place } from "../waits/report.ts";
import { WaiterQueue } from "../waits/waiter.ts";
import type { Waiter } from "../waits/waiter.ts";
import type { BatchOptions, Channel, Overflow } from "./channel.ts";
import { EMPTY } from "./empty.ts";
import { Iteration } from "./iteration.ts";
import { Ring } from "./ring.ts";
import { openSender } from "./sender.ts";
import type { Sender } from "./sender.ts";
import { ReceiveWaiter, SendWaiter } from "./waiters.ts";
import type { End } from "./waiters.ts";

const SENT = Promise.resolve();

export class BoundedChannel<T> implements Channel<T>, Resource {
  readonly kind: string = "channel";
  readonly name: string;
  readonly capacity: number;
  readonly overflow: Overflow;
  dropped = 0;
  /** Loops that have begun and not ended, for reports. */
  loops = 0;
  /** Handles that have not closed. */
  openSenders = 0;
  /** Set once it is closed. */
  end: { readonly error: unknown } | undefined;
  readonly #items = new Ring<T>();
  readonly #senders = new WaiterQueue<SendWaiter<T>>();
  readonly #receivers = new WaiterQueue<ReceiveWaiter<T>>();

  constructor(name: string, capacity: number, overflow: Overflow = "wait") {
    this.name = name;
    this.capacity = capacity;
    this.overflow = overflow;
  }

  get size(): number {
    return this.#items.size;
  }

  get closed(): boolean {
    return this.end !== undefined;
  }

  send(item: T, wait?: WaitOptions): Promise<void> {
    try {
      const limits = startLimits(wait);
      if (this.trySend(item)) return pause() ?? SENT;
      if (this.end !== undefined) throw this.closedError("send");
      if (this.drops()) return pause() ?? SENT;
      return this.#begin(this.#senders, new SendWaiter(this, item), limits);
    } catch (error) {
      return rejected(error);
    }
  }

  trySend(item: T): boolean {
    if (this.end !== undefined) return false;
    // A receiver only ever waits while there are neither items nor senders.
    const receiver = this.#receivers.first;
    if (receiver !== undefined) receiver.deliver(item);
    else if (this.#items.size < this.capacity) this.#items.push(item);
    else if (this.overflow === "drop-oldest" && this.capacity > 0) {
      this.#items.shift();
      this.#items.push(item);
      this.dropped++;
    } else return false;
    return true;
  }

  receive(wait?: WaitOptions): Promise<T> {
    try {
      const limits = startLimits(wait);
      const item = this.tryReceive();
      if (item !== EMPTY) return paced(item);
      if (this.end !== undefined) throw this.receiveError();
      return this.#begin(this.#receivers, new ReceiveWaiter<T>(this), limits) as Promise<T>;
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

  /** Takes what is there, up to a number of items. */
  take(most: number): T[] | typeof EMPTY {
    const items = this.#items.take(most);
    for (let sender = this.#senders.first; sender !== undefined; sender = this.#senders.first) {
      if (items.length < most) items.push(sender.item);
      else if (this.#items.size < this.capacity) this.#items.push(sender.item);
      else break;
      sender.resolve();
    }
    return items.length === 0 ? EMPTY : items;
  }

  /** Whether an item can be handed over at once without dropping anything. */
  get hasRoom(): boolean {
    return this.#receivers.first !== undefined || this.#items.size < this.capacity;
  }

  /** Holds an item, whatever the capacity. */
  hold(item: T): void {
    this.#items.push(item);
  }

  /** Gives up what is held. */
  protected discard(): void {
    this.#items.clear();
  }

  /** What a send to the full channel comes to: whether the item is dropped, or has to wait. */
  drops(): boolean {
    if (this.overflow === "wait") return false;
    if (this.overflow === "error") throw this.#fullError();
    this.dropped++;
    return true;
  }

  /** Lets a receiver wait. The channel must be empty and open. */
  await(receiver: ReceiveWaiter<T>): void {
    this.#receivers.add(receiver);
  }

  /** Lets a sender wait. The channel must be full and open. */
  awaitRoom(sender: SendWaiter<T>): void {
    this.#senders.add(sender);
  }

  sender(): Sender<T> {
    return openSender(this);
  }

  close(error?: unknown): void {
    if (this.end !== undefined) return;
    this.end = { error };
    const refusal = this.#senders.first && this.closedError("send");
    for (let sender = this.#senders.first; sender !== undefined; sender = this.#senders.first) sender.abandon(refusal);
    const end: End = { error, refusal: () => this.receiveError() };
    for (let waiter = this.#receivers.first; waiter !== undefined; waiter = this.#receivers.first) waiter.end(end);
  }

  [Symbol.asyncIterator](): AsyncIterator<T, undefined> {
    return this.iterate<T>();
  }

  values(wait?: WaitOptions): AsyncIterableIterator<T, undefined> {
    return this.iterate<T>(undefined, limitsOf(wait));
  }

  batches(options?: BatchOptions): AsyncIterableIterator<T[], undefined> {
    const given = optionsOf("options", options);
    const most = given.max === undefined ? Infinity : count("max", given.max, 1);
    return this.iterate<T[]>(most, limitsOf(options));
  }

  protected iterate<Taken extends T | T[]>(most?: number, limits?: Limits): Iteration<T, Taken> {
    return new Iteration<T, Taken>(this, most, limits);
  }

  describe(record: WaitRecord): Description {
    const held = this.#items.size;
    const level = held === 0 ? "empty" : held < this.capacity ? `${held.toString()} held` : "full";
    const state = `capacity ${this.capacity.toString()}, ${this.capacity === 0 ? "rendezvous" : level}`;
    const figures = { capacity: this.capacity, held };
    if (!(record instanceof SendWaiter)) {
      return { state, awaits: "an item", remark: "nobody is sending", figures, idle: true };
    }
    const remark = this.loops > 0 ? "its reader is busy elsewhere" : "nobody is receiving";
    return { state, awaits: "a receiver", remark, figures, idle: record.isCase };
  }

  receiveError(): unknown {
    return this.end?.error === undefined ? this.closedError("receive") : this.end.error;
  }

  closedError(operation: "send" | "receive"): ChannelClosedError {
    const message = `${operation} on channel ${JSON.stringify(this.name)}: the channel is closed`;
    const error: unknown = this.end?.error;
    return new ChannelClosedError(message, error === undefined ? undefined : { cause: error });
  }

  #fullError(): ChannelFullError {
    const level = this.capacity === 0 ? "no receiver waits" : "full";
    const where = place("channel", this.name, `capacity ${this.capacity.toString()}, ${level}`);
    return new ChannelFullError(`send on ${where}: its overflow is "error"`);
  }

  #begin<Value, W extends Waiter<Value>>(
    queue: WaiterQueue<W>,
    waiter: W & Waiter<Value>,
    limits: Limits,
  ): Promise<Value> {
    waiter.limit(limits);
    queue.add(waiter);
    return waiter.promise;
  }
}
