import { count, nameOf, options as optionsOf, text } from "../arguments.ts";
import { ChannelClosedError } from "../errors.ts";
import { checkPolicy } from "../fan/sink.ts";
import type { SlowPolicy } from "../fan/sink.ts";
import { pause } from "../pace.ts";
import { rejected } from "../promises.ts";
import { startLimits } from "../waits/limits.ts";
import type { WaitOptions } from "../waits/limits.ts";
import type { Description, Resource } from "../waits/registry.ts";
import { WaiterQueue } from "../waits/waiter.ts";
import { Ring } from "./ring.ts";
import { Mailbox } from "./subscription.ts";
import type { Subscription } from "./subscription.ts";
import { SendWaiter } from "./waiters.ts";

/** Options of `broadcast`. */
export interface BroadcastOptions {
  /**
   * Subscribers that the first item waits for, so that none of them misses it. Default: 1. With 0, items are sent
   * although nobody may listen.
   */
  readonly audience?: number | undefined;
  /** Items, the latest ones, that a late subscriber gets first. Default: 0. */
  readonly replay?: number | undefined;
  /** Name in reports and errors. Default: `broadcast-1`, `broadcast-2`, … */
  readonly name?: string | undefined;
}

/** Options of `Broadcast.subscribe`. */
export interface SubscribeOptions {
  /** Items held for the subscriber while it is busy. Default: 16. */
  readonly capacity?: number | undefined;
  /**
   * What happens when it does not keep up, as for a sink of `fanOut`. With `"wait"`, the default, everybody waits for
   * it. With `"fail"` the broadcast is closed with a `SlowSinkError`; with `{ evictAfter }` it alone gets one.
   */
  readonly slow?: SlowPolicy | undefined;
  /** Name in reports and errors. Default: `subscriber-1`, `subscriber-2`, … */
  readonly name?: string | undefined;
}

/** A channel of which every subscriber gets every item, from the moment at which it subscribed. */
export interface Broadcast<T> {
  readonly name: string;
  /** Whether `close` was called. */
  readonly closed: boolean;
  /** Those that listen now. */
  readonly subscribers: readonly Subscription<T>[];
  /**
   * Hands an item to every subscriber, as soon as all of them that are waited for have room.
   * @throws {ChannelClosedError} if it is or becomes closed: nobody got the item. `cause` is the error of `close`.
   * @throws {TimeoutError} if somebody had no room in time, naming who
   * @throws the reason of the signal, if it aborts
   */
  send(item: T, wait?: WaitOptions): Promise<void>;
  /** Hands over an item if that is possible at once; returns whether it was. */
  trySend(item: T): boolean;
  /**
   * Listens from now on: what is sent is held for the subscriber until it takes it. One that comes late gets the items
   * to replay, and its `missed` says how many it did not get. To a closed one it can be said, too: it ends after them.
   * @throws {ArgumentError} if an option cannot be used
   */
  subscribe(options?: SubscribeOptions): Subscription<T>;
  /** Ends it: the subscribers get what is held for them and then the end; with an error, that error. */
  close(error?: unknown): void;
}

/**
 * Makes a broadcast: one sender or several, and subscribers that come and go, each with its own room and its own policy
 * for being slow. Where the receivers are known beforehand, `fanOut` is simpler.
 *
 * @example
 * ```ts
 * import { broadcast, scope } from "tailrace";
 *
 * const prices = broadcast<number>({ name: "prices", audience: 2 });
 * await scope(async (s) => {
 *   const all = prices.subscribe({ name: "all" });
 *   const latest = prices.subscribe({ name: "latest", slow: "latest" });
 *   s.spawn(async () => {
 *     for await (const price of all) console.log(price);
 *   });
 *   s.spawn(async () => {
 *     for await (const price of latest) console.log("now", price);
 *   });
 *   for (const price of [1, 2, 3]) await prices.send(price);
 *   prices.close();
 * });
 * ```
 * @throws {ArgumentError} if an option cannot be used
 */
export function broadcast<T>(options?: BroadcastOptions): Broadcast<T> {
  const given = optionsOf("options", options);
  const audience = given.audience === undefined ? 1 : count("audience", given.audience);
  const replay = given.replay === undefined ? 0 : count("replay", given.replay);
  const name = nameOf("broadcast", given.name);
  return new Hub<T>(name, audience, replay);
}

const SENT = Promise.resolve();

/** What a mailbox tells its hub, which waits for room in it. */
export class Hub<T> implements Broadcast<T>, Resource {
  readonly kind = "broadcast";
  readonly name: string;
  readonly #replay: number;
  readonly #mailboxes: Mailbox<T>[] = [];
  readonly #senders = new WaiterQueue<SendWaiter<T>>();
  readonly #latest = new Ring<T>();
  /** Subscribers that are missing before the first item. */
  #missing: number;
  #named = 0;
  #sent = 0;
  #end: { readonly error: unknown } | undefined;

