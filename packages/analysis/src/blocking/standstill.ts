import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { contains, isFunction, memberName } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { ownerOf } from "../uses/places.ts";
import { changesOf } from "./changes.ts";
import type { Change } from "./changes.ts";
import { conditionOf } from "./conditions.ts";
import type { Condition, State } from "./conditions.ts";
import { apiName, isDriven } from "./apis.ts";
import type { Exit } from "./exits.ts";
import { reachOf } from "./reach.ts";
import type { Reach } from "./reach.ts";
import { sharedMemoryOf } from "./shared-memory.ts";
import { callersOf, turnsOf, waitsBefore } from "./turn.ts";
import type { Turn } from "./turn.ts";

/** Code that repeats itself, and what it lets run meanwhile: nothing, or microtasks. */
export interface Repetition {
  readonly node: FunctionNode | TSESTree.Statement;
  readonly lets: "microtasks" | "nothing";
}

/** Why a repetition does not end. */
export interface Standstill {
  /** State that changes only when the event loop goes on. */
  readonly state: TSESTree.Node;
  /** The change that cannot come; undefined where the platform makes it. */
  readonly change: TSESTree.Node | undefined;
  /** The time ends it all the same. */
  readonly isTimed: boolean;
}

/** Why none of the ways out of a repetition opens while it runs; undefined where one may. */
export function standstillOf(
  resources: Resources,
  repetition: Repetition,
  exits: readonly Exit[],
): Standstill | undefined {
  const reach = reachOf(resources, repetition.node);
  if (reach.runsEvents) return undefined;
  const stand = (condition: Condition): Stand | undefined => {
    switch (condition.kind) {
      case "unknown":
        return undefined;
      case "clock":
        return { frozen: [], isTimed: true };
      case "state":
        return ofStates(resources, repetition, reach, condition.states);
      case "any":
        return together(condition.parts.map(stand));
      case "all":
        return first(condition.parts.map(stand));
    }
  };
  const all = together(
    exits.map((exit) => first(exit.map(({ test, outcome }) => stand(conditionOf(resources, test, outcome))))),
  );
  const [frozen] = all?.frozen ?? [];
  return all && frozen && { state: frozen.state.node, change: frozen.change?.node, isTimed: all.isTimed };
}

interface Frozen {
  readonly state: State;
  readonly change: Change | undefined;
}

interface Stand {
  readonly frozen: readonly Frozen[];
  readonly isTimed: boolean;
}

/** Each of them is enough: all must stand still. */
function together(stands: readonly (Stand | undefined)[]): Stand | undefined {
  const known = stands.filter((one) => one !== undefined);
  if (known.length < stands.length) return undefined;
  return { frozen: known.flatMap(({ frozen }) => frozen), isTimed: known.some(({ isTimed }) => isTimed) };
}

/** All of them are needed: it is enough that one stands still. */
function first(stands: readonly (Stand | undefined)[]): Stand | undefined {
  const known = stands.filter((one) => one !== undefined);
  const still = known.filter(({ frozen }) => frozen.length > 0);
  return still.find(({ isTimed }) => !isTimed) ?? still[0] ?? known.find(({ isTimed }) => isTimed);
}

function ofStates(
  resources: Resources,
  repetition: Repetition,
  reach: Reach,
  states: readonly State[],
): Stand | undefined {
  const frozen: Frozen[] = [];
  for (const state of states) {
    const verdict = verdictOf(resources, repetition, reach, state);
    if (verdict === "moves") return undefined;
    if (verdict !== "still") frozen.push(verdict);
  }
  return { frozen, isTimed: false };
}

function verdictOf(
  resources: Resources,
  repetition: Repetition,
  reach: Reach,
  state: State,
): Frozen | "moves" | "still" {
  const changes = changesTo(resources, state);
  if (!changes) return "moves";
  if (changes.length === 0) return state.element ? "still" : unchanged(resources, repetition, state);
  let evidence: Change | undefined;
  for (const change of changes) {
    const kind = kindOf(resources, repetition, reach, state, change);
    if (kind === "moves") return "moves";
    if (kind === "event" && !change.isOther) evidence ??= change;
  }
  return evidence ? { state, change: evidence } : "still";
}

