import { paced } from "../pace.ts";
import { rejected } from "../promises.ts";
import type { Limits } from "../waits/limits.ts";
import type { BoundedChannel } from "./bounded.ts";
import { EMPTY } from "./empty.ts";
import { END, ENDED } from "./end.ts";
import { ReceiveWaiter } from "./waiters.ts";
import type { End } from "./waiters.ts";

type Step<Taken> = IteratorResult<Taken, undefined>;

/** One `for await` over a channel, item by item or by arrays of them. */
export class Iteration<T, Taken extends T | T[]> implements AsyncIterableIterator<Taken, undefined> {
  readonly #channel: BoundedChannel<T>;
  /** Items in an array at most; undefined for items one by one. */
  readonly #most: number | undefined;
  readonly #limits: Limits | undefined;
  readonly #onLeft: (() => void) | undefined;
  #state: "new" | "begun" | "ended" = "new";
  #waiting: Next<T> | undefined;

  /** @param onLeft called when the loop is left before its end */
  constructor(channel: BoundedChannel<T>, most?: number, limits?: Limits, onLeft?: () => void) {
    this.#channel = channel;
    this.#most = most;
    this.#limits = limits;
    this.#onLeft = onLeft;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Step<Taken>> {
    if (this.#state !== "begun") {
      if (this.#state === "ended") return ENDED;
      this.#state = "begun";
      this.#channel.loops++;
    }
    if (this.#limits?.signal?.aborted === true) {
      this.finish();
      return rejected(this.#limits.signal.reason);
    }
    const taken = this.#most === undefined ? this.#channel.tryReceive() : this.#channel.take(this.#most);
    return taken === EMPTY ? this.#wait() : paced({ value: taken as Taken, done: false });
  }

  return(): Promise<Step<Taken>> {
    this.finish();
    for (let waiter = this.#waiting; waiter !== undefined; waiter = waiter.sibling) {
      if (waiter.queue !== undefined) waiter.resolve(END);
    }
    this.#onLeft?.();
    return ENDED;
  }

  /** What the loop gets for an item that comes while it waits. */
  step(item: T): Step<Taken> {
    return { value: (this.#most === undefined ? item : [item]) as Taken, done: false };
  }

  /** Nothing is asked for any more. */
  finish(): void {
    if (this.#state === "begun") this.#channel.loops--;
    this.#state = "ended";
  }

  #wait(): Promise<Step<Taken>> {
    const closed = this.#channel.end;
    if (closed !== undefined) {
      this.finish();
      return closed.error === undefined ? ENDED : rejected(closed.error);
    }
    const waiter = new Next(this.#channel, this, this.#waiting?.queue === undefined ? undefined : this.#waiting);
    try {
      if (this.#limits !== undefined) waiter.limit(this.#limits);
    } catch (error) {
      this.finish();
      return rejected(error);
    }
    this.#channel.await(waiter);
    this.#waiting = waiter;
    return waiter.promise as Promise<Step<Taken>>;
  }
}

/** A step of a loop that waits for an item. */
class Next<T> extends ReceiveWaiter<T> {
  readonly #iteration: Iteration<T, T | T[]>;
  /** The step before this one in the same loop, if somebody calls `next` ahead of the results. */
  readonly sibling: Next<T> | undefined;

  constructor(channel: BoundedChannel<T>, iteration: Iteration<T, T | T[]>, sibling: Next<T> | undefined) {
    super(channel);
    this.#iteration = iteration;
    this.sibling = sibling;
  }

  override deliver(item: T): void {
    this.resolve(this.#iteration.step(item));
  }

  override end({ error }: End): void {
    if (error !== undefined) this.abandon(error);
    else {
      this.#iteration.finish();
      this.resolve(END);
    }
  }

  override abandon(reason: unknown): void {
    this.#iteration.finish();
    super.abandon(reason);
  }
}
