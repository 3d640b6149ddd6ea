// Keeps the event loop open. Operations that complete without waiting resume in microtasks, and a long chain of
// microtasks shuts out timers and I/O; so after a slice of time one operation resumes through a macrotask instead.

/** A time in which the event loop does not turn. Readings of `performance.now()`. */
export interface Slice {
  start: number;
  /** Undefined while it is under way. */
  end: number | undefined;
}

/** Milliseconds of back-to-back progress after which an operation yields. */
const SLICE = 5;

/** The clock is read at most every so many operations: reading it costs about as much as the operation. */
const LONGEST_STRIDE = 32;

let stride = 1;
let credit = 1;
let readAt = performance.now();
/** The one that is under way. */
let slice: Slice | undefined;
let turn: Promise<void> | undefined;

/**
 * To be called once by each operation that has made progress without waiting. Usually returns undefined; when the
 * slice is used up, a promise that the operation must wait for before it lets its caller go on.
 */
export function pause(): Promise<void> | undefined {
  return --credit > 0 ? undefined : readClock();
}

/** A reading of `performance.now()` in this turn of the event loop: one for each wait would be a quarter of its cost. */
export function now(): number {
  return slice === undefined ? performance.now() : readAt;
}

/** The slice that is under way: it tells of many moments when they were, once it is over, for one reading of the clock. */
export function currentSlice(): Slice {
  return slice ?? startSlice(performance.now());
}

function startSlice(time: number): Slice {
  readAt = time;
  macrotask(turned);
  return (slice = { start: time, end: undefined });
}

/** A result that was there at once. */
export function paced<T>(value: T): Promise<T> {
  const turn = pause();
  return turn === undefined ? Promise.resolve(value) : turn.then(() => value);
}

function readClock(): Promise<void> | undefined {
  if (turn !== undefined) return turn;
  const time = performance.now();
  // Operations with slow bodies in between must read the clock every time, or a stride of them would last far too long.
  stride = time - readAt < SLICE / 20 ? Math.min(stride * 2, LONGEST_STRIDE) : 1;
  readAt = time;
  const { start } = (slice ??= startSlice(time));
  if (time < start) slice.start = time; // a clock that is set back, as fake ones in tests are
  if (time - start < SLICE) {
    credit = stride;
    return undefined;
  }
  turn = new Promise((resolve) => {
    macrotask(() => {
      turn = undefined;
      credit = 1;
      resolve();
    });
  });
  return turn;
}

/** The event loop has turned: whoever shuts it from now on has a slice of their own. A timer may be the first to know. */
export function turned(): void {
  if (slice !== undefined) slice.end = performance.now();
  slice = undefined;
}

/** The quickest macrotask of the platform; taken once, so that fake timers in tests do not stop it. */
export const macrotask: (callback: () => void) => void = chooseMacrotask();

function chooseMacrotask(): (callback: () => void) => void {
  const immediate = (globalThis as { setImmediate?: (callback: () => void) => unknown }).setImmediate;
  if (immediate !== undefined) return (callback) => void immediate(callback);
  if (typeof MessageChannel === "function") {
    const { port1, port2 } = new MessageChannel();
    const waiting: (() => void)[] = [];
    (port1 as { onmessage?: () => void }).onmessage = () => waiting.shift()?.();
    return (callback) => {
      waiting.push(callback);
      port2.postMessage(undefined);
    };
  }
  const timeout = setTimeout;
  return (callback) => void timeout(callback, 0);
}
