import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { ownValue } from "../source/field.ts";
import type { Resources } from "../resources/resources.ts";
import { enclosingFunction, isFunction, unwrap } from "../source/syntax.ts";

const PAGES: readonly string[] = ["playwright-core.Page", "puppeteer-core.Page"];
const CONTEXT = "playwright-core.BrowserContext";

const MAX_STEPS = 12;

/** The page of a browser, or a context of pages, to which something belongs: a locator, a frame, the keyboard. */
export function pageOf(resources: Resources, node: TSESTree.Node, depth = 0): TSESTree.Node | undefined {
  const expression = unwrap(node);
  if (depth > MAX_STEPS) return undefined;
  const name = resources.of(expression);
  if (PAGES.some((page) => resources.is(name, page)) || resources.is(name, CONTEXT)) return expression;
  switch (expression.type) {
    case T.AwaitExpression:
      return pageOf(resources, expression.argument, depth + 1);
    case T.CallExpression: {
      const callee = unwrap(expression.callee);
      return callee.type === T.MemberExpression ? pageOf(resources, callee.object, depth + 1) : undefined;
    }
    case T.MemberExpression:
      return pageOf(resources, fieldValue(expression) ?? expression.object, depth + 1);
    case T.Identifier: {
      const variable = resources.names.variable(expression);
      const initial = variable && resources.names.initial(variable);
      return initial && pageOf(resources, initial.value, depth + 1);
    }
    default:
      return undefined;
  }
}

/** Whether two expressions are the same page, or a page and the context that it is one of. */
export function isSamePage(resources: Resources, one: TSESTree.Node, other: TSESTree.Node): boolean {
  return areSame(resources, one, other) || isContextOf(resources, one, other) || isContextOf(resources, other, one);
}

function areSame(resources: Resources, one: TSESTree.Node, other: TSESTree.Node): boolean {
  const key = keyOf(resources, one);
  return key !== undefined && key === keyOf(resources, other);
}

function isContextOf(resources: Resources, context: TSESTree.Node, page: TSESTree.Node): boolean {
  if (!resources.is(resources.of(context), CONTEXT) || resources.is(resources.of(page), CONTEXT)) return false;
  const maker = resources.maker(context);
  const madeBy = maker && receiverOf(maker);
  // `page.context()`
  if (madeBy && areSame(resources, madeBy, page)) return true;
  const opened = resources.maker(page);
  const opener = opened && receiverOf(opened);
  // `await context.newPage()`
  if (opener) return areSame(resources, opener, context);
  // `async ({ page, context }) => …`
  const [one, other] = [context, page].map((node) => {
    const expression = unwrap(node);
    const variable = resources.names.variable(expression);
    const declared = variable?.defs[0]?.node as TSESTree.Node | undefined;
    return isFunction(declared) ? declared : undefined;
  });
  return one !== undefined && one === other;
}

function receiverOf({ callee }: TSESTree.CallExpression | TSESTree.NewExpression): TSESTree.Node | undefined {
  const called = unwrap(callee);
  return called.type === T.MemberExpression ? called.object : undefined;
}

/** What it denotes; a field and the parameter that it was given are one thing. */
function keyOf({ names }: Resources, node: TSESTree.Node): string | undefined {
  const expression = unwrap(node);
  const value = expression.type === T.MemberExpression ? fieldValue(expression) : undefined;
  return names.key(value?.type === T.Identifier ? value : expression);
}

/** The only value that a class gives to a field, where that happens in its constructor or its declaration. */
function fieldValue(node: TSESTree.MemberExpression): TSESTree.Expression | undefined {
  const value = ownValue(node);
  const method = value && enclosingFunction(value)?.parent;
  const isInitial = method?.type !== T.MethodDefinition || method.kind === "constructor";
  return isInitial ? value : undefined;
}
