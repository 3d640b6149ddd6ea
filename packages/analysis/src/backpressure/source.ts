import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { memberName, unwrap } from "../source/syntax.ts";

/** Whether an event brings the data of a stream, or the lines of one. */
export function isDataOf(resources: Resources, target: TSESTree.Node, event: string | undefined): boolean {
  if (event === "data") return isReadable(resources, target, 0);
  return event === "line" && resources.is(resources.of(target), "readline.Interface");
}

const MAX_STEPS = 8;

/** A readable, or what one is piped into: whatever that is, its data come from there. */
function isReadable(resources: Resources, node: TSESTree.Node, depth: number): boolean {
  if (resources.is(resources.of(node), "stream.Readable")) return true;
  const expression = unwrap(node);
  if (depth > MAX_STEPS) return false;
  if (expression.type === T.Identifier) {
    const held = resources.names.held(expression);
    return held !== undefined && isReadable(resources, held, depth + 1);
  }
  const callee = expression.type === T.CallExpression ? unwrap(expression.callee) : undefined;
  if (callee?.type !== T.MemberExpression || !CHAINS.has(memberName(callee))) return false;
  return isReadable(resources, callee.object, depth + 1);
}

const CHAINS: ReadonlySet<string | undefined> = new Set(["on", "once", "pipe", "setEncoding"]);
