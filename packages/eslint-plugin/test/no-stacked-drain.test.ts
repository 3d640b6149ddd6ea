import { describe, expect, test } from "vitest";
import { lint } from "./lint.ts";
import type { LintOptions } from "./lint.ts";

const rules = { "tailrace/no-stacked-drain": "error" } as const;
const linesOf = (code: string, options: LintOptions = {}): number[] =>
  lint(code, { rules, ...options }).map(({ line }) => line);

const FS = `import { once } from "node:events";\nimport { createReadStream, createWriteStream } from "node:fs"; const out = createWriteStream("x"), src = createReadStream("y");\n`;

describe("a listener for each write is reported", () => {
  test.for<[string, string]>([
    ["in a loop", `for (const c of all) { if (!out.write(c)) out.once("drain", f); }`],
    ["in a loop, by `on`", `while (next()) { out.write(x()); out.on("drain", f); }`],
    [
      "in a loop that awaits only its source",
      `for await (const c of all) { const ok = out.write(c); if (!ok) out.once("drain", f); }`,
    ],
    [
      "in a loop that fetches the next chunk",
      `for (;;) { const c = await next(); if (!out.write(c)) out.once("drain", () => go()); }`,
    ],
    ["for each item", `all.forEach((c) => { if (!out.write(c)) out.once("drain", f); });`],
    [
      "for each chunk that is heard",
      `src.on("data", (c) => { if (!out.write(c)) out.once("drain", () => src.resume()); });`,
    ],
    ["for each chunk, by name", `src.on("data", copy); function copy(c) { if (!out.write(c)) out.once("drain", f); }`],
  ])("%s", ([, code]) => {
    expect(linesOf(FS + code)).toEqual([3]);
  });

  test("in CommonJS, on a response", () => {
    const code = `const http = require("http");\nhttp.createServer((req, res) => { req.on("data", (c) => { if (!res.write(c)) res.once("drain", f); }); });`;
    expect(linesOf(code, { language: "commonjs" })).toEqual([2]);
  });
});

describe("a wait for a drain that no write announced is reported", () => {
  test.for<[string, string]>([
    ["after a write", `out.write(a); await once(out, "drain");`],
    ["by a promise of one's own", `out.write(a); await new Promise((done) => out.once("drain", done));`],
    ["made first", `const d = once(out, "drain"); out.write(a); await d;`],
    [
      "with a result that decides something else",
      `const ok = out.write(a); log(1); await once(out, "drain"); use = ok;`,
    ],
    ["as a chain", `out.write(a); once(out, "drain").then(go);`],
    ["in a loop, before the write", `for (const c of all) { await once(out, "drain"); out.write(c); }`],
    ["after a helper's write", `put(a); await once(out, "drain"); function put(c) { out.write(c); }`],
  ])("%s", ([, code]) => {
    expect(linesOf(FS + code)).toEqual([3]);
  });
});

describe("silent where the wait is announced, or the next listener comes only after it", () => {
  test.for<[string, string]>([
    ["a refused write", `if (!out.write(a)) await once(out, "drain");`],
    ["compared", `if (out.write(a) === false) await once(out, "drain");`],
    ["kept", `const ok = out.write(a); if (!ok) { log(); await once(out, "drain"); }`],
    ["assigned later", `let ok; ok = out.write(a); if (!ok) await once(out, "drain");`],
    ["early return", `async function f() { if (out.write(a)) return; await once(out, "drain"); }`],
    ["or", `out.write(a) || await once(out, "drain");`],
    ["conditional", `await (out.write(a) ? null : once(out, "drain"));`],
    ["state", `out.write(a); while (out.writableNeedDrain) await once(out, "drain");`],
    ["until full", `while (out.write(a)); await once(out, "drain");`],
    [
      "paused",
      `src.on("data", (c) => { if (!out.write(c)) { src.pause(); out.once("drain", () => src.resume()); } });`,
    ],
    ["returned", `for (const c of all) { if (!out.write(c)) { out.once("drain", f); break; } }`],
    [
      "flag",
      `for (const c of all) { if (!out.write(c) && !w) { w = true; out.once("drain", () => { w = false; }); } }`,
    ],
    [
      "awaited",
      `for (const c of all) { if (!out.write(c)) { const p = defer(); out.once("drain", p.resolve); await p; } }`,
    ],
    [
      "counted",
      `for (const c of all) { if (!out.write(c) && out.listenerCount("drain") === 0) out.once("drain", f); }`,
    ],
    ["raced", `out.write(a); await Promise.race([once(out, "drain"), late]);`],
    ["with a signal", `out.write(a); await once(out, "drain", { signal });`],
    ["no stream", `pool.write(a); await once(pool, "drain");`],
    ["no write here", `export async function room() { await once(out, "drain"); }`],
  ])("%s", ([, code]) => {
    expect(linesOf(FS + code)).toEqual([]);
  });
});

test("the messages name the wait, what it waits for, and the change", () => {
  const [wait] = lint(`${FS}out.write(a); await once(out, "drain");`, { rules });
  expect(wait?.message).toBe(
    '`await once(out, "drain")` waits for a "drain" of `out`, which follows only a write that returned `false`, but the result of `out.write(a)` (line 3) is not asked: a small chunk is taken at once, and the wait never ends. Wait only if the write returned `false`.',
  );
  const [loop] = lint(`${FS}for (const c of all) { if (!out.write(c)) out.once("drain", f); }`, { rules });
  expect(loop?.message).toContain("adds a listener in each turn of the loop on line 3, which goes on without waiting");
});

test.for<[string, string, string]>([
  ["a stream", `source.on("data", (c) => { if (!out.write(c)) out.once("drain", f); });`, "Pause the source"],
  ["a list", `rows.forEach((r) => { if (!out.write(r)) out.once("drain", f); });`, "Use a `for` loop instead"],
  [
    "a method that calls back",
    `new Transform({ transform(c, encoding, done) { if (!out.write(c)) out.once("drain", f); done(); } });`,
    "call `done` in that listener",
  ],
  [
    "a method that nobody waits for",
    `const log = { write(c) { if (!out.write(c)) out.once("drain", f); } };`,
    "remember by a flag that it is there",
  ],
])("the change that the message names suits %s", ([, code, change]) => {
  const streams = 'import { Readable, Transform } from "stream"; const source = Readable.from(rows);';
  const [report] = lint(`${FS}${streams}${code}`, { rules });
  expect(report?.message).toContain(change);
});
