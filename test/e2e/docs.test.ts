import { join } from "node:path";
import { expect, test } from "vitest";
import { deadLinks } from "../../docs/generate/links.ts";
import { unwritten } from "../../docs/generate/page.ts";
import { fill, looseCode } from "../../docs/generate/regions.ts";
import { run } from "./run.ts";

const root = join(import.meta.dirname, "../..");

test("the docs say what the code says, show only code that runs, and link to what is there", async () => {
  const args = ["--conditions=tailrace-source", "docs/generate.ts", "--check"];
  expect(await run(process.execPath, args, { cwd: root })).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^\d+ files are up to date\.\n$/) as string,
  });
});

test("eslint-doc-generator finds the page of each rule as the plugin would have it", async () => {
  const command = join(root, "node_modules/eslint-doc-generator/dist/bin/eslint-doc-generator.js");
  const args = ["--conditions=tailrace-source", command, "--check"];
  expect(await run(process.execPath, args, { cwd: root })).toEqual({ code: 0, stdout: "", stderr: "", output: "" });
});

test("a region is filled by the writer that it names, with its words, and nothing else changes", async () => {
  const writers = { echo: (args: readonly string[]) => args.join("+") };
  const filled = "before\n\n<!-- begin echo a b -->\n\na+b\n\n<!-- end -->\n\nafter\n";
  const link = (path: string) => path;
  expect(await fill(filled, writers, link)).toBe(filled);
  expect(await fill(filled.replace("\n\na+b\n\n", "\n"), writers, link)).toBe(filled);
  expect(await fill(filled.replace("a+b", "out of date"), writers, link)).toBe(filled);
  await expect(fill(filled.replace("echo", "ekko"), writers, link)).rejects.toThrow("no region of the name ekko");
});

test("a page that still says what is to be written is found", () => {
  expect(unwritten("a\n\n<!-- write: why -->\n\nb `<!-- write: … -->`\n")).toEqual(["<!-- write: why -->"]);
});

test("code that stands outside of all regions is found, and commands are not code", () => {
  const generated = "<!-- begin code a.ts -->\n\n```ts\na();\n```\n\n<!-- end -->\n";
  expect(looseCode(`${generated}\n\`\`\`sh\nnpm test\n\`\`\`\n\n\`\`\`js\nb();\n\`\`\`\n`)).toEqual([13]);
});

test("links to files and headings that are not there are found", () => {
  const text = "# One thing\n\n[a](README.md) [b](#one-thing) [c](gone.md) [d](#another) [e](https://example.com/x)\n";
  expect(deadLinks(text, join(root, "CONTRIBUTING.md"))).toEqual(["gone.md", "#another"]);
});
