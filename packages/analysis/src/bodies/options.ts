import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { ownValue } from "../source/field.ts";
import type { Resources } from "../resources/resources.ts";
import type { Names } from "../source/names.ts";
import { literalText, memberName, propertyValue, unwrap } from "../source/syntax.ts";

/** What an expression is where the file says so: the value of a constant, or the only one of a field. */
export function valueOf(names: Names, node: TSESTree.Node): TSESTree.Node {
  const expression = unwrap(node);
  const value = ownValue(expression) ?? names.held(expression);
  return value ? unwrap(value) : expression;
}

/** The value of an option in one of the arguments; undefined where none that is written out has it. */
export function optionIn(
  names: Names,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  name: string,
): TSESTree.Node | undefined {
  for (const argument of call.arguments) {
    const found = propertyValue(valueOf(names, argument), name);
    if (found) return found;
  }
  return undefined;
}

/** The number that an expression is, where it is written out. */
export function numberOf(names: Names, node: TSESTree.Node | undefined): number | undefined {
  const value = node && valueOf(names, node);
  return value?.type === T.Literal && typeof value.value === "number" ? value.value : undefined;
}

/** Whether an expression is that text, or may be, where both are written out: `head ? "HEAD" : "GET"`. */
export function mayBeText(names: Names, node: TSESTree.Node, text: string): boolean {
  const value = valueOf(names, node);
  if (value.type === T.ConditionalExpression) {
    return mayBeText(names, value.consequent, text) || mayBeText(names, value.alternate, text);
  }
  if (value.type === T.LogicalExpression) return mayBeText(names, value.right, text);
  return literalText(value)?.toUpperCase() === text;
}

const LIMITS = ["connections", "maxSockets"] as const;

/** How many connections an agent or a pool has at most; undefined where that is not said, or without bound. */
export function connectionsOf(resources: Resources, agent: TSESTree.Node): number | "some" | undefined {
  const { names } = resources;
  const made = valueOf(names, agent);
  if (made.type === T.ObjectExpression) {
    // `agent: { https: new Agent() }`
    for (const part of made.properties) {
      const found = part.type === T.Property ? connectionsOf(resources, part.value) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (made.type === T.CallExpression && made.callee.type === T.MemberExpression) {
    // `new Agent({ connections: 2 }).compose(retry())`
    return memberName(made.callee) === "compose" ? connectionsOf(resources, made.callee.object) : undefined;
  }
  if (made.type !== T.NewExpression) return undefined;
  if (resources.of(made) === "undici.Client") return numberOf(names, optionIn(names, made, "pipelining")) ?? 1;
  for (const limit of LIMITS) {
    const value = optionIn(names, made, limit);
    if (!value) continue;
    const expression = valueOf(names, value);
    if (expression.type === T.Literal && expression.value === null) return undefined;
    return expression.type === T.Identifier && expression.name === "Infinity"
      ? undefined
      : (numberOf(names, value) ?? "some");
  }
  // `new RetryAgent(agent)`
  const [inner] = made.arguments;
  const wrapped = inner && valueOf(names, inner);
  return wrapped?.type === T.NewExpression ? connectionsOf(resources, wrapped) : undefined;
}
