import { describe, expect, test } from "vitest";
import { lint } from "./lint.ts";
import type { LintOptions, Report } from "./lint.ts";

const check = (code: string, options: LintOptions = {}): Report[] =>
  lint(code, { rules: { "tailrace/no-unread-output": "error" }, ...options });
const strictly = (code: string): Report[] =>
  check(code, { rules: { "tailrace/no-unread-output": ["error", { strict: true }] } });
const lines = (code: string, options?: LintOptions): number[] => check(code, options).map(({ line }) => line);

const IMPORTS = `import { fork, spawn } from "node:child_process"; import { once } from "node:events"; import { text } from "node:stream/consumers"; `;

describe("reports a wait for a child whose output", () => {
  test.for<[string, string]>([
    [
      "is read only after an awaited event",
      "const c = spawn(cmd);\nawait once(c, 'exit');\nfor await (const x of c.stdout) x;",
    ],
    ["is never read", "const c = spawn(cmd, args, { cwd: '/' });\nawait once(c, 'close');"],
    [
      "is listened to for its end alone",
      "const c = spawn(cmd); c.stdout.setEncoding('utf8').on('end', f);\nawait once(c, 'close');",
    ],
    [
      "is read after a new Promise",
      "const c = spawn(cmd);\nconst code = await new Promise((r) => c.on('close', r));\nawait text(c.stdout);",
    ],
    [
      "is read after a promise kept in a variable",
      "const c = spawn(cmd); const done = once(c, 'exit');\nawait done;\nc.stdout.pipe(out);",
    ],
    [
      "is read after Promise.all without it",
      "const c = spawn(cmd);\nawait Promise.all([once(c, 'exit'), other()]);\nc.stdout.pipe(out);",
    ],
    ["is read in the callback of the end", "const c = spawn(cmd);\nc.on('close', () => { c.stdout.on('data', f); });"],
    ["is read in then()", "const c = spawn(cmd);\nonce(c, 'exit').then(() => text(c.stdout));"],
    [
      "of what a field starts that holds `spawn`",
      "class A { constructor() { this.start = spawn; } async run() { const c = this.start(cmd);\nawait once(c, 'exit'); } }",
    ],
    [
      "is never read, though a failure kills it",
      "const c = spawn(cmd); src.on('error', () => c.kill());\nawait once(c, 'exit');",
    ],
    ["is read in an awaited then()", "const c = spawn(cmd);\nawait once(c, 'exit').then(() => text(c.stdout));"],
    ["is never read, with a listener in a chain", "\nspawn(cmd, args).on('close', cb);"],
    [
      "is never read, with a listener in an executor",
      "const run = () => new Promise((resolve, reject) => { const c = spawn(cmd, ['-v']); c.on('error', reject);\nc.on('close', (code) => (code === 0 ? resolve() : reject(new Error('x')))); });",
    ],
    [
      "is read on one path only",
      "const c = spawn(cmd); if (verbose) c.stdout.pipe(process.stdout);\nawait once(c, 'close');",
    ],
    [
      "is read in a loop over nothing else",
      "const c = spawn(cmd, { stdio: ['ignore', 'pipe', 'inherit'] });\nawait once(c, 'close'); c.stdout.resume();",
    ],
    ["is piped by fork", "const c = fork(file, [], { silent: true });\nawait once(c, 'exit');"],
    [
      "is taken out by destructuring",
      "const c = spawn(cmd); const { stdout } = c;\nawait once(c, 'exit');\nstdout.resume();",
    ],
    [
      "is read after the wait of a local helper",
      "function exited(p) { return new Promise((r) => p.once('close', r)); }\nconst c = spawn(cmd);\n" +
        "await exited(c); await text(c.stdout);",
    ],
    [
      "comes from a local helper",
      "const start = () => spawn(cmd);\nasync function main() { const c = start();\nawait once(c, 'exit'); await text(c.stdout); }",
    ],
    [
      "is read in the same method later",
      "class A { async run() { const c = spawn(cmd);\nawait once(c, 'exit'); return text(c.stdout); } }",
    ],
    [
      "is in a private field, and never read",
      "class A { #c = spawn(cmd); async stop() {\nawait once(this.#c, 'exit'); } }",
    ],
    [
      "is read after an inner function waits",
      "const c = spawn(cmd); async function main() {\nawait once(c, 'exit'); await text(c.stdout); }\nawait main();",
    ],
    [
      "is read after an async IIFE waits",
      "const c = spawn(cmd); await (async () => {\nawait once(c, 'exit'); })(); c.stdout.resume();",
    ],
    ["is returned as a promise of the end", "export function run() { const c = spawn(cmd);\nreturn once(c, 'exit'); }"],
    [
      "is killed only when this process is told to end",
      "const c = spawn(cmd); process.on('SIGINT', () => c.kill());\nawait once(c, 'exit');",
    ],
    [
      "is unread while its input is awaited",
      "const c = spawn('gzip'); c.stderr.resume();\nawait once(c.stdin.end(data), 'finish'); c.stdout.pipe(out);",
    ],
    [
      "is unread while a pipeline into its input is awaited",
      "import { pipeline } from 'node:stream/promises'; const c = spawn('gzip');\nawait pipeline(src, c.stdin); await text(c.stdout);",
    ],
    [
      "is read after all children of a list",
      "const all = files.map((f) => spawn('gzip', [f]));\nawait Promise.all(all.map((c) => once(c, 'exit'))); for (const c of all) c.stdout.pipe(out);",
    ],
    [
      "is read after each child of a loop",
      "for (const c of files.map((f) => spawn('gzip', [f]))) {\nawait once(c, 'exit'); c.stdout.pipe(out); }",
    ],
    [
      "is in a field of a class that stays in the file",
      "class A { constructor() { this.c = spawn(cmd); } async stop() {\nawait once(this.c, 'exit'); } }\nnew A().stop();",
    ],
    [
      "is read after resolvers are called",
      "const c = spawn(cmd); const { promise, resolve } = Promise.withResolvers(); c.on('exit', (code) => resolve(code));\nawait promise; await text(c.stdout);",
    ],
    [
      "is unread while end() is awaited",
      "const c = spawn('gzip'); c.stderr.resume();\nawait new Promise((r) => c.stdin.end(data, r)); c.stdout.pipe(out);",
    ],
    [
      "is unread while its input drains",
      "const c = spawn('gzip'); for (const row of rows) {\nif (!c.stdin.write(row)) await once(c.stdin, 'drain'); }\nc.stdout.pipe(out);",
    ],
    ["has two listeners for its end", "const c = spawn(cmd);\nc.on('exit', f); c.on('close', f);"],
    ["is a pipe by its word", "const c = spawn(cmd, [], { stdio: 'pipe' });\nawait once(c, 'exit');"],
    ["is a pipe by another word", "const c = spawn(cmd, [], { stdio: 'overlapped' });\nawait once(c, 'exit');"],
    ["is a pipe by null", "const c = spawn(cmd, [], { stdio: null });\nawait once(c, 'exit');"],
    ["is a pipe by undefined", "const c = spawn(cmd, [], { stdio: undefined });\nawait once(c, 'exit');"],
    ["is a pipe in a list", "const c = spawn(cmd, [], { stdio: ['ignore', 'pipe', 'pipe'] });\nawait once(c, 'exit');"],
    ["is not in a list", "const c = spawn(cmd, [], { stdio: ['ignore'] });\nawait once(c, 'exit');"],
    ["is null in a list", "const c = spawn(cmd, [], { stdio: ['ignore', null] });\nawait once(c, 'exit');"],
    ["is left out of a list", "const c = spawn(cmd, [], { stdio: ['ignore', , 'inherit'] });\nawait once(c, 'exit');"],
    [
      "is in a list before what is spread",
      "const c = spawn(cmd, [], { stdio: ['pipe', 'pipe', ...others] });\nawait once(c, 'exit');",
    ],
    [
      "is in a list with a name",
      "const how = ['ignore', 'pipe', 'ignore']; const c = spawn(cmd, [], { stdio: how });\nawait once(c, 'exit');",
    ],
    [
      "is a pipe by a name",
      "const how = 'pipe'; const c = spawn(cmd, [], { stdio: ['ignore', how, 'ignore'] });\nawait once(c, 'exit');",
    ],
    [
      "is that of options with a name",
      "const options = { cwd: '/' }; const c = spawn(cmd, [], options);\nawait once(c, 'exit');",
    ],
    [
      "is that of options that are read",
      "const options = { cwd: '/' }; log(options.cwd); const c = spawn(cmd, [], options);\nawait once(c, 'exit');",
    ],
    ["is that of options without arguments", "const c = spawn(cmd, { cwd: '/' });\nawait once(c, 'exit');"],
    ["is that of no options", "const c = spawn(cmd, [], null);\nawait once(c, 'exit');"],
    [
      "is a pipe whatever is spread before",
      "const c = spawn(cmd, [], { ...given, stdio: 'pipe' });\nawait once(c, 'exit');",
    ],
    ["is that of a list of arguments", "const c = spawn(cmd, list);\nawait once(c, 'exit');"],
    ["is that of arguments that a function makes", "const c = spawn(cmd, argsOf(x));\nawait once(c, 'exit');"],
    ["is that of arguments in a field", "const c = spawn(cmd, this.args);\nawait once(c, 'exit');"],
    [
      "is that of an array of arguments",
      "async function run(opts: string[]) { const c = spawn(cmd, opts);\nawait once(c, 'exit'); }",
    ],
    [
      "is that of a fixed array of arguments",
      "async function run(opts: readonly string[]) { const c = spawn(cmd, opts);\nawait once(c, 'exit'); }",
    ],
    [
      "is piped by fork with a name",
      "const silent = true; const c = fork(file, [], { silent });\nawait once(c, 'exit');",
    ],
    [
      "is piped by fork in a list",
      "const c = fork(file, [], { stdio: ['pipe', 'pipe', 'pipe', 'ipc'] });\nawait once(c, 'exit');",
    ],
    [
      "is that of cross-spawn by name",
      "import { spawn as start } from 'cross-spawn'; const c = start(cmd);\nawait once(c, 'exit');",
    ],
    [
      "is waited for to finish",
      "import { finished } from 'node:stream'; const c = spawn(cmd); finished(c.stdout, f);\nawait once(c, 'exit');",
    ],
    ["is waited for to end", "const c = spawn(cmd); const ended = once(c.stdout, 'end');\nawait once(c, 'exit');"],
    ["is logged", "const c = spawn(cmd); console.log(c.stdout);\nawait once(c, 'exit');"],
    [
      "is asserted",
      "import assert from 'node:assert'; const c = spawn(cmd); assert(c.stdout);\nawait once(c, 'exit');",
    ],
    [
      "is asserted strictly",
      "import assert from 'node:assert/strict'; const c = spawn(cmd); assert.ok(c.stdout);\nawait once(c, 'exit');",
    ],
    ["is asked for", "const c = spawn(cmd); Boolean(c.stdout); String(c.stdout);\nawait once(c, 'exit');"],
    ["is unread, and the child logged", "const c = spawn(cmd); console.log(c);\nawait once(c, 'exit');"],
    [
      "is unread, and the child asserted",
      "import assert from 'node:assert'; const c = spawn(cmd); assert(c);\nawait once(c, 'exit');",
    ],
    ["is unread, and the input ended", "const c = spawn(cmd); c.stdin.end(data);\nawait once(c, 'exit');"],
    ["is unread, and messages listened to", "const c = spawn(cmd); c.on('message', f);\nawait once(c, 'exit');"],
    [
      "is unread, and its ends iterated",
      "import { on } from 'node:events'; const c = spawn(cmd); const all = on(c, 'exit');\nawait once(c, 'exit');",
    ],
    ["is unread, and the number logged", "const c = spawn(cmd); console.log(c.pid);\nawait once(c, 'exit');"],
    ["is unread, and the number counted with", "const c = spawn(cmd); pids = c.pid + 1;\nawait once(c, 'exit');"],
    [
      "is unread until a signal kills it",
      "const c = spawn(cmd); process.once('SIGTERM', () => { c.kill(); });\nawait once(c, 'exit');",
    ],
    [
      "is unread until this process ends",
      "import process from 'node:process'; const c = spawn(cmd); process.on('exit', () => c.kill());\nawait once(c, 'exit');",
    ],
    [
      "is unread while its input drains at last",
      "const c = spawn(cmd); \nawait once(c.stdin, 'drain'); c.stdout.resume();",
    ],
    [
      "is unread while a promise waits for its input",
      "const c = spawn(cmd); \nawait new Promise((r) => c.stdin.once('finish', r)); c.stdout.resume();",
    ],
    [
      "is unread while a promise waits for its input to drain",
      "const c = spawn(cmd); \nawait new Promise((r) => { c.stdin.once('drain', r); }); c.stdout.resume();",
    ],
    [
      "is unread while its input finishes",
      "import { finished } from 'node:stream/promises'; const c = spawn(cmd); \nawait finished(c.stdin); c.stdout.resume();",
    ],
    [
      "is read after either of its ends",
      "const c = spawn(cmd); \nawait new Promise((r) => { c.on('exit', r); c.on('close', r); });",
    ],
    [
      "is read after its end or its error",
      "const c = spawn(cmd); \nawait new Promise((r, j) => { c.on('close', r); c.on('error', j); });",
    ],
    [
      "is unread while a timer only logs",
      "await new Promise((r, j) => { const c = spawn(cmd); setTimeout(() => log(), 9);\nc.on('close', r); c.on('error', j); });",
    ],
    [
      "is unread while something unknown may reject",
      "await new Promise((r, j) => { const c = spawn(cmd); run(() => j(new Error()));\nc.on('close', r); });",
    ],
    [
      "is unread in a task",
      "const t = new Task((r) => { const c = spawn(cmd);\nc.on('close', r); setTimeout(r, 9); });",
    ],
    [
      "is read by the listener of its end",
      "const c = spawn(cmd); \nawait new Promise((r) => { c.on('exit', () => { c.stdout.resume(); r(); }); });",
    ],
    [
      "is read by a named listener of its end",
      "const c = spawn(cmd); const end = () => { c.stdout.resume(); };\nc.on('exit', end);",
    ],
    [
      "is read by a named listener that resolves",
      "const c = spawn(cmd); \nawait new Promise((r) => { c.on('exit', end); function end() { c.stdout.resume(); r(); } });",
    ],
    [
      "is unread in a race of its own ends",
      "const c = spawn(cmd); \nawait Promise.race([once(c, 'exit'), once(c, 'error')]);",
    ],
    [
      "is unread where any of its ends will do",
      "const c = spawn(cmd); \nawait Promise.any([once(c, 'exit'), once(c, 'close')]);",
    ],
    [
      "is unread where all its ends are awaited",
      "const c = spawn(cmd); \nawait Promise.all([once(c, 'exit'), once(c, 'close')]);",
    ],
    [
      "is unread by who was given the child",
      "function start() { const c = spawn(cmd); c.stderr.resume(); return c; } async function f() { const d = start();\nawait once(d, 'exit'); }",
    ],
    [
      "is unread where the helper waits itself",
      "async function start() { const c = spawn(cmd);\nawait once(c, 'exit'); return c; } async function f() { const d = await start(); d.stdout.resume(); }",
    ],
    [
      "is unread by one of two callers",
      "function start() { return spawn(cmd); } async function f() { const d = start(); d.stdout.resume(); await once(d, 'exit'); } async function g() { const d = start();\nawait once(d, 'exit'); }",
    ],
    ["is unread at the first of two waits", "const c = spawn(cmd); \nawait once(c, 'exit'); await once(c, 'close');"],
    ["is unread at a wait beside a listener", "const c = spawn(cmd); c.on('exit', log);\nawait once(c, 'close');"],
    [
      "is read in one case only",
      "const c = spawn(cmd); switch (x) { case 1: c.stdout.resume(); }\nawait once(c, 'exit');",
    ],
  ])("%s", ([, code]) => {
    const source = IMPORTS + code;
    const reported = lines(source);
    expect(reported).toHaveLength(1);
    expect(reported[0]).toBeGreaterThan(1);
  });

  test("in CommonJS, in plain JavaScript and by a namespace", () => {
    const code = (all: string): string => `${all}; const c = cp.spawn("x");\nc.on("exit", () => {});`;
    expect(lines(code('const cp = require("child_process")'), { language: "commonjs" })).toEqual([2]);
    expect(lines(code('import * as cp from "child_process"'), { language: "espree" })).toEqual([2]);
    expect(lines(code('import cp from "node:child_process"'))).toEqual([2]);
    expect(lines('import spawn from "cross-spawn";\nspawn("x").on("close", done);')).toEqual([2]);
    expect(
      lines('const spawn = require("cross-spawn");\nspawn("x").on("close", done);', { language: "commonjs" }),
    ).toEqual([2]);
  });
});

