import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { codePathOf } from "../flow/code-path.ts";
import type { Step } from "../flow/code-path.ts";
import { reaches } from "../flow/queries.ts";
import type { Catalog } from "../models/catalog.ts";
import type { Resources } from "../resources/resources.ts";
import { isCall, meaningfulParent } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import type { Happening } from "../uses/pending.ts";
import { ownerOf, stepsAt } from "../uses/places.ts";
import type { Owner } from "../uses/places.ts";
import { isExported } from "../uses/uses.ts";
import { continuationsIn, failingChain } from "./continuations.ts";
import { likelihoodOf } from "./errors.ts";
import { fateOf } from "./fate.ts";
import type { Fate, Move } from "./fate.ts";
import { leavingOf } from "./leaving.ts";
import type { Leaving } from "./leaving.ts";
import { isNamed } from "./lease.ts";
import type { Lease } from "./lease.ts";
import { conditionsOf, placesWithin, stepsFor } from "./places.ts";
import { isCallback, isLocalLender, isScript } from "./lifetime.ts";
import { isInTest } from "../uses/tests.ts";

/** How a lease is lost: `never` given back at all, or not on some path. */
export type Loss = { readonly leaving: Leaving } | "never";

/** How a lease is lost, if it is. */
export function lossOf(resources: Resources, lease: Lease): Loss | undefined {
  const { owner } = lease;
  const fate = fateOf(resources, lease);
  const { releases } = fate;
  if (releases.some((release) => isEndedByHook(resources, lease, release))) return undefined;
  const moves = fate.moves.filter((move) => move.forGood || !isLent(resources, owner, move, fate.named));
  const ends = [...releases, ...moves];
  if (ends.length === 0) {
    return isOnlyHere(resources, lease) && isMissed(resources, lease) && isUsed(lease, fate) ? "never" : undefined;
  }
  const own = ends.filter((end) => placesWithin(resources, owner, placeOf(end)).length > 0);
  // What is given back elsewhere only is somebody else's to give back.
  if (own.length === 0) return undefined;
  const leaving = lossIn(resources, lease, fate, own.map(placeOf), owner) ?? lossWithin(resources, lease, fate, own);
  return leaving && { leaving };
}

/** Whether a callback that was given away before closes the lender, and with it all that it lent. */
function isEndedByHook(resources: Resources, { owner, from, acquisition }: Lease, { node }: Happening): boolean {
  const { names } = resources;
  const { lender } = acquisition;
  const key = lender && names.key(lender);
  if (!lender || key === undefined || !isCall(node) || ownerOf(node) === owner) return false;
  const isOfLender = node.callee.type === T.MemberExpression && names.key(node.callee.object) === key;
  if (!isOfLender || resources.method(resources.of(lender), "close")?.releases !== "receiver") return false;
  const hooks = placesWithin(resources, owner, node).flatMap((place) => stepsAt(owner, place));
  return reaches(hooks, (step) => from.includes(step));
}

function lossWithin(resources: Resources, lease: Lease, fate: Fate, ends: readonly Happening[]): Leaving | undefined {
  const places = ends.map(placeOf);
  for (const inner of continuationsIn(resources, lease.owner, fate, places)) {
    const leaving = lossIn(resources, lease, fate, places, inner);
    if (leaving) return leaving;
  }
  return failingChain(resources, lease.owner, fate, places);
}

/** By the outermost of the calls that lead to it. */
function placeOf({ node, calls }: Happening): TSESTree.Node {
  return calls[0] ?? node;
}

/** A path through a function that holds the lease on which it does not come to any of its ends. */
function lossIn(
  resources: Resources,
  lease: Lease,
  fate: Fate,
  ends: readonly TSESTree.Node[],
  owner: Owner,
): Leaving | undefined {
  const conditions = conditionsOf(resources, lease, fate, owner);
  const places = conditions.withoutIt.filter((branch) => ownerOf(branch) === owner);
  const stops = new Set<Step>([
    ...ends.flatMap((end) => stepsFor(resources, owner, end, conditions)),
    ...[...places, ...exitsIn(resources, owner)].flatMap((place) => stepsAt(owner, place)),
  ]);
  const isOuter = owner === lease.owner;
  // Who has it returned or stored at once never holds it.
  const from = isOuter ? lease.from.filter((step) => !stops.has(step)) : [codePathOf(owner).enter];
  const releases = fate.releases.map(({ node }) => node);
  return leavingOf({
    from,
    stops,
    isLoss: (step) => isLoss(resources, lease, stops, isOuter ? undefined : owner, step),
    likelihood: (step) => likelihoodOf(resources, step, { mentions: fate.mentions, releases }),
  });
}

