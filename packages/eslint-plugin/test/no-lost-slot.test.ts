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

describe("it is a pool where something that grows is compared with a limit", () => {
  /** What is counted, when another one may be made, how that is counted; the check stands in line 3. */
  const counting = (count: string, limit: string, more: string, rest = ""): string =>
    `const idle = []; const queue = []; ${count}
async function get() { const one = idle.pop();
if (one?.open) return one;
if (${limit}) { ${more}; return create(); } return new Promise((resolve) => queue.push(resolve)); }
function put(one) { if (queue.length > 0) queue.shift()(one); else idle.push(one); } ${rest}`;

  test.for<[string, string]>([
    ["a number", counting("let made = 0;", "made < MAX", "made++")],
    ["a number that is equal to the limit", counting("let made = 0;", "made !== MAX", "++made")],
    ["a number that is loosely equal to the limit", counting("let made = 0;", "!(made == MAX)", "made++")],
    ["the limit first", counting("let made = 0;", "MAX > made", "made += 1")],
    ["a limit that is written out", counting("let made = 0;", "made < 3", "made += 1")],
    ["a limit of an object", counting("let made = 0;", "made <= options.max", "made++")],
    ["all of them in a list", counting("const all = [];", "all.length < MAX", "all.push(next())")],
    ["all of them in a set", counting("const all = new Set();", "all.size < MAX", "all.add(next())")],
    ["all of them in a map", counting("const all = new Map();", "all.size < MAX", "all.set(next(), 1)")],
    [
      "in a function that makes one, and lowered again elsewhere",
      `const idle = []; const queue = []; let made = 0; function grow() { if (made < MAX) { made += 1; return create(); } }
async function get() { const one = idle.pop();
if (one?.open) return one;
return grow() ?? new Promise((resolve) => queue.push(resolve)); }
function put(one) { idle.push(one); } function reserve() { made += 1; }`,
    ],
    [
      "where the limit is asked, and counted where one is made",
      counting("let made = 0; function add() { made++; return create(); }", "made < MAX", "return add()"),
    ],
  ])("%s", ([, code]) => {
    expect(linesOf(code)).toEqual([3]);
  });

  test.for<[string, string]>([
    [
      "the number of those that are idle",
      counting("", "true", "log()").replace("else idle.push(one)", "else if (idle.length < MAX) idle.push(one)"),
    ],
    ["a number of one turn", counting("", "tries < MAX", "tries++").replace("get() {", "get() { let tries = 0;")],
    ["a number that never grows", counting("let weight = load();", "weight < MAX", "note()")],
    ["a number that is only set", counting("let made = 0;", "made < MAX", "made = next()")],
    ["a number that is added to another", counting("let made = 0; let sum = 0;", "made < MAX", "sum += made")],
    ["a number that only falls", counting("let left = 9;", "left < LOW", "left--")],
    ["a number that is compared with zero", counting("let asked = 0;", "asked >= 0", "asked++")],
    ["a text", counting("let log = '';", "log !== 'full'", "log += 'x'")],
    ["a remainder", counting("let turn = 0;", "turn % MAX", "turn++")],
    ["a shift", counting("let mask = 1;", "mask << MAX", "mask++")],
    ["a set that never grows", counting("const all = new Set(old);", "all.size < MAX", "all.delete(old)")],
    [
      "a number that only a warning looks at",
      counting("let made = 0;", "ready()", "made++", "function watch() { if (made > MAX) warn('many'); }"),
    ],
    ["the counter of a loop", counting("let i;", "ready()", "note()", "for (i = 0; i < MAX; i++) warm(i);")],
    [
      "a number of those that are lent",
      counting("let lent = 0;", "lent < MAX", "lent++").replace("return one;", "{ lent++; return one; }"),
    ],
    [
      "the number of another object",
      pool(`const item = this.idle.pop(); if (item?.open) return item;`).replaceAll("this.total", "this.stats.total"),
    ],
  ])("but not where it is %s", ([, code]) => {
    expect(linesOf(code)).toEqual([]);
  });
});

