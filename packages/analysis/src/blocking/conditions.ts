import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import type { Names } from "../source/names.ts";
import { stateKey } from "../source/occurrences.ts";
import { contains, isFunction, loopAround, memberName, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { memberFunctionOf } from "../uses/callee.ts";
import { callsOf, resultsOf } from "../uses/functions.ts";
import { atomicOf, numberIn } from "../wakes/atomics.ts";
import { REMOVALS } from "../wakes/state.ts";
import { apiName, isClock } from "./apis.ts";
import type { Level } from "./changes.ts";

/** A piece of state that a condition reads. */
export interface State {
  readonly key: string;
  readonly node: TSESTree.Node;
  /** What it must become for the condition to have its outcome. */
  readonly level: Level | undefined;
  /** It is read what is in it, not what it is. */
  readonly isContainer: boolean;
  /** The element of an array that it is, of which other threads may have the memory as well. */
  readonly element?: { readonly array: TSESTree.Node; readonly index: number | undefined } | undefined;
}

/** A condition as far as it is known: pieces of state, the time, or something that we do not know. */
export type Condition =
  | { readonly kind: "all" | "any"; readonly parts: readonly Condition[] }
  | { readonly kind: "clock" | "unknown" }
  | { readonly kind: "state"; readonly states: readonly State[] };

const UNKNOWN: Condition = { kind: "unknown" };
const CLOCK: Condition = { kind: "clock" };

// Functions and constants that stand for conditions.
const MAX_DEPTH = 6;

const LOOKUPS: ReadonlySet<string | undefined> = new Set(["at", "get", "has", "includes", "indexOf", "peek"]);
const SEARCHES: ReadonlySet<string | undefined> = new Set(["every", "find", "some"]);
const CONVERSIONS = /^(?:Boolean|Number|String|Math\.\w+|Number\.\w+|Array\.isArray|Object\.(?:keys|values|entries))$/u;

/** What must be so for an expression to be true, or false. */
export function conditionOf(resources: Resources, test: TSESTree.Node, outcome: boolean, depth = 0): Condition {
  const { names } = resources;
  const expression = unwrap(test);
  if (depth > MAX_DEPTH) return UNKNOWN;
  const inner = (node: TSESTree.Node, value = outcome): Condition => conditionOf(resources, node, value, depth + 1);
  const level: Level = outcome ? "high" : "low";
  switch (expression.type) {
    case T.UnaryExpression:
      return expression.operator === "!" ? inner(expression.argument, !outcome) : UNKNOWN;
    case T.LogicalExpression: {
      if (expression.operator === "??") return UNKNOWN;
      const isAll = (expression.operator === "&&") === outcome;
      return { kind: isAll ? "all" : "any", parts: [inner(expression.left), inner(expression.right)] };
    }
    case T.BinaryExpression:
      return compared(resources, expression, outcome, depth);
    case T.AwaitExpression:
      return inner(expression.argument);
    case T.AssignmentExpression:
      // `while (!(item = queue.shift()))`.
      return expression.operator === "=" ? inner(expression.right) : UNKNOWN;
    case T.NewExpression:
      return isClock(names, expression) ? CLOCK : UNKNOWN;
    case T.CallExpression:
      return called(resources, expression, outcome, depth);
    case T.Literal:
      return { kind: "state", states: [] };
    case T.MemberExpression: {
      const name = memberName(expression);
      if (name === "length" || name === "size") return stateOf(names, expression.object, level, true);
      if (isViewed(names, expression)) return elementOf(names, expression.object, expression.property);
      return accessed(resources, expression, outcome, depth) ?? stateOf(names, expression, level);
    }
    case T.Identifier: {
      const variable = names.variable(expression);
      const start = variable && names.initial(variable);
      if (!start || isContainer(start.value)) return stateOf(names, expression, level);
      if (start.path.length > 0) return UNKNOWN;
      return inner(start.value);
    }
    default:
      return UNKNOWN;
  }
}

function isContainer(node: TSESTree.Node): boolean {
  return [T.ArrayExpression, T.ObjectExpression, T.NewExpression].includes(unwrap(node).type);
}

function stateOf(names: Names, node: TSESTree.Node, level: Level | undefined, isContainer = false): Condition {
  const key = stateKey(names, node);
  return key === undefined ? UNKNOWN : { kind: "state", states: [{ key, node: unwrap(node), level, isContainer }] };
}

/** `get ready() { return this.#ready; }`: what it gives; undefined for a member that is no function. */
function accessed(
  resources: Resources,
  member: TSESTree.MemberExpression,
  outcome: boolean,
  depth: number,
): Condition | undefined {
  const body = memberFunctionOf(resources.names, member);
  if (!body) return undefined;
  const { parent } = body;
  const isGetter = "kind" in parent && parent.kind === "get";
  const [result, ...others] = resultsOf(body);
  return isGetter && result && others.length === 0 ? conditionOf(resources, result, outcome, depth + 1) : UNKNOWN;
}

/** `view[0]`, unless what it is taken from is written out as a list or an object. */
function isViewed(names: Names, { object, computed }: TSESTree.MemberExpression): boolean {
  const array = unwrap(object);
  const made = names.held(array);
  return computed && made?.type !== T.ArrayExpression && made?.type !== T.ObjectExpression;
}

function elementOf(names: Names, array: TSESTree.Node, index: TSESTree.Node): Condition {
  const element = { array, index: numberIn(names, index) };
  return { kind: "state", states: [{ key: "", node: unwrap(array), level: undefined, isContainer: false, element }] };
}

const LESS: ReadonlySet<string> = new Set(["<", "<="]);

function compared(resources: Resources, node: TSESTree.BinaryExpression, outcome: boolean, depth: number): Condition {
  const isEqual = /^={2,3}$/u.test(node.operator);
  if (isEqual || /^!={1,2}$/u.test(node.operator)) {
    const isSame = isEqual === outcome;
    const value = nothingOr(node.right) ?? nothingOr(node.left);
    const other = nothingOr(node.right) ? node.left : node.right;
    if (value?.isNothing) return levelled(read(resources, other, depth), isSame ? "low" : "high");
    return levelled(joined([read(resources, node.left, depth), read(resources, node.right, depth)]), undefined);
  }
  if (!/^[<>]=?$/u.test(node.operator)) return UNKNOWN;
  const isLess = LESS.has(node.operator) === outcome;
  return joined([
    levelled(read(resources, node.left, depth), isLess ? "low" : "high"),
    levelled(read(resources, node.right, depth), isLess ? "high" : "low"),
  ]);
}

/** Whether something stands for nothing: `null`, `0`, `""`, `undefined`, `false`. */
function nothingOr(node: TSESTree.Node): { readonly isNothing: boolean } | undefined {
  const expression = unwrap(node);
  if (expression.type === T.Literal) return { isNothing: !expression.value };
  if (expression.type === T.Identifier && expression.name === "undefined") return { isNothing: true };
  return undefined;
}

/** What an operand reads. */
function read(resources: Resources, node: TSESTree.Node, depth: number): Condition {
  const expression = unwrap(node);
  const inner = (one: TSESTree.Node): Condition => read(resources, one, depth + 1);
  switch (expression.type) {
    case T.Literal:
      return { kind: "state", states: [] };
    case T.BinaryExpression:
      return joined([inner(expression.left), inner(expression.right)]);
    case T.UnaryExpression:
      return inner(expression.argument);
    case T.TemplateLiteral:
      return joined(expression.expressions.map(inner));
    case T.Identifier: {
      const held = resources.names.held(expression);
      const isConstant = held !== undefined && !isContainer(held) && depth <= MAX_DEPTH;
      return isConstant ? inner(held) : conditionOf(resources, expression, true, depth + 1);
    }
    default:
      return conditionOf(resources, expression, true, depth + 1);
  }
}

/** Of operands that are compared with each other: one that we do not know makes all of it unknown, the time moves it. */
function joined(parts: readonly Condition[]): Condition {
  if (parts.some(({ kind }) => kind === "unknown")) return UNKNOWN;
  if (parts.some(({ kind }) => kind === "clock")) return CLOCK;
  return { kind: "state", states: parts.flatMap(statesIn) };
}

function statesIn(condition: Condition): readonly State[] {
  if (condition.kind === "state") return condition.states;
  return "parts" in condition ? condition.parts.flatMap(statesIn) : [];
}

function levelled(condition: Condition, level: Level | undefined): Condition {
  if (condition.kind === "any" || condition.kind === "all") return levelled(joined(condition.parts), undefined);
  if (condition.kind !== "state") return condition;
  return { kind: "state", states: condition.states.map((state) => ({ ...state, level })) };
}

function called(resources: Resources, call: TSESTree.CallExpression, outcome: boolean, depth: number): Condition {
  const { names } = resources;
  if (isClock(names, call)) return CLOCK;
  const atomic = atomicOf(names, call);
  if (atomic) return atomic.operation === "load" ? elementOf(names, atomic.array, atomic.index) : UNKNOWN;
  const name = apiName(names, call.callee);
  if (CONVERSIONS.test(name)) {
    return joined(
      call.arguments.map((one) =>
        levelled(read(resources, one, depth + 1), name === "Boolean" ? (outcome ? "high" : "low") : undefined),
      ),
    );
  }
  const callee = unwrap(call.callee);
  const body = memberFunctionOf(names, callee) ?? argumentFor(resources, callee);
  if (body) {
    if (body.generator) return UNKNOWN;
    const results = resultsOf(body);
    const [result] = results;
    return result && results.length === 1 ? conditionOf(resources, result, outcome, depth + 1) : UNKNOWN;
  }
  if (callee.type !== T.MemberExpression) return UNKNOWN;
  const method = memberName(callee);
  const isSearch = SEARCHES.has(method);
  if (!isSearch && !LOOKUPS.has(method) && !REMOVALS.has(method)) return UNKNOWN;
  const level = isSearch || method === "indexOf" ? undefined : outcome ? "high" : "low";
  // What is looked for may change as well as what it is looked for in.
  const asked = call.arguments.flatMap((one) => askedFor(resources, one, depth));
  return joined([stateOf(names, callee.object, level, true), ...asked]);
}

/** What a look-up is asked for, and what a search looks at: constants stay what they are, unless a loop makes them. */
function askedFor(resources: Resources, argument: TSESTree.Node, depth: number): Condition[] {
  const { names } = resources;
  const ofVariable = (name: TSESTree.Node): Condition | undefined => {
    const variable = names.variable(name);
    if (!variable) return undefined;
    const declared = variable.defs[0]?.node as TSESTree.Node | undefined;
    if (declared && contains(argument, declared)) return { kind: "state", states: [] };
    return declared && !isFunction(declared) && loopAround(declared) ? UNKNOWN : stateOf(names, name, undefined);
  };
  const expression = unwrap(argument);
  if (!isFunction(expression)) return [ofVariable(expression) ?? read(resources, expression, depth + 1)];
  const isName = (node: TSESTree.Node): node is TSESTree.Identifier => node.type === T.Identifier;
  return findAll(expression, isName).flatMap((name) => ofVariable(name) ?? []);
}

/** The function that a parameter is, where the function around has one caller. */
function argumentFor({ names }: Resources, callee: TSESTree.Node): ReturnType<typeof memberFunctionOf> {
  const variable = names.variable(callee);
  const declared = variable?.defs[0]?.node as TSESTree.Node | undefined;
  if (!isFunction(declared)) return undefined;
  const index = declared.params.findIndex((one) => names.variable(one) === variable);
  const [argument, ...others] = callsOf(names, declared)?.map((one) => one.arguments[index]) ?? [];
  return argument && others.length === 0 ? memberFunctionOf(names, argument) : undefined;
}
