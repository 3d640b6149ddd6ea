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
