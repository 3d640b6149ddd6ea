import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { codePathOf } from "../flow/code-path.ts";
import type { CodePath, Step } from "../flow/code-path.ts";
import { stepsOf } from "../flow/queries.ts";
import { eventWaitOf } from "../listening/event-wait.ts";
import { listeningOf } from "../listening/listening.ts";
import type { Resources } from "../resources/resources.ts";
import { enclosingFunction } from "../source/syntax.ts";
import { guardsOf } from "./guards.ts";
import { isEnding } from "./endings.ts";
import type { MissedEvent, Subscription, Trigger } from "./missed-event.ts";
import { mentions } from "./mentions.ts";
import { uncheckedSignal } from "./signals.ts";
import { isPassive } from "./starts.ts";
import { subscriptionsIn } from "./subscriptions.ts";
import { suspends } from "./suspensions.ts";
import { triggersOf } from "./triggers.ts";

/** The waits of a file that may begin to listen for an event after it has happened. */
export function findMissedEvents(resources: Resources): MissedEvent[] {
  return subscriptionsIn(resources).flatMap((subscription) => missedBy(resources, subscription) ?? []);
}

function missedBy(resources: Resources, subscription: Subscription): MissedEvent | undefined {
  const owner = enclosingFunction(subscription.node);
  if (!owner) return undefined;
  const path = codePathOf(owner);
  const targets = stepsOf(path, subscription.node);
  if (targets.length === 0) return undefined;
  const guards = guardsOf(resources, subscription);
  const { node: wait, target, event } = subscription;
  for (const trigger of triggersOf(resources, subscription, owner)) {
    const late = lateBy(resources, { path, guards, subscription, trigger, targets: new Set(targets) });
    if (late) return { wait, target, event, how: trigger.how, cause: trigger.cause, pause: late.pause };
  }
  const cause = uncheckedSignal(resources, subscription, owner);
  return cause && { wait, target, event, how: "aborted", cause, pause: undefined };
}

interface Search {
  readonly path: CodePath;
  readonly guards: ReadonlySet<TSESTree.Node>;
  readonly subscription: Subscription;
  readonly trigger: Trigger;
  readonly targets: ReadonlySet<Step>;
}

interface Late {
  readonly pause: TSESTree.Node | undefined;
}

/** Whether a path leads from the trigger to the wait on which the event may come before the wait listens. */
function lateBy(resources: Resources, { path, guards, subscription, trigger, targets }: Search): Late | undefined {
  const starts = stepsOf(path, trigger.at).filter(({ kind }) => kind !== "statement");
  // Not started: it may be over from the first step on.
  const first: Late | undefined = trigger.how === "started" ? undefined : { pause: undefined };
  const seen = { early: new Set<Step>(), late: new Set<Step>() };
  const pending = starts.map((step) => ({ step, late: first }));
  for (let at = pending.pop(); at; at = pending.pop()) {
    for (const next of at.step.next) {
      if (targets.has(next) && at.late) return at.late;
      // A loop listens from its first turn on.
      if (targets.has(next) && next.node.type === T.ForOfStatement) continue;
      if (next.node === trigger.at || renews(resources, next.node, subscription, trigger)) continue;
      let { late } = at;
      if (guards.has(next.node)) late = undefined;
      if (isEnding(subscription.event) && uses(resources, next.node, subscription)) late = undefined;
      if (suspends(resources, next, subscription, trigger)) late ??= { pause: next.node };
      const known = late ? seen.late : seen.early;
      if (known.has(next)) continue;
      known.add(next);
      pending.push({ step: next, late });
    }
  }
  return undefined;
}

/** From here on somebody hears the event, or the name stands for something else. */
function renews(
  resources: Resources,
  node: TSESTree.Node,
  { key, event, node: wait }: Subscription,
  trigger: Trigger,
): boolean {
  const { names } = resources;
  switch (node.type) {
    case T.AssignmentExpression: {
      const assigned = names.key(node.left);
      if (assigned !== undefined && (key === assigned || key.startsWith(`${assigned}.`)))
        return !contains(node, trigger.at);
      return hears(resources, node, key, event);
    }
    case T.VariableDeclarator: {
      const isAlias = node.init !== null && names.key(node.init) === key;
      return names.key(node.id) === key && !isAlias && !contains(node, trigger.at);
    }
    case T.CallExpression:
    case T.NewExpression:
      return node !== wait && !contains(node, wait) && hears(resources, node, key, event);
    default:
      return false;
  }
}

function hears(resources: Resources, node: TSESTree.Node, key: string, event: string): boolean {
  const listening = listeningOf(resources, node);
  if (listening && resources.names.key(listening.target) === key) return (listening.event ?? event) === event;
  const wait = eventWaitOf(resources, node);
  return wait?.events.some((one) => resources.names.key(one.target) === key && (one.event ?? event) === event) ?? false;
}

/** Whoever uses the thing may have it end just now, and listens for that. */
function uses(resources: Resources, node: TSESTree.Node, { key, node: wait }: Subscription): boolean {
  if (node.type !== T.CallExpression && node.type !== T.NewExpression) return false;
  if (node === wait || contains(node, wait) || isPassive(node)) return false;
  return !listeningOf(resources, node) && !eventWaitOf(resources, node) && mentions(resources, node, key);
}

function contains(outer: TSESTree.Node, inner: TSESTree.Node): boolean {
  return outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
}
