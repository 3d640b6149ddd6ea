import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { codePathOf } from "../flow/code-path.ts";
import type { Step } from "../flow/code-path.ts";
import { reaches } from "../flow/queries.ts";
import type { Names } from "../source/names.ts";
import { contains, isFunction, meaningfulParent, memberName } from "../source/syntax.ts";
import { calledFunction } from "./functions.ts";
import { calledAt, guardOf, namedUses, ownerOf, placesIn, stepsAt } from "./places.ts";
import type { Owner } from "./places.ts";
import { standingsOf } from "./standing.ts";
import type { Standing } from "./standing.ts";

/** Something that happens at a node, perhaps within helpers that were given the thing by calls. */
export interface Happening {
  readonly node: TSESTree.Node;
  readonly calls: readonly TSESTree.CallExpression[];
}

/** A thing from the place on at which it is made, and what sets free those who wait for it. */
export interface Situation {
  readonly names: Names;
  readonly origin: TSESTree.Node;
  readonly variables: ReadonlySet<Scope.Variable>;
  readonly releases: readonly Happening[];
  /** Waits that are known to last: nothing after them happens. */
  readonly barriers: readonly TSESTree.Node[];
}

// Functions within functions, and helpers of helpers.
const MAX_DEPTH = 6;

/**
 * The node that waits while nothing has released the thing on some path that leads there from its origin; undefined
 * where something does on every path, or may from elsewhere in the meantime.
 */
export function pendingAt(
  situation: Situation,
  standing: Standing,
  calls: readonly TSESTree.CallExpression[],
): TSESTree.Node | undefined {
  return check(situation, standing, calls, [...standing.after], 0);
}

function check(
  situation: Situation,
  { node, how }: Pick<Standing, "how" | "node">,
  calls: readonly TSESTree.CallExpression[],
  excluded: readonly TSESTree.Node[],
  depth: number,
): TSESTree.Node | undefined {
  const { names, origin } = situation;
  const owner = ownerOf(node);
  if (!owner || depth > MAX_DEPTH) return undefined;
  const live = situation.releases
    .filter((one) => isWithin(one, calls) && !excluded.some((outer) => contains(outer, one.node)))
    .map((one) => one.calls[calls.length] ?? one.node);
  const placed = live.map((place) => placesIn(names, owner, place));
  if (!isReached(situation, owner, node, how, placed.flat())) return undefined;
  const elsewhere = placed.some((places) => places.length === 0);
  if (ownerOf(origin) === owner) return elsewhere ? undefined : node;
  const inside = live.some((place) => contains(owner, place));
  const outer = outerPlaces(names, owner, calls);
  if (!outer) return elsewhere ? undefined : node;
  const isHelper = leadsTo(names, owner, calls);
  // What the helper does for this call has been seen; what it does for another one has not.
  const seen = isHelper
    ? { ...situation, releases: situation.releases.filter((one) => !isWithin(one, calls)) }
    : situation;
  const beyond = isHelper ? excluded : [...excluded, owner];
  const rest = isHelper ? calls.slice(0, -1) : calls;
  for (const place of outer) {
    for (const next of continuations(names, place, how)) {
      const found = check(seen, next, rest, [...beyond, ...next.after], depth + 1);
      if (!found) continue;
      return next.how !== "listens" && (how === "returns" || (isHelper && !inside)) ? found : node;
    }
  }
  return undefined;
}

/** Whether a path leads to the wait, and for a mere listener on to the end, past nothing that releases. */
function isReached(
  { names, origin, variables, barriers }: Situation,
  owner: Owner,
  node: TSESTree.Node,
  how: Standing["how"],
  places: readonly TSESTree.Node[],
): boolean {
  const path = codePathOf(owner);
  const stops = new Set<Step>();
  for (const place of places) {
    // The result of a call is taken by what stands around the call.
    const taking = place.type === T.CallExpression && place.parent.type !== T.ReturnStatement ? place.parent : place;
    for (const step of stepsAt(owner, guardOf(names, taking, variables, [origin, node]))) stops.add(step);
  }
  for (const barrier of barriers) {
    if (barrier !== node && ownerOf(barrier) === owner) for (const step of stepsAt(owner, barrier)) stops.add(step);
  }
  const from = ownerOf(origin) === owner ? stepsAt(owner, origin) : [path.enter];
  const at = new Set(stepsAt(owner, node));
  const through = (step: Step): boolean => !stops.has(step);
  const arrives = from.some((step) => at.has(step)) || reaches(from, (step) => at.has(step), { through });
  if (!arrives || how !== "listens") return arrives;
  return [...at].every(through) && reaches(at, ({ kind }) => kind === "exit", { through });
}

/** Whether something happens in the helper to which these calls lead, or beyond. */
function isWithin(one: Happening, calls: readonly TSESTree.CallExpression[]): boolean {
  return calls.every((call, index) => one.calls[index] === call);
}

/** Where an owner is called or handed on; undefined where that is not known: methods, and what others import. */
function outerPlaces(
  names: Names,
  owner: Owner,
  calls: readonly TSESTree.CallExpression[],
): readonly TSESTree.Node[] | undefined {
  const call = calls.at(-1);
  if (call && leadsTo(names, owner, calls)) return [call.callee];
  if (!isFunction(owner)) return undefined;
  const uses = namedUses(names, owner);
  if (uses) return uses.length > 0 ? uses : undefined;
  return owner.parent.type === T.MethodDefinition || owner.parent.type === T.Property ? undefined : [owner];
}

function leadsTo(names: Names, owner: Owner, calls: readonly TSESTree.CallExpression[]): boolean {
  const call = calls.at(-1);
  return call !== undefined && calledFunction(names, call) === owner;
}

/** How the code around goes on while a function that it calls or hands on waits. */
function continuations(names: Names, place: TSESTree.Node, how: Standing["how"]): Standing[] {
  const call = calledAt(place);
  if (call && how !== "listens") {
    const standings = standingsOf(names, call);
    if (standings.length > 0 || how === "returns") return standings;
  }
  const mapped = how === "returns" ? mapOf(place) : undefined;
  const gathered = mapped ? standingsOf(names, mapped) : [];
  return gathered.length > 0 ? gathered : [{ node: call ?? place, how: "listens", after: [] }];
}

/** `Promise.all(children.map((child) => once(child, "exit")))`: the list of the promises of each. */
function mapOf(place: TSESTree.Node): TSESTree.CallExpression | undefined {
  const call = meaningfulParent(place);
  if (call?.type !== T.CallExpression || call.callee.type !== T.MemberExpression) return undefined;
  return memberName(call.callee) === "map" && call.arguments[0] === place ? call : undefined;
}
