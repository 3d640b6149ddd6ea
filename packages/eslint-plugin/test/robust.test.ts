import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lint } from "./lint.ts";

const root = join(import.meta.dirname, "../../..");
const corpus = globSync("test/corpus/*/*/*.ts", { cwd: root })
  .sort()
  .map((file) => readFileSync(join(root, file), "utf8"));

// Every nth file of this many, so that the sample is spread over the packages. All of them: ROBUST_FILES=Infinity.
const SAMPLE = Number(process.env["ROBUST_FILES"] ?? 700);

describe("never throws", () => {
  test("on the code of real packages", { timeout: 600_000 }, () => {
    const all = globSync(
      "node_modules/.pnpm/{eslint,@typescript-eslint,effect,rxjs,knex,archiver,@aws-sdk,mongoose,superagent,vitest,undici,p-,listr2,readable-stream,mongodb}*/node_modules/**/*.{js,mjs,cjs}",
      { cwd: root },
    ).sort();
    const step = Math.max(1, Math.ceil(all.length / SAMPLE));
    const files = all.filter((_, index) => index % step === 0);
    expect(files.length).toBeGreaterThan(500);
    const crashes: string[] = [];
    for (const file of files) {
      const code = readFileSync(join(root, file), "utf8");
      if (code.length > 300_000) continue;
      try {
        lint(code, { rules: { "tailrace/consume-before-produce": ["error", { strict: true }] } });
      } catch (error) {
        const { message } = error as Error;
        if (!message.startsWith("Parsing error")) crashes.push(`${file}: ${message}`);
      }
    }
    expect(crashes).toEqual([]);
  });

  test.for([
    ["a field that makes its own class", "class Node { next = new Node(); }\nawait new Promise(() => {});\nnew Node();"],
    ["a constructor that makes its own class", "class Node { constructor() { this.next = new Node(); } }\nawait new Promise(() => {});\nnew Node();"],
    ["two generators that delegate to each other", "function* a() { yield* b(); }\nfunction* b() { yield* a(); }\nawait new Promise(() => {});\nfor (const x of a()) x;"],
    ["a class that extends itself", "class A extends A {}\nawait new Promise(() => {});\nnew A().then();"],
    ["an array that holds itself", "const a = [];\na.push(a);\nawait new Promise(() => {});\nunknown(a);"],
  ] as const)("on %s", ([, code]) => {
    expect(lint(code)).toEqual([]);
  });

  test("on programs with lines left out, doubled and moved", { timeout: 600_000 }, () => {
    const edit = fc.tuple(fc.constantFrom("drop", "double", "move"), fc.nat(), fc.nat());
    fc.assert(
      fc.property(fc.constantFrom(...corpus), fc.array(edit, { minLength: 1, maxLength: 4 }), (program, edits) => {
        const code = edits.reduce(apply, program.split("\n")).join("\n");
        try {
          lint(code);
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
