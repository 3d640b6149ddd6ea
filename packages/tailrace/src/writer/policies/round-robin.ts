import type { Policy } from "../policy.ts";

/**
 * Each in its turn, whatever it sends: who was served longest ago comes first.
 *
 * @example
 * ```ts
 * import { roundRobin, writeScheduler } from "tailrace";
 *
 * export const scheduler = writeScheduler({ policy: roundRobin() });
 * ```
 */
export function roundRobin(): Policy {
  return {
    name: "round robin",
    sinks: "by-account",
    group() {
      let turns = 0;
      const last = (): number => turns++;
      return () => ({ enter: last, served: last });
    },
  };
}
