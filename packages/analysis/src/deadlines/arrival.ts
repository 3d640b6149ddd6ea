import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Step } from "../flow/code-path.ts";
import type { Names } from "../source/names.ts";
import { isAwaited, meaningfulParent, unwrap } from "../source/syntax.ts";
import { functionOf } from "../uses/functions.ts";
import { ownerOf, stepsAt } from "../uses/places.ts";
import type { Owner } from "../uses/places.ts";
import type { Link } from "../uses/chain.ts";
import { mentionsOf, useAt, usesOfPattern } from "./response.ts";
import type { ResponseUse } from "./response.ts";

/** The value that a piece of code has once the headers have come, and what it does with it. */
export interface Arrival {
  readonly owner: Owner;
  /** The steps after which the headers are there. */
  readonly steps: readonly Step[];
  readonly uses: readonly ResponseUse[];
}

/** Where the headers have come, in the function that asked for them. */
export function arrivalOf(names: Names, owner: Owner, promise: TSESTree.Node): Arrival | undefined {
  const parent = meaningfulParent(promise);
  switch (parent?.type) {
    case T.AwaitExpression:
      return { owner, steps: stepsAt(owner, parent), uses: resultUses(names, parent) };
    case T.ReturnStatement:
      return { owner, steps: stepsAt(owner, promise), uses: [{ node: parent, how: "leaves" }] };
    case T.ArrayExpression:
      return arrivalOfAll(names, owner, promise, parent);
    case T.VariableDeclarator: {
      const awaits = mentionsOf(names, parent.id).flatMap((node) => {
        const outer = isAwaited(node) ? meaningfulParent(node) : undefined;
        return outer && ownerOf(outer) === owner ? [outer] : [];
      });
      const [only] = awaits;
      if (!only || awaits.length > 1) return undefined;
      return { owner, steps: stepsAt(owner, only), uses: resultUses(names, only) };
    }
    default:
      return undefined;
  }
}

/** `const [a, b] = await Promise.all([fetch(…), fetch(…)])` */
function arrivalOfAll(
  names: Names,
  owner: Owner,
  promise: TSESTree.Node,
  list: TSESTree.ArrayExpression,
): Arrival | undefined {
  const call = meaningfulParent(list);
  if (call?.type !== T.CallExpression || names.origin(call.callee)?.path.join(".") !== "Promise.all") return undefined;
  const outer = meaningfulParent(call);
  const target = outer?.type === T.AwaitExpression ? meaningfulParent(outer) : undefined;
  if (!outer || target?.type !== T.VariableDeclarator || target.id.type !== T.ArrayPattern) return undefined;
  const index = list.elements.findIndex((element) => element !== null && unwrap(element) === promise);
  const taken = target.id.elements[index];
  return taken ? { owner, steps: stepsAt(owner, outer), uses: usesOfPattern(names, taken) } : undefined;
}

/** What is done with the value of an expression that is a response. */
function resultUses(names: Names, node: TSESTree.Node): ResponseUse[] {
  const parent = meaningfulParent(node);
  if (parent?.type === T.VariableDeclarator) return usesOfPattern(names, parent.id);
  if (parent?.type === T.AssignmentExpression) return parent.operator === "=" ? usesOfPattern(names, parent.left) : [];
  const use = useAt(names, node);
  return use ? [use] : [];
}

/** What is done with the response after some links of a chain. */
export function usesAfter(names: Names, links: readonly Link[], whole: TSESTree.Node): ResponseUse[] {
  for (const { call, method } of links) {
    const [callback] = call.arguments;
    const body = method === "then" && callback ? functionOf(names, callback) : undefined;
    if (body) return body.params[0] ? usesOfPattern(names, body.params[0]) : [];
    if (method === "then") return [];
  }
  const parent = meaningfulParent(whole);
  if (parent?.type === T.AwaitExpression) return resultUses(names, parent);
  const use = useAt(names, whole);
  return use ? [use] : [];
}

/** Whether a link hands on the response itself. */
export function passesResponse(names: Names, { call, method }: Link): boolean {
  if (method !== "then") return true;
  const [callback] = call.arguments;
  const [parameter] = (callback ? functionOf(names, callback)?.params : undefined) ?? [];
  const uses = parameter ? usesOfPattern(names, parameter) : [];
  return uses.length > 0 && uses.every(({ how }) => how === "leaves");
}
