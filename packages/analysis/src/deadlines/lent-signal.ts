import type { TSESTree } from "@typescript-eslint/utils";
import type { Names } from "../source/names.ts";
import { isFunction } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { chainOf } from "../uses/chain.ts";
import { functionOf, resultsOf } from "../uses/functions.ts";
import { ownerOf } from "../uses/places.ts";
import { usesAfter } from "./arrival.ts";
import { callIndex } from "./call-index.ts";
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
  const { giving, running } = callIndex(names, calls);
  return (giving.get(signal) ?? [])
    .filter((node) => {
      const owner = ownerOf(node);
      if (!isFunction(owner)) return false;
      const index = parameterOf(names, owner, node.callee);
      return index >= 0 && (running.get(owner) ?? []).some((call) => givesResponse(names, call, index));
    })
    .map((node) => ({ node, known: true }));
}

function parameterOf(names: Names, owner: FunctionNode, callee: TSESTree.Node): number {
  const key = names.key(callee);
  return key === undefined ? -1 : owner.params.findIndex((one) => names.key(one) === key);
}

/** Whether a callback gives the response of a request, and the caller reads its body or hands it on. */
function givesResponse(names: Names, call: TSESTree.CallExpression, index: number): boolean {
  const callback = call.arguments[index];
  const body = callback && functionOf(names, callback);
  if (!body || !resultsOf(body).some((result) => isFetchCall(names, result))) return false;
  const { links, whole } = chainOf(names, call);
  return usesAfter(names, links, whole).length > 0;
}
