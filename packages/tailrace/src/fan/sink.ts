import { count, isObject, milliseconds, oneOf, outOfRange, text, wrongType } from "../arguments.ts";
import { SlowSinkError } from "../errors.ts";
import type { TaskContext } from "../scope/task.ts";
import type { Party } from "../waits/context.ts";
import { place } from "../waits/report.ts";
import { isLane, isNodeWritable, isWebWritable, writeToLane, writeToNode, writeToWeb } from "./write.ts";
import type { NodeWritable, WebWritable, WritableLane } from "./write.ts";

/**
 * What happens when an item is due to a sink that has no room for it.
 *
 * - `"wait"`: the source, and so every other sink, waits for it.
 * - `"drop-oldest"`: the oldest item that it has not taken is dropped. With capacity 0, the item itself.
 * - `"drop-newest"`: the item is dropped.
 * - `"latest"`: of the items that it has not taken only the latest is kept, whatever the buffer.
 * - `"fail"`: the fan-out fails with a `SlowSinkError`.
 * - `{ evictAfter }`: as `"wait"`, but when it has taken nothing for so many milliseconds meanwhile, it alone is
 *   aborted with a `SlowSinkError`, the others go on, and nobody waits for it any more. Its result is `undefined`.
 */
export type SlowPolicy = "wait" | "drop-oldest" | "drop-newest" | "latest" | "fail" | { readonly evictAfter: number };

/** Takes items until they end, and gives a result. The signal aborts when the fan-out fails. */
export type SinkFunction<T, Result = unknown> = (
  items: AsyncIterable<T>,
  task: TaskContext,
) => Result | PromiseLike<Result>;

/** A sink with its own settings. */
export interface SinkOptions<T, Result = unknown> {
  /** What takes the items. */
  readonly run: SinkFunction<T, Result> | NodeWritable | WebWritable<T> | WritableLane<T>;
  /** What happens when it does not keep up. Default: `"wait"`. */
  readonly slow?: SlowPolicy | undefined;
  /** Items held for it, instead of the fan-out's `buffer`. */
  readonly capacity?: number | undefined;
  /** Name in reports, errors and routes. Default: its key in a record, or `sink-0`, `sink-1`, … */
  readonly name?: string | undefined;
}

/**
 * Where items go: an async function that iterates over them, a writable stream of Node, a `WritableStream`, a lane of a
 * write scheduler, or one of these with settings of its own. A stream is ended after the last item, and destroyed or
 * aborted if the fan-out fails. A lane is closed, which is done when all of it is written, or given up; the connection
 * that it shares with others stays open.
 */
export type Sink<T, Result = unknown> =
  SinkFunction<T, Result> | NodeWritable | WebWritable<T> | WritableLane<T> | SinkOptions<T, Result>;

/**
 * What a sink gives: what its function returns, nothing for a stream or a lane, and perhaps nothing if it may be evicted.
 */
export type SinkResult<S> = S extends { readonly run: infer Run }
  ? SinkResult<Run> | (S extends { readonly slow: { readonly evictAfter: number } } ? undefined : never)
  : S extends (...given: never[]) => infer Result
    ? Awaited<Result>
    : undefined;

/**
 * How a sink stands. `starting`: it runs, but has not asked for an item yet. `aborted`: it stopped because the fan-out
 * failed. `evicted`: it was too slow.
 */
export type SinkStatus = "starting" | "running" | "succeeded" | "failed" | "aborted" | "evicted";

/** Live figures of one sink. */
export interface SinkReport {
  readonly name: string;
  readonly status: SinkStatus;
  /** Items that it has taken. */
  readonly delivered: number;
  /** Items that were due to it and that it will never get. */
  readonly dropped: number;
  /** 1 once it was evicted, else 0. */
  readonly evicted: number;
  /** Items that are held for it now. */
  readonly lag: number;
  /** The most that were ever held for it. */
  readonly maxLag: number;
}

