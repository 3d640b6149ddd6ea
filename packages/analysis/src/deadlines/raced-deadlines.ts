import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { standsFor } from "../source/names.ts";
import type { Names } from "../source/names.ts";
import { isRace } from "../source/promise.ts";
import { unwrap } from "../source/syntax.ts";
import { chainOf, rootOf } from "../uses/chain.ts";
import { calledFunction, resultsOf } from "../uses/functions.ts";
import { ownerOf } from "../uses/places.ts";
import { sleeps } from "../uses/sleep.ts";
import { arrivalOf, passesResponse, usesAfter } from "./arrival.ts";
import { speaksOfEvents } from "./fetch-call.ts";
import { isFetch } from "./fetch-function.ts";
import { requestOptions } from "./request-options.ts";
import type { ResponseUse } from "./response.ts";

/** A race of a request and a timer: its deadline ends with the race. */
export interface RacedDeadline {
  /** The race, or the call of a function that runs it. */
  readonly node: TSESTree.CallExpression;
  readonly fetch: TSESTree.CallExpression;
  /** What is done with the response. */
  readonly uses: readonly ResponseUse[];
}

/** All races of a file between a `fetch` and a timer: `Promise.race([fetch(url), timeout])`. */
export function racedDeadlines(names: Names, calls: readonly TSESTree.CallExpression[]): RacedDeadline[] {
  return calls.flatMap((node) => {
    const runner = timedRunner(names, node);
    const fetch = runner && rootOf(runner);
    if (!runner || fetch?.type !== T.CallExpression || !isFetch(names, fetch.callee) || isBounded(names, fetch))
      return [];
    // Up to the race only what hands on the response, and after it whatever comes.
    const { links, whole } = chainOf(names, node);
    const inner = chainOf(names, fetch).links.filter(({ call }) => call.range[1] <= runner.range[1]);
    const owner = ownerOf(node);
    if (!owner || !inner.every((link) => passesResponse(names, link))) return [];
    const uses = usesAfter(names, links, whole);
    return [{ node, fetch, uses: uses.length > 0 ? uses : (arrivalOf(names, owner, whole)?.uses ?? []) }];
  });
}

/** The runner that a call lets race against a timer. */
function timedRunner(names: Names, call: TSESTree.CallExpression): TSESTree.Node | undefined {
  const own = runnerAgainstTimer(names, call);
  if (own || isRace(names, call)) return own;
  const helper = calledFunction(names, call);
  if (!helper) return undefined;
  for (const result of resultsOf(helper)) {
    const value = unwrap(result);
    const race = rootOf(value.type === T.AwaitExpression ? value.argument : value);
    const runner = race.type === T.CallExpression ? runnerAgainstTimer(names, race) : undefined;
    const key = runner && names.key(runner);
    const index = helper.params.findIndex((one) => names.key(one) === key);
    const given = key === undefined ? undefined : call.arguments[index];
    if (given) return unwrap(given);
  }
  return undefined;
}

function runnerAgainstTimer(names: Names, call: TSESTree.CallExpression): TSESTree.Node | undefined {
  const [list] = isRace(names, call) ? call.arguments : [];
  if (list?.type !== T.ArrayExpression || list.elements.length !== 2) return undefined;
  const [first, second] = list.elements;
  if (!first || !second) return undefined;
  if (isTimer(names, second)) return unwrap(first);
  return isTimer(names, first) ? unwrap(second) : undefined;
}

function isTimer(names: Names, node: TSESTree.Node): boolean {
  const promise = standsFor(names, node);
  return sleeps(names, promise, "rejects") || sleeps(names, promise);
}

/** Whether a request may be ended by something else, or has no body. */
function isBounded(names: Names, fetch: TSESTree.CallExpression): boolean {
  const options = fetch.arguments.flatMap((argument) => requestOptions(names, argument) ?? []);
  return options.some(({ bounded, signal }) => bounded || signal) || speaksOfEvents(ownerOf(fetch) ?? fetch);
}
