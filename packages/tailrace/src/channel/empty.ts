/**
 * What `tryReceive` returns when there is nothing to take: no item can be mistaken for it.
 *
 * @example
 * ```ts
 * import { channel, EMPTY } from "tailrace";
 *
 * const jobs = channel<string>({ capacity: 8 });
 * for (let job = jobs.tryReceive(); job !== EMPTY; job = jobs.tryReceive()) console.log(job);
 * ```
 */
export const EMPTY: unique symbol = Symbol("tailrace.EMPTY");
