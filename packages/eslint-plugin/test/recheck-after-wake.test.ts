import { describe, expect, test } from "vitest";
import { lint as lintAll } from "./lint.ts";
import type { LintOptions, Report } from "./lint.ts";

const lint = (code: string, options: LintOptions = {}): Report[] =>
  lintAll(code, { rules: { "tailrace/recheck-after-wake": "error" }, ...options });
const lines = (code: string, options?: LintOptions): number[] => lint(code, options).map(({ line }) => line);

describe("the message names the wait, the state, who takes it, and the loop that is missing", () => {
  test("an event", () => {
    const [report] = lint(`
import { once } from "node:events";
export async function take(items, added) {
  if (items.length === 0) await once(added, "item");
  return items.shift();
}`);
    expect(report).toMatchObject({
      line: 4,
      message:
        '`await once(added, "item")` waits for a change of `items`, which is tested before this wait but not after it, and line 5 (`items.shift()`) relies on the test: another waiter or caller may have changed `items` meanwhile. Test again after each wake-up: wait in a `while` loop.',
    });
  });

  test("a notification in the source of a worker", () => {
    const code = `
import { Worker } from "node:worker_threads";
const word = new Int32Array(new SharedArrayBuffer(4));
new Worker(\`
  const { workerData } = require("node:worker_threads");
  Atomics.notify(workerData, 0);
\`, { eval: true, workerData: word });
Atomics.wait(word, 0, 0);`;
    for (const language of ["typescript", "espree"] as const) {
      const [report] = lint(code, { language });
      expect(report?.line).toBe(6);
      expect(report?.message).toContain("for a change of shared memory (line 8), but nothing changes it");
    }
  });
});

describe("a condition that is tested once", () => {
  test.for([
    ["a field", "class A { async f() { if (this.n <= 0) await new Promise((go) => this.q.push(go)); this.n -= 1; } }"],
    [
      "a negation",
      "class A { async f() { if (!this.n) { await new Promise((go) => this.q.add(() => go(1))); } this.n = this.n - 1; } }",
    ],
    [
      "an optional chain",
      'import { once } from "events"; export async function f(p) { if (!p.idle?.size) await once(p.bus, "idle"); const [x] = p.idle; p.idle.delete(x); return x; }',
    ],
    [
      "a ternary",
      'import { once as next } from "node:events"; export async function f(p) { p.n === 0 ? await next(p.bus, "free") : undefined; p.n--; }',
    ],
    [
      "a race with a timer",
      'import { once } from "events"; export async function f(p, late) { if (p.n === 0) await Promise.race([once(p.bus, "free"), late]); p.n--; }',
    ],
    [
      "a state with a name",
      'let state = "idle"; const q = []; export async function f() { if (state === "busy") await new Promise((go) => q.push(go)); state = "busy"; } export function g() { state = "idle"; q.shift()?.(); }',
    ],
    [
      "an object literal",
      "export const pool = { free: [], q: [], async take() { if (this.free.length < 1) await new Promise((go) => this.q.push(go)); return this.free.pop(); } };",
    ],
  ] as const)("%s", ([, code]) => {
    expect(lines(code)).toEqual([1]);
    expect(lines(code, { language: "espree" })).toEqual([1]);
  });

  test("CommonJS", () => {
    const code =
      'const events = require("events");\nmodule.exports = async (p) => {\n  if (p.n === 0) await events.once(p.bus, "free");\n  p.n -= 1;\n};';
    expect(lines(code, { language: "commonjs" })).toEqual([3]);
  });

  test("with types", () => {
    const code =
      'import { once } from "node:events";\nimport type { Pool } from "./pool.ts";\nexport async function take(pool: Pool) {\n  if (pool.free.length === 0) await once(pool.bus, "free");\n  return pool.free.pop()!;\n}';
    const files = {
      "pool.ts":
        'import { EventEmitter } from "node:events";\nexport interface Pool { free: number[]; bus: EventEmitter }',
    };
    expect(lines(code, { files })).toEqual([4]);
  });
});

describe("is silent where", () => {
  test.for([
    ["nothing is taken", "if (p.n === 0) await once(p.bus, 'free'); return p.n;"],
    ["the condition is tested in a loop", "while (p.n === 0) await once(p.bus, 'free'); p.n--;"],
    ["a loop of another kind tests", "do { await once(p.bus, 'free'); } while (p.n === 0); p.n--;"],
    ["it is tested after the wait", "if (p.n === 0) await once(p.bus, 'free'); if (p.n > 0) p.n--;"],
    ["the wait comes in the other branch", "if (p.n > 0) p.n--; else await once(p.bus, 'free');"],
    ["the change goes the other way", "if (p.n === 0) await once(p.bus, 'free'); p.n++;"],
    ["something else is taken", "if (p.n === 0) await once(p.bus, 'free'); p.m--;"],
    ["what is taken may be missing", "if (!p.q.length) await once(p.bus, 'free'); return p.q.shift() ?? p.none;"],
    ["the state is local", "const q = []; p.fill(q); if (!q.length) await once(p.bus, 'free'); return q.shift();"],
    ["it is set to what was waited for", "if (!p.open) { await once(p.bus, 'open'); p.open = true; }"],
    ["the wait is a delay", "if (p.tokens === 0) await new Promise((go) => setTimeout(go, 10)); p.tokens--;"],
    ["all is taken at once", "if (!p.q.length) await once(p.bus, 'free'); return p.q.splice(0);"],
  ] as const)("%s", ([, body]) => {
    expect(lint(`import { once } from "node:events"; export async function f(p) { ${body} }`)).toEqual([]);
  });
});