describe("it is a pool where all are made at the start, and who finds none waits", () => {
  const started = (start: string, rest = ""): string =>
    `${start}\nasync function get() { for (;;) { const one = ready.pop();\nif (one?.well) return one;\nawait sleep(9); } }\nfunction put(one) { ready.push(one); } ${rest}`;

  test.for<[string, string]>([
    ["a set of two", "const ready = new Heap([a, b]);"],
    ["a list and its order", "const ready = new Heap(byAge, [a, b]);"],
    ["a list with a type", "const ready = [a, b] as Item[];"],
    ["made from names", "const ready = names.map(open);"],
    ["made from groups", "const ready = groups.flatMap((group) => group.open());"],
    ["filled", "const ready = Array(3).fill(item);"],
    ["made of two", "const ready = Array.of(a, b);"],
    ["put there later", "let ready; ready = [a, b];"],
    ["put there by a loop of the file", "const ready = []; for (const name of names) ready.push(open(name));"],
    ["put there until there are enough", "const ready = []; while (ready.length < 3) ready.push(open());"],
    ["put there, and then the next", "const ready = []; do { ready.push(open()); } while (ready.length < 3);"],
  ])("%s", ([, start]) => {
    expect(linesOf(started(start))).toEqual([3]);
  });

  test.for<[string, string]>([
    ["an empty list in a heap", started("const ready = new Heap([]);")],
    ["what is left of a list", started("const ready = list.filter(Boolean);")],
    ["what a profile says", started("const ready = settings.profile();")],
    ["what is offered", started("const ready = settings.offer();")],
    ["what a function gives", started("const ready = map(list);")],
    ["what another one holds", started("const first = [a, b]; const ready = load(first);")],
    ["put there once", started("const ready = [];", "ready.push(create());")],
    [
      "put there by who has more",
      started("const ready = [];", "function add(list) { for (const one of list) ready.push(one); }"),
    ],
    [
      "put there when some arrive",
      started(
        "const ready = [];",
        "class A { constructor(s) { s.on('x', (list) => { for (const one of list) ready.push(one); }); } }",
      ),
    ],
    ["who finds none goes without", started("const ready = [a, b];").replace("await sleep(9);", "return null;")],
    [
      "who finds none gets an error",
      started("const ready = [a, b];").replace("await sleep(9);", "throw new Error('none');"),
    ],
    [
      "only who takes it puts it back",
      `const ready = [a, b]; async function get() { const one = ready.pop(); if (one.well) await use(one); ready.push(one); }`,
    ],
  ])("but not %s", ([, code]) => {
    expect(linesOf(code)).toEqual([]);
  });

  test("in a class", () => {
    const code = (member: string): string =>
      `class A { ${member}\nasync get() { for (;;) { const one = this.ready.pop();\nif (one?.well) return one;\nawait sleep(9); } }\nput(one) { this.ready.push(one); } }`;
    expect(linesOf(code("ready = [a(), b()];"))).toEqual([3]);
    expect(linesOf(code("constructor() { this.ready = [a(), b()]; }"))).toEqual([3]);
    expect(linesOf(code("constructor(names) { for (const name of names) this.ready.push(open(name)); }"))).toEqual([3]);
    expect(linesOf(code("ready = []; kinds = [a(), b()];"))).toEqual([]);
    expect(linesOf(code("ready; kinds = this.ready;"))).toEqual([]);
    expect(linesOf(code("ready = []; constructor() { this.ready.push(open()); }"))).toEqual([]);
    expect(
      linesOf(code("ready = []; addAll(names) { for (const name of names) this.ready.push(open(name)); }")),
    ).toEqual([]);
  });

  test("and who waits gets a promise", () => {
    const code = (none: string): string =>
      `const ready = [a, b];\nfunction get() { const one = ready.pop();\nif (one?.well) return Promise.resolve(one);\n${none} }\nfunction put(one) { ready.push(one); }`;
    expect(linesOf(code("return new Promise((resolve) => queue.push(resolve));"))).toEqual([3]);
    expect(linesOf(code("return Promise.reject(reason);"))).toEqual([]);
  });
});

