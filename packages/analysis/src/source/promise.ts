import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Names } from "./names.ts";
import { GLOBAL } from "./origin.ts";

/** The `Promise` of the global scope: `new Promise((resolve) => …)` runs its function at once. */
export function isPromise(names: Names, callee: TSESTree.Node): boolean {
  return globalPath(names, callee) === "Promise";
}

/** `Promise.withResolvers()` of the global scope. */
export function isWithResolvers(names: Names, node: TSESTree.Node): node is TSESTree.CallExpression {
  return node.type === T.CallExpression && globalPath(names, node.callee) === "Promise.withResolvers";
}

/** `Promise.race(…)` or `Promise.any(…)` of the global scope. */
export function isRace(names: Names, call: TSESTree.CallExpression): boolean {
  const path = globalPath(names, call.callee);
  return path === "Promise.any" || path === "Promise.race";
}

/** `Promise.all(…)` or `Promise.allSettled(…)`: all of them are waited for, one that never ends is enough. */
export function isAll(names: Names, node: TSESTree.Node | undefined): node is TSESTree.CallExpression {
  if (node?.type !== T.CallExpression) return false;
  const path = globalPath(names, node.callee);
  return path === "Promise.all" || path === "Promise.allSettled";
}

function globalPath(names: Names, node: TSESTree.Node): string | undefined {
  const origin = names.origin(node);
  return origin?.module === GLOBAL ? origin.path.join(".") : undefined;
}

/** The methods that say what is to be done when a promise settles. */
export type Reaction = "catch" | "finally" | "then";

export function isReaction(name: string | undefined): name is Reaction {
  return name === "catch" || name === "finally" || name === "then";
}
