import { describe, expect, test } from "vitest";
import { lint as lintAll } from "./lint.ts";
import type { LintOptions, Report } from "./lint.ts";

const lint = (code: string, options: LintOptions = {}): Report[] =>
  lintAll(code, { rules: { "tailrace/no-sync-wait": "error" }, ...options });
const lines = (code: string, options?: LintOptions): number[] => lint(code, options).map(({ line }) => line);

describe("the message names both ends of the wait", () => {
  test("of a loop", () => {
    const [report] = lint("let done = false;\nsetTimeout(() => { done = true; }, 10);\nwhile (!done) {}");
    expect(report).toMatchObject({
      line: 3,
      message:
        "This loop waits for a change of `done`, which comes only when the event loop goes on (line 2), and the event loop waits for this loop: neither ever ends. Make the function asynchronous and wait for the event or the promise instead.",
    });
  });

  test("of a command", () => {
    const [report] = lint(`
import { execSync } from "node:child_process";
import { createServer } from "node:http";
const server = createServer().listen(8080);
execSync("curl http://localhost:8080/");`);
    expect(report).toMatchObject({ line: 5 });
    expect(report?.message).toContain("a server that this thread serves (line 4)");
  });

  test("of a thread", () => {
    const [report] = lint(`
const word = new Int32Array(new SharedArrayBuffer(4));
setTimeout(() => Atomics.notify(word, 0, Atomics.add(word, 0, 1)), 5);
Atomics.wait(word, 0, 0);`);
    expect(report).toMatchObject({ line: 4 });
    expect(report?.message).toContain("only this thread changes it (line 3), in code that cannot run while it sleeps");
  });
});

