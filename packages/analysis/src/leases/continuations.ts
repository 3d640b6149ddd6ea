import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { isPromise, isReaction } from "../source/promise.ts";
import { contains, isFunction, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { chainOf, rootOf } from "../uses/chain.ts";
import type { Link } from "../uses/chain.ts";
import { functionOf } from "../uses/functions.ts";
import { calledAt, namedUses } from "../uses/places.ts";
import type { Owner } from "../uses/places.ts";
import type { Fate } from "./fate.ts";
import type { Leaving } from "./leaving.ts";

const LISTEN: ReadonlySet<string | undefined> = new Set(["addListener", "addEventListener", "off", "on", "once"]);

/**
 * The functions within an owner by which its work with a lease goes on, so that each path through them has to end its
 * hold: a callback of what the lease does, the executor of a promise, what is called on the spot, the last `then`.
 */
export function continuationsIn(
  resources: Resources,
  owner: Owner,
  fate: Fate,
  ends: readonly TSESTree.Node[],
): FunctionNode[] {
  const found = new Set<FunctionNode>();
  for (const end of ends) {
    for (let current = end.parent; current && current !== owner; current = current.parent) {
      if (isFunction(current) && isContinuation(resources, current, fate, ends)) found.add(current);
    }
  }
  return [...found];
}

function isContinuation(
  { names }: Resources,
  node: FunctionNode,
  { mentions }: Fate,
  ends: readonly TSESTree.Node[],
): boolean {
  const uses = namedUses(names, node);
  if (uses && uses.length !== 1) return false;
  const place = uses?.[0] ?? node;
  const call = meaningfulParent(place);
  if (calledAt(place) && !uses) return true;
  if (call?.type === T.NewExpression) return isPromise(names, call.callee);
  const callee = call?.type === T.CallExpression ? unwrap(call.callee) : undefined;
  if (call?.type !== T.CallExpression || callee?.type !== T.MemberExpression) return false;
  if (memberName(callee) === "then") return call.arguments[0] === place && isLastReaction(names, call, ends);
  const isLast = call.arguments.at(-1) === place;
  return isLast && !LISTEN.has(memberName(callee)) && mentions.includes(unwrap(callee.object));
}

function isLastReaction(
  names: Resources["names"],
  call: TSESTree.CallExpression,
  ends: readonly TSESTree.Node[],
): boolean {
  return !chainOf(names, call).links.some((link) => reacts(names, link, ends));
}

/** Whether a link of a chain holds one of the ends. */
function reacts(names: Resources["names"], { call }: Pick<Link, "call">, ends: readonly TSESTree.Node[]): boolean {
  return call.arguments.some((argument) => holds(names, argument, ends));
}

function holds(
  names: Resources["names"],
  argument: TSESTree.Node | undefined,
  ends: readonly TSESTree.Node[],
): boolean {
  const listener = argument && (functionOf(names, argument) ?? argument);
  return listener !== undefined && ends.some((end) => contains(listener, end));
}

/** What fails in a chain of promises that gives a lease back only after a success. */
export function failingChain(
  resources: Resources,
  owner: Owner,
  fate: Fate,
  ends: readonly TSESTree.Node[],
): Leaving | undefined {
  const { names } = resources;
  const reactions = [...ends, ...fate.mentions.filter((mention) => mention.parent?.type === T.CallExpression)];
  const seen = new Set<TSESTree.Node>();
  for (const end of ends) {
    for (let current = end.parent; current && current !== owner; current = current.parent) {
      const call = isFunction(current) ? meaningfulParent(current) : undefined;
      const isReaction = call?.type === T.CallExpression && isChained(call) && contains(owner, call);
      const root = isReaction ? rootOf(call) : undefined;
      if (!root || seen.has(root)) continue;
      seen.add(root);
      const { links, whole } = chainOf(names, root);
      if (ends.some((one) => !contains(whole, one)) || !isLostByFailure(names, links, reactions)) continue;
      const isOwn = fate.mentions.some((mention) => contains(root, mention));
      return { node: root, how: "fails", likelihood: isOwn ? "likely" : "possible" };
    }
  }
  return undefined;
}

function isChained({ callee }: TSESTree.CallExpression): boolean {
  return isReaction(memberName(unwrap(callee)));
}

/** Whether the chain as a whole fails, without an end, when its first promise does. */
function isLostByFailure(names: Resources["names"], links: readonly Link[], ends: readonly TSESTree.Node[]): boolean {
  for (const { call, method } of links) {
    const [first, second] = call.arguments;
    const reaction = method === "then" ? second : first;
    if (holds(names, reaction, ends)) return false;
    // Handled without one: what follows may still come to it.
    if (reaction && method !== "finally") return false;
  }
  return true;
}
