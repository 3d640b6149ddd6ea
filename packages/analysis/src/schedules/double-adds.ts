import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { listeningOf } from "../listening/listening.ts";
import type { Resources } from "../resources/resources.ts";
import { groupBy, stateKey } from "../source/occurrences.ts";
import { contains, isCall, isFunction, loopAround, memberName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll, walk } from "../source/walk.ts";
import { memberFunctionOf } from "../uses/callee.ts";
import { guardsOf } from "../wakes/guard.ts";
import { takesFrom } from "../wakes/hand-over.ts";
import { mentions } from "../wakes/state.ts";

/** A listener that puts into a run queue what the loop over that queue may have put back already. */
export interface DoubleAdd {
  /** The addition without a test. */
  readonly node: TSESTree.CallExpression;
  readonly queue: TSESTree.Node;
  /** The addition of the loop. */
  readonly back: TSESTree.CallExpression;
}

interface Push {
  readonly node: TSESTree.CallExpression;
  readonly queue: TSESTree.Node;
  readonly key: string;
  readonly item: TSESTree.Node;
}

const ADDS: ReadonlySet<string | undefined> = new Set(["enqueue", "push", "unshift"]);

export function findDoubleAdds(resources: Resources): DoubleAdd[] {
  const { names, file } = resources;
  const found: DoubleAdd[] = [];
  const pushes = findAll(file.ast, isCall).flatMap((node) => pushOf(resources, node) ?? []);
  const backs = groupBy(
    pushes.filter((push) => isPutBack(resources, push)),
    ({ key }) => key,
  );
  if (backs.size === 0) return [];
  const report = (push: Push, back: Push): void => {
    if (!found.some(({ node }) => node === push.node))
      found.push({ node: push.node, queue: push.queue, back: back.node });
  };
  const byOwner = groupBy(pushes, ({ node }) => ownerOf(node));
  walk(file.ast, (node) => {
    const listening = listeningOf(resources, node);
    const listener = listening?.listener && memberFunctionOf(names, listening.listener);
    if (!listener) return;
    for (const { push, place } of pushesIn(resources, listener, byOwner)) {
      for (const back of backs.get(push.key) ?? []) {
        if (push.node === back.node || !isKnownBefore(resources, place.item, listener)) continue;
        if (![push.node, place.node].some((one) => isTested(resources, one, push.key, [listener, ownerOf(back.node)])))
          report(push, back);
      }
    }
  });
  return found;
}

function pushOf({ names }: Resources, node: TSESTree.CallExpression): Push | undefined {
  const callee = unwrap(node.callee);
  const [item] = node.arguments;
  if (callee.type !== T.MemberExpression || !item || !ADDS.has(memberName(callee))) return undefined;
  const key = stateKey(names, callee.object);
  return key === undefined ? undefined : { node, queue: callee.object, key, item };
}

/** `const c = queue.shift(); …; if (c.more) queue.push(c);` in a loop. */
function isPutBack({ names }: Resources, { node, key, item }: Push): boolean {
  const references = names.variable(unwrap(item))?.references ?? [];
  const isTaken = references.some(({ writeExpr }) => writeExpr && takesFrom({ names }, unwrap(writeExpr), key));
  return isTaken && loopAround(node) !== undefined && !guardsOf(node).some(({ test }) => asksQueue(names, test, key));
}

/** The additions of a listener: its own, and those of the helpers that it calls, with what they are given there. */
function pushesIn(
  { names }: Resources,
  listener: FunctionNode,
  pushes: ReadonlyMap<FunctionNode, readonly Push[]>,
): { readonly push: Push; readonly place: { readonly node: TSESTree.Node; readonly item: TSESTree.Node } }[] {
  const own = (pushes.get(listener) ?? []).map((push) => ({ push, place: push }));
  const helped = findAll(listener.body, isCall).flatMap((node) => {
    const helper = memberFunctionOf(names, node.callee);
    if (!helper) return [];
    return (pushes.get(helper) ?? []).flatMap((push) => {
      const variable = names.variable(unwrap(push.item));
      const index = variable ? helper.params.findIndex((one) => names.variable(one) === variable) : -1;
      const item = index < 0 ? push.item : node.arguments[index];
      return item ? [{ push, place: { node, item } }] : [];
    });
  });
  return [...own, ...helped];
}

/** What a listener is given, or makes, is new each time; what it knows from outside may be queued. */
function isKnownBefore({ names }: Resources, item: TSESTree.Node, listener: FunctionNode): boolean {
  const expression = unwrap(item);
  if (expression.type === T.ThisExpression) return true;
  const declared = names.variable(expression)?.identifiers[0] as TSESTree.Node | undefined;
  return declared !== undefined && !contains(listener, declared);
}

const CHANGES: ReadonlySet<string | undefined> = new Set(["add", "delete", "set"]);

/** Whether a condition comes before that asks the queue, something unseen, or a flag that these functions set. */
function isTested(
  { names }: Resources,
  node: TSESTree.Node,
  key: string,
  owners: readonly (TSESTree.Node | undefined)[],
): boolean {
  const written = new Set<string | undefined>();
  for (const owner of [...owners, ownerOf(node)]) {
    if (!owner) continue;
    walk(owner, (one) => {
      const name = one.type === T.AssignmentExpression && one.operator === "=" ? nameIn(one.left) : undefined;
      if (name !== undefined) written.add(name);
      if (
        one.type === T.CallExpression &&
        one.callee.type === T.MemberExpression &&
        CHANGES.has(memberName(one.callee))
      ) {
        const collection = nameIn(one.callee.object);
        if (collection !== undefined) written.add(collection);
      }
    });
  }
  return guardsOf(node).some(({ test }) => {
    const isFlag = (one: TSESTree.Node): one is TSESTree.Node => written.has(nameIn(one));
    return asksQueue(names, test, key) || findAll(test, isFlag).length > 0;
  });
}

const ASKS: ReadonlySet<string | undefined> = new Set([
  "every",
  "find",
  "findIndex",
  "has",
  "includes",
  "indexOf",
  "some",
]);

/** `queue.includes(c)`; its length says nothing about one of its items. */
function asksQueue(names: Resources["names"], test: TSESTree.Node, key: string): boolean {
  return findAll(test, isCall).some((call) => {
    const callee = unwrap(call.callee);
    if (callee.type === T.MemberExpression && ASKS.has(memberName(callee))) return mentions(names, callee.object, key);
    const called = memberFunctionOf(names, callee);
    return called !== undefined && mentions(names, called.body, key);
  });
}

function nameIn(node: TSESTree.Node): string | undefined {
  if (node.type === T.Identifier) return node.name;
  return memberName(node);
}

function ownerOf(node: TSESTree.Node): FunctionNode | undefined {
  let current = node.parent;
  while (current && !isFunction(current)) current = current.parent;
  return current;
}