describe("is silent where", () => {
  test.for<[string, string]>([
    [
      "a field may hold something else than `spawn`",
      "class A { constructor(o) { this.start = spawn; if (o) this.start = o; } async run() { const c = this.start(cmd); await once(c, 'exit'); } }",
    ],
    [
      "it is killed when something else happens",
      "const c = spawn(cmd); src.on('late', () => c.kill()); await once(c, 'exit');",
    ],
    [
      "the output is read at the same time",
      "const c = spawn(cmd); c.stderr.resume(); const [o] = await Promise.all([text(c.stdout), once(c, 'exit')]);",
    ],
    [
      "a running function reads",
      "const c = spawn(cmd); const reading = (async () => { for await (const x of c.stdout) x; })(); await once(c, 'close');",
    ],
    [
      "a named function reads",
      "const c = spawn(cmd); listen(); await once(c, 'close'); function listen() { c.stdout.on('data', f); }",
    ],
    [
      "a loop listens to both",
      "const c = spawn(cmd); for (const s of [c.stdout, c.stderr]) s.on('data', f); await once(c, 'close');",
    ],
    ["the output is asked for first", "const c = spawn(cmd, opts); await once(c, 'exit');"],
    ["there is no pipe", "const c = spawn(cmd, [], { stdio: 'inherit' }); await once(c, 'exit');"],
    [
      "there is no pipe for stdout",
      "const c = spawn(cmd, [], { stdio: ['pipe', 'inherit', 2] }); await once(c, 'exit');",
    ],
    [
      "stdio is decided elsewhere",
      "const c = spawn(cmd, [], { stdio: quiet ? 'ignore' : 'pipe' }); await once(c, 'exit');",
    ],
    ["options are spread", "const c = spawn(cmd, [], { cwd, ...options }); await once(c, 'exit');"],
    ["options may be meant", "function run(cmd, options) { const c = spawn(cmd, options); return once(c, 'exit'); }"],
    ["the child is handed on", "const c = spawn(cmd); watch(c); await once(c, 'exit');"],
    ["the child is returned", "function run() { const c = spawn(cmd); c.on('exit', f); return c; } export { run };"],
    ["the child is kept in a list", "const c = spawn(cmd); all.push(c); await once(c, 'exit');"],
    [
      "the child is in a public field",
      "export class A { start() { this.child = spawn(cmd); this.child.on('exit', f); } }",
    ],
    ["the child is killed", "const c = spawn(cmd); c.kill(); await once(c, 'exit');"],
    ["the child has a deadline", "const c = spawn(cmd, [], { timeout: 1000 }); await once(c, 'exit');"],
    ["a timer kills the child", "const c = spawn(cmd); setTimeout(() => c.kill(), 1000); await once(c, 'exit');"],
    ["the child is killed by its number", "const c = spawn(cmd); process.kill(-c.pid); await once(c, 'exit');"],
    ["nobody waits", "const c = spawn(cmd, [], { detached: true }); c.unref();"],
    ["the wait is raced", "const c = spawn(cmd); await Promise.race([once(c, 'exit'), sleep(9)]);"],
    ["the wait has a signal", "const c = spawn(cmd); await once(c, 'exit', { signal });"],
    [
      "something else settles the promise",
      "const c = spawn(cmd); await new Promise((r) => { c.on('exit', r); setTimeout(r, 9); });",
    ],
    ["fork inherits", "const c = fork(file); await once(c, 'exit');"],
    [
      "there may be no stream",
      "const c = spawn(cmd); if (c.stdout) c.stdout.on('data', f); c.stderr?.on('data', f); await once(c, 'exit');",
    ],
    ["only the error output is unread", "const c = spawn(cmd); c.stdout.on('data', f); await once(c, 'exit');"],
    [
      "reading begins in the same tick after a listener",
      "const c = spawn(cmd); c.on('close', f); c.stdout.resume(); c.stderr.resume();",
    ],
    [
      "everything is within one executor",
      "export const run = () => new Promise((resolve, reject) => { const c = spawn(cmd); let out = ''; c.on('error', reject); c.on('close', () => resolve(out)); c.stdout.on('data', (d) => { out += d; }); });",
    ],
    [
      "spawn is another one",
      "import { spawn as start } from './mine.js'; const c = start(cmd); await once(c, 'exit');",
    ],
    ["reading is in try", "const c = spawn(cmd); try { await text(c.stdout); } finally { await once(c, 'exit'); }"],
    [
      "a helper reads",
      "const collect = (p) => { p.stdout.on('data', f); p.stderr.on('data', f); }; const c = spawn(cmd); collect(c); await once(c, 'exit');",
    ],
    [
      "another method reads the private field",
      "class A { #c = spawn(cmd); read() { return text(this.#c.stdout); } async stop() { await once(this.#c, 'exit'); } }",
    ],
    ["stdio is ignored", "const c = spawn(cmd, [], { stdio: 'ignore' }); await once(c, 'exit');"],
    ["stdio is inherited by number", "const c = spawn(cmd, [], { stdio: ['pipe', 1, 2] }); await once(c, 'exit');"],
    [
      "stdio begins with what is spread",
      "const c = spawn(cmd, [], { stdio: [...others, 'pipe'] }); await once(c, 'exit');",
    ],
    ["stdio is a stream", "const c = spawn(cmd, [], { stdio: ['pipe', out] }); await once(c, 'exit');"],
    ["stdio is given", "function run(stdio) { const c = spawn(cmd, [], { stdio }); c.on('exit', f); }"],
    ["the child has a signal", "const c = spawn(cmd, [], { signal }); await once(c, 'exit');"],
    [
      "options are completed later",
      "const options = { cwd: '/' }; options.stdio = 'inherit'; const c = spawn(cmd, [], options); await once(c, 'exit');",
    ],
    ["options without arguments inherit", "const c = spawn(cmd, { stdio: 'inherit' }); await once(c, 'exit');"],
    ["options are given", "const c = spawn(cmd, [], given); await once(c, 'exit');"],
    ["options are spread after stdio", "const c = spawn(cmd, [], { stdio: 'pipe', ...given }); await once(c, 'exit');"],
    ["options are spread first", "const c = spawn(cmd, [], { ...given, cwd: '/' }); await once(c, 'exit');"],
    ["options have a computed name", "const c = spawn(cmd, [], { [name]: 'inherit' }); await once(c, 'exit');"],
    ["all arguments are spread", "const c = spawn(...args); await once(c, 'exit');"],
    ["all but the command are spread", "const c = spawn(cmd, ...args); await once(c, 'exit');"],
    ["there is no command", "const c = spawn(); await once(c, 'exit');"],
    [
      "options may be meant under a condition",
      "const c = spawn(cmd, x ? [] : { stdio: 'inherit' }); await once(c, 'exit');",
    ],
    [
      "options are meant by their type",
      "async function run(list: SpawnOptions) { const c = spawn(cmd, list); await once(c, 'exit'); }",
    ],
    ["fork inherits, with options", "const c = fork(file, [], { cwd: '/' }); await once(c, 'exit');"],
    ["fork is not silent", "const c = fork(file, [], { silent: false }); await once(c, 'exit');"],
    ["fork may be silent", "const c = fork(file, [], { silent }); await once(c, 'exit');"],
    ["exec collects", "import { exec } from 'node:child_process'; const c = exec(cmd); await once(c, 'exit');"],
    [
      "cross-spawn waits by itself",
      "import cross from 'cross-spawn'; const c = cross.sync(cmd); await once(c, 'exit');",
    ],
    ["a method of the output has a computed name", "const c = spawn(cmd); c.stdout[how](); await once(c, 'exit');"],
    ["the output is handed on", "const c = spawn(cmd); collect(c.stdout); await once(c, 'exit');"],
    ["the output is awaited", "const c = spawn(cmd); const first = once(c.stdout, 'data'); await once(c, 'exit');"],
    ["the output is kept in a list", "const c = spawn(cmd); const kept = [c.stdout]; await once(c, 'exit');"],
    ["a method of the child has a computed name", "const c = spawn(cmd); c[how](); await once(c, 'exit');"],
    ["the child is given to a function of nobody", "const c = spawn(cmd); register(c); await once(c, 'exit');"],
    [
      "its ends are iterated",
      "import { on } from 'node:events'; const c = spawn(cmd); for await (const e of on(c, 'exit')) log(e);",
    ],
    ["a message is awaited", "const c = spawn(cmd); await once(c, 'message');"],
    ["its start is awaited", "const c = spawn(cmd); await once(c, 'spawn');"],
    ["any event is awaited", "const c = spawn(cmd); await once(c, name);"],
    ["a package kills the child", "const c = spawn(cmd); treeKill(c.pid); await once(c, 'exit');"],
    [
      "a package kills the child, if there is one",
      "const c = spawn(cmd); treeKill(c.pid || 0); await once(c, 'exit');",
    ],
    ["a message kills the child", "const c = spawn(cmd); other.on('message', () => c.kill()); await once(c, 'exit');"],
    ["a callback kills the child", "const c = spawn(cmd); run(() => c.kill()); await once(c, 'exit');"],
    [
      "both are read while its input drains",
      "const c = spawn(cmd); c.stdout.resume(); c.stderr.resume(); await once(c.stdin, 'drain');",
    ],
    [
      "something else may go on for its input",
      "const c = spawn(cmd); await new Promise((r) => { c.stdin.once('drain', r); setTimeout(r, 9); }); c.stdout.resume();",
    ],
    ["an error of its input is awaited", "const c = spawn(cmd); await once(c.stdin, 'error'); c.stdout.resume();"],
    [
      "a promise waits for an error of its input",
      "const c = spawn(cmd); await new Promise((r) => c.stdin.once('error', r)); c.stdout.resume();",
    ],
    [
      "the wait for its input has a signal",
      "const c = spawn(cmd); await once(c.stdin, 'drain', { signal }); c.stdout.resume();",
    ],
    [
      "its input is piped on",
      "import { pipeline } from 'node:stream/promises'; const c = spawn(cmd); await pipeline(c.stdin, other); c.stdout.resume();",
    ],
    ["its input is handed on", "const c = spawn(cmd); await feed(c.stdin); c.stdout.resume();"],
    ["nobody waits for its input", "const c = spawn(cmd); once(c.stdin, 'finish'); c.stdout.resume();"],
    [
      "a part of its input is awaited",
      "const c = spawn(cmd); await new Promise((r) => c.stdin.write(data, r)); c.stdout.resume();",
    ],
    [
      "the end of its input only logs",
      "const c = spawn(cmd); await new Promise((r) => { c.stdin.end(data, log); r(); }); c.stdout.resume();",
    ],
    [
      "the end of its input is not awaited",
      "const c = spawn(cmd); await new Promise((r) => { c.stdin.end(data); r(); }); c.stdout.resume();",
    ],
    [
      "a task waits for the end of its input",
      "const c = spawn(cmd); await new Task((r) => c.stdin.end(data, r)); c.stdout.resume();",
    ],
    [
      "only the error output is unread while its input is taken",
      "const c = spawn(cmd); c.stdout.resume(); await once(c.stdin.end(data), 'finish'); c.stderr.resume();",
    ],
    [
      "a message resolves as well",
      "const c = spawn(cmd); await new Promise((r) => { c.on('exit', r); c.on('message', r); });",
    ],
    [
      "a timer rejects",
      "const c = spawn(cmd); await new Promise((r, j) => { c.on('close', r); setTimeout(() => j(new Error()), 9); });",
    ],
    [
      "a timer rejects by itself",
      "const c = spawn(cmd); await new Promise((r, j) => { c.on('close', r); setTimeout(j, 9); });",
    ],
    [
      "a timer rejects in the promise of the child",
      "await new Promise((r, j) => { const c = spawn(cmd); c.on('close', r); setTimeout(j, 9); });",
    ],
    [
      "a timer resolves in the promise of the child",
      "await new Promise((r, j) => { const c = spawn(cmd); c.on('close', r); setTimeout(r, 9); });",
    ],
    [
      "a message resolves in the promise of the child",
      "await new Promise((r, j) => { const c = spawn(cmd); c.on('close', j); c.on('message', r); });",
    ],
    ["the listener has a signal", "const c = spawn(cmd); c.addListener('exit', f, { signal });"],
    [
      "two children race",
      "const c = spawn(cmd); const d = spawn(cmd); d.stdout.resume(); await Promise.race([once(c, 'exit'), once(d, 'exit')]);",
    ],
    ["a message races", "const c = spawn(cmd); await Promise.race([once(c, 'exit'), once(c, 'message')]);"],
    [
      "something unknown takes the first",
      "const c = spawn(cmd); await jobs.first([once(c, 'exit'), once(c, 'error')]);",
    ],
    [
      "a promise of the end is raced",
      "const c = spawn(cmd); await Promise.race([new Promise((r) => c.on('exit', r)), sleep(9)]);",
    ],
    [
      "the helper reads",
      "function start() { const c = spawn(cmd); c.stderr.resume(); c.stdout.on('data', log); return c; } async function f() { const d = start(); await once(d, 'exit'); }",
    ],
    [
      "the caller of the helper reads",
      "function start() { return spawn(cmd); } async function f() { const d = start(); d.stdout.resume(); await once(d, 'exit'); }",
    ],
    [
      "the helper waits for the start",
      "async function start() { const c = spawn(cmd); await once(c, 'spawn'); return c; } export { start };",
    ],
    [
      "the helper listens, and its caller reads",
      "function start() { const c = spawn(cmd); c.on('exit', log); return c; } const d = start(); d.stdout.resume(); d.stderr.resume();",
    ],
    [
      "the caller of a helper of a helper reads",
      "function start() { return spawn(cmd); } function again() { return start(); } async function f() { const d = again(); d.stdout.resume(); await once(d, 'exit'); }",
    ],
  ])("%s", ([, code]) => {
    expect(check(IMPORTS + code)).toEqual([]);
  });
});

