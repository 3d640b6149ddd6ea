import { describe, expect, test } from "vitest";
import { lint } from "./lint.ts";
import type { LintOptions, Report } from "./lint.ts";

const check = (code: string, options: LintOptions = {}): Report[] =>
  lint(code, { rules: { "tailrace/always-release": "error" }, ...options });
const strictly = (code: string): Report[] =>
  check(code, { rules: { "tailrace/always-release": ["error", { strict: true }] } });
const lines = (code: string, options?: LintOptions): number[] => check(code, options).map(({ line }) => line);

const SETUP =
  `import { Mutex, Semaphore } from "async-mutex"; import { Sema } from "async-sema"; import genericPool from "generic-pool"; ` +
  `import pg from "pg"; import mysql from "mysql2/promise"; import knexFactory from "knex"; import fs from "node:fs/promises"; ` +
  `const mutex = new Mutex(), semaphore = new Semaphore(2), sema = new Sema(2), db = new pg.Pool(), my = mysql.createPool({}); ` +
  `const knex = knexFactory({}), pool = genericPool.createPool(factory); `;

describe("reports what is not given back", () => {
  test.for<[string, string]>([
    [
      "when a throw leaves",
      "async function f() {\nconst c = await pool.acquire(); if (x) throw new Error(); pool.release(c); }",
    ],
    ["when a return leaves", "async function f() {\nconst c = await db.connect(); if (x) return; c.release(); }"],
    [
      "when a return leaves a nested block",
      "async function f() { for (const x of xs) { if (x) {\nconst c = await db.connect(); if (y) return x; c.release(); } } }",
    ],
    [
      "when a labelled continue leaves",
      "async function f() { a: for (;;) { for (;;) {\nconst r = await mutex.acquire(); if (x) continue a; r(); } } }",
    ],
    [
      "when a break leaves a switch in a loop",
      "async function f() { while (go) {\nconst r = await mutex.acquire(); switch (x) { case 1: r(); break; case 2: break; default: r(); } } }",
    ],
    [
      "when its own query fails",
      "async function f() {\nconst c = await db.connect(); await c.query('x'); c.release(); }",
    ],
    [
      "when a query is looped over",
      "async function f() {\nconst c = await db.connect(); for await (const row of c.query(s)) use(row); c.release(); }",
    ],
    [
      "when a query in Promise.all fails",
      "async function f() {\nconst c = await db.connect(); await Promise.all(xs.map((x) => c.query(x))); c.release(); }",
    ],
    [
      "when a catch swallows",
      "async function f() { try {\nconst r = await mutex.acquire(); await g(); r(); } catch (e) { log(e); } }",
    ],
    [
      "when a catch returns",
      "async function f() {\nconst c = await my.getConnection(); try { await c.query('x'); c.release(); } catch { return null; } }",
    ],
    [
      "when a catch throws on",
      "async function f() {\nconst c = await my.getConnection(); try { await c.query('x'); } catch (e) { throw new Error('x', { cause: e }); } c.release(); }",
    ],
    [
      "in a method",
      "class A { #pool = new pg.Pool(); async f() {\nconst c = await this.#pool.connect(); if (x) return 1; c.release(); } }",
    ],
    ["in an arrow function", "const f = async () => {\nconst c = await db.connect(); if (x) return 1; c.release(); };"],
    ["in an async call on the spot", "(async () => {\nconst c = await db.connect(); if (x) return; c.release(); })();"],
    [
      "in a callback that is awaited",
      "await run(async () => {\nconst c = await db.connect(); if (x) return; c.release(); });",
    ],
    [
      "where only one branch gives back",
      "async function f() {\nconst c = await db.connect(); if (x) { c.release(); } else { log(); } }",
    ],
    [
      "where it is only sometimes given away",
      "async function f() {\nconst c = await db.connect(); if (x) return new Session(c); return null; }",
    ],
    ["at all", "async function f() {\nconst c = await db.connect(); return (await c.query('x')).rows; }"],
    ["when nobody keeps it", "async function f() { return (\nawait db.connect()).query('x'); }"],
    ["when nobody keeps a lease", "async function f() {\nawait pool.acquire(); await g(); }"],
    ["when nobody keeps a lock", "async function f() {\nawait mutex.acquire(); await g(); }"],
    [
      "under another name",
      "async function f() {\nconst c = await db.connect(); const d = c; if (x) return; d.release(); }",
    ],
    [
      "by a promise that was kept",
      "async function f() { const p =\ndb.connect(); const c = await p; if (x) return; c.release(); }",
    ],
    [
      "of Promise.all",
      "async function f() { const [a, b] = await Promise.all([\ndb.connect(), g()]); if (x) return; a.release(); }",
    ],
    ["after an assignment", "async function f() { let c;\nc = await db.connect(); if (x) return; c.release(); }"],
    [
      "where try begins too late",
      "async function f() {\nconst c = await db.connect(); await c.query('BEGIN'); try { await g(); } finally { c.release(); } }",
    ],
    [
      "with a renamed import",
      "import { Semaphore as S } from 'async-mutex'; const s = new S(1); async function f() {\nconst [n, done] = await s.acquire(); if (n) return; done(); }",
    ],
    ["by the lender without a name", "async function f() {\nawait sema.acquire(); if (x) return; sema.release(); }"],
    [
      "by the lender with a name",
      "async function f() {\nconst t = await sema.acquire(); if (x) return; sema.release(t); }",
    ],
    [
      "by the mutex itself",
      "async function f() {\nawait mutex.acquire(); const x = await g(); if (x) throw x; mutex.release(); }",
    ],
    [
      "through a method that asks for it",
      "class A { #m = new Mutex(); #lock() { return this.#m.acquire(); } async f() {\nconst r = await this.#lock(); if (x) return; r(); } }",
    ],
    [
      "through methods that lock and unlock",
      "class A { #m = new Mutex(); async #lock() { await this.#m.acquire(); } #unlock() { this.#m.release(); } async f() {\nawait this.#m.acquire(); if (x) return; this.#unlock(); } }",
    ],
    [
      "through a function that asks for it",
      "async function take() { const c = await db.connect(); c.on('error', log); return c; } async function f() {\nconst c = await take(); if (x) return; c.release(); }",
    ],
    [
      "where a helper only borrows it",
      "async function use(c) { await c.query('x'); } async function f() {\nconst c = await db.connect(); await use(c); c.release(); }",
    ],
    [
      "where an unknown function borrows it",
      "async function f(work) {\nconst c = await db.connect(); const r = await work(c); c.release(); return r; }",
    ],
    [
      "where the work was given",
      "async function f(work) {\nconst r = await mutex.acquire(); const v = await work(); r(); return v; }",
    ],
    [
      "where the work throws by itself",
      "async function check() { if (x) throw new Error(); } async function f() {\nconst r = await mutex.acquire(); await check(); r(); }",
    ],
    [
      "of a transaction",
      "async function f() {\nconst trx = await knex.transaction(); if (x) return; await trx.commit(); }",
    ],
    [
      "of a transaction that fails",
      "async function f() {\nconst trx = await knex.transaction(); await trx('t').insert(r); await trx.commit(); }",
    ],
    [
      "of a file",
      "async function f() {\nconst h = await fs.open(p); const t = await h.readFile(); await h.close(); return t; }",
    ],
    [
      "in then()",
      "function f() { return\n db.connect().then((c) => { if (x) return null; c.release(); }); }".replace(
        "return\n",
        "\nreturn ",
      ),
    ],
    [
      "when a chain fails",
      "function f() {\nreturn db.connect().then((c) => c.query('x').then((r) => { c.release(); return r; })); }",
    ],
    [
      "when a chain is left early",
      "function f() {\nreturn db.connect().then((c) => c.query('x').then((r) => { if (!r) return 0; c.release(); }).catch(() => c.release())); }".replace(
        ".catch(() => c.release())",
        "",
      ),
    ],
    [
      "in a callback within a promise",
      "const f = () => new Promise((resolve, reject) => {\ndb.connect((err, c, done) => { if (err) return reject(err); c.query('x', (e, r) => { if (e) return reject(e); done(); resolve(r); }); }); });",
    ],
    [
      "in a callback of another function",
      "function f(cb) {\ndb.connect((err, c, done) => { if (err) return cb(err); function got(e, r) { if (e) return cb(e); done(); cb(r); } c.query('x', got); }); }",
    ],
    [
      "by a generator that is left",
      "async function* f() {\nconst c = await db.connect(); for (const x of xs) yield x; c.release(); }",
    ],
    [
      "again in the next turn of a loop",
      "async function f() { let c; for (const x of xs) {\nc = await db.connect(); await c.query(x).catch(log); } c.release(); }",
    ],
    [
      "before the next turn of a script",
      "for (const x of xs) {\nconst c = await db.connect(); if (x) continue; c.release(); }",
    ],
    [
      "before a script takes the next one",
      "try {\nconst c = await db.connect(); await c.query('x'); c.release(); } catch {} const d = await db.connect(); d.release();",
    ],
    [
      "where a listener sees to the wrong thing",
      "async function f() {\nconst c = await db.connect(); c.on('error', log); if (x) return; c.release(); }",
    ],
    [
      "through functions around functions",
      "async function a() { return db.connect(); } async function b() { return await a(); } const e = () => b(); async function f() {\nconst c = await e(); if (x) return; c.release(); }",
    ],
    [
      "of a file that is opened by an imported name",
      "import { open } from 'node:fs/promises'; async function f() {\nconst h = await open(p); if (x) return; await h.close(); }",
    ],
    [
      "where an object only borrows it",
      "async function f() {\nconst c = await db.connect(); const api = { query: (s) => c.query(s) }; if (x) return; await work(api); c.release(); }",
    ],
    [
      "where a list of jobs borrows it",
      "async function f() {\nconst c = await db.connect(); const jobs = [() => c.query('x')]; if (x) return; await runAll(jobs); c.release(); }",
    ],
    [
      "where something made borrows it",
      "async function f() {\nconst c = await db.connect(); const s = new Session((q) => c.query(q)); if (x) return; await s.run(); c.release(); }",
    ],
    [
      "where a promise uses it",
      "async function f() {\nconst c = await db.connect(); await new Promise((resolve) => { c.query('x', resolve); }); }",
    ],
    [
      "where a callback for each uses it",
      "async function f() {\nconst c = await db.connect(); xs.forEach((x) => c.query(x)); }",
    ],
    [
      "in a function on the spot",
      "async function f() {\nconst c = await db.connect(); await (async () => { if (x) return; await g(); c.release(); })(); }",
    ],
    [
      "in the executor of a promise",
      "async function f() {\nconst c = await db.connect(); await new Promise((resolve) => { if (x) return resolve(); c.release(); resolve(); }); }",
    ],
    [
      "in a callback of its own",
      "function f() {\ndb.connect((err, c) => { if (err) return; c.query('x', (e) => { if (e) return; c.release(); }); }); }",
    ],
    [
      "in a reaction to its query",
      "async function f() {\nconst c = await db.connect(); return c.query('x').then((r) => { if (!r) return; c.release(); }); }",
    ],
    [
      "when its query in a chain fails",
      "async function f() {\nconst c = await db.connect(); return c.query('x').then(() => c.release()); }",
    ],
    [
      "when its query fails before finally() and then()",
      "async function f() {\nconst c = await db.connect(); return c.query('x').finally(log).then(() => c.release()); }",
    ],
    [
      "when its query fails before two reactions",
      "async function f() {\nconst c = await db.connect(); return c.query('x').then(use).then(() => c.release()); }",
    ],
    [
      "by what only has a method that is called return",
      "async function f() {\nconst c = await db.connect(); try { await g(); } finally { c.return(); } }",
    ],
    [
      "by a method whose name is computed",
      "async function f() {\nconst c = await pool.acquire(); try { await g(); } finally { c[name](); } }",
    ],
    [
      "when a parser fails that a catch expects",
      "async function f() {\nconst r = await mutex.acquire(); let v; try { v = JSON.parse(t); r(); } catch (e) { log(e); } return v; }",
    ],
    [
      "when a parser in a block fails that a catch expects",
      "async function f() {\nconst r = await mutex.acquire(); let v; try { if (x) { v = JSON.parse(t); } r(); } catch (e) { log(e); } return v; }",
    ],
    [
      "when its query fails in a try without catch",
      "async function f() {\nconst c = await db.connect(); try { await c.query('x'); } finally { log(); } c.release(); }",
    ],
    [
      "when the work of a caller fails in a closure",
      "const f = (work) => async () => {\nconst r = await mutex.acquire(); await work(); r(); };",
    ],
    [
      "when a query with a reaction to its result fails",
      "async function f() {\nconst c = await db.connect(); await c.query('x').then(use); c.release(); }",
    ],
    [
      "when catch() throws on",
      "async function f() {\nconst c = await db.connect(); await c.query('x').catch((e) => { throw new Error('x', { cause: e }); }); c.release(); }",
    ],
    [
      "when a query with finally() fails",
      "async function f() {\nconst c = await db.connect(); await c.query('x').finally(log); c.release(); }",
    ],
    [
      "when an allSettled() of somebody else fails",
      "import { jobs } from './jobs.js'; async function f() {\nconst c = await db.connect(); await jobs.allSettled([c.query('x')]); c.release(); }",
    ],
    [
      "when what a function makes is thrown",
      "async function f() {\nconst c = await db.connect(); if (x) throw makeError(x); c.release(); }",
    ],
    [
      "where a helper only shows a part of it",
      "function show({ id }) { log(id); } async function f() {\nconst c = await db.connect(); show(c); }",
    ],
    [
      "where only the next event is listened for",
      "async function f() {\nconst c = await db.connect(); c.once('notification', got); await c.query('LISTEN x'); }",
    ],
    [
      "where a listener stays until it is given back",
      "async function f() {\nconst c = await db.connect(); c.on('notification', got); if (x) return; c.release(); }",
    ],
    [
      "where another variable of the function has it",
      "async function f() { let last;\nconst c = await db.connect(); last = c; if (x) return; c.release(); }",
    ],
    [
      "where its only name is set to something else",
      "async function f() { let c;\nc = await db.connect(); c = null; }",
    ],
    [
      "with options in place of a callback",
      "async function f() {\nconst c = await db.connect({ timeout: 5 }); if (x) return; c.release(); }",
    ],
    [
      "by a callback with a name",
      "function got(err, c) { if (err) return; c.query('x', (e) => { if (e) return; c.release(); }); }\ndb.connect(got);",
    ],
    [
      "by a callback that asks for more than the error",
      "function f() {\ndb.connect(function (err, c) { if (err || x) return; c.release(); }); }",
    ],
    [
      "of one of two promises",
      "async function f() { const c = await (x ?\ndb.connect() : other()); if (y) return; c.release(); }",
    ],
    [
      "of a promise that may be there already",
      "async function f() { const c = await (cached ??\ndb.connect()); if (y) return; c.release(); }",
    ],
    [
      "by one of two who wait for it",
      "async function f() { const p =\ndb.connect(); if (y) { const c = await p; if (x) return; c.release(); } else { (await p).release(); } }",
    ],
    [
      "of Promise.all of a list with a name",
      "async function f() { const all = [\ndb.connect(), g()]; const [c] = await Promise.all(all); if (x) return; c.release(); }",
    ],
    [
      "of Promise.all as its second",
      "async function f() { const [a, b] = await Promise.all([g(),\ndb.connect()]); if (x) return; b.release(); }",
    ],
    [
      "in then() after catch()",
      "function f() { return (\ndb.connect()).catch(fail).then((c) => { if (x) return; c.release(); }); }",
    ],
    [
      "in then() after finally()",
      "function f() { return (\ndb.connect()).finally(log).then((c) => { if (x) return; c.release(); }); }",
    ],
    [
      "in a named function of then()",
      "function got(c) { if (x) return; c.release(); } function f() { return (\ndb.connect()).then(got); }",
    ],
    [
      "in then() by the function that gives back",
      "function f() { return (\nmutex.acquire()).then((r) => { if (x) return; r(); }); }",
    ],
    [
      "in then() by the second of what is given",
      "function f() { return (\nsemaphore.acquire()).then(([n, r]) => { if (x) return; r(); }); }",
    ],
    [
      "where the function that gives back is not taken",
      "async function f() {\nconst [n] = await semaphore.acquire(); if (x) return; g(n); }",
    ],
    [
      "of a promise that is a property",
      "import { Pool } from 'tarn'; const t = new Pool({}); async function f() {\nconst c = await t.acquire().promise; if (x) return; t.release(c); }",
    ],
    [
      "of what is made at once",
      "import { DataSource } from 'typeorm'; async function f(ds: DataSource) {\nconst q = ds.createQueryRunner(); await q.connect(); if (x) return; await q.release(); }",
    ],
    [
      "of what is made at once, ever",
      "import { DataSource } from 'typeorm'; async function f(ds: DataSource) {\nconst q = ds.createQueryRunner(); await q.query('x'); }",
    ],
    ["where what it may fail with is caught", "async function f() {\nawait pool.acquire().catch(log); await g(); }"],
    [
      "by a function that a script calls twice",
      "async function main() {\nconst c = await db.connect(); await c.query('x'); c.release(); } main(); main();",
    ],
    [
      "by a function that a function calls",
      "async function main() {\nconst c = await db.connect(); await c.query('x'); c.release(); } function g() { main(); }",
    ],
    [
      "by a function whose promise is exported",
      "async function main() {\nconst c = await db.connect(); await c.query('x'); c.release(); } export const done = main();",
    ],
    [
      "by a function whose promise is given away",
      "async function main() {\nconst c = await db.connect(); await c.query('x'); c.release(); } every(5, main());",
    ],
    [
      "by a function whose promise is asked to try again",
      "async function main() {\nconst c = await db.connect(); await c.query('x'); c.release(); } main().retry(3);",
    ],
    [
      "by a function that is exported",
      "export async function main() {\nconst c = await db.connect(); await c.query('x'); c.release(); } main();",
    ],
    [
      "by a function that a script calls, on a return",
      "async function main() {\nconst c = await db.connect(); if (x) return; c.release(); } main();",
    ],
    [
      "by each turn of a script that goes on after a failure",
      "async function main() {\nconst c = await db.connect(); await c.query('x'); c.release(); } for (const x of xs) await main().catch(log);",
    ],
    [
      "by each turn of a script that catches",
      "async function main() {\nconst c = await db.connect(); await c.query('x'); c.release(); } for (const x of xs) { try { await main(); } catch (e) { log(e); } }",
    ],
    [
      "where the pool was given",
      "import type { Pool } from 'pg'; async function f(own: Pool) {\nconst c = await own.connect(); await c.query('x'); c.release(); }",
    ],
    [
      "where the pool was given, and nobody keeps it",
      "import type { Pool } from 'pg'; async function f(own: Pool) {\nawait own.connect(); await g(); }",
    ],
    [
      "where another exit() is called",
      "import { exit } from './exit.js'; async function f() {\nconst c = await db.connect(); if (x) return exit(1); c.release(); }",
    ],
    [
      "where a lock is only asked for its state",
      "const m = new Mutex(); async function f() {\nawait m.acquire(); await g(); if (m.isLocked()) log(); }",
    ],
    [
      "before a script takes one more",
      "const a = await db.connect(); await g();\nconst b = await db.connect(); await g(); if (x) b.release(); const d = await db.connect(); d.release(); a.release();",
    ],
    [
      "where what wraps it is done before",
      "async function f() {\nconst c = await db.connect(); const s = wrap(c); if (x) return; await s.run(); c.release(); }",
    ],
    [
      "where a callback for each borrows it",
      "async function f() {\nconst c = await db.connect(); xs.forEach((x) => use(c, x)); if (y) return; c.release(); }",
    ],
    [
      "if it is there and more holds",
      "async function f() {\nconst c = await db.connect(); if (c && x) return; c.release(); }",
    ],
    [
      "if it is not there or more holds",
      "async function f() {\nconst c = await db.connect(); if (!c || x) return; c.release(); }",
    ],
    [
      "if it is there or more holds",
      "async function f() {\nconst c = await db.connect(); if (c || x) return; c.release(); }",
    ],
    [
      "if something else is null",
      "async function f() {\nconst c = await db.connect(); if (x === null) return; c.release(); }",
    ],
    [
      "if it is the same as something else",
      "async function f() {\nconst c = await db.connect(); if (c === x) return; c.release(); }",
    ],
    [
      "if it is more than null",
      "async function f() {\nconst c = await db.connect(); if (c > null) return; c.release(); }",
    ],
    ["if it has a type", "async function f() {\nconst c = await db.connect(); if (typeof c) return; c.release(); }"],
    ["if it is there", "async function f() {\nconst c = await db.connect(); if (c) return; c.release(); }"],
    ["if its state is bad", "async function f() {\nconst c = await db.connect(); if (!c.ok) return; c.release(); }"],
    [
      "in another case of a switch",
      "async function f() {\nconst c = await db.connect(); switch (x) { case 1: c.release(); } }",
    ],
    [
      "in finally, if something else does not hold",
      "async function f() {\nconst c = await db.connect(); try { await g(); } finally { if (x) c.release(); } }",
    ],
    [
      "in finally, where && asks for something else",
      "async function f() {\nconst c = await db.connect(); try { await g(); } finally { x && c.release(); } }",
    ],
    [
      "in finally, where ? asks for something else",
      "async function f() {\nconst c = await db.connect(); try { await g(); } finally { x ? c.release() : log(); } }",
    ],
    [
      "in finally, where something else is asked to do it",
      "async function f() {\nconst c = await db.connect(); try { await g(); } finally { x?.end(() => c.release()); } }",
    ],
    [
      "in finally, where a setting decides",
      "const own = true; async function f() {\nconst c = await db.connect(); try { await g(); } finally { if (x.own) c.release(); } }",
    ],
    [
      "where a condition is around all",
      "async function f(y) { if (y) {\nconst c = await db.connect(); if (x) return; c.release(); } }",
    ],
    [
      "in finally, where a parameter decides only there",
      "async function f(own) {\nconst c = await db.connect(); try { await g(); } finally { if (own) c.release(); } }",
    ],
    [
      "before what a method of an instance does",
      "class L { free() { sema.release(); } } const l = new L(); async function f() {\nawait sema.acquire(); if (x) return; l.free(); }",
    ],
    [
      "before what methods do with it",
      "class A { #db = new pg.Pool(); async f() {\nconst c = await this.#db.connect(); this.use(c); if (x) return; this.end(c); } use(c) { c.query('x'); } end(c) { c.release(); } }",
    ],
    [
      "before what helpers of helpers do",
      "const d = (c) => c.release(); const e = (c) => d(c); const g = (c) => e(c); async function f() {\nconst c = await db.connect(); if (x) return; g(c); }",
    ],
    [
      "by a test that returns",
      "test('x', async () => {\nconst c = await db.connect(); if (x) return; c.release(); });",
    ],
    [
      "where a promise is resolved only in time",
      "const f = () => new Promise((resolve, reject) => { setTimeout(() => reject(new Error()), 5);\npool.acquire().then((c) => !late && resolve(c), reject); });",
    ],
    [
      "where a closure asks for it",
      "async function f() {\nconst c = await db.connect(); const show = () => { if (!c) return; log(c); }; if (x) return; c.release(); }",
    ],
    [
      "where what is made with it is done before",
      "async function f() {\nconst c = await db.connect(); const s = new Session(c); if (x) return; await s.run(); c.release(); }",
    ],
    [
      "where a list of it is done before",
      "async function f() {\nconst c = await db.connect(); const all = [c]; if (x) return; await runAll(all); c.release(); }",
    ],
    [
      "where an object of it is done before",
      "async function f() {\nconst c = await db.connect(); const all = { c }; if (x) return; await runAll(all); c.release(); }",
    ],
    [
      "where its items are done before",
      "async function f() {\nconst c = await db.connect(); const all = [...c]; if (x) return; await runAll(all); c.release(); }",
    ],
    [
      "where a helper of any number borrows it",
      "function showAll(...cs) { log(cs); } async function f() {\nconst c = await db.connect(); showAll(c); if (x) return; c.release(); }",
    ],
    [
      "where a helper only shows its second parameter",
      "const show = (c, why) => { log(why); }; async function f() {\nconst c = await db.connect(); show(c, 'x'); }",
    ],
    [
      "by who waits after a reaction to its failure",
      "async function f() { const p =\ndb.connect(); p.catch(log); const c = await p; if (x) return; c.release(); }",
    ],
    [
      "by two who wait for it",
      "async function f() { const p =\ndb.connect(); if (y) { const c = await p; if (x) return; c.release(); } else { const d = await p; if (x) return; d.release(); } }",
    ],
    [
      "in finally, where a name that never changes decides",
      "async function f() {\nconst c = await db.connect(); let ready = isReady(); try { await g(); } finally { if (ready) c.release(); } }",
    ],
    [
      "in the first of two reactions",
      "async function f() {\nconst c = await db.connect(); return c.query('x').then((r) => { if (r) return; c.release(); }, (e) => { c.release(); throw e; }); }",
    ],
    [
      "in a callback with a name",
      "async function f() {\nconst c = await db.connect(); function done(e) { if (e) return; c.release(); } c.query('x', done); }",
    ],
    [
      "in an executor with a name",
      "async function f() {\nconst c = await db.connect(); const run = (resolve) => { if (x) return resolve(); c.release(); resolve(); }; await new Promise(run); }",
    ],
  ])("%s", ([, code]) => {
    expect(lines(SETUP + code)).toEqual([2]);
  });
});

