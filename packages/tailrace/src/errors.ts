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

  static {
    this.prototype.name = "TailraceError";
  }
}

/** A send or receive that a closed channel can no longer serve. `cause` is the error given to `close`, if any. */
export class ChannelClosedError extends TailraceError {
  constructor(message: string, options?: ErrorOptions) {
    super("TAILRACE_CHANNEL_CLOSED", message, options);
  }

  static {
    this.prototype.name = "ChannelClosedError";
  }
}

/** An operation that waited longer than its `timeout`. The message says on what, and what it waited for. */
export class TimeoutError extends TailraceError {
  constructor(message: string, options?: ErrorOptions) {
    super("TAILRACE_TIMEOUT", message, options);
  }

  static {
    this.prototype.name = "TimeoutError";
  }
}

/** A task was spawned in a scope that has already ended, so that nobody would wait for it. */
export class ScopeEndedError extends TailraceError {
  constructor(message: string, options?: ErrorOptions) {
    super("TAILRACE_SCOPE_ENDED", message, options);
  }

  static {
    this.prototype.name = "ScopeEndedError";
  }
}

/** A sink of a fan-out ended without ever asking for an item: it can never have been connected to them. */
export class UnpolledSinkError extends TailraceError {
  /** Name of the sink. */
  readonly sink: string;

  constructor(sink: string, message: string, options?: ErrorOptions) {
    super("TAILRACE_UNPOLLED_SINK", message, options);
    this.sink = sink;
  }

  static {
    this.prototype.name = "UnpolledSinkError";
  }
}

/** A sink did not keep up, and its policy is `"fail"` (the fan-out fails) or `evictAfter` (it alone is aborted). */
export class SlowSinkError extends TailraceError {
  /** Name of the sink. */
  readonly sink: string;

  constructor(sink: string, message: string, options?: ErrorOptions) {
    super("TAILRACE_SLOW_SINK", message, options);
    this.sink = sink;
  }

  static {
    this.prototype.name = "SlowSinkError";
  }
}

/** A sink ended before its items did: a stream that was closed early, or any sink under `onExit: "fail"`. */
export class EarlyExitError extends TailraceError {
  /** Name of the sink. */
  readonly sink: string;

  constructor(sink: string, message: string, options?: ErrorOptions) {
    super("TAILRACE_EARLY_EXIT", message, options);
    this.sink = sink;
  }

  static {
    this.prototype.name = "EarlyExitError";
  }
}

/**
 * An argument that cannot be used. The message names the argument, what was given and what is wanted.
 * The code is `TAILRACE_ARGUMENT_TYPE` for a value of the wrong kind, `TAILRACE_ARGUMENT_RANGE` for one out of range.
 */
export class ArgumentError extends TailraceError {
  /** Name of the argument or option, such as `"capacity"` or `"sinks[2].slow"`. */
  readonly argument: string;

  constructor(kind: "TYPE" | "RANGE", argument: string, message: string) {
    super(`TAILRACE_ARGUMENT_${kind}`, message);
    this.argument = argument;
  }

  static {
    this.prototype.name = "ArgumentError";
  }
}
