import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { codePathOf } from "../flow/code-path.ts";
import { reaches, stepsOf } from "../flow/queries.ts";
import type { Resources } from "../resources/resources.ts";
import { enclosingFunction, isFunction, literalText, memberName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll, walk } from "../source/walk.ts";
import { calleeOf, functionOf } from "./callees.ts";

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** When a call makes something emit an event: before it returns, or once the code around it waits. */
export interface Emission {
  readonly when: "later" | "now";
  /** After how many milliseconds, where that is written there. */
  readonly delay: number | undefined;
}

const NOW: Emission = { when: "now", delay: 0 };
const LATER: Emission = { when: "later", delay: 0 };

const MAX_DEPTH = 4;

const ARRAY_CALLBACKS: ReadonlySet<string | undefined> = new Set([
  "forEach",
  "map",
  "filter",
  "some",
  "every",
  "reduce",
  "flatMap",
]);

/** When the call has the event emitted by the thing of that key; undefined where it does not, as far as we see. */
export function emissionOf(
  resources: Resources,
  call: Call,
  key: string,
  event: string,
  depth = 0,
): Emission | undefined {
  if (isEmit(resources, call, key, event)) return NOW;
  if (depth > MAX_DEPTH) return undefined;
  const scheduled = scheduledBy(resources, call);
  if (scheduled) {
    const emission = emissionIn(resources, scheduled.callback, key, event, depth + 1);
    if (!emission || scheduled.when === "now") return emission;
    const [outer, inner] = [scheduled.delay, emission.delay];
    return { when: "later", delay: outer === undefined || inner === undefined ? undefined : outer + inner };
  }
  const callee = calleeOf(resources, call, key);
  return callee?.key === undefined ? undefined : emissionIn(resources, callee.body, callee.key, event, depth + 1);
}

/** When a function that is called has the event emitted. */
function emissionIn(
  resources: Resources,
  body: FunctionNode,
  key: string,
  event: string,
  depth: number,
): Emission | undefined {
  if (body.generator) return undefined;
  const path = codePathOf(body);
  let found: Emission | undefined;
  for (const call of callsIn(body)) {
    const emission = emissionOf(resources, call, key, event, depth);
    if (!emission) continue;
    const steps = new Set(stepsOf(path, call));
    if (emission.when === "now" && reaches([path.enter], (step) => steps.has(step), { through: isSynchronous }))
      return NOW;
    found ??= emission.when === "later" ? emission : { ...LATER, delay: undefined };
  }
  return found;
}

function isSynchronous({ node, kind }: { readonly node: TSESTree.Node; readonly kind: string }): boolean {
  if (kind === "iterate") return node.type !== T.ForOfStatement || !node.await;
  return node.type !== T.AwaitExpression && node.type !== T.YieldExpression;
}

const calls = new WeakMap<TSESTree.Node, Call[]>();

/** The calls that belong to a function itself, not to functions in it. */
export function callsIn(owner: TSESTree.Node): readonly Call[] {
  let own = calls.get(owner);
  if (!own) {
    own = findAll(owner, isCall).filter((call) => enclosingFunction(call) === owner);
    calls.set(owner, own);
  }
  return own;
}

function isCall(node: TSESTree.Node): node is Call {
  return node.type === T.CallExpression || node.type === T.NewExpression;
}

function isEmit({ names }: Resources, call: Call, key: string, event: string): boolean {
  const emit = emitOf(call);
  if (emit?.event !== event) return false;
  const emitter = names.key(emit.emitter);
  return emitter !== undefined && key === (emit.aborts ? `${emitter}.signal` : emitter);
}

/** A call that has a thing emit an event. */
export interface Emit {
  readonly call: TSESTree.CallExpression;
  readonly emitter: TSESTree.Node;
  readonly event: string | undefined;
  /** What emits is the signal of a controller. */
  readonly aborts: boolean;
}

/** `emitter.emit("event")`, `target.dispatchEvent(new Event("event"))`, `controller.abort()`. */
function emitOf(call: TSESTree.Node): Emit | undefined {
  if (call.type !== T.CallExpression) return undefined;
  const callee = unwrap(call.callee);
  if (callee.type !== T.MemberExpression) return undefined;
  const emitter = callee.object;
  const [first] = call.arguments;
  switch (memberName(callee)) {
    case "abort":
      return { call, emitter, event: "abort", aborts: true };
    case "emit":
      return { call, emitter, event: first && literalText(first), aborts: false };
    case "dispatchEvent": {
      const made = first && unwrap(first);
      const [type] = made?.type === T.NewExpression ? made.arguments : [];
      return { call, emitter, event: type && literalText(type), aborts: false };
    }
    default:
      return undefined;
  }
}

const emits = new WeakMap<TSESTree.Program, readonly Emit[]>();

/** All such calls of a file. */
export function emitsIn(ast: TSESTree.Program): readonly Emit[] {
  let known = emits.get(ast);
  if (!known) {
    const found: Emit[] = [];
    walk(ast, (node) => {
      const emit = emitOf(node);
      if (emit) found.push(emit);
    });
    known = found;
    emits.set(ast, known);
  }
  return known;
}

interface Scheduled extends Emission {
  readonly callback: FunctionNode;
}

/** The function that a call has run, and when: timers, microtasks, `then`, executors of promises. */
function scheduledBy(resources: Resources, call: Call): Scheduled | undefined {
  const [first, second] = call.arguments;
  const callback = functionOf(resources, first);
  if (!callback) return undefined;
  const callee = unwrap(call.callee);
  const origin = resources.names.origin(call.callee);
  const full = origin && [origin.module, ...origin.path].join(".");
  if (call.type === T.NewExpression) {
    return full === "global.Promise" ? { callback, ...NOW } : undefined;
  }
  switch (full) {
    case "global.setTimeout":
    case "timers.setTimeout": {
      const delay = second ? (second.type === T.Literal ? Number(second.value) : undefined) : 0;
      return { callback, when: "later", delay };
    }
    case "global.setImmediate":
    case "timers.setImmediate":
    case "global.queueMicrotask":
    case "global.process.nextTick":
    case "process.nextTick":
    case "process.default.nextTick":
      return { callback, ...LATER };
  }
  const name = memberName(callee);
  if (name === "then" || name === "finally") return { callback, when: "later", delay: undefined };
  return ARRAY_CALLBACKS.has(name) && isFunction(first) ? { callback, ...NOW } : undefined;
}

/** Whether something emits the first event and then, before any promise goes on, the second. */
export function emitsTogether(resources: Resources, keys: readonly string[], first: string, second: string): boolean {
  const emitted = new Set(emitsIn(resources.file.ast).map(({ event }) => event));
  if (!emitted.has(first) || !emitted.has(second)) return false;
  return owners(resources).some((owner) =>
    keys.some((key) => {
      const own = callsIn(owner);
      const starts = own.filter((call) => emissionOf(resources, call, key, first)?.when === "now");
      if (starts.length === 0) return false;
      const path = codePathOf(owner);
      const ends = new Set(
        own
          .filter((call) => emissionOf(resources, call, key, second)?.when === "now")
          .flatMap((call) => stepsOf(path, call)),
      );
      const from = starts.flatMap((call) => stepsOf(path, call));
      return reaches(from, (step) => ends.has(step), { through: isSynchronous });
    }),
  );
}

function owners({ file }: Resources): (FunctionNode | TSESTree.Program)[] {
  return [file.ast, ...findAll(file.ast, isFunctionNode)];
}

function isFunctionNode(node: TSESTree.Node): node is FunctionNode {
  return isFunction(node);
}
