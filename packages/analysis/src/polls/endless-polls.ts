import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import type { Names } from "../source/names.ts";
import { contains, isCall, isFunction, memberName, rootObject, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { waysOf } from "./ends.ts";
import { isInHandler } from "./exits.ts";
import type { Exit } from "./exits.ts";
import type { Need } from "./ends.ts";
import { failureOf, isFailed } from "./failures.ts";
import type { Failure } from "./failures.ts";
import { endsOtherwise } from "./other-ends.ts";
import { findPolls } from "./poll.ts";
import type { Poll } from "./poll.ts";
import { siblingFailure } from "./siblings.ts";
import { hasWork } from "./work.ts";
import { wakeUpOf } from "./wake-ups.ts";
import type { WakeUp } from "./wake-ups.ts";

/** A poll that ends only when it sees success. */
export interface EndlessPoll {
  /** The loop, or the call that has the function called again. */
  readonly node: TSESTree.Node;
  /** What it looks at, and what that must be; undefined where it tries until no error is thrown. */
  readonly need: Need | undefined;
  readonly cause:
    | { readonly kind: "failure"; readonly failure: Failure }
    /** Where errors are caught that would have ended it. */
    | { readonly kind: "swallowed"; readonly handler: TSESTree.Node }
    | { readonly kind: "wake-up"; readonly wakeUp: WakeUp }
    | { readonly kind: "unbounded" };
}

export interface EndlessPollOptions {
  /** Also polls of which no failure is in sight. */
  readonly strict: boolean;
}

export function findEndlessPolls(resources: Resources, { strict }: EndlessPollOptions): EndlessPoll[] {
  return findPolls(resources).flatMap((poll) => judge(resources, poll, strict) ?? []);
}

function judge(resources: Resources, poll: Poll, strict: boolean): EndlessPoll | undefined {
  const { names } = resources;
  const { node, exits, turn } = poll;
  const ends = exits.filter((exit) => !isForWantOfAnswer(names, exit, turn));
  if (ends.some(({ failing }) => failing)) return undefined;
  const needs = needsOf(names, { ...poll, exits: ends });
  const handler = swallower(names, poll);
  const [first] = needs;
  if (!first && !handler) return undefined;
  if (endsOtherwise(resources, poll)) return undefined;
  const found = (cause: EndlessPoll["cause"]): EndlessPoll => ({
    node,
    need: first,
    cause,
  });
  if (first) {
    const { state } = first;
    const wakeUps = needs.map((need) => wakeUpOf(resources, need, turn));
    const wakeUp = wakeUps.every((one) => one !== undefined) ? wakeUps[0] : undefined;
    const works = hasWork(names, poll);
    if (wakeUp && !works && (wakeUp.known || strict)) return found({ kind: "wake-up", wakeUp });
    const isOne = needs.every((need) => stateKey(names, need.state) === stateKey(names, state));
    if (isOne && needs.every(({ kind }) => kind === "value") && (!works || isRefreshed(names, state, turn))) {
      const ending = new Set(needs.map(({ value }) => value));
      if ([...ending].some(isFailed)) return undefined;
      const failure = failureOf(resources, state, ending);
      if (failure) return found({ kind: "failure", failure });
    }
    if (isOne && !works && needs.every(({ kind, outcome }) => kind === "truth" && outcome)) {
      const failure = siblingFailure(resources, state, turn);
      if (failure) return found({ kind: "failure", failure });
    }
    if (handler === undefined) {
      const isQuestion = isOne && !works && ends.length === exits.length && needs.every(({ kind }) => kind !== "other");
      const isUnbounded = strict && isQuestion && isExternal(resources, state, turn);
      return isUnbounded ? found({ kind: "unbounded" }) : undefined;
    }
  }
  return handler && found({ kind: "swallowed", handler });
}

/**
 * Whether a way out is taken where the question itself could not be answered: `if (!response.ok) throw …`, or in a
 * handler of errors. A job that has failed is an answer.
 */
function isForWantOfAnswer(names: Names, { failing, guards, node, tried }: Exit, turn: TSESTree.Node): boolean {
  if (!failing || tried) return false;
  const own = guards.filter((guard) => !("passed" in guard));
  if (own.length === 0) return isInHandler(node, turn);
  return own.every((guard) =>
    waysOf(names, guard, turn).every(
      (way) =>
        way.length > 0 && way.every((need) => isNothing(need) || (need.kind === "other" && /^\d+$/u.test(need.value))),
    ),
  );
}

function isNothing({ kind, outcome }: Need): boolean {
  return kind === "truth" && !outcome;
}

/** What each way out needs, of those of its conditions that are understood; nothing where one is not. */
function needsOf(names: Names, { exits, turn }: Poll): Need[] {
  const found: Need[] = [];
  for (const { guards } of exits) {
    const own = guards.filter((guard) => !("passed" in guard));
    const deciding = own.length > 0 ? own : guards;
    const needed = deciding.map((guard) => waysOf(names, guard, turn));
    if (needed.length === 0 || needed.some((ways) => ways.some((way) => way.length === 0))) return [];
    const [ways = []] = [...needed].sort((one, other) => Number(isValue(other)) - Number(isValue(one)));
    found.push(...ways.flatMap((way) => chosen(way)));
  }
  return found;
}

function isValue(ways: readonly (readonly Need[])[]): boolean {
  return ways.every((way) => way.some(({ kind }) => kind === "value"));
}

/** Of what must all be so, the constant says most. */
function chosen(way: readonly Need[]): Need[] {
  const values = way.filter(({ kind }) => kind === "value");
  return values.length > 0 ? values.slice(0, 1) : way.slice(0, 1);
}

/** The same text for what is the same state: names, members, and results of the same call. */
function stateKey(names: Names, node: TSESTree.Node): string {
  const expression = unwrap(node);
  const key = names.key(expression);
  if (key !== undefined) return key;
  switch (expression.type) {
    case T.AwaitExpression:
      return stateKey(names, expression.argument);
    case T.CallExpression:
      return `${stateKey(names, expression.callee)}()`;
    case T.MemberExpression:
      return `${stateKey(names, expression.object)}.${memberName(expression) ?? "?"}`;
    default:
      return `@${String(expression.range[0])}`;
  }
}

// An answer, a part of it, and a part of that.
const MAX_PARTS = 4;

/** Whether each turn asks for the state anew, itself or as a part of an answer that has a name of its own. */
function isRefreshed(names: Names, state: TSESTree.Node, turn: TSESTree.Node, depth = 0): boolean {
  const root = rootObject(state);
  if (root.type === T.CallExpression || root.type === T.AwaitExpression) return true;
  const variable = names.variable(root);
  return (variable?.references ?? []).some(({ identifier, writeExpr }) => {
    if (!writeExpr || !contains(turn, identifier)) return false;
    if (findAll(writeExpr, isCall).length > 0) return true;
    return depth < MAX_PARTS && isRefreshed(names, writeExpr, turn, depth + 1);
  });
}

/** Whether only something outside of the file can change a state. */
function isExternal({ file, names }: Resources, state: TSESTree.Node, turn: TSESTree.Node): boolean {
  if (isRefreshed(names, state, turn)) return true;
  const counted = unwrap(state);
  const isCount = counted.type === T.MemberExpression && /^(?:length|size)$/u.test(memberName(counted) ?? "");
  const expression = isCount ? unwrap(counted.object) : counted;
  if (expression.type !== T.MemberExpression && expression.type !== T.Identifier) return true;
  const key = names.key(expression);
  const name = memberName(expression);
  const isChange = (node: TSESTree.Node): node is TSESTree.Node => {
    if (node.type === T.AssignmentExpression || node.type === T.UpdateExpression) {
      const target = unwrap(node.type === T.UpdateExpression ? node.argument : node.left);
      return names.key(target) === key || (name !== undefined && memberName(target) === name);
    }
    const callee = node.type === T.CallExpression ? unwrap(node.callee) : undefined;
    return callee?.type === T.MemberExpression && key !== undefined && names.key(callee.object) === key;
  };
  return findAll(file.ast, isChange).length === 0;
}

/** Who catches every error of a poll that ends only when none is thrown. */
function swallower(names: Names, { exits, turn }: Poll): TSESTree.Node | undefined {
  const [first] = exits;
  const tried = first?.tried;
  const handler = tried?.handler;
  if (!tried || !handler || !exits.every((exit) => exit.tried === tried && isPlain(names, exit.guards, turn)))
    return undefined;
  const isAwait = (one: TSESTree.Node): one is TSESTree.Node =>
    one.type === T.AwaitExpression || (isFunction(turn) && one.type === T.CallExpression);
  if (findAll(tried.block, isAwait).length === 0) return undefined;
  return handler;
}

/** Whether all conditions of a way out are understood: none of them is a deadline. */
function isPlain(names: Names, guards: Poll["exits"][number]["guards"], turn: TSESTree.Node): boolean {
  return guards.every((guard) =>
    waysOf(names, guard, turn).every((way) => way.length > 0 && way.every(({ kind }) => kind !== "other")),
  );
}
