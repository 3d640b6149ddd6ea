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
    [
      "of a lane, as a stream",
      `import { writeScheduler } from "tailrace"; const lane = writeScheduler().sink(out).lane().writable(); for (;;) lane.write(make());`,
    ],
    ["in an async function called at once", `(async () => { for await (const row of rows) out.write(row); })();`],
  ])("%s", ([, code]) => {
    expect(linesOf(FS + code)).toEqual([3]);
  });

  test("once for all writes to the same stream in a loop", () => {
    expect(linesOf(`${FS}for await (const row of rows) {\n  out.write(row);\n  out.write(row.end);\n}`)).toEqual([4]);
  });

  test("once for each stream", () => {
    const code = `const two = createWriteStream("z");\nfor await (const row of rows) {\n  out.write(row);\n  two.write(row);\n}`;
    expect(linesOf(FS + code)).toEqual([5, 6]);
  });

  test("in a method, by another name for `this`", () => {
    const code = `import { Writable } from "stream"; class A extends Writable { async f(rows) { for await (const r of rows) { const self = this; self.write(r); } } }`;
    expect(linesOf(FS + code)).toEqual([3]);
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
    [
      "a lane waits for its stream",
      `import { writeScheduler } from "tailrace"; const lane = writeScheduler().sink(out).lane(); for await (const row of rows) await lane.send(row);`,
    ],
    ["an unknown stream", `for await (const row of rows) stream.write(row);`],
    ["the caller decides", `export function put(row) { return out.write(row); }`],
  ])("%s", ([, code]) => {
    expect(linesOf(FS + code, { rules: strictRules })).toEqual([]);
  });
});

describe("a sink that calls back at once is never full", () => {
  const row = (sink: string): string =>
    `${FS}import { Duplex, Writable } from "stream"; ${sink} for await (const r of rows) sink.write(r);`;

  test.for<[string, string]>([
    ["it calls back later", `const sink = new Writable({ write(c, e, done) { setImmediate(done); } });`],
    [
      "it calls back when its own work is done",
      `const sink = new Writable({ write(c, e, done) { save(() => done()); } });`,
    ],
    [
      "it calls back only sometimes",
      `const sink = new Writable({ write(c, e, done) { if (c) done(); else keep(done); } });`,
    ],
    ["it is async", `const sink = new Writable({ async write(c, e, done) { await save(c); done(); } });`],
    ["it calls nothing back", `const sink = new Writable({ write(c) { keep(c); } });`],
    ["it calls something else", `const sink = new Writable({ write(c, e, done) { keep(c); later.push(done); } });`],
    ["only another of its methods calls back", `const sink = new Writable({ final(done) { done(); }, ...rest });`],
    ["its options are not seen", `const sink = new Writable(options);`],
    [
      "its chunks wait to be read",
      `const sink = new Duplex({ read() {}, write(c, e, done) { this.push(c); done(); } });`,
    ],
    [
      "its class calls back later",
      `class A extends Writable { _write(c, e, done) { later.push(done); } } const sink = new A();`,
    ],
    [
      "another method of its class calls back",
      `class A extends Writable { _write(c, e, done) { later.push(done); } _f(a, b, done) { done(); } } const sink = new A();`,
    ],
  ])("reported where %s", ([, sink]) => {
    expect(linesOf(row(sink))).toEqual([3]);
  });

  test.for<[string, string]>([
    ["as a statement", `const sink = new Writable({ write(c, e, done) { keep(c); done(); } });`],
    ["and returns", `const sink = new Writable({ write(c, e, done) { return done(); } });`],
    ["after other options", `const sink = new Writable({ objectMode: true, write(c, e, done) { keep(c); done(); } });`],
    [
      "by its class",
      `class A extends Writable { n = 0; _write(c, e, done) { keep(c); done(); } } const sink = new A();`,
    ],
  ])("silent where it calls back %s", ([, sink]) => {
    expect(linesOf(row(sink))).toEqual([]);
  });
});

