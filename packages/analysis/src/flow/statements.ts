import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { evaluateClass } from "./classes.ts";
import { arrive, both, ensuring, jump, mayThrow, raised, within } from "./draft.ts";
import type { Destination, Draft, DraftStep, Frame } from "./draft.ts";
import { evaluate, test } from "./expressions.ts";
import { executeDoWhile, executeFor, executeForEach, executeWhile } from "./loops.ts";
import { operandsOf } from "./operands.ts";
import { bind } from "./patterns.ts";

/** Draws a list of statements that share a scope. */
export function executeAll(draft: Draft, statements: readonly TSESTree.Node[]): void {
  for (const statement of statements) hoist(draft, statement);
  executeInOrder(draft, statements);
}

/** Function declarations are made where their scope begins. */
function hoist(draft: Draft, statement: TSESTree.Node): void {
  if (statement.type === T.FunctionDeclaration) arrive(draft, "evaluate", statement);
  else if (statement.type === T.ExportNamedDeclaration || statement.type === T.ExportDefaultDeclaration) {
    if (statement.declaration?.type === T.FunctionDeclaration) arrive(draft, "evaluate", statement.declaration);
  }
}

function executeInOrder(draft: Draft, statements: readonly TSESTree.Node[]): void {
  for (const [index, statement] of statements.entries()) {
    if (isUsing(statement)) {
      arrive(draft, "statement", statement);
      disposing(draft, statement, () => {
        executeInOrder(draft, statements.slice(index + 1));
      });
      return;
    }
    execute(draft, statement);
  }
}

export function isUsing(node: TSESTree.Node | null): node is TSESTree.UsingDeclaration {
  return node?.type === T.VariableDeclaration && (node.kind === "using" || node.kind === "await using");
}

/** Draws a `using` declaration, the rest of its scope, and the disposal on every way out of it. */
export function disposing(draft: Draft, declaration: TSESTree.UsingDeclaration, rest: () => void): void {
  const [first, ...others] = declaration.declarations;
  declare(draft, first);
  ensuring(
    draft,
    () => {
      for (const declarator of others) declare(draft, declarator);
      rest();
    },
    () => {
      arrive(draft, "evaluate", declaration);
      mayThrow(draft);
    },
  );
}

function declare(draft: Draft, declarator: TSESTree.VariableDeclarator): void {
  evaluate(draft, declarator.init);
  bind(draft, declarator.id);
  arrive(draft, "evaluate", declarator);
}

/** Draws what a declaration without `using` evaluates. */
export function declareAll(draft: Draft, declaration: TSESTree.VariableDeclaration): void {
  for (const declarator of declaration.declarations) declare(draft, declarator);
}

/** Draws a statement; the step of arriving at it is undefined where control cannot come, or it exists only in types. */
export function execute(draft: Draft, node: TSESTree.Node, labels: readonly string[] = []): DraftStep | undefined {
  if (isErased(node)) return undefined;
  const arrival = arrive(draft, "statement", node);
  if (arrival) executeBody(draft, node, labels);
  return arrival;
}

/** What leaves no trace at run time. */
function isErased(node: TSESTree.Node): boolean {
  switch (node.type) {
    case T.TSInterfaceDeclaration:
    case T.TSTypeAliasDeclaration:
    case T.TSDeclareFunction:
    case T.TSNamespaceExportDeclaration:
      return true;
    case T.TSModuleDeclaration:
    case T.TSEnumDeclaration:
    case T.ClassDeclaration:
    case T.VariableDeclaration:
      return node.declare;
    default:
      return false;
  }
}

function executeBody(draft: Draft, node: TSESTree.Node, labels: readonly string[]): void {
  switch (node.type) {
    case T.BlockStatement:
    case T.TSModuleBlock:
      executeAll(draft, node.body);
      return;
    case T.ExpressionStatement:
    case T.TSExportAssignment:
      evaluate(draft, node.expression);
      return;
    case T.VariableDeclaration:
      declareAll(draft, node);
      return;
    case T.ClassDeclaration:
      evaluateClass(draft, node);
      return;
    case T.ExportNamedDeclaration:
      if (node.declaration) execute(draft, node.declaration);
      return;
    case T.ExportDefaultDeclaration:
      if (node.declaration.type.endsWith("Declaration")) execute(draft, node.declaration);
      else evaluate(draft, node.declaration);
      return;
    case T.ReturnStatement:
      evaluate(draft, node.argument);
      jump(draft, draft.root.returns);
      return;
    case T.ThrowStatement:
      evaluate(draft, node.argument);
      mayThrow(draft);
      draft.ends = [];
      return;
    case T.BreakStatement:
      jump(draft, breakOf(draft.frame, node.label?.name));
      return;
    case T.ContinueStatement:
      jump(draft, continueOf(draft.frame, node.label?.name));
      return;
    case T.IfStatement:
      executeIf(draft, node);
      return;
    case T.SwitchStatement:
      executeSwitch(draft, node, labels);
      return;
    case T.TryStatement:
      executeTry(draft, node);
      return;
    case T.LabeledStatement:
      executeLabeled(draft, node, labels);
      return;
    case T.WhileStatement:
      executeWhile(draft, node, labels);
      return;
    case T.DoWhileStatement:
      executeDoWhile(draft, node, labels);
      return;
    case T.ForStatement:
      executeFor(draft, node, labels);
      return;
    case T.ForInStatement:
    case T.ForOfStatement:
      executeForEach(draft, node, labels);
      return;
    case T.WithStatement:
      evaluate(draft, node.object);
      execute(draft, node.body);
      return;
    case T.TSModuleDeclaration:
      executeNamespace(draft, node.body);
      return;
    case T.TSEnumDeclaration:
      for (const member of node.body.members) evaluate(draft, member.initializer);
      return;
    case T.FunctionDeclaration:
    case T.ImportDeclaration:
    case T.ExportAllDeclaration:
    case T.TSImportEqualsDeclaration:
    case T.EmptyStatement:
    case T.DebuggerStatement:
      return;
    default:
      for (const operand of operandsOf(node).nodes) evaluate(draft, operand);
  }
}

