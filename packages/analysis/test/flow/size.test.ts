import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "@typescript-eslint/parser";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";
import { codePathOf } from "../../src/flow/code-path.ts";
import type { CodePath, CodePathOwner } from "../../src/flow/code-path.ts";
import { childrenOf, pathOfBody, pathOfFile } from "./runs.ts";

const size = ({ steps }: CodePath): number => steps.reduce((sum, { next }) => sum + 1 + next.length, 0);

const nest = (depth: number, open: string, inner: string, close: string): string =>
  open.repeat(depth) + inner + close.repeat(depth);

describe("the size of a code path", () => {
  it.each<[string, (count: number) => string]>([
    ["statements", (count) => "a();".repeat(count)],
    ["conditions", (count) => "if (a()) b(); else if (c) d();".repeat(count)],
    ["else-if branches", (count) => nest(count, "if (a()) b(); else ", "c();", "")],
    ["nested blocks", (count) => nest(count, "if (a) { b();", "c();", "}")],
    ["nested loops", (count) => nest(count, "while (a()) {", "b();", "}")],
    ["alternatives in a condition", (count) => `if (${nest(count, "a() || ", "b()", "")}) c(); else d();`],
    ["choices among names", (count) => nest(count, "x ? y : ", "z", "")],
    ["cases", (count) => `switch (x) { ${"case a: b(); break;".repeat(count)} }`],
    ["cases that share a body", (count) => `switch (x) { ${"case a.b:".repeat(count)} c(); }`],
    ["links of an optional chain", (count) => `x${"?.a(b)".repeat(count)};`],
    ["defaults", (count) => `const { ${"x = a(), ".repeat(count)} } = y;`],
    ["guarded statements", (count) => "try { a(); } catch { b(); }".repeat(count)],
    ["finally blocks one after the other", (count) => "try { a(); } finally { b(); }".repeat(count)],
    ["exits through one finally block", (count) => `try { ${"if (a()) return;".repeat(count)} } finally { b(); }`],
    ["disposals", (count) => "using x = a();".repeat(count)],
  ])("grows by the same amount for each of more %s", (_what, text) => {
    const [some, more, most] = [size(pathOfBody(text(20))), size(pathOfBody(text(40))), size(pathOfBody(text(60)))];
    expect(most - more).toBe(more - some);
  });

  it("is at most two steps for each node of real code without `finally`", () => {
    const root = fileURLToPath(new URL("../../", import.meta.url));
    let owners = 0;
    for (const file of globSync("{src,test}/**/*.ts", { cwd: root })) {
      const visit = (node: TSESTree.Node): number => {
        const nodes = 1 + childrenOf(node).reduce((sum, child) => sum + visit(child), 0);
        if (!isOwner(node)) return nodes;
        owners += 1;
        const { steps } = codePathOf(node);
        if (!steps.some((step) => step.node.type === T.TryStatement)) expect(steps.length).toBeLessThan(4 + 2 * nodes);
        return 1;
      };
      visit(parse(readFileSync(root + file, "utf8"), { range: true, sourceType: "module" }));
    }
    expect(owners).toBeGreaterThan(300);
  });
});

describe("deep nesting", () => {
  it.each<[string, (depth: number) => string]>([
    ["sums", (depth) => `x = ${"a + ".repeat(depth)} b;`],
    ["conditions", (depth) => `if (${"a && ".repeat(depth)} b) c();`],
    ["else-if branches", (depth) => nest(depth, "if (a()) b(); else ", "c();", "")],
    ["blocks", (depth) => nest(depth, "{", "a();", "}")],
    ["calls", (depth) => nest(depth, "a(", "b", ")")],
    ["chains", (depth) => `a${"?.b()".repeat(depth)};`],
    ["finally blocks", (depth) => nest(depth, "try { a(); } finally {", "b();", "}")],
  ])("is no obstacle: %s", (_what, text) => {
    expect(pathOfFile(text(150)).exit.previous).not.toEqual([]);
  });
});

function isOwner(node: TSESTree.Node): node is CodePathOwner {
  return [T.Program, T.FunctionDeclaration, T.FunctionExpression, T.ArrowFunctionExpression].includes(node.type);
}