describe("who looks at how full the stream is decides", () => {
  const loop = (body: string): string => `for await (const r of rows) { out.write(r); ${body} }`;

  test.for<[string, string]>([
    ["its length only is printed", loop(`console.log(out.writableLength);`)],
    ["its length is asserted", loop(`assert.ok(out.writableLength < limit);`)],
    ["its length is only shown", loop(`shown = verbose ? out.writableLength : 0;`)],
    ["another stream's state is tested", loop(`if (other.writableNeedDrain) await room();`)],
    ["another property of it is tested", loop(`if (out.closed) stop();`)],
    ["its state is tested once, before the loop", `if (out.writableNeedDrain) await room(); ${loop("")}`],
    ["a result is tested once, before the loop", `if (!out.write(head)) await room(); ${loop("")}`],
    [
      "a function around the loop tests it once",
      `async function f() { if (!out.write(head)) await room(); ${loop("")} }`,
    ],
    ["another event is listened for", `out.on("error", fail); ${loop("")}`],
    ["another stream's drain is listened for", `other.on("drain", go); ${loop("")}`],
    ["it is handed on before the loop", `register(out); ${loop("")}`],
    ["something is made with it before the loop", `new Logger(out); ${loop("")}`],
    ["another stream is handed on", loop(`await flush(other);`)],
  ])("reported where %s", ([, code]) => {
    expect(linesOf(FS + code)).toEqual([3]);
  });

  test.for<[string, string]>([
    ["its length is tested", loop(`while (out.writableLength > 9) await tick();`)],
    ["its inner state is tested", loop(`if (out._writableState.needDrain) await room();`)],
    ["its state is tested after the turn", loop(`do await tick(); while (out.writableNeedDrain);`)],
    ["its state is the condition of a `for`", loop(`for (; out.writableLength > limit; ) await tick();`)],
    ["its state chooses what is awaited", loop(`await (out.writableNeedDrain ? room() : undefined);`)],
    ["its state is cast", loop(`await ((out.writableNeedDrain as boolean) ? room() : undefined);`)],
    ["its state guards the wait", loop(`out.writableNeedDrain && (await room());`)],
    ["its negated state is tested", loop(`if (!out.writableNeedDrain) continue; await room();`)],
    ["its state is kept first", loop(`const full = out.writableNeedDrain; if (full) await room();`)],
    [
      "a function returns its state",
      `${loop("while (full()) await tick();")} function full() { return out.writableNeedDrain; }`,
    ],
    [
      "an arrow returns its state",
      `const full = () => out.writableLength > 9; ${loop("while (full()) await tick();")}`,
    ],
    [
      "a function that it calls tests a result",
      `${loop("await put(r);")} async function put(c) { if (!out.write(c)) await room(); }`,
    ],
    ["something is made with it in the loop", loop(`await new Flush(out).done;`)],
    [
      "a socket's old property is tested",
      `import net from "net"; const s = net.connect(1); for await (const r of rows) { s.write(r); if (s.bufferSize > 9) await room(); }`,
    ],
  ])("silent where %s", ([, code]) => {
    expect(linesOf(FS + code, { rules: strictRules })).toEqual([]);
  });
});

