import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Listening } from "../listening/listening.ts";
import { eventWaitOf } from "../listening/event-wait.ts";
import type { Resources } from "../resources/resources.ts";
import type { Names } from "../source/names.ts";
import { isPromise, isRace } from "../source/promise.ts";
import { contains, isCall, isFunction, meaningfulParent, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { functionOf } from "../uses/functions.ts";
import { pendingAt } from "../uses/pending.ts";
import type { Situation } from "../uses/pending.ts";
import { ownerOf } from "../uses/places.ts";
import { resolvedBy } from "../uses/resolvers.ts";
import { standingsOf } from "../uses/standing.ts";
import type { Standing } from "../uses/standing.ts";
import { usesOf } from "../uses/uses.ts";
import type { Use, Uses } from "../uses/uses.ts";
import { CHAINED, PARTS, childUse } from "./child-uses.ts";
import type { ChildUse } from "./child-uses.ts";
import { pipedOutputs } from "./stdio.ts";
import type { Output, Starter } from "./stdio.ts";

/** A wait for a child process that stands still when a pipe is full which nobody empties. */
export interface UnreadOutput {
  /** What waits: an `await`, a promise that is returned, or the call that registers a listener. */
  readonly wait: TSESTree.Node;
  /** The call that started the child. */
  readonly child: TSESTree.CallExpression;
  /** The child's end, or that it takes its input. */
  readonly awaits: "end" | "input";
  readonly outputs: readonly Output[];
  /** Where reading begins after all, too late. */
  readonly read: TSESTree.Node | undefined;
}

interface KnownUse {
  readonly use: Use;
  readonly means: ChildUse;
}

/** Waits for child processes of a file whose outputs nobody reads before. */
export function findUnreadOutputs(resources: Resources): UnreadOutput[] {
  return findAll(resources.file.ast, isCall).flatMap((call) => {
    const starter = starterOf(resources, call);
    const outputs = starter ? pipedOutputs(resources.names, call, starter) : [];
    return outputs.length > 0 ? unreadOf(resources, call, call, outputs) : [];
  });
}

function starterOf({ names }: Resources, call: TSESTree.CallExpression): Starter | undefined {
  const origin = names.origin(call.callee);
  const last = origin?.path.at(-1);
  if (origin?.module === "cross-spawn")
    return last === "default" || last === "*" || last === "spawn" ? "spawn" : undefined;
  if (origin?.module !== "child_process") return undefined;
  return last === "spawn" || last === "fork" ? last : undefined;
}

/** `origin` is where the child comes into the code that uses it: the call that starts it, or that of a helper. */
function unreadOf(
  resources: Resources,
  child: TSESTree.CallExpression,
  origin: TSESTree.CallExpression,
  outputs: readonly Output[],
): UnreadOutput[] {
  const found = usesOf(resources.names, origin, { parts: PARTS, chained: CHAINED });
  const known = found.uses.map((use) => ({ use, means: childUse(resources, use) }));
  const waits = known.flatMap((one) => waitsOf(resources, one, origin));
  if (found.results.length === 0) return unreadBy(resources.names, { child, origin, outputs, found, known, waits });
  // While the helper waits itself, its callers have nothing to read from yet; what it reads is read for all of them.
  const standing = waits.filter((wait) => wait.standing.how === "stands");
  const early = unreadBy(resources.names, { child, origin, outputs, found, known, waits: standing });
  const left = outputs.filter((output) => !known.some(({ means }) => releases(means, output)));
  const isNested = origin !== child;
  if (early.length > 0 || left.length === 0 || isNested) return early;
  return found.results.flatMap((call) => unreadOf(resources, child, call, left));
}

function releases(means: ChildUse, output: Output): boolean {
  return means.role === "release" && means.outputs.includes(output);
}

interface Started {
  readonly child: TSESTree.CallExpression;
  readonly origin: TSESTree.CallExpression;
  readonly outputs: readonly Output[];
  readonly found: Uses;
  readonly known: readonly KnownUse[];
  readonly waits: readonly Wait[];
}

function unreadBy(names: Names, { child, origin, outputs, found, known, waits }: Started): UnreadOutput[] {
  const { variables } = found;
  const byWait = new Map<TSESTree.Node, UnreadOutput>();
  for (const output of outputs) {
    const releasing = known.filter(({ means }) => releases(means, output)).map(({ use }) => use);
    const situation = { names, origin, variables, releases: releasing, barriers: [] };
    for (const [wait, awaits] of lasting(situation, waits, output)) {
      const before = byWait.get(wait);
      const read = before?.read ?? releasing.find(({ node }) => node.range[0] > wait.range[0])?.node;
      byWait.set(wait, { wait, child, awaits, outputs: [...(before?.outputs ?? []), output], read });
    }
  }
  return [...byWait.values()];
}

interface Wait {
  readonly standing: Standing;
  readonly use: Use;
  readonly awaits: "end" | "input";
}

/** Those waits at which the program really comes to stand: not those that follow another one. */
function lasting(
  situation: Situation,
  waits: readonly Wait[],
  output: Output,
): (readonly [TSESTree.Node, Wait["awaits"]])[] {
  const pending = waits.flatMap((wait) => {
    // A child that is blocked on its errors alone is rarer still while it takes its input.
    if (wait.awaits === "input" && output === "stderr") return [];
    const node = pendingAt(situation, wait.standing, wait.use.calls);
    return node ? [{ wait, node }] : [];
  });
  const stands = pending.some(({ wait }) => wait.standing.how !== "listens");
  const [first] = pending;
  // Several listeners of one end are one wait.
  if (first && !stands) return [[first.node, first.wait.awaits]];
  const barriers = pending.filter(({ wait }) => wait.standing.how === "stands").map(({ node }) => node);
  return pending
    .filter(
      ({ wait }) =>
        wait.standing.how !== "listens" && pendingAt({ ...situation, barriers }, wait.standing, wait.use.calls),
    )
    .map(({ wait, node }) => [node, wait.awaits]);
}

function waitsOf(resources: Resources, { use, means }: KnownUse, origin: TSESTree.Node): Wait[] {
  if (means.role === "input") {
    return standingsOf(resources.names, means.promise)
      .filter(({ how }) => how === "stands")
      .map((standing) => ({ standing, use, awaits: "input" }));
  }
  if (means.role !== "end") return [];
  return endings(resources, means.listening, origin).map((standing) => ({ standing, use, awaits: "end" }));
}

function endings(resources: Resources, listening: Listening, origin: TSESTree.Node): Standing[] {
  const { names } = resources;
  if (listening.signal) return [];
  if (listening.form === "promise") return standingsOf(names, raceOfEnds(resources, listening) ?? listening.node);
  const promise = promiseAround(resources, listening.node);
  if (promise && !contains(promise, origin)) {
    const wait = eventWaitOf(resources, promise);
    const resolving = wait?.events.filter(({ settles }) => settles === "resolves") ?? [];
    if (!wait || wait.otherwise || !resolving.every(({ event }) => event === "exit" || event === "close")) return [];
    if (resolving[0]?.listening.node !== listening.node) return [];
    // What the listener reads before it resolves is read too late.
    const late = listening.listener ? [functionOf(names, listening.listener) ?? listening.listener] : [];
    return standingsOf(names, promise).map((standing) => ({ ...standing, after: [...standing.after, ...late] }));
  }
  if (promise && settlesOtherwise(resources, promise)) return [];
  const resolved = listening.listener && resolvedBy(names, listening.listener);
  if (resolved) return resolved.flatMap((use) => standingsOf(names, use));
  const listener = listening.listener && (functionOf(names, listening.listener) ?? listening.listener);
  return [{ node: listening.node, how: "listens", after: listener ? [listener] : [] }];
}

/** `Promise.race([once(child, "exit"), once(child, "error")])`: none of them comes while the child is blocked. */
function raceOfEnds(resources: Resources, { node, target }: Listening): TSESTree.CallExpression | undefined {
  const list = meaningfulParent(node);
  const race = list?.type === T.ArrayExpression ? meaningfulParent(list) : undefined;
  if (list?.type !== T.ArrayExpression || race?.type !== T.CallExpression || !isRace(resources.names, race)) return;
  const key = resources.names.key(target);
  const isEnd = (element: TSESTree.Node | null): boolean => {
    const wait = element ? eventWaitOf(resources, element) : undefined;
    return (
      wait?.otherwise === false &&
      wait.events.every((one) => ENDS.includes(one.event) && resources.names.key(one.target) === key)
    );
  };
  return key !== undefined && list.elements.every(isEnd) ? race : undefined;
}

/** The `new Promise(…)` in whose executor something stands. */
function promiseAround({ names }: Resources, node: TSESTree.Node): TSESTree.NewExpression | undefined {
  for (let owner = ownerOf(node); owner && isFunction(owner); owner = ownerOf(owner)) {
    const parent = meaningfulParent(owner);
    if (parent?.type !== T.NewExpression || parent.arguments[0] !== owner) continue;
    if (isPromise(names, parent.callee)) return parent;
  }
  return undefined;
}

const ENDS: readonly (string | undefined)[] = ["exit", "close", "error"];

/** Whether something besides the end of a child settles the promise: a timer, a message, another event. */
function settlesOtherwise(resources: Resources, promise: TSESTree.NewExpression): boolean {
  const executor = promise.arguments[0] as FunctionNode;
  const [resolve, reject] = executor.params.map((parameter) => resources.names.variable(parameter)?.references ?? []);
  const events = eventWaitOf(resources, promise)?.events ?? [];
  const ends = events.filter(({ settles, event }) => settles === "resolves" && ENDS.includes(event)).length;
  const waits = (call: TSESTree.CallExpression): boolean => {
    const origin = resources.names.origin(unwrap(call.callee));
    return origin?.module === "global" && origin.path.join() === "setTimeout";
  };
  const isTimed = ({ identifier }: { readonly identifier: unknown }): boolean => {
    for (let node = identifier as TSESTree.Node; node !== executor && node.parent; node = node.parent) {
      if (node.type === T.CallExpression && waits(node)) return true;
    }
    return false;
  };
  return ends < (resolve?.length ?? 0) || (reject ?? []).some(isTimed);
}
