import { threadId } from "node:worker_threads";
import { EMPTY } from "../channel/empty.ts";
import { ArgumentError } from "../errors.ts";
import { paced } from "../pace.ts";
import { attempt } from "../promises.ts";
import type { WaitOptions } from "../waits/limits.ts";
import type { Description, Resource, WaitRecord } from "../waits/registry.ts";
import { place } from "../waits/report.ts";
import { Box } from "./box.ts";
import type { Store } from "./box.ts";
import { DecodeError, NUMBER_BYTES } from "./codec.ts";
import type { Encoded, InnerCodec } from "./codec.ts";
import { unwritten } from "./frames.ts";
import { Gate, GATE_WORDS, LENT, OWNED, PUT, READ, TAKE } from "./gate.ts";
import type { Hold, Kind } from "./gate.ts";
import { livesOf, share } from "./lives.ts";
import { SharedMemory } from "./memory.ts";
import type { SharedMVar, SharedMVarHandle } from "./shared-mvar.ts";
import { nameOfThread, ownerDied, Turns } from "./turns.ts";
import type { SyncWaitOptions, Wish } from "./turns.ts";

/** Words: the gate, the lengths of what is in the buffers, and what the self-test needs; then come the buffers. */
const LENGTHS = GATE_WORDS;
export const SELF_TEST: number = LENGTHS + 2;
const HEAD_BYTES = Math.ceil((SELF_TEST + 3) / 2) * 2 * Int32Array.BYTES_PER_ELEMENT;

/** What stands for the length of a number. */
const NUMBER = -1;

/** Bytes of all the memory. */
export function bytesFor(maxBytes: number): number {
  return HEAD_BYTES + 2 * roomOf(maxBytes);
}

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
export class MVarView<T> implements SharedMVar<T>, Resource {
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
