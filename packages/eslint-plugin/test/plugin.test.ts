// What holds for every rule, whatever it looks for: nobody has to list a new rule here.
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import parser from "@typescript-eslint/parser";
import { ESLint } from "eslint";
import type { Linter } from "eslint";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { programs } from "../../../test/corpus/programs.ts";
import type { RuleDocs } from "../src/create-rule.ts";
import plugin from "../src/index.ts";

const root = join(import.meta.dirname, "../../..");
const names = Object.keys(plugin.rules);

test("the rules of the plugin are the files in src/rules, by their names", () => {
  const files = globSync("*.ts", { cwd: join(import.meta.dirname, "../src/rules") }).map((file) =>
    basename(file, ".ts"),
  );
  expect(names.toSorted()).toEqual(files.filter((file) => file !== "index").sort());
});

describe.each(names)("%s", (name) => {
  const { meta = {} } = plugin.rules[name] ?? {};
  const docs = meta.docs as unknown as RuleDocs & { readonly description: string; readonly url: string };

  test("says what it asks, of which family it is, and which preset has it", () => {
    expect(docs).toMatchObject({
      description: expect.stringMatching(/^[A-Z].*[^.]$/u) as string,
      family: expect.stringMatching(/^[A-E]$/u) as string,
      recommended: expect.stringMatching(/^(?:recommended|strict)$/u) as string,
    });
    expect(meta.type).toMatch(/^(?:problem|suggestion)$/u);
  });

  test("has a page, to which editors link and which the list of all rules names", () => {
    const page = `docs/rules/${name}.md`;
    expect(docs.url).toBe(`https://github.com/tailrace/tailrace/blob/main/${page}`);
    expect(existsSync(join(root, page)), `${page} is missing`).toBe(true);
    expect(readFileSync(join(root, "docs/rules/README.md"), "utf8")).toContain(`](${name}.md)`);
  });

  test("describes each option, and says what holds without it", () => {
    const [schema, ...others] = (meta.schema ?? []) as ObjectSchema[];
    expect(others).toEqual([]);
    if (schema === undefined) return;
    expect(schema).toMatchObject({ type: "object", additionalProperties: false });
    const [defaults = {}] = (meta.defaultOptions ?? []) as object[];
    expect(Object.keys(defaults).sort()).toEqual(Object.keys(schema.properties).sort());
    for (const { description } of Object.values(schema.properties)) expect(description).toMatch(/^[A-Z].*\.$/u);
  });

  test("speaks in sentences", () => {
    for (const message of Object.values(meta.messages ?? {})) expect(message).toMatch(/\.$/u);
  });

  test("has twelve pairs and eight tricky programs in its corpus", () => {
    const own = programs.filter(({ rule }) => rule === name);
    expect(own.filter(({ kind }) => kind === "bad").length).toBeGreaterThanOrEqual(12);
    expect(own.filter(({ kind }) => kind === "tricky").length).toBeGreaterThanOrEqual(8);
  });
});

// Its programs need a browser: unit tests of the rule hold it.
const NOT_RUN = ["tailrace/listen-before-trigger acted"];

test(
  "each message and each suggestion of each rule is given to some program of its corpus, where one can be run",
  { timeout: 120_000 },
  async () => {
    const { strictTypeChecked } = plugin.configs;
    const eslint = linter({
      ...strictTypeChecked,
      languageOptions: { parser, parserOptions: { programs: [corpus()] } },
    });
    const given = new Set<string>();
    for (const { path } of programs.filter(({ kind }) => kind === "bad")) {
      const [result] = await eslint.lintText(readFileSync(path, "utf8"), { filePath: path });
      for (const { ruleId, messageId, suggestions = [] } of result?.messages ?? []) {
        for (const id of [messageId, ...suggestions.map((suggestion) => suggestion.messageId)]) {
          given.add(`${ruleId ?? ""} ${id ?? ""}`);
        }
      }
    }
    const all = Object.entries(plugin.rules).flatMap(([name, { meta }]) =>
      Object.keys(meta?.messages ?? {}).map((id) => `tailrace/${name} ${id}`),
    );
    expect(all.filter((id) => !given.has(id))).toEqual(NOT_RUN);
  },
);

describe("the presets", () => {
  const { recommended, recommendedTypeChecked, strict, strictTypeChecked, disableTypeChecked } = plugin.configs;
  const typed = names.filter((name) => (plugin.rules[name]?.meta?.docs as unknown as RuleDocs).requiresTypeChecking);

  test("strict has all of recommended, and the typed ones all of the others", () => {
    for (const [smaller, larger] of [
      [recommended, strict],
      [recommended, recommendedTypeChecked],
      [recommendedTypeChecked, strictTypeChecked],
      [strict, strictTypeChecked],
    ] as const) {
      expect(idsOf(larger)).toEqual(expect.arrayContaining(idsOf(smaller)));
    }
    expect(idsOf(strictTypeChecked).sort()).toEqual(names.map((name) => `tailrace/${name}`).sort());
  });

  test("disableTypeChecked turns off exactly what needs types, which the untyped ones do not have", () => {
    const ids = typed.map((name) => `tailrace/${name}`);
    expect(disableTypeChecked.rules).toEqual(Object.fromEntries(ids.map((id) => [id, "off"])));
    expect([...idsOf(recommended), ...idsOf(strict)].filter((id) => ids.includes(id))).toEqual([]);
  });

  test.each(Object.keys(plugin.configs))("%s is a configuration of its own, in flat form", async (preset) => {
    const config = plugin.configs[preset as keyof typeof plugin.configs];
    expect(config).toMatchObject({ name: `tailrace/${preset}`, plugins: { tailrace: plugin } });
    const untyped = preset === "strictTypeChecked" || preset === "recommendedTypeChecked" ? [disableTypeChecked] : [];
    const [result] = await linter(config, ...untyped).lintText("export {};\n", { filePath: "file.js" });
    expect(result).toMatchObject({ messages: [] });
  });
});

interface ObjectSchema {
  readonly properties: Readonly<Record<string, { readonly description?: string }>>;
}

function idsOf({ rules = {} }: Linter.Config): string[] {
  return Object.keys(rules);
}

function linter(...configs: Linter.Config[]): ESLint {
  const files = ["**/*.{ts,js,mjs,cjs}"];
  return new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: configs.map((config) => ({ ...config, files })),
  });
}

/** One program over the corpus, plain JavaScript included. */
function corpus(): ts.Program {
  const path = join(root, "tsconfig.json");
  const { config } = ts.readConfigFile(path, (file) => ts.sys.readFile(file)) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root, { allowJs: true }, path);
  return ts.createProgram(
    programs.map(({ path: file }) => file),
    options,
  );
}
