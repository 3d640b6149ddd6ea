import type { TSESTree } from "@typescript-eslint/utils";
import type { Names } from "../source/names.ts";

/** What things that are lent call the method by which they go back, whatever library they are of. */
const RELEASING: ReadonlySet<string | undefined> = new Set([
  ..."release close end destroy dispose terminate free quit disconnect shutdown unlock done".split(" "),
  ..."@@dispose @@asyncDispose releaseAsync releaseConnection releaseClient releaseLock giveBack putBack".split(" "),
]);

/** Whether a method may give something back of which no model says what its methods do. */
export function isReleasing(resource: string | undefined, name: string | undefined): boolean {
  return RELEASING.has(name) || (resource === undefined && name === "return");
}

const ASSERTIONS: ReadonlySet<string> = new Set([
  "assert",
  "assert/strict",
  "chai",
  "expect",
  "vitest",
  "@jest/globals",
]);
const GLOBALS: ReadonlySet<string | undefined> = new Set(["Boolean", "String", "assert", "console", "expect"]);

/** Whether a function only looks at what it is given. */
export function isHarmless(names: Names, call: TSESTree.CallExpression): boolean {
  const origin = names.origin(call.callee);
  if (!origin) return false;
  return origin.module === "global" ? GLOBALS.has(origin.path[0]) : ASSERTIONS.has(origin.module);
}
