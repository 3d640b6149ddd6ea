// How threads take turns, without a lock: one word says who has the turn, and a table says who waits for it. Whoever
// leaves hands the turn to who has waited longest. Each step is one atomic operation, and after each of them the memory
// says what is to be done if the thread dies right there: everything but the turn itself is as it was committed.
//
// What keeps wake-ups from being lost is Dekker's argument: a waiter writes its place in the table and then looks at the
// state, and whoever leaves looks at the table and then changes the state, which fails if a waiter has come between: each
// sets a bit that says so. test/threads tries all orders of steps.
import {
  BUFFER,
  COMMITTED,
  DIED,
  FREE,
  FULL,
  GRANTED,
  HOLD,
  ID,
  KIND,
  LENT,
  NEWS,
  OFFERED,
  OWNED,
  READ,
  RESERVED,
  STATE_OF_PLACE,
  THREAD,
  UNUSED,
  WAITING,
  arriving,
  atLeast,
  claiming,
  entering,
  fits,
  granted,
  isOffer,
  isOfferOf,
  kindOf,
  poking,
  reserving,
  serves,
  takingBack,
  wants,
  withoutNews,
} from "./gate-words.ts";
import type { Hold, Kind } from "./gate-words.ts";
import type { Memory } from "./memory.ts";

export { LENT, OWNED, PUT, READ, TAKE } from "./gate-words.ts";
export type { Hold, Kind } from "./gate-words.ts";

const STATE = 0;
const TICKETS = 1;
/** So many places have ever been used. */
const TOP = 2;
/** The ticket that was next when the value was put: who reads with an older one comes before all who take. */
const LATEST = 3;
const DEAD = 4;
const PLACES = 5;

/** Waiters at a time. */
export const MOST_WAITERS = 1024;

/** Words of a gate. */
export const GATE_WORDS: number = PLACES + 2 * MOST_WAITERS;

/** A wait: it gives the word to wait on, until that is not `Gate.waiting`, and is told whether it is to go on. */
export type Entering = Generator<number, boolean, boolean>;

/** The waiter that is served first of those that were looked at. */
export interface Best {
  readonly place: number;
  readonly ticket: number;
  /** Whether it reads, and was there before the value. */
  readonly isGuaranteed: boolean;
}

/** What is left to do when the turn was passed on. */
const NOTHING = -1;

/** One thread's view of it. What is protected is for tests, which look into it. */
export class Gate {
  protected readonly memory: Memory;
  readonly #base: number;
  readonly #thread: number;
  readonly #isFull: (() => boolean) | undefined;

  /** @param isFull what says so, if others than who has the turn can change it: they call `poke` then */
  constructor(memory: Memory, base: number, thread: number, isFull?: () => boolean) {
    this.memory = memory;
    this.#base = base;
    this.#thread = thread;
    this.#isFull = isFull;
  }

