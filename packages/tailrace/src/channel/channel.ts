import { count, nameOf, oneOf, options as optionsOf } from "../arguments.ts";
import type { WaitOptions } from "../waits/limits.ts";
import { BoundedChannel } from "./bounded.ts";
import type { EMPTY } from "./empty.ts";
import type { Sender } from "./sender.ts";

/**
 * What happens when an item is sent to a channel that is full.
 *
 * - `"wait"`: the send waits for room.
 * - `"drop-oldest"`: the oldest item that it holds is dropped. With capacity 0, the item itself.
 * - `"drop-newest"`: `send` drops the item and goes on; `trySend` returns false and has not taken it.
 * - `"error"`: `send` rejects with a `ChannelFullError`; `trySend` returns false.
 */
export type Overflow = "wait" | "drop-oldest" | "drop-newest" | "error";

/** Options of `channel`. */
export interface ChannelOptions {
  /**
   * Items that it holds while nobody receives. With 0, the default, a send waits for a receiver; with `Infinity` it
   * never waits, and memory is the only bound. If in doubt, use 0: a larger capacity evens out bursts, and hides
   * for longer that nobody receives.
   */
  readonly capacity?: number | undefined;
  /** What happens when an item is sent while it is full. Default: `"wait"`. */
  readonly overflow?: Overflow | undefined;
  /** Name in reports and errors. Default: `channel-1`, `channel-2`, … */
  readonly name?: string | undefined;
}

/** Options of `Channel.batches`. */
export interface BatchOptions extends WaitOptions {
  /** Items in one batch at most. Default: no limit. */
  readonly max?: number | undefined;
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
  readonly overflow: Overflow;
  /** Items held now; those of waiting senders do not count. */
  readonly size: number;
  /** Items that were dropped because it was full. */
  readonly dropped: number;
  /** Whether `close` was called. Items may be left to receive. */
  readonly closed: boolean;
  /**
   * Hands over an item, as soon as the channel has room for it or a receiver takes it.
   * @throws {ChannelClosedError} if the channel is or becomes closed: the item was not sent. `cause` is the error of
   * `close`.
   * @throws {ChannelFullError} if it is full and its overflow is `"error"`
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
   * Iterates over the items, as the channel itself does, but for each of them waits only so long, or until the signal
   * aborts: the loop then rejects as `receive` does, and an item that comes later goes to somebody else.
   */
  values(wait?: WaitOptions): AsyncIterableIterator<T, undefined>;
  /**
   * Iterates over arrays of items: each has all that are there, one at least. Much cheaper than one by one where items
   * come faster than they are taken.
   * @throws {ArgumentError} if `max` is not a whole number from 1
   */
  batches(options?: BatchOptions): AsyncIterableIterator<T[], undefined>;
  /**
   * A handle for one of several producers: the channel closes when the last one that is open closes.
   *
   * @example
   * ```ts
   * import { channel, scope } from "tailrace";
   *
   * const lines = channel<string>();
   * await scope(async (s) => {
   *   for (const host of ["a", "b"]) {
   *     const sender = lines.sender();
   *     s.spawn(async () => {
   *       using out = sender; // closes it however the task ends
   *       await out.send(`hello from ${host}`);
   *     });
   *   }
   *   for await (const line of lines) console.log(line); // ends after both
   * });
   * ```
   */
  sender(): Sender<T>;
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
 * @throws {ArgumentError} if the capacity is not a whole number from 0 or `Infinity`, or the overflow is not known
 */
export function channel<T>(options?: ChannelOptions): Channel<T> {
  const given = optionsOf("options", options);
  const capacity = given.capacity === undefined ? 0 : count("capacity", given.capacity);
  const name = nameOf("channel", given.name);
  const overflow =
    given.overflow === undefined
      ? "wait"
      : oneOf("overflow", given.overflow, ["wait", "drop-oldest", "drop-newest", "error"]);
  return new BoundedChannel<T>(name, capacity, overflow);
}
