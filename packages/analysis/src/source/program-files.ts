import type { TSESTree } from "@typescript-eslint/utils";
import type * as ts from "typescript";
import type { ParsedFile, SourceFile, TypeServices } from "./source-file.ts";
import { contains } from "./syntax.ts";

/** A file of the program other than the one that is analysed, as far as messages speak of it. */
export type OtherFile = Pick<ts.SourceFile, "fileName" | "text">;

// A program keeps the files that were not edited: so do we, as long as somebody has them.
const parsed = new WeakMap<ts.SourceFile, ParsedFile | undefined>();
const origins = new WeakMap<TSESTree.Node, OtherFile>();

// Whoever writes more into one file had it generated.
const MAX_LENGTH = 400_000;

/** A source file of the same program: not a declaration file, and not installed. */
export function sourceFileOf(types: TypeServices, file: ts.SourceFile): SourceFile | undefined {
  if (!types.parse || !isSource(file)) return undefined;
  if (!parsed.has(file)) {
    const result = types.parse(file);
    parsed.set(file, result);
    if (result) origins.set(result.ast, file);
  }
  const known = parsed.get(file);
  if (!known) return undefined;
  const { ast, scopes, esTreeNodeToTSNodeMap, tsNodeToESTreeNodeMap } = known;
  return { ast, scopes, types: { ...types, esTreeNodeToTSNodeMap, tsNodeToESTreeNodeMap } };
}

export function isSource({ fileName, isDeclarationFile, text }: ts.SourceFile): boolean {
  return (
    !isDeclarationFile &&
    !fileName.includes("/node_modules/") &&
    !fileName.endsWith(".json") &&
    text.length <= MAX_LENGTH
  );
}

/** The file in which a node stands; undefined for the analysed file itself. */
export function otherFileOf(node: TSESTree.Node): OtherFile | undefined {
  return origins.get(programOf(node));
}

/** Whether a node is part of another, or the same. */
export function isWithin(node: TSESTree.Node, outer: TSESTree.Node): boolean {
  return contains(outer, node) && programOf(node) === programOf(outer);
}

export function programOf(node: TSESTree.Node): TSESTree.Node {
  let current = node;
  while (current.parent) current = current.parent;
  return current;
}

const answers = new WeakMap<ts.Program, Map<RegExp, Map<ts.SourceFile, boolean>>>();

/** Whether a source file that this one imports, directly or not, has something in its text. */
export function importsText(program: ts.Program, from: ts.SourceFile, text: RegExp): boolean {
  const known = answersOf(program, text);
  const seen = new Set([from]);
  let found = false;
  for (const file of seen) {
    found = file !== from && (known.get(file) ?? text.test(file.text));
    if (found) break;
    if (known.get(file) === false) continue;
    for (const other of importedFiles(program, file)) if (isSource(other)) seen.add(other);
  }
  if (found) known.set(from, true);
  // Whoever imports this one in his turn has what it has.
  else if (!text.test(from.text)) for (const file of seen) known.set(file, false);
  return found;
}

/** For each file, whether it or what it imports has it. */
function answersOf(program: ts.Program, text: RegExp): Map<ts.SourceFile, boolean> {
  const asked = answers.get(program) ?? new Map<RegExp, Map<ts.SourceFile, boolean>>();
  answers.set(program, asked);
  const known = asked.get(text) ?? new Map<ts.SourceFile, boolean>();
  asked.set(text, known);
  return known;
}

function importedFiles(program: ts.Program, file: ts.SourceFile): ts.SourceFile[] {
  const checker = program.getTypeChecker();
  return importsOf(file).flatMap(
    (specifier) => checker.getSymbolAtLocation(specifier)?.valueDeclaration?.getSourceFile() ?? [],
  );
}

/** The texts that name a module which the file imports, in whatever form. */
export function importsOf(file: ts.SourceFile): readonly ts.Expression[] {
  // Every program has this list, though only its compiler is told.
  return (file as { imports?: readonly ts.Expression[] }).imports ?? [];
}
