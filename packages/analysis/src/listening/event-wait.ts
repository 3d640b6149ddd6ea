import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { remembered } from "../resources/remembered.ts";
import type { Resources } from "../resources/resources.ts";
import { isPromise } from "../source/promise.ts";
import {
  contains,
  enclosingFunction,
  isFunction,
  literalText,
  meaningfulParent,
  memberName,
  unwrap,
} from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { listeningOf } from "./listening.ts";
import type { Listening } from "./listening.ts";

/** A promise that settles when something happens to something. */
export interface EventWait {
  /** The expression that makes the promise: `once(…)`, `new Promise(…)`, or the call of a helper that does. */
  readonly node: TSESTree.CallExpression | TSESTree.NewExpression;
  /** What may settle it. */
  readonly events: readonly AwaitedEvent[];
  /** Something else may settle it as well: a timer, a signal, a condition, code that we do not see. */
  readonly otherwise: boolean;
  /** As `otherwise`, once it is pending: what the executor of a promise settles at once does not count. */
  readonly later: boolean;
}

export interface AwaitedEvent {
  /** In terms of the code around the wait: the argument that a helper was given. */
  readonly target: TSESTree.Node;
  readonly event: string | undefined;
  readonly settles: "resolves" | "rejects";
  readonly listening: Listening;
}

/** The promise of an event that an expression makes; undefined where it makes none. */
export function eventWaitOf(resources: Resources, node: TSESTree.Node): EventWait | undefined {
  const expression = unwrap(node);
  const isOne = expression.type === T.CallExpression || expression.type === T.NewExpression;
  return isOne ? madeBy(resources, expression) : undefined;
}

const madeBy = remembered(read);

function read(resources: Resources, node: TSESTree.CallExpression | TSESTree.NewExpression): EventWait | undefined {
  if (node.type === T.NewExpression) return newPromise(resources, node);
  return onceCall(resources, node) ?? helperCall(resources, node);
}

function onceCall(resources: Resources, node: TSESTree.CallExpression): EventWait | undefined {
  const listening = listeningOf(resources, node);
  if (listening?.form !== "promise") return undefined;
  const { target, event, signal } = listening;
  const events: AwaitedEvent[] = [{ target, event, settles: "resolves", listening }];
  // `events.once` rejects when the emitter fails, unless that is what it waits for.
  if (event !== "error") events.push({ target, event: "error", settles: "rejects", listening });
  return { node, events, otherwise: signal !== undefined, later: signal !== undefined };
}

/** `new Promise((resolve, reject) => { emitter.once("ready", resolve); … })`. */
function newPromise(resources: Resources, node: TSESTree.NewExpression): EventWait | undefined {
  const [executor] = node.arguments;
  if (!isPromise(resources.names, node.callee) || !isFunction(executor)) return undefined;
  const settled = ["resolves", "rejects"].flatMap((settles, index) => {
    const parameter = executor.params[index];
    if (!parameter) return [];
    if (parameter.type !== T.Identifier) return [undefined];
    const variable = resources.names.variable(parameter);
    return (variable?.references ?? []).map(
      (use) =>
        eventBehind(resources, use, executor, settles as AwaitedEvent["settles"]) ??
        (isCalledAtOnce(use, executor) ? "at once" : undefined),
    );
  });
  const events = settled.filter((event) => typeof event === "object");
  // What only rejects is a wait where that is all that it is for: until somebody aborts.
  const isForAbort = events.length > 0 && events.every(({ event }) => event === "abort");
  if (!isForAbort && !events.some(({ settles }) => settles === "resolves")) return undefined;
  const later = settled.includes(undefined) || events.some(({ listening }) => listening.signal !== undefined);
  return { node, events, otherwise: later || settled.includes("at once"), later };
}

function isCalledAtOnce({ identifier }: Scope.Reference, executor: FunctionNode): boolean {
  const node = identifier as TSESTree.Node;
  return node.parent?.type === T.CallExpression && node.parent.callee === node && enclosingFunction(node) === executor;
}

/** The event whose listener a resolver is, or calls; undefined where something else settles the promise. */
function eventBehind(
  resources: Resources,
  { identifier }: Scope.Reference,
  executor: FunctionNode,
  settles: AwaitedEvent["settles"],
): AwaitedEvent | undefined {
  let listener: TSESTree.Node | undefined = identifier;
  while (listener && listener !== executor) {
    const parent = meaningfulParent(listener);
    const listening = parent && listeningOf(resources, parent);
    if (listening && unwrapped(listening.listener) === listener) {
      return { target: listening.target, event: listening.event, settles, listening };
    }
    // A named listener: `const done = () => resolve(); socket.once("close", done)`.
    const named = namedListener(resources, listener, settles);
    if (named) return named;
    listener = parent;
  }
  return undefined;
}

function unwrapped(node: TSESTree.Node | undefined): TSESTree.Node | undefined {
  return node && unwrap(node);
}