describe("a loop of few turns, or of small chunks, is no matter", () => {
  const turns = (count: number, chunk: string): string =>
    `for (let i = 0; i < ${String(count)}; i++) out.write(${chunk});`;

  test.for<[string, string]>([
    ["one turn too many", `for (let i = 0; i < 17; i++) out.write(make(i));`],
    ["one turn too many, the last one counted", `for (let i = 0; i <= 16; i++) out.write(make(i));`],
    ["one turn too many, downwards", `for (let i = 16; i >= 0; i--) out.write(make(i));`],
    ["big steps over a long way", `for (let i = 0; i < 1000; i += 10) out.write(make(i));`],
    ["a start that is not known", `for (let i = start(); i < 10; i++) out.write(make(i));`],
    ["a bound that is not known", `for (let i = 0; i < count; i++) out.write(make(i));`],
    ["a condition that is no comparison", `for (let i = 0; ready; i++) out.write(make(i));`],
    ["many turns by a constant", `const n = 4 * 100; for (let i = 0; i < n; i++) out.write(make(i));`],
    ["large buffers", turns(2, `Buffer.alloc(64 * 1024)`)],
    ["large buffers, not cleared", turns(2, `Buffer.allocUnsafe(1 << 20)`)],
    ["large arrays", turns(2, `new Uint8Array(2 ** 20)`)],
    ["large random buffers", turns(2, `randomBytes(60000 + 60000)`)],
    ["a large text", turns(2, `"ab".repeat(10000)`)],
    ["a large buffer, made before", `const block = Buffer.alloc(65536); ${turns(4, "block")}`],
    ["a buffer of a size from elsewhere", turns(20, `Buffer.alloc(size)`)],
    ["a repeated text of unknown length", turns(20, `name.repeat(2)`)],
    ["a text that is repeated who knows how often", turns(20, `"x".repeat(n)`)],
    ["many short lines", turns(1000, `"line " + i + "\\n"`)],
    ["many short lines by a template", turns(1000, "`line ${i}\\n`")],
    ["lines with a name in them", turns(100, `"hello " + name`)],
    ["lines with a name in a template", turns(100, "`hello ${name}`")],
    [
      "lines with a text that changes",
      `let s = "x"; for (let i = 0; i < 100; i++) { s = next(); out.write("n" + s); }`,
    ],
    ["just more than fits", turns(17, `Buffer.alloc(1024)`)],
    ["made by a call without arguments", turns(20, `alloc()`)],
  ])("reported: %s", ([, code]) => {
    expect(linesOf(FS + code)).toEqual([3]);
  });

  test.for<[string, string]>([
    ["just few enough turns", `for (let i = 0; i < 16; i++) out.write(make(i));`],
    ["the last one counted", `for (let i = 0; i <= 15; i++) out.write(make(i));`],
    ["from ten on", `for (let i = 10; i < 26; i++) out.write(make(i));`],
    ["downwards", `for (let i = 16; i > 0; i--) out.write(make(i));`],
    ["by twos", `for (let i = 0; i < 32; i += 2) out.write(make(i));`],
    ["with the bound on the left", `for (let i = 0; 10 > i; i++) out.write(make(i));`],
    ["by a constant", `const n = 10; for (let i = 0; i < n; i++) out.write(make(i));`],
    ["by a constant of a constant", `const m = 5, n = m * 2; for (let i = 0; i < n; i++) out.write(make(i));`],
    ["small buffers", turns(20, `Buffer.alloc(4 * 4)`)],
    ["small buffers, not cleared", turns(20, `Buffer.allocUnsafe(1 << 4)`)],
    ["small arrays", turns(20, `new Uint8Array(2 ** 4)`)],
    ["small random buffers", turns(20, `crypto.randomBytes(8 + 8)`)],
    ["buffers of a difference", turns(20, `Buffer.alloc(20000 - 19990)`)],
    ["buffers of a quotient", turns(20, `Buffer.alloc(100000 / 10000)`)],
    ["buffers of a text", turns(100, `Buffer.from("abc")`)],
    ["a short text repeated", turns(20, `"ab".repeat(10)`)],
    ["a short text, made before", `const line = "abc\\n"; ${turns(100, "line")}`],
    ["short lines", turns(600, `"line " + i + "\\n"`)],
    ["short lines by a template", turns(600, "`line ${i}\\n`")],
    ["lines with a number in them", turns(100, `"page " + 5`)],
    ["lines with a count", `let n = 0; for (let i = 0; i < 100; i++) { n += 2; out.write("n" + n); }`],
    ["just as much as fits", turns(16, `Buffer.alloc(1024)`)],
  ])("silent: %s", ([, code]) => {
    expect(linesOf(FS + code)).toEqual([]);
  });
});

