import * as parser from "@typescript-eslint/parser";
import type { ParserOptions } from "@typescript-eslint/parser";
import { ESLint } from "eslint";
import tailrace from "eslint-plugin-tailrace";
import { filesWithTypes } from "./tsconfigs.ts";

export interface Finding {
  readonly file: string;
  /** Lines and columns count from 1; the end is exclusive. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly rule: string;
  readonly message: string;
  readonly suggestions: readonly Suggestion[];
}

/** An edit that repairs the file: the characters of `range` become `text`. */
interface Suggestion {
  readonly title: string;
  readonly range: readonly [start: number, end: number];
  readonly text: string;
}

export interface Check {
  readonly findings: readonly Finding[];
  /** Files that were read with type information, and those that were read without. */
  readonly typed: number;
  readonly untyped: number;
  /** Files that are neither TypeScript nor JavaScript to the parser. */
  readonly unparsed: readonly { readonly file: string; readonly line: number; readonly message: string }[];
}

const sources = "**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}";

/**
 * Lints files of a directory with the plugin's rules and no configuration of the project: with types where a file
 * belongs to a tsconfig, without elsewhere. `node_modules`, `dist` and declaration files are passed over.
 *
 * @param patterns Files and globs, relative to the directory; default: all of it
 */
export async function check(directory: string, patterns: string[] = ["."]): Promise<Check> {
  const reader = reading(await filesWithTypes(directory));
  const eslint = new ESLint({
    cwd: directory,
    errorOnUnmatchedPattern: false,
    overrideConfigFile: true,
    overrideConfig: [
      { ignores: ["**/dist/", "**/*.d.{ts,mts,cts}"] },
      {
        ...tailrace.configs.recommendedTypeChecked,
        files: [sources],
        languageOptions: { parser: reader.parser },
        linterOptions: { reportUnusedDisableDirectives: "off" },
      },
    ],
  });
  const results = await eslint.lintFiles(patterns);
  return {
    findings: results
      .flatMap(findingsOf)
      .sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column),
    typed: results.filter(({ filePath }) => reader.typed.has(filePath)).length,
    untyped: results.filter(({ filePath }) => reader.untyped.has(filePath)).length,
    unparsed: results.filter(isFatal).map(({ filePath, messages: [error] }) => ({
      file: filePath,
      line: error?.line ?? 1,
      message: error?.message ?? "",
    })),
  };
}

/** A parser that reads files with types where there are any, and notes how: rules may ask for others than the linted. */
function reading(withTypes: ReadonlySet<string>) {
  const reader = {
    typed: new Set<string>(),
    untyped: new Set<string>(),
    parser: {
      meta: { name: "tailrace-lint", version: parser.meta.version },
      parseForESLint(text: string, options: ParserOptions & { filePath: string }) {
        if (withTypes.has(options.filePath)) {
          try {
            const read = parser.parseForESLint(text, { ...options, projectService: true });
            reader.typed.add(options.filePath);
            return read;
          } catch {
            // A tsconfig that the compiler cannot use, or a mistake in the file: that shows without types too.
          }
        }
        const read = parser.parseForESLint(text, options);
        reader.untyped.add(options.filePath);
        return read;
      },
    },
  };
  return reader;
}

function isFatal(result: ESLint.LintResult): boolean {
  return result.fatalErrorCount > 0;
}

/** Comments of the project may name rules that are not loaded here: only our own messages count. */
function findingsOf({ filePath, messages }: ESLint.LintResult): Finding[] {
  return messages
    .filter((message) => message.ruleId?.startsWith("tailrace/"))
    .map((message) => ({
      file: filePath,
      line: message.line,
      column: message.column,
      endLine: message.endLine ?? message.line,
      endColumn: message.endColumn ?? message.column + 1,
      rule: message.ruleId ?? "",
      message: message.message,
      suggestions: (message.suggestions ?? []).map(({ desc, fix }) => ({ title: desc, ...fix })),
    }));
}
