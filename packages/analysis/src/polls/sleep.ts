import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { GLOBAL } from "../source/origin.ts";
import type { Names } from "../source/names.ts";
import { isCall, isFunction, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { memberFunctionOf } from "../uses/callee.ts";
import { rootOf } from "../uses/chain.ts";
import { sleeps } from "../uses/sleep.ts";

const PACKAGES: ReadonlySet<string> = new Set(["delay", "sleep-promise", "yoctodelay"]);
const GLOBALS: ReadonlySet<string | undefined> = new Set(["Bun.sleep", "scheduler.wait"]);
/** What calls something back, once and by itself. */
export const TIMERS: ReadonlySet<string | undefined> = new Set(["setTimeout", "setImmediate"]);
// What a function of another file is called that does nothing else, as far as its argument is a number as well.
const NAMES = /^#?(?:async)?(?:delay|pause|sleep|wait|waitForTimeout)(?:Async|For|Ms|Milliseconds|Seconds)?$/iu;

const MAX_DEPTH = 3;

/** Whether a promise settles because time has passed, and for no other reason. */
export function isSleep(names: Names, node: TSESTree.Node, depth = 0): boolean {
  const expression = rootOf(node);
  if (expression.type === T.NewExpression && isInterruptible(names, expression)) return false;
  if (sleeps(names, expression)) return true;
  if (expression.type === T.NewExpression) return isImmediate(names, expression);
  if (expression.type !== T.CallExpression || depth > MAX_DEPTH) return false;
  const origin = names.origin(expression.callee);
  if (origin && PACKAGES.has(origin.module)) return true;
  if (origin?.module === GLOBAL && GLOBALS.has(origin.path.join("."))) return true;
  if (isPromisified(names, expression.callee)) return true;
  const body = memberFunctionOf(names, expression.callee);
  return body ? onlySleeps(names, body, depth) : isNamedSleep(names, expression);
}

/** The promise is resolved by others too: `this.wake = resolve`. */
function isInterruptible(names: Names, node: TSESTree.NewExpression): boolean {
  const [executor] = node.arguments;
  const resolve = isFunction(executor) ? executor.params[0] : undefined;
  const variable = resolve && names.variable(resolve);
  return variable?.references.some((one) => !isForTimer(one.identifier)) === true;
}

function isForTimer(node: TSESTree.Node): boolean {
  for (let current: TSESTree.Node | undefined = node; current; current = current.parent) {
    if (current.type === T.NewExpression) return false;
    if (current.type !== T.CallExpression) continue;
    const callee = unwrap(current.callee);
    const name =
      callee.type === T.MemberExpression ? memberName(callee) : callee.type === T.Identifier ? callee.name : "";
    if (/^(?:set(?:Timeout|Immediate)|requestAnimationFrame)$/u.test(name ?? "")) return true;
  }
  return false;
}

/** `new Promise((resolve) => setImmediate(resolve))`. */
function isImmediate(names: Names, node: TSESTree.NewExpression): boolean {
  const [executor] = node.arguments;
  const resolve = isFunction(executor) ? executor.params[0] : undefined;
  if (resolve?.type !== T.Identifier) return false;
  return findAll(node, isCall).some(
    (call) =>
      names.origin(call.callee)?.path.at(-1) === "setImmediate" &&
      call.arguments[0] !== undefined &&
      names.key(call.arguments[0]) === names.key(resolve),
  );
}

/** `promisify(setTimeout)`. */
function isPromisified(names: Names, callee: TSESTree.Node): boolean {
  const made = names.held(unwrap(callee));
  if (made?.type !== T.CallExpression) return false;
  const [timer] = made.arguments;
  return (
    timer !== undefined &&
    names.origin(made.callee)?.path.at(-1) === "promisify" &&
    TIMERS.has(names.origin(timer)?.path.at(-1))
  );
}

/** `async (ms) => { await …; }`. */
function onlySleeps(names: Names, { body }: FunctionNode, depth: number): boolean {
  if (body.type !== T.BlockStatement) {
    return isSleep(names, body.type === T.AwaitExpression ? body.argument : body, depth + 1);
  }
  const [only, ...others] = body.body;
  const result =
    only?.type === T.ExpressionStatement
      ? only.expression
      : only?.type === T.ReturnStatement
        ? only.argument
        : undefined;
  if (!result || others.length > 0) return false;
  const awaited = result.type === T.AwaitExpression ? result.argument : result;
  return (result.type === T.AwaitExpression || only?.type === T.ReturnStatement) && isSleep(names, awaited, depth + 1);
}

/** `await sleep(100)` of another file, whose result nobody looks at. */
function isNamedSleep(names: Names, call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  const name = callee.type === T.Identifier ? callee.name : memberName(callee);
  const [duration, ...others] = call.arguments;
  const parent = meaningfulParent(call);
  const isDropped = parent?.type === T.AwaitExpression && parent.parent.type === T.ExpressionStatement;
  const isLink = parent !== undefined && memberName(parent) === "then";
  return (
    name !== undefined &&
    NAMES.test(name) &&
    others.length === 0 &&
    (isDropped || isLink) &&
    isDuration(names, duration)
  );
}

function isDuration(names: Names, node: TSESTree.Node | undefined): boolean {
  const expression = node && unwrap(node);
  switch (expression?.type) {
    case T.Literal:
      return typeof expression.value === "number";
    case T.BinaryExpression:
      return expression.operator !== "+" || (isDuration(names, expression.left) && isDuration(names, expression.right));
    case T.CallExpression:
      return names.origin(expression.callee)?.path[0] === "Math";
    case T.LogicalExpression:
      return isDuration(names, expression.right);
    case T.ConditionalExpression:
      return isDuration(names, expression.consequent);
    case T.Identifier: {
      const variable = names.variable(expression);
      const value = names.held(expression);
      if (variable?.references.some((one) => isObject(one.identifier))) return false;
      return value === undefined || value === expression || isDuration(names, value);
    }
    case T.MemberExpression:
      return true;
    default:
      return false;
  }
}

/** Something with members is no number. */
function isObject(node: TSESTree.Node): boolean {
  const { parent } = node;
  return parent?.type === T.MemberExpression && parent.object === node;
}
