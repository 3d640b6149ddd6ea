// Calls of limits inside of other ones. Who holds a permit and awaits a call that waits for one keeps the permit until
// that call is done; if everybody who holds permits of a limit does so, and all of them in the same way, nobody ever goes
// on. Waits for permits are *or* waits, any holder can end one, so a cycle alone proves nothing: what is looked for is a
// knot (Holt, Some Deadlock Properties of Computer Systems, 1972).
import { TICK } from "../promises.ts";
import { ObservedPromise, useOf } from "../waits/observed.ts";
import type { Call } from "./call.ts";
import { Permit } from "./permit.ts";
import type { Permits } from "./permits.ts";
import { starved } from "./starved.ts";

/** The promise of a call that comes from inside another one: it is known whether somebody awaits it. */
export function observe(permit: Permit, result: Promise<unknown>, onAwait: () => void): Promise<unknown> {
  permit.isAwaited = false;
  const given = new ObservedPromise<unknown>((resolve) => {
    resolve(result);
  });
  given.onAwait = async (promise) => {
    for (let tick = 0; tick < 2; tick++) await TICK; // what has just been called returns first, and may race it
    if (useOf(promise) !== "alone") return;
    permit.isAwaited = true;
    onAwait();
  };
  return given;
}

/** Somebody awaits the call: if it still waits, those around it cannot end before it. */
export async function block(call: Call): Promise<void> {
  for (const permit of around(call.permit)) {
    permit.watch(() => {
      if (permit.awaits.size > 0) permit.resource.onBlocked(permit, -permit.weight);
      permit.weight = 0;
    });
  }
  await TICK; // what has ended says so
  if (call.state !== "waiting") return;
  call.permit.resource.awaited.add(call);
  for (const permit of around(call.permit)) {
    if (permit.awaits.size === 0) permit.resource.onBlocked(permit, permit.weight);
    if (permit.awaits.has(call)) continue;
    permit.awaits.add(call);
    call.blocks.push(permit);
  }
  refuseIfStarved(call);
}

/** Somebody awaits a call that runs: what is awaited inside of it keeps those around it, too. */
export function extend(permit: Permit): void {
  for (const call of permit.awaits) void block(call);
}

/** The call does not wait any more. */
export function unblock(call: Call): void {
  if (!call.permit.resource.awaited.delete(call)) return;
  for (const permit of call.blocks) {
    permit.awaits.delete(call);
    if (permit.awaits.size === 0) permit.resource.onBlocked(permit, -permit.weight);
  }
}

/** Refuses a call that would wait for ever. */
export function refuseIfStarved(call: Call): void {
  const limit = call.permit.resource;
  if (limit.blocked !== limit.taken || !isDead(limit)) return;
  call.abandon(starved(call, around(call.permit)));
}

/** Whether nobody can ever give a permit of the limit back. */
function isDead(limit: Permits): boolean {
  const reached = new Set([limit]);
  const live = new Set<Permits>();
  for (const one of reached) {
    if (one.blocked !== one.taken) live.add(one);
    else for (const { awaits } of one.blockedPermits) for (const { permit } of awaits) reached.add(permit.resource);
  }
  for (let known = -1; known < live.size;) {
    known = live.size;
    for (const one of reached) if (!live.has(one) && canGoOn(one, live)) live.add(one);
  }
  return !live.has(limit);
}

/** Whether one of those who hold permits awaits nothing but what comes. */
function canGoOn(limit: Permits, live: ReadonlySet<Permits>): boolean {
  return [...limit.blockedPermits].some(({ awaits }) => [...awaits].every(({ permit }) => live.has(permit.resource)));
}

/** The calls around another one that cannot end before it, the innermost first. */
function around(permit: Permit): Permit[] {
  const found: Permit[] = [];
  for (let one = permit.outer; one !== undefined; one = one.outer) {
    if (!(one instanceof Permit)) continue;
    if (one.weight === 0) break; // what has ended waits for nothing
    found.push(one);
    // Nor does who has only started a call.
    if (one.isAwaited === false) break;
  }
  return found;
}
