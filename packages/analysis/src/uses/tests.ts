import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import type { Names } from "../source/names.ts";
import { isCall, isFunction, meaningfulParent, memberName, rootObject, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { namedUses } from "./places.ts";

// What sets tests up, and the tests themselves.
const GLOBALS: ReadonlySet<string | undefined> = new Set([
  ..."after afterAll afterEach before beforeAll beforeEach context describe it setup specify suite t tap".split(" "),
  ..."tape teardown test".split(" "),
]);
const RUNNERS: ReadonlySet<string> = new Set([
  ..."@jest/globals @playwright/test ava bun:test mocha tap tape test uvu vitest".split(" "),
]);

function isOfRunner(names: Names, callee: TSESTree.Node): boolean {
  const origin = names.origin(callee);
  if (!origin) return false;
  return origin.module === "global" ? GLOBALS.has(origin.path[0]) : RUNNERS.has(origin.module);
}

/**
 * `test("…", async () => { … })` of a runner that a file of the project makes of another one: it has the name of one, is
 * imported or extended here, and gives its function a title.
 */
function isOfOwnRunner(names: Names, { callee, arguments: [title] }: TSESTree.CallExpression): boolean {
  const root = rootObject(callee);
  if (root.type !== T.Identifier || (root.name !== "test" && root.name !== "it")) return false;
  const made = names.held(root);
  const maker = made?.type === T.CallExpression ? unwrap(made.callee) : undefined;
  const isExtended = maker?.type === T.MemberExpression && memberName(maker) === "extend";
  const isTitle = title?.type === T.TemplateLiteral || (title?.type === T.Literal && typeof title.value === "string");
  return isTitle && (isExtended || names.origin(root)?.module.startsWith(".") === true);
}

/** Whether a function is part of a test, or given to what sets tests up. */
export function isInTest({ names }: Resources, node: TSESTree.Node): boolean {
  const isTest = (place: TSESTree.Node): boolean => {
    const call = meaningfulParent(place);
    return call?.type === T.CallExpression && (isOfRunner(names, call.callee) || isOfOwnRunner(names, call));
  };
  for (let current: TSESTree.Node | undefined = node; current; current = current.parent) {
    if (isFunction(current) && [current, ...(namedUses(names, current) ?? [])].some(isTest)) return true;
  }
  return false;
}

const known = new WeakMap<TSESTree.Program, boolean>();

/** Whether a file gives functions to a test runner: with its tests end their servers, and all that is left there. */
export function isTestFile({ file, names }: Resources): boolean {
  let isOne = known.get(file.ast);
  if (isOne === undefined) {
    isOne = findAll(file.ast, isCall).some((call) => isTestCall(names, call));
    known.set(file.ast, isOne);
  }
  return isOne;
}

function isTestCall(names: Names, call: TSESTree.CallExpression): boolean {
  // With its answers no connection comes.
  if (names.origin(call.callee)?.module === "nock") return true;
  if (!call.arguments.some((argument) => isFunction(argument))) return false;
  if (isOfOwnRunner(names, call)) return true;
  const named = unwrap(call.callee);
  // `test.runIf(condition)("…", async () => { … })`
  const callee = named.type === T.CallExpression ? unwrap(named.callee) : named;
  return isOfRunner(names, callee) || isSubtest(names, callee);
}

/** `t.test("…", async (t) => { … })`, and the same by a name of its own. */
function isSubtest(names: Names, callee: TSESTree.Node): boolean {
  const variable = names.variable(callee);
  const start = variable && names.initial(variable);
  const method = start ? (start.path.length === 0 ? unwrap(start.value) : undefined) : callee;
  return method?.type === T.MemberExpression && memberName(method) === "test";
}
