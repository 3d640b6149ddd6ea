import { describe, expect, test } from "vitest";
import { lint } from "./lint.ts";
import type { LintOptions } from "./lint.ts";

const rules = { "tailrace/no-poll-sleep": "error" } as const;
const strictRules = { "tailrace/no-poll-sleep": ["error", { strict: true }] } satisfies LintOptions["rules"];
const linesOf = (code: string, options: LintOptions = {}): number[] =>
  lint(code, { rules, ...options }).map(({ line }) => line);

const HEAD = `import { setTimeout as sleep } from "node:timers/promises"; import { spawn } from "node:child_process"; import { createServer } from "node:http"; import { connect } from "node:net"; import PQueue from "p-queue"; import { once, EventEmitter } from "node:events";\n`;
const STATES = `type State = "running" | "completed" | "failed"; declare const job: { state: State }; declare function read(id?: unknown): Promise<{ state: State; ok: boolean }>;\n`;
const inStates = (code: string): string => `${HEAD}${STATES}${code}`;

describe("a poll that only success ends is reported", () => {
  test.for<[string, string]>([
    ["a loop", `while (job.state !== "completed") await sleep(10);`],
    ["with the constant first", `while ("completed" != job.state) { await sleep(10); }`],
    ["do … while", `do { await sleep(10); } while (!(job.state === "completed"));`],
    ["for", `for (; job.state !== "completed"; ) await sleep(10);`],
    ["a break", `for (;;) { if (job.state === "completed") break; await sleep(10); }`],
    [
      "a return",
      `async function f() { while (true) { await sleep(5); if ((await read()).state === "completed") return 1; } }`,
    ],
    ["asked anew", `let s = await read(); while (s.state !== "completed") { await sleep(10); s = await read(); }`],
    ["asked in the test", `while ((await read()).state !== "completed") await sleep(10);`],
    [
      "destructured",
      `while (true) { const { state } = await read(); if (state === "completed") break; await sleep(9); }`,
    ],
    [
      "renamed",
      `while (true) { const { state: now } = await read(); if (now === "completed") break; await sleep(9); }`,
    ],
    [
      "a flag",
      `let done = false; while (!done) { const s = await read(); if (s.state === "completed") done = true; await sleep(1); }`,
    ],
    [
      "no sleep in the last turn",
      `let s = "new"; while (s !== "completed") { s = (await read()).state; if (s !== "completed") await sleep(9); }`,
    ],
    [
      "a constant of a turn",
      `for (;;) { const s = await read(); const done = s.state === "completed"; if (done) break; await sleep(1); }`,
    ],
    [
      "a predicate of the file",
      `const isDone = (s) => s.state === "completed"; while (!isDone(await read())) await sleep(1);`,
    ],
    ["a list of one", `while (!["completed"].includes((await read()).state)) await sleep(1);`],
    [
      "every one of many",
      `let jobs = [job]; while (!jobs.every((one) => one.state === "completed")) { jobs = await Promise.all(jobs.map(read)); await sleep(1); }`,
    ],
    [
      "with progress",
      `while (true) { const s = await read(); onProgress(s.state); console.log(s); if (s.state === "completed") break; await sleep(9); }`,
    ],
    [
      "where the answer may be missing",
      `for (;;) { const s = await read(); if (!s.ok) throw new Error("no answer"); if (s.state === "completed") break; await sleep(1); }`,
    ],
    [
      "where the call is wrapped",
      `for (;;) { try { const s = await read(); if (s.state === "completed") break; } catch (e) { throw new Error("no answer", { cause: e }); } await sleep(1); }`,
    ],
    [
      "where the question has a deadline",
      `for (;;) { const s = await read({ signal: AbortSignal.timeout(9) }); if (s.state === "completed") break; await sleep(1); }`,
    ],
    [
      "continue",
      `for (;;) { const s = await read(); if (s.state !== "completed") { await sleep(1); continue; } break; }`,
    ],
    [
      "a switch",
      `out: for (;;) { switch ((await read()).state) { case "completed": break out; case "running": break; } await sleep(1); }`,
    ],
    [
      "a promise with a timer",
      `const wait = (ms) => new Promise((r) => { setTimeout(r, ms); }); while (job.state !== "completed") await wait(10);`,
    ],
    ["setImmediate", `while (job.state !== "completed") await new Promise((r) => setImmediate(r));`],
    [
      "a method that sleeps",
      `class A { pause(ms) { return new Promise((r) => setTimeout(r, ms)); } async f() { while (job.state !== "completed") { await this.pause(5); } } }`,
    ],
    ["an IIFE", `(async () => { while (job.state !== "completed") await sleep(10); })();`],
    [
      "recursion",
      `const poll = async () => { const s = await read(); if (s.state === "completed") return s; await sleep(9); return await poll(); }; await poll();`,
    ],
    [
      "recursion of a method",
      `class A { async poll() { const s = await read(); if (s.state === "completed") return s; await sleep(9); return this.poll(); } }`,
    ],
    ["a chain", `function poll() { return read().then((s) => s.state === "completed" ? s : sleep(5).then(poll)); }`],
    ["a timer", `function check(cb) { if (job.state === "completed") cb(); else setTimeout(() => check(cb), 9); }`],
    [
      "a timer in a promise",
      `await new Promise((resolve) => { const check = () => job.state === "completed" ? resolve() : setTimeout(check, 9); check(); });`,
    ],
    [
      "an asynchronous timer",
      `async function check() { const s = await read(); if (s.state === "completed") { done(s); return; } setTimeout(check, 9); }`,
    ],
    [
      "an interval",
      `await new Promise((resolve) => { const t = setInterval(async () => { const s = await read(); if (s.state === "completed") { clearInterval(t); resolve(); } }, 9); });`,
    ],
  ])("%s", ([, code]) => {
    expect(linesOf(inStates(code))).toEqual([3]);
  });

  test.for<[string, string]>([
    ["an assignment", `setTimeout(() => { job.state = "failed"; }, 9);`],
    ["an object", `const lost = { state: "failed" };`],
    ["a comparison", `if (job.state === "failed") console.log("oh");`],
    ["a switch", `switch (other.state) { case "FAILED": break; }`],
    ["a list of all", `const STATES = ["running", "completed", "failed"];`],
    ["a set of all", `const STATES = new Set(["completed", "cancelled"]);`],
    ["a set of constants", `const State = { Done: "completed", Broken: "broken" };`],
    ["an enumeration", `enum State { Done = "completed", TimedOut = "timed-out" }`],
    ["a union", `interface Job { status?: "completed" | "errored" }`],
    ["a condition", `job.state = ok ? "completed" : "failed";`],
  ])("%s tells of the failure", ([, code]) => {
    expect(
      linesOf(`${HEAD}${code}\nfunction f() { return 1; }\nwhile (job.state !== "completed") await sleep(10);`),
    ).toEqual([4]);
    expect(linesOf(`${HEAD}\nwhile (job.state !== "completed") await sleep(10);`)).toEqual([]);
  });

  test("constants of an enumeration that is imported", () => {
    const code = `${HEAD}import { State } from "./state.ts";\nwhile ((await job.get()).state !== State.Done) await sleep(9);\nif (job.state === State.Failed) retry();`;
    expect(linesOf(code)).toEqual([3]);
  });

  test("the type of the state tells of the failure", () => {
    const files = { "job.ts": `export declare function read(): Promise<{ state: "running" | "done" | "aborted" }>;` };
    const code = `${HEAD}import { read } from "./job.ts";\nwhile ((await read()).state !== "done") await sleep(9);\nfor (;;) { const { state } = await read(); if (state === "done") break; await sleep(1); }`;
    expect(linesOf(code, { files })).toEqual([3, 4]);
    expect(linesOf(code)).toEqual([]);
  });

  test("an error beside a flag", () => {
    const body = (test: string): string =>
      `${HEAD}class A { done = false; error;\n  run() { work((e) => { if (e) this.error = e; else this.done = true; }); }\n  async wait() { ${test} await sleep(9); } }`;
    expect(linesOf(body("while (!this.done)"))).toEqual([4]);
    expect(linesOf(body("while (!this.done && !this.error)"))).toEqual([]);
  });

  test("in CommonJS and plain JavaScript", () => {
    const code = `const { setTimeout: sleep } = require("timers/promises");\nconst job = { state: "new" }; job.state = "failed";\nasync function f() { while (job.state !== "completed") await sleep(10); }`;
    expect(linesOf(code, { language: "commonjs" })).toEqual([3]);
    expect(
      linesOf(code.replace(/const .*?;/u, `import * as t from "timers/promises"; const sleep = t.setTimeout;`), {
        language: "espree",
      }),
    ).toEqual([3]);
  });
});

