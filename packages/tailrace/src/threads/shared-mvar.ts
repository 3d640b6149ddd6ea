import { threadId } from "node:worker_threads";
import { count, isObject, nameOf, options as optionsOf, outOfRange, wrongType } from "../arguments.ts";
import { EMPTY } from "../channel/empty.ts";
import type { MVar } from "../mvar/mvar.ts";
import { ArgumentError } from "../errors.ts";
import { paced } from "../pace.ts";
import { attempt } from "../promises.ts";
import type { WaitOptions } from "../waits/limits.ts";
import type { Description, Resource, WaitRecord } from "../waits/registry.ts";
import { place } from "../waits/report.ts";
import { Box } from "./box.ts";
import type { Store } from "./box.ts";
import { codecOf, DecodeError, NUMBER_BYTES } from "./codec.ts";
import type { Codec, CodecName, Encoded, InnerCodec } from "./codec.ts";
import { unwritten } from "./frames.ts";
import { Gate, GATE_WORDS, LENT, OWNED, PUT, READ, TAKE } from "./gate.ts";
import type { Hold, Kind } from "./gate.ts";
import { livesOf, ownLives, share } from "./lives.ts";
import { SharedMemory } from "./memory.ts";
import { checkCrossing, listenForCrossing } from "./self-test.ts";
import { nameOfThread, ownerDied, Turns } from "./turns.ts";
import type { SyncWaitOptions, Wish } from "./turns.ts";

/** Options of `openSharedMVar`. */
export interface OpenSharedMVarOptions<T> {
  /** The codec, if the box was made with one of your own: functions cannot be handed to another thread. */
  readonly codec?: CodecName | Codec<T> | undefined;
  /** Whether `takeSync` and its like may stop the main thread. Default: no. */
  readonly allowSyncOnMain?: boolean | undefined;
}

/** Options of `sharedMVar`. */
export interface SharedMVarOptions<T> {
  /** Bytes of the longest value, as the codec writes it. The memory is taken at once, twice. */
  readonly maxBytes: number;
  /** How values are kept. Default: `"structured"`. */
  readonly codec?: CodecName | Codec<T> | undefined;
  /** What is in it first. Default: nothing. */
  readonly value?: T | undefined;
  /** Name in reports and errors, in all threads. Default: `mvar-1`, `mvar-2`, … */
  readonly name?: string | undefined;
  /** Whether `takeSync` and its like may stop the main thread. Default: no. */
  readonly allowSyncOnMain?: boolean | undefined;
}

/** What can be handed to another thread, which opens it by `openSharedMVar`. */
export interface SharedMVarHandle<T> {
  readonly kind: "tailrace:mvar";
  readonly name: string;
  readonly maxBytes: number;
  /** Undefined if it is one of the user's. */
  readonly codec: CodecName | undefined;
  readonly memory: SharedArrayBuffer;
  readonly lives: SharedArrayBuffer;
  /** Only a type. */
  readonly values?: T;
}

/**
 * An `MVar` in memory that threads share. Each operation is there for all threads; those that end in `Sync` stand still
 * instead of giving a promise, and are for workers.
 *
 * If a thread dies in the middle of an operation, that has not happened. If it dies while a value is lent to it, by `with`
 * or `modify`, the value is put back, and whoever comes next to take, read or swap it, or to have it lent, gets an
 * `OwnerDiedError`, once; the one after that gets the value.
 */
export interface SharedMVar<T> extends MVar<T> {
  readonly maxBytes: number;
  /** What is handed to other threads, by `workerData` or `postMessage`. */
  readonly handle: SharedMVarHandle<T>;
  /** As `take`, but stands still until there is a value. */
  takeSync(wait?: SyncWaitOptions): T;
  /** As `put`, but stands still until there is room. */
  putSync(value: T, wait?: SyncWaitOptions): void;
  /** As `read`, but stands still until there is a value. */
  readSync(wait?: SyncWaitOptions): T;
  /** As `swap`, but stands still until there is a value. */
  swapSync(value: T, wait?: SyncWaitOptions): T;
}

