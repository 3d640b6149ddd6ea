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

describe("what adds the listener again is found", () => {
  const streams = `import { Transform, Writable } from "stream"; import readline from "readline"; `;

  test.for<[string, string]>([
    [
      "in a loop around the one that is left",
      `for await (const page of pages) for (const c of page) { if (!out.write(c)) { out.once("drain", f); break; } }`,
    ],
    [
      "in a loop whose waits are in a function",
      `for (const c of all) { run(async () => { await x; }); if (!out.write(c)) out.once("drain", f); }`,
    ],
    ["with a counter", `for (const c of all) { n += 1; if (!out.write(c)) { m++; out.once("drain", f); } }`],
    [
      "with the result in a variable",
      `let ok = true; for (const c of all) { ok = out.write(c); if (!ok) out.once("drain", f); }`,
    ],
    [
      "with the result in a field",
      `for (const c of all) { this.ok = out.write(c); if (!this.ok) out.once("drain", f); }`,
    ],
    [
      "with a flag that is set elsewhere",
      `for (const c of all) { if (!waiting && !out.write(c)) out.once("drain", f); } waiting = true;`,
    ],
    [
      "with a flag that the listener sets",
      `for (const c of all) { if (go) step(); if (!out.write(c)) out.once("drain", f); else done = true; }`,
    ],
    ["with a counter that ends the loop", `while (i < n) { i++; if (!out.write(x)) out.once("drain", f); }`],
    ["where another is paused", `src.on("data", (c) => { if (!out.write(c)) out.once("drain", () => src.pause()); });`],
    ["where it is paused outside", `src.pause(); src.on("data", (c) => { if (!out.write(c)) out.once("drain", f); });`],
    [
      "where other listeners are looked at outside",
      `out.off("drain", f); for (const c of all) { if (!out.write(c)) out.once("drain", f); }`,
    ],
    [
      "for each line",
      `readline.createInterface({ input: src }).on("line", (l) => { if (!out.write(l)) out.once("drain", f); });`,
    ],
    ["for each item, by name", `all.forEach(copy); function copy(c) { if (!out.write(c)) out.once("drain", f); }`],
    [
      "for each item, by an arrow's name",
      `const copy = (c) => { if (!out.write(c)) out.once("drain", f); }; all.forEach(copy);`,
    ],
    ["in a `write` of one's own", `const log = { write(c) { if (!out.write(c)) out.once("drain", f); } };`],
    [
      "in a `write` that may return early",
      `const log = { write(c) { if (!c) return; if (!out.write(c)) out.once("drain", f); } };`,
    ],
    [
      "in a `write` whose listener returns",
      `const log = { write(c) { if (!out.write(c)) out.once("drain", () => { return f(); }); } };`,
    ],
    [
      "in `_write`",
      `class A extends Writable { _write(c, e, done) { if (!out.write(c)) out.once("drain", f); done(); } }`,
    ],
    [
      "in `_transform`",
      `class A extends Transform { _transform(c, e, done) { if (!out.write(c)) out.once("drain", f); done(); } }`,
    ],
    [
      "in `transform`",
      `new Transform({ transform(c, e, done) { if (!out.write(c)) out.once("drain", () => use(c)); done(); } });`,
    ],
    [
      "in a `write` that returns what another stream said",
      `const log = { write(c) { other.write(c); if (!out.write(c)) out.once("drain", f); } };`,
    ],
    ["of another name in the loop", `for (const c of all) { const to = out; if (!to.write(c)) to.once("drain", f); }`],
    [
      "in a loop that waits only sometimes",
      `for (const c of all) { if (c) { const x = await gate; use(x); } if (!out.write(c)) out.once("drain", f); }`,
    ],
  ])("%s", ([, code]) => {
    expect(linesOf(FS + streams + code)).toEqual([3]);
  });

  test.for<[string, string]>([
    [
      "the stream is another in each turn",
      `for (const p of paths) { const f = createWriteStream(p); if (!f.write(x)) f.once("drain", go); }`,
    ],
    [
      "the stream is another in each call",
      `src.on("data", (c) => { const f = createWriteStream(c); if (!f.write(x)) f.once("drain", go); });`,
    ],
    ["another event is listened for", `for (const c of all) { out.write(c); out.once("finish", f); }`],
    [
      "another event is listened for by what speaks of this one",
      `for (const c of all) { out.write(c); out.once("finish", () => log("drain")); }`,
    ],
    ["it is no stream", `for (const c of all) { if (!pool.write(c)) pool.once("drain", f); }`],
    ["the listener is in a callback", `for (const c of all) later(() => { out.once("drain", f); });`],
    ["it is in no loop", `if (!out.write(a)) out.once("drain", f);`],
    ["it is in a function that is called once", `function f() { if (!out.write(a)) out.once("drain", go); }`],
    ["the turn waits afterwards", `for (const c of all) { if (!out.write(c)) out.once("drain", f); await gate; }`],
    [
      "the turn waits on the way to the next",
      `for (const c of all) { if (!out.write(c)) out.once("drain", f); const x = await gate; use(x); }`,
    ],
    ["the turn may wait", `for (const c of all) { if (!out.write(c)) out.once("drain", f); if (c) await gate; }`],
    ["the turn yields", `function* g() { for (const c of all) { if (!out.write(c)) out.once("drain", f); yield; } }`],
    ["only the first chunk is heard", `src.once("data", (c) => { if (!out.write(c)) out.once("drain", f); });`],
    ["another event is heard", `src.on("end", (c) => { if (!out.write(c)) out.once("drain", f); });`],
    ["something else is heard", `bus.on("data", (c) => { if (!out.write(c)) out.once("drain", f); });`],
    ["it is a `map`", `use(all.map((c) => { if (!out.write(c)) out.once("drain", f); }));`],
    ["it is the second argument", `visit.forEach(all, (c) => { if (!out.write(c)) out.once("drain", f); });`],
    ["a function makes the callback", `all.forEach(wrap((c) => { if (!out.write(c)) out.once("drain", f); }));`],
    ["it is another method", `const log = { end(c) { if (!out.write(c)) out.once("drain", f); } };`],
    ["the method is given nothing", `const log = { write() { if (!out.write(x)) out.once("drain", f); } };`],
    ["the method says what the write said", `const log = { write(c) { out.once("drain", f); return out.write(c); } };`],
    ["an arrow says what the write said", `const log = { write: (c) => (out.once("drain", f), out.write(c)) };`],
    [
      "the method returns something",
      `const log = { write(c) { const ok = out.write(c); if (!ok) out.once("drain", f); return ok; } };`,
    ],
    [
      "the listener calls back",
      `new Transform({ transform(c, e, done) { if (!out.write(c)) out.once("drain", done); else done(); } });`,
    ],
    [
      "a function in the listener calls back",
      `new Transform({ transform(c, e, done) { if (!out.write(c)) out.once("drain", () => done()); else done(); } });`,
    ],
    [
      "a listener with a name calls back",
      `new Transform({ transform(c, e, done) { const go = () => done(); if (!out.write(c)) out.once("drain", go); else go(); } });`,
    ],
    [
      "the listener is removed before",
      `for (const c of all) { out.off("drain", f); if (!out.write(c)) out.once("drain", f); }`,
    ],
    [
      "the listener is removed before, by its old name",
      `for (const c of all) { out.removeListener("drain", f); if (!out.write(c)) out.once("drain", f); }`,
    ],
    [
      "all listeners are removed before",
      `for (const c of all) { out.removeAllListeners("drain"); if (!out.write(c)) out.once("drain", f); }`,
    ],
    ["the source is unpiped", `src.on("data", (c) => { if (!out.write(c)) { src.unpipe(); out.once("drain", f); } });`],
    [
      "a counter says that one is there",
      `for (const c of all) { if (!out.write(c) && n === 0) { n++; out.once("drain", f); } }`,
    ],
    [
      "a field says that one is there",
      `src.on("data", (c) => { if (!out.write(c) && !state.waiting) { state.waiting = true; out.once("drain", f); } });`,
    ],
    [
      "a flag is asked first",
      `for (const c of all) { out.write(c); waiting || ((waiting = true), out.once("drain", f)); }`,
    ],
    [
      "a flag chooses",
      `for (const c of all) { out.write(c); waiting ? skip() : ((waiting = true), out.once("drain", f)); }`,
    ],
    [
      "a flag is set at the end of the turn",
      `for (const c of all) { if (waiting) continue; out.write(c); out.once("drain", f); waiting = true; }`,
    ],
    [
      "the refused write ends the loop",
      `let more = true; while (more) { more = out.write(make()); if (!more) out.once("drain", f); }`,
    ],
    [
      "the refused write ends the loop, tested afterwards",
      `let ok; do { ok = out.write(make()); if (!ok) out.once("drain", f); } while (ok);`,
    ],
    [
      "the refused write ends the `for`",
      `for (let ok = true; ok; i++) { ok = out.write(make(i)); if (!ok) out.once("drain", f); }`,
    ],
  ])("silent where %s", ([, code]) => {
    expect(linesOf(FS + streams + code)).toEqual([]);
  });
});

