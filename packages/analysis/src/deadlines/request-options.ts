import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { standsFor } from "../source/names.ts";
import type { Names } from "../source/names.ts";
import { isCall, memberName, meaningfulParent, propertyValue, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";

/** What a request was told about its end. */
export interface RequestOptions {
  readonly signal: TSESTree.Node | undefined;
  /** Whether it has no body to wait for, or a limit of its own for it. */
  readonly bounded: boolean;
}

const LIMITS = ["timeout", "bodyTimeout"] as const;

/** The options in an argument of a request: an object, a `Request`, a copy of an object. */
export function requestOptions(names: Names, argument: TSESTree.Node, depth = 0): RequestOptions | undefined {
  const expression = unwrap(argument);
  switch (expression.type) {
    case T.ObjectExpression: {
      const signal = propertyValue(expression, "signal");
      const bounded = isHead(expression) || LIMITS.some((name) => propertyValue(expression, name) !== undefined);
      return { signal, bounded };
    }
    case T.NewExpression:
    case T.CallExpression:
      // `new Request(url, { signal })`, `Object.assign({}, options, { signal })`
      return depth > 2 || !isCopy(names, expression)
        ? undefined
        : expression.arguments.map((inner) => requestOptions(names, inner, depth + 1)).find((found) => found?.signal);
    case T.Identifier: {
      const variable = names.variable(expression);
      const start = variable && names.initial(variable);
      const found = start?.path.length === 0 && depth <= 2 ? requestOptions(names, start.value, depth + 1) : undefined;
      return found?.signal ? found : ((variable && assignedSignal(variable, start?.value)) ?? found);
    }
    default:
      return undefined;
  }
}

function isCopy(names: Names, node: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const origin = names.origin(node.callee)?.path.join(".");
  return origin === "Request" || origin === "Object.assign";
}

/** `options.signal = …` */
function assignedSignal(variable: Scope.Variable, start: TSESTree.Node | undefined): RequestOptions | undefined {
  for (const { identifier } of variable.references) {
    const member = meaningfulParent(identifier);
    if (member?.type !== T.MemberExpression || memberName(member) !== "signal") continue;
    const assignment = meaningfulParent(member);
    if (assignment?.type !== T.AssignmentExpression || unwrap(assignment.left) !== member) continue;
    const object = start && unwrap(start);
    return { signal: assignment.right, bounded: object?.type === T.ObjectExpression && isHead(object) };
  }
  return undefined;
}

function isHead(object: TSESTree.ObjectExpression): boolean {
  const method = propertyValue(object, "method");
  return method?.type === T.Literal && /^head$/iu.test(String(method.value));
}

/** Whether a signal is the one, or one of several of which none is a deadline by itself. */
export function isSignal(names: Names, node: TSESTree.Node, signal: string): boolean {
  const expression = standsFor(names, node);
  if (names.key(expression) === signal) return true;
  if (expression.type === T.ConditionalExpression) {
    return isSignal(names, expression.consequent, signal) || isSignal(names, expression.alternate, signal);
  }
  if (expression.type !== T.CallExpression) return false;
  if (names.origin(expression.callee)?.path.join(".") !== "AbortSignal.any") return false;
  const [list] = expression.arguments;
  const signals = list && standsFor(names, list);
  if (signals?.type !== T.ArrayExpression) return false;
  const parts = signals.elements.filter((element) => element !== null).map((element) => standsFor(names, element));
  const isDeadline = (part: TSESTree.Node): boolean => findAll(part, isCall).length > 0;
  return parts.some((part) => names.key(part) === signal) && !parts.some(isDeadline);
}
