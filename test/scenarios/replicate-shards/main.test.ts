import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "main-"));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function start(...args: string[]): Promise<Run> {
  const main = join(import.meta.dirname, "main.ts");
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ["--conditions=tailrace-source", main, ...args],
      { timeout: 60_000, cwd: directory },
      (_, out, err) => {
        resolve({ code: child.exitCode ?? -1, out: stripVTControlCharacters(out), err });
      },
    );
  });
}

/** Writes files whose names may have directories. */
async function write(contents: Record<string, string>): Promise<void> {
  for (const [name, content] of Object.entries(contents)) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), content);
  }
}

test(
  "the story holds and is told in order, without control characters where there is no terminal",
  { timeout: 60_000 },
  async () => {
    const { code, out } = await start();
    expect(out.split("\n").filter((line) => /^[✔✖]/.test(line))).toEqual([
      expect.stringMatching(/^✔ 1 {2}A small input .* passes in all three forms$/),
      expect.stringMatching(/^✔ 2 {2}The whole input .* hangs in naive.ts: stopped after 3 s without progress$/),
      expect.stringMatching(/^✔ 3 {2}ESLint .* finds the guilty line in naive.ts/),
      expect.stringMatching(/^✔ 4 {2}The rule's suggestion, applied to a copy of naive.ts, makes it pass$/),
      expect.stringMatching(/^✔ 5 {2}The whole input .* arrives everywhere$/),
    ]);
    expect(code).toBe(0);
    expect((await readdir(import.meta.dirname)).filter((name) => name.startsWith(".repaired-"))).toEqual([]);
  },
);

describe("bad input to the story ends it with code 2:", () => {
  test("an empty directory", async () => {
    expect(await start(directory)).toMatchObject({ code: 2, err: `${directory} holds nothing to replicate\n` });
  });

  test("a path where nothing is", async () => {
    const { code, err } = await start(join(directory, "gone"));
    expect(code).toBe(2);
    expect(err).toContain(`There is no file or directory ${join(directory, "gone")}`);
    expect(err).toContain("npm start -- lint PATH");
  });

  test.for(["lint", "lint . .", ". .", "--fast"])("the arguments %s", async (args) => {
    const { code, err } = await start(...args.split(" "));
    expect(code).toBe(2);
    expect(err).toContain("npm start -- lint PATH");
  });
});

const starved = `export async function copy(source) {
  const { readable, writable } = new TransformStream();
  const writer = writable.getWriter();
  for await (const chunk of source) await writer.write(chunk);
  await writer.close();
  return new Response(readable).text();
}
`;
const tsconfig = JSON.stringify({ compilerOptions: { module: "nodenext", strict: true }, include: ["src"] });

describe("lint PATH", () => {
  test("finds starvation in a project without any configuration", async () => {
    await write({ "src/copy.js": starved, "src/fine.ts": "export const one: number = 1;\n" });
    const { code, out } = await start("lint", ".");
    expect(out).toContain("src/copy.js:4  ");
    expect(out).toContain("> 4 |   for await (const chunk of source) await writer.write(chunk);");
    expect(out).toContain("✖ 1 finding in 1 of 2 files (0 with types, 2 without).");
    expect(code).toBe(1);
  });

  test("reads files with types where a tsconfig has them, and the others without", async () => {
    const typed = starved.replace("(source)", "(source: AsyncIterable<Uint8Array>)");
    await write({ "tsconfig.json": tsconfig, "src/copy.ts": typed, "build.js": starved });
    const { code, out } = await start("lint", directory);
    expect(out).toContain("src/copy.ts:4  ");
    expect(out).toContain("build.js:4  ");
    expect(out).toContain("✖ 2 findings in 2 of 2 files (1 with types, 1 without).");
    expect(code).toBe(1);
  });

  test("passes over node_modules, dist and the project's own configuration", async () => {
    await write({
      "node_modules/dependency/index.js": starved,
      "packages/one/dist/index.js": starved,
      "eslint.config.js": "throw new Error('not read');\n",
    });
    expect(await start("lint", ".")).toMatchObject({
      code: 0,
      out: "✔ Nothing found in 1 file (0 with types, 1 without).\n",
    });
  });

  test("takes one file", async () => {
    await write({ "copy.js": starved, "other.js": starved });
    const { code, out } = await start("lint", "copy.js");
    expect(out).toContain("✖ 1 finding in 1 of 1 file ");
    expect(code).toBe(1);
  });

  test("names a file that it cannot parse and goes on", async () => {
    await write({ "broken.js": "const = ;\n", "fine.js": "const one = 1;\n" });
    const { code, out } = await start("lint", ".");
    expect(out).toMatch(/^broken\.js:1 {2}not read: /m);
    expect(out).toContain("✔ Nothing found in 1 file ");
    expect(code).toBe(0);
  });

  test("ends with code 2 where nothing is", async () => {
    expect(await start("lint", "gone")).toMatchObject({
      code: 2,
      err: `Cannot lint ${join(directory, "gone")}: there is no such file or directory.\n`,
    });
  });

  test("ends with code 2 where there is no source", async () => {
    await write({ "README.md": "# Nothing\n" });
    const { code, err } = await start("lint", ".");
    expect(err).toContain("there is no TypeScript or JavaScript that can be read");
    expect(code).toBe(2);
  });
});