describe("it is a pool where others put back what they had", () => {
  const returned = (put: string): string => `const idle = []; let made = 0;
async function get() { const one = idle.pop();
if (one?.open) return one;
if (made < MAX) { made += 1; return create(); } return new Promise((resolve) => queue.push(resolve)); }
${put}`;

  test.for<[string, string, number[]]>([
    ["as it is", "function put(one) { idle.push(one); }", [3]],
    ["as a part of a lease", "function put({ one }) { idle.push(one); }", [3]],
    ["as a copy", "function put(one) { idle.push({ ...one, at: 0 }); }", [3]],
    ["as another of the same name", "function put(one) { idle.push({ id: one.id, open: true }); }", [3]],
    ["not: nobody does", "", []],
    ["not: only new ones", "function warm() { const fresh = create(); idle.push(fresh); }", []],
    ["not: only by the file", "const first = create(); idle.push(first);", []],
    ["not: what belongs to it", "function visit(node) { idle.push(node.left); }", []],
    ["not: what is asked for", "function ask(url) { idle.push({ url }); }", []],
    ["not: what is preset", "function warm() { idle.push({ ...preset, id: preset.id }); }", []],
    ["not: to another list", "function put(one) { spare.push(one); }", []],
  ])("%s", ([, put, lines]) => {
    expect(linesOf(returned(put))).toEqual(lines);
  });

  test("not where who takes one puts another there, or what it makes itself", () => {
    const code = returned("").replace("made += 1; return create();", "made += 1; HERE return create();");
    expect(linesOf(code.replace("HERE", "const fresh = create(); idle.push(fresh);"))).toEqual([]);
    expect(linesOf(code.replace("HERE", "create((fresh) => { idle.push(fresh); });"))).toEqual([]);
  });
});

