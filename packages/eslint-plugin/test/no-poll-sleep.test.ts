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

test.for<[string, string]>([
  ["while (count < n) { await sleep(9); count = await exported(); }", "until `count` holds"],
  ["while (n > count) { await sleep(9); count = await exported(); }", "until `count` holds"],
  ["while (count > 0) { await sleep(9); count = await exported(); }", "until `count` no longer holds"],
])("says what a comparison waits for: %s", ([loop, said]) => {
  const code = `${HEAD}export async function f(exported) { const n = 3; let count = 0; ${loop} }`;
  expect(lint(code, { rules: strictRules }).map(({ message }) => message)).toEqual([expect.stringContaining(said)]);
});

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

describe("other forms of a poll", () => {
  test.for<[string, string]>([
    [
      "namesake of clock",
      `import { performance } from "./load.ts"; while ((await read()).state !== "completed") { console.log(performance.now()); await sleep(9); }`,
    ],
    [
      "another member of date",
      `while ((await read()).state !== "completed") { console.log(Date.parse(text)); await sleep(9); }`,
    ],
    [
      "an answer that may be nothing",
      `for (;;) { const s = await read(); if (s === null) throw new Error("gone"); if (s.state === "completed") break; await sleep(1); }`,
    ],
    [
      "an answer of another status code",
      `for (;;) { const r = await fetch(u); if (r.status !== 200) throw new Error("no"); if ((await r.json()).state === "completed") break; await sleep(1); }`,
    ],
    ["two states, none of failure", `while (job.state !== "completed" && job.state !== "stopped") await sleep(9);`],
    ["work beside a question", `while ((await read()).state !== "completed") { await flush(); await sleep(9); }`],
    [
      "asked anew after other work",
      `let s = await read(); while (s.state !== "completed") { await flush(); await sleep(10); s = await read(); }`,
    ],
    [
      "two conditions",
      `for (;;) { const s = await read(); if (s.ok && s.state === "completed") break; await sleep(1); }`,
    ],
    [
      "a condition around",
      `for (;;) { const s = await read(); if (s.ok) { if (s.state === "completed") break; } await sleep(1); }`,
    ],
    [
      "a condition within",
      `for (;;) { const s = await read(); if (s.state === "completed") { if (s.ok) break; } await sleep(1); }`,
    ],
    [
      "two ends, one question",
      `while ((await read()).state !== "completed") { if ((await read()).state === "skipped") break; await sleep(9); }`,
    ],
    [
      "a getter",
      `class A { state = "running"; get done() { return this.state === "completed"; } fail() { this.state = "failed"; } async wait() { while (!this.done) await sleep(9); } }`,
    ],
    [
      "a field of a turn",
      `for (;;) { const s = await read(); job.done = s.state === "completed"; if (job.done) break; await sleep(1); }`,
    ],
    [
      "a negated constant",
      `for (;;) { const s = await read(); const busy = !(s.state === "completed"); if (!busy) break; await sleep(1); }`,
    ],
    [
      "a condition of two",
      `for (;;) { const s = await read(); const over = s.ok && s.state === "completed"; if (over) break; await sleep(1); }`,
    ],
    [
      "a list asked before",
      `for (;;) { const s = await read(); const over = ["completed"].includes(s.state); if (over) break; await sleep(1); }`,
    ],
    [
      "predicate asked before",
      `const isDone = async (s) => s.state === "completed"; for (;;) { const s = await read(); const over = await isDone(s); if (over) break; await sleep(1); }`,
    ],
    ["assigned in the test", `let state; while ((state = (await read()).state) !== "completed") await sleep(9);`],
    ["a template", `while (job.state !== \`completed\`) await sleep(9);`],
    ["a constant", `const DONE = "completed"; while (job.state !== DONE) await sleep(9);`],
    [
      "a constant of another file",
      `import { DONE } from "./states.ts"; while (job.state !== DONE) await sleep(9); if (job.state === "failed") retry();`,
    ],
    [
      "an enumeration in lower case",
      `enum states { done = "completed", lost = "lost" } while (job.state !== states.done) await sleep(9);`,
    ],
    [
      "an object of constants",
      `const States = { done: "completed", lost: "lost" }; while (job.state !== States.done) await sleep(9);`,
    ],
    [
      "a frozen object",
      `const states = Object.freeze({ done: "completed", lost: "lost" }); while (job.state !== states.done) await sleep(9); if (job.state === "failed") retry();`,
    ],
    [
      "constants of constants",
      `import { Api } from "./api.ts"; while (job.state !== Api.State.Done) await sleep(9); if (job.state === Api.State.Failed) retry();`,
    ],
    ["a conversion", `while (!Boolean(job.state === "completed")) await sleep(9);`],
    [
      "a predicate with a body",
      `const isDone = (s) => { return s.state === "completed"; }; while (!isDone(await read())) await sleep(9);`,
    ],
    ["a set of one", `const ENDS = new Set(["completed"]); while (!ENDS.has(job.state)) await sleep(9);`],
    [
      "none of many that is not",
      `let jobs = [job]; while (jobs.some((j) => j.state !== "completed")) { jobs = await Promise.all(jobs.map(read)); await sleep(9); }`,
    ],
    [
      "ticks of a timer",
      `import { setInterval as ticks } from "node:timers/promises"; for await (const _ of ticks(9)) { if ((await read()).state === "completed") break; }`,
    ],
    ["while (1)", `while (1) { if (job.state === "completed") break; await sleep(9); }`],
    ["for (; true; )", `for (; true; ) { if (job.state === "completed") break; await sleep(9); }`],
    [
      "a return of a closure",
      `for (;;) { const show = () => { return 1; }; if (job.state === "completed") break; await sleep(9); }`,
    ],
    ["a timer behind &&", `function check() { job.state !== "completed" && setTimeout(check, 9); }`],
    ["a timer behind ||", `function check() { job.state === "completed" || setTimeout(check, 9); }`],
    [
      "a case of two",
      `out: for (;;) { switch ((await read()).state) { case "completed": case "skipped": break out; case "running": break; } await sleep(1); }`,
    ],
    [
      "a case that does not",
      `out: for (;;) { switch ((await read()).state) { case "failed": console.log("oh"); break; case "completed": break out; } await sleep(1); }`,
    ],
    [
      "continue in the other branch",
      `for (;;) { const s = await read(); if (s.state === "completed") { console.log(s); } else { await sleep(1); continue; } break; }`,
    ],
    [
      "continue in both branches",
      `for (;;) { const s = await read(); if (s.state !== "completed") { await sleep(1); if (s.ok) continue; else continue; } break; }`,
    ],
    [
      "a flag that two states set",
      `let done = false; while (!done) { const s = await read(); if (s.state === "completed") done = true; if (s.state === "skipped") done = true; await sleep(1); }`,
    ],
    [
      "a flag that goes down",
      `let busy = true; while (busy) { const s = await read(); if (s.state === "completed") busy = false; await sleep(1); }`,
    ],
    [
      "a flag that is reset",
      `let done = false; while (!done) { const s = await read(); done = false; if (s.state === "completed") done = true; await sleep(1); }`,
    ],
    [
      "a flag that is null before",
      `let r = null; while (r === null) { const s = await read(); if (s.state === "completed") r = 1; await sleep(1); }`,
    ],
    [
      "a flag of a class",
      `class A { done = false; async f() { while (!this.done) { const s = await read(); if (s.state === "completed") this.done = true; await sleep(1); } } }`,
    ],
    [
      "another method",
      `class A { async f() { while (job.state !== "completed") await sleep(9); } async g() {} } limit(new A().g());`,
    ],
    [
      "a function beside it",
      `const inner = async () => { while (job.state !== "completed") await sleep(9); }; async function outer() { await inner(); } limit(outer());`,
    ],
    [
      "a closure that others call",
      `async function outer() { const inner = async () => { while (job.state !== "completed") await sleep(9); }; later(() => inner()); await inner(); } limit(outer());`,
    ],
    [
      "a recursion with an error that is caught",
      `async function f() { const s = await read(); if (s.state === "completed") return; try { throw new Error("x"); } catch {} await sleep(9); return f(); }`,
    ],
    [
      "a pause of a variable length",
      `import { t } from "./t.ts"; while ((await read()).state !== "completed") await t.pause(MS);`,
    ],
    [
      "asked again before the sleep",
      `let j = job; while (j.state !== "completed") { j = await read(); if (j.state !== "completed") await sleep(9); }`,
    ],
    [
      "a status in a reaction",
      `function poll() { read().then((s) => { if (s.state === "completed") done(s); else setTimeout(poll, 9); }); }`,
    ],
    [
      "a method that asks",
      `class A { state = "new"; async look() { this.state = (await read()).state; } fail() { this.state = "failed"; } async f() { while (this.state !== "completed") { await this.look(); await sleep(9); } } }`,
    ],
    ["what a refresh gives", `let j = job; while (j.state !== "completed") { j = await j.refresh(); await sleep(9); }`],
    [
      "a timer that finishes something in the end",
      `function check() { if (job.state !== "completed") setTimeout(check, 9); else { finish(); tell(job); } }`,
    ],
    [
      "an interval that finishes something",
      `const t = setInterval(() => { if (job.state === "completed") { finish(job); clearInterval(t); } }, 9);`,
    ],
    [
      "an interval that returns early",
      `const t = setInterval(() => { if (job.state !== "completed") return; clearInterval(t); finish(job); }, 9);`,
    ],
    [
      "a last call that is returned",
      `async function f() { while (true) { if (job.state === "completed") return finish(job); await sleep(9); } }`,
    ],
    [
      "a promise with a length that is worked out",
      `while (job.state !== "completed") { await new Promise((r) => setTimeout(r, wait(9))); }`,
    ],
    [
      "a timer after the end has returned",
      `function check() { if (job.state === "completed") { finish(job); return; } setTimeout(check, 9); }`,
    ],
    [
      "a question that is asked at once, beside other work",
      `function getState() { return job.state; } while (getState() !== "completed") { flush(); await sleep(9); }`,
    ],
    [
      "namesake of clock in a module with a name like one",
      `import { performance } from "process-load"; while ((await read()).state !== "completed") { console.log(performance.now()); await sleep(9); }`,
    ],
    [
      "namesake of clock in a module whose name ends like one",
      `import { performance } from "web-perf_hooks"; while ((await read()).state !== "completed") { console.log(performance.now()); await sleep(9); }`,
    ],
    [
      "a field of a turn, beside another",
      `for (;;) { const s = await read(); job.over = s.state === "completed"; job.seen = s.state; if (job.over) break; await sleep(1); }`,
    ],
    [
      "a field of a turn that is narrowed",
      `for (;;) { const s = await read(); job.over = s.state === "completed"; job.over &&= s.ok; if (job.over) break; await sleep(1); }`,
    ],
    [
      "turns that are counted and logged",
      `let turns = 0; while (job.state !== "completed") { turns++; console.log(turns); await sleep(9); }`,
    ],
    [
      "turns that are added up and shown",
      `let turns = 0; while (job.state !== "completed") { turns += 1; console.dir(turns); await sleep(9); }`,
    ],
    [
      "a longer pause each time",
      `let pause = 1; while (job.state !== "completed") { await sleep(pause); pause *= 2; }`,
    ],
    [
      "an answer that may be missing, asked after the state",
      `for (;;) { const s = await read(); if (s.state === "completed") break; if (!s.ok) throw new Error("no answer"); await sleep(1); }`,
    ],
    [
      "an answer that is passed over",
      `for (;;) { const s = await read(); if (s.flags & 1) { await sleep(5); continue; } if (s.state === "completed") break; await sleep(1); }`,
    ],
    [
      "a condition of two within",
      `for (;;) { const s = await read(); if (s.state === "completed") { if (s.ok || s.state === "old") break; } await sleep(1); }`,
    ],
    [
      "a condition of two around",
      `for (;;) { const s = await read(); if (s.ok && s.state === "completed") { if (s.seen) break; } await sleep(1); }`,
    ],
    [
      "two constants",
      `for (;;) { const s = await read(); if (s.state === "completed" && s.mode === "full") break; await sleep(1); }`,
    ],
    ["a constant of before the loop", `const over = job.state === "completed"; while (!over) await sleep(9);`],
    ["a member of a class", `while (Job.state !== "completed") await sleep(9);`],
    [
      "a loop in a handler",
      `try { await start(); } catch { for (;;) { if (job.state === "completed") break; await sleep(9); } }`,
    ],
    ["a loop in a condition", `if (mode & 1) { for (;;) { if (job.state === "completed") break; await sleep(9); } }`],
    [
      "a timer behind a block that returns",
      `function check() { if (job.state === "completed") { return; } setTimeout(check, 9); }`,
    ],
    [
      "a timer in a handler",
      `try { await start(); } catch { const check = () => { if (job.state === "completed") done(); else setTimeout(check, 9); }; check(); }`,
    ],
    [
      "a recursion before something that is done in each case",
      `async function f() { try { const s = await read(); if (s.state === "completed") return; await sleep(9); return f(); } finally { console.log("asked"); } }`,
    ],
    [
      "no sleep in the last turn, and another end",
      `let s = "new"; while (s !== "completed") { s = (await read()).state; if (s === "skipped") break; if (s !== "completed") await sleep(9); }`,
    ],
    [
      "a flag that becomes null",
      `let r = job; while (r !== null) { const s = await read(); if (s.state === "completed") r = null; await sleep(1); }`,
    ],
    [
      "an interval that never rejects",
      `await new Promise((resolve, reject) => { const t = setInterval(() => { if (job.state === "completed") { clearInterval(t); resolve(); } }, 9); });`,
    ],
    [
      "a callback of the function around",
      `function f(of, done) { const t = setInterval(() => { if (job.state === "completed") { clearInterval(t); done(); } }, 9); }`,
    ],
    [
      "a callback of another thing",
      `class Task { constructor(run) { run(); } } new Task((run, show) => { const t = setInterval(() => { show("waiting"); if (job.state === "completed") clearInterval(t); }, 9); });`,
    ],
    [
      "a loop in an executor",
      `await new Promise(async (resolve) => { while (job.state !== "completed") await sleep(9); resolve(); });`,
    ],
    [
      "a closure that others call as well",
      `async function outer() { const inner = async () => { while (job.state !== "completed") await sleep(9); }; await inner(); later(() => inner()); } limit(outer());`,
    ],
    [
      "a closure that only others call",
      `async function outer() { const inner = async () => { while (job.state !== "completed") await sleep(9); }; later(() => inner()); } limit(outer());`,
    ],
    [
      "a field that is exchanged",
      `class A { job = job; async f() { while (this.job.state !== "completed") { this.job = ask(); await sleep(9); } } }`,
    ],
    [
      "a field that is asked for anew",
      `class A { job = job; async f() { while (this.job.state !== "completed") { this.job = await ask(); await sleep(9); } } }`,
    ],
    ["for with the sleep in its head", `for (; job.state !== "completed"; await sleep(9)) {}`],
    [
      "a field that each turn asks for",
      `class A { state = "new"; async f() { while (this.state !== "completed") { await sleep(9); this.state = await ask(); } } }`,
    ],
    [
      "a member of a field that is asked for anew",
      `class A { constructor() { this.job = job; } async f() { while (this.job.info.state !== "completed") { this.job = await ask(); await sleep(9); } } }`,
    ],
  ])("%s: reported", ([, code]) => {
    expect(linesOf(inStates(code))).toEqual([3]);
  });

  test.for<[string, string]>([
    [
      "hrtime of process module",
      `import { hrtime } from "node:process"; const check = (now) => { if (now > END) throw new Error("late"); }; while ((await read()).state !== "completed") { check(hrtime.bigint()); await sleep(9); }`,
    ],
    [
      "default of process module",
      `import process from "node:process"; const check = (now) => { if (now > END) throw new Error("late"); }; while ((await read()).state !== "completed") { check(process.uptime()); await sleep(9); }`,
    ],
    [
      "perf_hooks",
      `import { performance } from "node:perf_hooks"; const check = (now) => { if (now > END) throw new Error("late"); }; while ((await read()).state !== "completed") { check(performance.now()); await sleep(9); }`,
    ],
    [
      "an end worked out before",
      `const end = Date.now() + 99; const check = (end) => { if (isAfter(end)) throw new Error("late"); }; while ((await read()).state !== "completed") { check(end); await sleep(9); }`,
    ],
    [
      "an answer of another code",
      `for (;;) { const r = await ask(); if (r.code !== "OK") throw new Error("no"); if (r.state === "completed") break; await sleep(1); }`,
    ],
    [
      "a field that says that it is lost",
      `for (;;) { const s = await read(); if (s.lost) throw new Error("no"); if (s.state === "completed") break; await sleep(1); }`,
    ],
    [
      "no answer or a failure",
      `for (;;) { const s = await read(); if (!s.ok || s.state === "failed") throw new Error("no"); if (s.state === "completed") break; await sleep(1); }`,
    ],
    [
      "throw at the end",
      `for (;;) { const s = await read(); if (s.state === "completed") break; if (s.state === "running") { await sleep(1); continue; } throw new Error("no"); }`,
    ],
    [
      "attempts that throw",
      `let n = 0; for (;;) { const s = await read(); if (s.state === "completed") break; if (++n > 9) throw new Error("late"); await sleep(1); }`,
    ],
    [
      "an error that is looked at",
      `for (;;) { try { const s = await read(); if (s.state === "completed") break; } catch (e) { if (e.code === "GONE") return; } await sleep(1); }`,
    ],
    ["either of two jobs", `while (job.state !== "completed" && other.state !== "completed") await sleep(9);`],
    ["other work", `while (job.state !== "completed") { await flush(); await sleep(9); }`],
    [
      "an answer from before the loop, and other work",
      `let s = await read(); while (s.state !== "completed") { await flush(); await sleep(9); }`,
    ],
    [
      "a job that is exchanged, and other work",
      `let s = first; while (s.state !== "completed") { await flush(); await sleep(10); s = next; }`,
    ],
    [
      "a count within",
      `let n = 0; for (;;) { const s = await read(); if (s.state === "completed") { if (n++ > 3) break; } await sleep(1); }`,
    ],
    [
      "two ends, two questions",
      `while ((await read()).state !== "completed") { if ((await ask()).state === "skipped") break; await sleep(9); }`,
    ],
    [
      "two ends, two members",
      `while ((await read()).state !== "completed") { if ((await read()).mode === "skipped") break; await sleep(9); }`,
    ],
    ["a count that goes down", `let n = 9; while (n) { n--; await sleep(9); }`],
    [
      "a field that is counted down",
      `class A { left = 9; async f() { while (this.left) { this.left -= 1; await sleep(9); } } }`,
    ],
    ["a remainder", `while (job.count % 2) await sleep(9);`],
    ["a negative number", `while (-job.count) await sleep(9);`],
    ["a subtraction in the test", `let n = 9; while (n -= 1) await sleep(9);`],
    ["number of turns", `let n = 0; while (n++ !== 3) await sleep(9);`],
    ["what is wanted is given", `async function f(wanted) { while (job.state !== wanted) await sleep(9); }`],
    [
      "a variable of another file",
      `import { done } from "./states.ts"; while (job.state !== done) await sleep(9); if (job.state === "failed") retry();`,
    ],
    [
      "an object of variables",
      `const states = { done: "completed", lost: "lost" }; while (job.state !== states.done) await sleep(9);`,
    ],
    [
      "a member of a variable of another file",
      `import { states } from "./api.ts"; while (job.state !== states.done) await sleep(9); if (job.state === "failed") retry();`,
    ],
    [
      "a member of a parameter",
      `async function f(State) { while (job.state !== State.Done) await sleep(9); if (job.state === "failed") retry(); }`,
    ],
    ["a list of states that go on", `while (["running", "waiting"].includes(job.state)) await sleep(9);`],
    ["another stream", `for await (const one of stream(9)) { if (one.state === "completed") break; await sleep(9); }`],
    [
      "the default of a switch",
      `out: for (;;) { switch ((await read()).state) { case "running": break; default: break out; } await sleep(1); }`,
    ],
    [
      "a case of the failure as well",
      `out: for (;;) { switch ((await read()).state) { case "failed": case "completed": break out; case "running": break; } await sleep(1); }`,
    ],
    [
      "a case that falls through to it",
      `out: for (;;) { switch ((await read()).state) { case "failed": console.log("oh"); case "completed": break out; case "running": break; } await sleep(1); }`,
    ],
    [
      "a default that falls through",
      `out: for (;;) { switch ((await read()).state) { case "running": break; default: case "completed": break out; } await sleep(1); }`,
    ],
    ["a failure, as it should", `while ((await read()).state !== "failed") await sleep(9);`],
    [
      "a flag that the failure sets as well",
      `let done = false; while (!done) { const s = await read(); if (s.state === "completed") done = true; if (s.state === "failed") done = true; await sleep(1); }`,
    ],
    ["an arrow function", `const f = async () => { while (job.state !== "completed") await sleep(9); }; limit(f());`],
    ["a method", `class A { async f() { while (job.state !== "completed") await sleep(9); } } limit(new A().f());`],
    [
      "a function in a field",
      `class A { f = async () => { while (job.state !== "completed") await sleep(9); }; } limit(new A().f());`,
    ],
    [
      "a closure of what is bounded",
      `async function outer() { const inner = async () => { while (job.state !== "completed") await sleep(9); }; await inner(); } limit(outer());`,
    ],
    [
      "others that resolve it",
      `await new Promise((resolve) => { const check = () => { if (job.state === "completed") resolve(); else setTimeout(check, 9); }; check(); job.onFail = resolve; });`,
    ],
    ["turns without a sleep", `while (job.state !== "completed") { if (other.state !== "completed") await sleep(9); }`],
    [
      "turns without a sleep in another state",
      `while (job.state !== "completed") { if (job.state !== "running") await sleep(9); }`,
    ],
    ["a sleep only at the end", `while (job.state !== "completed") { if (job.state === "completed") await sleep(9); }`],
    [
      "turns without a sleep for another job",
      `const isDone = (s) => s.state === "completed"; while (!isDone(job)) { console.log(job); if (!isDone(other)) await sleep(9); }`,
    ],
    ["a sleep for each of a list", `while (job.state !== "completed") { for (const x of xs) await sleep(1); }`],
    ["a sleep in a closure", `while (job.state !== "completed") { later(async () => { await sleep(1); }); }`],
    ["a sleep that is not awaited", `while (job.state !== "completed") { sleep(9); }`],
    [
      "ticks of another file",
      `import { setInterval as ticks } from "./ticks.ts"; for await (const _ of ticks(9)) { if (job.state === "completed") break; }`,
    ],
    ["events", `for await (const _ of on(job, "change")) { if (job.state === "completed") break; }`],
    ["the end of a list", `for (const one of jobs) { if (one.state === "completed") break; await sleep(9); }`],
    ["a single timer", `function check() { if (job.state === "completed") done(); } setTimeout(check, 9);`],
    [
      "a recursion that may be at once",
      `async function f() { if ((await read()).state === "completed") return; if (!job.ok) await sleep(9); return f(); }`,
    ],
    [
      "a recursion without a sleep",
      `async function f() { if ((await read()).state === "completed") return; await flush(); return f(); }`,
    ],
    [
      "an error of a recursion",
      `async function f() { const s = await read(); if (s.state === "completed") return; if (s.state === "failed") throw new Error("no"); await sleep(9); return f(); }`,
    ],
    [
      "the other cases of a switch",
      `function check() { switch (job.state) { case "completed": done(); break; default: setTimeout(check, 9); } }`,
    ],
    [
      "another question before the sleep",
      `let j = job; while (j.state !== "completed") { j = await read(); if (j.mode !== "completed") await sleep(9); }`,
    ],
    [
      "a method that works",
      `class A { state = "new"; async look() { await flush(); } async f() { while (this.state !== "completed") { await this.look(); await sleep(9); } } }`,
    ],
    ["a timer that works", `function check() { flush(); if (job.state !== "completed") setTimeout(check, 9); }`],
    [
      "a timer that works in between",
      `function check() { if (job.state !== "completed") { flush(); setTimeout(check, 9); } }`,
    ],
    [
      "an interval that works",
      `const t = setInterval(() => { flush(); if (job.state === "completed") clearInterval(t); }, 9);`,
    ],
    [
      "a token that throws",
      `async function f(token) { while ((await read()).state !== "completed") { token.throwIfAborted(); await sleep(9); } }`,
    ],
    [
      "a rejection of another question",
      `await new Promise((resolve, reject) => { const t = setInterval(async () => { if ((await read()).state === "completed") { clearInterval(t); resolve(); } ask().catch(reject); }, 9); });`,
    ],
    [
      "a member of a variable with a capital letter within",
      `import { jobStates } from "./api.ts"; while (job.state !== jobStates.done) await sleep(9); if (job.state === "failed") retry();`,
    ],
    [
      "a throw in a state of another name",
      `for (;;) { const s = await read(); if (s.state === "gone") throw new Error("gone"); if (s.state === "completed") break; await sleep(9); }`,
    ],
    [
      "each other state, beside the good one",
      `for (;;) { const s = await read(); if (s.state === "completed") break; if (s.state !== "running") break; await sleep(9); }`,
    ],
    [
      "a failure without an answer",
      `for (;;) { const s = await read(); if (s.state === "failed") { if (!s.ok) throw new Error("no"); } if (s.state === "completed") break; await sleep(9); }`,
    ],
    [
      "no answer and a failure",
      `for (;;) { const s = await read(); if (!s.ok && s.state === "failed") throw new Error("no"); if (s.state === "completed") break; await sleep(9); }`,
    ],
    [
      "a status code that says that it is gone",
      `for (;;) { const s = await read(); if (s.code === 410) throw new Error("gone"); if (s.state === "completed") break; await sleep(9); }`,
    ],
    [
      "an answer of another version",
      `for (;;) { const s = await read(); if (s.version !== "v2") throw new Error("old"); if (s.state === "completed") break; await sleep(9); }`,
    ],
    [
      "an answer of another series",
      `for (;;) { const s = await read(); if (s.version !== "2.x") throw new Error("old"); if (s.state === "completed") break; await sleep(9); }`,
    ],
    [
      "asked anew only behind the loop, and other work",
      `let s = await read(); while (s.state !== "completed") { await flush(); await sleep(9); } s = await read();`,
    ],
    [
      "a predicate that asks itself",
      `const isDone = (s) => !isDone(s.next); while (!isDone(await read())) await sleep(9);`,
    ],
    [
      "a predicate that asks itself in a conversion",
      `const isDone = (s) => Boolean(isDone(s.next)); while (!isDone(await read())) await sleep(9);`,
    ],
    [
      "a predicate of a tree",
      `const isDone = (node) => node.children.every((child) => isDone(child)); while (!isDone(await read())) await sleep(9);`,
    ],
    [
      "a getter that asks itself",
      `class A { get done() { return !this.done; } async f() { while (!this.done) await sleep(9); } }`,
    ],
    [
      "a getter that compares itself",
      `class A { get done() { return this.done === true; } async f() { while (!this.done) await sleep(9); } }`,
    ],
    [
      "a subtraction of a variable in the test",
      `async function f(step) { let left = 9; while (left -= step) await sleep(9); }`,
    ],
    [
      "either of two states",
      `for (;;) { const s = await read(); if (s.state === "completed" || s.state === "failed") break; await sleep(9); }`,
    ],
    [
      "a count beside the state",
      `let n = 0; for (;;) { const s = await read(); if (s.state === "completed" && n++ > 3) break; await sleep(1); }`,
    ],
    ["a template with a part that is given", `while (job.state !== \`completed-\${id}\`) await sleep(9);`],
    ["a constant that is worked out", `const DONE = pick(); while (job.state !== DONE) await sleep(9);`],
    ["an import of another kind", `import { Done } from "./states.ts"; while (job.state !== Done) await sleep(9);`],
    [
      "an object of variables with a capital letter within",
      `const jobStates = { done: "completed", lost: "lost" }; while (job.state !== jobStates.done) await sleep(9);`,
    ],
    [
      "what a function makes",
      `function all() { return { done: "completed" }; } const states = all(); while (job.state !== states.done) await sleep(9);`,
    ],
    [
      "a timer that is set first",
      `function check() { setTimeout(check, 9); if (job.state === "completed") return; console.log(job); }`,
    ],
    [
      "a timer after a condition that does not return",
      `function check() { if (job.ok) console.log(job); setTimeout(check, 9); }`,
    ],
    [
      "a recursion that others start",
      `async function f() { const s = await read(); if (s.state === "completed") return; button.onclick = () => f(); await sleep(9); }`,
    ],
    [
      "a timer for another function",
      `function other() { tell(); } function check(cb) { if (job.state === "completed") cb(); else setTimeout(other, 9); }`,
    ],
    [
      "an error within a condition",
      `async function f() { const s = await read(); if (s.state === "completed") return; if (s.late) { if (s.state === "failed") throw new Error("no"); } await sleep(9); return f(); }`,
    ],
    [
      "an interval that others end in another state",
      `const t = setInterval(() => { if (job.state === "completed") clearInterval(t); }, 9); listen(() => { if (job.state === "stopped") clearInterval(t); });`,
    ],
    [
      "turns without a sleep in another case",
      `while (job.state !== "completed") { switch (job.mode) { case "slow": await sleep(9); } }`,
    ],
    ["turns that go on without a sleep", `while (job.state !== "completed") { if (job.ok) continue; await sleep(9); }`],
    [
      "turns without a sleep while it is well",
      `for (;;) { const s = await read(); if (s.state === "completed") { if (s.ok) break; } if (s.ok) console.log(s); else await sleep(9); }`,
    ],
    [
      "a sleep only in the last turn",
      `do { if (job.state !== "completed") console.log(job); else await sleep(9); } while (job.state !== "completed");`,
    ],
    [
      "turns without a sleep where a member holds",
      `while (job.state !== "completed") { if (!job.ok) await sleep(9); }`,
    ],
    [
      "turns without a sleep, asked in another way",
      `const isDone = (s, strictly) => s.state === "completed"; while (!isDone(job)) { if (!isDone(job, true)) await sleep(9); }`,
    ],
    [
      "recursion that others give up",
      `const poll = async () => { const s = await read(); if (s.state === "completed") return s; await sleep(9); return poll(); }; await limit(poll());`,
    ],
    [
      "work in a reaction",
      `function poll() { read().then((s) => { if (s.state === "completed") done(s); else { flush(); setTimeout(poll, 9); } }); }`,
    ],
    [
      "an interval that works until it is ok",
      `const t = setInterval(() => { if (job.state !== "completed") return; if (job.ok) clearInterval(t); flush(); }, 9);`,
    ],
    [
      "a sleep that others end, in a timer",
      `setTimeout(async () => { while (job.state !== "completed") await new Promise((r) => { job.wake = r; setTimeout(r, 9); }); }, 9);`,
    ],
    [
      "a recursion that takes a part each time",
      `async function f(left) { if (left < 1 || (await read()).ok) return; await sleep(9); return f(left / 2); }`,
    ],
  ])("%s: silent", ([, code]) => {
    expect(linesOf(inStates(code), { rules: strictRules })).toEqual([]);
  });

  test.for<[string, string]>([
    [
      "predicate of others asked before",
      `for (;;) { const s = await read(); const over = ask(s); if (over) break; await sleep(1); }`,
    ],
    [
      "a predicate with two results",
      `const isDone = (s) => { if (s.ok) return s.state === "completed"; return s.over; }; while (!isDone(await read())) await sleep(9);`,
    ],
    ["a list of another file", `import { ENDS } from "./ends.ts"; while (!ENDS.includes(job.state)) await sleep(9);`],
    ["a list with a variable", `while (!["completed", other].includes(job.state)) await sleep(9);`],
    [
      "the first of many",
      `let jobs = [job]; while (!jobs.some((j) => j.state === "completed")) { jobs = await Promise.all(jobs.map(read)); await sleep(9); }`,
    ],
    [
      "not each of many",
      `let jobs = [job]; while (jobs.every((j) => j.state !== "completed")) { jobs = await Promise.all(jobs.map(read)); await sleep(9); }`,
    ],
    [
      "many, with two results",
      `let jobs = [job]; while (!jobs.every((j) => { if (j.ok) return true; return j.state === "completed"; })) { jobs = await Promise.all(jobs.map(read)); await sleep(9); }`,
    ],
    [
      "a search",
      `while (!jobs.find((j) => j.state === "completed")) { jobs = await Promise.all(jobs.map(read)); await sleep(9); }`,
    ],
    [
      "an answer beside an element of a list",
      `while (!(await ask()).ok) { cells[i] = job.state === "completed"; console.log(cells, i); await sleep(9); }`,
    ],
    [
      "an answer beside an element that is set",
      `while (!(await ask()).ok) { if (job.state === "completed") cells[i] = true; console.log(cells, i); await sleep(9); }`,
    ],
    [
      "a getter with two results",
      `class A { get done() { if (this.ok) return this.state === "completed"; return this.over; } async f() { while (!this.done) await sleep(9); } }`,
    ],
    [
      "a variable that is given two conditions",
      `for (;;) { const s = await read(); let over = s.state === "completed"; if (s.old) over = s.gone; if (over) break; await sleep(9); }`,
    ],
    ["a question with a callback", `while (await client.ask((one) => one.state !== "completed")) await sleep(9);`],
    [
      "many, with two results, the comparison first",
      `let jobs = [job]; while (!jobs.every((j) => { if (j.ok) return j.state === "completed"; return true; })) { jobs = await Promise.all(jobs.map(read)); await sleep(9); }`,
    ],
    [
      "a flag beside another",
      `let noted = false; while (!ready) { const s = await read(); if (s.state === "completed") noted = true; console.log(noted); await sleep(9); }`,
    ],
    [
      "a flag that is also given something else",
      `let done = false; while (!done) { const s = await read(); if (s.state === "completed") done = true; else done = s.gone; await sleep(9); }`,
    ],
  ])("%s: silent, as what it needs is not known", ([, code]) => {
    expect(linesOf(inStates(code))).toEqual([]);
  });

  test.for<[string, string]>([
    [
      "a result of the function asked",
      `const ask = () => { if (job.gone) return "lost"; return "ready"; }; let s = ask(); while (s !== "ready") { await sleep(9); s = ask(); }`,
    ],
    [
      "asked directly",
      `const ask = () => { if (job.gone) return "lost"; return "ready"; }; for (;;) { const s = ask(); if (s === "ready") break; await sleep(9); }`,
    ],
    [
      "renamed",
      `for (;;) { const { state: now } = await ask(); if (now === "ready") break; await sleep(9); } job.state = "lost";`,
    ],
    ["called after a getter", `while ((await getStatus()) !== "ready") await sleep(9); job.status = "lost";`],
    [
      "private",
      `class A { #state = "new"; fail() { this.#state = "failed"; } async wait() { while (this.#state !== "ready") await sleep(9); } }`,
    ],
    ["jobState", `while (jobState !== "ready") await sleep(9); job.state = "failed";`],
    [
      "a field of a class",
      `class A { done = false; run() { work((e) => { this.error = e; }); } async wait() { while (!this.done) await sleep(9); } }`,
    ],
    ["a member of a variable", `const job = start(); job.failed = true; while (!job.done) await sleep(9);`],
    ["that it is true", `const job = start(); job.failed = true; while (job.done !== true) await sleep(9);`],
    [
      "that it is no longer false",
      `const job = start(); job.failed = true; while (job.done === false) await sleep(9);`,
    ],
    ["that it is there", `const job = start(); job.failed = true; while (job.result === undefined) await sleep(9);`],
    [
      "an answer that is null before",
      `let r = null; while (r === null) { await sleep(9); try { r = await fetch(u); } catch {} }`,
    ],
    ["an answer that is missing before", `let r; while (!r) { await sleep(9); try { r = await fetch(u); } catch {} }`],
    [
      "a recursion without await",
      `async function f() { try { return dial(); } catch { await sleep(9); return f(); } }`,
    ],
    [
      "two ways out",
      `for (;;) { try { const r = await dial(); if (r.ok) break; if (r.old) break; } catch {} await sleep(9); }`,
    ],
    ["a timer", `async function f() { try { await dial(); } catch { setTimeout(f, 9); } }`],
    [
      "a handler that looks at them",
      `for (;;) { try { await dial(); break; } catch (e) { if (e.fatal) console.error(e); } await sleep(9); }`,
    ],
    ["asked in the test", `let state; while ((state = await ask()) !== "ready") await sleep(9); job.state = "lost";`],
    ["a member of any name", `while (job.mode !== "ready") await sleep(9); job.mode = "lost";`],
    [
      "one of two results",
      `const ask = () => { return job.gone ? "lost" : "ready"; }; let s = ask(); while (s !== "ready") { await sleep(9); s = ask(); }`,
    ],
    [
      "a result of an asynchronous function",
      `const ask = async () => { if (job.gone) return "lost"; return "ready"; }; let s = await ask(); while (s !== "ready") { await sleep(9); s = await ask(); }`,
    ],
    [
      "a member that a function gives",
      `const ask = () => job.phase; let s = ask(); while (s !== "ready") { await sleep(9); s = ask(); } job.phase = "lost";`,
    ],
  ])("%s: reported for a failure in the file", ([, code]) => {
    expect(linesOf(HEAD + code)).toEqual([2]);
  });

  test.for<[string, string]>([
    [
      "a result of another function",
      `const ask = () => { return job.now; }; const other = () => { return "lost"; }; let s = ask(); while (s !== "ready") { await sleep(9); s = ask(); }`,
    ],
    [
      "short name",
      `let s = "new"; while (s !== "ready") { s = (await ask()).now; await sleep(9); } other.s = "failed";`,
    ],
    ["that it is no longer so", `const job = start(); job.failed = true; while (job.busy) await sleep(9);`],
    ["of which the error is false", `const job = start(); job.failed = false; while (!job.done) await sleep(9);`],
    ["of which the error is nothing", `const job = start(); job.error = undefined; while (!job.done) await sleep(9);`],
    ["of which the error is null", `const job = start(); job.error = null; while (!job.done) await sleep(9);`],
    [
      "of which nobody sets the error",
      `const job = start(); console.log(job.error); while (!job.done) await sleep(9);`,
    ],
    [
      "of which the error is only a key",
      `const job = start(); log[job.error] = true; while (!job.done) await sleep(9);`,
    ],
    ["of another thing", `const job = start(); other.error = true; while (!job.done) await sleep(9);`],
    ["that is a failure itself", `const job = start(); job.error = true; while (!job.failed) await sleep(9);`],
    [
      "in between other work",
      `const job = start(); job.error = true; while (!job.done) { await flush(); await sleep(9); }`,
    ],
    [
      "a code beside a status",
      `for (;;) { const r = await ask(); if (r.statusCode === 200) break; await sleep(9); } job.status = "failed";`,
    ],
    [
      "a code beside a state",
      `for (;;) { const r = await ask(); if (r.stateCode === "ready") break; await sleep(9); } job.state = "failed";`,
    ],
    [
      "a count beside a phase",
      `for (;;) { const r = await ask(); if (r.phaseCount === 3) break; await sleep(9); } job.phase = "failed";`,
    ],
    [
      "of which the error is only read",
      `const job = start(); const seen = {}; seen.error = job.error; while (!job.done) await sleep(9);`,
    ],
  ])("%s: no failure in the file", ([, code]) => {
    expect(linesOf(HEAD + code)).toEqual([]);
  });

  test.for<[string, string]>([
    ["a map of others", `const rows = open(); other.set(1, 2); while (rows.size === 0) await sleep(9);`],
    [
      "a field of which the file sets another",
      `const job = open(); add(() => { job.other = true; }); while (!job.ready) await sleep(9);`,
    ],
    ["a key", `while (!("x" in store)) await sleep(9);`],
    ["an answer with a default", `while (!(job.done ?? false)) await sleep(9);`],
    ["the number first", `while (3 > (await ask()).count) await sleep(9);`],
    ["an answer in the test", `let s; while (!(s = await ask())) await sleep(9);`],
    ["true itself", `while ((await ask()).ok !== true) await sleep(9);`],
    [
      "a flag of an unknown emitter",
      `const e = emitter(); let up = false; e.on("up", () => { up = true; }); while (!up) await sleep(9);`,
    ],
    ["a number that is asked for", `let i = 1; while (i < rows) { i = await next(); await sleep(9); }`],
    [
      "a recursion with the same argument",
      `async function f(id) { if ((await ask(id)).done) return; await sleep(9); return f(id); }`,
    ],
    [
      "a timer with the same argument",
      `async function f(id) { if ((await ask(id)).done) return; setTimeout(f, 9, id); }`,
    ],
    [
      "an answer beside a sum",
      `while ((await ask()).count < 3) { sums[i] += 1; console.log(sums, i); await sleep(9); }`,
    ],
    [
      "more than so many, in a variable",
      `let ok = false; for (;;) { const s = await ask(); ok = s.count > 3; if (ok) break; await sleep(9); }`,
    ],
    [
      "a number that is shown with one more",
      `let n = 0; while (n < 3) { n = await ask(); console.log(n + 1); await sleep(9); }`,
    ],
    [
      "a limit that is given, and shown with one less",
      `async function f(least) { while ((await ask()).count < least) { console.log(least - 1); await sleep(9); } }`,
    ],
    [
      "a recursion with a limit",
      `async function f(least) { if ((await ask()).count >= least) return; await sleep(9); return f(least); }`,
    ],
    [
      "a recursion with a limit and a longer sleep",
      `async function f(least) { if ((await ask()).count >= least) return; await sleep(pause + 9); return f(least); }`,
    ],
    [
      "a recursion that works out what is left",
      `async function f(least) { if ((await ask()).count >= least) return; const rest = least - 1; console.log(rest); await sleep(9); return f(least); }`,
    ],
    ["two questions to one answer", `for (;;) { const s = await ask(); if (s.ok && s.done) break; await sleep(9); }`],
    [
      "a variable of another file, beside one that changes",
      `import { ready } from "./gate.ts"; let other; add(() => { other = true; }); while (!ready) await sleep(9);`,
    ],
    [
      "an element, beside another that is opened",
      `const done = open(); add(() => { cells[i].open(); }); while (!done[id]) await sleep(9);`,
    ],
    ["a number and a sum", `while ((await ask()).count < base + 1) await sleep(9);`],
    [
      "an answer that may come from elsewhere",
      `let r; while (!r) { await sleep(9); try { r = await fetch(u); } catch {} if (old.ok) r = await old.get(); }`,
    ],
    ["a timer until there is a result", `function check() { job.result ?? setTimeout(check, 9); }`],
  ])("%s: reported by the strict form only", ([, code]) => {
    expect(linesOf(HEAD + code, { rules: strictRules })).toEqual([2]);
    expect(linesOf(HEAD + code)).toEqual([]);
  });

  test.for<[string, string]>([
    [
      "end outside of it as well",
      `for (;;) { if (s.closed) break; try { await dial(); break; } catch {} await sleep(9); }`,
    ],
    ["come from no call that is awaited", `for (;;) { try { JSON.parse(text); break; } catch {} await sleep(9); }`],
    ["are thrown on", `async function f() { for (;;) { try { return await dial(); } finally { await sleep(9); } } }`],
    [
      "are bounded by a count of turns",
      `let n = 0; for (;;) { try { await dial(); if (n++ > 9) break; } catch {} await sleep(9); }`,
    ],
    [
      "are of two questions",
      `for (;;) { try { await dial(); break; } catch {} try { await ring(); break; } catch {} await sleep(9); }`,
    ],
    [
      "end with each other answer",
      `for (;;) { try { const r = await dial(); if (r.kind !== "busy") break; } catch {} await sleep(9); }`,
    ],
    ["a count", `let n = 0; add(() => { n += 1; }); while (n < 3) await sleep(9);`],
    [
      "a list that grows in the file",
      `const rows = []; add(() => { rows.push(1); }); while (rows.length < 3) await sleep(9);`,
    ],
    [
      "a map that grows in the file",
      `const rows = new Map(); add(() => { rows.set(1, 2); }); while (rows.size === 0) await sleep(9);`,
    ],
    [
      "a field that the file sets",
      `const job = open(); add(() => { job.ready = true; }); while (!job.ready) await sleep(9);`,
    ],
    [
      "a field of that name",
      `const job = open(); add((one) => { one.ready = true; }); while (!job.ready) await sleep(9);`,
    ],
    ["a field that the file counts", `const job = open(); add(() => { job.n++; }); while (!job.n) await sleep(9);`],
    [
      "a thing of which a method is called",
      `const gate = make(); add(() => { gate.open(); }); while (!gate) await sleep(9);`,
    ],
    [
      "an answer that may be an error",
      `for (;;) { const r = await fetch(u); if (!r.ok) throw new Error("no"); if ((await r.json()).done) break; await sleep(9); }`,
    ],
    ["two questions", `while (!(await isReady()) && !(await isOver())) await sleep(9);`],
    ["each other state", `while ((await ask()).state === "running") await sleep(9);`],
    ["a bit", `while ((await ask()) & 1) await sleep(9);`],
    ["a sum that is counted", `let i = 0; while (i + 1 < rows) { i++; await sleep(9); }`],
    ["a count by assignment", `let i = 0; while (i < rows) { i = i + 2; await sleep(9); }`],
    ["a product", `let i = 1; while (i < rows) { i *= 2; await sleep(9); }`],
    [
      "a recursion that counts",
      `async function f(left) { if (left === 0) return; await sleep(9); return f(left - 1); }`,
    ],
    [
      "a recursion that counts and asks",
      `async function f(left) { if (left < 1 || (await ask()).done) return; await sleep(9); return f(left - 1); }`,
    ],
    [
      "an answer or too many of them",
      `let n = 0; for (;;) { try { const r = await dial(); if (r.ok || n++ > 9) break; } catch {} await sleep(9); }`,
    ],
    [
      "are counted by assignment",
      `let left = 9; for (;;) { try { if (left === 0) break; await dial(); break; } catch { left -= 1; } await sleep(9); }`,
    ],
    [
      "are counted by a sum",
      `let n = 0; for (;;) { try { if (n > 9) break; await dial(); break; } catch { n = n + 1; } await sleep(9); }`,
    ],
    [
      "are counted in a field",
      `class A { left = 9; async f() { for (;;) { try { if (!this.left) break; await dial(); break; } catch { this.left--; } await sleep(9); } } }`,
    ],
    ["come from no call", `function f() { try { return box.value; } catch { setTimeout(f, 9); } }`],
    ["a shifted bit", `while ((await ask()) >> 1) await sleep(9);`],
    [
      "come with work whose results are kept and shown",
      `while (!(await ask()).ok) { cells[i] = flush(); console.log(cells, i); await sleep(9); }`,
    ],
  ])("%s: silent in the strict form", ([, code]) => {
    expect(linesOf(HEAD + code, { rules: strictRules })).toEqual([]);
  });
});

