import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { isReaction } from "../source/promise.ts";
import { isInTest } from "../uses/tests.ts";
import type { Resources } from "../resources/resources.ts";
import { programOf } from "../source/program-files.ts";
import { contains, isAwaited, isFunction, isLoop, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import { callsOf } from "../uses/functions.ts";
import { calledAt, ownerOf } from "../uses/places.ts";
import { capacityOf } from "./capacity.ts";
import { heldFunction, takingOf } from "./taking.ts";

// Functions of functions; beyond, somebody calls them twice at once.
const MAX_DEPTH = 5;

/** Whether a place is come to by one caller at a time only, as far as the file shows. */
export function isAlone(resources: Resources, node: TSESTree.Node, depth = 0): boolean {
  if (isInTest(resources, node)) return true;
  const owner = ownerOf(node);
  if (!owner || depth > MAX_DEPTH) return false;
  if (!isAwaited(node) && isRepeated(node)) return false;
  if (!isFunction(owner)) return true;
  const around = callAround(resources, owner);
  if (around) return isAlone(resources, around, depth + 1);
  const calls = callsOf(resources.names, owner) ?? [];
  if (calls.length === 0) return false;
  if (calls.length > 1 && !calls.every(isAwaited)) return false;
  return calls.every((call) => isAlone(resources, call, depth + 1));
}

/** The statements of a script during which a place is come to; undefined where somebody may come to it at any time. */
export function statementsOf(resources: Resources, node: TSESTree.Node, depth = 0): TSESTree.Node[] | undefined {
  const owner = ownerOf(node);
  if (!owner || depth > MAX_DEPTH) return undefined;
  if (!isFunction(owner)) {
    let statement = node;
    let isWaitedFor = false;
    for (; statement.parent && statement.parent.type !== T.Program; statement = statement.parent) {
      isWaitedFor ||= statement.type === T.AwaitExpression;
    }
    return isWaitedFor ? [statement] : undefined;
  }
  const around = calledAt(owner) ?? givenTo(owner);
  const calls = around ? [around] : (callsOf(resources.names, owner) ?? []);
  if (calls.length === 0 || calls.some((call) => contains(owner, call))) return undefined;
  const statements = calls.map((call) => statementsOf(resources, call, depth + 1));
  return statements.every((one) => one !== undefined) ? statements.flat() : undefined;
}

/** What calls a function that stands in its arguments: `lists.map((list) => …)`, `mutex.runExclusive(() => …)`. */
function givenTo(node: TSESTree.Node): TSESTree.Node | undefined {
  const call = meaningfulParent(node);
  return call?.type === T.CallExpression ? call : undefined;
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
  if (isReaction(memberName(unwrap(call.callee)))) return call;
  const taking = takingOf(resources, call);
  const isHeld = taking && heldFunction(taking) === node && taking.model.key === undefined;
  // Where only one may hold it, there is one; its caller does not matter.
  return isHeld && capacityOf(taking) === 1 ? programOf(node) : undefined;
}
