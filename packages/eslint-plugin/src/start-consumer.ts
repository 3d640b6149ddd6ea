import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { contains } from "@tailrace/analysis";
import type { Finding } from "@tailrace/analysis";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;
type Suggestion = TSESLint.SuggestionReportDescriptor<"start" | "startLazy">;

/** The edit that makes the consumer run before the wait; undefined where none is safe. */
export function startConsumer(context: Context, finding: Finding): Suggestion | undefined {
  const { consumer } = finding;
  if (!consumer || consumer.how === "queued") return undefined;
  const drive = driveImport(context);
  if (consumer.lazy && drive) {
    const fix = driveLazy(context, finding, consumer.lazy, drive);
    if (fix) return { messageId: "startLazy", fix };
  }
  if (!consumer.sole) return undefined;
  const fix = moveUp(context, finding, consumer.start, drive);
  return fix && { messageId: "start", fix };
}

interface DriveImport {
  /** The local name of `drive`. */
  readonly name: string;
  /** Makes the name known, where it is not. */
  readonly declare: (fixer: TSESLint.RuleFixer) => TSESLint.RuleFix[];
}

/** How the file comes by `drive`; undefined where its package does not depend on tailrace. */
function driveImport({ sourceCode, filename }: Context): DriveImport | undefined {
  const { body, sourceType } = sourceCode.ast;
  if (sourceType !== "module") return undefined;
  const imports = body.filter((statement) => statement.type === T.ImportDeclaration);
  const own = imports.find((statement) => statement.source.value === "tailrace" && statement.importKind !== "type");
  for (const specifier of own?.specifiers ?? []) {
    if (
      specifier.type === T.ImportSpecifier &&
      specifier.imported.type === T.Identifier &&
      specifier.imported.name === "drive"
    ) {
      return { name: specifier.local.name, declare: () => [] };
    }
  }
  const last = own?.specifiers.at(-1);
  if (last?.type === T.ImportSpecifier) {
    return { name: "drive", declare: (fixer) => [fixer.insertTextAfter(last, ", drive")] };
  }
  if (!own && !dependsOnTailrace(filename)) return undefined;
  const line = 'import { drive } from "tailrace";\n';
  const [first] = body;
  if (!first) return undefined;
  return { name: "drive", declare: (fixer) => [fixer.insertTextBefore(imports[0] ?? first, line)] };
}

const dependents = new Map<string, boolean>();

function dependsOnTailrace(filename: string): boolean {
  const folder = dirname(filename);
  let answer = dependents.get(folder);
  if (answer === undefined) {
    const manifest = join(folder, "package.json");
    if (existsSync(manifest)) answer = namesTailrace(manifest);
    else answer = dirname(folder) !== folder && dependsOnTailrace(folder);
    dependents.set(folder, answer);
  }
  return answer;
}

function namesTailrace(manifest: string): boolean {
  try {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(manifest, "utf8")) as Record<
      string,
      object | undefined
    >;
    return "tailrace" in { ...dependencies, ...devDependencies };
  } catch {
    return false;
  }
}

/** `const uploads = hosts.map(upload)` → the same, driven: each generator runs from that line on. */
function driveLazy(
  { sourceCode }: Context,
  { node: wait }: Finding,
  lazy: TSESTree.Node,
  { name, declare }: DriveImport,
): TSESLint.ReportFixFunction | undefined {
  // Driven at once where it is made: whether alone or in a callback that makes many.
  if (lazy.range[0] > wait.range[0] || lazy.type !== T.CallExpression) return undefined;
  const text = sourceCode.getText(lazy);
  const passesFunction = lazy.callee.type === T.MemberExpression && lazy.arguments.length === 1 && isMap(lazy.callee);
  const driven = passesFunction ? `${text}.map((items) => ${name}(items))` : `${name}(${text})`;
  return (fixer) => [...declare(fixer), fixer.replaceText(lazy, driven)];
}

function isMap({ property }: TSESTree.MemberExpression): boolean {
  return property.type === T.Identifier && property.name === "map";
}

/** Starts the statement that consumes in front of the statement that waits, and awaits it where it was. */
function moveUp(
  { sourceCode }: Context,
  { node: wait }: Finding,
  start: TSESTree.Node,
  drive: DriveImport | undefined,
): TSESLint.ReportFixFunction | undefined {
  const siblings = commonBlock(wait, start);
  if (!siblings) return undefined;
  const { statements, first, second } = siblings;
  const consuming = statements[second];
  const waiting = statements[first];
  if (!consuming || !waiting || second <= first || leaves(consuming, sourceCode)) return undefined;
  const parts = consumption(consuming, sourceCode);
  if (!parts) return undefined;
  const moved = statements.slice(first, second).filter((statement) => declaresFor(statement, consuming, sourceCode));
  if (!moved.every(isPlainDeclaration)) return undefined;
  const name = freeName(sourceCode);
  const indent = " ".repeat(waiting.loc.start.column);
  const call = drive ? `${drive.name}(async () => ${parts.run})` : `(async () => ${parts.run})()`;
  const lines = [...moved.map((statement) => sourceCode.getText(statement)), `const ${name} = ${call};`];
  return (fixer) => [
    ...(drive?.declare(fixer) ?? []),
    ...moved.map((statement) => fixer.removeRange(wholeLine(statement, sourceCode))),
    fixer.insertTextBefore(waiting, `${lines.join(`\n${indent}`)}\n${indent}`),
    fixer.replaceText(consuming, parts.join(name)),
  ];
}