describe("a loop that only the event loop could end", () => {
  test.for([
    [
      "a callback of a library",
      "import db from 'db'; let rows; db.query('select', (e, r) => { rows = r; });\nwhile (!rows) {}",
    ],
    ["a promise", "import { load } from './load.js'; let v; load().then((x) => { v = x; });\nwhile (v === undefined);"],
    [
      "an async function",
      "let v; async function load() { v = await fetch('http://x'); } load();\nwhile (v === undefined);",
    ],
    [
      "an async function in the loop",
      "let v; async function load() { const r = await fetch('http://x'); v = r; }\nwhile (v === undefined) load();",
    ],
    ["a timer in the loop", "let v = false;\nwhile (!v) setTimeout(() => { v = true; }, 10);"],
    ["a listener", "let on = false; process.on('SIGINT', () => { on = true; });\nwhile (!on) { Math.random(); }"],
    [
      "a listener of an emitter",
      "export function f(emitter) { let on = false; emitter.on('x', () => { on = true; });\nwhile (!on) { } }",
    ],
    [
      "a handler",
      "import { Worker } from 'node:worker_threads'; const w = new Worker('./x.js'); let m = null; w.onmessage = (e) => { m = e.data; };\nwhile (m === null) {}",
    ],
    ["a do loop", "let on = false; setImmediate(() => { on = true; });\ndo { console.log('waiting'); } while (!on);"],
    ["a break", "let on = false; setImmediate(() => { on = true; });\nfor (;;) { if (on) break; }"],
    [
      "a return",
      "let on = false; setImmediate(() => { on = true; }); function f() {\nwhile (true) { if (on) return 1; } } f();",
    ],
    [
      "a condition of a function",
      "let on = false; setImmediate(() => { on = true; }); const isOn = () => on;\nwhile (!isOn()) {}",
    ],
    [
      "a field",
      "class A { on = false; constructor(e) { e.once('x', () => { this.on = true; }); } wait() {\nwhile (!this.on) {} } }",
    ],
    ["a list", "const l = []; setTimeout(() => l.push(1), 1);\nwhile (l.length < 1) {}"],
    [
      "a sleep of the thread",
      "let on = false; setTimeout(() => { on = true; }, 1); const w = new Int32Array(new SharedArrayBuffer(4));\nwhile (!on) Atomics.wait(w, 0, 0, 10);",
    ],
    [
      "a command that sleeps",
      "import { execSync } from 'child_process'; let on = false; setTimeout(() => { on = true; }, 1);\nwhile (!on) execSync('sleep 1');",
    ],
    [
      "work",
      "import { step } from './step.js'; let on = true; setTimeout(() => { on = false; }, 1000);\nwhile (on) step();",
    ],
    ["a counter beside it", "let on = false; let n = 0; setTimeout(() => { on = true; }, 1);\nwhile (!on) { n++; }"],
    [
      "either of two",
      "let a, b; setTimeout(() => { a = 1; }, 1); setTimeout(() => { b = 1; }, 1);\nwhile (!a && !b) {}",
    ],
    [
      "a deadline",
      "let a; setTimeout(() => { a = 1; }, 1); const t = Date.now();\nwhile (!a && Date.now() - t < 1000) {}",
    ],
    [
      "a deadline within",
      "let a; setTimeout(() => { a = 1; }, 1); const t = performance.now() + 1000;\nwhile (!a) { if (performance.now() > t) throw new Error('late'); }",
    ],
    [
      "shared memory of our own",
      "const v = new Int32Array(new SharedArrayBuffer(4)); setTimeout(() => { v[0] = 1; }, 1);\nwhile (v[0] === 0) {}",
    ],
    [
      "a list within",
      "let on = false; setTimeout(() => { on = true; }, 1);\nwhile (!on) { for (const x of [1]) Math.abs(x); }",
    ],
    [
      "a function within that waits",
      "let on = false; setTimeout(() => { on = true; }, 1);\nwhile (!on) { const f = async () => { await null; }; Math.max(f.length); }",
    ],
    [
      "a function within that yields",
      "let on = false; setTimeout(() => { on = true; }, 1);\nwhile (!on) { const f = function* () { yield 1; }; Math.max(f.length); }",
    ],
    [
      "a return of a function within",
      "let on = false; setTimeout(() => { on = true; }, 1);\nwhile (!on) { const f = () => { return 1; }; Math.max(f()); }",
    ],
    ["a list that is taken apart", "let on = false; setTimeout(() => { [on] = [true]; }, 1);\nwhile (!on);"],
    ["a later part of a list", "let a, on = false; setTimeout(() => { [, on] = [1, true]; }, 1);\nwhile (!on);"],
    ["the rest of a list", "let on; setTimeout(() => { [, ...on] = [1, 2]; }, 1);\nwhile (!on);"],
    ["an object that is taken apart", "let on; setTimeout(() => { ({ on } = { on: 1 }); }, 1);\nwhile (!on);"],
    ["a part with a default", "let on; setTimeout(() => { ({ on = 1 } = {}); }, 1);\nwhile (!on);"],
    ["the rest of an object", "let on; setTimeout(() => { ({ ...on } = {}); }, 1);\nwhile (!on);"],
    ["a loop over values", "let on; setTimeout(() => { for (on of [1, 2]); }, 1);\nwhile (!on);"],
    ["a loop over names", "let on; setTimeout(() => { for (on in { a: 1 }); }, 1);\nwhile (!on);"],
    ["counting down", "let n = 3; setTimeout(() => { n--; }, 1);\nwhile (n > 0);"],
    ["counting down, the other way round", "let n = 3; setTimeout(() => { n--; }, 1);\nwhile (0 < n);"],
    ["counting down to a limit", "let n = 3; setTimeout(() => { n--; }, 1);\nwhile (n >= 1);"],
    ["counting up", "let n = 0; setTimeout(() => { n++; }, 1);\nwhile (n <= 3);"],
    ["a sum", "let n = 0; setTimeout(() => { n += 5; }, 1);\nwhile (n < 5);"],
    ["a difference", "let n = 9; setTimeout(() => { n -= 5; }, 1);\nwhile (n > 5);"],
    ["a product", "let n = 1; setTimeout(() => { n *= 5; }, 1);\nwhile (n < 5);"],
    ["a first value", "let v; setTimeout(() => { v ??= {}; }, 1);\nwhile (!v);"],
    ["a value where there was none", "let v; setTimeout(() => { v ||= new Map(); }, 1);\nwhile (!v);"],
    ["a function", "let v; setTimeout(() => { v = () => 1; }, 1);\nwhile (!v);"],
    ["nothing", "let v = {}; setTimeout(() => { v = undefined; }, 1);\nwhile (v);"],
    ["null", "let v = {}; setTimeout(() => { v = null; }, 1);\nwhile (v !== null);"],
    ["no longer undefined", "let v; setTimeout(() => { v = 7; }, 1);\nwhile (v === undefined);"],
    ["undefined, the other way round", "let v; setTimeout(() => { v = 7; }, 1);\nwhile (undefined === v);"],
    ["another state", "let v = 'open'; setTimeout(() => { v = 'closed'; }, 1);\nwhile (v !== 'closed');"],
    ["a member that is deleted", "const o = { a: 1 }; setTimeout(() => { delete o.a; }, 1);\nwhile (o.a);"],
    ["a new object", "let o = {}; setTimeout(() => { o = load(); }, 1);\nwhile (!o.ready);"],
    ["an object without it", "let o = { on: 1 }; setTimeout(() => { o = { on: 0 }; }, 1);\nwhile (o.on);"],
    ["an object around it", "let o = { a: { on: 1 } }; setTimeout(() => { o = {}; }, 1);\nwhile (o.a.on);"],
    [
      "members that are copied",
      "const o = { on: false }; setTimeout(() => { Object.assign(o, { on: true }); }, 1);\nwhile (!o.on);",
    ],
    ["a signal", "const c = new AbortController(); setTimeout(() => { c.abort(); }, 1);\nwhile (!c.signal.aborted);"],
    ["a signal of a time", "const s = AbortSignal.timeout(100);\nwhile (!s.aborted);"],
    ["an empty set", "const s = new Set([1]); setTimeout(() => { s.clear(); }, 1);\nwhile (s.size > 0);"],
    ["what a set has no longer", "const s = new Set([1]); setTimeout(() => { s.delete(1); }, 1);\nwhile (s.has(1));"],
    ["a list that is cut", "const l = [1]; setTimeout(() => { l.splice(0, 1); }, 1);\nwhile (l.length > 0);"],
    ["what is in a list", "const l = []; setTimeout(() => { l.push('x'); }, 1);\nwhile (!l.includes('x'));"],
    ["where it is in a list", "const l = []; setTimeout(() => { l.push('x'); }, 1);\nwhile (l.indexOf('x') < 0);"],
    ["something in a list", "const l = []; setTimeout(() => { l.push(5); }, 1);\nwhile (!l.some((x) => x > 3));"],
    [
      "what is taken from a list",
      "const l = []; let m; setTimeout(() => { l.push(5); }, 1);\nwhile (!(m = l.shift()));",
    ],
    ["a conversion", "let on = false; setTimeout(() => { on = true; }, 1);\nwhile (!Boolean(on));"],
    ["a number of it", "let v = '0'; setTimeout(() => { v = '9'; }, 1);\nwhile (Number(v) < 5);"],
    ["a text of it", "let v = 'a'; setTimeout(() => { v = 'b'; }, 1);\nwhile (`${v}!` !== 'b!');"],
    ["its type", "let v; setTimeout(() => { v = 'b'; }, 1);\nwhile (typeof v === 'undefined');"],
    ["a sum of two", "let a = 0, b = 0; setTimeout(() => { a++; b++; }, 1);\nwhile (a + b < 5);"],
    ["a limit by name", "let a = 0; const limit = 5; setTimeout(() => { a++; }, 1);\nwhile (a < limit);"],
    ["a limit that changes", "let a = 0, limit = 5; setTimeout(() => { limit--; }, 1);\nwhile (a < limit);"],
    ["both of two", "let a, b; setTimeout(() => { a = 1; }, 1);\nwhile (!(a && b)) { b = 1; }"],
    [
      "one of two that both are needed",
      "let a = true, b = true; setTimeout(() => { a = false; }, 1);\nwhile (a || b) { b = false; }",
    ],
    [
      "a getter",
      "const o = { on: false, get done() { return this.on; } }; setTimeout(() => { o.on = true; }, 1);\nwhile (!o.done);",
    ],
    [
      "by its instance",
      "class A { on = false; wait() {\nwhile (!this.on); } } const a = new A(); setTimeout(() => { a.on = true; }, 1); a.wait();",
    ],
    [
      "an else",
      "let on = false; setTimeout(() => { on = true; }, 1);\nfor (;;) { if (!on) { Math.random(); } else break; }",
    ],
    [
      "a continue before",
      "let on = false; setTimeout(() => { on = true; }, 1);\nfor (;;) { if (!on) continue; break; }",
    ],
    [
      "a continue in an else",
      "let on = false; setTimeout(() => { on = true; }, 1);\nfor (;;) { if (on) { Math.random(); } else { continue; } break; }",
    ],
    ["a throw", "let on = false; setTimeout(() => { on = true; }, 1);\nfor (;;) { if (on) throw new Error('x'); }"],
    [
      "a throw that is caught outside",
      "let on = false; setTimeout(() => { on = true; }, 1); try {\nfor (;;) { if (on) throw new Error('x'); } } catch {}",
    ],
    [
      "a break of two conditions",
      "import { x } from './x.js'; let on = false; setTimeout(() => { on = true; }, 1); const y = x();\nfor (;;) { if (on) { if (y) break; } }",
    ],
    [
      "a label",
      "let on = false; setTimeout(() => { on = true; }, 1);\nouter: for (;;) { for (const x of [1]) { if (on) break outer; } }",
    ],
    [
      "a new date",
      "let a; setTimeout(() => { a = 1; }, 1); const end = new Date(Date.now() + 50);\nwhile (!a && new Date() < end);",
    ],
    ["a time of the process", "let a; setTimeout(() => { a = 1; }, 1);\nwhile (!a && process.uptime() < 50);"],
    [
      "a child that ends",
      "import { spawn } from 'node:child_process'; const c = spawn('ls');\nwhile (c.exitCode === null);",
    ],
    [
      "a method that the loop calls and which waits first",
      "let on = false; async function f() { await fetch('http://x'); on = true; }\nwhile (!on) { f(); }",
    ],
    [
      "a callback that the loop calls later",
      "import { x } from './x.js'; let on = false; function f() { x(() => { on = true; }); } f();\nwhile (!on) { }",
    ],
    [
      "what lists do",
      "let on = false; setTimeout(() => { on = true; }, 1);\nwhile (!on) { [1, 2].map((x) => x + 1).filter(Boolean); }",
    ],
    [
      "what constructors do",
      "let on = false; setTimeout(() => { on = true; }, 1);\nwhile (!on) { new Map(); new Error('x'); new Uint8Array(4); }",
    ],
    [
      "a promise in it",
      "let on = false; setTimeout(() => { on = true; }, 1);\nwhile (!on) { new Promise((r) => r(1)).then(() => {}); }",
    ],
    [
      "a condition that is an argument",
      "let on = false; setTimeout(() => { on = true; }, 1); function spin(test) {\nwhile (!test()); }\nspin(() => on);",
    ],
    [
      "a variable that stands for it",
      "const state = { on: false }; const s = state; setTimeout(() => { state.on = true; }, 1);\nwhile (!s.on);",
    ],
    [
      "a conjunction that is compared",
      "let a, b; setTimeout(() => { a = 1; b = 1; }, 1);\nwhile ((a && b) === undefined);",
    ],
    [
      "a time that is rounded",
      "let a; const end = Date.now() + 5; setTimeout(() => { a = 1; }, 1);\nwhile (!a && Math.floor(Date.now()) < end);",
    ],
    ["what it is", "let v; setTimeout(() => { v = []; }, 1);\nwhile (!Array.isArray(v));"],
    ["where it no longer is", "const l = ['x']; setTimeout(() => { l.pop(); }, 1);\nwhile (l.indexOf('x') >= 0);"],
    [
      "something that is no longer in a list",
      "const l = [5]; setTimeout(() => { l.pop(); }, 1);\nwhile (l.some((x) => x > 3));",
    ],
    [
      "a condition that is the second argument",
      "let on = false; setTimeout(() => { on = true; }, 1); function spin(n, test) {\nwhile (!test()); }\nspin(1, () => on);",
    ],
    ["an item", "const l = [0]; setTimeout(() => { l[0] = 1; }, 1);\nwhile (l[0] === 0);"],
    ["a member by its text", "const o = {}; setTimeout(() => { o['a'] = 1; }, 1);\nwhile (!o['a']);"],
    [
      "an element that is counted",
      "const v = new Int32Array(new SharedArrayBuffer(8)); setTimeout(() => { v[0]++; }, 1);\nwhile (v[0] === 0);",
    ],
    [
      "an element by Atomics",
      "const v = new Int32Array(new SharedArrayBuffer(8)); setTimeout(() => { Atomics.store(v, 0, 1); }, 1);\nwhile (Atomics.load(v, 0) === 0);",
    ],
    ["an empty text", "let s = ''; setTimeout(() => { s = 'x'; }, 1);\nwhile (s === '');"],
    [
      "a list's work beside a member",
      "export const o = { on: false }; setTimeout(() => { o.on = true; }, 1);\nwhile (!o.on) { [1, 2].map((x) => x + 1).filter(Boolean); }",
    ],
    [
      "constructors beside a member",
      "export const o = { on: false }; setTimeout(() => { o.on = true; }, 1);\nwhile (!o.on) { new Map(); new Error('x'); new Uint8Array(4); new RangeError('x'); }",
    ],
    [
      "a promise beside a member",
      "export const o = { on: false }; setTimeout(() => { o.on = true; }, 1);\nwhile (!o.on) { new Promise((r) => {}).then((x) => x); }",
    ],
    [
      "a function of the file beside a member",
      "export const o = { on: false }; setTimeout(() => { o.on = true; }, 1);\nfunction f() { return g(); } function g() { return f.length; } while (!o.on) { f(); }",
    ],
    [
      "a function on the spot beside a member",
      "export const o = { on: false }; setTimeout(() => { o.on = true; }, 1);\nwhile (!o.on) { (() => {})(); }",
    ],
    [
      "a promisified timer beside a member",
      "import { promisify } from 'node:util'; const nap = promisify(setTimeout); export const o = { on: false }; setTimeout(() => { o.on = true; }, 1);\nwhile (!o.on) { nap(1); }",
    ],
    [
      "a log beside a member",
      "export const o = { on: false }; setTimeout(() => { o.on = true; }, 1);\nwhile (!o.on) { console.log('waiting'); }",
    ],
    [
      "what nobody knows beside a variable",
      "import { tick } from './tick.js'; let on = false; setTimeout(() => { on = true; }, 1);\nwhile (!on) { tick(); }",
    ],
    [
      "what nobody knows beside a private field",
      "import { tick } from './tick.js'; class A { #on = false; constructor() { setTimeout(() => { this.#on = true; }, 1); } wait() {\nwhile (!this.#on) tick(); } } new A().wait();",
    ],
    [
      "a call that changes it after it has waited",
      "let on = false; const f = async () => { await null; on = true; };\nwhile (!on) { f(); }",
    ],
    ["a product that shrinks", "let n = -1; setTimeout(() => { n *= 5; }, 1);\nwhile (n > -3);"],
  ] as const)("%s", ([, code]) => {
    expect(lines(code)).toEqual([2]);
    if (!code.startsWith("import")) expect(lines(code, { language: "espree" })).toEqual([2]);
  });

  test.for([
    ["the loop changes it", "let n = 0; setTimeout(() => { n = 9; }, 1); while (n < 5) n++;"],
    [
      "what the loop calls changes it",
      "let on = true; function stop() { on = false; } setTimeout(stop, 5); while (on) stop();",
    ],
    [
      "what the loop calls may change it",
      "import { tick } from './tick.js'; let on = true; export function stop() { on = false; } setTimeout(stop, 5); while (on) tick();",
    ],
    ["a callback is called at once", "const l = [1]; let on = true; while (on) l.forEach(() => { on = false; });"],
    [
      "an emitter of our own is rung",
      "import { EventEmitter } from 'events'; const e = new EventEmitter(); let on = true; e.on('x', () => { on = false; }); while (on) e.emit('x');",
    ],
    ["it awaits", "let on = false; setTimeout(() => { on = true; }, 1); while (!on) await fetch('http://x');"],
    ["it yields", "let on = false; setTimeout(() => { on = true; }, 1); function* f() { while (!on) yield; }"],
    [
      "the event loop is run",
      "import deasync from 'deasync'; let on = false; setTimeout(() => { on = true; }, 1); while (!on) deasync.runLoopOnce();",
    ],
    [
      "messages are taken",
      "import { receiveMessageOnPort, MessageChannel } from 'worker_threads'; const { port1 } = new MessageChannel(); let m; port1.on('message', (x) => { m = x; }); while (!m) m = receiveMessageOnPort(port1);",
    ],
    [
      "it is the clock",
      "let on = false; setTimeout(() => { on = true; }, 1); const end = Date.now() + 5; while (Date.now() < end);",
    ],
    ["it counts", "let on = false; setTimeout(() => { on = true; }, 1); for (let i = 0; i < 1e6 && !on; i++);"],
    [
      "a file ends it",
      "import fs from 'fs'; let on = false; setTimeout(() => { on = true; }, 1); while (!on && !fs.existsSync('x'));",
    ],
    ["nothing changes it from outside", "let on = true; export function stop() { on = false; } while (on) {}"],
    [
      "the memory is shared",
      "import { Worker } from 'worker_threads'; const v = new Int32Array(new SharedArrayBuffer(4)); new Worker('./w.js', { workerData: v }); setTimeout(() => { v[0] = 1; }, 1); while (Atomics.load(v, 0) === 0);",
    ],
    ["the array is given", "export function f(v) { setTimeout(() => { v[0] = 1; }, 1); while (v[0] === 0); }"],
    [
      "the loop is left",
      "let on = false; setTimeout(() => { on = true; }, 1); while (!on) { console.log('no'); break; }",
    ],
    [
      "the loop is left by another way",
      "import { x } from './x.js'; let on = false; setTimeout(() => { on = true; }, 1); while (!on) { if (x()) break; }",
    ],
    [
      "an iterator ends",
      "const it = [1][Symbol.iterator](); let r = it.next(); setTimeout(() => { r = null; }, 1); while (!r.done) r = it.next();",
    ],
    ["a regular expression moves on", "const re = /a/g; let m; while ((m = re.exec('aa')) !== null) console.log(m);"],
    [
      "values are waited for in turn",
      "let on = false; setTimeout(() => { on = true; }, 1);\nwhile (!on) { for await (const x of load()) use(x); }",
    ],
    ["there is no way out", "let on = false; setTimeout(() => { on = true; }, 1);\nfor (;;) {}"],
    ["it stays so", "let on = true; setTimeout(() => { on = true; }, 1);\nwhile (on);"],
    ["it is an object all the time", "let o = {}; setTimeout(() => { o = {}; }, 1);\nwhile (o);"],
    ["it is made anew", "let o = new Map(); setTimeout(() => { o = new Map(); }, 1);\nwhile (o);"],
    ["it is a function all the time", "let f = () => 1; setTimeout(() => { f = () => 2; }, 1);\nwhile (f);"],
    ["it becomes nothing", "let o; setTimeout(() => { o = undefined; }, 1);\nwhile (!o);"],
    ["it counts away from it", "let n = 3; setTimeout(() => { n++; }, 1);\nwhile (n > 0);"],
    ["it counts down", "let n = 3; setTimeout(() => { n--; }, 1);\nwhile (n < 9);"],
    ["it grows", "let n = 3; setTimeout(() => { n += 2; }, 1);\nwhile (n > 0);"],
    ["it shrinks", "let n = 3; setTimeout(() => { n -= 2; }, 1);\nwhile (n < 9);"],
    ["it only asks for the type", "let on = 1; setTimeout(() => { typeof on; }, 1);\nwhile (on);"],
    ["a set gets more", "const s = new Set([1]); setTimeout(() => { s.add(2); }, 1);\nwhile (s.size > 0);"],
    ["a set gets less", "const s = new Set(); setTimeout(() => { s.clear(); }, 1);\nwhile (s.size < 1);"],
    ["a list is only read", "const l = []; setTimeout(() => { l.at(0); }, 1);\nwhile (l.length < 1);"],
    [
      "it is another thing's",
      "const a = { on: false }, b = { on: false }; setTimeout(() => { b.on = true; }, 1);\nwhile (!a.on);",
    ],
    [
      "it is another class's",
      "class A { on = false; wait() { while (!this.on); } } class B { on = false; constructor() { setTimeout(() => { this.on = true; }, 1); } } new B(); new A().wait();",
    ],
    [
      "it is another variable's",
      "let on = false; const o = { on: false }; setTimeout(() => { o.on = true; }, 1);\nwhile (!on);",
    ],
    [
      "it is aborted already",
      "const c = new AbortController(); setTimeout(() => { c.abort(); }, 1);\nwhile (c.signal.aborted);",
    ],
    [
      "it is the signal of another",
      "const c = new AbortController(), d = new AbortController(); setTimeout(() => { d.abort(); }, 1);\nwhile (!c.signal.aborted);",
    ],
    [
      "either of two ends it",
      "let a = true, b = true; setTimeout(() => { a = false; }, 1);\nwhile (a && b) { b = false; }",
    ],
    [
      "either of two ends it by a break",
      "let on = false; setTimeout(() => { on = true; }, 1);\nlet n = 0; for (;;) { if (on) break; if (++n > 5) break; }",
    ],
    ["the other of two stands for it", "let a, b; setTimeout(() => { a = 1; }, 1);\nwhile (!(a ?? b)) { b = 1; }"],
    [
      "it is computed in a way that we do not know",
      "let a = 0; setTimeout(() => { a = 1; }, 1);\nwhile (!(a in [1]));",
    ],
    [
      "a part was taken out before",
      "const state = { on: false }; const { on } = state; setTimeout(() => { state.on = true; }, 1);\nwhile (!on);",
    ],
    [
      "it is the result of a generator",
      "let on = false; setTimeout(() => { on = true; }, 1);\nfunction* f() { return on; } while (!f());",
    ],
    [
      "it is one of two results",
      "let on = false; setTimeout(() => { on = true; }, 1);\nimport { x } from './x.js'; function f() { if (x()) return true; return on; } while (!f());",
    ],
    [
      "it is a method that we do not know",
      "import { l } from './x.js'; setTimeout(() => { l.push(1); }, 1);\nwhile (!l.isFull());",
    ],
    [
      "it asks for what the loop changes",
      "const s = new Set(); let n = 0; setTimeout(() => { s.add(5); }, 1);\nwhile (!s.has(n)) n++;",
    ],
    [
      "it searches for what the loop changes",
      "const l = []; let n = 0; setTimeout(() => { l.push(5); }, 1);\nwhile (!l.some((x) => x > n)) n--;",
    ],
    [
      "two callers give their conditions",
      "let on = false; setTimeout(() => { on = true; }, 1);\nimport { x } from './x.js'; function spin(test) { while (!test()); } spin(() => on); spin(x);",
    ],
    [
      "a tag may do anything",
      "const o = { on: false }; setTimeout(() => { o.on = true; }, 1);\nexport { o }; while (!o.on) { o.tag`x`; }",
    ],
    [
      "a constructor may do anything",
      "import { X } from './x.js'; export const o = { on: false }; setTimeout(() => { o.on = true; }, 1);\nwhile (!o.on) { new X(); }",
    ],
    [
      "an executor of the loop changes it",
      "let on = false; setTimeout(() => { on = true; }, 1);\nwhile (!on) { new Promise(() => { on = true; }); }",
    ],
    [
      "it is called where it is made",
      "let on = false; setTimeout(() => { on = true; }, 1);\nwhile (!on) { (() => { on = true; })(); }",
    ],
    [
      "a function gets a function",
      "let on = false; setTimeout(() => { on = true; }, 1);\nfunction run(f) { f(); } function set() { on = true; } while (!on) run(set);",
    ],
    [
      "a throw is caught within",
      "let on = false; setTimeout(() => { on = true; }, 1);\nfor (;;) { try { if (on) throw new Error('x'); } catch {} }",
    ],
    [
      "a throw is caught within, and it counts",
      "let n = 0; setTimeout(() => { n = 9; }, 1);\nwhile (n < 5) { try { n++; throw new Error('x'); } catch {} }",
    ],
    ["it is converted, and stays so", "let on = true; setTimeout(() => { on = true; }, 1);\nwhile (Boolean(on));"],
    [
      "another element changes",
      "const v = new Int32Array(new SharedArrayBuffer(8)); setTimeout(() => { v[1] = 1; }, 1);\nwhile (v[0] === 0);",
    ],
    ["no element changes", "const v = new Int32Array(new SharedArrayBuffer(8)); while (v[0] === 0);"],
    ["it is never empty", "let s = 'x'; setTimeout(() => { s = 'y'; }, 1);\nwhile (s !== '');"],
    [
      "a method is not called",
      "const o = { on: false, done() { return this.on; } }; setTimeout(() => { o.on = true; }, 1);\nwhile (!o.done);",
    ],
    [
      "a getter gives one of two",
      "import { x } from './x.js'; const o = { on: false, get done() { if (x()) return true; return this.on; } }; setTimeout(() => { o.on = true; }, 1);\nwhile (!o.done);",
    ],
    [
      "a list gets a function that changes it",
      "let on = false; setTimeout(() => { on = true; }, 1);\nfunction set() { on = true; } while (!on) [1].forEach(set);",
    ],
    [
      "a list gets functions that we do not know",
      "import { fs } from './fs.js'; export const o = { on: false }; setTimeout(() => { o.on = true; }, 1);\nwhile (!o.on) { [1].map(...fs); }",
    ],
    [
      "something that we do not know is called",
      "export const o = { on: false }; setTimeout(() => { o.on = true; }, 1);\nwhile (!o.on) { tick(); }",
    ],
    [
      "something that we do not know is made",
      "export const o = { on: false }; setTimeout(() => { o.on = true; }, 1);\nwhile (!o.on) { new Tick(); }",
    ],
    [
      "a method that we do not know is called",
      "import { l } from './l.js'; export const o = { on: false }; setTimeout(() => { o.on = true; }, 1);\nwhile (!o.on) { l.run(); }",
    ],
    [
      "a stream gets something",
      "import net from 'node:net'; const s = net.connect(1); export const o = { on: false }; setTimeout(() => { o.on = true; }, 1);\nwhile (!o.on) { s.push('x'); }",
    ],
    [
      "an event of the process is made",
      "export const o = { on: false }; setTimeout(() => { o.on = true; }, 1);\nwhile (!o.on) { process.emit('x'); }",
    ],
    [
      "the name of a child is known from the beginning",
      "import { spawn } from 'node:child_process'; const c = spawn('ls'); while (c.spawnfile === undefined);",
    ],
    ["the reason of a signal is asked for", "const s = AbortSignal.timeout(100); while (!s.reason);"],
    ["a signal of others is asked", "import { s } from './s.js'; while (!s.aborted);"],
    ["it is only given where there is none", "let v = {}; setTimeout(() => { v ??= {}; }, 1);\nwhile (v);"],
    ["it is only given in place of nothing", "let v = {}; setTimeout(() => { v ||= {}; }, 1);\nwhile (v);"],
    ["a list gets more", "const l = [1]; setTimeout(() => { l.push(2); }, 1);\nwhile (l.length > 0);"],
    [
      "the limit is not known",
      "import { limit } from './x.js'; let n = 0; setTimeout(() => { n++; }, 1);\nwhile (n < limit());",
    ],
    [
      "it is the other of two results",
      "let on = false; setTimeout(() => { on = true; }, 1);\nimport { x } from './x.js'; function f() { if (x()) return on; return true; } while (!f());",
    ],
    [
      "what comes after does not matter",
      "import { x } from './x.js'; let on = false; setTimeout(() => { on = true; }, 1);\nfor (;;) { if (x()) break; if (!on) continue; }",
    ],
    [
      "both branches go on",
      "import { x } from './x.js'; let on = false; setTimeout(() => { on = true; }, 1);\nfor (;;) { if (on) { Math.random(); } else { Math.sqrt(1); } if (x()) break; }",
    ],
    [
      "something new is no time",
      "import { Ticket } from './x.js'; let a; setTimeout(() => { a = 1; }, 1);\nwhile (!a && new Ticket() < 5);",
    ],
  ] as const)("is silent where %s", ([, code]) => {
    expect(lint(code)).toEqual([]);
  });
});

