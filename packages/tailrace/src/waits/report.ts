import { inspect } from "./inspect.ts";
import type { Snapshot, Wait } from "./inspect.ts";
import type { WaitRecord } from "./registry.ts";

/**
 * The waits of a snapshot as text for people, one line each, the longest wait first; a single line if nothing waits.
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
  return snapshot.waits.map((wait) => line(wait, snapshot.at)).join("\n");
}

function line(wait: Wait, at: number): string {
  const who = wait.task === undefined ? "" : `task ${JSON.stringify(wait.task)}: `;
  const { kind, name, state } = wait.resource;
  const seconds = ((at - wait.since) / 1000).toFixed(1);
  return `${who}${wait.operation} on ${place(kind, name, state)} has waited ${seconds} s for ${reason(wait)}`;
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
