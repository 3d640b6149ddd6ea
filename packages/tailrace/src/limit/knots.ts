// Calls of limits inside of other ones. Who holds a permit and awaits a call that waits for one keeps the permit until
// that call is done; if everybody who holds permits of a limit does so, and all of them in the same way, nobody ever goes
// on. Waits for permits are *or* waits, any holder can end one, so a cycle alone proves nothing: what is looked for is a
// knot (Holt, Some Deadlock Properties of Computer Systems, 1972).
import { TICK } from "../promises.ts";
import { ObservedPromise, useOf } from "../waits/observed.ts";
import type { Resource, WaitRecord } from "../waits/registry.ts";
import { isExact } from "../waits/context.ts";
import type { Hold } from "../waits/context.ts";
import { Permit } from "./permit.ts";
import { starved } from "./starved.ts";

/** What permits are of: a limit, or a pool, whose permits are its slots. */
export interface Store extends Resource {
  /** What a call waits for, in a word. */
  readonly part: string;
  /** Calls inside of other ones that are awaited. */
  readonly awaited: Set<Blocked>;
  /** Calls that run and cannot end before such a call has. */
  readonly blockedPermits: Set<Permit<Store>>;
  /** Their permits. */
  readonly blocked: number;
  /** Permits that somebody must give back before anybody can get one. */
  readonly taken: number;
  /** A call that runs is kept by others from now on, or not any more; so are its permits. */
  onBlocked(permit: Permit<Store>, weight: number): void;
}

/** A call that waits for a permit. */
export interface Blocked extends WaitRecord {
  readonly permit: Permit<Store>;
  readonly state: "waiting" | "running" | "over";
  /** The calls around it that cannot end before it. */
  readonly blocks: Permit<Store>[];
  /** It does not wait any more, and has got nothing. */
  abandon(reason: unknown): void;
}

/** Whether a call comes from inside another one; of the same store, where that is all that is known for certain. */
export function isInside(held: Hold | undefined, store: Store): boolean {
  const isAny = isExact();
  for (let one = held; one !== undefined; one = one.outer) {
    if (one.weight > 0 && (isAny || one.resource === store)) return true;
  }
  return false;
}

/**
 * The promise of a call that comes from inside another one: it is known whether somebody awaits it.
 *
 * @param call its wait, if it has to
 */
export function observe(permit: Permit<Store>, result: Promise<unknown>, call?: Blocked): Promise<unknown> {
  permit.isAwaited = false;
  const given = new ObservedPromise<unknown>((resolve) => {
    resolve(result);
  });
  given.onAwait = async (promise) => {
    for (let tick = 0; tick < 2; tick++) await TICK; // what has just been called returns first, and may race it
    if (useOf(promise) !== "alone") return;
    permit.isAwaited = true;
    if (call?.state === "waiting") void block(call);
    else extend(permit);
  };
  return given;
}

/** Somebody awaits the call: if it still waits, those around it cannot end before it. */
async function block(call: Blocked): Promise<void> {
  for (const permit of around(call.permit)) {
    permit.watch(() => {
      free(permit);
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

/** The call is over: it holds nothing any more, so nothing that still waits inside of it keeps that. */
export function free(permit: Permit<Store>): void {
  if (permit.isBlocked) permit.resource.onBlocked(permit, -permit.weight);
  permit.weight = 0;
}

/** Somebody awaits a call that runs: what is awaited inside of it keeps those around it, too. */
function extend(permit: Permit<Store>): void {
  for (const call of permit.awaits) void block(call);
}

/** The call does not wait any more. */
export function unblock(call: Blocked): void {
  if (!call.permit.resource.awaited.delete(call)) return;
  for (const permit of call.blocks) {
    permit.awaits.delete(call);
    if (permit.awaits.size === 0) permit.resource.onBlocked(permit, -permit.weight);
  }
}

/** Refuses a call that would wait for ever. */
export function refuseIfStarved(call: Blocked): void {
  const limit = call.permit.resource;
  if (limit.blocked !== limit.taken || !isDead(limit)) return;
  call.abandon(starved(call, around(call.permit)));
}

/** Whether nobody can ever give a permit of the limit back. */
function isDead(limit: Store): boolean {
  const reached = new Set<Store>([limit]);
  const live = new Set<Store>();
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
function canGoOn(limit: Store, live: ReadonlySet<Store>): boolean {
  return [...limit.blockedPermits].some(({ awaits }) => [...awaits].every(({ permit }) => live.has(permit.resource)));
}

/** The calls around another one that cannot end before it, the innermost first. */
function around(permit: Permit<Store>): Permit<Store>[] {
  const found: Permit<Store>[] = [];
  for (let one = permit.outer; one !== undefined; one = one.outer) {
    if (!isPermit(one)) continue;
    if (one.weight === 0) break; // what has ended waits for nothing
    found.push(one);
    // Nor does who has only started a call.
    if (one.isAwaited === false) break;
  }
  return found;
}

function isPermit(hold: Hold): hold is Permit<Store> {
  return hold instanceof Permit;
}
