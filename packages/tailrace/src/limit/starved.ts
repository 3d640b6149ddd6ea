import { StarvationError } from "../errors.ts";
import { place } from "../waits/report.ts";
import type { Blocked, Store } from "./knots.ts";
import type { Permit } from "./permit.ts";

/**
 * Why a call can never run.
 *
 * @param around the calls that cannot end before it, the innermost first
 */
export function starved(call: Blocked, around: readonly Permit<Store>[]): StarvationError {
  const limit = call.permit.resource;
  const { task } = call;
  const who = task === undefined ? "" : `task ${JSON.stringify(task)}: `;
  const what = `${who}the call of ${quoted(call.permit.holder)} waits for a ${limit.part} of ${where(limit, call)}`;
  const own = around.filter(({ resource }) => resource === limit);
  if (own.length > 0) {
    const holders = own.map(({ holder }) => quoted(holder)).join(", which is in that of ");
    const isAll = own.reduce((sum, { weight }) => sum + weight, 0) === limit.taken;
    const rest = isAll ? "" : `; the other ${limit.part}s are held by calls that wait for one in the same way`;
    return new StarvationError(`${what} inside the call of ${holders}, which keeps it until this call is done${rest}`);
  }
  const chain = chainTo(limit, call, new Set(around), new Set());
  return new StarvationError([what, ...chain].join(", "));
}

/** From who holds permits of a limit to one that waits for the call. */
function chainTo(limit: Store, call: Blocked, ends: ReadonlySet<Permit<Store>>, seen: Set<Store>): readonly string[] {
  seen.add(limit);
  for (const permit of limit.blockedPermits) {
    const keeps = `which the call of ${quoted(permit.holder)} keeps until`;
    if (ends.has(permit)) return [`${keeps} this call is done`];
    for (const { permit: next } of permit.awaits) {
      if (seen.has(next.resource)) continue;
      const rest = chainTo(next.resource, call, ends, seen);
      if (rest.length > 0)
        return [`${keeps} it gets a ${next.resource.part} of ${where(next.resource, call)}`, ...rest];
    }
  }
  return [];
}

function where(limit: Store, call: Blocked): string {
  return place(limit.kind, limit.name, limit.describe(call).state);
}

function quoted(name: string): string {
  return name === "" ? "a function without a name" : JSON.stringify(name);
}
