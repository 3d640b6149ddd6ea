import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Names } from "../source/names.ts";
import { membersNamed, membersOf, occurrencesOf } from "../source/occurrences.ts";
import { programOf } from "../source/program-files.ts";
import {
  contains,
  enclosingFunction,
  isCall,
  meaningfulParent,
  memberName,
  targetIn,
  unwrap,
} from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import type { Client } from "./client.ts";
import { optionIn } from "./options.ts";

const ENDING: ReadonlySet<string | undefined> = new Set(["abort", "destroy"]);

/** Whether something else may end the response, as a signal or a timeout of the request does. */
export function mayBeAborted(names: Names, call: TSESTree.CallExpression, { name }: Client): boolean {
  const signal = optionIn(names, call, "signal") ?? optionIn(names, call, "abortSignal");
  if (signal) return !isClearedTimer(names, call, signal);
  if (name === "got" && optionIn(names, call, "timeout")) return true;
  return name === "http" && isDestroyed(names, call);
}

/** The signal of a controller that only a timer aborts, which is cleared when the headers have come. */
function isClearedTimer(names: Names, call: TSESTree.CallExpression, signal: TSESTree.Node): boolean {
  const owner = enclosingFunction(call);
  if (!owner) return false;
  const key = names.key(signal);
  const aborts = membersNamed(programOf(call), "abort").filter(
    ({ object }) => `${String(names.key(object))}.signal` === key,
  );
  const cleared = findAll(owner, isCall).some(({ callee }) => names.origin(callee)?.path.join() === "clearTimeout");
  return aborts.length === 1 && cleared;
}

/** `request.setTimeout(1000, () => request.destroy())`: the request has a name, and somebody may end it by that. */
function isDestroyed(names: Names, call: TSESTree.CallExpression): boolean {
  let made: TSESTree.Node = call;
  for (let parent = meaningfulParent(made); parent; parent = meaningfulParent(made)) {
    if (parent.type !== T.MemberExpression && !(parent.type === T.CallExpression && unwrap(parent.callee) === made))
      break;
    made = parent;
  }
  const target = targetIn(meaningfulParent(made));
  const key = target && names.key(target);
  // In a chain `this` is the request: `.on("timeout", function () { this.destroy(); })`.
  const isOwnEnd = (node: TSESTree.Node): node is TSESTree.MemberExpression =>
    node.type === T.MemberExpression && ENDING.has(memberName(node)) && unwrap(node.object).type === T.ThisExpression;
  const own = key === undefined ? [] : membersOf(occurrencesOf(names, programOf(call), key));
  const ends = [...findAll(made, isOwnEnd), ...own.filter((one) => ENDING.has(memberName(one)))];
  // What the listener of the response does is seen on its paths.
  return ends.some((end) => !contains(call, end));
}
