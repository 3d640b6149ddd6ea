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
    ["a number", "while (!ready) await 0;"],
    ["a template", "while (!ready) await `${ready}`;"],
    ["a counter", "let n = 0; while (!ready) await n++;"],
    ["a comparison", "while (!ready) await (1 < 2);"],
    ["a list", "while (!ready) await [];"],
    ["an empty object", "while (!ready) await {};"],
    ["a function that nobody calls", "while (!ready) await (() => fetch('http://x'));"],
    ["a function expression", "while (!ready) await function () {};"],
    ["what was waited for", "while (!ready) await (await null);"],
    ["an assignment", "let v; while (!ready) await (v = null);"],
    ["a conjunction", "while (!ready) await (null && undefined);"],
    ["a variable that gets a number", "let v = 1; v = 2; while (!ready) await v;"],
    ["a variable that is counted", "let v = 1; v++; while (!ready) await v;"],
    ["a field", "class A { gone = Promise.resolve(); async w() { while (!ready) await this.gone; } } new A().w();"],
    ["a private field", "class A { #gone = null; async w() { while (!ready) await this.#gone; } } new A().w();"],
    ["a resolved constant", "while (!ready) await Promise.resolve(Promise.resolve(1));"],
    ["all of the settled", "while (!ready) await Promise.all([Promise.resolve(), null]);"],
    ["all of nothing", "while (!ready) await Promise.allSettled([]);"],
    ["any that is settled", "while (!ready) await Promise.any([fetch('http://x'), Promise.resolve()]);"],
    [
      "a promisified nextTick",
      "const turn = require('util').promisify(process.nextTick); while (!ready) await turn();",
    ],
    [
      "a promisified nextTick of a module",
      "import { promisify } from 'node:util'; const turn = promisify(process.nextTick); while (!ready) await turn();",
    ],
    [
      "queueMicrotask promisified",
      "import { promisify } from 'node:util'; while (!ready) await promisify(queueMicrotask)();",
    ],
    ["a catch", "while (!ready) await Promise.reject(1).catch(() => null);"],
    ["what a callback gives", "while (!ready) await Promise.resolve().then(async () => { await null; });"],
    ["a named callback", "const f = () => 1; while (!ready) await Promise.resolve().then(f);"],
    ["a rejecting executor", "while (!ready) try { await new Promise((_, reject) => reject(1)); } catch {}"],
    ["a resolver with what is settled", "while (!ready) await new Promise((resolve) => resolve(Promise.resolve()));"],
    ["a resolver in a callback", "while (!ready) await new Promise((resolve) => { [1].forEach(() => resolve()); });"],
    ["one of two resolvers", "while (!ready) await new Promise((resolve) => { setTimeout(resolve, 5); resolve(); });"],
    ["a condition after it", "while (!ready) await new Promise((resolve) => { resolve(); if (ready) resolve(); });"],
    ["a helper without a result", "function tick() {} while (!ready) await tick();"],
    [
      "a helper with two results",
      "function tick(x) { if (x) return null; return Promise.resolve(); } while (!ready) await tick();",
    ],
    [
      "a method",
      "class A { async tick() { await null; } async w() { while (!ready) await this.tick(); } } new A().w();",
    ],
    ["an async function called on the spot", "while (!ready) await (async function () { await null; })();"],
    ["a queue of microtasks", "while (!ready) await queueMicrotask(() => {});"],
    ["process.nextTick itself", "while (!ready) await process.nextTick(() => {});"],
    ["a wait beside a list", "while (!ready) { for (const x of [1]) await null; }"],
    ["no end", "for (;;) await null;"],
    [
      "a function within that iterates",
      "while (!ready) { const f = async () => { for await (const x of load()) use(x); }; await null; }",
    ],
    [
      "a helper with a function in it",
      "async function tick() { const f = async () => { await fetch('http://x'); }; await null; Math.max(f.length); } while (!ready) await tick();",
    ],
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
    ["setImmediate", "let d; setImmediate(() => { d = 1; });\nwhile (!d) await null;"],
    [
      "timers of the module",
      "import timers from 'timers'; let d; timers.setInterval(() => { d = 1; }, 1);\nwhile (!d) await null;",
    ],
    ["a file", "import { stat } from 'node:fs'; let d; stat('a', () => { d = 1; });\nwhile (!d) await null;"],
    ["a name service", "import dns from 'node:dns'; let d; dns.lookup('a', () => { d = 1; });\nwhile (!d) await null;"],
    [
      "a command",
      "import { exec } from 'node:child_process'; let d; exec('ls', () => { d = 1; });\nwhile (!d) await null;",
    ],
    [
      "a child",
      "import { spawn } from 'node:child_process'; let d; spawn('ls').on('exit', () => { d = 1; });\nwhile (!d) await null;",
    ],
    [
      "the output of a child",
      "import { spawn } from 'node:child_process'; const c = spawn('ls'); let d; c.stdout.on('data', () => { d = 1; });\nwhile (!d) await null;",
    ],
    [
      "a socket",
      "import net from 'node:net'; const s = net.connect(80); let d; s.on('data', () => { d = 1; });\nwhile (!d) await null;",
    ],
    [
      "a socket that is told how to read",
      "import net from 'node:net'; const s = net.connect(80); let d; s.setEncoding('utf8').on('data', () => { d = 1; });\nwhile (!d) await null;",
    ],
    [
      "a request",
      "import http from 'node:http'; const r = http.get('http://x'); let d; r.on('response', () => { d = 1; });\nwhile (!d) await null;",
    ],
    [
      "an answer",
      "import http from 'node:http'; let d; http.get('http://x', (answer) => { answer.on('end', () => { d = 1; }); });\nwhile (!d) await null;",
    ],
    [
      "lines",
      "import readline from 'node:readline'; const r = readline.createInterface({ input: process.stdin }); let d; r.on('line', () => { d = 1; });\nwhile (!d) await null;",
    ],
    [
      "a worker",
      "import { Worker } from 'node:worker_threads'; const w = new Worker('./x.js'); let d; w.on('message', () => { d = 1; });\nwhile (!d) await null;",
    ],
    [
      "a handler of a worker",
      "import { MessageChannel } from 'node:worker_threads'; const { port1 } = new MessageChannel(); let d; port1.onmessage = () => { d = 1; };\nwhile (!d) await null;",
    ],
    ["the standard input", "let d; process.stdin.on('data', () => { d = 1; });\nwhile (!d) await null;"],
    ["the standard output", "let d; process.stdout.on('drain', () => { d = 1; });\nwhile (!d) await null;"],
    ["a message to the process", "let d; process.on('message', () => { d = 1; });\nwhile (!d) await null;"],
    [
      "the answer to a write",
      "import net from 'node:net'; const s = net.connect(80); let d; s.write('x', () => { d = 1; });\nwhile (!d) await null;",
    ],
    [
      "a package that connects",
      "import Redis from 'ioredis'; const r = new Redis(); let d; r.on('ready', () => { d = 1; });\nwhile (!d) await null;",
    ],
    ["a callback with bind", "let d; function set() { d = 1; } setTimeout(set.bind(null), 1);\nwhile (!d) await null;"],
    [
      "a callback that calls with call",
      "let d; function set() { d = 1; } setTimeout(() => set.call(null), 1);\nwhile (!d) await null;",
    ],
    [
      "a callback that applies",
      "let d; function set() { d = 1; } setTimeout(() => set.apply(null, []), 1);\nwhile (!d) await null;",
    ],
    ["a list in a timer", "let d; setTimeout(() => { [1].forEach(() => { d = 1; }); }, 1);\nwhile (!d) await null;"],
    [
      "a helper that takes a callback",
      "let d; function after(f) { setTimeout(f, 1); } after(() => { d = 1; });\nwhile (!d) await null;",
    ],
    [
      "a helper that calls its callback in a timer",
      "let d; const after = (f) => { setTimeout(() => f(), 1); }; after(() => { d = 1; });\nwhile (!d) await null;",
    ],
    [
      "the second argument of a helper",
      "let d; function after(f, g) { f(); setTimeout(g, 1); } after(() => {}, () => { d = 1; });\nwhile (!d) await null;",
    ],
    [
      "an emitter that a timer rings",
      "import { EventEmitter } from 'node:events'; const e = new EventEmitter(); let d; e.on('a', () => { d = 1; }); setTimeout(() => e.emit('a'), 1);\nwhile (!d) await null;",
    ],
    [
      "after a real wait and a short one",
      "let d; (async () => { await fetch('http://x'); await null; d = 1; })();\nwhile (!d) await null;",
    ],
    [
      "after a wait in both branches",
      "import { setTimeout as sleep } from 'node:timers/promises'; let d; (async () => { if (Math.random() > 0.5) await sleep(1); else await sleep(2); d = 1; })();\nwhile (!d) await null;",
    ],
    [
      "an executor",
      "let d; new Promise((resolve) => { setTimeout(() => { d = 1; resolve(); }, 1); });\nwhile (!d) await null;",
    ],
    ["a catch of a request", "let d; fetch('http://x').catch(() => { d = 1; });\nwhile (!d) await null;"],
    ["a module that is loaded", "let d; import('./x.js').then(() => { d = 1; });\nwhile (!d) await null;"],
    ["all of several", "let d; Promise.all([fetch('http://x'), null]).then(() => { d = 1; });\nwhile (!d) await null;"],
    [
      "the first of several",
      "let d; Promise.race([fetch('http://x'), fetch('http://y')]).then(() => { d = 1; });\nwhile (!d) await null;",
    ],
    [
      "an event of a server",
      "import { once } from 'node:events'; import net from 'node:net'; const s = net.createServer(); let d; once(s, 'listening').then(() => { d = 1; });\nwhile (!d) await null;",
    ],
    [
      "a promisified command",
      "import { promisify } from 'node:util'; import { exec } from 'node:child_process'; let d; promisify(exec)('ls').then(() => { d = 1; });\nwhile (!d) await null;",
    ],
    [
      "a promise of a function that gives one",
      "let d; async function f(x) { return fetch('http://x'); } f().then(() => { d = 1; });\nwhile (!d) await null;",
    ],
    [
      "a constructor of a class that a timer makes",
      "let d; class A { constructor() { d = 1; } } setTimeout(() => new A(), 1);\nwhile (!d) await null;",
    ],
    [
      "a private method",
      "let d; class A { #set() { d = 1; } go() { setTimeout(() => this.#set(), 1); } } new A().go();\nwhile (!d) await null;",
    ],
    [
      "a method of an object",
      "let d; const o = { set() { d = 1; } }; setTimeout(() => o.set(), 1);\nwhile (!d) await null;",
    ],
    [
      "a field with a function",
      "let d; class A { set = () => { d = 1; }; } const a = new A(); setTimeout(() => a.set(), 1);\nwhile (!d) await null;",
    ],
    [
      "a method of one of two classes",
      "let d; class A { set() { d = 1; } } class B { set() {} } const a = new A(), b = new B(); setTimeout(() => a.set(), 1); b.set();\nwhile (!d) await null;",
    ],
    [
      "what has been set before",
      "let d; setTimeout(() => { d = 2; }, 1); d = load(); async function w() {\nwhile (!d) await null; } w();",
    ],
    [
      "what others set before they wait",
      "let d; function start() { d = load(); } setTimeout(() => { d = 2; }, 1); start(); async function w() {\nwhile (!d) await null; } w();",
    ],
    [
      "a private method of an exported class",
      "let d; export class A { #set() { d = 1; } go() { setTimeout(() => this.#set(), 1); } }\nwhile (!d) await null;",
    ],
    [
      "a method of a class, and one of another in a microtask",
      "let d; class A { set() { d = 1; } } class B { set() {} go() { queueMicrotask(() => this.set()); } } const a = new A(), b = new B(); setTimeout(() => a.set(), 1); b.go();\nwhile (!d) await null;",
    ],
    [
      "a method of one thing, and of another in a microtask",
      "let d; class A { set() { d = 1; } } class B { set() {} } const a = new A(), b = new B(); setTimeout(() => a.set(), 1); queueMicrotask(() => b.set());\nwhile (!d) await null;",
    ],
    ["the end of a request", "let d; fetch('http://x').finally(() => { d = 1; });\nwhile (!d) await null;"],
    [
      "an emitter that is also asked",
      "import { EventEmitter } from 'node:events'; const e = new EventEmitter(); let d; e.on('a', () => { d = 1; }); setTimeout(() => e.emit('a'), 1); queueMicrotask(() => e.listenerCount('a'));\nwhile (!d) await null;",
    ],
    [
      "an emitter beside another",
      "import { EventEmitter } from 'node:events'; const e = new EventEmitter(), f = new EventEmitter(); let d; e.on('a', () => { d = 1; }); setTimeout(() => e.emit('a'), 1); queueMicrotask(() => f.emit('a'));\nwhile (!d) await null;",
    ],
    [
      "a list after a wait",
      "let d; (async () => { await fetch('http://x'); for (const x of [1]) { d = x; } })();\nwhile (!d) await null;",
    ],
    [
      "a function that calls itself",
      "let d; function set(n) { d = n; if (n < 5) set(n + 1); } setTimeout(() => set(1), 1);\nwhile (!d) await null;",
    ],
    [
      "a promisified immediate of the module",
      "import timers from 'node:timers'; import { promisify } from 'node:util'; let d; promisify(timers.setImmediate)().then(() => { d = 1; });\nwhile (!d) await null;",
    ],
    [
      "a promisified timer",
      "import { promisify } from 'node:util'; let d; promisify(setTimeout)(5).then(() => { d = 1; });\nwhile (!d) await null;",
    ],
    ["a promise with a name", "let d; const p = fetch('http://x'); p.then(() => { d = 1; });\nwhile (!d) await null;"],
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