describe("what a loop brings is judged by where it comes from", () => {
  const timers = `import { scheduler, setImmediate, setInterval, setTimeout } from "timers/promises"; const src = createReadStream("y"); `;

  test.for<[string, string]>([
    ["an asynchronous source, beside another wait", `for await (const r of rows) { await log(r); out.write(r); }`],
    [
      "an asynchronous source, with a wait for nothing",
      `for await (const r of rows) { await setImmediate(); out.write(r); }`,
    ],
    ["what is fetched in each turn", `while (on) { const r = await next(); out.write(r); }`],
    ["what is fetched in each turn, in place", `for (;;) out.write(await next());`],
    [
      "what is fetched, by way of another name",
      `for (;;) { const page = await next(); const text = page.text; out.write(text); }`,
    ],
    ["what is read from a stream", `let c; while ((c = src.read()) !== null) out.write(c);`],
    ["a generator", `function* all() { for (;;) yield make(); } for (const r of all()) out.write(r);`],
    ["what it makes, waiting for nothing", `while (on) { await null; out.write(make()); }`],
    ["what it makes, after a promise that is there", `while (on) { await Promise.resolve(); out.write(make()); }`],
    ["what it makes, after others have run", `while (on) { await setImmediate(); out.write(make()); }`],
    ["what it makes, without end", `while (true) out.write(make());`],
    ["what it makes, tested afterwards", `do out.write(make()); while (on);`],
    ["what it makes, in the update", `for (; ; out.write(make())) {}`],
    ["a member by a fixed name", `for (;;) out.write(table["first"]);`],
    [
      "what it makes, with a wait in a function inside",
      `while (on) { later(async () => { await x; }); out.write(make()); }`,
    ],
  ])("reported: %s", ([, code]) => {
    expect(linesOf(FS + timers + code)).toEqual([3]);
  });

  test.for<[string, string]>([
    ["a list", `for (const r of rows) out.write(r.text);`],
    ["a list that is taken apart", `for (const { text } of rows) out.write(text);`],
    ["what is loaded for each item of a list", `for (const r of rows) { const t = await load(r); out.write(t); }`],
    ["a list, with a wait for nothing", `for (const r of rows) { await null; out.write(r.text); }`],
    ["a list, with others let run", `for (const r of rows) { await setImmediate(); out.write(r.text); }`],
    ["a list that began empty", `const list = []; fill(list); for (const r of list) out.write(r);`],
    ["a member of something", `const { list } = config; for (const r of list) out.write(r);`],
    ["a set", `for (const r of new Set(all)) out.write(r);`],
    ["the entries of a list", `for (const [i, r] of rows.entries()) out.write(i + r);`],
    ["the values of a map", `for (const r of map.values()) out.write(r);`],
    ["what a function returns", `function all() { return found; } for (const r of all()) out.write(r);`],
    ["a queue", `while (queue.length > 0) out.write(queue.shift());`],
    ["a list by index", `while (on) out.write(list[i++]);`],
    ["a list by index, as long as it is", `for (let i = 0; i < list.length; i++) out.write(list[i].text);`],
    ["parts of a text", `for (let i = 0; i < text.length; i += 9) out.write(cut(text, i));`],
    ["parts of bytes", `for (let i = 0; i < bytes.byteLength; i += 9) out.write(cut(bytes, i));`],
    ["as many as a set has", `for (let i = 0; i < set.size; i++) out.write(make(i));`],
    ["what is there while a function says so", `while (has()) out.write(make());`],
    ["matches", `let m; while (on) { m = pattern.exec(text); out.write(m); }`],
    ["slices", `while (on) out.write(bytes.subarray(at, (at += 9)));`],
    ["a list, by `forEach`", `rows.forEach((r) => { out.write(r); });`],
    ["a list that began empty, by `forEach`", `const list = []; fill(list); list.forEach((r) => out.write(r));`],
  ])("reported in the strict form only: %s", ([, code]) => {
    expect(linesOf(FS + timers + code)).toEqual([]);
    expect(linesOf(FS + timers + code, { rules: strictRules })).toEqual([3]);
  });

  test.for<[string, string]>([
    ["the names in an object", `for (const k in table) out.write(table[k]);`],
    ["a literal list of promises", `for await (const r of [a(), b()]) out.write(r);`],
    ["the ticks of a clock", `for await (const t of setInterval(1000)) out.write(stamp());`],
    ["an asynchronous source, slowed down", `for await (const r of rows) { await setTimeout(9); out.write(r); }`],
    [
      "an asynchronous source, slowed down by the scheduler",
      `for await (const r of rows) { await scheduler.wait(9); out.write(r); }`,
    ],
    ["what it makes at the pace of something else", `while (on) { await ready(); out.write(make()); }`],
    ["what it makes at the pace of many", `while (on) { await Promise.all(jobs); out.write(make()); }`],
    ["a list at the pace of something else", `for (const r of rows) { await check(); out.write(r.text); }`],
    ["a literal list with a name", `const parts = ["a", "b"]; for (const p of parts) out.write(p);`],
    ["the entries of a literal list", `for (const [i, p] of ["a", "b"].entries()) out.write(i + p);`],
    ["the values of a literal list with a name", `const parts = ["a"]; for (const p of parts.values()) out.write(p);`],
    ["the keys of a literal list with a name", `const parts = ["a"]; for (const p of parts.keys()) out.write(p + "");`],
    ["a query", `for (const [k, v] of new URLSearchParams(q)) out.write(k + v);`],
    ["some headers", `for (const [k, v] of new Headers(h)) out.write(k + v);`],
    ["a literal list, by `forEach`", `["a", "b"].forEach((p) => out.write(p));`],
    ["a literal list with a name, by `forEach`", `const parts = ["a"]; parts.forEach((p) => out.write(p));`],
    ["the keys of an object, by `forEach`", `Object.keys(h).forEach((k) => out.write(k));`],
    ["the keys of an object with a name, by `forEach`", `const ks = Object.keys(h); ks.forEach((k) => out.write(k));`],
    ["the same again for each item", `rows.forEach((r) => out.write(line));`],
    ["the same again in each turn", `for (const r of rows) out.write(line);`],
    ["a dot for each item", `for await (const r of rows) out.write(".");`],
  ])("silent: %s", ([, code]) => {
    expect(linesOf(FS + timers + code, { rules: strictRules })).toEqual([]);
  });

  test("a promise made with the global timer sets the pace", () => {
    const code = `while (on) { await new Promise((f) => setTimeout(f, 9)); out.write(beat()); }`;
    expect(linesOf(FS + code, { rules: strictRules })).toEqual([]);
    const helper = `for await (const r of rows) { await sleep(); out.write(r); } function sleep() { return new Promise((f) => setTimeout(f, 9)); }`;
    expect(linesOf(FS + helper, { rules: strictRules })).toEqual([]);
    const other = `for await (const r of rows) { await saved(r); out.write(r); } function saved(r) { return new Promise((f) => save(r, f)); }`;
    expect(linesOf(FS + other)).toEqual([3]);
  });
});

