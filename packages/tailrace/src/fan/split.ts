import { callable } from "../arguments.ts";

/**
 * A route of `fanOut` that gives all items of one key to the same sink, so that they are worked on in their order,
 * while those of different keys go to different sinks as far as there are any.
 *
 * The sink of a key is computed from it (a hash: FNV-1a of its text), so that nothing has to be remembered, and it is
 * the same in each run.
 *
 * @example
 * ```ts
 * import { fanOut, splitBy } from "tailrace";
 *
 * const orders = [{ customer: "a", id: 1 }, { customer: "b", id: 2 }, { customer: "a", id: 3 }];
 * const worker = async (items: AsyncIterable<{ customer: string; id: number }>) => {
 *   for await (const order of items) console.log(order.customer, order.id); // a 1 before a 3
 * };
 * await fanOut(orders, [worker, worker, worker], { route: splitBy((order) => order.customer) });
 * ```
 * @param key The key of an item: a text, a number, a boolean or the like. Keys that read the same are the same.
 * @throws {ArgumentError} if it is not given a function
 */
export function splitBy<T>(
  key: (item: T) => string | number | bigint | boolean | null | undefined,
): (item: T, index: number, sinks: number) => number {
  callable("key", key);
  return (item, _index, sinks) => hash(String(key(item))) % sinks;
}

/** FNV-1a over the UTF-16 units of a text (http://www.isthe.com/chongo/tech/comp/fnv/), mixed once more at the end. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let place = 0; place < text.length; place++) value = Math.imul(value ^ text.charCodeAt(place), 0x01000193);
  return (value ^ (value >>> 15)) >>> 0;
}
