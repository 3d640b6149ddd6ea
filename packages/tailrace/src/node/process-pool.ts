import process from "node:process";
import { fileURLToPath } from "node:url";
import { abortSignal, callable, count, milliseconds, options as optionsOf, text, wrongType } from "../arguments.ts";
import type { CloseOptions } from "../pool/pool.ts";
import { onAbort } from "../waits/abort.ts";
import { executionPool } from "./execution-pool.ts";
import type { ExecutionPoolOptions } from "./execution-pool.ts";
import type { ExecutionPool } from "./executor.ts";
import { openGuard } from "./guard.ts";
import type { Guard } from "./guard.ts";
import { listen } from "./listener.ts";
import { locationOf } from "./location.ts";
import { openProcess } from "./process.ts";
import type { Command } from "./process.ts";

/** Options of `processPool`: those of `pool`, and what is started. Either `command` or `module` must be there. */
export interface ProcessPoolOptions<Request, Response, Output = unknown> extends ExecutionPoolOptions<
  Request,
  Response,
  Output
> {
  /** Name or path of a program. It speaks the protocol that `processPool` tells. */
  readonly command?: string | undefined;
  /** Path or `file:` URL of a module that Node runs. It calls `serve`. */
  readonly module?: string | URL | undefined;
  /** Arguments of the program, or of the module. Default: none. */
  readonly args?: readonly string[] | undefined;
  /** Arguments of Node, for a `module`. Default: those of this process, `process.execArgv`. */
  readonly execArgv?: readonly string[] | undefined;
  /** Its environment. Default: that of this process. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Its working directory. Default: that of this process. */
  readonly cwd?: string | URL | undefined;
  /**
   * Whether it speaks over a Unix socket, whose path it finds in the environment variable `TAILRACE_SOCKET`, rather than
   * over stdin and stdout. What it prints to stdout is then free. Default: false.
   */
  readonly socket?: boolean | undefined;
  /** Milliseconds between SIGTERM and SIGKILL, when it is ended. Default: 10,000; with `Infinity` it is never killed. */
  readonly killAfter?: number | undefined;
  /** Characters that a line of it may have: a whole number from 1. Default: 16,777,216. */
  readonly maxLineLength?: number | undefined;
  /** Gets what a process with a `socket` prints to stdout. Default: nobody does; it is read all the same. */
  readonly onStdout?: ((text: string, pid: number) => void) | undefined;
  /** Gets what it prints to stderr. Default: nobody does; it is read all the same. */
  readonly onStderr?: ((text: string, pid: number) => void) | undefined;
}

/**
 * A pool of processes that run requests, one at a time each unless a lease is used for several. Whatever becomes of a
 * process, its place gets another one. With `reuse: false` each runs one request and is then replaced.
 *
 * A `module` calls `serve`, and that is all. Other programs say and hear one JSON value a line:
 *
 * - They write `{"ready":true}` when they can run requests; `stepTimeouts.spawn` of the pool is how long that may take.
 * - They read `{"id":1,"request":…}`, and write `{"id":1,"output":…}` as often as they like; then either
 *   `{"id":1,"response":…}` or `{"id":1,"error":{"name":"Error","message":"…"}}`, with `stack` and `cause` if they like.
 * - They read `{"id":2,"health":true}`, and write `{"id":2,"healthy":true}` or an error. The pool asks that before a
 *   request, unless `checkOnAcquire` is false.
 * - They end when their stdin, or the socket, ends. For those that cannot, because they are stuck, a small shell waits
 *   for the end of this process, and sends SIGTERM and after `killAfter` SIGKILL; not on Windows.
 *
 * A process is ended by SIGTERM, and by SIGKILL if it is still there after `killAfter`; with its whole group of
 * processes, of which it is the leader, except on Windows. So is one whose request has run for too long, was aborted or
 * killed; one that says anything else; and one that has closed what it speaks over. What is idle does not keep this
 * process alive.
 *
 * @throws {ArgumentError} if an option is missing or cannot be used
 * @example
 * ```ts
 * import { processPool } from "tailrace/node";
 *
 * interface Page {
 *   readonly url: string;
 * }
 * await using pages = processPool<Page, string, number>({
 *   name: "pages",
 *   module: new URL("./render.js", import.meta.url),
 *   max: 4,
 *   reuse: false,
 *   onStderr: (text) => process.stderr.write(text),
 * });
 * const html = await pages.run(
 *   { url: "https://example.com/" },
 *   { timeout: 60_000, onOutput: (percent) => console.log(percent, "%") },
 * );
 * console.log(html.length);
 * ```
 */
export function processPool<Request, Response, Output = unknown>(
  options: ProcessPoolOptions<Request, Response, Output>,
): ExecutionPool<Request, Response, Output> {
  const { stepTimeouts, socket, ...given } = optionsOf<typeof options>("options", options);
  const signal = abortSignal("signal", given.signal);
  const command = commandOf(options);
  const { killAfter } = command;
  let guard: Guard | undefined;
  const processes = executionPool<Request, Response, Output>(
    "process",
    {
      ...options,
      stepTimeouts: { terminate: Math.max(60_000, killAfter + 10_000), ...stepTimeouts },
    },
    async (instance, context) => {
      if (killAfter !== Infinity) guard ??= openGuard(killAfter);
      const listener = socket === true ? await listen() : undefined;
      const open = openProcess.bind(undefined, instance.name, command, listener, guard);
      try {
        await instance.start(open, context.signal);
      } finally {
        listener?.close();
      }
    },
  );
  let unwatch: (() => void) | undefined;
  const close = processes.close.bind(processes);
  const face = Object.assign(processes, {
    async close(how?: CloseOptions) {
      unwatch?.();
      await close(how);
      await guard?.close();
    },
    [Symbol.asyncDispose]: () => face.close(),
  });
  if (signal !== undefined) unwatch = onAbort(signal, () => void face.close());
  return face;
}

function commandOf(options: ProcessPoolOptions<never, never>): Command {
  const { command, module, args = [], execArgv = process.execArgv, cwd, env, onStdout, onStderr } = options;
  if ((command === undefined) === (module === undefined)) {
    throw wrongType("command", command, module === undefined ? "a program, or else a module" : "nothing beside module");
  }
  for (const [name, list] of Object.entries({ args, execArgv })) {
    if (!Array.isArray(list)) throw wrongType(name, list, "an array of strings");
    for (const [index, value] of list.entries()) text(`${name}[${index.toString()}]`, value);
  }
  for (const [name, fn] of Object.entries({ onStdout, onStderr })) if (fn !== undefined) callable(name, fn);
  return {
    ...(module === undefined
      ? { file: text("command", command), args }
      : { file: process.execPath, args: [...execArgv, fileURLToPath(locationOf("module", module)), ...args] }),
    cwd,
    env,
    killAfter: milliseconds("killAfter", options.killAfter ?? 10_000),
    maxLineLength: count("maxLineLength", options.maxLineLength ?? 2 ** 24, 1),
    onStdout,
    onStderr,
  };
}
