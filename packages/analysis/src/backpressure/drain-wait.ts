import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { eventWaitOf } from "../listening/event-wait.ts";
import type { EventWait } from "../listening/event-wait.ts";
import type { Resources } from "../resources/resources.ts";
import { isAll, isReaction } from "../source/promise.ts";
import { meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { isWritable } from "./writable.ts";

/** A promise that only the `drain` of a writable resolves. */
export interface DrainWait {
  /** The expression that makes the promise. */
  readonly node: TSESTree.CallExpression | TSESTree.NewExpression;
  readonly target: TSESTree.Node;
  readonly key: string;
  /** An `error` of the writable rejects it. */
  readonly rejects: boolean;
  /** Where it is waited for, and how. */
  readonly uses: readonly WaitUse[];
}

export interface WaitUse {
  /** The `await`, the promise that is returned, or the call of `then()`. */
  readonly node: TSESTree.Node;
  /** `other`: something else has it, as a race that ends without it. */
  readonly kind: "awaited" | "other" | "returned" | "then";
}

const known = new WeakMap<Resources, readonly DrainWait[]>();

/** The promises of a file that only a `drain` resolves. */
export function drainWaitsOf(resources: Resources): readonly DrainWait[] {
  let all = known.get(resources);
  if (!all) {
    const isMaker = (node: TSESTree.Node): node is EventWait["node"] =>
      node.type === T.CallExpression || node.type === T.NewExpression;
    all = findAll(resources.file.ast, isMaker).flatMap((node) => drainWaitOf(resources, node) ?? []);
    known.set(resources, all);
  }
  return all;
}

function drainWaitOf(resources: Resources, node: EventWait["node"]): DrainWait | undefined {
  const wait = eventWaitOf(resources, node);
  if (!wait || wait.later) return undefined;
  const [first] = wait.events.filter(({ settles }) => settles === "resolves");
  const key = first && resources.names.key(first.target);
  if (!first || key === undefined || !isWritable(resources, first.target)) return undefined;
  const isAlone = wait.events.every(
    ({ event, target, settles }) =>
      resources.names.key(target) === key && (event === "drain" || (event === "error" && settles === "rejects")),
  );
  if (!isAlone || first.event !== "drain") return undefined;
  const rejects = wait.events.some(({ event }) => event === "error");
  return { node, target: first.target, key, rejects, uses: usesOf(resources, node, 0) };
}

function usesOf(resources: Resources, node: TSESTree.Node, depth: number): WaitUse[] {
  const parent = meaningfulParent(node);
  if (depth > 4) return [{ node, kind: "other" }];
  switch (parent?.type) {
    case T.AwaitExpression:
      return [{ node: parent, kind: "awaited" }];
    case T.ReturnStatement:
    case T.ArrowFunctionExpression:
      return [{ node, kind: "returned" }];
    case T.ExpressionStatement:
      return [];
    case T.LogicalExpression:
      return unwrap(parent.right) === unwrap(node) ? usesOf(resources, parent, depth + 1) : [{ node, kind: "other" }];
    case T.ConditionalExpression:
      return usesOf(resources, parent, depth + 1);
    case T.MemberExpression:
      return ofChain(resources, parent, depth);
    case T.ArrayExpression: {
      const call = meaningfulParent(parent);
      return isAll(resources.names, call) ? usesOf(resources, call, depth + 1) : [{ node, kind: "other" }];
    }
    case T.VariableDeclarator: {
      const variable = resources.names.variable(parent.id);
      if (!variable) return [{ node, kind: "other" }];
      const reads = variable.references.filter((reference) => reference.isRead());
      return reads.flatMap(({ identifier }) => usesOf(resources, identifier as TSESTree.Node, depth + 1));
    }
    default:
      return [{ node, kind: "other" }];
  }
}

/** `wait.then(f)`: the promise of the chain is waited for like the wait itself; nobody needs to. */
function ofChain(resources: Resources, member: TSESTree.MemberExpression, depth: number): WaitUse[] {
  const call = meaningfulParent(member);
  if (call?.type !== T.CallExpression || unwrap(call.callee) !== member) return [{ node: member, kind: "other" }];
  if (!isReaction(memberName(member))) return [{ node: member, kind: "other" }];
  const uses = usesOf(resources, call, depth + 1);
  return uses.length === 0 ? [{ node: call, kind: "then" }] : uses;
}

/** The promise is raced somewhere, or something that we do not see has it. */
export function isElsewhere({ uses }: DrainWait): boolean {
  return uses.length === 0 || uses.some(({ kind }) => kind === "other");
}
