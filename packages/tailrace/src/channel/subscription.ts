import type { SlowSinkError } from "../errors.ts";
import { slowSink } from "../fan/sink.ts";
import type { SlowPolicy } from "../fan/sink.ts";
import { startDeadline } from "../waits/deadlines.ts";
import type { Deadline } from "../waits/deadlines.ts";
import type { Limits } from "../waits/limits.ts";
import { BoundedChannel } from "./bounded.ts";
import type { Hub } from "./broadcast.ts";
import type { Channel } from "./channel.ts";
import type { EMPTY } from "./empty.ts";
import { Iteration } from "./iteration.ts";
import type { ReceiveWaiter } from "./waiters.ts";

/**
 * What one subscriber of a broadcast gets. To leave a loop over it, or the block of a `using`, ends the subscription:
 * nobody waits for a subscriber that does not listen any more.
 */
export interface Subscription<T>
  extends
    Pick<Channel<T>, "name" | "capacity" | "size" | "dropped" | "receive" | "tryReceive" | "values" | "batches">,
    AsyncIterable<T, undefined>,
    Disposable {
  /** Items that were sent before it came, and that it does not get. */
  readonly missed: number;
  /** The most items that were held for it at a time. */
  readonly maxSize: number;
  /** Listens no more: what is held for it is dropped. */
  close(): void;
}

const OVERFLOW = { wait: "wait", fail: "wait", "drop-oldest": "drop-oldest", "drop-newest": "drop-newest" } as const;

/** The channel to one subscriber. Its hub sends to it only what it has room for, or drops. */
export class Mailbox<T> extends BoundedChannel<T> implements Subscription<T> {
  override readonly kind = "subscription";
  readonly slow: Exclude<SlowPolicy, "latest">;
  readonly missed: number;
  maxSize = 0;
  readonly #hub: Hub<T>;
  #deadline: Deadline | undefined;

  constructor(hub: Hub<T>, name: string, capacity: number, slow: SlowPolicy, missed: number) {
    const policy = slow === "latest" ? "drop-oldest" : slow;
    super(name, slow === "latest" ? 1 : capacity, typeof policy === "object" ? "wait" : OVERFLOW[policy]);
    this.#hub = hub;
    this.slow = policy;
    this.missed = missed;
  }

  /** Whether the hub has to wait for it. */
  get blocks(): boolean {
    return this.overflow === "wait" && !this.hasRoom;
  }

  override trySend(item: T): boolean {
    const sent = super.trySend(item);
    if (this.size > this.maxSize) this.maxSize = this.size;
    return sent;
  }

  override tryReceive(): T | typeof EMPTY {
    const item = super.tryReceive();
    if (this.#hub.waits) this.#onTaken();
    return item;
  }

  override take(most: number): T[] | typeof EMPTY {
    const items = super.take(most);
    if (this.#hub.waits) this.#onTaken();
    return items;
  }

  override await(receiver: ReceiveWaiter<T>): void {
    super.await(receiver);
    if (this.#hub.waits) this.#onTaken();
  }

  /** Listens no more. */
  override close(): void {
    this.discard();
    this.finish();
    this.#hub.onLeft(this);
  }

  /** Nothing more is sent. */
  finish(error?: unknown): void {
    this.#deadline?.stop();
    super.close(error);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** The time runs while it keeps the others waiting. */
  startDeadline(): void {
    if (typeof this.slow !== "object" || this.#deadline !== undefined) return;
    if (this.slow.evictAfter !== Infinity) this.#deadline = startDeadline(this.slow.evictAfter, this);
  }

  expire(): void {
    const error = this.tooSlow("kept the others waiting for too long, and was evicted");
    this.discard();
    this.finish(error);
    this.#hub.onLeft(this);
  }

  tooSlow(what: string): SlowSinkError {
    return slowSink("subscriber", this.name, what, this.size, this.capacity);
  }

  protected override iterate<Taken extends T | T[]>(most?: number, limits?: Limits): Iteration<T, Taken> {
    return new Iteration<T, Taken>(this, most, limits, () => {
      this.close();
    });
  }

  #onTaken(): void {
    this.#deadline?.stop();
    this.#deadline = undefined;
    this.#hub.onRoom();
  }
}
