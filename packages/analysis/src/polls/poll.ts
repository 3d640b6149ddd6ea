import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { codePathOf } from "../flow/code-path.ts";
import type { Step } from "../flow/code-path.ts";
import { reaches, stepsOf } from "../flow/queries.ts";
import type { Resources } from "../resources/resources.ts";
import type { Names } from "../source/names.ts";
import { isFunction, isLoop } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { ownerOf, stepsAt } from "../uses/places.ts";
import type { Owner } from "../uses/places.ts";
import { exitsOfLoop } from "./exits.ts";
import type { Exit } from "./exits.ts";
import { isSleep } from "./sleep.ts";
import { findTimedPolls } from "./timers.ts";

/** Code that looks, sleeps, and looks again. */
export interface Poll {
  /** The loop, or the call that has the function called again. */
  readonly node: TSESTree.Node;
  /** The code of each turn. */
  readonly turn: PollingLoop | FunctionNode;
  readonly exits: readonly Exit[];
  /** The calls that bring about the next turn; none where that is a loop. */
  readonly repeats: readonly TSESTree.CallExpression[];
}

export type PollingLoop =
  TSESTree.DoWhileStatement | TSESTree.ForOfStatement | TSESTree.ForStatement | TSESTree.WhileStatement;

/** All polls of a file: loops that sleep in every turn, and functions that have themselves called again later. */
export function findPolls(resources: Resources): Poll[] {
  const { names, file } = resources;
  const loops = findAll(file.ast, isPollingLoop).flatMap((loop): Poll[] =>
    sleepsInEveryTurn(names, loop) ? [{ node: loop, turn: loop, exits: exitsOfLoop(loop), repeats: [] }] : [],
  );
  return [...loops, ...findTimedPolls(resources)];
}

function isPollingLoop(node: TSESTree.Node): node is PollingLoop {
  if (node.type === T.ForOfStatement) return node.await;
  return node.type === T.WhileStatement || node.type === T.DoWhileStatement || node.type === T.ForStatement;
}

function sleepsInEveryTurn(names: Names, loop: PollingLoop): boolean {
  if (loop.type === T.ForOfStatement) return isTicking(names, loop.right);
  const owner = ownerOf(loop);
  const sleeps = owner ? findAll(loop, isAwait).filter((one) => isOwn(one, owner, loop)) : [];
  const asleep = sleeps.filter(({ argument }) => isSleep(names, argument));
  if (!owner || asleep.length === 0) return false;
  const path = codePathOf(owner);
  const heads = new Set(stepsOf(path, loop.body));
  const stops = new Set<Step>(asleep.flatMap((one) => [...stepsAt(owner, one)]));
  return heads.size > 0 && !reaches(heads, (step) => heads.has(step), { through: (step) => !stops.has(step) });
}

/** `setInterval(100)` of `node:timers/promises`. */
function isTicking(names: Names, node: TSESTree.Node): boolean {
  const origin = node.type === T.CallExpression ? names.origin(node.callee) : undefined;
  return origin?.module === "timers/promises" && origin.path[0] === "setInterval";
}

function isAwait(node: TSESTree.Node): node is TSESTree.AwaitExpression {
  return node.type === T.AwaitExpression;
}

/** In the code of the owner, and in no loop within this one. */
function isOwn(node: TSESTree.Node, owner: Owner, loop: PollingLoop): boolean {
  for (let current = node.parent; current && current !== loop; current = current.parent) {
    if (isLoop(current) || isFunction(current)) return false;
  }
  return ownerOf(node) === owner;
}