describe("what is done after a check", () => {
  test.for<[string, string]>([
    ["a growing number", `const item = this.idle.pop(); if (item) {\nif (item.open) return item;\nthis.misses++; }`],
    ["a growing sum", `const item = this.idle.pop(); if (item) {\nif (item.open) return item;\nthis.misses += 1; }`],
    ["a pause", `const item = this.idle.pop(); if (item) {\nif (item.open) return item;\nawait sleep(100); }`],
    [
      "a call whose result is kept",
      `const item = this.idle.pop(); if (item) {\nif (item.open) return item;\nconst at = this.stats?.now(); }`,
    ],
    [
      "a question",
      `const item = this.idle.pop(); if (item) {\nif (item.open) return item;\nif (!this.full()) log(); }`,
    ],
    [
      "a function for later",
      `const item = this.idle.pop(); if (item) {\nif (item.open) return item;\nconst later = () => { this.total -= 1; }; }`,
    ],
    [
      "the same again",
      `const item = this.idle.pop(); if (item) {\nif (item.open) return item;\nreturn this.acquire(); }`,
    ],
    [
      "a wait",
      `const item = this.idle.pop(); if (item) {\nif (item.open) return item;\nreturn await new Promise((resolve) => { this.waiting.push(resolve); }); }`,
    ],
    [
      "an error",
      `const item = this.idle.pop(); if (item) {\nif (item.open) return item;\nthrow new Error(\`\${item.id}\`); }`,
    ],
    [
      "an error after what threw",
      `const item = this.idle.pop(); if (item) { try {\nawait item.ping();\nreturn item; } catch { throw new Error("dead"); } }`,
    ],
    [
      "the next one after what threw",
      `while (this.idle.length > 0) { const item = this.idle.pop(); try {\nawait item.ping();\nreturn item; } catch { continue; } }`,
    ],
    [
      "the next one",
      `let item = this.idle.pop(); while (item) {\nif (item.open) return item;\nitem = this.idle.pop(); }`,
    ],
    [
      "the next one, if there is one",
      `let item; do { item = this.idle.pop();\nif (item?.open) return item;\n} while (item);`,
    ],
    ["nothing, by its number in the list", `const item = this.idle.splice(0, 1)[0];\nif (item?.open) return item;`],
    ["nothing, with a default", `const item = this.idle.pop() ?? null;\nif (item?.open) return item;`],
    ["nothing, where another comes first", `const item = this.next ?? this.idle.pop();\nif (item?.open) return item;`],
    [
      "nothing, compared with another",
      `const item = this.idle.pop(); if (item) {\nif (item !== this.broken) return item; }`,
    ],
    [
      "nothing, and the others are wrapped",
      `const item = this.idle.pop(); if (item) {\nif (item.open) return this.wraps ? wrap(item) : item; }`,
    ],
    [
      "nothing, and the others are kept in a record",
      `const item = this.idle.pop(); if (!item) return undefined;\nif (!item.open) return undefined;\nconst lease = { item }; return lease;`,
    ],
    [
      "a record of the state",
      `const item = this.idle.pop(); if (item) { const { state } = item; this.last = state;\nif (item.open) return item; }`,
    ],
  ])("is not enough: %s", ([, code]) => {
    expect(linesOf(pool(code))).toEqual([5]);
  });

  test.for<[string, string]>([
    [
      "a call in the background",
      `const item = this.idle.pop(); if (item) { if (item.open) return item; void this.refill(); }`,
    ],
    [
      "a call that is awaited",
      `const item = this.idle.pop(); if (item) { if (item.open) return item; await this.refill(); }`,
    ],
    [
      "a call of what may be absent",
      `const item = this.idle.pop(); if (item) { if (item.open) return item; this.onLost?.(); }`,
    ],
    [
      "an awaited call of what may be absent",
      `const item = this.idle.pop(); if (item) { if (item.open) return item; await this.onLost?.(); }`,
    ],
    ["a lower sum", `const item = this.idle.pop(); if (item) { if (item.open) return item; this.total -= 1; }`],
    [
      "a new number",
      `const item = this.idle.pop(); if (item) { if (item.open) return item; this.total = this.count(); }`,
    ],
    [
      "the end of it, whatever happens",
      `while (this.idle.length > 0) { const item = this.idle.pop(); try { await item.close(); } catch {} }`,
    ],
    [
      "the end of it, tried again",
      `const item = this.idle.pop(); if (item) for (let i = 0; i < 3; i += 1) { try { await item.close(); } catch {} }`,
    ],
    [
      "the end of it, which is noted",
      `const item = this.idle.pop(); if (item) { try { await item.close(); item.closed = true; } catch {} }`,
    ],
    ["nothing where nobody gets it", `const item = this.idle.pop(); if (item?.old) console.log("one fewer");`],
    ["nothing where it is there", `const item = this.idle.pop(); if (undefined !== item) return item;`],
    [
      "a callback that may have it",
      `const item = this.idle.pop(); if (item) { onIdle(() => item.close()); if (item.open) return item; }`,
    ],
    ["nothing where only its count is taken", `const gone = this.idle.splice(0, 1).length; if (gone > 1) return gone;`],
  ])("is enough: %s", ([, code]) => {
    expect(linesOf(pool(code))).toEqual([]);
  });

  test.for<[string, string, number[]]>([
    ["a new one", "return new Item();", []],
    ["a new one that is awaited", "return await create();", []],
    ["one in reserve", "return spare;", []],
    ["a new one that is counted", "return grow();", [3]],
    ["the next one", "return get();", [3]],
    ["nothing", "return;", [3]],
    ["null", "return null;", [3]],
    ["undefined", "return undefined;", [3]],
    ["a wait", "return new Promise((resolve) => queue.push(resolve));", [3]],
  ])("who gets %s instead", ([, instead, lines]) => {
    const code = `const idle = []; const queue = []; let made = 0; let spare;
async function get() { const one = idle.pop(); if (one) {
if (one.open) return one;
${instead} } return grow(); }
function grow() { if (made < MAX) { made += 1; return create(); } return new Promise((resolve) => queue.push(resolve)); }
function put(one) { idle.push(one); }`;
    expect(linesOf(code)).toEqual(lines);
  });
});

