import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Names } from "../source/names.ts";
import { isAll, isReaction } from "../source/promise.ts";
import { meaningfulParent, memberName } from "../source/syntax.ts";

/** Whether the code goes on only when this promise settles: it is awaited or returned, alone or with others. */
export function isReliedOn(names: Names, node: TSESTree.Node): boolean {
  const parent = meaningfulParent(node);
  switch (parent?.type) {
    case T.AwaitExpression:
    case T.ReturnStatement:
      return true;
    case T.ArrowFunctionExpression:
      return parent.expression;
    case T.ConditionalExpression:
    case T.LogicalExpression:
      return isReliedOn(names, parent);
    case T.MemberExpression: {
      const call = meaningfulParent(parent);
      const chains = call?.type === T.CallExpression && isReaction(memberName(parent));
      return chains && isReliedOnOrLast(names, call);
    }
    case T.ArrayExpression: {
      const call = meaningfulParent(parent);
      return isAll(names, call) && isReliedOn(names, call);
    }
    case T.VariableDeclarator: {
      const variable = names.variable(parent.id);
      const uses = (variable?.references ?? []).filter((use) => !use.init);
      return uses.length > 0 && uses.every((use) => use.isRead() && isReliedOn(names, use.identifier as TSESTree.Node));
    }
    default:
      return false;
  }
}

/** A chain of `.then()` need not be awaited: its callbacks wait. */
function isReliedOnOrLast(names: Names, call: TSESTree.CallExpression): boolean {
  return meaningfulParent(call)?.type === T.ExpressionStatement || isReliedOn(names, call);
}
