import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import parser from "@typescript-eslint/parser";
import { ESLint } from "eslint";
import tailrace from "eslint-plugin-tailrace";
import { describe, expect, test } from "vitest";
import { environmentOf } from "../servers/environment.ts";
import { execute } from "./execute.ts";
import { programs } from "./programs.ts";
import type { Program } from "./programs.ts";

const suggesting = Object.entries(tailrace.rules)
  .filter(([, { meta }]) => meta?.hasSuggestions)
  .map(([name]) => name);

const eslint = new ESLint({
  cwd: join(import.meta.dirname, "../.."),
  overrideConfigFile: true,
  overrideConfig: {
    files: ["**/*.{ts,mjs,cjs}"],
    plugins: { tailrace },
    languageOptions: { parser },
    rules: Object.fromEntries(suggesting.map((name) => [`tailrace/${name}`, "error"])),
  },
});

/** The program as the first suggestion for its rule would leave it; undefined where none is offered. */
async function suggested({ path, rule }: Program): Promise<string | undefined> {
  const text = readFileSync(path, "utf8");
  const [result] = await eslint.lintText(text, { filePath: path });
  const own = result?.messages.filter(({ ruleId }) => ruleId === `tailrace/${rule}`);
  const fix = own?.[0]?.suggestions?.[0]?.fix;
  return fix && text.slice(0, fix.range[0]) + fix.text + text.slice(fix.range[1]);
}

const offers = await Promise.all(
  programs
    .filter(({ kind, rule }) => kind === "bad" && suggesting.includes(rule))
    .map(async (program) => ({ program, name: program.name, text: await suggested(program) })),
);
const repaired = offers.flatMap(({ program, name, text }) => (text === undefined ? [] : [{ program, name, text }]));

describe("a program that follows the suggestion no longer starves", () => {
  test.for(repaired)("$name", { concurrent: true }, async ({ program, text }, { skip }) => {
    const env = await environmentOf(program.server);
    if (!env) return skip(`${program.server ?? ""} is not installed`);
    const path = join(dirname(program.path), `.suggested${extname(program.path)}`);
    writeFileSync(path, text);
    try {
      const { outcome, stderr } = await execute({ ...program, kind: "good", ends: undefined, path }, env);
      expect({ outcome, stderr }).toEqual({ outcome: 0, stderr: "" });
    } finally {
      rmSync(path);
    }
  });
});

test.each([
  ["consume-before-produce", 0.6],
  ["listen-before-trigger", 0.3],
])("a suggestion is offered for enough programs of %s", (rule, share) => {
  const isOwn = (offer: { readonly program: Program }): boolean => offer.program.rule === rule;
  expect(repaired.filter(isOwn).length / offers.filter(isOwn).length).toBeGreaterThan(share);
});
