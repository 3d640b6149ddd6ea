import { describe, expect, test } from "vitest";
import { lint as lintAll } from "./lint.ts";
import type { LintOptions, Report } from "./lint.ts";

const lint = (code: string, options: LintOptions = {}): Report[] =>
  lintAll(code, { rules: { "tailrace/no-microtask-spin": "error" }, ...options });
const lines = (code: string, options?: LintOptions): number[] => lint(code, options).map(({ line }) => line);

describe("the message names the wait, the state, and where that would change", () => {
  test("in a loop", () => {
    const [report] = lint(
      "let ready = false;\nsetTimeout(() => { ready = true; }, 10);\nwhile (!ready) {\n  await null;\n}",
    );
    expect(report).toMatchObject({
      line: 4,
      message:
        "`await null` waits for nothing that is still to come, so each turn of this loop lets only microtasks run. `ready` changes only when the event loop goes on (line 2), and it never does: no timer fires, nothing is read. Wait for the event itself, or for `setImmediate` of `node:timers/promises` in each turn.",
    });
  });

  test("in a loop that the time ends", () => {
    const [report] = lint(
      "let ready;\nsetTimeout(() => { ready = 1; }, 10);\nconst end = Date.now() + 100;\nwhile (!ready && Date.now() < end) await 0;",
    );
    expect(report?.message).toContain("(line 2), which it does not before the time is up");
  });

  test("in a recursion", () => {
    const [report] = lint(
      'let size = 0;\nprocess.on("message", (n) => { size = n; });\n(function poll() {\n  if (size === 0) process.nextTick(poll);\n})();',
    );
    expect(report).toMatchObject({ line: 4 });
    expect(report?.message).toContain(
      "`process.nextTick(poll)` brings the next call before the event loop goes on, until `size`",
    );
  });
});

describe("waits for nothing", () => {
  const flag = "let ready = false; setTimeout(() => { ready = true; }, 1);\n";
  test.for([
    ["undefined", "while (!ready) await undefined;"],
    ["void", "while (!ready) await void 0;"],
    ["a resolved promise", "while (!ready) await Promise.resolve(1);"],
    ["a rejected promise", "while (!ready) try { await Promise.reject(new Error()); } catch {}"],
    ["a resolving executor", "while (!ready) await new Promise((resolve) => resolve());"],
    ["an executor with a block", "while (!ready) await new Promise((resolve) => { resolve(undefined); });"],
    ["an executor that leaves it to nextTick", "while (!ready) await new Promise((done) => process.nextTick(done));"],
    ["an arrow in a microtask", "while (!ready) await new Promise((done) => queueMicrotask(() => done(0)));"],
    ["a then of a resolved promise", "while (!ready) await new Promise((done) => { Promise.resolve().then(done); });"],
    ["a handle", "while (!ready) await setImmediate(() => {});"],
    ["a named helper", "const tick = () => Promise.resolve(); while (!ready) await tick();"],
    ["an async helper", "async function tick() { await null; return 1; } while (!ready) await tick();"],
    [
      "a helper of helpers",
      "const a = async () => {}; async function b() { await a(); await a(); } while (!ready) await b();",
    ],
    ["an async IIFE", "while (!ready) await (async () => 1)();"],
    ["a constant", "const settled = Promise.resolve(); while (!ready) await settled;"],
    ["a chain", "while (!ready) await Promise.resolve().then(() => 1).finally(() => {});"],
    ["a race", "while (!ready) await Promise.race([Promise.resolve(), fetch('http://x')]);"],
    ["a ternary", "while (!ready) await (Math.random() > 0.5 ? null : undefined);"],
    ["the test", "const isReady = async () => ready; while (!(await isReady()));"],
    ["two waits", "while (!ready) { await null; await Promise.resolve(); }"],
    ["a for loop", "for (; !ready; ) await null;"],
    ["a break", "for (;;) { if (ready) break; await null; }"],
    ["an inner return", "(async () => { while (true) { if (ready) { return; } await null; } })();"],
    ["a continue", "for (;;) { if (!ready) { await null; continue; } break; }"],
    ["a label", "outer: for (;;) { for (const x of [1]) if (ready) break outer; await null; }"],
    ["work in between", "let n = 0; while (!ready) { n += Math.sqrt(n); console.log(n); await null; }"],
    ["work that we do not see", "import { work } from './work.js'; while (!ready) { work(); await null; }"],
  ] as const)("%s", ([, code]) => {
    expect(lines(flag + code)).toEqual([2]);
  });
});

