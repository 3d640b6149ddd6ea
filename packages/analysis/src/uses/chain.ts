import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Names } from "../source/names.ts";
import { isRace, isReaction } from "../source/promise.ts";
import type { Reaction } from "../source/promise.ts";
import { memberName, meaningfulParent, unwrap } from "../source/syntax.ts";

/** One link of a chain of promise methods: `.then(f)`, `.catch(f)`, `.finally(f)`. */
export interface Link {
  readonly call: TSESTree.CallExpression;
  readonly method: Reaction;
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
      const isAsked = parent.type === T.MemberExpression && unwrap(parent.object) === whole;
      const method = isAsked ? memberName(parent) : undefined;
      if (unwrap(call.callee) !== parent || !isReaction(method)) break;
      links.push({ call, method });
    }
    whole = call;
  }
  return { links, whole };
}

/** `stopped.then(…)` → `stopped`: what is asked of a promise is a reaction as well. */
export function rootOf(runner: TSESTree.Node): TSESTree.Node {
  let root = unwrap(runner);
  while (root.type === T.CallExpression) {
    const callee = unwrap(root.callee);
    if (callee.type !== T.MemberExpression || !isReaction(memberName(callee))) break;
    root = unwrap(callee.object);
  }
  return root;
}
