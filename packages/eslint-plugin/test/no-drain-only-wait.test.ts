import { describe, expect, test } from "vitest";
import { lint } from "./lint.ts";
import type { LintOptions } from "./lint.ts";

const rules = { "tailrace/no-drain-only-wait": "error" } as const;
const strictRules = { "tailrace/no-drain-only-wait": ["error", { strict: true }] } satisfies LintOptions["rules"];
const linesOf = (code: string, options: LintOptions = {}): number[] =>
  lint(code, { rules, ...options }).map(({ line }) => line);

const HEAD = `import { once } from "node:events"; import * as events from "events";\nimport type { Socket } from "node:net"; import type { ServerResponse } from "node:http"; import { spawn } from "node:child_process"; import type { Writable } from "node:stream";\n`;
const inHandler = (code: string): string =>
  `${HEAD}export async function handle(res: ServerResponse, x, req) { ${code} }`;

describe("a wait for drain alone is reported", () => {
  test.for<[string, string]>([
    ["events.once", inHandler(`if (!res.write(x)) await once(res, "drain");`)],
    ["by a namespace", inHandler(`if (!res.write(x)) await events.once(res, "drain");`)],
    ["a promise", inHandler(`if (!res.write(x)) await new Promise((r) => res.once("drain", r));`)],
    [
      "a promise with an error path",
      inHandler(`await new Promise((r, e) => { res.once("drain", r); res.once("error", e); });`),
    ],
    [
      "a promise that may be settled at once",
      inHandler(`await new Promise((r) => { if (res.write(x)) r(); else res.once("drain", () => r()); });`),
    ],
    ["with its state asked", inHandler(`if (!res.destroyed && !res.write(x)) await once(res, "drain");`)],
    [
      "with a listener that sets a flag",
      inHandler(`res.on("close", () => { gone = true; }); await once(res, "drain");`),
    ],
    ["in a chain", inHandler(`await once(res, "drain").then(go);`)],
    ["returned by a helper", `${HEAD}const room = (s: Socket) => new Promise<void>((r) => s.once("drain", r));`],
    ["a field", `${HEAD}class A { constructor(private s: Socket) {} async f() { await once(this.s, "drain"); } }`],
    ["the input of a child", `${HEAD}const { stdin } = spawn("x"); if (!stdin.write(y)) await once(stdin, "drain");`],
  ])("%s", ([, code]) => {
    expect(linesOf(code)).toEqual([3]);
  });

  test("in CommonJS and plain JavaScript", () => {
    const code = `const { once } = require("events"), http = require("http");\nhttp.createServer(async (q, s) => { await once(s, "drain"); });`;
    expect(linesOf(code, { language: "commonjs" })).toEqual([2]);
    expect(linesOf(code.replace("http.c", "require('http').c"), { language: "espree" })).toEqual([2]);
  });

  test("in the strict form, of any stream given from outside", () => {
    const code = `${HEAD}export async function fill(out: Writable) { await new Promise<void>((r) => out.once("drain", r)); }`;
    expect(linesOf(code)).toEqual([]);
    expect(linesOf(code, { rules: strictRules })).toEqual([3]);
  });
});

describe("silent where something else ends the wait", () => {
  test.for<[string, string]>([
    ["a race", inHandler(`await Promise.race([once(res, "drain"), gone]);`)],
    ["a race of variables", inHandler(`const d = once(res, "drain"); await Promise.race([d, gone]);`)],
    ["a signal", inHandler(`await once(res, "drain", { signal });`)],
    [
      "close in the same promise",
      inHandler(`await new Promise((r) => { res.once("drain", r); res.once("close", r); });`),
    ],
    [
      "a timer in the same promise",
      inHandler(`await new Promise((r) => { res.once("drain", r); setTimeout(r, 9); });`),
    ],
    ["a close listener that acts", inHandler(`res.on("close", () => fail(x)); await once(res, "drain");`)],
    ["the request's end", inHandler(`req.on("aborted", () => abort()); await once(res, "drain");`)],
    ["finished", inHandler(`finished(res, (error) => stop(error)); await once(res, "drain");`)],
    ["a function that we do not see", inHandler(`await within(once(res, "drain"), 9);`)],
    ["no peer", `${HEAD}export async function f(out: Writable) { await once(out, "drain"); }`],
    ["no stream", `${HEAD}await once(pool, "drain");`],
    ["nobody waits", inHandler(`once(res, "drain");`)],
  ])("%s", ([, code]) => {
    expect(linesOf(code, { rules: strictRules })).toEqual([]);
  });
});

test("the message names close, and the change", () => {
  const [report] = lint(inHandler(`if (!res.write(x)) await once(res, "drain");`), { rules });
  expect(report?.message).toBe(
    '`once(res, "drain")` waits for "drain" alone. When the other side goes away while the buffer is full, `res` emits "close" and never "drain", so that this wait never ends. Use `pipeline`, which fails then, or end the wait on "close" as well, and stop writing then (leave the loop, or reject): no event follows "close".',
  );
});

test("the message of a helper's call says where its promise is made", () => {
  const helper = 'function drained(s) {\n  return new Promise((r) => s.once("drain", r));\n}';
  const [report] = lint(`${helper}\n${inHandler("if (!res.write(x)) await drained(res);")}`, { rules });
  expect(report?.message).toMatch(/^`drained\(res\)` \(its promise is made on line 2\) waits for "drain" alone\./u);
});
