import { abortSignal, milliseconds, options as optionsOf, text } from "../arguments.ts";
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
    name: given.name === undefined ? `scope-${(++unnamed).toString()}` : text("name", given.name),
    signal: given.signal === undefined ? undefined : abortSignal("signal", given.signal),
    timeout: given.timeout === undefined ? Infinity : milliseconds("timeout", given.timeout),
    grace: given.grace === undefined ? 1000 : milliseconds("grace", given.grace),
  };
}

let unnamed = 0;
