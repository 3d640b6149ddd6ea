import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Names } from "../source/names.ts";
import { isAll, isReaction } from "../source/promise.ts";
import { isFunction, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";

/** A place that waits for a promise. */
export interface Standing {
  readonly node: TSESTree.Node;
  /**
   * `stands`: control stays here until it settles; `returns`: the promise is the function's own result; `listens`:
   * control goes on, and a callback runs when it settles.
   */
  readonly how: "listens" | "returns" | "stands";
  /** What runs only when the promise has settled. */
  readonly after: readonly TSESTree.Node[];
}

/** All places that wait for a promise, through variables, chains and `Promise.all`; none where others may have it. */
export function standingsOf(names: Names, promise: TSESTree.Node): Standing[] {
  const found: Standing[] = [];
  const after: TSESTree.Node[] = [];
  const seen = new Set<TSESTree.Node>();
  const follow = (node: TSESTree.Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    const parent = meaningfulParent(node);
    switch (parent?.type) {
      case T.AwaitExpression:
        found.push({ node: parent, how: "stands", after });
        return;
      case T.ReturnStatement:
        found.push({ node, how: "returns", after });
        return;
      case T.ArrowFunctionExpression:
        if (isFunction(parent) && unwrap(parent.body) === unwrap(node)) found.push({ node, how: "returns", after });
        return;
      case T.ConditionalExpression:
      case T.LogicalExpression:
        follow(parent);
        return;
      case T.CallExpression:
        // A list of promises.
        if (isAll(names, parent)) follow(parent);
        return;
      case T.ArrayExpression: {
        const call = meaningfulParent(parent);
        if (isAll(names, call)) follow(call);
        return;
      }
      case T.MemberExpression: {
        const name = memberName(parent);
        const call = meaningfulParent(parent);
        if (call?.type !== T.CallExpression || !isReaction(name)) return;
        const before = found.length;
        after.push(...call.arguments.map(unwrap));
        follow(call);
        if (found.length === before && name !== "catch") found.push({ node, how: "listens", after });
        return;
      }
      case T.VariableDeclarator: {
        const variable = names.variable(parent.id);
        for (const reference of variable?.references ?? []) {
          if (reference.isRead()) follow(reference.identifier);
        }
      }
    }
  };
  follow(promise);
  return found;
}
