import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { codePathOf } from "../flow/code-path.ts";
import type { Step } from "../flow/code-path.ts";
import { listeningOf } from "../listening/listening.ts";
import type { Listening } from "../listening/listening.ts";
import { rememberedOfFile } from "../resources/remembered.ts";
import type { Resources } from "../resources/resources.ts";
import type { Names } from "../source/names.ts";
import { isCall, isFunction, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { functionOf } from "../uses/functions.ts";
import { calledAt, ownerOf, stepsAt } from "../uses/places.ts";
import type { Owner } from "../uses/places.ts";
import { valueOf } from "./options.ts";
import type { Request } from "./requests.ts";

/** A place from which on a response is there. */
export interface Arrival {
  readonly request: Request;
  /** The expression that is the response here, or the promise of it: the request itself, or the call of a helper. */
  readonly promise: TSESTree.Node;
  readonly owner: Owner;
  readonly starts: readonly Step[];
  /** The parameter, the pattern or the expression that has the response; undefined where nothing takes it. */
  readonly root: TSESTree.Node | undefined;
}

/** Where the response of a request comes that resolves to it; none where others have the promise. */
export function arrivalsOf(names: Names, request: Request, promise: TSESTree.Node): Arrival[] {
  if (isCall(promise) && promise === request.node && calledBack(names, request)) {
    const last = promise.arguments.at(-1);
    return last ? ofCallback(names, request, last, 1) : [];
  }
  return follow(names, request, promise).map((arrival) => ({ ...arrival, promise }));
}

/** Clients that call back instead, where they are given a function for it: `client.request(options, (error, data) => …)`. */
function calledBack(names: Names, { node, client }: Request): boolean {
  const last = node.arguments.at(-1);
  if (!last || (client.name !== "undici" && client.name !== "aws") || node.arguments.length < 2) return false;
  if (isFunction(last)) return true;
  const isDropped = meaningfulParent(node)?.type === T.ExpressionStatement;
  return isDropped && valueOf(names, last).type !== T.ObjectExpression;
}

function follow(names: Names, request: Request, promise: TSESTree.Node): Arrival[] {
  const parent = meaningfulParent(promise);
  switch (parent?.type) {
    case T.AwaitExpression:
      return at(request, parent, parent);
    case T.ExpressionStatement:
      return at(request, promise, undefined);
    case T.UnaryExpression:
      return parent.operator === "void" ? at(request, promise, undefined) : [];
    case T.ConditionalExpression:
      return parent.test === promise ? [] : follow(names, request, parent);
    case T.LogicalExpression:
      return follow(names, request, parent);
    case T.VariableDeclarator:
      return ofVariable(names, request, parent);
    case T.ArrayExpression:
      return ofList(names, request, promise, parent);
    case T.MemberExpression:
      return ofChain(names, request, promise, parent);
    default:
      return [];
  }
}

function at(request: Request, node: TSESTree.Node, root: TSESTree.Node | undefined): Arrival[] {
  const owner = ownerOf(node);
  return owner ? [{ request, promise: request.node, owner, starts: stepsAt(owner, node), root }] : [];
}

/** `const promise = request(…); const response = await promise`. */
function ofVariable(names: Names, request: Request, { id }: TSESTree.VariableDeclarator): Arrival[] {
  const variable = names.variable(id);
  const mentions = (variable?.references ?? []).filter((one) => one.isRead());
  const [only] = mentions;
  return only && mentions.length === 1 ? follow(names, request, only.identifier) : [];
}

/** `const [one, other] = await Promise.all([request(…), request(…)])`. */
function ofList(names: Names, request: Request, promise: TSESTree.Node, list: TSESTree.ArrayExpression): Arrival[] {
  const call = meaningfulParent(list);
  if (call?.type !== T.CallExpression || names.origin(call.callee)?.path.join(".") !== "Promise.all") return [];
  const outer = meaningfulParent(call);
  const target = outer?.type === T.AwaitExpression ? meaningfulParent(outer) : undefined;
  if (!outer || target?.type !== T.VariableDeclarator || target.id.type !== T.ArrayPattern) return [];
  const index = list.elements.findIndex((element) => element !== null && unwrap(element) === promise);
  const taken = target.id.elements.slice(0, index + 1);
  if (taken.some((element) => element?.type === T.RestElement)) return [];
  return at(request, outer, taken[index] ?? undefined);
}

/** `request(…).then((response) => …)`. */
function ofChain(names: Names, request: Request, promise: TSESTree.Node, member: TSESTree.MemberExpression): Arrival[] {
  const call = calledAt(member);
  if (!call || unwrap(member.object) !== unwrap(promise)) return [];
  const [callback] = call.arguments;
  switch (memberName(member)) {
    case "catch":
    case "finally":
      return follow(names, request, call);
    case "then":
      return callback ? ofCallback(names, request, callback, 0) : [];
    default:
      return [];
  }
}

/** A function that is called with the response; one without a parameter leaves it. */
function ofCallback(names: Names, request: Request, callback: TSESTree.Node, index: number): Arrival[] {
  const owner = functionOf(names, callback);
  const root = owner?.params[index];
  if (!owner || owner.generator || owner.params.some(({ type }) => type === T.RestElement)) return [];
  if (!root && usesArguments(owner)) return [];
  return [{ request, promise: request.node, owner, starts: [codePathOf(owner).enter], root }];
}

/** Where the response of `http.get(url, callback)` comes: to the callback, a listener, or `once(request, "response")`. */
export function messageArrivals(resources: Resources, request: Request): Arrival[] {
  const { names } = resources;
  const callback = callbackOf(names, request.node);
  const listenings = responseListenings(resources).get(request.node) ?? [];
  if (callback === "unknown" || listenings.length + (callback ? 1 : 0) !== 1) return [];
  if (callback) return ofCallback(names, request, callback, 0);
  const [listening] = listenings;
  if (!listening) return [];
  const { node: call } = listening;
  const promise = unwrap(listening.target).type === T.Identifier ? call : request.node;
  if (listening.listener) {
    return ofCallback(names, request, listening.listener, 0).map((arrival) => ({ ...arrival, promise }));
  }
  const outer = meaningfulParent(call);
  const target = outer?.type === T.AwaitExpression ? meaningfulParent(outer) : undefined;
  if (!outer || target?.type !== T.VariableDeclarator || target.id.type !== T.ArrayPattern) return [];
  return at(request, outer, target.id.elements[0] ?? undefined);
}

/** The listener that a request was given; `unknown` where an argument may be one. */
function callbackOf(names: Names, call: TSESTree.CallExpression): FunctionNode | "unknown" | undefined {
  const last = call.arguments.at(-1);
  if (!last) return undefined;
  if (last.type === T.SpreadElement) return "unknown";
  const own = functionOf(names, last);
  if (own) return own;
  if (call.arguments.length === 1) return undefined;
  const value = unwrap(last);
  const variable = names.variable(value);
  const written = names.held(value) ?? value;
  const isOptions = written.type === T.ObjectExpression || (value.type === T.Identifier && value.name === "undefined");
  return isOptions || (call.arguments.length === 2 && isOptionsName(variable?.defs[0]?.name)) ? undefined : "unknown";
}

/** A parameter that is annotated with something that is no function. */
function isOptionsName(name: TSESTree.Node | undefined): boolean {
  const annotation = name?.type === T.Identifier ? name.typeAnnotation?.typeAnnotation : undefined;
  return annotation?.type === T.TSTypeReference || annotation?.type === T.TSTypeLiteral;
}

/** Who listens for the response of a request, by the request. */
const responseListenings = rememberedOfFile((resources): ReadonlyMap<TSESTree.Node, readonly Listening[]> => {
  const found = new Map<TSESTree.Node, Listening[]>();
  for (const call of findAll(resources.file.ast, isCall)) {
    const listening = listeningOf(resources, call);
    const request = listening?.event === "response" ? madeBy(resources, listening.target) : undefined;
    if (listening && request) found.set(request, [...(found.get(request) ?? []), listening]);
  }
  return found;
});

/** The request at the beginning of a chain of calls, or in the only value of a name. */
function madeBy(resources: Resources, node: TSESTree.Node): TSESTree.Node | undefined {
  let value = unwrap(node);
  for (;;) {
    const callee = value.type === T.CallExpression ? unwrap(value.callee) : undefined;
    const isLink = callee?.type === T.MemberExpression && LINKS.has(memberName(callee));
    if (!isLink) break;
    value = unwrap(callee.object);
  }
  if (value.type !== T.Identifier) return value;
  const held = resources.names.held(value);
  return held !== undefined && held !== value ? madeBy(resources, held) : value;
}

const LINKS: ReadonlySet<string | undefined> = new Set(["on", "once", "addListener", "end", "setTimeout", "setHeader"]);

function usesArguments(owner: FunctionNode): boolean {
  const isArguments = (node: TSESTree.Node): node is TSESTree.Identifier =>
    node.type === T.Identifier && node.name === "arguments";
  return owner.type !== T.ArrowFunctionExpression && findAll(owner.body, isArguments).length > 0;
}

/** Where a stream of a response begins, and where its listener knows that the headers have come. */
export function streamArrivals(resources: Resources, request: Request): Arrival[] {
  const { names } = resources;
  const declarator = meaningfulParent(request.node);
  const name =
    declarator?.type === T.VariableDeclarator && declarator.id.type === T.Identifier ? declarator.id : undefined;
  const base = { request, promise: request.node };
  const listeners = (responseListenings(resources).get(request.node) ?? []).flatMap(({ listener }): Arrival[] => {
    const owner = listener && functionOf(names, listener);
    return owner && name ? [{ ...base, owner, starts: [codePathOf(owner).enter], root: name }] : [];
  });
  return [...at(request, request.node, request.node), ...listeners];
}

/** A call within `new Promise((resolve) => …)` to whose response the promise resolves. */
export interface MessagePromise {
  readonly call: TSESTree.CallExpression;
  /** The response in `resolve(response)`; undefined where `resolve` itself is its callback. */
  readonly given: TSESTree.Identifier | undefined;
}

export function messagePromise(names: Names, node: TSESTree.Node): MessagePromise | undefined {
  if (node.type !== T.NewExpression || names.origin(node.callee)?.path.join() !== "Promise") return undefined;
  const [executor] = node.arguments;
  const [resolve] = isFunction(executor) ? executor.params : [];
  const variable = resolve && names.variable(resolve);
  if (!executor || !variable) return undefined;
  for (const call of findAll(executor, isCall)) {
    const last = call.arguments.at(-1);
    if (last?.type === T.Identifier && names.variable(last) === variable) return { call, given: undefined };
    const given = isFunction(last) ? resolvedIn(names, last, variable) : undefined;
    if (given) return { call, given };
  }
  return undefined;
}

/** What a callback resolves a promise to, if that is what it is given first. */
function resolvedIn(names: Names, callback: FunctionNode, resolve: Scope.Variable): TSESTree.Identifier | undefined {
  const [response] = callback.params;
  const taken = response && names.variable(response);
  if (!taken) return undefined;
  return findAll(callback, isCall)
    .filter(({ callee }) => callee.type === T.Identifier && names.variable(callee) === resolve)
    .map(({ arguments: [given] }) => given)
    .filter((given) => given?.type === T.Identifier)
    .find((given) => names.variable(given) === taken);
}
