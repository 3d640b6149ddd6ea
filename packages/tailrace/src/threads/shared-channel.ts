import { count, isObject, nameOf, options as optionsOf, outOfRange, wrongType } from "../arguments.ts";
import type { EMPTY } from "../channel/empty.ts";
import type { WaitOptions } from "../waits/limits.ts";
import { place } from "../waits/report.ts";
import { bytesFor, ChannelView, SELF_TEST } from "./channel-view.ts";
import { livesOf, ownLives, share } from "./lives.ts";
import { checkCrossing, listenForCrossing } from "./self-test.ts";
import type { SyncWaitOptions } from "./turns.ts";

/** Options of `openSharedChannel`. */
export interface OpenSharedChannelOptions {
  /** Whether `sendSync` and `receiveSync` may stop the main thread. Default: no. */
  readonly allowSyncOnMain?: boolean | undefined;
}

/** Options of `sharedChannel`. */
export interface SharedChannelOptions extends OpenSharedChannelOptions {
  /** Bytes of the longest chunk, and of what it holds together; each takes 4 more, and is rounded up to a multiple of 4. */
  readonly maxBytes: number;
  /** Name in reports and errors, in all threads. Default: `channel-1`, `channel-2`, … */
  readonly name?: string | undefined;
}

/** What can be handed to another thread, which opens it by `openSharedChannel`. */
export interface SharedChannelHandle {
  readonly kind: "tailrace:channel";
  readonly name: string;
  readonly maxBytes: number;
  readonly memory: SharedArrayBuffer;
  readonly lives: SharedArrayBuffer;
}

/**
 * Chunks of bytes on their way from threads to threads, in memory that they share: so many bytes at most, then senders
 * wait. Senders are served in the order in which they came, and so are receivers; a chunk arrives whole, once, or not
 * at all. `for await` takes chunks until it is closed and empty; several loops share them.
 *
 * If a thread dies while it sends, that chunk was not sent; if it dies while it receives, the chunk is still there, or
 * has gone with it.
 */
export interface SharedChannel extends AsyncIterable<Uint8Array, undefined> {
  readonly name: string;
  readonly maxBytes: number;
  /** Whether `close` was called, by any thread. Chunks may be left to receive. */
  readonly closed: boolean;
  /** What is handed to other threads, by `workerData` or `postMessage`. */
  readonly handle: SharedChannelHandle;
  /**
   * Copies a chunk into the channel, as soon as there is room for all of it.
   * @throws {ChannelClosedError} if it is or becomes closed: the chunk was not sent
   * @throws {ArgumentError} if the chunk is longer than `maxBytes`
   * @throws {TimeoutError} if there was no room in time
   * @throws the reason of the signal, if it aborts
   */
  send(chunk: Uint8Array, wait?: WaitOptions): Promise<void>;
  /** Sends a chunk if there is room; says whether it has. False for a closed channel, too. */
  trySend(chunk: Uint8Array): boolean;
  /** As `send`, but stands still until there is room. */
  sendSync(chunk: Uint8Array, wait?: SyncWaitOptions): void;
  /**
   * Takes the oldest chunk, as soon as there is one.
   * @throws {ChannelClosedError} once the channel is closed and empty; `cause` is the error of `close`, if any
   * @throws {TimeoutError} if there was no chunk in time
   * @throws the reason of the signal, if it aborts
   */
  receive(wait?: WaitOptions): Promise<Uint8Array>;
  /** Takes the oldest chunk if there is one, else gives `EMPTY`. */
  tryReceive(): Uint8Array | typeof EMPTY;
  /** As `receive`, but stands still until there is a chunk. */
  receiveSync(wait?: SyncWaitOptions): Uint8Array;
  /** Iterates over chunks, but waits for each only so long, or until the signal aborts. */
  values(wait?: WaitOptions): AsyncIterableIterator<Uint8Array, undefined>;
  /** Iterates over arrays of all chunks that are there, one at least. Cheaper than one by one. */
  batches(wait?: WaitOptions): AsyncIterableIterator<Uint8Array[], undefined>;
  /**
   * Ends it for all threads. What it holds can still be received; then loops end and `receive` rejects, or, with an
   * error, both reject with a `ChannelClosedError` whose `cause` has the message of the error. To close again changes
   * nothing.
   */
  close(error?: unknown): void;
}

/**
 * Makes a channel of bytes that threads share.
 *
 * @throws {ArgumentError} if an option cannot be used
 * @throws {TailraceError} with the code `TAILRACE_SELF_TEST` if a wake-up does not arrive on this platform
 * @example
 * ```ts
 * import { isMainThread, Worker, workerData } from "node:worker_threads";
 * import { openSharedChannel, sharedChannel } from "tailrace/threads";
 * import type { SharedChannelHandle } from "tailrace/threads";
 *
 * if (isMainThread) {
 *   const lines = sharedChannel({ maxBytes: 65_536 });
 *   new Worker(new URL(import.meta.url), { workerData: lines.handle });
 *   for await (const line of lines) process.stdout.write(line);
 * } else {
 *   const lines = openSharedChannel(workerData as SharedChannelHandle);
 *   for (const word of ["one\n", "two\n"]) lines.sendSync(new TextEncoder().encode(word));
 *   lines.close();
 * }
 * ```
 */
export function sharedChannel(options: SharedChannelOptions): SharedChannel {
  const given = optionsOf("options", options);
  const maxBytes = count("maxBytes", given.maxBytes, 1);
  if (maxBytes > MOST_BYTES) throw outOfRange("maxBytes", maxBytes, `at most ${MOST_BYTES.toString()}`);
  const name = nameOf("channel", given.name);
  const memory = new SharedArrayBuffer(bytesFor(maxBytes));
  listenForCrossing(memory, SELF_TEST);
  const handle = { kind: KIND, name, maxBytes, memory, lives: ownLives().memory } as const;
  const channel = new ChannelView(handle, given.allowSyncOnMain === true);
  channel.open();
  return channel;
}

/**
 * Opens in this thread what `sharedChannel` has made in another.
 *
 * @throws {ArgumentError} if that is no handle
 * @throws {TailraceError} with the code `TAILRACE_SELF_TEST` if a wake-up does not cross to the other thread
 * @example
 * ```ts
 * import { parentPort } from "node:worker_threads";
 * import { openSharedChannel } from "tailrace/threads";
 * import type { SharedChannelHandle } from "tailrace/threads";
 *
 * parentPort?.once("message", (handle: SharedChannelHandle) => {
 *   const bytes = openSharedChannel(handle);
 *   void bytes.send(new Uint8Array(1024), { timeout: 1000 });
 * });
 * ```
 */
export function openSharedChannel(handle: SharedChannelHandle, options?: OpenSharedChannelOptions): SharedChannel {
  if (!isObject(handle) || (handle as { kind?: unknown }).kind !== KIND) {
    throw wrongType("handle", handle, "the handle of a shared channel");
  }
  const channel = new ChannelView(handle, optionsOf("options", options).allowSyncOnMain === true);
  checkCrossing(handle.memory, SELF_TEST, livesOf(handle.lives), place("channel", handle.name));
  share();
  return channel;
}

const KIND = "tailrace:channel";
const MOST_BYTES = 2 ** 30;