describe("the time is looked at", () => {
  test.for([
    `Date.now()`,
    `new Date()`,
    `performance.now()`,
    `process.hrtime()[0]`,
    `process.hrtime.bigint()`,
    `process.uptime()`,
    `Bun.nanoseconds()`,
  ])("%s", (now) => {
    const code = `const check = (now) => { if (now > END) throw new Error("late"); }; while ((await read()).state !== "completed") { check(${now}); await sleep(9); }`;
    expect(linesOf(inStates(code), { rules: strictRules })).toEqual([]);
  });
});

describe("what a file says of a failure", () => {
  const poll = `while (job.state !== "completed") await sleep(9);`;

  test.for([
    `job.state = "timedOut";`,
    `job.state = "JOB_FAILED";`,
    `job.state = "timed-out";`,
    `job.state = lost ? "lost" : "running";`,
    `if ("failed" === job.state) retry();`,
    `if (job.state != "failed") go();`,
    `job._state = "failed";`,
    `const lost = { _state: "failed" };`,
    `send({ state: "failed" });`,
    `const all = { completed: 1, a: "completed", b: "failed" };`,
    `enum State { "completed", "failed" }`,
    `const lost = { state: ok ? "running" : "failed" };`,
  ])("%s", (code) => {
    expect(linesOf(`${HEAD}${code} ${poll}`)).toEqual([2]);
  });

  test.for([
    `job.state = "not-failed";`,
    `job.state = "retry_failed";`,
    `job.state += "failed";`,
    `job.reason = "failed";`,
    `const lost = { reason: "failed" };`,
    `if (job.reason === "failed") retry();`,
    `if ("failed" === job.reason) retry();`,
    `if (job.state < "failed") retry();`,
    `switch (job.reason) { case "failed": break; }`,
    `const BAD = ["failed", "lost"];`,
    `type Bad = "failed" | "lost";`,
    `enum Bad { Failed = "failed", Lost = "lost" }`,
    `const BAD = { Failed: "failed", Lost: "lost" };`,
    `send({ good: "completed", bad: "failed" });`,
    `function ask() { return "failed"; }`,
    `job.state = () => "failed";`,
    `const ALL = ["completed", "running"];`,
    `enum State { Done = "completed", Running = "running" }`,
    `type State = "completed" | "running";`,
    `job.state = "unfailed";`,
    `job.state = "no-error";`,
    `job.state = "non_fatal";`,
    `job.state = "done-or-failed";`,
    `job.state = "retrying-failed";`,
  ])("nothing: %s", (code) => {
    expect(linesOf(`${HEAD}${code} ${poll}`)).toEqual([]);
  });
});

