/** What a policy knows of a lane, or of a sink. */
export interface Member {
  readonly name: string;
  /** Its share of what can be written, against the shares of the others. */
  readonly weight: number;
  /** Higher comes first. */
  readonly priority: number;
}

/** The account that a policy keeps of one member. The one whose rank is lowest is served next; of equals, the first. */
export interface Account {
  /**
   * It has something to write from now on, and had nothing before.
   *
   * @param now reading of `performance.now()`
   * @returns its rank
   */
  enter(now: number): number;
  /**
   * So many bytes of it were written, and it has more.
   *
   * @param bytes bytes, or items of a stream in object mode
   * @returns its rank
   */
  served(bytes: number, now: number): number;
}

/**
 * Says whose turn it is: among the lanes of a sink, and among sinks. Ready ones are `ewma`, `roundRobin`,
 * `deficitRoundRobin` and `strictPriority`.
 *
 * @example
 * ```ts
 * import { writeScheduler } from "tailrace";
 * import type { Policy } from "tailrace";
 *
 * // Whoever has sent least comes first.
 * const leastSent: Policy = {
 *   name: "least sent",
 *   sinks: "by-account",
 *   group: () => () => {
 *     let sent = 0;
 *     return { enter: () => sent, served: (bytes) => (sent += bytes) };
 *   },
 * };
 * export const scheduler = writeScheduler({ policy: leastSent });
 * ```
 */
export interface Policy {
  /** For reports. */
  readonly name: string;
  /**
   * How sinks stand among each other: `"by-lane"`, each as its best lane, so that ranks of lanes of all sinks are
   * compared; or `"by-account"`, each with an account of its own, in which everything counts that is written to it.
   */
  readonly sinks: "by-lane" | "by-account";
  /** Begins a group of members that take turns, and gives what opens the account of one. */
  group(): (member: Member) => Account;
}
