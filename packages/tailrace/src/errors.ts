/**
 * Base of every error that Tailrace makes itself. Errors of sources, sinks, tasks and signals are passed on as they
 * are.
 *
 * @example
 * ```ts
 * import { channel, TailraceError } from "tailrace";
 *
 * const jobs = channel<string>({ name: "jobs" });
 * jobs.close();
 * await jobs.send("late").catch((error: unknown) => {
 *   if (error instanceof TailraceError) console.error(error.code); // TAILRACE_CHANNEL_CLOSED
 * });
 * ```
 */
export class TailraceError extends Error {
  /** Stable name of the kind of error, for programs. The message is for people and may change. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  override get name(): string {
    return "TailraceError";
  }
}

/**
 * A send or receive that a closed channel can no longer serve. `cause` is the error given to `close`, if any.
 *
 * @example
 * ```ts
 * import { channel, ChannelClosedError } from "tailrace";
 *
 * const jobs = channel<string>();
 * jobs.close(new Error("disk full"));
 * await jobs.send("late").catch((error: unknown) => {
 *   if (error instanceof ChannelClosedError) console.error(error.message, error.cause);
 * });
 * ```
 */
export class ChannelClosedError extends TailraceError {
  constructor(message: string, options?: ErrorOptions) {
    super("TAILRACE_CHANNEL_CLOSED", message, options);
  }

  override get name(): string {
    return "ChannelClosedError";
  }
}

/**
 * A send to a full channel whose overflow is `"error"`: the item was not sent.
 *
 * @example
 * ```ts
 * import { channel, ChannelFullError } from "tailrace";
 *
 * const jobs = channel<string>({ name: "jobs", capacity: 1, overflow: "error" });
 * await jobs.send("first");
 * await jobs.send("second").catch((error: unknown) => {
 *   if (error instanceof ChannelFullError) console.error(error.message);
 *   // send on channel "jobs" (capacity 1, full): its overflow is "error"
 * });
 * ```
 */
export class ChannelFullError extends TailraceError {
  constructor(message: string, options?: ErrorOptions) {
    super("TAILRACE_CHANNEL_FULL", message, options);
  }

  override get name(): string {
    return "ChannelFullError";
  }
}

/**
 * An operation that waited longer than its `timeout`. The message says on what, and what it waited for.
 *
 * @example
 * ```ts
 * import { channel, TimeoutError } from "tailrace";
 *
 * const jobs = channel<string>({ name: "jobs" });
 * await jobs.receive({ timeout: 50 }).catch((error: unknown) => {
 *   if (error instanceof TimeoutError) console.error(error.message);
 *   // receive on channel "jobs" (capacity 0, rendezvous) waited 50 ms for an item; nobody is sending
 * });
 * ```
 */
export class TimeoutError extends TailraceError {
  constructor(message: string, options?: ErrorOptions) {
    super("TAILRACE_TIMEOUT", message, options);
  }

  override get name(): string {
    return "TimeoutError";
  }
}

/**
 * A wait that can never end, because whoever waits holds what it waits for. The message names both.
 *
 * @example
 * ```ts
 * import { limit, StarvationError } from "tailrace";
 *
 * const limited = limit(1, { name: "db" });
 * const inner = () => Promise.resolve(1);
 * await limited(async function outer() {
 *   return await limited(inner); // waits for the permit of outer, which waits for it
 * }).catch((error: unknown) => {
 *   if (error instanceof StarvationError) console.error(error.message);
 * });
 * ```
 */
export class StarvationError extends TailraceError {
  constructor(message: string, options?: ErrorOptions) {
    super("TAILRACE_STARVATION", message, options);
  }

  override get name(): string {
    return "StarvationError";
  }
}

/**
 * A task was spawned in a scope that has already ended, so that nobody would wait for it.
 *
 * @example
 * ```ts
 * import { scope, ScopeEndedError } from "tailrace";
 * import type { Scope } from "tailrace";
 *
 * const kept = await scope((s): Scope => s);
 * try {
 *   kept.spawn(() => fetch("https://example.com"));
 * } catch (error) {
 *   if (error instanceof ScopeEndedError) console.error(error.message);
 * }
 * ```
 */
export class ScopeEndedError extends TailraceError {
  constructor(message: string, options?: ErrorOptions) {
    super("TAILRACE_SCOPE_ENDED", message, options);
  }

