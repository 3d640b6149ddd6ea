import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { listeningOf } from "../listening/listening.ts";
import type { Resources } from "../resources/resources.ts";
import { importOrigin } from "../source/origin.ts";
import { isAll } from "../source/promise.ts";
import {
  contains,
  enclosingClass,
  enclosingFunction,
  isFunction,
  literalText,
  meaningfulParent,
  memberName,
  unwrap,
} from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { callersOf } from "./callers.ts";
import { drainWaitsOf, isElsewhere } from "./drain-wait.ts";
import type { DrainWait } from "./drain-wait.ts";
import { callsOf, functionOf, isPeer } from "./writable.ts";

/** A wait for `drain` alone, of something that may close instead. */
export interface EndlessDrain {
  readonly node: DrainWait["node"];
  readonly target: TSESTree.Node;
  /** Somebody else holds the other end. */
  readonly peer: boolean;
  /** Where the helper that is called makes the promise. */
  readonly made?: DrainWait["node"] | undefined;
}

/** The waits for `drain` that nothing ends when the writable is closed instead. */
export function findEndlessDrains(resources: Resources, { strict }: { readonly strict: boolean }): EndlessDrain[] {
  const found: EndlessDrain[] = drainWaitsOf(resources).flatMap((wait) => {
    const { node, target, rejects } = wait;
    if (isElsewhere(wait) || isRaced(resources, wait) || isEndedByListener(resources, wait)) return [];
    const peer = isPeer(resources, target);
    if (peer && rejects && endsByErrorOnly(resources, wait)) return [];
    return peer || (strict && !rejects && isGiven(resources, target)) ? [{ node, target, peer }] : [];
  });
  // A helper and its calls are not both reported: what the helper takes is known from its annotation, or from its calls.
  const calls = found.flatMap(({ node }) => {
    const helper = node.type === T.CallExpression ? functionOf(resources, node.callee) : undefined;
    const inner = helper && found.find((other) => other.node !== node && contains(helper, other.node));
    return inner ? [{ node, inner: inner.node, annotated: isAnnotated(resources, inner.target) }] : [];
  });
  return found
    .filter(({ node }) => !calls.some((call) => (call.annotated ? call.node === node : call.inner === node)))
    .map((drain) => ({ ...drain, made: calls.find(({ node }) => node === drain.node)?.inner }));
}

function isAnnotated({ names }: Resources, target: TSESTree.Node): boolean {
  const expression = unwrap(target);
  const name = names.variable(expression)?.defs[0]?.name as TSESTree.Node | undefined;
  return name?.type !== T.Identifier || Boolean(name.typeAnnotation);
}

const CUTS: ReadonlySet<string | undefined> = new Set([
  "abort",
  "destroy",
  "destroySoon",
  "resetAndDestroy",
  "setTimeout",
]);

/**
 * A connection that was opened here fails with an error when the other side goes away. Only who destroys it, in this
 * file then, closes it without one.
 */
function endsByErrorOnly(resources: Resources, { target, key }: DrainWait): boolean {
  if (!resources.maker(target)) return false;
  return !callsOf(resources).some((call) => {
    const callee = unwrap(call.callee);
    if (callee.type !== T.MemberExpression || !CUTS.has(memberName(callee))) return false;
    return resources.names.key(callee.object) === key;
  });
}

/** A wait that is returned may be raced by who gets it. */
function isRaced(resources: Resources, { node, uses }: DrainWait): boolean {
  if (!uses.some(({ kind }) => kind === "returned")) return false;
  const owner = enclosingFunction(node);
  return isFunction(owner) && callersOf(resources, owner).some((call) => isRacer(resources, call));
}

/** `Promise.race([drained(), closed])`, `withTimeout(drained())`: not simply awaited, returned or chained. */
function isRacer(resources: Resources, call: TSESTree.Node): boolean {
  const parent = meaningfulParent(call);
  return parent?.type === T.ArrayExpression
    ? !isAll(resources.names, meaningfulParent(parent))
    : parent?.type === T.CallExpression;
}

const ENDS: ReadonlySet<string> = new Set(["abort", "aborted", "close", "end", "finish"]);

/**
 * Whether something is done when the writable, or the request that it answers, is closed: that may end the wait. To
 * set a flag, to print or to stop a timer does not.
 */
