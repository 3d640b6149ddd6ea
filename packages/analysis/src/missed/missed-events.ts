import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { codePathOf } from "../flow/code-path.ts";
import type { CodePath, Step } from "../flow/code-path.ts";
import { stepsOf } from "../flow/queries.ts";
import { eventWaitOf } from "../listening/event-wait.ts";
import type { Resources } from "../resources/resources.ts";
import { contains, enclosingFunction } from "../source/syntax.ts";
import { lateForActions } from "./actions.ts";
import { missedInChain } from "./chains.ts";
import { guardsOf } from "./guards.ts";
import { isEnding } from "./endings.ts";
import { lateForJobs } from "./jobs.ts";
import { renews, uses } from "./meanwhile.ts";
import type { MissedEvent, Subscription, Trigger } from "./missed-event.ts";
import { pageOf } from "./pages.ts";
import { uncheckedSignal } from "./signals.ts";
import { lateForValues } from "./subjects.ts";
import { subscriptionsIn } from "./subscriptions.ts";
import { suspends } from "./suspensions.ts";
import { triggersOf } from "./triggers.ts";

/** The waits of a file that may begin to listen for an event after it has happened. */
export function findMissedEvents(resources: Resources): MissedEvent[] {
  const found = [
    ...subscriptionsIn(resources).flatMap((subscription) => missedBy(resources, subscription) ?? []),
    ...lateForActions(resources),
    ...lateForJobs(resources),
    ...lateForValues(resources),
  ];
  return found.filter(
    (one, index) =>
      found.findIndex(({ wait }) => wait === one.wait) === index &&
      !found.some((other) => isInHelper(resources, one, other)),
  );
}

/** Whether the one is the call of a helper whose own wait is the other: that says it for all of its calls. */
function isInHelper(resources: Resources, { wait }: MissedEvent, other: MissedEvent): boolean {
  if (other.wait === wait || other.how !== "aborted") return false;
  const [event] = eventWaitOf(resources, wait)?.events ?? [];
  return event !== undefined && contains(other.wait, event.listening.node);
}

function missedBy(resources: Resources, subscription: Subscription): MissedEvent | undefined {
  const missed = lateFor(resources, subscription);
  // What happens to a page is a question of the action before: see there.
  return missed && !pageOf(resources, subscription.target) ? missed : undefined;
}

function lateFor(resources: Resources, subscription: Subscription): MissedEvent | undefined {
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
  if (cause) return { wait, target, event, how: "aborted", cause, pause: undefined };
  return missedInChain(resources, subscription);
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