describe("shared memory", () => {
  const array = "const a = new Int32Array(new SharedArrayBuffer(8));\n";

  test.for([
    [
      "a store that nobody hears of",
      "export function wait() { Atomics.wait(a, 0, 0); }\nexport function open() { Atomics.store(a, 0, 1); }",
      [3],
    ],
    [
      "a notification before the store",
      "export function wait() { Atomics.wait(a, 0, 0); }\nexport function open() { Atomics.notify(a, 0); Atomics.store(a, 0, 1); }",
      [3],
    ],
    [
      "a lock that is not taken again",
      "export function lock() { if (Atomics.compareExchange(a, 0, 0, 1) !== 0) Atomics.wait(a, 0, 1); }\nexport function unlock() { Atomics.store(a, 0, 0); Atomics.notify(a, 0, 1); }",
      [2],
    ],
    [
      "a permit that is not looked for again",
      "const { load, wait, sub } = Atomics;\nexport function down() { if (load(a, 0) === 0) wait(a, 0, 0); sub(a, 0, 1); }",
      [3],
    ],
  ] as const)("%s", ([, code, expected]) => {
    expect(lines(array + code)).toEqual(expected);
  });

  test.for([
    [
      "a store and a notification",
      "export function wait() { Atomics.wait(a, 0, 0); }\nexport function open() { Atomics.store(a, 0, 1); Atomics.notify(a, 0); }",
    ],
    [
      "a wait with a timeout",
      "export function wait() { Atomics.wait(a, 0, 0, 10); }\nexport function open() { Atomics.store(a, 0, 1); }",
    ],
    [
      "memory that others have",
      "worker.postMessage(a);\nexport function wait() { Atomics.wait(a, 0, 0); }\nexport function open() { Atomics.store(a, 0, 1); }",
    ],
    [
      "a value that is waited on",
      "export function wait() { Atomics.wait(a, 0, 0); }\nexport function reset() { Atomics.store(a, 0, 0); }",
    ],
    [
      "a lock in a loop",
      "export function lock() { while (Atomics.compareExchange(a, 0, 0, 1) !== 0) Atomics.wait(a, 0, 1); }\nexport function unlock() { Atomics.store(a, 0, 0); Atomics.notify(a, 0, 1); }",
    ],
    [
      "a worker with escapes",
      "new (require('worker_threads').Worker)(`Atomics.notify(a, 0);\\n`, { eval: true });\nAtomics.wait(a, 0, 0);",
    ],
    [
      "no program",
      "import { Worker } from 'worker_threads'; new Worker(`Atomics.notify(`, { eval: true });\nAtomics.wait(a, 0, 0);",
    ],
  ] as const)("is silent about %s", ([, code]) => {
    expect(lint(array + code)).toEqual([]);
  });
});

