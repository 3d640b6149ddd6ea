// Looks at old waits now and then. Those that nobody can reach any more are held only by the registry, which holds old
// ones weakly: when the garbage collector has taken one that has not ended, it is proved that it never could. (Go finds
// leaked goroutines so: Saioc et al., Dynamic Partial Deadlock Detection and Recovery via Garbage Collection, ASPLOS
// 2025.) Of the others those are told that are the first in their queue, and have been for too long.
import { aboutWait } from "../waits/events.ts";
import type { Stall } from "../waits/events.ts";
import { inspect, queueOf, snapshotOf } from "../waits/inspect.ts";
import type { Snapshot, Wait } from "../waits/inspect.ts";
import { weakenGroups } from "../waits/groups.ts";
import { useOf } from "../waits/observed.ts";
import type { Use } from "../waits/observed.ts";
import { AgedWait, CrowdRecord, listed, membersOf } from "../waits/registry.ts";
import type { Resource, WaitRecord } from "../waits/registry.ts";
import { explain, report } from "../waits/report.ts";
import { Waiter } from "../waits/waiter.ts";
import { collect } from "./collect.ts";

/** Looks at the waits that are older than so many milliseconds. */
export interface Sweeper {
  /** To be called four times in that time. Settles when garbage has been collected for it, if that is due. */
  sweep(): Promise<void>;
  /** From now on it is another time. With `Infinity` nothing is told, until there is a time again. */
  change(stallAfter: number): void;
  /** Tells what else is proved to be lost, and how many waits were in all. */
  conclude(): number;
}

/** Waits that are looked at in one go: the program is to run meanwhile. */
const MOST = 1000;
/** Collections after which a wait counts as one that can be reached: the compiler may hold what it works on. */
const ENOUGH = 2;
const HOUR = 3_600_000;

/** What is known of an old wait without holding on to it. */
interface Old {
  readonly wait: AgedWait;
  /** Of the waits that became old together. */
  readonly snapshot: Snapshot;
  readonly facts: Wait | undefined;
  use: Use | "none" | undefined;
  /** When it became old. */
  readonly at: number;
  /** How often garbage was collected since. */
  collections: number;
}

