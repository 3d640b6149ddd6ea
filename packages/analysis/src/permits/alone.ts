import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { isInTest } from "../leases/tests.ts";
import type { Resources } from "../resources/resources.ts";
import { isAwaited, isFunction, isLoop, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import { callsOf } from "../uses/functions.ts";
import { calledAt, contains, ownerOf } from "../uses/places.ts";
import { capacityOf } from "./capacity.ts";
import { heldFunction, takingOf } from "./taking.ts";

// Functions of functions; beyond, somebody calls them twice at once.
const MAX_DEPTH = 5;

/** Whether a place is come to by one caller at a time only, as far as the file shows. */
export function isAlone(resources: Resources, node: TSESTree.Node, depth = 0): boolean {
  if (depth === 0 && isInTest(resources, node)) return true;
  const owner = ownerOf(node);
  if (!owner || depth > MAX_DEPTH) return false;
  if (!isAwaited(node) && isRepeated(node)) return false;
  if (!isFunction(owner)) return true;
  const around = callAround(resources, owner);
  if (around) return isAlone(resources, around, depth + 1);
  const calls = callsOf(resources.names, owner) ?? [];
  if (calls.length === 0 || calls.some((call) => contains(owner, call))) return false;
  if (calls.length > 1 && !calls.every(isAwaited)) return false;
  return calls.every((call) => isAlone(resources, call, depth + 1));
}

function isRepeated(node: TSESTree.Node): boolean {
  for (let current = node.parent; current && !isFunction(current); current = current.parent) {
    if (isLoop(current)) return true;
  }
  return false;
}

/** The call that runs a function once, or never twice at a time: on the spot, after a promise, under a lock. */
function callAround(resources: Resources, node: TSESTree.Node): TSESTree.Node | undefined {
  const spot = calledAt(node);
  const call = meaningfulParent(node);
  if (spot || call?.type !== T.CallExpression) return spot;
  const callee = unwrap(call.callee);
  const isReaction =
    callee.type === T.MemberExpression && ["then", "catch", "finally"].includes(memberName(callee) ?? "");
  if (isReaction) return call;
  const taking = takingOf(resources, call);
  const isHeld = taking && heldFunction(taking) === node && taking.model.key === undefined;
  // Where only one may hold it, there is one; its caller does not matter.
  return isHeld && capacityOf(taking) === 1 ? programOf(node) : undefined;
}

function programOf(node: TSESTree.Node): TSESTree.Node {
  let current = node;
  while (current.parent) current = current.parent;
  return current;
}
