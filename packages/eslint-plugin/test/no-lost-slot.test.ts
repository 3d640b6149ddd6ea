import { describe, expect, test } from "vitest";
import { lint } from "./lint.ts";
import type { LintOptions } from "./lint.ts";

const rules = { "tailrace/no-lost-slot": "error" } as const;
const linesOf = (code: string, options: LintOptions = {}): number[] =>
  lint(code, { rules, ...options }).map(({ line }) => line);

/** A pool with an account, and the code that tries the idle ones; that begins in line 4. */
const pool = (code: string, rest = ""): string => `class Pool { idle = []; waiting = []; total = 0; max = 4; ${rest}
  release(item) { if (this.waiting.length > 0) this.waiting.shift()(item); else this.idle.push(item); }
  async acquire() {
${code}
    if (this.total < this.max) { this.total += 1; return create(); }
    return new Promise((resolve) => { this.waiting.push(resolve); });
  } }`;

describe("an item that is dropped after a check is reported", () => {
  test.for<[string, string]>([
    [
      "a member",
      `while (this.idle.length > 0) { const item = this.idle.pop();\nif (item.expired) continue;\nreturn item; }`,
    ],
    ["a method", `let item; while ((item = this.idle.shift())) {\nif (await item.isAlive()) return item; }`],
    [
      "a function",
      `for (;;) { const item = this.idle.pop(); if (!item) break;\nif (await validate(item)) return item; }`,
    ],
    [
      "with a log",
      `const item = this.idle.pop(); if (item) {\nif (!item.open) { console.warn("closed", item.id); } else return item; }`,
    ],
    [
      "an error instead",
      `const item = this.idle.pop(); if (item) {\nif (item.broken) { throw new Error("broken " + item.id); }\nreturn item; }`,
    ],
    [
      "nothing instead",
      `const item = this.idle.pop(); if (item) {\nif (item.broken) { return undefined; }\nreturn item; }`,
    ],
    ["together with its presence", `const item = this.idle.pop();\nif (item && item.open) return item;`],
    ["by an optional chain", `const item = this.idle.pop();\nif (item?.open) return item;`],
    [
      "in a variable",
      `const item = this.idle.pop(); const open = item && (await item.ping());\nif (open) return item;`,
    ],
    [
      "by the first of a list",
      `const [item] = this.idle.splice(0, 1);\nif (item !== undefined && item.open) return item;`,
    ],
    [
      "with a use before",
      `const item = this.idle.pop(); if (item) { item.usedAt = now();\nif (item.open) return item; }`,
    ],
    [
      "a check that throws",
      `const item = this.idle.pop(); if (item) { try {\nawait item.ping();\nreturn item; } catch {} }`,
    ],
    [
      "a check that is called and throws",
      `const item = this.idle.pop(); if (item) { try {\nawait this.check(item);\nreturn item; } catch (error) { console.error(error); } }`,
    ],
    [
      "lent to a callback",
      `const item = this.idle.pop(); if (item) {\nif (item.open) return { item, done: () => {} }; }`,
    ],
  ])("%s", ([, code]) => {
    expect(linesOf(pool(code))).toEqual([5]);
  });

  test("where its use fails, and nobody puts it back", () => {
    const code = (failed: string): string =>
      `class A { idle = []; live = 0; max = 2; async run(job) { let item = this.idle.pop();\nif (!item) { if (this.live >= this.max) throw new Error(); this.live += 1; item = create(); }\ntry {\nawait job(item);\nthis.idle.push(item); } catch (error) { ${failed} } } }`;
    expect(linesOf(code("console.error(error);"))).toEqual([4]);
    expect(linesOf(code("this.live -= 1; throw error;"))).toEqual([]);
    expect(linesOf(code("item.close();"))).toEqual([]);
  });

  test("where all are started by a loop that counts", () => {
    const code = `class A { #ready = []; #waiters = [];\nasync start(n) { for (let i = 0; i < n; i++) this.#ready.push(await spawn(i)); }\nasync get() { for (;;) { const one = this.#ready.shift(); if (!one) { await new Promise((r) => this.#waiters.push(r)); continue; }\nif (await one.healthy()) return one;\n} } put(one) { this.#ready.push(one); this.#waiters.shift()?.(); } }`;
    expect(linesOf(code)).toEqual([4]);
  });

  test("in closures, CommonJS and plain JavaScript", () => {
    const code = `module.exports = function (max) { const free = []; const queue = []; let made = 0;
  function get(cb) { const one = free.shift();
    if (one && one.ready) return cb(null, one);
    if (made < max) { made++; return cb(null, create()); }
    queue.push(cb); }
  function put(one) { const next = queue.shift(); if (next) next(null, one); else free.push(one); }
  return { get, put }; };`;
    expect(linesOf(code, { language: "commonjs" })).toEqual([3]);
    expect(linesOf(code.replace("module.exports =", "export default"), { language: "espree" })).toEqual([3]);
  });

  test("where all are made at the start, and who finds none waits", () => {
    const code = (items: string): string =>
      `const ready = ${items};\nasync function get() { for (;;) { const one = ready.pop();\nif (one && one.well) return one;\nawait sleep(9); } }\nfunction put(one) { ready.push(one); }`;
    expect(linesOf(code("[a, b]"))).toEqual([3]);
    expect(linesOf(code("Array.from({ length: 3 }, make)"))).toEqual([3]);
    expect(linesOf(code("[]"))).toEqual([]);
  });
});

