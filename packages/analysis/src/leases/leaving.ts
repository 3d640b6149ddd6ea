import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Step } from "../flow/code-path.ts";
import { contains, isLoop } from "../source/syntax.ts";
import type { Likelihood } from "./errors.ts";

/** The place at which code goes on without having given a lease back. */
export interface Leaving {
  /** What leaves: a statement, a `yield`, what fails, or the function that comes to its end. */
  readonly node: TSESTree.Node;
  readonly how: "ends" | "fails" | "leaves" | "repeats" | "yields";
  readonly likelihood: Likelihood;
}

export interface Departure {
  /** After these it is held, unless they throw. */
  readonly from: readonly Step[];
  /** Where it has been given back, or is no longer held. */
  readonly stops: ReadonlySet<Step>;
  readonly isLoss: (step: Step) => boolean;
  readonly likelihood: (step: Step) => Likelihood | undefined;
}

const ORDER: readonly Likelihood[] = ["thrown", "likely", "possible"];

/** The most likely way by which code gets from some steps to where a lease is lost. */
export function leavingOf(departure: Departure): Leaving | undefined {
  const likelihoods = new Map<Step, number>();
  const rank = (step: Step): number => {
    let found = likelihoods.get(step);
    if (found === undefined) {
      const likelihood = departure.likelihood(step);
      found = likelihood ? ORDER.indexOf(likelihood) : ORDER.length;
      likelihoods.set(step, found);
    }
    return found;
  };
  for (const [limit, likelihood] of ORDER.entries()) {
    const path = search(departure, (step) => rank(step) <= limit);
    if (path) return { ...blame(path), likelihood };
  }
  return undefined;
}

interface Path {
  readonly loss: Step;
  /** What leads to it, backwards. */
  readonly steps: readonly Step[];
}

/** A shortest path to a loss. */
function search({ from, stops, isLoss }: Departure, mayRaise: (step: Step) => boolean): Path | undefined {
  const before = new Map<Step, Step | undefined>();
  let edge: Step[] = [];
  const visit = (step: Step, isFirst: boolean): Step | undefined => {
    for (const next of step.next) {
      if (step.raises.includes(next) && (isFirst || !mayRaise(step))) continue;
      if (before.has(next)) continue;
      before.set(next, isFirst ? undefined : step);
      if (isLoss(next)) return next;
      if (!stops.has(next)) edge.push(next);
    }
    return undefined;
  };
  let found: Step | undefined;
  for (const step of from) found ??= visit(step, true);
  while (!found && edge.length > 0) {
    const turn = edge;
    edge = [];
    for (const step of turn) found ??= visit(step, false);
  }
  if (!found) return undefined;
  const steps: Step[] = [];
  for (let step = before.get(found); step; step = before.get(step)) steps.push(step);
  return { loss: found, steps };
}

function blame({ steps, loss }: Path): Omit<Leaving, "likelihood"> {
  let next = loss;
  let failing: TSESTree.Node | undefined;
  for (const step of steps) {
    if (step.kind === "statement" && isJump(step.node) && !endsSwitch(step.node))
      return { node: step.node, how: "leaves" };
    if (step.node.type === T.YieldExpression && next.kind === "exit") return { node: step.node, how: "yields" };
    if (step.raises.includes(next) && (!failing || isCleanUpAfter(failing, step.node))) failing = step.node;
    next = step;
  }
  if (failing) return { node: failing, how: "fails" };
  if (loss.kind !== "exit" && loss.kind !== "throw") return { node: loss.node, how: "repeats" };
  return { node: loss.node, how: "ends" };
}

/** Whether something stands in the `finally` of what failed before: that is the reason, whether or not this fails as well. */
function isCleanUpAfter(later: TSESTree.Node, earlier: TSESTree.Node): boolean {
  for (let node = later, parent = node.parent; parent; node = parent, parent = parent.parent) {
    if (parent.type === T.TryStatement && parent.finalizer === node) return contains(parent, earlier);
  }
  return false;
}

/** A `break` that only leaves a `switch`. */
function endsSwitch(node: TSESTree.Node): boolean {
  if (node.type !== T.BreakStatement || node.label) return false;
  let outer = node.parent as TSESTree.Node | undefined;
  while (outer && !isLoop(outer) && outer.type !== T.SwitchStatement) outer = outer.parent;
  return outer?.type === T.SwitchStatement;
}

function isJump({ type }: TSESTree.Node): boolean {
  return (
    type === T.ReturnStatement || type === T.ThrowStatement || type === T.BreakStatement || type === T.ContinueStatement
  );
}