/**
 * Makes an `MVar` that threads share.
 *
 * @throws {ArgumentError} if an option cannot be used, or the value is longer than `maxBytes`
 * @throws {TailraceError} with the code `TAILRACE_SELF_TEST` if a wake-up does not arrive on this platform
 * @example
 * ```ts
 * import { isMainThread, Worker, workerData } from "node:worker_threads";
 * import { openSharedMVar, sharedMVar } from "tailrace/threads";
 * import type { SharedMVarHandle } from "tailrace/threads";
 *
 * if (isMainThread) {
 *   const box = sharedMVar<string>({ maxBytes: 1024 });
 *   new Worker(new URL(import.meta.url), { workerData: box.handle });
 *   await box.put("hello");
 * } else {
 *   const box = openSharedMVar(workerData as SharedMVarHandle<string>);
 *   console.log(box.takeSync());
 * }
 * ```
 */
export function sharedMVar<T>(options: SharedMVarOptions<T>): SharedMVar<T> {
  const given = optionsOf("options", options);
  const maxBytes = count("maxBytes", given.maxBytes);
  if (maxBytes > MOST_BYTES) throw outOfRange("maxBytes", maxBytes, `at most ${MOST_BYTES.toString()}`);
  const { codec, codecName } = codecOf(given.codec);
  const name = nameOf("mvar", given.name);
  const memory = new SharedArrayBuffer(HEAD_BYTES + 2 * roomOf(maxBytes));
  listenForCrossing(memory, SELF_TEST);
  const handle: SharedMVarHandle<T> = {
    kind: KIND,
    name,
    maxBytes,
    codec: codecName,
    memory,
    lives: ownLives().memory,
  };
  const box = new SharedBox<T>(handle, codec, given.allowSyncOnMain === true);
  if (given.value !== undefined) box.fill(given.value);
  return box;
}

/**
 * Opens in this thread what `sharedMVar` has made in another.
 *
 * @throws {ArgumentError} if that is no handle, or its codec is missing
 * @throws {TailraceError} with the code `TAILRACE_SELF_TEST` if a wake-up does not cross to the other thread
 * @example
 * ```ts
 * import { parentPort } from "node:worker_threads";
 * import { openSharedMVar } from "tailrace/threads";
 * import type { SharedMVarHandle } from "tailrace/threads";
 *
 * parentPort?.once("message", (handle: SharedMVarHandle<number>) => {
 *   const counter = openSharedMVar(handle);
 *   void counter.modify((n) => n + 1);
 * });
 * ```
 */
export function openSharedMVar<T>(handle: SharedMVarHandle<T>, options?: OpenSharedMVarOptions<T>): SharedMVar<T> {
  if (!isObject(handle) || (handle as { kind?: unknown }).kind !== KIND)
    throw wrongType("handle", handle, "the handle of a shared MVar");
  const given = optionsOf("options", options);
  if (given.codec === undefined && handle.codec === undefined) {
    throw wrongType("codec", undefined, "the codec that the box was made with");
  }
  const { codec } = codecOf(handle.codec ?? given.codec);
  const box = new SharedBox(handle, codec, given.allowSyncOnMain === true);
  checkCrossing(handle.memory, SELF_TEST, livesOf(handle.lives), place("mvar", handle.name));
  share();
  return box;
}

const KIND = "tailrace:mvar";
const MOST_BYTES = 2 ** 30;

/** Words: the gate, the lengths of what is in the buffers, and what the self-test needs; then come the buffers. */
const LENGTHS = GATE_WORDS;
const SELF_TEST = LENGTHS + 2;
const HEAD_BYTES = Math.ceil((SELF_TEST + 3) / 2) * 2 * Int32Array.BYTES_PER_ELEMENT;

/** What stands for the length of a number. */
const NUMBER = -1;

/** Bytes of one buffer. */
function roomOf(maxBytes: number): number {
  return Math.ceil(maxBytes / NUMBER_BYTES) * NUMBER_BYTES;
}

