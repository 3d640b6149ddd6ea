import { inspect } from "node:util";
import { threadId } from "node:worker_threads";
import { options as optionsOf, wrongType } from "../arguments.ts";
import { EMPTY } from "../channel/empty.ts";
import { ArgumentError, ChannelClosedError } from "../errors.ts";
import { startLimits } from "../waits/limits.ts";
import type { WaitOptions } from "../waits/limits.ts";
import type { Description, Resource, WaitRecord } from "../waits/registry.ts";
import { place } from "../waits/report.ts";
import { ByteRing, RING_WORDS } from "./byte-ring.ts";
import { bytesIn, framesIn, roomOf } from "./frames.ts";
import { Gate, GATE_WORDS, OWNED, TAKE } from "./gate.ts";
import { livesOf, share } from "./lives.ts";
import { SharedMemory } from "./memory.ts";
import type { SharedChannel, SharedChannelHandle } from "./shared-channel.ts";
import { Turns } from "./turns.ts";
import type { SyncWaitOptions, Wish } from "./turns.ts";

/** Words: three gates, the ring, the self-test, the message of an error, and the frames. */
const RING = 3 * GATE_WORDS;
export const SELF_TEST: number = RING + RING_WORDS;
const ERROR = SELF_TEST + 3;
/** Bytes of the message of an error that are kept. */
const ERROR_BYTES = 1020;
const FRAMES = ERROR + roomOf(ERROR_BYTES);

/** Bytes of all the memory. */
export function bytesFor(maxBytes: number): number {
  return (FRAMES + roomOf(maxBytes)) * Int32Array.BYTES_PER_ELEMENT;
}

/** A channel in one thread. */
export class ChannelView implements SharedChannel, Resource {
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
