import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { codePathOf } from "../flow/code-path.ts";
import { reaches, stepsOf } from "../flow/queries.ts";
import { eventWaitOf } from "../listening/event-wait.ts";
import type { AwaitedEvent } from "../listening/event-wait.ts";
import { ownValue } from "../source/field.ts";
import type { Resources } from "../resources/resources.ts";
import { enclosingFunction, literalText, memberName, unwrap } from "../source/syntax.ts";
import { walk } from "../source/walk.ts";
import { callsIn } from "./emissions.ts";
import { guardsOf } from "./guards.ts";
import type { MissedEvent } from "./missed-event.ts";
import { isReliedOn } from "./relied.ts";

const QUEUES: readonly string[] = ["bullmq.Queue", "bull.Queue"];
const TELLERS: readonly string[] = ["bullmq.QueueEvents", "bullmq.Worker", "bull.Queue"];

const ADDS: ReadonlySet<string | undefined> = new Set(["add", "addBulk"]);
const DONE = /^(?:global:)?(?:completed|failed)$/u;

/** Waits for a job of BullMQ or Bull to be done that begin to listen after the job was added: it may be done by then. */
export function lateForJobs(resources: Resources): MissedEvent[] {
  const found: MissedEvent[] = [];
  walk(resources.file.ast, (node) => {
    const event = doneIn(resources, node);
    const cause = event && addedBefore(resources, node, event);
    if (event && cause) {
      const { target, event: name = "" } = event;
      found.push({ wait: node, target, event: name, how: "added", cause, pause: undefined });
    }
  });
  return found;
}

/** The event for which a promise waits, if a job is done with it, and nothing else settles the promise. */
function doneIn(resources: Resources, node: TSESTree.Node): AwaitedEvent | undefined {
  if (node.type !== T.NewExpression && node.type !== T.CallExpression) return undefined;
  const wait = eventWaitOf(resources, node);
  if (!wait || wait.otherwise || !isReliedOn(resources.names, node)) return undefined;
  const events = wait.events.filter(({ event }) => event !== "error");
  const isDone = events.every(
    ({ event, target }) => event !== undefined && DONE.test(event) && isOne(resources, target, TELLERS),
  );
  return isDone ? events.find(({ settles }) => settles === "resolves") : undefined;
}

function isOne(resources: Resources, node: TSESTree.Node, names: readonly string[]): boolean {
  const name = resources.of(node);
  return names.some((each) => resources.is(name, each));
}

/** The awaited call that has added a job to the same queue, as far as the code says. */
function addedBefore(resources: Resources, wait: TSESTree.Node, { target }: AwaitedEvent): TSESTree.Node | undefined {
  const owner = enclosingFunction(wait);
  if (!owner) return undefined;
  const path = codePathOf(owner);
  const ends = new Set(stepsOf(path, wait));
  const key = resources.names.key(target) ?? "";
  const guards = guardsOf(resources, { node: wait, key });
  return callsIn(owner).find((call) => {
    const callee = unwrap(call.callee);
    const { parent } = call;
    if (callee.type !== T.MemberExpression || parent.type !== T.AwaitExpression) return false;
    const adds = ADDS.has(memberName(callee)) && isOne(resources, callee.object, QUEUES);
    if (!adds || !isSameQueue(resources, callee.object, target)) return false;
    return reaches(stepsOf(path, parent), (step) => ends.has(step), {
      through: ({ node }) => !guards.has(node) && node !== parent,
    });
  });
}

/** Whether nothing says that these are of different queues. */
function isSameQueue(resources: Resources, queue: TSESTree.Node, teller: TSESTree.Node): boolean {
  const [one, other] = [queue, teller].map((node) => makerOf(resources, node)?.arguments[0]);
  if (!one || !other) return true;
  const [left, right] = [literalText(one), literalText(other)];
  if (left !== undefined && right !== undefined) return left === right;
  return resources.names.key(one) === resources.names.key(other);
}

function makerOf(resources: Resources, node: TSESTree.Node): ReturnType<Resources["maker"]> {
  const expression = unwrap(node);
  const made = resources.maker(expression);
  const value = made ? undefined : ownValue(expression);
  return value ? resources.maker(value) : made;
}
