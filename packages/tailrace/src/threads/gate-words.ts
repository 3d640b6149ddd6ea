// What the words of a gate say, and what becomes of them: each change is one atomic step.

/** Whether what the gate is before is there: a value, a permit, a byte, room. Some wait for that, some for the contrary. */
export const FULL = 1;
/** Who has the turn: nobody. */
export const FREE = 0;
/** It is offered to a waiter, by the number of its place. */
export const OFFERED = 2;
/** A thread has it for a moment. */
export const OWNED = 4;
/** A thread has it as long as a function of the user's takes. */
export const LENT = 6;
export const HOLD = 6;
/** Which of two buffers has the value. */
export const BUFFER = 1 << 3;
/** To whom it was lent has died, and nobody has been told. */
export const DIED = 1 << 4;
/** Somebody has come who may not be in the table yet that was read. */
export const NEWS = 1 << 5;
/** What was committed last. */
export const COMMITTED = FULL | BUFFER | DIED;
export const ID = 6;

export type Hold = typeof OWNED | typeof LENT;

/** What somebody waits for: to look, to take out, or to put in. */
export type Kind = typeof READ | typeof TAKE | typeof PUT;
export const READ = 0;
export const TAKE = 1;
export const PUT = 2;

/** States of a place in the table. Above these two bits and two of the kind is the number of the thread. */
export const UNUSED = 0;
export const RESERVED = 1;
export const WAITING = 2;
export const GRANTED = 3;
export const STATE_OF_PLACE = 3;
export const KIND = 2;
export const THREAD = 4;

export function granted(word: number): number {
  return (word & ~STATE_OF_PLACE) | GRANTED;
}

export function kindOf(word: number): number {
  return (word >>> KIND) & 3;
}

/** Whether somebody waits in that place for what there is. */
export function wants(word: number, state: number): boolean {
  return (word & STATE_OF_PLACE) === WAITING && fits(state, kindOf(word));
}

export function fits(state: number, kind: number): boolean {
  return ((state & FULL) !== 0) === (kind !== PUT);
}

export function serves(state: number, kind: number): boolean {
  return (state & HOLD) === FREE && fits(state, kind);
}

export function isOffer(state: number, place: number): boolean {
  return (state & HOLD) === OFFERED && state >>> ID === place;
}

/** The place may have been that of another waiter, who wanted something else. */
export function isOfferOf(state: number, place: number, kind: number): boolean {
  return isOffer(state, place) && fits(state, kind);
}

function turn(state: number, held: number): number {
  return (state & (COMMITTED | NEWS)) | held;
}

export function entering(state: number, kind: number, held: number): number {
  return serves(state, kind) ? turn(state, held) : state;
}

export function arriving(state: number, kind: number, place: number, held: number): number {
  return serves(state, kind) || isOfferOf(state, place, kind) ? turn(state, held) : state | NEWS;
}

export function claiming(state: number, place: number, kind: number, held: number): number {
  return isOfferOf(state, place, kind) ? turn(state, held) : state;
}

export function takingBack(state: number, place: number, held: number): number {
  return isOffer(state, place) ? turn(state, held) : state;
}

export function poking(state: number, held: number): number {
  if ((state & HOLD) !== FREE) return state | NEWS;
  return (state & FULL) === 0 ? turn(state, held) : state;
}

export function withoutNews(state: number): number {
  return state & ~NEWS;
}

export function reserving(word: number, reserved: number): number {
  return word === UNUSED ? reserved : word;
}

export function atLeast(top: number, least: number): number {
  return Math.max(top, least);
}