test.for([
  ..."['-e', 'f()']|['--eval', 'f()']|['-c', 'ls']|['-p', '1']|['--no-warnings', '-e', 'f()']|[, '-e', 'f()']".split(
    "|",
  ),
  ..."['-e', `f(${x})`]|parts|['-e', said]".split("|"),
])("strictly, expects no errors of a script that says nothing of them: %s", (args) => {
  const start = `const said = "f()", parts = ["-e", said]; const c = spawn(cmd, ${args}); c.stdout.on("data", f);`;
  expect(strictly(`${IMPORTS}${start} await once(c, "exit");`)).toEqual([]);
});

test.for([
  ..."['-e', 'console.error(1)']|['-e', 'console.warn(1)']|['-e', 'console.trace()']|['-c', 'ls >&2']|['-c', 'ls >& 2']".split(
    "|",
  ),
  ..."['-e', 'process.stderr.end()']|['-v', 'f()']|['f()']|['-e']|['-e', given]|['-e', `console.error(${x})`]|given".split(
    "|",
  ),
])("strictly, expects errors of %s", (args) => {
  const start = `const c = spawn(cmd, ${args}); c.stdout.on("data", f);`;
  expect(strictly(`${IMPORTS}${start}\nawait once(c, "exit");`).map(({ line }) => line)).toEqual([2]);
});

