import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { CallModel } from "../models/resource.ts";
import { memberName, unwrap } from "../source/syntax.ts";
import { asConfigured } from "./configured.ts";
import type { Resources } from "./resources.ts";

/** What a call of a modelled function or method means; a template with a tag is a call of the tag. */
export function callModel(resources: Resources, node: TSESTree.Node): CallModel | undefined {
  const isTag = node.type === T.TaggedTemplateExpression;
  if (!isTag && node.type !== T.CallExpression && node.type !== T.NewExpression) return undefined;
  const callee = unwrap(isTag ? node.tag : node.callee);
  const itself = isTag ? "@@tag" : "@@call";
  const origin = resources.names.origin(callee);
  const made = isTag ? undefined : origin && resources.catalog.makes(origin);
  if (made) return asConfigured(resources, node, made);
  if (callee.type === T.Super || callee.type === T.ImportExpression) return undefined;
  const name = memberName(callee);
  const { catalog } = resources;
  // What nothing modelled has need not be asked for: the answer may be a question of types, which are dear.
  const method =
    callee.type === T.MemberExpression && name !== undefined && (catalog.means(name) || catalog.means("*"))
      ? resources.method(resources.of(callee.object), name)
      : undefined;
  const model = method ?? (catalog.means(itself) ? resources.method(resources.of(callee), itself) : undefined);
  return model && asConfigured(resources, node, model);
}

const MAX_STEPS = 8;

/** The expression that made a resource. */
export function maker(resources: Resources, node: TSESTree.Node, depth: number): ReturnType<Resources["maker"]> {
  const expression = unwrap(node);
  if (depth > MAX_STEPS) return undefined;
  switch (expression.type) {
    case T.Identifier: {
      const held = resources.names.held(expression);
      return held && maker(resources, held, depth + 1);
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
