import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { codePathOf } from "../flow/code-path.ts";
import type { Step } from "../flow/code-path.ts";
import { reaches, stepsOf } from "../flow/queries.ts";
import type { Resources } from "../resources/resources.ts";
import type { Names } from "../source/names.ts";
import { childrenOf, isAwait, isFunction, isLoop, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { ownerOf, stepsAt } from "../uses/places.ts";
import type { Owner } from "../uses/places.ts";
import { exitsOfLoop, guardsOf } from "./exits.ts";
import type { Exit, Guard } from "./exits.ts";
import { settingsOf } from "./flags.ts";
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
  const loops = findAll(file.ast, isPollingLoop).flatMap((loop): Poll[] => {
    const exits = exitsOfLoop(loop).flatMap((exit) => settingsOf(names, exit, loop));
    return sleepsInEveryTurn(names, loop, exits) ? [{ node: loop, turn: loop, exits, repeats: [] }] : [];
  });
  return [...loops, ...findTimedPolls(resources)];
}

function isPollingLoop(node: TSESTree.Node): node is PollingLoop {
  if (node.type === T.ForOfStatement) return node.await;
  return node.type === T.WhileStatement || node.type === T.DoWhileStatement || node.type === T.ForStatement;
}

/** Whether no turn leads to the next one without a sleep. */
function sleepsInEveryTurn(names: Names, loop: PollingLoop, exits: readonly Exit[]): boolean {
  if (loop.type === T.ForOfStatement) return isTicking(names, loop.right);
  const owner = ownerOf(loop);
  const sleeps = owner ? findAll(loop, isAwait).filter((one) => isOwn(one, owner, loop)) : [];
  const asleep = sleeps.filter(({ argument }) => isSleep(names, argument));
  if (!owner || asleep.length === 0) return false;
  const path = codePathOf(owner);
  const heads = new Set(stepsOf(path, loop.body));
  // A turn that sets the flag is the last one, and so is one that sleeps only if it is not.
  const last = exits.flatMap(({ node }) => (node === loop ? [] : [node]));
  const unless = asleep.flatMap((one) =>
    guardsOf(one, loop).flatMap((guard) => (isEnding(names, guard, exits) ? [guard.test] : [])),
  );
  const stops = new Set<Step>([...asleep, ...last, ...unless].flatMap((one) => [...stepsAt(owner, one)]));
  return !reaches(heads, (step) => heads.has(step), { through: (step) => !stops.has(step) });
}

/** Whether the poll ends where the condition of a sleep does not hold: `if (state !== "done") await sleep(9)`. */
function isEnding(
  names: Names,
  guard: Guard,
  exits: readonly Exit[],
): guard is Guard & { readonly test: TSESTree.Node } {
  if (!("test" in guard) || guard.passed) return false;
  return exits.some(({ guards }) => {
    const [other, ...more] = guards;
    return (
      other &&
      "test" in other &&
      more.length === 0 &&
      other.outcome !== guard.outcome &&
      isSame(names, other.test, guard.test)
    );
  });
}

/** Whether two conditions are written alike. */
function isSame(names: Names, one: TSESTree.Node, other: TSESTree.Node): boolean {
  const [left, right] = [unwrap(one), unwrap(other)];
  if (left.type !== right.type) return false;
  const key = names.key(left);
  if (key !== undefined) return key === names.key(right);
  if (left.type === T.Literal && right.type === T.Literal) return left.value === right.value;
  if ("operator" in left && "operator" in right && left.operator !== right.operator) return false;
  const isSameAs = (part: TSESTree.Node, twin: TSESTree.Node | undefined): boolean =>
    twin !== undefined && isSame(names, part, twin);
  const [parts, others] = [childrenOf(left), childrenOf(right)];
  return (
    parts.length > 0 && parts.length === others.length && parts.every((part, index) => isSameAs(part, others[index]))
  );
}

/** `setInterval(100)` of `node:timers/promises`. */
function isTicking(names: Names, node: TSESTree.Node): boolean {
  const origin = node.type === T.CallExpression ? names.origin(node.callee) : undefined;
  return origin?.module === "timers/promises" && origin.path[0] === "setInterval";
}

/** In the code of the owner, and in no loop within this one. */
function isOwn(node: TSESTree.Node, owner: Owner, loop: PollingLoop): boolean {
  for (let current = node.parent; current && current !== loop; current = current.parent) {
    if (isLoop(current) || isFunction(current)) return false;
  }
  return ownerOf(node) === owner;
}
