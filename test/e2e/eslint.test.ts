// The packed plugin in projects of their own, configured as the documentation says, with ESLint's command line on the
// oldest Node.
import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { ESLint, Linter } from "eslint";
import tailrace from "eslint-plugin-tailrace";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runtimes } from "../runtimes/runtimes.ts";
import { createProject } from "./project.ts";
import type { Project } from "./project.ts";
import { run } from "./run.ts";
import { eslintVersions, matrix } from "./versions.ts";

const corpus = "corpus/consume-before-produce";
const modules = { "bad.mjs": `${corpus}/plain-javascript/bad.mjs`, "good.mjs": `${corpus}/plain-javascript/good.mjs` };
const commonjs = { "bad.cjs": `${corpus}/commonjs-main/bad.cjs`, "good.cjs": `${corpus}/commonjs-main/good.cjs` };
const typescript = { "bad.ts": `${corpus}/shards-to-hosts/bad.ts`, "good.ts": `${corpus}/shards-to-hosts/good.ts` };
const otherFile = { "other-file.ts": "e2e/fixtures/other-file.ts", "pipe.ts": "e2e/fixtures/pipe.ts" };
const tsconfig = { "tsconfig.json": "e2e/fixtures/tsconfig.json" };

const oldest = await runtimes(matrix)[0].find();

describe.each(eslintVersions)("with ESLint %s,", (version) => {
  let project: Project;
  beforeAll(async () => {
    project = await createProject([`eslint@${version}`, "typescript@6.0", "typescript-eslint@8"]);
  }, 120_000);
  afterAll(() => project[Symbol.asyncDispose]());

  /** Adds files to a folder of the project, with one of the documented configurations. */
  function folder(name: string, config: string, files: Record<string, string>): Promise<string> {
    return project.add(name, { "eslint.config.js": `e2e/configs/${config}.js`, ...files });
  }

  test("a JavaScript project gets the guilty lines, in ES modules and CommonJS", async () => {
    const directory = await folder("javascript", "javascript", { ...modules, ...commonjs });
    expect(await guilty(directory)).toEqual({
      "bad.cjs": marked(commonjs["bad.cjs"]),
      "bad.mjs": marked(modules["bad.mjs"]),
    });
  });

  test.each(Object.keys(tailrace.configs))(
    "the preset %s is read, and finds nothing where nothing starves",
    async (preset) => {
      const directory = await project.add(preset, { "good.mjs": modules["good.mjs"] });
      const config = `[tailrace.configs.${preset}, tailrace.configs.disableTypeChecked]`; // no types here
      const text = `import tailrace from "eslint-plugin-tailrace";\n\nexport default ${config};\n`;
      await writeFile(join(directory, "eslint.config.js"), text);
      expect(await guilty(directory)).toEqual({});
    },
  );

  // The configurations of TypeScript projects use `defineConfig`, which came with ESLint 9.22.
  describe.skipIf(version === "9.0.0")("a TypeScript project", () => {
    test("gets the guilty line without type information", async () => {
      const directory = await folder("untyped", "typescript", { ...typescript, ...otherFile });
      expect(await guilty(directory)).toEqual({ "bad.ts": marked(typescript["bad.ts"]) });
    });

    test("with type information, also gets the line that starves on a stream from another file", async () => {
      const directory = await folder("typed", "typed", { ...typescript, ...otherFile, ...tsconfig });
      const expected = { "bad.ts": marked(typescript["bad.ts"]), "other-file.ts": marked(otherFile["other-file.ts"]) };
      expect(await guilty(directory)).toEqual(expected);
    });

    test("passes and runs to its end when it follows the suggestion", async () => {
      const directory = await folder("repaired", "typescript", { "main.ts": typescript["bad.ts"] });
      const file = join(directory, "main.ts");
      expect(await run(process.execPath, [file], { cwd: directory })).toMatchObject({ code: 13 }); // an await is left

      const text = await readFile(file, "utf8");
      const fix = (await lint(directory))["main.ts"]?.[0]?.suggestions?.[0]?.fix;
      if (fix === undefined) throw new Error("nothing is suggested");
      await writeFile(file, text.slice(0, fix.range[0]) + fix.text + text.slice(fix.range[1]));

      expect(await guilty(directory)).toEqual({});
      expect(await run(process.execPath, [file], { cwd: directory })).toMatchObject({ code: 0, output: "" });
    });
  });
});

/** Lines from 1 that a program itself says starve. */
function marked(source: string): number[] {
  const lines = readFileSync(join(import.meta.dirname, "..", source), "utf8").split("\n");
  return lines.flatMap((line, index) => (line.includes("// starves") ? [index + 1] : []));
}

/** Lines that the plugin reports, by file. The command fails if there are any, and only then. */
async function guilty(directory: string): Promise<Record<string, number[]>> {
  const messages = Object.entries(await lint(directory));
  return Object.fromEntries(messages.map(([file, found]) => [file, found.map(({ line }) => line)]));
}

/** What ESLint's command line says to the files of a directory, by file. */
async function lint(directory: string): Promise<Record<string, readonly Linter.LintMessage[]>> {
  const eslint = join(directory, "../node_modules/eslint/bin/eslint.js");
  const { code, stdout, output } = await run(oldest, [eslint, ".", "--format", "json"], { cwd: directory });
  expect(code, output).toBeLessThan(2);
  const results = (JSON.parse(stdout) as ESLint.LintResult[]).filter(({ messages }) => messages.length > 0);
  expect(code).toBe(results.length > 0 ? 1 : 0);
  for (const { ruleId, message } of results.flatMap(({ messages }) => messages)) {
    expect(ruleId, message).toBe("tailrace/consume-before-produce");
  }
  return Object.fromEntries(results.map(({ filePath, messages }) => [basename(filePath), messages]));
}