describe("for what the event loop brings", () => {
  test.for([
    ["an interval", "let n = 0; setInterval(() => { n++; }, 1);\nwhile (n < 3) await null;"],
    ["a signal", "let stop = false; process.once('SIGINT', () => { stop = true; });\nwhile (!stop) await null;"],
    [
      "a named listener",
      "let stop = false; function end() { stop = true; } process.on('SIGTERM', end);\nwhile (!stop) await null;",
    ],
    [
      "a function that a timer calls",
      "let on; const set = () => { on = 1; }; setTimeout(() => set(), 1);\nwhile (!on) await null;",
    ],
    ["a map", "const m = new Map(); setTimeout(() => m.set('a', 1), 1);\nwhile (!m.has('a')) await null;"],
    ["a set", "const s = new Set(); setTimeout(() => s.add(1), 1);\nwhile (s.size === 0) await null;"],
    ["a list", "const l = []; setTimeout(() => l.push(1), 1);\nwhile (!l.length) await null;"],
    ["an object", "const o = { a: { b: false } }; setTimeout(() => { o.a.b = true; }, 1);\nwhile (!o.a.b) await null;"],
    [
      "a value",
      "import { readFile } from 'node:fs'; let v; readFile('a', (e, data) => { v = data; });\nwhile (v === undefined) await null;",
    ],
    [
      "a promise of a timer",
      "import { setTimeout as sleep } from 'node:timers/promises'; let d = false; sleep(5).then(() => { d = true; });\nwhile (!d) await null;",
    ],
    [
      "an own sleep",
      "const sleep = (ms) => new Promise((r) => setTimeout(r, ms)); let d; (async () => { await sleep(1); d = 1; })();\nwhile (!d) await null;",
    ],
    [
      "a fetch",
      "let d; fetch('http://localhost').then((r) => r.text()).then((t) => { d = t; });\nwhile (!d) await null;",
    ],
    [
      "a promise of the file system",
      "import fs from 'node:fs/promises'; let d; void fs.readFile('a').then((t) => { d = t; });\nwhile (!d) await null;",
    ],
    [
      "a port",
      "import { parentPort } from 'node:worker_threads'; let m; parentPort.on('message', (x) => { m = x; });\nwhile (!m) await null;",
    ],
    [
      "a server",
      "import http from 'http'; const s = http.createServer(); let up = false; s.once('listening', () => (up = true)); s.listen(0);\nwhile (!up) await null;",
    ],
    [
      "what a server knows",
      "import http from 'http'; const s = http.createServer().listen(0);\nwhile (!s.listening) await null;",
    ],
    [
      "a field of a class",
      "class A { #r = false; constructor() { setTimeout(() => { this.#r = true; }, 1); } async w() {\nwhile (!this.#r) await null; } } new A().w();",
    ],
    [
      "a method that a timer calls",
      "class A { r = false; open() { this.r = true; } async w() {\nwhile (!this.r) await null; } } const a = new A(); setTimeout(() => a.open(), 1); a.w();",
    ],
    [
      "a bound method",
      "class A { r = false; open() { this.r = true; } async w() {\nwhile (!this.r) await null; } } const a = new A(); setTimeout(a.open.bind(a), 1); a.w();",
    ],
    [
      "a getter",
      "class A { #s = 0; get done() { return this.#s > 0; } constructor() { setImmediate(() => { this.#s = 1; }); } async w() {\nwhile (!this.done) await null; } } new A().w();",
    ],
    [
      "a closure",
      "function make() { let ok = false; setTimeout(() => { ok = true; }, 1); return { async wait() {\nwhile (!ok) await null; } }; } await make().wait();",
    ],
    [
      "a library",
      "import { createClient } from 'redis'; const c = createClient(); let up; c.on('ready', () => { up = true; });\nwhile (!up) await null;",
    ],
  ] as const)("%s", ([, code]) => {
    expect(lines(code)).toEqual([2]);
    if (!code.includes("import")) expect(lines(code, { language: "espree" })).toEqual([2]);
  });

  test("CommonJS", () => {
    const code =
      'const { setTimeout: later } = require("timers");\nlet ready = false;\nlater(() => { ready = true; }, 1);\nmodule.exports = async () => {\n  while (!ready) await null;\n};';
    expect(lines(code, { language: "commonjs" })).toEqual([5]);
  });
});