describe("a sleep is known", () => {
  test.for<[string, string]>([
    ["of a package", `import delay from "delay"; while (job.state !== "completed") await delay(9);`],
    [
      "of the scheduler",
      `import { scheduler } from "node:timers/promises"; while (job.state !== "completed") await scheduler.wait(9);`,
    ],
    ["of Bun", `while (job.state !== "completed") await Bun.sleep(9);`],
    [
      "promisified",
      `import { promisify } from "node:util"; const nap = promisify(setTimeout); while (job.state !== "completed") await nap(9);`,
    ],
    [
      "of another file",
      `import { sleep as nap } from "./sleep.js"; import * as time from "./time.js"; while (job.state !== "completed") await time.sleep(MS);`,
    ],
    [
      "by default",
      `async function f({ wait = (ms) => new Promise((r) => setTimeout(r, ms)) } = {}) { while (job.state !== "completed") await wait(9); }`,
    ],
  ])("%s", ([, code]) => {
    expect(linesOf(`job.state = "failed";\n${code}`)).toEqual([2]);
  });

  test.for<[string, string]>([
    ["that is none", `const sleep = async () => {}; while (job.state !== "completed") await sleep(9);`],
    [
      "with an object",
      `import { wait, job as one } from "./queue.js"; while (one.state !== "completed") await wait(one);`,
    ],
    [
      "whose result is looked at",
      `import { wait } from "./queue.js"; while (job.state !== "completed") job = await wait(9);`,
    ],
    [
      "that others end",
      `while (job.state !== "completed") await new Promise((r) => { job.wake = r; setTimeout(r, 9); });`,
    ],
  ])("%s", ([, code]) => {
    expect(linesOf(`job.state = "failed";\n${code}`)).toEqual([]);
  });
});

