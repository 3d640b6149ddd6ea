import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Names } from "../source/names.ts";
import { unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { exitAt } from "./exits.ts";
import type { Exit } from "./exits.ts";

/** The places in the turn at which a flag is set that ends it (`done = true`); otherwise the way out itself. */
export function settingsOf(names: Names, exit: Exit, turn: TSESTree.Node): readonly Exit[] {
  const [guard, ...others] = exit.guards;
  if (!guard || !("test" in guard) || others.length > 0) return [exit];
  let { outcome } = guard;
  let flag = unwrap(guard.test);
  for (; flag.type === T.UnaryExpression && flag.operator === "!"; flag = unwrap(flag.argument)) outcome = !outcome;
  const key = flag.type === T.Identifier || flag.type === T.MemberExpression ? names.key(flag) : undefined;
  if (key === undefined) return [exit];
  const isSet = (node: TSESTree.Node): node is TSESTree.AssignmentExpression =>
    node.type === T.AssignmentExpression && node.operator === "=" && names.key(node.left) === key;
  const sets = findAll(turn, isSet);
  const isLiteral = sets.every(({ right }) => unwrap(right).type === T.Literal);
  const ending = sets.filter(({ right }) => Boolean((unwrap(right) as TSESTree.Literal).value) === outcome);
  return isLiteral && ending.length > 0 ? ending.map((set) => exitAt(set, turn)) : [exit];
}