/** Numbers are written as they are: that costs a fraction of what bytes do. */
function storeIn(memory: SharedArrayBuffer, maxBytes: number): Store<Encoded> {
  const words = new Int32Array(memory, 0, HEAD_BYTES / Int32Array.BYTES_PER_ELEMENT);
  const bytes = new Uint8Array(memory, HEAD_BYTES);
  const numbers = new Float64Array(memory, HEAD_BYTES);
  const room = roomOf(maxBytes);
  return {
    write(buffer, value) {
      if (typeof value === "number") numbers[(buffer * room) / NUMBER_BYTES] = value;
      else bytes.set(value, buffer * room);
      words[LENGTHS + buffer] = typeof value === "number" ? NUMBER : value.length;
    },
    read(buffer) {
      const length = words[LENGTHS + buffer] ?? 0;
      if (length === NUMBER) return numbers[(buffer * room) / NUMBER_BYTES] ?? 0;
      const value = unwritten(length);
      value.set(bytes.subarray(buffer * room, buffer * room + length));
      return value;
    },
  };
}

/** A box in one thread. */
class SharedBox<T> implements SharedMVar<T>, Resource {
  readonly kind = "mvar";
  readonly name: string;
  readonly maxBytes: number;
  readonly #handle: SharedMVarHandle<T>;
  readonly #codec: InnerCodec<T>;
  readonly #box: Box<Encoded>;
  readonly #turns: Turns;