test.for([
  [
    "a private method of TypeScript",
    "let d; export class A { private set() { d = 1; } go() { setTimeout(() => this.set(), 1); } }\nwhile (!d) await null;",
  ],
  [
    "a class that is a type as well",
    "let d; class A { static of() { return new A(); } set() { d = 1; } } const a: A = A.of(); setTimeout(() => a.set(), 1);\nwhile (!d) await null;",
  ],
] as const)("for what the event loop brings to %s", ([, code]) => {
  expect(lines(code)).toEqual([2]);
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
    ["a then in it", "function poll() { if (!ready) Promise.resolve().then(() => poll()); } poll();"],
    ["a guard around", "function poll() { if (ready) { Math.random(); } else { queueMicrotask(poll); } } poll();"],
    ["a wait of an arrow", "const poll = async () => ready || (await null, await poll()); poll();"],
    ["with an argument that stays", "function poll(n) { if (!ready) queueMicrotask(() => poll(n)); } poll(1);"],
    ["a disjunction", "const poll = () => { ready || process.nextTick(poll); }; poll();"],
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
    ["a part is an object with members", "while (!ready) await { then: (f) => setTimeout(f, 1) };"],
    [
      "one of the branches is not known",
      "import { v } from './x.js'; while (!ready) await (Math.random() > 0.5 ? v : null);",
    ],
    ["the other of two is not known", "import { v } from './x.js'; while (!ready) await (null || v);"],
    ["it waits for a module", "while (!ready) await import('./x.js');"],
    ["the variable gets a promise later", "let v = 1; v = fetch('http://x'); while (!ready) await v;"],
    ["the variable is a parameter", "export async function f(v = null) { while (!ready) await v; }"],
    ["the variable is a part", "import { o } from './x.js'; const { v } = o; while (!ready) await v;"],
    [
      "the field is another's",
      "import { o } from './x.js'; class A { gone = null; async w() { while (!ready) await o.gone; } } new A().w();",
    ],
    [
      "the field gets a promise",
      "class A { gone = null; set() { this.gone = fetch('http://x'); } async w() { while (!ready) await this.gone; } } new A().w();",
    ],
    ["it resolves with a promise", "while (!ready) await Promise.resolve(fetch('http://x'));"],
    ["it waits for all", "while (!ready) await Promise.all([null, fetch('http://x')]);"],
    [
      "it waits for all of what it does not know",
      "import { v } from './x.js'; while (!ready) await Promise.all([null, v]);",
    ],
    ["it waits for all of a list", "import { l } from './x.js'; while (!ready) await Promise.all(l);"],
    ["it waits for any of a list", "import { l } from './x.js'; while (!ready) await Promise.race([...l]);"],
    ["it races for what is not there", "while (!ready) await Promise.race([fetch('http://x'), fetch('http://y')]);"],
    [
      "all have to be settled",
      "import { v } from './x.js'; while (!ready) await Promise.allSettled([Promise.resolve(), v]);",
    ],
    [
      "an event is waited for",
      "import { once } from 'node:events'; import { e } from './x.js'; while (!ready) await once(e, 'x');",
    ],
    ["a callback waits", "while (!ready) await Promise.resolve().then(() => fetch('http://x'));"],
    ["a callback is not known", "import { f } from './x.js'; while (!ready) await Promise.resolve().then(f);"],
    ["a promise is waited for before the callback", "while (!ready) await fetch('http://x').then(() => 1);"],
    ["a helper is a generator", "async function* tick() { yield 1; } while (!ready) await tick().next();"],
    ["a helper calls itself", "const tick = () => tick(); while (!ready) await tick();"],
    [
      "a helper has two results",
      "function tick(x) { if (x) return fetch('http://x'); return null; } while (!ready) await tick();",
    ],
    [
      "a helper waits within",
      "async function tick() { await null; await fetch('http://x'); } while (!ready) await tick();",
    ],
    [
      "a helper iterates",
      "import { s } from './x.js'; async function tick() { for await (const x of s) ; } while (!ready) await tick();",
    ],
    [
      "an executor resolves at times",
      "while (!ready) await new Promise((resolve) => { if (Math.random() > 0.5) resolve(); else setTimeout(resolve, 5); });",
    ],
    [
      "an executor resolves perhaps",
      "import { f } from './x.js'; while (!ready) await new Promise((resolve) => { f() && resolve(); f(resolve); });",
    ],
    ["an executor does nothing", "while (!ready) await new Promise(() => {});"],
    ["an executor is not known", "import { f } from './x.js'; while (!ready) await new Promise(f);"],
    ["it is no promise of ours", "import { Job } from './x.js'; while (!ready) await new Job((resolve) => resolve());"],
    [
      "an executor gives its resolver away",
      "import { q } from './x.js'; while (!ready) await new Promise((resolve) => { q.resolve = resolve; });",
    ],
    [
      "it resolves with what is not settled",
      "while (!ready) await new Promise((resolve) => resolve(fetch('http://x')));",
    ],
    [
      "it resolves in a loop",
      "while (!ready) await new Promise((resolve) => { for (const x of []) resolve(); setTimeout(resolve, 5); });",
    ],
    [
      "it is a promisified function that we do not know",
      "import { promisify } from 'node:util'; import { f } from './x.js'; while (!ready) await promisify(f)();",
    ],
    [
      "it is made by something like promisify",
      "import { wrap } from './x.js'; const turn = wrap(process.nextTick); while (!ready) await turn();",
    ],
    ["a loop has no end but a wait", "import { v } from './x.js'; for (;;) await v;"],
    ["a loop has no wait", "for (;;) { if (Math.random() > 2) break; }"],
    [
      "it calls a function of the same name",
      "function poll() { if (!ready) queueMicrotask(() => o.poll()); } const o = { poll() {} }; poll();",
    ],
    [
      "it waits for a promise that is not settled",
      "function poll() { if (!ready) fetch('http://x').then(poll); } poll();",
    ],
    [
      "it comes back in two ways",
      "import { x } from './x.js'; function poll() { if (ready) return; if (x()) queueMicrotask(poll); else process.nextTick(poll); } poll();",
    ],
    [
      "another function calls it",
      "function poll() { if (!ready) queueMicrotask(() => { function f() { poll(); } setTimeout(f, 1); }); } poll();",
    ],
    ["it calls itself at once", "function poll() { if (!ready) poll(); } poll();"],
    ["it is async and does not wait", "async function poll() { if (!ready) await poll(); } poll();"],
    [
      "it does not wait for itself",
      "async function poll() { await fetch('http://x'); if (!ready) void poll(); } poll();",
    ],
    [
      "a timer with a function comes back",
      "let n = 0; function poll() { if (ready) return; if (n++ % 9) queueMicrotask(poll); else setTimeout(() => poll(), 1); } poll();",
    ],
    [
      "it iterates in between",
      "import { s } from './x.js'; async function poll() { await null; for await (const x of s) ; if (!ready) return poll(); } poll();",
    ],
    [
      "it is the callback of another",
      "function poll() { if (!ready) each(poll); } function each(f) { setTimeout(f, 1); } poll();",
    ],
    [
      "the callback is called twice in it",
      "function poll() { if (!ready) queueMicrotask(() => { poll(); poll(); }); } setImmediate(poll);",
    ],
    ["an argument decides", "function walk(n) { if (n > 0) queueMicrotask(() => walk(n - 1)); } walk(3);"],
    [
      "one of two callbacks is not known",
      "import { f } from './x.js'; while (!ready) await Promise.resolve().then(() => 1, f);",
    ],
    ["an item of a list is a promise", "const [v] = [fetch('http://x')]; while (!ready) await v;"],
  ] as const)("%s", ([, code]) => {
    expect(lint(flag + code)).toEqual([]);
  });
});

