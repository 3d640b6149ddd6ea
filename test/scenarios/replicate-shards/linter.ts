import { existsSync } from "node:fs";
import { glob } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ESLint } from "eslint";
import type { Linter } from "eslint";
import tailrace from "eslint-plugin-tailrace";
import tseslint from "typescript-eslint";

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
export interface Suggestion {
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
  const first = (await hasTsconfig(directory)) ? await linter(directory, typedConfig).lintFiles(patterns) : undefined;
  const outside = first?.filter(isFatal).map((result) => result.filePath) ?? patterns;
  const second = outside.length === 0 ? [] : await linter(directory, untypedConfig).lintFiles(outside);

  const typed = first?.filter((result) => !isFatal(result)) ?? [];
  const untyped = second.filter((result) => !isFatal(result));
  return {
    findings: [...typed, ...untyped]
      .flatMap(findingsOf)
      .sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column),
    typed: typed.length,
    untyped: untyped.length,
    unparsed: second.filter(isFatal).map(({ filePath, messages: [error] }) => ({
      file: filePath,
      line: error?.line ?? 1,
      message: error?.message ?? "",
    })),
  };
}

const typedConfig: Linter.Config = {
  languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
  ...tailrace.configs.recommendedTypeChecked,
};

const untypedConfig: Linter.Config = {
  languageOptions: { parser: tseslint.parser },
  ...tailrace.configs.recommended,
};

function linter(cwd: string, config: Linter.Config): ESLint {
  return new ESLint({
    cwd,
    errorOnUnmatchedPattern: false,
    overrideConfigFile: true,
    overrideConfig: [
      { ignores: ["**/dist/", "**/*.d.{ts,mts,cts}"] },
      { files: [sources], linterOptions: { reportUnusedDisableDirectives: "off" }, ...config },
    ],
  });
}

/** Whether a tsconfig could apply: one beside or above, as compilers look for it, or one somewhere below. */
async function hasTsconfig(directory: string): Promise<boolean> {
  for (let at = directory; ; at = dirname(at)) {
    if (existsSync(join(at, "tsconfig.json"))) return true;
    if (at === dirname(at)) break;
  }
  const exclude = (name: string) => basename(name) === "node_modules" || basename(name) === "dist";
  for await (const _ of glob("**/tsconfig.json", { cwd: directory, exclude })) return true;
  return false;
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