describe("a write counts where it runs again", () => {
  test.for<[string, string]>([
    ["in a function called where it is written", `for await (const r of rows) (() => { out.write(r); })();`],
    ["returned by a function called where it is written", `for await (const r of rows) (() => out.write(r))();`],
    ["in a `forEach` in a loop", `for await (const page of pages) page.forEach((r) => { out.write(r); });`],
    ["before the stream is ended, after the loop", `for await (const r of rows) out.write(r); out.end();`],
    ["before another stream is ended", `for await (const r of rows) { out.write(r); other.end(); }`],
    ["before another call of it", `for await (const r of rows) { out.write(r); out.setDefaultEncoding("utf8"); }`],
    ["in a loop that may end", `for await (const r of rows) { out.write(r); if (r.last) break; }`],
    ["void", `for await (const r of rows) void out.write(r);`],
    ["last in a sequence", `for await (const r of rows) n++, out.write(r);`],
    ["first in a sequence", `for await (const r of rows) out.write(r), n++;`],
    ["in one of two branches", `for await (const r of rows) r.ok ? out.write(r) : skip(r);`],
    ["after a condition", `for await (const r of rows) r.ok && out.write(r);`],
    ["in an assignment to what nobody reads", `let ok; for await (const r of rows) ok = out.write(r);`],
    ["in the update of a loop", `for (let n = 0; ; out.write(make(n))) n++;`],
    ["in a function with a name", `const save = (r) => { out.write(r); }; for await (const r of rows) save(r);`],
    [
      "in a function that returns what nobody looks at",
      `const save = (r) => out.write(r); for await (const r of rows) save(r);`,
    ],
    [
      "in two functions, one in the other",
      `for await (const r of rows) a(r); function a(r) { b(r); } function b(r) { out.write(r); }`,
    ],
    ["in a method of an object", `const log = { put(r) { out.write(r); } }; for await (const r of rows) log.put(r);`],
    [
      "of a field, in a method of an instance",
      `class W { out = createWriteStream("z"); put(r) { this.out.write(r); } } const w = new W(); for await (const r of rows) w.put(r);`,
    ],
    [
      "to a parameter",
      `for await (const r of rows) put(r, out); function put(r, to: import("stream").Writable) { to.write(r); }`,
    ],
    ["to another name in the loop", `for await (const r of rows) { const to = out; to.write(r); }`],
    ["while the encoding is given", `for await (const r of rows) out.write(r, encoding);`],
    ["while the encoding is given by a short name", `for await (const r of rows) out.write(r, enc);`],
    ["while the charset is given", `for await (const r of rows) out.write(r, charset);`],
  ])("reported: %s", ([, code]) => {
    expect(linesOf(FS + code)).toEqual([3]);
  });

  test.for<[string, string]>([
    ["in the head of a loop", `for (out.write(make()); on; ) step();`],
    ["before the items come", `for await (const r of (out.write(head), rows)) use(r);`],
    [
      "in a function that is handed on",
      `function save(r) { out.write(r); } for await (const r of rows) each(r, save);`,
    ],
    [
      "in a method that is handed on",
      `const log = { put(r) { out.write(r); } }; for await (const r of rows) each(r, log.put);`,
    ],
    ["in a callback", `for await (const r of rows) later(() => { out.write(r); });`],
    ["in a `map`", `use(rows.map((r) => { out.write(r); }));`],
    ["in a callback that is not the first", `visit.forEach(rows, (r) => { out.write(r); });`],
    ["ended at once", `for await (const r of rows) { out.write(r); out.end(); }`],
    ["destroyed at once", `for await (const r of rows) { out.write(r); out.destroy(); }`],
    ["and returns", `async function f() { for await (const r of rows) { out.write(r); return; } }`],
    ["and throws", `for await (const r of rows) { out.write(r); throw new Error(r); }`],
    [
      "by a function whose result is tested",
      `const put = (r) => out.write(r); for await (const r of rows) if (!put(r)) await room();`,
    ],
    [
      "by a function whose result is kept and read",
      `const put = (r) => out.write(r); for await (const r of rows) { const ok = put(r); use(ok); }`,
    ],
    ["by a function that calls itself", `function put(r) { out.write(r); put(r.next); }`],
    [
      "to what a function opens",
      `for await (const r of rows) save(r); function save(r) { const f = createWriteStream(r); f.write(make()); }`,
    ],
    [
      "to a new instance each time",
      `class W { out = createWriteStream("z"); put(r) { this.out.write(r); } } for await (const r of rows) { const w = new W(); w.put(r); }`,
    ],
    ["with the result negated", `for await (const r of rows) { const full = !out.write(r); if (full) await room(); }`],
    ["with the result as a condition", `for await (const r of rows) out.write(r) ? 0 : await room();`],
    ["with the result before an operator", `for await (const r of rows) out.write(r) || (await room());`],
    ["with the result as the loop's condition", `for (; out.write(make()); ) n++;`],
    [
      "with the result added to another",
      `let ok = true; for await (const r of rows) { ok &&= out.write(r); if (!ok) await room(); }`,
    ],
    ["with the result in a field", `for await (const r of rows) { this.ok = out.write(r); }`],
    ["with a callback", `for await (const r of rows) out.write(r, done);`],
    ["with an encoding and a callback", `for await (const r of rows) out.write(r, "utf8", done);`],
    ["with a callback whose name begins like an encoding", `for await (const r of rows) out.write(r, encoded);`],
    ["with a callback whose name ends like an encoding", `for await (const r of rows) out.write(r, afterencoding);`],
    ["by another method", `for await (const r of rows) { out.emit("row", r); other.write(r); }`],
    [
      "of each item to what is opened for it",
      `rows.forEach((r) => { const f = createWriteStream(r); f.write(make(r)); });`,
    ],
    ["without a chunk", `for await (const r of rows) out.write();`],
    ["while it is corked", `out.cork(); for (let i = 0; i < n; i++) out.write(make(i)); out.uncork();`],
    ["of a list, while it is corked", `out.cork(); for (const r of rows) out.write(r); out.uncork();`],
    [
      "with a gate kept over it",
      `const gate = gateOf(out); for await (const r of rows) { await gate.room(); out.write(r); }`,
    ],
    [
      "of items to what is read",
      `import { PassThrough } from "stream"; const t = new PassThrough(); rows.forEach((r) => t.write(r));`,
    ],
  ])("silent: %s", ([, code]) => {
    expect(linesOf(FS + code, { rules: strictRules })).toEqual([]);
  });

  test.for<[string, string]>([
    ["another stream is corked", `other.cork(); for (let i = 0; i < n; i++) out.write(make(i));`],
    [
      "something else is done with it first",
      `out.setDefaultEncoding("utf8"); for (let i = 0; i < n; i++) out.write(make(i));`,
    ],
    ["the gate over it is not waited for", `const gate = gateOf(out); for await (const r of rows) out.write(r);`],
    [
      "something saw it once, and keeps nothing",
      `watch(out); for await (const r of rows) { await log(r); out.write(r); }`,
    ],
    [
      "the gate is over another",
      `const gate = gateOf(other); for await (const r of rows) { await gate.room(); out.write(r); }`,
    ],
    [
      "the gate is another function's",
      `function f() { const gate = gateOf(out); } async function g() { for await (const r of rows) { await log(r); out.write(r); } }`,
    ],
  ])("reported though %s", ([, code]) => {
    expect(linesOf(FS + code)).toEqual([3]);
  });

  test("the call is reported whose result nobody looks at", () => {
    expect(linesOf(`${FS}const put = (r) =>\n  out.write(r);\nfor await (const r of rows)\n  put(r);`)).toEqual([6]);
    expect(linesOf(`${FS}const put = (r) => {\n  out.write(r); };\nfor await (const r of rows)\n  put(r);`)).toEqual([
      4,
    ]);
  });
});

