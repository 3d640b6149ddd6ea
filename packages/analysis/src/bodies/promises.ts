import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { codePathOf } from "../flow/code-path.ts";
import type { Step } from "../flow/code-path.ts";
import { reaches } from "../flow/queries.ts";
import type { Resources } from "../resources/resources.ts";
import { isCall, isFunction, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { memberFunctionOf } from "../uses/callee.ts";
import { resultsOf } from "../uses/functions.ts";
import { ownerOf, placesIn, stepsAt } from "../uses/places.ts";
import { usesOf } from "../uses/uses.ts";
import { messagePromise } from "./arrivals.ts";
import { isAttended } from "./attention.ts";
import { CHAINED } from "./client.ts";
import { requestOf } from "./requests.ts";
import type { Request } from "./requests.ts";

/** An expression that is the promise of a response, though it makes no request itself. */
export interface PromisedResponse {
  readonly request: Request;
  readonly node: TSESTree.Node;
}

/** Calls of functions of this file that give a response, and promises that its callback resolves. */
export function promisesIn(resources: Resources): PromisedResponse[] {
  const found: PromisedResponse[] = [];
  const isOne = (node: TSESTree.Node): node is TSESTree.CallExpression | TSESTree.NewExpression =>
    node.type === T.CallExpression || node.type === T.NewExpression;
  for (const node of findAll(resources.file.ast, isOne)) {
    if (isCall(node) && requestOf(resources, node)) continue;
    const request = promised(resources, node, 0);
    if (request) found.push({ request, node });
  }
  return found;
}

// A function that asks another one for the response, and so on.
const MAX_DEPTH = 3;

/** The request whose response an expression is, or is the promise of; of a request itself where that is `direct`. */
export function promised(
  resources: Resources,
  node: TSESTree.Node,
  depth: number,
  direct = false,
): Request | undefined {
  const { names } = resources;
  const expression = unwrap(node);
  if (depth > MAX_DEPTH) return undefined;
  switch (expression.type) {
    case T.AwaitExpression:
      return promised(resources, expression.argument, depth, direct);
    case T.NewExpression: {
      const message = messagePromise(names, expression);
      const request = message && requestOf(resources, message.call);
      return request?.client.name === "http" && isHandedOn(resources, request, message?.given) ? request : undefined;
    }
    case T.Identifier: {
      const held = names.held(expression);
      return held && promised(resources, held, depth + 1);
    }
    case T.CallExpression: {
      const callee = unwrap(expression.callee);
      if (callee.type === T.MemberExpression && ["catch", "finally"].includes(memberName(callee) ?? "")) {
        return promised(resources, callee.object, depth);
      }
      const own = depth === 0 && !direct ? undefined : requestOf(resources, expression);
      if (own) return own.client.name === "http" || own.client.name === "got" ? undefined : own;
      const helper = memberFunctionOf(names, callee);
      return helper && !helper.generator ? givenBy(resources, helper, depth) : undefined;
    }
    default:
      return undefined;
  }
}

/** The request whose response a function gives to its caller, not yet read. */
export function givenBy(resources: Resources, helper: FunctionNode, depth: number): Request | undefined {
  for (const result of resultsOf(helper)) {
    const request = promised(resources, result, depth + 1);
    if (request) return isFresh(resources, helper, result, request) ? request : undefined;
  }
  return undefined;
}

/** Whether nothing has read a response when it is returned. */
function isFresh(resources: Resources, helper: FunctionNode, result: TSESTree.Node, request: Request): boolean {
  const statement = isFunction(meaningfulParent(result)) ? undefined : meaningfulParent(result);
  return isUnread(resources, helper, unwrap(result), statement, request);
}

/** Whether the callback of a request resolves a promise to the response, and reads it neither before nor afterwards. */
function isHandedOn(resources: Resources, request: Request, given: TSESTree.Identifier | undefined): boolean {
  const callback = request.node.arguments.at(-1);
  return !given || !isFunction(callback) || isUnread(resources, callback, given, given.parent, request);
}

/** Whether some path of a function comes to where it hands a response on, and to its end, without having read it. */
function isUnread(
  resources: Resources,
  helper: FunctionNode,
  returned: TSESTree.Node,
  statement: TSESTree.Node | undefined,
  request: Request,
): boolean {
  const { names } = resources;
  const variable = names.variable(returned);
  const name = variable?.defs[0]?.name as TSESTree.Node | undefined;
  if (!name) return true;
  const parts = new Set(request.client.body === undefined ? [] : [request.client.body]);
  const { uses } = usesOf(names, name, { parts, chained: CHAINED, returned: true });
  const reads = uses.filter((use) => unwrap(use.node) !== returned && isAttended(resources, use, request.client));
  const stops = new Set(
    reads.flatMap(({ calls, node }) =>
      placesIn(names, helper, calls[0] ?? node).flatMap((place) => [...stepsAt(helper, place)]),
    ),
  );
  const goals = new Set(statement && ownerOf(statement) === helper ? stepsAt(helper, statement) : []);
  const isHere =
    helper.params.some((one) => one === name) || (ownerOf(name) === helper && stepsAt(helper, name).length > 0);
  if (goals.size === 0 || !isHere) return reads.length === 0;
  const path = codePathOf(helper);
  const through = (step: Step): boolean => !stops.has(step);
  return (
    reaches([path.enter], (step) => goals.has(step), { through }) &&
    reaches(goals, (step) => step === path.exit, { through })
  );
}
