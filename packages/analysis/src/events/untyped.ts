import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { variableLookup } from "../source/source-file.ts";
import { isNothing, meaningfulParent, unwrap } from "../source/syntax.ts";
import { callers } from "./frame.ts";
import type { Frame } from "./frame.ts";

/**
 * Where what an expression holds comes from, as far as a type could tell what it is there: calls, declarations and
 * assignments that take the result of one, parameters. Undefined is anywhere.
 */
export function sourcesOf(frame: Frame, node: TSESTree.Node): (TSESTree.Node | undefined)[] {
  const expression = unwrap(node);
  if (isResult(expression)) return [expression];
  // The ends of something that was made elsewhere: `pair.writable`.
  if (expression.type === T.MemberExpression) return sourcesOf(frame, expression.object);
  if (expression.type !== T.Identifier) return [undefined];
  const variable = variableLookup(frame.environment.file)(expression);
  if (!variable) return [];
  const declared = variable.defs.flatMap((definition) => sourcesOfDefinition(frame, definition));
  const assigned = variable.references
    .filter((reference) => reference.isWrite() && !reference.init)
    .map(({ identifier: { parent } }) =>
      parent.type === T.AssignmentExpression && holdsResults(parent.right) ? parent : undefined,
    );
  return [...declared, ...assigned];
}

function sourcesOfDefinition(frame: Frame, { node, name, type }: Scope.Definition): (TSESTree.Node | undefined)[] {
  // Of what is imported no type is asked.
  if (type === "ImportBinding") return [];
  if (type === "Parameter") {
    const called = callers(frame).find(({ owner }) => owner === node);
    // Code that we do not know called it, and with what, nobody can tell.
    if (called?.handed) return [];
    return [called && !called.caller ? name : undefined];
  }
  return [node.type === T.VariableDeclarator && node.init && holdsResults(node.init) ? node : undefined];
}

/** Whether a value is made by calls here, not passed on from elsewhere. */
function holdsResults(node: TSESTree.Node): boolean {
  const expression = unwrap(node);
  switch (expression.type) {
    case T.ConditionalExpression:
      return holdsResults(expression.consequent) && holdsResults(expression.alternate);
    case T.LogicalExpression:
      return holdsResults(expression.left) && holdsResults(expression.right);
    default:
      return isResult(expression) || isNothing(expression);
  }
}

function isResult({ type }: TSESTree.Node): boolean {
  return type === T.AwaitExpression || type === T.CallExpression || type === T.NewExpression;
}

/** The declaration or assignment that takes a result. */
export function receiverOf(node: TSESTree.Node): TSESTree.Node | undefined {
  const parent = meaningfulParent(node);
  switch (parent?.type) {
    case T.ConditionalExpression:
    case T.LogicalExpression:
      return receiverOf(parent);
    case T.AssignmentExpression:
    case T.VariableDeclarator:
      return parent;
    default:
      return undefined;
  }
}
