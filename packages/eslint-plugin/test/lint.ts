import { join } from "node:path";
import parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import ts from "typescript";
import { expect } from "vitest";
import plugin from "../src/index.ts";

/** A report, as far as tests look at it. */
export interface Report {
  readonly line: number;
  readonly message: string;
  /** The whole file as each suggestion would leave it. */
  readonly suggestions: readonly string[];
}

export interface LintOptions {
  readonly rules?: Linter.RulesRecord;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Other files of the program, by name; with them the code is linted with type information. */
  readonly files?: Readonly<Record<string, string>>;
  /** `commonjs` and `espree`: the file is a script in plain JavaScript. */
  readonly language?: "commonjs" | "espree" | "typescript";
}

const FILE = join(import.meta.dirname, "virtual", "file.ts");

/** Lints one file with the plugin. */
export function lint(
  code: string,
  {
    rules = { "tailrace/consume-before-produce": "error" },
    files,
    language = "typescript",
    settings = {},
  }: LintOptions = {},
): Report[] {
  const messages = new Linter({ configType: "flat" }).verify(
    code,
    {
      files: ["**/*.ts", "**/*.js"],
      plugins: { tailrace: plugin },
      linterOptions: { reportUnusedDisableDirectives: "off" },
      languageOptions: {
        sourceType: language === "commonjs" ? "commonjs" : "module",
        ...(language === "typescript"
          ? { parser, parserOptions: files ? { programs: [programOf({ ...files, "file.ts": code })] } : {} }
          : {}),
      },
      rules,
      settings,
    },
    { filename: language === "typescript" ? FILE : FILE.replace(/ts$/u, "js") },
  );
  const fatal = messages.find((message) => message.fatal === true || message.ruleId === null);
  if (fatal) throw new Error(fatal.message);
  return messages.map(({ line, message, suggestions = [] }) => ({
    line,
    message,
    suggestions: suggestions.map(({ fix }) => code.slice(0, fix.range[0]) + fix.text + code.slice(fix.range[1])),
  }));
}

/** Lints a program that says itself which of its lines starve. */
export function check(code: string, options?: LintOptions): void {
  const starving = code.split("\n").flatMap((line, index) => (line.endsWith("// starves") ? [index + 1] : []));
  expect(lint(code, options).map(({ line }) => line)).toEqual(starving);
}

// Parsed once for all programs.
const libraries = new Map<string, ts.SourceFile | undefined>();

/** A program over files in memory, with the libraries of this workspace. */
function programOf(files: Readonly<Record<string, string>>): ts.Program {
  const folder = join(import.meta.dirname, "virtual");
  const options: ts.CompilerOptions = {
    strict: true,
    target: ts.ScriptTarget.ES2024,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ["node"],
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
  };
  const texts = new Map(Object.entries(files).map(([name, text]) => [join(folder, name), text]));
  const host = ts.createCompilerHost(options, true);
  return ts.createProgram([...texts.keys()], options, {
    ...host,
    getSourceFile: (name, version) => {
      const text = texts.get(name);
      if (text !== undefined) return ts.createSourceFile(name, text, version, true);
      if (!libraries.has(name)) libraries.set(name, host.getSourceFile(name, version));
      return libraries.get(name);
    },
    directoryExists: () => true,
    fileExists: (name) => texts.has(name) || host.fileExists(name),
    readFile: (name) => texts.get(name) ?? host.readFile(name),
  });
}
