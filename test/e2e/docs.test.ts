import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "./run.ts";

test("the docs say what the code says, show only code that runs, and link to what is there", async () => {
  const root = join(import.meta.dirname, "../..");
  const args = ["--conditions=tailrace-source", "docs/generate.ts", "--check"];
  expect(await run(process.execPath, args, { cwd: root })).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^\d+ files are up to date\.\n$/) as string,
  });
});
