import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { memberName, unwrap } from "../source/syntax.ts";
import { functionOf } from "../uses/functions.ts";
import type { Resources } from "./resources.ts";

/** Whether it is worth while to ask if a call takes something: to ask what is called may be a question of types. */
export function mayTake(
  { catalog, names }: Resources,
  node: TSESTree.CallExpression | TSESTree.TaggedTemplateExpression,
): boolean {
  const isTag = node.type === T.TaggedTemplateExpression;
  const callee = unwrap(isTag ? node.tag : node.callee);
  const origin = names.origin(callee);
  const made = origin && catalog.makes(origin);
  if (made) return made.acquires !== undefined || made.idle !== undefined;
  if (callee.type !== T.MemberExpression) {
    return catalog.takes(isTag ? "@@tag" : "@@call") && (callee.type !== T.Identifier || !functionOf(names, callee));
  }
  if (catalog.takes(memberName(callee) ?? "") || catalog.takes("@@call")) return true;
  // Any method of a member may: `prisma.user.create()`.
  const object = unwrap(callee.object);
  const variable = object.type === T.Identifier ? names.variable(object) : undefined;
  const start = variable && names.initial(variable);
  return [object, start?.value].some((one) => one?.type === T.MemberExpression && catalog.takes("*"));
}
