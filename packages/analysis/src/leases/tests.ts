import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { isFunction, meaningfulParent } from "../source/syntax.ts";
import { namedUses } from "../uses/places.ts";

const GLOBALS: ReadonlySet<string> = new Set([
  ..."after afterAll afterEach before beforeAll beforeEach context describe it setup specify suite t tap".split(" "),
  ..."tape teardown test".split(" "),
]);
const MODULES: ReadonlySet<string> = new Set([
  ..."@jest/globals @playwright/test ava bun:test mocha tap tape test uvu vitest".split(" "),
]);

/** Whether a function is part of a test, or given to what sets tests up. */
export function isInTest({ names }: Resources, node: TSESTree.Node): boolean {
  const isTest = (place: TSESTree.Node): boolean => {
    const call = meaningfulParent(place);
    const origin = call?.type === T.CallExpression ? names.origin(call.callee) : undefined;
    if (!origin) return false;
    return origin.module === "global" ? GLOBALS.has(origin.path[0] ?? "") : MODULES.has(origin.module);
  };
  for (let current: TSESTree.Node | undefined = node; current; current = current.parent) {
    if (isFunction(current) && [current, ...(namedUses(names, current) ?? [])].some(isTest)) return true;
  }
  return false;
}
