import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Names } from "../source/names.ts";
import { isCall, memberName, meaningfulParent, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { functionOf } from "../uses/functions.ts";

/** A timer that aborts a controller: a deadline for whatever was given its signal. */
export interface AbortTimer {
  /** The call of `setTimeout`. */
  readonly node: TSESTree.CallExpression;
  /** The controller, as `Names.key` has it. */
  readonly controller: string;
  /** The calls of `clearTimeout` that end it. */
  readonly clears: readonly TSESTree.CallExpression[];
}

/** All timers of a file that abort something. */
export function abortTimers(names: Names, ast: TSESTree.Program): AbortTimer[] {
  const calls = findAll(ast, isCall);
  const clears = calls.filter((call) => isTimerFunction(names, call, "clearTimeout"));
  if (clears.length === 0) return [];
  return calls.flatMap((node) => {
    const [callback] = node.arguments;
    if (!callback || !isTimerFunction(names, node, "setTimeout")) return [];
    const controller = abortedBy(names, callback);
    const timer = holderOf(names, node);
    if (controller === undefined) return [];
    const own = clears.filter(({ arguments: [held] }) => held && timer !== undefined && names.key(held) === timer);
    return [{ node, controller, clears: own }];
  });
}

function isTimerFunction(names: Names, { callee }: TSESTree.CallExpression, name: string): boolean {
  const origin = names.origin(callee);
  if (origin?.path.at(-1) !== name) return false;
  if (origin.module === "timers") return true;
  return origin.module === "global" && ["globalThis", "window", "self", name].includes(origin.path[0] ?? "");
}

/** The controller that a callback aborts: `() => controller.abort()`, `controller.abort.bind(controller)`. */
function abortedBy(names: Names, callback: TSESTree.Node): string | undefined {
  const body = functionOf(names, callback) ?? unwrap(callback);
  const aborts = findAll(
    body,
    (node): node is TSESTree.MemberExpression => node.type === T.MemberExpression && memberName(node) === "abort",
  );
  const keys = new Set(aborts.map(({ object }) => names.key(object)));
  const [only] = keys;
  return keys.size === 1 ? only : undefined;
}

/** What the timer is kept in; a condition around it does not matter. */
function holderOf(names: Names, node: TSESTree.Node): string | undefined {
  const parent = meaningfulParent(node);
  switch (parent?.type) {
    case T.ConditionalExpression:
    case T.LogicalExpression:
      return holderOf(names, parent);
    case T.VariableDeclarator:
      return parent.id.type === T.Identifier ? names.key(parent.id) : undefined;
    case T.AssignmentExpression:
      return names.key(parent.left);
    default:
      return undefined;
  }
}
