import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { eventWaitOf } from "../listening/event-wait.ts";
import type { Resources } from "../resources/resources.ts";
import { stateKey } from "../source/occurrences.ts";
import { standsFor } from "../source/names.ts";
import { isPromise, isRace } from "../source/promise.ts";
import { isFunction, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { walk } from "../source/walk.ts";
import { memberFunctionOf } from "../uses/callee.ts";
import { atomicOf } from "./atomics.ts";
import { isShared } from "./state.ts";

/**
 * How a promise is settled by somebody else: `event`, of an emitter; `queue`: its resolver stands in a list of those who
 * wait; `stored`: it is a promise that all who wait share; `thread`: by another thread's notification.
 */
export interface WakeUp {
  readonly how: "event" | "queue" | "stored" | "thread";
  /** The emitter, the list, or the stored promise. */
  readonly source: TSESTree.Node;
}

const MAX_DEPTH = 3;

/** What wakes those who await an expression; undefined where that is no such wait, or only one can wait. */
export function wakeUpOf(resources: Resources, node: TSESTree.Node, depth = 0): WakeUp | undefined {
  const { names } = resources;
  const expression = unwrap(node);
  if (depth > MAX_DEPTH) return undefined;
  switch (expression.type) {
    case T.CallExpression: {
      if (atomicOf(names, expression)?.operation === "waitAsync") return { how: "thread", source: expression };
      const inner = settledBy(resources, expression);
      if (inner.length > 0) {
        const found = inner.map((one) => wakeUpOf(resources, one, depth + 1));
        // Whatever has a name may be a promise that all share.
        return found.find((one) => one && one.how !== "stored") ?? found.find((one) => one);
      }
      const waiter = registrationOf(resources, expression);
      if (waiter) return { how: "queue", source: waiter.queue };
      const event = eventWaitOf(resources, expression)?.events.find(({ settles }) => settles === "resolves");
      if (event) return { how: "event", source: event.target };
      const called = memberFunctionOf(names, expression.callee);
      const result = called && lastResult(called);
      return result && unwrap(result) !== expression ? wakeUpOf(resources, result, depth + 1) : undefined;
    }
    case T.NewExpression: {
      const queue = queueOf(resources, expression);
      if (queue) return { how: "queue", source: queue };
      const event = eventWaitOf(resources, expression)?.events.find(({ settles }) => settles === "resolves");
      return event && { how: "event", source: event.target };
    }
    case T.MemberExpression:
      if (memberName(expression) === "value") {
        const atomic = atomicOf(names, standsFor(names, expression.object));
        if (atomic?.operation === "waitAsync") return { how: "thread", source: atomic.node };
      }
      return isShared(names, expression) ? { how: "stored", source: expression } : undefined;
    case T.Identifier: {
      const made = names.held(expression);
      const inner = made && made.type !== T.Identifier ? wakeUpOf(resources, made, depth + 1) : undefined;
      if (inner) return inner;
      return isShared(names, expression) ? { how: "stored", source: expression } : undefined;
    }
    default:
      return undefined;
  }
}

/** `Promise.race([…])`, `Promise.any([…])`, `x.then(…)`, `x.catch(…)`: what they wait for. */
function settledBy({ names }: Resources, call: TSESTree.CallExpression): TSESTree.Node[] {
  const member = unwrap(call.callee);
  if (member.type !== T.MemberExpression) return [];
  const name = memberName(member);
  if (name === "catch" || name === "finally") return [member.object];
  const [list] = isRace(names, call) ? call.arguments : [];
  return list?.type === T.ArrayExpression ? list.elements.filter((one) => one !== null) : [];
}

function lastResult({ body }: FunctionNode): TSESTree.Node | undefined {
  if (body.type !== T.BlockStatement) return body.type === T.AwaitExpression ? body.argument : body;
  const last = body.body.length === 1 ? body.body[0] : undefined;
  const result =
    last?.type === T.ReturnStatement
      ? last.argument
      : last?.type === T.ExpressionStatement
        ? last.expression
        : undefined;
  if (result?.type === T.AwaitExpression) return result.argument;
  return last?.type === T.ReturnStatement ? (result ?? undefined) : undefined;
}

const REGISTER: ReadonlySet<string | undefined> = new Set(["add", "append", "enqueue", "push", "unshift"]);

/** The list to which the executor of a promise adds its resolver: `new Promise((go) => waiters.push(go))`. */
function queueOf({ names }: Resources, node: TSESTree.NewExpression): TSESTree.Node | undefined {
  const [executor] = node.arguments;
  if (!isPromise(names, node.callee) || !isFunction(executor)) return undefined;
  const [resolver] = executor.params;
  const variable = resolver && names.variable(resolver);
  for (const { identifier } of variable?.references ?? []) {
    const queue = addedTo(identifier, executor);
    if (queue && stateKey(names, queue) !== undefined) return queue;
  }
  return undefined;
}

/** `queue.push(go)`, `queue.push({ id, go })`, `queue.push(() => go(item))`. */
function addedTo(node: TSESTree.Node, executor: FunctionNode): TSESTree.Node | undefined {
  for (
    let child = node, parent = meaningfulParent(node);
    parent && parent !== executor;
    child = parent, parent = meaningfulParent(parent)
  ) {
    if (parent.type !== T.CallExpression) continue;
    const callee = unwrap(parent.callee);
    if (callee === child) continue;
    const name = memberName(callee);
    return callee.type === T.MemberExpression && REGISTER.has(name) ? callee.object : undefined;
  }
  return undefined;
}

/** A call of a function of this file which adds a waiter to a list, and whose result is that waiter's promise. */
export interface Registration {
  readonly called: FunctionNode;
  /** The list, as the function names it. */
  readonly queue: TSESTree.Node;
}

export function registrationOf(resources: Resources, node: TSESTree.CallExpression): Registration | undefined {
  const called = memberFunctionOf(resources.names, node.callee);
  if (!called) return undefined;
  let queue: TSESTree.Node | undefined;
  walk(called.body, (inner) => {
    if (inner.type === T.NewExpression && isResult(resources, inner)) queue ??= queueOf(resources, inner);
    return !isFunction(inner);
  });
  return queue && { called, queue };
}

function isResult({ names }: Resources, node: TSESTree.Node): boolean {
  const parent = meaningfulParent(node);
  if (parent?.type === T.AwaitExpression) return isResultAt(meaningfulParent(parent));
  if (parent?.type !== T.VariableDeclarator || parent.id.type !== T.Identifier) return isResultAt(parent);
  return (
    names.variable(parent.id)?.references.some(({ identifier }) => isResultAt(meaningfulParent(identifier))) === true
  );
}

function isResultAt(parent: TSESTree.Node | undefined): boolean {
  return parent?.type === T.ReturnStatement || parent?.type === T.ArrowFunctionExpression;
}
