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
    ["a task that returns a promise", 'setInterval(() => limit(() => fetch("/")), 10);', [2]],
    ["a task that makes a promise", "setInterval(() => limit(() => new Promise(work)), 10);", [2]],
    ["a task of one statement that returns", 'setInterval(() => limit(() => { return fetch("/"); }), 10);', [2]],
    ["a task that returns at its end", 'setInterval(() => limit(() => { log(); return fetch("/"); }), 10);', [2]],
    ["a task that returns nothing", "setInterval(() => limit(() => { log(); return; }), 10);", []],
    ["a task that only counts", "setInterval(() => limit(() => { total += 1; }), 10);", []],
    ["a task that is a value", "setInterval(() => limit(() => total), 10);", []],
    [
      "a timeout among other options",
      'setInterval(() => locks.acquire("a", work, { skipQueue: true, timeout: 9 }), 10);',
      [],
    ],
    [
      "a function that the run calls on the spot",
      "setInterval(() => { (async () => { await limit(work); })(); }, 10);",
      [2],
    ],
    ["a function that the run hands over", "setInterval(() => { button.onClick(() => limit(work)); }, 10);", []],
    ["a function that the run only makes", "setInterval(() => { next = () => limit(work); }, 10);", []],
    [
      "a wait three helpers away",
      "const a = () => b(); const b = () => c(); const c = () => limit(work); setInterval(() => a(), 10);",
      [2],
    ],
    [
      "a wait more helpers away than are followed",
      "const a = () => b(); const b = () => c(); const c = () => d(); const d = () => limit(work); setInterval(() => a(), 10);",
      [],
    ],
    ["a helper that calls itself", "const a = (n) => { if (n) a(n - 1); }; setInterval(() => a(3), 10);", []],
    [
      "a job that stops itself",
      'const job = cron.schedule("* * * * *", async () => { job.stop(); await limit(work); job.start(); });',
      [],
    ],
    [
      "a job that pauses",
      'const job = new Cron("* * * * *", async () => { job.pause(); await limit(work); job.resume(); });',
      [],
    ],
    [
      "a job that cancels itself",
      'const job = schedule.scheduleJob("* * * * *", async () => { job.cancel(); await limit(work); });',
      [],
    ],
    [
      "a job that stops only after the wait",
      'const job = cron.schedule("* * * * *", async () => { await limit(work); job.stop(); });',
      [2],
    ],
    [
      "a job that asks for its next run",
      'const job = cron.schedule("* * * * *", async () => { job.getNextRun(); await limit(work); });',
      [2],
    ],
    [
      "a run that gives up after a time",
      "setInterval(async () => { await Promise.race([limit(work), sleep(9)]); }, 10);",
      [],
    ],
    [
      "a run that goes on with the first result",
      "setInterval(async () => { await Promise.any([limit(work), sleep(9)]); }, 10);",
      [],
    ],
    ["a run that waits for all", "setInterval(async () => { await Promise.all([limit(work), sleep(9)]); }, 10);", [2]],
    ["a race of another kind", "setInterval(async () => { await Boats.race([limit(work)]); }, 10);", [2]],
    [
      "a list of what runs",
      "const running = []; setInterval(async () => { if (running[0]) return; running.push(1); await limit(work); running.pop(); }, 10);",
      [],
    ],
    [
      "a flag that is set by a method",
      "setInterval(async () => { if (busy.on) return; busy.set(true); await limit(work); busy.set(false); }, 10);",
      [],
    ],
    [
      "a counter that is added to",
      "setInterval(async () => { if (tally.count) return; tally.add(1); await limit(work); }, 10);",
      [],
    ],
    [
      "a signal that the run clears",
      "setInterval(async () => { if (!signal.ready) return; signal.clear(); await limit(work); }, 10);",
      [],
    ],
    [
      "a ticket that the run deletes",
      'setInterval(async () => { if (!tickets.first) return; tickets.delete("first"); await limit(work); }, 10);',
      [],
    ],
    [
      "a setting that the run only reports",
      'setInterval(async () => { if (!config.on) return; config.report("run"); await limit(work); }, 10);',
      [2],
    ],
    [
      "a setting in a file that sets other things",
      "let other = 1; other = 2; setInterval(async () => { if (!enabled) return; await limit(work); }, 10);",
      [2],
    ],
    [
      "a set of what runs",
      "const busy = new Set(); setInterval(async () => { if (busy.size > 0) return; begin(busy); await limit(work); }, 10);",
      [],
    ],
    [
      "a limit that is asked how many are active",
      "setInterval(async () => { if (limit.activeCount > 0) return; await limit(work); }, 10);",
      [],
    ],
    [
      "a queue that is asked what is pending",
      'import PQueue from "p-queue"; const q = new PQueue({ concurrency: 1 }); setInterval(async () => { if (q.pending > 0) return; await q.add(work); }, 10);',
      [],
    ],
    [
      "a queue that is not asked",
      'import PQueue from "p-queue"; const q = new PQueue({ autoStart: true, concurrency: 1 }); setInterval(async () => { await q.add(work); }, 10);',
      [2],
    ],
    ["what is awaited is asked", "setInterval(async () => { if (await idle) await limit(work); }, 10);", []],
    [
      "what a call said is asked",
      "setInterval(async () => { const isBusy = ask(); if (isBusy) return; await limit(work); }, 10);",
      [],
    ],
    [
      "what a call said is asked the other way round",
      "setInterval(async () => { const isFree = ask(); if (!isFree) return; await limit(work); }, 10);",
      [],
    ],
    [
      "what an awaited call said is compared",
      "setInterval(async () => { const count = await ask(); if (count > 0) return; await limit(work); }, 10);",
      [],
    ],
    [
      "a part of what a call said is asked",
      "setInterval(async () => { const { busy } = ask(); if (busy) return; await limit(work); }, 10);",
      [],
    ],
    [
      "what a call said once is asked",
      "const isOn = ask(); setInterval(async () => { if (!isOn) return; await limit(work); }, 10);",
      [2],
    ],
    [
      "only a clock is asked",
      "const f = async () => { const isOld = Date.now() - born >= 9; if (isOld || isEmpty) await limit(work); };\nsetInterval(f, 10);",
      [3],
    ],
    [
      "only what the constructor sets is asked",
      "class A { constructor(o) { this.max = o.max; } start() {\n setInterval(async () => { const isMany = n > this.max; if (isMany || all) await limit(work); }, 10); } }",
      [3],
    ],
    [
      "a timer that a function called on the spot stops",
      "const t = setInterval(async () => { (() => clearInterval(t))(); await limit(work); }, 10);",
      [],
    ],
    [
      "a timer that a helper stops",
      "const stop = () => { clearInterval(t); }; const t = setInterval(async () => { stop(); await limit(work); }, 10);",
      [],
    ],
    [
      "a timer that a helper stops after its wait",
      "const once = async () => { await limit(work); clearInterval(t); }; const t = setInterval(async () => { await once(); }, 10);",
      [2],
    ],
    [
      "a timer that a helper does not stop",
      "const begin = () => { log(); }; setInterval(async () => { begin(); await limit(work); }, 10);",
      [2],
    ],
    [
      "a setting under another name is asked",
      "setInterval(async () => { const isOn = settings.on; if (!isOn) return; await limit(work); }, 10);",
      [2],
    ],
    [
      "a member that the run counts up",
      "class A { #l = pLimit(1); runs = 0; constructor() { setInterval(() => this.run(), 10); } async run() { if (this.runs) return; this.runs++; await this.#l(work); this.runs--; } }",
      [],
    ],
    [
      "a member that nobody changes",
      "class A extends Set { #l = pLimit(1); constructor() { setInterval(() => this.run(), 10); } async run() { if (!this.enabled) return; this.add(1); await this.#l(work); } }",
      [2],
    ],
    [
      "a member that another method sets",
      "class A { #l = pLimit(1); constructor() { setInterval(() => this.run(), 10); } begin() { this.on = true; } async run() { if (!this.on) return; await this.#l(work); } }",
      [],
    ],
    ["what is given to another callback", "setInterval(poll, 10, () => limit(work));", []],
    [
      "a callback with bound arguments",
      'async function sync(a) { await limit(work); } setInterval(sync.bind(null, "a"), 10);',
      [2],
    ],
    [
      "a callback that something else is made of",
      "const sync = () => limit(work); setInterval(sync.throttled(100), 10);",
      [],
    ],
    ["options that are not all to be seen", 'cron.schedule("* * * * *", () => limit(work), { ...options });', []],
    ["a rule that is not all to be seen", "schedule.scheduleJob({ ...rule }, () => limit(work));", [2]],
    [
      "a wait when the job is over",
      'CronJob.from({ cronTime: "* * * * *", onComplete: () => limit(work), onTick: poll });',
      [],
    ],
    [
      "a limiter with only a task",
      'import Bottleneck from "bottleneck"; const b = new Bottleneck({ maxConcurrent: 1 }); setInterval(() => b.schedule(() => total), 10);',
      [],
    ],
    ["a method with a computed name", "setInterval(() => locks[name](work), 10);", []],
  ])("%s", ([, code, expected]) => {
    expect(lines(head + code)).toEqual(expected);
  });

  test.for<[string, string, number[]]>([
    [
      "each run comes after the one before",
      "let tail = begin(); setInterval(() => { tail = tail.then(work); }, 10);",
      [1],
    ],
    [
      "whether or not the one before failed",
      "let tail = begin(); setInterval(() => { tail = tail.finally(work); }, 10);",
      [1],
    ],
    [
      "and what went wrong is logged",
      "let tail = begin(); setInterval(() => { tail = tail.then(work).catch(log); }, 10);",
      [1],
    ],
    [
      "the end has a second name",
      "let tail = begin(); setInterval(() => { const before = tail; tail = before.then(work); }, 10);",
      [1],
    ],
    [
      "the next end has a name first",
      "let tail = begin(); setInterval(() => { const next = tail.then(work); tail = next; }, 10);",
      [1],
    ],
    ["the chain is declared below", "setInterval(() => { tail = tail.then(work); }, 10); var tail = begin();", [1]],
    ["another promise each time", 'let last; setInterval(() => { last = fetch("/").then(log); }, 10);', []],
    ["a chain of one run", "setInterval(() => { let tail = begin(); tail = tail.then(work); }, 10);", []],
    ["a value that is kept", "let last; setInterval(() => { last = now; }, 10);", []],
    ["a value that is mapped", "let list = []; setInterval(() => { list = list.map(work); }, 10);", []],
    [
      "the promise before is awaited",
      "let tail; setInterval(async () => { const before = tail; let free; tail = new Promise((go) => { free = go; }); await before; await work(); free(); }, 10);",
      [1],
    ],
    [
      "a deferred one is awaited",
      "let tail; setInterval(async () => { const before = tail; const next = Promise.withResolvers(); tail = next.promise; await before; await work(); next.resolve(); }, 10);",
      [1],
    ],
    ["a time that is kept", "let last; setInterval(() => { last = new Date(); }, 10);", []],
    [
      "a time that is kept in a run that waits",
      "let last; setInterval(async () => { last = new Date(); await work(); }, 10);",
      [],
    ],
    [
      "a time that is kept in a run that waits for something named",
      "let last; setInterval(async () => { const job = other; last = new Date(); await job; }, 10);",
      [],
    ],
    [
      "a state that is not a promise",
      'let state; setInterval(async () => { const before = state; state = "busy"; await before; }, 10);',
      [],
    ],
    [
      "one promise that is made once",
      "let ready; setInterval(async () => { const before = ready; ready ??= new Promise(begin); await before; }, 10);",
      [],
    ],
  ])("a chain of promises: %s", ([, code, expected]) => {
    expect(lines(code)).toEqual(expected);
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
      "each minute with a name",
      'import { scheduleJob } from "node-schedule"; scheduleJob("nightly", "* * * * *", async () => { await fetch("/"); });',
      [1],
    ],
    [
      "each minute, with spaces around and between",
      'import cron from "node-cron"; cron.schedule(" *  * * * * ", async () => { await fetch("/"); });',
      [1],
    ],
    [
      "each hour with a year",
      'import { Cron } from "croner"; new Cron("0 0 * * * * *", async () => { await fetch("/"); });',
      [],
    ],
    [
      "a name that begins with a star",
      'import { scheduleJob } from "node-schedule"; scheduleJob("* sync & clean up", at, async () => { await fetch("/"); });',
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

  test.for<[string, string, number[]]>([
    ["each item of a stream", "for await (const one of stream) log(one);", [1]],
    ["each item of a list", "for (const one of list) log(one);", []],
    ["a request for each item, each with a deadline", "for (const one of list) await fetch(one, { signal });", [1]],
    ["a request with a deadline among other options", 'await fetch("/", { method: "POST", signal });', []],
    ["a request with other options", 'await fetch("/", { method: "POST" });', [1]],
    ["a request with options from elsewhere", 'await fetch("/", { ...options });', []],
    ["a request with arguments from elsewhere", "await fetch(...request);", []],
    ["a pause", "await sleep(5);", []],
    ["what is there already", "await ready;", []],
  ])("strict: a run that waits for %s", ([, body, expected]) => {
    const code = `import { setTimeout as sleep } from "node:timers/promises"; setInterval(async () => { ${body} }, 10);`;
    expect(lines(code, strict)).toEqual(expected);
    expect(lines(code)).toEqual([]);
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

  const line =
    "class Line extends Base { q = []; ask() { return new Promise((go) => this.q.push(go)); } beg() { return new Promise((go) => this.q.push(go)); } next() { this.q.shift()?.(); } log() {} leave() { this.q.splice(0, 1); } }\n";

  test.for<[string, string, number[]]>([
    ["a dropped turn is told once", "export async function f() { void ask(); await ask(); await ask(); }", [3]],
    [
      "a turn of which only the absence is looked at",
      "export async function f() { const none = !ask(); await ask(); return none; }",
      [3],
    ],
    [
      "a turn that is asked for where there is none",
      "export async function f(ok) { let turn; while (!ok()) turn ??= ask(); await turn; }",
      [],
    ],
    [
      "two turns under two names",
      "export async function f() { const a = ask(); const b = ask(); await a; await b; }",
      [],
    ],
    [
      "a turn that another function looks at",
      "export async function f(c) { let turn = ask(); c.onready = () => turn; turn = ask(); await turn; }",
      [],
    ],
    [
      "a turn that another function may have looked at",
      "export async function f(c) { let turn; c.onready = () => turn; turn = ask(); turn = ask(); await turn; }",
      [],
    ],
    [
      "dropped turns of two functions",
      "export function f(n) { while (n.more) ask(); }\nexport function g(n) { while (n.more) ask(); }",
      [3, 4],
    ],
    [
      "a place in another queue of the same line",
      "class Two { q = []; r = []; ask() { return new Promise((go) => this.q.push(go)); } beg() { return new Promise((go) => this.r.push(go)); } next() { this.q.shift()?.(); this.r.shift()?.(); } } const a = new Two(); export async function f(ok) { let turn = a.ask(); if (!ok()) turn = a.beg(); await turn; }",
      [],
    ],
    ["turns of two functions", "export function f() { void ask(); } export function g() { return ask(); }", []],
    ["a function that is made there asks later", "export function f() { void ask(); return () => ask(); }", []],
    [
      "a function that is called where it stands",
      "export function f(n) { for (let i = 0; i < n; i++) (() => new Promise((go) => q.push(go)))(); }",
      [3],
    ],
    [
      "turns of one line",
      "const a = new Line(); export async function f(ok) { let turn = a.ask(); if (!ok()) turn = a.ask(); await turn; }",
      [3],
    ],
    [
      "turns of two lines",
      "const a = new Line(); const b = new Line(); export async function f(ok) { let turn = a.ask(); if (!ok()) turn = b.ask(); await turn; }",
      [],
    ],
    [
      "turns asked for in two ways",
      "const a = new Line(); export async function f(ok) { let turn = a.ask(); if (!ok()) turn = a.beg(); await turn; }",
      [],
    ],
    [
      "the line does something else between",
      "const a = new Line(); export async function f(ok) { let turn = a.ask(); a.log(); if (!ok()) turn = a.ask(); await turn; }",
      [3],
    ],
    [
      "the waiter leaves the line between",
      "const a = new Line(); export async function f(ok) { let turn = a.ask(); a.leave(); if (!ok()) turn = a.ask(); await turn; }",
      [],
    ],
    [
      "the line does something unseen between",
      "const a = new Line(); export async function f(ok) { let turn = a.ask(); a.forget(); if (!ok()) turn = a.ask(); await turn; }",
      [],
    ],
    [
      "something else is done between",
      'const a = new Line(); export async function f(ok) { let turn = a.ask(); console.log("again"); if (!ok()) turn = a.ask(); await turn; }',
      [3],
    ],
    [
      "a new line in each turn of a loop",
      "export function f(n) { for (let i = 0; i < n; i++) { const a = new Line(); void a.ask(); } }",
      [],
    ],
    [
      "a new line that is asked twice",
      "export async function f(n) { for (let i = 0; i < n; i++) { const a = new Line(); void a.ask(); await a.ask(); } }",
      [3],
    ],
    [
      "the same line in each turn of a loop",
      "export function f(n) { const a = new Line(); for (let i = 0; i < n; i++) void a.ask(); }",
      [3],
    ],
    [
      "a new line that is asked in an inner loop",
      "export function f(n) { for (const x of n) { const a = new Line(); while (x.more) void a.ask(); } }",
      [3],
    ],
  ])("%s", ([, code, expected]) => {
    expect(lines(head + line + code)).toEqual(expected);
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

  test.for<[string, string, number[]]>([
    ["at the front", 'export function add(c) { c.on("ready", () => q.unshift(c)); }', [2]],
    ["itself", 'class A { constructor(c) { c.on("ready", () => q.push(this)); } }', [2]],
    [
      "itself, by a method",
      'class A { constructor(c) { c.on("ready", () => this.put()); } put() { q.push(this); } }',
      [2],
    ],
    [
      "in two places",
      'export function add(c) { c.on("ready", () => q.push(c));\nc.on("open", () => q.push(c)); }',
      [2, 3],
    ],
    ["what is made below", 'events.on("ready", () => q.push(main)); const main = make();', [2]],
    [
      "what a helper is given",
      'const put = (d) => { q.push(d); }; export function add(c) { c.on("ready", () => put(c)); }',
      [2],
    ],
    [
      "what a helper is given second",
      'const put = (why, d) => { q.push(d); }; export function add(c) { c.on("ready", () => put("ready", c)); }',
      [2],
    ],
    [
      "what a helper knows",
      'const main = make(); const put = () => { q.push(main); }; main.on("ready", () => put());',
      [2],
    ],
    [
      "what a helper makes",
      'const put = (c) => { q.push({ c }); }; export function add(c) { c.on("ready", () => put(c)); }',
      [],
    ],
    [
      "what is new, by a helper",
      'const put = (why, d) => { q.push(d); }; export function add(s) { s.on("connection", (c) => put(s, c)); }',
      [],
    ],
    ["nothing, by a helper", 'const put = (d) => { q.push(d); }; events.on("ready", () => put());', []],
    [
      "by a helper that tests",
      'const put = (d) => { if (!q.includes(d)) q.push(d); }; export function add(c) { c.on("ready", () => put(c)); }',
      [],
    ],
    [
      "by a helper, after a test",
      'const put = (d) => { q.push(d); }; export function add(c) { c.on("ready", () => { if (!q.includes(c)) put(c); }); }',
      [],
    ],
    [
      "what a function says is not queued",
      'const isQueued = (c) => q.includes(c); export function add(c) { c.on("ready", () => { if (!isQueued(c)) q.push(c); }); }',
      [],
    ],
    [
      "what a function says is open",
      'const isOpen = (c) => c.open; export function add(c) { c.on("ready", () => { if (isOpen(c)) q.push(c); }); }',
      [2],
    ],
    [
      "what is in no set yet",
      'const queued = new Set(); export function add(c) { c.on("ready", () => { if (!queued.has(c)) { queued.add(c); q.push(c); } }); }',
      [],
    ],
    [
      "what was idle until now",
      'export function add(c) { c.on("ready", () => { if (idle.has(c)) { idle.delete(c); q.push(c); } }); }',
      [],
    ],
    [
      "what a map does not know",
      'export function add(c) { c.on("ready", () => { if (!known.get(c)) { known.set(c, true); q.push(c); } }); }',
      [],
    ],
    [
      "what a set allows that nobody changes",
      'export function add(c) { c.on("ready", () => { if (allowed.has(c)) { log.write(c); q.push(c); } }); }',
      [2],
    ],
    [
      "what has a member, after it is added elsewhere",
      'export function add(c) { c.on("ready", () => { lists[index].add(c); if (c[key]) q.push(c); }); }',
      [2],
    ],
    [
      "not more than some times",
      'export function add(c) { c.on("ready", () => { c.times += 1; if (c.times < 9) q.push(c); }); }',
      [2],
    ],
    [
      "by a function that calls itself",
      'export function add(c) { const wake = () => { if (c.late) wake(); q.push(c); }; c.on("ready", wake); }',
      [2],
    ],
    ["to another queue", 'const other = []; export function add(c) { c.on("ready", () => other.push(c)); }', []],
  ])("a listener adds %s", ([, code, expected]) => {
    expect(lines(loop + code)).toEqual(expected);
  });

  const listener = '\nexport function add(c) { c.on("ready", () => q.push(c)); }';

  test.for<[string, string, number[]]>([
    ["puts nothing back", "const q = []; export const later = (c) => { q.push(c); };", []],
    [
      "puts something else in",
      "const q = []; export function drain() { while (q.length) { const c = q.shift(); q.push(c.next); } }",
      [],
    ],
    [
      "puts in what belongs to it",
      "const q = []; export function drain() { while (q.length) { const d = q.shift().next; if (d) q.push(d); } }",
      [],
    ],
    [
      "puts in what came from elsewhere",
      "const q = []; export function fill() { while (more()) { const c = other.shift(); q.push(c); } }",
      [],
    ],
    [
      "uses its parameter",
      "const q = []; export function drain(c) { while (q.length) { c = q.shift(); if (c.more) q.push(c); } }",
      [2],
    ],
    [
      "begins with none",
      "const q = []; export function drain() { let c = null; while ((c = q.shift())) if (c.more) q.push(c); }",
      [2],
    ],
    [
      "puts back in two places",
      "const q = []; export function drain() { while (q.length) { const c = q.shift(); if (c.late) q.push(c); else if (c.more) q.push(c); } }",
      [2],
    ],
    [
      "puts back with &&",
      "const q = []; export function drain() { while (q.length) { const c = q.shift(); c.more && q.push(c); } }",
      [2],
    ],
    [
      "puts back with a question",
      "const q = []; export function drain() { while (q.length) { const c = q.shift(); c.more ? q.push(c) : c.end(); } }",
      [2],
    ],
    [
      "has a queue of its own kind",
      "const q = new Queue(); export function drain() { while (q.length) { const c = q.dequeue(); if (c.more) q.enqueue(c); } }",
      [2],
    ],
    [
      "keeps a flag",
      "const q = []; export function drain() { while (q.length) { const c = q.shift(); if (c.more) { c.queued = true; q.push(c); } else c.queued = false; } }",
      [2],
    ],
  ])("the loop %s", ([, code, expected]) => {
    expect(lines(code + listener)).toEqual(expected);
  });

  test("a flag that only the loop sets keeps both apart", () => {
    const code =
      "const q = []; export function drain() { while (q.length) { const c = q.shift(); if (c.more) { c.queued = true; q.push(c); } else c.queued = false; } }\n";
    expect(lines(`${code}export function add(c) { c.on("ready", () => { if (!c.queued) q.push(c); }); }`)).toEqual([]);
  });

  test("a loop within the listener puts back what it has just taken", () => {
    const code =
      'const q = []; let c; events.on("ready", () => { while (q.length) { c = q.shift(); c.run(); q.push(c); } });';
    expect(lines(code)).toEqual([]);
  });
});

test("the message names the option that keeps runs from overlapping", () => {
  const code = `import { Cron } from "croner"; import { Mutex } from "async-mutex"; const lock = new Mutex();
new Cron("* * * * *", async () => { await lock.runExclusive(() => sleep(9)); });`;
  expect(lint(code)[0]?.message).toContain("(`protect: true`)");
});