/** What may change a piece of state; undefined where others may change it whom we do not see. */
function changesTo(resources: Resources, { key, level, element }: State): readonly Change[] | undefined {
  if (!element) {
    return changesOf(resources, key).filter(
      (change) => change.level === undefined || level === undefined || change.level === level,
    );
  }
  const memory = sharedMemoryOf(resources, element.array);
  if (!memory || memory.gifts.length > 0) return undefined;
  return memory.changes
    .filter(({ index }) => index === undefined || element.index === undefined || index === element.index)
    .map(({ node }) => ({ node, level: undefined }));
}

/** State that nothing in the file changes. */
function unchanged(
  resources: Resources,
  repetition: Repetition,
  { node, isContainer }: State,
): Frozen | "moves" | "still" {
  if (node.type === T.Identifier) {
    const declared = resources.names.variable(node)?.defs[0]?.node as TSESTree.Node | undefined;
    // A function that calls itself may give itself another argument.
    return isContainer || declared === undefined || declared === repetition.node ? "moves" : "still";
  }
  if (node.type === T.MemberExpression && isTimedSignal(resources, node)) {
    return { state: { key: "", node, level: undefined, isContainer }, change: undefined };
  }
  if (node.type !== T.MemberExpression || !isDriven(resources, node.object)) return "moves";
  const isState = tellsOfEvents(resources, resources.of(node.object), memberName(node) ?? "");
  const level = undefined;
  return isState ? { state: { key: "", node, level, isContainer }, change: undefined } : "moves";
}

/** `AbortSignal.timeout(100).aborted`. */
function isTimedSignal(resources: Resources, member: TSESTree.MemberExpression): boolean {
  const made = resources.maker(member.object);
  const isTimeout = made !== undefined && apiName(resources.names, made.callee) === "AbortSignal.timeout";
  return isTimeout && memberName(member) === "aborted";
}

/** Whether a property tells whether an event has happened: `child.exitCode`. */
function tellsOfEvents({ catalog }: Resources, name: string | undefined, property: string): boolean {
  const tells = (one: string): boolean => {
    const model = catalog.resource(one);
    const events = Object.values(model?.events ?? {});
    return events.some(({ state }) => state?.includes(property) === true) || (model?.extends ?? []).some(tells);
  };
  return name !== undefined && tells(name);
}

/** Whether a change comes only with the event loop, may come meanwhile, or does not matter. */
function kindOf(
  resources: Resources,
  repetition: Repetition,
  reach: Reach,
  state: State,
  change: Change,
): "event" | "irrelevant" | "moves" {
  const { node, lets } = repetition;
  const owner = ownerOf(change.node);
  const isOwn = contains(node, change.node) && (owner === node || owner === ownerOf(node));
  if (isOwn) return "moves";
  const isCalled = owner !== undefined && reach.functions.has(owner);
  if (isCalled && (lets === "microtasks" || !waitsBefore(resources, change.node).isLate)) return "moves";
  // The same run of the code around it comes to it before or after.
  if (owner === ownerOf(node)) return "irrelevant";
  const turns = turnsOf(resources, change.node).filter((turn) => !isBefore(resources, repetition, turn));
  if (turns.length === 0) return "irrelevant";
  const isEvent = (turn: Turn): boolean => turn.when === "event" || (lets === "nothing" && turn.when === "microtask");
  if (!reach.isSeen && !(isHidden(state) && turns.every(isEvent))) return "moves";
  if (lets === "microtasks") return turns.every(isEvent) ? "event" : "moves";
  return turns.some((turn) => isEvent(turn) || turn.when === "callback") ? "event" : "irrelevant";
}

/** Whether nobody can change state but the code that we see: a variable, or a private field. */
function isHidden({ key }: State): boolean {
  return !key.includes(".") || key.slice(key.lastIndexOf(".") + 1).startsWith("#");
}

/** Whether something has happened before the repetition begins, or will when it has ended. */
function isBefore(resources: Resources, { node, lets }: Repetition, turn: Turn): boolean {
  if (turn.when !== "now") return false;
  if (lets === "nothing") return true;
  if (!isFunction(node) && ownerOf(node)?.type === T.Program) return true;
  const turns = isFunction(node) ? callersOf(resources, node) : turnsOf(resources, node);
  const starts = turns.flatMap((one) => (one.when === "now" ? [one.place.range[0]] : []));
  return starts.every((start) => turn.place.range[0] < start);
}
