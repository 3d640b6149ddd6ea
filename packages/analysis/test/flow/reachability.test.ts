import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";
import { compare, startComparison } from "./eslint-reachability.ts";
import type { Disagreement } from "./eslint-reachability.ts";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));

/** Real code, TypeScript and JavaScript, classic and modern, hand-written and compiled. */
const SOURCES = [
  "packages/*/{src,test}/**/*.ts",
  "test/**/*.ts",
  "node_modules/.pnpm/@aws-sdk+core@*/node_modules/@aws-sdk/core/dist-cjs/**/*.js",
  "node_modules/.pnpm/@aws-sdk+lib-storage@*/node_modules/@aws-sdk/lib-storage/dist-*/**/*.js",
  "node_modules/.pnpm/@smithy+core@*/node_modules/@smithy/core/dist-cjs/**/*.js",
  "node_modules/.pnpm/@typescript-eslint+*/node_modules/@typescript-eslint/*/dist/{,rules,util}/*.js",
  "node_modules/.pnpm/archiver@*/node_modules/archiver/lib/**/*.js",
  "node_modules/.pnpm/effect@*/node_modules/effect/src/{Ch,Q}*.ts",
  "node_modules/.pnpm/eslint@*/node_modules/eslint/lib/{cli-engine,config,languages,linter,services,shared}/**/*.js",
  "node_modules/.pnpm/knex@*/node_modules/knex/lib/**/*.js",
  "node_modules/.pnpm/rxjs@*/node_modules/rxjs/src/**/*.ts",
  "node_modules/.pnpm/vitest@*/node_modules/vitest/dist/chunks/[a-i]*.js",
];

function filesOf(pattern: string): string[] {
  return globSync(pattern, { cwd: ROOT })
    .filter((file) => !/\.d\.[cm]?ts$/.test(file) && !/^(packages|test)\/.*node_modules/.test(file))
    .sort();
}

/**
 * Where the two differ by design. ESLint lets a `try` block throw at its first throwing expression and once more at
 * its end; here each expression that can throw does so, and nothing throws at the end.
 */
function explain({ question, from, eslintSaysYes }: Disagreement): string | undefined {
  if (question !== "follow" || !isGuarded(from)) return undefined;
  return eslintSaysYes ? "nothing throws at the end of a try block" : "a try block may throw after its first throw";
}

function isGuarded(node: TSESTree.Node | undefined): boolean {
  for (let place = node; place?.parent; place = place.parent) {
    if (place.parent.type === T.TryStatement && place !== place.parent.finalizer) return true;
  }
  return false;
}

describe("reachability", () => {
  it("is the same as in ESLint's code path analysis for thousands of real functions", { timeout: 120_000 }, () => {
    const comparison = startComparison();
    for (const pattern of SOURCES) {
      const before = comparison.codePaths;
      for (const file of filesOf(pattern)) compare(readFileSync(ROOT + file, "utf8"), file, comparison);
      expect(comparison.codePaths, `${pattern} has no functions`).toBeGreaterThan(before);
    }
    const unexplained = comparison.disagreements.filter((disagreement) => explain(disagreement) === undefined);
    expect(unexplained.map(({ file, line, question }) => `${file}:${String(line)} ${question}`)).toEqual([]);
    // The explanation covers what it is meant for, and no more.
    expect(comparison.disagreements.length).toBeLessThan(comparison.pairs / 500);
    expect(comparison.codePaths).toBeGreaterThan(5_000);
    expect(comparison.statements).toBeGreaterThan(20_000);
    expect(comparison.unreachable).toBeGreaterThan(20);
  });

  it.each([
    [
      "each throwing expression of a try block may lead to its handler",
      "() => { try { a(); return b(); } catch { c; } };",
      ["return b(); then { c; }: no", "return b(); then c;: no"],
    ],
    ["the end of a try block does not", "try { a(); b; } catch { c; }", ["b; then { c; }: yes", "b; then c;: yes"]],
    [
      "the body of `while (false)` never runs",
      "while (false) a;",
      ["a;: yes", "while (false) a; then a;: yes", "a; then a;: yes"],
    ],
    ["`do … while (false)` does not return to its beginning", "do a; while (false);", ["a; then a;: yes"]],
  ])("differs from ESLint by design: %s", (_difference, text, eslintSays) => {
    const comparison = startComparison();
    expect(compare(text, "input.js", comparison)).toBe(true);
    const source = (node: TSESTree.Node): string => text.slice(...node.range);
    expect(
      comparison.disagreements.map(
        ({ from, to, eslintSaysYes }) =>
          `${from ? `${source(from)} then ` : ""}${source(to)}: ${eslintSaysYes ? "yes" : "no"}`,
      ),
    ).toEqual(eslintSays);
  });
});