function isEndedByListener(resources: Resources, { node, target: waited, key }: DrainWait): boolean {
  const home = homeOf(resources, waited, node);
  return callsOf(resources).some((call) => {
    if (!contains(home, call)) return false;
    const listening = listeningOf(resources, call);
    if (listening) {
      const target = resources.names.key(listening.target);
      const isEnd = listening.event === undefined || ENDS.has(listening.event);
      const isSame = target !== undefined && (target === key || isRelated(resources, listening.target, key, target));
      if (listening.form !== "listener") return isSame && isEnd && listening.event !== undefined;
      return isSame && isEnd && acts(resources, listening.listener);
    }
    // `finished(response, callback)`, `onFinished(response, callback)`.
    const [first, ...rest] = call.arguments;
    return (
      first !== undefined &&
      resources.names.key(first) === key &&
      rest.some((argument) => functionOf(resources, argument) && acts(resources, argument))
    );
  });
}

/** A request, a signal, a child: who hears of their end may end the wait for what belongs to them. */
function isRelated(resources: Resources, other: TSESTree.Node, key: string, otherKey: string): boolean {
  const name = resources.of(other);
  return (
    name === undefined ||
    key.startsWith(`${otherKey}.`) ||
    otherKey.startsWith(`${key}.`) ||
    ["http.IncomingMessage", "http2.Http2ServerRequest", "global.AbortSignal", "child_process.ChildProcess"].some(
      (one) => resources.is(name, one),
    )
  );
}

/** Where a thing is known: the class of a field, the function or module that declares the variable. */
function homeOf(resources: Resources, target: TSESTree.Node, wait: TSESTree.Node): TSESTree.Node {
  const expression = unwrap(target);
  if (expression.type === T.MemberExpression) return homeOf(resources, expression.object, wait);
  const variable = resources.names.variable(expression);
  if (variable) return variable.scope.block;
  return enclosingClass(wait) ?? resources.file.ast;
}

/** Whether a listener does more than set flags, print and stop timers; what cannot be seen may. */
function acts(resources: Resources, listener: TSESTree.Node | undefined): boolean {
  const called = listener && functionOf(resources, listener);
  if (!called) return listener !== undefined;
  const isAct = (
    node: TSESTree.Node,
  ): node is TSESTree.CallExpression | TSESTree.NewExpression | TSESTree.ThrowStatement =>
    node.type === T.NewExpression ||
    node.type === T.ThrowStatement ||
    (node.type === T.CallExpression && !isHarmless(resources, node));
  return findAll(called.body, isAct).length > 0;
}

const HARMLESS: ReadonlySet<string | undefined> = new Set([
  "clearImmediate",
  "clearInterval",
  "clearTimeout",
  "console",
]);

function isHarmless({ names }: Resources, { callee }: TSESTree.CallExpression): boolean {
  const origin = names.origin(callee);
  return origin?.module === "global" && HARMLESS.has(origin.path[0]);
}

/** Whether a writable was given from outside: a parameter, a field, an import. */
function isGiven(resources: Resources, target: TSESTree.Node): boolean {
  if (resources.is(resources.of(target), "process.StandardOutput")) return false;
  const expression = unwrap(target);
  const variable = resources.names.variable(expression);
  const declared = variable?.defs[0]?.node as TSESTree.Node | undefined;
  const isImported = variable !== undefined && importOrigin(variable) !== undefined;
  const isOuter = expression.type === T.MemberExpression || isFunction(declared) || isImported;
  return isOuter && !isFailing(resources, target);
}

const LISTENS: ReadonlySet<string | undefined> = new Set(["addListener", "on", "once"]);

/** An error of the writable is heard somewhere, and something is done then. */
function isFailing(resources: Resources, target: TSESTree.Node): boolean {
  const key = resources.names.key(target);
  return callsOf(resources).some((call) => {
    const callee = unwrap(call.callee);
    const [name] = call.arguments;
    if (callee.type !== T.MemberExpression || !LISTENS.has(memberName(callee))) return false;
    if (!name || literalText(name) !== "error") return false;
    return resources.names.key(callee.object) === key && acts(resources, call.arguments[1]);
  });
}