describe("reports a race that may leave a lease behind", () => {
  test.for<[string, string]>([
    ["Promise.race", "const f = () =>\nPromise.race([pool.acquire(), late]);"],
    ["Promise.any", "const f = () =>\nPromise.any([pool.acquire(), other.acquire()]);"],
    [
      "Promise.race of a name",
      "async function f() { const p = db.connect(); return\nPromise.race([p, late]); }".replace(
        "return\n",
        "\nreturn ",
      ),
    ],
    [
      "Promise.race that is awaited and released",
      "async function f() {\nconst c = await Promise.race([db.connect(), late]); try { await c.query('x'); } finally { c.release(); } }",
    ],
    [
      "Promise.race of a list with a name",
      "async function f() { const all = [db.connect(), late]; const c = await\nPromise.race(all); c.release(); }",
    ],
    [
      "a timer that rejects first",
      "const f = () =>\nnew Promise((resolve, reject) => { setTimeout(() => reject(new Error()), 5); pool.acquire().then(resolve, reject); });",
    ],
    [
      "a timer that rejects before it is resolved with",
      "const f = () =>\nnew Promise((resolve, reject) => { const t = setTimeout(() => reject(new Error()), 5); pool.acquire().then((c) => { clearTimeout(t); resolve(c); }, reject); });",
    ],
    ["p-timeout", "import pTimeout from 'p-timeout'; const f = () =>\npTimeout(pool.acquire(), { milliseconds: 5 });"],
    [
      "a function of this file",
      "const within = (p, ms) => Promise.race([p, sleep(ms)]); const f = () =>\nwithin(pool.acquire(), 5);",
    ],
    [
      "a promise of this file",
      "const within = (p, ms) => new Promise((res, rej) => { setTimeout(() => rej(new Error()), ms); p.then(res, rej); }); const f = () =>\nwithin(pool.acquire(), 5);",
    ],
    [
      "a function that is given the time first",
      "const within = (ms, p) => Promise.race([p, sleep(ms)]); const f = () =>\nwithin(5, pool.acquire());",
    ],
    [
      "a timer that is given the function that rejects",
      "const f = () =>\nnew Promise((resolve, reject) => { setTimeout(reject, 5); pool.acquire().then(resolve, reject); });",
    ],
    [
      "a timer around a function within",
      "const f = () =>\nnew Promise((resolve, reject) => { setTimeout(() => reject(new Error()), 5); const go = () => { pool.acquire().then(resolve, reject); }; go(); });",
    ],
    ["Promise.race of two leases, once", "const f = () =>\nPromise.race([pool.acquire(), db.connect()]);"],
    [
      "Promise.race with an option that does not stop it",
      "const f = () =>\nPromise.race([db.connect({ priority }), late]);",
    ],
    ["promise-timeout", "import { timeout } from 'promise-timeout'; const f = () =>\ntimeout(pool.acquire(), 5);"],
    ["p-race", "import pRace from 'p-race'; const f = () =>\npRace(pool.acquire());"],
  ])("%s", ([, code]) => {
    expect(lines(SETUP + code)).toEqual([2]);
  });
});

