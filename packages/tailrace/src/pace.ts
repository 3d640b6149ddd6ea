// Keeps the event loop open. Operations that complete without waiting resume in microtasks, and a long chain of
// microtasks shuts out timers and I/O; so after a slice of time one operation resumes through a macrotask instead.

/** Milliseconds of back-to-back progress after which an operation yields. */
const SLICE = 5;

/** The clock is read at most every so many operations: reading it costs about as much as the operation. */
const LONGEST_STRIDE = 32;

let stride = 1;
let credit = 1;
let readAt = performance.now();
let sliceStart = readAt;
/** Whether a slice is under way: the event loop has not turned since it began. */
let underWay = false;
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
  return underWay ? readAt : performance.now();
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
  if (!underWay) {
    underWay = true;
    sliceStart = time;
    macrotask(endSlice);
  }
  if (time < sliceStart) sliceStart = time; // a clock that is set back, as fake ones in tests are
  if (time - sliceStart < SLICE) {
    credit = stride;
    return undefined;
  }
  turn = new Promise((resolve) => {
    macrotask(() => {
      turn = undefined;
      credit = 1;
      endSlice();
      resolve();
    });
  });
  return turn;
}

/** The event loop turns: whoever shuts it from now on has a slice of their own. */
function endSlice(): void {
  underWay = false;
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