  override get name(): string {
    return "ScopeEndedError";
  }
}

/**
 * A task that somebody waited for with `start` ended before it called `ready`. If it failed or was aborted, `cause` is
 * its error.
 *
 * @example
 * ```ts
 * import { NotReadyError, scope } from "tailrace";
 *
 * await scope(async (s) => {
 *   const port = await s.start<number>(() => undefined, { name: "serve" });
 *   console.log(port);
 * }).catch((error: unknown) => {
 *   if (error instanceof NotReadyError) console.error(error.message);
 *   // start on task "serve": it ended without having called ready
 * });
 * ```
 */
export class NotReadyError extends TailraceError {
  constructor(message: string, options?: ErrorOptions) {
    super("TAILRACE_NOT_READY", message, options);
  }

  override get name(): string {
    return "NotReadyError";
  }
}

/**
 * A sink of a fan-out ended without ever asking for an item: it can never have been connected to them.
 *
 * @example
 * ```ts
 * import { fanOut, UnpolledSinkError } from "tailrace";
 *
 * await fanOut(["a", "b"], { forgot: () => Promise.resolve("done") }).catch((error: unknown) => {
 *   if (error instanceof UnpolledSinkError) console.error(error.sink); // forgot
 * });
 * ```
 */
export class UnpolledSinkError extends TailraceError {
  /** Name of the sink. */
  readonly sink: string;

  constructor(sink: string, message: string, options?: ErrorOptions) {
    super("TAILRACE_UNPOLLED_SINK", message, options);
    this.sink = sink;
  }

  override get name(): string {
    return "UnpolledSinkError";
  }
}

/**
 * A sink did not keep up, and its policy is `"fail"` (the fan-out fails) or `evictAfter` (it alone is aborted).
 *
 * @example
 * ```ts
 * import { fanOut, SlowSinkError } from "tailrace";
 * import type { TaskContext } from "tailrace";
 *
 * async function live(items: AsyncIterable<number>, { signal }: TaskContext) {
 *   for await (const item of items) await fetch(`https://example.com/${item}`, { signal });
 * }
 * await fanOut([1, 2, 3], [{ run: live, slow: "fail", capacity: 1 }]).catch((error: unknown) => {
 *   if (error instanceof SlowSinkError) console.error(error.sink, "is too slow");
 * });
 * ```
 */
export class SlowSinkError extends TailraceError {
  /** Name of the sink. */
  readonly sink: string;

  constructor(sink: string, message: string, options?: ErrorOptions) {
    super("TAILRACE_SLOW_SINK", message, options);
    this.sink = sink;
  }

  override get name(): string {
    return "SlowSinkError";
  }
}

/**
 * A sink ended before its items did: a stream that was closed early, or any sink under `onExit: "fail"`. Also what
 * those get who still ask for items when their sink has returned.
 *
 * @example
 * ```ts
 * import { EarlyExitError, fanOut } from "tailrace";
 *
 * async function first(items: AsyncIterable<number>) {
 *   for await (const item of items) return item;
 *   return undefined;
 * }
 * await fanOut([1, 2, 3], { first }, { onExit: "fail" }).catch((error: unknown) => {
 *   if (error instanceof EarlyExitError) console.error(error.sink, "did not take everything");
 * });
 * ```
 */
export class EarlyExitError extends TailraceError {
  /** Name of the sink. */
  readonly sink: string;

  constructor(sink: string, message: string, options?: ErrorOptions) {
    super("TAILRACE_EARLY_EXIT", message, options);
    this.sink = sink;
  }

  override get name(): string {
    return "EarlyExitError";
  }
}

/**
 * An argument that cannot be used. The message names the argument, what was given and what is wanted.
 * The code is `TAILRACE_ARGUMENT_TYPE` for a value of the wrong kind, `TAILRACE_ARGUMENT_RANGE` for one out of range.
 *
 * @example
 * ```ts
 * import { ArgumentError, channel } from "tailrace";
 *
 * try {
 *   channel({ capacity: -1 });
 * } catch (error) {
 *   if (error instanceof ArgumentError) console.error(error.message);
 *   // capacity: was given -1, wants a whole number from 0, or Infinity
 * }
 * ```
 */
export class ArgumentError extends TailraceError {
  /** Name of the argument or option, such as `"capacity"` or `"sinks[2].slow"`. */
  readonly argument: string;

  constructor(kind: "TYPE" | "RANGE", argument: string, message: string) {
    super(`TAILRACE_ARGUMENT_${kind}`, message);
    this.argument = argument;
  }

  override get name(): string {
    return "ArgumentError";
  }
}
