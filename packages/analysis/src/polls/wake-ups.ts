import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { listeningOf } from "../listening/listening.ts";
import type { Resources } from "../resources/resources.ts";
import { assignmentsTo, occurrencesOf } from "../source/occurrences.ts";
import { enclosingFunction, isFunction, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { nameOf } from "../uses/functions.ts";
import { elementKey, atomicOf } from "../wakes/atomics.ts";
import type { Need } from "./ends.ts";
import { writesIn } from "./writes.ts";

/** What tells at once that a piece of state has changed. */
export interface WakeUp {
  readonly kind: "atomics" | "event" | "method" | "promise";
  /** Whose it is, or the promise itself. */
  readonly of: TSESTree.Node;
  /** The name of the event or method. */
  readonly name: string;
  /** Where the state is changed by it, if that is in this file. */
  readonly setter?: TSESTree.Node | undefined;
  /** The task of a queue that itself waits until nothing is pending there. */
  readonly task?: TSESTree.Node | undefined;
  /** Whether the thing is one that is known, and may come to another end. */
  readonly known: boolean;
}

/** By resource and by the member that is looked at; `true` and `false`: what it must become. */
const MEMBERS: readonly (readonly [
  string,
  Readonly<Record<string, string | readonly [whenTrue: string, whenFalse: string]>>,
])[] = [
  [
    "child_process.ChildProcess",
    { exitCode: "exit", signalCode: "exit", connected: ["", "disconnect"], killed: "exit" },
  ],
  ["net.Server", { address: ["listening", "close"], listening: ["listening", "close"] }],
  ["net.Socket", { connecting: ["", "connect"], pending: ["", "connect"], readyState: "connect" }],
  ["ws.WebSocket", { readyState: "open" }],
  ["global.WebSocket", { readyState: "open" }],
  [
    "stream.Writable",
    {
      writableNeedDrain: ["", "drain"],
      writableLength: ["", "drain"],
      bufferSize: ["", "drain"],
      writableFinished: "finish",
      closed: "close",
      destroyed: "close",
    },
  ],
  ["stream.Readable", { readableEnded: "end", closed: "close", destroyed: "close" }],
  ["global.AbortSignal", { aborted: "abort" }],
];

const METHODS: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ["p-queue.PQueue", { size: "onEmpty", pending: "onIdle" }],
  [
    "bullmq.Job",
    {
      isCompleted: "waitUntilFinished",
      isFailed: "waitUntilFinished",
      getState: "waitUntilFinished",
      finishedOn: "waitUntilFinished",
    },
  ],
  ["bull.Job", { isCompleted: "finished", isFailed: "finished", getState: "finished" }],
];

/** The wake-up that somebody offers who waits for this instead. */
export function wakeUpOf(resources: Resources, need: Need, turn: TSESTree.Node): WakeUp | undefined {
  const written = writesIn(resources.names, need.state, turn).map(unawaited);
  const [source = need.state, ...others] = written;
  const asked = others.length === 0 ? { ...need, state: source } : need;
  return memberWakeUp(resources, asked) ?? atomicWakeUp(resources, asked) ?? flagWakeUp(resources, need);
}

function unawaited(node: TSESTree.Node): TSESTree.Node {
  const expression = unwrap(node);
  return expression.type === T.AwaitExpression ? unwrap(expression.argument) : expression;
}

function memberWakeUp(resources: Resources, { state, outcome, kind, value }: Need): WakeUp | undefined {
  const expression = unwrap(state);
  const member = expression.type === T.CallExpression ? unwrap(expression.callee) : expression;
  if (member.type !== T.MemberExpression) return undefined;
  const name = memberName(member) ?? "";
  const resource = resources.of(member.object);
  if (resource === undefined) return undefined;
  for (const [one, members] of METHODS) {
    const method = Object.hasOwn(members, name) ? members[name] : undefined;
    if (method !== undefined && resources.is(resource, one))
      return {
        kind: "method",
        of: member.object,
        name: method,
        task: method === "onIdle" ? taskAround(resources, member.object) : undefined,
        known: true,
      };
  }
  for (const [one, members] of MEMBERS) {
    const event = Object.hasOwn(members, name) ? members[name] : undefined;
    if (event === undefined || !resources.is(resource, one)) continue;
    const named = typeof event === "string" ? event : event[kind === "truth" && !outcome ? 1 : 0];
    if (named !== "") return { kind: "event", of: member.object, name: named, known: true };
  }
  const told = kind === "value" ? toldBy(resources, resource, name, value) : undefined;
  return told === undefined ? undefined : { kind: "event", of: member.object, name: told, known: true };
}