describe("a listener that writes is judged by what it hears", () => {
  const open = `import net from "net"; import readline from "readline"; const src = createReadStream("y"), socket = net.connect(1); `;

  test.for<[string, string]>([
    ["the chunk", `src.addListener("data", (c) => { out.write(c); });`],
    ["part of the chunk", `src.on("data", (c) => { const head = c.subarray(0, 9); out.write(head); });`],
    ["each line", `readline.createInterface({ input: src }).on("line", (line) => { out.write(line); });`],
    [
      "each line, by name",
      `const rl = readline.createInterface({ input: src }); rl.on("line", (line) => { out.write(line); });`,
    ],
    ["what comes back", `socket.on("data", (c) => { socket.write(c); });`],
    ["the chunk, while another stream is paused", `src.on("data", (c) => { out.write(c); }); other.pause();`],
    ["the chunk, of a chain", `src.setEncoding("utf8").once("end", f).on("data", (c) => { out.write(c); });`],
    [
      "the chunk, of a chain with a name",
      `const parsed = src.pipe(parse()); parsed.on("data", (c) => { out.write(c); });`,
    ],
    ["the chunk, in a field", `class A { copy = (c) => { out.write(c); }; f() { src.on("data", this.copy); } }`],
    ["the chunk, in a method", `class A { copy(c) { out.write(c); } f() { src.on("data", this.copy.bind(this)); } }`],
    ["the chunk, by a function that it calls", `src.on("data", (c) => { put(c); }); function put(c) { out.write(c); }`],
    [
      "the chunk, by a function whose result it drops",
      `src.on("data", (c) => { put(c); }); function put(c) { return out.write(c); }`,
    ],
  ])("reported: %s", ([, code]) => {
    expect(linesOf(FS + open + code)).toEqual([3]);
  });

  test.for<[string, string]>([
    ["the first chunk only", `src.once("data", (c) => { out.write(c); });`],
    ["another event", `src.on("end", (c) => { out.write(c); });`],
    ["a line of what has none", `src.on("line", (c) => { out.write(c); });`],
    ["data of something else", `bus.on("data", (c) => { out.write(c); });`],
    ["data of what something else is piped into", `bus.pipe(parse()).on("data", (c) => { out.write(c); });`],
    ["data of what something else made", `src.open().on("data", (c) => { out.write(c); });`],
    ["the time, at each chunk", `src.on("data", (c) => { out.write(stamp()); });`],
    ["an answer", `socket.on("data", (c) => { socket.write(answer(c)); });`],
    ["an answer of many parts", `socket.on("data", (c) => { for (const part of split(c)) socket.write(part); });`],
    [
      "the chunk, and the source is paused elsewhere",
      `src.on("data", (c) => { out.write(c); }); bus.on("full", () => src.pause());`,
    ],
    [
      "the chunk, and the source is unpiped elsewhere",
      `src.on("data", (c) => { out.write(c); }); bus.on("full", () => src.unpipe());`,
    ],
    [
      "the chunk, in a method of something else",
      `class A { copy(c) { out.write(c); } f() { src.on("data", other.copy); } }`,
    ],
    [
      "the chunk, in another class's method",
      `class A { copy(c) { out.write(c); } } class B { f() { src.on("data", this.copy); } }`,
    ],
    ["the chunk, in another method", `class A { copy(c) { out.write(c); } f() { src.on("data", this.use); } }`],
    ["the chunk, to what it opens", `src.on("data", (c) => { const f = createWriteStream("z"); f.write(c); });`],
    ["the chunk, in a listener that something else is given", `src.on("data", wrap((c) => { out.write(c); }));`],
  ])("silent: %s", ([, code]) => {
    expect(linesOf(FS + open + code, { rules: strictRules })).toEqual([]);
  });
});

