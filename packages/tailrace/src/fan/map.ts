import { abortSignal, callable, count, nameOf, options as optionsOf } from "../arguments.ts";
import { MapRun } from "./map-run.ts";
import { openSource } from "./source.ts";
import type { Source } from "./source.ts";

/** What a mapping function is given beside the item. */
export interface MapTask {
  /** The place of the item in the source, from 0. */
  readonly index: number;
  /** Aborts when the result is not wanted any more: another item failed, or the loop over the results was left. */
  readonly signal: AbortSignal;
}

/** Options of `mapConcurrent`. */
export interface MapOptions {
  /** Items that are worked on at a time, at most. */
  readonly concurrency: number;
  /** Whether results come in the order of the items, and not as they are ready. Default: true. */
  readonly ordered?: boolean | undefined;
  /**
   * Results that may be ready, or wait for their turn, while nobody asks for them. That is what keeps the work going
   * while the loop over the results is busy. Default: as many as `concurrency`.
   */
  readonly buffer?: number | undefined;
  /** Name in reports and errors. Default: `map-1`, `map-2`, … */
  readonly name?: string | undefined;
  /** Ends it when it aborts, with its reason as the error. */
  readonly signal?: AbortSignal | undefined;
}

/** Results of a mapping: to iterate over it gives them one by one, to await it gives all of them in an array. */
export interface Mapped<Result> extends AsyncIterable<Result, undefined>, PromiseLike<Result[]> {}

/**
 * Calls a function for each item of a source, for so many at a time.
 *
 * Nothing is read before somebody awaits the results or iterates over them; for either, use it once. To await it gives
 * an array in the order of the items (with `ordered: false` in that of the results). A loop gets results as they come,
 * while the work goes on during its body; no more than `concurrency` and `buffer` items together are read before the
 * loop has taken their results.
 *
 * The first failure, of the source or of the function, aborts the signals of the others and closes the source. When
 * all that ran has ended, the loop or the promise rejects with it; if others failed in their own way, with an
 * `AggregateError`. To leave the loop does the same, and waits for it.
 *
 * @example
 * ```ts
 * import { mapConcurrent } from "tailrace";
 *
 * const urls = ["https://example.com/a", "https://example.com/b"];
 * const load = async (url: string, { signal }: { signal: AbortSignal }) => (await fetch(url, { signal })).text();
 *
 * const pages = await mapConcurrent(urls, load, { concurrency: 8 });
 * console.log(pages.length);
 * for await (const page of mapConcurrent(urls, load, { concurrency: 8, ordered: false })) console.log(page.length);
 * ```
 * @throws {ArgumentError} if an argument cannot be used
 */
export function mapConcurrent<T, Result>(
  source: Source<T>,
  fn: (item: T, task: MapTask) => Result | PromiseLike<Result>,
  options: MapOptions,
): Mapped<Awaited<Result>> {
  callable("fn", fn);
  const given = optionsOf("options", options);
  const concurrency = count("concurrency", given.concurrency, 1);
  const buffer = given.buffer === undefined ? concurrency : count("buffer", given.buffer);
  const name = nameOf("map", given.name);
  const signal = abortSignal("signal", given.signal);
  const inflow = openSource("source", source);
  const ordered = given.ordered ?? true;
  const make = (mode: "collect" | "iterate"): MapRun<T, Awaited<Result>> =>
    new MapRun({ name, inflow, fn, concurrency, ordered, signal, ahead: mode === "collect" ? Infinity : buffer });
  let run: MapRun<T, Awaited<Result>> | undefined;
  let all: Promise<Awaited<Result>[]> | undefined;
  return {
    then(onFulfilled, onRejected) {
      all ??= (run ??= make("collect")).collect();
      return all.then(onFulfilled, onRejected);
    },
    [Symbol.asyncIterator]() {
      return (run ??= make("iterate"));
    },
  };
}
