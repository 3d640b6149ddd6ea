import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { CallModel } from "../models/resource.ts";
import type { Names } from "../source/names.ts";
import { isFunction, unwrap } from "../source/syntax.ts";

/** The argument of a call that is the function during which something is held, as far as one can be that function. */
export function heldDuring(
  names: Names,
  call: TSESTree.CallExpression,
  { during }: CallModel,
): TSESTree.CallExpressionArgument | undefined {
  switch (during) {
    case undefined:
    case "call":
      return undefined;
    case "function":
      return call.arguments.find((one) => isDeclared(names, one)) ?? call.arguments.find(mayBeFunction);
    default: {
      const argument = during === "last" ? call.arguments.at(-1) : call.arguments[during];
      return argument && mayBeFunction(argument) ? argument : undefined;
    }
  }
}

function isDeclared(names: Names, node: TSESTree.Node): boolean {
  const expression = unwrap(node);
  const variable = names.variable(expression);
  const held = names.held(expression);
  return isFunction(held ?? variable?.defs[0]?.node ?? expression);
}

function mayBeFunction(node: TSESTree.Node): boolean {
  const { type } = unwrap(node);
  // An array may be one of functions.
  return ![T.ObjectExpression, T.Literal, T.TemplateLiteral, T.SpreadElement].includes(type);
}
