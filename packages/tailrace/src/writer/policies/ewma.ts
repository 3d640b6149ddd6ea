import { milliseconds, options as optionsOf, outOfRange } from "../../arguments.ts";
import type { Account, Policy } from "../policy.ts";

/** Options of `ewma`. */
export interface EwmaOptions {
  /** Milliseconds in which what was sent comes to count half. Default: 30,000. */
  readonly halfLife?: number | undefined;
}

/**
 * Who has sent least of late comes first: an exponentially weighted moving average of bytes. So a lane that says little
 * never waits behind one that says much, and of those that say much each gets the same.
 *
 * The algorithm is that of Tor's circuits (circuitmux_ewma.c; Tang and Goldberg, "An improved algorithm for Tor circuit
 * scheduling", 2010). Counts are kept as logarithms, relative to one moment for all: their order does not change while
 * time passes, so there are no ticks in which all would be scaled anew.
 *
 * @throws {ArgumentError} if the half-life is not a positive number of milliseconds
 *
 * @example
 * ```ts
 * import { ewma, writeScheduler } from "tailrace";
 *
 * export const scheduler = writeScheduler({ policy: ewma({ halfLife: 5000 }) });
 * ```
 */
export function ewma(options?: EwmaOptions): Policy {
  const { halfLife = 30_000 } = optionsOf("options", options);
  if (milliseconds("halfLife", halfLife) === 0 || halfLife === Infinity) {
    throw outOfRange("halfLife", halfLife, "a positive number of milliseconds");
  }
  return { name: "ewma", sinks: "by-lane", group: () => () => accountOf(halfLife) };
}

/** The rank is the binary logarithm of the count, as it would be at the origin of the clock. */
function accountOf(halfLife: number): Account {
  let rank = -Infinity;
  return {
    enter: () => rank,
    served(bytes, now) {
      if (bytes > 0) rank = sum(rank, Math.log2(bytes) + now / halfLife);
      return rank;
    },
  };
}

/** The logarithm of the sum of two numbers, of which the logarithms are given. */
function sum(one: number, other: number): number {
  const [less, more] = one < other ? [one, other] : [other, one];
  return more + Math.log2(1 + 2 ** (less - more));
}
