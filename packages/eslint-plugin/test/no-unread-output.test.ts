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
  ])("%s", ([, code]) => {
    expect(check(IMPORTS + code)).toEqual([]);
  });
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
