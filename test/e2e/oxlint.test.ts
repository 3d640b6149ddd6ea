// The plugin in oxlint, which runs plugins written for ESLint on a parser and a scope analysis of its own, without
// types.
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import parser from "@typescript-eslint/parser";
import { ESLint } from "eslint";
import tailrace from "eslint-plugin-tailrace";
import { expect, onTestFinished, test } from "vitest";
import { programs } from "../corpus/programs.ts";
import { run } from "./run.ts";

const root = join(import.meta.dirname, "../..");
const corpus = join(root, "test/corpus");
const { rules = {} } = tailrace.configs.strict;

// Their threads run code that stands in a text, and oxlint offers plugins no parser.
const CODE_IN_TEXT = [
  "no-sync-wait/asks-this-thread",
  "no-sync-wait/log-flushed-first",
  "no-sync-wait/wait-before-task",
];

test("oxlint reports the lines of the corpus that ESLint reports without types", { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "tailrace-oxlint-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const { name, path } of programs) {
    const copy = join(folder, name);
    await mkdir(dirname(copy), { recursive: true });
    // Marked as a module, which oxlint does not see in all of them: the next test.
    await writeFile(copy, (await readFile(path, "utf8")) + (name.endsWith(".ts") ? "\nexport {};\n" : ""));
  }

  const [byOxlint, byEslint] = await Promise.all([oxlint(folder), eslint()]);
  expect(byEslint.length).toBeGreaterThan(40);
  const isParsed = (report: string): boolean => !CODE_IN_TEXT.some((name) => report.startsWith(`${name}/`));
  expect(byOxlint.filter((report) => !isParsed(report))).toEqual([]);
  const both = byOxlint.filter((report) => byEslint.includes(report));
  const onlyOne = [...byOxlint, ...byEslint.filter(isParsed)].filter((report) => !both.includes(report));
  expect(onlyOne.sort()).toEqual([]);
});

test("oxlint applies what the plugin suggests", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tailrace-oxlint-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const before = await readFile(join(corpus, "consume-before-produce/channel-rendezvous/bad.ts"), "utf8");
  await writeFile(join(folder, "main.ts"), before);
  expect(await oxlint(folder)).toHaveLength(1);
  expect(await oxlint(folder, "--fix-suggestions")).toEqual([]);
  expect(await readFile(join(folder, "main.ts"), "utf8")).not.toBe(before);
});

test("what oxlint itself cannot read is a file whose only sign of a module is a `for await`", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tailrace-oxlint-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "main.ts"), "for await (const line of process.stdin) console.log(line);\n");
  await expect(oxlint(folder)).rejects.toThrow("main.ts is not linted: `for await` loops are only allowed within");
});

/** Reports as `FILE:LINE RULE MESSAGE`. */
async function oxlint(folder: string, ...options: string[]): Promise<string[]> {
  const config = join(folder, ".oxlintrc.json");
  const jsPlugins = [join(root, "packages/eslint-plugin/src/index.ts")];
  await writeFile(config, JSON.stringify({ plugins: [], categories: { correctness: "off" }, jsPlugins, rules }));

  const command = fileURLToPath(new URL("bin/oxlint", import.meta.resolve("oxlint/package.json")));
  const args = ["--conditions=tailrace-source", command, "--config", config, "--format", "json", ...options, "."];
  const { code, stdout, output } = await run(process.execPath, args, { cwd: folder });
  expect(code, output).toBeLessThan(2);
  expect(stdout).toMatch(/^\{/); // otherwise it says why it cannot start
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: Diagnostic[] };
  return diagnostics.map(({ filename, labels, code: rule = "", message }) => {
    const name = /^tailrace\((.*)\)$/.exec(rule)?.[1];
    if (name === undefined) throw new Error(`${filename} is not linted: ${message}`);
    const line = labels[0]?.span.line.toString() ?? "";
    return `${filename}:${line} ${name} ${message}`;
  });
}

interface Diagnostic {
  readonly filename: string;
  /** `PLUGIN(RULE)`; missing if a file was not read or a rule threw. */
  readonly code?: string;
  readonly message: string;
  readonly labels: readonly { readonly span: { readonly line: number } }[];
}

async function eslint(): Promise<string[]> {
  const linter = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: { ...tailrace.configs.strict, files: ["**/*.{ts,mjs,cjs}"], languageOptions: { parser } },
  });
  const results = await linter.lintFiles(programs.map(({ path }) => path));
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, ruleId, message }) => {
      const name = ruleId?.replace("tailrace/", "") ?? "";
      return `${relative(corpus, filePath)}:${line.toString()} ${name} ${message}`;
    }),
  );
}
