import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { both, openDraft, put } from "./draft.ts";
import { evaluate } from "./expressions.ts";
import { bind } from "./patterns.ts";
import { execute, executeAll } from "./statements.ts";

/** Whatever runs as a unit of its own: a file, a function, a static block, a field's initializer. */
export type CodePathOwner =
  | TSESTree.ArrowFunctionExpression
  | TSESTree.FunctionDeclaration
  | TSESTree.FunctionExpression
  | TSESTree.Program
  | TSESTree.PropertyDefinition
  | TSESTree.StaticBlock;

/**
 * What happens at a step:
 * - `enter`: the owner begins;
 * - `exit`: it completes normally, by `return` or at its end;
 * - `throw`: it completes by an error that nothing in it caught;
 * - `statement`: control arrives at a statement;
 * - `evaluate`: an expression, declarator or pattern has been evaluated, after its operands. Literals, plain
 *   identifiers, `this` and template elements have no step. A `using` declaration is evaluated where its resource is
 *   disposed of: at every exit of its block;
 * - `iterate`: a `for…of`, `for…in` or `for await` loop takes its next item.
 */
export type StepKind = "enter" | "evaluate" | "exit" | "iterate" | "statement" | "throw";

/** One thing that happens, and what may happen immediately before and after it. */
export interface Step {
  /** Index among the steps of its code path. */
  readonly id: number;
  readonly kind: StepKind;
  readonly node: TSESTree.Node;
  readonly next: readonly Step[];
  readonly previous: readonly Step[];
  /** Those of `next` to which only an error leads that this step throws. */
  readonly raises: readonly Step[];
}

/**
 * The graph of everything that may happen while its owner runs. Nested functions and the initializers and static
 * blocks of nested classes have code paths of their own.
 *
 * Code that cannot be reached has no steps. A node has several steps where paths must be kept apart: in a `finally`
 * block (one copy for each way to complete the `try` statement), in the test of a loop (the first time, and again),
 * and for a condition whose parts decide it, as in `a && b` or `!a?.b` (one for each outcome).
 */
export interface CodePath {
  readonly owner: CodePathOwner;
  /** All steps, `enter` first. */
  readonly steps: readonly Step[];
  readonly enter: Step;
  /** Has no predecessors where the owner never completes normally. */
  readonly exit: Step;
  /** Has no predecessors where nothing in the owner throws. */
  readonly thrown: Step;
}

const paths = new WeakMap<CodePathOwner, CodePath>();

/**
 * The code path of an owner; built on first demand, in time linear in the size of the owner's own code (nested
 * `finally` blocks aside, which are drawn once for each way to complete).
 *
 * @example
 * const path = codePathOf(functionNode);
 * const mayReturn = path.exit.previous.length > 0;
 */
export function codePathOf(owner: CodePathOwner): CodePath {
  let path = paths.get(owner);
  if (!path) {
    path = draw(owner);
    paths.set(owner, path);
  }
  return path;
}

function draw(owner: CodePathOwner): CodePath {
  const draft = openDraft(owner);
  const { enter, root } = draft;
  switch (owner.type) {
    case T.Program:
    case T.StaticBlock:
      executeAll(draft, owner.body);
      break;
    case T.FunctionDeclaration:
    case T.FunctionExpression:
    case T.ArrowFunctionExpression:
      for (const parameter of owner.params) bind(draft, parameter);
      if (owner.body.type === T.BlockStatement) execute(draft, owner.body);
      else evaluate(draft, owner.body);
      break;
    default:
      evaluate(draft, owner.value);
  }
  draft.ends = both(draft.ends, root.returns);
  const exit = put(draft, "exit", owner);
  draft.ends = root.throws;
  const thrown = put(draft, "throw", owner);
  return { owner, steps: draft.steps, enter, exit, thrown };
}
