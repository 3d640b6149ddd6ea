import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Names } from "../source/names.ts";
import { isFunction, literalText, memberName, unwrap } from "../source/syntax.ts";
import { memberFunctionOf } from "../uses/callee.ts";
import { resultsOf } from "../uses/functions.ts";
import { isClock } from "./clock.ts";
import type { Guard } from "./exits.ts";
import { isStepped, writesIn } from "./writes.ts";

/**
 * What a condition needs of a piece of state:
 * - `value`: that it is equal to a constant, by the text or the name of that;
 * - `other`: that it is not;
 * - `truth`: that it is something, many, true; or nothing;
 */
export interface Need {
  readonly kind: "other" | "truth" | "value";
  readonly state: TSESTree.Node;
  readonly value: string;
  /** Where that stands. */
  readonly constant?: TSESTree.Node | undefined;
  readonly outcome: boolean;
}

/** One way for a condition to come true: all that is known to be needed for it. Empty where nothing is. */
export type Way = readonly Need[];

const UNKNOWN: readonly Way[] = [[]];

// Functions and variables that stand for conditions.
const MAX_DEPTH = 5;
const MAX_WAYS = 32;

/** `==`, `===`, `!=` and `!==`. */
export const EQUALITY = /[=!]=/u;

const COMPLETE: ReadonlySet<string | undefined> = new Set(["every", "includes", "has", "some"]);

/** All ways for a guard to give way, in the turn of a poll. */
export function waysOf(names: Names, guard: Guard, turn: TSESTree.Node): readonly Way[] {
  if ("test" in guard) return ways(names, guard.test, guard.outcome, turn, 0);
  if (!guard.values) return UNKNOWN;
  return guard.values.flatMap((value) => equal(names, guard.subject, value, true, turn, 0));
}

function ways(names: Names, test: TSESTree.Node, outcome: boolean, turn: TSESTree.Node, depth: number): readonly Way[] {
  const expression = unwrap(test);
  if (depth > MAX_DEPTH) return UNKNOWN;
  const inner = (node: TSESTree.Node, value = outcome): readonly Way[] => ways(names, node, value, turn, depth + 1);
  switch (expression.type) {
    case T.UnaryExpression:
      return expression.operator === "!" ? inner(expression.argument, !outcome) : UNKNOWN;
    case T.AwaitExpression:
      return inner(expression.argument);
    case T.AssignmentExpression:
      return expression.operator === "=" ? inner(expression.right) : UNKNOWN;
    case T.LogicalExpression: {
      if (expression.operator === "??") return inner(expression.left);
      const both = (expression.operator === "&&") === outcome;
      const left = inner(expression.left);
      const right = inner(expression.right);
      if (!both) return [...left, ...right];
      // What counts as well, or looks at the time, is no mere question.
      if ([...left, ...right].some((way) => way.length === 0)) return UNKNOWN;
      const all = left.flatMap((one) => right.map((other) => [...one, ...other]));
      return all.length > MAX_WAYS ? UNKNOWN : all;
    }
    case T.BinaryExpression:
      return compared(names, expression, outcome, turn, depth);
    case T.Identifier: {
      if (isStepped(names, expression, turn)) return UNKNOWN;
      const value = conditionIn(names, expression, turn);
      return value ? inner(value) : truth(expression, outcome);
    }
    case T.MemberExpression: {
      if (isStepped(names, expression, turn)) return UNKNOWN;
      const getter = memberFunctionOf(names, expression);
      const [result, ...others] = getter ? resultsOf(getter) : [];
      if (result && others.length === 0) return inner(result);
      const value = conditionIn(names, expression, turn);
      return value ? inner(value) : truth(expression, outcome);
    }
    case T.CallExpression:
      return called(names, expression, outcome, turn, depth);
    default:
      return UNKNOWN;
  }
}

/** That something is, or is not. */
function truth(state: TSESTree.Node, outcome: boolean): readonly Way[] {
  return [[{ kind: "truth", state, value: "", outcome }]];
}

/** What a variable or field says of something else: `const done = status === "done"`. */
function conditionIn(
  names: Names,
  node: TSESTree.Identifier | TSESTree.MemberExpression,
  turn: TSESTree.Node,
): TSESTree.Node | undefined {
  const written = writesIn(names, node, turn);
  const value = written.length === 1 ? written[0] : names.held(node);
  const expression = value && unwrap(value);
  const isCondition =
    expression?.type === T.BinaryExpression ||
    expression?.type === T.UnaryExpression ||
    expression?.type === T.LogicalExpression;
  if (isCondition) return expression;
  const call = expression?.type === T.AwaitExpression ? unwrap(expression.argument) : expression;
  if (call?.type !== T.CallExpression) return undefined;
  const callee = unwrap(call.callee);
  const isQuestion = COMPLETE.has(memberName(callee));
  return isQuestion || memberFunctionOf(names, callee) ? call : undefined;
}

function compared(
  names: Names,
  node: TSESTree.BinaryExpression,
  outcome: boolean,
  turn: TSESTree.Node,
  depth: number,
): readonly Way[] {
  const { left, right, operator } = node;
  if (EQUALITY.test(operator)) {
    const same = operator.startsWith("=") === outcome;
    return constantOf(names, right) === undefined && constantOf(names, left) !== undefined
      ? equal(names, right, left, same, turn, depth)
      : equal(names, left, right, same, turn, depth);
  }
  if (operator === "in") return truth(right, outcome);
  if (!/^[<>]=?$/u.test(operator)) return UNKNOWN;
  const sides = [left, right].map(unwrap);
  if (sides.some((side) => moves(names, side, turn))) return UNKNOWN;
  const state = sides.find((side) => constantOf(names, side) === undefined);
  // What is not less any more is there: `while (count < expected)`.
  const isLess = operator.startsWith("<") === (state === sides[0]);
  return state ? truth(state, isLess ? !outcome : outcome) : UNKNOWN;
}

