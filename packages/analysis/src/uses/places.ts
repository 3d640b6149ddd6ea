import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { codePathOf } from "../flow/code-path.ts";
import type { Step } from "../flow/code-path.ts";
import { stepsOf } from "../flow/queries.ts";
import { standsFor } from "../source/names.ts";
import type { Names } from "../source/names.ts";
import { contains, enclosingFunction, isFunction, meaningfulParent, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { nameOf } from "./functions.ts";

export type Owner = FunctionNode | TSESTree.Program;

/** The function (or the file) in whose code a node stands. */
export function ownerOf(node: TSESTree.Node): Owner | undefined {
  return node.type === T.Program ? node : enclosingFunction(node);
}

/**
 * The places in the code of an owner at which something nested may begin to happen: a closure where it is made, a
 * named function where it is first spoken of. None where the node is not within the owner.
 */
export function placesIn(names: Names, owner: Owner, node: TSESTree.Node): TSESTree.Node[] {
  const places: TSESTree.Node[] = [];
  const seen = new Set<TSESTree.Node>();
  const climb = (from: TSESTree.Node): void => {
    const inner = ownerOf(from);
    if (inner === owner) {
      places.push(from);
      return;
    }
    if (!inner || inner.type === T.Program || seen.has(inner)) return;
    seen.add(inner);
    const uses = namedUses(names, inner);
    for (const use of uses ?? [inner]) climb(use);
  };
  climb(node);
  return places;
}

/** Where a named function is spoken of outside itself; undefined for one without a name. */
export function namedUses(names: Names, node: FunctionNode): TSESTree.Node[] | undefined {
  const variable = nameOf(names, node);
  return variable?.references
    .filter((reference) => reference.isRead())
    .map(({ identifier }) => identifier)
    .filter((use) => use.range[0] < node.range[0] || use.range[1] > node.range[1]);
}

/** The steps at which control comes to a node, or to the smallest expression or statement around it that has any. */
export function stepsAt(owner: Owner, node: TSESTree.Node): readonly Step[] {
  const path = codePathOf(owner);
  for (let current: TSESTree.Node | undefined = node; current && current !== owner; current = current.parent) {
    const steps = stepsOf(path, current);
    if (steps.length > 0) return steps;
    if (isFunction(current) && current !== node) break;
  }
  return [];
}

/**
 * What decides whether control comes to a node, as far as that depends on the thing itself: `if (child.stdout) …` is
 * passed as if the condition held, since without a pipe nothing has to be read. What must be told apart from the node, as
 * the wait that comes before or after it, does not stand within the same part of it.
 */
export function guardOf(
  names: Names,
  node: TSESTree.Node,
  variables: ReadonlySet<Scope.Variable>,
  apart: readonly TSESTree.Node[],
): TSESTree.Node {
  const isApart = (region: TSESTree.Node): boolean => !apart.some((one) => contains(region, one));
  let place = node;
  let decided = false;
  for (let child = node, parent = node.parent; parent && !isFunction(parent); child = parent, parent = parent.parent) {
    // What is decided for both alike decides nothing between them.
    if (!isApart(child)) break;
    const condition = conditionOf(parent, child);
    if (condition && mentions(names, condition, variables)) place = parent;
    else if (condition) decided = true;
    else if (decided) continue;
    else if (parent.type === T.ChainExpression) place = parent;
    else if (isBodyOfFullLoop(names, parent, child, variables)) place = parent;
    else if (parent.type === T.TryStatement && parent.block === child) place = parent;
  }
  return place;
}

/**
 * `for (const name of ["stdout", "stderr"]) child[name].resume()`: a list that is written out has a first turn. So has
 * one of which the thing itself is an item.
 */
function isBodyOfFullLoop(
  names: Names,
  loop: TSESTree.Node,
  child: TSESTree.Node,
  variables: ReadonlySet<Scope.Variable>,
): boolean {
  if (loop.type !== T.ForOfStatement || loop.body !== child) return false;
  if (mentions(names, loop.left, variables)) return true;
  const written = standsFor(names, loop.right);
  return written.type === T.ArrayExpression && written.elements.some((element) => element?.type !== T.SpreadElement);
}

function conditionOf(parent: TSESTree.Node, child: TSESTree.Node): TSESTree.Node | undefined {
  switch (parent.type) {
    case T.IfStatement:
    case T.ConditionalExpression:
      return child === parent.test ? undefined : parent.test;
    case T.LogicalExpression:
      return child === parent.right ? parent.left : undefined;
    default:
      return undefined;
  }
}

function mentions(names: Names, condition: TSESTree.Node, variables: ReadonlySet<Scope.Variable>): boolean {
  const isOne = (node: TSESTree.Node): node is TSESTree.Identifier => {
    const variable = names.variable(node);
    return variable !== undefined && variables.has(variable);
  };
  return findAll(condition, isOne).length > 0 || findAll(condition, isFieldOfThis).length > 0;
}

function isFieldOfThis(node: TSESTree.Node): node is TSESTree.MemberExpression {
  return node.type === T.MemberExpression && unwrap(node.object).type === T.ThisExpression;
}

/** Whether an expression is called on the spot: `(async () => { … })()`. */
export function calledAt(node: TSESTree.Node): TSESTree.CallExpression | undefined {
  const parent = meaningfulParent(node);
  return parent?.type === T.CallExpression && unwrap(parent.callee) === unwrap(node) ? parent : undefined;
}
