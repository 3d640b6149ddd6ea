import { TailraceError } from "../errors.ts";

/**
 * A process or a thread has ended, and will not answer. Requests that it had are not run again.
 *
 * @example
 * ```ts
 * import { ExitError, processPool } from "tailrace/node";
 *
 * await using pool = processPool<string, string>({ module: new URL("./render.js", import.meta.url) });
 * await pool.run("page 1").catch((error: unknown) => {
 *   if (error instanceof ExitError) console.error(error.exitCode, error.signal, error.stderr);
 * });
 * ```
 */
export class ExitError extends TailraceError {
  /** What it has ended with; null if a signal has ended it, or if it has not ended yet. */
  readonly exitCode: number | null;
  /** The signal that has ended it, such as `"SIGKILL"`. */
  readonly signal: NodeJS.Signals | null;
  /** What a process has printed to stderr at last: up to 4096 characters. */
  readonly stderr: string;

  constructor(
    message: string,
    details: { readonly exitCode?: number | null; readonly signal?: NodeJS.Signals | null; readonly stderr?: string },
    options?: ErrorOptions,
  ) {
    super("TAILRACE_EXIT", message, options);
    this.exitCode = details.exitCode ?? null;
    this.signal = details.signal ?? null;
    this.stderr = details.stderr ?? "";
  }

  override get name(): string {
    return "ExitError";
  }
}

/**
 * A process or a thread has said something that is no answer. It is ended, and everything that it was asked fails.
 *
 * @example
 * ```ts
 * import { processPool, ProtocolError } from "tailrace/node";
 *
 * await using pool = processPool<string, string>({ command: "./render", max: 1 });
 * await pool.run("page 1").catch((error: unknown) => {
 *   if (error instanceof ProtocolError) console.error("it has said", error.line);
 * });
 * ```
 */
export class ProtocolError extends TailraceError {
  /** What it has said: the line of a process, up to 200 characters; nothing of a thread. */
  readonly line: string;

  constructor(message: string, line: string, options?: ErrorOptions) {
    super("TAILRACE_PROTOCOL", message, options);
    this.line = line;
  }

  override get name(): string {
    return "ProtocolError";
  }
}

/**
 * The function that a process or a thread runs has failed. The name, the message, the stack and the cause are those of
 * its error. The process or thread is of use still.
 *
 * @example
 * ```ts
 * import { RemoteError, workerPool } from "tailrace/node";
 *
 * await using pool = workerPool<string, unknown>({ module: new URL("./parse.js", import.meta.url), export: "parse" });
 * await pool.run("{").catch((error: unknown) => {
 *   if (error instanceof RemoteError) console.error(error.name); // SyntaxError
 * });
 * ```
 */
export class RemoteError extends TailraceError {
  readonly #name: string;

  constructor(name: string, message: string, stack: string | undefined, options?: ErrorOptions) {
    super("TAILRACE_REMOTE", message, options);
    this.#name = name;
    if (stack !== undefined) this.stack = stack;
  }

  override get name(): string {
    return this.#name;
  }
}

/**
 * A request was ended by `kill`; then `cause` is the reason that was given, if any.
 *
 * @example
 * ```ts
 * import { ExecutionKilledError, processPool } from "tailrace/node";
 *
 * await using pool = processPool<string, string>({ command: "./render" });
 * const rendered = pool.run("page 1", { id: "job-7" });
 * pool.kill("job-7");
 * await rendered.catch((error: unknown) => {
 *   if (error instanceof ExecutionKilledError) console.error(error.message); // execution "job-7" was killed
 * });
 * ```
 */
export class ExecutionKilledError extends TailraceError {
  constructor(message: string, options?: ErrorOptions) {
    super("TAILRACE_EXECUTION_KILLED", message, options);
  }

  override get name(): string {
    return "ExecutionKilledError";
  }
}
