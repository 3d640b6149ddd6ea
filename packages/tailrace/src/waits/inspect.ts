import { put } from "../multimap.ts";
import { callerIn } from "../site.ts";
import type { Party } from "./context.ts";
import { aboutTask, aboutWait } from "./events.ts";
import { parts } from "./groups.ts";
import { idOf } from "./ids.ts";
import { records } from "./registry.ts";
import type { Description, WaitRecord } from "./registry.ts";

/** One blocked operation. */
export interface Wait {
  /** What is blocked: `send`, `receive`, `leave`, … */
  readonly operation: string;
  /** What it is blocked on. */
  readonly resource: {
    /** Its number among the resources of the snapshot. */
    readonly id: number;
    /** `channel`, `scope`, `task`, `sink`, … */
    readonly kind: string;
    readonly name: string;
    /** State of the resource now, such as `capacity 16, full`. */
    readonly state?: string;
  };
  /** Number of what waits, among the tasks of the snapshot, where it is known. */
  readonly waiter?: number;
  /** Name of the task that waits, where it is known. */
  readonly task?: string;
  /** When the wait began, on the clock of `performance.now()`, in milliseconds. */
  readonly since: number;
  /** What has to happen for the wait to end, such as `a receiver`. */
  readonly awaits: string;
  /** What is known about why it has not happened, such as `nobody is receiving`. */
  readonly remark?: string;
  /** Whether it is well to wait so for any time: who does it has nothing to do, or waits for others that wait. */
  readonly idle: boolean;
  /** Where it was written, such as `serve (file:///app.js:12:9)`, if the watch keeps that. */
  readonly site?: string;
}

/** Something that runs, and may wait. */
export interface TaskState {
  /** Its number, the same in all snapshots. */
  readonly id: number;
  /** A task, the scope of tasks, a sink of a fan-out, a function that a limit has called, or a lease of a pool. */
  readonly kind: "scope" | "task" | "sink" | "call" | "lease";
  readonly name: string;
  /** `stopping`: it was told to stop. `ended`: it has come to its end, but something that it has started waits. */
  readonly status: "running" | "stopping" | "ended";
  /** When it began, on the clock of `performance.now()`, in milliseconds. */
  readonly began: number;
  /** Number of what it runs in, where it is known. */
  readonly parent?: number;
}

/** Something that is waited on. */
export interface ResourceState {
  /** Its number, the same in all snapshots. A task or a sink that is waited on has the same number as among the tasks. */
  readonly id: number;
  readonly kind: string;
  readonly name: string;
  /** Its state in words, such as `capacity 16, full`. */
  readonly state?: string;
  /** What can be counted: `capacity` and `held` items of a channel, `permits` and `taken` of a limit. */
  readonly figures: Readonly<Record<string, number>>;
  /** Operations that wait on it. */
  readonly waiters: number;
  /** Numbers of the tasks that can end these waits, as far as they are known. */
  readonly holders: readonly number[];
}

/** Somebody waits on a resource, or a resource is held by somebody, both by their numbers; 0 is what is no task. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly kind: "waits" | "held";
}

/** All that waits and runs in this thread at one moment, as plain data. */
export interface Snapshot {
  /** When it was taken, on the clock of `performance.now()`, in milliseconds. */
  readonly at: number;
  /** Every blocked operation, the longest wait first. */
  readonly waits: readonly Wait[];
  /** What runs in a scope, a fan-out or a limit, and what it runs in. Calls of a limit only if something in them waits. */
  readonly tasks: readonly TaskState[];
  /** What is waited on. */
  readonly resources: readonly ResourceState[];
  /** The wait graph: from who waits to the resource, and from there to who holds it. */
  readonly edges: readonly Edge[];
}

/**
 * Everything that waits in Tailrace's primitives at this moment, as data: who waits, on what, for what, since when, and
 * who can end that.
 *
 * @example
 * ```ts
 * import { channel, inspect } from "tailrace";
 *
 * const jobs = channel<string>({ name: "jobs" });
 * void jobs.send("first");
 * console.log(inspect().waits[0]?.resource.name); // jobs
 * ```
 */
export function inspect(): Snapshot {
  return snapshotOf(records(), parts());
}

/** Of some of the waits, and what else runs. */
export function snapshotOf(waiting: readonly WaitRecord[], running: Iterable<Party> = []): Snapshot {
  const parties = new Set<Party>();
  for (const party of running) add(parties, party);
  for (const { party } of waiting) add(parties, party);
  const held = holdings(parties);
  const resources = new Map<number, Mutable<ResourceState> & { holders: number[] }>();
  const edges: Edge[] = [];
  const queues = new Set<string>();
  const waits = waiting.map((record) => {
    const { resource, operation } = record;
    const facts = resource.describe(record);
    const wait = describe(record, facts);
    const { id } = wait.resource;
    const known = resources.get(id);
    if (known !== undefined) known.waiters++;
    else resources.set(id, { ...wait.resource, figures: facts.figures ?? {}, waiters: 1, holders: [] });
    edges.push({ from: wait.waiter ?? 0, to: id, kind: "waits" });
    const queue = queueOf(wait);
    if (!queues.has(queue)) {
      queues.add(queue);
      const holders = new Set([...(resource.holders?.(operation) ?? []), ...(held.get(resource) ?? [])]);
      for (const holder of holders) {
        add(parties, holder);
        if (!isSame(holder, resource)) edges.push({ from: id, to: idOf(holder), kind: "held" });
        resources.get(id)?.holders.push(idOf(holder));
      }
    }
    return wait;
  });
  const tasks = Array.from(parties, taskState);
  return { at: performance.now(), waits, tasks, resources: [...resources.values()], edges };
}

/** One wait, as data. */
function describe(record: WaitRecord, { awaits, remark, state, idle = false }: Description): Wait {
  const about = aboutWait(record);
  return {
    ...about,
    resource: { ...about.resource, ...(state === undefined ? undefined : { state }) },
    awaits,
    ...(remark === undefined ? undefined : { remark }),
    idle,
    ...siteOf(record),
  };
}

/** The same for all waits of one operation on one resource. */
export function queueOf({
  operation,
  resource,
}: Pick<Wait, "operation"> & { readonly resource: { readonly id: number } }): string {
  return `${operation} ${resource.id.toString()}`;
}

function siteOf({ site }: WaitRecord): { readonly site?: string } {
  const caller = site === undefined ? undefined : callerIn(site);
  return caller === undefined ? {} : { site: caller };
}

/** A task, or a sink, is waited on as well. */
function isSame(party: Party, resource: object): boolean {
  return party === resource;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** With what it runs in. */
function add(parties: Set<Party>, party: Party | undefined): void {
  for (let one = party; one !== undefined && !parties.has(one); one = one.parent) parties.add(one);
}

/** Who holds a part of what. */
function holdings(parties: Iterable<Party>): Map<object, Party[]> {
  const held = new Map<object, Party[]>();
  for (const party of parties) if (party.holds !== undefined) put(held, party.holds, party);
  return held;
}

function taskState(party: Party): TaskState {
  const status = party.over ? "ended" : party.stoppedAt === undefined ? "running" : "stopping";
  return { ...aboutTask(party), status };
}
