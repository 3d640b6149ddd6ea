import type { Resources } from "../resources/resources.ts";
import { findAll } from "../source/walk.ts";
import { exitsOf, isConditionLoop, suspensionsIn } from "./exits.ts";
import type { ConditionLoop } from "./exits.ts";
import { standstillOf } from "./standstill.ts";
import type { Standstill } from "./standstill.ts";

/** A loop that waits for what only the event loop brings, and leaves the event loop no turn. */
export interface BusyLoop extends Standstill {
  readonly kind: "loop";
  readonly node: ConditionLoop;
}

/** The loops of a file that spin until an event comes, which cannot come before they end. */
export function findBusyLoops(resources: Resources): BusyLoop[] {
  return findAll(resources.file.ast, isConditionLoop).flatMap((node): BusyLoop[] => {
    if (suspensionsIn(node).length > 0) return [];
    const standstill = standstillOf(resources, { node, lets: "nothing" }, exitsOf(node));
    return standstill ? [{ kind: "loop", node, ...standstill }] : [];
  });
}
