import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { catcherOf, leaves } from "../source/jumps.ts";
import { isFunction } from "../source/syntax.ts";
import { walk } from "../source/walk.ts";

/** Something on which it depends whether control comes somewhere. */
export type Guard =
  | {
      readonly test: TSESTree.Node;
      readonly outcome: boolean;
      /** Otherwise control would have left before, or gone on to the next turn. */
      readonly passed?: true;
    }
  /** A `case`, with those that fall through to it; no values where it is the `default`. */
  | { readonly subject: TSESTree.Node; readonly values: readonly TSESTree.Node[] | undefined };

/** One way in which a repetition ends. */
export interface Exit {
  readonly node: TSESTree.Node;
  /** All of them must give way. */
  readonly guards: readonly Guard[];
  /** By an error, or because of one. */
  readonly failing: boolean;
  /** The `try` in whose block it stands: what fails before it there does not end the repetition. */
  readonly tried: TSESTree.TryStatement | undefined;
}

type Loop = TSESTree.DoWhileStatement | TSESTree.ForOfStatement | TSESTree.ForStatement | TSESTree.WhileStatement;

/** The ways out of a loop that stand in its own code. */
export function exitsOfLoop(loop: Loop): Exit[] {
  const exits: Exit[] = [];
  if (loop.type !== T.ForOfStatement && loop.test && !isTrue(loop.test)) {
    exits.push({ node: loop, guards: [{ test: loop.test, outcome: false }], failing: false, tried: undefined });
  }
  walk(loop.body, (node) => {
    if (isFunction(node)) return false;
    if (leaves(node, loop)) exits.push(exitAt(node, loop));
    return true;
  });
  return exits;
}

/** The way out that leads through a node. */
export function exitAt(node: TSESTree.Node, outer: TSESTree.Node): Exit {
  const tried = catcherOf(node, outer);
  return {
    node,
    guards: guardsOf(node, outer),
    failing: node.type === T.ThrowStatement || isInHandler(node, outer),
    tried,
  };
}

function isTrue(node: TSESTree.Node): boolean {
  return node.type === T.Literal && Boolean(node.value);
}

export function isInHandler(node: TSESTree.Node, outer: TSESTree.Node): boolean {
  for (let current: TSESTree.Node | undefined = node; current && current !== outer; current = current.parent) {
    if (current.type === T.CatchClause) return true;
  }
  return false;
}

/** What decides, in the code of `outer`, whether control comes to a node. */
export function guardsOf(node: TSESTree.Node, outer: TSESTree.Node): Guard[] {
  const guards: Guard[] = [];
  for (let child = node, { parent } = node; parent && child !== outer; child = parent, parent = parent.parent) {
    switch (parent.type) {
      case T.IfStatement:
      case T.ConditionalExpression:
        if (child !== parent.test) guards.push({ test: parent.test, outcome: child === parent.consequent });
        break;
      case T.LogicalExpression:
        if (child === parent.right) {
          guards.push({ test: parent.left, outcome: parent.operator === "&&" });
        }
        break;
      case T.WhileStatement:
        if (child === parent.body && parent !== outer && !isTrue(parent.test)) {
          guards.push({ test: parent.test, outcome: true });
        }
        break;
      case T.SwitchCase:
        guards.push({ subject: parent.parent.discriminant, values: valuesOf(parent) });
        break;
      case T.BlockStatement:
      case T.Program:
        guards.push(...earlier(parent.body, child));
    }
  }
  return guards;
}

/** What the statements before one have found otherwise: `if (…) continue;`. */
function earlier(body: readonly TSESTree.Node[], child: TSESTree.Node): Guard[] {
  return body.slice(0, body.indexOf(child)).flatMap((before): Guard[] => {
    if (before.type !== T.IfStatement) return [];
    if (jumps(before.consequent)) return [{ test: before.test, outcome: false, passed: true }];
    return before.alternate && jumps(before.alternate) ? [{ test: before.test, outcome: true, passed: true }] : [];
  });
}

function valuesOf(node: TSESTree.SwitchCase): TSESTree.Node[] | undefined {
  const { cases } = node.parent;
  const values = [];
  for (let index = cases.indexOf(node); index >= 0; index -= 1) {
    const one = cases[index];
    if (!one || (one !== node && one.consequent.some(jumps))) break;
    if (!one.test) return undefined;
    values.push(one.test);
  }
  return values;
}

/** Whether control never comes to the end of a statement. */
function jumps(node: TSESTree.Node): boolean {
  const last = node.type === T.BlockStatement ? node.body.at(-1) : node;
  if (last?.type === T.IfStatement) return last.alternate !== null && jumps(last.consequent) && jumps(last.alternate);
  return (
    last !== undefined &&
    [T.BreakStatement, T.ContinueStatement, T.ReturnStatement, T.ThrowStatement].includes(last.type)
  );
}