describe("a command that asks a server of this thread", () => {
  const head =
    'import { execSync, execFileSync, spawnSync } from "node:child_process"; import http from "node:http"; import net from "node:net";\n';
  const listening =
    'const server = http.createServer((q, s) => s.end("x")); await new Promise((r) => server.listen(0, r));\n';
  test.for([
    ["a port in a template", listening + "execSync(`curl http://localhost:${server.address().port}/`);", 3],
    ["parts of a string", listening + 'const { port } = server.address(); execSync("curl localhost:" + port);', 3],
    [
      "arguments",
      listening + 'const { port } = server.address(); spawnSync("curl", [`localhost:${port}`], { stdio: "inherit" });',
      3,
    ],
    [
      "an argument of its own",
      listening + 'spawnSync("node", ["client.js", "--port", String(server.address().port)]);',
      3,
    ],
    [
      "the environment",
      listening +
        'spawnSync("npm", ["test"], { env: { ...process.env, BASE_URL: `http://localhost:${server.address().port}` } });',
      3,
    ],
    [
      "a variable of the environment",
      listening + 'process.env.API = `http://localhost:${server.address().port}`;\nexecSync("curl $API/status");',
      4,
    ],
    [
      "the input",
      listening + 'execFileSync("curl", ["-K", "-"], { input: `url = localhost:${server.address().port}` });',
      3,
    ],
    [
      "a port by name",
      "const PORT = 3000; http.createServer().listen(PORT);\nexecSync(`curl http://localhost:${PORT}`);",
      3,
    ],
    ["a port by number", 'http.createServer().listen({ port: 3000 });\nexecSync("curl http://127.0.0.1:3000/x");', 3],
    [
      "a path",
      'const sock = "/tmp/a.sock"; net.createServer().listen(sock);\nexecFileSync("curl", ["--unix-socket", sock, "http://x/"]);',
      3,
    ],
    [
      "express",
      'import express from "express"; const app = express(); app.listen(4000);\nexecSync("wget -qO- http://localhost:4000");',
      3,
    ],
    [
      "express with its server",
      'import express from "express"; const s = express().listen(0);\nexecSync(`wget http://localhost:${s.address().port}`);',
      3,
    ],
    [
      "a variable that a callback sets",
      "let url; const s = http.createServer(); s.listen(0, () => { url = `http://localhost:${s.address().port}`; });\nexport function get() { return execSync(`curl ${url}`); }",
      3,
    ],
    [
      "a helper that gives the address",
      "async function start() { const s = http.createServer(); await new Promise((r) => s.listen(0, r)); return { s, url: `http://localhost:${s.address().port}` }; }\nconst { url } = await start(); execSync(`curl ${url}`);",
      3,
    ],
    [
      "a promise of the port",
      "const listen = (s) => new Promise((resolve) => s.listen(0, () => resolve(s.address().port)));\nconst port = await listen(http.createServer()); execSync(`curl localhost:${port}`);",
      3,
    ],
    [
      "a helper that runs it",
      "const s = http.createServer().listen(0); const get = (url) => execSync(`curl ${url}`);\nget(`http://localhost:${s.address().port}`);",
      2,
    ],
    [
      "a server of sockets",
      'import { WebSocketServer } from "ws"; const wss = new WebSocketServer({ port: 8081 });\nexecSync("wscat -c ws://localhost:8081");',
      3,
    ],
    [
      "a tunnel",
      'import { createTunnel } from "tunnel-ssh"; await createTunnel({ autoClose: true }, { port: 33060 }, {}, {});\nexecSync("mysqldump -h 127.0.0.1:33060 db");',
      3,
    ],
    [
      "a closing that comes later",
      listening + "execSync(`curl localhost:${server.address().port}`); server.close();",
      3,
    ],
    [
      "a closing in finally",
      listening + "try { execSync(`curl localhost:${server.address().port}`); } finally { server.close(); }",
      3,
    ],
    [
      "cross-spawn",
      'import spawn from "cross-spawn"; const s = http.createServer().listen(0);\nspawn.sync("curl", [`localhost:${s.address().port}`]);',
      3,
    ],
    [
      "execa",
      'import { execaSync } from "execa"; const s = http.createServer().listen(0);\nexecaSync("curl", [`localhost:${s.address().port}`]);',
      3,
    ],
    [
      "an address in an object",
      listening + 'const o = { url: `http://localhost:${server.address().port}` }; execSync("curl " + o.url);',
      3,
    ],
    [
      "an address that an object gets",
      listening + 'const o = {}; o.url = `http://localhost:${server.address().port}`;\nexecSync("curl " + o.url);',
      4,
    ],
    [
      "an address that a field gets",
      "class A { start() { this.s = http.createServer(); this.s.listen(0); this.url = `http://localhost:${this.s.address().port}`; } get() {\nexecSync(`curl ${this.url}`); } }",
      3,
    ],
    ["a URL", listening + 'execSync("curl " + new URL("/x", `http://localhost:${server.address().port}`));', 3],
    [
      "a function called on the spot",
      listening + 'execSync((() => "curl " + `http://localhost:${server.address().port}`)());',
      3,
    ],
    ["a method of a text", listening + 'execSync("curl ".concat(`http://localhost:${server.address().port}`));', 3],
    [
      "what a text is made into",
      listening + 'execSync(["curl", `http://localhost:${server.address().port}`].join(" "));',
      3,
    ],
    [
      "one of two",
      listening +
        'const all = process.argv.length > 2; execSync(all ? "curl " + `http://localhost:${server.address().port}` : "true");',
      3,
    ],
    [
      "the other of two",
      listening +
        'const all = process.argv.length > 2; execSync(all ? "true" : "curl " + `http://localhost:${server.address().port}`);',
      3,
    ],
    [
      "what stands in for something",
      listening +
        'const url = process.env.URL ?? `http://localhost:${server.address().port}`; execSync("curl " + url);',
      3,
    ],
    [
      "a list that is spread",
      listening + 'const args = ["-s", `http://localhost:${server.address().port}`]; spawnSync("curl", [...args]);',
      3,
    ],
    [
      "an address that is waited for",
      listening +
        "const urlOf = async () => `http://localhost:${server.address().port}`; execSync(`curl ${await urlOf()}`);",
      3,
    ],
    [
      "an assignment",
      listening + 'let cmd; execSync((cmd = "curl " + `http://localhost:${server.address().port}`));',
      3,
    ],
    [
      "an object that is spread",
      listening +
        'const env = { API: `http://localhost:${server.address().port}` }; spawnSync("npm", ["test"], { env: { ...env } });',
      3,
    ],
    [
      "a rest of arguments",
      listening +
        'function run(...words) {\nexecSync(words.join(" ")); } run("curl", `http://localhost:${server.address().port}`);',
      4,
    ],
    [
      "a method that is given it",
      listening +
        'class A { get(url) {\nexecSync("curl " + url); } } new A().get(`http://localhost:${server.address().port}`);',
      4,
    ],
    [
      "a method of an object that is given it",
      listening +
        'export const o = { get(url) {\nexecSync("curl " + url); } }; o.get(`http://localhost:${server.address().port}`);',
      4,
    ],
    [
      "a default",
      listening +
        'function get(url = `http://localhost:${server.address().port}`) {\nexecSync("curl " + url); } get();',
      4,
    ],
    [
      "an argument that is made whole",
      listening +
        'function get(path) { path = `http://localhost:${server.address().port}` + path;\nexecSync("curl " + path); } get("/x");',
      4,
    ],
    [
      "a key in quotes",
      listening + 'const o = { "url": `http://localhost:${server.address().port}` }; execSync("curl " + o.url);',
      3,
    ],
    [
      "fastify",
      'import fastify from "fastify"; const app = fastify(); app.listen({ port: 3000 });\nexecSync("curl http://localhost:3000");',
      3,
    ],
    [
      "a text by name",
      'http.createServer().listen(8080);\nconst cmd = "curl http://localhost:8080/"; execSync(cmd);',
      3,
    ],
    [
      "a text with a hole",
      "http.createServer().listen(8080);\nexecSync(`curl http://localhost:8080/${process.argv[2]}`);",
      3,
    ],
    ["all addresses", 'http.createServer().listen(8080);\nexecSync("curl http://0.0.0.0:8080/");', 3],
    ["an address of the new kind", 'http.createServer().listen(8080);\nexecSync("curl http://[::1]:8080/");', 3],
    [
      "a path in a text",
      'http.createServer().listen("/tmp/a.sock");\nexecSync("curl --unix-socket /tmp/a.sock http://x/");',
      3,
    ],
    [
      "a path of an object",
      'http.createServer().listen({ path: "/tmp/a.sock" });\nexecSync("curl --unix-socket /tmp/a.sock http://x/");',
      3,
    ],
    [
      "a port by its own name",
      "const port = 3000; http.createServer().listen({ port });\nexecSync(`curl http://localhost:${port}`);",
      3,
    ],
    [
      "in the same branch",
      "if (process.argv.length > 2) { http.createServer().listen(8080);\nexecSync('curl http://localhost:8080/'); }",
      3,
    ],
    [
      "in a function",
      "function ask() {\nexecSync('curl http://localhost:8080/'); }\nfunction main() { http.createServer().listen(8080); ask(); } main();",
      3,
    ],
    ["Bun", 'http.createServer().listen(8080);\nBun.spawnSync(["curl", "http://localhost:8080/"]);', 3],
    [
      "an old execa",
      'import execa from "execa"; http.createServer().listen(8080);\nexeca.sync("curl", ["http://localhost:8080/"]);',
      3,
    ],
    [
      "a variable of the environment in braces",
      listening + 'process.env.API = `http://localhost:${server.address().port}`;\nexecSync("curl ${API}/status");',
      4,
    ],
    [
      "a variable of the environment of Windows",
      listening + 'process.env.API = `http://localhost:${server.address().port}`;\nexecSync("curl %API%/status");',
      4,
    ],
    [
      "a variable of the environment of a script",
      listening +
        'process.env.API = `http://localhost:${server.address().port}`;\nexecFileSync("node", ["-e", "fetch(process.env.API)"]);',
      4,
    ],
    ["a clone", listening + 'execFileSync("git", ["clone", `http://localhost:${server.address().port}`]);', 3],
    [
      "a closing if need be",
      listening +
        'const { port } = server.address(); if (process.argv[2]) server.close();\nexecSync("curl localhost:" + port);',
      4,
    ],
    [
      "another method before",
      listening + 'server.unref(); execSync("curl " + `http://localhost:${server.address().port}`);',
      3,
    ],
    [
      "a closing in a function",
      listening +
        'function stop() { server.close(); }\nexecSync("curl " + `http://localhost:${server.address().port}`);',
      4,
    ],
    [
      "a closing of another",
      listening +
        'const other = http.createServer(); other.close(); execSync("curl " + `http://localhost:${server.address().port}`);',
      3,
    ],
    [
      "a background that is none",
      listening + 'execSync("true && curl " + `http://localhost:${server.address().port}`);',
      3,
    ],
    [
      "options that say nothing of it",
      listening + 'execSync("curl " + `http://localhost:${server.address().port}`, { encoding: "utf8" });',
      3,
    ],
    [
      "the server within a test",
      "if (http.createServer().listen(8080)) {\nexecSync('curl http://localhost:8080/'); }",
      3,
    ],
    [
      "a tunnel by a local port",
      'import tunnel from "tunnel-ssh"; tunnel({ localPort: 33060 });\nexecSync("mysqldump -h 127.0.0.1:33060 db");',
      3,
    ],
    [
      "a place that lies deeper",
      'import { WebSocketServer } from "ws"; new WebSocketServer({ options: { port: 8081 } });\nexecSync("wscat -c ws://localhost:8081");',
      3,
    ],
    [
      "a path in an argument",
      'http.createServer().listen("/tmp/a.sock");\nexecFileSync("curl", ["-s", "--unix-socket", "/tmp/a.sock", "http://x/"]);',
      3,
    ],
    ["a tool that is given", listening + "execSync(`${process.argv[2]}open ${server.address().port}`);", 3],
    ["a tool that is given before", listening + 'execSync(process.argv[2] + "open " + server.address().port);', 3],
    [
      "one of two ways to listen",
      'const server = http.createServer(); if (process.argv[2]) server.listen(8080); else { server.listen(0);\nexecSync("curl " + `http://localhost:${server.address().port}`); }',
      3,
    ],
    [
      "the same branch of a ternary",
      'process.argv[2] ? (http.createServer().listen(8080), execSync("curl http://localhost:8080/")) : 0;',
      2,
    ],
  ] as const)("%s", ([, code, line]) => {
    expect(lines(head + code)).toEqual([line]);
  });

  test("of a library that the settings describe", () => {
    const models = [{ modules: ["@acme/shell"], makes: { run: { blocks: "thread" } } }];
    const code =
      'import { createServer } from "node:http";\nimport { run } from "@acme/shell";\ncreateServer().listen(8080);\nrun("curl http://localhost:8080/");';
    expect(lines(code, { settings: { tailrace: { models } } })).toEqual([4]);
    expect(lines(code)).toEqual([]);
  });

  test("cross-spawn without another word of it", () => {
    const code =
      'import spawn from "cross-spawn";\nimport { createServer } from "node:http";\ncreateServer().listen(8080);\nspawn.sync("curl", ["http://localhost:8080/"]);';
    expect(lines(code)).toEqual([4]);
  });

  test("CommonJS, with renamed functions", () => {
    const code =
      'const { execSync: run } = require("child_process");\nconst http = require("http");\nconst s = http.createServer();\ns.listen(0, () => {\n  run("curl http://localhost:" + s.address().port);\n});';
    expect(lines(code, { language: "commonjs" })).toEqual([5]);
  });

  test("with types", () => {
    const files = {
      "start.ts": 'import type { Server } from "node:http"; export declare function start(): Promise<Server>;',
    };
    const code =
      'import { execSync } from "node:child_process";\nimport type { AddressInfo } from "node:net";\nimport { start } from "./start.ts";\nconst server = await start(); server.listen(0);\nexecSync(`curl localhost:${(server.address() as AddressInfo).port}`);';
    expect(lines(code, { files })).toEqual([5]);
  });

  test.for([
    ["it does not get the address", listening + 'execSync("git rev-parse HEAD");'],
    ["it opens a page", listening + "execSync(`open http://localhost:${server.address().port}`);"],
    ["it only prints", listening + "execSync(`echo ${server.address().port}`);"],
    [
      "it writes it down",
      listening + "execFileSync('git', ['remote', 'add', 'origin', `http://localhost:${server.address().port}`]);",
    ],
    ["it looks at the port", "const PORT = 3000; http.createServer().listen(PORT); execSync(`lsof -ti:${PORT}`);"],
    [
      "it frees the port first",
      "const PORT = 3000; execSync(`fuser -k ${PORT}/tcp`); http.createServer().listen(PORT);",
    ],
    [
      "it comes first",
      "const PORT = 3000; execSync(`node wait.js localhost:${PORT}`); http.createServer().listen(PORT);",
    ],
    ["it runs in the background", listening + "execSync(`curl localhost:${server.address().port} &`);"],
    ["it has a time", listening + "execSync(`curl localhost:${server.address().port}`, { timeout: 500 });"],
    ["it gives up", listening + "execSync(`curl --max-time 2 localhost:${server.address().port}`);"],
    [
      "it is not waited for",
      'import { exec } from "node:child_process"; ' + listening + "exec(`curl localhost:${server.address().port}`);",
    ],
    [
      "the server is closed",
      listening + "const { port } = server.address(); server.close(); execSync(`node serve.js --port ${port}`);",
    ],
    [
      "the server only found a port",
      "function free() { return new Promise((r) => { const s = net.createServer(); s.listen(0, () => { const { port } = s.address(); s.close(() => r(port)); }); }); }\nconst port = await free(); execSync(`node serve.js --port ${port}`);",
    ],
    [
      "the server is another process",
      'import cluster from "node:cluster"; const PORT = 3000; if (cluster.isPrimary) { cluster.fork(); execSync(`curl localhost:${PORT}`); } else { http.createServer().listen(PORT); }',
    ],
    ["the server is started by the command", "const PORT = 3000; execSync(`docker run -d -p ${PORT}:80 nginx`);"],
    [
      "the port is of a child",
      'import { fork } from "node:child_process"; import { once } from "node:events"; const c = fork("./s.js"); const [port] = await once(c, "message"); execSync(`curl localhost:${port}`);',
    ],
    [
      "another member of the object is meant",
      listening +
        'const o = { url: `http://localhost:${server.address().port}`, name: "x" }; execSync("node " + o.name);',
    ],
    [
      "it is the address of a client",
      listening +
        'const socket = net.connect(80, "example.com"); execSync("curl http://localhost:" + socket.address().port);',
    ],
    ["it asks the server for something else", listening + 'execSync("node x.js " + server.listenerCount("x"));'],
    [
      "another argument is meant",
      listening +
        'function run(url, port) { execSync("curl " + url); } run("http://example.com", server.address().port);',
    ],
    [
      "the rest is not meant",
      listening +
        'function run(url, ...rest) { execSync("curl " + url); } run("http://example.com", server.address().port);',
    ],
    [
      "the function gets it, and is not called",
      listening + 'const f = () => `http://localhost:${server.address().port}`; execSync("node -e 1", { stdio: [f] });',
    ],
    ["it is another host", 'http.createServer().listen(8080);\nexecSync("curl http://example.com:8080/");'],
    ["it is a longer port", 'http.createServer().listen(8080);\nexecSync("curl http://localhost:80801/");'],
    ["it is another port", 'http.createServer().listen(8080);\nexecSync("curl http://localhost:8081/");'],
    ["the port is free", 'http.createServer().listen(0);\nexecSync("curl http://localhost:0/");'],
    [
      "it listens where we do not know",
      'http.createServer().listen(() => {});\nexecSync("curl http://localhost:8080/");',
    ],
    [
      "it is something else that listens",
      'import { mic } from "./mic.js"; mic.listen(8080); execSync("curl http://localhost:8080/");',
    ],
    [
      "it is an option that is no place",
      'http.createServer().listen({ backlog: 8080 }); execSync("curl http://localhost:8080/");',
    ],
    [
      "another variable is meant",
      listening + 'process.env.API = `http://localhost:${server.address().port}`; execSync("curl $OTHER/status");',
    ],
    [
      "a longer variable is meant",
      listening + 'process.env.API = `http://localhost:${server.address().port}`; execSync("curl $APIS/status");',
    ],
    [
      "it is no variable of the environment",
      listening +
        'const env = {}; env.API = `http://localhost:${server.address().port}`; execSync("curl $API/status");',
    ],
    [
      "it is parted by a ternary",
      "import { isMainThread } from 'node:worker_threads'; isMainThread ? execSync('curl http://localhost:8080/') : http.createServer().listen(8080);",
    ],
    [
      "it has a signal",
      listening +
        'execSync("curl " + `http://localhost:${server.address().port}`, { signal: AbortSignal.timeout(5) });',
    ],
    [
      "its options have a time",
      listening +
        'const options = { timeout: 5 }; execSync("curl " + `http://localhost:${server.address().port}`, options);',
    ],
    [
      "it is detached",
      listening + 'spawnSync("curl", [`http://localhost:${server.address().port}`], { detached: true });',
    ],
    [
      "an argument is a time",
      listening + 'execFileSync("curl", ["--max-time", "2", `http://localhost:${server.address().port}`]);',
    ],
    [
      "the command is a name",
      listening + 'const cmd = "open"; execFileSync(cmd, [`http://localhost:${server.address().port}`]);',
    ],
    [
      "the command is put together",
      listening + 'execSync("git " + "config x " + `http://localhost:${server.address().port}`);',
    ],
    [
      "the arguments have a name",
      listening +
        'const args = ["config", "set", "registry", `http://localhost:${server.address().port}`]; execFileSync("npm", args);',
    ],
    [
      "the server is closed at once",
      'const s = http.createServer().listen(8080); s.close(); execSync("curl http://localhost:8080/");',
    ],
    [
      "the server is closed by its own name",
      'const s = http.createServer(); s.listen(8080); s.close(); execSync("curl http://localhost:8080/");',
    ],
    [
      "the socket is closed",
      'import { WebSocketServer } from "ws"; const s = new WebSocketServer({ port: 8081 }); s.close(); execSync("wscat -c ws://localhost:8081");',
    ],
    [
      "a function found a port",
      "async function free() { const s = net.createServer(); await new Promise((r) => s.listen(0, r)); const { port } = s.address(); s.close(); return port; }\nconst port = await free(); execSync(`node serve.js --port ${port}`);",
    ],
    [
      "a listener closes it",
      "const free = () => new Promise((r) => { const s = net.createServer(); s.listen(0, () => { const { port } = s.address(); s.once('close', () => r(port)); s.close(); }); });\nconst port = await free(); execSync(`node serve.js --port ${port}`);",
    ],
    ["there is no command", listening + "execSync();"],
    [
      "it listens in the other branch",
      'const server = http.createServer(); if (process.argv[2]) { server.listen(0); } else { execSync("curl " + `http://localhost:${server.address().port}`); }',
    ],
    [
      "its options have a time among others",
      listening +
        'execSync("curl " + `http://localhost:${server.address().port}`, { encoding: "utf8", timeout: 500 });',
    ],
    [
      "the server is only told a number",
      'const s = http.createServer(); s.setTimeout(8080); execSync("curl http://localhost:8080/");',
    ],
    [
      "the other process asks",
      'import cluster from "node:cluster"; if (cluster.isPrimary) { http.createServer().listen(8080); } else { execSync("curl http://localhost:8080/"); }',
    ],
    [
      "the other thread asks",
      'import { isMainThread } from "node:worker_threads"; isMainThread ? http.createServer().listen(8080) : execSync("curl http://localhost:8080/");',
    ],
  ] as const)("is silent where %s", ([, code]) => {
    expect(lint(head + code)).toEqual([]);
  });
});

