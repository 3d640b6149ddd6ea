import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Names } from "../source/names.ts";
import { enclosingFunction, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { isFetch } from "./fetch-function.ts";
import { isSignal, requestOptions } from "./request-options.ts";
import type { RequestOptions } from "./request-options.ts";

/** A call that was given a signal and resolves when the headers have come. */
export interface FetchCall {
  readonly node: TSESTree.CallExpression;
  /** Certainly a `fetch`; otherwise that shows only by the use of its result. */
  readonly known: boolean;
}

/** The calls of a file that are ended by a signal, and by nothing else. */
export function fetchesWith(names: Names, calls: readonly TSESTree.CallExpression[], signal: string): FetchCall[] {
  return requestsIn(names, calls).flatMap(({ node, known, options }) => {
    const isGiven = options?.signal
      ? !options.bounded && isSignal(names, options.signal, signal)
      : known && node.arguments.some((argument) => isMadeWith(names, argument, signal));
    // Events come as long as there are any.
    if (!isGiven || speaksOfEvents(enclosingFunction(node) ?? node)) return [];
    return [{ node, known }];
  });
}

interface PossibleRequest extends FetchCall {
  readonly options: RequestOptions | undefined;
}

const requests = new WeakMap<readonly TSESTree.CallExpression[], readonly PossibleRequest[]>();

/** The calls of a file that are a `fetch` or are given a signal; found once for all its deadlines. */
function requestsIn(names: Names, calls: readonly TSESTree.CallExpression[]): readonly PossibleRequest[] {
  let found = requests.get(calls);
  if (!found) {
    found = calls.flatMap((node) => {
      const options = node.arguments.map((argument) => requestOptions(names, argument)).find((one) => one?.signal);
      const known = isFetch(names, node.callee);
      return known || options ? [{ node, known, options }] : [];
    });
    requests.set(calls, found);
  }
  return found;
}

/** `optionsWith(controller.signal)` */
function isMadeWith(names: Names, argument: TSESTree.Node, signal: string): boolean {
  const call = unwrap(argument);
  return call.type === T.CallExpression && call.arguments.some((given) => isSignal(names, given, signal));
}

/** Whether code asks for events of a server. */
export function speaksOfEvents(node: TSESTree.Node): boolean {
  const isText = (part: TSESTree.Node): part is TSESTree.StringLiteral =>
    part.type === T.Literal && typeof part.value === "string" && part.value.includes("event-stream");
  return findAll(node, isText).length > 0;
}
