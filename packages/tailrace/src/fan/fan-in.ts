import {
  abortSignal,
  isObject,
  nameOf,
  oneOf,
  options as optionsOf,
  outOfRange,
  text,
  wrongType,
} from "../arguments.ts";
import { Merge } from "./merge.ts";
import type { Lane } from "./merge.ts";
import { isIterable, isStream, openSource } from "./source.ts";
import type { Source, WebReadable } from "./source.ts";

/** A source with settings of its own. */
export interface FanInSource<T> {
  /** What items are read from. */
  readonly from: Source<T>;
  /**
   * What it means when it fails. `"fail"`: everything does, with its error. `"end"`: it has ended, the others go on, and
   * the report says how. Default: `"fail"`.
   */
  readonly onError?: "fail" | "end" | undefined;
  /** Name in reports. Default: its key in a record, or `source-0`, `source-1`, … */
  readonly name?: string | undefined;
}

/** Options of `fanIn`. */
export interface FanInOptions {
  /** Name in reports and errors. Default: `fan-in-1`, `fan-in-2`, … */
  readonly name?: string | undefined;
  /** Ends it when it aborts, with its reason as the error. */
  readonly signal?: AbortSignal | undefined;
}

/** Live figures of one source. */
export interface SourceReport {
  readonly name: string;
  /** `closed`: it was left before its end. */
  readonly status: "open" | "ended" | "failed" | "closed";
  /** Items that were taken from it. */
  readonly delivered: number;
  /** What it failed with, if it did. */
  readonly error?: unknown;
}

/** Items of several sources as one, with live figures of the sources in the order in which they were given. */
export interface Merged<Item> extends AsyncIterable<Item, undefined> {
  readonly sources: readonly SourceReport[];
}

/** What comes from a list of sources: their items. What comes from a record: each with the key of its source. */
export type MergedItem<Sources> = Sources extends readonly unknown[]
  ? ItemOf<Sources[number]>
  : { [Key in keyof Sources & string]: readonly [key: Key, item: ItemOf<Sources[Key]>] }[keyof Sources & string];

/** A web stream is asked for its iterator first: its readers are overloaded, and the last one is not of its items. */
type ItemOf<S> = S extends AsyncIterable<infer T> | Iterable<infer T>
  ? T
  : S extends WebReadable<infer T>
    ? T
    : S extends { readonly from: infer From }
      ? ItemOf<From>
      : never;

type AnySource = Source<unknown> | FanInSource<unknown>;

/**
 * Iterates over the items of several sources, in the order in which they come.
 *
 * All sources are read at the same time, one item ahead of what was taken of each. So a source that always has an item
 * cannot keep back the others: an item waits for one of each other source at most.
 *
 * It ends when all sources have ended. The first failure closes the other sources and, when they have cleaned up, is
 * the error of the loop; see `onError` for sources that may fail. To leave the loop closes all sources and waits for
 * them. Nothing is read before the first item is asked for, and it can be iterated over once.
 *
 * @example
 * ```ts
 * import { channel, fanIn } from "tailrace";
 *
 * const [orders, payments] = [channel<string>({ capacity: 8 }), channel<number>({ capacity: 8 })];
 * await orders.send("book");
 * await payments.send(12);
 * orders.close();
 * payments.close();
 * for await (const [kind, item] of fanIn({ orders, payments })) console.log(kind, item);
 * ```
 * @throws {ArgumentError} if it is given no source, or something that items cannot be read from
 */
export function fanIn<Sources extends readonly AnySource[] | Readonly<Record<string, AnySource>>>(
  sources: Sources,
  options?: FanInOptions,
): Merged<MergedItem<Sources>>;
export function fanIn(sources: unknown, options?: FanInOptions): Merged<unknown> {
  const given = optionsOf("options", options);
  const name = nameOf("fan-in", given.name);
  const signal = abortSignal("signal", given.signal);
  const wanted = "an array or a record with at least one source";
  if (!isObject(sources) || isStream(sources)) throw wrongType("sources", sources, wanted);
  const listed = Array.isArray(sources);
  const entries = Object.entries(sources);
  if (entries.length === 0) throw outOfRange("sources", sources, wanted);
  const merge = new Merge(
    name,
    entries.map(([key, source]) => lane(listed ? undefined : key, listed ? `[${key}]` : `.${key}`, source, key)),
    signal,
  );
  return { sources: merge.reports, [Symbol.asyncIterator]: () => merge };
}

function lane(key: string | undefined, place: string, source: unknown, index: string): Lane {
  const argument = `sources${place}`;
  const { from, onError, name } = isSettings(source) ? source : { from: source };
  return {
    key,
    name: name === undefined ? (key ?? `source-${index}`) : text(`${argument}.name`, name),
    fails: (onError === undefined ? "fail" : oneOf(`${argument}.onError`, onError, ["fail", "end"])) === "fail",
    inflow: openSource(argument, from as Source<unknown>),
  };
}

function isSettings(source: unknown): source is Partial<Record<"from" | "onError" | "name", unknown>> {
  return isObject(source) && "from" in source && !isStream(source) && !isIterable(source);
}