describe("reports a second release", () => {
  test.for<[string, string]>([
    [
      "in finally",
      "async function f() { const c = await db.connect(); try { if (x) { c.release(); return; } } finally {\nc.release(); } }",
    ],
    [
      "in finally, after catch",
      "async function f() { const c = await db.connect(); try { await c.query('x'); } catch (e) { c.release(e); throw e; } finally {\nc.release(); } }",
    ],
    [
      "in catch, after what may fail",
      "async function f() { const c = await db.connect(); try { await c.query('x'); c.release(); await tell(); } catch {\nc.release(); } }",
    ],
    [
      "without a return in between",
      "async function f() { await sema.acquire(); if (x) sema.release(); await g().catch(log);\nsema.release(); }",
    ],
    ["by done() of a callback", "db.connect((err, c, done) => { if (err) return; if (x) done();\ndone(); });"],
    [
      "after another lender has lent something",
      "async function f() { const c = await db.connect(); c.release(); const d = await my.getConnection(); d.release();\nc.release(); }",
    ],
    [
      "by the lender, of the lock that one of two branches took",
      "async function f() { if (x) await sema.acquire(); else await sema.acquire(); await g().catch(log); sema.release();\nsema.release(); }",
    ],
    [
      "by the lender, of what was taken once",
      "async function f() { await sema.acquire(); await g().catch(log); sema.release();\nsema.release(); }",
    ],
    [
      "of one of two that have names",
      "async function f() { const a = await my.getConnection(); const b = await my.getConnection(); b.release(); a.release();\na.release(); }",
    ],
    [
      "of what was given back with a result",
      "async function f() { const c = await my.getConnection(); let e; try { if (x) { e = c.release(); return e; } } finally {\nc.release(); } }",
    ],
    ["after destroy()", "async function f() { const c = await my.getConnection(); c.destroy();\nc.release(); }"],
    [
      "by a lender that is told what",
      "async function f() { const c = await pool.acquire(); pool.release(c);\npool.release(c); }",
    ],
    ["by done() in one expression", "async function f() { n = 1; db.connect((err, c, done) => (done(),\ndone())); }"],
    [
      "in catch, after a throw",
      "async function f() { const c = await my.getConnection(); try { c.release(); throw new Error(); } catch {\nc.release(); } }",
    ],
  ])("%s", ([, code]) => {
    expect(lines(SETUP + code)).toEqual([2]);
  });
});

