import { abortSignal, count, milliseconds, nameOf, oneOf, options as optionsOf } from "../arguments.ts";
import { Engine } from "./engine.ts";
import type { Plan } from "./engine.ts";
import { any, broadcast, byFunction, zip } from "./route.ts";
import type { FixedRoute, RouteFunction } from "./route.ts";
import { checkSinks } from "./sink.ts";
import type { Sink, SinkReport, SinkResult } from "./sink.ts";
import { openSource } from "./source.ts";
import type { Source } from "./source.ts";

/** Options of `fanOut`. */
export interface FanOutOptions<T, R extends FixedRoute = FixedRoute> {
  /** Which sinks an item goes to. Default: `"broadcast"`. */
  readonly route?: R | RouteFunction<T> | undefined;
  /**
   * Items held for each sink that does not ask for them yet. Default: 16. With 0, an item is handed over only when its
   * sink asks. One more item, read from the source and not handed over yet, may exist.
   */
  readonly buffer?: number | undefined;
  /**
   * What it means for the rest when a sink returns before its items have ended.
   *
   * - `"continue"`: nothing; the others go on. When no sink is left, the source is closed and the fan-out is done.
   * - `"stop"`: the source is closed, and the others get what is held for them and then end.
   * - `"fail"`: as soon as an item is lost by it, the fan-out fails with an `EarlyExitError`.
   *
   * Default: `"continue"`.
   */
  readonly onExit?: "continue" | "stop" | "fail" | undefined;
  /** Name in reports and errors. Default: `fan-out-1`, `fan-out-2`, … */
  readonly name?: string | undefined;
  /** Fails the fan-out when it aborts, with its reason as the error. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Milliseconds that the source and, after a failure, the sinks get to come to an end. What has not ended by then is
   * left behind, and stays in the report of waits. Default: 1000. With `Infinity`, nothing is ever left behind.
   */
  readonly grace?: number | undefined;
}

/** What the sinks get of the items of the source: the items themselves, or with `"zip"` their parts. */
export type Routed<T, R extends FixedRoute> = [R] extends ["zip"] ? (T extends Iterable<infer Part> ? Part : never) : T;

/** A list of sinks, or a record of named sinks. */
export type Sinks<T> = readonly Sink<T>[] | Readonly<Record<string, Sink<T>>>;

/** The results of sinks, in the shape in which the sinks were given. */
export type SinkResults<S> = { -readonly [Key in keyof S]: SinkResult<S[Key]> };

/**
 * A running fan-out: a promise of the results, with live figures of the sinks in the order in which they were given.
 */
export interface FanOut<Results> extends Promise<Results> {
  readonly sinks: readonly SinkReport[];
}

/**
 * Moves the items of a source to sinks, all of which run before the first item is read.
 *
 * Every sink is started at once. The source is first pulled when each sink with policy `"wait"` (or `evictAfter`) has
 * asked for an item, and then as fast as the slowest of them takes its items, with at most `buffer` items held for
 * each. When the source ends, so do the items of the sinks; the fan-out is done when all sinks have ended.
 *
 * - **First error wins.** Whatever fails first, the source, the route, a sink or the outer signal, aborts everything
 *   else: the iterators of the other sinks reject with that error and never end normally, so that nothing cut short is
 *   taken for whole; their `signal` aborts with it as the reason; stream sinks are destroyed or aborted, lanes are given
 *   up; the source is returned, cancelled or destroyed. When all of them have ended, the fan-out rejects with it; if others failed in
 *   their own way, with an `AggregateError` that begins with it and has it as `cause`.
 * - **Early exit.** A sink that returns, or breaks out of its loop, gets no more items and holds nobody up; `onExit`
 *   says what its return means for the rest. A sink that ends without ever having asked for an item is an
 *   `UnpolledSinkError`.
 * - **Slow sinks** hold up the others only if they may: see `SlowPolicy`.
 *
 * @example
 * ```ts
 * import { fanOut } from "tailrace";
 *
 * const hosts = ["http://a.example/", "http://b.example/"];
 * const shards = [["a0", "b0"], ["a1", "b1"]]; // one chunk for each host
 *
 * const responses = await fanOut(
 *   shards,
 *   hosts.map((host) => (chunks: AsyncIterable<string>, { signal }: { signal: AbortSignal }) => {
 *     const body = ReadableStream.from(chunks).pipeThrough(new TextEncoderStream());
 *     // Without `redirect`, fetch would keep a copy of the whole body to be able to send it again.
 *     return fetch(host, { method: "PUT", body, duplex: "half", redirect: "error", signal });
 *   }),
 *   { route: "zip" },
 * );
 * console.log(responses.map((response) => response.status));
 * ```
 * @example
 * ```ts
 * import { createWriteStream } from "node:fs";
 * import { fanOut } from "tailrace";
 *
 * const { lines } = await fanOut(process.stdin, {
 *   disk: createWriteStream("copy.log"),
 *   live: { run: new WritableStream({ write: (chunk) => console.log(String(chunk)) }), slow: "latest" },
 *   lines: async (chunks) => {
 *     let count = 0;
 *     for await (const chunk of chunks) count += String(chunk).split("\n").length - 1;
 *     return count;
 *   },
 * });
 * console.log(lines);
 * ```
 * @returns a promise of the results, an array or record like the sinks; its `sinks` are live figures. It rejects with
 *   an `ArgumentError` if an argument cannot be used, an empty list of sinks among them; nothing is touched then.
 */
export function fanOut<T, const S extends Sinks<Routed<T, R>>, R extends FixedRoute = "broadcast">(
  source: Source<T>,
  sinks: S,
  options?: FanOutOptions<T, R>,
): FanOut<SinkResults<S>> {
  let engine: Engine | undefined;
  const run = async (): Promise<SinkResults<S>> => {
    engine = new Engine(checkPlan(source, sinks, options));
    const results = await engine.run();
    if (Array.isArray(sinks)) return results as SinkResults<S>;
    return Object.fromEntries(Object.keys(sinks).map((key, place) => [key, results[place]])) as SinkResults<S>;
  };
  const done = run();
  return Object.assign(done, { sinks: engine?.inboxes.map((inbox) => inbox.report) ?? [] });
}

function checkPlan<T>(source: Source<T>, sinks: unknown, options: FanOutOptions<T> | undefined): Plan {
  const given = optionsOf("options", options);
  const buffer = given.buffer === undefined ? 16 : count("buffer", given.buffer);
  return {
    name: nameOf("fan-out", given.name),
    ...checkRoute(given.route),
    onExit: given.onExit === undefined ? "continue" : oneOf("onExit", given.onExit, ["continue", "stop", "fail"]),
    signal: abortSignal("signal", given.signal),
    grace: given.grace === undefined ? 1000 : milliseconds("grace", given.grace),
    sinks: checkSinks(sinks, buffer),
    inflow: openSource("source", source), // last: from here on the source is taken
  };
}

function checkRoute(route: unknown): Pick<Plan, "router" | "toIdle"> {
  if (typeof route === "function") {
    const choose = route as (item: unknown, index: number, sinks: number) => unknown;
    return { router: (inboxes, deliver) => byFunction(inboxes, deliver, choose), toIdle: false };
  }
  const kind = route === undefined ? "broadcast" : oneOf("route", route, ["broadcast", "zip", "any"]);
  return { router: { broadcast, zip, any }[kind], toIdle: kind === "any" };
}
