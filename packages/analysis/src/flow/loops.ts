import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { arrive, both, loopBack, mayThrow, within } from "./draft.ts";
import type { Destination, Draft } from "./draft.ts";
import { evaluate, test } from "./expressions.ts";
import type { Outcomes } from "./expressions.ts";
import { bind } from "./patterns.ts";
import { declareAll, disposing, execute, isUsing } from "./statements.ts";

// A loop with its test in front is drawn as `if (test) do … while (test)`: the step to which control returns is then
// always the arrival at the body.

export function executeWhile(draft: Draft, node: TSESTree.WhileStatement, labels: readonly string[]): void {
  repeat(draft, node, labels, { before: node.test, after: node.test });
}

export function executeDoWhile(draft: Draft, node: TSESTree.DoWhileStatement, labels: readonly string[]): void {
  repeat(draft, node, labels, { after: node.test });
}

export function executeFor(draft: Draft, node: TSESTree.ForStatement, labels: readonly string[]): void {
  const loop = (): void => {
    repeat(draft, node, labels, { before: node.test, update: node.update, after: node.test });
  };
  if (isUsing(node.init)) {
    disposing(draft, node.init, loop);
    return;
  }
  if (node.init?.type === T.VariableDeclaration) declareAll(draft, node.init);
  else evaluate(draft, node.init);
  loop();
}

interface Turn {
  readonly before?: TSESTree.Expression | null;
  readonly update?: TSESTree.Expression | null;
  readonly after: TSESTree.Expression | null;
}

function repeat(
  draft: Draft,
  node: TSESTree.DoWhileStatement | TSESTree.ForStatement | TSESTree.WhileStatement,
  labels: readonly string[],
  turn: Turn,
): void {
  const first = loopTest(draft, turn.before);
  draft.ends = first.truthy;
  const { head, breaks } = executeTurn(draft, labels, () => execute(draft, node.body));
  evaluate(draft, turn.update);
  const again = loopTest(draft, turn.after);
  loopBack(again.truthy, head);
  draft.ends = both(both(first.falsy, again.falsy), breaks);
}

/** Only a literal test decides by itself: `while (true)` ends by a jump, `do … while (false)` runs once. */
function loopTest(draft: Draft, node: TSESTree.Expression | null | undefined): Outcomes {
  if (node && node.type !== T.Literal) return test(draft, node);
  return !node || node.value ? { truthy: draft.ends, falsy: [] } : { truthy: [], falsy: draft.ends };
}

/** Draws one turn of a loop; the ends are then before its next turn. */
function executeTurn<Result>(
  draft: Draft,
  labels: readonly string[],
  body: () => Result,
): { head: Result; breaks: Destination } {
  const breaks: Destination = [];
  const continues: Destination = [];
  const head = within(draft, { breaks, continues, labels, unlabelled: true }, body);
  draft.ends = both(draft.ends, continues);
  return { head, breaks };
}

export function executeForEach(
  draft: Draft,
  node: TSESTree.ForInStatement | TSESTree.ForOfStatement,
  labels: readonly string[],
): void {
  const { left, right, body } = node;
  evaluate(draft, right);
  const next = arrive(draft, "iterate", node);
  mayThrow(draft);
  const done = draft.ends;
  const { breaks } = executeTurn(draft, labels, () => {
    if (isUsing(left)) {
      disposing(draft, left, () => {
        execute(draft, body);
      });
      return;
    }
    if (left.type === T.VariableDeclaration) declareAll(draft, left);
    else bind(draft, left);
    execute(draft, body);
  });
  loopBack(draft.ends, next);
  draft.ends = both(done, breaks);
}
