import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { ownField } from "../source/field.ts";
import type { Names } from "../source/names.ts";
import { unwrap } from "../source/syntax.ts";
import { functionOf, resultsOf } from "../uses/functions.ts";

const FETCHES: Readonly<Record<string, readonly string[]>> = {
  global: ["fetch"],
  undici: ["fetch", "request"],
  "node-fetch": ["default", "fetch", "*"],
  "node-fetch-native": ["default", "fetch", "*"],
  "cross-fetch": ["default", "fetch", "*"],
  "isomorphic-fetch": ["default", "*"],
  "minipass-fetch": ["default", "*"],
};

// What is called may be a function that calls another one, and so on.
const MAX_DEPTH = 4;

/**
 * Whether an expression is a `fetch`: the global one or that of a library, one that may be replaced
 * (`options.fetch ?? fetch`), or a function of this file that gives what a `fetch` gave.
 */
export function isFetch(names: Names, node: TSESTree.Node, depth = 0): boolean {
  const expression = unwrap(node);
  const origin = names.origin(expression);
  if (origin && (FETCHES[origin.module] ?? []).includes(origin.path.at(-1) ?? "")) return true;
  if (depth > MAX_DEPTH) return false;
  const isOne = (other: TSESTree.Node): boolean => isFetch(names, other, depth + 1);
  const body = functionOf(names, expression);
  if (body) return resultsOf(body).some((result) => isFetchCall(names, result, depth + 1));
  switch (expression.type) {
    case T.LogicalExpression:
      return isOne(expression.left) || isOne(expression.right);
    case T.ConditionalExpression:
      return isOne(expression.consequent) || isOne(expression.alternate);
    case T.CallExpression:
      // `fetch.bind(globalThis)`
      return names.origin(expression.callee)?.path.join(".") === "fetch.bind";
    case T.MemberExpression: {
      const field = ownField(expression);
      return field !== undefined && (isTypeOfFetch(field.annotation) || field.values.some(isOne));
    }
    case T.Identifier: {
      const variable = names.variable(expression);
      return variable !== undefined && holdsFetch(names, variable, isOne);
    }
    default:
      return false;
  }
}

function holdsFetch(names: Names, variable: Scope.Variable, isOne: (node: TSESTree.Node) => boolean): boolean {
  const start = names.initial(variable);
  if (start?.path.length === 0 && isOne(start.value)) return true;
  const name = variable.defs[0]?.name as TSESTree.Node | undefined;
  if (name?.type === T.Identifier && isTypeOfFetch(name.typeAnnotation?.typeAnnotation)) return true;
  const parent = name?.parent;
  return parent?.type === T.AssignmentPattern && parent.left === name && isOne(parent.right);
}

/** `typeof fetch`, `typeof globalThis.fetch` */
function isTypeOfFetch(annotation: TSESTree.TypeNode | undefined): boolean {
  if (annotation?.type !== T.TSTypeQuery) return false;
  const { exprName } = annotation;
  const last = exprName.type === T.TSQualifiedName ? exprName.right : exprName;
  return last.type === T.Identifier && last.name === "fetch";
}

/** Whether an expression is the response of a `fetch`, or the promise of it. */
export function isFetchCall(names: Names, node: TSESTree.Node, depth = 0): boolean {
  const expression = unwrap(node);
  if (expression.type === T.AwaitExpression) return isFetchCall(names, expression.argument, depth);
  if (expression.type === T.Identifier) {
    const held = names.held(expression);
    return held !== undefined && depth <= MAX_DEPTH && isFetchCall(names, held, depth + 1);
  }
  return expression.type === T.CallExpression && isFetch(names, expression.callee, depth);
}
