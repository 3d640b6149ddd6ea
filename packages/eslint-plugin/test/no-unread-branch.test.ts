import { describe, expect, test } from "vitest";
import { lint } from "./lint.ts";
import type { LintOptions, Report } from "./lint.ts";

const check = (code: string, options: LintOptions = {}): Report[] =>
  lint(code, { rules: { "tailrace/no-unread-branch": "error" }, ...options });
const strictly = (code: string): Report[] =>
  check(code, { rules: { "tailrace/no-unread-branch": ["error", { strict: true }] } });
const lines = (code: string, options?: LintOptions): number[] => check(code, options).map(({ line }) => line);

const FETCH = 'import fetch from "node-fetch"; import type { Response } from "node-fetch"; ';
const STREAMS =
  'import { PassThrough, Transform } from "node:stream"; import { finished, pipeline } from "node:stream/promises"; import { text } from "node:stream/consumers"; import { once } from "node:events"; import { createGzip } from "node:zlib"; import { file, out, src } from "./streams.js"; ';

describe("reports, without being strict", () => {
  test.for<[string, string]>([
    [
      "a clone read later",
      `${FETCH}const r = await fetch(url); const c = r.clone();\nconst a = await r.text(); const b = await c.text();`,
    ],
    ["a clone never read", `${FETCH}const r = await fetch(url); const c = r.clone();\nconst a = await r.json();`],
    [
      "an original read later",
      `${FETCH}const r = await fetch(url);\nconst a = await r.clone().json(); return_(r); function return_() {}`,
    ],
    [
      "a clone as a fallback",
      `${FETCH}async function get() { const r = await fetch(url); const c = r.clone(); try {\nreturn await r.json(); } catch { return c.text(); } }`,
    ],
    [
      "a clone in then()",
      `${FETCH}fetch(url).then(async (r) => { const c = r.clone();\nawait r.text(); await c.text(); });`,
    ],
    [
      "a clone of a parameter",
      `${FETCH}export async function log(r: Response) {\nconsole.log(await r.clone().text()); return r; }`,
    ],
    [
      "a body in a loop",
      `${FETCH}const r = await fetch(url); const c = r.clone();\nfor await (const x of c.body) x; await r.text();`,
    ],
    [
      "the result that is returned",
      `${FETCH}async function get() { const r = await fetch(url); const c = r.clone(); console.log(c.status);\nreturn r.json(); }`,
    ],
    [
      "one of two pipes",
      `${STREAMS}const a = new PassThrough(); const b = new PassThrough(); src.pipe(a); src.pipe(b);\nawait text(a); await text(b);`,
    ],
    [
      "a pipe to a sink that is finished",
      `${STREAMS}const b = createGzip(); src.pipe(file); src.pipe(b);\nawait finished(file); b.pipe(out);`,
    ],
    [
      "a pipe to a sink and its event",
      `${STREAMS}const b = createGzip(); src.pipe(b); src.pipe(file);\nawait once(file, "finish"); b.pipe(out);`,
    ],
    [
      "a pipeline beside a pipe",
      `${STREAMS}const b = new PassThrough(); src.pipe(b);\nawait pipeline(src, file); await text(b);`,
    ],
    [
      "a tail further down",
      `${STREAMS}const b = new PassThrough(); src.pipe(createGzip()).pipe(file); src.pipe(b);\nawait finished(file); await text(b);`,
    ],
    [
      "the cancel of one branch",
      "async function f(stream) { const [a, b] = stream.tee();\nawait a.cancel(); await b.cancel(); }",
    ],
    [
      "the cancel of a reader",
      "async function f(stream) { const [a, b] = stream.tee(); const reader = a.getReader();\nawait reader.cancel(); return b; }",
    ],
    [
      "the cancel of a copy's body",
      "const r = await fetch(url); const c = r.clone();\nawait c.body.cancel(); await r.text();",
    ],
  ])("%s", ([, code]) => {
    expect(lines(code)).toEqual([2]);
  });

  test("in CommonJS and plain JavaScript", () => {
    const code =
      'const fetch = require("node-fetch"); async function f() { const r = await fetch(u); const c = r.clone();\nawait r.text(); await c.text(); }';
    expect(lines(code, { language: "commonjs" })).toEqual([2]);
    expect(
      lines(`import f from "node-fetch"; const r = await f(u); const c = r.clone();\nawait r.text(); await c.text();`, {
        language: "espree",
      }),
    ).toEqual([2]);
  });
});

