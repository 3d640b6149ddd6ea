import { abortSignal, milliseconds, nameOf, options as optionsOf } from "../arguments.ts";
import type { ScopeOptions } from "./scope.ts";

/** The checked options of a scope. */
export interface Plan {
  readonly name: string;
  readonly signal: AbortSignal | undefined;
  readonly timeout: number;
  readonly grace: number;
}

export function planOf(options: ScopeOptions | undefined): Plan {
  const given = optionsOf("options", options);
  return {
    name: nameOf("scope", given.name),
    signal: abortSignal("signal", given.signal),
    timeout: given.timeout === undefined ? Infinity : milliseconds("timeout", given.timeout),
    grace: given.grace === undefined ? 1000 : milliseconds("grace", given.grace),
  };
}
