import { TailraceError } from "../errors.ts";

/**
 * A pool is closed, or being drained: nobody gets anything from it any more. Also what those get who waited for it.
 *
 * @example
 * ```ts
 * import { pool, PoolClosedError } from "tailrace";
 *
 * const workers = pool({ name: "workers", spawn: () => ({}) });
 * await workers.close();
 * await workers.acquire().catch((error: unknown) => {
 *   if (error instanceof PoolClosedError) console.error(error.message); // pool "workers" is closed
 * });
 * ```
 */
export class PoolClosedError extends TailraceError {
  constructor(message: string, options?: ErrorOptions) {
    super("TAILRACE_POOL_CLOSED", message, options);
  }

  override get name(): string {
    return "PoolClosedError";
  }
}

/**
 * As many as `maxWaiting` says wait for a pool already.
 *
 * @example
 * ```ts
 * import { pool, PoolFullError } from "tailrace";
 *
 * const workers = pool({ name: "workers", max: 1, maxWaiting: 0, spawn: () => ({}) });
 * await workers.ready();
 * await workers.use(async () => {
 *   await workers.acquire().catch((error: unknown) => {
 *     if (error instanceof PoolFullError) console.error(error.message);
 *   });
 * });
 * ```
 */
export class PoolFullError extends TailraceError {
  constructor(message: string, options?: ErrorOptions) {
    super("TAILRACE_POOL_FULL", message, options);
  }

  override get name(): string {
    return "PoolFullError";
  }
}

/**
 * A lease was used after it was given back, or was taken away; then `cause` says why.
 *
 * @example
 * ```ts
 * import { LeaseReleasedError, pool } from "tailrace";
 *
 * const workers = pool({ spawn: () => ({ jobs: 0 }) });
 * const lease = await workers.acquire();
 * lease.release();
 * try {
 *   lease.value.jobs++;
 * } catch (error) {
 *   if (error instanceof LeaseReleasedError) console.error(error.message);
 * }
 * ```
 */
export class LeaseReleasedError extends TailraceError {
  constructor(message: string, options?: ErrorOptions) {
    super("TAILRACE_LEASE_RELEASED", message, options);
  }

  override get name(): string {
    return "LeaseReleasedError";
  }
}

/**
 * A lease was lost: it was never given back, and garbage collection has shown that nobody can. Only `onError` of the
 * pool gets it.
 *
 * @example
 * ```ts
 * import { LeaseLeakedError, pool } from "tailrace";
 *
 * pool({
 *   spawn: () => ({}),
 *   onError(error) {
 *     if (error instanceof LeaseLeakedError) console.error(error.message);
 *   },
 * });
 * ```
 */
export class LeaseLeakedError extends TailraceError {
  constructor(message: string, options?: ErrorOptions) {
    super("TAILRACE_LEASE_LEAKED", message, options);
  }

  override get name(): string {
    return "LeaseLeakedError";
  }
}
