import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Step } from "../flow/code-path.ts";
import { memberUsesOf } from "../resources/members.ts";
import type { Resources } from "../resources/resources.ts";
import type { Names } from "../source/names.ts";
import { contains, isFunction, isLoop, isNothing } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { namedUses, ownerOf, stepsAt } from "../uses/places.ts";
import type { Owner } from "../uses/places.ts";
import type { Fate } from "./fate.ts";
import type { Lease } from "./lease.ts";

/** The places in the code of an owner at which something nested may begin to happen, as `placesIn`; methods as well. */
export function placesWithin({ file, names }: Resources, owner: Owner, node: TSESTree.Node): TSESTree.Node[] {
  const places: TSESTree.Node[] = [];
  const seen = new Set<TSESTree.Node>();
  const climb = (from: TSESTree.Node): void => {
    const inner = ownerOf(from);
    if (inner === owner) places.push(from);
    else if (inner && inner.type !== T.Program && !seen.has(inner)) {
      seen.add(inner);
      for (const use of namedUses(names, inner) ?? memberUsesOf(file, names, inner) ?? [inner]) climb(use);
    }
  };
  climb(node);
  return places;
}

/** What decides in the code of an owner whether a lease is held, by its names, by flags, or by how it was taken. */
export interface Conditions {
  /** Where it was taken. */
  readonly origin: TSESTree.Node;
  /** Whether a condition says something about the lease. */
  readonly concerns: (condition: TSESTree.Node) => boolean;
  /** Branches in which it is not held. */
  readonly withoutIt: readonly TSESTree.Node[];
}

export function conditionsOf({ names }: Resources, lease: Lease, fate: Fate, owner: Owner): Conditions {
  const keys = new Set<string>();
  for (const condition of conditionsAround(lease)) {
    for (const key of keysIn(names, condition)) keys.add(key);
  }
  for (const variable of [...fate.variables, ...lease.errors]) {
    const key = keyOf(names, variable);
    if (key !== undefined) keys.add(key);
  }
  const concerns = (condition: TSESTree.Node, depth = 0): boolean =>
    keysIn(names, condition).some((key) => keys.has(key)) ||
    variablesIn(names, condition).some((variable) => {
      if (isFlag(variable)) return true;
      const start = depth < 2 ? names.initial(variable) : undefined;
      return start !== undefined && !contains(start.value, lease.acquisition.call) && concerns(start.value, depth + 1);
    });
  const isLease = (variable: Scope.Variable): boolean => fate.variables.has(variable);
  const isError = (variable: Scope.Variable): boolean => lease.errors.includes(variable);
  const withoutIt = findAll(owner, isBranching).flatMap((node) => {
    const absent = absence(names, node.test, isLease, isError);
    const [then, otherwise] = isLoop(node) ? [node.body, undefined] : [node.consequent, node.alternate];
    const branch = absent === undefined ? undefined : absent ? then : otherwise;
    return branch ? [branch] : [];
  });
  return { origin: lease.acquisition.call, concerns: (condition) => concerns(condition), withoutIt };
}

/** The steps at which something nested has begun to happen, or would have if the lease were held. */
export function stepsFor(
  resources: Resources,
  owner: Owner,
  node: TSESTree.Node,
  conditions: Conditions,
): readonly Step[] {
  return placesWithin(resources, owner, node).flatMap((place) => stepsAt(owner, regionOf(place, conditions)));
}

/**
 * A place, or the outermost statement around it on whose condition the lease decides. A loop that gives back what was
 * taken before it has as many turns as are needed.
 */
export function regionOf(place: TSESTree.Node, { concerns, origin }: Conditions): TSESTree.Node {
  let region = place;
  for (
    let child = place, parent = place.parent;
    parent && !isFunction(parent);
    child = parent, parent = parent.parent
  ) {
    // What is decided for both alike decides nothing between them.
    if (contains(parent, origin)) break;
    if (isLoop(parent) && parent.body === child) {
      region = parent;
      continue;
    }
    const condition = conditionAt(parent, child);
    if (!condition) continue;
    if (!concerns(condition)) break;
    region = parent;
  }
  return region;
}