test.for(["opts", "config", "settings", "params"])("takes for options what is named %s", (name) => {
  expect(check(`${IMPORTS}const c = spawn(cmd, ${name}); await once(c, "exit");`)).toEqual([]);
});

const EVENTS =
  "off('exit', f)|removeListener('exit', f)|removeAllListeners()|setMaxListeners(5)|listenerCount('exit')|emit('x')";

test.for([
  ...EVENTS.split("|").map((call) => `c.${call}`),
  ..."unref() ref() send(x) disconnect()".split(" ").map((call) => `c.${call}`),
  ..."pid exitCode signalCode killed connected spawnfile spawnargs channel"
    .split(" ")
    .map((name) => `log(c.${name} > 0)`),
  ...EVENTS.split("|").map((call) => `c.stdout.${call}`),
  ..."setEncoding('utf8')|unref()|ref()|pause()|isPaused()|unpipe()|cork()|uncork()"
    .split("|")
    .map((call) => `c.stdout.${call}`),
  ..."on('end', f)|once('close', f)|on('error', f)|pause().on('end', f)".split("|").map((call) => `c.stdout.${call}`),
  ..."fd readable readableLength readableFlowing readableEnded readableEncoding destroyed closed errored writable"
    .split(" ")
    .map((name) => `if (c.stdout.${name}) log()`),
])("knows that this reads nothing: %s", (use) => {
  expect(lines(`${IMPORTS}const c = spawn(cmd); ${use};\nawait once(c, "exit");`)).toEqual([2]);
});

