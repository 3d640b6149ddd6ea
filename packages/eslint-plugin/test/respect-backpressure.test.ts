import { describe, expect, test } from "vitest";
import { lint } from "./lint.ts";
import type { LintOptions } from "./lint.ts";

const rules = { "tailrace/respect-backpressure": "error" } as const;
const strictRules = { "tailrace/respect-backpressure": ["error", { strict: true }] } satisfies LintOptions["rules"];
const linesOf = (code: string, options: LintOptions = {}): number[] =>
  lint(code, { rules, ...options }).map(({ line }) => line);

const FS = `import { createWriteStream, createReadStream } from "node:fs";\nconst out = createWriteStream("x");\n`;

describe("a write whose result nobody looks at is reported", () => {
  test.for<[string, string]>([
    ["in `for await`", `for await (const row of rows) out.write(row);`],
    ["as one operand of many", `for await (const row of rows) row && (n++, out.write(row));`],
    ["awaited, though it is a boolean", `for await (const row of rows) await out.write(row);`],
    ["kept in a variable that nobody reads", `for await (const row of rows) { const ok = out.write(row); }`],
    ["in a loop without end", `for (;;) out.write(make());`],
    ["in a counting loop", `for (let i = 0; i < count; i++) out.write(make(i));`],
    ["with an encoding", `for await (const row of rows) out.write(row, "utf8");`],
    ["in a listener", `createReadStream("y").on("data", (chunk) => { out.write(chunk.toString()); });`],
    ["in a listener by name", `createReadStream("y").on("data", copy); function copy(chunk) { out.write(chunk); }`],
    [
      "in a listener of what a stream is piped into",
      `createReadStream("y").pipe(parse()).on("data", (row) => out.write(format(row)));`,
    ],
    [
      "in a function that a loop calls",
      `for await (const row of rows) save(row); function save(row) { out.write(row); }`,
    ],
    [
      "in a method that a loop calls",
      `class A { s(c) { out.write(c); } async f(all) { for await (const c of all) this.s(c); } }`,
    ],
    [
      "of a parameter that is given the stream",
      `import type { Writable } from "stream"; for await (const r of rows) put(out, r); function put(to: Writable, r) { to.write(r); }`,
    ],
    ["by another name", `const alias = out; for await (const row of rows) alias.write(row);`],
    [
      "in a loop over a list inside one over pages",
      `for await (const page of pages) for (const row of page) out.write(row);`,
    ],
    ["in an async function called at once", `(async () => { for await (const row of rows) out.write(row); })();`],
  ])("%s", ([, code]) => {
    expect(linesOf(FS + code)).toEqual([3]);
  });

  test("once for all writes to the same stream in a loop", () => {
    expect(linesOf(`${FS}for await (const row of rows) {\n  out.write(row);\n  out.write(row.end);\n}`)).toEqual([4]);
  });

  test("in plain JavaScript and CommonJS", () => {
    const code = `const http = require("http");\nhttp.createServer(async (q, res) => { for await (const x of y) res.write(x); });`;
    expect(linesOf(code, { language: "commonjs" })).toEqual([2]);
    expect(linesOf(FS + `for await (const row of rows) out.write(row);`, { language: "espree" })).toEqual([3]);
  });

  test("by the type of the stream", () => {
    const files = {
      "open.ts": `import type { Writable } from "node:stream";\nexport declare function open(): Writable;\n`,
    };
    const code = `import { open } from "./open.ts";\nconst out = open();\ndeclare const rows: AsyncIterable<string>;\nfor await (const row of rows) out.write(row);`;
    expect(linesOf(code, { files })).toEqual([4]);
  });

  test("in the strict form, for lists and endless pushes too", () => {
    const list = FS + `rows.forEach((row) => out.write(row));`;
    expect(linesOf(list)).toEqual([]);
    expect(linesOf(list, { rules: strictRules })).toEqual([3]);
    const push = `import { Readable } from "stream";\nnew Readable({ read() { for (;;) { this.push(make()); } } });`;
    expect(linesOf(push)).toEqual([]);
    expect(linesOf(push, { rules: strictRules })).toEqual([2]);
  });
});

describe("silent where the writable is attended to, or little comes", () => {
  test.for<[string, string]>([
    [
      "the writable calls back before its write returns",
      `import { Writable } from "stream"; const sink = new Writable({ write: (c, e, done) => done() }); for await (const row of rows) sink.write(row);`,
    ],
    ["the result is tested", `for await (const row of rows) { if (!out.write(row)) await drained(); }`],
    ["a callback tells", `for await (const row of rows) await new Promise((done) => out.write(row, done));`],
    ["the state is tested", `for await (const r of rows) { out.write(r); if (out.writableNeedDrain) await room(); }`],
    [
      "a listener waits for drain",
      `out.on("drain", go); for await (const row of rows) { out.write(row); await gate; }`,
    ],
    ["the stream is handed on", `for await (const row of rows) { out.write(row); await flush(out); }`],
    [
      "a gate was made over it",
      `const gate = new Gate(out); for await (const r of rows) { await gate.open(); out.write(r); }`,
    ],
    ["the source is paused", `const s = createReadStream("y"); s.on("data", (c) => { out.write(c); s.pause(); });`],
    ["few turns", `for (let i = 0; i < 10; i++) out.write(make(i));`],
    ["a literal list", `for (const part of ["a", "b"]) out.write(part);`],
    ["headers", `for (const [k, v] of Object.entries(headers)) out.write(k + v);`],
    ["it is written once", `for await (const row of rows) { out.write(row); break; }`],
    [
      "another stream each time",
      `for await (const p of paths) { const f = createWriteStream(p); f.write(await load(p)); }`,
    ],
    [
      "time sets the pace",
      `import { setTimeout } from "timers/promises"; while (on) { await setTimeout(9); out.write(beat()); }`,
    ],
    ["standard output", `for await (const row of rows) process.stdout.write(row);`],
    ["an unknown stream", `for await (const row of rows) stream.write(row);`],
    ["the caller decides", `export function put(row) { return out.write(row); }`],
  ])("%s", ([, code]) => {
    expect(linesOf(FS + code, { rules: strictRules })).toEqual([]);
  });
});

test("the message names the write, what brings the chunks, and the change", () => {
  const [report] = lint(`${FS}for await (const row of rows) out.write(row);`, { rules });
  expect(report?.message).toBe(
    'The result of `out.write(row)` is ignored in the loop on line 3, which takes the next item from its source without waiting for `out`: `out.write()` returns `false` when the buffer is full, and what is written anyway piles up in memory, without bound where the reader is slower. Use `pipeline(source, out)`, or, when a write returns `false`, wait for "drain" or "close", and stop writing after "close".',
  );
});

test("the message of an awaited write says that there is no promise", () => {
  const [report] = lint(`${FS}for await (const row of rows) await out.write(row);`, { rules });
  expect(report?.message).toMatch(
    /^`await out\.write\(row\)` waits for nothing \(`write\(\)` returns a boolean, no promise\)/u,
  );
});

test.for<[string, string]>([
  ["_read()", "class Noise extends Readable { _read() { while (true) this.push(make()); } }"],
  ["read()", "new Readable({ read() { while (true) this.push(make()); } });"],
])("the message names the method %s", ([method, code]) => {
  const [report] = lint(`import { Readable } from "stream";\n${code}`, { rules: strictRules });
  expect(report?.message).toContain(`Return from \`${method}\` when`);
});
