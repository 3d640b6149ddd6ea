import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Names } from "../source/names.ts";
import { enclosingFunction, isCall, memberName, meaningfulParent, propertyName, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";

/** A call that was given a signal and resolves when the headers have come. */
export interface FetchCall {
  readonly node: TSESTree.CallExpression;
  /** Certainly a `fetch`; otherwise that shows only by the use of its result. */
  readonly known: boolean;
}

const FETCHES: Readonly<Record<string, readonly string[]>> = {
  global: ["fetch"],
  undici: ["fetch", "request"],
  "node-fetch": ["default", "fetch"],
  "node-fetch-native": ["default", "fetch"],
  "cross-fetch": ["default", "fetch"],
  "isomorphic-fetch": ["default"],
  "minipass-fetch": ["default"],
};

/** The calls of a file that are ended by a controller, and by nothing else. */
export function fetchesWith(names: Names, ast: TSESTree.Program, controller: string): FetchCall[] {
  const signal = `${controller}.signal`;
  return findAll(ast, isCall).flatMap((node) => {
    const options = node.arguments.map((argument) => optionsOf(names, argument)).find((found) => found !== undefined);
    if (!options || !comesOf(names, options.signal, signal) || options.timeout || isMethodHead(options.object))
      return [];
    // Events come as long as there are any.
    if (speaksOfEvents(enclosingFunction(node) ?? node)) return [];
    return [{ node, known: isFetch(names, node.callee) }];
  });
}

/** Whether a signal is the one, or one of several of which none is a deadline by itself. */
function comesOf(names: Names, node: TSESTree.Node, signal: string): boolean {
  const expression = unwrap(node);
  if (names.key(expression) === signal) return true;
  if (expression.type === T.Identifier) {
    const variable = names.variable(expression);
    const start = variable && names.initial(variable);
    return start?.path.length === 0 && comesOf(names, start.value, signal);
  }
  const [list] = expression.type === T.CallExpression ? expression.arguments : [];
  if (expression.type !== T.CallExpression || names.origin(expression.callee)?.path.join(".") !== "AbortSignal.any")
    return false;
  if (list?.type !== T.ArrayExpression) return false;
  const parts = list.elements.filter((element) => element !== null);
  const isDeadline = (part: TSESTree.Node): boolean => findAll(part, isCall).length > 0;
  return parts.some((part) => names.key(part) === signal) && !parts.some(isDeadline);
}

interface Options {
  readonly object: TSESTree.ObjectExpression;
  readonly signal: TSESTree.Node;
  readonly timeout: boolean;
}

function optionsOf(names: Names, argument: TSESTree.Node): Options | undefined {
  let object = unwrap(argument);
  if (object.type === T.NewExpression) {
    // `fetch(new Request(url, { signal }))`
    const inner = object.arguments[1];
    return inner && optionsOf(names, inner);
  }
  if (object.type === T.Identifier) {
    const variable = names.variable(object);
    const start = variable && names.initial(variable);
    if (start?.path.length === 0) object = unwrap(start.value);
  }
  if (object.type !== T.ObjectExpression) return undefined;
  const found = property(object, "signal");
  if (!found) return undefined;
  const timeouts = ["timeout", "bodyTimeout"].some((name) => property(object, name) !== undefined);
  return { object, signal: found, timeout: timeouts };
}

function property(object: TSESTree.ObjectExpression, name: string): TSESTree.Node | undefined {
  for (const part of object.properties) {
    if (part.type === T.Property && propertyName(part.key, part.computed) === name) return part.value;
  }
  return undefined;
}

function speaksOfEvents(node: TSESTree.Node): boolean {
  const isText = (part: TSESTree.Node): part is TSESTree.StringLiteral =>
    part.type === T.Literal && typeof part.value === "string" && part.value.includes("event-stream");
  return findAll(node, isText).length > 0;
}

function isMethodHead(object: TSESTree.ObjectExpression): boolean {
  const method = property(object, "method");
  return method?.type === T.Literal && /^head$/iu.test(String(method.value));
}

/** Whether an expression is a `fetch`, or one that may be replaced: `options.fetch ?? fetch`. */
function isFetch(names: Names, node: TSESTree.Node, depth = 0): boolean {
  const expression = unwrap(node);
  const origin = names.origin(expression);
  if (origin && (FETCHES[origin.module] ?? []).includes(origin.path.at(-1) ?? "")) return true;
  if (depth > 3) return false;
  switch (expression.type) {
    case T.LogicalExpression:
      return isFetch(names, expression.left, depth + 1) || isFetch(names, expression.right, depth + 1);
    case T.ConditionalExpression:
      return isFetch(names, expression.consequent, depth + 1) || isFetch(names, expression.alternate, depth + 1);
    case T.Identifier: {
      const variable = names.variable(expression);
      const [definition] = variable?.defs ?? [];
      const start = variable && names.initial(variable);
      if (start?.path.length === 0) return isFetch(names, start.value, depth + 1);
      const name = definition?.name as TSESTree.Node | undefined;
      const parent = name?.parent;
      return parent?.type === T.AssignmentPattern && parent.left === name && isFetch(names, parent.right, depth + 1);
    }
    default:
      return false;
  }
}

/** One link of a chain of promise methods: `.then(f)`, `.catch(f)`, `.finally(f)`. */
export interface Link {
  readonly call: TSESTree.CallExpression;
  readonly method: "then" | "catch" | "finally";
}

/** The links that follow a promise, in order, and the whole expression. */
export function chainOf(node: TSESTree.Node): { readonly links: readonly Link[]; readonly whole: TSESTree.Node } {
  const links: Link[] = [];
  let whole = node;
  for (;;) {
    const member = meaningfulParent(whole);
    if (member?.type !== T.MemberExpression || unwrap(member.object) !== whole) break;
    const method = memberName(member);
    const call = meaningfulParent(member);
    if (call?.type !== T.CallExpression || unwrap(call.callee) !== member) break;
    if (method !== "then" && method !== "catch" && method !== "finally") break;
    links.push({ call, method });
    whole = call;
  }
  return { links, whole };
}
