import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Names } from "../source/names.ts";
import { isCall, memberName, meaningfulParent, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { functionOf } from "../uses/functions.ts";
import { callIndex } from "./call-index.ts";

/** A timer that aborts a controller: a deadline for whatever was given its signal. */
export interface AbortTimer {
  /** The call of `setTimeout`, or of the function that calls it. */
  readonly node: TSESTree.CallExpression;
  /** The signal, as `Names.key` has it. */
  readonly signal: string;
  /** What ends it: calls of `clearTimeout`, or of the function that calls it. */
  readonly clears: readonly TSESTree.CallExpression[];
}

/** What the parts of a deadline are known by in the code that made it, as `Names.key` has them. */
export interface OwnDeadline extends AbortTimer {
  readonly controller: string;
  readonly timer: string | undefined;
}

/** All timers of a file that abort something, by their own names. */
export function abortTimers(names: Names, calls: readonly TSESTree.CallExpression[]): OwnDeadline[] {
  return calls.flatMap((node) => {
    const [callback] = node.arguments;
    if (!callback || !isTimerFunction(names, node, "setTimeout")) return [];
    const controller = abortedBy(names, callback);
    if (controller === undefined) return [];
    const timer = holderOf(names, node);
    return [{ node, controller, signal: `${controller}.signal`, timer, clears: clearsOf(names, calls, timer) }];
  });
}

/** The calls that clear what is known by a key: of `clearTimeout`, or of a function that clears its argument. */
export function clearsOf(
  names: Names,
  calls: readonly TSESTree.CallExpression[],
  timer: string | undefined,
): TSESTree.CallExpression[] {
  if (timer === undefined) return [];
  return (callIndex(names, calls).giving.get(timer) ?? []).filter((call) => {
    const index = call.arguments.findIndex((argument) => names.key(argument) === timer);
    return (index === 0 && isTimerFunction(names, call, "clearTimeout")) || clearsParameter(names, call, index);
  });
}

function clearsParameter(names: Names, call: TSESTree.CallExpression, index: number): boolean {
  const parameter = functionOf(names, call.callee)?.params[index];
  if (parameter?.type !== T.Identifier) return false;
  const clears = findAll(parameter.parent, isCall).filter((inner) => isTimerFunction(names, inner, "clearTimeout"));
  return clears.some((clear) => clear.arguments.some((one) => names.key(one) === names.key(parameter)));
}

function isTimerFunction(names: Names, { callee }: TSESTree.CallExpression, name: string): boolean {
  const origin = names.origin(callee);
  if (origin?.module === "timers") return origin.path.at(-1) === name;
  return origin?.module === "global" && [name, `window.${name}`, `self.${name}`].includes(origin.path.join("."));
}

/** The controller that a callback aborts: `() => controller.abort()`, `controller.abort.bind(controller)`. */
function abortedBy(names: Names, callback: TSESTree.Node): string | undefined {
  const body = functionOf(names, callback) ?? unwrap(callback);
  const aborts = findAll(body, (node): node is TSESTree.MemberExpression => memberName(node) === "abort");
  const keys = new Set(aborts.map(({ object }) => names.key(object)));
  const [only] = keys;
  return keys.size === 1 ? only : undefined;
}

/** What the timer is kept in; a condition around it does not matter, nor that it is unreferenced. */
export function holderOf(names: Names, node: TSESTree.Node): string | undefined {
  const parent = meaningfulParent(node);
  switch (parent?.type) {
    case T.ConditionalExpression:
    case T.LogicalExpression:
      return holderOf(names, parent);
    case T.MemberExpression: {
      const call = meaningfulParent(parent);
      return memberName(parent) === "unref" && call?.type === T.CallExpression ? holderOf(names, call) : undefined;
    }
    case T.VariableDeclarator:
      return names.key(parent.id);
    case T.AssignmentExpression:
      return names.key(parent.left);
    default:
      return undefined;
  }
}