describe("is silent where", () => {
  test.for<[string, string]>([
    [
      "finally gives back",
      "async function f() { const c = await db.connect(); try { if (x) return; await c.query('x'); } finally { c.release(); } }",
    ],
    [
      "finally asks first",
      "async function f() { let c; try { c = await db.connect(); await c.query('x'); } finally { c?.release(); } }",
    ],
    [
      "finally asks first with if",
      "async function f() { let c = null; try { c = await db.connect(); await c.query('x'); } finally { if (c !== null) c.release(); } }",
    ],
    [
      "finally asks first with &&",
      "async function f() { let c; try { c = await db.connect(); } finally { c && c.release(); } }",
    ],
    [
      "both branches give back",
      "async function f() { const c = await db.connect(); try { await c.query('x'); c.release(); } catch (e) { c.release(e); throw e; } }",
    ],
    [
      "each case gives back",
      "async function f() { const r = await mutex.acquire(); switch (x) { case 1: r(); return 1; default: r(); return 2; } }",
    ],
    [
      "it was not got",
      "async function f() { const c = await db.connect().catch(() => null); if (!c) return; c.release(); }",
    ],
    [
      "it was not got, in other words",
      "async function f() { const c = await db.connect().catch(() => undefined); if (c === undefined || c == null) { return; } c.release(); }",
    ],
    [
      "it is given back by what is used",
      "async function f() { await using c = await take(db.connect()); await c.query('x'); }",
    ],
    ["it is disposed of", "async function f() { await using h = await fs.open(p); await h.stat(); }"],
    [
      "it is disposed of by name",
      "async function f() { const h = await fs.open(p); await using file = h; await h.stat(); }",
    ],
    [
      "it is returned",
      "async function f() { const c = await db.connect(); await c.query('SET x').catch(log); return c; }",
    ],
    ["it is returned with more", "async function f() { const c = await db.connect(); return { c, at: Date.now() }; }"],
    ["its promise is returned", "const f = () => db.connect();"],
    [
      "it is awaited and returned",
      "async function f() { try { return await db.connect(); } catch (e) { throw new Error('x', { cause: e }); } }",
    ],
    ["a test races", "test('x', async () => { const c = await Promise.race([db.connect(), late]); c.release(); });"],
    [
      "a closure is returned that gives back",
      "async function f() { const c = await db.connect(); return () => c.release(); }",
    ],
    ["the function that gives back is returned", "async function f() { const r = await mutex.acquire(); return r; }"],
    [
      "an object is returned that holds it",
      "async function f() { const c = await db.connect(); return { query: (s) => c.query(s), end() { c.release(); } }; }",
    ],
    ["it is stored in a field", "class A { async f() { this.c = await db.connect(); await this.c.query('x'); } }"],
    ["it is stored in a variable outside", "let c; async function f() { c = await db.connect(); await c.query('x'); }"],
    [
      "tests set up and tear down",
      "let c; beforeEach(async () => { c = await db.connect(); }); afterEach(() => c.release());",
    ],
    [
      "it is stored in a map",
      "async function f() { const c = await db.connect(); map.set(k, c); if (x) throw new Error(); }",
    ],
    [
      "it is kept in an array",
      "async function f() { const cs = []; for (let i = 0; i < 3; i++) { const c = await db.connect(); cs.push(c); } try { await g(); } finally { for (const c of cs) c.release(); } }",
    ],
    [
      "it is kept in an array at once",
      "async function f() { const cs = []; for (let i = 0; i < 3; i++) cs.push(await db.connect()); for (const c of cs) c.release(); }",
    ],
    [
      "it is given to a constructor",
      "async function f() { const c = await db.connect(); const s = new Session(c); await s.run(); }",
    ],
    ["it is given to somebody else", "async function f() { const c = await db.connect(); await hand(c); }"],
    [
      "it is resolved with",
      "const f = () => new Promise((resolve, reject) => { db.connect((err, c) => { if (err) reject(err); else resolve(c); }); });",
    ],
    ["it is yielded", "async function* f() { const c = await db.connect(); yield c; }"],
    [
      "finally() gives back",
      "async function f() { const c = await db.connect(); return c.query('x').finally(() => c.release()); }",
    ],
    ["finally(release) gives back", "async function f() { const r = await mutex.acquire(); return g().finally(r); }"],
    [
      "then() gives back either way",
      "const f = () => db.connect().then((c) => c.query('x').then((r) => { c.release(); return r; }, (e) => { c.release(); throw e; }));",
    ],
    [
      "catch() gives back as well",
      "const f = () => db.connect().then((c) => c.query('x').then((r) => { c.release(); return r; }).catch((e) => { c.release(e); throw e; }));",
    ],
    [
      "a listener gives back",
      "async function f() { const c = await db.connect(); const s = c.query(q); s.on('end', () => c.release()); return s; }",
    ],
    ["a timer gives back", "async function f() { const r = await mutex.acquire(); setTimeout(r, 5); }"],
    [
      "a callback gives back",
      "async function f(s) { const c = await db.connect(); pipeline(s, c.query(q), (err) => { c.release(err); }); }",
    ],
    [
      "a helper gives back",
      "const end = (c) => c.release(); async function f() { const c = await db.connect(); if (x) { end(c); return; } end(c); }",
    ],
    [
      "a method gives back",
      "class A { #m = new Mutex(); #unlock() { this.#m.release(); } async f() { await this.#m.acquire(); try { await g(); } finally { this.#unlock(); } } }",
    ],
    [
      "a closure of the function gives back",
      "async function f() { const c = await db.connect(); const end = (e) => { c.release(e); }; try { await c.query('x'); end(); } catch (e) { end(e); throw e; } }",
    ],
    [
      "its own connection came from outside",
      "async function f(given) { const c = given ?? (await db.connect()); try { await c.query('x'); } finally { if (!given) c.release(); } }",
    ],
    [
      "its own connection came from outside, with if",
      "async function f(c) { let own = false; if (!c) { c = await db.connect(); own = true; } try { await c.query('x'); } finally { if (own) c.release(); } }",
    ],
    [
      "its own connection came from a field",
      "class A { async f() { const c = this.trx ? this.trx : await db.connect(); try { await c.query('x'); } finally { if (!this.trx) c.release(); } } }",
    ],
    [
      "a flag remembers",
      "async function f() { const r = await mutex.acquire(); let held = true; try { if (x) { r(); held = false; return; } } finally { if (held) r(); } }",
    ],
    ["the process ends", "async function f() { const c = await db.connect(); if (x) process.exit(1); c.release(); }"],
    ["a script ends with it", "const c = await db.connect(); await c.query('x'); c.release();"],
    ["a script ends", "const c = await db.connect(); await c.query('x');"],
    [
      "a script holds two",
      "const a = await db.connect(); const b = await db.connect(); await g(); a.release(); b.release();",
    ],
    [
      "a test fails",
      "test('x', async () => { const c = await db.connect(); await c.query('x'); expect(1).toBe(1); c.release(); });",
    ],
    [
      "a clean-up fails as well",
      "async function f() { const c = await db.connect(); try { await c.query('x'); c.release(); } catch (e) { await c.query('ROLLBACK'); c.release(); throw e; } }",
    ],
    [
      "a connection is set up before try",
      "import mysql2 from 'mysql2/promise'; async function f() { const c = await my.getConnection(); await c.beginTransaction(); try { await c.query('x'); await c.commit(); } finally { c.release(); } }",
    ],
    [
      "a function gives what it gives back",
      "async function g() { const c = await db.connect(); try { return c; } finally { c.release(); } } async function f() { await g(); }",
    ],
    [
      "it is made, but takes nothing",
      "import { DataSource } from 'typeorm'; const f = (ds: DataSource) => { const q = ds.createQueryRunner(); return q.connection; };",
    ],
    [
      "it is stored under a condition",
      "let c; async function f(own) { if (own) { c = await db.connect(); const r = await c.query('x'); if (!r) throw new Error(); } }",
    ],
    ["a test leaves it", "test('x', async () => { const c = await db.connect(); await c.query('x'); });"],
    [
      "a script runs a function and ends",
      "async function main() { const c = await db.connect(); await c.query('x'); c.release(); } main().catch(log);",
    ],
    [
      "a script ends on the spot",
      "(async () => { const c = await db.connect(); await c.query('x'); c.release(); })();",
    ],
    [
      "the pool is gone as well",
      "async function f() { const own = new pg.Pool(); const c = await own.connect(); await c.query('x'); c.release(); await own.end(); }",
    ],
    [
      "it is held while a function runs",
      "const f = () => mutex.runExclusive(async () => { if (x) throw new Error(); });",
    ],
    ["it is used while a function runs", "const f = () => pool.use(async (c) => { if (x) throw new Error(); });"],
    [
      "a transaction has its function",
      "const f = () => knex.transaction(async (trx) => { if (x) throw new Error(); });",
    ],
    [
      "a transaction is ended either way",
      "async function f() { const trx = await knex.transaction(); try { await trx('t').insert(r); await trx.commit(); } catch (e) { await trx.rollback(e); throw e; } }",
    ],
    ["the pool queries by itself", "const f = () => db.query('x');"],
    [
      "locking and unlocking are apart",
      "class A { #m = new Mutex(); async lock() { await this.#m.acquire(); } unlock() { this.#m.release(); } }",
    ],
    [
      "who calls it unlocks",
      "export const lock = async () => { await sema.acquire(); }; export const unlock = () => sema.release();",
    ],
    [
      "a file is read to its end",
      "async function f() { const h = await fs.open(p); for await (const line of h.readLines()) use(line); }",
    ],
    [
      "a client listens for notifications",
      "async function f() { const c = await db.connect(); c.on('notification', got); await c.query('LISTEN x'); }",
    ],
    [
      "the names only look alike",
      "async function f() { const c = await cache.acquire(); if (x) return; cache.release(c); }",
    ],
    [
      "errors are only possible of something else",
      "async function f() { const r = await mutex.acquire(); await g(); r(); }",
    ],
    ["a race takes a signal", "const f = (signal) => Promise.race([own.acquire({ signal }), late]);"],
    [
      "a timer gives back late",
      "const f = () => new Promise((resolve, reject) => { let late = false; setTimeout(() => { late = true; reject(new Error()); }, 5); pool.acquire().then((c) => { if (late) pool.release(c); else resolve(c); }, reject); });",
    ],
    [
      "a race gives back late",
      "async function f() { const p = pool.acquire(); try { return await Promise.race([p, late]); } catch (e) { p.then((c) => pool.release(c)); throw e; } }",
    ],
    ["only it is raced", "const f = () => Promise.race([pool.acquire()]);"],
    [
      "a return is between two releases",
      "async function f() { const c = await db.connect(); if (x) { c.release(); return; } c.release(); }",
    ],
    [
      "a throw is between two releases",
      "async function f() { const c = await db.connect(); try { await c.query('x'); } catch (e) { c.release(e); throw e; } c.release(); }",
    ],
    [
      "two releases are for two turns",
      "async function f() { for (const x of xs) { await sema.acquire(); if (x) { sema.release(); continue; } sema.release(); } }",
    ],
    [
      "a second release does no harm",
      "async function f() { const r = await mutex.acquire(); try { r(); } finally { r(); } }",
    ],
    ["a script may end with it", "const c = await db.connect(); if (x) c.release();"],
    [
      "a script takes from pools without a name",
      "const a = await new pg.Pool().connect(); if (x) a.release(); const b = await new pg.Pool().connect(); b.release();",
    ],
    [
      "a helper gives back its second parameter",
      "const end = (why, c) => { c.release(); }; async function f() { const c = await db.connect(); try { await g(); } finally { end('done', c); } }",
    ],
    ["a callback from outside is awaited", "async function f(done) { await db.connect(done); }"],
    [
      "a list that is raced is watched later",
      "async function f() { const all = [db.connect(), late]; const c = await Promise.race(all); c.release(); watch(all); }",
    ],
    [
      "both of its names are there",
      "async function f() { const c = await db.connect(); const d = c; if (c && d) { c.release(); } }",
    ],
    [
      "it or something else is there",
      "async function f() { const c = await db.connect(); if (c || x) { c.release(); } }",
    ],
    [
      "it is tried again until it was got",
      "async function f() { let c; do { c = await db.connect().catch(log); } while (!c); c.release(); }",
    ],
    [
      "a chain catches before finally()",
      "async function f() { const c = await db.connect(); return g().then(() => c.query('x')).catch(log).finally(() => c.release()); }",
    ],
    [
      "a callback in an executor gives back",
      "async function f() { const c = await db.connect(); await new Promise((resolve) => { c.query('x', () => { c.release(); resolve(); }); }); }",
    ],
    [
      "a named callback of something else gives back",
      "async function f() { const c = await db.connect(); const run = (e) => { if (e) return; c.release(); }; other.query('x', run); }",
    ],
    [
      "a function may give something else",
      "async function take(own) { if (!own) return db.connect(); return own; } async function f(own) { const c = await take(own); if (x) return; c.release(); }",
    ],
    [
      "a function makes something else of it",
      "async function take() { const c = await db.connect(); return new Session(c); } async function f() { const s = await take(); if (x) return; s.release(); }",
    ],
    [
      "a script opens one file after another",
      "const a = await fs.open(p); if (x) await a.close(); const b = await fs.open(q); await b.close();",
    ],
    [
      "a closure is returned that uses it",
      "async function f() { const c = await db.connect(); return (s) => c.query(s); }",
    ],
    [
      "a closure is yielded that uses it",
      "async function* f() { const c = await db.connect(); yield (s) => c.query(s); }",
    ],
    [
      "a class is made with it",
      "async function f() { const c = await db.connect(); return class { query(s) { return c.query(s); } }; }",
    ],
    [
      "a class is made with a function that uses it",
      "async function f() { const c = await db.connect(); const run = (s) => c.query(s); return class { run = run; }; }",
    ],
    [
      "a function with a name is returned that uses it",
      "async function f() { const c = await db.connect(); function run(s) { return c.query(s); } return run; }",
    ],
    [
      "a closure is stored that uses it",
      "let run; async function f() { const c = await db.connect(); run = (s) => c.query(s); }",
    ],
    [
      "a closure is given to a constructor",
      "async function f() { const c = await db.connect(); return new Session((s) => c.query(s)); }",
    ],
    [
      "a list of closures is returned",
      "async function f() { const c = await db.connect(); return [(s) => c.query(s)]; }",
    ],
    [
      "an object of closures is returned",
      "async function f() { const c = await db.connect(); return { query: (s) => c.query(s) }; }",
    ],
    [
      "a closure makes a closure",
      "async function f() { const c = await db.connect(); hand(() => () => c.query('x')); }",
    ],
    [
      "a constructor is given what gives back",
      "async function f() { const c = await db.connect(); new Session(() => { if (x) return; c.release(); }); }",
    ],
    [
      "a callback that is not the last gives back",
      "function f() { db.connect((err, c) => { if (err) return; c.query((e) => { if (e) return; c.release(); }, opts); }); }",
    ],
    [
      "a callback of something else gives back",
      "async function f() { const c = await db.connect(); other.query('x', (e) => { if (e) return; c.release(); }); }",
    ],
    [
      "a callback of a function gives back",
      "async function f() { const c = await db.connect(); later('x', (e) => { if (e) return; c.release(); }); }",
    ],
    [
      "the last of two callbacks gives back",
      "async function f() { const c = await db.connect(); let open = 2; const done = () => { open -= 1; if (open > 0) return; c.release(); }; c.query('x', done); c.query('y', done); }",
    ],
    [
      "a later reaction gives back as well",
      "async function f() { const c = await db.connect(); return c.query('x').then((r) => { if (r) c.release(); }).catch(() => c.release()); }",
    ],
    [
      "a failure is handled before",
      "async function f() { const c = await db.connect(); return c.query('x').catch(log).then(() => c.release()); }",
    ],
    [
      "a failure is handled by then() before",
      "async function f() { const c = await db.connect(); return c.query('x').then(use, log).then(() => c.release()); }",
    ],
    [
      "finally() gives back after then()",
      "async function f() { const c = await db.connect(); return c.query('x').then(use).finally(() => c.release()); }",
    ],
    [
      "finally() is given a named function",
      "async function f() { const c = await db.connect(); const end = () => c.release(); return c.query('x').then(use).finally(end); }",
    ],
    [
      "then() gives back either way by two functions",
      "async function f() { const c = await db.connect(); return c.query('x').then(() => c.release(), () => c.release()); }",
    ],
    [
      "a function is made of what gives back",
      "async function f() { const c = await db.connect(); const ends = later(() => c.release()); return c.query('x').then(ends); }",
    ],
    [
      "an unknown lender takes it back",
      "async function f() { const c = await pool.acquire(); try { await g(); } finally { store.return(c); } }",
    ],
    [
      "it is given to a function of that name",
      "import { expect } from './books.js'; async function f() { const c = await pool.acquire(); expect(c).toPay(x); }",
    ],
    ["it is given to a function of nobody", "async function f() { const c = await pool.acquire(); register(c); }"],
    [
      "two reactions settle its query",
      "async function f() { const c = await db.connect(); await c.query('x').then(use, log); c.release(); }",
    ],
    [
      "catch() settles its query",
      "async function f() { const c = await db.connect(); await c.query('x').catch(() => undefined); c.release(); }",
    ],
    [
      "allSettled() waits for its queries",
      "async function f() { const c = await db.connect(); await Promise.allSettled([c.query('x'), c.query('y')]); c.release(); }",
    ],
    [
      "one of two is returned",
      "async function f() { const c = await db.connect(); const d = x ? c : null; return d; }",
    ],
    [
      "it is returned unless something holds",
      "async function f() { const c = await db.connect(); return x ? null : c; }",
    ],
    ["it is returned or something else", "async function f() { const c = await db.connect(); return c || null; }"],
    ["it is returned if there is one", "async function f() { const c = await db.connect(); return c ?? null; }"],
    ["it is returned if something holds", "async function f() { const c = await db.connect(); return x && c; }"],
    ["it is returned after something", "async function f() { const c = await db.connect(); return (g(), c); }"],
    ["another name is disposed of", "async function f() { const c = await pool.acquire(); using d = c; await g(); }"],
    [
      "its method that gives back is taken out",
      "async function f() { const c = await pool.acquire(); const { release } = c; await g(); release(); }",
    ],
    [
      "all its methods are taken out",
      "async function f() { const c = await pool.acquire(); const { id, ...rest } = c; hand(rest); }",
    ],
    ["its items are taken out", "async function f() { const c = await pool.acquire(); const [a] = c; hand(a); }"],
    [
      "a helper with a default gives back",
      "function end(c = other) { c.release(); } async function f() { const c = await db.connect(); end(c); }",
    ],
    [
      "a helper takes out what gives back",
      "function end({ release }) { release(); } async function f() { const c = await db.connect(); end(c); }",
    ],
    [
      "a helper of any number gives back",
      "function endAll(...cs) { for (const c of cs) c.release(); } async function f() { const c = await db.connect(); endAll(c); }",
    ],
    [
      "a helper that calls itself gives back",
      "async function use(c, n) { if (n > 0) return use(c, n - 1); c.release(); } async function f() { const c = await db.connect(); await use(c, 3); }",
    ],
    [
      "helpers of helpers give back",
      "const d = (c) => c.release(); const e = (c) => d(c); const g = (c) => e(c); async function f() { const c = await db.connect(); try { await h(); } finally { g(c); } }",
    ],
    ["it is assigned and given away", "async function f() { let d; const c = await db.connect(); hand((d = c)); }"],
    ["it is stored in a field of somebody", "async function f(o) { const c = await db.connect(); o.client = c; }"],
    ["it is a key of something", "async function f() { const c = await db.connect(); seen[c] = true; }"],
    ["its part is stored outside", "let a; async function f() { const c = await pool.acquire(); ({ a } = c); }"],
    ["its items are given away", "async function f() { const c = await pool.acquire(); hand(...c); }"],
    ["its items are returned", "async function f() { const c = await pool.acquire(); return [...c]; }"],
    [
      "the method that gives back has a name",
      "async function f() { const c = await db.connect(); const end = c.release; await g(); end(); }",
    ],
    [
      "the method that gives back is bound",
      "async function f() { const c = await db.connect(); setTimeout(c.release.bind(c), 5); }",
    ],
    [
      "the function that gives back is bound",
      "async function f() { const r = await mutex.acquire(); setTimeout(r.bind(null), 5); }",
    ],
    [
      "it is returned by a method that gives it",
      "async function f() { const c = await db.connect(); return c.on('error', log); }",
    ],
    [
      "a method that gives it comes before",
      "async function f() { const c = await db.connect(); c.on('error', log).release(); }",
    ],
    [
      "a client has another listener",
      "async function f() { const c = await db.connect(); c.addListener('notification', got); }",
    ],
    [
      "a client is a target of events",
      "async function f() { const c = await pool.acquire(); c.addEventListener('message', got); }",
    ],
    [
      "it is exported",
      "export const c = await db.connect(); if (x) c.release(); const d = await db.connect(); d.release();",
    ],
    [
      "somebody else closes it",
      "async function f() { const c = await db.connect(); try { await g(); } finally { cache.close(c); } }",
    ],
    [
      "a variable outside has it as well",
      "let last; async function f() { const c = await db.connect(); last = c; if (x) return; c.release(); }",
    ],
    ["a callback comes from outside", "function f(done) { db.connect(done); }"],
    ["a callback has arguments of its own", "function f() { my.getConnection(this.got.bind(this, 1)); }"],
    ["a callback takes a part out", "function f() { db.connect((err, { query }) => { query('x'); }); }"],
    ["a callback does not take it", "function f() { db.connect((err) => { if (err) throw err; }); }"],
    ["a callback asks for the error", "function f() { db.connect((err, c, done) => { if (err) return; done(); }); }"],
    [
      "a callback asks for no error",
      "function f() { db.connect((err, c, done) => { if (!err) { c.query('x'); done(); } }); }",
    ],
    [
      "a callback compares the error",
      "function f() { db.connect((err, c) => { if (err !== null) { log(err); return; } c.release(); }); }",
    ],
    ["a callback asks for both", "function f() { db.connect((err, c) => { if (err || !c) return; c.release(); }); }"],
    [
      "a callback throws",
      "function f() { db.connect((err, c) => { if (err) throw err; if (!c.ok) throw new Error(); c.release(); }); }",
    ],
    ["nobody waits for its promise", "function f() { db.connect(); }"],
    [
      "its promise is wrapped",
      "async function f() { let p = db.connect(); p = wrap(p); const c = await p; if (x) return; c.release(); }",
    ],
    [
      "its promise is given away as well",
      "async function f() { const p = db.connect(); hand(p); const c = await p; if (x) return; c.release(); }",
    ],
    [
      "all of Promise.all have one name",
      "async function f() { const all = await Promise.all([db.connect(), db.connect()]); if (x) return; for (const c of all) c.release(); }",
    ],
    [
      "Promise.all is left without it",
      "async function f() { const [, b] = await Promise.all([db.connect(), g()]); if (x) return; use(b); }",
    ],
    [
      "allSettled() says what became of it",
      "async function f() { const [a] = await Promise.allSettled([db.connect(), g()]); if (x) return; a.value.release(); }",
    ],
    [
      "another all() has it",
      "async function f() { const [a] = await jobs.all([db.connect(), g()]); if (x) return; a.release(); }",
    ],
    [
      "Promise.all is followed by then()",
      "function f() { return Promise.all([db.connect(), g()]).then(([c]) => { if (x) return; c.release(); }); }",
    ],
    [
      "a list that is raced is watched as well",
      "async function f() { const all = [db.connect(), late]; watch(all); const c = await Promise.race(all); c.release(); }",
    ],
    ["a list of promises is returned", "function f() { return [db.connect(), late]; }"],
    ["then() is given a function from outside", "function f(got) { return db.connect().then(got); }"],
    ["then() takes a part out", "function f() { return db.connect().then(({ query }) => query('x')); }"],
    ["then() does not take it", "function f() { return db.connect().then(() => g()); }"],
    ["then() is not called", "function f() { return db.connect().then; }"],
    [
      "the function that gives back is an element",
      "async function f() { const got = await semaphore.acquire(); if (x) return; got[1](); }",
    ],
    [
      "the function that gives back is taken out",
      "async function f() { const { query, release } = await db.connect(); await query('x'); release(); }",
    ],
    [
      "a request has no promise yet",
      "import { Pool } from 'tarn'; const t = new Pool({}); async function f() { const op = t.acquire(); if (x) return; hand(op); }",
    ],
    [
      "a request is asked for something else",
      "import { Pool } from 'tarn'; const t = new Pool({}); async function f() { const s = await t.acquire().abort(); if (x) return; t.release(s); }",
    ],
    [
      "what is made is only looked at",
      "import { DataSource } from 'typeorm'; async function f(ds: DataSource) { const q = ds.createQueryRunner(); log(q.isReleased); }",
    ],
    [
      "a script waits for its function with then()",
      "async function main() { const c = await db.connect(); await c.query('x'); c.release(); } main().then(log, fail);",
    ],
    [
      "a script waits for its function with finally()",
      "async function main() { const c = await db.connect(); await c.query('x'); c.release(); } main().finally(log);",
    ],
    [
      "a script awaits its function",
      "async function main() { const c = await db.connect(); await c.query('x'); c.release(); } await main();",
    ],
    [
      "a script may run its function",
      "async function main() { const c = await db.connect(); await c.query('x'); c.release(); } if (direct) { main().catch(log); }",
    ],
    [
      "each turn of a script ends it by a failure",
      "async function main() { const c = await db.connect(); await c.query('x'); c.release(); } for (const x of xs) await main();",
    ],
    [
      "the turns of a script end by a failure",
      "async function main() { const c = await db.connect(); await c.query('x'); c.release(); } try { for (const x of xs) { await main(); } } catch (e) { log(e); }",
    ],
    [
      "each turn of a script cleans up",
      "async function main() { const c = await db.connect(); await c.query('x'); c.release(); } for (const x of xs) { try { await main(); } finally { log(); } }",
    ],
    [
      "each turn of a script tries again once",
      "async function main() { const c = await db.connect(); await c.query('x'); c.release(); } for (const x of xs) { try { await g(); } catch (e) { await main(); } }",
    ],
    [
      "the pool of a function fails",
      "async function f() { const own = new pg.Pool(); const c = await own.connect(); if (x) throw new Error(); c.release(); await own.end(); }",
    ],
    [
      "the pool of a function ends",
      "async function f() { const own = new pg.Pool(); const c = await own.connect(); await c.query('x'); await own.end(); }",
    ],
    [
      "the lock of a function is nobody else's",
      "async function f() { const own = new Mutex(); await own.acquire(); await g(); }",
    ],
    [
      "the process is aborted",
      "async function f() { const c = await db.connect(); if (x) process.abort(); c.release(); }",
    ],
    [
      "the process of Deno ends",
      "async function f() { const c = await db.connect(); if (x) Deno.exit(1); c.release(); }",
    ],
    [
      "the process of Bun ends",
      "async function f() { const c = await db.connect(); if (x) Bun.exit(1); c.release(); }",
    ],
    [
      "the process ends by an import",
      "import process from 'node:process'; async function f() { const c = await db.connect(); if (x) process.exit(1); c.release(); }",
    ],
    [
      "the process ends by an imported name",
      "import { exit } from 'node:process'; async function f() { const c = await db.connect(); if (x) exit(1); c.release(); }",
    ],
    ["a lock is given to others", "async function f() { await mutex.acquire(); await g(); } hand(mutex);"],
    ["a lock is exported", "export const m = new Mutex(); export async function f() { await m.acquire(); await g(); }"],
    [
      "a lock is exported apart",
      "const m = new Mutex(); export { m }; async function f() { await m.acquire(); await g(); }",
    ],
    [
      "a lock is a parameter",
      "import type { Mutex as M } from 'async-mutex'; async function f(m: M) { await m.acquire(); await g(); }",
    ],
    [
      "the lender closes all",
      "import type { Browser } from 'playwright'; async function f(b: Browser) { await b.newPage(); }",
    ],
    [
      "a callback that was given away before closes the lender",
      'import { chromium } from "playwright"; export async function show(u) { const b = await chromium.launch(); onClose(async () => { await b.close(); }); const p = await b.newPage(); await p.goto(u); }',
    ],
    [
      "a test is one of a runner that another file makes",
      'import { chromium } from "playwright"; import { contextTest as it } from "../fixtures"; it("x", async () => { const b = await chromium.launch(); await b.version(); });',
    ],
    [
      "a test is one of a runner that is extended",
      'import { chromium } from "playwright"; import { test as base } from "./fixtures"; const test = base.extend({}); test("x", async () => { const b = await chromium.launch(); await b.version(); });',
    ],
    [
      "a script takes from another pool",
      "const own = new pg.Pool(); const a = await db.connect(); if (x) a.release(); const b = await own.connect(); b.release();",
    ],
    [
      "a script takes the lock in another way",
      "const r = await mutex.acquire(); if (x) r(); await mutex.runExclusive(g);",
    ],
    [
      "it is given to somebody before a return",
      "async function f() { const c = await db.connect(); if (x) { hand(c); return; } c.release(); }",
    ],
    [
      "it is tried until it was got",
      "async function f() { let c; while (!c) { c = await db.connect().catch(log); } c.release(); }",
    ],
    [
      "it was not got, in a condition",
      "async function f() { const c = await db.connect().catch(log); return c ? (c.release(), 1) : 0; }",
    ],
    [
      "it was not got, and is null",
      "async function f() { const c = await db.connect().catch(log); if (c == null) return; c.release(); }",
    ],
    [
      "it was got, and is not undefined",
      "async function f() { const c = await db.connect().catch(log); if (c != undefined) { c.release(); } }",
    ],
    [
      "it was got, and is neither",
      "async function f() { const c = await db.connect().catch(log); if (c !== null && c !== undefined) { c.release(); } }",
    ],
    [
      "it was not got, and more holds",
      "async function f() { const c = await db.connect(); if (!c && x) return; c.release(); }",
    ],
    [
      "it was not got, in a loop",
      "async function f() { const c = await db.connect(); while (!c) { return; } c.release(); }",
    ],
    [
      "finally asks first with ?",
      "async function f() { let c; try { c = await db.connect(); await c.query('x'); } finally { c ? c.release() : log(); } }",
    ],
    [
      "finally has one case",
      "async function f() { const c = await db.connect(); try { await g(); } finally { switch (x) { default: c.release(); } } }",
    ],
    [
      "a name says whether it is its own",
      "async function f(given) { const isOwn = !given; const c = given ?? (await db.connect()); try { await g(); } finally { if (isOwn) c.release(); } }",
    ],
    [
      "a name of a name says whether it is its own",
      "async function f(given) { const isGiven = given !== undefined; const isOwn = !isGiven; const c = given ?? (await db.connect()); try { await g(); } finally { if (isOwn) c.release(); } }",
    ],
    [
      "a loop calls what gives back",
      "async function f() { const r = await mutex.acquire(); for (const end of [r]) end(); }",
    ],
    [
      "a loop gives back",
      "async function f() { const c = await db.connect(); for (const one of [1]) { c.release(); } }",
    ],
    [
      "a loop gives back as many as were taken",
      "async function f() { await sema.acquire(); await sema.acquire(); for (let i = 0; i < 2; i++) { sema.release(); } }",
    ],
    [
      "it is taken and given back if a parameter says so",
      "async function f(own) { let c; if (own) c = await db.connect(); try { await g(); } finally { if (own) c.release(); } }",
    ],
    [
      "it is taken and given back if an option says so",
      "async function f(o) { let c; if (o.own) c = await db.connect(); try { await g(); } finally { if (o.own) c.release(); } }",
    ],
    [
      "it is taken with && and given back with if",
      "async function f(own) { let c; own && (c = await db.connect()); try { await g(); } finally { if (own) c.release(); } }",
    ],
    [
      "it is taken in a case and given back with if",
      "async function f(kind) { let c; switch (kind) { case 'db': c = await db.connect(); } try { await g(); } finally { if (kind === 'db') c.release(); } }",
    ],
    [
      "a function of a field gives back",
      "class A { #m = new Mutex(); #end = () => { this.#m.release(); }; async f() { await this.#m.acquire(); try { await g(); } finally { this.#end(); } } }",
    ],
    [
      "a method of an object gives back",
      "const lock = { free() { sema.release(); } }; async function f() { await sema.acquire(); try { await g(); } finally { lock.free(); } }",
    ],
    [
      "a method of an instance gives back",
      "class L { free() { sema.release(); } } const l = new L(); async function f() { await sema.acquire(); try { await g(); } finally { l.free(); } }",
    ],
    ["it is given to a limiter", "import limit from 'p-limit'; const f = () => limit(pool.acquire(), 5);"],
    ["what may be a time limit has no time", "const f = () => withTimeout(pool.acquire());"],
    ["a function has another name", "const f = () => within(pool.acquire(), 5);"],
    [
      "a helper that races gives back late",
      "const within = (p, ms) => { p.then((c) => pool.release(c)); return Promise.race([p, sleep(ms)]); }; const f = () => within(pool.acquire(), 5);",
    ],
    [
      "a helper only has the name of a time limit",
      "const withTimeout = async (p, ms) => { const c = await p; return c; }; const f = () => withTimeout(pool.acquire(), 5);",
    ],
    [
      "a helper races it alone",
      "const within = (p, ms) => Promise.race([p]); const f = () => within(pool.acquire(), 5);",
    ],
    [
      "a helper waits for all",
      "const within = (p, ms) => Promise.all([p, sleep(ms)]); const f = () => within(pool.acquire(), 5);",
    ],
    [
      "a helper races something else",
      "const within = (p, ms) => Promise.race([ms, late]); const f = () => within(pool.acquire(), 5);",
    ],
    [
      "a helper takes a part out of its promise",
      "const within = ({ then }, ms) => Promise.race([then, sleep(ms)]); const f = () => within(pool.acquire(), 5);",
    ],
    [
      "a promise of this file has no timer",
      "const within = (p, ms) => new Promise((res, rej) => { p.then(res, rej); }); const f = () => within(pool.acquire(), 5);",
    ],
    [
      "a timer of this file does not reject",
      "const within = (p, ms) => new Promise((res, rej) => { setTimeout(log, ms); p.then(res, rej); }); const f = () => within(pool.acquire(), 5);",
    ],
    [
      "an interval only logs",
      "const f = () => new Promise((resolve, reject) => { setInterval(() => log(), 5); pool.acquire().then(resolve, reject); });",
    ],
    [
      "it is rejected without a timer",
      "const f = () => new Promise((resolve, reject) => { if (x) reject(new Error()); pool.acquire().then(resolve, reject); });",
    ],
    [
      "a timer is no timer",
      "import { setTimeout } from './clock.js'; const f = () => new Promise((resolve, reject) => { setTimeout(() => reject(new Error()), 5); pool.acquire().then(resolve, reject); });",
    ],
    [
      "a task is no promise",
      "const f = () => new Task((resolve, reject) => { setTimeout(() => reject(new Error()), 5); pool.acquire().then(resolve, reject); });",
    ],
    [
      "a timer gives back late with ?",
      "const f = () => new Promise((resolve, reject) => { setTimeout(() => reject(new Error()), 5); pool.acquire().then((c) => { late ? pool.release(c) : resolve(c); }, reject); });",
    ],
    [
      "what is resolved with is kept as well",
      "const f = () => new Promise((resolve, reject) => { setTimeout(() => reject(new Error()), 5); pool.acquire().then((c) => { resolve(c); kept.push(c); }, reject); });",
    ],
    [
      "something else is resolved with",
      "const f = () => new Promise((resolve, reject) => { setTimeout(() => reject(new Error()), 5); pool.acquire().then((c) => { hand(c); resolve(); }, reject); });",
    ],
    [
      "another function reacts",
      "const f = () => new Promise((resolve, reject) => { setTimeout(() => reject(new Error()), 5); pool.acquire().then(take, reject); });",
    ],
    ["a race can be aborted", "const f = () => Promise.race([pool.acquire(abortController), late]);"],
    ["a race has a time limit of the lender", "const f = () => Promise.race([db.connect({ timeout }), late]);"],
    [
      "a test leaves a file open",
      "test('x', async () => { const h = await fs.open(p); if (x) return; await h.close(); });",
    ],
    [
      "two permits are held",
      "async function f() { await sema.acquire(); await sema.acquire(); await g().catch(log); sema.release(); sema.release(); }",
    ],
    [
      "a loop takes two permits",
      "async function f() { for (let i = 0; i < 2; i++) await sema.acquire(); await g().catch(log); sema.release(); sema.release(); }",
    ],
    [
      "two permits have names",
      "async function f() { const a = await sema.acquire(); const b = await sema.acquire(); await g().catch(log); sema.release(a); sema.release(b); }",
    ],
    [
      "a flag remembers the release of a connection",
      "async function f() { const c = await my.getConnection(); let done = false; try { if (x) { c.release(); done = true; } } finally { if (!done) c.release(); } }",
    ],
    [
      "a state remembers the release of a connection",
      "async function f() { const c = await my.getConnection(); try { if (x) { c.release(); state = 'done'; } } finally { c.release(); } }",
    ],
    [
      "a function remembers the release",
      "async function f() { const c = await my.getConnection(); try { if (x) { c.release(); free(c); } } finally { if (!isFree(c)) c.release(); } }",
    ],
    [
      "a release that fails is tried again",
      "async function f() { const c = await my.getConnection(); try { c.release(); } catch { c.release(); } }",
    ],
    [
      "destroy() comes after a release",
      "async function f() { const c = await my.getConnection(); c.release(); c.destroy(); }",
    ],
    [
      "done() is called before something is freed",
      "db.connect((err, c, done) => { if (err) return; done(); cache.free(c); });",
    ],
    [
      "one release of two is in a timer",
      "const later = (c) => { setTimeout(() => c.release(), 5); }; async function f() { const c = await my.getConnection(); if (x) { c.release(); return; } later(c); }",
    ],
    [
      "one release of two is in a closure",
      "async function f() { const c = await my.getConnection(); const end = () => c.release(); if (x) { c.release(); return; } end(); }",
    ],
    [
      "a loop ends with the release",
      "async function f() { const c = await my.getConnection(); for (;;) { if (await g().catch(log)) { c.release(); break; } } }",
    ],
    [
      "only a log may fail after the release",
      "async function f() { const c = await my.getConnection(); try { await c.query('x').catch(log); c.release(); log(); } catch { c.release(); } }",
    ],
  ])("%s", ([, code]) => {
    expect(check(SETUP + code)).toEqual([]);
  });
});

