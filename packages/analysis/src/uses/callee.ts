import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { ownValue } from "../source/field.ts";
import type { Names } from "../source/names.ts";
import { enclosingClass, isFunction, memberName, propertyName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { functionOf } from "./functions.ts";

/** The function of this file that an expression is; methods and getters of local classes and objects included. */
export function memberFunctionOf(names: Names, node: TSESTree.Node): FunctionNode | undefined {
  const expression = unwrap(node);
  const own = functionOf(names, expression);
  if (own || expression.type !== T.MemberExpression) return own;
  const name = memberName(expression);
  const members = name === undefined ? undefined : membersOf(names, expression.object);
  for (const member of members ?? []) {
    if (member.type !== T.MethodDefinition && member.type !== T.PropertyDefinition && member.type !== T.Property)
      continue;
    if (propertyName(member.key, member.computed) === name && isFunction(member.value)) return member.value;
  }
  return undefined;
}

function membersOf(names: Names, object: TSESTree.Node): readonly TSESTree.Node[] | undefined {
  const expression = unwrap(object);
  if (expression.type === T.ThisExpression) {
    const body = enclosingClass(expression)?.body;
    return body?.body ?? objectAround(expression)?.properties;
  }
  if (expression.type === T.MemberExpression) {
    const value = ownValue(expression);
    return value && membersMade(names, value);
  }
  const held = names.held(expression);
  return held && membersMade(names, held);
}

/** `{ ask() { … this … } }`. */
function objectAround(node: TSESTree.Node): TSESTree.ObjectExpression | undefined {
  let current: TSESTree.Node | undefined = node;
  while (current && !(isFunction(current) && current.type !== T.ArrowFunctionExpression)) current = current.parent;
  const object = current?.parent.type === T.Property ? current.parent.parent : undefined;
  return object?.type === T.ObjectExpression ? object : undefined;
}

function membersMade(names: Names, value: TSESTree.Node): readonly TSESTree.Node[] | undefined {
  const made = unwrap(value);
  if (made.type === T.ObjectExpression) return made.properties;
  if (made.type !== T.NewExpression || made.callee.type !== T.Identifier) return undefined;
  const declared = names.variable(made.callee)?.defs[0]?.node as TSESTree.Node | undefined;
  return declared?.type === T.ClassDeclaration ? declared.body.body : undefined;
}