/** A sink whose arguments have been checked. */
export interface CheckedSink {
  readonly name: string;
  /** Runs the sink. A failure may be told before the promise rejects, which waits for the clean-up. */
  readonly run: (
    items: AsyncIterable<unknown>,
    task: TaskContext,
    onFailure: (error: unknown) => void,
    party: Party,
  ) => unknown;
  /** Whether it is a stream or a lane, which belongs to the fan-out and has to be ended or given up whatever happens. */
  readonly stream: boolean;
  readonly slow: Exclude<SlowPolicy, "latest">;
  readonly capacity: number;
}

/** Checks all sinks, and gives each a name of its own. */
export function checkSinks(sinks: unknown, buffer: number): CheckedSink[] {
  const wanted = "an array or a record with at least one sink";
  if (!isObject(sinks) || isNodeWritable(sinks) || isWebWritable(sinks) || isLane(sinks)) {
    throw wrongType("sinks", sinks, wanted);
  }
  const listed = Array.isArray(sinks);
  const entries = Object.entries(sinks);
  if (entries.length === 0) throw outOfRange("sinks", sinks, wanted);
  const names = new Set<string>();
  return entries.map(([key, sink]) => {
    const argument = listed ? `sinks[${key}]` : `sinks.${key}`;
    const { name, ...rest } = checkSink(argument, sink, buffer);
    const proposed = name ?? (listed ? "sink" : key);
    const unique = names.has(proposed) || (name === undefined && listed) ? `${proposed}-${key}` : proposed;
    names.add(unique);
    return { ...rest, name: unique };
  });
}

function checkSink(
  argument: string,
  sink: unknown,
  buffer: number,
): Omit<CheckedSink, "name"> & { readonly name: string | undefined } {
  const direct = runnable(argument, sink);
  if (direct !== undefined) return { ...direct, name: undefined, slow: "wait", capacity: buffer };
  const wanted = "an async function, a writable stream, a lane, or an object with one of these as `run`";
  if (!isObject(sink) || !("run" in sink)) throw wrongType(argument, sink, wanted);
  const run = runnable(`${argument}.run`, sink["run"]);
  if (run === undefined) {
    throw wrongType(`${argument}.run`, sink["run"], "an async function, a writable stream or a lane");
  }
  const { name, slow, capacity } = sink as Partial<Record<string, unknown>>;
  const policy = slow === undefined ? "wait" : checkPolicy(`${argument}.slow`, slow);
  const held = capacity === undefined ? buffer : count(`${argument}.capacity`, capacity);
  return {
    ...run,
    name: name === undefined ? undefined : text(`${argument}.name`, name),
    slow: policy === "latest" ? "drop-oldest" : policy,
    capacity: policy === "latest" ? 1 : held,
  };
}

function runnable(argument: string, sink: unknown): Pick<CheckedSink, "run" | "stream"> | undefined {
  if (typeof sink === "function") {
    const run = sink as SinkFunction<unknown>;
    return { run: (items, task) => run(items, task), stream: false };
  }
  if (isNodeWritable(sink)) return { run: (...given) => writeToNode(sink, ...given), stream: true };
  if (isLane(sink)) return { run: (items, task) => writeToLane(sink, items, task), stream: true };
  if (!isWebWritable(sink)) return undefined;
  if (sink.locked) throw wrongType(argument, sink, "a stream that is not locked by another writer");
  return { run: (...given) => writeToWeb(sink, ...given), stream: true };
}

export function checkPolicy(argument: string, slow: unknown): SlowPolicy {
  if (isObject(slow)) return { evictAfter: milliseconds(`${argument}.evictAfter`, slow["evictAfter"]) };
  return oneOf(argument, slow, ["wait", "drop-oldest", "drop-newest", "latest", "fail"]);
}

/** What a sink gets that did not keep up. */
export function slowSink(kind: string, name: string, what: string, held: number, capacity: number): SlowSinkError {
  const state = `${held.toString()} of ${capacity.toString()} items held`;
  return new SlowSinkError(name, `${place(kind, name)} ${what} (${state})`);
}
