// Every blocked operation is a record in one intrusive list, oldest first. Entering and leaving cost a few writes;
// everything that only a reader needs (text, state of the resource) is asked for by `inspect`.

import { captureSite } from "../site.ts";
import type { Site } from "../site.ts";
import { currentParty, taskOf } from "./context.ts";
import type { Party } from "./context.ts";
import { beginning, publishWaitBegin, publishWaitEnd, waitBegin, waitEnd } from "./events.ts";

/** What a wait is on. The thing itself implements this, so that a record needs only a reference to it. */
export interface Resource {
  readonly kind: string;
  readonly name: string;
  /** The state of the resource now, and what this wait needs to happen. */
  describe(record: WaitRecord): Description;
  /** Who can end waits of that operation, as far as that is known. */
  holders?(operation: string): Iterable<Party>;
}

export interface Description {
  /** The state of the resource, such as `capacity 16, full`. */
  readonly state?: string;
  /** What the wait needs, as the object of "has waited for". */
  readonly awaits: string;
  /** What is known about why that does not come. */
  readonly remark?: string;
  /** What can be counted, such as the capacity. */
  readonly figures?: Readonly<Record<string, number>>;
  /** Whether it is well to wait so for long: who does it has nothing to do, or others to wait for that wait, too. */
  readonly idle?: boolean;
}

/** A place in the list. */
interface Link {
  older: Link;
  newer: Link;
}

export class WaitRecord implements Link {
  readonly operation: string;
  readonly resource: Resource;
  /** Who waits, where it is known. */
  party: Party | undefined;
  /** Reading of `performance.now()` in the turn of the event loop in which the wait began. */
  since = 0;
  /** Where it was written, if somebody wants to know. */
  site: Site | undefined = undefined;
  /** Neighbours in the list; the record itself while it is not waiting. */
  older: Link = this;
  newer: Link = this;

  constructor(operation: string, resource: Resource, party = currentParty()) {
    this.operation = operation;
    this.resource = resource;
    this.party = party;
  }

  /** Name of the task that waits, where it is known. */
  get task(): string | undefined {
    return taskOf(this.party);
  }
}

/** Waits that have one record together, because there may be very many of them and each is served by somebody else. */
export abstract class CrowdRecord extends WaitRecord {
  /** A record for each, the longest wait first. */
  abstract members(): Iterable<WaitRecord>;
  /** The longest wait, and whose it is. */
  abstract readonly first: { readonly began: number } | undefined;
}

const nobody: Resource = { kind: "none", name: "none", describe: () => ({ awaits: "nothing" }) };
/** Head of the ring of records: `newer` of it is the oldest record, `older` the newest. */
const head = new WaitRecord("none", nobody);

/** Whether the wait has begun and not ended. */
export function isWaiting(record: WaitRecord): boolean {
  return record.older !== record;
}

/** Registers a wait that begins now. A record that is already waiting keeps its time. */
export function enter(record: WaitRecord): void {
  if (isWaiting(record)) return;
  record.since = beginning(waitEnd);
  const newest = head.older;
  record.older = newest;
  record.newer = head;
  newest.newer = record;
  head.older = record;
  if (record instanceof CrowdRecord) return; // its members tell for themselves
  if (keepsSites) record.site ??= captureSite();
  if (waitBegin.hasSubscribers) publishWaitBegin(record);
}

/**
 * Removes a wait that has ended. Harmless if it is not waiting.
 * @param error with what the operation rejects, if it does
 */
export function leave(record: WaitRecord, error?: unknown): void {
  if (!isWaiting(record)) return;
  unlink(record);
  record.older = record.newer = record;
  if (waitEnd.hasSubscribers && !(record instanceof CrowdRecord)) publishWaitEnd(record, error);
}

let keepsSites = false;

/** Keeps where the record was made, if somebody wants to know; else that is where it first begins to wait. */
export function markSite(record: WaitRecord): void {
  if (keepsSites) record.site = captureSite();
}

/** Where something is written that is done now, if somebody wants to know. */
export function siteNow(): Site | undefined {
  return keepsSites ? captureSite() : undefined;
}

/** From here on it is known of each wait where it was written, or not any more. */
export function keepSites(wanted: boolean): void {
  keepsSites = wanted;
}

function unlink(record: WaitRecord): void {
  record.older.newer = record.newer;
  record.newer.older = record.older;
}

/** All records, the longest wait first. */
export function records(): WaitRecord[] {
  const all: WaitRecord[] = [];
  const add = (record: WaitRecord): void => {
    for (const member of membersOf(record)) all.push(member); // too many to be the arguments of one call
  };
  for (const { record } of aged) if (record !== undefined) add(record);
  for (const record of listed()) add(record);
  return all.sort((one, other) => one.since - other.since);
}

/** A record for each wait that the record stands for. */
export function membersOf(record: WaitRecord): Iterable<WaitRecord> {
  return record instanceof CrowdRecord ? record.members() : [record];
}

/** The records in the list, in the order in which they were entered. The one at hand may be taken out. */
export function* listed(): Generator<WaitRecord, void, undefined> {
  for (let link = head.newer; link !== head;) {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- only records are in the list
    const record = link as WaitRecord;
    link = link.newer;
    yield record;
  }
}

/**
 * An old wait that the registry holds only weakly, out of the list, so that it can be found out whether anybody else
 * can still reach it. What nobody can reach is never ended.
 */
export class AgedWait implements Link {
  /** The head of the list as long as the wait lasts; it itself as soon as the record has been left. */
  older: Link = head;
  newer: Link = head;
  readonly #ref: WeakRef<WaitRecord>;

  constructor(record: WaitRecord) {
    this.#ref = new WeakRef(record);
    unlink(record);
    record.older = record.newer = this;
    aged.add(this);
  }

  /** Whether it has not ended. */
  get lasts(): boolean {
    return this.newer !== this;
  }

  /** The record, unless the wait has ended, or nobody can reach it any more. */
  get record(): WaitRecord | undefined {
    return this.lasts ? this.#ref.deref() : undefined;
  }

  /** It is of no more interest. */
  forget(): void {
    aged.delete(this);
  }
}

const aged = new Set<AgedWait>();