function executeNamespace(draft: Draft, body: TSESTree.Node | undefined): void {
  if (body?.type === T.TSModuleBlock) executeAll(draft, body.body);
}

function executeIf(draft: Draft, node: TSESTree.IfStatement): void {
  const { truthy, falsy } = test(draft, node.test);
  draft.ends = truthy;
  execute(draft, node.consequent);
  const consequent = draft.ends;
  draft.ends = falsy;
  if (node.alternate) execute(draft, node.alternate);
  draft.ends = both(consequent, draft.ends);
}

function executeSwitch(draft: Draft, node: TSESTree.SwitchStatement, labels: readonly string[]): void {
  evaluate(draft, node.discriminant);
  for (const { consequent } of node.cases) {
    for (const statement of consequent) hoist(draft, statement);
  }
  const breaks: Destination = [];
  within(draft, { breaks, labels, unlabelled: true }, () => {
    const matched = node.cases.map((branch) => {
      evaluate(draft, branch.test);
      return branch.test ? draft.ends : undefined;
    });
    const unmatched = draft.ends;
    let fallen: Destination = [];
    node.cases.forEach((branch, index) => {
      fallen.push(...(matched[index] ?? unmatched));
      draft.ends = fallen;
      executeInOrder(draft, branch.consequent);
      fallen = [...draft.ends];
    });
    draft.ends = node.cases.some((branch) => !branch.test) ? fallen : both(fallen, unmatched);
  });
  draft.ends = both(draft.ends, breaks);
}

function executeTry(draft: Draft, node: TSESTree.TryStatement): void {
  const { block, handler, finalizer } = node;
  const guarded = (): void => {
    if (handler) executeGuarded(draft, block, handler);
    else execute(draft, block);
  };
  if (!finalizer) {
    guarded();
    return;
  }
  ensuring(draft, guarded, () => {
    execute(draft, finalizer);
  });
}

function executeGuarded(draft: Draft, block: TSESTree.BlockStatement, handler: TSESTree.CatchClause): void {
  const throws: Destination = [];
  const arrival = within(draft, { throws }, () => execute(draft, block));
  const completed = draft.ends;
  // Almost anything can throw after all (a name not yet initialized, a conversion): who catches expects that.
  if (arrival && throws.length === 0) throws.push(raised(arrival));
  draft.ends = throws;
  bind(draft, handler.param);
  execute(draft, handler.body);
  draft.ends = both(completed, draft.ends);
}

function executeLabeled(draft: Draft, node: TSESTree.LabeledStatement, labels: readonly string[]): void {
  const names = [...labels, node.label.name];
  if (takesLabels(node.body)) {
    execute(draft, node.body, names);
    return;
  }
  const breaks: Destination = [];
  within(draft, { breaks, labels: names }, () => {
    execute(draft, node.body);
  });
  draft.ends = both(draft.ends, breaks);
}

function takesLabels(node: TSESTree.Statement): boolean {
  switch (node.type) {
    case T.LabeledStatement:
    case T.SwitchStatement:
    case T.WhileStatement:
    case T.DoWhileStatement:
    case T.ForStatement:
    case T.ForInStatement:
    case T.ForOfStatement:
      return true;
    default:
      return false;
  }
}

function breakOf(from: Frame, label: string | undefined): Destination | undefined {
  for (let frame: Frame | undefined = from; frame; frame = frame.outer) {
    if (label === undefined ? frame.unlabelled : frame.labels?.includes(label)) return frame.breaks;
  }
  return undefined;
}

function continueOf(from: Frame, label: string | undefined): Destination | undefined {
  for (let frame: Frame | undefined = from; frame; frame = frame.outer) {
    if (frame.continues && (label === undefined || frame.labels?.includes(label))) return frame.continues;
  }
  return undefined;
}
