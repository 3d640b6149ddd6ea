import { count, options as optionsOf, text } from "../arguments.ts";
import { BoundedChannel } from "./bounded.ts";
import type { EMPTY } from "./bounded.ts";

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
   * never waits, and memory is the only bound. If in doubt, use 0: a larger capacity evens out bursts, and hides
   * for longer that nobody receives.
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
