import { callable } from "../arguments.ts";
import { free, isInside, observe, unblock } from "../limit/knots.ts";
import type { Blocked, Store } from "../limit/knots.ts";
import { Permit, PLAIN } from "../limit/permit.ts";
import { paced } from "../pace.ts";
import { attempt, rejected } from "../promises.ts";
import { callIn, currentContext } from "../waits/context.ts";
import type { WaitOptions } from "../waits/limits.ts";
import { siteNow } from "../waits/registry.ts";
import type { Lease } from "./lease.ts";
import type { Slot } from "./slot.ts";
import type { Slots } from "./slots.ts";
import { enqueue, limitsIn, takeReady } from "./taking.ts";
import { LeaseWaiter } from "./waiters.ts";

type Use<T> = Permit<Slots<T>>;

/** Calls a function that has a slot while it runs, so that it is known what it keeps from whom: as a limit does. */
export function use<T, R>(
  pool: Slots<T>,
  fn: (value: T, lease: Lease<T>) => R | PromiseLike<R>,
  wait: WaitOptions | undefined,
): Promise<Awaited<R>> {
  try {
    callable("fn", fn);
    const limits = limitsIn(pool, wait);
    const permit: Use<T> = new Permit(pool, fn, [], currentContext(), PLAIN);
    const slot = takeReady(pool);
    let waiter: UseWaiter<T> | undefined;
    const lease =
      slot === undefined
        ? enqueue(pool, (waiter = new UseWaiter(pool, permit)), limits)
        : paced(pool.lease(slot, permit, undefined, siteNow()));
    const result = run(permit, lease) as Promise<Awaited<R>>;
    return isInside(permit.outer, pool) ? (observe(permit, result, waiter) as Promise<Awaited<R>>) : result;
  } catch (error) {
    return rejected(error);
  }
}

async function run<T>(permit: Use<T>, taken: Promise<Lease<T>>): Promise<unknown> {
  using lease = await taken;
  permit.args.push(lease.value, lease);
  const result = attempt(() => callIn(permit, () => permit.call()));
  permit.result = result;
  try {
    return await result;
  } finally {
    free(permit);
    permit.forget();
  }
}

/** A call that waits for a slot. */
class UseWaiter<T> extends LeaseWaiter<T> implements Blocked {
  readonly permit: Use<T>;
  readonly blocks: Permit<Store>[] = [];

  constructor(pool: Slots<T>, permit: Use<T>) {
    super(pool);
    this.permit = permit;
  }

  get state(): "waiting" | "over" {
    return this.queue === undefined ? "over" : "waiting";
  }

  override serve(slot: Slot<T>): void {
    unblock(this);
    this.resolve(this.resource.lease(slot, this.permit, this.since, this.site));
  }

  override abandon(reason: unknown): void {
    unblock(this);
    super.abandon(reason);
  }
}
