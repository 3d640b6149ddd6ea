import type { EMPTY } from "../channel/empty.ts";
import type { WaitOptions } from "../waits/limits.ts";

/**
 * A box with room for one value: whoever puts waits until it is empty, whoever takes waits until it is full. That is a
 * lock, a hand-over and a signal in one. Between tasks, threads and processes it is the same.
 *
 * Those who take are served in the order in which they came, and so are those who put; to swap is to take and to put with
 * nobody in between, in the order of those who take. Whoever reads is guaranteed the next value that is put: all who read
 * get it before anybody can take it.
 *
 * While a function that `with`, `modify` or `modifyMaybe` has called runs, the box is lent to it: it is empty for all
 * who take or read, and nobody can put until the value is back.
 *
 * Whatever waits rejects with a `TimeoutError`, which names the box and what was waited for, when its time is over, and
 * with the reason of its signal when that aborts. Then it has not happened: nothing was taken, nothing was put.
 */
export interface MVar<T> {
  readonly name: string;
  /** Takes the value out, as soon as there is one. */
  take(wait?: WaitOptions): Promise<T>;
  /** Puts a value in, as soon as there is room. */
  put(value: T, wait?: WaitOptions): Promise<void>;
  /** The value, which stays in, as soon as there is one. */
  read(wait?: WaitOptions): Promise<T>;
  /** Takes the value out and puts another one in, with nobody in between, as soon as there is one. */
  swap(value: T, wait?: WaitOptions): Promise<T>;
  /** Takes the value out if there is one, else gives `EMPTY`. Waits for nobody. */
  tryTake(): Promise<T | typeof EMPTY>;
  /** Puts a value in if there is room; says whether it has. Waits for nobody. */
  tryPut(value: T): Promise<boolean>;
  /** The value, which stays in, or `EMPTY`. Waits for nobody. */
  tryRead(): Promise<T | typeof EMPTY>;
  /** Takes the value out and puts another one in if there is one, else gives `EMPTY`. Waits for nobody. */
  trySwap(value: T): Promise<T | typeof EMPTY>;
  /** Whether it was empty at a moment that may be over. */
  isEmpty(): Promise<boolean>;
  /**
   * Takes the value, calls the function with it, and puts it back, whatever comes of it. Nobody can put meanwhile. How
   * long it may wait counts until the function is called.
   */
  with<R>(fn: (value: T) => R | PromiseLike<R>, wait?: WaitOptions): Promise<Awaited<R>>;
  /**
   * Takes the value, and puts in what the function makes of it, or the value again if it throws. Nobody can put
   * meanwhile. Gives what was put in.
   */
  modify(fn: (value: T) => T | PromiseLike<T>, wait?: WaitOptions): Promise<T>;
  /** As `modify`, but the function can leave the box empty by giving `EMPTY`. */
  modifyMaybe(
    fn: (value: T) => T | typeof EMPTY | PromiseLike<T | typeof EMPTY>,
    wait?: WaitOptions,
  ): Promise<T | typeof EMPTY>;
}
