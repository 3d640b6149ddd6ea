import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { reaches } from "../flow/queries.ts";
import type { Names } from "../source/names.ts";
import { isRace } from "../source/promise.ts";
import { contains, isFunction, isLoop, rootObject, unwrap } from "../source/syntax.ts";
import type { LoopNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { ownerOf, stepsAt } from "../uses/places.ts";

/** A race that is run in each turn of a loop. */
export interface Race {
  readonly node: TSESTree.CallExpression;
  readonly runners: readonly TSESTree.Node[];
  readonly loop: LoopNode;
}

/** The promises of a race, written out; undefined where it is none, or its runners are kept in a collection. */
export function runnersOf(names: Names, node: TSESTree.CallExpression): TSESTree.Node[] | undefined {
  const [argument] = isRace(names, node) ? node.arguments : [];
  const list = argument && onlyUse(names, argument);
  if (list?.type !== T.ArrayExpression) return undefined;
  const runners = list.elements.filter((element) => element !== null);
  return runners.length > 1 ? runners.map((runner) => onlyUse(names, runner)) : undefined;
}

/** What a name stands for that is there for one use only: `const next = queue.take(); await Promise.race([next, …])`. */
function onlyUse(names: Names, node: TSESTree.Node): TSESTree.Node {
  const expression = unwrap(node);
  const variable = names.variable(expression);
  const start = variable && names.initial(variable);
  if (!start || start.path.length > 0 || variable.references.filter((one) => one.isRead()).length > 1)
    return expression;
  // Of the same turn: otherwise it is a promise of before the loop.
  const loop = loopAround(expression);
  return loop && contains(loop.body, start.value) ? unwrap(start.value) : expression;
}

/** Whether a name, or a member of one, is there before a loop, so that each turn finds the same. */
export function isFromBefore(names: Names, loop: LoopNode, node: TSESTree.Node): boolean {
  const declared = names.variable(rootObject(node))?.defs[0]?.node as TSESTree.Node | undefined;
  return names.key(node) !== undefined && !(declared && contains(loop, declared));
}

/** The innermost loop in each turn of which control comes to a place, within its function. */
function loopAround(node: TSESTree.Node): LoopNode | undefined {
  let child = node;
  for (let parent = node.parent; parent && !isFunction(parent); child = parent, parent = parent.parent) {
    if (isLoop(parent) && !isRunOnce(parent, child)) return parent;
  }
  return undefined;
}

/** Whether a part of the head of a loop is run before its first turn only. */
function isRunOnce(loop: LoopNode, part: TSESTree.Node): boolean {
  return (loop.type === T.ForStatement && loop.init === part) || ("right" in loop && loop.right === part);
}

/** The innermost loop around a place to which that comes back, if nothing in its head says that it ends soon. */
export function endlessLoopAround(node: TSESTree.Node): LoopNode | undefined {
  const loop = loopAround(node);
  if (!loop) return undefined;
  const isEndless =
    loop.type === T.WhileStatement ||
    loop.type === T.DoWhileStatement ||
    (loop.type === T.ForOfStatement && loop.await) ||
    (loop.type === T.ForStatement && !loop.test);
  return isEndless && comesBack(node) ? loop : undefined;
}

function comesBack(node: TSESTree.Node): boolean {
  const owner = ownerOf(node);
  const steps = owner ? stepsAt(owner, node) : [];
  const own = new Set(steps);
  return reaches(steps, (step) => own.has(step));
}

export const EXITS: ReadonlySet<string> = new Set([T.BreakStatement, T.ReturnStatement, T.ThrowStatement]);

/** The statements that leave a loop, or the function around it. */
export function exitsIn(code: TSESTree.Node): TSESTree.Node[] {
  return findAll(code, (node): node is TSESTree.Node => EXITS.has(node.type) && !isInNested(node, code));
}

function isInNested(node: TSESTree.Node, code: TSESTree.Node): boolean {
  for (let parent = node.parent; parent && parent !== code; parent = parent.parent) if (isFunction(parent)) return true;
  return false;
}
