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
  ] as const)("is silent where %s", ([, code]) => {
    expect(lint(head + code)).toEqual([]);
  });
});