/** `queue.add(async () => { … queue.pending … })`: the task of a queue in which that is looked at. */
function taskAround({ names, ...resources }: Resources, queue: TSESTree.Node): TSESTree.Node | undefined {
  for (let inner = enclosingFunction(queue); inner; inner = enclosingFunction(inner)) {
    const call = meaningfulParent(inner);
    if (call?.type !== T.CallExpression) continue;
    const callee = unwrap(call.callee);
    if (callee.type !== T.MemberExpression || names.key(callee.object) !== names.key(queue)) continue;
    if (resources.call(call)?.acquires !== undefined) return call;
  }
  return undefined;
}

/** The event of a resource that is called like the state that is waited for: `redis.status === "ready"`. */
function toldBy(resources: Resources, resource: string, member: string, value: string): string | undefined {
  const event = resources.event(resource, value);
  return event?.state?.includes(member) === true ? value : undefined;
}

/** `Atomics.load(flags, 0)`. */
function atomicWakeUp({ names }: Resources, { state }: Need): WakeUp | undefined {
  const atomic = atomicOf(names, unwrap(state));
  if (atomic?.operation !== "load" || elementKey(names, atomic.array, atomic.index) === undefined) return undefined;
  return { kind: "atomics", of: atomic.array, name: "waitAsync", known: true };
}

/** A flag that a listener or the reaction of a promise sets. */
function flagWakeUp(resources: Resources, { state, outcome, kind }: Need): WakeUp | undefined {
  const { names, file } = resources;
  const key = names.key(state);
  if (key === undefined || kind !== "truth") return undefined;
  const sets = assignmentsTo(occurrencesOf(names, file.ast, key)).filter(({ right }) => mayBe(right, outcome));
  const wakeUps = sets.map((set) => wakeUpAround(resources, set));
  const [first] = wakeUps;
  return first && wakeUps.every((one) => one !== undefined) ? first : undefined;
}

/** Whether a value may make the condition come true. */
function mayBe(node: TSESTree.Node, outcome: boolean): boolean {
  const value = unwrap(node);
  if (value.type === T.Literal) return Boolean(value.value) === outcome;
  if (value.type === T.Identifier && value.name === "undefined") return !outcome;
  return true;
}

function wakeUpAround(resources: Resources, set: TSESTree.Node): WakeUp | undefined {
  for (let current = set.parent; current; current = current.parent) {
    if (!isFunction(current)) continue;
    return wakeUpAt(resources, current, set);
  }
  return undefined;
}

/** Who calls a function back: an emitter, or a promise. */
function wakeUpAt(resources: Resources, body: FunctionNode, set: TSESTree.Node): WakeUp | undefined {
  const variable = nameOf(resources.names, body);
  const uses = variable
    ? variable.references.filter((one) => one.isRead()).map(({ identifier }) => identifier as TSESTree.Node)
    : [body];
  const [use, ...others] = uses;
  const parent = use && meaningfulParent(use);
  if (!parent || others.length > 0) return undefined;
  const listening =
    parent.type === T.CallExpression || parent.type === T.AssignmentExpression
      ? listeningOf(resources, parent)
      : undefined;
  if (listening?.event !== undefined) {
    const known = resources.of(listening.target) !== undefined;
    return { kind: "event", of: listening.target, name: listening.event, setter: set, known };
  }
  const callee = parent.type === T.CallExpression ? unwrap(parent.callee) : undefined;
  if (callee?.type !== T.MemberExpression || !/^(?:then|finally)$/u.test(memberName(callee) ?? "")) return undefined;
  return { kind: "promise", of: callee.object, name: "", setter: set, known: true };
}