interface Consumption {
  /** The body of the function that consumes. */
  readonly run: string;
  /** What stands where the consumer stood. */
  readonly join: (name: string) => string;
}

function consumption(statement: TSESTree.Node, sourceCode: Readonly<TSESLint.SourceCode>): Consumption | undefined {
  const text = sourceCode.getText(statement);
  if (statement.type === T.ForOfStatement && !statement.await) return undefined;
  if (statement.type === T.ForOfStatement) return { run: `{ ${text} }`, join: (name) => `await ${name};` };
  if (statement.type === T.ExpressionStatement && statement.expression.type === T.AwaitExpression) {
    return { run: sourceCode.getText(statement.expression), join: (name) => `await ${name};` };
  }
  if (statement.type !== T.VariableDeclaration || statement.declarations.length !== 1) return undefined;
  const [{ id, init }] = statement.declarations;
  if (!init) return undefined;
  return {
    run: bodyOf(init, sourceCode),
    join: (name) => `${statement.kind} ${sourceCode.getText(id)} = await ${name};`,
  };
}

function bodyOf(expression: TSESTree.Expression, sourceCode: Readonly<TSESLint.SourceCode>): string {
  const text = sourceCode.getText(expression);
  return expression.type === T.ObjectExpression || expression.type === T.SequenceExpression ? `(${text})` : text;
}

interface Siblings {
  readonly statements: readonly TSESTree.Node[];
  readonly first: number;
  readonly second: number;
}

/** The innermost list of statements that contains both nodes, and their places in it. */
function commonBlock(one: TSESTree.Node, other: TSESTree.Node): Siblings | undefined {
  for (let block: TSESTree.Node | undefined = other; block; block = block.parent) {
    if (block.type !== T.BlockStatement && block.type !== T.Program) continue;
    const { body } = block;
    const first = body.findIndex((statement) => contains(statement, one));
    if (first < 0) continue;
    const second = body.findIndex((statement) => contains(statement, other));
    return { statements: body, first, second };
  }
  return undefined;
}

/** Whether a statement may leave by another way than its end; what nested functions do is their own. */
function leaves(node: TSESTree.Node, { visitorKeys }: Readonly<TSESLint.SourceCode>): boolean {
  const within = (part: TSESTree.Node): boolean => {
    switch (part.type) {
      case T.ReturnStatement:
      case T.BreakStatement:
      case T.ContinueStatement:
      case T.YieldExpression:
        return true;
      case T.ArrowFunctionExpression:
      case T.FunctionDeclaration:
      case T.FunctionExpression:
        return false;
      default:
        return (visitorKeys[part.type] ?? [])
          .flatMap((key) => (part as unknown as Record<string, TSESTree.Node | (TSESTree.Node | null)[] | null>)[key])
          .some((child) => child !== null && child !== undefined && within(child));
    }
  };
  return within(node);
}

/** Whether a statement declares something that the consumer uses. */
function declaresFor(
  statement: TSESTree.Node,
  consumer: TSESTree.Node,
  sourceCode: Readonly<TSESLint.SourceCode>,
): boolean {
  if (statement.type !== T.VariableDeclaration) return false;
  return (
    sourceCode.scopeManager?.getDeclaredVariables(statement).some((variable) => usedIn(variable, consumer)) ?? false
  );
}

function usedIn(variable: TSESLint.Scope.Variable, node: TSESTree.Node): boolean {
  return variable.references.some(({ identifier }) => contains(node, identifier));
}

/** A declaration that may be made earlier without a difference: `let html = ""`, `const rows = []`. */
function isPlainDeclaration(statement: TSESTree.Node): boolean {
  return (
    statement.type === T.VariableDeclaration &&
    statement.declarations.every(({ init }) => {
      if (!init) return true;
      switch (init.type) {
        case T.Literal:
          return true;
        case T.ArrayExpression:
          return init.elements.length === 0;
        case T.ObjectExpression:
          return init.properties.length === 0;
        case T.NewExpression:
          return init.arguments.length === 0;
        default:
          return false;
      }
    })
  );
}

function wholeLine(statement: TSESTree.Node, { text }: Readonly<TSESLint.SourceCode>): [number, number] {
  const [start] = statement.range;
  let [, end] = statement.range;
  while (text[end] === " ") end += 1;
  if (text[end] === "\n") end += 1;
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  return [/^\s*$/u.test(text.slice(lineStart, start)) ? lineStart : start, end];
}

function freeName({ text }: Readonly<TSESLint.SourceCode>): string {
  const candidates = ["consuming", "consumed", "consumption"];
  return candidates.find((name) => !new RegExp(`\\b${name}\\b`, "u").test(text)) ?? "consuming_";
}
