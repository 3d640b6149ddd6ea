import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { mayMean } from "../resources/may-mean.ts";
import type { Resources } from "../resources/resources.ts";
import { isPromise } from "../source/promise.ts";
import { isFunction, meaningfulParent, memberName, propertyName, propertyValue, unwrap } from "../source/syntax.ts";
import { functionOf } from "./callees.ts";
import { callsIn } from "./emissions.ts";
import type { Subscription, Trigger } from "./missed-event.ts";

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** Whether a model says that the event may happen from a call on, and to this very thing. */
export function startOf(resources: Resources, call: Call, subscription: Subscription): Trigger | undefined {
  const { key, event } = subscription;
  const receiver = receiverOf(call);
  // What a call means may be a question of types, which are dear.
  const concerns =
    (receiver !== undefined && resources.names.key(receiver) === key) || holderOf(resources, call) === key;
  if (concerns && starts(resources, call, event)) {
    const isMethod = receiver !== undefined && resources.of(receiver) !== undefined;
    const own = isMethod ? (resources.names.key(receiver) ?? holderOf(resources, call)) : holderOf(resources, call);
    // A handle that a signal may stop at any time is waited for with that signal in mind.
    if (own !== key || hasSignal(call) || (event === "line" && !flows(resources, call))) return undefined;
    return { at: call, how: isAlready(resources, call) ? "happened" : "started", cause: call };
  }
  return startedInside(resources, call, subscription) ?? madeInside(resources, call, subscription);
}

function starts(resources: Resources, call: Call, event: string): boolean {
  if (call.type === T.CallExpression && !mayMean(resources, call, "starts")) return false;
  return resources.call(call)?.starts?.includes(event) === true;
}

function receiverOf(call: Call): TSESTree.Node | undefined {
  const callee = unwrap(call.callee);
  return callee.type === T.MemberExpression ? callee.object : undefined;
}

/** Whether the input of a line reader has something to read by itself: not what this code writes into later. */
function flows(resources: Resources, call: Call): boolean {
  const [first] = call.arguments;
  const input = first?.type === T.ObjectExpression ? propertyValue(first, "input") : first;
  const name = input && resources.of(input);
  return resources.is(name, "stream.Readable") && !resources.is(name, "stream.Duplex");
}

/** `AbortSignal.abort()`: there is nothing left to happen. */
function isAlready({ names }: Resources, call: Call): boolean {
  const origin = names.origin(call.callee);
  return origin?.module === "global" && origin.path.join(".") === "AbortSignal.abort";
}

function hasSignal(call: Call): boolean {
  return call.arguments.some(
    (argument) =>
      argument.type === T.ObjectExpression &&
      argument.properties.some(
        (property) => property.type === T.SpreadElement || propertyName(property.key, property.computed) === "signal",
      ),
  );
}

/** What holds the result of a call: the variable, or the field. */
function holderOf(resources: Resources, node: TSESTree.Node): string | undefined {
  const parent = meaningfulParent(node);
  switch (parent?.type) {
    case T.AwaitExpression:
    case T.LogicalExpression:
    case T.ConditionalExpression:
      return holderOf(resources, parent);
    case T.VariableDeclarator:
      return parent.id.type === T.Identifier ? resources.names.key(parent.id) : undefined;
    case T.AssignmentExpression:
      return unwrap(parent.right) === unwrap(node) ? resources.names.key(parent.left) : undefined;
    case T.MemberExpression: {
      const call = meaningfulParent(parent);
      const chains = call?.type === T.CallExpression && unwrap(call.callee) === parent;
      const holder = chains && mayMean(resources, call, "gives") ? holderOf(resources, call) : undefined;
      return holder !== undefined && chains && resources.call(call)?.gives === "this" ? holder : undefined;
    }
    default:
      return undefined;
  }
}

/** `new Promise((resolve) => server.listen(0, resolve))`: its executor runs at once. */
function startedInside(resources: Resources, call: Call, subscription: Subscription): Trigger | undefined {
  const [executor] = call.type === T.NewExpression ? call.arguments : [];
  if (!isFunction(executor) || !isPromise(resources.names, call.callee)) return undefined;
  for (const inner of callsIn(executor)) {
    const trigger = startOf(resources, inner, subscription);
    if (trigger) return { ...trigger, at: call, cause: inner };
  }
  return undefined;
}

/** A function of this file that starts it and returns it. What it awaited is over when its own promise resolves. */
function madeInside(resources: Resources, call: Call, { key, event }: Subscription): Trigger | undefined {
  const body = call.type === T.CallExpression ? functionOf(resources, call.callee) : undefined;
  const result = body && resultOf(body.body);
  const maker = result && resources.maker(result);
  if (!maker || maker === call || !starts(resources, maker, event)) return undefined;
  if (hasSignal(maker) || holderOf(resources, call) !== key) return undefined;
  const parent = meaningfulParent(call);
  return { at: parent?.type === T.AwaitExpression ? parent : call, how: "started", cause: call };
}

function resultOf(body: TSESTree.BlockStatement | TSESTree.Expression): TSESTree.Node | undefined {
  if (body.type !== T.BlockStatement) return body;
  const last = body.body.at(-1);
  return last?.type === T.ReturnStatement ? (last.argument ?? undefined) : undefined;
}

// What is set or asked of a thing without making anything happen to it.
const PASSIVE: ReadonlySet<string | undefined> = new Set([
  "address",
  "getMaxListeners",
  "listenerCount",
  "off",
  "ref",
  "removeAllListeners",
  "removeEventListener",
  "removeListener",
  "setEncoding",
  "setMaxListeners",
  "unref",
]);

export function isPassive(call: Call): boolean {
  const callee = unwrap(call.callee);
  return PASSIVE.has(memberName(callee));
}
