import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Names } from "../source/names.ts";
import { isFunction, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { chainOf } from "../uses/chain.ts";
import { calledFunction, functionOf, resultsOf } from "../uses/functions.ts";
import { ownerOf } from "../uses/places.ts";
import { usesAfter } from "./arrival.ts";
import type { FetchCall } from "./fetch-call.ts";
import { isFetchCall } from "./fetch-function.ts";

/**
 * The calls of callbacks that are given a signal, and make a request with it for somebody who reads the body:
 * `run(controller.signal)` for `withDeadline(1000, (signal) => fetch(url, { signal }))`.
 */
export function requestsOfCallbacks(
  names: Names,
  calls: readonly TSESTree.CallExpression[],
  signal: string,
): FetchCall[] {
  return calls
    .filter((node) => {
      if (!node.arguments.some((argument) => names.key(argument) === signal)) return false;
      const owner = ownerOf(node);
      const index = isFunction(owner) ? parameterOf(names, owner, node.callee) : -1;
      const own = index < 0 ? [] : calls.filter((call) => calledFunction(names, call) === owner);
      return own.some((call) => givesResponse(names, call, index));
    })
    .map((node) => ({ node, known: true }));
}

function parameterOf(names: Names, owner: FunctionNode, callee: TSESTree.Node): number {
  const key = unwrap(callee).type === T.Identifier ? names.key(callee) : undefined;
  return owner.params.findIndex((one) => one.type === T.Identifier && names.key(one) === key);
}

/** Whether a callback gives the response of a request, and the caller reads its body or hands it on. */
function givesResponse(names: Names, call: TSESTree.CallExpression, index: number): boolean {
  const callback = call.arguments[index];
  const body = callback && functionOf(names, callback);
  if (!body || !resultsOf(body).some((result) => isFetchCall(names, result))) return false;
  const { links, whole } = chainOf(names, call);
  return usesAfter(names, links, whole).length > 0;
}
