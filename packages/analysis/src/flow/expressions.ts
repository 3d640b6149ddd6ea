import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { evaluateClass } from "./classes.ts";
import { arrive, both, jump, mayThrow } from "./draft.ts";
import type { Draft, Ends } from "./draft.ts";
import { operandsOf } from "./operands.ts";
import { bind, isPattern } from "./patterns.ts";

/** The ends of an expression as a condition. */
export interface Outcomes {
  readonly truthy: Ends;
  readonly falsy: Ends;
}

/** Draws the evaluation of an expression for its value. */
export function evaluate(draft: Draft, node: TSESTree.Node | null | undefined): void {
  if (!node) return;
  switch (node.type) {
    case T.Literal:
    case T.Identifier:
    case T.ThisExpression:
    case T.Super:
    case T.PrivateIdentifier:
    case T.TemplateElement:
      return;
    case T.TSAsExpression:
    case T.TSSatisfiesExpression:
    case T.TSNonNullExpression:
    case T.TSTypeAssertion:
    case T.TSInstantiationExpression:
    case T.JSXExpressionContainer:
      evaluate(draft, node.expression);
      return;
    case T.ArrowFunctionExpression:
    case T.FunctionExpression:
      arrive(draft, "evaluate", node);
      return;
    case T.ClassExpression:
      evaluateClass(draft, node);
      return;
    case T.AssignmentExpression:
      assign(draft, node);
      return;
    case T.LogicalExpression:
      choose(draft, node);
      return;
    case T.ConditionalExpression: {
      const { truthy, falsy } = test(draft, node.test);
      draft.ends = truthy;
      evaluate(draft, node.consequent);
      const consequent = draft.ends;
      draft.ends = falsy;
      evaluate(draft, node.alternate);
      draft.ends = both(consequent, draft.ends);
      arrive(draft, "evaluate", node);
      return;
    }
    case T.ChainExpression: {
      const { truthy, falsy } = chain(draft, node);
      draft.ends = both(truthy, falsy);
      arrive(draft, "evaluate", node);
      return;
    }
    case T.MemberExpression:
      evaluate(draft, node.object);
      if (node.optional) draft.chain.push(...draft.ends);
      evaluate(draft, node.property);
      break;
    case T.CallExpression:
      evaluate(draft, node.callee);
      if (node.optional) draft.chain.push(...draft.ends);
      for (const argument of node.arguments) evaluate(draft, argument);
      break;
    case T.TaggedTemplateExpression:
      evaluate(draft, node.tag);
      for (const expression of node.quasi.expressions) evaluate(draft, expression);
      break;
    case T.Property:
      evaluate(draft, node.key);
      evaluate(draft, node.value);
      return;
    default: {
      const operands = operandsOf(node);
      for (const operand of operands.nodes) evaluate(draft, operand);
      if (operands.transparent) return;
    }
  }
  finish(draft, node);
}

/** Draws the step of an expression whose operands have been evaluated. */
function finish(draft: Draft, node: TSESTree.Node): void {
  if (!arrive(draft, "evaluate", node)) return;
  switch (node.type) {
    case T.AwaitExpression:
    case T.CallExpression:
    case T.ImportExpression:
    case T.MemberExpression:
    case T.NewExpression:
    case T.SpreadElement:
    case T.TaggedTemplateExpression:
      mayThrow(draft);
      return;
    case T.BinaryExpression:
      if (node.operator === "in" || node.operator === "instanceof") mayThrow(draft);
      return;
    case T.YieldExpression: {
      // Whoever drives the generator may also end it here, by throw() or return().
      mayThrow(draft);
      const resumed = draft.ends;
      jump(draft, draft.root.returns);
      draft.ends = resumed;
    }
  }
}

