import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { contains } from "../source/syntax.ts";
import { walk } from "../source/walk.ts";

/** Whether an expression denotes the thing of that key, or something that belongs to it. */
export function denotes({ names }: Resources, node: TSESTree.Node, key: string): boolean {
  const own = names.key(node);
  return own !== undefined && (own === key || own.startsWith(`${key}.`));
}

/** Whether anything in a piece of code is that thing; what constants stand for counts as well. */
export function mentions(resources: Resources, node: TSESTree.Node, key: string, depth = 0): boolean {
  let found = false;
  walk(node, (part) => {
    if (found) return false;
    found = denotes(resources, part, key);
    if (found || part.type !== T.Identifier || depth > 2) return !found;
    const variable = resources.names.variable(part);
    const initial = variable && resources.names.initial(variable);
    const isPromise = initial?.value.type === T.CallExpression || initial?.value.type === T.NewExpression;
    if (isPromise && !contains(initial.value, node)) {
      found = mentions(resources, initial.value, key, depth + 1);
    }
    return !found;
  });
  return found;
}