describe("what a turn does besides", () => {
  const poll = (before: string, code: string): string =>
    inStates(
      `${before} while (true) { const s = await read(); ${code}; if (s.state === "completed") break; await sleep(9); }`,
    );

  test.for<[string, string]>([
    ["", `if (s.lost) process.exit(1)`],
    ["", `if (s.lost) process.abort()`],
    ["", `if (s.lost) Deno.exit(1)`],
    ["", `expect(s.state).not.toBe("failed")`],
    ["", `expect(s.lost).toBe(false)`],
    ["", `assert(!s.lost)`],
    ["", `assert.ok(!s.lost)`],
    ["", `console.log(await job.get({ signal: controller.signal }))`],
    ["", `console.log(await job.get(signal))`],
    ["", `console.log(await job.get(id, abortSignal))`],
    [`import test from "node:assert/strict";`, `test(!s.lost)`],
    [`import { assert } from "chai";`, `assert.isFalse(s.lost)`],
    [`import { expect } from "vitest";`, `expect(s.lost).toBe(false)`],
    [`import { expect as hope } from "@playwright/test";`, `hope(s.lost).not.toBe(true)`],
    [`import { ensure } from "./ensure.ts";`, `ensure(s)`],
    [`import { ensure } from "./ensure.ts";`, `await ensure(s.state)`],
    [`import ensure from "./ensure.ts";`, `ensure(1, s)`],
    [`const given = new AbortController().signal;`, `console.log(await job.get(given))`],
    [`const check = (s) => { switch (s.state) { case "failed": throw new Error("no"); } };`, `check(s)`],
    [
      `const inner = (s) => { if (s.state === "failed") throw new Error("no"); }; const check = (s) => { inner(s); };`,
      `check(s)`,
    ],
    [`const check = (s) => { if (s.error) throw new Error("no"); };`, `check(s)`],
    [`const check = (s) => { if (s.failed) { if (s.old) return; throw new Error("no"); } };`, `check(s)`],
    [`const isLate = () => Date.now() > END;`, `isLate()`],
    [`import { assert } from "vitest";`, `assert(!s.lost)`],
    [`function isLate() { return Date.now() > END; }`, `isLate()`],
    [`const check = (s) => { if (s === "failed") throw new Error("no"); };`, `check(s.state)`],
    [`import check from "power-assert";`, `check(!s.lost)`],
    [`import * as t from "uvu/assert";`, `t.ok(!s.lost)`],
  ])("%s %s may end it", ([before, code]) => {
    expect(linesOf(poll(before, code), { rules: strictRules })).toEqual([]);
  });

  test.for<[string, string]>([
    ["", `process.stdout.write(".")`],
    ["", `console.log(await job.get({ signal: AbortSignal.timeout(9) }))`],
    ["", `console.log(await job.get({ mode: signal }))`],
    ["", `signal("still waiting")`],
    [`import { ensure } from "./ensure.ts";`, `ensure("this")`],
    [`import { log } from "./log.ts";`, `log.info(s)`],
    [`import { ensure } from "./ensure.ts";`, `s.old = ensure(s)`],
    [`const check = (s) => { if (!s) throw new Error("none"); };`, `check(s)`],
    [`import { waitFor } from "./wait.ts";`, `await waitFor(s)`],
    [`import { exit } from "./door.ts";`, `exit("x")`],
    [`const show = (s) => { console.log(s); };`, `show(s)`],
    [``, `show(s)`],
    [``, `console.log(await job.get(signalName))`],
    [`const show = (s) => { next(s); }; const next = (s) => { if (s.next) show(s.next); };`, `show(s)`],
  ])("%s %s ends nothing", ([before, code]) => {
    expect(linesOf(poll(before, code))).toEqual([3]);
  });

  const working = (code: string): string => inStates(`while (job.state !== "completed") { ${code} await sleep(9); }`);

  test.for([
    `console.log(job);`,
    `logger.info(job.state);`,
    `report("still waiting");`,
    `report(\`still \${job.state}\`);`,
    `String(job);`,
    `JSON.stringify(job);`,
    `await job.refresh();`,
    `if (job.state === "completed") { finish(); break; }`,
    `clearTimeout(old);`,
    `process.stdout.write(".");`,
  ])("%s is no work", (code) => {
    expect(linesOf(working(code))).toEqual([3]);
  });

  test.for([
    `flush();`,
    `report("x", job);`,
    `count = report("x");`,
    `await other.refresh();`,
    `done += 1;`,
    `other.seen = 1;`,
    `await job2.save(job);`,
    `info(job);`,
    `if (other.ok) { finish(); }`,
    `fetch(u);`,
    `structuredClone(job);`,
    `done++;`,
    `report(5);`,
    `const n = flush("x"); console.log(n);`,
  ])("%s is work", (code) => {
    expect(linesOf(working(code), { rules: strictRules })).toEqual([]);
  });
});