test.for(
  "resume() pipe(out) on('data',f) on('readable',f) read() destroy() on(name,f) addListener('data',f) prependListener('data',f) iterator() setEncoding('utf8').resume() pause().resume() on('end',f).resume() off('end',f).resume()".split(
    " ",
  ),
)("knows that this reads: %s", (call) => {
  expect(check(`${IMPORTS}const c = spawn(cmd); c.stdout.${call}; await once(c, "exit");`)).toEqual([]);
});

test("reports each wait on a path of its own", () => {
  const code = "const c = spawn(cmd); if (x)\nawait once(c, 'exit'); else\nawait once(c, 'close');";
  expect(lines(IMPORTS + code)).toEqual([2, 3]);
});

test.for([
  ..."path type size props vars extra name fieldname filename headers header byteCount byteOffset truncated".split(" "),
  ..."bytesRead readableLength readable destroyed setEncoding('utf8') pause() off('end',f) removeListener('end',f)".split(
    " ",
  ),
  ..."listenerCount('end') on('end',f) on('close',f) once('error',f)".split(" "),
])("knows that an entry is not read by %s", (use) => {
  const code = `import busboy from "busboy"; const form = busboy({ headers });\nform.on("file", (name, file) => { file.${use}; });`;
  expect(lines(code)).toEqual([2]);
});

