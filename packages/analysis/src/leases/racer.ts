import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Resources } from "../resources/resources.ts";
import type { Names } from "../source/names.ts";
import { isPromise, isRace } from "../source/promise.ts";
import { contains, isFunction, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { calledFunction } from "../uses/functions.ts";

/** Packages that stop to wait for a promise after a while. */
const TIMEOUTS: ReadonlySet<string> = new Set(["p-timeout", "promise-timeout", "p-race"]);

/**
 * Whether a function that is given a promise may settle without it: it is known to, its code in this file shows it, or
 * its name says so.
 */
export function racerOf(
  { names }: Resources,
  call: TSESTree.CallExpression,
  promise: TSESTree.Node,
): "by name" | "known" | undefined {
  const origin = names.origin(call.callee);
  if (origin && TIMEOUTS.has(origin.module)) return "known";
  const helper = calledFunction(names, call);
  if (helper) {
    const index = call.arguments.findIndex((argument) => unwrap(argument) === unwrap(promise));
    const parameter = helper.params[index];
    return parameter && isRaced(names, helper, parameter) ? "known" : undefined;
  }
  const callee = unwrap(call.callee);
  const name = callee.type === T.Identifier ? callee.name : memberName(callee);
  return /timeout|deadline/iu.test(name ?? "") && call.arguments.length > 1 ? "by name" : undefined;
}

/** Whether all that a function does with a promise is to race it, or to settle one with it that a timer rejects. */
function isRaced(names: Names, helper: FunctionNode, parameter: TSESTree.Node): boolean {
  const uses = names.variable(parameter)?.references.filter((one) => one.isRead()) ?? [];
  return uses.length === 1 && uses.every(({ identifier }) => isRaceOf(names, helper, identifier as TSESTree.Node));
}

function isRaceOf(names: Names, helper: FunctionNode, use: TSESTree.Node): boolean {
  const parent = meaningfulParent(use);
  const call = parent && meaningfulParent(parent);
  if (call?.type !== T.CallExpression) return false;
  if (parent?.type === T.ArrayExpression) return isRace(names, call) && parent.elements.length > 1;
  if (parent?.type !== T.MemberExpression || memberName(parent) !== "then") return false;
  const promise = timedBy(names, call);
  return promise !== undefined && contains(helper, promise);
}

/** `new Promise((resolve, reject) => …)` that a `then` in it resolves, if a timer of it does not reject it before. */
export function timedBy(names: Names, then: TSESTree.CallExpression): TSESTree.NewExpression | undefined {
  const [reaction] = then.arguments;
  for (let current = then.parent as TSESTree.Node | undefined; current; current = current.parent) {
    const promise = isFunction(current) ? meaningfulParent(current) : undefined;
    if (!isFunction(current) || promise?.type !== T.NewExpression || !isPromise(names, promise.callee)) continue;
    const [resolve, reject] = current.params.map((parameter) => names.variable(parameter));
    const executor = current;
    const rejections = reject?.references.map(({ identifier }) => identifier) ?? [];
    const isTimed = rejections.some((rejection) => isInTimer(names, executor, rejection));
    return isTimed && resolve && reaction && onlyResolves(names, reaction, resolve) ? promise : undefined;
  }
  return undefined;
}

/** `resolve`, or a function that calls it with what it is given whatever has happened. */
function onlyResolves(names: Names, reaction: TSESTree.Node, resolve: Scope.Variable): boolean {
  const expression = unwrap(reaction);
  if (names.variable(expression) === resolve) return true;
  const [parameter] = isFunction(expression) ? expression.params : [];
  const uses = parameter && names.variable(parameter)?.references.map(({ identifier }) => identifier);
  const [use] = uses ?? [];
  const call = use && uses?.length === 1 ? meaningfulParent(use) : undefined;
  if (call?.type !== T.CallExpression || names.variable(call.callee) !== resolve) return false;
  return findAll(expression, isDeciding).length === 0;
}

function isDeciding(node: TSESTree.Node): node is TSESTree.IfStatement {
  return node.type === T.IfStatement || node.type === T.ConditionalExpression || node.type === T.LogicalExpression;
}

function isInTimer(names: Names, executor: FunctionNode, node: TSESTree.Node): boolean {
  for (let current: TSESTree.Node | undefined = node; current && current !== executor; current = current.parent) {
    if (current.type !== T.CallExpression) continue;
    const origin = names.origin(current.callee);
    if (origin?.module === "global" && origin.path.join() === "setTimeout") return true;
  }
  return false;
}
