import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { literalText, memberName, propertyName, unwrap } from "../source/syntax.ts";

/** A place where somebody begins to listen for an event of something. */
export interface Listening {
  /** The call, or the assignment to `onmessage`. */
  readonly node: TSESTree.CallExpression | TSESTree.AssignmentExpression;
  /** The expression that is listened to. */
  readonly target: TSESTree.Node;
  /** The name of the event; undefined where it is computed. */
  readonly event: string | undefined;
  /** The expression of that name; undefined for `onmessage`. */
  readonly eventNode: TSESTree.Node | undefined;
  /** `promise`: `once(emitter, event)`; `iterator`: `on(emitter, event)`; else a function is called. */
  readonly form: "promise" | "iterator" | "listener";
  /** The function that is called. */
  readonly listener: TSESTree.Node | undefined;
  /** Only the next event is heard. */
  readonly once: boolean;
  /** A signal may end it: what the option says, as it stands. */
  readonly signal: TSESTree.Node | undefined;
}

/** The methods that listen, and whether that is for the next event only. */
const METHODS: ReadonlyMap<string | undefined, boolean> = new Map([
  ["on", false],
  ["addListener", false],
  ["prependListener", false],
  ["once", true],
  ["prependOnceListener", true],
  ["addEventListener", false],
]);

/** How a call or an assignment listens; undefined where it does not. */
export function listeningOf(resources: Resources, node: TSESTree.Node): Listening | undefined {
  switch (node.type) {
    case T.CallExpression:
      return promised(resources, node) ?? method(node);
    case T.AssignmentExpression:
      return property(node);
    default:
      return undefined;
  }
}

/** `once(emitter, event)` and what does the same, and `on(emitter, event)` of `node:events`. */
function promised({ catalog, names }: Resources, node: TSESTree.CallExpression): Listening | undefined {
  const [target, event, options] = node.arguments;
  if (!target || !event || target.type === T.SpreadElement) return undefined;
  const origin = names.origin(node.callee);
  if (!origin) return undefined;
  const isPromise = catalog.api(origin)?.role === "event";
  const isIterator = origin.module === "events" && origin.path.at(-1) === "on";
  if (!isPromise && !isIterator) return undefined;
  return {
    node,
    target,
    event: literalText(event),
    eventNode: event,
    form: isPromise ? "promise" : "iterator",
    listener: undefined,
    once: isPromise,
    signal: options && (optionOf(options, "signal") ?? optionOf(options, "timeout")),
  };
}

function method(node: TSESTree.CallExpression): Listening | undefined {
  const callee = unwrap(node.callee);
  const isOnce = METHODS.get(memberName(callee));
  const [event, listener, options] = node.arguments;
  if (callee.type !== T.MemberExpression || isOnce === undefined || !event || !listener) return undefined;
  const once = options && optionOf(options, "once");
  return {
    node,
    target: callee.object,
    event: literalText(event),
    eventNode: event,
    form: "listener",
    listener,
    once: isOnce || (once?.type === T.Literal && once.value === true),
    signal: options && optionOf(options, "signal"),
  };
}

/** `worker.onmessage = (event) => …`. */
function property(node: TSESTree.AssignmentExpression): Listening | undefined {
  const { left, right } = node;
  const name = memberName(left);
  if (left.type !== T.MemberExpression || !name?.startsWith("on") || name.length < 5) return undefined;
  const event = name.slice(2);
  if (event !== event.toLowerCase()) return undefined;
  return {
    node,
    target: left.object,
    event,
    eventNode: undefined,
    form: "listener",
    listener: right,
    once: false,
    signal: undefined,
  };
}

/** The value of an option in an object literal; the argument itself where it is not one, since it may hold anything. */
function optionOf(options: TSESTree.Node, name: string): TSESTree.Node | undefined {
  const object = unwrap(options);
  if (object.type === T.Literal) return undefined;
  if (object.type !== T.ObjectExpression) return object;
  for (const part of object.properties) {
    if (part.type === T.SpreadElement) return part;
    if (propertyName(part.key, part.computed) === name) return part.value;
  }
  return undefined;
}