describe("an item of a set or a map", () => {
  const deleting = (start: string, body: string): string =>
    `const idle = ${start}; async function get() { for (;;) {\n${body}\nawait sleep(9); } }\nfunction put(one) { idle.add(one); }`;
  const SET = "new Set([a, b])";
  const MAP = "new Map(names.map((name) => [name, open(name)]))";

  test.for<[string, string, number[]]>([
    ["taken by a loop", deleting(SET, "for (const one of idle) { idle.delete(one);\nif (one.well) return one; }"), [3]],
    [
      "taken by a loop over its values",
      deleting(SET, "for (const one of idle.values()) { idle.delete(one);\nif (one.well) return one; }"),
      [3],
    ],
    [
      "taken with its name",
      deleting(MAP, "for (const [name, one] of idle.entries()) { idle.delete(name);\nif (one.well) return one; }"),
      [3],
    ],
    [
      "whose name is not needed",
      deleting(SET, "for (const [, one] of idle.entries()) { idle.delete(one);\nif (one.well) return one; }"),
      [3],
    ],
    [
      "checked before it is taken",
      deleting(SET, "for (const one of idle) { if (!one.well) continue; idle.delete(one); use(one); }"),
      [],
    ],
    [
      "only looked at",
      deleting(SET, "for (const one of idle) { idle.touch(one); if (one.well) return one; } idle.delete(first);"),
      [],
    ],
    [
      "of a list of those that are gone",
      deleting(SET, "for (const one of gone) { idle.delete(one); if (one.open) await one.close(); }"),
      [],
    ],
    [
      "other than the one that is looked at",
      deleting(SET, "const old = oldest(); for (const one of idle) { idle.delete(old); if (one.well) return one; }"),
      [],
    ],
  ])("%s", ([, code, lines]) => {
    expect(linesOf(code)).toEqual(lines);
  });
});

