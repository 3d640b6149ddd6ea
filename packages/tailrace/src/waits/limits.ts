import { abortSignal, milliseconds, options as optionsOf } from "../arguments.ts";

/** How long an operation may wait. */
export interface WaitOptions {
  /** Ends the wait when it aborts: the operation rejects with the signal's reason and has not happened. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds after which the operation rejects with a `TimeoutError` and has not happened. Default: no limit. */
  readonly timeout?: number | undefined;
}

/** The checked options of a wait. */
export interface Limits {
  readonly signal: AbortSignal | undefined;
  readonly timeout: number;
}

const NO_LIMITS: Limits = { signal: undefined, timeout: Infinity };

/** Those of a wait that would begin now. Throws the reason of the signal if it has aborted. */
export function startLimits(wait: WaitOptions | undefined): Limits {
  const limits = limitsOf(wait);
  if (limits.signal !== undefined) limits.signal.throwIfAborted();
  return limits;
}

/** @param most the time-out if none is given */
export function limitsOf(wait: WaitOptions | undefined, most = Infinity): Limits {
  if (wait === undefined && most === Infinity) return NO_LIMITS;
  const given = optionsOf("wait", wait);
  const signal = abortSignal("signal", given.signal);
  const timeout = given.timeout === undefined ? most : milliseconds("timeout", given.timeout);
  return { signal, timeout };
}
