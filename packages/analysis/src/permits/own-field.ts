import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { fieldOf } from "../source/field.ts";
import type { Field } from "../source/field.ts";
import { enclosingClass, thisMember } from "../source/syntax.ts";

/** The field that `this.pool` is in its class: an empty one where the class declares none; undefined for anything else. */
export function ownField(node: TSESTree.Node): Field | undefined {
  const name = node.type === T.MemberExpression ? thisMember(node) : undefined;
  const body = enclosingClass(node)?.body;
  return body && name !== undefined ? (fieldOf(body, name) ?? { annotation: undefined, values: [] }) : undefined;
}
