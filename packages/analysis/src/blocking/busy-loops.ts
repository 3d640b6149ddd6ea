import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { isFunction } from "../source/syntax.ts";
import { findAll, walk } from "../source/walk.ts";
import { exitsOf, isConditionLoop } from "./exits.ts";
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
    if (suspends(node)) return [];
    const exits = exitsOf(node);
    if (exits.length === 0 || exits.some((exit) => exit.length === 0)) return [];
    const standstill = standstillOf(resources, { node, lets: "nothing" }, exits);
    return standstill ? [{ kind: "loop", node, ...standstill }] : [];
  });
}

function suspends(loop: ConditionLoop): boolean {
  let found = false;
  walk(loop, (node) => {
    if (isFunction(node) || found) return false;
    found =
      node.type === T.AwaitExpression ||
      node.type === T.YieldExpression ||
      (node.type === T.ForOfStatement && node.await);
    return !found;
  });
  return found;
}
