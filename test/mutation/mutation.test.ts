import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Checker } from "@stryker-mutator/api/check";
import type { Mutant } from "@stryker-mutator/api/core";
import { describe, expect, test, vi } from "vitest";
import { strykerPlugins } from "./checker.ts";
import { casesOf, describe as group, expect as expectIn, test as testIn } from "./suite.ts";

describe("mutants are compiled", () => {
  const code = "export const sizeOf = (text?: string): number => (text === undefined ? 0 : text.length);\n";

  function mutant(id: string, fileName: string, original: string, replacement: string): Mutant {
    const column = code.indexOf(original);
    const location = { start: { line: 0, column }, end: { line: 0, column: column + original.length } };
    return { id, fileName, location, replacement, mutatorName: "any" };
  }

  test("side by side, and the one is an error and the other is not", async () => {
    const folder = mkdtempSync(join(tmpdir(), "mutants-"));
    try {
      const file = join(folder, "size.ts");
      writeFileSync(file, code);
      writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
      const [plugin] = strykerPlugins;
      const checker: Checker | undefined = plugin?.factory();
      const mutants = [mutant("1", file, "text === undefined", "false"), mutant("2", file, "0", "1")];
      expect(await checker?.group?.(mutants)).toEqual([["1", "2"]]);
      expect(await checker?.check(mutants)).toMatchObject({
        "1": { status: "compileError", reason: "'text' is possibly 'undefined'." },
        "2": { status: "passed" },
      });
      vi.stubEnv("SAMPLE", "2");
      expect(await checker?.check(mutants)).toMatchObject({
        "1": { status: "compileError", reason: "not in the sample" },
        "2": { status: "passed" },
      });
    } finally {
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true });
    }
  });
});

describe("the tests of a file are noted", () => {
  test("with the names of their groups, and run with what their table gives them", async () => {
    const seen: unknown[] = [];
    const cases = await casesOf("some.test.ts", () => {
      group("outer", () => {
        group.each(["a", "b"])("group %s", (name: string) => {
          testIn.for([["one", 1]])("case %s", ([, size]: [string, number]) => seen.push(name, size));
          testIn.each([{ size: 2 }])("of $size", { timeout: 1 }, ({ size }: { size: number }) => seen.push(name, size));
        });
        testIn.runIf(false)("never", () => seen.push("never"));
        testIn("fails", () => {
          expectIn([1, 2]).toEqual(expectIn.arrayContaining([3]));
        });
      });
      return Promise.resolve();
    });
    expect(cases.map(({ names }) => names.join(" > "))).toEqual([
      "outer > group a > case one",
      "outer > group a > of 2",
      "outer > group b > case one",
      "outer > group b > of 2",
      "outer > fails",
    ]);
    for (const { run } of cases.slice(0, 4)) run();
    expect(seen).toEqual(["a", 1, "a", 2, "b", 1, "b", 2]);
    expect(cases[4]?.run).toThrow("to deeply equal");
  });
});
