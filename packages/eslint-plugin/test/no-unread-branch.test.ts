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
      `${STREAMS}const b = createGzip(); src.pipe(file); src.pipe(b); b.pipe(out); await finished(file);`,
    ],
    [
      "the other pipe flowed on before",
      `${STREAMS}const b = createGzip(); b.pipe(out); src.pipe(b); src.pipe(file); await finished(file);`,
    ],
    ["the other one is a sink", `${STREAMS}src.pipe(file); src.pipe(out); await finished(file);`],
    [
      "the other one comes later",
      `${STREAMS}const b = new PassThrough(); src.pipe(file); await finished(file); src.pipe(b); await text(b);`,
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

describe("of a response, tells apart", () => {
  test.for<[string, string, number[]]>([
    ["a copy of which nobody has the original", "\nawait (await fetch(url)).clone().text();", [2]],
    [
      "an original that only the step of a chain has",
      "fetch(url).then(async (r) => {\nlog(await r.clone().text()); });",
      [2],
    ],
    ["an original that a handler is given", "use(async (r: Response) => { log(await r.clone().text()); });", []],
    [
      "an original that somebody hands to a method",
      "client.use(async (r: Response) => { log(await r.clone().text()); });",
      [],
    ],
    [
      "an original on another way",
      "export function read(r: Response) { if (x) return r.clone().text(); return r.text(); }",
      [],
    ],
    [
      "a response in a field",
      "class A { r: Response; async read() { const c = this.r.clone(); await c.text(); await this.r.text(); } }",
      [],
    ],
    [
      "a method that is only handed on",
      "const r = await fetch(url); const c = r.clone(); await parse(c.text); await r.text();",
      [],
    ],
    [
      "a method of another name",
      "const r = await fetch(url); const c = r.copy();\nawait r.text(); await c.text();",
      [],
    ],
    [
      "options without a size",
      "const r = await fetch(url, { method }); const c = r.clone();\nawait r.text(); await c.text();",
      [2],
    ],
    [
      "options with a size among others",
      "const r = await fetch(url, { method, highWaterMark: 1e6 }); const c = r.clone(); await r.text(); await c.text();",
      [],
    ],
    [
      "options from elsewhere",
      "const r = await fetch(url, options); const c = r.clone();\nawait r.text(); await c.text();",
      [2],
    ],
    [
      "a copy that is read if there is one",
      "const r = await fetch(url); const c = r.clone(); const p = c ? c.text() : undefined; await r.text(); await p;",
      [],
    ],
    [
      "a copy that is read on one way only",
      "const r = await fetch(url); const c = r.clone(); const p = x ? c.text() : undefined;\nawait r.text(); await p;",
      [2],
    ],
  ])("%s", ([, code, expected]) => {
    expect(lines(FETCH + code)).toEqual(expected);
  });
});

describe("of two pipes, tells apart", () => {
  const PIPES = `const b = createGzip(); src.pipe(file); src.pipe(b); `;
  test.for<[string, string, number[]]>([
    ["a question of what is in it", `${PIPES}log(b.readableLength);\nawait finished(file); b.pipe(out);`, [2]],
    ["a question by a name that is not known", `${PIPES}b[method](); await finished(file);`, []],
    ["a part that is not known", `${PIPES}log(b[part]); await finished(file);`, []],
    ["a listener of its data", `${PIPES}b.on("data", use); await finished(file);`, []],
    ["a listener that reads", `${PIPES}b.on("readable", use); await finished(file);`, []],
    ["a listener of what is not known", `${PIPES}b.on(event, use); await finished(file);`, []],
    ["a listener of errors", `${PIPES}b.on("error", use);\nawait finished(file); b.pipe(out);`, [2]],
    ["a listener of its end", `${PIPES}b.on("end", use);\nawait finished(file); b.pipe(out);`, [2]],
    ["an event that is not the end", `${PIPES}await once(file, "open"); b.pipe(out);`, []],
    [
      "a wait that ends by itself",
      `${PIPES}await once(file, "finish", { signal: AbortSignal.timeout(5) }); b.pipe(out);`,
      [],
    ],
    [
      "a promise of the end",
      `${PIPES}\nawait new Promise((resolve) => { file.on("finish", resolve); }); b.pipe(out);`,
      [2],
    ],
    [
      "a promise of the end, for a time",
      `${PIPES}await new Promise((resolve) => { file.on("finish", resolve); setTimeout(resolve, 5); }); b.pipe(out);`,
      [],
    ],
    [
      "a promise of something else",
      `${PIPES}await new Promise((resolve) => { file.on("finish", use); resolve(); }); b.pipe(out);`,
      [],
    ],
    ["a method that does not wait for the end", `${PIPES}await file.sync(); b.pipe(out);`, []],
    [
      "a function that does not wait for the end",
      "const a = new PassThrough(), b = createGzip(); src.pipe(a); src.pipe(b); await use(a); b.pipe(out);",
      [],
    ],
    ["a pipeline that reads it", `${PIPES}const done = pipeline(b, out); await finished(file); await done;`, []],
    ["a pipeline that writes to it", `${PIPES}void pipeline(other, b);\nawait finished(file); b.pipe(out);`, [2]],
    [
      "a pipeline of the other one",
      "const a = new PassThrough(), b = createGzip(); src.pipe(a); src.pipe(b);\nawait pipeline(a, file); b.pipe(out);",
      [2],
    ],
    [
      "a pipeline through it",
      "const b = createGzip(); const done = pipeline(src, b, out); src.pipe(file); await finished(file); await done;",
      [],
    ],
    [
      "a pipeline that ends in it",
      "const b = createGzip(); void pipeline(src, b); src.pipe(file);\nawait finished(file); b.pipe(out);",
      [2],
    ],
    [
      "what is sent in another way",
      "const b = createGzip(); void send(src, b); src.pipe(file); await finished(file);",
      [],
    ],
    ["what is linked in another way", "const b = createGzip(); src.link(b); src.pipe(file); await finished(file);", []],
    [
      "what is linked further down in another way",
      "const a = new PassThrough(), b = createGzip(); a.link(file); src.pipe(a); src.pipe(b); await finished(file); b.pipe(out);",
      [],
    ],
    [
      "what comes further and further down",
      "const b = createGzip(); src.pipe(new PassThrough()).pipe(new PassThrough()).pipe(file); src.pipe(b);\nawait finished(file); b.pipe(out);",
      [2],
    ],
    [
      "two that are unread",
      "const b = createGzip(), c = createGzip(); src.pipe(file); src.pipe(b); src.pipe(c);\nawait finished(file); b.pipe(out); c.pipe(out);",
      [2],
    ],
    [
      "pipes of different functions",
      "const b = createGzip(); function one() { src.pipe(b); } async function two() { src.pipe(file); await finished(file); b.pipe(out); }",
      [],
    ],
    [
      "pipes of different sources",
      "const b = createGzip(); other.pipe(b); src.pipe(file); await finished(file); b.pipe(out);",
      [],
    ],
    [
      "a transform of this file",
      "class Upper extends Transform {} const b = new Upper(); src.pipe(file); src.pipe(b);\nawait finished(file); b.pipe(out);",
      [2],
    ],
    [
      "one that is read if there is one",
      "const b = createGzip(); src.pipe(file); src.pipe(b); if (b) b.pipe(out); await finished(file);",
      [],
    ],
    [
      "one that is read if there is the other one",
      "const a = new PassThrough(), b = createGzip(); src.pipe(a); src.pipe(b); if (a) b.pipe(out); await text(a);",
      [],
    ],
    ["one that is read on one way only", `${PIPES}if (x) b.pipe(out);\nawait finished(file);`, [2]],
    ["one that is returned", `const f = async () => { ${PIPES}keep(b); await finished(file); };`, []],
  ])("%s", ([, code, expected]) => {
    expect(lines(STREAMS + code)).toEqual(expected);
  });

  test("where the other one is read too late, and where it is not", () => {
    const end = "await finished(file);";
    const messages = [`${end}\nb.pipe(out);`, `if (x) b.pipe(out);\n${end}`].map((code) =>
      check(STREAMS + PIPES + code),
    );
    expect(messages.map(([report]) => report?.message.includes("is read only after that, from line 2"))).toEqual([
      true,
      false,
    ]);
  });
});

describe("of two branches, tells apart", () => {
  test.for<[string, string, number[]]>([
    [
      "a question of its state",
      "const [a, b] = stream.tee(); log(b.locked);\nawait a.cancel(); await b.cancel();",
      [2],
    ],
    ["what is no stream", "const [a, b] = list.tee(2); await a.cancel(); await b.cancel();", []],
    ["what is split in another way", "const [a, b] = stream.both(); await a.cancel(); await b.cancel();", []],
    ["all the others of them", "const [a, ...rest] = stream.tee(); await a.cancel(); use(rest);", []],
    [
      "what is piped before, which locks it",
      "const [a, b] = stream.tee(); a.pipeTo(out); await a.cancel(); await b.cancel();",
      [],
    ],
    [
      "what is piped through before, which locks it",
      "const [a, b] = stream.tee(); use(a.pipeThrough(zip)); await a.cancel(); await b.cancel();",
      [],
    ],
    ["what is given away afterwards", "const [a, b] = stream.tee();\nawait a.cancel(); use(a); await b.cancel();", [2]],
  ])("%s", ([, code, expected]) => {
    expect(lines(code)).toEqual(expected);
  });

  test.for<[string, string, number[]]>([
    [
      "a response around it",
      "const [a, b] = stream.tee();\nawait new Response(a).text(); await new Response(b).text();",
      [2],
    ],
    [
      "something else around it",
      "const [a, b] = stream.tee(); await new Counter(a).text(); await new Response(b).text();",
      [],
    ],
    [
      "something of another module around it",
      'import { Response } from "./mine.js"; const [a, b] = stream.tee(); await new Response(a).text(); await use(b);',
      [],
    ],
    [
      "a global of another name around it",
      "const [a, b] = stream.tee(); await new Request(a).text(); await use(b);",
      [],
    ],
    [
      "a response around it that is handed on",
      "const [a, b] = stream.tee(); await use(new Response(a)); await new Response(b).text();",
      [],
    ],
    ["a part of a response around it", "const [a, b] = stream.tee(); await new Response(a).body; await use(b);", []],
    [
      "branches that are read in turn, and given up in the end",
      "const [a, b] = stream.tee(); const r = b.getReader(); for await (const x of a) await r.read(); await r.cancel();",
      [],
    ],
    ["a method that is only handed on", "const [a, b] = stream.tee(); await use(a.pipeTo); await use(b);", []],
  ])("%s, strictly", ([, code, expected]) => {
    expect(strictly(code).map(({ line }) => line)).toEqual(expected);
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

test.for<[string, string, number[]]>([
  ["a transform that Node makes", 'import { createGzip } from "node:zlib"; const b = createGzip();', [8]],
  [
    "a hash, which puts out nothing before its end",
    'import { createHash } from "node:crypto"; const b = createHash("md5");',
    [],
  ],
  ["a transform from elsewhere", 'import { gzip } from "./client.ts"; const b = gzip();', []],
  ["a transform that others have", 'import { zip as b } from "./client.ts";', []],
])("with types, %s", ([, made, expected]) => {
  const files = {
    "client.ts":
      'import type { Transform } from "node:stream";\nexport declare const source: NodeJS.ReadableStream;\nexport declare const zip: Transform;\nexport declare function gzip(): Transform;\n',
  };
  const code = `import { PassThrough } from "node:stream";\nimport { text } from "node:stream/consumers";\nimport { source } from "./client.ts";\n${made}\nconst a = new PassThrough();\nsource.pipe(a);\nsource.pipe(b);\nawait text(a);\nuse(b);\ndeclare function use(b: unknown): void;\n`;
  expect(lines(code, { files })).toEqual(expected);
});
