import pLimit from "p-limit";
import { count, nameOf, options as optionsOf, wrongType } from "../arguments.ts";
import { quiet, rejected } from "../promises.ts";
import type { WaitOptions } from "../waits/limits.ts";
import { Permits } from "./permits.ts";

/** Options of `limit`. */
export interface LimitOptions {
  /** Name in reports and errors. Default: `limit-1`, `limit-2`, … */
  readonly name?: string | undefined;
  /**
   * What `clearQueue` makes of calls whose promise nobody looks at. They always reject with an `AbortError`: with true
   * that is an unhandled rejection, as it is for p-limit, with false, the default, it stays quiet.
   */
  readonly rejectOnClear?: boolean | undefined;
}

/** How one call takes its permits. */
export interface CallOptions extends WaitOptions {
  /** Permits that it takes: a whole number from 1 up to those that there are. Default: 1. */
  readonly weight?: number | undefined;
  /** What the call is in reports and errors. Default: the name of the function. */
  readonly name?: string | undefined;
}

/** Calls a function as soon as there is a permit for it. */
export type LimitedCall = <Arguments extends unknown[], Result>(
  fn: (...args: Arguments) => Result | PromiseLike<Result>,
  ...args: Arguments
) => Promise<Awaited<Result>>;

/** Runs functions, of which so many at a time. All of p-limit, and more. */
export interface Limit extends LimitedCall {
  readonly name: string;
  /** Calls that run now. */
  readonly activeCount: number;
  /** Calls that wait for a permit. */
  readonly pendingCount: number;
  /** Permits. It may be changed: more start waiting calls at once, fewer let those that run end. */
  concurrency: number;
  /**
   * The same limit, for calls with other options: `limit.with({ timeout: 500 })(fn, argument)`. The signal and the
   * time-out end the wait for a permit; a function that runs goes on, and its permit counts until it ends.
   * @throws {ArgumentError} if an option cannot be used
   */
  with(options: CallOptions): LimitedCall;
  /**
   * Calls the function for each of the inputs, with its place. Rejects with the first failure; what was started goes
   * on. Where results are wanted as they come, or the inputs are many, `mapConcurrent` is better.
   */
  map<Input, Result>(
    inputs: Iterable<Input>,
    fn: (input: Input, index: number) => Result | PromiseLike<Result>,
  ): Promise<Awaited<Result>[]>;
  /** Gives up the calls that wait: they reject with an `AbortError`. Those that run go on. */
  clearQueue(): void;
}

/**
 * Makes a limit: at most so many of the functions that are called by it run at a time, the others wait in the order of
 * their calls. It stands in for p-limit, which is its engine.
 *
 * Nothing that waits is left behind: `clearQueue` rejects, an abort or a time-out removes the call at once. And no task
 * can wait for itself: a call that is awaited inside another one, while all permits that it could get are held by that
 * one, those around it, and others that await one more in the same way, would wait for ever. It rejects with a
 * `StarvationError` that names who keeps what, be it a single limit or several that are taken in different orders. (In
 * browsers, where nobody keeps track of who calls, it waits.) To start such a call without awaiting it is fine.
 *
 * @example
 * ```ts
 * import { limit } from "tailrace";
 *
 * const limited = limit(4, { name: "mirror" });
 * const pages = await Promise.all(
 *   ["/a", "/b", "/c"].map((path) => limited(async () => (await fetch(`https://example.com${path}`)).text())),
 * );
 * console.log(pages.length, limited.activeCount);
 * ```
 * @param concurrency Permits: a whole number from 1, or `Infinity`. As p-limit it takes an object with it as well.
 * @throws {ArgumentError} if the number or an option cannot be used
 */
export function limit(
  concurrency: number | (LimitOptions & { readonly concurrency: number }),
  options?: LimitOptions,
): Limit {
  const whole = typeof concurrency === "object";
  const given = optionsOf<LimitOptions>("options", whole ? concurrency : options);
  const permits = count("concurrency", whole ? concurrency.concurrency : concurrency, 1);
  const name = nameOf("limit", given.name);
  const loud: unknown = given.rejectOnClear ?? false;
  if (typeof loud !== "boolean") throw wrongType("rejectOnClear", loud, "a boolean");
  const taken = new Permits(name, pLimit({ concurrency: permits, rejectOnClear: true }), loud);
  const call: LimitedCall = (fn, ...args) => taken.call(fn, args);
  return Object.defineProperties(call as Limit, {
    name: { value: name },
    activeCount: { get: () => taken.active },
    pendingCount: { get: () => taken.pending },
    concurrency: {
      get: () => taken.concurrency,
      set(next: unknown) {
        taken.concurrency = count("concurrency", next, 1);
      },
    },
    with: { value: (wanted: CallOptions) => taken.withOptions(wanted) },
    map: { value: mapBy(call) },
    clearQueue: {
      value() {
        taken.clear();
      },
    },
  });
}

function mapBy(call: LimitedCall): Limit["map"] {
  return <Input, Result>(
    inputs: Iterable<Input>,
    fn: (input: Input, index: number) => Result | PromiseLike<Result>,
  ): Promise<Awaited<Result>[]> => {
    const results: Promise<Awaited<Result>>[] = [];
    try {
      let index = 0;
      for (const input of inputs) results.push(call(fn, input, index++));
    } catch (error) {
      for (const result of results) void quiet(result);
      return rejected(error);
    }
    return Promise.all(results);
  };
}

/**
 * A function of which so many calls run at a time. It has `clearQueue`.
 *
 * @example
 * ```ts
 * import { limitFunction } from "tailrace";
 *
 * const load = limitFunction(async (path: string) => (await fetch(path)).text(), { concurrency: 2 });
 * console.log(await Promise.all(["https://example.com/a", "https://example.com/b"].map((path) => load(path))));
 * ```
 * @throws {ArgumentError} as `limit` does
 */
export function limitFunction<Arguments extends unknown[], Result>(
  fn: (...args: Arguments) => Result | PromiseLike<Result>,
  options: LimitOptions & { readonly concurrency: number },
): ((...args: Arguments) => Promise<Awaited<Result>>) & Pick<Limit, "clearQueue"> {
  const limited = limit(options);
  const call = (...args: Arguments): Promise<Awaited<Result>> => limited(fn, ...args);
  return Object.assign(call, {
    clearQueue() {
      limited.clearQueue();
    },
  });
}
