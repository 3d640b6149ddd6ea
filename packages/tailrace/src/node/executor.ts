import type { Transferable } from "node:worker_threads";
import { abortSignal, callable, milliseconds, options as optionsOf, text } from "../arguments.ts";
import type { Pool } from "../pool/pool.ts";

/** How one request is run. */
export interface RunOptions<Output = unknown> {
  /** Ends the request when it aborts, and what runs it. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Milliseconds that it may run; then what runs it is ended. How long it waits for something to run it is up to
   * `acquireTimeout` of the pool. Default: no limit.
   */
  readonly timeout?: number | undefined;
  /** Gets what it sends before its response, in order. If it throws, the request ends, and what runs it. */
  readonly onOutput?: ((output: Output) => void) | undefined;
  /** Name by which `kill` ends it: one that no other request has at that time. Default: none. */
  readonly id?: string | undefined;
  /** What is moved to a thread rather than copied. Processes get copies. */
  readonly transferList?: readonly Transferable[] | undefined;
}

/** A process or a thread that runs requests for whoever has leased it. */
export interface Executor<Request, Response, Output = unknown> {
  /** Number of the process; undefined for a thread. */
  readonly pid: number | undefined;
  /**
   * Has a request run. Several may run at a time, as far as whatever runs them can do that.
   * @throws {RemoteError} if the function that runs it fails
   * @throws {TimeoutError} if it takes longer than `timeout`
   * @throws {ExecutionKilledError} if `kill` ends it
   * @throws {ExitError} if what runs it ends
   * @throws {ProtocolError} if what runs it says something that is no answer
   * @throws the reason of the signal, if it aborts
   */
  run(request: Request, options?: RunOptions<Output>): Promise<Response>;
}

/** Processes or threads that run requests. */
export interface ExecutionPool<Request, Response, Output = unknown> extends Pool<Executor<Request, Response, Output>> {
  /**
   * Has a request run by the next one that is free.
   * @throws what `acquire` throws, and what `run` of an executor throws
   */
  run(request: Request, options?: RunOptions<Output>): Promise<Response>;
  /**
   * Ends the request with that `id`, whether it runs or waits; and what runs it, whose place is taken by another one.
   * @param reason Becomes the `cause` of the error with which the request ends.
   * @returns Whether there was such a request.
   */
  kill(id: string, reason?: unknown): boolean;
}

/** The options of a request, checked. */
export function runOptionsOf<Output>(
  options: RunOptions<Output> | undefined,
): RunOptions<Output> & { timeout: number } {
  const given = optionsOf<RunOptions<Output>>("options", options);
  if (given.onOutput !== undefined) callable("onOutput", given.onOutput);
  return {
    ...given,
    signal: abortSignal("signal", given.signal),
    timeout: given.timeout === undefined ? Infinity : milliseconds("timeout", given.timeout),
    id: given.id === undefined ? undefined : text("id", given.id),
  };
}
