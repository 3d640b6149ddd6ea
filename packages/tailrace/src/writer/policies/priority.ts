import { milliseconds, options as optionsOf, outOfRange } from "../../arguments.ts";
import type { Policy } from "../policy.ts";

/** Options of `strictPriority`. */
export interface PriorityOptions {
  /**
   * Milliseconds of waiting that are worth one step of priority, so that nobody waits for ever. `Infinity` for none: then
   * a lane may starve as long as others of a higher priority have something. Default: 1000.
   */
  readonly ageing?: number | undefined;
}

/** Stands for a step of priority that no waiting makes up for; the longest clock is far below. */
const NO_AGEING = 2 ** 50;

/**
 * The higher priority first, and of equal ones who was served longest ago. Waiting counts as priority, too.
 *
 * @throws {ArgumentError} if the ageing is not a positive number of milliseconds, or `Infinity`
 *
 * @example
 * ```ts
 * import { strictPriority, writeScheduler } from "tailrace";
 *
 * const scheduler = writeScheduler({ policy: strictPriority({ ageing: 200 }) });
 * const sink = scheduler.sink(new WritableStream());
 * export const control = sink.lane({ priority: 1 });
 * export const bulk = sink.lane({ priority: 0 }); // waits 200 ms longer than control at most
 * ```
 */
export function strictPriority(options?: PriorityOptions): Policy {
  const { ageing = 1000 } = optionsOf("options", options);
  if (milliseconds("ageing", ageing) === 0) {
    throw outOfRange("ageing", ageing, "a positive number of milliseconds, or Infinity");
  }
  const step = ageing === Infinity ? NO_AGEING : ageing;
  return {
    name: "strict priority",
    sinks: "by-lane",
    group:
      () =>
      ({ priority }) => {
        const bonus = priority * step;
        return { enter: (now) => now - bonus, served: (_bytes, now) => now - bonus };
      },
  };
}
