import { globSync } from "node:fs";
import { join } from "node:path";
import parser from "@typescript-eslint/parser";
import { ESLint } from "eslint";
import tailrace from "eslint-plugin-tailrace";
import { describe, expect, test } from "vitest";
import { run } from "../e2e/run.ts";
import { alike, promisedBy } from "./promised.ts";

const examples = globSync("*/*.ts", { cwd: import.meta.dirname }).sort();

const eslint = new ESLint({
  cwd: import.meta.dirname,
  overrideConfigFile: true,
  overrideConfig: { ...tailrace.configs.strict, files: ["**/*.ts"], languageOptions: { parser } },
});

describe.concurrent("an example of the guide prints what its comments say, and ends", () => {
  test.for(examples)("%s", async (file, { expect }) => {
    const path = join(import.meta.dirname, file);
    const promised = promisedBy(path);
    expect(promised.stdout + promised.stderr).not.toBe("");
    const { code, stdout, stderr } = await run(process.execPath, ["--conditions=tailrace-source", path], {
      cwd: import.meta.dirname,
    });
    expect({ code, stdout: alike(stdout), stderr: alike(stderr) }).toEqual(promised);
  });
});

test("the plugin finds nothing in the examples of the guide", async () => {
  const results = await eslint.lintFiles(examples);
  expect(results.length).toBe(examples.length);
  expect(results.flatMap(({ messages }) => messages)).toEqual([]);
});
