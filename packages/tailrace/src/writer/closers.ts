import type { Limits } from "../waits/limits.ts";
import type { Resource } from "../waits/registry.ts";
import { Waiter } from "../waits/waiter.ts";
import type { WaiterQueue } from "../waits/waiter.ts";

/** A call of `close` waits until all is written. */
export function waitForEnd(resource: Resource, closers: WaiterQueue<Waiter<void>>, limits: Limits): Promise<void> {
  const waiter = new Waiter<void>("close", resource);
  waiter.limit(limits);
  closers.add(waiter);
  return waiter.promise;
}

/** Ends all waits of a queue, each of which leaves it by that. */
export function settle<Item extends Waiter<void>>(waiters: WaiterQueue<Item>, end: (waiter: Item) => void): void {
  for (let waiter = waiters.first; waiter !== undefined; waiter = waiters.first) end(waiter);
}