describe("who is given the poll", () => {
  const polling = `async function f() { while (job.state !== "completed") await sleep(9); }`;

  test.for([
    `it("x", f);`,
    `import { it } from "mocha"; it("x", f);`,
    `beforeAll(f);`,
    `withTimeout(f, 99);`,
    `withTimeout(f(), 99);`,
    `limit(f());`,
    `limit(f().catch(report));`,
    `limit(f().then(show).finally(stop));`,
    `await Promise.any([f(), late]);`,
    `await Promise.race([f().then(show), late]);`,
  ])("%s may give up", (use) => {
    expect(linesOf(inStates(`${polling} ${use}`), { rules: strictRules })).toEqual([]);
  });

  test.for([
    `import { test } from "node:test"; test("x", f);`,
    `run(f);`,
    `setTimeout(f, 99);`,
    `await Promise.all([f(), other]);`,
    `await f();`,
    `f().then(show);`,
    `f.call(this);`,
    `console.log(f.name);`,
    `const all = [f()];`,
    `run(f, "x");`,
  ])("%s does not give up", (use) => {
    expect(linesOf(inStates(`${polling} ${use}`))).toEqual([3]);
  });
});

describe("what is awaited", () => {
  const poll = (before: string, code: string): string =>
    inStates(`${before} while ((await read()).state !== "completed") await ${code};`);

  test.for<[string, string]>([
    [`import nap from "sleep-promise";`, `nap(9)`],
    [`import nap from "yoctodelay";`, `nap(9)`],
    [``, `scheduler.wait(9)`],
    [`import { asyncDelay } from "./t.ts";`, `asyncDelay(9)`],
    [`import { waitForTimeout } from "./t.ts";`, `waitForTimeout(9)`],
    [`import { sleepMs } from "./t.ts";`, `sleepMs(2 * 9)`],
    [`import { delay as d } from "./t.ts"; const delay = d;`, `delay(Math.min(9, 5))`],
    [`import { sleep as nap, ms } from "./t.ts"; import { delay } from "./t.ts";`, `delay(ms ?? 9)`],
    [`import { delay } from "./t.ts";`, `delay(slow ? 9 : 1)`],
    [`import { delay } from "./t.ts";`, `delay(options.ms)`],
    [`import { delay } from "./t.ts"; const ms = 9;`, `delay(ms)`],
    [`import { delay } from "./t.ts";`, `delay(5 + 4)`],
    [`import { delay } from "./t.ts";`, `delay(9).then(show)`],
    [`const nap = (ms) => sleep(ms);`, `nap(9)`],
    [`const nap = async (ms) => { await sleep(ms); };`, `nap(9)`],
    [`const nap = (ms) => { return sleep(ms); };`, `nap(9)`],
    [`const nap = async (ms) => await sleep(ms);`, `nap(9)`],
    [`const nap = async (ms) => { return await sleep(ms); };`, `nap(9)`],
    [`import { promisify } from "node:util"; const nap = promisify(setImmediate);`, `nap()`],
    [``, `new Promise((r) => window.setTimeout(r, 9))`],
    [``, `new Promise((r) => { setTimeout(() => { r(); }, 9); })`],
    [``, `sleep(9).then(show)`],
    [``, `scheduler.wait(9, { ref: false })`],
    [``, `new Promise((r) => { console.log("x"); setImmediate(r); })`],
    [`import { delay } from "./t.ts";`, `delay(count() * 9)`],
    [`import { delay, ms } from "./t.ts"; console.log(table[ms]);`, `delay(ms)`],
  ])("%s %s is a sleep", ([before, code]) => {
    expect(linesOf(poll(before, code))).toEqual([3]);
  });

  test.for<[string, string]>([
    [`import { delay } from "./t.ts";`, `delay("a" + b)`],
    [`import { delay } from "./t.ts";`, `delay("a")`],
    [`import { delay } from "./t.ts";`, `delay(find(job))`],
    [`import { delay } from "./t.ts";`, `delay()`],
    [`import { delay } from "./t.ts";`, `delay({ ms: 9 })`],
    [`import { delay } from "./t.ts";`, `delay(9, job)`],
    [`import { delayed } from "./t.ts";`, `delayed(9)`],
    [`import { delay } from "./t.ts"; const ms = "x";`, `delay(ms)`],
    [`const nap = async (ms) => { sleep(ms); };`, `nap(9)`],
    [`const nap = async (ms) => { await work(); await sleep(ms); };`, `nap(9)`],
    [`const nap = async () => {};`, `nap(9)`],
    [`const nap = later(setTimeout);`, `nap(9)`],
    [`import { promisify } from "node:util"; const nap = promisify(read);`, `nap(9)`],
    [``, `new Promise((r) => setImmediate(show))`],
    [``, `new Promise((r) => { job.on("change", r); })`],
    [``, `new Promise((r) => { setImmediate(r); job.on("change", r); })`],
    [``, `new Promise((r) => queue(r))`],
    [``, `Bun.write(9)`],
    [``, `scheduler.yield()`],
    [`const nap = (ms) => nap(ms);`, `nap(9)`],
    [`const nap = (ms) => { return nap(ms); };`, `nap(9)`],
    [`const nap = async (ms) => { await sleep(ms); await work(); };`, `nap(9)`],
    [`function later(f) { return f; } const nap = later(setTimeout);`, `nap(9)`],
    [``, `job.ready`],
    [``, `new Promise((r) => work(() => queue(r)))`],
  ])("%s %s is none", ([before, code]) => {
    expect(linesOf(poll(before, code), { rules: strictRules })).toEqual([]);
  });
});