describe("is silent where not only the event loop brings it:", () => {
  test.for([
    ["a callback of unknown code", "import { f } from './x.js'; let d; f(() => { d = 1; });\nwhile (!d) await null;"],
    ["a list", "let d; Promise.resolve([1]).then((l) => { l.forEach(() => { d = 1; }); });\nwhile (!d) await null;"],
    [
      "a microtask that calls",
      "let d; function set() { d = 1; } queueMicrotask(() => set.call(null));\nwhile (!d) await null;",
    ],
    [
      "a microtask and a timer",
      "let d; function set() { d = 1; } setTimeout(set, 1); queueMicrotask(set);\nwhile (!d) await null;",
    ],
    [
      "a helper that calls it in a microtask",
      "let d; function soon(f) { queueMicrotask(f); } soon(() => { d = 1; });\nwhile (!d) await null;",
    ],
    [
      "a helper that gives it away",
      "import { q } from './x.js'; let d; function later(f) { q.push(f); } later(() => { d = 1; });\nwhile (!d) await null;",
    ],
    [
      "the other argument of a helper",
      "let d; function after(f, g) { queueMicrotask(f); setTimeout(g, 1); } after(() => { d = 1; }, () => {});\nwhile (!d) await null;",
    ],
    [
      "a helper that does nothing with it",
      "let d; function ignore() {} ignore(() => { d = 1; });\nwhile (!d) await null;",
    ],
    ["an emitter of others", "import { e } from './x.js'; let d; e.on('a', () => { d = 1; });\nwhile (!d) await null;"],
    [
      "an emitter of others that is rung by a timer",
      "import { e } from './x.js'; let d; e.on('a', () => { d = 1; }); setTimeout(() => e.emit('a'), 1);\nwhile (!d) await null;",
    ],
    [
      "an emitter that nobody rings here",
      "import { EventEmitter } from 'node:events'; export const e = new EventEmitter(); let d; e.on('a', () => { d = 1; });\nwhile (!d) await null;",
    ],
    [
      "an emission",
      "import net from 'node:net'; const s = net.connect(80); let d; s.emit('x', () => { d = 1; });\nwhile (!d) await null;",
    ],
    [
      "a handler of others",
      "import { o } from './x.js'; let d; o.onmessage = () => { d = 1; };\nwhile (!d) await null;",
    ],
    [
      "a function that is stored",
      "import { o } from './x.js'; let d; o.set = () => { d = 1; };\nwhile (!d) await null;",
    ],
    [
      "a function that is exported",
      "let d; export function set() { d = 1; } setTimeout(set, 1);\nwhile (!d) await null;",
    ],
    [
      "a constant that is exported",
      "let d; export const set = () => { d = 1; }; setTimeout(set, 1);\nwhile (!d) await null;",
    ],
    [
      "a constructor that we do not know",
      "import { Job } from './x.js'; let d; new Job(() => { d = 1; });\nwhile (!d) await null;",
    ],
    [
      "an executor in a microtask",
      "let d; queueMicrotask(() => { new Promise(() => { d = 1; }); });\nwhile (!d) await null;",
    ],
    [
      "a short wait in one branch",
      "let d; (async () => { if (Math.random() > 0.5) await null; else await fetch('http://x'); d = 1; })();\nwhile (!d) await null;",
    ],
    ["a short wait before", "let d; (async () => { await null; d = 1; })();\nwhile (!d) await null;"],
    [
      "a wait that may be passed by",
      "let d; async function f() { await null; if (Math.random() > 0.5) await fetch('http://x'); d = 1; } f();\nwhile (!d) await null;",
    ],
    [
      "a wait after",
      "let d; async function f() { await null; d = 1; await fetch('http://x'); } f();\nwhile (!d) await null;",
    ],
    [
      "a promise of a function that may not wait",
      "let d; async function f(x) { if (x) await fetch('http://x'); } f().then(() => { d = 1; });\nwhile (!d) await null;",
    ],
    [
      "a wait that we do not know",
      "import { f } from './x.js'; let d; (async () => { await f(); d = 1; })();\nwhile (!d) await null;",
    ],
    ["a promise that is settled", "let d; Promise.resolve().then(() => { d = 1; });\nwhile (!d) await null;"],
    [
      "the first of several that is settled",
      "let d; Promise.race([fetch('http://x'), null]).then(() => { d = 1; });\nwhile (!d) await null;",
    ],
    [
      "the first of several that may be",
      "import { f } from './x.js'; let d; Promise.race([fetch('http://x'), f()]).then(() => { d = 1; });\nwhile (!d) await null;",
    ],
    [
      "an accessor",
      "let d; const o = { set on(v) { d = v; } }; queueMicrotask(() => { o.on = 1; });\nwhile (!d) await null;",
    ],
    [
      "a public method",
      "let d; export class A { set() { d = 1; } go() { setTimeout(() => this.set(), 1); } }\nwhile (!d) await null;",
    ],
    [
      "a method of a class that is given away",
      "import { use } from './x.js'; let d; class A { set() { d = 1; } go() { setTimeout(() => this.set(), 1); } } use(A);\nwhile (!d) await null;",
    ],
    [
      "a constructor of a class that a microtask makes",
      "let d; class A { constructor() { d = 1; } } queueMicrotask(() => new A());\nwhile (!d) await null;",
    ],
    [
      "a method that nobody calls here",
      "import { use } from './x.js'; let d; use({ set() { d = 1; } });\nwhile (!d) await null;",
    ],
    [
      "a reading without Sync in its name",
      "import fs from 'node:fs'; let d; fs.readFileSync('x', () => { d = 1; });\nwhile (!d) await null;",
    ],
    ["a generator", "let d; function* g() { yield 1; d = 1; } queueMicrotask(() => [...g()]);\nwhile (!d) await null;"],
    [
      "a class that another extends",
      "let d; class A { set() { d = 1; } go() { setTimeout(() => this.set(), 1); } } export class B extends A {}\nwhile (!d) await null;",
    ],
    [
      "what is set after the wait has begun",
      "let d; async function w() { while (!d) await null; } w(); setTimeout(() => { d = 2; }, 1); d = load();",
    ],
    [
      "a method that a setter calls",
      "let d; export const o = { set on(v) { d = v; } }; setTimeout(() => { o.on = 1; }, 1);\nwhile (!d) await null;",
    ],
    [
      "a timer, and a constructor that we do not know",
      "import { Job } from './x.js'; let d; setTimeout(() => { d = 1; }, 1); new Job(() => { d = 2; });\nwhile (!d) await null;",
    ],
    [
      "a timer, and a function that is stored",
      "import { o } from './x.js'; let d; setTimeout(() => { d = 1; }, 1); o.set = () => { d = 2; };\nwhile (!d) await null;",
    ],
    [
      "a timer, and a function in a list",
      "let d; setTimeout(() => { d = 1; }, 1); export const all = [() => { d = 2; }];\nwhile (!d) await null;",
    ],
    [
      "a timer, and a method of a function that we do not know",
      "let d; setTimeout(() => { d = 1; }, 1); function set() { d = 2; } set.soon();\nwhile (!d) await null;",
    ],
    [
      "a timer, and a member of a function",
      "import { use } from './x.js'; let d; setTimeout(() => { d = 1; }, 1); function set() { d = 2; } use(set.call);\nwhile (!d) await null;",
    ],
    [
      "a timer, and a helper that keeps all of its arguments",
      "import { q } from './x.js'; let d; setTimeout(() => { d = 1; }, 1); function keep(...fs) { q.push(...fs); } keep(() => { d = 2; });\nwhile (!d) await null;",
    ],
    [
      "a timer, and a method that others may call",
      "import { use } from './x.js'; let d; setTimeout(() => { d = 1; }, 1); use({ set() { d = 2; } });\nwhile (!d) await null;",
    ],
    [
      "a timer, and a setter that others may use",
      "import { use } from './x.js'; let d; setTimeout(() => { d = 1; }, 1); use({ set on(v) { d = v; } });\nwhile (!d) await null;",
    ],
    [
      "a class that is given to a constructor",
      "import { Box } from './x.js'; let d; class A { set() { d = 1; } go() { setTimeout(() => this.set(), 1); } } new Box(A);\nwhile (!d) await null;",
    ],
    [
      "values that are waited for in turn",
      "import { stream } from './x.js'; let d; (async () => { for await (const x of stream) { d = x; } })();\nwhile (!d) await null;",
    ],
    [
      "a function with two results",
      "let d; async function f(x) { if (x) return null; return fetch('http://x'); } f().then(() => { d = 1; });\nwhile (!d) await null;",
    ],
    [
      "a resolver that a timer and a microtask call",
      "let d; new Promise((r) => { const go = () => r(); setTimeout(go, 1); queueMicrotask(go); }).then(() => { d = 1; });\nwhile (!d) await null;",
    ],
    [
      "something of a child that we do not know",
      "import { spawn } from 'node:child_process'; const c = spawn('ls'); let d; c.jobs.on('x', () => { d = 1; });\nwhile (!d) await null;",
    ],
  ] as const)("%s", ([, code]) => {
    expect(lint(code)).toEqual([]);
  });
});

test("the message says that the global `setTimeout` returns no promise", () => {
  const [report] = lint(
    "let done = false;\nsetTimeout(() => { done = true; }, 9);\nwhile (!done) await setTimeout(f, 5);",
  );
  expect(report?.message).toContain("(this `setTimeout` returns a timer, not a promise;");
});
