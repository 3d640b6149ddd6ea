import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { fieldOf } from "../source/field.ts";
import type { Names } from "../source/names.ts";
import { membersNamed } from "../source/occurrences.ts";
import type { SourceFile } from "../source/source-file.ts";
import { enclosingClass, isFunction, memberName, propertyName, propertyValue, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";

/**
 * Where a method of a class or of an object literal is spoken of in its file: `this.handle`, `server.handle` of a local
 * instance; undefined for a function that is none.
 */
export function memberUsesOf(
  file: SourceFile,
  names: Names,
  { parent }: FunctionNode,
): TSESTree.MemberExpression[] | undefined {
  const isMember =
    parent.type === T.MethodDefinition || parent.type === T.PropertyDefinition || parent.type === T.Property;
  const name = isMember ? propertyName(parent.key, parent.computed) : undefined;
  if (!isMember || name === undefined) return undefined;
  return membersNamed(file.ast, name).filter((member) => isOwner(names, member.object, parent.parent));
}

/** What a member of an object literal of this file, or of an instance of one of its classes, is set to and nothing else. */
export function valueOfMember(names: Names, node: TSESTree.MemberExpression): TSESTree.Node | undefined {
  const name = memberName(node);
  const object = unwrap(node.object);
  const made = names.held(object) ?? objectOf(object);
  if (name === undefined) return undefined;
  if (made?.type === T.ObjectExpression) return propertyValue(made, name);
  if (made?.type !== T.NewExpression || made.callee.type !== T.Identifier) return undefined;
  const declared = names.variable(made.callee)?.defs[0]?.node as TSESTree.Node | undefined;
  const values = declared?.type === T.ClassDeclaration ? fieldOf(declared.body, name)?.values : undefined;
  return values?.length === 1 ? values[0] : undefined;
}

/** The object literal that `this` is in one of its methods. */
function objectOf(node: TSESTree.Node): TSESTree.ObjectExpression | undefined {
  let current: TSESTree.Node | undefined = node.type === T.ThisExpression ? node : undefined;
  while (current && !(isFunction(current) && current.type !== T.ArrowFunctionExpression)) current = current.parent;
  const object = current?.parent.type === T.Property ? current.parent.parent : undefined;
  return object?.type === T.ObjectExpression ? object : undefined;
}

/** Whether an expression is an object with the members of a class body or an object literal. */
function isOwner(names: Names, object: TSESTree.Node, owner: TSESTree.Node | undefined): boolean {
  const expression = unwrap(object);
  if (expression.type === T.ThisExpression) return enclosingClass(expression)?.body === owner;
  if (expression.type !== T.Identifier) return false;
  const variable = names.variable(expression);
  const value = variable && names.initial(variable);
  if (!value || value.path.length > 0) return false;
  const made = unwrap(value.value);
  if (made === owner) return true;
  if (made.type !== T.NewExpression || made.callee.type !== T.Identifier) return false;
  const declared = names.variable(made.callee)?.defs[0]?.node as TSESTree.Node | undefined;
  return declared?.type === T.ClassDeclaration && declared.body === owner;
}
