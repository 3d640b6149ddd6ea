// The packed runtime beside the Vitest of another project, set up as the guide says.
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { createProject } from "./project.ts";
import { run } from "./run.ts";

const cases = "../packages/tailrace/test/vitest/hangs";
const config = { test: { setupFiles: ["tailrace/vitest"], testTimeout: 200, maxWorkers: 1 } };
const tsconfig = {
  compilerOptions: { types: ["tailrace/vitest"], module: "nodenext", strict: true, noEmit: true, skipLibCheck: true },
};
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");

test("what hangs says what it waits for, and the matcher has types", { timeout: 120_000 }, async () => {
  await using project = await createProject(["vitest@5"]);
  const files = { "channel.test.ts": `${cases}/channel.case.ts`, "reply.test.ts": `${cases}/reply.case.ts` };
  const cwd = await project.add("tests", files);
  await writeFile(join(cwd, "vitest.config.js"), `export default ${JSON.stringify(config)};\n`);
  await writeFile(join(cwd, "tsconfig.json"), JSON.stringify(tsconfig));

  const vitest = join(project.directory, "node_modules/vitest/vitest.mjs");
  const { code, output } = await run(process.execPath, [vitest, "run"], { cwd });
  const told = stripVTControlCharacters(output);
  expect(code, told).toBe(1);
  expect(told).toMatch(/Tests +4 failed \| 3 passed/u);
  expect(told).toMatch(
    /not done after 20 ms; meanwhile:\nreceive on channel "replies" \(capacity 0, rendezvous\) has waited 0\.\d s for an item; nobody is sending\n +at \S*reply\.test\.ts:6:24\n/u,
  );
  expect(told).toMatch(
    /Test timed out in 200ms\.\n.*\n\nMeanwhile:\nreceive on channel "jobs" \(capacity 0, rendezvous\) has waited \d\.\d s for an item; nobody is sending\n +at \S*channel\.test\.ts:25:35\n/u,
  );
  expect(await run(process.execPath, [tsc], { cwd })).toMatchObject({ code: 0, output: "" });
});
