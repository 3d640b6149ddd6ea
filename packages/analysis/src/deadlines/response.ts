import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Names } from "../source/names.ts";
import { programOf } from "../source/program-files.ts";
import {
  enclosingFunction,
  isAwaited,
  isFunction,
  memberName,
  meaningfulParent,
  propertyName,
  unwrap,
} from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { functionOf } from "../uses/functions.ts";

/** What is done with a response. */
export interface ResponseUse {
  readonly node: TSESTree.Node;
  /**
   * - `reads`: its body is read, or given to code that may;
   * - `read`: its body has been read when this is over, since it is awaited;
   * - `leaves`: it goes to whoever called.
   */
  readonly how: "leaves" | "read" | "reads";
}

const HEADERS: ReadonlySet<string | undefined> = new Set([
  "ok",
  "status",
  "statusText",
  "statusCode",
  "headers",
  "trailers",
  "url",
  "type",
  "redirected",
  "bodyUsed",
  "opaque",
  "context",
]);
const READERS: ReadonlySet<string | undefined> = new Set([
  "json",
  "text",
  "arrayBuffer",
  "blob",
  "bytes",
  "formData",
  "buffer",
]);
const ENDERS: ReadonlySet<string | undefined> = new Set(["cancel", "destroy", "dump"]);
const STREAM_MAKERS: ReadonlySet<string | undefined> = new Set(["from", "fromWeb"]);
const LIMITS: ReadonlySet<string | undefined> = new Set(["signal", "timeout"]);

// A function that is given the response may give it to another one.
const MAX_CALLS = 3;

/** Whether a member reads a body, whatever object it is a member of: how an unknown client shows what it returns. */
export function readsBody(node: TSESTree.Node): boolean {
  const member = meaningfulParent(node);
  if (member?.type !== T.MemberExpression || unwrap(member.object) !== node) return false;
  return READERS.has(memberName(member)) && meaningfulParent(member)?.type === T.CallExpression;
}

/** The uses of what a pattern takes from a response: a name for all of it, or `{ body, headers }`. */
export function usesOfPattern(names: Names, pattern: TSESTree.Node): ResponseUse[] {
  if (pattern.type === T.MemberExpression) return usesOfField(names, pattern);
  if (pattern.type !== T.ObjectPattern) return usesOf(names, pattern, false, 0);
  return pattern.properties.flatMap((property) => {
    if (property.type !== T.Property || propertyName(property.key, property.computed) !== "body") return [];
    const target = property.value.type === T.AssignmentPattern ? property.value.left : property.value;
    return usesOf(names, target, true, 0);
  });
}

/** A field that keeps a response: what is done with it here, and whether others read its body. */
function usesOfField(names: Names, field: TSESTree.MemberExpression): ResponseUse[] {
  const key = names.key(field);
  const isOther = (node: TSESTree.Node): node is TSESTree.MemberExpression =>
    node.type === T.MemberExpression && node !== field && names.key(node) === key;
  const mentions = key === undefined ? [] : findAll(programOf(field), isOther);
  const here = mentions.filter((node) => enclosingFunction(node) === enclosingFunction(field));
  const uses = here.flatMap((node) => useAt(names, node) ?? []);
  const isReadElsewhere = mentions.some((node) => !here.includes(node) && readsBody(node));
  return isReadElsewhere ? [...uses, { node: meaningfulParent(field) ?? field, how: "leaves" }] : uses;
}

/** The places at which a variable is read. */
export function mentionsOf(names: Names, pattern: TSESTree.Node): TSESTree.Node[] {
  const variable = names.variable(pattern);
  return (variable?.references ?? []).filter((one) => one.isRead()).map(({ identifier }) => identifier);
}

function usesOf(names: Names, name: TSESTree.Node, isBody: boolean, depth: number): ResponseUse[] {
  return mentionsOf(names, name).flatMap((mention) => {
    const use = useAt(names, mention, isBody, depth);
    return use ? [use, ...derivedUses(names, use, depth)] : [];
  });
}

/** What is done with what a read gave: `const reader = response.body.getReader()`, `const text = response.text()`. */
function derivedUses(names: Names, use: ResponseUse, depth: number): ResponseUse[] {
  if (use.how !== "reads" || use.node.type !== T.MemberExpression || depth > MAX_CALLS) return [];
  const declarator = meaningfulParent(callsUpon(use.node));
  if (declarator?.type !== T.VariableDeclarator) return [];
  return mentionsOf(names, declarator.id).flatMap((node) => {
    if (isAwaited(gathered(names, node))) return [{ node, how: "read" as const }];
    return useAt(names, node, true, depth + 1) ?? [];
  });
}

