import { describe, expect, test } from "vitest";
import { lint as lintAll } from "./lint.ts";
import type { LintOptions, Report } from "./lint.ts";

const lint = (code: string, options: LintOptions = {}): Report[] =>
  lintAll(code, { rules: { "tailrace/no-double-schedule": "error" }, ...options });
const lines = (code: string, options?: LintOptions): number[] => lint(code, options).map(({ line }) => line);
const strict: LintOptions = { rules: { "tailrace/no-double-schedule": ["error", { strict: true }] } };

describe("timers whose runs queue behind each other", () => {
  test("the message names the timer and the wait", () => {
    const [report] = lint(`
import { Mutex } from "async-mutex";
const lock = new Mutex();
const sync = async () => {
  await lock.runExclusive(() => fetch("/"));
};
setInterval(sync, 1000);`);
    expect(report?.line).toBe(7);
    expect(report?.message).toContain(
      'Each tick of `setInterval` begins a run that waits at line 5 (`lock.runExclusive(() => fetch("/"))`) behind those that have not ended',
    );
  });

  const head =
    'import pLimit from "p-limit"; import AsyncLock from "async-lock"; import cron from "node-cron"; import { CronJob } from "cron"; import * as schedule from "node-schedule"; import { Cron } from "croner"; const limit = pLimit(1); const locks = new AsyncLock(); const work = async () => { await fetch("/"); };\n';

  test.for([
    "setInterval(() => limit(work), 10);",
    "globalThis.setInterval(async () => { try { await limit(work); } finally { log(); } }, 10);",
    'setInterval(() => { locks.acquire("a", work).catch(log); }, 10);',
    'cron.schedule("* * * * *", async () => { await limit(work); });',
    'new CronJob("* * * * *", () => limit(work));',
    'CronJob.from({ cronTime: "* * * * *", onTick: async () => { await limit(work); } });',
    'schedule.scheduleJob("name", "* * * * *", () => { void limit(work); });',
    'new Cron("* * * * *", { protect: false }, () => limit(work));',
    "if (on) setInterval(async () => { if (!enabled) return; await limit(work); }, 10);",
    "class A { #l = pLimit(1); constructor() { setInterval(this.run.bind(this), 10); } async run() { await this.#l(work); } }",
  ])("%s", (code) => {
    expect(lines(head + code)).toEqual([2]);
    expect(lines(head + code, { language: "espree" })).toEqual([2]);
  });

  test.for([
    "setTimeout(() => limit(work), 10);",
    "setInterval(() => { if (limit.pendingCount === 0) limit(work); }, 10);",
    "let on = false; setInterval(async () => { if (on) return; on = true; await limit(work); on = false; }, 10);",
    'cron.schedule("* * * * *", async () => { await limit(work); }, { noOverlap: true });',
    'new Cron("* * * * *", { protect: true }, () => limit(work));',
    'CronJob.from({ cronTime: "* * * * *", waitForCompletion: true, onTick: async () => { await limit(work); } });',
    "setInterval(() => { const limit = (f) => f(); limit(work); }, 10);",
    'setInterval(() => locks.acquire("a", work, { timeout: 100 }), 10);',
    "const t = setInterval(async () => { clearInterval(t); await limit(work); }, 10);",
    "setInterval(work, 10);",
  ])("is silent about %s", (code) => {
    expect(lint(head + code)).toEqual([]);
  });

  test.for<[string, string, number[]]>([
    [
      "each minute",
      'import cron from "node-cron"; cron.schedule("* * * * *", async () => { await fetch("/"); });',
      [1],
    ],
    [
      "some seconds",
      'import { scheduleJob } from "node-schedule"; scheduleJob("*/10 * * * * *", async () => { await fetch("/"); });',
      [1],
    ],
    [
      "by an option",
      'import { CronJob } from "cron"; CronJob.from({ cronTime: "0 * * * * *", onTick: async () => { await fetch("/"); } });',
      [1],
    ],
    ["each hour", 'import cron from "node-cron"; cron.schedule("0 * * * *", async () => { await fetch("/"); });', []],
    [
      "each minute, kept apart",
      'import cron from "node-cron"; cron.schedule("* * * * *", async () => { await fetch("/"); }, { noOverlap: true });',
      [],
    ],
    [
      "a name with five words",
      'import { scheduleJob } from "node-schedule"; scheduleJob("a b c d e", at, async () => { await fetch("/"); });',
      [],
    ],
  ])("strict: a job of %s", ([, code, expected]) => {
    expect(lines(code, strict)).toEqual(expected);
    expect(lines(code)).toEqual([]);
  });

  test("strict: a run whose wait nothing bounds", () => {
    expect(lines('setInterval(async () => { await fetch("/"); }, 10);', strict)).toEqual([1]);
    expect(lint('setInterval(async () => { await fetch("/"); }, 10);')).toEqual([]);
    expect(
      lint('setInterval(async () => { await fetch("/", { signal: AbortSignal.timeout(5) }); }, 10);', strict),
    ).toEqual([]);
    expect(
      lint(
        'let on; setInterval(async () => { if (on) return; on = true; await fetch("/"); on = false; }, 10);',
        strict,
      ),
    ).toEqual([]);
  });
});

