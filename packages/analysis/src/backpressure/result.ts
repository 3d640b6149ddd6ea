import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Names } from "../source/names.ts";
import { meaningfulParent } from "../source/syntax.ts";

/**
 * What becomes of a value: nobody looks at it; the function around it returns it; a variable keeps it, which is read
 * somewhere; anything else.
 */
export type Fate =
  { readonly kind: "dropped" | "returned" | "used" } | { readonly kind: "kept"; readonly variable: Scope.Variable };

const DROPPED: Fate = { kind: "dropped" };
const RETURNED: Fate = { kind: "returned" };
const USED: Fate = { kind: "used" };

export function fateOf(names: Names, node: TSESTree.Node): Fate {
  const parent = meaningfulParent(node);
  switch (parent?.type) {
    case T.ExpressionStatement:
      return DROPPED;
    case T.UnaryExpression:
      return parent.operator === "void" ? DROPPED : USED;
    case T.AwaitExpression:
      return fateOf(names, parent);
    case T.LogicalExpression:
      return contains(parent.right, node) ? fateOf(names, parent) : USED;
    case T.ConditionalExpression:
      return contains(parent.test, node) ? USED : fateOf(names, parent);
    case T.SequenceExpression:
      return contains(parent.expressions.at(-1), node) ? fateOf(names, parent) : DROPPED;
    case T.ForStatement:
      return contains(parent.test, node) ? USED : DROPPED;
    case T.ReturnStatement:
    case T.ArrowFunctionExpression:
      return RETURNED;
    case T.VariableDeclarator:
      return kept(names, parent.id);
    case T.AssignmentExpression:
      return parent.operator === "=" ? kept(names, parent.left) : USED;
    default:
      return USED;
  }
}

function kept(names: Names, target: TSESTree.Node): Fate {
  const variable = names.variable(target);
  if (!variable) return USED;
  return variable.references.some((reference) => reference.isRead()) ? { kind: "kept", variable } : DROPPED;
}

function contains(region: TSESTree.Node | null | undefined, node: TSESTree.Node): boolean {
  return !!region && node.range[0] >= region.range[0] && node.range[1] <= region.range[1];
}