test.for(
  "resume() on('data',f) on('readable',f) on(event,f) destroy() setEncoding('utf8').resume() on('end',f).resume() once('end',f).resume() addListener('end',f).resume() off('end',f).resume() removeListener('end',f).resume()".split(
    " ",
  ),
)("knows that an entry is read by %s", (use) => {
  const code = `import busboy from "busboy"; const form = busboy({ headers }); form.on("file", (name, file) => { file.${use}; });`;
  expect(check(code)).toEqual([]);
});

test("tells apart two parsers of which each has a listener", () => {
  const code = `import tar from "tar-stream"; const a = tar.extract(), b = tar.extract();\na.on("entry", (h, s, next) => next());\nb.on("entry", (h, s, next) => next());`;
  expect(lines(code)).toEqual([2, 3]);
});

describe("strict", () => {
  test("reports an error output that alone is unread, except of a script that says nothing of errors", () => {
    const code = "const c = spawn(cmd, args); c.stdout.on('data', f);\nawait once(c, 'exit');";
    expect(check(IMPORTS + code)).toEqual([]);
    expect(strictly(IMPORTS + code).map(({ line }) => line)).toEqual([2]);
    expect(strictly(IMPORTS + code.replace("args", "['-e', 'console.log(1)']"))).toEqual([]);
    expect(strictly(IMPORTS + code.replace("args", "['-e', 'console.error(1)']"))).toHaveLength(1);
  });
});

