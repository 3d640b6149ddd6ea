import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Step } from "../flow/code-path.ts";
import { reaches } from "../flow/queries.ts";
import type { Resources } from "../resources/resources.ts";
import { stateKey } from "../source/occurrences.ts";
import { contains, isFunction, meaningfulParent, memberName, targetIn, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll, walk } from "../source/walk.ts";
import { memberFunctionOf } from "../uses/callee.ts";
import { stepsAt } from "../uses/places.ts";
import type { Owner } from "../uses/places.ts";
import { changeOf, takes } from "./change.ts";
import type { Change } from "./change.ts";
import { mentions } from "./state.ts";
import type { Atom } from "./state.ts";

/** The first change that takes what was waited for and that control reaches without another test. */
export function firstTake(resources: Resources, owner: Owner, wait: TSESTree.Node, atom: Atom): Change | undefined {
  const { names } = resources;
  const changes: (Change & { readonly at: TSESTree.Node })[] = [];
  const tests = new Set<TSESTree.Node>();
  walk(owner.type === T.Program ? owner : owner.body, (node) => {
    if (isFunction(node)) return false;
    const change = changeOf(names, node);
    if (change && takes(change, atom) && !isResultTested(resources, change)) changes.push({ ...change, at: node });
    const called = node.type === T.CallExpression ? memberFunctionOf(names, node.callee) : undefined;
    if (called && called !== owner) {
      const inner = takeWithin(resources, called, atom);
      if (inner) changes.push({ ...inner, at: node });
      else if (testsWithin(resources, called, atom.key)) tests.add(node);
    }
    const test = testOf(node);
    if (test && mentions(names, test, atom.key))
      tests.add(node.type === T.IfStatement || node.type === T.SwitchStatement ? node : test);
    return true;
  });
  const stops = new Set<Step>();
  for (const test of tests) for (const step of stepsAt(owner, test)) stops.add(step);
  const from = stepsAt(owner, wait);
  return changes.find((change) => {
    if (change.idempotent && change.level === "low" && !isRead(resources, owner, change)) return false;
    const at = new Set(stepsAt(owner, change.at));
    return !contains(wait, change.at) && reaches(from, (step) => at.has(step), { through: (step) => !stops.has(step) });
  });
}

function testOf(node: TSESTree.Node): TSESTree.Node | undefined {
  if (node.type === T.LogicalExpression) return node.left;
  if (node.type === T.SwitchStatement) return node.discriminant;
  return "test" in node && node.test ? node.test : undefined;
}

/** A change in a helper that does not test by itself. */
function takeWithin(resources: Resources, called: FunctionNode, atom: Atom): Change | undefined {
  if (testsWithin(resources, called, atom.key)) return undefined;
  let take: Change | undefined;
  walk(called.body, (node) => {
    if (isFunction(node)) return false;
    const change = changeOf(resources.names, node);
    if (change && takes(change, atom)) take ??= change;
    return true;
  });
  return take;
}

function testsWithin({ names }: Resources, called: FunctionNode, key: string): boolean {
  const isTest = (node: TSESTree.Node): node is TSESTree.Node => {
    const test = testOf(node);
    return test !== undefined && mentions(names, test, key);
  };
  return findAll(called.body, isTest).length > 0;
}

/** Whether what was taken is looked at: `const item = items.shift(); if (!item) continue;`. */
function isResultTested({ names }: Resources, { node, gives }: Change): boolean {
  const parent = gives ? meaningfulParent(node) : undefined;
  if (parent?.type === T.LogicalExpression || parent?.type === T.BinaryExpression || parent?.type === T.UnaryExpression)
    return true;
  const test = parent && testOf(parent);
  if (test && unwrap(test) === node) return true;
  const target = targetIn(parent);
  const isOptional = (one: TSESTree.Node): boolean => one.type === T.MemberExpression && one.optional;
  if (parent && isOptional(parent)) return true;
  const variable = target && names.variable(target);
  return (variable?.references ?? []).some(({ identifier }) => {
    for (
      let child = identifier as TSESTree.Node, up = child.parent;
      up && !isFunction(up);
      child = up, up = up.parent
    ) {
      if (testOf(up) === child || isOptional(up)) return true;
      if (up.type.endsWith("Statement")) return false;
    }
    return false;
  });
}

const READERS: ReadonlySet<string | undefined> = new Set(["get", "values", "keys", "entries"]);

/** Whether what a `delete` removes was read: removing it twice alone does no harm. */
function isRead({ names }: Resources, owner: Owner, { node, key, literal }: Change): boolean {
  if (literal || node.type === T.AssignmentExpression) return true;
  const isReader = (one: TSESTree.Node): one is TSESTree.MemberExpression =>
    one.type === T.MemberExpression &&
    !contains(node, one) &&
    stateKey(names, one.object) === key &&
    READERS.has(memberName(one));
  const isSpread = (one: TSESTree.Node): one is TSESTree.VariableDeclarator =>
    one.type === T.VariableDeclarator &&
    one.id.type === T.ArrayPattern &&
    !!one.init &&
    stateKey(names, one.init) === key;
  return [...findAll(owner, isReader), ...findAll(owner, isSpread)].length > 0;
}
