import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Names } from "../source/names.ts";
import { isCall, isFunction } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { rootOf } from "./chain.ts";
import { functionOf, resultsOf } from "./functions.ts";

// A function that sleeps may call another one for it.
const MAX_DEPTH = 3;

/** Whether a promise settles by a timer: `sleep(ms)`, or one that `setTimeout` resolves, or rejects. */
export function sleeps(
  names: Names,
  node: TSESTree.Node,
  how: "rejects" | "resolves" = "resolves",
  depth = 0,
): boolean {
  const expression = rootOf(node);
  if (expression.type === T.CallExpression) {
    const origin = names.origin(expression.callee);
    if (origin?.module === "timers/promises" || origin?.path.join(".") === "promises.setTimeout") {
      return how === "resolves";
    }
    const body = functionOf(names, expression.callee);
    const [result, other] = body ? resultsOf(body) : [];
    return result !== undefined && !other && depth < MAX_DEPTH && sleeps(names, result, how, depth + 1);
  }
  if (expression.type !== T.NewExpression) return false;
  const [executor] = expression.arguments;
  const settle = isFunction(executor) ? executor.params[how === "resolves" ? 0 : 1] : undefined;
  if (!executor || settle?.type !== T.Identifier) return false;
  const key = names.key(settle);
  return findAll(executor, isCall).some((call) => {
    const [callback] = call.arguments;
    if (!callback || !isTimer(names, call)) return false;
    if (names.key(callback) === key) return true;
    return isFunction(callback) && findAll(callback, isCall).some(({ callee }) => names.key(callee) === key);
  });
}

export function isTimer(names: Names, call: TSESTree.CallExpression): boolean {
  return names.origin(call.callee)?.path.at(-1) === "setTimeout";
}
