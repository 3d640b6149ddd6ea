import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { listeningOf } from "../listening/listening.ts";
import type { Resources } from "../resources/resources.ts";
import { contains, enclosingFunction, isFunction, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { fateOf } from "./result.ts";
import { callsOf, writesOf } from "./writable.ts";

/** A place where a program looks at how full a writable is, or hands it to what may. */
export interface Attention {
  readonly node: TSESTree.Node;
  /** The writable's key. */
  readonly key: string;
  /**
   * `result`: what `write()` says is used, or it is told when the chunk is gone; `state`: a property is compared;
   * `drain`: it listens for `drain`; `handed`: something else was given the writable.
   */
  readonly kind: "drain" | "handed" | "result" | "state";
}

const STATE: ReadonlySet<string | undefined> = new Set([
  "writableNeedDrain",
  "writableLength",
  "bufferSize",
  "_writableState",
]);

const known = new WeakMap<Resources, readonly Attention[]>();

/** Where a file pays attention to its writables. */
export function attentionsOf(resources: Resources): readonly Attention[] {
  let all = known.get(resources);
  if (!all) {
    const made = findAll(resources.file.ast, (node) => node.type === T.NewExpression);
    all = [
      ...results(resources),
      ...callsOf(resources).flatMap((call) => atCall(resources, call)),
      ...made.flatMap((node) => handed(resources, node)),
      ...states(resources),
    ];
    known.set(resources, all);
  }
  return all;
}

function results(resources: Resources): Attention[] {
  return writesOf(resources)
    .filter(({ node, callback }) => callback || ["kept", "used"].includes(fateOf(resources.names, node).kind))
    .map(({ node, key }) => ({ node, key, kind: "result" }));
}

function atCall(resources: Resources, node: TSESTree.CallExpression): Attention[] {
  const { names } = resources;
  const listening = listeningOf(resources, node);
  if (listening) {
    const key = names.key(listening.target);
    return key !== undefined && listening.event === "drain" ? [{ node, key, kind: "drain" }] : [];
  }
  return handed(resources, node);
}

function handed({ names }: Resources, node: TSESTree.CallExpression | TSESTree.NewExpression): Attention[] {
  return node.arguments.flatMap((argument) => {
    const key = names.key(argument);
    return key === undefined ? [] : [{ node, key, kind: "handed" }];
  });
}

/** A state that something depends on; one that is only shown or asserted does not count. */
function states(resources: Resources): Attention[] {
  const isState = (node: TSESTree.Node): node is TSESTree.MemberExpression => STATE.has(memberName(node));
  return findAll(resources.file.ast, isState).flatMap((node) => {
    const key = resources.names.key(node.object);
    return key !== undefined && decides(node) ? [{ node, key, kind: "state" as const }] : [];
  });
}

function decides(node: TSESTree.Node): boolean {
  let child = node;
  for (let parent = meaningfulParent(node); parent; child = parent, parent = meaningfulParent(parent)) {
    switch (parent.type) {
      case T.IfStatement:
      case T.WhileStatement:
      case T.DoWhileStatement:
      case T.ForStatement:
      case T.ReturnStatement:
      case T.VariableDeclarator:
      case T.ArrowFunctionExpression:
      case T.AwaitExpression:
        return true;
      case T.ConditionalExpression:
        return unwrap(parent.test) === child;
      case T.LogicalExpression:
      case T.BinaryExpression:
      case T.UnaryExpression:
      case T.MemberExpression:
        if (parent.type === T.LogicalExpression && parent.left === child) return true;
        break;
      default:
        // `assert.ok(sink.writableLength < limit)` looks, and changes nothing.
        return false;
    }
  }
  return false;
}

/**
 * Whether a program attends to a writable where it is written to again and again: in the loop or listener itself, in
 * code that this may run, or by listening for `drain`. What is done once around a loop says nothing about the loop.
 */
export function isAttended(
  resources: Resources,
  keys: ReadonlySet<string>,
  regions: readonly TSESTree.Node[],
  calls: readonly TSESTree.Node[],
): boolean {
  const relevant = attentionsOf(resources).filter(({ key, node }) => keys.has(key) && !calls.includes(node));
  return relevant.some(({ kind, node }) => {
    if (regions.some((region) => contains(region, node))) return true;
    switch (kind) {
      case "drain":
        return true;
      case "result":
      case "state":
        // Another function may be what the region calls; the code around the region is not.
        return regions.every((region) => !isAround(node, region));
      default:
        return false;
    }
  });
}

/** Whether a region lies in the function in which the node runs. */
function isAround(node: TSESTree.Node, region: TSESTree.Node): boolean {
  const owner = enclosingFunction(node);
  return owner !== undefined && (!isFunction(owner) || contains(owner, region));
}
