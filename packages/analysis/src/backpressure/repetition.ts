import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { listeningOf } from "../listening/listening.ts";
import type { Listening } from "../listening/listening.ts";
import type { Resources } from "../resources/resources.ts";
import {
  contains,
  enclosingClass,
  isFunction,
  isLoop,
  meaningfulParent,
  memberName,
  propertyName,
  rootObject,
  thisMember,
  unwrap,
} from "../source/syntax.ts";
import type { FunctionNode, LoopNode } from "../source/syntax.ts";
import { callersOf, nameOf } from "./callers.ts";
import { runsAgain } from "./loop.ts";
import { fateOf } from "./result.ts";
import { callsOf, isSameThroughout } from "./writable.ts";
import type { Write } from "./writable.ts";

/** What makes a call happen again and again to the same thing. */
export interface Repetition {
  readonly by:
    | { readonly kind: "each"; readonly node: TSESTree.CallExpression; readonly listener: FunctionNode }
    | { readonly kind: "listener"; readonly listening: Listening; readonly listener: FunctionNode }
    | { readonly kind: "loop"; readonly node: LoopNode };
  /** The call whose result nobody looks at: the write itself, or that of a function which returns it. */
  readonly dropped: TSESTree.CallExpression;
  /** What the call is given, at each of the calls that lead to it. */
  readonly chunks: readonly TSESTree.Node[];
  /** The keys of the thing in the functions that lead to it. */
  readonly keys: ReadonlySet<string>;
  /** The code that runs again: the loop or listener, and the functions that it calls on the way. */
  readonly regions: readonly TSESTree.Node[];
  /** The calls on the way, the last one in the loop or listener. */
  readonly calls: readonly TSESTree.CallExpression[];
}

interface Way {
  readonly target: TSESTree.Node;
  readonly dropped: TSESTree.CallExpression | undefined;
  readonly chunks: readonly TSESTree.Node[];
  readonly keys: ReadonlySet<string>;
  readonly regions: readonly TSESTree.Node[];
  readonly calls: readonly TSESTree.CallExpression[];
}

// Functions that are called by functions that are called in a loop.
const MAX_CALLS = 3;

/** The loops and listeners in which a write whose result is dropped runs again and again, the innermost first. */
export function repetitionsOf(resources: Resources, { node, target, key, chunk }: Write): Repetition[] {
  const { kind } = fateOf(resources.names, node);
  if (kind !== "dropped" && kind !== "returned") return [];
  const dropped = kind === "dropped" ? node : undefined;
  return climb(resources, node, { target, dropped, chunks: [chunk], keys: new Set([key]), regions: [], calls: [node] });
}

function climb(resources: Resources, from: TSESTree.CallExpression, way: Way): Repetition[] {
  const found: Repetition[] = [];
  let anchor: TSESTree.Node = from;
  let { regions } = way;
  let { dropped } = way;
  const isSame = (region: TSESTree.Node): boolean => isSameThroughout(resources, way.target, region);
  for (let node: TSESTree.Node | undefined = from.parent; node; node = node.parent) {
    if (isLoop(node)) {
      if (!dropped || !isRepeated(node, anchor) || !isSame(node) || !runsAgain(anchor, node)) continue;
      found.push({ ...way, dropped, by: { kind: "loop", node }, regions: [...regions, node] });
    } else if (isFunction(node)) {
      regions = [...regions, node];
      const call = meaningfulParent(node);
      if (call?.type === T.CallExpression && unwrap(call.callee) === node) {
        // Called where it is written.
        if (!dropped && fateOf(resources.names, call).kind === "dropped") dropped = call;
        anchor = call;
        continue;
      }
      if (call?.type === T.CallExpression && isForEach(call, node)) {
        dropped ??= from;
        if (isSame(node)) found.push({ ...way, dropped, by: { kind: "each", node: call, listener: node }, regions });
        anchor = call;
        continue;
      }
      for (const listening of listeningsWith(resources, node)) {
        if (!isSame(node)) continue;
        found.push({ ...way, dropped: dropped ?? from, by: { kind: "listener", listening, listener: node }, regions });
      }
      return [...found, ...fromCallers(resources, node, { ...way, dropped, regions })];
    }
  }
  return found;
}