  /** Takes the turn if it is free and nobody comes before. */
  tryEnter(kind: Kind, hold: Hold): boolean {
    return serves(this.memory.update(this.#base + STATE, entering, kind, this.#held(hold)), kind);
  }

  /** Waits for the turn; says whether it has it in the end. Throws if too many wait. */
  *enter(kind: Kind, hold: Hold): Entering {
    if (this.tryEnter(kind, hold)) return true;
    const place = this.reserve();
    this.#store(placeAt(place) + 1, this.memory.add(this.#base + TICKETS, 1));
    for (;;) {
      if (this.arrive(place, kind, hold)) return true;
      const isMine = this.answer(place, kind, hold, yield this.#base + placeAt(place));
      if (isMine !== undefined) return isMine;
    }
  }

  /** What is in the word of a waiter of this thread, as long as it waits. */
  waiting(kind: Kind): number {
    return WAITING | (kind << KIND) | (this.#thread << THREAD);
  }

  /** Passes the turn on. What it leaves is committed in the first step. */
  leave(isFull: boolean, buffer: number = this.buffer): void {
    this.#leave((isFull ? FULL : 0) | (buffer === 0 ? 0 : BUFFER));
  }

  /** What the gate is before may be there now, without anybody having had the turn. */
  poke(): void {
    const state = this.memory.update(this.#base + STATE, poking, this.#held(OWNED));
    if ((state & HOLD) === FREE && (state & FULL) === 0) this.#leave(FULL);
  }

  /** Everybody who waits to read now comes before those who take what is put now. */
  mark(): void {
    this.#store(LATEST, this.#load(TICKETS));
  }

  get isFull(): boolean {
    return (this.#load(STATE) & FULL) !== 0;
  }

  /** Whether somebody has the turn for a moment only. */
  get isMoving(): boolean {
    return (this.#load(STATE) & HOLD) === OWNED;
  }

  /** Which of the two buffers has the value. */
  get buffer(): number {
    return (this.#load(STATE) & BUFFER) === 0 ? 0 : 1;
  }

  /** The thread that has the turn for long, or whose waiter it is offered to. */
  get holder(): { readonly thread: number; readonly isLent: boolean } | undefined {
    const state = this.#load(STATE);
    const hold = state & HOLD;
    if (hold === LENT) return { thread: state >>> ID, isLent: true };
    const word = hold === OFFERED ? this.#load(placeAt(state >>> ID)) : UNUSED;
    return (word & STATE_OF_PLACE) === GRANTED ? { thread: word >>> THREAD, isLent: false } : undefined;
  }

  /** The thread that had the value and died, if whoever has the turn now is the first to be told. */
  get died(): number | undefined {
    return (this.#load(STATE) & DIED) === 0 ? undefined : this.#load(DEAD);
  }

  /** Puts in order what threads have left that live no more. Any number of threads may do so at the same time. */
  repair(isAlive: (thread: number) => boolean): void {
    const top = this.#load(TOP);
    for (let place = 0; place < top; place++) {
      const at = placeAt(place);
      let word = this.#load(at);
      while (word !== UNUSED && !isAlive(word >>> THREAD) && !this.#swap(at, word, UNUSED)) word = this.#load(at);
      // Whoever has granted it may have died before the waiter was woken.
      if ((word & STATE_OF_PLACE) === GRANTED) this.memory.wake(this.#base + at);
    }
    for (;;) {
      const state = this.#load(STATE);
      const hold = state & HOLD;
      if (hold === FREE) return;
      const id = state >>> ID;
      if (hold === OFFERED) {
        // Whoever offered it may have died before it was granted, or before they saw that the waiter had gone.
        const at = placeAt(id);
        const word = this.#load(at);
        const placed = fits(state, kindOf(word)) ? word & STATE_OF_PLACE : UNUSED;
        if (placed === GRANTED || (placed === WAITING && this.#grant(at, word))) return;
        if (placed === WAITING) continue;
      } else if (isAlive(id)) return;
      const lost = hold === LENT ? DIED : 0;
      if (!this.#swap(STATE, state, (state & (COMMITTED | NEWS)) | this.#held(OWNED) | lost)) continue;
      if (lost !== 0) this.#store(DEAD, id);
      this.#leave((state & COMMITTED) | lost);
      return;
    }
  }

  /** Takes a place in the table. */
  protected reserve(): number {
    const word = RESERVED | (this.#thread << THREAD);
    for (let place = 0; place < MOST_WAITERS; place++) {
      if (this.memory.update(this.#base + placeAt(place), reserving, word) !== UNUSED) continue;
      this.memory.update(this.#base + TOP, atLeast, place + 1);
      return place;
    }
    throw new CrowdedError();
  }

  /** Begins to wait, unless the turn is free or offered to it; says whether it has it. */
  protected arrive(place: number, kind: Kind, hold: Hold): boolean {
    const at = placeAt(place);
    this.#store(at, this.waiting(kind));
    const state = this.memory.update(this.#base + STATE, arriving, kind, place, this.#held(hold));
    const isMine = serves(state, kind) || isOfferOf(state, place, kind);
    if (isMine) this.#store(at, UNUSED);
    return isMine;
  }

  /** After a wait: whether it has the turn; undefined if it is to wait again. */
  protected answer(place: number, kind: Kind, hold: Hold, goesOn: boolean): boolean | undefined {
    const at = placeAt(place);
    // Who gives up is offered nothing from here on; but that may have happened before.
    if (!goesOn) this.#store(at, RESERVED | (this.#thread << THREAD));
    const state = this.memory.update(this.#base + STATE, claiming, place, kind, this.#held(hold));
    const isMine = isOfferOf(state, place, kind);
    if (!isMine && goesOn) return undefined; // it was taken back, or whoever waits only looks
    this.#store(at, UNUSED);
    if (!goesOn) this.memory.wake(this.#base + at); // what still waits there, in vain
    return isMine;
  }

  #leave(commit: number): void {
    for (let committed = commit; committed !== NOTHING;) committed = this.pass(committed);
  }

  /** Tries to pass the turn on; gives what is to be committed the next time, if that failed. */
  protected pass(before: number): number {
    const state = this.memory.update(this.#base + STATE, withoutNews) & ~NEWS;
    const committed = this.#isFull === undefined ? before : this.#isFull() ? FULL : 0;
    const place = this.next((committed & FULL) !== 0);
    if (place === undefined) return this.#swap(STATE, state, committed) ? NOTHING : committed;
    const at = placeAt(place);
    const word = this.#load(at);
    if (!wants(word, committed)) return committed;
    if (!this.#swap(STATE, state, committed | OFFERED | (place << ID))) return committed;
    if (this.#grant(at, word) || this.#load(at) === granted(word)) return NOTHING;
    // The waiter has gone. It may be the offer of somebody else that is taken back, to the next in the same place.
    const offered = this.memory.update(this.#base + STATE, takingBack, place, this.#held(OWNED));
    return isOffer(offered, place) ? offered & COMMITTED : NOTHING;
  }

  /** The place of who is to be served next. */
  protected next(isFull: boolean): number | undefined {
    const top = this.#load(TOP);
    let best: Best | undefined;
    for (let place = 0; place < top; place++) best = this.look(place, isFull, best);
    return best?.place;
  }

  protected look(place: number, isFull: boolean, best: Best | undefined): Best | undefined {
    const at = placeAt(place);
    const word = this.#load(at);
    if (!wants(word, isFull ? FULL : 0)) return best;
    const ticket = this.#load(at + 1);
    const isGuaranteed = kindOf(word) === READ && isBefore(ticket, this.#load(LATEST));
    if (best !== undefined) {
      const isBetter = isGuaranteed === best.isGuaranteed ? isBefore(ticket, best.ticket) : isGuaranteed;
      if (!isBetter) return best;
    }
    return { place, ticket, isGuaranteed };
  }

  #grant(at: number, word: number): boolean {
    if (!this.#swap(at, word, granted(word))) return false;
    this.memory.wake(this.#base + at);
    return true;
  }

  #held(hold: Hold): number {
    return hold | (this.#thread << ID);
  }

  #load(at: number): number {
    return this.memory.load(this.#base + at);
  }

  #store(at: number, value: number): void {
    this.memory.store(this.#base + at, value);
  }

  #swap(at: number, expected: number, value: number): boolean {
    return this.memory.swap(this.#base + at, expected, value);
  }
}

/** All places are in use. */
export class CrowdedError extends Error {}

function placeAt(place: number): number {
  return PLACES + 2 * place;
}

/** Of two tickets, whose count may have begun again. */
function isBefore(one: number, other: number): boolean {
  return ((one - other) | 0) < 0;
}
