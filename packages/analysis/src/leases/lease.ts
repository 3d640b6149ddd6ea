import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { codePathOf } from "../flow/code-path.ts";
import type { Step } from "../flow/code-path.ts";
import type { Resources } from "../resources/resources.ts";
import type { Names } from "../source/names.ts";
import { isRace } from "../source/promise.ts";
import { meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import { functionOf } from "../uses/functions.ts";
import { ownerOf, stepsAt } from "../uses/places.ts";
import type { Owner } from "../uses/places.ts";
import type { Acquisition } from "./acquisition.ts";
import { racerOf, timedBy } from "./racer.ts";

/** Something taken, from the place on at which some code holds it. */
export interface Lease {
  readonly acquisition: Acquisition;
  readonly owner: Owner;
  /** What has it in hand: an `await`, the name of a parameter or of an element; undefined where nobody keeps it. */
  readonly value: TSESTree.Node | undefined;
  /** Names and expressions that are a function which gives it back. */
  readonly releasers: readonly TSESTree.Node[];
  /** It is held after these, unless they throw. */
  readonly from: readonly Step[];
  /** Names that say that it was not got: the error of a callback. */
  readonly errors: readonly Scope.Variable[];
}

/** Whether the code that holds it has a name for it, or for what gives it back. */
export function isNamed({ value, releasers }: Lease): boolean {
  return value !== undefined || releasers.length > 0;
}

/** A race, or something that races, which may end while a lease is still to come. */
export interface LostRace {
  readonly acquisition: Acquisition;
  readonly race: TSESTree.Node;
  /** Whether that it races is only known by its name. */
  readonly isGuess: boolean;
}

export interface Holdings {
  readonly leases: readonly Lease[];
  readonly races: readonly LostRace[];
}

const NOTHING: Holdings = { leases: [], races: [] };

/** What becomes of the promise (or the callback) of an acquisition; nothing where others may have it. */
export function holdingsOf(resources: Resources, acquisition: Acquisition): Holdings {
  const { call, model } = acquisition;
  const callback = call === acquisition.taking ? heldInCallback(resources, acquisition) : undefined;
  if (callback) return { leases: callback, races: [] };
  const isPromise = model.gives === undefined || model.promise !== undefined;
  const promise = isPromise ? promiseOf(acquisition) : undefined;
  const found = promise
    ? follow(resources, acquisition, promise)
    : isPromise
      ? undefined
      : heldAt(acquisition, call, call);
  return found ?? NOTHING;
}

/** The call itself, or what it has its promise in: `pool.acquire().promise`. */
function promiseOf({ call, taking, model: { promise } }: Acquisition): TSESTree.Node | undefined {
  const parent = meaningfulParent(call);
  if (promise === undefined || call !== taking) return call;
  return parent?.type === T.MemberExpression && memberName(parent) === promise ? parent : undefined;
}

/** `pool.connect((error, client, done) => …)`: undefined where no function is given. */
function heldInCallback({ names }: Resources, acquisition: Acquisition): Lease[] | undefined {
  const { call, model } = acquisition;
  const last = call.arguments.at(-1);
  const listener = last && model.passes ? functionOf(names, last) : undefined;
  if (!listener) return last && model.passes && unwrap(last).type !== T.ObjectExpression ? [] : undefined;
  const passed = model.passes?.["last"] ?? model.passes?.[call.arguments.length - 1] ?? [];
  const index = passed.findIndex((name) => name !== "");
  const value = listener.params[index];
  if (index < 0 || value?.type !== T.Identifier) return [];
  const errors = listener.params.slice(0, index).flatMap((parameter) => names.variable(parameter) ?? []);
  const releasers = listener.params.slice(index + 1).filter(({ type }) => type === T.Identifier);
  return [{ acquisition, owner: listener, value, releasers, errors, from: [codePathOf(listener).enter] }];
}

/** Where a promise of it is awaited, chained or raced; undefined where others may have it. */
function follow(resources: Resources, acquisition: Acquisition, promise: TSESTree.Node): Holdings | undefined {
  const { names } = resources;
  const parent = meaningfulParent(promise);
  switch (parent?.type) {
    case T.AwaitExpression:
      return heldAt(acquisition, parent, parent);
    case T.ExpressionStatement:
      return NOTHING;
    case T.ConditionalExpression:
    case T.LogicalExpression:
      return follow(resources, acquisition, parent);
    case T.VariableDeclarator: {
      const variable = names.variable(parent.id);
      if (!variable || !names.initial(variable)) return undefined;
      const uses = variable.references.filter((one) => one.isRead());
      return together(uses.map(({ identifier }) => follow(resources, acquisition, identifier as TSESTree.Node)));
    }
    case T.MemberExpression:
      return inChain(resources, acquisition, parent);
    case T.ArrayExpression: {
      const call = takerOf(names, parent);
      if (!call) return undefined;
      if (!isRace(names, call)) return inAll(resources, acquisition, call, parent.elements.indexOf(promise as never));
      return parent.elements.length > 1 ? lostIn(acquisition, call) : undefined;
    }
    case T.CallExpression: {
      const racer = racerOf(resources, parent, promise);
      return racer && lostIn(acquisition, parent, racer === "by name");
    }
    default:
      return undefined;
  }
}

function lostIn(acquisition: Acquisition, race: TSESTree.Node, isGuess = false): Holdings {
  return { leases: [], races: [{ acquisition, race, isGuess }] };
}

/** The call to which a list is given, perhaps by a name that is there for nothing else. */
function takerOf(names: Names, list: TSESTree.Node): TSESTree.CallExpression | undefined {
  const parent = meaningfulParent(list);
  if (parent?.type === T.CallExpression) return parent;
  const variable = parent?.type === T.VariableDeclarator ? names.variable(parent.id) : undefined;
  const [use, ...others] = variable?.references.filter((one) => one.isRead()) ?? [];
  const call = use && others.length === 0 ? meaningfulParent(use.identifier) : undefined;
  return call?.type === T.CallExpression ? call : undefined;
}

/** Who waits for it in another place as well gives it back there. */
function together(parts: readonly (Holdings | undefined)[]): Holdings | undefined {
  if (parts.some((part) => !part)) return undefined;
  const leases = parts.flatMap((part) => part?.leases ?? []);
  return { leases, races: leases.length > 0 ? [] : parts.flatMap((part) => part?.races ?? []) };
}

function inChain(
  resources: Resources,
  acquisition: Acquisition,
  member: TSESTree.MemberExpression,
): Holdings | undefined {
  const call = meaningfulParent(member);
  const name = memberName(member);
  if (call?.type !== T.CallExpression || unwrap(call.callee) !== member) return undefined;
  if (name === "catch" || name === "finally") return follow(resources, acquisition, call);
  const [callback] = call.arguments;
  if (name !== "then" || !callback) return undefined;
  const timed = timedBy(resources.names, call);
  if (timed) return lostIn(acquisition, timed);
  const listener = functionOf(resources.names, callback);
  const [parameter] = listener?.params ?? [];
  if (!listener || !parameter) return undefined;
  const held = bound(acquisition, parameter);
  return held && { leases: [{ ...held, owner: listener, from: [codePathOf(listener).enter] }], races: [] };
}

/** `const [one, other] = await Promise.all([pool.connect(), pool.connect()])`. */
function inAll(
  { names }: Resources,
  acquisition: Acquisition,
  call: TSESTree.CallExpression,
  index: number,
): Holdings | undefined {
  const origin = names.origin(call.callee);
  const wait = meaningfulParent(call);
  if (origin?.module !== "global" || origin.path.join(".") !== "Promise.all") return undefined;
  const declarator = wait?.type === T.AwaitExpression ? meaningfulParent(wait) : undefined;
  if (declarator?.type !== T.VariableDeclarator || declarator.id.type !== T.ArrayPattern) return undefined;
  const element = declarator.id.elements[index];
  return element?.type === T.Identifier && wait ? heldAt(acquisition, wait, element) : undefined;
}

/** Held from an `await` on (or the call itself), by `value`: the same, or the name of an element. */
function heldAt(acquisition: Acquisition, wait: TSESTree.Node, value: TSESTree.Node): Holdings | undefined {
  const owner = ownerOf(wait);
  const from = owner ? stepsAt(owner, wait) : [];
  const parent = meaningfulParent(wait);
  const target = parent?.type === T.VariableDeclarator && value === wait ? parent.id : undefined;
  if (!owner || isUsing(parent)) return undefined;
  if (parent?.type === T.ExpressionStatement) {
    return { leases: [{ acquisition, owner, value: undefined, releasers: [], errors: [], from }], races: [] };
  }
  const held = bound(acquisition, target ?? value);
  return held && { leases: [{ ...held, owner, from }], races: [] };
}

/** By what names it is held: a pattern takes the function that gives it back out of what was resolved. */
function bound(
  acquisition: Acquisition,
  target: TSESTree.Node,
): Pick<Lease, "acquisition" | "errors" | "releasers" | "value"> | undefined {
  const { releaser } = acquisition.model;
  if (typeof releaser === "number") {
    if (target.type !== T.ArrayPattern) return undefined;
    const element = target.elements[releaser];
    const releasers = element?.type === T.Identifier ? [element] : [];
    return { acquisition, value: undefined, releasers, errors: [] };
  }
  if (target.type === T.ArrayPattern || target.type === T.ObjectPattern) return undefined;
  return releaser === "result"
    ? { acquisition, value: undefined, releasers: [target], errors: [] }
    : { acquisition, value: target, releasers: [], errors: [] };
}

function isUsing(node: TSESTree.Node | undefined): boolean {
  return node?.type === T.VariableDeclarator && node.parent.kind.endsWith("using");
}
