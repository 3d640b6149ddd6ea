import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { findAll } from "../source/walk.ts";
import { exitsOf, isConditionLoop, suspensionsIn } from "./exits.ts";
import type { ConditionLoop } from "./exits.ts";
import { settlingOf } from "./settling.ts";
import { standstillOf } from "./standstill.ts";
import type { Standstill } from "./standstill.ts";

/** Code that repeats itself by microtasks, and so keeps the event loop from going on. */
export interface MicrotaskSpin {
  readonly kind: "loop" | "recursion";
  /** The wait that lets only microtasks run, or the call that queues the next turn. */
  readonly node: TSESTree.Node;
  /** What it waits for; undefined where it has no end at all. */
  readonly standstill: Standstill | undefined;
}

/** The loops of a file that wait for what the event loop brings, and in each turn only for promises that have settled. */
export function findMicrotaskLoops(resources: Resources): MicrotaskSpin[] {
  return findAll(resources.file.ast, isConditionLoop).flatMap((loop): MicrotaskSpin[] => {
    const waits = waitsIn(loop);
    const [node] = waits ?? [];
    if (!waits || !node || !waits.every((wait) => settlingOf(resources, wait.argument) === "settled")) return [];
    const exits = exitsOf(loop);
    if (exits.length === 0) return [{ kind: "loop", node, standstill: undefined }];
    const standstill = standstillOf(resources, { node: loop, lets: "microtasks" }, exits);
    return standstill ? [{ kind: "loop", node, standstill }] : [];
  });
}

/** The waits of a loop; undefined where it suspends in another way as well. */
function waitsIn(loop: ConditionLoop): TSESTree.AwaitExpression[] | undefined {
  const suspensions = suspensionsIn(loop);
  const waits = suspensions.filter((node) => node.type === T.AwaitExpression);
  return waits.length === suspensions.length ? waits : undefined;
}
