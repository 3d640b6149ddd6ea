import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import type { Linter } from "eslint";
import { describe, expect, test } from "vitest";
import plugin from "../src/index.ts";
import { lint } from "./lint.ts";

const root = join(import.meta.dirname, "../../..");
const rules = plugin.configs.strictTypeChecked.rules as Linter.RulesRecord;
const corpus = globSync("test/corpus/*/*/*.{ts,mjs,cjs}", { cwd: root })
  .sort()
  .map((file) => readFileSync(join(root, file), "utf8"));

const PACKAGES =
  "{eslint,@typescript-eslint,effect,rxjs,knex,archiver,@aws-sdk,mongoose,superagent,vitest,undici,p-,listr2,readable-stream,mongodb}*";

// Every nth file of this many of JavaScript and as many of TypeScript, so that the sample is spread over the packages.
// All of them: ROBUST_FILES=Infinity.
const SAMPLE = Number(process.env["ROBUST_FILES"] ?? 400);

describe("never throws", () => {
  test("on the code of real packages", { timeout: 600_000 }, () => {
    const sample = ["{js,mjs,cjs}", "{ts,mts,cts}"].flatMap((extensions) => {
      const all = globSync(`node_modules/.pnpm/${PACKAGES}/node_modules/**/*.${extensions}`, { cwd: root })
        .filter((file) => !/\.d\.[mc]?ts$/u.test(file))
        .sort();
      const step = Math.max(1, Math.ceil(all.length / SAMPLE));
      const files = all.filter((_, index) => index % step === 0);
      expect(files.length, extensions).toBeGreaterThan(Math.min(SAMPLE, 400) / 2);
      return files;
    });
    const crashes: string[] = [];
    for (const file of sample) {
      const code = readFileSync(join(root, file), "utf8");
      if (code.length > 300_000) continue;
      try {
        lint(code, { rules });
      } catch (error) {
        const { message } = error as Error;
        if (!message.startsWith("Parsing error")) crashes.push(`${file}: ${message}`);
      }
    }
    expect(crashes).toEqual([]);
  });

  test.for([
    [
      "a field that makes its own class",
      "class Node { next = new Node(); }\nawait new Promise(() => {});\nnew Node();",
    ],
    [
      "a constructor that makes its own class",
      "class Node { constructor() { this.next = new Node(); } }\nawait new Promise(() => {});\nnew Node();",
    ],
    [
      "two generators that delegate to each other",
      "function* a() { yield* b(); }\nfunction* b() { yield* a(); }\nawait new Promise(() => {});\nfor (const x of a()) x;",
    ],
    ["a class that extends itself", "class A extends A {}\nawait new Promise(() => {});\nnew A().then();"],
    ["an array that holds itself", "const a = [];\na.push(a);\nawait new Promise(() => {});\nunknown(a);"],
  ] as const)("on %s", ([, code]) => {
    expect(() => lint(code, { rules })).not.toThrow();
  });

  test("on programs with lines left out, doubled and moved", { timeout: 600_000 }, () => {
    const edit = fc.tuple(fc.constantFrom("drop", "double", "move"), fc.nat(), fc.nat());
    fc.assert(
      fc.property(fc.constantFrom(...corpus), fc.array(edit, { minLength: 1, maxLength: 4 }), (program, edits) => {
        const code = edits.reduce(apply, program.split("\n")).join("\n");
        try {
          lint(code, { rules });
        } catch (error) {
          if (!(error as Error).message.startsWith("Parsing error")) throw error;
        }
      }),
      { numRuns: Number(process.env["ROBUST_RUNS"] ?? 600) },
    );
  });
});

function apply(lines: string[], [kind, from, to]: [string, number, number]): string[] {
  const place = from % lines.length;
  const line = lines[place] ?? "";
  if (kind === "drop") return lines.toSpliced(place, 1);
  if (kind === "double") return lines.toSpliced(place, 0, line);
  return lines.toSpliced(place, 1).toSpliced(to % lines.length, 0, line);
}