function namedListener(
  resources: Resources,
  node: TSESTree.Node,
  settles: AwaitedEvent["settles"],
): AwaitedEvent | undefined {
  if (!isFunction(node)) return undefined;
  const name =
    node.type === T.FunctionDeclaration
      ? node.id
      : node.parent.type === T.VariableDeclarator
        ? node.parent.id
        : undefined;
  const variable = name && resources.names.variable(name);
  const uses = (variable?.references ?? []).filter((use) => use.isRead());
  const heard = uses.flatMap(({ identifier }) => {
    const call = meaningfulParent(identifier);
    const listening = call && listeningOf(resources, call);
    return listening && unwrapped(listening.listener) === identifier ? [listening] : [];
  });
  const [listening] = heard;
  // Called from elsewhere as well, or for several events: then it is not this event alone that settles.
  const removed = uses.filter(({ identifier }) => isRemoval(identifier as TSESTree.Node)).length;
  if (!listening || heard.length + removed !== uses.length || heard.length > 1) return undefined;
  return { target: listening.target, event: listening.event, settles, listening };
}

const REMOVALS: ReadonlySet<string | undefined> = new Set(["off", "removeListener", "removeEventListener"]);

function isRemoval(use: TSESTree.Node): boolean {
  const call = meaningfulParent(use);
  return call?.type === T.CallExpression && REMOVALS.has(memberName(call.callee));
}

/** The call of a function of this file whose result is such a promise over its parameters. */
function helperCall(resources: Resources, node: TSESTree.CallExpression): EventWait | undefined {
  const helper = calledFunction(resources, node);
  const promise = helper && resultOf(helper);
  if (!promise) return undefined;
  const inner = unwrap(promise);
  const wait =
    inner.type === T.NewExpression
      ? newPromise(resources, inner)
      : inner.type === T.CallExpression
        ? onceCall(resources, inner)
        : undefined;
  if (!wait) return undefined;
  const events: AwaitedEvent[] = [];
  for (const event of wait.events) {
    const target = argumentFor(resources, event.target, helper, node);
    const name = event.event ?? nameFor(resources, event.listening.eventNode, helper, node);
    if (!target) return undefined;
    events.push({ ...event, target, event: name });
  }
  return { node, events, otherwise: wait.otherwise, later: wait.later };
}

function calledFunction({ names }: Resources, { callee }: TSESTree.CallExpression): FunctionNode | undefined {
  const name = unwrap(callee);
  const variable = names.variable(name);
  if (!variable) return undefined;
  const declared = variable.defs[0]?.node as TSESTree.Node | undefined;
  const value = isFunction(declared) ? declared : names.initial(variable)?.value;
  return isFunction(value) && value !== (variable.scope.block as TSESTree.Node) ? value : undefined;
}

function resultOf({ body }: FunctionNode): TSESTree.Node | undefined {
  if (body.type !== T.BlockStatement) return body.type === T.AwaitExpression ? body.argument : body;
  const last = body.body.at(-1);
  const result =
    last?.type === T.ReturnStatement
      ? last.argument
      : last?.type === T.ExpressionStatement
        ? last.expression
        : undefined;
  if (last?.type === T.ExpressionStatement && result?.type !== T.AwaitExpression) return undefined;
  return body.body.length === 1
    ? result?.type === T.AwaitExpression
      ? result.argument
      : (result ?? undefined)
    : undefined;
}

/** What stands at the call for a parameter of the helper; what is no parameter stands for itself. */
function argumentFor(
  { names }: Resources,
  node: TSESTree.Node,
  helper: FunctionNode,
  call: TSESTree.CallExpression,
): TSESTree.Node | undefined {
  const expression = unwrap(node);
  // What the helper makes for itself is another one with each call.
  if (findAll(expression, isInnerOf(names, helper)).length > 0) return undefined;
  if (expression.type !== T.Identifier)
    return findAll(expression, isParameterOf(names, helper)).length > 0 ? undefined : expression;
  const variable = names.variable(expression);
  const index = helper.params.findIndex(
    (parameter) => parameter.type === T.Identifier && names.variable(parameter) === variable,
  );
  return index < 0 ? expression : call.arguments[index];
}

function isInnerOf(names: Resources["names"], helper: FunctionNode) {
  return (node: TSESTree.Node): node is TSESTree.Identifier => {
    const variable = names.variable(node);
    const declared = variable?.defs[0]?.node as TSESTree.Node | undefined;
    return declared !== undefined && declared !== helper && contains(helper, declared);
  };
}

function nameFor(
  resources: Resources,
  node: TSESTree.Node | undefined,
  helper: FunctionNode,
  call: TSESTree.CallExpression,
): string | undefined {
  const argument = node && argumentFor(resources, node, helper, call);
  return argument && literalText(argument);
}

function isParameterOf(names: Resources["names"], helper: FunctionNode) {
  return (node: TSESTree.Node): node is TSESTree.Identifier =>
    (names.variable(node)?.defs[0]?.node as TSESTree.Node | undefined) === helper;
}
