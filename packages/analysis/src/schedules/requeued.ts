import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Step } from "../flow/code-path.ts";
import { reaches } from "../flow/queries.ts";
import type { Resources } from "../resources/resources.ts";
import { callsOn, occurrencesOf, stateKey } from "../source/occurrences.ts";
import {
  contains,
  enclosingFunction,
  isCall,
  loopAround,
  meaningfulParent,
  rootObject,
  targetIn,
  unwrap,
} from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { memberFunctionOf } from "../uses/callee.ts";
import { ownerOf, stepsAt } from "../uses/places.ts";
import { REMOVALS, mentions } from "../wakes/state.ts";
import { registrationOf } from "../wakes/waiter.ts";

/** A place in a queue of waiters that is taken while an earlier one, for which nobody waits any more, is still there. */
export interface RequeuedWaiter {
  /** The later call, or the one whose result is dropped. */
  readonly node: TSESTree.CallExpression;
  /** The call whose waiter stays in the queue. */
  readonly earlier: TSESTree.CallExpression;
  readonly queue: TSESTree.Node;
}

interface Ask {
  readonly node: TSESTree.CallExpression;
  readonly called: TSESTree.Node;
  readonly queue: TSESTree.Node;
  readonly receiver: string | undefined;
  /** The variable that keeps the promise; `dropped` where nothing does. */
  readonly kept: Scope.Variable | "dropped" | undefined;
}

export function findRequeuedWaiters(resources: Resources): RequeuedWaiter[] {
  const asks = findAll(resources.file.ast, isCall).flatMap((node) => askOf(resources, node) ?? []);
  const found: RequeuedWaiter[] = [];
  for (const later of asks) {
    const earlier = asks.find((one) => isReplaced(resources, one, later));
    if (!earlier) continue;
    const node = earlier.kept === "dropped" ? earlier.node : later.node;
    if (!found.some((one) => one.node === node)) found.push({ node, earlier: earlier.node, queue: earlier.queue });
  }
  return found;
}

function askOf(resources: Resources, node: TSESTree.CallExpression): Ask | undefined {
  const { names } = resources;
  const registration = registrationOf(resources, node);
  if (!registration || !isServedInTurn(resources, registration.queue)) return undefined;
  const callee = unwrap(node.callee);
  const receiver = callee.type === T.MemberExpression ? stateKey(names, callee.object) : stateKey(names, callee);
  return { node, called: registration.called, queue: registration.queue, receiver, kept: keeperOf(resources, node) };
}

/** Whether one waiter at a time is taken from the queue: where all are woken at once, one too many does no harm. */
function isServedInTurn({ names, file }: Resources, queue: TSESTree.Node): boolean {
  const key = stateKey(names, queue);
  return key !== undefined && callsOn(occurrencesOf(names, file.ast, key)).some(({ method }) => REMOVALS.has(method));
}

function keeperOf({ names }: Resources, node: TSESTree.CallExpression): Ask["kept"] {
  const parent = meaningfulParent(node);
  if (parent?.type === T.ExpressionStatement || parent?.type === T.UnaryExpression) return "dropped";
  const target = targetIn(parent);
  return target && names.variable(target);
}

function isReplaced(resources: Resources, earlier: Ask, later: Ask): boolean {
  const { names } = resources;
  const owner = ownerOf(earlier.node);
  if (!owner || earlier.kept === undefined || earlier.called !== later.called || ownerOf(later.node) !== owner)
    return false;
  if (earlier.receiver !== later.receiver) return false;
  if (earlier.kept !== "dropped" && earlier.kept !== later.kept) return false;
  const uses = earlier.kept === "dropped" ? [] : usesOf(earlier.kept, owner);
  if (!uses || isWithdrawn(resources, owner, earlier)) return false;
  const stops = new Set<Step>();
  for (const use of uses) for (const step of stepsAt(owner, use)) stops.add(step);
  const targets = new Set(stepsAt(owner, later.node));
  const isFresh = earlier.node === later.node && receiverIsFresh(names, earlier);
  return (
    !isFresh &&
    reaches(stepsAt(owner, earlier.node), (step) => targets.has(step), { through: (step) => !stops.has(step) })
  );
}

/** The places that look at a variable; undefined where a nested function does. */
function usesOf(variable: Scope.Variable, owner: TSESTree.Node): TSESTree.Node[] | undefined {
  const reads = variable.references.filter((one) => one.isRead()).map(({ identifier }) => identifier as TSESTree.Node);
  return reads.every((one) => enclosingFunction(one) === owner) ? reads : undefined;
}

/** Whether something else is done with the receiver that may take the waiter out again. */
function isWithdrawn({ names }: Resources, owner: TSESTree.Node, { receiver, called, queue }: Ask): boolean {
  const key = stateKey(names, queue);
  return findAll(owner, isCall).some((call) => {
    const callee = unwrap(call.callee);
    if (callee.type !== T.MemberExpression || stateKey(names, callee.object) !== receiver) return false;
    const method = memberFunctionOf(names, callee);
    if (!method) return true;
    return method !== called && key !== undefined && mentions(names, method.body, key);
  });
}

/** Whether each turn of a loop asks somebody else. */
function receiverIsFresh(names: Resources["names"], { node }: Ask): boolean {
  const declared = names.variable(rootObject(node.callee))?.identifiers[0] as TSESTree.Node | undefined;
  const loop = loopAround(node);
  return declared !== undefined && loop !== undefined && contains(loop, declared);
}
