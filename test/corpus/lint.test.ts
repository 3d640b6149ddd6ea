import { readFileSync } from "node:fs";
import { join } from "node:path";
import parser from "@typescript-eslint/parser";
import { ESLint } from "eslint";
import type { Linter } from "eslint";
import tailrace from "eslint-plugin-tailrace";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { programs, type Program } from "./programs.ts";

const root = join(import.meta.dirname, "../..");
// `$name` would be cut.
const named = programs.map((program) => [program.name, program] as const);
const withoutTypes = linters({});
let withTypes: Linters | undefined;

describe("with types, the rule reports the starving lines, and no rule reports what is right", () => {
  test.for(named)("%s", async ([, program]) => {
    // Only when a test is the first to want it: mutants are tried without types.
    withTypes ??= linters({ programs: [typedProgram()] });
    const messages = await reports(withTypes, program);
    expect(linesOf(messages)).toEqual(program.starvingLines);
    if (program.needsTypes !== undefined) expect(said(messages)).toMatchSnapshot();
  });
});

describe("without types, it reports the same lines; where types are needed, only some of them or none", () => {
  test.for(named)("%s", async ([, program]) => {
    const messages = await reports(withoutTypes, program);
    const lines = linesOf(messages);
    if (program.needsTypes !== undefined) {
      expect(program.starvingLines).toEqual(expect.arrayContaining(lines));
      return;
    }
    expect(lines).toEqual(program.starvingLines);
    if (lines.length > 0) expect(said(messages)).toMatchSnapshot();
  });
});

/** What the program's own rule reports if it starves; if it is right, what any rule does. */
async function reports({ strict, recommended }: Linters, program: Program): Promise<Linter.LintMessage[]> {
  const eslint = program.notStrict === undefined ? strict : recommended;
  const [result] = await eslint.lintText(readFileSync(program.path, "utf8"), { filePath: program.path });
  const messages = result?.messages ?? [];
  const broken = messages.filter(({ ruleId }) => ruleId === null);
  if (result === undefined || broken.length > 0) throw new Error(`not linted: ${JSON.stringify(broken)}`);
  const own = `tailrace/${program.rule}`;
  return messages.filter(({ ruleId }) => program.kind !== "bad" || ruleId === own);
}

function linesOf(messages: readonly Linter.LintMessage[]): number[] {
  return messages.map(({ line }) => line);
}

/** The reports as somebody reads them, with what they offer to put in the place of the code. */
function said(messages: readonly Linter.LintMessage[]): string {
  return messages
    .map(({ line, column, endLine, endColumn, message, suggestions = [] }) =>
      [
        `${String(line)}:${String(column)}-${String(endLine)}:${String(endColumn)} ${message}`,
        ...suggestions.map(({ desc, fix }) => `  ${desc} ${fix.range.join("-")}:\n${fix.text}`),
      ].join("\n"),
    )
    .join("\n");
}

interface Linters {
  readonly strict: ESLint;
  readonly recommended: ESLint;
}

function linters(parserOptions: Record<string, unknown>): Linters {
  const { strictTypeChecked, recommendedTypeChecked } = tailrace.configs;
  return { strict: linter(strictTypeChecked, parserOptions), recommended: linter(recommendedTypeChecked, parserOptions) };
}

function linter({ rules = {} }: Linter.Config, parserOptions: Record<string, unknown>): ESLint {
  return new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: {
      files: ["**/*.{ts,mjs,cjs}"],
      plugins: { tailrace },
      languageOptions: { parser, parserOptions },
      rules,
    },
  });
}

/** One program over the whole corpus, with the workspace's compiler options, plain JavaScript included. */
function typedProgram(): ts.Program {
  const path = join(root, "tsconfig.json");
  const { config } = ts.readConfigFile(path, (file) => ts.sys.readFile(file)) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root, { allowJs: true }, path);
  return ts.createProgram(
    programs.map((program) => program.path),
    options,
  );
}
