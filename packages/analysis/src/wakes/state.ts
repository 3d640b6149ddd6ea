import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Names } from "../source/names.ts";
import { stateKey } from "../source/occurrences.ts";
import { enclosingFunction, isFunction, memberName, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { memberFunctionOf } from "../uses/callee.ts";
import { atomicOf, elementKey } from "./atomics.ts";

/** A condition over one piece of state: it holds while that is low (empty, zero, false) or high (full, many, true). */
export interface Atom {
  readonly key: string;
  /** The expression that denotes the state. */
  readonly node: TSESTree.Node;
  readonly level: "high" | "low";
  /** The literal with which it is compared, and whether it holds when they are equal. */
  readonly compared?: { readonly value: unknown; readonly equal: boolean } | undefined;
}

// Functions and variables that stand for conditions.
const MAX_DEPTH = 4;

const LOOKUPS: ReadonlySet<string | undefined> = new Set([
  "at",
  "find",
  "get",
  "has",
  "includes",
  "indexOf",
  "peek",
  "some",
]);
/** The methods that take one thing out of a collection, in its order. */
export const REMOVALS: ReadonlySet<string | undefined> = new Set(["dequeue", "pop", "shift"]);

/** The pieces of state that decide a condition, with what each must be for it to be `outcome`. */
export function atomsOf(names: Names, test: TSESTree.Node, outcome: boolean, depth = 0): Atom[] {
  const expression = unwrap(test);
  if (depth > MAX_DEPTH) return [];
  const level = outcome ? "high" : "low";
  const atom = (node: TSESTree.Node): Atom[] => {
    const key = stateKey(names, node);
    return key === undefined ? [] : [{ key, node, level }];
  };
  switch (expression.type) {
    case T.UnaryExpression:
      return expression.operator === "!" ? atomsOf(names, expression.argument, !outcome, depth + 1) : [];
    case T.LogicalExpression:
      return [expression.left, expression.right].flatMap((side) => atomsOf(names, side, outcome, depth + 1));
    case T.BinaryExpression:
      return compared(names, expression, outcome, depth);
    case T.Identifier: {
      const value = localValue(names, expression);
      return value ? atomsOf(names, value, outcome, depth + 1) : atom(expression);
    }
    case T.MemberExpression: {
      const name = memberName(expression);
      if (name === "length" || name === "size") return atom(expression.object);
      const getter = memberFunctionOf(names, expression);
      const result = getter && resultOf(getter);
      return result ? atomsOf(names, result, outcome, depth + 1) : atom(expression);
    }
    case T.CallExpression: {
      const atomic = atomicOf(names, expression);
      if (atomic) {
        const key = atomic.operation === "load" ? elementKey(names, atomic.array, atomic.index) : undefined;
        return key === undefined ? [] : [{ key, node: atomic.array, level }];
      }
      const called = memberFunctionOf(names, expression.callee);
      const result = called && resultOf(called);
      if (result) return atomsOf(names, result, outcome, depth + 1);
      const callee = unwrap(expression.callee);
      if (callee.type !== T.MemberExpression) return [];
      const name = memberName(callee);
      return LOOKUPS.has(name) || REMOVALS.has(name) ? atom(callee.object) : [];
    }
    default:
      return [];
  }
}

function compared(names: Names, node: TSESTree.BinaryExpression, outcome: boolean, depth: number): Atom[] {
  const isEqual = node.operator === "===" || node.operator === "==";
  const isUnequal = node.operator === "!==" || node.operator === "!=";
  if (!isEqual && !isUnequal && !["<", "<=", ">", ">="].includes(node.operator)) return [];
  const side = (here: TSESTree.Node, there: TSESTree.Node, more: boolean): Atom[] => {
    const value = literalIn(there);
    if (isEqual || isUnequal) {
      const equal = isEqual === outcome;
      const isNothing = value !== undefined && !value.value;
      // Equal to a bound that is no literal: it is full.
      return atomsOf(names, here, isNothing ? !equal : equal, depth + 1).map((atom) =>
        value && !isNothing ? { ...atom, compared: { value: value.value, equal } } : atom,
      );
    }
    return terms(here).flatMap((term) => atomsOf(names, term, more === outcome, depth + 1));
  };
  const more = node.operator === ">" || node.operator === ">=";
  return [...side(node.left, node.right, more), ...side(node.right, node.left, !more)];
}

/** `a + b`: each of them. */
function terms(node: TSESTree.Node): TSESTree.Node[] {
  const expression = unwrap(node);
  if (expression.type !== T.BinaryExpression || expression.operator !== "+") return [expression];
  return [...terms(expression.left), ...terms(expression.right)];
}

export function literalIn(node: TSESTree.Node): { readonly value: unknown } | undefined {
  const expression = unwrap(node);
  if (expression.type === T.Literal) return { value: expression.value };
  if (expression.type === T.Identifier && expression.name === "undefined") return { value: undefined };
  return undefined;
}

/** What a variable of the same function was given, if that is no other name: `const empty = items.length === 0`. */
function localValue(names: Names, node: TSESTree.Identifier): TSESTree.Node | undefined {
  const variable = names.variable(node);
  const [definition] = variable?.defs ?? [];
  const declarator = definition?.node as TSESTree.Node | undefined;
  if (declarator?.type !== T.VariableDeclarator || declarator.id.type !== T.Identifier || !declarator.init)
    return undefined;
  if (enclosingFunction(declarator) !== enclosingFunction(node)) return undefined;
  const value = unwrap(declarator.init);
  const isValue =
    value.type === T.BinaryExpression || value.type === T.UnaryExpression || value.type === T.LogicalExpression;
  return isValue ||
    (value.type === T.CallExpression && atomsOf(names, value, true, 1).length > 0) ||
    value.type === T.MemberExpression
    ? value
    : undefined;
}

/** The result of a function that does nothing else. */
function resultOf({ body }: { readonly body: TSESTree.Node }): TSESTree.Node | undefined {
  if (body.type !== T.BlockStatement) return body;
  const [only, ...others] = body.body;
  return others.length === 0 && only?.type === T.ReturnStatement ? (only.argument ?? undefined) : undefined;
}

/** Whether a piece of code speaks of a piece of state; conditions of this file that have a name are looked into. */
export function mentions(names: Names, node: TSESTree.Node, key: string): boolean {
  const isState = (one: TSESTree.Node): one is TSESTree.Node =>
    (one.type === T.Identifier || one.type === T.MemberExpression) && stateKey(names, one) === key;
  if (findAll(node, isState).length > 0 || atomsOf(names, node, true).some((atom) => atom.key === key)) return true;
  const isAtomic = (one: TSESTree.Node): one is TSESTree.CallExpression => {
    const atomic = atomicOf(names, one);
    return atomic !== undefined && elementKey(names, atomic.array, atomic.index) === key;
  };
  return findAll(node, isAtomic).length > 0;
}

/** Whether others may see and change it while this call of the function waits. */
export function isShared(names: Names, node: TSESTree.Node, depth = 0): boolean {
  let root = unwrap(node);
  let isPart = false;
  while (root.type === T.MemberExpression) {
    root = unwrap(root.object);
    isPart = true;
  }
  if (root.type === T.ThisExpression) return true;
  const variable = names.variable(root);
  if (!variable || variable.defs.length === 0 || depth > MAX_DEPTH) return false;
  const [definition] = variable.defs;
  const declared = definition?.node as TSESTree.Node | undefined;
  const owner = enclosingFunction(node);
  if (isFunction(declared))
    return declared !== owner || isPart || depth > 0 || definition?.type === ("Parameter" as never);
  if (!declared || enclosingFunction(declared) !== owner) return true;
  const start = names.initial(variable);
  const value = start && unwrap(start.value);
  if (!value) return false;
  if (value.type === T.MemberExpression || value.type === T.Identifier || value.type === T.ThisExpression) {
    return value.type === T.ThisExpression || isShared(names, value, depth + 1);
  }
  return value.type === T.CallExpression && owner?.type !== T.Program;
}