describe("a poll of what offers a wake-up is reported", () => {
  test.for<[string, string]>([
    ["a child's exit", `const child = spawn("x"); while (child.exitCode === null) await sleep(9);`],
    [
      "either end of a child",
      `const child = spawn("x"); while (child.exitCode === null && child.signalCode === null) await sleep(9);`,
    ],
    ["a server", `const s = createServer(); s.listen(0); while (!s.listening) await sleep(9);`],
    ["a socket", `const s = connect(1); while (s.connecting) await sleep(9);`],
    ["room", `const s = connect(1); while (s.writableNeedDrain) await sleep(9);`],
    ["fewer bytes", `const s = connect(1); while (s.writableLength > 1024) { await sleep(9); }`],
    ["an idle queue", `const q = new PQueue(); while (q.size > 0 || q.pending > 0) await sleep(9);`],
    [
      "a job",
      `import { Queue } from "bullmq"; const job = await new Queue("q").add("x", {}); while (!(await job.isCompleted())) await sleep(9);`,
    ],
    [
      "the state of a job",
      `import { Queue } from "bullmq"; const job = await new Queue("q").add("x", {}); let s; do { s = await job.getState(); await sleep(9); } while (s !== "completed");`,
    ],
    ["an address", `const s = createServer().listen(0); while (!s.address()) await sleep(9);`],
    ["a status", `import Redis from "ioredis"; const r = new Redis(); while (r.status !== "ready") await sleep(9);`],
    [
      "what a turn has read",
      `const child = spawn("x"); for (;;) { const code = child.exitCode; if (code !== null) break; await sleep(9); }`,
    ],
    ["a signal", `const { signal } = new AbortController(); while (!signal.aborted) await sleep(9);`],
    ["an open socket", `const ws = new WebSocket(u); while (ws.readyState !== WebSocket.OPEN) await sleep(9);`],
    ["shared memory", `const flags = new Int32Array(b); while (Atomics.load(flags, 0) !== 1) await sleep(9);`],
    [
      "a flag of a listener",
      `const c = connect(1); let up = false; c.on("connect", () => { up = true; }); while (!up) await sleep(9);`,
    ],
    [
      "a field of a listener",
      `class A { up = false; constructor() { connect(1).once("connect", () => { this.up = true; }); } async f() { while (!this.up) await sleep(9); } }`,
    ],
    ["a flag of a promise", `let done = false; run().then(() => { done = true; }); while (!done) await sleep(9);`],
    [
      "a result of a promise",
      `let result; run().then((r) => { result = r; }); while (result === undefined) await sleep(9);`,
    ],
    [
      "a timer",
      `const child = spawn("x"); function check(cb) { if (child.exitCode !== null) cb(); else setTimeout(check, 9, cb); }`,
    ],
  ])("%s", ([, code]) => {
    expect(linesOf(`${HEAD}${code}`)).toEqual([2]);
  });

  test.for<[string, string]>([
    [
      "with a deadline",
      `const child = spawn("x"); for (let i = 0; i < 9 && child.exitCode === null; i++) await sleep(9);`,
    ],
    [
      "while it works",
      `const child = spawn("x"); while (child.exitCode === null) { await report(child); await sleep(9); }`,
    ],
    ["of a namesake", `const child = other("x"); while (child.exitCode === null) await sleep(9);`],
    [
      "set by others as well",
      `const c = connect(1); let up = false; c.on("connect", () => { up = true; }); c.on("error", () => { up = true; }); function skip() { up = true; } while (!up) await sleep(9);`,
    ],
  ])("but not %s", ([, code]) => {
    expect(linesOf(`${HEAD}${code}`)).toEqual([]);
  });
});

