import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { ownField, ownValue } from "../source/field.ts";
import { enclosingClass, isCall, memberName, propertyValue, thisMember, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";

// A repository of a manager of a data source.
const MAX_HANDLES = 6;

/** What lends to a thing that only uses what another one lends: `dataSource.getRepository(User)` → `dataSource`. */
export function lenderOf(resources: Resources, node: TSESTree.Node, depth = 0): TSESTree.Node | undefined {
  const expression = unwrap(node);
  if (!resources.shares(resources.of(expression))) return expression;
  if (depth > MAX_HANDLES) return undefined;
  const from = giverOf(resources, expression);
  return from ? lenderOf(resources, from, depth + 1) : injected(resources, expression);
}

function giverOf(resources: Resources, expression: TSESTree.Node): TSESTree.Node | undefined {
  const { names } = resources;
  switch (expression.type) {
    case T.AwaitExpression:
      return giverOf(resources, unwrap(expression.argument));
    case T.CallExpression: {
      const callee = unwrap(expression.callee);
      return callee.type === T.MemberExpression && resources.of(callee) === undefined ? callee.object : callee;
    }
    case T.TaggedTemplateExpression:
      return expression.tag;
    case T.MemberExpression: {
      if (!ownField(expression)) return expression.object;
      const value = ownValue(expression);
      return value && unwrap(value).type !== T.Identifier ? value : undefined;
    }
    case T.Identifier: {
      const variable = names.variable(expression);
      const declared = variable?.defs[0]?.node as TSESTree.Node | undefined;
      if (declared?.type === T.ClassDeclaration) return initializerOf(names, expression);
      const start = variable && names.initial(variable);
      return start && start.path.length <= 1 ? start.value : undefined;
    }
    default:
      return undefined;
  }
}

/** `User.init(attributes, { sequelize })`: what a class is told to use. */
function initializerOf(names: Resources["names"], name: TSESTree.Identifier): TSESTree.Node | undefined {
  const variable = names.variable(name);
  for (const reference of variable?.references ?? []) {
    const member = (reference.identifier as TSESTree.Node).parent;
    const call = member?.type === T.MemberExpression && memberName(member) === "init" ? member.parent : undefined;
    const options = call?.type === T.CallExpression ? call.arguments.at(-1) : undefined;
    const given = propertyValue(options, "sequelize");
    if (given) return given;
  }
  return undefined;
}

/**
 * What a class was given without a name of its own is of the one that it was given as well: a repository, of the data
 * source; both of the manager, where there is no other.
 */
function injected(resources: Resources, expression: TSESTree.Node): TSESTree.Node | undefined {
  const body = ownField(expression) && enclosingClass(expression)?.body;
  if (!body || isNamed(body)) return undefined;
  const module = moduleOf(resources.of(expression));
  const isSource = (one: TSESTree.Node): boolean =>
    !resources.shares(resources.of(one)) && resources.method(resources.of(one), "transaction")?.acquires !== undefined;
  const siblings = findAll(body, isOwnMember).filter((one) => moduleOf(resources.of(one)) === module && isGiven(one));
  const sources = siblings.filter(isSource);
  if (new Set(sources.map(thisMember)).size > 1) return undefined;
  return sources[0] ?? siblings[0];
}

function isOwnMember(node: TSESTree.Node): node is TSESTree.MemberExpression {
  return node.type === T.MemberExpression && thisMember(node) !== undefined;
}

function isGiven(member: TSESTree.MemberExpression): boolean {
  const { values = [], annotation } = ownField(member) ?? {};
  const [value, ...others] = values;
  return others.length === 0 && (value ? unwrap(value).type === T.Identifier : annotation !== undefined);
}

/** `@InjectRepository(User, "archive")`: of another data source than the usual one. */
function isNamed(body: TSESTree.ClassBody): boolean {
  const isDecorator = (node: TSESTree.Node): node is TSESTree.Decorator => node.type === T.Decorator;
  return findAll(body, isDecorator).some(({ expression }) => {
    if (!isCall(expression)) return false;
    const name = expression.callee.type === T.Identifier ? expression.callee.name : "";
    return name.startsWith("Inject") && expression.arguments.some(({ type }) => type !== T.Identifier);
  });
}

function moduleOf(resource: string | undefined): string | undefined {
  return resource?.slice(0, resource.lastIndexOf("."));
}