describe("with types", () => {
  const files = {
    "gate.ts": "export declare function isOpen(): boolean; export declare function open(): Promise<boolean>;",
  };
  const head =
    'import { isOpen, open } from "./gate.ts";\nlet ready = false; setTimeout(() => { ready = true; }, 1);\n';

  test("a value that is no promise is nothing to wait for", () => {
    expect(lines(`${head}while (!ready) await isOpen();`, { files })).toEqual([3]);
    expect(lines(`${head}while (!ready) await isOpen();`)).toEqual([]);
  });

  test("a promise is", () => {
    expect(lines(`${head}while (!ready) await open();`, { files })).toEqual([]);
  });
});

describe("recursion", () => {
  const flag = "let ready = false; setTimeout(() => { ready = true; }, 1);\n";
  test.for([
    ["an early return", "function poll() { if (ready) return; process.nextTick(poll); } poll();"],
    ["an arrow in it", "function poll() { if (!ready) queueMicrotask(() => poll()); } poll();"],
    ["an arrow function", "const poll = () => { if (!ready) queueMicrotask(poll); }; poll();"],
    ["a ternary", "const poll = () => ready ? 1 : Promise.resolve().then(poll); poll();"],
    ["a conjunction", "const poll = () => { !ready && process.nextTick(poll); }; poll();"],
    [
      "an executor",
      "await new Promise((resolve) => { const check = () => { ready ? resolve() : queueMicrotask(check); }; check(); });",
    ],
    ["a method", "class A { poll() { if (!ready) queueMicrotask(() => this.poll()); } } new A().poll();"],
    ["a bound method", "class A { poll() { if (!ready) queueMicrotask(this.poll.bind(this)); } } new A().poll();"],
    ["an async function", "async function poll() { await null; if (!ready) await poll(); } await poll();"],
    [
      "an async arrow",
      "const poll = async () => { if (ready) return; await Promise.resolve(); return poll(); }; await poll();",
    ],
    [
      "a condition in the callback",
      "function spin() { Promise.resolve().then(() => { if (!ready) spin(); }); } spin();",
    ],
    ["a name of its own", "queueMicrotask(function loop() { if (!ready) queueMicrotask(loop); });"],
    ["no end", "function spin() { process.nextTick(spin); } spin();"],
  ] as const)("%s", ([, code]) => {
    expect(lines(flag + code)).toEqual([2]);
  });
});

