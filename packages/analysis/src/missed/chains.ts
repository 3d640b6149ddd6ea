import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { codePathOf } from "../flow/code-path.ts";
import type { Step } from "../flow/code-path.ts";
import { reaches, stepsOf } from "../flow/queries.ts";
import type { Resources } from "../resources/resources.ts";
import { isReaction } from "../source/promise.ts";
import { contains, enclosingFunction, isFunction, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { guardsOf } from "./guards.ts";
import { isEnding } from "./endings.ts";
import { renews, uses } from "./meanwhile.ts";
import type { MissedEvent, Subscription, Trigger } from "./missed-event.ts";
import { isReliedOn } from "./relied.ts";
import { isOwnWait, takesTime } from "./suspensions.ts";
import { triggersOf } from "./triggers.ts";

/** A wait in a callback of a promise, for what was started before the chain: `ready.then(() => once(child, "exit"))`. */
export function missedInChain(resources: Resources, subscription: Subscription): MissedEvent | undefined {
  const { node: wait, target, event } = subscription;
  const callback = enclosingFunction(wait);
  if (!isFunction(callback)) return undefined;
  const chain = chainOf(resources, callback);
  const owner = chain && enclosingFunction(chain.call);
  // A test in the callback looks when it runs.
  if (!owner || guardsOf(resources, subscription).size > 0) return undefined;
  const before = chain.before.some((promise) => isOwnWait(resources, promise, subscription));
  if (before || !chain.before.some((promise) => takesTime(resources, promise))) return undefined;
  const inside = codePathOf(callback);
  if (!leads(resources, inside.enter, new Set(stepsOf(inside, wait)), subscription)) return undefined;
  const path = codePathOf(owner);
  const ends = new Set(stepsOf(path, chain.call));
  const trigger = triggersOf(resources, subscription, owner).find(
    ({ at, how }) =>
      how === "started" &&
      !contains(chain.call, at) &&
      stepsOf(path, at).some((step) => leads(resources, step, ends, subscription, { at, how, cause: at })),
  );
  return trigger && { wait, target, event, how: "started", cause: trigger.cause, pause: chain.before.at(-1) };
}

interface Chain {
  /** The call that is given the callback. */
  readonly call: TSESTree.CallExpression;
  /** The promises that it comes after, nearest first. */
  readonly before: readonly TSESTree.Node[];
}

function chainOf({ names }: Resources, callback: FunctionNode): Chain | undefined {
  const call = meaningfulParent(callback);
  if (call?.type !== T.CallExpression || call.arguments[0] !== callback) return undefined;
  const before: TSESTree.Node[] = [];
  let link: TSESTree.Node = call;
  for (;;) {
    const callee: TSESTree.Node | undefined = link.type === T.CallExpression ? unwrap(link.callee) : undefined;
    if (callee?.type !== T.MemberExpression || !isReaction(memberName(callee))) break;
    link = unwrap(callee.object);
    before.push(link);
  }
  const [first] = before;
  const callee = unwrap(call.callee);
  const isThen = first !== undefined && memberName(callee) === "then";
  const isLast = meaningfulParent(call)?.type === T.ExpressionStatement;
  return isThen && (isLast || isReliedOn(names, call)) ? { call, before } : undefined;
}

/** Whether control comes there without anybody hearing the event, or making it happen anew. */
function leads(
  resources: Resources,
  from: Step,
  ends: ReadonlySet<Step>,
  subscription: Subscription,
  trigger: Trigger = { at: subscription.node, how: "started", cause: subscription.node },
): boolean {
  return reaches([from], (step) => ends.has(step), {
    through: ({ node }) =>
      !renews(resources, node, subscription, trigger) &&
      !(isEnding(subscription.event) && uses(resources, node, subscription)),
  });
}
