import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { memberUsesOf } from "../resources/members.ts";
import type { Resources } from "../resources/resources.ts";
import { meaningfulParent, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";

/** The calls of a function of this file: by its name, as a method of `this`, of a local instance, of a local object. */
export function callersOf(resources: Resources, node: FunctionNode): TSESTree.CallExpression[] {
  const variable = nameOf(node) && resources.names.variable(nameOf(node) as TSESTree.Node);
  if (variable) {
    return variable.references.flatMap(({ identifier }) => {
      const call = meaningfulParent(identifier);
      return call?.type === T.CallExpression && unwrap(call.callee) === identifier ? [call] : [];
    });
  }
  return (memberUsesOf(resources.file, resources.names, node) ?? []).flatMap((member) => {
    const call = meaningfulParent(member);
    return call?.type === T.CallExpression && unwrap(call.callee) === member ? [call] : [];
  });
}

/** The name under which a function is known in its scope. */
export function nameOf(node: FunctionNode): TSESTree.Identifier | undefined {
  if (node.type === T.FunctionDeclaration) return node.id ?? undefined;
  const { parent } = node;
  return parent.type === T.VariableDeclarator && parent.id.type === T.Identifier ? parent.id : undefined;
}
