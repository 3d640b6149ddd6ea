import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { listeningOf } from "../listening/listening.ts";
import type { Listening } from "../listening/listening.ts";
import type { Resources } from "../resources/resources.ts";
import { contains, isFunction, isLoop, meaningfulParent, memberName, propertyName, unwrap } from "../source/syntax.ts";
import type { FunctionNode, LoopNode } from "../source/syntax.ts";
import { findAll, walk } from "../source/walk.ts";
import { nameOf } from "./callers.ts";
import { runsAgain } from "./loop.ts";
import { fateOf } from "./result.ts";
import { isDataOf } from "./source.ts";
import { callsOf, functionOf, isSameThroughout, isWritable, writesOf } from "./writable.ts";

/** A listener for `drain` that is added again and again before the last one was called. */
export interface StackedDrain {
  readonly node: Listening["node"];
  readonly target: TSESTree.Node;
  readonly repeatedBy: Repeater;
}

/** What adds the listener again: a loop, or a function and what calls it. */
export type Repeater =
  | { readonly kind: "loop"; readonly node: LoopNode }
  /** A listener of a stream's data, the callback of `forEach`, a method that is given a chunk. */
  | { readonly kind: "data" | "items" | "method"; readonly node: FunctionNode };

/** The places of a file where each write may add one more listener for `drain`. */
export function findStackedDrains(resources: Resources): StackedDrain[] {
  return callsOf(resources).flatMap((call) => {
    const listening = listeningOf(resources, call);
    if (listening?.form !== "listener" || listening.event !== "drain" || !isWritable(resources, listening.target)) {
      return [];
    }
    const key = resources.names.key(listening.target);
    const repeatedBy = key === undefined ? undefined : repeaterOf(resources, listening, key);
    return repeatedBy ? [{ node: listening.node, target: listening.target, repeatedBy }] : [];
  });
}

function repeaterOf(resources: Resources, listening: Listening, key: string): Repeater | undefined {
  const { node, target } = listening;
  for (let at: TSESTree.Node | undefined = node.parent; at; at = at.parent) {
    if (isLoop(at)) {
      if (!isSameThroughout(resources, target, at) || isGuarded(resources, listening, key, at, at.body)) continue;
      const awaited = new Set(waitsIn(at.body));
      // A wait for nothing but time to go on, wherever in the turn: it may be for this listener.
      if ([...awaited].some(({ parent }) => parent?.type === T.ExpressionStatement)) continue;
      if (runsAgain(node, at, (step) => awaited.has(step.node))) return { kind: "loop", node: at };
    } else if (isFunction(at)) {
      const kind = calledPerChunk(resources, at, key);
      if (!kind || !isSameThroughout(resources, target, at)) return undefined;
      if (isGuarded(resources, listening, key, at, at.body) || usesParameter(resources, listening, at))
        return undefined;
      return { kind, node: at };
    }
  }
  return undefined;
}

/** What a turn waits for before the next; what only brings the next chunk does not count. */
function waitsIn(region: TSESTree.Node): TSESTree.Node[] {
  const found: TSESTree.Node[] = [];
  walk(region, (node) => {
    if (isFunction(node)) return false;
    if (node.type === T.AwaitExpression || node.type === T.YieldExpression) found.push(node);
    return true;
  });
  return found;
}

const IMPLEMENTATIONS: ReadonlySet<string | undefined> = new Set(["_transform", "_write", "transform", "write"]);

/** A listener of a stream's data, `forEach`, the implementation of a stream, or a `write` of one's own. */
function calledPerChunk(
  resources: Resources,
  node: FunctionNode,
  key: string,
): Exclude<Repeater["kind"], "loop"> | undefined {
  const { parent } = node;
  const name = nameOf(node);
  const uses = name ? (resources.names.variable(name)?.references ?? []) : [];
  const given: TSESTree.Node[] = name ? uses.map(({ identifier }) => identifier as TSESTree.Node) : [node];
  if (given.some((use) => isDataListener(resources, use))) return "data";
  if (given.some(isForEachCallback)) return "items";
  const isMember = parent.type === T.MethodDefinition || parent.type === T.Property;
  const member = isMember ? propertyName(parent.key, parent.computed) : undefined;
  if (!IMPLEMENTATIONS.has(member) || node.params.length === 0) return undefined;
  // Who is told "full" can stop: then it is the caller who adds no more.
  const tells = writesOf(resources).some(
    (write) =>
      write.key === key && contains(node, write.node) && fateOf(resources.names, write.node).kind === "returned",
  );
  return tells || returnsValue(node) ? undefined : "method";
}

function returnsValue(node: FunctionNode): boolean {
  let found = false;
  walk(node.body, (part) => {
    if (isFunction(part)) return false;
    found ||= part.type === T.ReturnStatement && part.argument !== null;
    return true;
  });
  return found;
}

