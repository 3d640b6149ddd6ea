import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { isCall, isFunction, memberName, unwrap } from "../source/syntax.ts";
import type { Names } from "../source/names.ts";
import { findAll } from "../source/walk.ts";
import { callsOf } from "../uses/functions.ts";
import type { Owner } from "../uses/places.ts";

const known = new WeakMap<TSESTree.Program, boolean>();

const TESTS: ReadonlySet<string> = new Set(["it", "test", "describe", "suite"]);

/** Whether a file gives functions to a test runner: with its tests end their servers, and all that is left there. */
export function isTestFile({ file, names }: Resources): boolean {
  let isOne = known.get(file.ast);
  if (isOne === undefined) {
    isOne = findAll(file.ast, isCall).some((call) => {
      if (!call.arguments.some((argument) => isFunction(argument))) return false;
      const callee = unwrap(call.callee);
      const origin = names.origin(callee);
      if (origin) return RUNNERS.has(origin.module) || (origin.module === "global" && TESTS.has(origin.path[0] ?? ""));
      // `t.test("…", async (t) => { … })`
      return callee.type === T.MemberExpression && memberName(callee) === "test";
    });
    known.set(file.ast, isOne);
  }
  return isOne;
}

const RUNNERS: ReadonlySet<string> = new Set([
  "test",
  "vitest",
  "tap",
  "tape",
  "ava",
  "@jest/globals",
  "mocha",
  "bun:test",
]);

/** Whether an error of a function ends the process: all its calls are statements of the program that nobody catches. */
export function endsProcess({ names }: Resources, owner: Owner): boolean {
  if (owner.type === T.Program) return true;
  const calls = callsOf(names, owner) ?? [];
  return calls.length > 0 && calls.every((call) => isLastResort(names, call));
}

/** `main()`, `await main()`, `main().catch(() => process.exit(1))`, on its own at the top of a program. */
function isLastResort(names: Names, call: TSESTree.CallExpression): boolean {
  let whole: TSESTree.Node = call;
  for (;;) {
    const parent: TSESTree.Node = whole.parent;
    if (
      parent.type === T.MemberExpression &&
      memberName(parent) === "catch" &&
      parent.parent.type === T.CallExpression
    ) {
      const exits = parent.parent.arguments.flatMap((argument) => findAll(argument, isCall));
      if (!exits.some(({ callee }) => names.origin(callee)?.path.join(".") === "process.exit")) return false;
      whole = parent.parent;
    } else if (parent.type === T.AwaitExpression || parent.type === T.UnaryExpression) whole = parent;
    else return parent.type === T.ExpressionStatement && parent.parent.type === T.Program;
  }
}

const pages = new WeakMap<TSESTree.Program, boolean>();

/** Whether a file is part of a page that a browser shows: it makes elements. */
export function isPage({ file, names }: Resources): boolean {
  let isOne = pages.get(file.ast);
  if (isOne === undefined) {
    const isElement = (node: TSESTree.Node): node is TSESTree.JSXOpeningElement | TSESTree.MemberExpression =>
      node.type === T.JSXOpeningElement ||
      (node.type === T.MemberExpression && names.origin(node.object)?.path.join() === "document");
    isOne = findAll(file.ast, isElement).length > 0;
    pages.set(file.ast, isOne);
  }
  return isOne;
}
