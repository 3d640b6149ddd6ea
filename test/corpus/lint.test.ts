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
const withTypes = linters({ programs: [typedProgram()] });
const withoutTypes = linters({});

describe("with types, the rule reports the starving lines, and no rule reports what is right", () => {
  test.for(programs)("$name", async (program) => {
    expect(await reports(withTypes, program)).toEqual(program.starvingLines);
  });
});

describe("without types, it reports the same lines; where types are needed, only some of them or none", () => {
  test.for(programs)("$name", async (program) => {
    const reported = await reports(withoutTypes, program);
    if (program.needsTypes === undefined) expect(reported).toEqual(program.starvingLines);
    else expect(program.starvingLines).toEqual(expect.arrayContaining(reported));
  });
});

/** Lines on which the program's own rule reports if it starves; if it is right, lines on which any rule does. */
async function reports({ strict, recommended }: Linters, program: Program): Promise<number[]> {
  const eslint = program.notStrict === undefined ? strict : recommended;
  const [result] = await eslint.lintText(readFileSync(program.path, "utf8"), { filePath: program.path });
  const messages = result?.messages ?? [];
  const broken = messages.filter(({ ruleId }) => ruleId === null);
  if (result === undefined || broken.length > 0) throw new Error(`not linted: ${JSON.stringify(broken)}`);
  const own = `tailrace/${program.rule}`;
  return messages.filter(({ ruleId }) => program.kind !== "bad" || ruleId === own).map(({ line }) => line);
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
