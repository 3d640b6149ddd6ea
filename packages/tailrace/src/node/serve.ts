import { createConnection } from "node:net";
import process from "node:process";
import type { Readable, Writable } from "node:stream";
import { parentPort } from "node:worker_threads";
import type { Transferable } from "node:worker_threads";
import { callable } from "../arguments.ts";
import { attempt } from "../promises.ts";
import { abortError } from "../scope/stoppable.ts";
import { readLines, writeLines } from "./lines.ts";
import { dataOf, lineOf, SOCKET_VARIABLE } from "./messages.ts";
import type { Call, Reply } from "./messages.ts";

/** What the function of `serve` is given besides the request. */
export interface ServeContext<Output = unknown> {
  /** Sends something before the response. To await it is to wait until it was taken, which one who sends much does. */
  readonly output: (output: Output) => Promise<void>;
  /**
   * Aborts when the process is to end: it has got SIGTERM, or nobody is there any more for whom it works. Who has taken
   * the signal may then clean up, and the process ends when they have settled; who has not is not waited for. That of a
   * thread never aborts: it is ended at once.
   */
  readonly signal: AbortSignal;
  /** Has the thread move that with the response, rather than copy it. Processes send copies. */
  readonly transfer: (...objects: Transferable[]) => void;
}

/** Milliseconds that functions have to clean up if nobody is there any more who would end the process. */
const LAST = 10_000;

/** What sends replies. */
type Send = (reply: Reply, transferList?: readonly Transferable[]) => Promise<void>;

/**
 * Runs the requests of a `processPool` or a `workerPool`: to be called once, by the module of the process or thread, when
 * it can run them. The process ends when its pool does not want it any more, however that comes about.
 *
 * What a process prints by `console.log` or `process.stdout` from then on goes to stderr, because the pool reads stdout;
 * unless the pool has the option `socket`.
 *
 * @param handler Runs a request and gives its response. What it throws is what the request rejects with.
 * @throws {ArgumentError} if that is not a function
 * @example
 * ```ts
 * import { serve } from "tailrace/node";
 *
 * serve<{ readonly url: string }, string, number>(async ({ url }, { output, signal }) => {
 *   const response = await fetch(url, { signal });
 *   await output(50);
 *   return await response.text();
 * });
 * ```
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- nobody knows what a request is but the caller
export function serve<Request, Response, Output = unknown>(
  handler: (request: Request, context: ServeContext<Output>) => Response | PromiseLike<Response>,
): void {
  callable("handler", handler);
  /** Those whose function wants to know when the process is to end. */
  const told = new Set<AbortController>();
  let isEnding = false;

  const send = parentPort === null ? overLines(answer, desert) : overPort(parentPort, answer);
  void send({ ready: true });

  async function answer(call: Call): Promise<void> {
    const { id } = call;
    if ("health" in call) {
      await send({ id, healthy: true });
      return;
    }
    let controller: AbortController | undefined;
    const transferList: Transferable[] = [];
    const context: ServeContext<Output> = {
      output: (output) => attempt(() => send({ id, output })),
      get signal() {
        return (controller ??= tell()).signal;
      },
      transfer: (...objects) => void transferList.push(...objects),
    };
    try {
      const response = await handler(call.request as Request, context);
      await send({ id, response }, transferList);
    } catch (error) {
      await send({ id, error: dataOf(error) });
    } finally {
      controller ??= new AbortController(); // whoever takes the signal now is not waited for
      told.delete(controller);
      if (told.size === 0) settle();
    }
  }

  function tell(): AbortController {
    const controller = new AbortController();
    if (told.size === 0) process.once("SIGTERM", terminate); // without, it ends at once, also if it is stuck
    told.add(controller);
    if (isEnding) controller.abort(ending());
    return controller;
  }

  function settle(): void {
    process.off("SIGTERM", terminate);
    if (isEnding) process.exit();
  }

  /** It has got SIGTERM; the pool sees to it that it ends. */
  function terminate(): void {
    end(143);
  }

  /** Nobody is there any more. */
  function desert(): void {
    setTimeout(() => process.exit(), LAST).unref();
    end(0);
  }

  function end(exitCode: number): void {
    if (isEnding) return;
    isEnding = true;
    process.exitCode = exitCode;
    if (told.size === 0) process.exit();
    for (const controller of told) controller.abort(ending());
  }
}

function ending(): DOMException {
  return abortError("the process is to end");
}

function overPort(port: NonNullable<typeof parentPort>, answer: (call: Call) => Promise<void>): Send {
  port.on("message", (call: Call) => void answer(call));
  return (reply, transferList) => {
    port.postMessage(reply, transferList);
    return Promise.resolve();
  };
}

function overLines(answer: (call: Call) => Promise<void>, end: () => void): Send {
  const { input, write } = connect(end);
  const writeLine = writeLines(write);
  input.on("error", end).on("end", end);
  readLines(input, Infinity, (line) => void answer(JSON.parse(line) as Call));
  return (reply) => writeLine(lineOf(reply));
}

/** What the pool has opened for the process. */
function connect(end: () => void): { readonly input: Readable; readonly write: Writable["write"] } {
  const { stdin, stdout, stderr, env } = process;
  const path = env[SOCKET_VARIABLE];
  if (path !== undefined) {
    const socket = createConnection(path);
    return { input: socket, write: socket.write.bind(socket) };
  }
  const write = stdout.on("error", end).write.bind(stdout);
  stdout.write = stderr.write.bind(stderr);
  return { input: stdin, write };
}
