import type { TSESTree } from "@typescript-eslint/utils";
import type { CodePath, Step } from "./code-path.ts";

export interface ReachOptions {
  /** Whether a path may pass a step; where it may not, the path ends there. Default: it may pass every step. */
  readonly through?: (step: Step) => boolean;
}

/**
 * Whether a target lies on some path that leads on from one of the given steps. The search begins with what comes
 * after them: a given step itself counts only where a path leads back to it. A target is found even where `through`
 * would not let the path pass it.
 *
 * @example
 * // May the function complete before the lease is released?
 * reaches([acquire], (step) => step.kind === "exit", { through: (step) => !isRelease(step) });
 */
export function reaches(
  from: Iterable<Step>,
  isTarget: (step: Step) => boolean,
  options: ReachOptions = {},
): boolean {
  const { through } = options;
  const seen = new Set<Step>();
  const pending = [...from];
  for (let step = pending.pop(); step; step = pending.pop()) {
    for (const next of step.next) {
      if (seen.has(next)) continue;
      seen.add(next);
      if (isTarget(next)) return true;
      if (!through || through(next)) pending.push(next);
    }
  }
  return false;
}

const indexes = new WeakMap<CodePath, Map<TSESTree.Node, Step[]>>();

/** The steps of a node on a code path, in the order of the source; none where control cannot come there. */
export function stepsOf(path: CodePath, node: TSESTree.Node): readonly Step[] {
  let index = indexes.get(path);
  if (!index) {
    index = new Map();
    for (const step of path.steps) {
      const steps = index.get(step.node);
      if (steps) steps.push(step);
      else index.set(step.node, [step]);
    }
    indexes.set(path, index);
  }
  return index.get(node) ?? [];
}
