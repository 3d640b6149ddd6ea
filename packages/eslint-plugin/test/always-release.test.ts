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
