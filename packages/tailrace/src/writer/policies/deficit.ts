import { count, options as optionsOf, outOfRange } from "../../arguments.ts";
import type { Policy } from "../policy.ts";

/** Options of `deficitRoundRobin`. */
export interface DeficitOptions {
  /** Bytes that a member of weight 1 may send in a round. Default: 16,384. */
  readonly quantum?: number | undefined;
}

/**
 * Each in its turn, and each so much as its weight says, however long its chunks are.
 *
 * This is deficit round robin (Shreedhar and Varghese, "Efficient fair queueing using deficit round robin", 1995) in the
 * form in which a chunk may go beyond what its lane has left, and the lane pays for that in later rounds.
 *
 * @throws {ArgumentError} if the quantum is not a whole number of bytes from 1
 *
 * @example
 * ```ts
 * import { deficitRoundRobin, writeScheduler } from "tailrace";
 *
 * const scheduler = writeScheduler({ policy: deficitRoundRobin() });
 * const sink = scheduler.sink(new WritableStream());
 * export const paid = sink.lane({ weight: 4 }); // gets four times as much as
 * export const free = sink.lane({ weight: 1 });
 * ```
 */
export function deficitRoundRobin(options?: DeficitOptions): Policy {
  const { quantum = 16_384 } = optionsOf("options", options);
  if (count("quantum", quantum, 1) === Infinity) throw outOfRange("quantum", quantum, "a whole number of bytes from 1");
  return {
    name: "deficit round robin",
    sinks: "by-account",
    group() {
      /** The round in which somebody was served last. */
      let current = 0;
      return ({ weight }) => {
        const share = quantum * weight;
        let round = 0;
        let left = share;
        return {
          enter() {
            if (round <= current) {
              round = current + 1; // who had nothing to send gets nothing for that time
              left = share;
            }
            return round;
          },
          served(bytes) {
            current = Math.max(current, round);
            left -= bytes;
            if (left <= 0) {
              const rounds = Math.floor(-left / share) + 1;
              round += rounds;
              left += rounds * share;
            }
            return round;
          },
        };
      };
    },
  };
}
