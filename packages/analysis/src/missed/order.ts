import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { eventWaitOf } from "../listening/event-wait.ts";
import type { EventWait } from "../listening/event-wait.ts";
import type { Resources } from "../resources/resources.ts";
import { standsFor } from "../source/names.ts";
import { unwrap } from "../source/syntax.ts";
import { classOfInstance } from "../uses/classes.ts";
import { thisKeyOf } from "./callees.ts";
import { emitsTogether } from "./emissions.ts";
import type { Subscription, Trigger } from "./missed-event.ts";

/** The event has happened, or may have, when this await goes on: by what it waits for of the same thing. */
export function orderedBy(
  resources: Resources,
  node: TSESTree.AwaitExpression | TSESTree.ForOfStatement,
  subscription: Subscription,
): Trigger | undefined {
  if (node.type === T.ForOfStatement) return afterLoop(resources, node, subscription);
  return (
    afterCall(resources, node, subscription) ??
    waitsIn(resources, node.argument)
      .map((wait) => afterWait(resources, node, wait, subscription))
      .find((trigger) => trigger !== undefined)
  );
}

function waitsIn(resources: Resources, node: TSESTree.Node): EventWait[] {
  const expression = standsFor(resources.names, node);
  const wait = eventWaitOf(resources, expression);
  if (wait) return [wait];
  if (expression.type !== T.CallExpression) return [];
  const origin = resources.names.origin(expression.callee);
  const [list] = expression.arguments;
  if (origin?.module !== "global" || origin.path.join(".") !== "Promise.all" || list?.type !== T.ArrayExpression)
    return [];
  return list.elements.flatMap((element) => (element ? waitsIn(resources, element) : []));
}

function afterWait(
  resources: Resources,
  node: TSESTree.AwaitExpression,
  wait: EventWait,
  subscription: Subscription,
): Trigger | undefined {
  const { key, event, target } = subscription;
  const resolving = wait.events.filter(({ settles }) => settles === "resolves");
  const [first] = resolving;
  if (wait.otherwise || wait.node === subscription.node || !first || resolving.length > 1) return undefined;
  if (first.event === undefined || resources.names.key(first.target) !== key) return undefined;
  const name = resources.of(target);
  if (first.event === event && resources.event(name, event)?.once)
    return { at: node, how: "happened", cause: wait.node };
  const follows =
    (isConcrete(resources, target, name) && followsOf(resources, name, event).has(first.event)) ||
    emitsTogether(resources, keysOf(resources, subscription), first.event, event);
  return follows ? { at: node, how: "together", cause: wait.node } : undefined;
}

/** The thing as the code around it names it, and as its own class does. */
function keysOf(resources: Resources, { key, target }: Subscription): string[] {
  const made = classOfInstance(resources, target);
  return made ? [key, thisKeyOf(made)] : [key];
}

function followsOf(resources: Resources, name: string | undefined, event: string): ReadonlySet<string> {
  const all = new Set<string>();
  const pending = [event];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const earlier of resources.event(name, next)?.follows ?? []) {
      if (!all.has(earlier)) pending.push(earlier);
      all.add(earlier);
    }
  }
  return all;
}

const GENERAL: ReadonlySet<string | undefined> = new Set(["Readable", "Writable", "Duplex", "Transform"]);

/** What is only known as a stream may close in a turn of its own, as files and sockets do. */
function isConcrete(resources: Resources, target: TSESTree.Node, name: string | undefined): boolean {
  if (!name?.startsWith("stream.") && !name?.startsWith("global.NodeJS")) return true;
  const maker = resources.maker(target);
  const isGeneral = GENERAL.has(name.split(".").at(-1));
  return !isGeneral || maker?.type === T.NewExpression;
}

/** A loop over a stream ends when the stream has ended, and closed as well unless the system closes it. */
function afterLoop(
  resources: Resources,
  node: TSESTree.ForOfStatement,
  subscription: Subscription,
): Trigger | undefined {
  if (resources.names.key(node.right) !== subscription.key || !comesWithLast(resources, subscription)) return undefined;
  return { at: node, how: "happened", cause: node };
}

/** Whether the event has come when all of a stream has been read. */
function comesWithLast(resources: Resources, { event, target }: Subscription): boolean {
  const name = resources.of(target);
  if (!resources.is(name, "stream.Readable")) return false;
  return (
    event === "end" || (event === "close" && isConcrete(resources, target, name) && !resources.is(name, "net.Socket"))
  );
}

/** `await worker.terminate()`, `await text(source)`, `await pipeline(source, file)`, `await finished(file)`. */
function afterCall(
  resources: Resources,
  node: TSESTree.AwaitExpression,
  subscription: Subscription,
): Trigger | undefined {
  const { key, event, target } = subscription;
  const call = standsFor(resources.names, node.argument);
  if (call.type !== T.CallExpression) return undefined;
  const callee = unwrap(call.callee);
  if (callee.type === T.MemberExpression && resources.names.key(callee.object) === key) {
    const awaits = resources.call(call)?.awaits;
    if (awaits !== undefined && awaits !== "argument")
      return awaits.includes(event) ? { at: node, how: "happened", cause: call } : undefined;
  }
  const origin = resources.names.origin(call.callee);
  const isFirst = call.arguments[0] !== undefined && resources.names.key(call.arguments[0]) === key;
  if (origin?.module === "stream/consumers" && isFirst) {
    return comesWithLast(resources, subscription) ? { at: node, how: "happened", cause: call } : undefined;
  }
  const role = origin && resources.catalog.api(origin)?.role;
  if (role !== "pipeline" && role !== "finished") return undefined;
  const name = resources.of(target);
  const index = call.arguments.findIndex((argument) => resources.names.key(argument) === key);
  if (index < 0) return undefined;
  const isLast = index === call.arguments.length - 1;
  const ends =
    (event === "finish" && (role === "finished" || index > 0) && resources.is(name, "stream.Writable")) ||
    (event === "end" && (role === "finished" || !isLast) && resources.is(name, "stream.Readable"));
  return ends ? { at: node, how: "happened", cause: call } : undefined;
}
