import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { codePathOf } from "../flow/code-path.ts";
import type { Step } from "../flow/code-path.ts";
import { reaches } from "../flow/queries.ts";
import type { Resources } from "../resources/resources.ts";
import type { Names } from "../source/names.ts";
import { callsGiven, occurrencesOf } from "../source/occurrences.ts";
import {
  contains,
  isAwait,
  isCall,
  isFunction,
  isThrow,
  meaningfulParent,
  memberName,
  unwrap,
} from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { memberFunctionOf } from "../uses/callee.ts";
import { ownerOf, stepsAt } from "../uses/places.ts";
import { exitAt, guardsOf } from "./exits.ts";
import type { Exit, Guard } from "./exits.ts";
import type { Poll } from "./poll.ts";
import { TIMERS, isSleep } from "./sleep.ts";

/** Polls that are no loops: functions that a timer calls again, or that call themselves after a sleep. */
export function findTimedPolls({ names, file }: Resources): Poll[] {
  const calls = findAll(file.ast, isCall);
  const repeats = new Map<FunctionNode, TSESTree.CallExpression[]>();
  for (const call of calls) {
    const body = repeatedBy(names, call);
    if (body) repeats.set(body, [...(repeats.get(body) ?? []), call]);
  }
  const repeated = [...repeats].flatMap(([turn, again]): Poll[] => {
    const [node] = again;
    return node ? [{ node, turn, exits: again.flatMap((one) => endings(one, turn)), repeats: again }] : [];
  });
  return [...repeated, ...calls.flatMap((call) => intervalOf(names, file.ast, call) ?? [])];
}

/** The function around a call that this call has called again, not at once. */
function repeatedBy(names: Names, call: TSESTree.CallExpression): FunctionNode | undefined {
  const [first] = call.arguments;
  const callee = unwrap(call.callee);
  if (first && isTimer(names, call)) return around(call, calledBy(names, first));
  if (first && callee.type === T.MemberExpression && memberName(callee) === "then" && isSleep(names, callee.object)) {
    return around(call, calledBy(names, first));
  }
  const own = around(call, memberFunctionOf(names, callee));
  if (!own || ownerOf(call) !== own) return undefined;
  const asleep = findAll(own, isAwait).filter((one) => ownerOf(one) === own && isSleep(names, one.argument));
  const stops = new Set<Step>(asleep.flatMap((one) => [...stepsAt(own, one)]));
  const at = new Set(stepsAt(own, call));
  const isAtOnce = reaches([codePathOf(own).enter], (step) => at.has(step), { through: (step) => !stops.has(step) });
  return isAtOnce ? undefined : own;
}

function isTimer(names: Names, call: TSESTree.CallExpression): boolean {
  return TIMERS.has(names.origin(call.callee)?.path.at(-1));
}

function around(node: TSESTree.Node, body: FunctionNode | undefined): FunctionNode | undefined {
  return body && contains(body, node) ? body : undefined;
}

/** The function that a callback is, or that it does nothing but call. */
function calledBy(names: Names, callback: TSESTree.Node): FunctionNode | undefined {
  const expression = unwrap(callback);
  if (!isFunction(expression)) return memberFunctionOf(names, expression);
  let { body }: { body: TSESTree.Node } = expression;
  if (body.type === T.BlockStatement) {
    const [only, ...others] = body.body;
    if (!only || others.length > 0) return undefined;
    if (only.type === T.ExpressionStatement) body = only.expression;
    else if (only.type === T.ReturnStatement && only.argument) body = only.argument;
  }
  while (body.type === T.UnaryExpression || body.type === T.AwaitExpression) body = body.argument;
  body = unwrap(body);
  // `poll().catch(reject)`.
  while (body.type === T.CallExpression) {
    const callee = unwrap(body.callee);
    const link = callee.type === T.MemberExpression ? unwrap(callee.object) : undefined;
    if (link?.type !== T.CallExpression) break;
    body = link;
  }
  return body.type === T.CallExpression ? memberFunctionOf(names, body.callee) : undefined;
}

/** It ends where it is not called again. */
function endings(again: TSESTree.CallExpression, turn: FunctionNode): Exit[] {
  const exits = guardsOf(again, turn).map((guard): Exit => ({
    node: again,
    guards: [opposite(guard)],
    failing: false,
    tried: undefined,
  }));
  for (
    let child: TSESTree.Node = again, parent = again.parent as TSESTree.Node | undefined;
    parent && child !== turn;
    child = parent, parent = parent.parent
  ) {
    // Only an error leads to the next turn.
    if (parent.type === T.TryStatement && child === parent.handler) {
      exits.push({ node: parent, guards: [], failing: false, tried: parent });
    }
  }
  const throws = findAll(turn, isThrow)
    .map((one) => exitAt(one, turn))
    .filter(({ tried }) => !tried);
  return [...exits, ...throws];
}

function opposite(guard: Guard): Guard {
  // Of a `switch` we only know when control comes there.
  return "test" in guard
    ? { test: guard.test, outcome: !guard.outcome }
    : { subject: guard.subject, values: undefined };
}

/** `const timer = setInterval(() => { if (…) clearInterval(timer); }, ms)`. */
function intervalOf(names: Names, ast: TSESTree.Program, call: TSESTree.CallExpression): Poll | undefined {
  const [callback] = call.arguments;
  if (!callback || !isGlobal(names, call, "setInterval")) return undefined;
  const turn = memberFunctionOf(names, callback);
  const handle = handleOf(names, call);
  if (!turn || handle === undefined) return undefined;
  const clears = callsGiven(occurrencesOf(names, ast, handle))
    .map(({ call: given }) => given)
    .filter((given) => isGlobal(names, given, "clearInterval") || isGlobal(names, given, "clearTimeout"));
  if (!clears.every((one) => contains(turn, one))) return undefined;
  return { node: call, turn, exits: clears.map((one) => exitAt(one, turn)), repeats: [call] };
}

function isGlobal(names: Names, call: TSESTree.CallExpression, name: string): boolean {
  const origin = names.origin(call.callee);
  return origin?.path.at(-1) === name && (origin.module === "global" || origin.module === "timers");
}

function handleOf(names: Names, call: TSESTree.CallExpression): string | undefined {
  const parent = meaningfulParent(call);
  if (parent?.type === T.VariableDeclarator) return names.key(parent.id);
  return parent?.type === T.AssignmentExpression ? names.key(parent.left) : undefined;
}
