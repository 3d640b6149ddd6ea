import { inspect } from "node:util";
import { threadId } from "node:worker_threads";
import { count, isObject, nameOf, options as optionsOf, outOfRange, wrongType } from "../arguments.ts";
import { EMPTY } from "../channel/empty.ts";
import { ArgumentError, ChannelClosedError } from "../errors.ts";
import { startLimits } from "../waits/limits.ts";
import type { WaitOptions } from "../waits/limits.ts";
import type { Description, Resource, WaitRecord } from "../waits/registry.ts";
import { place } from "../waits/report.ts";
import { ByteRing, RING_WORDS } from "./byte-ring.ts";
import { bytesIn, framesIn, roomOf } from "./frames.ts";
import { Gate, GATE_WORDS, OWNED, TAKE } from "./gate.ts";
import { livesOf, ownLives, share } from "./lives.ts";
import { SharedMemory } from "./memory.ts";
import { checkCrossing, listenForCrossing } from "./self-test.ts";
import { Turns } from "./turns.ts";
import type { SyncWaitOptions, Wish } from "./turns.ts";

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
  const memory = new SharedArrayBuffer((FRAMES + roomOf(maxBytes)) * Int32Array.BYTES_PER_ELEMENT);
  listenForCrossing(memory, SELF_TEST);
  const handle = { kind: KIND, name, maxBytes, memory, lives: ownLives().memory } as const;
  const channel = new ChannelOfBytes(handle, given.allowSyncOnMain === true);
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
  const channel = new ChannelOfBytes(handle, optionsOf("options", options).allowSyncOnMain === true);
  checkCrossing(handle.memory, SELF_TEST, livesOf(handle.lives), place("channel", handle.name));
  share();
  return channel;
}

const KIND = "tailrace:channel";
const MOST_BYTES = 2 ** 30;

/** Words: three gates, the ring, the self-test, the message of an error, and the frames. */
const RING = 3 * GATE_WORDS;
const SELF_TEST = RING + RING_WORDS;
const ERROR = SELF_TEST + 3;
/** Bytes of the message of an error that are kept. */
const ERROR_BYTES = 1020;
const FRAMES = ERROR + roomOf(ERROR_BYTES);

/** A channel in one thread. */
class ChannelOfBytes implements SharedChannel, Resource {
  readonly kind = "channel";
  readonly name: string;
  readonly maxBytes: number;
  readonly #handle: SharedChannelHandle;
  readonly #ring: ByteRing<Uint8Array>;
  readonly #senders: Turns;
  readonly #room: Turns;
  readonly #receivers: Turns;
  readonly #error: ReturnType<typeof bytesIn>;

