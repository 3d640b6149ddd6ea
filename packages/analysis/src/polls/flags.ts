import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Names } from "../source/names.ts";
import { unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { EQUALITY } from "./ends.ts";
import { exitAt } from "./exits.ts";
import type { Exit } from "./exits.ts";

/** The places in the turn at which a flag is set that ends it (`done = true`); otherwise the way out itself. */
export function settingsOf(names: Names, exit: Exit, turn: TSESTree.Node): readonly Exit[] {
  const [guard, ...others] = exit.guards;
  if (!guard || !("test" in guard) || others.length > 0) return [exit];
  const [flag, outcome] = questionOf(unwrap(guard.test), guard.outcome);
  const key = names.key(flag);
  if (key === undefined) return [exit];
  const isSet = (node: TSESTree.Node): node is TSESTree.AssignmentExpression =>
    node.type === T.AssignmentExpression && node.operator === "=" && names.key(node.left) === key;
  const sets = findAll(turn, isSet);
  // `response = await fetch(url)`, whose error is caught: it is set when there is none.
  const [answer, ...more] = sets.map((set) => ({ set, exit: exitAt(set, turn) }));
  const isAnswer = answer && more.length === 0 && unwrap(answer.set.right).type === T.AwaitExpression;
  if (isAnswer && outcome && answer.exit.tried && answer.exit.guards.length === 0) return [answer.exit];
  const isLiteral = sets.every(({ right }) => unwrap(right).type === T.Literal);
  const ending = sets.filter(({ right }) => Boolean((unwrap(right) as TSESTree.Literal).value) === outcome);
  return isLiteral && ending.length > 0 ? ending.map((set) => exitAt(set, turn)) : [exit];
}

/** What a condition asks whether it is there: `!done`, `response === undefined`. */
function questionOf(test: TSESTree.Node, outcome: boolean): [TSESTree.Node, boolean] {
  if (test.type === T.UnaryExpression && test.operator === "!") return questionOf(unwrap(test.argument), !outcome);
  if (test.type !== T.BinaryExpression || !EQUALITY.test(test.operator)) return [test, outcome];
  const nothing = unwrap(test.right);
  const isNothing =
    nothing.type === T.Literal ? nothing.value === null : nothing.type === T.Identifier && nothing.name === "undefined";
  return isNothing ? [unwrap(test.left), test.operator.startsWith("=") !== outcome] : [test, outcome];
}