describe("errors that are all caught are reported", () => {
  test.for<[string, string]>([
    ["a return", `async function f() { while (true) { try { return await dial(); } catch { await sleep(9); } } }`],
    ["a break", `for (;;) { try { await dial(); break; } catch (e) { console.warn(e); } await sleep(9); }`],
    ["a condition", `for (;;) { try { const r = await fetch(u); if (r.ok) break; } catch {} await sleep(9); }`],
    [
      "a flag",
      `let ok = false; while (!ok) { try { await dial(); ok = true; } catch { await sleep(9); } if (!ok) await sleep(1); }`,
    ],
    [
      "an answer",
      `async function f() { let r; while (r === undefined) { await sleep(9); try { r = await fetch(u); } catch {} } return r; }`,
    ],
    ["recursion", `async function f() { try { return await dial(); } catch { await sleep(9); return f(); } }`],
  ])("%s", ([, code]) => {
    expect(linesOf(`${HEAD}${code}`)).toEqual([2]);
  });

  test.for<[string, string]>([
    [
      "are looked at",
      `for (;;) { try { await dial(); break; } catch (e) { if (e.code !== "EAGAIN") throw e; } await sleep(9); }`,
    ],
    [
      "are counted",
      `let n = 0; for (;;) { try { await dial(); break; } catch (e) { if (++n > 5) throw e; } await sleep(9); }`,
    ],
    [
      "end with a flag",
      `async function f(s) { while (!s.closed) { try { return await dial(); } catch {} await sleep(9); } }`,
    ],
    [
      "end at a time",
      `const end = Date.now() + 9; for (;;) { try { await dial(); break; } catch (e) { if (Date.now() > end) throw e; } await sleep(9); }`,
    ],
  ])("but not where they %s", ([, code]) => {
    expect(linesOf(`${HEAD}${code}`, { rules: strictRules })).toEqual([]);
  });
});

describe("silent where something else ends the poll", () => {
  test.for<[string, string]>([
    [
      "another state",
      `while (job.state !== "completed") { if (job.state === "failed") throw new Error(); await sleep(9); }`,
    ],
    ["each other state", `while (job.state === "running") await sleep(9);`],
    ["a list of states", `while (!["completed", "failed"].includes(job.state)) await sleep(9);`],
    [
      "a set of states",
      `const ENDS = new Set(["completed", "failed"]); while (!ENDS.has((await read()).state)) await sleep(9);`,
    ],
    [
      "a predicate of others",
      `while (!isOver(await read())) { const s = await read(); if (s.state === "completed") break; await sleep(9); }`,
    ],
    [
      "a check of its own",
      `const check = (s) => { if (s.state === "failed") throw new Error(); }; for (;;) { const s = await read(); check(s); if (s.state === "completed") break; await sleep(9); }`,
    ],
    [
      "a check of another file",
      `import { check } from "./check.ts"; for (;;) { const s = await read(); check(s); if (s.state === "completed") break; await sleep(9); }`,
    ],
    [
      "an assertion",
      `import assert from "node:assert"; for (;;) { const s = await read(); assert.notEqual(s.state, "failed"); if (s.state === "completed") break; await sleep(9); }`,
    ],
    ["attempts", `for (let i = 0; i < 10; i++) { if (job.state === "completed") break; await sleep(9); }`],
    ["attempts that are left", `let left = 9; while (job.state !== "completed" && left-- > 0) await sleep(9);`],
    [
      "attempts of a field",
      `class A { n = 0; async f() { while (job.state !== "completed") { this.n++; if (this.n > 9) return; await sleep(9); } } }`,
    ],
    [
      "attempts of a recursion",
      `async function f(n = 0) { if (job.state === "completed") return; if (n > 5) throw new Error(); await sleep(9); return f(n + 1); }`,
    ],
    [
      "the time",
      `const end = performance.now() + 9; while (job.state !== "completed" && performance.now() < end) await sleep(9);`,
    ],
    [
      "elapsed time",
      `const start = Date.now(); while (job.state !== "completed") { await sleep(9); const passed = Date.now() - start; if (passed > 99) break; }`,
    ],
    [
      "a signal",
      `async function f(signal) { while (job.state !== "completed") { signal.throwIfAborted(); await sleep(9); } }`,
    ],
    [
      "a signal in the condition",
      `async function f(signal) { while (job.state !== "completed" && !signal.aborted) await sleep(9); }`,
    ],
    [
      "a signal in the sleep",
      `async function f(signal) { while (job.state !== "completed") await sleep(9, undefined, { signal }); }`,
    ],
    ["a race of the sleep", `while (job.state !== "completed") await Promise.race([sleep(9), failure]);`],
    [
      "a race of the function",
      `async function f() { while (job.state !== "completed") await sleep(9); } await Promise.race([f(), sleep(99)]);`,
    ],
    [
      "a deadline around it",
      `import pTimeout from "p-timeout"; async function f() { while (job.state !== "completed") await sleep(9); } await pTimeout(f(), { milliseconds: 99 });`,
    ],
    [
      "the limit of a test",
      `import { test } from "vitest"; test("x", async () => { while (job.state !== "completed") await sleep(9); });`,
    ],
    [
      "its consumer",
      `async function* f() { for (;;) { const s = await read(); yield s; if (s.state === "completed") return; await sleep(9); } }`,
    ],
    ["nothing, as it should", `for (;;) { console.log((await read()).state === "completed"); await sleep(9); }`],
    [
      "a rejection of the timer",
      `await new Promise((resolve, reject) => { const t = setInterval(() => { if (job.state === "completed") { clearInterval(t); resolve(); } }, 9); setTimeout(reject, 99); });`,
    ],
    [
      "a rejection in the callback",
      `await new Promise((resolve, reject) => { const f = () => { if (job.state === "completed") return resolve(); read().then(() => setTimeout(f, 9), reject); }; f(); });`,
    ],
    [
      "no sleep in each turn",
      `while (job.state !== "completed") { const next = await read(); if (!next.ok) await sleep(9); }`,
    ],
    ["no sleep at all", `while (job.state !== "completed") await read();`],
    [
      "a stop of a worker",
      `class A { state = "on"; stop() { this.state = "off"; } fail() { this.state = "failed"; } async run() { while (this.state !== "off") { await this.work(); await sleep(9); } } }`,
    ],
  ])("%s", ([, code]) => {
    expect(linesOf(inStates(code), { rules: strictRules })).toEqual([]);
  });
});

