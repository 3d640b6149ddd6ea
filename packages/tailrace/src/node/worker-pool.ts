import type { WorkerOptions } from "node:worker_threads";
import { options as optionsOf, text } from "../arguments.ts";
import { executionPool } from "./execution-pool.ts";
import type { ExecutionPoolOptions } from "./execution-pool.ts";
import type { ExecutionPool } from "./executor.ts";
import { locationOf } from "./location.ts";
import { openWorker } from "./worker.ts";

/** Options of `workerPool`: those of `pool`, and what a thread runs. */
export interface WorkerPoolOptions<Request, Response, Output = unknown> extends ExecutionPoolOptions<
  Request,
  Response,
  Output
> {
  /** Path or URL of a module. It exports a function, or calls `serve`. */
  readonly module: string | URL;
  /** Name of the function that the module exports, which `serve` would be given. Default: the module calls `serve`. */
  readonly export?: string | undefined;
  /** What Node starts the threads with, such as `resourceLimits` and `workerData`. Default: what Node does by default. */
  readonly workerOptions?: Omit<WorkerOptions, "eval"> | undefined;
}

/**
 * A pool of threads that run a function, one request at a time each unless a lease is used for several. It has the same
 * face as `processPool`, and keeps the same promises: a thread that is stuck is ended when the time of its request is
 * over, also in the middle of a loop without end, and its place gets another one. What is idle does not keep the process
 * alive.
 *
 * Requests, outputs and responses are copied as `structuredClone` does, or moved: requests by `transferList`, responses
 * by `transfer`.
 *
 * @throws {ArgumentError} if an option is missing or cannot be used
 * @example
 * ```ts
 * import { workerPool } from "tailrace/node";
 *
 * // resize.js: export const half = (pixels, { transfer }) => { …; transfer(smaller.buffer); return smaller; };
 * await using images = workerPool<Uint8Array, Uint8Array>({
 *   module: new URL("./resize.js", import.meta.url),
 *   export: "half",
 *   max: 4,
 * });
 * const pixels = new Uint8Array(1_000_000);
 * const smaller = await images.run(pixels, { timeout: 1000, transferList: [pixels.buffer] });
 * console.log(smaller.length);
 * ```
 */
export function workerPool<Request, Response, Output = unknown>(
  options: WorkerPoolOptions<Request, Response, Output>,
): ExecutionPool<Request, Response, Output> {
  const given = optionsOf<typeof options>("options", options);
  const module = locationOf("module", given.module);
  const exported = given.export === undefined ? undefined : { module: module.href, name: text("export", given.export) };
  return executionPool<Request, Response, Output>("worker", options, (instance, context) => {
    const open = openWorker.bind(undefined, instance.name, module, exported, given.workerOptions);
    return instance.start(open, context.signal);
  });
}