describe("what brings about the next turn", () => {
  const check = (again: string): string =>
    inStates(`function check(cb) { if (job.state === "completed") cb(); else ${again}; }`);

  test.for([
    `setTimeout(() => { check(cb); }, 9)`,
    `setTimeout(() => { void check(cb); }, 9)`,
    `setTimeout(() => { return check(cb); }, 9)`,
    `setTimeout(async () => { await check(cb); }, 9)`,
    `setTimeout(() => check(cb).catch(report), 9)`,
    `setImmediate(check, cb)`,
    `window.setTimeout(check, 9, cb)`,
    `sleep(9).then(() => check(cb))`,
  ])("%s", (again) => {
    expect(linesOf(check(again))).toEqual([3]);
  });

  test.for([
    `setTimeout(() => { work(); check(cb); }, 9)`,
    `setTimeout(() => {}, 9)`,
    `setTimeout(cb, 9)`,
    `ask(9).then(() => check(cb))`,
    `sleep(9).catch(() => check(cb))`,
    `queue.add(() => check(cb))`,
    `setTimeout(() => other(cb), 9)`,
    `setTimeout(() => { check(cb); work(); }, 9)`,
    `setTimeoutOnce(check, 9)`,
    `resetTimeout(check, 9)`,
  ])("not %s", (again) => {
    expect(linesOf(check(again), { rules: strictRules })).toEqual([]);
  });

  test.for([
    `let t; t = setInterval(() => { if (job.state === "completed") clearInterval(t); }, 9);`,
    `class A { f() { this.t = setInterval(() => { if (job.state === "completed") clearInterval(this.t); }, 9); } }`,
    `const t = setInterval(() => { if (job.state === "completed") clearTimeout(t); }, 9);`,
    `import { setInterval, clearInterval } from "node:timers"; const t = setInterval(() => { if (job.state === "completed") clearInterval(t); }, 9);`,
    `const t = setInterval(check, 9); function check() { if (job.state === "completed") clearInterval(t); }`,
  ])("%s", (code) => {
    expect(linesOf(inStates(code))).toEqual([3]);
  });

  test.for([
    `const t = setInterval(() => { if (job.state === "completed") clearInterval(t); }, 9); setTimeout(() => clearInterval(t), 99);`,
    `const t = setInterval(() => { if (job.state === "completed") done(); }, 9);`,
    `setInterval(() => { if (job.state === "completed") done(); }, 9);`,
    `import { setInterval } from "./own.ts"; const t = setInterval(() => { if (job.state === "completed") clearInterval(t); }, 9);`,
    `const t = setInterval(() => { if (job.state === "completed") forget(t); }, 9);`,
    `const t = setInterval(() => { if (job.state === "completed") clearInterval(other); }, 9);`,
    `const t = setInterval(() => { if (job.state === "completed") clearInterval(t); if (job.state === "failed") clearInterval(t); }, 9);`,
  ])("silent: %s", (code) => {
    expect(linesOf(inStates(code), { rules: strictRules })).toEqual([]);
  });
});

