import { TailraceError } from "../errors.ts";

/**
 * A name that cannot be used. The code is `TAILRACE_NAME_GONE` if nobody has it, or not any more, also for operations on
 * what was closed; `TAILRACE_NAME_TAKEN` if somebody else has it; and `TAILRACE_NAME_REFUSED` if it is the name of
 * something else, or if whoever has it does not talk to this process.
 *
 * @example
 * ```ts
 * import { NameError, openMVar } from "tailrace/processes";
 *
 * const [, , name = ""] = process.argv;
 * const jobs = await openMVar<string>(name).catch((error: unknown) => {
 *   if (error instanceof NameError) console.error(error.code, error.message);
 *   return undefined;
 * });
 * console.log(await jobs?.take());
 * ```
 */
export class NameError extends TailraceError {
  /** `GONE`, `TAKEN` or `REFUSED`. */
  readonly kind: NameErrorKind;

  constructor(kind: NameErrorKind, message: string, options?: ErrorOptions) {
    super(`TAILRACE_NAME_${kind}`, message, options);
    this.kind = kind;
  }

  override get name(): string {
    return "NameError";
  }
}

export type NameErrorKind = "GONE" | "TAKEN" | "REFUSED";