describe("of a queue of waiters", () => {
  const QUEUE = `return new Promise((resolve, reject) => { queue.push(resolve);\nsetTimeout(() => reject(new Error()), ms); });`;
  const NEXT = `const one = queue.shift(); if (one) one(); else permits += 1;`;

  test.for<[string, string, string]>([
    ["a lock", QUEUE, `const one = queue.shift(); if (one) one(); else locked = false;`],
    ["a number that is lowered", QUEUE, `const one = queue.shift(); if (one) one(); else active -= 1;`],
    ["an item that is put back", QUEUE, `const one = queue.shift(); if (one) one(); else idle.push(it);`],
    ["a timer that resolves", QUEUE.replace("reject(new Error())", "resolve(false)"), NEXT],
    [
      "a function with a name",
      QUEUE.replace("setTimeout(() =>", "const late = () =>").replace(", ms)", ";\nsetTimeout(late, ms)"),
      NEXT,
    ],
    [
      "a signal that listens once",
      QUEUE.replace(/setTimeout(.*), ms/u, 'signal.once("abort", $1').replace('", (', '", '),
      NEXT,
    ],
    ["an emitter", QUEUE.replace(/setTimeout\((.*), ms/u, 'signal.on("abort", $1'), NEXT],
    [
      "a call that has nothing to do with the queue",
      QUEUE.replace("=> reject", "=> { count(); reject")
        .replace("), ms", "); }, ms")
        .replace("return", "const count = () => { late += 1; }; return"),
      NEXT,
    ],
    [
      "an entry of which the timer knows nothing",
      `return new Promise((resolve, reject) => { const entry = { ...extra, resolve }; queue.push(entry);\nsetTimeout(() => reject(new Error()), ms); });`,
      `const one = queue.shift(); if (one) one.resolve(); else permits += 1;`,
    ],
  ])("%s is reported", ([, wait, code]) => {
    expect(linesOf(semaphore(wait, code)).map((line) => line - (wait.includes("late, ms") ? 1 : 0))).toEqual([3]);
  });

  test.for<[string, string, string]>([
    [
      "whoever releases asks",
      QUEUE.replace("resolve);", "{ resolve });"),
      `const one = queue.shift(); if (!one) { permits += 1; return; } if (one.done) release(); else one.resolve();`,
    ],
    ["it is given to others", QUEUE, `const one = queue.shift(); permits += 1; return one;`],
    ["nothing is kept", QUEUE, `const one = queue.shift(); last = one; if (one) one();`],
    ["it is put at the end", QUEUE, `const one = queue.shift(); if (one) { one(); queue.push(one); }`],
    ["it is only noted", QUEUE, `const one = queue.shift(); if (one) one(); history.pushState(one); tasks.reset();`],
    ["others count later", QUEUE, `const one = queue.shift(); if (one) one(); events.on("x", () => { seen += 1; });`],
    ["the wait is no promise", QUEUE.replace("Promise", "Task"), NEXT],
    ["what waits is called back", QUEUE.replace("new Promise", "subscribe"), NEXT],
    ["something else is queued", QUEUE.replace("push(resolve)", "push({ ms })"), NEXT],
    ["the timer only says so", QUEUE.replace("reject(new Error())", "console.warn(ms)"), NEXT],
    ["it comes with a message", QUEUE.replace(/setTimeout\((.*), ms/u, 'signal.on("message", $1'), NEXT],
    ["nobody listens any more", QUEUE.replace(/setTimeout\((.*), ms/u, 'signal.off("abort", $1'), NEXT],
    ["only one listens", QUEUE.replace(/setTimeout\((.*), ms/u, 'signal.onceOnly("abort", $1'), NEXT],
    ["all are awaited", `return Promise.all([new Promise((resolve) => queue.push(resolve)), timeout(ms)]);`, NEXT],
    [
      "a helper takes it out",
      QUEUE.replace(
        "queue.push(resolve);",
        "queue.push(resolve); const leave = () => queue.splice(queue.indexOf(resolve), 1);",
      ).replace("=> reject(new Error())", "=> { leave(); reject(new Error()); }"),
      NEXT,
    ],
    [
      "too many are let go by who waits",
      QUEUE.replace(
        "queue.push(resolve);",
        "queue.push(resolve); if (queue.length > 9) { const old = queue.shift(); dropped += 1; old(); }",
      ),
      `const one = queue.shift(); if (one) one();`,
    ],
  ])("nothing is reported where %s", ([, wait, code]) => {
    expect(linesOf(semaphore(wait, code))).toEqual([]);
  });

  test.for<[string, string, number[]]>([
    ["a log", `if (one.done) { console.warn("gone"); return; }`, [5]],
    ["a check that counts", `if (isGone(one, turn++)) return;`, [5]],
    ["a call before", `if (one.done) return;`, [5]],
    ["a free permit", `if (one.done) { permits++; return; }`, []],
    ["a free lock", `if (one.done) { locked = false; return; }`, []],
    ["a callback that counts", `if (one.done) { const later = () => { permits += 1; }; return; }`, [5]],
  ])("a waiter that has gone, with %s", ([name, check, lines]) => {
    const first = name === "a call before" ? "tell(permits);" : "";
    const code = `${first} const one = queue.shift(); if (!one) { permits += 1; return; }\n${check}\none.resolve();`;
    expect(linesOf(semaphore(WAIT, code))).toEqual(lines);
  });
});

test("the message names the item, the pool and where others put it back", () => {
  const [report] = lint(pool(`const item = this.idle.pop();\nif (item?.open) return item;`), { rules });
  expect(report?.message).toBe(
    "`item` was taken out of `this.idle` (line 4). An item that does not pass this check is dropped: it is not put back as in line 2, and no other one takes its place. Each time the pool has one fewer, until all who ask for one wait for ever. Put it back, or destroy it and count it out, so that another one can be made.",
  );
});