test("knows a lender by its annotation", () => {
  const body = "\nconst c = await db.connect(); if (x) return; c.release(); }";
  expect(lines(`import type { Pool } from "pg"; async function f(db: Pool) {${body}`)).toEqual([2]);
  expect(
    lines(
      `import pg from "pg"; class A { constructor(private db: pg.Pool) {} async f() {${body.replace("db.", "this.db.")} }`,
    ),
  ).toEqual([2]);
});

test("reads scripts in plain JavaScript", () => {
  const code = `const { Pool } = require("pg"); const db = new Pool(); async function f() {\nconst c = await db.connect(); if (x) return; c.release(); }`;
  expect(lines(code, { language: "commonjs" })).toEqual([2]);
  expect(lines(code, { language: "espree" })).toEqual([2]);
});

test("strictly, reports what is lost only if something else fails", () => {
  const wait = SETUP + "async function f() {\nconst r = await mutex.acquire(); await g(); r(); }";
  const parse =
    SETUP + "async function f(text) {\nconst r = await mutex.acquire(); const v = JSON.parse(text); r(); return v; }";
  const named = SETUP + "import { withTimeout } from './time.ts'; const f = () =>\nwithTimeout(pool.acquire(), 5);";
  for (const code of [wait, parse, named]) {
    expect(check(code)).toEqual([]);
    expect(strictly(code).map(({ line }) => line)).toEqual([2]);
  }
});