  constructor(handle: SharedMVarHandle<T>, codec: InnerCodec<T>, mayStandStill: boolean) {
    const { name, maxBytes, memory, lives } = handle;
    this.name = name;
    this.maxBytes = maxBytes;
    this.#handle = handle;
    this.#codec = codec;
    const words = new Int32Array(memory, 0, HEAD_BYTES / Int32Array.BYTES_PER_ELEMENT);
    const gate = new Gate(new SharedMemory(words), 0, threadId);
    this.#turns = new Turns(this, words, gate, livesOf(lives), mayStandStill);
    this.#box = new Box(this.#turns.gate, storeIn(memory, maxBytes), (thread) =>
      ownerDied(this, thread, "the value that was lent from"),
    );
  }

  get handle(): SharedMVarHandle<T> {
    share();
    return this.#handle;
  }

  take(wait?: WaitOptions): Promise<T> {
    return this.#turns.take(this.#taking("take"), wait);
  }

  put(value: T, wait?: WaitOptions): Promise<void> {
    return attempt(() => this.#turns.take(this.#putting("put", value), wait));
  }

  read(wait?: WaitOptions): Promise<T> {
    return this.#turns.take(this.#reading("read"), wait);
  }

  swap(value: T, wait?: WaitOptions): Promise<T> {
    return attempt(() => this.#turns.take(this.#swapping("swap", value), wait));
  }

  takeSync(wait?: SyncWaitOptions): T {
    return this.#turns.takeSync(this.#taking("takeSync"), wait);
  }

  putSync(value: T, wait?: SyncWaitOptions): void {
    this.#turns.takeSync(this.#putting("putSync", value), wait);
  }

  readSync(wait?: SyncWaitOptions): T {
    return this.#turns.takeSync(this.#reading("readSync"), wait);
  }

  swapSync(value: T, wait?: SyncWaitOptions): T {
    return this.#turns.takeSync(this.#swapping("swapSync", value), wait);
  }

  tryTake(): Promise<T | typeof EMPTY> {
    return attempt(() => paced(this.#turns.try(this.#taking("tryTake"), EMPTY)));
  }

  async tryPut(value: T): Promise<boolean> {
    return paced(this.#turns.try(this.#putting("tryPut", value), false) !== false);
  }

  tryRead(): Promise<T | typeof EMPTY> {
    return attempt(() => paced(this.#turns.try(this.#reading("tryRead"), EMPTY)));
  }

  trySwap(value: T): Promise<T | typeof EMPTY> {
    return attempt(() => paced(this.#turns.try(this.#swapping("trySwap", value), EMPTY)));
  }

  isEmpty(): Promise<boolean> {
    const { isFull, holder } = this.#turns.gate;
    return paced(!isFull || holder?.isLent === true);
  }

  async with<R>(fn: (value: T) => R | PromiseLike<R>, wait?: WaitOptions): Promise<Awaited<R>> {
    const value = await this.#lend("with", wait);
    try {
      return await fn(value);
    } finally {
      this.#box.giveBack();
    }
  }

  async modify(fn: (value: T) => T | PromiseLike<T>, wait?: WaitOptions): Promise<T> {
    const next = await this.#change("modify", fn, wait);
    return next;
  }

  modifyMaybe(
    fn: (value: T) => T | typeof EMPTY | PromiseLike<T | typeof EMPTY>,
    wait?: WaitOptions,
  ): Promise<T | typeof EMPTY> {
    return this.#change("modifyMaybe", fn, wait);
  }

  /** Puts in the first value. */
  fill(value: T): void {
    this.#turns.try(this.#putting("sharedMVar", value), undefined);
  }

  describe({ operation }: WaitRecord): Description {
    const { isFull, holder } = this.#turns.gate;
    const bytes = `${this.maxBytes.toString()} bytes`;
    const puts = operation.startsWith("put");
    const awaits = puts ? "it to be empty" : "a value";
    if (holder === undefined) return { state: `${bytes}, ${isFull ? "full" : "empty"}`, awaits };
    const who = nameOfThread(holder.thread);
    if (holder.isLent) return { state: `${bytes}, lent to ${who}`, awaits, remark: `${who} has the value` };
    return { state: `${bytes}, offered to ${who}`, awaits, remark: `it is the turn of ${who}` };
  }

  async #change<N extends T | typeof EMPTY>(
    operation: string,
    fn: (value: T) => N | PromiseLike<N>,
    wait: WaitOptions | undefined,
  ): Promise<N> {
    const value = await this.#lend(operation, wait);
    let bytes: Encoded | undefined;
    let next: N;
    try {
      next = await fn(value);
      if (next !== EMPTY) bytes = this.#encode(next as T);
    } catch (error) {
      this.#box.giveBack();
      throw error;
    }
    if (bytes === undefined) this.#box.empty();
    else this.#box.replace(bytes);
    return next;
  }

  #lend(operation: string, wait: WaitOptions | undefined): Promise<T> {
    const serve = (): T => {
      const bytes = this.#box.lend();
      try {
        return this.#decode(bytes);
      } catch (error) {
        this.#box.giveBack();
        throw error;
      }
    };
    return this.#turns.take({ operation, kind: TAKE, hold: LENT, serve }, wait);
  }

  #taking(operation: string): Wish<T> {
    return wish(operation, TAKE, () => this.#decode(this.#box.take()));
  }

  #reading(operation: string): Wish<T> {
    return wish(operation, READ, () => this.#decode(this.#box.read()));
  }

  #putting(operation: string, value: T): Wish<void> {
    const bytes = this.#encode(value);
    return wish(operation, PUT, () => {
      this.#box.put(bytes);
    });
  }

  #swapping(operation: string, value: T): Wish<T> {
    const bytes = this.#encode(value);
    return wish(operation, TAKE, () => this.#decode(this.#box.swap(bytes)));
  }

  #encode(value: T): Encoded {
    const encoded = this.#codec.encode(value);
    const length = typeof encoded === "number" ? NUMBER_BYTES : encoded.length;
    if (length > this.maxBytes) {
      const sizes = `takes ${length.toString()} bytes, and maxBytes is ${this.maxBytes.toString()}`;
      throw new ArgumentError("RANGE", "value", `value: ${sizes} of ${place("mvar", this.name)}`);
    }
    return encoded;
  }

  #decode(encoded: Encoded): T {
    try {
      return this.#codec.decode(encoded);
    } catch (cause) {
      const what = `what was in ${place("mvar", this.name)} cannot be decoded`;
      throw new DecodeError(
        encoded as Uint8Array,
        `${what}: ${cause instanceof Error ? cause.message : String(cause)}`,
        { cause },
      );
    }
  }
}

function wish<R>(operation: string, kind: Kind, serve: () => R, hold: Hold = OWNED): Wish<R> {
  return { operation, kind, hold, serve };
}