describe("is silent, even strictly, where", () => {
  test.for<[string, string]>([
    [
      "what is cancelled was given away before, which locks it",
      "export async function send(s: ReadableStream) { const [a, b] = s.tee(); await fetch(url, { body: a }); await a.cancel(); return b; }",
    ],
    [
      "both are read at once",
      `${FETCH}const r = await fetch(url); const c = r.clone(); await Promise.all([r.text(), c.text()]);`,
    ],
    [
      "the copy is read from before",
      `${FETCH}const r = await fetch(url); const p = r.clone().text(); await r.text(); await p;`,
    ],
    ["the copy is handed on", `${FETCH}const r = await fetch(url); cache.put(url, r.clone()); await r.text();`],
    ["the copy is returned unread", `${FETCH}export const copy = (r: Response) => r.clone();`],
    [
      "the caller may read meanwhile",
      `${FETCH}export async function log(r: Response) { console.log(await r.clone().text()); }`,
    ],
    [
      "the buffer is large",
      `${FETCH}const r = await fetch(url, { highWaterMark: 1e6 }); const c = r.clone(); await r.text(); await c.text();`,
    ],
    ["it is no response", "const c = model.clone(); await model.text(); await c.text();"],
    [
      "fetch is another one",
      'import fetch from "./mine.js"; const r = await fetch(url); const c = r.clone(); await r.text(); await c.text();',
    ],
    [
      "the other pipe flows on",
      `${STREAMS}const b = createGzip(); src.pipe(a); src.pipe(b); b.pipe(out); await finished(a);`,
    ],
    [
      "the other pipe flowed on before",
      `${STREAMS}const b = createGzip(); b.pipe(out); src.pipe(b); src.pipe(a); await finished(a);`,
    ],
    ["the other one is a sink", `${STREAMS}src.pipe(a); src.pipe(b); await finished(a);`],
    [
      "the other one comes later",
      `${STREAMS}const b = new PassThrough(); src.pipe(a); await finished(a); src.pipe(b); await text(b);`,
    ],
    [
      "both branches are cancelled at once",
      "const [a, b] = stream.tee(); await Promise.all([a.cancel(), b.cancel()]);",
    ],
    [
      "the other branch is being read",
      "const [a, b] = stream.tee(); const p = new Response(b).text(); await a.cancel(); await p;",
    ],
    [
      "branches are read in turn",
      "const [a, b] = stream.tee(); const r = b.getReader(); for await (const x of a) await r.read();",
    ],
    ["branches are stored", "const pair = stream.tee(); this_.pair = pair;"],
  ])("%s", ([, code]) => {
    expect(strictly(code)).toEqual([]);
  });
});

test("strictly, what only fills the memory", () => {
  for (const code of [
    "const r = await fetch(url); const c = r.clone();\nawait r.text(); await c.text();",
    "const [a, b] = stream.tee();\nfor await (const x of a) x; for await (const x of b) x;",
    "const [a] = stream.tee();\nawait a.pipeTo(out);",
  ]) {
    expect(check(code)).toEqual([]);
    expect(strictly(code).map(({ line }) => line)).toEqual([2]);
    expect(strictly(code)[0]?.message).toContain("in memory");
  }
});

test("says what waits, for what, why that cannot come, and what to do", () => {
  const [report] = check(`${FETCH}
const response = await fetch(url);
const copy = response.clone();
await response.text();
await copy.text();`);
  expect(report?.message).toBe(
    "`await response.text()` waits for the end of one branch (`response`) of what `response.clone()` splits on line 3, but the other one (`copy`) is read only after that, from line 5: when its buffer is full (by default after 16 to 64 KiB), the source stops for both. Read both at once, within one `Promise.all`, or read once and share the result.",
  );
});

test("with types, a response that came from elsewhere", () => {
  const files = {
    "client.ts":
      'import type { Transform } from "node:stream";\nexport declare const source: NodeJS.ReadableStream;\nexport declare function gzip(): Transform;\n',
  };
  const code =
    'import { PassThrough } from "node:stream";\nimport { text } from "node:stream/consumers";\nimport { source } from "./client.ts";\nconst a = new PassThrough();\nconst b = new PassThrough();\nsource.pipe(a);\nsource.pipe(b);\nawait text(a);\nawait text(b);\n';
  expect(lines(code, { files })).toEqual([8]);
});
