import type { MissedEvent, Resources } from "@tailrace/analysis";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { contains } from "@tailrace/analysis";

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

const NAMES: Readonly<Record<string, string>> = {
  close: "closed",
  connect: "connected",
  end: "ended",
  exit: "exited",
  finish: "finished",
  framenavigated: "navigated",
  next: "emitted",
  open: "opened",
};

/**
 * Moves `once(…)` to where the event cannot have happened yet, and awaits its promise where it was.
 *
 * Offered only where nothing listens for errors of the thing: then a failure in between ends the process before as
 * after. With such a listener, the promise would reject while nobody awaits it yet.
 */
export function listenFirst(
  { sourceCode }: Context,
  resources: Resources,
  { wait, target, how, cause, event }: MissedEvent,
): TSESLint.ReportFixFunction | undefined {
  if (how === "aborted" || how === "added" || target.type !== T.Identifier) return undefined;
  const isSimple = how === "acted" || how === "emitted" ? wait.type === T.CallExpression : isPlainOnce(resources, wait);
  const late = statementOf(wait);
  const early = statementOf(cause);
  if (!isSimple || !late || !early || late.parent !== early.parent || wait.parent?.type !== T.AwaitExpression)
    return undefined;
  if (!isWhole(late, wait.parent) || listensForErrors(sourceCode, target.name)) return undefined;
  const declared = resources.names.variable(target)?.defs[0]?.node as TSESTree.Node | undefined;
  const declaration = declared && statementOf(declared);
  const isMade = declaration === early;
  // What is made here cannot be listened to before.
  if (isMade && how !== "started") return undefined;
  if (!isMade && declaration && declaration.range[0] > early.range[0]) return undefined;
  if (!isMade && needsLater(sourceCode, wait, early)) return undefined;
  const name = freeName(
    sourceCode,
    NAMES[event] ?? `${event.replaceAll(/\W+(\w?)/gu, (_, next: string) => next.toUpperCase())}Event`,
  );
  const indent = " ".repeat(early.loc.start.column);
  const line = `const ${name} = ${sourceCode.getText(wait)};`;
  return (fixer) => [
    isMade ? fixer.insertTextAfter(early, `\n${indent}${line}`) : fixer.insertTextBefore(early, `${line}\n${indent}`),
    fixer.replaceText(wait, name),
  ];
}

/** `once(name, "event")`. */
function isPlainOnce({ names }: Resources, node: TSESTree.Node): boolean {
  if (node.type !== T.CallExpression || node.arguments.length !== 2) return false;
  const origin = names.origin(node.callee);
  return origin?.module === "events" && origin.path.at(-1) === "once" && node.arguments[1]?.type === T.Literal;
}

/** Whether the wait names what is declared only by that statement or behind it. */
function needsLater(
  sourceCode: Readonly<TSESLint.SourceCode>,
  wait: TSESTree.Node,
  early: TSESTree.Node,
): boolean {
  const scopes = [sourceCode.getScope(wait)];
  for (const { childScopes } of scopes) scopes.push(...childScopes.filter(({ block }) => contains(wait, block)));
  const uses = scopes.flatMap(({ references }) => references);
  return uses.some(({ identifier, resolved }) => {
    const isInWait = contains(wait, identifier);
    const [declared] = resolved?.identifiers ?? [];
    const isInner = declared && contains(wait, declared);
    return isInWait && !isInner && declared !== undefined && declared.range[0] >= early.range[0];
  });
}

/** The statement in a block that a node belongs to; undefined where a function stands between. */
function statementOf(node: TSESTree.Node): TSESTree.Node | undefined {
  let current = node;
  while (current.parent && current.parent.type !== T.BlockStatement && current.parent.type !== T.Program) {
    current = current.parent;
  }
  return current.parent && current;
}

/** `await once(…)` is all that the statement does, or what it declares. */
function isWhole(statement: TSESTree.Node, awaited: TSESTree.AwaitExpression): boolean {
  if (statement.type === T.ExpressionStatement) return statement.expression === awaited;
  return (
    statement.type === T.VariableDeclaration &&
    statement.declarations.length === 1 &&
    statement.declarations[0].init === awaited
  );
}

function listensForErrors({ text }: Readonly<TSESLint.SourceCode>, name: string): boolean {
  return new RegExp(`\\b${name}\\b[^;]*["'\`]error["'\`]`, "u").test(text);
}

const names = new WeakMap<Readonly<TSESLint.SourceCode>, ReadonlySet<string>>();

/** All names of a file; collected once. */
function namesIn(sourceCode: Readonly<TSESLint.SourceCode>): ReadonlySet<string> {
  const known = names.get(sourceCode);
  if (known) return known;
  const found = new Set<string>();
  for (const { variables, through } of sourceCode.scopeManager?.scopes ?? []) {
    for (const variable of variables) found.add(variable.name);
    for (const { identifier } of through) found.add(identifier.name);
  }
  names.set(sourceCode, found);
  return found;
}

/** A name that nothing in the file is called by. */
function freeName(sourceCode: Readonly<TSESLint.SourceCode>, name: string): string {
  const taken = namesIn(sourceCode);
  let free = name;
  for (let count = 2; taken.has(free); count += 1) free = `${name}${String(count)}`;
  return free;
}
