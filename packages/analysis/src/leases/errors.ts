import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Step } from "../flow/code-path.ts";
import type { Resources } from "../resources/resources.ts";
import { contains, isFunction, memberName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll, walk } from "../source/walk.ts";
import { calledFunction } from "../uses/functions.ts";

/**
 * How sure it is that an error leaves a step: `thrown` by a statement, or expected by a `catch` around; `likely` where
 * something done with the lease is awaited; `possible` where anything else is awaited, or a call is known to throw.
 */
export type Likelihood = "likely" | "possible" | "thrown";

export interface ErrorOptions {
  /** Where the lease is spoken of. */
  readonly mentions: readonly TSESTree.Node[];
  /** What gives the lease back: its own failure is no way to lose it. */
  readonly releases: readonly TSESTree.Node[];
}

/** How likely a step throws; undefined where nobody would expect it. */
export function likelihoodOf(
  resources: Resources,
  { node }: Step,
  { mentions, releases }: ErrorOptions,
): Likelihood | undefined {
  if (isThrown(node)) return "thrown";
  const isWait = node.type === T.AwaitExpression || (node.type === T.ForOfStatement && node.await);
  if (!isWait) {
    const throws = node.type === T.CallExpression && isKnownToThrow(resources, node);
    return throws ? (isCaught(node) ? "thrown" : "possible") : undefined;
  }
  const waited = node.type === T.AwaitExpression ? node.argument : node.right;
  if (releases.some((release) => contains(waited, release)) || isSafe(resources, waited)) return undefined;
  if (isCaught(node)) return "thrown";
  const isOwn = mentions.some((mention) => contains(waited, mention));
  const isExpected = isCleanUp(node) || isSetUp(waited);
  return (isOwn || isGivenWork(resources, waited)) && !isExpected ? "likely" : "possible";
}

/** `throw error`, and the making of what is thrown. */
function isThrown(node: TSESTree.Node): boolean {
  return node.type === T.ThrowStatement || node.parent?.type === T.ThrowStatement;
}

/** Whether a `catch` of the same function takes the error: somebody has expected it. */
function isCaught(node: TSESTree.Node): boolean {
  let child = node;
  for (let parent = node.parent; parent && !isFunction(parent); child = parent, parent = parent.parent) {
    if (parent.type === T.TryStatement && parent.handler && parent.block === child) return true;
  }
  return false;
}

/** `catch { await client.query("ROLLBACK"); … }`: few expect that this fails as well. */
function isCleanUp(node: TSESTree.Node): boolean {
  let child = node;
  for (let parent = node.parent; parent && !isFunction(parent); child = parent, parent = parent.parent) {
    if (parent.type === T.CatchClause || (parent.type === T.TryStatement && parent.finalizer === child)) return true;
  }
  return false;
}

const SET_UP: ReadonlySet<string | undefined> = new Set(["beginTransaction", "connect", "startTransaction"]);

/** `await runner.connect()`: what only now takes the connection has taken none if it fails. */
function isSetUp(node: TSESTree.Node): boolean {
  const call = unwrap(node);
  const callee = call.type === T.CallExpression ? unwrap(call.callee) : undefined;
  return callee?.type === T.MemberExpression && SET_UP.has(memberName(callee));
}

/** `await work()`, where the work was given by a caller or throws by itself: what the lease is held for. */
function isGivenWork(resources: Resources, node: TSESTree.Node): boolean {
  const call = unwrap(node);
  if (call.type !== T.CallExpression) return false;
  const { names } = resources;
  const variable = names.variable(call.callee);
  const declared = variable?.defs[0]?.node as TSESTree.Node | undefined;
  if (isFunction(declared) && declared.id !== variable?.defs[0]?.name) return true;
  const helper = calledFunction(names, call);
  return helper !== undefined && throwsItself(helper);
}

const THROWING: ReadonlySet<string> = new Set(["BigInt", "JSON.parse", "decodeURI", "decodeURIComponent"]);

/** What exists to throw: a parser, or a function of this file with a `throw` of its own. */
function isKnownToThrow({ names }: Resources, call: TSESTree.CallExpression): boolean {
  const origin = names.origin(call.callee);
  if (origin?.module === "global" && THROWING.has(origin.path.join("."))) return true;
  const helper = calledFunction(names, call);
  return helper !== undefined && !helper.async && !helper.generator && throwsItself(helper);
}

function throwsItself(helper: FunctionNode): boolean {
  let found = false;
  walk(helper.body, (node) => {
    if (node.type === T.ThrowStatement) found = true;
    return !isFunction(node) && node.type !== T.TryStatement;
  });
  return found;
}

const SLEEPS: ReadonlySet<string> = new Set(["timers/promises", "delay"]);

/** `await sleep(5)`, `await mutex.acquire()`: these fail only where a signal is given. What is caught does not. */
function isSafe(resources: Resources, node: TSESTree.Node): boolean {
  const call = unwrap(node);
  if (call.type !== T.CallExpression) return false;
  if (isSettled(resources, call)) return true;
  if (findAll(call, isSignal).length > 0) return false;
  const origin = resources.names.origin(call.callee);
  const acquires = resources.call(call)?.acquires;
  return (origin !== undefined && SLEEPS.has(origin.module)) || acquires === "lock" || acquires === "permit";
}

function isSettled({ names }: Resources, call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  const method = memberName(callee);
  const handler = method === "catch" ? call.arguments[0] : method === "then" ? call.arguments[1] : undefined;
  if (handler) return !isFunction(handler) || !throwsItself(handler);
  return method === "allSettled" && names.origin(callee)?.module === "global";
}

function isSignal(node: TSESTree.Node): node is TSESTree.Identifier {
  return node.type === T.Identifier && node.name === "signal";
}
