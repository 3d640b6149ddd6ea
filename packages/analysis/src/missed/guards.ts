import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { isAwait, isFunction, memberName } from "../source/syntax.ts";
import { findAll, walk } from "../source/walk.ts";
import type { Subscription } from "./missed-event.ts";
import { denotes } from "./mentions.ts";

/**
 * The nodes at which the code looks whether the event has already happened, and on whose answer it depends that it
 * listens: once such a node has been evaluated, the event is known not to have happened so far.
 */
export function guardsOf(
  resources: Resources,
  { node, key }: Pick<Subscription, "node" | "key">,
): ReadonlySet<TSESTree.Node> {
  const guards = new Set<TSESTree.Node>();
  for (const test of testsAround(node)) {
    for (const moment of moments(resources, test, key)) guards.add(moment);
  }
  return guards;
}

/** The tests that decide whether control comes to a node, within its function. */
function testsAround(node: TSESTree.Node): TSESTree.Node[] {
  const tests: TSESTree.Node[] = [];
  for (let child = node, { parent } = node; parent && !isFunction(child); child = parent, parent = parent.parent) {
    switch (parent.type) {
      case T.IfStatement:
      case T.ConditionalExpression:
      case T.WhileStatement:
      case T.DoWhileStatement:
        if (child !== parent.test) tests.push(parent.test);
        break;
      case T.ForStatement:
        if (parent.test && child === parent.body) tests.push(parent.test);
        break;
      case T.LogicalExpression:
        if (child === parent.right) tests.push(parent.left);
        break;
      case T.SwitchCase:
        tests.push(parent.parent.discriminant);
        break;
      case T.BlockStatement:
      case T.Program:
        for (const statement of parent.body) {
          if (statement === child) break;
          if (statement.type === T.IfStatement && (leaves(statement.consequent) || leaves(statement.alternate))) {
            tests.push(statement.test);
          } else if (statement.type === T.ExpressionStatement && asserts(statement.expression)) {
            tests.push(statement.expression);
          }
        }
    }
  }
  return tests;
}

function leaves(node: TSESTree.Statement | null | undefined): boolean {
  switch (node?.type) {
    case T.ReturnStatement:
    case T.ThrowStatement:
    case T.BreakStatement:
    case T.ContinueStatement:
      return true;
    case T.BlockStatement:
      return leaves(node.body.at(-1));
    case T.IfStatement:
      return leaves(node.consequent) && leaves(node.alternate);
    default:
      return false;
  }
}

/** `signal.throwIfAborted()`, `assert(!child.killed)`. */
function asserts(node: TSESTree.Expression): boolean {
  if (node.type !== T.CallExpression) return false;
  const name = memberName(node.callee);
  return name === "throwIfAborted" || (node.callee.type === T.Identifier && node.callee.name.startsWith("assert"));
}

/** When a test looks at something that changes: where it is evaluated, or where the constant that it uses was. */
function moments(resources: Resources, test: TSESTree.Node, key: string): TSESTree.Node[] {
  const found: TSESTree.Node[] = [];
  walk(test, (node) => {
    // What was seen before an await is no longer known after it.
    if (node.type === T.AwaitExpression || isFunction(node)) return false;
    if (node.type === T.MemberExpression || node.type === T.CallExpression || denotes(resources, node, key)) {
      found.push(test);
      return false;
    }
    if (node.type !== T.Identifier) return true;
    const variable = resources.names.variable(node);
    const initial = variable && resources.names.initial(variable);
    if (!initial) {
      const changes = variable?.references.some((use) => use.isWrite() && !use.init);
      if (changes) found.push(test);
      return true;
    }
    if (initial.value.type !== T.Literal && looks(initial.value)) {
      found.push(initial.value);
    }
    return true;
  });
  // A test has a step of its own, unless it is a name: then the step is what comes after it.
  return found.map((node) => (node === test && node.type === T.Identifier ? node.parent : node));
}

function looks(value: TSESTree.Expression): boolean {
  return findAll(value, isAwait).length === 0;
}