describe("whether a write announced the drain is found", () => {
  test.for<[string, string]>([
    ["a small buffer", `out.write(Buffer.alloc(100)); await once(out, "drain");`],
    ["an almost large buffer", `out.write(Buffer.alloc(16 * 1024 - 1)); await once(out, "drain");`],
    [
      "room of its own",
      `const to = createWriteStream("z", { highWaterMark: 9 }); to.write(a); await once(to, "drain");`,
    ],
    [
      "room by an option that is not known",
      `const to = createWriteStream("z", { highWaterMark: room }); to.write(a); await once(to, "drain");`,
    ],
    [
      "other options",
      `const to = createWriteStream("z", { ...rest, start: 0 }); to.write(a); await once(to, "drain");`,
    ],
    [
      "a condition that is not the write's",
      `async function f(name) { if (name) { out.write(name); await once(out, "drain"); } }`,
    ],
    ["a condition that is a constant's", `const on = "yes"; if (on) { out.write(a); await once(out, "drain"); }`],
    [
      "a loop as long as something is there",
      `async function f(more) { while (more) { out.write(more); await once(out, "drain"); more = more.next; } }`,
    ],
    ["a loop without end", `while (true) { out.write(a); await once(out, "drain"); }`],
    ["a loop without condition", `for (;;) { out.write(a); await once(out, "drain"); }`],
    ["a loop that reads", `let c; while ((c = src.read())) { out.write(c); await once(out, "drain"); }`],
    ["a loop over an iterator", `let c; while ((c = it.next())) { out.write(c.value); await once(out, "drain"); }`],
    ["a loop over a queue", `let c; while ((c = queue.shift())) { out.write(c); await once(out, "drain"); }`],
    ["a loop over a stack", `let c; while ((c = stack.pop())) { out.write(c); await once(out, "drain"); }`],
    ["a loop before it", `for (const c of all) out.write(c); await once(out, "drain");`],
    ["a counting loop before it", `for (let i = 0; i < 3; i++) out.write(a); await once(out, "drain");`],
    ["a condition that only logs", `const ok = out.write(a); if (!ok) log(1); await once(out, "drain"); use = ok;`],
    ["another reason to leave", `async function f(late) { out.write(a); if (late) return; await once(out, "drain"); }`],
    [
      "another value to choose",
      `async function f(late) { out.write(a); const n = late ? 1 : 2; await once(out, "drain"); }`,
    ],
    ["a write in a helper with a name", `const put = (c) => { out.write(c); }; put(a); await once(out, "drain");`],
    [
      "a write in a method",
      `class A { put(c) { out.write(c); } async f() { this.put(a); await once(out, "drain"); } }`,
    ],
    ["another write whose result is asked", `if (out.write(a)) log(1); out.write(b); await once(out, "drain");`],
    ["a write that is void", `void out.write(a); await once(out, "drain");`],
    ["a wait whose promise has a name", `out.write(a); const d = once(out, "drain"); await d;`],
    [
      "a member of something else tested",
      `async function f(job) { if (job.name) { out.write(a); await once(out, "drain"); } }`,
    ],
  ])("reported: %s", ([, code]) => {
    expect(linesOf(FS + code)).toEqual([3]);
  });

  test.for<[string, string]>([
    ["a large buffer", `out.write(Buffer.alloc(16 * 1024)); await once(out, "drain");`],
    [
      "no room at all",
      `const to = createWriteStream("z", { highWaterMark: 1 }); to.write(a); await once(to, "drain");`,
    ],
    [
      "no room, by the writable's own option",
      `const to = createWriteStream("z", { start: 0, writableHighWaterMark: 0 }); to.write(a); await once(to, "drain");`,
    ],
    ["a result that is asserted", `const ok = out.write(a); assert.equal(ok, false); await once(out, "drain");`],
    ["a result that is returned", `async function f() { while (on) await once(out, "drain"); return out.write(a); }`],
    ["a condition by a call", `if (ready()) { out.write(a); await once(out, "drain"); }`],
    ["a condition of this", `class A { async f() { out.write(a); if (this.full) await once(out, "drain"); } }`],
    ["a stream that is destroyed", `out.write(a); if (!out.destroyed) await once(out, "drain");`],
    ["a stream that is writable", `out.write(a); if (out.writable) await once(out, "drain");`],
    ["a stream that holds something", `out.write(a); if (out.writableLength > 0) await once(out, "drain");`],
    ["a stream that is full", `out.write(a); if (out.writableNeedDrain) await once(out, "drain");`],
    ["a flag of the result", `let full = false; full = !out.write(a); if (full) await once(out, "drain");`],
    ["a flag", `let full = false; out.write(a); if (full) await once(out, "drain");`],
    ["a flag that guards", `let full = false; out.write(a); full && (await once(out, "drain"));`],
    ["a flag in a loop's condition", `let full = false; out.write(a); do await once(out, "drain"); while (full);`],
    ["a flag in a `for`", `let full = false; out.write(a); for (; full; ) await once(out, "drain");`],
    ["a call of something read", `out.write(a); if (src.peek()) await once(out, "drain");`],
    ["a callback", `out.write(a, done); await once(out, "drain");`],
    ["a helper that waits itself", `put(a); await once(out, "drain"); async function put(c) { out.write(c); }`],
    [
      "a helper that is called elsewhere",
      `function f() { put(a); } await once(out, "drain"); function put(c) { out.write(c); }`,
    ],
    ["a write afterwards", `await once(out, "drain"); out.write(a);`],
    ["a write to another", `other.write(a); await once(out, "drain");`],
    ["a write to another stream", `const two = createWriteStream("z"); two.write(a); await once(out, "drain");`],
    ["a helper that asks", `put(a); await once(out, "drain"); function put(c) { if (out.write(c)) go(); }`],
    [
      "an early return by a name",
      `async function f() { const ok = out.write(a); if (ok) return; await once(out, "drain"); }`,
    ],
    [
      "a write that throws where it is taken",
      `const ok = out.write(a); if (ok) throw new Error(); await once(out, "drain");`,
    ],
    [
      "the next turn where it is taken",
      `for (const c of all) { const ok = out.write(c); if (ok) continue; await once(out, "drain"); }`,
    ],
    [
      "the end of the loop where it is taken",
      `for (const c of all) { const ok = out.write(c); if (ok) break; await once(out, "drain"); }`,
    ],
    [
      "a loop until it is refused",
      `let more; do { more = out.write(make()); } while (more); await once(out, "drain");`,
    ],
    [
      "a loop until it is refused, tested first",
      `let more = true; while (more) more = out.write(make()); await once(out, "drain");`,
    ],
    [
      "a `for` until it is refused",
      `for (let more = true; more; ) more = out.write(make()); await once(out, "drain");`,
    ],
    ["a promise that is handed on", `out.write(a); keep(once(out, "drain"));`],
  ])("silent: %s", ([, code]) => {
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
