import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Names } from "../source/names.ts";
import { contains, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";

// Of operators and of assignments alike.
const ARITHMETIC = /^[-+*/]=?$/u;

/** What code gives a variable or a member, declarations included. */
export function writesIn(names: Names, node: TSESTree.Node, turn: TSESTree.Node): TSESTree.Expression[] {
  const expression = unwrap(node);
  if (expression.type === T.MemberExpression) {
    const key = names.key(expression);
    const isWrite = (one: TSESTree.Node): one is TSESTree.AssignmentExpression =>
      one.type === T.AssignmentExpression && one.operator === "=" && names.key(one.left) === key;
    return key === undefined ? [] : findAll(turn, isWrite).map(({ right }) => right);
  }
  const variable = names.variable(expression);
  return (variable?.references ?? []).flatMap(({ identifier, writeExpr }) =>
    writeExpr && contains(turn, identifier as TSESTree.Node) ? [writeExpr as TSESTree.Expression] : [],
  );
}

/** Whether the turns themselves count something: `attempt += 1`, `poll(attempt + 1)`. */
export function isStepped(names: Names, node: TSESTree.Node, turn: TSESTree.Node): boolean {
  const expression = unwrap(node);
  const key = names.key(expression);
  if (key === undefined) return false;
  const isStep = (one: TSESTree.Node): one is TSESTree.Node => {
    if (one.type === T.UpdateExpression) return names.key(one.argument) === key;
    if (one.type !== T.AssignmentExpression || names.key(one.left) !== key) return false;
    if (ARITHMETIC.test(one.operator)) return true;
    const value = unwrap(one.right);
    return value.type === T.BinaryExpression && ARITHMETIC.test(value.operator);
  };
  if (findAll(turn, isStep).length > 0) return true;
  const variable = names.variable(expression);
  if (variable?.defs[0]?.node !== turn) return false;
  // What calls itself with a number less one counts as well: its parameter.
  const isCounted = (one: TSESTree.Node): one is TSESTree.BinaryExpression =>
    one.type === T.BinaryExpression &&
    ARITHMETIC.test(one.operator) &&
    one.parent.type === T.CallExpression &&
    [one.left, one.right].some((side) => names.key(side) === key);
  return findAll(turn, isCounted).length > 0;
}
