import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { isFunction, meaningfulParent, unwrap } from "../source/syntax.ts";
import { namedUses } from "../uses/places.ts";
import type { Owner } from "../uses/places.ts";

/** Where a function that captures something is given away. */
export interface Escape {
  readonly node: TSESTree.Node;
  /** Returned or stored, not just put into what is made there. */
  readonly forGood: boolean;
}

/**
 * Where a function (or a class) that captures something at a node is given away by the owner; undefined where it is
 * only called or given to a call.
 */
export function escapeAt({ names }: Resources, owner: Owner, node: TSESTree.Node): Escape | undefined {
  for (let current = node.parent; current && current !== owner; current = current.parent) {
    if (current.type === T.ClassBody) return { node: current.parent, forGood: true };
    if (!isFunction(current)) continue;
    for (const place of [current, ...(namedUses(names, current) ?? [])]) {
      const forGood = givenAway(place);
      if (forGood !== undefined) return { node: place, forGood };
    }
  }
  return undefined;
}

/** Whether a function is given away for good; undefined where it is not. */
function givenAway(node: TSESTree.Node): boolean | undefined {
  const parent = meaningfulParent(node);
  switch (parent?.type) {
    case T.ReturnStatement:
    case T.YieldExpression:
    case T.PropertyDefinition:
    case T.ArrowFunctionExpression:
      return true;
    case T.Property:
    case T.ArrayExpression:
      return false;
    case T.NewExpression:
      return isPromise(parent.callee) ? undefined : false;
    case T.AssignmentExpression:
      return unwrap(parent.right) === unwrap(node) ? true : undefined;
    default:
      return undefined;
  }
}

/** `new Promise((resolve) => …)` runs its function at once, also where it is that of a library. */
function isPromise(callee: TSESTree.Node): boolean {
  return callee.type === T.Identifier && callee.name === "Promise";
}
