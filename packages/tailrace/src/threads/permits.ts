// Permits on top of a gate, which is open as long as one is free. Each thread has a line that says how many it holds, so
// that they are free again when it dies: how many are free is not kept anywhere, but counted.
import { Gate, OWNED, TAKE } from "./gate.ts";
import type { Entering } from "./gate.ts";
import type { Memory } from "./memory.ts";

/** Threads that hold a permit at a time. */
const MOST_HOLDERS = 1024;

const PERMITS = 0;
/** So many lines have ever been used. */
const TOP = 1;
/** How many had died when it was last looked who has. */
const SEEN = 2;
/** The last who died with permits, of which nobody has been told: its number, and one more. */
const DEAD = 3;
/** Lines: who, and one more; and how many permits. Only who has the turn changes them, but for the number of one's own. */
const LINES = 4;

export const PERMIT_WORDS: number = LINES + 2 * MOST_HOLDERS;

/** Who lives, as far as somebody knows. */
export interface Living {
  readonly deaths: number;
  isAlive(thread: number): boolean;
}

/** One thread's view of them. */
export class Permits {
  readonly gate: Gate;
  readonly #memory: Memory;
  readonly #base: number;
  readonly #thread: number;
  readonly #living: Living;

  /** @param gate makes the gate, which is full if the function says so */
  constructor(memory: Memory, base: number, thread: number, living: Living, gate: (isFull: () => boolean) => Gate) {
    this.#memory = memory;
    this.#base = base;
    this.#thread = thread;
    this.#living = living;
    this.gate = gate(() => this.#isAnyFree());
  }

  /** The first thing that is done with the memory. */
  fill(permits: number): void {
    this.#memory.store(this.#base + PERMITS, permits);
    this.gate.poke();
  }

  /** As `Gate.enter`, for the turn that `take` uses. */
  enter(): Entering {
    return this.gate.enter(TAKE, OWNED);
  }

  /** Takes a permit and passes the turn on; gives the thread that has died with some, if nobody knows that: then it has none. */
  take(): number | undefined {
    const dead = this.#load(DEAD);
    if (dead !== 0) this.#store(DEAD, 0);
    else {
      const line = this.#line();
      this.#store(line + 1, this.#load(line + 1) + 1);
    }
    this.gate.leave(true);
    return dead === 0 ? undefined : dead - 1;
  }

  /** Gives one back; says whether this thread had one. */
  release(): boolean {
    const line = this.#own();
    const held = line === undefined ? 0 : this.#load(line + 1);
    if (line === undefined || held === 0) return false;
    this.#store(line + 1, held - 1);
    this.gate.poke();
    return true;
  }

  /** Permits that nobody has, at a moment that may be over. */
  get free(): number {
    let free = this.#load(PERMITS);
    for (let line = LINES; line < this.#end; line += 2) free -= this.#load(line + 1);
    return free;
  }

  /** The threads that have some. */
  *holders(): Generator<number, void, undefined> {
    for (let line = LINES; line < this.#end; line += 2) {
      const who = this.#load(line);
      if (who !== 0 && this.#load(line + 1) > 0) yield who - 1;
    }
  }

  repair(): void {
    this.gate.repair((thread) => this.#living.isAlive(thread));
    this.gate.poke();
  }

  /** Counts, and takes back from the dead. Only who has the turn does so. */
  #isAnyFree(): boolean {
    const { deaths } = this.#living;
    if (this.#load(SEEN) !== deaths) {
      for (let line = LINES; line < this.#end; line += 2) this.#bury(line);
      this.#store(SEEN, deaths);
    }
    return this.free > 0;
  }

  #bury(line: number): void {
    const who = this.#load(line);
    if (who === 0 || this.#living.isAlive(who - 1)) return;
    if (this.#load(line + 1) > 0) this.#store(DEAD, who);
    this.#store(line + 1, 0);
    this.#store(line, 0);
  }

  /** The line of this thread, which it gets if it has none. */
  #line(): number {
    let line = this.#own();
    if (line !== undefined) return line;
    line = LINES;
    while (this.#load(line) !== 0) line += 2; // there are as many as threads can live
    this.#store(line, this.#thread + 1);
    if (line >= this.#end) this.#store(TOP, (line - LINES) / 2 + 1);
    return line;
  }

  #own(): number | undefined {
    for (let line = LINES; line < this.#end; line += 2) if (this.#load(line) === this.#thread + 1) return line;
    return undefined;
  }

  get #end(): number {
    return LINES + 2 * this.#load(TOP);
  }

  #load(at: number): number {
    return this.#memory.load(this.#base + at);
  }

  #store(at: number, value: number): void {
    this.#memory.store(this.#base + at, value);
  }
}