describe("silent where something is done with it", () => {
  test.for<[string, string]>([
    ["it is ended", `const item = this.idle.pop(); if (item) { if (item.open) return item; await item.close(); }`],
    [
      "it is ended by a helper",
      `const item = this.idle.pop(); if (item) { if (!item.open) { this.destroy(item); } else return item; }`,
    ],
    [
      "it is ended where there is one",
      `const item = this.idle.pop(); if (item?.open) return item; if (item) this.destroy(item);`,
    ],
    [
      "it is ended by an optional chain",
      `const item = this.idle.pop(); if (item && item.open) return item; item?.end();`,
    ],
    [
      "it is ended in the background",
      `const item = this.idle.pop(); if (item) { if (item.open) return item; void item.close().catch(() => {}); }`,
    ],
    ["it is counted out", `const item = this.idle.pop(); if (item) { if (item.open) return item; this.total--; }`],
    [
      "it is put back",
      `const item = this.idle.pop(); if (item) { if (item.open) return item; this.idle.unshift(item); }`,
    ],
    [
      "it is kept elsewhere",
      `const item = this.idle.pop(); if (item) { if (item.open) return item; this.broken = item; }`,
    ],
    ["a refill is started", `const item = this.idle.pop(); if (item) { if (item.open) return item; this.refill(); }`],
    ["all go to a callback", `const item = this.idle.pop(); if (item) return use(item, () => this.release(item));`],
    ["it is not checked", `const item = this.idle.pop(); if (item) return item;`],
    [
      "it is checked before it is taken",
      `const item = this.idle[0]; if (item && item.open) { this.idle.shift(); return item; }`,
    ],
    [
      "its error is the caller's",
      `const item = this.idle.pop(); if (item) { try { await item.ping(); return item; } catch (error) { this.total -= 1; throw error; } }`,
    ],
  ])("%s", ([, code]) => {
    expect(linesOf(pool(code))).toEqual([]);
  });

  test.for<[string, string]>([
    [
      "without a limit",
      pool(`const item = this.idle.pop();\nif (item?.open) return item;`).replace(
        "this.total < this.max",
        "this.ready",
      ),
    ],
    [
      "a queue of jobs",
      `class Jobs { jobs = []; add(job) { this.jobs.push(job); } next() { for (;;) { const job = this.jobs.shift(); if (!job) return; if (job.cancelled) continue; return job; } } }`,
    ],
    [
      "what only one function uses",
      `const open = [start]; let n = 0; async function walk() { while (open.length > 0) { const one = open.pop(); if (one.seen) continue; if (n < MAX) n += 1; await visit(one); open.push(...one.next); } }`,
    ],
  ])("%s", ([, code]) => {
    expect(linesOf(code)).toEqual([]);
  });
});

/** A semaphore: how it waits (in line 2), and how it releases (from line 3 on). */
const semaphore = (wait: string, release: string): string => `let permits = 2; const queue = [];
function acquire(ms, signal) { if (permits > 0) { permits -= 1; return Promise.resolve(); } ${wait} }
function release() {
${release}
}`;
const WAIT = `return new Promise((resolve, reject) => { const entry = { resolve, reject, done: false }; queue.push(entry); onAbort(entry); });`;

