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
