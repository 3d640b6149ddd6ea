import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { contains, isLoop } from "./syntax.ts";

/** What a `break` leaves, or what a `continue` goes on with: a loop, a `switch`, or what a label stands before. */
function jumpTarget(jump: TSESTree.BreakStatement | TSESTree.ContinueStatement): TSESTree.Node | undefined {
  const { label } = jump;
  const isTarget = (node: TSESTree.Node): boolean =>
    label
      ? node.type === T.LabeledStatement && node.label.name === label.name
      : isLoop(node) || (jump.type === T.BreakStatement && node.type === T.SwitchStatement);
  let current = jump.parent as TSESTree.Node | undefined;
  while (current && !isTarget(current)) current = current.parent;
  return current?.type === T.LabeledStatement ? current.body : current;
}

/** Whether control leaves a loop at a statement of its body. */
export function leaves(node: TSESTree.Node, loop: TSESTree.Node): boolean {
  switch (node.type) {
    case T.ReturnStatement:
      return true;
    case T.ThrowStatement:
      // What is caught within the loop ends nothing.
      return catcherOf(node, loop) === undefined;
    case T.BreakStatement: {
      const target = jumpTarget(node);
      return target === undefined || target === loop || !contains(loop, target);
    }
    case T.ContinueStatement: {
      const target = node.label ? jumpTarget(node) : undefined;
      return target !== undefined && !contains(loop, target);
    }
    default:
      return false;
  }
}

/** The nearest `try` within `outer` that catches what a place throws. */
export function catcherOf(node: TSESTree.Node, outer: TSESTree.Node): TSESTree.TryStatement | undefined {
  for (let child = node, { parent } = node; parent && child !== outer; child = parent, parent = parent.parent) {
    if (parent.type === T.TryStatement && parent.block === child && parent.handler) return parent;
  }
  return undefined;
}
