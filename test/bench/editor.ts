import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openEditor } from "../e2e/language-server.ts";
import type { Bench, Subject } from "./harness/bench.ts";
import { generate } from "./lint/generated.ts";

const LINES = 1_000;

/** What is typed at the end of the buffer: both rules have something to say to it. */
const GUILTY = `
export async function typed(): Promise<string> {
  const { readable, writable } = new TextEncoderStream();
  const writer = writable.getWriter();
  await writer.write("a");
  Promise.resolve();
  return new Response(readable).text();
}
`;

export const bench: Bench = {
  job: `from an edit of a file of ${LINES.toLocaleString("en-US")} lines to its diagnostics, with types, in the ESLint server of editors`,
  operation: "edit",
  operations: 20,
  expected: (edits) => edits,
  subjects: [
    subject("tailrace", "all rules", "tailrace.configs.strictTypeChecked"),
    subject(
      "typescript-eslint",
      "no-floating-promises",
      '{ plugins: { ts: tseslint.plugin }, rules: { "ts/no-floating-promises": "error" } }',
    ),
    subject("eslint", "no rules", '{ rules: { "no-unreachable": "error" } }', "floor: one rule that finds nothing", 0),
  ],
};

/** @param config What the configuration of the project has beside the parser, as code */
function subject(from: string, calls: string, config: string, note?: string, found = 1): Subject {
  return {
    package: from,
    calls,
    ...(note !== undefined && { note }),
    async run(edits) {
      const innocent = generate(LINES).text;
      const folder = await project(config, innocent);
      try {
        await using editor = await openEditor(folder, "main.ts", innocent);
        const before = (await editor.diagnostics()).length;
        let right = 0;
        const start = process.hrtime.bigint();
        for (let edit = 1; edit <= edits; edit++) {
          const guilty = edit % 2;
          editor.change(guilty === 1 ? innocent + GUILTY : innocent);
          if ((await editor.diagnostics()).length === before + guilty * found) right++;
        }
        return { result: right, figure: Number(process.hrtime.bigint() - start) / edits };
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  };
}

/** A project in this folder, so that the packages of the workspace resolve from it. */
async function project(config: string, text: string): Promise<string> {
  const folder = await mkdtemp(join(import.meta.dirname, ".editor-"));
  await cp(join(import.meta.dirname, "../e2e/fixtures/tsconfig.json"), join(folder, "tsconfig.json"));
  await writeFile(join(folder, "main.ts"), text);
  await writeFile(
    join(folder, "eslint.config.js"),
    `import tailrace from "eslint-plugin-tailrace";
import tseslint from "typescript-eslint";

const languageOptions = { parser: tseslint.parser, parserOptions: { projectService: true } };
const files = ["**/*.ts"];
export default [{ files, languageOptions }, { files, ...${config.startsWith("{") ? `(${config})` : config} }];
`,
  );
  return folder;
}
