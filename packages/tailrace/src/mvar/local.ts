import { nameOf, options as optionsOf } from "../arguments.ts";
import { EMPTY } from "../channel/empty.ts";
import { Box, present } from "./box.ts";
import type { MVar } from "./mvar.ts";

/** Options of `mvar`. */
export interface MVarOptions<T> {
  /** What is in it at first. It is there if the property is, as `undefined` is a value, too. Default: it is empty. */
  readonly value?: T;
  /** Name in reports and errors. Default: `mvar-1`, `mvar-2`, … */
  readonly name?: string | undefined;
}

/**
 * Makes a box for the tasks of one thread. Any value can be in it but `EMPTY`, which is refused with an `ArgumentError`.
 *
 * A call of `with`, `modify` or `modifyMaybe` that waits inside of itself for the box which is lent to it would wait for
 * ever: what it waits for rejects with a `StarvationError` at once. So it is with several boxes, limits and pools that
 * are taken in different orders.
 *
 * @example
 * ```ts
 * import { mvar, scope } from "tailrace";
 *
 * const balance = mvar({ name: "balance", value: 100 });
 * await scope((s) => {
 *   for (const amount of [20, -50, 5]) s.spawn(() => balance.modify((before) => before + amount));
 * });
 * console.log(await balance.read()); // 75
 * ```
 * @throws {ArgumentError} if the name is not a string, or the value is `EMPTY`
 */
export function mvar<T>(options?: MVarOptions<T>): MVar<T> {
  const given = optionsOf("options", options);
  const name = nameOf("mvar", given.name);
  return new Box<T>(name, "value" in given ? present(given.value) : EMPTY);
}
