import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { memberName, unwrap } from "../source/syntax.ts";
import { walk } from "../source/walk.ts";

// How far a chunk is followed through variables to where it comes from.
const MAX_STEPS = 4;

/**
 * Whether some part of an expression, or of what its variables were given, passes a test; what is in a part for which
 * it answers `undefined` does not count.
 */
export function comesFrom(
  resources: Resources,
  node: TSESTree.Node,
  test: (node: TSESTree.Node) => boolean | undefined,
  depth = 0,
): boolean {
  let found = false;
  walk(node, (part) => {
    const passes = test(part);
    found ||= passes === true;
    if (found || passes === undefined) return false;
    if (part.type !== T.Identifier || depth >= MAX_STEPS) return true;
    const variable = resources.names.variable(part);
    found = (variable?.references ?? []).some(
      ({ writeExpr }) => writeExpr && comesFrom(resources, writeExpr, test, depth + 1),
    );
    return true;
  });
  return found;
}

/** At most how many characters or bytes a chunk has; undefined where that cannot be seen. */
export function sizeOf(resources: Resources, node: TSESTree.Node, depth = 0): number | undefined {
  const expression = unwrap(node);
  if (depth > MAX_STEPS) return undefined;
  switch (expression.type) {
    case T.Literal:
      return typeof expression.value === "string" ? expression.value.length : undefined;
    case T.TemplateLiteral: {
      const parts = expression.expressions.map((part) => sizeOfHole(resources, part, depth + 1));
      if (parts.includes(undefined)) return undefined;
      return (
        expression.quasis.reduce((sum, { value }) => sum + value.raw.length, 0) +
        parts.reduce<number>((sum, part) => sum + (part ?? 0), 0)
      );
    }
    case T.BinaryExpression: {
      const [left, right] = [expression.left, expression.right].map((part) => sizeOfHole(resources, part, depth + 1));
      return left === undefined || right === undefined ? undefined : left + right;
    }
    case T.CallExpression:
    case T.NewExpression:
      return sizeOfMade(resources, expression, depth + 1);
    case T.Identifier: {
      const held = resources.names.held(expression);
      return held && sizeOf(resources, held, depth + 1);
    }
    default:
      return undefined;
  }
}

// A number as text, with room to spare.
const NUMBER_LENGTH = 20;

/** A part of a text: counters are short. */
function sizeOfHole(resources: Resources, node: TSESTree.Node, depth: number): number | undefined {
  const known = sizeOf(resources, node, depth);
  if (known !== undefined) return known;
  if (node.type === T.Literal) return NUMBER_LENGTH;
  const variable = resources.names.variable(node);
  const starts = (variable?.references ?? []).flatMap(({ writeExpr }) => (writeExpr ? [writeExpr] : []));
  const counts = starts.some((start) => start.type === T.Literal && typeof start.value === "number");
  return counts ? NUMBER_LENGTH : undefined;
}

/** `Buffer.alloc(8 * 1024)`, `Buffer.from("x")`, `"x".repeat(100)`, `randomBytes(16)`. */
function sizeOfMade(
  resources: Resources,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
  depth: number,
): number | undefined {
  const callee = unwrap(node.callee);
  const [first] = node.arguments;
  const name =
    callee.type === T.MemberExpression ? memberName(callee) : callee.type === T.Identifier ? callee.name : undefined;
  if (!first || name === undefined) return undefined;
  switch (name) {
    case "alloc":
    case "allocUnsafe":
    case "Uint8Array":
    case "randomBytes":
      return numberOf(resources, first);
    case "from":
      return sizeOf(resources, first, depth);
    case "repeat": {
      const unit = callee.type === T.MemberExpression ? sizeOf(resources, callee.object, depth) : undefined;
      const times = numberOf(resources, first);
      return unit === undefined || times === undefined ? undefined : unit * times;
    }
    default:
      return undefined;
  }
}

/** The value of a number that is written out: `64 * 1024`, or a constant. */
export function numberOf(resources: Resources, node: TSESTree.Node, depth = 0): number | undefined {
  const expression = unwrap(node);
  if (depth > MAX_STEPS) return undefined;
  switch (expression.type) {
    case T.Literal:
      return typeof expression.value === "number" ? expression.value : undefined;
    case T.Identifier: {
      const held = resources.names.held(expression);
      return held && numberOf(resources, held, depth + 1);
    }
    case T.BinaryExpression: {
      const left = numberOf(resources, expression.left);
      const right = numberOf(resources, expression.right);
      if (left === undefined || right === undefined) return undefined;
      const results: Partial<Record<string, number>> = {
        "+": left + right,
        "-": left - right,
        "*": left * right,
        "/": left / right,
        "**": left ** right,
        "<<": left << right,
      };
      return results[expression.operator];
    }
    default:
      return undefined;
  }
}