/** What decides whether a child of a node is run. */
function conditionAt(parent: TSESTree.Node, child: TSESTree.Node): TSESTree.Node | undefined {
  switch (parent.type) {
    case T.IfStatement:
    case T.ConditionalExpression:
      return child === parent.test ? undefined : parent.test;
    case T.LogicalExpression:
      return child === parent.right ? parent.left : undefined;
    case T.ChainExpression:
      return chainRoot(parent.expression);
    case T.SwitchCase:
      return parent.parent.discriminant;
    default:
      return undefined;
  }
}

/** `client?.release()` is run if there is a client. */
function chainRoot(node: TSESTree.Node): TSESTree.Node {
  let root = node;
  while (root.type === T.CallExpression || root.type === T.MemberExpression) {
    root = root.type === T.CallExpression ? root.callee : root.object;
  }
  return root;
}

function conditionsAround({ acquisition, owner }: Lease): TSESTree.Node[] {
  const conditions: TSESTree.Node[] = [];
  for (let child: TSESTree.Node = acquisition.call; child.parent && child !== owner; child = child.parent) {
    const condition = conditionAt(child.parent, child);
    if (condition) conditions.push(condition);
  }
  return conditions;
}

type Branching =
  TSESTree.ConditionalExpression | TSESTree.DoWhileStatement | TSESTree.IfStatement | TSESTree.WhileStatement;

function isBranching(node: TSESTree.Node): node is Branching {
  return (
    node.type === T.IfStatement ||
    node.type === T.ConditionalExpression ||
    node.type === T.WhileStatement ||
    node.type === T.DoWhileStatement
  );
}

/** Whether a lease is absent if a condition holds (`true`) or if it does not (`false`). */
function absence(
  names: Names,
  condition: TSESTree.Node,
  isLease: (variable: Scope.Variable) => boolean,
  isError: (variable: Scope.Variable) => boolean,
): boolean | undefined {
  const of = (node: TSESTree.Node): boolean | undefined => absence(names, node, isLease, isError);
  switch (condition.type) {
    case T.Identifier: {
      const variable = names.variable(condition);
      if (!variable) return undefined;
      return isLease(variable) ? false : isError(variable) ? true : undefined;
    }
    case T.UnaryExpression: {
      const inner = condition.operator === "!" ? of(condition.argument) : undefined;
      return inner === undefined ? undefined : !inner;
    }
    case T.BinaryExpression: {
      const inner = isNothing(condition.right) ? of(condition.left) : undefined;
      if (inner === undefined) return undefined;
      if (condition.operator === "==" || condition.operator === "===") return !inner;
      return condition.operator.startsWith("!") ? inner : undefined;
    }
    case T.LogicalExpression: {
      const sides = [of(condition.left), of(condition.right)];
      if (condition.operator === "&&")
        return sides.includes(true) ? true : sides[0] === false && sides[1] === false ? false : undefined;
      if (condition.operator === "||") return sides.includes(false) ? false : sides[0] && sides[1];
      return undefined;
    }
    default:
      return undefined;
  }
}

function keysIn(names: Names, node: TSESTree.Node): string[] {
  const isName = (one: TSESTree.Node): one is TSESTree.Identifier | TSESTree.MemberExpression =>
    one.type === T.MemberExpression || (one.type === T.Identifier && names.variable(one) !== undefined);
  return findAll(node, isName).flatMap((one) => names.key(one) ?? []);
}

function variablesIn(names: Names, node: TSESTree.Node): Scope.Variable[] {
  const isName = (one: TSESTree.Node): one is TSESTree.Identifier => one.type === T.Identifier;
  return findAll(node, isName).flatMap((one) => names.variable(one) ?? []);
}

function keyOf(names: Names, { defs }: Scope.Variable): string | undefined {
  const name = defs[0]?.name as TSESTree.Node | undefined;
  return name && names.key(name);
}

/** A variable that is set again while the lease is held may remember what has become of it. */
function isFlag({ defs, references }: Scope.Variable): boolean {
  const declared = defs[0]?.node as TSESTree.Node | undefined;
  return declared?.type === T.VariableDeclarator && references.some((one) => one.isWrite() && one.init !== true);
}
