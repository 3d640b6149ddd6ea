import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { isLog } from "../polls/work.ts";
import type { Names } from "../source/names.ts";
import { isFunction, isNothing, meaningfulParent, unwrap } from "../source/syntax.ts";

/**
 * What becomes of an item where it is spoken of:
 * - `check`: what is found out about it decides how the code goes on;
 * - `present`: whether there is one at all;
 * - `act`: a call of it, or with it, whose result nobody looks at;
 * - `use`: it is handed on, kept, returned;
 * - `none`: it is written about.
 */
export interface Mention {
  readonly kind: "act" | "check" | "none" | "present" | "use";
  /** The condition, the call, or the expression. */
  readonly node: TSESTree.Node;
}

export function mentionOf(names: Names, reference: TSESTree.Node): Mention {
  let node = reference;
  let isLook = false;
  for (let parent = meaningfulParent(node); parent; parent = meaningfulParent(node)) {
    switch (parent.type) {
      case T.MemberExpression:
        if (unwrap(parent.object) !== unwrap(node)) return { kind: "use", node };
        if (parent.parent.type === T.AssignmentExpression && parent.parent.left === parent)
          return { kind: "none", node };
        isLook = true;
        break;
      case T.CallExpression:
        if (isLog(names, parent)) return { kind: "none", node };
        isLook = true;
        break;
      case T.TemplateLiteral:
        return { kind: "none", node };
      case T.BinaryExpression:
        if (!isNothing(unwrap(parent.left)) && !isNothing(unwrap(parent.right))) isLook = true;
        break;
      case T.AwaitExpression:
      case T.UnaryExpression:
      case T.LogicalExpression:
        break;
      case T.IfStatement:
      case T.WhileStatement:
      case T.DoWhileStatement:
      case T.ConditionalExpression:
        if (unwrap(parent.test) !== unwrap(node)) return { kind: "use", node };
        return { kind: isLook ? "check" : "present", node: parent.test };
      case T.VariableDeclarator: {
        const test = isLook && parent.id.type === T.Identifier ? testOf(names, parent.id) : undefined;
        return test ? { kind: "check", node: test } : { kind: "use", node };
      }
      case T.ExpressionStatement:
        return { kind: isLook ? "act" : "none", node };
      default:
        return { kind: "use", node };
    }
    node = parent;
  }
  return { kind: "use", node };
}

/** The condition that asks a variable: `const alive = await ping(item); if (!alive) …`. */
function testOf(names: Names, id: TSESTree.Identifier): TSESTree.Node | undefined {
  for (const { identifier } of names.variable(id)?.references ?? []) {
    const test = testAround(identifier);
    if (test) return test;
  }
  return undefined;
}

function testAround(node: TSESTree.Node): TSESTree.Node | undefined {
  let child = node;
  let { parent } = node;
  while (parent && !parent.type.endsWith("Statement") && parent.type !== T.CallExpression && !isFunction(parent)) {
    child = parent;
    ({ parent } = parent);
  }
  return parent?.type === T.IfStatement && parent.test === child ? child : undefined;
}