describe("is silent where", () => {
  const flag = "let ready = false; setTimeout(() => { ready = true; }, 1);\n";
  test.for([
    ["a wait is real", "import { setTimeout as sleep } from 'node:timers/promises'; while (!ready) await sleep(1);"],
    ["a wait of the turn is real", "while (!ready) { await null; await new Promise((r) => setTimeout(r, 1)); }"],
    [
      "a wait of the turn is not known",
      "import { step } from './step.js'; while (!ready) { await null; await step(); }",
    ],
    ["a branch waits", "while (!ready) { if (Math.random() > 0.5) await null; else await new Promise(setImmediate); }"],
    ["it waits for an immediate", "while (!ready) await new Promise((resolve) => setImmediate(resolve));"],
    [
      "it is promisified",
      "import { promisify } from 'util'; const turn = promisify(setImmediate); while (!ready) await turn();",
    ],
    ["it iterates", "for (const x of [1, 2]) { if (ready) break; await x; }"],
    [
      "it iterates asynchronously",
      "while (!ready) for await (const x of source()) use(x); async function* source() {}",
    ],
    ["it counts", "for (let i = 0; i < 100 && !ready; i++) await null;"],
    ["it counts down", "let left = 3; while (!ready && left--) await null;"],
    ["it breaks by a counter", "let n = 0; while (!ready) { if (++n > 3) break; await null; }"],
    ["it is a generator", "async function* g() { while (!ready) { await null; yield 1; } }"],
    ["the body changes it", "while (!ready) { await null; ready = true; }"],
    ["what the body calls changes it", "function go() { ready = true; } while (!ready) { await null; go(); }"],
    [
      "an async function changes it",
      "async function go() { await null; ready = true; } void go(); while (!ready) await null;",
    ],
    ["a microtask changes it", "queueMicrotask(() => { ready = true; }); while (!ready) await null;"],
    [
      "a promise that we do not know changes it",
      "import { load } from './x.js'; load().then(() => { ready = true; }); while (!ready) await null;",
    ],
    ["the condition is not known", "import { done } from './x.js'; while (!ready && !done()) await null;"],
    [
      "it may break for another reason",
      "import { done } from './x.js'; while (!ready) { if (done()) break; await null; }",
    ],
    ["it returns at once", "async function f() { while (!ready) { await null; return 1; } }"],
    [
      "an emitter of our own changes it",
      "import { EventEmitter } from 'node:events'; const e = new EventEmitter(); let on; e.on('a', () => { on = 1; }); Promise.resolve().then(() => e.emit('a')); while (!on) await null;",
    ],
    [
      "the caller changes it",
      "export class A { r = false; open() { this.r = true; } async w() { while (!this.r) await null; } }",
    ],
    [
      "the caller may change it",
      "export const state = { r: false }; export function open() { state.r = true; } setTimeout(open, 5); export async function w() { while (!state.r) await null; }",
    ],
    [
      "it runs once more only",
      "function again() { if (ready) return; ready = true; process.nextTick(again); } again();",
    ],
    [
      "it is called with less",
      "function walk(n) { if (n === 0 || ready) return; process.nextTick(walk, n - 1); } walk(3);",
    ],
    [
      "it comes back by a timer at times",
      "let n = 0; function poll() { if (ready) return; if (n++ % 9) queueMicrotask(poll); else setTimeout(poll, 1); } poll();",
    ],
    ["a promise ends it", "async function poll() { if (ready) return; await fetch('http://x'); return poll(); }"],
    [
      "a variable hides the global",
      "const process = { nextTick: (f) => setTimeout(f, 1) }; function poll() { if (!ready) process.nextTick(poll); } poll();",
    ],
    [
      "setTimeout gives a promise",
      "import { setTimeout } from 'timers/promises'; let on; setInterval(() => { on = 1; }, 1); while (!on) await setTimeout(5);",
    ],
    [
      "the promise is not settled yet",
      "let go; const gate = new Promise((r) => { go = r; }); setTimeout(() => go(), 5); while (!ready) await gate;",
    ],
    [
      "a step of a list is waited for",
      "const tasks = []; setTimeout(() => tasks.push(1), 1); while (tasks.length > 0) await tasks.shift();",
    ],
  ] as const)("%s", ([, code]) => {
    expect(lint(flag + code)).toEqual([]);
  });
});

test("the message says that the global `setTimeout` returns no promise", () => {
  const [report] = lint(
    "let done = false;\nsetTimeout(() => { done = true; }, 9);\nwhile (!done) await setTimeout(f, 5);",
  );
  expect(report?.message).toContain("(this `setTimeout` returns a timer, not a promise;");
});
