import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { PermitsModel } from "../models/resource.ts";
import { valueOfMember } from "../resources/members.ts";
import type { Resources } from "../resources/resources.ts";
import { ownField, ownValue } from "../source/field.ts";
import { standsFor } from "../source/names.ts";
import { propertyValue, unwrap } from "../source/syntax.ts";
import { declaredAt } from "./declared.ts";
import type { Taking } from "./taking.ts";

/** How many can hold what a call takes at once: `Infinity` without a bound; undefined where that is not known. */
export function capacityOf({ resources, lender, model }: Taking): number | undefined {
  const made = makerOf(resources, lender, 0);
  const permits = made?.resources.call(made.node)?.permits;
  if (made && permits) return read(made.resources, made.node, permits);
  return model.acquires === "lock" ? 1 : undefined;
}

interface MadeBy {
  readonly resources: Resources;
  readonly node: TSESTree.CallExpression | TSESTree.NewExpression;
}

const MAX_STEPS = 6;

function makerOf(resources: Resources, node: TSESTree.Node, depth: number): MadeBy | undefined {
  const expression = unwrap(node);
  if (depth > MAX_STEPS) return undefined;
  if (expression.type === T.Identifier) {
    const elsewhere = declaredAt(resources, expression);
    if (elsewhere) return makerOf(elsewhere.resources, elsewhere.node, depth + 1);
    const held = resources.names.held(expression);
    if (held) return makerOf(resources, held, depth + 1);
  }
  if (ownField(expression)) {
    const value = ownValue(expression);
    return value && makerOf(resources, value, depth + 1);
  }
  const member = expression.type === T.MemberExpression ? valueOfMember(resources.names, expression) : undefined;
  if (member) return makerOf(resources, member, depth + 1);
  const found = resources.maker(expression);
  return found && { resources, node: found };
}

function read({ names }: Resources, call: MadeBy["node"], permits: PermitsModel): number | undefined {
  const { argument, property, default: otherwise = Infinity } = permits;
  if (argument === undefined && property === undefined) return otherwise;
  if (call.arguments.some(({ type }) => type === T.SpreadElement)) return undefined;
  const values = call.arguments.map((one) => standsFor(names, one));
  // Options without a place of their own are what is no text: `postgres({ max: 2 })`.
  const options = values.find(({ type }) => type === T.ObjectExpression) ?? values.find((one) => !isText(one));
  let value = argument === undefined ? options : values[argument];
  if (!value) return otherwise;
  const number = numberOf(value);
  if (number !== undefined || property === undefined) return number;
  for (const name of property.split(".")) {
    if (isText(value)) return otherwise;
    if (value.type !== T.ObjectExpression) return undefined;
    if (value.properties.some((one) => one.type === T.SpreadElement)) return undefined;
    const found = propertyValue(value, name);
    if (!found) return otherwise;
    value = standsFor(names, found);
  }
  return numberOf(value);
}

function isText({ type }: TSESTree.Node): boolean {
  return type === T.TemplateLiteral || type === T.Literal;
}

function numberOf(node: TSESTree.Node): number | undefined {
  if (node.type === T.Identifier && node.name === "Infinity") return Infinity;
  return node.type === T.Literal && typeof node.value === "number" ? node.value : undefined;
}