describe("the strict form reports polls of which no failure is in sight", () => {
  test.for<[string, string]>([
    ["a file", `import { existsSync } from "node:fs"; while (!existsSync("x")) await sleep(9);`],
    ["an answer", `for (;;) { const r = await fetch(u); if (r.ok) break; await sleep(9); }`],
    ["a question", `while (!(await isReady())) await sleep(9);`],
    ["a state", `while ((await client.get(id)).status !== "succeeded") await sleep(9);`],
    ["a predicate that is given", `async function until(test) { while (!(await test())) await sleep(9); }`],
  ])("%s", ([, code]) => {
    expect(linesOf(`${HEAD}${code}`, { rules: strictRules })).toEqual([2]);
    expect(linesOf(`${HEAD}${code}`)).toEqual([]);
  });

  test.for<[string, string]>([
    [
      "a flag of the file",
      `let ready = false; export const done = () => { ready = true; }; while (!ready) await sleep(9);`,
    ],
    [
      "pages",
      `for (;;) { const page = await next(); if (page.length === 0) break; rows.push(...page); await sleep(9); }`,
    ],
    [
      "an interval that works",
      `const t = setInterval(() => { if (count.value < 6) grow(); else { stop(); clearInterval(t); } }, 9);`,
    ],
    ["a worker", `while (!stopped()) { await flush(); await sleep(9); }`],
  ])("but not %s", ([, code]) => {
    expect(linesOf(`${HEAD}${code}`, { rules: strictRules })).toEqual([]);
  });
});

test("the message names the state, what is waited for, and the failure", () => {
  const [report] = lint(inStates(`while (job.state !== "completed") await sleep(10);`), { rules });
  expect(report?.message).toBe(
    'This sleeps and looks again until `job.state` is "completed", and nothing else ends it: no deadline and no other state. If it comes to "failed" (line 2), this goes on for ever. End it with that as well, and give it a deadline.',
  );
});

test("a task that looks at its own queue is told to wait outside of it", () => {
  const [report] = lint(
    `import PQueue from "p-queue"; import { setTimeout as sleep } from "node:timers/promises";
const queue = new PQueue();
queue.add(async () => {
while (queue.pending > 0) await sleep(5); });`,
    { rules },
  );
  expect(report?.message).toContain("This task is itself pending in `queue` (line 3)");
});
