import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { eventWaitOf } from "../listening/event-wait.ts";
import { listeningOf } from "../listening/listening.ts";
import type { Listening } from "../listening/listening.ts";
import { LISTEN } from "../resources/callback.ts";
import type { Resources } from "../resources/resources.ts";
import { isPromise } from "../source/promise.ts";
import { enclosingFunction, isFunction, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import type { Use } from "../uses/uses.ts";
import type { Output } from "./stdio.ts";

/** What a use of a child process means for its outputs. */
export type ChildUse =
  /** From here on somebody reads these outputs, or nobody has to: it is killed, or somebody else has it. */
  | { readonly role: "release"; readonly outputs: readonly Output[] }
  /** Somebody begins to wait until it ends. */
  | { readonly role: "end"; readonly listening: Listening }
  /** A promise that its input has been taken. */
  | { readonly role: "input"; readonly promise: TSESTree.Node }
  | { readonly role: "neutral" };

export const PARTS: ReadonlySet<string> = new Set(["stdin", "stdout", "stderr"]);

const UNLISTEN = ["off", "removeListener", "removeAllListeners", "setMaxListeners", "listenerCount", "emit"];

export const CHAINED: ReadonlySet<string | undefined> = new Set([
  ...LISTEN,
  ...UNLISTEN.slice(0, 4),
  "setEncoding",
  "pause",
  "end",
]);

const CHILD_NEUTRAL: ReadonlySet<string> = new Set([
  ...UNLISTEN,
  ..."unref ref send disconnect pid exitCode signalCode killed connected spawnfile spawnargs channel".split(" "),
]);
const STREAM_NEUTRAL: ReadonlySet<string> = new Set([
  ...UNLISTEN,
  ..."setEncoding unref ref pause isPaused unpipe cork uncork fd readable readableLength readableFlowing".split(" "),
  ..."readableEnded readableEncoding destroyed closed errored writable".split(" "),
]);

const ALL: readonly Output[] = ["stdout", "stderr"];
const NEUTRAL: ChildUse = { role: "neutral" };

export function childUse(resources: Resources, use: Use): ChildUse {
  const [part] = use.path;
  if (part === "stdin") return inputUse(resources, use);
  if (part === undefined) return processUse(resources, use);
  return outputUse(resources, use, part as Output);
}

const release = (outputs: readonly Output[]): ChildUse => ({ role: "release", outputs });

function processUse(resources: Resources, { node }: Use): ChildUse {
  const parent = meaningfulParent(node);
  if (parent?.type === T.CallExpression) {
    const listening = listeningOf(resources, parent);
    if (listening && unwrap(listening.target) === unwrap(node)) return ending(listening);
    return isPassive(resources, parent) ? NEUTRAL : release(ALL);
  }
  const name = parent && memberName(parent);
  if (parent?.type !== T.MemberExpression || name === undefined) return release(ALL);
  if (LISTEN.has(name)) {
    const call = meaningfulParent(parent);
    const listening = call && listeningOf(resources, call);
    return listening ? ending(listening) : NEUTRAL;
  }
  if (name === "kill") return isOtherwiseCaused(resources, parent) ? NEUTRAL : release(ALL);
  if (name === "pid") return isHandedOn(resources, parent) ? release(ALL) : NEUTRAL;
  return CHILD_NEUTRAL.has(name) ? NEUTRAL : release(ALL);
}

function ending(listening: Listening): ChildUse {
  const ends = listening.event === "exit" || listening.event === "close";
  return ends && listening.form !== "iterator" ? { role: "end", listening } : NEUTRAL;
}

const LOOKING: ReadonlySet<string | undefined> = new Set(["Boolean", "String", "console"]);

/** `console.log(child)`, `assert(child)`: calls that only look. */
function isPassive({ names }: Resources, call: TSESTree.CallExpression): boolean {
  const origin = names.origin(call.callee);
  if (origin?.module === "global") return LOOKING.has(origin.path[0]);
  return origin?.module === "assert" || origin?.module === "assert/strict";
}

/** Killed when this process is told to end, or when something fails: a child that stands still brings about neither. */
function isOtherwiseCaused(resources: Resources, node: TSESTree.Node): boolean {
  for (let current: TSESTree.Node | undefined = node; current; current = current.parent) {
    const call = isFunction(current) ? meaningfulParent(current) : undefined;
    const listening = call && listeningOf(resources, call);
    const origin = listening && resources.names.origin(listening.target);
    if (origin?.module === "process" || (origin?.module === "global" && origin.path[0] === "process")) return true;
    if (listening?.event === "error") return true;
  }
  return false;
}

/** `process.kill(-child.pid)`, `treeKill(child.pid)`. */
function isHandedOn(resources: Resources, node: TSESTree.Node): boolean {
  let parent = meaningfulParent(node);
  while (parent?.type === T.UnaryExpression || parent?.type === T.LogicalExpression) parent = meaningfulParent(parent);
  return parent?.type === T.CallExpression && !isPassive(resources, parent);
}

function outputUse(resources: Resources, { node }: Use, output: Output): ChildUse {
  const parent = meaningfulParent(node);
  if (parent?.type === T.CallExpression) {
    const listening = listeningOf(resources, parent);
    if (listening) return reads(listening) ? release([output]) : NEUTRAL;
    return isPassive(resources, parent) || waitsForEnd(resources, parent) ? NEUTRAL : release([output]);
  }
  const name = parent && memberName(parent);
  if (parent?.type !== T.MemberExpression || name === undefined) return release([output]);
  if (!LISTEN.has(name)) return STREAM_NEUTRAL.has(name) ? NEUTRAL : release([output]);
  const call = meaningfulParent(parent);
  const listening = call && listeningOf(resources, call);
  return listening && !reads(listening) ? NEUTRAL : release([output]);
}

function reads({ event }: Listening): boolean {
  return event === undefined || event === "data" || event === "readable";
}

/** `finished(child.stdout)` listens for the end, and reads nothing. */
function waitsForEnd({ names, catalog }: Resources, call: TSESTree.CallExpression): boolean {
  const origin = names.origin(call.callee);
  return origin !== undefined && catalog.api(origin)?.role === "finished";
}

/** Promises that settle when the child has taken what it was sent. */
function inputUse(resources: Resources, { node }: Use): ChildUse {
  const parent = meaningfulParent(node);
  const promise = parent?.type === T.MemberExpression ? inputPromise(resources, parent) : undefined;
  if (promise) return { role: "input", promise };
  if (parent?.type !== T.CallExpression) return NEUTRAL;
  const listening = listeningOf(resources, parent);
  if (listening?.form === "promise") {
    return TAKEN.includes(listening.event) && !listening.signal ? { role: "input", promise: parent } : NEUTRAL;
  }
  const origin = resources.names.origin(parent.callee);
  const role = origin && resources.catalog.api(origin)?.role;
  const isLast = parent.arguments.at(-1) === node;
  return isLast && (role === "finished" || role === "pipeline") ? { role: "input", promise: parent } : NEUTRAL;
}

const TAKEN: readonly (string | undefined)[] = ["drain", "finish"];

/** `new Promise((resolve) => child.stdin.once("finish", resolve))`, `new Promise((resolve) => child.stdin.end(data, resolve))`. */
function inputPromise(resources: Resources, member: TSESTree.MemberExpression): TSESTree.Node | undefined {
  const call = meaningfulParent(member);
  const executor = enclosingFunction(member);
  const promise = executor && meaningfulParent(executor);
  if (call?.type !== T.CallExpression || promise?.type !== T.NewExpression || !isFunction(executor)) return undefined;
  const event = listeningOf(resources, call)?.event;
  if (event !== undefined) {
    const wait = TAKEN.includes(event) ? eventWaitOf(resources, promise) : undefined;
    return wait && !wait.otherwise && wait.events.some(({ listening }) => listening.node === call)
      ? promise
      : undefined;
  }
  const [resolve] = executor.params;
  const last = call.arguments.at(-1);
  const isResolved =
    resolve && last?.type === T.Identifier && resources.names.variable(last) === resources.names.variable(resolve);
  return memberName(member) === "end" && isResolved && isPromise(resources.names, promise.callee) ? promise : undefined;
}
