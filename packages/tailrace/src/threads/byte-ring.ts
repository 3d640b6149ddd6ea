// A ring of frames on top of three gates: senders take turns; the one whose turn it is waits for room; and receivers take
// turns, as long as there is something. A frame is there when its end is: in one step, whoever dies before.
import type { Gate } from "./gate.ts";
import type { Memory } from "./memory.ts";

/** Where the frames are. */
export interface Frames<V> {
  /** Of the ring, in the unit of all positions. */
  readonly size: number;
  sizeOf(value: V): number;
  write(position: number, value: V): void;
  /** The value, and the size of its frame. */
  read(position: number): { readonly value: V; readonly size: number };
}

/** Positions go round twice, so that full and empty can be told apart. */
const HEAD = 0;
const TAIL = 1;
/** What the sender needs that waits for room; 0 if none does. */
const NEED = 2;
/** Whether it is closed, and how. */
const CLOSED = 3;

export const RING_WORDS = 4;

const OPEN = 0;
const CLOSED_WELL = 1;
const FAILED = 2;
/** Somebody is about to say with which error, or has died then. */
const FAILING = 3;

/** Makes a gate, which is full if the function says so. */
export type MakeGate = (nth: 0 | 1 | 2, isFull: () => boolean) => Gate;

/** One thread's view of it. */
export class ByteRing<V> {
  readonly senders: Gate;
  readonly room: Gate;
  readonly receivers: Gate;
  readonly #memory: Memory;
  readonly #base: number;
  readonly #frames: Frames<V>;

  constructor(memory: Memory, base: number, frames: Frames<V>, gate: MakeGate) {
    this.#memory = memory;
    this.#base = base;
    this.#frames = frames;
    this.senders = gate(0, () => true);
    this.room = gate(1, () => this.isClosed || this.free >= this.#load(NEED));
    this.receivers = gate(2, () => this.isClosed || this.used > 0);
  }

  /** The first thing that is done with the memory. */
  open(): void {
    this.senders.poke();
  }

  get used(): number {
    const { size } = this.#frames;
    return (this.#load(TAIL) - this.#load(HEAD) + 2 * size) % (2 * size);
  }

  get free(): number {
    return this.#frames.size - this.used;
  }

  get isClosed(): boolean {
    return this.#load(CLOSED) !== OPEN;
  }

  /** Whether it was closed with an error, which can be read. */
  get hasFailed(): boolean {
    return this.#load(CLOSED) === FAILED;
  }

  /** By the sender whose turn it is. If there is no room, it waits for that by `room`. */
  trySend(value: V): "sent" | "full" | "closed" {
    if (this.isClosed) return "closed";
    const size = this.#frames.sizeOf(value);
    if (this.free < size) {
      this.#store(NEED, size);
      this.room.poke(); // there may be room since it was looked at
      return "full";
    }
    const tail = this.#load(TAIL);
    this.#frames.write(tail % this.#frames.size, value);
    this.#store(TAIL, (tail + size) % (2 * this.#frames.size));
    return "sent";
  }

  /** By the sender whose turn it is, when it has sent, or gives up. */
  endSend(): void {
    this.#store(NEED, 0);
    this.senders.leave(true);
    this.receivers.poke();
  }

  /** By the receiver whose turn it is: gives what is there, one frame at least, unless it is closed. */
  receive(most: number): V[] {
    const values: V[] = [];
    let head = this.#load(HEAD);
    const tail = this.#load(TAIL);
    for (let taken = 0; head !== tail && taken < most;) {
      const { value, size } = this.#frames.read(head % this.#frames.size);
      if (taken > 0 && taken + size > most) break;
      values.push(value);
      taken += size;
      head = (head + size) % (2 * this.#frames.size);
    }
    this.#store(HEAD, head);
    this.receivers.leave(true);
    if (this.#load(NEED) !== 0) this.room.poke();
    return values;
  }

  /** @param fail says why; without it, it ends well */
  close(fail?: () => void): void {
    if (!this.#memory.swap(this.#base + CLOSED, OPEN, fail === undefined ? CLOSED_WELL : FAILING)) return;
    if (fail !== undefined) {
      fail();
      this.#store(CLOSED, FAILED);
    }
    this.#wake();
  }

  repair(isAlive: (thread: number) => boolean): void {
    for (const gate of [this.senders, this.room, this.receivers]) gate.repair(isAlive);
    this.#wake();
  }

  #wake(): void {
    this.room.poke();
    this.receivers.poke();
  }

  #load(at: number): number {
    return this.#memory.load(this.#base + at);
  }

  #store(at: number, value: number): void {
    this.#memory.store(this.#base + at, value);
  }
}