describe("knows what takes the state that was waited for", () => {
  const left = (body: string): number[] =>
    lines(`import { once } from "node:events"; export async function f(p, x) {\n ${body} }`);

  test.for([
    "if (p.n === 0) await once(p.bus, 'free'); p.n -= 1;",
    "if (0 == p.n) await once(p.bus, 'free'); p.n = p.n - 1;",
    "if (!(p.n > 0)) await once(p.bus, 'free'); --p.n;",
    "if (p.n < 1) await once(p.bus, 'free'); p.n--;",
    "if (1 > p.n) await once(p.bus, 'free'); p.n--;",
    "if (p.n != 0) log(); else await once(p.bus, 'free'); p.n--;",
    "if (p.own && p.n === 0) await once(p.bus, 'free'); p.n--;",
    "if (p.own || p.n === 0) { await once(p.bus, 'free'); } p.n--;",
    "if (p.n === p.max) await once(p.bus, 'free'); p.n++;",
    "if (p.n >= p.max) await once(p.bus, 'free'); p.n += 1;",
    "if (p.max <= p.n) await once(p.bus, 'free'); p.n = p.n + 1;",
    "if (p.n + p.m > 9) await once(p.bus, 'free'); p.m++;",
    "if (p.q.length >= p.max) await once(p.bus, 'free'); p.q.push(x);",
    "if (p.q.size >= p.max) await once(p.bus, 'free'); p.q.add(x);",
    "if (p.q.size >= p.max) await once(p.bus, 'free'); p.q.set(x, x);",
    "if (p.q.length > 9) await once(p.bus, 'free'); p.q.unshift(x);",
    "if (p.q.length > 9) await once(p.bus, 'free'); p.q.enqueue(x);",
    "if (!p.q.length) await once(p.bus, 'free'); const [one] = p.q.splice(0, 1); return one;",
    "if (!p.q.length) await once(p.bus, 'free'); return p.q.splice(0, 1)[0];",
    "if (!p.q.peek()) await once(p.bus, 'free'); return p.q.dequeue();",
    "if (!p.q.at(0)) await once(p.bus, 'free'); return p.q.pop();",
    "if (!p.q.some(is)) await once(p.bus, 'free'); return p.q.shift();",
    "if (p.q.find(is) === undefined) await once(p.bus, 'free'); return p.q.shift();",
    "if (!p.m.has(x)) await once(p.bus, 'free'); const one = p.m.get(x); p.m.delete(x); return one;",
    "if (p.busy) await once(p.bus, 'free'); p.busy = true;",
    "if (p.busy) await once(p.bus, 'free'); p.busy = new Job(x);",
    "if (p.busy) await once(p.bus, 'free'); p.busy = work(x);",
    "if (p.busy) await once(p.bus, 'free'); p.busy = { x };",
    "if (!p.job) await once(p.bus, 'free'); const { job } = p; p.job = null; return job;",
    "if (p.job === undefined) await once(p.bus, 'free'); const { job } = p; p.job = undefined; return job;",
    "if (p.state === 'busy') await once(p.bus, 'free'); p.state = 'busy';",
    "if (p.state !== 'idle') await once(p.bus, 'free'); p.state = 'busy';",
    "if (p.running) await p.running; p.running = work(x);",
    "const { length } = x; const q = p.q; if (!q.length) await once(p.bus, 'free'); return q.shift();",
    "const size = p.q.length; if (size === 0) await once(p.bus, 'free'); return p.q.shift();",
    "const q = queueOf(x); if (!q.length) await once(p.bus, 'free'); return q.shift();",
    "for (const one of x) { if (p.n === 0) await once(p.bus, 'free'); p.n--; }",
    "while (x.more()) { if (p.n === 0) await once(p.bus, 'free'); p.n--; }",
    "if (p.n > 0) return p.n--; await once(p.bus, 'free'); p.n--;",
    "if (p.n > 0) { p.n--; return; } await once(p.bus, 'free'); p.n--;",
    "p.n === 0 && (await once(p.bus, 'free')); p.n--;",
    "p.n > 0 || (await once(p.bus, 'free')); p.n--;",
    "await (p.n === 0 ? once(p.bus, 'free') : undefined); p.n--;",
    "await (p.n > 0 ? undefined : once(p.bus, 'free')); p.n--;",
    "await (p.n === 0 && once(p.bus, 'free')); p.n--;",
    "await (p.n > 0 || once(p.bus, 'free')); p.n--;",
    "if (p.n === 0) await once(p.bus, 'free').catch(log); p.n--;",
    "if (p.n === 0) await once(p.bus, 'free').finally(log); p.n--;",
    "if (p.n === 0) await Promise.any([x, once(p.bus, 'free')]); p.n--;",
    "if (p.n === 0) await new Promise((go) => p.bus.once('free', go)); p.n--;",
    "if (p.n === 0) await new Promise((go, no) => { p.q.push({ go, no }); }); p.n--;",
    "const free = once(p.bus, 'free'); if (p.n === 0) await free; p.n--;",
    "if (p.n === 0) await once(p.bus, 'free'); log(); try { p.n--; } finally { log(); }",
    "if (p.n === 0) await once(p.bus, 'free'); const one = p.q.shift(); p.n--; if (one) use(one);",
    "if (!p.q.length) await once(p.bus, 'free'); const one = p.q.shift(); use(one); if (x) log();",
    "const empty = !p.q.length; if (empty) await once(p.bus, 'free'); return p.q.shift();",
    "const wait = p.own || !p.q.length; if (wait) await once(p.bus, 'free'); return p.q.shift();",
    "const has = p.m.has(x); if (!has) await once(p.bus, 'free'); const one = p.m.get(x); p.m.delete(x); return one;",
    "if (!p.m.size) await once(p.bus, 'free'); const [one] = p.m.entries(); p.m.delete(x); return one;",
    "if (!p.m.size) await once(p.bus, 'free'); const [one] = p.m; p.m.delete(x); return one;",
    "if (p.n === 0) await once(p.bus, 'free'); if (x.m) p.n--;",
    "if (p.n === 0) await once(p.bus, 'free'); if (x) log(); p.n--;",
    "if (p.n === 0) await once(p.bus, 'free'); const own = () => { if (p.n) log(); }; p.n--; own();",
    "await (p.n === 0 ? (x ? once(p.bus, 'free') : undefined) : undefined); p.n--;",
    "if (p.n === 0) await Promise.race([once(p.bus, 'free'), x]).catch(log); p.n--;",
  ])("in %s", (body) => {
    expect(left(body)).toEqual([2]);
  });

  test.for([
    "if (p.n === 0) await once(p.bus, 'free'); p.n *= 2;",
    "if (p.n === 0) await once(p.bus, 'free'); p.n = p.m - 1;",
    "if (p.n === 0) await once(p.bus, 'free'); p.n = p.n / 2;",
    "if (p.n === 0) await once(p.bus, 'free'); p.n += 1; typeof p.n;",
    "if (p.n > 0) await once(p.bus, 'free'); p.n--;",
    "if (p.n !== p.max) await once(p.bus, 'free'); p.n++;",
    "if (p.n - p.m > 9) await once(p.bus, 'free'); p.m++;",
    "if (p.n instanceof x) await once(p.bus, 'free'); p.n++;",
    "if (-p.n) await once(p.bus, 'free'); p.n++;",
    "if (p.q.length < 9) await once(p.bus, 'free'); p.q.push(x);",
    "if (p.q.length > 9) await once(p.bus, 'free'); p.q.push();",
    "if (p.q.length > 9) await once(p.bus, 'free'); push(x); p.q.concat(x);",
    "if (!p.q.length) await once(p.bus, 'free'); p.q.splice(0, 1);",
    "if (!p.q.length) await once(p.bus, 'free'); return p.q.pop(x);",
    "if (!p.q.join()) await once(p.bus, 'free'); return p.q.pop();",
    "if (!is(p.q)) await once(p.bus, 'free'); return p.q.pop();",
    "if (!p.m.has(x)) await once(p.bus, 'free'); p.m.delete(x);",
    "if (!p.m.has(x)) await once(p.bus, 'free'); p.m.get(x); p.m.delete();",
    "if (p.busy) await once(p.bus, 'free'); p.busy = false;",
    "if (p.busy) await once(p.bus, 'free'); p.busy = x;",
    "if (p.state === 'busy') await once(p.bus, 'free'); p.state = 'idle';",
    "if (p.state === 'busy') await once(p.bus, 'free'); p.state = next(x);",
    "if (p.state !== 'idle') await once(p.bus, 'free'); p.state = 'idle';",
    "if (p.running) await p.other; p.running = work(x);",
    "if (!p.running) await p.running; p.running = work(x);",
    "for (; p.n === 0; ) { if (p.n === 0) await once(p.bus, 'free'); p.n--; }",
    "do { if (p.n === 0) await once(p.bus, 'free'); p.n--; } while (p.n > 0);",
    "if (p.n > 0) return; await once(p.bus, 'free'); p.n--;",
    "if (p.n > 0) { p.n--; } await once(p.bus, 'free'); p.n--;",
    "if (p.n > 0) return p.n--; else log(); await once(p.bus, 'free'); p.n--;",
    "await (p.free ?? once(p.bus, 'free')); p.free--;",
    "await once(p.bus, 'free'); p.n--;",
    "p.n--; if (p.n === 0) await once(p.bus, 'free');",
    "if (p.n === 0) await once(p.bus, 'free'); p.on('end', () => { p.n--; });",
    "if (p.n === 0) await Promise.all([once(p.bus, 'free')]); p.n--;",
    "if (p.n === 0) await Promise.race(x); p.n--;",
    "if (p.n === 0) await new Promise((go) => go(x)); p.n--;",
    "if (p.n === 0) await new Promise((go, no) => p.q.push(no)); p.n--;",
    "if (p.n === 0) await new Promise((go) => p.q.includes(go)); p.n--;",
    "if (p.n === 0) await new Own((go) => p.q.push(go)); p.n--;",
    "if (p.n === 0) await work(x); p.n--;",
    "if (p.n === 0) await once(p.bus, 'free'); if (p.n) p.n--;",
    "if (p.n === 0) await once(p.bus, 'free'); p.n > 0 && p.n--;",
    "if (p.n === 0) await once(p.bus, 'free'); return p.n ? p.n-- : 0;",
    "if (p.n === 0) await once(p.bus, 'free'); while (p.n) p.n--;",
    "if (p.n === 0) await once(p.bus, 'free'); switch (p.n) { case 1: p.n--; }",
    "if (!p.q.length) await once(p.bus, 'free'); const one = p.q.shift(); if (!one) return; use(one);",
    "if (!p.q.length) await once(p.bus, 'free'); const one = p.q.shift(); return one?.x;",
    "if (!p.q.length) await once(p.bus, 'free'); let one; one = p.q.shift(); return one ? use(one) : x;",
    "if (!p.q.length) await once(p.bus, 'free'); p.q.shift()?.run();",
    "if (!p.q.length) await once(p.bus, 'free'); if (p.q.shift()) use(x);",
    "if (!p.q.length) await once(p.bus, 'free'); return p.q.shift() || x;",
    "if (!p.q.length) await once(p.bus, 'free'); return p.q.shift() === x;",
    "if (!p.q.length) await once(p.bus, 'free'); return !p.q.shift();",
    "if (p.server) { p.server.close(); await once(p.server, 'close'); p.server = listen(x); }",
    "if (p.server) { p.server.close(); await once(p.server.socket, 'close'); p.server = listen(x); }",
    "const q = new Queue(); if (!q.length) await once(p.bus, 'free'); return q.shift();",
    "let n = 0; if (n === 0) await once(p.bus, 'free'); n--;",
    "if (p.n === 0) await once(p.bus, 'free'); if (use(p.n)) p.n--;",
    "if (!p.m.has(x)) await once(p.bus, 'free'); x.get(x); p.m.delete(x);",
    "if (!p.m.has(x)) await once(p.bus, 'free'); const [one] = x.all; p.m.delete(x); return one;",
    "if (!p.m.has(x)) await once(p.bus, 'free'); p.m.set; p.m.delete(x);",
    "const own = new Own(); const q = own.q; if (!q.length) await once(p.bus, 'free'); return q.shift();",
    "if (p.n === 0) { await once(p.bus, 'free'); return f(p, x); } p.n--;",
    "if (!p.q.length) await once(p.bus, 'free'); while (p.q.pop()) log();",
  ])("but not in %s", (body) => {
    expect(left(body)).toEqual([]);
  });

  const classOf = (members: string): number[] =>
    lines(`import { once } from "node:events"; export class A {\n ${members} }`);

  test.for([
    "get empty() { return this.q.length === 0; } async f() { if (this.empty) await once(this.bus, 'x'); return this.q.shift(); }",
    "isEmpty() { return !this.q.length; } async f() { if (this.isEmpty()) await once(this.bus, 'x'); return this.q.shift(); }",
    "take() { this.n--; } async f() { if (this.n === 0) await once(this.bus, 'x'); this.take(); }",
    "wait() { return new Promise((go) => this.q.push(go)); } async f() { if (this.n === 0) await this.wait(); this.n--; }",
    "async wait() { await once(this.bus, 'x'); } async f() { if (this.n === 0) await this.wait(); this.n--; }",
    "wait() { return once(this.bus, 'x'); } async f() { if (this.n === 0) await this.wait(); this.n--; }",
    "wait = () => once(this.bus, 'x'); async f() { if (this.n === 0) await this.wait(); this.n--; }",
    "wait() { const free = new Promise((go) => { this.q.push(go); }); log(); return free; } async f() { if (this.n === 0) await this.wait(); this.n--; }",
    "async f() { const self = this; if (self.n === 0) await once(self.bus, 'x'); self.n--; }",
    "isEmpty = () => !this.q.length; async f() { if (this.isEmpty()) await once(this.bus, 'x'); return this.q.shift(); }",
    "log() { return this.m; } async f() { if (this.n === 0) await once(this.bus, 'x'); this.log(); this.n--; }",
  ])("by members: %s", (members) => {
    expect(classOf(members)).toEqual([2]);
  });

  test.for([
    "get empty() { log(); return this.q.length === 0; } async f() { if (this.empty) await once(this.bus, 'x'); return this.q.shift(); }",
    "take() { if (this.n > 0) this.n--; } async f() { if (this.n === 0) await once(this.bus, 'x'); this.take(); }",
    "take() { return () => { this.n--; }; } async f() { if (this.n === 0) await once(this.bus, 'x'); this.take(); }",
    "take() { this.m--; } async f() { if (this.n === 0) await once(this.bus, 'x'); this.take(); }",
    "check() { if (!this.n) throw new Error(); } async f() { if (this.n === 0) await once(this.bus, 'x'); this.check(); this.n--; }",
    "wait() { new Promise((go) => this.q.push(go)); } async f() { if (this.n === 0) await this.wait(); this.n--; }",
    "wait() { return [new Promise((go) => this.q.push(go))]; } async f() { if (this.n === 0) await this.wait(); this.n--; }",
  ])("but not by members: %s", (members) => {
    expect(classOf(members)).toEqual([]);
  });
});