test("blames what fails first, not what cleans up after it", () => {
  const body = "const b = await chromium.launch(); await s.visit(b); await b.close();";
  const code = `import { chromium } from "playwright"; export async function f(s) { try { ${body} } finally { await s.stop(); } }`;
  expect(strictly(code).map(({ message }) => message)).toEqual([expect.stringContaining("`await s.visit(b)` fails")]);
});

describe("strictly, reports what is not given back", () => {
  test.for<[string, string]>([
    [
      "when something else in a chain fails",
      "async function f() {\nconst c = await db.connect(); return g().then(() => c.release()); }",
    ],
    [
      "when BigInt() fails",
      "async function f() {\nconst r = await mutex.acquire(); const v = BigInt(t); r(); return v; }",
    ],
    [
      "when decodeURI() fails",
      "async function f() {\nconst r = await mutex.acquire(); const v = decodeURI(t); r(); return v; }",
    ],
    [
      "when decodeURIComponent() fails",
      "async function f() {\nconst r = await mutex.acquire(); const v = decodeURIComponent(t); r(); return v; }",
    ],
    [
      "when a parser in a try without catch fails",
      "async function f() {\nconst r = await mutex.acquire(); let v; try { v = JSON.parse(t); r(); } finally { log(); } return v; }",
    ],
    [
      "when a helper throws",
      "function check() { if (x) throw new Error(); } async function f() {\nconst r = await mutex.acquire(); check(); r(); }",
    ],
    [
      "when the next item fails",
      "async function f() {\nconst r = await mutex.acquire(); for await (const x of xs) use(x); r(); }",
    ],
    [
      "when a clean-up in finally fails",
      "async function f() {\nconst c = await db.connect(); try { await c.query('x').catch(log); } finally { await c.query('END'); c.release(); } }",
    ],
    [
      "when a clean-up in catch fails",
      "async function f() {\nconst c = await db.connect(); try { await c.query('x'); c.release(); } catch (e) { if (x) { await c.query('ROLLBACK'); } c.release(); } }",
    ],
    [
      "when connect() fails",
      "async function f() {\nconst c = await db.connect(); await c.connect(); try { await c.query('x'); } finally { c.release(); } }",
    ],
    [
      "when startTransaction() fails",
      "async function f() {\nconst c = await db.connect(); await c.startTransaction(); try { await c.query('x'); } finally { c.release(); } }",
    ],
    [
      "when beginTransaction() fails",
      "async function f() {\nconst c = await db.connect(); await c.beginTransaction(); try { await c.query('x'); } finally { c.release(); } }",
    ],
    [
      "when a function of this file fails",
      "async function work() { await g(); } async function f() {\nconst r = await mutex.acquire(); await work(); r(); }",
    ],
    [
      "when what a variable holds fails",
      "let work = g(); async function f() {\nconst r = await mutex.acquire(); await work(); r(); }",
    ],
    ["when a promise fails", "async function f() {\nconst r = await mutex.acquire(); await ready; r(); }"],
    [
      "when a sleep is aborted",
      "import { setTimeout as sleep } from 'node:timers/promises'; async function f() {\nconst r = await mutex.acquire(); await sleep(5, null, { signal }); r(); }",
    ],
    [
      "when the next lease is not granted",
      "async function f() {\nconst r = await mutex.acquire(); const c = await db.connect(); c.release(); r(); }",
    ],
    ["when a method has the name of a time limit", "const f = () =>\nclock.withDeadline(pool.acquire(), 5);"],
  ])("%s", ([, code]) => {
    expect(lines(SETUP + code)).toEqual([]);
    expect(strictly(SETUP + code).map(({ line }) => line)).toEqual([2]);
  });
});