function isDataListener(resources: Resources, use: TSESTree.Node): boolean {
  const call = meaningfulParent(use);
  if (call?.type !== T.CallExpression) return false;
  const listening = listeningOf(resources, call);
  if (listening?.form !== "listener" || listening.once || !listening.listener || unwrap(listening.listener) !== use) {
    return false;
  }
  return isDataOf(resources, listening.target, listening.event);
}

function isForEachCallback(use: TSESTree.Node): boolean {
  const call = meaningfulParent(use);
  const callee = call?.type === T.CallExpression && call.arguments[0] === use ? unwrap(call.callee) : undefined;
  return callee?.type === T.MemberExpression && memberName(callee) === "forEach";
}

/** A listener that calls what the function was given goes on only then: `if (!out.write(c)) out.once("drain", done)`. */
function usesParameter(resources: Resources, { listener }: Listening, owner: FunctionNode): boolean {
  const parameters = new Set(owner.params.slice(1).map((parameter) => resources.names.variable(parameter)));
  const region = listener && (functionOf(resources, listener) ?? listener);
  if (!region || parameters.size === 0) return false;
  const isParameter = (node: TSESTree.Node): node is TSESTree.Identifier =>
    node.type === T.Identifier && parameters.has(resources.names.variable(node));
  return findAll(region, isParameter).length > 0;
}

const HOLDS: ReadonlySet<string | undefined> = new Set([
  "pause",
  "unpipe",
  "listenerCount",
  "removeListener",
  "off",
  "removeAllListeners",
]);

/** Whether the next chunk cannot add one more: the source is paused, or a flag says that one is there. */
function isGuarded(
  resources: Resources,
  { node, listener }: Listening,
  key: string,
  region: LoopNode | FunctionNode,
  body: TSESTree.Node,
): boolean {
  const holds = callsOf(resources).some((call) => {
    const callee = unwrap(call.callee);
    if (!HOLDS.has(memberName(callee)) || !contains(body, call)) return false;
    return !(listener && contains(listener, call)) || memberName(callee) !== "pause";
  });
  return holds || hasFlag(resources, node, region, key);
}

/** What is tested in the region, and set where the listener is added: `if (!waiting) { waiting = true; … }`. */
function hasFlag(resources: Resources, node: TSESTree.Node, region: LoopNode | FunctionNode, key: string): boolean {
  const { names } = resources;
  const tests = testsIn(region).filter((test) => !contains(test, node));
  const tested = new Set(tests.flatMap((test) => keysIn(resources, test)));
  const branch = branchOf(node, region);
  const isAssignment = (part: TSESTree.Node): part is TSESTree.AssignmentExpression | TSESTree.UpdateExpression =>
    part.type === T.AssignmentExpression || part.type === T.UpdateExpression;
  const set = findAll(branch, isAssignment).flatMap((part) => {
    const target = part.type === T.AssignmentExpression ? part.left : part.argument;
    const isResult =
      part.type === T.AssignmentExpression &&
      writesOf(resources).some((write) => write.key === key && contains(part, write.node));
    return isResult ? [] : [names.key(target)];
  });
  if (set.some((one) => one !== undefined && tested.has(one))) return true;
  // The loop itself ends by what was tested around the listener: `while (more) { more = …; if (!more) … }`.
  if (!isLoop(region) || !("test" in region) || !region.test) return false;
  const around = tests.filter((test) => test.parent && test.parent !== region && contains(test.parent, node));
  const decisive = new Set(around.flatMap((test) => keysIn(resources, test)));
  return keysIn(resources, region.test).some((one) => decisive.has(one));
}

function branchOf(node: TSESTree.Node, region: LoopNode | FunctionNode): TSESTree.Node {
  let child = node;
  for (let parent = node.parent; parent && parent !== region; child = parent, parent = parent.parent) {
    if (parent.type === T.IfStatement || parent.type === T.ConditionalExpression) return child;
    if (parent.type === T.LogicalExpression && parent.right === child) return child;
  }
  return region.body;
}

function testsIn(region: TSESTree.Node): TSESTree.Node[] {
  const found: TSESTree.Node[] = [];
  walk(region, (node) => {
    if (isFunction(node) && node !== region) return false;
    if ("test" in node && node.test) found.push(node.test);
    if (node.type === T.LogicalExpression) found.push(node.left);
    return true;
  });
  return found;
}

function keysIn({ names }: Resources, region: TSESTree.Node): string[] {
  const isName = (node: TSESTree.Node): node is TSESTree.Identifier | TSESTree.MemberExpression =>
    node.type === T.Identifier || node.type === T.MemberExpression;
  return findAll(region, isName).flatMap((node) => names.key(node) ?? []);
}
