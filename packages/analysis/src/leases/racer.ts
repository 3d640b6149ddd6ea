import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { isFunction, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { isRace } from "../uses/chain.ts";
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
  if (unwrap(call.callee) === promise) return undefined;
  const origin = names.origin(call.callee);
  if (origin && TIMEOUTS.has(origin.module)) return "known";
  const helper = calledFunction(names, call);
  if (helper) {
    const index = call.arguments.findIndex((argument) => unwrap(argument) === unwrap(promise));
    const parameter = helper.params[index];
    return parameter?.type === T.Identifier && isRaced(names, helper, parameter) ? "known" : undefined;
  }
  const callee = unwrap(call.callee);
  const name = callee.type === T.Identifier ? callee.name : callee.type === T.MemberExpression && memberName(callee);
  return /timeout|deadline/iu.test(name || "") && call.arguments.length > 1 ? "by name" : undefined;
}

type NamesOf = Resources["names"];

/** Whether all that a function does with a promise is to race it, or to settle a promise with it that a timer rejects. */
function isRaced(names: NamesOf, helper: FunctionNode, parameter: TSESTree.Identifier): boolean {
  const uses = names.variable(parameter)?.references.filter((one) => one.isRead()) ?? [];
  return uses.length === 1 && uses.every(({ identifier }) => isRaceOf(names, helper, identifier as TSESTree.Node));
}

function isRaceOf(names: NamesOf, helper: FunctionNode, use: TSESTree.Node): boolean {
  const parent = meaningfulParent(use);
  const call = parent && meaningfulParent(parent);
  if (call?.type !== T.CallExpression) return false;
  if (parent?.type === T.ArrayExpression) return isRace(names, call) && parent.elements.length > 1;
  if (parent?.type !== T.MemberExpression || memberName(parent) !== "then") return false;
  const made = executorAround(names, helper, call);
  const [resolve, reject] = made?.params ?? [];
  const [first] = call.arguments;
  if (!made || !resolve || !reject || first?.type !== T.Identifier) return false;
  if (names.variable(first) !== names.variable(resolve)) return false;
  return (
    names.variable(reject)?.references.some((one) => isInTimer(names, made, one.identifier as TSESTree.Node)) ?? false
  );
}

/** The executor of `new Promise(…)` around a node, within the helper. */
function executorAround(names: NamesOf, helper: FunctionNode, node: TSESTree.Node): FunctionNode | undefined {
  for (let current = node.parent; current && current !== helper; current = current.parent) {
    const parent = isFunction(current) ? meaningfulParent(current) : undefined;
    if (!isFunction(current) || parent?.type !== T.NewExpression) continue;
    const origin = names.origin(parent.callee);
    if (origin?.module === "global" && origin.path.join() === "Promise") return current;
  }
  return undefined;
}

function isInTimer(names: NamesOf, executor: FunctionNode, node: TSESTree.Node): boolean {
  for (let current: TSESTree.Node | undefined = node; current && current !== executor; current = current.parent) {
    if (current.type !== T.CallExpression) continue;
    const origin = names.origin(current.callee);
    if (origin?.module === "global" && origin.path.join() === "setTimeout") return true;
  }
  return false;
}