describe("a class with a `write` of its own decides by itself", () => {
  const row = (sink: string): string =>
    `${FS}import { Writable } from "stream"; ${sink} for await (const r of rows) sink.write(r);`;

  test.for<[string, string, number[]]>([
    ["its own", `class A extends Writable { n = 0; write(c) { return keep(c); } } const sink = new A();`, []],
    ["another method of its own", `class A extends Writable { put(c) { return keep(c); } } const sink = new A();`, [3]],
    ["a field of that name", `class A extends Writable { write = 1; } const sink = new A();`, [3]],
  ])("%s", ([, sink, lines]) => {
    expect(linesOf(row(sink))).toEqual(lines);
  });

  test("in the class itself", () => {
    const copy = (own: string): string =>
      `import { Writable } from "stream";\nclass A extends Writable { ${own} async copy(rows) { for await (const r of rows) this.write(r); } }`;
    expect(linesOf(copy(""))).toEqual([2]);
    expect(linesOf(copy("write(c) { return keep(c); }"))).toEqual([]);
    expect(linesOf(copy("").replace("class A", "const A = class"))).toEqual([2]);
    expect(linesOf(copy("write(c) { return keep(c); }").replace("class A", "const A = class"))).toEqual([]);
  });

  test("with types, one declared elsewhere that returns something else", () => {
    const files = (type: string) => ({
      "sink.ts": `import { Writable } from "node:stream";\nexport declare class Sink extends Writable {\n  // @ts-expect-error\n  write(chunk: string): ${type};\n}\n`,
    });
    const code = `import { Sink } from "./sink.ts";\ndeclare const rows: AsyncIterable<string>;\nconst sink = new Sink();\nfor await (const r of rows) sink.write(r);`;
    expect(linesOf(code, { files: files("Promise<void>") })).toEqual([]);
    expect(linesOf(code, { files: files("boolean | Promise<void>") })).toEqual([]);
    expect(linesOf(code, { files: files("Promise<void> | boolean") })).toEqual([]);
    expect(linesOf(code, { files: files("boolean") })).toEqual([4]);
    expect(linesOf(code, { files: files("false") })).toEqual([4]);
  });
});

