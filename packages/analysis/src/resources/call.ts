import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { CallModel } from "../models/resource.ts";
import type { Names } from "../source/names.ts";
import { isFunction, memberName, propertyName, unwrap } from "../source/syntax.ts";
import type { Resources } from "./resources.ts";

/** What a call of a modelled function or method means. */
export function callModel(resources: Resources, node: TSESTree.Node): CallModel | undefined {
  if (node.type !== T.CallExpression && node.type !== T.NewExpression) return undefined;
  const origin = resources.names.origin(node.callee);
  const made = origin && resources.catalog.makes(origin);
  if (made) return asConfigured(resources, node, made);
  const callee = unwrap(node.callee);
  if (callee.type === T.Super || callee.type === T.ImportExpression) return undefined;
  const name = callee.type === T.MemberExpression ? memberName(callee) : undefined;
  const method =
    callee.type === T.MemberExpression && name !== undefined
      ? resources.method(resources.of(callee.object), name)
      : undefined;
  const model = method ?? resources.method(resources.of(callee), "@@call");
  return model && asConfigured(resources, node, model);
}

/** Without what an option of the call keeps from starting; an argument that cannot be seen into may have it. */
function asConfigured(
  { names }: Resources,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  model: CallModel,
): CallModel {
  const { unless, starts, ...rest } = model;
  if (unless === undefined || !starts) return model;
  const mayHave = call.arguments.some((argument) => {
    const value = named(names, unwrap(argument));
    if (value.type === T.Literal || value.type === T.TemplateLiteral || isFunction(value)) return false;
    if (value.type !== T.ObjectExpression) return true;
    return value.properties.some(
      (part) => part.type === T.SpreadElement || propertyName(part.key, part.computed) === unless,
    );
  });
  return mayHave ? rest : model;
}

/** What a name stands for all its life: a value or a function; everything else stands for itself. */
function named(names: Names, node: TSESTree.Node): TSESTree.Node {
  const variable = node.type === T.Identifier ? names.variable(node) : undefined;
  const declared = variable?.defs[0]?.node as TSESTree.Node | undefined;
  if (isFunction(declared) && declared.type === T.FunctionDeclaration) return declared;
  const start = variable && names.initial(variable);
  return start?.path.length === 0 ? unwrap(start.value) : node;
}

const MAX_STEPS = 8;

/** The expression that made a resource. */
export function maker(resources: Resources, node: TSESTree.Node, depth: number): ReturnType<Resources["maker"]> {
  const expression = unwrap(node);
  if (depth > MAX_STEPS) return undefined;
  switch (expression.type) {
    case T.Identifier: {
      const variable = resources.names.variable(expression);
      const start = variable && resources.names.initial(variable);
      return start?.path.length === 0 ? maker(resources, start.value, depth + 1) : undefined;
    }
    case T.AwaitExpression:
      return maker(resources, expression.argument, depth + 1);
    case T.NewExpression:
      return expression;
    case T.CallExpression: {
      const callee = unwrap(expression.callee);
      if (resources.call(expression)?.gives !== "this" || callee.type !== T.MemberExpression) return expression;
      return maker(resources, callee.object, depth + 1);
    }
    default:
      return undefined;
  }
}
