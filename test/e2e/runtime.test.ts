// The packed runtime in a project of its own: what the guide shows, on every version of Node that is promised, and on
// what calls itself compatible.
import { globSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, test } from "vitest";
import { runtimes } from "../runtimes/runtimes.ts";
import { alike, promisedBy } from "../guide/promised.ts";
import { createProject } from "./project.ts";
import type { Project } from "./project.ts";
import { run } from "./run.ts";
import { matrix } from "./versions.ts";

const guide = join(import.meta.dirname, "../guide");
// What needs packages of others runs in the workspace only; so does what older engines need several collections for, which
// tell it as stuck before.
const examples = globSync("*/*.ts", { cwd: guide, exclude: ["watch/stalls.ts"] })
  .filter((example) => !readFileSync(join(guide, example), "utf8").includes('from "@'))
  .sort();

let project: Project;
beforeAll(async () => {
  project = await createProject([]);
  for (const source of globSync("*/**/*.ts", { cwd: guide })) {
    const { outputText } = ts.transpileModule(readFileSync(join(guide, source), "utf8"), {
      fileName: basename(source),
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, inlineSourceMap: true },
    });
    const file = join(project.directory, javascript(source));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, outputText.replaceAll(/(?<= from "\.[^"]+)\.ts"/gu, '.mjs"'));
  }
}, 120_000);
afterAll(() => project[Symbol.asyncDispose]());

describe.each(runtimes(matrix))("on $name,", ({ name, find, args }) => {
  // The examples of the watch end as they do because of what Node does by itself, or tells of itself; and what is for Node
  // is promised for Node.
  const own = examples.filter((example) => name.startsWith("Node") || !/^(?:processes|watch)\//u.test(example));
  let runtime: string;
  beforeAll(async () => {
    runtime = await find();
  }, 120_000);

  test.concurrent.for(own)("%s prints what the guide says", async (example, { expect }) => {
    const promised = promisedBy(join(guide, example));
    const { code, stdout, stderr } = await run(runtime, [...args, javascript(example)], { cwd: project.directory });
    // The lines are others in what TypeScript has made of it.
    const [tells, promises] = [alike(stderr), promised.stderr].map((text) => text.replaceAll(/^ +at .*\n/gmu, ""));
    expect({ code, stdout: alike(stdout), stderr: tells }).toEqual({ ...promised, stderr: promises });
  });
});

function javascript(source: string): string {
  return source.replace(/\.ts$/, ".mjs");
}
