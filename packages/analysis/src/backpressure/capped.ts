import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import type { Names } from "../source/names.ts";
import { stateKey } from "../source/occurrences.ts";
import { enclosingFunction, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { guardsOf } from "../wakes/guard.ts";

/**
 * Whether a write is done only while a count of what was written is below a limit: `if (written > MAX) return`, where
 * the function adds to the count and nobody takes anything away from it.
 */
export function isCapped({ file, names }: Resources, write: TSESTree.Node): boolean {
  const owner = enclosingFunction(write);
  if (!owner) return false;
  const added = new Set(
    findAll(owner, isChange)
      .filter(adds)
      .map((one) => keyOf(names, one)),
  );
  const others = findAll(file.ast, isChange).filter((one) => !adds(one));
  for (const one of others) added.delete(keyOf(names, one));
  const isCount = (node: TSESTree.Node): node is TSESTree.Node => {
    const key = node.type === T.Identifier || node.type === T.MemberExpression ? stateKey(names, node) : undefined;
    return key !== undefined && added.has(key);
  };
  const counts = (node: TSESTree.Node): boolean => findAll(node, isCount).length > 0;
  return guardsOf(write).some(({ test, outcome }) => {
    const compared = unwrap(test);
    if (compared.type !== T.BinaryExpression || !/^[<>]=?$/u.test(compared.operator)) return false;
    const isBelow = compared.operator.startsWith("<") === outcome;
    return counts(isBelow ? compared.left : compared.right);
  });
}

type Change = TSESTree.AssignmentExpression | TSESTree.UpdateExpression;

function isChange(node: TSESTree.Node): node is Change {
  return node.type === T.AssignmentExpression || node.type === T.UpdateExpression;
}

function adds(change: Change): boolean {
  return change.operator === "+=" || change.operator === "++";
}

function keyOf(names: Names, change: Change): string | undefined {
  return stateKey(names, change.type === T.UpdateExpression ? change.argument : change.left);
}
