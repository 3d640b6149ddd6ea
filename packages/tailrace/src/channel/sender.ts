import { ChannelClosedError } from "../errors.ts";
import { rejected } from "../promises.ts";
import type { WaitOptions } from "../waits/limits.ts";
import type { BoundedChannel } from "./bounded.ts";

/** One of several producers of a channel, which closes when the last of them has closed. */
export interface Sender<T> extends Disposable {
  /** Whether it, or the channel, was closed. */
  readonly closed: boolean;
  /**
   * As the channel's `send`.
   * @throws {ChannelClosedError} if this sender was closed, too
   */
  send(item: T, wait?: WaitOptions): Promise<void>;
  /** As the channel's `trySend`; false if this sender was closed. */
  trySend(item: T): boolean;
  /**
   * One more sender of the same channel.
   * @throws {ChannelClosedError} if this sender was closed: the channel may be as well
   */
  clone(): Sender<T>;
  /**
   * Nothing comes from here any more. If no other sender is open, the channel is closed; with an error, it is closed
   * with that error at once.
   */
  close(error?: unknown): void;
}

export function openSender<T>(channel: BoundedChannel<T>): Sender<T> {
  return new ChannelSender(channel);
}

/** What `sendTo` has to know of a sender. */
export function channelOf(sender: unknown): BoundedChannel<unknown> | undefined {
  return sender instanceof ChannelSender ? (sender as ChannelSender<unknown>).channel : undefined;
}

class ChannelSender<T> implements Sender<T> {
  readonly channel: BoundedChannel<T>;
  #closed = false;

  constructor(channel: BoundedChannel<T>) {
    this.channel = channel;
    channel.openSenders++;
  }

  get closed(): boolean {
    return this.#closed || this.channel.closed;
  }

  send(item: T, wait?: WaitOptions): Promise<void> {
    return this.#closed ? rejected(this.#closedError("send")) : this.channel.send(item, wait);
  }

  trySend(item: T): boolean {
    return !this.#closed && this.channel.trySend(item);
  }

  clone(): Sender<T> {
    if (this.#closed) throw this.#closedError("clone");
    return new ChannelSender(this.channel);
  }

  close(error?: unknown): void {
    if (this.#closed) return;
    this.#closed = true;
    if (--this.channel.openSenders === 0 || error !== undefined) this.channel.close(error);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #closedError(operation: string): ChannelClosedError {
    return new ChannelClosedError(
      `${operation} on a sender of channel ${JSON.stringify(this.channel.name)}: the sender is closed`,
    );
  }
}