describe("even strictly, is silent where", () => {
  test.for<[string, string]>([
    [
      "something cannot fail",
      "async function f() {\nconst r = await mutex.acquire(); const v = JSON.stringify(t); r(); return v; }",
    ],
    [
      "a parser is another one",
      "import { parse } from 'JSON'; async function f() {\nconst r = await mutex.acquire(); const v = parse(t); r(); return v; }",
    ],
    [
      "a helper throws later",
      "async function check() { if (x) throw new Error(); } async function f() {\nconst r = await mutex.acquire(); check(); r(); }",
    ],
    [
      "a generator throws later",
      "function* check() { if (x) throw new Error(); } async function f() {\nconst r = await mutex.acquire(); check(); r(); }",
    ],
    [
      "a helper catches what it throws",
      "function check() { try { throw new Error(); } catch {} } async function f() {\nconst r = await mutex.acquire(); check(); r(); }",
    ],
    [
      "a helper gives a function that throws",
      "function check() { return () => { throw new Error(); }; } async function f() {\nconst r = await mutex.acquire(); check(); r(); }",
    ],
    [
      "a loop does not wait",
      "async function f() {\nconst r = await mutex.acquire(); for (const x of xs) use(x); r(); }",
    ],
    ["its release may fail", "async function f() { const h = await fs.open(p); await h.close(); }"],
    [
      "its release may fail in try",
      "async function f() { const h = await fs.open(p); try { await h.close(); } catch (e) { log(e); } }",
    ],
    [
      "a sleep is over",
      "import { setTimeout as sleep } from 'node:timers/promises'; async function f() {\nconst r = await mutex.acquire(); await sleep(5); r(); }",
    ],
    [
      "a delay is over",
      "import delay from 'delay'; async function f() {\nconst r = await mutex.acquire(); await delay(5); r(); }",
    ],
    [
      "another lock is taken",
      "const other = new Mutex(); async function f() {\nconst r = await mutex.acquire(); const q = await other.acquire(); q(); r(); }",
    ],
    [
      "a permit is taken",
      "async function f() {\nconst r = await mutex.acquire(); await sema.acquire(); sema.release(); r(); }",
    ],
  ])("%s", ([, code]) => {
    expect(strictly(SETUP + code)).toEqual([]);
  });
});

