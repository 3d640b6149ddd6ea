import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import type { Names } from "../source/names.ts";
import { programOf } from "../source/program-files.ts";
import { enclosingFunction, memberName, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import type { Owner } from "../uses/places.ts";

/** Whether what comes to a node has been asked before whether the lender can be taken. */
export function isAsked({ names }: Resources, node: TSESTree.Node, owner: Owner, lender: TSESTree.Node): boolean {
  const key = names.key(lender);
  return testsOf(node, owner).some((test) =>
    findAll(test, isCallee).some(
      ({ object }) => isStore(names, object) || (key !== undefined && names.key(object) === key),
    ),
  );
}

/** Whether a condition, which may know who holds what, decides if a function that was called comes to a node. */
export function isDecided({ names }: Resources, node: TSESTree.Node, owner: Owner): boolean {
  return testsOf(node, owner).some((test) => knowsCaller(names, test, owner));
}

function isCallee(node: TSESTree.Node): node is TSESTree.MemberExpression {
  return node.type === T.MemberExpression;
}

/** A store that follows its asynchronous callers: `new AsyncLocalStorage()`. */
function isStore(names: Names, node: TSESTree.Node): boolean {
  const made = names.held(unwrap(node));
  const origin = made?.type === T.NewExpression ? names.origin(made.callee) : undefined;
  return origin?.module === "async_hooks";
}

const ASKS: ReadonlySet<string | undefined> = new Set(["get", "has"]);

/**
 * Whether a condition may ask what the caller holds: by a flag that was given, a field, a function without arguments, a
 * store. What this function has found out itself, or compares, says nothing of its caller.
 */
function knowsCaller(names: Names, test: TSESTree.Node, owner: Owner, depth = 0): boolean {
  const expression = unwrap(test);
  const knows = (node: TSESTree.Node): boolean => depth < MAX_STEPS && knowsCaller(names, node, owner, depth + 1);
  switch (expression.type) {
    case T.LogicalExpression:
      return knows(expression.left) || knows(expression.right);
    case T.UnaryExpression:
      return knows(expression.argument);
    case T.BinaryExpression: {
      const sides = [unwrap(expression.left), unwrap(expression.right)];
      const isCompared = sides.some((side) => side.type === T.Literal && !isFlag(side.value));
      return !isCompared && /^[=!]/u.test(expression.operator) && sides.some(knows);
    }
    case T.CallExpression: {
      const callee = unwrap(expression.callee);
      if (expression.arguments.length === 0) return true;
      if (callee.type !== T.MemberExpression) return false;
      return ASKS.has(memberName(callee)) && !onlyGrows(names, callee.object, owner);
    }
    case T.MemberExpression:
      return expression.object.type === T.ThisExpression || knows(expression.object);
    case T.Identifier: {
      const variable = names.variable(expression);
      const start = variable && names.initial(variable);
      if (start) return knows(start.value);
      const name = variable?.defs[0]?.name as TSESTree.Node | undefined;
      if (!name) return false;
      return enclosingFunction(name) !== owner || names.variable(name)?.defs[0]?.type.toString() === "Parameter";
    }
    default:
      return false;
  }
}

/** Whether a collection remembers what has been seen: this function adds to it, and nothing in the file takes away. */
function onlyGrows(names: Names, collection: TSESTree.Node, owner: Owner): boolean {
  const key = names.key(collection);
  const name = nameOf(collection);
  const has = (within: TSESTree.Node, methods: readonly (string | undefined)[]): boolean =>
    findAll(within, isCallee).some((callee) => methods.includes(memberName(callee)) && nameOf(callee.object) === name);
  return key !== undefined && has(owner, ["add", "set"]) && !has(programOf(owner), ["clear", "delete"]);
}

function nameOf(node: TSESTree.Node): string | undefined {
  const expression = unwrap(node);
  if (expression.type === T.MemberExpression) return memberName(expression);
  return expression.type === T.Identifier ? expression.name : undefined;
}

function isFlag(value: unknown): boolean {
  return value === null || typeof value === "boolean";
}

// Names of names.
const MAX_STEPS = 6;

/** The conditions on which control comes to a node: around it, and before it where another way leaves. */
function testsOf(node: TSESTree.Node, owner: Owner): TSESTree.Node[] {
  const tests: TSESTree.Node[] = [];
  for (let child = node, parent = node.parent; parent && child !== owner; child = parent, parent = parent.parent) {
    if (parent.type === T.IfStatement || parent.type === T.ConditionalExpression || parent.type === T.WhileStatement) {
      if (child !== parent.test) tests.push(parent.test);
    } else if (parent.type === T.LogicalExpression && child === parent.right) tests.push(parent.left);
    else if (parent.type === T.BlockStatement || parent.type === T.Program) {
      const index = parent.body.indexOf(child as TSESTree.Statement);
      for (const before of parent.body.slice(0, Math.max(index, 0))) {
        if (before.type === T.IfStatement && (leaves(before.consequent) || leaves(before.alternate)))
          tests.push(before.test);
      }
    }
  }
  return tests;
}

function leaves(node: TSESTree.Node | null): boolean {
  if (!node) return false;
  const last = node.type === T.BlockStatement ? node.body.at(-1) : node;
  return last?.type === T.ReturnStatement || last?.type === T.ThrowStatement;
}
