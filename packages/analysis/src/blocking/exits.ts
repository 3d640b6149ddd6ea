import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { leaves } from "../source/jumps.ts";
import { isFunction, unwrap } from "../source/syntax.ts";
import { walk } from "../source/walk.ts";

/** A test, and what it must give for control to come somewhere. */
export interface Guard {
  readonly test: TSESTree.Node;
  readonly outcome: boolean;
}

/** One way out of a loop: all of its guards must give way. */
export type Exit = readonly Guard[];

/** The loops that only a condition ends. */
export type ConditionLoop = TSESTree.DoWhileStatement | TSESTree.ForStatement | TSESTree.WhileStatement;

export function isConditionLoop(node: TSESTree.Node): node is ConditionLoop {
  return node.type === T.WhileStatement || node.type === T.DoWhileStatement || node.type === T.ForStatement;
}

/** Where the code of a loop waits for something, or gives way to others. */
export function suspensionsIn(loop: ConditionLoop): TSESTree.Node[] {
  const found: TSESTree.Node[] = [];
  walk(loop, (node) => {
    if (isSuspension(node)) found.push(node);
    return !isFunction(node);
  });
  return found;
}

function isSuspension(node: TSESTree.Node): boolean {
  if (node.type === T.ForOfStatement) return node.await;
  return node.type === T.AwaitExpression || node.type === T.YieldExpression;
}

/** All ways out of a loop. */
export function exitsOf(loop: ConditionLoop): Exit[] {
  const exits: Exit[] = [];
  if (loop.test && !isTrue(loop.test)) exits.push([{ test: loop.test, outcome: false }]);
  walk(loop.body, (node) => {
    if (isFunction(node)) return false;
    if (leaves(node, loop)) exits.push(guardsOf(node, loop));
    return true;
  });
  return exits;
}

function isTrue(node: TSESTree.Node): boolean {
  const expression = unwrap(node);
  return expression.type === T.Literal && Boolean(expression.value);
}

/** The tests that decide, in the code of `outer`, whether control comes to a node. */
export function guardsOf(node: TSESTree.Node, outer: TSESTree.Node): Guard[] {
  const guards: Guard[] = [];
  for (let child = node, parent = node.parent; parent && child !== outer; child = parent, parent = parent.parent) {
    if (parent.type === T.IfStatement || parent.type === T.ConditionalExpression) {
      if (child !== parent.test) guards.push({ test: parent.test, outcome: child === parent.consequent });
    } else if (parent.type === T.LogicalExpression && child === parent.right && parent.operator !== "??") {
      guards.push({ test: parent.left, outcome: parent.operator === "&&" });
    } else if (parent.type === T.BlockStatement) {
      for (const sibling of parent.body.slice(0, (parent.body as TSESTree.Node[]).indexOf(child))) {
        if (sibling.type !== T.IfStatement) continue;
        if (ends(sibling.consequent)) guards.push({ test: sibling.test, outcome: false });
        else if (sibling.alternate && ends(sibling.alternate)) guards.push({ test: sibling.test, outcome: true });
      }
    }
  }
  return guards;
}

/** Whether control never comes to the end of a statement. */
function ends(node: TSESTree.Node): boolean {
  const last = node.type === T.BlockStatement ? node.body.at(-1) : node;
  return (
    last !== undefined &&
    [T.BreakStatement, T.ContinueStatement, T.ReturnStatement, T.ThrowStatement].includes(last.type)
  );
}