function assign(draft: Draft, node: TSESTree.AssignmentExpression): void {
  if (isPattern(node.left)) {
    evaluate(draft, node.right);
    bind(draft, node.left);
  } else {
    evaluate(draft, node.left);
    const shortCircuit = node.operator === "&&=" || node.operator === "||=" || node.operator === "??=";
    const unassigned = shortCircuit ? draft.ends : [];
    evaluate(draft, node.right);
    draft.ends = both(unassigned, draft.ends);
  }
  arrive(draft, "evaluate", node);
  if (node.left.type === T.MemberExpression) mayThrow(draft);
}

function choose(draft: Draft, node: TSESTree.LogicalExpression): void {
  let decided: Ends;
  if (node.operator === "??") {
    evaluate(draft, node.left);
    decided = draft.ends;
  } else {
    const { truthy, falsy } = test(draft, node.left);
    decided = node.operator === "&&" ? falsy : truthy;
    draft.ends = node.operator === "&&" ? truthy : falsy;
  }
  evaluate(draft, node.right);
  draft.ends = both(decided, draft.ends);
  arrive(draft, "evaluate", node);
}

/** A chain as a whole is falsy where one of its `?.` cuts it short. */
function chain(draft: Draft, node: TSESTree.ChainExpression): Outcomes {
  const outer = draft.chain;
  draft.chain = [];
  evaluate(draft, node.expression);
  const outcomes = { truthy: draft.ends, falsy: draft.chain };
  draft.chain = outer;
  return outcomes;
}

/** Draws the evaluation of an expression as a condition: its outcomes lead to different places. */
export function test(draft: Draft, node: TSESTree.Expression): Outcomes {
  switch (node.type) {
    case T.LogicalExpression: {
      const left = node.operator === "??" ? undecided(draft, node.left) : test(draft, node.left);
      draft.ends = node.operator === "&&" ? left.truthy : left.falsy;
      const right = test(draft, node.right);
      const truthy = node.operator === "&&" ? right.truthy : both(left.truthy, right.truthy);
      const falsy = node.operator === "||" ? right.falsy : both(left.falsy, right.falsy);
      return decided(draft, node, truthy, falsy);
    }
    case T.UnaryExpression: {
      if (node.operator !== "!") break;
      const { truthy, falsy } = test(draft, node.argument);
      return decided(draft, node, falsy, truthy);
    }
    case T.ChainExpression: {
      const { truthy, falsy } = chain(draft, node);
      return decided(draft, node, truthy, both(truthy, falsy));
    }
    case T.ConditionalExpression: {
      const { truthy, falsy } = test(draft, node.test);
      draft.ends = truthy;
      const consequent = test(draft, node.consequent);
      draft.ends = falsy;
      const alternate = test(draft, node.alternate);
      return decided(draft, node, both(consequent.truthy, alternate.truthy), both(consequent.falsy, alternate.falsy));
    }
    case T.SequenceExpression: {
      const last = node.expressions.at(-1);
      if (!last) break;
      for (const expression of node.expressions.slice(0, -1)) evaluate(draft, expression);
      const { truthy, falsy } = test(draft, last);
      return decided(draft, node, truthy, falsy);
    }
    case T.TSAsExpression:
    case T.TSSatisfiesExpression:
    case T.TSNonNullExpression:
    case T.TSTypeAssertion:
      return test(draft, node.expression);
  }
  return undecided(draft, node);
}

/** A condition that says nothing about itself. */
function undecided(draft: Draft, node: TSESTree.Expression): Outcomes {
  evaluate(draft, node);
  return { truthy: draft.ends, falsy: draft.ends };
}

/** A condition whose outcomes are known by the paths that led to them has a step for each. */
function decided(draft: Draft, node: TSESTree.Node, truthy: Ends, falsy: Ends): Outcomes {
  if (truthy === falsy) {
    draft.ends = truthy;
    arrive(draft, "evaluate", node);
    return { truthy: draft.ends, falsy: draft.ends };
  }
  draft.ends = truthy;
  arrive(draft, "evaluate", node);
  truthy = draft.ends;
  draft.ends = falsy;
  arrive(draft, "evaluate", node);
  return { truthy, falsy: draft.ends };
}
