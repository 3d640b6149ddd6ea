import { TailraceError } from "../errors.ts";

/**
 * Whoever had something that others wait for has died: a thread that was terminated, a process that was killed. The
 * message says who, and what has become of what they had.
 *
 * @example
 * ```ts
 * import { OwnerDiedError } from "tailrace";
 * import type { MVar } from "tailrace";
 *
 * export async function next(jobs: MVar<string>): Promise<string | undefined> {
 *   return await jobs.take().catch((error: unknown) => {
 *     if (!(error instanceof OwnerDiedError)) throw error;
 *     console.error(error.owner, error.message);
 *     return undefined;
 *   });
 * }
 * ```
 */
export class OwnerDiedError extends TailraceError {
  /** Who has died, such as `thread 3` or `process 4711`. */
  readonly owner: string;

  constructor(owner: string, message: string, options?: ErrorOptions) {
    super("TAILRACE_OWNER_DIED", message, options);
    this.owner = owner;
  }

  override get name(): string {
    return "OwnerDiedError";
  }
}