/** Whether a number changes by itself, or by the turns. */
function moves(names: Names, node: TSESTree.Node, turn: TSESTree.Node): boolean {
  const expression = unwrap(node);
  if (expression.type === T.UpdateExpression) return true;
  if (expression.type === T.BinaryExpression) {
    return moves(names, expression.left, turn) || moves(names, expression.right, turn);
  }
  return isClock(names, expression) || isStepped(names, expression, turn);
}

function equal(
  names: Names,
  state: TSESTree.Node,
  constant: TSESTree.Node,
  same: boolean,
  turn: TSESTree.Node,
  depth: number,
): readonly Way[] {
  const nothing = nothingIn(constant);
  if (nothing !== undefined) return ways(names, state, nothing === same, turn, depth + 1);
  const value = constantOf(names, constant);
  if (value === undefined || moves(names, state, turn)) return UNKNOWN;
  return [[{ kind: same ? "value" : "other", state: unawaited(state), value, constant, outcome: same }]];
}

function unawaited(node: TSESTree.Node): TSESTree.Node {
  const expression = unwrap(node);
  if (expression.type === T.AwaitExpression) return unwrap(expression.argument);
  return expression.type === T.AssignmentExpression ? unwrap(expression.left) : expression;
}

/** What equality with a constant says of truth: `true` for `true`, `false` for `null`, `0` and so on. */
function nothingIn(node: TSESTree.Node): boolean | undefined {
  const expression = unwrap(node);
  if (expression.type === T.Identifier && expression.name === "undefined") return false;
  if (expression.type !== T.Literal) return undefined;
  if (expression.value === true) return true;
  return expression.value ? undefined : false;
}

/** The text of a string or number, the name of a constant: `"done"`, `State.Done`, `DONE`. */
export function constantOf(names: Names, node: TSESTree.Node): string | undefined {
  const expression = unwrap(node);
  if (expression.type === T.Literal) return String(expression.value);
  if (expression.type === T.TemplateLiteral) return literalText(expression);
  if (expression.type === T.MemberExpression) {
    return isConstants(names, expression.object) ? memberName(expression) : undefined;
  }
  const variable = names.variable(expression);
  if (!variable) return undefined;
  const held = names.held(expression);
  if (held?.type === T.Literal) return constantOf(names, held);
  const isImport = names.origin(expression) !== undefined;
  return isImport && /^[A-Z][A-Z\d_]+$/u.test(variable.name) ? variable.name : undefined;
}

/** An enumeration: declared as one, an object of constants, an import or a global with a capital letter. */
function isConstants(names: Names, node: TSESTree.Node): boolean {
  const expression = unwrap(node);
  if (expression.type === T.MemberExpression) return isConstants(names, expression.object);
  if (expression.type !== T.Identifier) return false;
  const variable = names.variable(expression);
  const declared = variable?.defs[0]?.node as TSESTree.Node | undefined;
  if (declared?.type === T.TSEnumDeclaration) return true;
  const value = names.held(expression);
  if (value?.type === T.ObjectExpression) return /^[A-Z]/u.test(expression.name);
  if (value?.type === T.CallExpression && names.origin(value.callee)?.path.join(".") === "Object.freeze") return true;
  return names.origin(expression) !== undefined && /^[A-Z]/u.test(expression.name);
}

function called(
  names: Names,
  call: TSESTree.CallExpression,
  outcome: boolean,
  turn: TSESTree.Node,
  depth: number,
): readonly Way[] {
  const [first] = call.arguments;
  const callee = unwrap(call.callee);
  const itself = truth(call, outcome);
  if (names.origin(callee)?.path.join(".") === "Boolean" && first) return ways(names, first, outcome, turn, depth + 1);
  const body = memberFunctionOf(names, callee);
  if (body) {
    const results = resultsOf(body);
    const [result] = results;
    return result && results.length === 1 && !body.generator ? ways(names, result, outcome, turn, depth + 1) : itself;
  }
  const name = memberName(callee);
  if (callee.type !== T.MemberExpression || !first) return itself;
  if (name === "includes" || name === "has") {
    const values = listed(names, callee.object);
    if (!values) return itself;
    const kind = outcome ? "value" : "other";
    const ways = values.map((value): Way => [{ kind, state: unawaited(first), value, outcome }]);
    return outcome ? ways : [ways.flat()];
  }
  const callback = unwrap(first);
  if ((name === "every" || name === "some") && isFunction(callback) && (name === "every") === outcome) {
    const results = resultsOf(callback);
    const [result] = results;
    if (result && results.length === 1) return ways(names, result, outcome, turn, depth + 1);
  }
  return itself;
}

/** The constants of a list or set that is written out. */
function listed(names: Names, node: TSESTree.Node): string[] | undefined {
  const expression = unwrap(node);
  const held = names.held(expression);
  if (held) return listed(names, held);
  if (expression.type === T.NewExpression && expression.arguments[0]) return listed(names, expression.arguments[0]);
  if (expression.type !== T.ArrayExpression) return undefined;
  const values = expression.elements.map((one) => (one ? constantOf(names, one) : undefined));
  return values.every((one) => one !== undefined) ? values : undefined;
}
