import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Names } from "../source/names.ts";
import { contains, meaningfulParent, memberName, propertyName, targetIn, unwrap } from "../source/syntax.ts";
import type { LoopNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { rootOf } from "../uses/chain.ts";
import { sleeps } from "../uses/sleep.ts";
import { EXITS, exitsIn, isFromBefore } from "./race.ts";
import type { Race } from "./race.ts";

/** The name of what is asked of a source that gives each item once. */
const TAKES: ReadonlySet<string | undefined> = new Set(["next", "read", "take", "receive", "recv", "dequeue", "pull"]);

/** Runners that ask a source of before the loop for its next item, beside one that may win without it. */
export function droppedRunners(names: Names, race: Race): TSESTree.Node[] {
  const takers = race.runners.filter((runner) => takesFrom(names, rootOf(runner), race.loop));
  if (takers.length !== 1) return takers;
  const idles = race.runners.some((runner) => sleeps(names, runner)) && goesOnWithout(names, race);
  const fails = race.runners.some((runner) => sleeps(names, runner, "rejects")) && goesOnAfterError(race);
  return idles || fails ? takers : [];
}

function takesFrom(names: Names, runner: TSESTree.Node, loop: LoopNode): boolean {
  if (runner.type !== T.CallExpression || runner.arguments.some(mayTakeBack)) return false;
  const callee = unwrap(runner.callee);
  return (
    callee.type === T.MemberExpression && TAKES.has(memberName(callee)) && isFromBefore(names, loop, callee.object)
  );
}

/** A literal and a buffer say what is wanted; anything else may hold a signal or a limit. */
function mayTakeBack(argument: TSESTree.Node): boolean {
  if (argument.type === T.Literal || argument.type === T.NewExpression) return false;
  if (argument.type !== T.ObjectExpression) return true;
  return argument.properties.some(
    (property) =>
      property.type !== T.Property ||
      ["signal", "timeout"].includes(propertyName(property.key, property.computed) ?? "signal"),
  );
}

/** Whether the loop goes on where the item has not come. */
function goesOnWithout(names: Names, { node, loop }: Race): boolean {
  // In the head its result decides whether there is another turn.
  if (!contains(loop.body, node)) return false;
  if (exitsIn(loop.body).length === 0) return true;
  const awaited = meaningfulParent(node);
  const target = awaited?.type === T.AwaitExpression ? targetIn(meaningfulParent(awaited)) : undefined;
  const result = target && names.key(target);
  const isIf = (part: TSESTree.Node): part is TSESTree.IfStatement => part.type === T.IfStatement;
  return result !== undefined && findAll(loop.body, isIf).some((branch) => goesOnAt(names, branch, result));
}

/** Whether a test of the result leaves the loop only where there is an item. */
function goesOnAt(names: Names, { test, consequent, alternate }: TSESTree.IfStatement, result: string): boolean {
  const condition = unwrap(test);
  if (names.key(condition) === result) return !alternate || !leaves(alternate);
  if (condition.type === T.UnaryExpression && condition.operator === "!" && names.key(condition.argument) === result) {
    return !leaves(consequent);
  }
  if (condition.type !== T.BinaryExpression) return false;
  const sides = [condition.left, condition.right].map((side) => names.key(side));
  if (!sides.some((key) => key === result || key?.startsWith(`${result}.`) === true)) return false;
  if (condition.operator.startsWith("!")) return !alternate || !leaves(alternate);
  return condition.operator.startsWith("=") && !leaves(consequent);
}

function leaves(statement: TSESTree.Statement): boolean {
  const last = statement.type === T.BlockStatement ? statement.body.at(-1) : statement;
  return last !== undefined && EXITS.has(last.type);
}

/** Whether the error of the winner is caught in the loop, which goes on then. */
function goesOnAfterError({ node, loop }: Race): boolean {
  const isTry = (part: TSESTree.Node): part is TSESTree.TryStatement => part.type === T.TryStatement;
  const around = findAll(loop.body, isTry).filter(({ block }) => contains(block, node));
  const handler = around.findLast((one) => one.handler)?.handler;
  return handler ? exitsIn(handler.body).length === 0 : false;
}
