import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { CallModel } from "../models/resource.ts";
import { memberName, unwrap } from "../source/syntax.ts";
import { functionOf } from "../uses/functions.ts";
import type { Resources } from "./resources.ts";

/** Whether the model of a call may have one of some words: to ask what is called may be a question of types. */
export function mayMean(
  { catalog, names }: Resources,
  node: TSESTree.CallExpression | TSESTree.TaggedTemplateExpression,
  ...words: readonly (keyof CallModel)[]
): boolean {
  const isTag = node.type === T.TaggedTemplateExpression;
  const callee = unwrap(isTag ? node.tag : node.callee);
  const origin = names.origin(callee);
  const made = origin && catalog.makes(origin);
  if (made) return words.some((word) => made[word] !== undefined);
  const may = (method: string): boolean => words.some((word) => catalog.means(method, word));
  if (callee.type !== T.MemberExpression) {
    return may(isTag ? "@@tag" : "@@call") && (callee.type !== T.Identifier || !functionOf(names, callee));
  }
  if (may(memberName(callee) ?? "") || may("@@call")) return true;
  // Any method of a member may: `prisma.user.create()`.
  const object = unwrap(callee.object);
  const variable = names.variable(object);
  const start = variable && names.initial(variable);
  return [object, start?.value].some((one) => one?.type === T.MemberExpression && may("*"));
}
