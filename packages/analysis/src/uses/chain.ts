import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Names } from "../source/names.ts";
import { memberName, meaningfulParent, unwrap } from "../source/syntax.ts";

/** One link of a chain of promise methods: `.then(f)`, `.catch(f)`, `.finally(f)`. */
export interface Link {
  readonly call: TSESTree.CallExpression;
  readonly method: "then" | "catch" | "finally";
}

/** The links that follow a promise, in order, and the whole expression; `Promise.race` gives what its runner gives. */
export function chainOf(
  names: Names,
  node: TSESTree.Node,
): { readonly links: readonly Link[]; readonly whole: TSESTree.Node } {
  const links: Link[] = [];
  let whole = node;
  for (;;) {
    const parent = meaningfulParent(whole);
    const call = parent && meaningfulParent(parent);
    if (!parent || call?.type !== T.CallExpression) break;
    if (parent.type === T.ArrayExpression) {
      if (!isRace(names, call)) break;
    } else {
      const method = parent.type === T.MemberExpression && unwrap(parent.object) === whole && memberName(parent);
      if (unwrap(call.callee) !== parent) break;
      if (method !== "then" && method !== "catch" && method !== "finally") break;
      links.push({ call, method });
    }
    whole = call;
  }
  return { links, whole };
}

/** `Promise.race(…)` or `Promise.any(…)` of the global scope. */
export function isRace(names: Names, call: TSESTree.CallExpression): boolean {
  const origin = names.origin(call.callee);
  return origin?.module === "global" && ["Promise.any", "Promise.race"].includes(origin.path.join("."));
}

/** `stopped.then(…)` → `stopped`: what is asked of a promise is a reaction as well. */
export function rootOf(runner: TSESTree.Node): TSESTree.Node {
  let root = unwrap(runner);
  while (root.type === T.CallExpression) {
    const callee = unwrap(root.callee);
    if (callee.type !== T.MemberExpression || !["then", "catch", "finally"].includes(memberName(callee) ?? "")) break;
    root = unwrap(callee.object);
  }
  return root;
}
