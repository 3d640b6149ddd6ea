import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Names } from "../source/names.ts";
import { stateKey } from "../source/occurrences.ts";
import { meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import { atomicOf, elementKey, numberIn } from "./atomics.ts";
import { literalIn, REMOVALS } from "./state.ts";
import type { Atom } from "./state.ts";

/** A change of state: it becomes lower (one less, false, nothing) or higher. */
export interface Change {
  readonly node: TSESTree.Node;
  readonly key: string;
  readonly level: "high" | "low";
  readonly literal?: { readonly value: unknown } | undefined;
  /** Setting it twice is the same as once. */
  readonly idempotent: boolean;
  /** What it gives is what was taken. */
  readonly gives: boolean;
}

const RAISE: ReadonlySet<string | undefined> = new Set(["add", "enqueue", "push", "set", "unshift"]);

export function changeOf(names: Names, node: TSESTree.Node): Change | undefined {
  const made = (
    target: TSESTree.Node,
    level: Change["level"],
    more: Partial<Pick<Change, "gives" | "idempotent" | "literal">> = {},
  ): Change | undefined => {
    const key = stateKey(names, target);
    return key === undefined ? undefined : { node, key, level, idempotent: false, gives: false, ...more };
  };
  switch (node.type) {
    case T.UpdateExpression:
      return made(node.argument, node.operator === "--" ? "low" : "high");
    case T.UnaryExpression:
      return node.operator === "delete" ? made(node.argument, "low", { idempotent: true }) : undefined;
    case T.AssignmentExpression: {
      if (node.operator === "-=" || node.operator === "+=")
        return made(node.left, node.operator === "-=" ? "low" : "high");
      if (node.operator !== "=") return undefined;
      const right = unwrap(node.right);
      if (right.type === T.BinaryExpression && (right.operator === "-" || right.operator === "+")) {
        const key = stateKey(names, node.left);
        const isSame = key !== undefined && stateKey(names, right.left) === key;
        return isSame ? made(node.left, right.operator === "-" ? "low" : "high") : undefined;
      }
      const literal = literalIn(right);
      if (literal) return made(node.left, literal.value ? "high" : "low", { literal, idempotent: true });
      const isSomething = [T.CallExpression, T.NewExpression, T.AwaitExpression, T.ObjectExpression].includes(
        right.type,
      );
      return isSomething ? made(node.left, "high", { idempotent: true }) : undefined;
    }
    case T.CallExpression: {
      const atomic = atomicOf(names, node);
      if (atomic) {
        const key = elementKey(names, atomic.array, atomic.index);
        const level = atomicLevel(atomic.operation, numberIn(names, atomic.values[0]));
        return key !== undefined && level ? { node, key, level, idempotent: false, gives: false } : undefined;
      }
      const callee = unwrap(node.callee);
      const name = memberName(callee);
      if (callee.type !== T.MemberExpression) return undefined;
      if (REMOVALS.has(name) && node.arguments.length === 0) return made(callee.object, "low", { gives: true });
      if (name === "splice" && isOne(node)) return made(callee.object, "low", { gives: true });
      if (name === "delete" && node.arguments.length === 1) return made(callee.object, "low", { idempotent: true });
      return RAISE.has(name) && node.arguments.length > 0 ? made(callee.object, "high") : undefined;
    }
    default:
      return undefined;
  }
}

function atomicLevel(operation: string, value: number | undefined): Change["level"] | undefined {
  if (operation === "sub") return "low";
  if (operation === "add") return "high";
  if ((operation !== "store" && operation !== "exchange") || value === undefined) return undefined;
  return value === 0 ? "low" : "high";
}

/** `items.splice(0, 1)[0]`, `const [item] = items.splice(0, 1)`. */
function isOne(node: TSESTree.CallExpression): boolean {
  const parent = meaningfulParent(node);
  return (
    parent?.type === T.MemberExpression || (parent?.type === T.VariableDeclarator && parent.id.type === T.ArrayPattern)
  );
}

/** Whether a change takes what a condition waits for: whoever makes it makes the condition hold for all others. */
export function takes(change: Change, atom: Atom): boolean {
  if (change.key !== atom.key) return false;
  if (atom.compared && change.literal) return (change.literal.value === atom.compared.value) === atom.compared.equal;
  if (atom.compared?.equal === true && change.idempotent) return false;
  return change.level === atom.level;
}