function isRepeated(loop: LoopNode, node: TSESTree.Node): boolean {
  if (loop.type === T.ForOfStatement || loop.type === T.ForInStatement) return contains(loop.body, node);
  return loop.type !== T.ForStatement || !loop.init || !contains(loop.init, node);
}

function isForEach(call: TSESTree.CallExpression, callback: FunctionNode): boolean {
  return call.arguments[0] === callback && memberName(unwrap(call.callee)) === "forEach";
}

/** Where a function is given as a listener, itself or by its name. */
function listeningsWith(resources: Resources, node: FunctionNode): Listening[] {
  const name = nameOf(node);
  const uses: TSESTree.Node[] = name
    ? (resources.names.variable(name)?.references ?? []).map(({ identifier }) => identifier as TSESTree.Node)
    : [node, ...memberUses(resources, node)];
  return uses.flatMap((use) => {
    const call = meaningfulParent(use);
    const listening = call && listeningOf(resources, call);
    return listening?.form === "listener" && listening.listener && unwrap(listening.listener) === use
      ? [listening]
      : [];
  });
}

/** `source.on("data", this.onData)`, bound or not. */
function memberUses(resources: Resources, node: FunctionNode): TSESTree.Node[] {
  const { parent } = node;
  if (parent.type !== T.MethodDefinition && parent.type !== T.PropertyDefinition) return [];
  const name = propertyName(parent.key, parent.computed);
  return callsOf(resources).flatMap((call) => {
    const listener = listeningOf(resources, call)?.listener;
    const given = listener && unwrap(listener);
    const bound = given?.type === T.CallExpression ? unwrap(given.callee) : undefined;
    const isBound = bound?.type === T.MemberExpression && memberName(bound) === "bind";
    const member = isBound ? unwrap(bound.object) : given;
    const isOwn =
      member?.type === T.MemberExpression &&
      thisMember(member) === name &&
      enclosingClass(member)?.body === parent.parent;
    return given && isOwn ? [given] : [];
  });
}

function fromCallers(resources: Resources, node: FunctionNode, way: Way): Repetition[] {
  if (way.calls.length > MAX_CALLS) return [];
  return callersOf(resources, node).flatMap((call) => {
    const target = targetAt(resources, way.target, node, call);
    const key = target && resources.names.key(target);
    if (!target || key === undefined || way.calls.includes(call)) return [];
    const { kind } = fateOf(resources.names, call);
    // The function's own write is what nobody looks at, or else the call that returns its result.
    if (!way.dropped && kind !== "dropped" && kind !== "returned") return [];
    return climb(resources, call, {
      ...way,
      target,
      dropped: way.dropped ?? (kind === "dropped" ? call : undefined),
      chunks: call.arguments.length > 0 ? call.arguments : way.chunks,
      keys: new Set([...way.keys, key]),
      calls: [...way.calls, call],
    });
  });
}

/** The thing as the caller names it: what it gives for a parameter, or the same where it is none. */
function targetAt(
  { names }: Resources,
  target: TSESTree.Node,
  node: FunctionNode,
  call: TSESTree.CallExpression,
): TSESTree.Node | undefined {
  const expression = unwrap(target);
  if (expression.type === T.MemberExpression) {
    const root = rootObject(expression);
    if (root.type === T.ThisExpression) {
      const callee = unwrap(call.callee);
      const isOwn = callee.type === T.MemberExpression && unwrap(callee.object).type === T.ThisExpression;
      // A method of another instance: its field is the same in each turn if the instance is.
      return isOwn || callee.type !== T.MemberExpression ? target : callee.object;
    }
    return contains(node, declarationOf(names, root) ?? call) ? undefined : target;
  }
  const declared = declarationOf(names, expression);
  const index = node.params.findIndex((parameter) => parameter === declared);
  if (index >= 0) return call.arguments[index];
  return declared && contains(node, declared) ? undefined : target;
}

function declarationOf(names: Resources["names"], node: TSESTree.Node): TSESTree.Node | undefined {
  return names.variable(node)?.identifiers[0];
}