describe("a thread that sleeps", () => {
  const head =
    'import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads"; const a = new Int32Array(new SharedArrayBuffer(8));\n';
  const wake = "Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0);";
  const threads = "const { parentPort, workerData } = require('worker_threads');";
  test.for([
    ["without anybody", "Atomics.wait(a, 0, 0);", 2],
    ["until infinity", "setTimeout(() => { a[0] = 1; }); Atomics.wait(a, 0, 0, Infinity);", 2],
    ["in a function", "function f() { Atomics.wait(a, 0, 0); }\nsetTimeout(() => Atomics.store(a, 0, 1)); f();", 2],
    ["by another name", "const { wait } = Atomics; const b = a;\nwait(b, 0, 0);", 3],
    ["after a reset", "Atomics.store(a, 0, 0);\nAtomics.wait(a, 0, 0);", 3],
    ["on a value that was stored", "Atomics.store(a, 0, 1);\nAtomics.wait(a, 0, 1);", 3],
    ["before the memory is given", "const w = new Worker('./w.js');\nAtomics.wait(a, 0, 0);\nw.postMessage(a);", 3],
    [
      "until a worker is online",
      "const w = new Worker('./w.js'); w.on('online', () => w.postMessage({ a }));\nAtomics.wait(a, 0, 0);",
      3,
    ],
    ["with a worker that does not change it", "new Worker(`${''}`.trim() || './w.js');\nAtomics.wait(a, 0, 0);", 3],
    [
      "with a worker that only sends",
      `const w = new Worker("${threads} parentPort.postMessage(workerData[0]);", { eval: true, workerData: a }); w.on('message', () => { a[0] = 1; });\nAtomics.wait(a, 0, 0);`,
      3,
    ],
    [
      "until it answers",
      `const w = new Worker("${threads} parentPort.on('message', () => { ${wake} });", { eval: true, workerData: a }); w.on('message', () => w.postMessage(1));\nAtomics.wait(a, 0, 0);`,
      3,
    ],
    [
      "until it sends",
      `const w = new Worker("${threads} parentPort.onmessage = () => { ${wake} };", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0); w.postMessage(1);`,
      3,
    ],
    [
      "until it sends to a function that is the worker",
      "function main() { const { parentPort, workerData } = require('worker_threads'); parentPort.on('message', () => { Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); }); }\nconst w = new Worker(`(${main})()`, { eval: true, workerData: a }); Atomics.wait(a, 0, 0); w.postMessage(1);",
      3,
    ],
    [
      "until it sends to a worker with an address",
      'const source = `import { parentPort, workerData } from "node:worker_threads"; parentPort.on("message", () => { Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); });`;\nconst w = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`), { workerData: a }); Atomics.wait(a, 0, 0); w.postMessage(1);',
      3,
    ],
    [
      "in the other branch",
      `if (isMainThread) { const w = new Worker(new URL(import.meta.url), { workerData: a }); setTimeout(() => w.postMessage(1), 5);\nAtomics.wait(a, 0, 0); } else { parentPort.once('message', () => { ${wake} }); }`,
      3,
    ],
    ["with an undefined time", "Atomics.wait(a, 0, 0, undefined);", 2],
    ["by a number with a name", "const FREE = 0; Atomics.wait(a, 0, FREE);", 2],
    ["on another element", "a[1] = 5;\nAtomics.wait(a, 0, 0);", 3],
    ["after it was exchanged", "Atomics.exchange(a, 0, 7);\nAtomics.wait(a, 0, 7);", 3],
    ["after it was set", "a[0] = 7;\nAtomics.wait(a, 0, 7);", 3],
    ["after it was read", "Atomics.load(a, 0); a[0]; a.length; a.at(0);\nAtomics.wait(a, 0, 0);", 3],
    ["of another view", "const b = new Int32Array(a.buffer);\nAtomics.wait(b, 0, 0);", 3],
    [
      "of a field",
      "class A { m = new Int32Array(new SharedArrayBuffer(4)); wait() {\nAtomics.wait(this.m, 0, 0); } } new A().wait();",
      3,
    ],
    ["of large numbers", "const b = new BigInt64Array(new SharedArrayBuffer(8));\nAtomics.wait(b, 0, 0n);", 3],
    ["before a later change", "Atomics.wait(a, 0, 0);\nAtomics.store(a, 0, 1);", 2],
    ["before a change in an event", "setTimeout(() => { a[0]++; }, 1);\nAtomics.wait(a, 0, 0);", 3],
    [
      "before a later function changes it",
      "function set() { Atomics.store(a, 0, 1); }\nAtomics.wait(a, 0, 0);\nset();",
      3,
    ],
    [
      "with a worker that only reads",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); console.log(Atomics.load(workerData, 0));", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0);`,
      3,
    ],
    [
      "with a worker that loads modules of the platform",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); const fs = require('fs'); fs.readFileSync('x');", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0);`,
      3,
    ],
    [
      "until it sends to an once",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); parentPort.once('message', () => { Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); });", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0); w.postMessage(1);`,
      3,
    ],
    [
      "until it sends to who waits for it",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); const { once } = require('events'); (async () => { await once(parentPort, 'message'); Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); })();", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0); w.postMessage(1);`,
      3,
    ],
    [
      "until it writes",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); process.stdout.write('x', () => { Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); });", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0);`,
      3,
    ],
    [
      "until it ends its output",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); process.stderr.end('x', () => { Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); });", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0);`,
      3,
    ],
    [
      "until it gets a message by self",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); self.addEventListener('message', () => { workerData[0] = 1; });", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0); w.postMessage(1);`,
      3,
    ],
    [
      "in a branch for others",
      "if (!isMainThread) { parentPort.once('message', () => { Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); }); } else { const w = new Worker(__filename, { workerData: a }); setTimeout(() => w.postMessage(1), 5);\nAtomics.wait(a, 0, 0); }",
      3,
    ],
    [
      "by its address as text",
      "if (isMainThread) { const w = new Worker(import.meta.filename, { workerData: a }); setTimeout(() => w.postMessage(1), 5);\nAtomics.wait(a, 0, 0); } else { parentPort.once('message', () => { Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); }); }",
      3,
    ],
    [
      "until it sends to code with a name",
      `const source = "const { parentPort, workerData } = require('worker_threads'); parentPort.on('message', () => { Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); });"; const w = new Worker(source, { eval: true, workerData: a });\nAtomics.wait(a, 0, 0); w.postMessage(1);`,
      3,
    ],
    [
      "until it sends to a function as text",
      "function main() { const { parentPort, workerData } = require('worker_threads'); parentPort.on('message', () => { Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); }); }\nconst w = new Worker(`(${main.toString()})()`, { eval: true, workerData: a }); Atomics.wait(a, 0, 0); w.postMessage(1);",
      3,
    ],
    [
      "until it sends to an address that is put together",
      `const source = "const { parentPort, workerData } = require('worker_threads'); parentPort.on('message', () => { Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); });";\nconst w = new Worker(new URL("data:text/javascript," + encodeURIComponent(source)), { workerData: a }); Atomics.wait(a, 0, 0); w.postMessage(1);`,
      3,
    ],
    [
      "until it sends to a whole address",
      'const w = new Worker(new URL("data:text/javascript,const%20%7B%20parentPort%2C%20workerData%20%7D%20%3D%20require(%27worker_threads%27)%3B%20parentPort.on(%22message%22%2C%20()%20%3D%3E%20%7B%20Atomics.store(workerData%2C%200%2C%201)%3B%20Atomics.notify(workerData%2C%200)%3B%20%7D)%3B"), { workerData: a });\nAtomics.wait(a, 0, 0); w.postMessage(1);',
      3,
    ],
    [
      "until a field sends",
      `class A { w = new Worker("const { parentPort, workerData } = require('worker_threads'); parentPort.on('message', () => { Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); });", { eval: true, workerData: a }); go() {\nAtomics.wait(a, 0, 0); this.w.postMessage(1); } } new A().go();`,
      3,
    ],
    ["after it was read into a variable", "let x; x = a[0];\nAtomics.wait(a, 0, 0);", 3],
    ["before it is filled", "Atomics.wait(a, 0, 0);\na.fill(1);", 2],
    ["before it is set", "Atomics.wait(a, 0, 0);\na.set([1]);", 2],
    [
      "until it sends to the port of a module",
      `const w = new Worker("const t = require('worker_threads'); t.parentPort.on('message', () => { Atomics.store(t.workerData, 0, 1); });", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0); w.postMessage(1);`,
      3,
    ],
  ] as const)("%s", ([, code, line]) => {
    expect(lines(head + code)).toEqual([line]);
  });

  test.for([
    ["it has a time", "Atomics.wait(a, 0, 0, 100);"],
    ["the time is not known", "export function f(ms) { Atomics.wait(a, 0, 0, ms); }"],
    ["a worker has the memory", "new Worker('./w.js', { workerData: { a } }); Atomics.wait(a, 0, 0);"],
    ["a worker was sent the memory", "const w = new Worker('./w.js'); w.postMessage(a); Atomics.wait(a, 0, 0);"],
    ["a worker wakes it", `new Worker("${threads} ${wake}", { eval: true, workerData: a }); Atomics.wait(a, 0, 0);`],
    [
      "the question was sent before",
      `const w = new Worker("${threads} parentPort.on('message', () => { ${wake} });", { eval: true, workerData: a }); w.postMessage(1); Atomics.wait(a, 0, 0);`,
    ],
    [
      "the question may have been sent",
      `const w = new Worker("${threads} parentPort.on('message', () => { ${wake} });", { eval: true, workerData: a }); export const send = () => w.postMessage(1); export const wait = () => Atomics.wait(a, 0, 0);`,
    ],
    ["others have it", "export { a }; Atomics.wait(a, 0, 0);"],
    ["it is given on", "register(a); Atomics.wait(a, 0, 0);"],
    ["it was changed before", "Atomics.add(a, 0, 1); Atomics.wait(a, 0, 0);"],
    [
      "it may have been changed",
      "export function post() { Atomics.store(a, 0, 1); } export function wait() { Atomics.wait(a, 0, 0); }",
    ],
    ["another element is waited on", "a[1] = 5; Atomics.wait(a, 1, 0);"],
    ["it comes from elsewhere", "Atomics.wait(workerData, 0, 0);"],
    ["it does not wait", "Atomics.waitAsync(a, 0, 0);"],
    [
      "the worker has ports",
      `new Worker("${threads} workerData.port.on('message', () => { Atomics.notify(workerData.a, 0); });", { eval: true, workerData: { a, port } }); Atomics.wait(a, 0, 0);`,
    ],
    [
      "the worker asks others",
      `new Worker("require('./x.js')(require('worker_threads').workerData);", { eval: true, workerData: a }); Atomics.wait(a, 0, 0);`,
    ],
    ["Atomics is another one", "const Atomics = { wait() {} }; Atomics.wait(a, 0, 0);"],
    ["the time is a name", "const TIME = 50; Atomics.wait(a, 0, 0, TIME);"],
    ["it may be another value", "export function f(x) { Atomics.wait(a, 0, x); }"],
    ["it may be another element", "export function f(i) { Atomics.wait(a, i, 0); }"],
    ["it never was that value", "Atomics.wait(a, 0, 5);"],
    ["it was filled", "a.fill(1); Atomics.wait(a, 0, 0);"],
    ["it was set", "a.set([1]); Atomics.wait(a, 0, 0);"],
    ["it was counted", "a[0]++; Atomics.wait(a, 0, 0);"],
    ["it was added to", "a[0] = 0; a[0] += 1; Atomics.wait(a, 0, 0);"],
    ["the second element may be it", "a[Math.random()] = 5; Atomics.wait(a, 0, 0);"],
    ["it comes again in a loop", "for (;;) { Atomics.wait(a, 0, 0); Atomics.store(a, 0, 1); }"],
    [
      "a function that comes first changes it",
      "function set() { Atomics.store(a, 0, 1); } set(); Atomics.wait(a, 0, 0);",
    ],
    [
      "it waits when an event has come",
      "setTimeout(() => { a[0] = 1; }, 1); setTimeout(() => Atomics.wait(a, 0, 0), 50);",
    ],
    ["it is no shared memory", "import { b } from './b.js'; Atomics.wait(b, 0, 0);"],
    [
      "a class gives it away",
      "export class A { m = new Int32Array(new SharedArrayBuffer(4)); wait() { send(this.m); Atomics.wait(this.m, 0, 0); } }",
    ],
    ["a method of it is not known", "a.register(); Atomics.wait(a, 0, 0);"],
    [
      "it is part of what a worker gets",
      "new Worker('./w.js', { workerData: { list: [a], ...{} } }); Atomics.wait(a, 0, 0);",
    ],
    ["something else is made of it", "new Pool({ workerData: a }); Atomics.wait(a, 0, 0);"],
    ["it is an option of something else", "new Worker('./w.js', { memory: a }); Atomics.wait(a, 0, 0);"],
    ["it is sent to a port", "parentPort.postMessage({ a }); Atomics.wait(a, 0, 0);"],
    [
      "the worker adds to it",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); workerData[0]++;", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0);`,
    ],
    [
      "the worker assigns",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); workerData[0] = 1;", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0);`,
    ],
    [
      "the worker answers a timer",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); setTimeout(() => { Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); }, 5);", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0); w.postMessage(1);`,
    ],
    [
      "the worker answers another event",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); parentPort.on('close', () => { Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); });", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0); w.postMessage(1);`,
    ],
    [
      "the worker answers somebody else",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); process.on('message', () => { Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); });", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0); w.postMessage(1);`,
    ],
    [
      "the worker writes a file first",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); require('fs').writeFile('x', '', () => { Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); });", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0);`,
    ],
    [
      "the worker may wake it in two ways",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); parentPort.on('message', () => { Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); }); Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0);", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0); w.postMessage(1);`,
    ],
    [
      "the worker imports something",
      `const w = new Worker("import('./x.js');", { eval: true, workerData: a }); Atomics.wait(a, 0, 0);`,
    ],
    [
      "the worker starts others",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); new (require('worker_threads').Worker)('./x.js', { workerData }); new Worker('./x.js');", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0);`,
    ],
    [
      "the worker gives it to a function",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); register(workerData);", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0);`,
    ],
    [
      "the code is a file of the name",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads');", { eval: false, workerData: a }); Atomics.wait(a, 0, 0);`,
    ],
    [
      "the code is not known",
      "import { source } from './x.js'; new Worker(source, { eval: true, workerData: a }); Atomics.wait(a, 0, 0);",
    ],
    ["the code is no code", "new Worker('if (', { eval: true, workerData: a }); Atomics.wait(a, 0, 0);"],
    [
      "others may send to the worker",
      `export const w = new Worker("const { parentPort, workerData } = require('worker_threads'); parentPort.on('message', () => { Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); });", { eval: true, workerData: a });\n send(w); Atomics.wait(a, 0, 0);`,
    ],
    [
      "the worker has no name",
      `new Worker("const { parentPort, workerData } = require('worker_threads'); parentPort.on('message', () => { Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); });", { eval: true, workerData: a }).postMessage(1); Atomics.wait(a, 0, 0);`,
    ],
    [
      "the branch is not of the thread",
      "if (Math.random() > 0.5) { const w = new Worker(__filename, { workerData: a }); Atomics.wait(a, 0, 0); } else { parentPort.once('message', () => { Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); }); }",
    ],
    ["a function gives it to others", "export function f() { return a; } Atomics.wait(a, 0, 0);"],
    ["it was added to twice", "Atomics.add(a, 0, 5); Atomics.add(a, 0, 5); Atomics.wait(a, 0, 5);"],
    ["it was lowered again", "a[0] = 7; a[0] -= 7; Atomics.wait(a, 0, 7);"],
    [
      "something else runs the code",
      `const w = new Pool("const { parentPort, workerData } = require('worker_threads'); console.log(1);", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0);`,
    ],
    ["the memory is that of another member", "const b = new Int32Array(a.other); Atomics.wait(b, 0, 0);"],
    [
      "the worker is another file",
      "if (isMainThread) { const w = new Worker(new URL('./x.js', import.meta.url), { workerData: a }); Atomics.wait(a, 0, 0); w.postMessage(1); } else { parentPort.once('message', () => { Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); }); }",
    ],
    [
      "the worker is a file that we do not know",
      "import { paths } from './x.js'; if (isMainThread) { const w = new Worker(paths.url, { workerData: a }); Atomics.wait(a, 0, 0); w.postMessage(1); } else { parentPort.once('message', () => { Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); }); }",
    ],
    [
      "the text is the name of a file",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); console.log(1);", { stdout: true, workerData: a });\nAtomics.wait(a, 0, 0);`,
    ],
    [
      "the code is put together of two",
      "function main() { console.log(1); } import { other } from './x.js'; new Worker(`(${main})(${other})`, { eval: true, workerData: a }); Atomics.wait(a, 0, 0);",
    ],
    [
      "the code is only the name of a function",
      "function main() { console.log(1); } new Worker(`${main.name()}`, { eval: true, workerData: a }); Atomics.wait(a, 0, 0);",
    ],
    [
      "the worker loads something",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); require('./x.js');", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0);`,
    ],
    [
      "the worker loads what it is told",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); require(process.argv[2]);", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0);`,
    ],
    [
      "the worker loads fs-extra",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); require('fs-extra');", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0);`,
    ],
    [
      "the worker loads path-to",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); require('path-to');", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0);`,
    ],
    [
      "the worker loads os-name",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); require('os-name');", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0);`,
    ],
    [
      "the worker loads utils",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); require('utils');", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0);`,
    ],
    [
      "the worker loads eventsource",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); require('eventsource');", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0);`,
    ],
    [
      "the worker loads worker_threads-pool",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); require('worker_threads-pool');", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0);`,
    ],
    [
      "the worker loads my-events",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); require('my-events');", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0);`,
    ],
    [
      "the worker tells something like the console",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); myconsole.log(workerData);", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0);`,
    ],
    [
      "the worker tells consoles",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); consoles.log(workerData);", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0);`,
    ],
    [
      "the worker wakes it before it waits",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); const { once } = require('events'); (async () => { Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); await once(parentPort, 'message'); })();", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0); w.postMessage(1);`,
    ],
    [
      "the worker answers a closing",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); parentPort.onclose = () => { Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); };", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0); w.postMessage(1);`,
    ],
    [
      "the worker writes to a socket",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); socket.write('x', () => { Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); });", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0);`,
    ],
    [
      "the worker ends its input",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); process.stdin.end('x', () => { Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); });", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0);`,
    ],
    [
      "the worker listens to its output",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); process.stdout.cork('x', () => { Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); });", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0);`,
    ],
    [
      "the worker waits for a closing",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); const { once } = require('events'); (async () => { await once(parentPort, 'close'); Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); })();", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0); w.postMessage(1);`,
    ],
    [
      "the worker waits for another message",
      `const w = new Worker("const { parentPort, workerData } = require('worker_threads'); const { once } = require('events'); (async () => { await once(process, 'message'); Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); })();", { eval: true, workerData: a });\nAtomics.wait(a, 0, 0); w.postMessage(1);`,
    ],
  ] as const)("is silent where %s", ([, code]) => {
    expect(lint(head + code)).toEqual([]);
  });
});