describe("knows who else may take it", () => {
  const busy =
    "let busy = false; const q = []; export async function f() {\n if (busy) await new Promise((go) => q.push(go)); busy = true; }\n";

  test.for([
    "export function g() { busy = false; q.shift()?.(); }",
    "export function g() { q.pop()(); busy = false; }",
    "export function g() { busy = false; q.forEach((go) => go()); }",
    "export function g() { busy = false; for (const go of q) go(); }",
    "export function g() { busy = false; const next = q.shift(); if (next) next(); }",
    "export function g() { busy = false; q.splice(0, 1)[0](); }",
    "export function g() { busy = false; if (q.length) q.shift()(); }",
  ])("where a waiter is woken: %s", (text) => {
    expect(lines(busy + text)).toEqual([2]);
  });

  test.for([
    "export function g() { const next = q.shift(); if (next) next(); else busy = false; }",
    "export function g() { if (q.length) q.shift()(); else busy = false; }",
    "export function g() { q.shift()?.(); } export function h() { busy = false; }",
    "export function g() { busy = false; own.shift()?.(); }",
    "export function g() { busy = false; q.map(String); own(q.length); }",
    "export function g() { busy = true; q.shift()?.(); }",
    "export function g() { setTimeout(() => { busy = false; }); q.shift()?.(); }",
  ])("but not where it is handed over: %s", (text) => {
    expect(lines(busy + text)).toEqual([]);
  });

  const once = (text: string): number[] =>
    lines(
      `import { once } from "node:events"; let n = 0; async function f() {\n if (n === 0) await once(bus, "free"); n--; }\n${text}`,
    );

  test.for([
    "export { f };",
    "f(); f();",
    "for (const one of all) f();",
    "export const g = () => f();",
    "f(); export function g() { n--; }",
    "own(f);",
  ])("where a function runs more than once: %s", (text) => {
    expect(once(text)).toEqual([2]);
  });

  test.for(["f();", "await f();", "f(); export function g() { n++; }"])("but not where it runs once: %s", (text) => {
    expect(once(text)).toEqual([]);
  });
});