describe("waiters that are queued again", () => {
  const head =
    "const q = []; const ask = () => new Promise((go) => q.push(go)); export const next = () => q.shift()?.();\n";

  test.for([
    "export async function f(ok) { let turn = ask(); if (!ok()) turn = ask(); await turn; }",
    "export async function f(ok) { let turn; while (!ok()) turn = ask(); await turn; }",
    "export async function f(n) { for (let i = 0; i < n; i++) ask(); }",
    "export async function f() { void ask(); return ask(); }",
  ])("%s", (code) => {
    expect(lines(head + code)).toEqual([2]);
  });

  test.for([
    "export async function f(ok) { let turn = ask(); if (!ok()) { await turn; turn = ask(); } await turn; }",
    "export async function f(ok) { const turn = ok() ? ask() : ask(); await turn; }",
    "export async function f(all) { let turn = ask(); all.push(turn); turn = ask(); await turn; }",
    "export async function f(n) { for (let i = 0; i < n; i++) await ask(); }",
    "export async function f(ok) { let turn; if (ok) turn = ask(); else turn = ask(); await turn; }",
  ])("is silent about %s", (code) => {
    expect(lint(head + code)).toEqual([]);
  });
});

describe("items that are served twice", () => {
  const loop =
    "const q = []; export function drain() { while (q.length) { const c = q.shift(); c.run(); if (c.more) q.push(c); } }\n";

  test.for([
    'export function add(c) { c.on("ready", () => q.push(c)); }',
    'export function add(c) { c.on("ready", () => { if (c.ready) { q.push(c); } }); }',
    'export function add(c) { const wake = () => { q.push(c); }; c.addEventListener("ready", wake); }',
    "export function add(c) { c.onready = () => q.push(c); }",
  ])("%s", (code) => {
    const [report] = lint(loop + code);
    expect(report?.line).toBe(2);
    expect(report?.message).toContain("what the loop may have put back already (line 1)");
  });

  test.for([
    'export function add(c) { c.on("ready", () => { if (!q.includes(c)) q.push(c); }); }',
    'export function add(c) { c.on("ready", () => { if (q.indexOf(c) >= 0) return; q.push(c); }); }',
    'export function add(c) { c.on("ready", () => { if (!c.queued) { c.queued = true; q.push(c); } }); }',
    'export function add(s) { s.on("connection", (c) => q.push(c)); }',
    'export function add(s) { s.on("tick", () => q.push({ run() {} })); }',
    "export function add(c) { q.push(c); }",
  ])("is silent about %s", (code) => {
    expect(lint(loop + code)).toEqual([]);
  });
});

test("the message names the option that keeps runs from overlapping", () => {
  const code = `import { Cron } from "croner"; import { Mutex } from "async-mutex"; const lock = new Mutex();
new Cron("* * * * *", async () => { await lock.runExclusive(() => sleep(9)); });`;
  expect(lint(code)[0]?.message).toContain("(`protect: true`)");
});
