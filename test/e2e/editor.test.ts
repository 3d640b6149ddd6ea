// The packed plugin behind the language server that editors use: what a person sees while typing.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { edited, openEditor } from "./language-server.ts";
import { createProject } from "./project.ts";

const source = "corpus/consume-before-produce/shards-to-hosts/bad.ts";

test("an editor shows the guilty line, and its quick fix repairs the buffer", { timeout: 120_000 }, async () => {
  await using project = await createProject(["eslint@10", "typescript@6.0", "typescript-eslint@8"]);
  const folder = await project.add("editor", { "eslint.config.js": "e2e/configs/typescript.js", "main.ts": source });
  const text = await readFile(join(import.meta.dirname, "..", source), "utf8");
  const guilty = text.split("\n").findIndex((line) => line.endsWith("// starves"));

  await using editor = await openEditor(folder, "main.ts", text);
  const [diagnostic, ...others] = await editor.diagnostics();
  expect(others).toEqual([]);
  expect(diagnostic).toMatchObject({
    code: "tailrace/consume-before-produce",
    source: "eslint",
    range: { start: { line: guilty } },
  });
  if (diagnostic === undefined) throw new Error("nothing is reported");

  const actions = await editor.actions(diagnostic);
  const [title = "", ...more] = actions.keys();
  expect(more).toEqual([]);
  expect(title).toMatch(/^Start the consumer .* \(tailrace\/consume-before-produce\)$/);
  const repaired = edited(text, actions.get(title) ?? []);
  expect(repaired).not.toBe(text);

  editor.change(repaired);
  expect(await editor.diagnostics()).toEqual([]);
  editor.change(text); // undone
  expect(await editor.diagnostics()).toEqual([diagnostic]);
});