test.for([
  ..."release close quit unlock releaseClient giveBack return".split(" ").map((name) => `c.${name}()`),
  "await c[Symbol.asyncDispose]()",
])("knows what an unknown thing is given back by: %s", (release) => {
  const code = `async function f() { const c = await pool.acquire(); try { await g(); } finally { ${release}; } }`;
  expect(check(SETUP + code)).toEqual([]);
});

test.for(["assert", "node:assert", "assert/strict", "chai", "expect", "vitest", "@jest/globals"])(
  "knows that what is given to a check of %s stays with who holds it",
  (module) => {
    const code = "async function f() {\nconst c = await pool.acquire(); check(c); }";
    expect(lines(`import { check } from '${module}'; ${SETUP}${code}`)).toEqual([2]);
  },
);

test.for([
  ..."c;|void c;|g(typeof c);|if (c === d) g();|if (c) g();|while (c) g();|do g(); while (c);|for (; c;) g();".split(
    "|",
  ),
  ..."for (const x of c) g(x);|for (const k in c) g(k);|g(`${c}`);|let d: typeof c;|const y = c ? 1 : 2;".split("|"),
  ..."return c && 1;|return c instanceof D;|return (c, 1);|return !c;|const { rows } = c;|await c;|c('x');".split("|"),
  ..."Boolean(c);|String(c);|assert(c);|console.log(c);|expect(c).toBe(1);".split("|"),
  ...["close", "end", "error", "notice"].map((event) => `c.on('${event}', log);`),
])("knows that nothing becomes of what is only looked at: %s", (use) => {
  const code = `async function f() {\nconst c = await db.connect(); ${use} }`;
  expect(lines(SETUP + code)).toEqual([2]);
});

test.for(["on", "once", "addListener"])("leaves it open when a listener by %s is called", (method) => {
  const code = `async function f() { const c = await db.connect(); c.${method}('drain', () => { if (x) return; c.release(); }); }`;
  expect(check(SETUP + code)).toEqual([]);
});

test.for<[string, string]>([
  ["on the `break` in line 3", "for (;;) {\nconst r = await mutex.acquire(); if (x)\nbreak; r(); }"],
  ["on the `continue` in line 3", "for (;;) {\nconst r = await mutex.acquire(); if (x)\ncontinue; r(); }"],
  [
    "before the next one is taken",
    "for (;;) {\nconst r = await mutex.acquire(); switch (x) { case 1:\nbreak; default: r(); } }",
  ],
  [
    "on the `break` in line 3",
    "a: for (;;) {\nconst r = await mutex.acquire(); switch (x) { case 1:\nbreak a; default: r(); } }",
  ],
  [
    "on the `break` in line 3",
    "switch (x) { case 1: for (;;) {\nconst r = await mutex.acquire(); if (x)\nbreak; r(); } }",
  ],
  ["on the `throw` in line 3", "\nconst r = await mutex.acquire(); if (x)\nthrow new Error(); r();"],
  ["when `await c.query('x')` fails in line 3", "\nconst c = await db.connect();\nawait c.query('x'); c.release();"],
  [
    "when `await c.query(v)` fails in line 3",
    "\nconst c = await db.connect(); const v = JSON.parse(x);\nawait c.query(v); c.release();",
  ],
  [
    "when `await c.query('x')` fails in line 3",
    "\nconst c = await db.connect(); try {\nawait c.query('x'); c.release(); } catch (e) { log(e);\n}",
  ],
  [
    "on the `return` in line 4",
    "\nconst c = await db.connect(); try {\nawait c.query('x'); c.release(); } catch (e) { log(e);\nreturn; }",
  ],
  ["on the `return` in line 4", "\nconst c = await db.connect();\nawait c.query('x'); if (x)\nreturn; c.release();"],
  ["at the `yield` of line 3", "\nconst c = await db.connect(); for (const x of xs)\nyield x; c.release();"],
  ["at the `yield` of line 3", "\nconst c = await db.connect(); if (x) {\nyield x; return; } c.release();"],
  ["on a path that comes to the end of the function", "\nconst c = await db.connect(); if (x) c.release();"],
  [
    "before the next one is taken",
    "let c; for (const x of xs) {\nc = await db.connect();\nawait c.query(x).catch(log); } c.release();",
  ],
])("says where it is lost: %s", ([way, body]) => {
  const [report, ...others] = check(`${SETUP}async function* f() { ${body} }`);
  expect(report?.line).toBe(2);
  expect(report?.message).toContain(
    ` is not given back ${way.startsWith("at") ? "when whoever reads stops early, " : ""}${way}:`,
  );
  expect(others).toEqual([]);
});

test("says what is held, where it is lost, and who waits then", () => {
  const code = "async function f() {\n  const c = await db.connect();\n  if (x) return;\n  c.release();\n}";
  expect(check(SETUP + "\n" + code)[0]?.message).toBe(
    "The lease that `db.connect()` takes is not given back on the `return` in line 4: each time there is one less, and when none is left, the next `db.connect()` waits for ever, or until its acquire timeout, if there is one. Give it back in `finally`, so that every way out does.",
  );
});

test("says of a transaction how it ends", () => {
  const code = `import knex from "knex"; const db = knex({});
export async function f(x) { const trx = await db.transaction();
if (x) return;
await trx.commit(); }`;
  expect(check(code)[0]?.message).toContain("is neither committed nor rolled back on the `return` in line 3");
});