  constructor(handle: SharedChannelHandle, mayStandStill: boolean) {
    this.name = handle.name;
    this.maxBytes = handle.maxBytes;
    this.#handle = handle;
    const words = new Int32Array(handle.memory);
    const memory = new SharedMemory(words);
    const lives = livesOf(handle.lives);
    const frames = framesIn(handle.memory, FRAMES, roomOf(handle.maxBytes));
    this.#ring = new ByteRing(
      memory,
      RING,
      frames,
      (nth, isFull) => new Gate(memory, nth * GATE_WORDS, threadId, isFull),
    );
    this.#error = bytesIn(handle.memory, ERROR, ERROR_BYTES);
    const turns = (gate: Gate): Turns =>
      new Turns(this, words, gate, lives, mayStandStill, () => {
        this.#ring.repair((thread) => lives.isAlive(thread));
      });
    this.#senders = turns(this.#ring.senders);
    this.#room = turns(this.#ring.room);
    this.#receivers = turns(this.#ring.receivers);
  }

  get handle(): SharedChannelHandle {
    share();
    return this.#handle;
  }

  get closed(): boolean {
    return this.#ring.isClosed;
  }

  async send(chunk: Uint8Array, wait?: WaitOptions): Promise<void> {
    this.#check(chunk);
    const { signal, timeout } = startLimits(wait);
    const end = performance.now() + timeout;
    await this.#senders.take(wish("send", nothing), { signal, timeout });
    try {
      while (!this.#put(chunk)) {
        await this.#room.take(this.#roomFor("send"), { signal, timeout: Math.max(0, end - performance.now()) });
      }
    } finally {
      this.#ring.endSend();
    }
  }

  sendSync(chunk: Uint8Array, wait?: SyncWaitOptions): void {
    this.#check(chunk);
    const { timeout = Infinity } = optionsOf("wait", wait);
    const end = performance.now() + timeout;
    this.#senders.takeSync(wish("sendSync", nothing), wait);
    try {
      while (!this.#put(chunk)) {
        this.#room.takeSync(this.#roomFor("sendSync"), { timeout: Math.max(0, end - performance.now()) });
      }
    } finally {
      this.#ring.endSend();
    }
  }

  trySend(chunk: Uint8Array): boolean {
    this.#check(chunk);
    const serve = (): boolean => {
      try {
        return this.#ring.trySend(chunk) === "sent";
      } finally {
        this.#ring.endSend();
      }
    };
    return this.#senders.try(wish("trySend", serve), false);
  }

  receive(wait?: WaitOptions): Promise<Uint8Array> {
    return this.#receivers.take(this.#receiving("receive"), wait);
  }

  receiveSync(wait?: SyncWaitOptions): Uint8Array {
    return this.#receivers.takeSync(this.#receiving("receiveSync"), wait);
  }

  tryReceive(): Uint8Array | typeof EMPTY {
    const serve = (): Uint8Array | typeof EMPTY => this.#ring.receive(ONE)[0] ?? EMPTY;
    return this.#receivers.try<Uint8Array | typeof EMPTY, typeof EMPTY>(wish("tryReceive", serve), EMPTY);
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<Uint8Array, undefined> {
    return this.values();
  }

  async *values(wait?: WaitOptions): AsyncGenerator<Uint8Array, undefined> {
    for (;;) {
      const [chunk] = await this.#next(ONE, wait);
      if (chunk === undefined) return undefined;
      yield chunk;
    }
  }

  async *batches(wait?: WaitOptions): AsyncGenerator<Uint8Array[], undefined> {
    for (;;) {
      const chunks = await this.#next(Infinity, wait);
      if (chunks.length === 0) return undefined;
      yield chunks;
    }
  }

  close(error?: unknown): void {
    if (error === undefined) this.#ring.close();
    else {
      this.#ring.close(() => {
        this.#error.write(error instanceof Error ? error.message : inspect(error));
      });
    }
  }

  open(): void {
    this.#ring.open();
  }

  describe({ operation }: WaitRecord): Description {
    const held = this.#ring.used * Int32Array.BYTES_PER_ELEMENT;
    const state = `${this.maxBytes.toString()} bytes, holds ${held.toString()}${this.closed ? ", closed" : ""}`;
    return { state, awaits: operation.startsWith("send") ? "room, or its turn to send" : "a chunk" };
  }

  /** Those that are there; none if it is closed, well, and empty. */
  #next(most: number, wait: WaitOptions | undefined): Promise<Uint8Array[]> {
    const serve = (): Uint8Array[] => {
      const chunks = this.#ring.receive(most);
      if (chunks.length === 0 && this.#ring.hasFailed) throw this.#refusal("receive");
      return chunks;
    };
    return this.#receivers.take(wish("receive", serve), wait);
  }

  #receiving(operation: string): Wish<Uint8Array> {
    return wish(operation, () => {
      const [chunk] = this.#ring.receive(ONE);
      if (chunk === undefined) throw this.#refusal(operation);
      return chunk;
    });
  }

  /** There may be room: whoever waits for that looks again. */
  #roomFor(operation: string): Wish<void> {
    return wish(operation, () => {
      this.#ring.room.leave(true);
    });
  }

  /** By the sender whose turn it is; says whether the chunk was sent. */
  #put(chunk: Uint8Array): boolean {
    const outcome = this.#ring.trySend(chunk);
    if (outcome === "closed") throw this.#refusal("send");
    return outcome === "sent";
  }

  #refusal(operation: string): ChannelClosedError {
    const cause = this.#ring.hasFailed ? { cause: new Error(this.#error.read()) } : undefined;
    return new ChannelClosedError(`${operation} on ${place(this.kind, this.name)}: it is closed`, cause);
  }

  #check(chunk: Uint8Array): void {
    if (!(chunk instanceof Uint8Array)) throw wrongType("chunk", chunk, "a Uint8Array");
    if (chunk.length <= this.maxBytes) return;
    const sizes = `has ${chunk.length.toString()} bytes, and maxBytes is ${this.maxBytes.toString()}`;
    throw new ArgumentError("RANGE", "chunk", `chunk: ${sizes} of ${place(this.kind, this.name)}`);
  }
}

/** Words of frames that are received: the first is, however long it is. */
const ONE = 1;

const nothing = (): void => undefined;

function wish<R>(operation: string, serve: () => R): Wish<R> {
  return { operation, kind: TAKE, hold: OWNED, serve };
}
