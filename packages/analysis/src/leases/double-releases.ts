import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Step } from "../flow/code-path.ts";
import type { Resources } from "../resources/resources.ts";
import { contains, isFunction, unwrap } from "../source/syntax.ts";
import { ownerOf, stepsAt } from "../uses/places.ts";
import { likelihoodOf } from "./errors.ts";
import { fateOf } from "./fate.ts";
import type { Lease } from "./lease.ts";
import { conditionsOf, regionOf } from "./places.ts";

/** A release after which the same thing is released once more. */
export interface DoubleRelease {
  readonly first: TSESTree.CallExpression;
  readonly second: TSESTree.CallExpression;
  /** What the second one does. */
  readonly effect: "fails" | "frees";
}

/** A second release on one path, where that does harm, without one of the places between them that take it again. */
export function doubleReleaseOf(
  resources: Resources,
  lease: Lease,
  taken: ReadonlySet<Step>,
): DoubleRelease | undefined {
  const { owner } = lease;
  const fate = fateOf(resources, lease);
  const conditions = conditionsOf(resources, lease, fate, owner);
  const own = fate.releases
    .filter(({ node, calls }) => calls.length === 0 && ownerOf(node) === owner)
    .map(({ node }) => node)
    .filter((node): node is TSESTree.CallExpression => node.type === T.CallExpression);
  const likely = (step: Step): boolean =>
    likelihoodOf(resources, step, { mentions: fate.mentions, releases: own }) === "thrown";
  const named = new Set(fate.named.map(({ node }) => node));
  const given = new Set(own.flatMap((node) => stepsAt(owner, node)));
  const areTwoHeld = comesAgain([...taken], taken, given, likely);
  for (const second of own) {
    const effect = effectOf(resources, lease, second);
    if (!effect || regionOf(second, conditions) !== second) continue;
    const goal = new Set(stepsAt(owner, second));
    for (const first of own) {
      if (first === second || isRemembered(first)) continue;
      // Of two that are held, the lender takes back one each time.
      if (areTwoHeld && !(named.has(first) && named.has(second))) continue;
      if (comesAgain(stepsAt(owner, first), goal, taken, likely)) return { first, second, effect };
    }
  }
  return undefined;
}

function effectOf(
  resources: Resources,
  lease: Lease,
  call: TSESTree.CallExpression,
): DoubleRelease["effect"] | undefined {
  const own = resources.call(call)?.again;
  if (own) return own;
  // The function that a callback is given to release what it was given as well.
  const isGiven = call.callee.type === T.Identifier && lease.releasers.length > 0;
  return isGiven && lease.value ? resources.method(resources.of(lease.value), "release")?.again : undefined;
}

function comesAgain(
  from: readonly Step[],
  goal: ReadonlySet<Step>,
  stops: ReadonlySet<Step>,
  mayRaise: (step: Step) => boolean,
): boolean {
  const seen = new Set<Step>();
  const pending = [...from];
  for (let step = pending.pop(); step; step = pending.pop()) {
    for (const next of step.next) {
      if (seen.has(next) || stops.has(next)) continue;
      if (step.raises.includes(next) && !mayRaise(step)) continue;
      if (goal.has(next)) return true;
      seen.add(next);
      pending.push(next);
    }
  }
  return false;
}

/** `released = true` beside it: what follows asks for that. */
function isRemembered(release: TSESTree.Node): boolean {
  let block: TSESTree.Node | undefined = release;
  while (block && block.type !== T.BlockStatement && !isFunction(block)) block = block.parent;
  if (block?.type !== T.BlockStatement) return false;
  return block.body.some((one) => {
    const assignment = one.type === T.ExpressionStatement ? unwrap(one.expression) : undefined;
    return assignment?.type === T.AssignmentExpression && !contains(assignment, release);
  });
}
