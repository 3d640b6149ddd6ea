import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { contains, isFunction, isLoop, memberName } from "../source/syntax.ts";
import { callsOf } from "../uses/functions.ts";
import { ownerOf } from "../uses/places.ts";
import type { Owner } from "../uses/places.ts";
import type { Lease } from "./lease.ts";

/** Whether a script runs an owner once, and ends with it: the file itself, `main()`, a function called on the spot. */
export function isScript({ names }: Resources, owner: Owner): boolean {
  if (owner.type === T.Program) return true;
  const [call, ...others] = callsOf(names, owner) ?? [];
  if (!call || others.length > 0 || ownerOf(call)?.type !== T.Program) return false;
  let current: TSESTree.Node = call;
  while (current.type !== T.ExpressionStatement) {
    if (isLoop(current) || current.type === T.TryStatement || current.type === T.Program) return false;
    current = current.parent;
  }
  return isChainOf(current.expression, call);
}

/** `await main()`, `main().catch(report)`. */
function isChainOf(expression: TSESTree.Node, call: TSESTree.Node): boolean {
  let current: TSESTree.Node = expression.type === T.AwaitExpression ? expression.argument : expression;
  while (current !== call && current.type === T.CallExpression && current.callee.type === T.MemberExpression) {
    if (!["then", "catch", "finally"].includes(memberName(current.callee) ?? "")) return false;
    current = current.callee.object;
  }
  return current === call;
}

/** Whether what lends was made by the same function: who else would wait for it when that has ended? */
export function isLocalLender({ names }: Resources, { acquisition, owner }: Lease): boolean {
  const { lender } = acquisition;
  const variable = lender && names.variable(lender);
  const declared = variable?.defs[0]?.node;
  return declared?.type === T.VariableDeclarator && owner.type !== T.Program && contains(owner, declared);
}

/** Whether it is held by a function to which it was passed: nobody catches what that throws. */
export function isCallback({ acquisition, owner }: Lease): boolean {
  return isFunction(owner) && acquisition.call.arguments.some((argument) => argument === owner);
}
