import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { GLOBAL } from "../source/origin.ts";
import type { Names } from "../source/names.ts";
import { unwrap } from "../source/syntax.ts";

/** A call of `Atomics`: which operation, of which element. */
export interface AtomicCall {
  readonly node: TSESTree.CallExpression;
  readonly operation: string;
  readonly array: TSESTree.Node;
  readonly index: TSESTree.Node;
  readonly values: readonly TSESTree.Node[];
}

export function atomicOf(names: Names, node: TSESTree.Node): AtomicCall | undefined {
  if (node.type !== T.CallExpression) return undefined;
  const origin = names.origin(node.callee);
  const [array, index, ...values] = node.arguments;
  const operation = origin?.path[1];
  if (origin?.module !== GLOBAL || origin.path[0] !== "Atomics" || operation === undefined || !array || !index) {
    return undefined;
  }
  return { node, operation, array, index, values };
}

/** The same text for the same element; undefined where the array has no name. */
export function elementKey(names: Names, array: TSESTree.Node, index: TSESTree.Node): string | undefined {
  const base = names.key(array);
  const number = numberIn(names, index);
  const place = number ?? names.key(index);
  return base === undefined || place === undefined ? undefined : `${base}[${String(place)}]`;
}

/** A number that stands there, or that a constant holds. */
export function numberIn(names: Names, node: TSESTree.Node | undefined): number | undefined {
  const expression = node && unwrap(node);
  if (expression?.type === T.Literal) {
    const { value } = expression;
    return typeof value === "number" || typeof value === "bigint" ? Number(value) : undefined;
  }
  if (expression?.type === T.UnaryExpression && expression.operator === "-") {
    const positive = numberIn(names, expression.argument);
    return positive === undefined ? undefined : -positive;
  }
  const held = expression && names.held(expression);
  return held?.type === T.Literal ? numberIn(names, held) : undefined;
}