  constructor(name: string, audience: number, replay: number) {
    this.name = name;
    this.#missing = audience;
    this.#replay = replay;
  }

  get closed(): boolean {
    return this.#end !== undefined;
  }

  get subscribers(): readonly Subscription<T>[] {
    return this.#mailboxes.slice();
  }

  send(item: T, wait?: WaitOptions): Promise<void> {
    try {
      const limits = startLimits(wait);
      if (this.trySend(item)) return pause() ?? SENT;
      if (this.#end !== undefined) throw this.#closedError();
      const sender = new SendWaiter<T>(this, item);
      sender.limit(limits);
      this.#senders.add(sender);
      this.#pressBlocking();
      return sender.promise;
    } catch (error) {
      return rejected(error);
    }
  }

  trySend(item: T): boolean {
    return this.#senders.first === undefined && this.#put(item);
  }

  subscribe(options?: SubscribeOptions): Subscription<T> {
    const given = optionsOf("options", options);
    const capacity = given.capacity === undefined ? 16 : count("capacity", given.capacity);
    const slow = given.slow === undefined ? "wait" : checkPolicy("slow", given.slow);
    const number = ++this.#named;
    const name = given.name === undefined ? `subscriber-${number.toString()}` : text("name", given.name);
    const mailbox = new Mailbox<T>(this, name, capacity, slow, this.#sent - this.#latest.size);
    for (let place = 0; place < this.#latest.size; place++) mailbox.hold(this.#latest.at(place));
    if (this.#end !== undefined) mailbox.end = this.#end;
    else {
      this.#mailboxes.push(mailbox);
      if (this.#missing > 0) this.#missing--;
      this.onRoom();
    }
    return mailbox;
  }

  close(error?: unknown): void {
    if (this.#end !== undefined) return;
    this.#end = { error };
    const refusal = this.#senders.first && this.#closedError();
    for (let sender = this.#senders.first; sender !== undefined; sender = this.#senders.first) sender.abandon(refusal);
    for (const mailbox of this.#mailboxes.splice(0)) mailbox.finish(error);
  }

  describe(): Description {
    const many = this.#mailboxes.length;
    const state = `${many.toString()} ${many === 1 ? "subscriber" : "subscribers"}`;
    if (this.#missing > 0) {
      const missing = `${this.#missing.toString()} more ${this.#missing === 1 ? "subscriber" : "subscribers"}`;
      return { state, awaits: missing, remark: "the first item is for all of them" };
    }
    const busy = this.#mailboxes.filter((mailbox) => mailbox.blocks).map(({ name }) => JSON.stringify(name));
    return { state, awaits: `room for ${busy.join(", ")}`, remark: "a subscriber that is busy, or not read at all" };
  }

  // What the mailboxes tell.

  /** There may be room now for what waits to be sent. */
  onRoom(): void {
    for (let sender = this.#senders.first; sender !== undefined; sender = this.#senders.first) {
      if (!this.#put(sender.item)) break;
      sender.resolve();
    }
    if (this.#senders.first !== undefined) this.#pressBlocking();
  }

  /** Whether somebody waits for room. */
  get waits(): boolean {
    return this.#senders.first !== undefined;
  }

  onLeft(mailbox: Mailbox<T>): void {
    const place = this.#mailboxes.indexOf(mailbox);
    if (place < 0) return;
    this.#mailboxes.splice(place, 1);
    this.onRoom();
  }

  /** Hands an item to all, if everybody who is waited for has room. */
  #put(item: T): boolean {
    if (this.#end !== undefined || this.#missing > 0) return false;
    const mailboxes = this.#mailboxes;
    for (const mailbox of mailboxes) {
      if (mailbox.hasRoom) continue;
      if (mailbox.slow === "fail") {
        this.close(mailbox.tooSlow("had no room, and its policy is to fail"));
        return false;
      }
      if (mailbox.blocks) return false;
    }
    this.#sent++;
    if (this.#replay > 0) {
      if (this.#latest.size === this.#replay) this.#latest.shift();
      this.#latest.push(item);
    }
    for (const mailbox of mailboxes) if (!mailbox.trySend(item)) mailbox.drops();
    return true;
  }

  /** Somebody waits: from now on the time of those runs who have no room. */
  #pressBlocking(): void {
    for (const mailbox of this.#mailboxes) if (mailbox.blocks) mailbox.startDeadline();
  }

  #closedError(): ChannelClosedError {
    const error: unknown = this.#end?.error;
    const message = `send on broadcast ${JSON.stringify(this.name)}: it is closed`;
    return new ChannelClosedError(message, error === undefined ? undefined : { cause: error });
  }
}