describe("who would tell", () => {
  test.for([
    `const child = spawn("x"); while (child.signalCode === null) await sleep(9);`,
    `const child = spawn("x"); while (null === child.exitCode) await sleep(9);`,
    `const child = spawn("x"); while (child.connected) await sleep(9);`,
    `const child = spawn("x"); while (!child.killed) await sleep(9);`,
    `const s = createServer().listen(0); while (s.listening) await sleep(9);`,
    `const s = connect(1); while (s.pending) await sleep(9);`,
    `const s = connect(1); while (s.readyState !== "open") await sleep(9);`,
    `const s = connect(1); while (!s.destroyed) await sleep(9);`,
    `const s = connect(1); while (!s.writableFinished) await sleep(9);`,
    `const s = connect(1); while (!s.readableEnded) await sleep(9);`,
    `const s = connect(1); while (!s.closed) await sleep(9);`,
    `const s = connect(1); while (s.bufferSize > 0) await sleep(9);`,
    `import WebSocket from "ws"; const ws = new WebSocket(u); while (ws.readyState !== WebSocket.OPEN) await sleep(9);`,
    `import { Queue } from "bull"; const job = await new Queue("q").add("x", {}); while (!(await job.isCompleted())) await sleep(9);`,
    `import { Queue } from "bullmq"; const job = await new Queue("q").add("x", {}); while (!job.finishedOn) await sleep(9);`,
    `const q = new PQueue(); while (q.size) await sleep(9);`,
    `const c = connect(1); let up = false; const onUp = () => { up = true; }; c.on("connect", onUp); while (!up) await sleep(9);`,
    `const c = connect(1); let up = false; function onUp() { up = true; } c.once("connect", onUp); while (!up) await sleep(9);`,
    `const ws = new WebSocket(u); let up = false; ws.onopen = () => { up = true; }; while (!up) await sleep(9);`,
    `let done = false; run().finally(() => { done = true; }); while (!done) await sleep(9);`,
    `let done = false; run().then(() => { done = true; }); reset(() => { done = false; }); while (!done) await sleep(9);`,
    `let result; run().then((r) => { result = r; }, () => { result = null; }); while (!result) await sleep(9);`,
    `let busy = true; run().then(() => { busy = false; }); while (busy) await sleep(9);`,
    `let up; connect(1).on("connect", () => { up = true; }); drop(() => { up = undefined; }); while (!up) await sleep(9);`,
  ])("%s", (code) => {
    expect(linesOf(HEAD + code)).toEqual([2]);
  });

  test.for([
    `const s = connect(1); while (!s.connecting) await sleep(9);`,
    `const child = spawn("x"); while (!child.connected) await sleep(9);`,
    `const child = spawn("x"); while (!child.ready) await sleep(9);`,
    `const child = spawn("x"); while (!child.toString()) await sleep(9);`,
    `import Redis from "ioredis"; const r = new Redis(); while (r.status !== "sunny") await sleep(9);`,
    `import Redis from "ioredis"; const r = new Redis(); while (r.mode !== "ready") await sleep(9);`,
    `const c = connect(1); let up = false; const onUp = () => { up = true; }; c.on("connect", onUp); onUp(); while (!up) await sleep(9);`,
    `let done = false; run().catch(() => { done = true; }); while (!done) await sleep(9);`,
    `let done = false; run(() => { done = true; }); while (!done) await sleep(9);`,
    `let done = false; done = true; while (!done) await sleep(9);`,
    `let n = 0; run().then(() => { n = 5; }); while (n !== 5) await sleep(9);`,
    `const e = emitter(); let up = false; e.on("up", () => { up = true; }); while (!up) await sleep(9);`,
    `const flags = new Int32Array(b); while (Atomics.add(flags, 0, 1) !== 1) await sleep(9);`,
    `const child = spawn("x"); while (child.exitCode === null && !(await stopped())) await sleep(9);`,
    `const child = spawn("x"); let code = child.exitCode; while (code === null) { code = child.exitCode; await sleep(9); code = guess(); }`,
  ])("nobody: %s", (code) => {
    expect(linesOf(HEAD + code)).toEqual([]);
  });
});