/** How one mention of a response is used; undefined where only its headers are, or its body is dropped. */
export function useAt(names: Names, node: TSESTree.Node, isBody = false, depth = 0): ResponseUse | undefined {
  const parent = meaningfulParent(node);
  switch (parent?.type) {
    case T.MemberExpression: {
      if (unwrap(parent.object) !== node) return undefined;
      const name = memberName(parent);
      if (ENDERS.has(name) || (!isBody && HEADERS.has(name))) return undefined;
      if (name === "body" && !isBody) return useAt(names, parent, true, depth);
      if (READERS.has(name) && isHandedOn(names, callsUpon(parent))) return undefined;
      return { node: parent, how: isFinished(names, parent) ? "read" : "reads" };
    }
    case T.ForOfStatement:
      return unwrap(parent.right) === node ? { node, how: "read" } : undefined;
    case T.CallExpression:
    case T.NewExpression:
      return argumentUse(names, node, parent, isBody, depth);
    case T.ReturnStatement:
    case T.ArrowFunctionExpression:
    case T.YieldExpression:
      return { node, how: "leaves" };
    case T.Property:
    case T.ObjectExpression:
    case T.ArrayExpression:
      return { node, how: isReturned(parent) ? "leaves" : "reads" };
    case T.AwaitExpression:
    case T.ConditionalExpression:
    case T.LogicalExpression:
      return useAt(names, parent, isBody, depth);
    case T.VariableDeclarator:
      return usesOfPattern(names, parent.id).at(0);
    case T.AssignmentExpression:
      return unwrap(parent.right) === node ? usesOfPattern(names, parent.left).at(0) : undefined;
    default:
      return undefined;
  }
}

function argumentUse(
  names: Names,
  node: TSESTree.Node,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  isBody: boolean,
  depth: number,
): ResponseUse | undefined {
  const index = call.arguments.findIndex((argument) => unwrap(argument) === node);
  if (index < 0) return undefined;
  const callee = functionOf(names, call.callee);
  const parameter = callee?.params[index];
  const isName = parameter?.type === T.Identifier && depth < MAX_CALLS;
  if (isName && usesOf(names, parameter, isBody, depth + 1).length === 0) return undefined;
  if (isLimited(call) || (!givesStream(call) && isHandedOn(names, call))) return undefined;
  if (isAwaited(gathered(names, call))) return { node: call, how: "read" };
  if (isResolve(names, call) || isReturned(call)) return { node: call, how: "leaves" };
  // Checks and loggers look at a response and give nothing back; a body that was given away is read.
  const isUsed = callee !== undefined || meaningfulParent(call)?.type !== T.ExpressionStatement;
  return isBody || isUsed ? { node: call, how: "reads" } : undefined;
}

/** Whether a call was given a limit of its own: `pipeline(response.body, file, { signal })`. */
function isLimited({ arguments: given }: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  return given.some(
    (argument) =>
      argument.type === T.ObjectExpression &&
      argument.properties.some(
        (property) => property.type === T.Property && LIMITS.has(propertyName(property.key, property.computed)),
      ),
  );
}

/** `Readable.fromWeb(response.body)`, `new Response(response.body)` */
function givesStream(call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  return call.type === T.NewExpression || STREAM_MAKERS.has(memberName(unwrap(call.callee)));
}

/** Whether a promise goes to others, who may give it another deadline: `withTimeout(response.json(), 1000)`. */
function isHandedOn(names: Names, promise: TSESTree.Node): boolean {
  const receiver = receiverOf(promise);
  return receiver !== undefined && !gathers(names, receiver) && !isResolve(names, receiver);
}

/** `Promise.all([promise, other])`, where a promise is waited for together with others; otherwise the promise itself. */
function gathered(names: Names, promise: TSESTree.Node): TSESTree.Node {
  const receiver = receiverOf(promise);
  return receiver && gathers(names, receiver) ? receiver : promise;
}

/** The call that is given a promise, by itself or in a list. */
function receiverOf(promise: TSESTree.Node): TSESTree.CallExpression | undefined {
  const parent = meaningfulParent(promise);
  const call = parent?.type === T.ArrayExpression ? meaningfulParent(parent) : parent;
  return call?.type === T.CallExpression && unwrap(call.callee) !== promise ? call : undefined;
}

function gathers(names: Names, call: TSESTree.CallExpression): boolean {
  const origin = names.origin(call.callee);
  return (
    origin?.module === "global" &&
    ["Promise.all", "Promise.allSettled", "Promise.resolve"].includes(origin.path.join("."))
  );
}

/** `resolve(value)` in `new Promise((resolve) => …)` */
function isResolve(names: Names, call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const callee = unwrap(call.callee);
  const variable = names.variable(callee);
  const executor = variable?.defs[0]?.node as TSESTree.Node | undefined;
  if (!isFunction(executor) || executor.params[0] !== variable?.defs[0]?.name) return false;
  const made = meaningfulParent(executor);
  return made?.type === T.NewExpression && names.origin(made.callee)?.path.join(".") === "Promise";
}

function isReturned(node: TSESTree.Node): boolean {
  const parent = meaningfulParent(node);
  switch (parent?.type) {
    case T.ReturnStatement:
    case T.ArrowFunctionExpression:
      return true;
    case T.Property:
    case T.ObjectExpression:
      return isReturned(parent);
    default:
      return false;
  }
}

/** Whether reading is over when the code goes on: `await response.json()`, also with more members between. */
function isFinished(names: Names, member: TSESTree.MemberExpression): boolean {
  return isAwaited(gathered(names, callsUpon(member)));
}

/** The whole of the calls and members that follow a member: `response.json().catch(f)`. */
function callsUpon(member: TSESTree.Node): TSESTree.Node {
  const parent = meaningfulParent(member);
  const isPart =
    (parent?.type === T.MemberExpression && unwrap(parent.object) === member) ||
    (parent?.type === T.CallExpression && unwrap(parent.callee) === member);
  return parent && isPart ? callsUpon(parent) : member;
}
