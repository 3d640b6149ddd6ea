import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { enclosingClass, meaningfulParent, memberName, propertyName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { callsOf } from "./writable.ts";

/** The calls of a function of this file: by its name, as a method of `this`, of a local instance, of a local object. */
export function callersOf(resources: Resources, node: FunctionNode): TSESTree.CallExpression[] {
  const variable = nameOf(node) && resources.names.variable(nameOf(node) as TSESTree.Node);
  if (variable) {
    return variable.references.flatMap(({ identifier }) => {
      const call = meaningfulParent(identifier);
      return call?.type === T.CallExpression && unwrap(call.callee) === identifier ? [call] : [];
    });
  }
  const { parent } = node;
  const isMember =
    parent.type === T.MethodDefinition || parent.type === T.PropertyDefinition || parent.type === T.Property;
  const name = isMember ? propertyName(parent.key, parent.computed) : undefined;
  if (!isMember || name === undefined) return [];
  return callsOf(resources).filter((call) => {
    const callee = unwrap(call.callee);
    return (
      callee.type === T.MemberExpression &&
      memberName(callee) === name &&
      isOwner(resources, callee.object, parent.parent)
    );
  });
}

/** The name under which a function is known in its scope. */
export function nameOf(node: FunctionNode): TSESTree.Identifier | undefined {
  if (node.type === T.FunctionDeclaration) return node.id ?? undefined;
  const { parent } = node;
  return parent.type === T.VariableDeclarator && parent.id.type === T.Identifier ? parent.id : undefined;
}

/** Whether an expression is an object with the members of a class body or an object literal. */
function isOwner(resources: Resources, object: TSESTree.Node, owner: TSESTree.Node | undefined): boolean {
  const expression = unwrap(object);
  if (expression.type === T.ThisExpression) return enclosingClass(expression)?.body === owner;
  if (expression.type !== T.Identifier) return false;
  const variable = resources.names.variable(expression);
  const value = variable && resources.names.initial(variable);
  if (!value || value.path.length > 0) return false;
  const made = unwrap(value.value);
  if (made === owner) return true;
  if (made.type !== T.NewExpression || made.callee.type !== T.Identifier) return false;
  const declared = resources.names.variable(made.callee)?.defs[0]?.node as TSESTree.Node | undefined;
  return declared?.type === T.ClassDeclaration && declared.body === owner;
}