describe("reports a parser's listener that leaves an entry", () => {
  const TAR = 'import tar from "tar-stream"; const extract = tar.extract();\n';
  const ZIP = 'import unzipper from "unzipper";\n';
  const FORM = 'import busboy from "busboy"; const form = busboy({ headers });\n';
  test.for<[string, string]>([
    ["never", `${TAR}extract.on("entry", (header, stream, next) => next());`],
    [
      "on the other path",
      `${TAR}extract.on("entry", (header, stream, next) => { if (wanted(header)) { stream.pipe(out); stream.on("end", next); } else next(); });`,
    ],
    [
      "by an early return",
      `${FORM}form.on("file", (name, file, info) => { if (!info.filename) return; file.pipe(out); });`,
    ],
    ["that it does not take", `${FORM}form.on("file", (name) => names.push(name));`],
    ["with nothing but a listener for its end", `${TAR}extract.on("entry", (h, s, next) => { s.on("end", next); });`],
    ["in a named function", `${FORM}form.on("file", onFile); function onFile(name, file) { console.log(name, file); }`],
    [
      "in a chain",
      `${ZIP}fs.createReadStream(p).pipe(unzipper.Parse()).on("entry", (entry) => { if (entry.path === "a") entry.pipe(out); });`,
    ],
    [
      "in a switch without default",
      `${ZIP}const p = unzipper.Parse();\np.on("entry", (e) => { switch (e.type) { case "File": e.pipe(out); } });`,
    ],
    [
      "of multiparty",
      `import multiparty from "multiparty"; const form = new multiparty.Form();\nform.on("part", (part) => { if (part.filename) part.pipe(out); });`,
    ],
    ["in a loop", `${TAR}for await (const entry of extract) { if (skip(entry.header)) continue; entry.pipe(out); }`],
    [
      "after an await",
      `${FORM}form.on("file", async (name, file) => { if (await exists(name)) return; file.pipe(out); });`,
    ],
    ["by prependListener", `${TAR}extract.prependListener("entry", (h, s, next) => next());`],
    ["by once", `${TAR}extract.once("entry", (h, s, next) => next());`],
    ["before the rest", `${TAR}extract.on("entry", (h, s, ...all) => log(all));`],
    ["without any parameter", `${FORM}form.on("file", () => log());`],
    ["though it has arguments of another name", `${FORM}form.on("file", function (name) { args.push(name); });`],
    ["but logs it", `${FORM}form.on("file", (name, file) => { console.log(file); });`],
    [
      "but waits for its end",
      `${FORM}import { once } from "node:events"; form.on("file", async (name, file) => { await once(file, "end"); });`,
    ],
    ["but returns it", `${FORM}form.on("file", (name, file) => file);`],
    [
      "unless a helper reads",
      `${FORM}form.on("file", (name, file) => { if (name) drain(file); }); function drain(f) { f.resume(); }`,
    ],
    [
      "by next() on one path",
      `${TAR}extract.on("entry", (h, s, next) => { if (x) next(); else { s.resume(); s.on("end", next); } });`,
    ],
    [
      "by the end of something else",
      `${TAR}extract.on("entry", (h, s, next) => { if (x) out.end(); else s.resume(); });`,
    ],
    ["by a call of something else", `${TAR}extract.on("entry", (h, s, next) => { if (x) skip(h); else s.resume(); });`],
    [
      "by what a task gives",
      `${TAR}const t = new Task((done) => { extract.on("entry", (h, s, next) => { if (x) done(h); else s.resume(); }); });`,
    ],
    [
      "by what a caller gives",
      `${TAR}const use = (done) => { extract.on("entry", (h, s, next) => { if (x) done(h); else s.resume(); }); };`,
    ],
    ["beside a listener for its end", `${TAR}extract.on("finish", f); extract.on("entry", (h, s, next) => next());`],
    ["in a loop that only logs", `${TAR}for await (const e of extract) { log(e.header); }`],
    [
      "in a loop with a loop",
      `${TAR}for await (const e of extract) { for (const x of xs) { if (x) { e.resume(); break; } } }`,
    ],
    ["in a loop of a function", `${TAR}async function f() { for await (const e of extract) { if (x) e.resume(); } }`],
    ["in a loop in a loop", `${TAR}while (go) { for await (const e of extract) { if (x) continue; e.resume(); } }`],
    [
      "unless a timer is set",
      `${FORM}form.on("file", (name, file) => { if (x) setTimeout(() => file.resume(), 5); });`,
    ],
    ["unless something holds", `${FORM}form.on("file", (name, file) => { x && file.resume(); });`],
  ])("%s", ([, code]) => {
    const reported = lines(code);
    expect(reported).toHaveLength(1);
    expect(reported[0]).toBeGreaterThan(1);
  });

  test.for<[string, string]>([
    [
      "resumes on all paths",
      `${TAR}extract.on("entry", (h, s, next) => { s.on("end", next); if (wanted(h)) s.pipe(out); else s.resume(); });`,
    ],
    [
      "drains by itself",
      `${ZIP}src.pipe(unzipper.Parse()).on("entry", (e) => { if (e.type === "File") e.pipe(out); else e.autodrain(); });`,
    ],
    ["stores it", `${FORM}form.on("file", (name, file) => { files.push(file); });`],
    ["hands it on", `${FORM}form.on("file", (name, file) => save(name, file));`],
    [
      "hands it to a local function that reads",
      `${FORM}const save = (f) => f.pipe(out); form.on("file", (name, file) => { save(file); });`,
    ],
    [
      "fails",
      `${TAR}extract.on("entry", (h, s, next) => { if (bad(h)) return next(new Error("bad")); s.on("end", next); s.resume(); });`,
    ],
    ["throws", `${FORM}form.on("file", (name, file) => { if (!name) throw new Error("x"); file.resume(); });`],
    [
      "destroys the whole",
      `${FORM}form.on("file", (name, file) => { if (!name) { req.unpipe(form); return; } file.resume(); });`,
    ],
    [
      "has another listener beside it",
      `${FORM}form.on("file", (name) => log(name)); form.on("file", (n, f) => f.resume());`,
    ],
    [
      "rejects",
      `${FORM}await new Promise((resolve, reject) => { form.on("file", (n, f) => { if (!n) return reject(new Error("x")); f.resume(); }); });`,
    ],
    ["is imported", `${FORM}import { onFile } from "./x.js"; form.on("file", onFile);`],
    ["uses arguments", `${FORM}form.on("file", function () { save(...arguments); });`],
    ["belongs to Open", `${ZIP}const d = await unzipper.Open.file(p); for (const f of d.files) log(f.path);`],
    ["is of another package", 'import { extract } from "./tar.js"; extract().on("entry", (h, s, next) => next());'],
    [
      "loops over all",
      `${TAR}for await (const entry of extract) { if (skip(entry.header)) { entry.resume(); continue; } entry.pipe(out); }`,
    ],
    ["leaves the loop", `${TAR}for await (const entry of extract) { if (skip(entry.header)) break; entry.pipe(out); }`],
    ["waits for the end", `${TAR}extract.on("finish", (h, s, next) => next());`],
    ["waits for any event", `${TAR}extract.on(name, (h, s, next) => next());`],
    ["awaits one", `${TAR}const [h, s, next] = await once(extract, "entry"); next();`],
    ["has no listener", `${TAR}extract.on("entry");`],
    ["is a generator", `${TAR}extract.on("entry", function* (h, s, next) { next(); });`],
    ["takes all", `${TAR}extract.on("entry", (...all) => save(all));`],
    ["takes the rest", `${TAR}extract.on("entry", (h, ...all) => save(all));`],
    ["takes a part out", `${FORM}form.on("file", (name, { path }) => log(path));`],
    ["has a default", `${FORM}form.on("file", (name, file = none) => log(file.path));`],
    [
      "waits for its data",
      `${FORM}import { once } from "node:events"; form.on("file", async (name, file) => { await once(file, "data"); });`,
    ],
    [
      "hands it to a helper on both paths",
      `${FORM}form.on("file", (name, file) => { if (name) drain(file); else drain(file); }); function drain(f) { f.resume(); }`,
    ],
    ["gives an error to next", `${TAR}extract.on("entry", (h, s, next) => { if (x) next(err); else s.resume(); });`],
    [
      "destroys the parser",
      `${TAR}extract.on("entry", (h, s, next) => { if (x) extract.destroy(); else s.resume(); });`,
    ],
    ["ends the parser", `${TAR}extract.on("entry", (h, s, next) => { if (x) extract.end(); else s.resume(); });`],
    ["exits", `${TAR}extract.on("entry", (h, s, next) => { if (x) process.exit(1); else s.resume(); });`],
    ["aborts", `${TAR}extract.on("entry", (h, s, next) => { if (x) controller.abort(); else s.resume(); });`],
    [
      "listens no more",
      `${TAR}extract.on("entry", (h, s, next) => { if (x) extract.removeAllListeners(); else s.resume(); });`,
    ],
    [
      "resolves",
      `${TAR}await new Promise((done) => { extract.on("entry", (h, s, next) => { if (x) done(h); else s.resume(); }); });`,
    ],
    [
      "has a listener beside it that reads",
      `${TAR}extract.on("entry", (h, s, next) => log(h)); extract.on("entry", (h, s, next) => { s.on("end", next); s.resume(); });`,
    ],
    [
      "destroys the parser in the loop",
      `${TAR}for await (const e of extract) { if (x) { extract.destroy(); continue; } e.resume(); }`,
    ],
    [
      "returns from the loop",
      `${TAR}async function f() { for await (const e of extract) { if (x) return; e.resume(); } }`,
    ],
    ["throws in the loop", `${TAR}for await (const e of extract) { if (x) throw new Error(); e.resume(); }`],
    ["takes a part out in the loop", `${TAR}for await (const { header } of extract) { log(header); }`],
    ["sets a variable in the loop", `${TAR}let e; for await (e of extract) { log(e.header); }`],
    ["loops without waiting", `${TAR}for (const e of extract) { log(e.header); }`],
    ["loops over something else", `${TAR}for await (const e of entries) { log(e.header); }`],
    ["reads later on all paths", `${FORM}form.on("file", (name, file) => { setTimeout(() => file.resume(), 5); });`],
    ["reads it if there is one", `${FORM}form.on("file", (name, file) => { file?.resume(); });`],
  ])("is silent where it %s", ([, code]) => {
    expect(check(code)).toEqual([]);
  });
});