describe("knows who sees a name", () => {
  test.for<[string, string, number[]]>([
    [
      "those who call what is made",
      "export const make = (n) => async () => { if (n === 0) await once(bus, 'free'); n--; };",
      [2],
    ],
    [
      "those who call a function of the file",
      "let n = 0; export const f = async () => { if (n === 0) await once(bus, 'free'); n--; };",
      [2],
    ],
    ["nobody, at the top", "let n = 0; if (n === 0) await once(bus, 'free'); n--; export function g() { n--; }", []],
    [
      "nobody, where a constant was made before",
      "const empty = items.length === 0; export async function f() { if (empty) await once(bus, 'free'); return items.shift(); }",
      [],
    ],
  ])("%s", ([, code, expected]) => {
    expect(lines(`import { once } from "node:events";\n${code}`)).toEqual(expected);
  });
});

describe("knows which memory is shared, and by whom", () => {
  const array = "const a = new Int32Array(new SharedArrayBuffer(8)); const word = 0;\n";

  test.for<[string, string, number[]]>([
    [
      "a store of a constant",
      "export function wait() { Atomics.wait(a, word, 0); }\nexport function open() { Atomics.store(a, 0, 1); }",
      [3],
    ],
    [
      "an exchange",
      "export function wait() { Atomics.wait(a, 0, -1); }\nexport function open() { Atomics.exchange(a, 0, 1); }",
      [3],
    ],
    [
      "a sum",
      "export function wait() { Atomics.wait(a, 0, 0); }\nexport function open() { Atomics.add(a, 0, x); }",
      [3],
    ],
    [
      "a difference",
      "export function wait() { Atomics.wait(a, 0, 0n); }\nexport function open() { Atomics.sub(a, 0, x); }",
      [3],
    ],
    [
      "a wait that is not blocking",
      "export function wait() { return Atomics.waitAsync(a, 0, 0); }\nexport function open() { Atomics.store(a, 0, 1); }",
      [3],
    ],
    [
      "two waits",
      "export function wait() { Atomics.wait(a, 0, 0); Atomics.wait(a, 0, 0); }\nexport function open() { Atomics.store(a, 0, 1); }",
      [3],
    ],
    [
      "a store after a notification, past others",
      "export function wait() { Atomics.wait(a, 0, 0); }\nexport function open() {\n Atomics.notify(a, 0);\n Atomics.store(a, 0, 1); log(); }",
      [4],
    ],
    [
      "a notification without a store",
      "export function wait() { Atomics.wait(a, 0, 0); }\nexport function open() { Atomics.notify(a, 0); }",
      [3],
    ],
    [
      "a store of another element",
      "export function wait() { Atomics.wait(a, 0, 0); }\nexport function open() { Atomics.store(a, 1, 1); Atomics.notify(a, 0); }",
      [3],
    ],
    [
      "a permit by a wait that is not blocking",
      "export async function down() { if (Atomics.load(a, 0) === 0)\n await Atomics.waitAsync(a, 0, 0).value; Atomics.sub(a, 0, 1); }",
      [2],
    ],
    [
      "a permit by such a wait with a name",
      "export async function down() { const free = Atomics.waitAsync(a, 0, 0); if (Atomics.load(a, 0) === 0)\n await free.value; Atomics.sub(a, 0, 1); }",
      [2],
    ],
    [
      "a permit that a wait tests by itself",
      "export function down() {\n Atomics.wait(a, 0, 0); Atomics.sub(a, 0, 1); }",
      [3],
    ],
    [
      "a place that a wait tests by itself",
      "export function up() {\n Atomics.wait(a, 0, 9); Atomics.add(a, 0, 1); }",
      [3],
    ],
    [
      "a lock that is given back by an exchange",
      "export function lock() { if (Atomics.compareExchange(a, 0, 0, 1) !== 0) Atomics.wait(a, 0, 1); }\nexport function unlock() { Atomics.exchange(a, 0, 0); Atomics.notify(a, 0, 1); }",
      [2],
    ],
    [
      "a lock that is taken by a store",
      "export function lock() { if (Atomics.load(a, 0) === 1)\n Atomics.wait(a, 0, 1); Atomics.store(a, 0, 1); }",
      [2],
    ],
    [
      "a lock that is taken by an exchange",
      "export function lock() { if (Atomics.load(a, 0) !== 0)\n Atomics.wait(a, 0, 1); Atomics.exchange(a, 0, 1); }",
      [2],
    ],
    [
      "a place that is taken by a sum",
      "export function up() { if (Atomics.load(a, 0) > 8)\n Atomics.wait(a, 0, 9); Atomics.add(a, 0, 1); }",
      [2],
    ],
    [
      "a notification in a source with a name",
      "import { Worker } from 'worker_threads'; const text = 'Atomics.notify(a, 0);'; new Worker(text, { eval: true });\nAtomics.wait(a, 0, 0);",
      [2],
    ],
    [
      "a place by its name",
      "let i = own();\nexport function wait() { Atomics.wait(a, i, 0); }\nexport function open() { Atomics.store(a, i, 1); }",
      [4],
    ],
    [
      "a lock after which another element is looked at",
      "export function lock() { if (Atomics.compareExchange(a, 0, 0, 1) !== 0) Atomics.wait(a, 0, 1); return Atomics.load(a, 1); }\nexport function unlock() { Atomics.store(a, 0, 0); Atomics.notify(a, 0, 1); }",
      [2],
    ],
    [
      "a lock after which something else is done",
      "export function lock() { if (Atomics.compareExchange(a, 0, 0, 1) !== 0) Atomics.wait(a, 0, 1); note(); }\nfunction note() { own.n += 1; }\nexport function unlock() { Atomics.store(a, 0, 0); Atomics.notify(a, 0, 1); }",
      [2],
    ],
  ])("%s", ([, code, expected]) => {
    expect(lines(array + code)).toEqual(expected);
  });

  test.for([
    [
      "a store of what is not waited for elsewhere",
      "export function wait() { Atomics.wait(a, 0, 0); }\nexport function open() { Atomics.store(a, 1, 1); }",
    ],
    ["a load", "export function wait() { Atomics.wait(a, 0, 0); }\nexport function open() { Atomics.load(a, 0); }"],
    [
      "a store of something",
      "export function wait() { Atomics.wait(a, 0, 0); }\nexport function open() { Atomics.store(a, 0, x); }",
    ],
    ["a store where the file begins", "Atomics.store(a, 0, 1); export function wait() { Atomics.wait(a, 0, 0); }"],
    [
      "a store where a thing is made",
      "export class A { constructor() { Atomics.store(a, 0, 1); } wait() { Atomics.wait(a, 0, 0); } }",
    ],
    ["a store in the function that waits", "export function wait() { Atomics.store(a, 0, 1); Atomics.wait(a, 0, 0); }"],
    [
      "memory that a function is given",
      "own({ memory: a }); export function wait() { Atomics.wait(a, 0, 0); }\nexport function open() { Atomics.notify(a, 0); }",
    ],
    [
      "memory that writes itself",
      "a.set([1]); export function wait() { Atomics.wait(a, 0, 0); }\nexport function open() { Atomics.notify(a, 0); }",
    ],
    [
      "memory that is assigned",
      "export function wait() { Atomics.wait(a, 0, 0); }\nexport function open() { a[0] = 1; Atomics.notify(a, 0); }",
    ],
    [
      "memory that is counted",
      "export function wait() { Atomics.wait(a, 0, 0); }\nexport function open() { a[0]++; Atomics.notify(a, 0); }",
    ],
    [
      "a notification of another element",
      "export function wait() { Atomics.wait(a, 0, 0); }\nexport function open() { Atomics.notify(a, 1); }",
    ],
    [
      "a store before a notification and after it",
      "export function wait() { Atomics.wait(a, 0, 0); }\nexport function open() { Atomics.store(a, 0, 1); Atomics.notify(a, 0); Atomics.store(a, 0, 0); }",
    ],
    [
      "a store long after a notification",
      "export function wait() { Atomics.wait(a, 0, 0); }\nexport function open() { Atomics.notify(a, 0); log(); Atomics.store(a, 0, 0); }",
    ],
    ["no wait at all", "export function open() { Atomics.notify(a, 0); }"],
    [
      "a permit in a loop",
      "export function down() { while (Atomics.load(a, 0) === 0) Atomics.wait(a, 0, 0); Atomics.sub(a, 0, 1); }",
    ],
    [
      "a wait in a loop, which tests by itself",
      "export function down() { for (;;) { Atomics.wait(a, 0, 0); Atomics.sub(a, 0, 1); } }",
    ],
    [
      "a permit that is looked for again",
      "export function down() { if (Atomics.load(a, 0) === 0) Atomics.wait(a, 0, 0); if (Atomics.load(a, 0) > 0) Atomics.sub(a, 0, 1); }",
    ],
    [
      "a lock that is taken again",
      "export function lock() { if (Atomics.compareExchange(a, 0, 0, 1) !== 0) { Atomics.wait(a, 0, 1); return lock(); } }\nexport function unlock() { Atomics.store(a, 0, 0); Atomics.notify(a, 0, 1); }",
    ],
    [
      "a state that only goes on",
      "export function start() { if (Atomics.compareExchange(a, 0, 0, 1) !== 0) Atomics.wait(a, 0, 1); }\nexport function done() { Atomics.store(a, 0, 2); Atomics.notify(a, 0); }",
    ],
    [
      "a lock that is given back",
      "export function unlock() { if (Atomics.load(a, 0) === 0) Atomics.wait(a, 0, 0); Atomics.store(a, 0, 1); }",
    ],
    [
      "a lock that may be given back",
      "export function lock() { if (Atomics.load(a, 0) === 1) Atomics.wait(a, 0, 1); Atomics.store(a, 0, x); }",
    ],
    [
      "bits that are taken away",
      "export function lock() { if (Atomics.load(a, 0) === 1) Atomics.wait(a, 0, 1); Atomics.and(a, 0, 1); }",
    ],
    [
      "a store of what is waited on, below zero",
      "export function wait() { Atomics.wait(a, 0, -1); }\nexport function reset() { Atomics.store(a, 0, -1); }",
    ],
    [
      "a place that only a run can tell",
      "export function wait() { Atomics.wait(a, x + 1, 0); }\nexport function open() { Atomics.store(a, x + 2, 1); }",
    ],
    [
      "memory that only a run can tell",
      "export function wait() { Atomics.wait(own(), 0, 0); }\nexport function open() { Atomics.store(own(), 0, 1); }",
    ],
    [
      "a module of that name",
      "import { Atomics } from './own.js'; export function wait() { Atomics.wait(a, 0, 0); }\nexport function open() { Atomics.store(a, 0, 1); }",
    ],
    [
      "a worker of another module",
      "import { Worker } from './own.js'; new Worker('Atomics.notify(a, 0);', { eval: true });\nAtomics.wait(a, 0, 0);",
    ],
    [
      "something else of the module of workers",
      "import { Own } from 'worker_threads'; new Own('Atomics.notify(a, 0);', { eval: true });\nAtomics.wait(a, 0, 0);",
    ],
    [
      "a worker of a file",
      "import { Worker } from 'worker_threads'; new Worker('Atomics.notify(a, 0);', { eval: false }); new Worker('Atomics.notify(a, 0);', { name: true }); new Worker('Atomics.notify(a, 0);');\nAtomics.wait(a, 0, 0);",
    ],
    [
      "a worker that stores",
      "import { Worker } from 'worker_threads'; new Worker('Atomics.store(a, 0, 1); Atomics.notify(a, 0);', { eval: true });\nAtomics.wait(a, 0, 0);",
    ],
    [
      "a lock that is tried until it is taken",
      "export function lock() { for (;;) { if (Atomics.compareExchange(a, 0, 0, 1) === 0) return; Atomics.wait(a, 0, 1); } }\nexport function unlock() { Atomics.store(a, 0, 0); Atomics.notify(a, 0, 1); }",
    ],
    [
      "a lock that is taken again by an exchange",
      "export function lock() { if (Atomics.compareExchange(a, 0, 0, 1) !== 0) { Atomics.wait(a, 0, 1); while (Atomics.exchange(a, 0, 1) !== 0) own(); } }\nexport function unlock() { Atomics.store(a, 0, 0); Atomics.notify(a, 0, 1); }",
    ],
    [
      "a lock that is taken again by a helper",
      "export function lock() { if (Atomics.compareExchange(a, 0, 0, 1) !== 0) { Atomics.wait(a, 0, 1); again(); } }\nfunction again() { return Atomics.compareExchange(a, 0, 0, 1); }\nexport function unlock() { Atomics.store(a, 0, 0); Atomics.notify(a, 0, 1); }",
    ],
    [
      "another object of that name",
      "const Own = { wait() {}, store() {} }; export function wait() { Own.wait(a, 0, 0); }\nexport function open() { Own.store(a, 0, 1); }",
    ],
  ] as const)("is silent about %s", ([, code]) => {
    expect(lint(array + code)).toEqual([]);
  });
});

test("a constant does not change by being tested again", () => {
  const [report] = lint(`
import { once } from "node:events";
export async function take(items, added) {
  const empty = items.length === 0;
  if (empty) await once(added, "item");
  return items.shift();
}`);
  expect(report?.message).toContain("on `items.length === 0` itself, not on `empty`");
});
