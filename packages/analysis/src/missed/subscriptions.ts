import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { listeningOf } from "../listening/listening.ts";
import { eventWaitOf } from "../listening/event-wait.ts";
import type { Resources } from "../resources/resources.ts";
import { meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import { walk } from "../source/walk.ts";
import { isReliedOn } from "./relied.ts";
import type { Subscription } from "./missed-event.ts";

/** The places of a file that wait for one event and nothing else, each for the first time there. */
export function subscriptionsIn(resources: Resources): Subscription[] {
  const found: Subscription[] = [];
  walk(resources.file.ast, (node) => {
    const subscription = subscriptionAt(resources, node);
    if (subscription) found.push(subscription);
  });
  return found;
}

function subscriptionAt(resources: Resources, node: TSESTree.Node): Subscription | undefined {
  switch (node.type) {
    case T.CallExpression:
    case T.NewExpression:
      return iteratorOf(resources, node) ?? soleWait(resources, node);
    case T.ForOfStatement:
      return lines(resources, node);
    default:
      return undefined;
  }
}

/** The event for which alone the promise waits; a rejection on `error` is no way out of a lost event. */
function soleEvent(resources: Resources, node: TSESTree.Node): Subscription | undefined {
  const wait = eventWaitOf(resources, node);
  const resolving = wait?.events.filter(({ settles, event }) => settles === "resolves" && event !== "error") ?? [];
  // What only rejects waits for nothing but that: `new Promise((_, reject) => signal.addEventListener("abort", reject))`.
  if (wait?.events.length === 1 && wait.events[0]?.event === "abort") resolving.splice(0, 1, wait.events[0]);
  const [only] = resolving;
  if (!wait || wait.otherwise || !only || resolving.length > 1 || only.event === undefined) return undefined;
  const others = wait.events.filter((one) => one !== only && one.settles === "rejects" && one.event !== "error");
  const target = pipedInto(only.target);
  const key = resources.names.key(target);
  return key === undefined || others.length > 0 ? undefined : { node: wait.node, target, key, event: only.event };
}

/** `source.pipe(response)` is the response. */
function pipedInto(node: TSESTree.Node): TSESTree.Node {
  const call = unwrap(node);
  const callee = call.type === T.CallExpression ? unwrap(call.callee) : undefined;
  const isPipe = callee?.type === T.MemberExpression && memberName(callee) === "pipe";
  const [destination] = isPipe && call.type === T.CallExpression ? call.arguments : [];
  return destination ? pipedInto(destination) : node;
}

function soleWait(
  resources: Resources,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
): Subscription | undefined {
  const sole = soleEvent(resources, node);
  return sole && isReliedOn(resources.names, node) ? sole : undefined;
}

/** `for await (const [value] of on(emitter, "event"))`. */
function iteratorOf(resources: Resources, node: TSESTree.Node): Subscription | undefined {
  const listening = listeningOf(resources, node);
  if (listening?.form !== "iterator" || listening.signal || listening.event === undefined) return undefined;
  const loop = meaningfulParent(node);
  const key = resources.names.key(listening.target);
  if (key === undefined || loop?.type !== T.ForOfStatement || unwrap(loop.right) !== node) return undefined;
  return { node, target: listening.target, key, event: listening.event };
}

/** `for await (const line of lines)`: who iterates late has lost the lines before. */
function lines(resources: Resources, node: TSESTree.ForOfStatement): Subscription | undefined {
  if (!node.await || !resources.is(resources.of(node.right), "readline.Interface")) return undefined;
  const key = resources.names.key(node.right);
  return key === undefined ? undefined : { node, target: node.right, key, event: "line" };
}