export function openSweeper(stallAfter: number, tell: (stall: Stall) => void): Sweeper {
  let interval = stallAfter / 4;
  const olds = new Set<Old>();
  /** Since when a wait has been the first of its queue, by the clock of turns. */
  const firstSince = new WeakMap<object, number>();
  /** After what time waits on a resource are told the next time. */
  const patience = new WeakMap<Resource, number>();
  let sweptAt = performance.now();
  /** Milliseconds in which the event loop was shut, and nobody could do anything. */
  let shut = 0;
  let lost = 0;
  let unseen = 0;
  let isCollecting = false;
  let collectedAt = -Infinity;
  /** Whether garbage is to be collected once more, soon. */
  let again = false;
  let rest = stallAfter;

  function change(to: number): void {
    stallAfter = rest = to;
    interval = to / 4;
    sweptAt = performance.now(); // else the time without sweeps would be one in which the event loop was shut
  }

  function sweep(): Promise<void> {
    const now = performance.now();
    const late = now - sweptAt - interval;
    if (late > stallAfter) tellShut(late);
    if (late > interval) shut += late;
    tellLost();
    const stuck: WaitRecord[] = [];
    for (const old of olds) {
      const { record, lasts } = old.wait;
      if (!lasts) forget(old);
      else if (record !== undefined) {
        old.use = useOfWait(record);
        // That it is lost may still be found out.
        const isSeen = old.collections >= ENOUGH || (!isCollecting && now - old.at > stallAfter + 2 * interval);
        if (isSeen && isStuck(record, now)) stuck.push(record);
      }
    }
    tellStuck(stuck);
    const young = Array.from(first(listed(), MOST));
    for (const record of young) standsFirst(record, now);
    grow(young.filter((record) => now - beginning(record) >= stallAfter));
    sweptAt = now;
    weakenGroups();
    return collectIfWorthIt(now); // nothing of this may be held while it runs
  }

  /** From here on the registry holds these only weakly. */
  function grow(records: readonly WaitRecord[]): void {
    if (records.length === 0) return;
    // One for each: what nobody waits in has not become old.
    const snapshot = snapshotOf(records.flatMap((record) => [...first(membersOf(record), 1)]));
    for (const [index, record] of records.entries()) {
      const facts = snapshot.waits[index];
      olds.add({
        wait: new AgedWait(record),
        snapshot,
        facts,
        use: useOfWait(record),
        at: snapshot.at,
        collections: 0,
      });
      unseen++;
    }
  }

  /** For how long it has been the first of its queue, not counting when nobody could do anything. */
  function standsFirst(record: WaitRecord, now: number): number {
    const head = headOf(record);
    if (head === undefined) return 0;
    let since = firstSince.get(head);
    if (since === undefined) {
      // One that was there at the last sweep may have been behind others until now.
      const began = beginning(record);
      since = (isQueued(record) && began < sweptAt ? now : began) - shut;
      firstSince.set(head, since);
    }
    return now - shut - since;
  }

  function isStuck(record: WaitRecord, now: number): boolean {
    const limit = Math.max(patience.get(record.resource) ?? 0, stallAfter);
    if (standsFirst(record, now) < limit || useOfWait(record) === "raced") return false;
    if (record.resource.describe(record).idle === true) return false;
    patience.set(record.resource, limit * 10);
    return true;
  }

  function tellStuck(records: readonly WaitRecord[]): void {
    if (records.length === 0) return;
    const snapshot = inspect();
    const queues = new Set(records.map((record) => queueOf(aboutWait(record))));
    // The first of each queue stands for all.
    const waits = snapshot.waits.filter((wait) => queues.delete(queueOf(wait)));
    tell({ verdict: "stuck", message: explain(snapshot, waits), waits });
  }

  function tellLost(): void {
    const gone = [...olds].filter(({ wait }) => wait.lasts && wait.record === undefined);
    gone.forEach(forget);
    // Nobody misses the end of what was only one of several, or an item that nobody waits for.
    const missed = gone.filter(({ use, facts }) => use !== "raced" && !(use === "none" && facts?.idle === true));
    const waits = missed.flatMap(({ facts }) => facts ?? []);
    if (waits.length === 0) return;
    lost += waits.length;
    rest = stallAfter;
    const many = waits.length === 1 ? "this operation" : `these ${waits.length.toString()} operations`;
    const why = `nothing that still runs can reach ${waits.length === 1 ? "it" : "them"}`;
    const graph = report(merge(waits, new Set(missed.map(({ snapshot }) => snapshot))));
    tell({ verdict: "deadlock", message: `${many} can never end, because ${why}:\n${graph}`, waits });
  }

  function tellShut(late: number): void {
    const { waits } = inspect();
    const many = waits.length === 1 ? "1 operation" : `${waits.length.toString()} operations`;
    const message = `the event loop did not turn for ${(late / 1000).toFixed(1)} s, in which nothing could end ${many}`;
    if (waits.length > 0) tell({ verdict: "starved", message, waits });
  }

  /** A collection takes time: it is made for waits that have become old, and less and less often if it finds nothing. */
  async function collectIfWorthIt(now: number): Promise<void> {
    if (isCollecting || olds.size === 0) return;
    if (again) again = false;
    else {
      if (now - collectedAt < (unseen > 0 ? rest : rest * 10)) return;
      again = unseen > 0;
      rest = Math.min(rest * 2, HOUR);
    }
    collectedAt = now;
    unseen = 0;
    isCollecting = true;
    const looked = [...olds];
    await collect();
    for (const old of looked) old.collections++;
    isCollecting = false;
    if (stallAfter < Infinity) tellLost();
  }

  function forget(old: Old): void {
    old.wait.forget();
    olds.delete(old);
  }

  function conclude(): number {
    tellLost();
    return lost;
  }

  return { sweep, change, conclude };
}

function isQueued(record: WaitRecord): boolean {
  return record instanceof CrowdRecord || record instanceof Waiter;
}

/** Who is the first in the queue that the wait stands for; undefined if that is another one. */
function headOf(record: WaitRecord): object | undefined {
  if (record instanceof CrowdRecord) return record.first;
  return record instanceof Waiter && record.queue !== undefined && record.queue.first !== record ? undefined : record;
}

function beginning(record: WaitRecord): number {
  return record instanceof CrowdRecord ? (record.first?.began ?? Infinity) : record.since;
}

function useOfWait(record: WaitRecord): Use | "none" | undefined {
  return record instanceof Waiter ? useOf(record.promise) : undefined;
}

function* first<T>(all: Iterable<T>, most: number): Generator<T, void, undefined> {
  let nth = 0;
  for (const one of all) {
    if (++nth > most) return;
    yield one;
  }
}

/** The parts of snapshots that are about some waits. */
function merge(waits: readonly Wait[], snapshots: Iterable<Snapshot>): Snapshot {
  const all = [...snapshots];
  const [tasks, resources] = [all.flatMap((one) => one.tasks), all.flatMap((one) => one.resources)];
  return {
    at: performance.now(),
    waits: [...waits].sort((one, other) => one.since - other.since),
    tasks,
    resources,
    edges: [],
  };
}