function isLoss(
  resources: Resources,
  lease: Lease,
  stops: ReadonlySet<Step>,
  inner: Owner | undefined,
  step: Step,
): boolean {
  const owner = inner ?? lease.owner;
  if (step.kind === "exit") return owner.type !== T.Program;
  if (step.kind === "throw") {
    // An error that nobody catches ends the process, the test, or the life of what lends.
    if (inner || isScript(resources, owner) || isCallback(lease) || isInTest(resources, owner)) return false;
    return !isLocalLender(resources, lease);
  }
  if (!isNamed(lease)) return false;
  return lease.from.includes(step) || (owner.type === T.Program && isNextTaker(resources, lease, stops, step));
}

/** A script goes on to take the next one of a lender, and never comes to give this one back. */
function isNextTaker({ names }: Resources, lease: Lease, stops: ReadonlySet<Step>, step: Step): boolean {
  const { lender, taking } = lease.acquisition;
  const key = lender && names.key(taking.callee);
  if (key === undefined || !isCall(step.node) || names.key(step.node.callee) !== key) return false;
  return !reaches([step], (next) => stops.has(next));
}

/** Whether anybody would miss what is never given back. */
function isMissed(resources: Resources, lease: Lease): boolean {
  const { owner } = lease;
  return owner.type !== T.Program && !isInTest(resources, owner) && !isLocalLender(resources, lease);
}

/** Whether what is made at once takes anything: a query runner only does when it is asked to do something. */
function isUsed({ acquisition }: Lease, { mentions }: Fate): boolean {
  const isAsked = (mention: TSESTree.Node): boolean => {
    const member = meaningfulParent(mention);
    const call = member?.type === T.MemberExpression ? meaningfulParent(member) : undefined;
    return call?.type === T.CallExpression && call.callee === member;
  };
  return acquisition.model.gives === undefined || mentions.some(isAsked);
}

/** Whether nobody else can give back what is not even named: no method does, or nobody else knows the lender. */
function isOnlyHere({ names, ...resources }: Resources, lease: Lease): boolean {
  if (isNamed(lease)) return true;
  const { lender, model } = lease.acquisition;
  const resource = lender && resources.of(lender);
  if (resource !== undefined && model.acquires === "lease") return !givesBackItself(resources.catalog, resource);
  const variable = lender && names.variable(lender);
  const [name] = variable?.identifiers ?? [];
  if (!variable || !name || names.held(name)?.type !== T.NewExpression || isExported(name)) return false;
  return variable.references.every(({ identifier, init }) => {
    const parent = meaningfulParent(identifier);
    return init === true || (parent?.type === T.MemberExpression && parent.object === identifier);
  });
}

/** Whether a lender has a method that gives back what it lent without being told what. */
function givesBackItself(catalog: Catalog, name: string): boolean {
  const { methods = {}, extends: bases = [] } = catalog.resource(name) ?? {};
  const releases = Object.values(methods).some((method) => method.releases === "receiver");
  return releases || bases.some((base) => givesBackItself(catalog, base));
}

/** Whether somebody who is given the lease only borrows it: its holder gives it back afterwards. */
function isLent(resources: Resources, owner: Owner, { node, calls }: Move, releases: readonly Happening[]): boolean {
  const place = calls[0] ?? node;
  for (let inner: Owner | undefined = ownerOf(place); inner; inner = inner === owner ? undefined : ownerOf(inner)) {
    const within = inner;
    const targets = new Set(
      releases.flatMap((release) =>
        placesWithin(resources, within, placeOf(release)).flatMap((one) => stepsAt(within, one)),
      ),
    );
    const from = placesWithin(resources, within, place).flatMap((one) => stepsAt(within, one));
    if (from.some((step) => comesTo(step, targets))) return true;
    if (inner.type === T.Program) break;
  }
  return false;
}

/** Whether code comes from one step to another without an error. */
function comesTo(from: Step, targets: ReadonlySet<Step>): boolean {
  const seen = new Set<Step>();
  const pending = [from];
  for (let step = pending.pop(); step; step = pending.pop()) {
    for (const next of step.next) {
      if (seen.has(next) || step.raises.includes(next)) continue;
      if (targets.has(next)) return true;
      seen.add(next);
      pending.push(next);
    }
  }
  return false;
}

const EXITS: ReadonlySet<string> = new Set(["process.abort", "process.exit", "Deno.exit", "Bun.exit"]);

/** Where the process ends. */
function exitsIn(resources: Resources, owner: Owner): TSESTree.Node[] {
  return findAll(owner, isCall)
    .filter(({ callee }) => {
      const origin = resources.names.origin(callee);
      return (
        origin !== undefined &&
        EXITS.has([...(origin.module === "global" ? [] : [origin.module]), ...origin.path].join("."))
      );
    })
    .flatMap((call) => placesWithin(resources, owner, call));
}
