import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
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

const HEADERS: ReadonlySet<string> = new Set([
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
const ENDERS: ReadonlySet<string> = new Set(["cancel", "destroy", "dump"]);

// A function that is given the response may give it to another one.
const MAX_CALLS = 3;

/** Whether a member reads a body, whatever object it is a member of: how an unknown client shows what it returns. */
export function readsBody(node: TSESTree.Node): boolean {
  const member = meaningfulParent(node);
  if (member?.type !== T.MemberExpression || unwrap(member.object) !== node) return false;
  const name = memberName(member) ?? "";
  return READERS.has(name) && meaningfulParent(member)?.type === T.CallExpression;
}

/** The uses of what a pattern takes from a response: a name for all of it, or `{ body, headers }`. */
export function usesOfPattern(names: Names, pattern: TSESTree.Node): ResponseUse[] {
  if (pattern.type === T.Identifier) {
    const variable = names.variable(pattern);
    return variable ? usesOf(names, variable, false, 0) : [];
  }
  if (pattern.type === T.MemberExpression) return usesOfField(names, pattern);
  if (pattern.type !== T.ObjectPattern) return [];
  return pattern.properties.flatMap((property) => {
    if (property.type !== T.Property || propertyName(property.key, property.computed) !== "body") return [];
    const target = property.value.type === T.AssignmentPattern ? property.value.left : property.value;
    const variable = names.variable(target);
    return variable ? usesOf(names, variable, true, 0) : [];
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

function usesOf(names: Names, variable: Scope.Variable, isBody: boolean, depth: number): ResponseUse[] {
  return variable.references
    .filter((reference) => reference.isRead())
    .flatMap(({ identifier }) => {
      const use = useAt(names, identifier, isBody, depth);
      return use ? [use, ...derivedUses(names, use, depth)] : [];
    });
}

/** What is done with what a read gave: `const reader = response.body.getReader()`, `const text = response.text()`. */
function derivedUses(names: Names, use: ResponseUse, depth: number): ResponseUse[] {
  if (use.how !== "reads" || use.node.type !== T.MemberExpression || depth > MAX_CALLS) return [];
  const declarator = meaningfulParent(callsUpon(use.node));
  if (declarator?.type !== T.VariableDeclarator || declarator.id.type !== T.Identifier) return [];
  const variable = names.variable(declarator.id);
  const mentions = (variable?.references ?? []).filter((reference) => reference.isRead());
  return mentions.flatMap(({ identifier }) => {
    const node = identifier as TSESTree.Node;
    if (isAwaited(node)) return [{ node, how: "read" as const }];
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
      if (name !== undefined && (ENDERS.has(name) || (!isBody && HEADERS.has(name)))) return undefined;
      if (name === "body" && !isBody) return useAt(names, parent, true, depth);
      if (READERS.has(name) && isHandedOn(names, callsUpon(parent))) return undefined;
      return { node: parent, how: isFinished(parent) ? "read" : "reads" };
    }
    case T.ForOfStatement:
      return unwrap(parent.right) === node ? { node, how: "read" } : undefined;
    case T.CallExpression:
    case T.NewExpression:
      return argumentUse(names, node, parent, isBody, depth);
    case T.ReturnStatement:
      return { node, how: "leaves" };
    case T.ArrowFunctionExpression:
      return parent.body === node ? { node, how: "leaves" } : undefined;
    case T.Property:
    case T.ObjectExpression:
    case T.ArrayExpression:
      return { node, how: isReturned(parent) ? "leaves" : "reads" };
    case T.AwaitExpression:
    case T.ConditionalExpression:
    case T.LogicalExpression:
      return useAt(names, parent, isBody, depth);
    case T.VariableDeclarator:
      return parent.init === node ? usesOfPattern(names, parent.id).at(0) : undefined;
    case T.AssignmentExpression:
      return parent.right === node ? usesOfPattern(names, parent.left).at(0) : undefined;
    case T.YieldExpression:
      return { node, how: "leaves" };
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
  if (parameter && depth < MAX_CALLS) {
    const variable = names.variable(parameter);
    if (variable && usesOf(names, variable, isBody, depth + 1).length === 0) return undefined;
  }
  if (isLimited(call) || (!givesStream(call) && isHandedOn(names, call))) return undefined;
  if (isAwaited(call)) return { node: call, how: "read" };
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
        (property) =>
          property.type === T.Property &&
          ["signal", "timeout"].includes(propertyName(property.key, property.computed) ?? ""),
      ),
  );
}

/** `Readable.fromWeb(response.body)`, `new Response(response.body)` */
function givesStream(call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  if (call.type === T.NewExpression) return true;
  const callee = unwrap(call.callee);
  return callee.type === T.MemberExpression && ["from", "fromWeb"].includes(memberName(callee) ?? "");
}

/** Whether a promise goes to others, who may give it another deadline: `withTimeout(response.json(), 1000)`. */
function isHandedOn(names: Names, promise: TSESTree.Node): boolean {
  const parent = meaningfulParent(promise);
  const list = parent?.type === T.ArrayExpression ? meaningfulParent(parent) : parent;
  if (list?.type !== T.CallExpression || unwrap(list.callee) === promise) return false;
  const origin = names.origin(list.callee);
  const isGathered =
    origin?.module === "global" &&
    ["Promise.all", "Promise.allSettled", "Promise.resolve"].includes(origin.path.join("."));
  return !isGathered && !isResolve(names, list);
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
      return true;
    case T.ArrowFunctionExpression:
      return parent.body === node;
    case T.Property:
    case T.ObjectExpression:
      return isReturned(parent);
    default:
      return false;
  }
}

/** Whether reading is over when the code goes on: `await response.json()`, also with more members between. */
function isFinished(member: TSESTree.MemberExpression): boolean {
  return isAwaited(callsUpon(member));
}

/** The whole of the calls and members that follow a member: `response.json().catch(f)`. */
function callsUpon(member: TSESTree.Node): TSESTree.Node {
  const parent = meaningfulParent(member);
  const isPart =
    (parent?.type === T.MemberExpression && unwrap(parent.object) === member) ||
    (parent?.type === T.CallExpression && unwrap(parent.callee) === member);
  return parent && isPart ? callsUpon(parent) : member;
}