test("says what waits, why nothing comes, and what to do", () => {
  const [late] = check(
    `${IMPORTS}\nconst c = spawn(cmd, { stdio: ["ignore", "pipe", "inherit"] });\nawait once(c, "exit");\nawait text(c.stdout);`,
  );
  expect(late?.message).toBe(
    '`await once(c, "exit")` waits until the child process of line 2 has ended, but its `stdout` is read only after that, from line 4: when the pipe is full (from about 64 KiB on), the child blocks and never ends. Start to read it before this wait, and wait for the reading and the end together.',
  );
});

test("with types, a parser that a parameter is", () => {
  const code =
    'import type { Extract } from "tar-stream";\nexport function list(extract: Extract) {\n  extract.on("entry", (header, stream, next) => next());\n}';
  expect(lines(code)).toEqual([3]);
});

test("says of two outputs that both are to be read", () => {
  const [unread] = check(`${IMPORTS}\nconst c = spawn(cmd);\nawait once(c, "exit");`);
  expect(unread?.message).toContain(
    "neither its `stdout` nor its `stderr` is read: when either pipe is full (from about 64 KiB on), the child blocks and never ends. Read both",
  );
  const [late] = check(`${IMPORTS}\nconst c = spawn(cmd);\nawait once(c, "exit");\nawait text(c.stdout);`);
  expect(late?.message).toContain(
    "neither its `stdout` nor its `stderr` is read before that (reading begins on line 4)",
  );
});
