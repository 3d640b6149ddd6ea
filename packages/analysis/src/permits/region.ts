import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { codePathOf } from "../flow/code-path.ts";
import type { Step } from "../flow/code-path.ts";
import { reaches } from "../flow/queries.ts";
import { fateOf } from "../leases/fate.ts";
import type { Fate } from "../leases/fate.ts";
import type { Lease } from "../leases/lease.ts";
import { conditionsOf, stepsFor } from "../leases/places.ts";
import type { Conditions } from "../leases/places.ts";
import { contains, isCall, isFunction, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { functionOf } from "../uses/functions.ts";
import type { Happening } from "../uses/pending.ts";
import { ownerOf, stepsAt } from "../uses/places.ts";
import type { Owner } from "../uses/places.ts";
import type { Hold } from "./holds.ts";
import { takingOf } from "./taking.ts";
import type { Work } from "./work.ts";

/** What becomes of something while an owner's code runs. */
interface Course {
  readonly lease: Lease;
  readonly fate: Fate;
  readonly conditions: Conditions;
}

const known = new WeakMap<Hold, Course | undefined>();

/** Whether something is held when its holder begins a work, and until that is through. */
export function isHeldAt(hold: Hold, work: Work): boolean {
  const { waiting } = work;
  const course = courseOf(hold);
  if (!course) return waiting.how !== "listens";
  const { inner: resources, owner } = hold;
  const { fate, lease, conditions } = course;
  const place = placeIn(owner, work.node);
  if (!place || conditions.withoutIt.some((branch) => contains(branch, place))) return false;
  // Given back by a helper that was given it.
  if (fate.releases.some(({ calls }) => calls[0] === work.node)) return false;
  const isAfter = (node: TSESTree.Node): boolean =>
    waiting.after.some((one) => contains(functionOf(resources.names, one) ?? one, node));
  const comesAfter = fate.releases.some(({ node }) => isAfter(node));
  if (waiting.how !== "stands" && !comesAfter && (hold.lease || waiting.how === "listens")) return false;
  const ends = [...fate.releases, ...fate.moves.filter(({ forGood }) => forGood)].filter(({ node }) => !isAfter(node));
  const stops = new Set(ends.flatMap(({ node, calls }) => stepsFor(resources, owner, calls[0] ?? node, conditions)));
  const starts = new Set(stepsAt(owner, place));
  const through = (step: Step): boolean => !stops.has(step);
  if (!isReached(lease, starts, through)) return false;
  if (comesAfter || waiting.how === "returns") return true;
  const stands = new Set(stepsAt(owner, waiting.node));
  if (!isReached(lease, stands, through)) return false;
  // Where it is given back later on, it has not been given back yet: not by somebody to whom it was lent, either.
  if (!hold.lease || reaches(stands, (step) => stops.has(step))) return true;
  // Else it was left behind: by an error, that is another fault.
  return fate.moves.length === 0 && isReachedUnfailingly(lease, stands, through);
}

function isReached({ from }: Lease, targets: ReadonlySet<Step>, through: (step: Step) => boolean): boolean {
  // It is not held where it was not got.
  const first = from.flatMap(unfailing);
  if (first.some((step) => targets.has(step))) return true;
  return reaches(first.filter(through), (step) => targets.has(step), { through });
}

function unfailing({ next, raises }: Step): Step[] {
  return next.filter((step) => !raises.includes(step));
}

function isReachedUnfailingly({ from }: Lease, targets: ReadonlySet<Step>, through: (step: Step) => boolean): boolean {
  const seen = new Set(from.flatMap(unfailing));
  for (const step of seen) {
    if (targets.has(step)) return true;
    if (through(step)) for (const next of unfailing(step)) seen.add(next);
  }
  return false;
}

function courseOf(hold: Hold): Course | undefined {
  if (!known.has(hold)) {
    const lease = hold.lease ?? transactionIn(hold);
    const fate = lease && fateOf(hold.inner, lease);
    known.set(
      hold,
      lease &&
        fate && { lease, fate: relevant(hold, fate), conditions: conditionsOf(hold.inner, lease, fate, hold.owner) },
    );
  }
  return known.get(hold);
}

/** What is given to a function that ends it earlier than by its own end: `trx.commit()`. */
function transactionIn({ inner, owner, taking, at, lease }: Hold): Lease | undefined {
  const [parameter] = isFunction(owner) ? owner.params : [];
  if (lease || parameter?.type !== T.Identifier || taking.model.acquires !== "lease") return undefined;
  if (inner.method(inner.of(parameter), "commit")?.releases === undefined) return undefined;
  const acquisition = { call: at, taking: at, model: taking.model, lender: taking.lender };
  return { acquisition, owner, value: parameter, releasers: [], errors: [], from: [codePathOf(owner).enter] };
}

/** Without what gives back something else. */
function relevant(hold: Hold, fate: Fate): Fate {
  const { inner, lease } = hold;
  if (lease) {
    const isOwn = (one: Happening): boolean => fate.named.includes(one) || !isOfAnother(hold, one.node);
    return { ...fate, releases: fate.releases.filter(isOwn) };
  }
  // What runs has it as long as it runs, unless a method that is known to ends it.
  return { ...fate, moves: [], releases: fate.releases.filter(({ node }) => inner.call(node)?.releases !== undefined) };
}

/** Whether a release is that of what its own function has taken from the same lender before. */
function isOfAnother({ inner: resources, taking }: Hold, release: TSESTree.Node): boolean {
  const { names } = resources;
  const owner = ownerOf(release);
  const key = names.key(taking.lender);
  if (!owner || key === undefined || contains(owner, taking.node)) return false;
  return findAll(owner, isCall).some((call) => {
    const other = call.range[0] < release.range[0] ? takingOf(resources, call) : undefined;
    return other?.model.acquires !== undefined && names.key(other.lender) === key;
  });
}

/** Where in an owner's own code something begins that is in it, or in a closure. */
function placeIn(owner: Owner, node: TSESTree.Node): TSESTree.Node | undefined {
  let place: TSESTree.Node = unwrap(node);
  for (let around = ownerOf(place); around && around !== owner; around = ownerOf(place)) {
    if (around.type === T.Program) return undefined;
    place = around;
  }
  return place;
}
