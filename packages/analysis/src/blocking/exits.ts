import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { isFunction, isLoop, unwrap } from "../source/syntax.ts";
import type { LoopNode } from "../source/syntax.ts";
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

function leaves(node: TSESTree.Node, loop: LoopNode): boolean {
  if (node.type === T.ReturnStatement) return true;
  // What is thrown may be caught within the loop, and then ends nothing.
  if (node.type === T.ThrowStatement) return !isCaught(node, loop);
  if (node.type === T.BreakStatement) {
    const target = node.label ? labelled(node, node.label.name) : broken(node);
    return target === undefined || !isStrictlyWithin(target, loop);
  }
  if (node.type !== T.ContinueStatement || !node.label) return false;
  const target = labelled(node, node.label.name);
  return target !== undefined && !isStrictlyWithin(target, loop) && target !== loop;
}

function isCaught(node: TSESTree.Node, loop: TSESTree.Node): boolean {
  for (let child = node, parent = node.parent; parent && child !== loop; child = parent, parent = parent.parent) {
    if (parent.type === T.TryStatement && parent.block === child && parent.handler) return true;
  }
  return false;
}

function labelled(node: TSESTree.Node, name: string): TSESTree.Node | undefined {
  let current = node.parent;
  while (current && !(current.type === T.LabeledStatement && current.label.name === name)) current = current.parent;
  return current?.body;
}

/** The loop or `switch` that a `break` without a label leaves. */
function broken(node: TSESTree.Node): TSESTree.Node | undefined {
  let current = node.parent;
  while (current && !isLoop(current) && current.type !== T.SwitchStatement) current = current.parent;
  return current;
}

function isStrictlyWithin(node: TSESTree.Node, outer: TSESTree.Node): boolean {
  return node !== outer && outer.range[0] <= node.range[0] && node.range[1] <= outer.range[1];
}

/** The tests that decide, in the code of `outer`, whether control comes to a node. */
export function guardsOf(node: TSESTree.Node, outer: TSESTree.Node): Guard[] {
  const guards: Guard[] = [];
  for (let child = node, parent = node.parent; parent && child !== outer; child = parent, parent = parent.parent) {
    if (parent.type === T.IfStatement || parent.type === T.ConditionalExpression) {
      if (child !== parent.test) guards.push({ test: parent.test, outcome: child === parent.consequent });
    } else if (parent.type === T.LogicalExpression && child === parent.right && parent.operator !== "??") {
      guards.push({ test: parent.left, outcome: parent.operator === "&&" });
    } else if (parent.type === T.BlockStatement || parent.type === T.Program) {
      for (const sibling of parent.body.slice(0, (parent.body as TSESTree.Node[]).indexOf(child))) {
        if (sibling.type !== T.IfStatement) continue;
        if (ends(sibling.consequent)) guards.push({ test: sibling.test, outcome: false });
        else if (sibling.alternate && ends(sibling.alternate)) guards.push({ test: sibling.test, outcome: true });
      }
    }
    if (parent === outer) break;
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
