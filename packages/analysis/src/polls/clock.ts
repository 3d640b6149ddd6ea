import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { GLOBAL } from "../source/origin.ts";
import type { Names } from "../source/names.ts";
import { unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";

const CLOCKS = /^(?:Date(?:\.now)?|performance\.now|process\.(?:hrtime(?:\.bigint)?|uptime)|Bun\.nanoseconds)$/u;

/** Whether an expression is, or is computed from, the time that passes. */
export function isClock(names: Names, node: TSESTree.Node, depth = 0): boolean {
  const expression = unwrap(node);
  if (expression.type === T.Identifier) {
    const variable = names.variable(expression);
    const start = variable && names.initial(variable);
    return start !== undefined && depth < 3 && readsClock(names, start.value, depth + 1);
  }
  if (expression.type !== T.CallExpression && expression.type !== T.NewExpression) return false;
  const origin = names.origin(expression.callee);
  if (!origin || (origin.module !== GLOBAL && !/^(?:perf_hooks|process)$/u.test(origin.module))) return false;
  const path = origin.module === "process" ? ["process", ...origin.path] : origin.path;
  return CLOCKS.test(path.filter((part) => part !== "default").join("."));
}

/** Whether code looks at the time anywhere. */
export function readsClock(names: Names, node: TSESTree.Node, depth = 0): boolean {
  const isOne = (one: TSESTree.Node): one is TSESTree.Node => isClock(names, one, depth);
  return findAll(node, isOne).length > 0;
}
