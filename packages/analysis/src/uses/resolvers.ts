import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Names } from "../source/names.ts";
import { isWithResolvers } from "../source/promise.ts";
import { propertyName, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";

/**
 * Where the promise is used that a listener resolves, by the `resolve` of `Promise.withResolvers()`; undefined where
 * it resolves none, or others resolve it as well.
 */
export function resolvedBy(names: Names, listener: TSESTree.Node): TSESTree.Node[] | undefined {
  const isName = (node: TSESTree.Node): node is TSESTree.Identifier => node.type === T.Identifier;
  for (const name of findAll(listener, isName)) {
    const variable = names.variable(name);
    const start = variable && names.initial(variable);
    const made = start?.path.join() === "resolve" ? unwrap(start.value) : undefined;
    if (!made || !isWithResolvers(names, made)) continue;
    if (variable?.references.filter((one) => one.isRead()).length !== 1) continue;
    return promiseUses(names, variable.defs[0]?.node);
  }
  return undefined;
}

function promiseUses(names: Names, declarator: TSESTree.Node | undefined): TSESTree.Node[] | undefined {
  if (declarator?.type !== T.VariableDeclarator || declarator.id.type !== T.ObjectPattern) return undefined;
  for (const property of declarator.id.properties) {
    if (property.type !== T.Property || propertyName(property.key, property.computed) !== "promise") continue;
    const promise = names.variable(property.value);
    return promise?.references.filter((one) => one.isRead()).map(({ identifier }) => identifier);
  }
  return undefined;
}
