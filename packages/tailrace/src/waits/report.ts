import { put } from "../multimap.ts";
import { inspect, queueOf } from "./inspect.ts";
import type { Snapshot, TaskState, Wait } from "./inspect.ts";
import type { WaitRecord } from "./registry.ts";

// A report is to be read: after so many lines it is cut off, and says how much more there is.
const MOST_LINES = 200;
const MOST_ALIKE = 10;
const DEEPEST = 20;

/**
 * The waits of a snapshot as text for people, the longest wait first; a single line if nothing waits. Below a wait,
 * indented, is what those wait for who can end it: a chain that comes back to its beginning is a cycle, and says so.
 * Of many waits of the same operation on the same thing only the first ten are told, and how many more there are.
 *
 * @param snapshot What to write down; without it, the waits of this moment.
 * @example
 * ```ts
 * import { channel, report } from "tailrace";
 *
 * const host = channel<Uint8Array>({ name: "host-3", capacity: 1 });
 * await host.send(new Uint8Array(1));
 * void host.send(new Uint8Array(1));
 * console.error(report());
 * // send on channel "host-3" (capacity 1, full) has waited 0.0 s for a receiver; nobody is receiving
 * ```
 */
export function report(snapshot: Snapshot = inspect()): string {
  if (snapshot.waits.length === 0) return "nothing waits";
  return new Tree(snapshot).all().join("\n");
}

/** The part of a report that is about some of the waits. */
export function explain(snapshot: Snapshot, waits: readonly Wait[]): string {
  return new Tree(snapshot).only(waits).join("\n");
}

/** The wait graph as a tree: below each wait, the waits of those who can end it. */
class Tree {
  readonly #snapshot: Snapshot;
  readonly #tasks = new Map<number, TaskState>();
  readonly #holders = new Map<number, readonly number[]>();
  /** Waits by who waits. */
  readonly #waitsOf = new Map<number, Wait[]>();
  /** Calls of limits by what they run in. */
  readonly #callsIn = new Map<number, number[]>();
  /** Waits of those who hold a resource. */
  readonly #behind = new Map<number, readonly Wait[]>();
  readonly #told = new Set<Wait>();
  readonly #lines: string[] = [];

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
    for (const task of snapshot.tasks) {
      this.#tasks.set(task.id, task);
      if (task.kind === "call" && task.parent !== undefined) put(this.#callsIn, task.parent, task.id);
    }
    for (const wait of snapshot.waits) if (wait.waiter !== undefined) put(this.#waitsOf, wait.waiter, wait);
    for (const { id, holders } of snapshot.resources) {
      this.#holders.set(id, holders);
      this.#behind.set(
        id,
        holders.flatMap((holder) => this.#waitsIn(holder)),
      );
    }
  }

  only(waits: readonly Wait[]): readonly string[] {
    this.#tell(waits, 0, []);
    return this.#lines;
  }

  all(): readonly string[] {
    const { waits } = this.#snapshot;
    const below = new Set([...this.#behind.values()].flat());
    this.#tell(
      waits.filter((wait) => !below.has(wait)),
      0,
      [],
    );
    // What is left goes round in circles.
    for (const wait of waits) if (!this.#told.has(wait)) this.#tell([wait], 0, []);
    const left = waits.length - this.#told.size;
    return left === 0 ? this.#lines : [...this.#lines, `and ${left.toLocaleString("en")} more`];
  }

  /** @param path the waits above */
  #tell(waits: readonly Wait[], depth: number, path: readonly Wait[]): void {
    const alike = new Map<string, Wait[]>();
    for (const wait of waits) {
      const isAbove = path.includes(wait);
      if (this.#isFull || (this.#told.has(wait) && !isAbove)) continue;
      const { length } = put(alike, queueOf(wait), wait);
      this.#told.add(wait);
      if (length > MOST_ALIKE) continue;
      if (isAbove) this.#line(depth, `${subject(wait)}, as above: a cycle`);
      else {
        this.#line(depth, line(wait, this.#snapshot.at));
        if (wait.site !== undefined) this.#line(depth, `  at ${wait.site}`);
        // Who can end it has been told of one that waits in the same queue.
        const isTold = path.some((above) => queueOf(above) === queueOf(wait));
        if (depth < DEEPEST && !isTold) this.#below(wait, depth + 1, [...path, wait]);
      }
    }
    for (const [first, ...more] of alike.values()) {
      if (first === undefined || more.length < MOST_ALIKE) continue;
      const rest = (more.length + 1 - MOST_ALIKE).toLocaleString("en");
      this.#line(depth, `and ${rest} more: ${subject(first, "")}`);
    }
  }

  /** Who holds what the wait is for, and what they wait for. */
  #below(wait: Wait, depth: number, path: readonly Wait[]): void {
    const others: Wait[] = [];
    for (const id of this.#holders.get(wait.resource.id) ?? []) {
      const holder = this.#tasks.get(id);
      const waits = this.#waitsIn(id);
      if ((holder?.kind !== "call" && holder?.kind !== "lease") || this.#isFull) {
        for (const other of waits) others.push(other);
        continue;
      }
      const time = seconds(this.#snapshot.at - holder.began);
      this.#line(
        depth,
        `held for ${time} s by ${this.#called(holder)}${waits.length === 0 ? ", which has not ended" : ""}`,
      );
      this.#tell(waits, depth + 1, path);
    }
    this.#tell(others, depth, path);
  }

  /** Who holds something. */
  #called({ kind, name, parent }: TaskState): string {
    if (kind === "call") return `the call of ${name === "" ? "a function without a name" : JSON.stringify(name)}`;
    const owner = parent === undefined ? undefined : this.#tasks.get(parent);
    const slot = `the lease of slot ${name}`;
    return owner === undefined ? slot : `${slot} in ${owner.kind} ${JSON.stringify(owner.name)}`;
  }

  /** What somebody waits for, also in the calls that it has made. */
  #waitsIn(id: number): readonly Wait[] {
    const task = this.#tasks.get(id);
    if (task?.kind === "lease") return task.parent === undefined ? [] : this.#waitsIn(task.parent);
    const calls = this.#callsIn.get(id);
    const own = this.#waitsOf.get(id) ?? [];
    return calls === undefined ? own : [...own, ...calls.flatMap((call) => this.#waitsIn(call))];
  }

  get #isFull(): boolean {
    return this.#lines.length >= MOST_LINES;
  }

  #line(depth: number, text: string): void {
    this.#lines.push("  ".repeat(depth) + text);
  }
}

function line(wait: Wait, at: number): string {
  return `${subject(wait)} has waited ${seconds(at - wait.since)} s for ${reason(wait)}`;
}

function subject(wait: Wait, task = wait.task === undefined ? "" : `task ${JSON.stringify(wait.task)}: `): string {
  const { kind, name, state } = wait.resource;
  return `${task}${wait.operation} on ${place(kind, name, state)}`;
}

export function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}

/** The same facts as the report's line, for an error that ends the wait. */
export function gaveUp(record: WaitRecord, after: number): string {
  const { kind, name } = record.resource;
  const facts = record.resource.describe(record);
  const where = place(kind, name, facts.state);
  return `${record.operation} on ${where} waited ${after.toString()} ms for ${reason(facts)}`;
}

/** Something that is waited on, as all messages name it. */
export function place(kind: string, name: string, state?: string): string {
  return `${kind} ${JSON.stringify(name)}${state === undefined ? "" : ` (${state})`}`;
}

function reason(facts: { readonly awaits: string; readonly remark?: string }): string {
  return facts.remark === undefined ? facts.awaits : `${facts.awaits}; ${facts.remark}`;
}