describe("a waiter that has gone and keeps its slot is reported", () => {
  test.for<[string, string, number]>([
    [
      "with a return",
      `const one = queue.shift(); if (!one) { permits += 1; return; }\nif (one.done) return;\none.resolve();`,
      5,
    ],
    [
      "by a condition alone",
      `const one = queue.shift(); if (one) {\nif (!one.done) one.resolve(); } else permits += 1;`,
      5,
    ],
    [
      "by a call",
      `const one = queue.shift(); if (one) {\nif (isWaiting(one)) { one.resolve(); } } else { permits++; }`,
      5,
    ],
  ])("%s", ([, code, line]) => {
    expect(linesOf(semaphore(WAIT, code))).toEqual([line]);
  });

  test.for<[string, string]>([
    [
      "a timer",
      `return new Promise((resolve, reject) => { queue.push({ resolve });\nsetTimeout(() => reject(new Error("late")), ms); });`,
    ],
    [
      "a timer that calls reject itself",
      `return new Promise((resolve, reject) => { queue.push(resolve);\nsetTimeout(reject, ms, new Error("late")); });`,
    ],
    [
      "a signal",
      `return new Promise((resolve, reject) => { queue.push(resolve);\nsignal.addEventListener("abort", () => reject(signal.reason)); });`,
    ],
    ["a race", `\nreturn Promise.race([new Promise((resolve) => queue.push(resolve)), timeout(ms)]);`],
  ])("%s that leaves it in the queue", ([, wait]) => {
    expect(
      linesOf(
        semaphore(wait, `const one = queue.shift(); if (one) (one.resolve ?? one)(); else permits += 1;`).replace(
          "(one.resolve ?? one)()",
          wait.includes("{ resolve }") ? "one.resolve()" : "one()",
        ),
      ),
    ).toEqual([3]);
  });

  test.for<[string, string, string]>([
    [
      "the next one gets it",
      WAIT,
      `for (let one = queue.shift(); one; one = queue.shift()) { if (one.done) continue; one.resolve(); return; } permits += 1;`,
    ],
    [
      "the next one gets it by a call",
      WAIT,
      `const one = queue.shift(); if (!one) { permits += 1; return; } if (one.done) release(); else one.resolve();`,
    ],
    [
      "it is counted first",
      WAIT,
      `permits += 1; const one = queue.shift(); if (one && !one.done) { permits -= 1; one.resolve(); }`,
    ],
    ["it is a mere notification", WAIT, `const one = queue.shift(); if (one && !one.done) one.resolve();`],
    [
      "it leaves the queue",
      `return new Promise((resolve, reject) => { queue.push(resolve); setTimeout(() => { queue.splice(queue.indexOf(resolve), 1); reject(new Error()); }, ms); });`,
      `const one = queue.shift(); if (one) one(); else permits += 1;`,
    ],
    [
      "it marks itself",
      `return new Promise((resolve, reject) => { const entry = { resolve, late: false }; queue.push(entry); setTimeout(() => { entry.late = true; reject(new Error()); }, ms); });`,
      `const one = queue.shift(); if (one) one.resolve(); else permits += 1;`,
    ],
    [
      "it passes it on itself",
      `return new Promise((resolve, reject) => { let late = false; queue.push(() => { if (late) release(); else resolve(); }); setTimeout(() => { late = true; reject(new Error()); }, ms); });`,
      `const one = queue.shift(); if (one) one(); else permits += 1;`,
    ],
  ])("but not where %s", ([, wait, code]) => {
    expect(linesOf(semaphore(wait, code))).toEqual([]);
  });
});

test("the message names the item, the pool and where others put it back", () => {
  const [report] = lint(pool(`const item = this.idle.pop();\nif (item?.open) return item;`), { rules });
  expect(report?.message).toBe(
    "`item` was taken out of `this.idle` (line 4). An item that does not pass this check is dropped: it is not put back as in line 2, and no other one takes its place. Each time the pool has one fewer, until all who ask for one wait for ever. Put it back, or destroy it and count it out, so that another one can be made.",
  );
});