describe("a push without end is reported in the strict form", () => {
  const head = `import { Readable, Writable } from "stream";\n`;

  test.for<[string, string]>([
    ["`_read`", `class A extends Readable { _read() { while (true) this.push(make()); } }`],
    ["`_read`, tested afterwards", `class A extends Readable { _read() { do { this.push(make()); } while (true); } }`],
    [
      "`_read`, without a condition",
      `class A extends Readable { _read() { for (;;) { if (done()) return; this.push(make()); } } }`,
    ],
    ["`read`", `new Readable({ read() { for (; true; ) this.push(make()); } });`],
    ["`read` as a function", `new Readable({ read: function () { for (;;) this.push(make()); } });`],
  ])("%s", ([, code]) => {
    expect(linesOf(head + code, { rules: strictRules })).toEqual([2]);
  });

  test.for<[string, string]>([
    ["a condition that ends it", `class A extends Readable { _read() { while (this.more) this.push(make()); } }`],
    ["once", `class A extends Readable { _read() { this.push(make()); } }`],
    ["after the loop", `class A extends Readable { _read() { for (;;) if (done()) break; this.push(make()); } }`],
    ["a result that ends it", `class A extends Readable { _read() { for (;;) if (!this.push(make())) return; } }`],
    [
      "a wait in the loop",
      `class A extends Readable { async _read() { for (;;) { await room(); this.push(make()); } } }`,
    ],
    ["to something else", `class A extends Readable { _read() { for (;;) list.push(make()); } }`],
    ["something else done", `class A extends Readable { _read() { for (;;) this.pull(make()); } }`],
    [
      "something else done with what is pushed",
      `class A extends Readable { _read() { for (;;) this.pull(list.push(make())); } }`,
    ],
    ["another method", `class A extends Readable { fill() { for (;;) this.push(make()); } }`],
    ["`read` of a class", `class A extends Readable { read() { for (;;) this.push(make()); } }`],
    ["another class", `class A extends Queue { _read() { for (;;) this.push(make()); } }`],
    ["another option", `new Readable({ fill() { for (;;) this.push(make()); } });`],
    ["options of another thing", `new Queue({ read() { for (;;) this.push(make()); } });`],
    ["options of a writable", `new Writable({ read() { for (;;) this.push(make()); } });`],
    ["an object of its own", `const queue = { read() { for (;;) this.push(make()); } };`],
    ["no method", `for (;;) this.push(make());`],
  ])("silent: %s", ([, code]) => {
    expect(linesOf(head + code, { rules: strictRules })).toEqual([]);
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
