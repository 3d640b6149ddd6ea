// What runs is found through what waits for it, whether or not it waits for anything itself.
import type { Party } from "./context.ts";

/** Something that has parts which run: a scope its tasks, a fan-out its sinks. */
export interface Group {
  parts(): Iterable<Party>;
}

const groups = new Set<Group>();

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
}
