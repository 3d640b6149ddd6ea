// What runs is found through what waits for it, whether or not it waits for anything itself.
import type { Party } from "./context.ts";

/** Something that has parts which run: a scope its tasks, a fan-out its sinks. */
export interface Group {
  parts(): Iterable<Party>;
}

const groups = new Set<Group>();
/** Those that are held only weakly, so that it can be found out whether anybody else can reach them. */
const weak = new Set<WeakRef<Group>>();

/** It has parts from now on. */
export function openGroup(group: Group): void {
  groups.add(group);
}

/** Nothing of it runs any more. */
export function closeGroup(group: Group): void {
  groups.delete(group);
}

/** All that runs in some group. */
export function* parts(): Generator<Party, void, undefined> {
  for (const group of groups) yield* group.parts();
  for (const ref of weak) yield* ref.deref()?.parts() ?? [];
}

/** Holds all groups of now only weakly from now on. */
export function weakenGroups(): void {
  for (const ref of weak) if (isEmpty(ref.deref()?.parts() ?? [])) weak.delete(ref);
  for (const group of groups) weak.add(new WeakRef(group));
  groups.clear();
}

function isEmpty(parts: Iterable<Party>): boolean {
  for (const _ of parts) return false;
  return true;
}
