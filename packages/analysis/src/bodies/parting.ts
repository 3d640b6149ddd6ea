import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Step } from "../flow/code-path.ts";
import { contains, isFunction, isLoop } from "../source/syntax.ts";
import { conditionAt } from "./conditions.ts";
import type { Leak } from "./paths.ts";

/**
 * Where a path parts from those that read the body: the statement by which it leaves, or the first one that only it
 * comes to; the branch where it has none of its own. Undefined where no path reads it.
 */
export function partingOf({ end: how, steps, course: { again, stops } }: Leak): TSESTree.Node | undefined {
  const mayRead = closure(stops, again, "previous");
  const hasRead = closure(stops, again, "next");
  const from = steps.findIndex((step, index) => index > 0 && (again.has(step) || !mayRead.has(step)));
  if (from < 0) return undefined;
  const end = steps.findIndex((step, index) => index >= from && (hasRead.has(step) || again.has(step)));
  const own = steps.slice(from, end < 0 ? undefined : end).filter(({ kind }) => kind === "statement");
  const request = how === "again" ? steps.at(-1)?.node : undefined;
  const statements = own
    .map(({ node }) => node)
    .filter((node) => node.type !== T.BlockStatement && !(request && contains(node, request)));
  const leave = statements.find(isLeaving);
  if (leave ?? statements[0]) return leave ?? statements[0];
  const forks = steps
    .slice(0, from)
    .map((step) => conditionAt(step))
    .map((condition) => condition && forkAt(condition));
  return forks.findLast((fork) => fork && !isLoop(fork)) ?? forks.findLast((fork) => fork !== undefined);
}

/** All steps that lead to some, or to which they lead, without a new request between. */
function closure(from: ReadonlySet<Step>, again: ReadonlySet<Step>, direction: "next" | "previous"): Set<Step> {
  const found = new Set(from);
  const pending = [...from];
  for (let step = pending.pop(); step; step = pending.pop()) {
    for (const other of step[direction]) {
      if (found.has(other) || again.has(other)) continue;
      if (direction === "next" && step.raises.includes(other)) continue;
      found.add(other);
      pending.push(other);
    }
  }
  return found;
}

function isLeaving({ type }: TSESTree.Node): boolean {
  return [T.ReturnStatement, T.ThrowStatement, T.ContinueStatement, T.BreakStatement].includes(type);
}

/** The branch whose condition a node is, or begins. */
function forkAt(node: TSESTree.Node): TSESTree.Node | undefined {
  for (let child = node, parent = node.parent; parent && !isFunction(parent); child = parent, parent = parent.parent) {
    switch (parent.type) {
      case T.IfStatement:
      case T.ConditionalExpression:
      case T.WhileStatement:
      case T.DoWhileStatement:
      case T.ForStatement:
        return parent.test === child ? parent : undefined;
      case T.SwitchStatement:
        return parent.discriminant === child ? parent : undefined;
      case T.LogicalExpression:
        if (parent.left === child && !isTest(parent)) return parent;
    }
  }
  return undefined;
}

/** Whether a logical expression is itself part of a condition. */
function isTest(node: TSESTree.LogicalExpression): boolean {
  let child: TSESTree.Node = node;
  while (child.parent.type === T.LogicalExpression || child.parent.type === T.UnaryExpression) child = child.parent;
  const { parent } = child;
  return (parent.type === T.IfStatement || parent.type === T.ConditionalExpression) && parent.test === child;
}
