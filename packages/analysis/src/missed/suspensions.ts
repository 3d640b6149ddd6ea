import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { eventWaitOf } from "../listening/event-wait.ts";
import type { Step } from "../flow/code-path.ts";
import { mayMean } from "../resources/may-mean.ts";
import type { Resources } from "../resources/resources.ts";
import { standsFor } from "../source/names.ts";
import { enclosingFunction, isFunction, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll, walk } from "../source/walk.ts";
import { functionOf } from "./callees.ts";
import type { Subscription, Trigger } from "./missed-event.ts";
import { isEnding } from "./endings.ts";
import { mentions } from "./mentions.ts";

/** Whether control may be away at a step for long enough that the event comes meanwhile. */
export function suspends(resources: Resources, step: Step, subscription: Subscription, trigger: Trigger): boolean {
  const { node, kind } = step;
  if (node.type === T.ForOfStatement && node.await && kind === "iterate") {
    return !isOwnStream(resources, node.right, subscription);
  }
  if (node.type === T.YieldExpression) return isAsyncGenerator(node);
  if (node.type !== T.AwaitExpression) return false;
  const { argument } = node;
  if (isOwnWait(resources, argument, subscription) || isOwnStream(resources, argument, subscription)) return false;
  const delay = delayOf(resources, argument);
  if (delay !== undefined && trigger.delay !== undefined && delay < trigger.delay) return false;
  return takesTime(resources, argument);
}

/** Another event of the same thing is waited for: what comes after it is a question of their order. */
export function isOwnWait(resources: Resources, node: TSESTree.Node, { key }: Subscription): boolean {
  const wait = eventWaitOf(resources, standsFor(resources.names, node));
  return wait?.events.some(({ target }) => resources.names.key(target) === key) ?? false;
}

/**
 * What ends after its streams have ended: a child closes last, so whoever has read it to its end comes in time. Not so
 * for its exit, which may come before its output is read.
 */
function isOwnStream(resources: Resources, node: TSESTree.Node, { key, event }: Subscription): boolean {
  if (event === "line") return mentions(resources, node, key);
  return isEnding(event) && event !== "exit" && mentions(resources, node, key);
}

/** An await that only lets other promises go on leaves timers, files and sockets no time. */
export function takesTime(resources: Resources, node: TSESTree.Node): boolean {
  const expression = unwrap(node);
  switch (expression.type) {
    case T.Literal:
    case T.TemplateLiteral:
    case T.ObjectExpression:
    case T.UnaryExpression:
    case T.ArrayExpression:
      return false;
    case T.Identifier:
      return expression.name !== "undefined";
    case T.CallExpression: {
      const origin = resources.names.origin(expression.callee);
      if (origin?.module === "global" && origin.path.join(".") === "Promise.resolve") return false;
      const body = functionOf(resources, expression.callee);
      if (body) return waitsInside(body);
      // What gives its receiver is no promise.
      return !mayMean(resources, expression, "gives") || resources.call(expression)?.gives === undefined;
    }
    default:
      return true;
  }
}

function waitsInside(body: FunctionNode): boolean {
  if (body.body.type !== T.BlockStatement) return body.body.type !== T.Literal;
  return findAll(body.body, mayTakeTime).some((node) => enclosingFunction(node) === body);
}

/** What a function waits for, or may: whatever it makes or returns can be a promise. */
function mayTakeTime(node: TSESTree.Node): node is TSESTree.Node {
  if (node.type === T.ReturnStatement) return node.argument !== null && node.argument.type !== T.Literal;
  return (
    node.type === T.AwaitExpression || node.type === T.NewExpression || (node.type === T.ForOfStatement && node.await)
  );
}

function isAsyncGenerator(node: TSESTree.Node): boolean {
  const owner = enclosingFunction(node);
  return isFunction(owner) && owner.async;
}

/** How many milliseconds a sleep takes, where that is written there. */
function delayOf(resources: Resources, node: TSESTree.Node): number | undefined {
  const call = unwrap(node);
  if (call.type === T.NewExpression) {
    const [executor] = call.arguments;
    let delay: number | undefined;
    if (executor) {
      walk(executor, (part) => {
        if (part.type === T.CallExpression) delay ??= timer(resources, part, 1);
      });
    }
    return delay;
  }
  return call.type === T.CallExpression ? timer(resources, call, 0) : undefined;
}

function timer({ names }: Resources, call: TSESTree.CallExpression, index: number): number | undefined {
  const origin = names.origin(call.callee);
  const full = origin && [origin.module, ...origin.path].join(".");
  const isTimer =
    index === 1
      ? full === "global.setTimeout" || full === "timers.setTimeout"
      : full === "timers/promises.setTimeout" || full === "timers.promises.setTimeout";
  const argument = call.arguments[index];
  return isTimer && argument?.type === T.Literal && typeof argument.value === "number" ? argument.value : undefined;
}