describe("the message names", () => {
  test.for<[string, string]>([
    [`job.state = "failed";`, `comes to "failed" (line 1)`],
    [`const FAILED = "failed"; if (job.state === FAILED) retry();`, "comes to `FAILED` (line 1)"],
    [
      `import { State } from "./state.ts"; if (job.state === State.Failed) retry();`,
      "comes to `State.Failed` (line 1)",
    ],
    [`enum State { Done = "completed", Broken = "b" }`, "comes to `Broken` (line 1)"],
    [`const STATES = ["completed", "lost"];`, `comes to "lost" (line 1)`],
    [`enum State { "completed", "lost" }`, "comes to `lost` (line 1)"],
    [`job.state = ok ? "completed" : "lost";`, `comes to "lost" (line 1)`],
    [`type State = "completed" | "lost";`, `comes to "lost" (line 1)`],
  ])("the failure in %s", ([code, part]) => {
    const [report] = lint(`${code}\n${HEAD}while (job.state !== "completed") await sleep(9);`, { rules });
    expect(report?.message).toContain(part);
  });

  test.for<[string, string]>([
    [`this.error = 1; while (!this.done) await sleep(9);`, "`this.error` (line 2)"],
    [`const job = start(); job.failed = true; while (!job.done) await sleep(9);`, "`job.failed` (line 2)"],
    [`const job = start(); job.run.failed = true; while (!job.run.done) await sleep(9);`, "`job.run.failed` (line 2)"],
  ])("the field that says so in %s", ([code, part]) => {
    const [report] = lint(HEAD + code, { rules });
    expect(report?.message).toContain(part);
  });

  test.for<[string, string]>([
    [`const child = spawn("x"); while (child.exitCode === null) await sleep(9);`, '"exit"'],
    [`const child = spawn("x"); while (child.connected) await sleep(9);`, '"disconnect"'],
    [`const s = createServer().listen(0); while (!s.listening) await sleep(9);`, '"listening"'],
    [`const s = createServer().listen(0); while (s.listening) await sleep(9);`, '"close"'],
    [`const s = connect(1); while (s.connecting) await sleep(9);`, '"connect"'],
    [`const s = connect(1); while (s.writableNeedDrain) await sleep(9);`, '"drain"'],
    [`const s = connect(1); while (!s.readableEnded) await sleep(9);`, '"end"'],
    [`import Redis from "ioredis"; const r = new Redis(); while (r.status !== "ready") await sleep(9);`, '"ready"'],
    [`const q = new PQueue(); while (q.size) await sleep(9);`, "`q.onEmpty()`"],
    [`const q = new PQueue(); while (q.pending) await sleep(9);`, "`q.onIdle()`"],
    [`const q = new PQueue(); p.add(async () => { while (q.pending) await sleep(9); });`, "`q.onIdle()`"],
    [
      `const q = new PQueue(); q.add(() => later(async () => { while (q.pending) await sleep(9); }));`,
      "itself pending in `q`",
    ],
    [`const f = new Int32Array(b); while (Atomics.load(f, 0) !== 1) await sleep(9);`, "`Atomics.waitAsync`"],
    [
      `let done = false; run().then(() => { done = true; }); while (!done) await sleep(9);`,
      "only `run()` sets it (line 2)",
    ],
  ])("who tells in %s", ([code, part]) => {
    const [report] = lint(HEAD + code, { rules });
    expect(report?.message).toContain(part);
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
