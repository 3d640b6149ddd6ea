import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { isFunction, isLoop } from "../source/syntax.ts";

/** A condition under which control comes to a node: what is tested, and with which outcome. */
export interface Guard {
  readonly node: TSESTree.Node;
  readonly test: TSESTree.Node;
  readonly outcome: boolean;
  /** What is done instead where the outcome is the other one and control does not come to the node. */
  readonly instead?: TSESTree.Node;
}

/** The conditions, but not those of loops, that lead to a node within its function; the nearest first. */
export function guardsOf(node: TSESTree.Node): Guard[] {
  const found: Guard[] = [];
  for (let child = node, parent = node.parent; parent && !isFunction(child); child = parent, parent = parent.parent) {
    switch (parent.type) {
      case T.IfStatement:
      case T.ConditionalExpression:
        if (child !== parent.test)
          found.push({ node: parent, test: parent.test, outcome: child === parent.consequent });
        break;
      case T.LogicalExpression:
        if (child === parent.right) found.push({ node: parent, test: parent.left, outcome: parent.operator === "&&" });
        break;
      case T.BlockStatement:
      case T.Program:
        for (const before of parent.body) {
          if (before === child) break;
          if (before.type === T.IfStatement && !before.alternate && leaves(before.consequent)) {
            found.push({ node: before, test: before.test, outcome: false, instead: before.consequent });
          }
        }
    }
    if (isFunction(parent)) break;
  }
  return found;
}

/** Whether nothing goes on after a statement. */
function leaves(node: TSESTree.Statement): boolean {
  switch (node.type) {
    case T.BlockStatement: {
      const last = node.body.at(-1);
      return last !== undefined && leaves(last);
    }
    case T.ReturnStatement:
    case T.ThrowStatement:
    case T.BreakStatement:
    case T.ContinueStatement:
      return true;
    default:
      return false;
  }
}

/** The tests of the loops around a node in its function. */
export function loopTestsAround(node: TSESTree.Node): TSESTree.Node[] {
  const tests: TSESTree.Node[] = [];
  for (let parent = node.parent; parent && !isFunction(parent); parent = parent.parent) {
    if (isLoop(parent) && "test" in parent && parent.test) tests.push(parent.test);
  }
  return tests;
}
