import { join } from "node:path";
import { parseForESLint } from "@typescript-eslint/parser";
import ts from "typescript";
import { linkParents } from "./open-file.ts";
import type { ParsedFile, SourceFile, TypeServices } from "../src/source/source-file.ts";

const FOLDER = join(import.meta.dirname, "virtual");

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2024,
  types: ["node"],
  skipLibCheck: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  allowJs: true,
};

// The libraries, parsed once for all programs.
const libraries = new Map<string, ts.SourceFile | undefined>();

/** A program of these files. */
export function programOf(files: Readonly<Record<string, string>>): ts.Program {
  const texts = new Map(Object.entries(files).map(([name, text]) => [join(FOLDER, name), text]));
  const host = ts.createCompilerHost(OPTIONS, true);
  return ts.createProgram([...texts.keys()], OPTIONS, {
    ...host,
    directoryExists: () => true,
    fileExists: (name) => texts.has(name) || host.fileExists(name),
    readFile: (name) => texts.get(name) ?? host.readFile(name),
    getSourceFile: (name, version) => {
      const text = texts.get(name);
      if (text !== undefined) return ts.createSourceFile(name, text, version, true);
      if (!libraries.has(name)) libraries.set(name, host.getSourceFile(name, version));
      return libraries.get(name);
    },
  });
}

/** Parses a file of a program. */
export function openFileOf(program: ts.Program, name: string): SourceFile & { readonly types: TypeServices } {
  const parse = (filePath: string): ParsedFile & TypeServices => {
    const { ast, scopeManager, services } = parseForESLint(program.getSourceFile(filePath)?.text ?? "", {
      programs: [program],
      filePath,
      range: true,
      loc: true,
      sourceType: "module",
    });
    if (!services.program) throw new Error("no types");
    linkParents(ast);
    return { ...services, ast, scopes: scopeManager };
  };
  const { ast, scopes, ...types } = parse(join(FOLDER, name));
  return { ast, scopes, types: { ...types, parse: ({ fileName }) => parse(fileName) } };
}
