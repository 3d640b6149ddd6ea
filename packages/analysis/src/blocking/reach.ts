import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { isReaction } from "../source/promise.ts";
import { isFunction, memberName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { walk } from "../source/walk.ts";
import { memberFunctionOf } from "../uses/callee.ts";
import { apiName, isHarmless } from "./apis.ts";
import { promisifiedBy } from "./settling.ts";

/** What a piece of code runs before it goes on. */
export interface Reach {
  /** The functions of this file that it calls, and those that they call. */
  readonly functions: ReadonlySet<TSESTree.Node>;
  /** Whether nothing else is called that may run code of the program. */
  readonly isSeen: boolean;
  /** Whether it runs the event loop itself, by a native module. */
  readonly runsEvents: boolean;
}

const EVENT_RUNNERS: ReadonlySet<string | undefined> = new Set(["deasync", "fibers", "uvrun", "uvrun2"]);

/** What the code of a loop, or of a function, calls. */
export function reachOf(resources: Resources, root: TSESTree.Node): Reach {
  const functions = new Set<FunctionNode>();
  let isSeen = true;
  let runsEvents = false;
  const enter = (node: FunctionNode): void => {
    if (functions.has(node)) return;
    functions.add(node);
    look(node);
  };
  const look = (from: TSESTree.Node): void => {
    walk(from, (node) => {
      if (isFunction(node) && node !== from) return false;
      if (node.type === T.TaggedTemplateExpression || node.type === T.YieldExpression) isSeen = false;
      if (node.type !== T.CallExpression && node.type !== T.NewExpression) return true;
      if (EVENT_RUNNERS.has(resources.names.origin(node.callee)?.module)) runsEvents = true;
      const own = calledBy(resources, node);
      if (own === "unknown") isSeen = false;
      else for (const one of own) enter(one);
      return true;
    });
  };
  look(root);
  return { functions, isSeen, runsEvents };
}

// Methods of arrays, maps, sets, strings, dates and regular expressions.
const PLAIN: ReadonlySet<string | undefined> = new Set(
  "add at catch charCodeAt clear concat delete endsWith entries every exec filter finally find forEach get getTime has includes indexOf join keys map match padStart pop push reduce replace set shift slice some splice split startsWith test then toFixed toLowerCase toString toUpperCase trim unref unshift values".split(
    " ",
  ),
);

/** The functions of this file that a call runs at once. */
function calledBy(
  resources: Resources,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
): readonly FunctionNode[] | "unknown" {
  const { names } = resources;
  const callee = unwrap(node.callee);
  const given = node.arguments.flatMap((one) => memberFunctionOf(names, one) ?? []);
  if (node.type === T.NewExpression) {
    const name = apiName(names, callee);
    if (name === "Promise") return given;
    return /^(?:[A-Z]\w*Array|Array|Date|Error|Map|\w+Error|Object|RegExp|Set|SharedArrayBuffer|ArrayBuffer|URL|WeakMap|WeakSet)$/u.test(
      name,
    )
      ? []
      : "unknown";
  }
  if (isHarmless(names, callee) || promisifiedBy(resources, callee) !== undefined) return [];
  const own = isFunction(callee) ? callee : memberFunctionOf(names, callee);
  if (own) return [own, ...given];
  const method = memberName(callee);
  if (!PLAIN.has(method) || callee.type !== T.MemberExpression) return "unknown";
  if (isReaction(method)) return [];
  if (resources.of(callee.object) !== undefined) return "unknown";
  // A callback by a name that we do not know may do anything.
  const isSeen = node.arguments.every((one) => one.type !== T.SpreadElement);
  return isSeen ? given : "unknown";
}
