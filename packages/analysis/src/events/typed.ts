import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type * as ts from "typescript";
import { packageOf } from "../source/package.ts";
import { meaningfulParent, unwrap } from "../source/syntax.ts";
import type { TypeServices } from "../source/source-file.ts";
import type { Value } from "../values/value.ts";
import { newPipe } from "./apis.ts";
import type { Frame } from "./frame.ts";
import { end } from "./run.ts";
import type { Run } from "./run.ts";

/** What a call or an `await` gives where nothing else is known of it, if anybody uses it: asking for types is dear. */
export function typedResult(run: Run, frame: Frame, node: TSESTree.Node): Value {
  return !run.forNames && isUsed(node) ? typedValue(run, frame, node) : [];
}

function isUsed(node: TSESTree.Node): boolean {
  switch (meaningfulParent(node)?.type) {
    // What is awaited is no stream; what it settles with may be one.
    case T.AwaitExpression:
    case T.BinaryExpression:
    case T.ExpressionStatement:
    case T.IfStatement:
    case T.TemplateLiteral:
    case T.ThrowStatement:
    case T.UnaryExpression:
      return false;
    default:
      return true;
  }
}

/**
 * What an expression is by its type, where nothing else is known of it: a stream that a function of another
 * package made, or a parameter. Its room and its other users are not known.
 */
export function typedValue(run: Run, frame: Frame, node: TSESTree.Node): Value {
  const { ast, types } = frame.environment.file;
  if (!types || !mayWrite(run, types, ast)) return [];
  const kind = kindOf(run, types, unwrap(node));
  if (kind === undefined) return [];
  const unit = kind === "Duplex" || kind === "Archiver" ? "bytes" : "items";
  const pipe = newPipe(run, frame, node, "typed", {
    kind,
    unit,
    size: unit === "bytes" ? 65_536 : undefined,
    foreign: true,
  });
  return [end(run, pipe, kind)];
}

const writing = new WeakMap<TSESTree.Program, boolean>();

/** Whether a file writes to anything: who only makes or reads streams waits for nobody, and types are dear. */
function mayWrite(run: Run, types: TypeServices, ast: TSESTree.Program): boolean {
  let answer = writing.get(ast);
  if (answer === undefined) {
    const { text } = types.esTreeNodeToTSNodeMap.get(ast).getSourceFile();
    answer =
      text.includes("pipeline(") || [...text.matchAll(/\.(\w+)/gu)].some(([, name = ""]) => run.catalog.writes(name));
    writing.set(ast, answer);
  }
  return answer;
}

function kindOf(run: Run, types: TypeServices, node: TSESTree.Node): string | undefined {
  const location = types.esTreeNodeToTSNodeMap.get(node) as ts.Node | undefined;
  if (!location) return undefined;
  const checker = types.program.getTypeChecker();
  // The type itself, not its bases: a hash is a Transform as well, and waits for no reader.
  const symbol = checker.getTypeAtLocation(location).getSymbol();
  for (const declaration of symbol?.declarations ?? []) {
    const declaredBy = packageOf(types.program, declaration.getSourceFile());
    const kind = symbol && declaredBy && run.catalog.typeKind(declaredBy, symbol.name);
    if (kind !== undefined && kind !== "") return kind;
  }
  return undefined;
}
