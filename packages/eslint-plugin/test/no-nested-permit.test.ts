import { describe, expect, test } from "vitest";
import { lint } from "./lint.ts";
import type { LintOptions, Report } from "./lint.ts";

const check = (code: string, options: LintOptions = {}): Report[] =>
  lint(code, { rules: { "tailrace/no-nested-permit": "error" }, ...options });
const lines = (code: string, options?: LintOptions): number[] => check(code, options).map(({ line }) => line);

const SETUP =
  `import pLimit from "p-limit"; import PQueue from "p-queue"; import { Mutex, Semaphore } from "async-mutex"; import { Sema } from "async-sema"; ` +
  `import genericPool from "generic-pool"; import pg from "pg"; import mysql from "mysql2/promise"; import knexFactory from "knex"; import postgres from "postgres"; ` +
  `import { PrismaClient } from "@prisma/client"; import { Sequelize } from "sequelize"; import { DataSource } from "typeorm"; ` +
  `const limit = pLimit(1), queue = new PQueue({ concurrency: 1 }), mutex = new Mutex(), other = new Mutex(), semaphore = new Semaphore(1), sema = new Sema(1), ` +
  `pool = genericPool.createPool(factory), db = new pg.Pool({ max: 1 }), my = mysql.createPool({ connectionLimit: 1 }), knex = knexFactory({ pool: { max: 1 } }), ` +
  `sql = postgres({ max: 1 }), prisma = new PrismaClient(), sequelize = new Sequelize({ pool: { max: 1 } }), source = new DataSource({ poolSize: 1 });\n`;

describe("reports what is taken again by who holds it", () => {
  test.for<[string, string]>([
    ["by a limiter in itself", "await limit(async () => {\nawait limit(f); });"],
    ["by what an arrow function returns", "await limit(() =>\nlimit(f));"],
    [
      "by a limit of Tailrace in itself",
      'import { limit as permits } from "tailrace"; const two = permits(1); await two(async () => {\nawait two(f); });',
    ],
    [
      "by a limiter, with arguments for the function",
      "async function g(x) {\nawait limit(f, x); } await limit(g, 1);".replace("{\nawait", "{\nawait"),
    ],
    ["by a queue in itself", "queue.add(async () => { const done =\nqueue.add(f); await done; });"],
    [
      "by a queue in Promise.all",
      "queue.add(async () => { await Promise.all([\nqueue.add(f), queue.add(f)]); });".replace(", queue.add(f)]", "]"),
    ],
    [
      "by promises that are collected",
      "queue.add(async () => { const all = []; for (const x of xs)\nall.push(queue.add(() => f(x))); await Promise.all(all); });",
    ],
    ["by a mapped list", "limit(async () => { await Promise.all(xs.map((x) =>\nlimit(() => f(x)))); });"],
    ["by Array.from", "limit(async () => { await Promise.all(Array.from({ length: 3 }, () =>\nlimit(f))); });"],
    ["by spreading", "limit(async () => { await Promise.all([...xs.map((x) =>\nlimit(() => f(x)))]); });"],
    ["in a chain", "mutex.runExclusive(() => f().then(() =>\nmutex.runExclusive(g)));"],
    [
      "in a chain, by its name",
      "const again = () => mutex.runExclusive(g); again(); mutex.runExclusive(() => f().then(\nagain));",
    ],
    ["in a chain after acquire", "mutex.acquire().then((release) =>\nmutex.runExclusive(g).finally(() => release()));"],
    [
      "after acquire",
      "async function f() { const release = await mutex.acquire(); try {\nawait mutex.acquire(); } finally { release(); } }",
    ],
    [
      "after acquire of a semaphore",
      "async function f() { const [value, release] = await semaphore.acquire();\nawait semaphore.runExclusive(g); release(); }",
    ],
    [
      "after acquire without a name",
      "async function f() { await sema.acquire();\nawait sema.acquire(); sema.release(); sema.release(); }",
    ],
    [
      "in a loop",
      "async function f() { const c = await db.connect(); for (const x of xs) {\nawait db.query(x); } c.release(); }",
    ],
    [
      "in a condition",
      "async function f() { const c = await db.connect(); if (x > 1) {\nawait db.query(x); } c.release(); }",
    ],
    [
      "in finally, before the release",
      "async function f() { const c = await db.connect(); try { await c.query('x'); } finally {\nawait db.query('done'); c.release(); } }",
    ],
    [
      "in catch, before the release",
      "async function f() { const c = await db.connect(); try { await c.query('x'); } catch (e) {\nawait db.query('failed'); } finally { c.release(); } }",
    ],
    [
      "by for await",
      "async function f() { const c = await my.getConnection(); for await (const row of\nmy.query('x')) use(row); c.release(); }",
    ],
    ["with callbacks", "db.connect((error, c, done) => {\ndb.query('x', (e, r) => { done(); }); });"],
    [
      "through a function",
      "async function log() { await db.query('x'); } log(); async function f() { const c = await db.connect();\nawait log(); c.release(); }",
    ],
    [
      "through functions",
      "async function log() { await db.query('x'); } const note = async () => { await log(); }; note(); log(); async function f() { const c = await db.connect();\nawait note(); c.release(); }",
    ],
    [
      "through a function that is only called by who holds it",
      "async function log() {\nawait db.query('x'); } async function f() { const c = await db.connect(); await log(); c.release(); }",
    ],
    [
      "through a method",
      "class A { #m = new Mutex(); get() { return this.#m.runExclusive(f); } all() { return this.#m.runExclusive(async () => {\nawait this.get(); }); } }",
    ],
    [
      "through an arrow function in a field",
      "class A { m = new Mutex(); get = () => this.m.runExclusive(f); all = () => this.m.runExclusive(async () => {\nawait this.get(); }); }",
    ],
    [
      "through a method that is bound",
      "class A { m = new Mutex(); get() { return this.m.runExclusive(f); } all() { return this.m.runExclusive(() => Promise.all(xs.map(\nthis.get.bind(this)))); } }",
    ],
    [
      "through a method of an object",
      "const store = { lock: new Mutex(), get() { return this.lock.runExclusive(f); } }; store.get(); store.lock.runExclusive(() =>\nstore.get());",
    ],
    [
      "of an instance, from outside",
      "class A { lock = new Mutex(); get() { return this.lock.runExclusive(f); } } const a = new A(); a.get(); a.lock.runExclusive(() =>\na.get());",
    ],
    [
      "that was given to the function",
      "async function g(m) { await m.acquire(); } g(other); mutex.runExclusive(async () => {\nawait g(mutex); });",
    ],
    [
      "that was given in an object",
      "const g = ({ lock }: { lock: Mutex }) => lock.runExclusive(f); g({ lock: other }); mutex.runExclusive(async () => {\nawait g({ lock: mutex }); });",
    ],
    [
      "that is a parameter",
      "async function f(m: Mutex) { await m.runExclusive(async () => {\nawait m.acquire(); }); }",
    ],
    ["by another name", "const same = mutex; mutex.runExclusive(async () => {\nawait same.acquire(); });"],
    [
      "within a function that holds it for others",
      "const locked = (work) => mutex.runExclusive(() => work()); locked(async () => {\nawait locked(f); });",
    ],
    [
      "within a function that holds it for others, given by name",
      "const locked = (work) => mutex.runExclusive(work); locked(async () => {\nawait mutex.acquire(); });",
    ],
    [
      "within a method that holds it for others",
      "class A { m = new Mutex(); async locked(work) { const r = await this.m.acquire(); try { return await work(); } finally { r(); } } go() { return this.locked(async () => {\nawait this.locked(f); }); } }",
    ],
    [
      "within a function around a function",
      "const inner = (work) => mutex.runExclusive(work); const outer = (work) => inner(async () => { await work(); }); outer(async () => {\nawait mutex.acquire(); });",
    ],
    [
      "that a function takes for its caller",
      "const take = () => mutex.acquire(); async function f() { const release = await take();\nawait mutex.runExclusive(g); release(); }",
    ],
    ["by itself, called on the spot", "limit(async () => { await (async () => {\nawait limit(f); })(); });"],
    [
      "in what is tried again",
      "import retry from 'p-retry'; mutex.runExclusive(async () => { await retry(() =>\nmutex.runExclusive(f)); });",
    ],
    [
      "by a helper of this file that runs it",
      "const retry = async (work) => { try { return await work(); } catch { return await work(); } }; mutex.runExclusive(async () => { await retry(() =>\nmutex.runExclusive(f)); });",
    ],
    ["by pool.use in pool.use", "pool.use(async (c) => {\nawait pool.use(f); });"],
    [
      "by a query of knex outside",
      "knex.transaction(async (trx) => {\nawait knex('users').where({ id: 1 }).first(); });",
    ],
    [
      "by a lock that fails with an error of its own",
      "const m = new Mutex(new Error('taken')); await m.runExclusive(async () => {\nawait m.acquire(); });",
    ],
    [
      "by a table of knex, inserted into",
      "knex.transaction(async (trx) => { await trx('users').insert(u);\nawait knex('log').insert(u); });",
    ],
    ["by the schema of knex", "knex.transaction(async (trx) => {\nawait knex.schema.createTable('t', f); });"],
    [
      "by knex, with a transaction that is ended by hand",
      "async function f() { const trx = await knex.transaction(); await trx('t');\nawait knex('u').select(); await trx.commit(); }",
    ],
    ["by sql in begin", "sql.begin(async (tx) => { await tx`select 1`;\nawait sql`select 2`; });"],
    ["by a list of sql in begin", "sql.begin(async (tx) => { await Promise.all([\nsql`select 2`]); });"],
    [
      "by a model of prisma outside",
      "async function f() { await prisma.$transaction(async (tx) => { await tx.user.count();\nawait prisma.user.create({ data }); }); }",
    ],
    [
      "by a raw query of prisma",
      "async function f() { await prisma.$transaction(async (tx) => {\nawait prisma.$executeRaw`vacuum`; }); }",
    ],
    [
      "by prisma in a service",
      "class S { constructor(private readonly prisma: PrismaClient) {} async f() { await this.prisma.$transaction(async (tx) => {\nawait this.prisma.post.update(x); }); } }",
    ],
    [
      "by prisma through a method",
      "class S { constructor(private prisma: PrismaClient) {} log() { return this.prisma.log.create(x); } async f() { await this.log(); await this.prisma.$transaction(async (tx) => {\nawait this.log(); }); } }",
    ],
    [
      "by a repository of typeorm",
      "const users = source.getRepository(User); source.transaction(async (manager) => {\nawait users.save(u); });",
    ],
    ["by the manager of the data source", "source.transaction(async (m) => {\nawait source.manager.find(User); });"],
    [
      "by a query runner's data source",
      "async function f() { const runner = source.createQueryRunner(); await runner.connect();\nawait source.query('x'); await runner.release(); }",
    ],
    [
      "by a query of sequelize without its transaction",
      "sequelize.transaction(async (transaction) => {\nawait sequelize.query('x'); });",
    ],
    [
      "by a model of sequelize",
      "const User = sequelize.define('user', {}); sequelize.transaction(async (t) => {\nawait User.create({ name }); });",
    ],
    [
      "by a class of sequelize",
      "import { Model } from 'sequelize'; class User extends Model {} User.init({}, { sequelize }); sequelize.transaction(async (t) => {\nawait User.findAll({ where }); });",
    ],
    [
      "by a transaction of sequelize in the wrong place",
      "const User = sequelize.define('user', {}); sequelize.transaction(async (t) => {\nawait User.create({ name }, { logging }, { transaction: t }); });",
    ],
    [
      "by a lock of the platform",
      "navigator.locks.request('a', async () => {\nawait navigator.locks.request('a', f); });",
    ],
    [
      "by a lock whose name is a constant",
      "const NAME = 'a'; navigator.locks.request(NAME, async () => {\nawait navigator.locks.request('a', { mode: 'shared' }, f); });",
    ],
    [
      "by a lock whose name was given",
      "async function f(name) { await navigator.locks.request(name, async () => {\nawait navigator.locks.request(name, g); }); }",
    ],
  ])("%s", ([, code]) => {
    expect(lines(SETUP + code)).toEqual([3]);
  });
});

describe("reports who waits until nobody holds what it holds", () => {
  test.for<[string, string]>([
    ["by onIdle in a task", "queue.add(async () => {\nawait queue.onIdle(); });"],
    ["by onIdle in a task of many", "const q = new PQueue(); q.add(async () => {\nawait q.onIdle(); });"],
    [
      "by onIdle through a function",
      "const rest = async () => { await queue.onIdle(); }; rest(); queue.add(async () => {\nawait rest(); });",
    ],
    ["by onEmpty in the only task", "queue.add(async () => {\nawait queue.onEmpty(); });"],
    ["by waitForUnlock", "async function f() { const r = await mutex.acquire();\nawait mutex.waitForUnlock(); r(); }"],
    [
      "by the end of the pool",
      "async function f() { const c = await db.connect(); try { await c.query('x'); } finally {\nawait db.end(); c.release(); } }",
    ],
    ["by drain", "pool.use(async (c) => {\nawait pool.drain(); });"],
  ])("%s", ([, code]) => {
    expect(lines(SETUP + code)).toEqual([3]);
  });
});

describe("is silent where", () => {
  test.for<[string, string]>([
    ["nobody waits", "queue.add(async () => { void queue.add(f); queue.add(g); queue.add(h).catch(log); });"],
    ["others wait", "const all = []; queue.add(async () => { all.push(queue.add(f)); });"],
    ["it is raced", "queue.add(async () => { await Promise.race([queue.add(f), sleep(100)]); });"],
    [
      "a timer does it later",
      "mutex.runExclusive(async () => { setTimeout(async () => { await mutex.acquire(); }, 5); });",
    ],
    [
      "a listener does it later",
      "mutex.runExclusive(async () => { emitter.on('x', async () => { await mutex.acquire(); }); });",
    ],
    [
      "forEach does not wait",
      "mutex.runExclusive(async () => { xs.forEach(async (x) => { await mutex.acquire(); }); });",
    ],
    ["it is another one", "mutex.runExclusive(async () => { await other.runExclusive(f); });"],
    ["a parameter has its name", "limit(async () => { await g(async (limit) => { await limit(f); }); });"],
    ["a variable has its name", "limit(async () => { const limit = pLimit(1); await limit(f); });"],
    [
      "it was given back",
      "async function f() { const r = await mutex.acquire(); await g(); r(); await mutex.acquire(); }",
    ],
    [
      "it was given back in finally",
      "async function f() { const c = await db.connect(); try { await c.query('x'); } finally { c.release(); } await db.query('y'); }",
    ],
    [
      "it was given back in both branches",
      "async function f() { const c = await db.connect(); if (x) { c.release(); } else { c.release(true); } await db.query('y'); }",
    ],
    [
      "it was given back if it was got",
      "async function f() { let c; try { c = await db.connect(); await c.query('x'); } finally { if (c) c.release(); } await db.query('y'); }",
    ],
    [
      "it was not got",
      "async function f() { let c; try { c = await db.connect(); } catch { await db.query('y'); return; } c.release(); }",
    ],
    [
      "it is returned and given back at once",
      "async function f() { const c = await db.connect(); try { return db.query('x'); } finally { c.release(); } }",
    ],
    [
      "it is given to who gives it back",
      "async function f() { const c = await db.connect(); await finish(c); await db.query('y'); }",
    ],
    [
      "it is given back by a helper",
      "const end = (c) => c.release(); async function f() { const c = await db.connect(); end(c); await db.query('y'); }",
    ],
    [
      "a closure gives it back",
      "async function f() { const c = await db.connect(); const end = () => c.release(); await c.query('x'); end(); await db.query('y'); }",
    ],
    [
      "the transaction has been ended",
      "knex.transaction(async (trx) => { await trx('t'); await trx.commit(); await knex('u'); });",
    ],
    [
      "it is only built",
      "knex.transaction(async (trx) => { const q = knex('u').select('id'); await trx('t').whereIn('id', q); });",
    ],
    ["it joins later in the chain", "knex.transaction(async (trx) => { await knex('u').where(x).transacting(trx); });"],
    [
      "the transaction is in the options",
      "sequelize.transaction(async (transaction) => { await sequelize.query('x', { transaction }); });",
    ],
    [
      "options may have the transaction",
      "const User = sequelize.define('u', {}); sequelize.transaction(async (t) => { await User.create(v, withTransaction(t)); });",
    ],
    [
      "an array is one transaction",
      "async function f() { await prisma.$transaction([prisma.user.create(u), prisma.post.create(p)]); }",
    ],
    [
      "the parameter is called prisma as well",
      "async function f() { await prisma.$transaction(async (prisma) => { await prisma.user.create(u); }); }",
    ],
    [
      "the manager comes from the transaction",
      "source.transaction(async (manager) => { await manager.getRepository(User).save(u); });",
    ],
    ["there is no bound", "const q = new PQueue(); q.add(async () => { await q.add(f); });"],
    ["there is no bound, said so", "const l = pLimit(Infinity); l(async () => { await l(f); });"],
    [
      "a test checks it",
      "import { test } from 'vitest'; const p = new pg.Pool(); test('x', async () => { const c = await p.connect(); await p.query('x'); c.release(); });",
    ],
    [
      "one caller holds one of many",
      "const p = new pg.Pool({ max: 4 }); async function main() { const c = await p.connect(); await p.query('x'); c.release(); } main();",
    ],
    [
      "only one may come here",
      "const p = new pg.Pool({ max: 4 }); export const f = () => mutex.runExclusive(async () => { const c = await p.connect(); await p.query('x'); c.release(); });",
    ],
    [
      "it is the lock of another instance",
      "class A { m = new Mutex(); get() { return this.m.runExclusive(f); } from(a: A) { return this.m.runExclusive(() => a.get()); } }",
    ],
    [
      "it is another one each time",
      "const at = (id) => locks.get(id); async function f(id) { const m = new Mutex(); await m.runExclusive(() => g()); } async function g() { await f(1); } f(2);",
    ],
    ["it has another key", "navigator.locks.request('a', async () => { await navigator.locks.request('b', f); });"],
    [
      "its key may be another one",
      "const g = (name) => navigator.locks.request(name, f); const h = (name) => navigator.locks.request(name, () => g(next(name)));",
    ],
    [
      "a class only has the name",
      "class Mutex2 { runExclusive(f) { return f(); } } const m = new Mutex2(); m.runExclusive(() => m.runExclusive(f));",
    ],
    ["it was asked before", "mutex.runExclusive(async () => { if (!mutex.isLocked()) await mutex.acquire(); });"],
    [
      "a flag says that it is held",
      "const save = async (held) => { if (!held) await mutex.acquire(); }; save(); mutex.runExclusive(() => save(true));",
    ],
    [
      "an option says that it is held",
      "const save = async (options = {}) => { if (options.locked) return f(); return mutex.runExclusive(f); }; save(); mutex.runExclusive(() => save({ locked: true }));",
    ],
    [
      "a field says that it is held",
      "class A { m = new Mutex(); #held = false; save() { if (this.#held) return f(); return this.m.runExclusive(f); } all() { return this.m.runExclusive(() => this.save()); } }",
    ],
    [
      "it is expected to fail",
      "import assert from 'node:assert'; mutex.runExclusive(async () => { await assert.rejects(() => mutex.acquire()); });",
    ],
    [
      "connections of a request are of another kind",
      "import http from 'node:http'; http.get(url, async () => { await http.get(url); });",
    ],
  ])("%s", ([, code]) => {
    expect(check(SETUP + code)).toEqual([]);
  });
});

describe("where several may hold one, reports what is done by several at once", () => {
  const HOLD = "const c = await p.connect();\nawait p.query('x'); c.release();";
  test.for<[string, string, number[]]>([
    [
      "in a loop that does not wait",
      "for (const x of xs) p.connect().then(async (c) => {\nawait p.query(x); c.release(); });",
      [3],
    ],
    ["but not in one that does", `for (const x of xs) { ${HOLD} }`, []],
    [
      "but not in one that waits for a function on the spot",
      "for (const x of xs) await (async () => { return p.connect().then(async (c) => { await p.query(x); c.release(); }); })();",
      [],
    ],
    ["but not in a script", HOLD, []],
    ["in a function that is called in a loop", `async function f() { ${HOLD} } for (const x of xs) f();`, [3]],
    ["but not where the loop waits for it", `async function f() { ${HOLD} } for (const x of xs) await f();`, []],
    ["in a function that is called twice", `async function f() { ${HOLD} } f(); f();`, [3]],
    ["in a function that is called twice, and waited for once", `async function f() { ${HOLD} } f(); await f();`, [3]],
    ["but not where both calls are waited for", `async function f() { ${HOLD} } await f(); await f();`, []],
    [
      "in a function that others call as well",
      `async function f() { ${HOLD} } await f(); export const g = async () => { await f(); };`,
      [3],
    ],
    [
      "in a function that calls itself",
      "async function f(n) { const c = await p.connect(); if (n > 0)\nawait f(n - 1); c.release(); } await f(10);",
      [3],
    ],
    [
      "in functions that call each other",
      "async function f(n) { const c = await p.connect();\nawait g(n - 1); c.release(); } async function g(n) { if (n > 0) await f(n); } await f(10);",
      [3],
    ],
    ["but not in a function on the spot", `(async () => { ${HOLD} })();`, []],
    ["in a function on the spot, in a loop", `for (const x of xs) (async () => { ${HOLD} })();`, [3]],
    ["but not after a promise", `start().then(async () => { ${HOLD} });`, []],
    ["but not after an error", `start().catch(async () => { ${HOLD} });`, []],
    ["but not in the end", `start().finally(async () => { ${HOLD} });`, []],
    ["in a handler", `app.get("/", async () => { ${HOLD} });`, [3]],
    ["in what a list is mapped to", `xs.map(async () => { ${HOLD} });`, [3]],
    ["but not under a limit of one", `app.get("/", () => limit(async () => { ${HOLD} }));`, []],
    ["under a limit of two", `const two = pLimit(2); app.get("/", () => two(async () => { ${HOLD} }));`, [3]],
    ["in what is given to a function with a limit", `app.get("/", () => limit(f, async () => { ${HOLD} }));`, [3]],
    [
      "under a lock for each name",
      `app.get("/", (name) => navigator.locks.request(name, async () => { ${HOLD} }));`,
      [3],
    ],
    [
      "but not in a function that a test calls",
      `import { test } from "vitest"; async function f() { ${HOLD} } test("x", async () => { await f(); });`,
      [],
    ],
  ])("%s", ([, code, expected]) => {
    expect(lines(`${SETUP}const p = new pg.Pool({ max: 4 });${code}`)).toEqual(expected);
  });
});

describe("knows how many may hold it", () => {
  test.for<[string, string, string]>([
    ["by a number", "const p = new pg.Pool({ max: 4 });", "4 callers are"],
    ["by nothing", "const p = new pg.Pool();", "10 callers are"],
    ["by other options", "const p = new pg.Pool({ host });", "10 callers are"],
    ["by options with a name", "const options = { max: 3 }; const p = new pg.Pool(options);", "3 callers are"],
    ["by a number with a name", "const max = 3; const p = new pg.Pool({ max });", "3 callers are"],
    ["by a quoted key", "const p = new pg.Pool({ 'max': 3 });", "3 callers are"],
    ["but not by a key that is computed", "const p = new pg.Pool({ [max]: 3 });", "10 callers are"],
    ["but not by a text", "const p = new pg.Pool({ max: '3' });", "as many callers as `p` has connections are"],
    [
      "but not by options from elsewhere",
      "const p = new pg.Pool(options);",
      "as many callers as `p` has connections are",
    ],
    [
      "but not by what is spread into them",
      "const p = new pg.Pool({ ...options });",
      "as many callers as `p` has connections are",
    ],
    [
      "but not by options behind arguments that are spread",
      "const p = new pg.Pool(...options, { max: 3 });",
      "as many callers as `p` has connections are",
    ],
    [
      "but not by arguments that are spread",
      "const p = new pg.Pool(...options);",
      "as many callers as `p` has connections are",
    ],
    [
      "but not by a number from elsewhere",
      "const p = new pg.Pool({ max: size });",
      "as many callers as `p` has connections are",
    ],
    ["but not by a pool from elsewhere", "const p: pg.Pool = make();", "as many callers as `p` has connections are"],
    ["by another name", "const q = new pg.Pool({ max: 3 }); const p = q;", "3 callers are"],
    ["by a member of an object", "const all = { q: new pg.Pool({ max: 3 }) }; const p = all.q;", "3 callers are"],
  ])("%s", ([, code, expected]) => {
    const use = "export async function f() { const c = await p.connect(); await p.query('x'); c.release(); }";
    expect(check(SETUP + code + use).map(({ message }) => message)).toEqual([
      expect.stringContaining(`when ${expected} at`),
    ]);
  });

  test.for<[string, string, string]>([
    ["by options behind an address", "const s = postgres('postgres://x', { max: 3 });", "3 callers"],
    ["by options behind an address with a name", "const s = postgres(process.env.URL, { max: 3 });", "3 callers"],
    ["by options alone", "const s = postgres({ max: 3 });", "3 callers"],
    ["by an address alone", "const s = postgres('postgres://x');", "10 callers"],
    ["by an address in a template", "const s = postgres(`postgres://${host}`);", "10 callers"],
    ["but not by what may be options", "const s = postgres(given);", "as many callers as `s` has connections"],
  ])("%s", ([, code, expected]) => {
    const use = "export const f = () => s.begin(async (tx) => { await s`select 1`; });";
    expect(check(SETUP + code + use).map(({ message }) => message)).toEqual([
      expect.stringContaining(`when ${expected} are at`),
    ]);
  });

  test.for<[string, string, string]>([
    ["by an option in an option", "const k = knexFactory({ pool: { max: 3 } });", "3 callers"],
    [
      "by an option in an option with a name",
      "const pool = { max: 3 }; const k = knexFactory({ pool });"
        .replaceAll("pool =", "size =")
        .replace("{ pool }", "{ pool: size }"),
      "3 callers",
    ],
    ["by no such option", "const k = knexFactory({ client: 'pg' });", "10 callers"],
    ["by no such option in an option", "const k = knexFactory({ pool: { min: 1 } });", "10 callers"],
    ["by an address", "const k = knexFactory('postgres://x');", "10 callers"],
    [
      "but not by an option from elsewhere",
      "const k = knexFactory({ pool: given });",
      "as many callers as `k` has connections",
    ],
  ])("%s", ([, code, expected]) => {
    const use = "export const f = () => k.transaction(async (trx) => { await k('x').first(); });";
    expect(check(SETUP + code + use).map(({ message }) => message)).toEqual([
      expect.stringContaining(`when ${expected} are at`),
    ]);
  });

  test.for<[string, string, string]>([
    ["by a field", "class A { p = new pg.Pool({ max: 3 });", "3 callers"],
    ["by what a constructor sets", "class A { constructor() { this.p = new pg.Pool({ max: 3 }); }", "3 callers"],
    [
      "but not by fields that go round",
      "class A { p: pg.Pool = this.q; q: pg.Pool = this.p;",
      "as many callers as `this.p` has connections",
    ],
    [
      "but not by a field that is set twice",
      "class A { p = new pg.Pool({ max: 3 }); set(max) { this.p = new pg.Pool({ max }); }",
      "as many callers as `this.p` has connections",
    ],
    [
      "but not by a field that is given",
      "class A { constructor(private p: pg.Pool) {}",
      "as many callers as `this.p` has connections",
    ],
  ])("%s", ([, code, expected]) => {
    const use = "async f() { const c = await this.p.connect(); await this.p.query('x'); c.release(); } }";
    expect(check(SETUP + code + use).map(({ message }) => message)).toEqual([
      expect.stringContaining(`when ${expected} are at`),
    ]);
  });

  test.for<[string, string, boolean]>([
    ["of a limiter, by a number", "const l = pLimit(2);", true],
    ["of a limiter, by options", "const l = pLimit({ concurrency: 2 });", true],
    ["of a limiter, but not by what is no bound", "const l = pLimit({ concurrency: Infinity });", false],
    ["of a limiter, but not by options without one", "const l = pLimit({ rejectOnClear: true });", false],
    ["of a limiter, by what is given", "const l = pLimit(size);", true],
  ])("%s", ([, code, isReported]) => {
    expect(check(`${SETUP}${code} export const f = () => l(async () => { await l(g); });`)).toHaveLength(
      isReported ? 1 : 0,
    );
  });
});

describe("knows whether a function may have asked what its caller holds", () => {
  const TAKE = "await mutex.acquire();";
  test.for<[string, string, number[]]>([
    ["by a flag", `if (!held) ${TAKE}`, []],
    ["by a flag and more", `if (!held && x > 1) ${TAKE}`, []],
    ["by more and a flag", `if (x > 1 && !held) ${TAKE}`, []],
    ["by a flag that is compared", `if (held === false) ${TAKE}`, []],
    ["by a flag that is compared with its opposite", `if (held !== true) ${TAKE}`, []],
    ["by a flag that is compared with nothing", `if (held == null) ${TAKE}`, []],
    ["by who is compared with who", `if (x !== held) ${TAKE}`, []],
    ["but not by a number", `if (x === 1) ${TAKE}`, [3]],
    ["but not by one of two numbers", `if (x > 1 || x < 0) ${TAKE}`, [3]],
    ["but not by what is no less", `if (x >= held) ${TAKE}`, [3]],
    ["but not by what is more", `if (x > held) ${TAKE}`, [3]],
    ["but not by a text", `if (held === "no") ${TAKE}`, [3]],
    ["by a function", `if (!isHeld()) ${TAKE}`, []],
    ["by a method", `if (!state.isHeld()) ${TAKE}`, []],
    ["but not by a function of something", `if (!isDone(x)) ${TAKE}`, [3]],
    ["but not by a method with something", `if (!rows.find(x)) ${TAKE}`, [3]],
    ["by what a map has for it", `if (!states.get(x)) ${TAKE}`, []],
    ["by what a set has", `if (!states.has(x)) ${TAKE}`, []],
    ["but not by a set of what has been done", `if (seen.has(x)) return; seen.add(x); ${TAKE}`, [3]],
    ["but not by a map of what has been done", `if (seen.get(x)) return; seen.set(x, 1); ${TAKE}`, [3]],
    ["by a set in which it stays for a time", `if (seen.has(x)) return; seen.add(x); ${TAKE} seen.delete(x);`, []],
    ["by a set that is cleared", `if (seen.has(x)) return; seen.add(x); ${TAKE} seen.clear();`, []],
    [
      "but not by a set of what has been done, beside another",
      `if (seen.has(x)) return; seen.add(x); ${TAKE} rest.delete(x);`,
      [3],
    ],
    ["by a set beside one of what has been done", `if (rest.has(x)) return; seen.add(x); ${TAKE}`, []],
    ["by a set of an object", `if (all.rest.has(x)) return; all.seen.add(x); ${TAKE}`, []],
    ["but not by such a set of an object", `if (all.seen.has(x)) return; all.seen.add(x); ${TAKE}`, [3]],
    ["by what was given", `if (x.held) return; ${TAKE}`, []],
    ["by what was given, under another name", `const skip = held; if (!skip) ${TAKE}`, []],
    ["but not by what it has found out", `const row = await find(x); if (!row) ${TAKE}`, [3]],
    ["but not by a part of what it has found out", `const row = await find(x); if (!row.done) ${TAKE}`, [3]],
    ["but not by what it has found out later", `let row; row = await find(x); if (!row) ${TAKE}`, [3]],
    ["by a variable of the file", `if (!busy) ${TAKE}`, []],
    ["but not by what nobody declares", `if (!DEBUG) ${TAKE}`, [3]],
    ["between two", "await (held ? f() : mutex.acquire());", []],
    ["but not in the condition itself", "if ((await mutex.acquire()) || held) f();", [3]],
    ["on the right", "held || (await mutex.acquire());", []],
    ["but not on the left", "(await mutex.acquire()) && held;", [3]],
    ["as long as", `while (!held) ${TAKE}`, []],
    ["but not after it has been taken once", `do { ${TAKE} } while (!held);`, [3]],
    ["and returned", `if (held) return; ${TAKE}`, []],
    ["and returned with more", `if (held) { f(); return; } ${TAKE}`, []],
    ["and thrown", `if (held) throw new Error(); ${TAKE}`, []],
    ["and returned after much more", `if (held) { f(); g(); return; } ${TAKE}`, []],
    ["and returned else", `if (!held) f(); else return; ${TAKE}`, []],
    ["and returned before a block", `if (held) return; try { ${TAKE} } catch {}`, []],
    ["but has not returned", `if (held) f(); ${TAKE}`, [3]],
    ["but has not returned from a block", `if (held) { f(); } ${TAKE}`, [3]],
    ["but has done nothing", `if (held) {} ${TAKE}`, [3]],
    ["but only afterwards", `${TAKE} if (held) return;`, [3]],
  ])("%s", ([, code, expected]) => {
    const before =
      "let busy = false; const seen = new Set(), rest = new Set(); const all = { seen, rest }; go(() => { busy = true; });";
    const use = `const save = async (x, held) => { ${code} }; save(1); mutex.runExclusive(() =>\nsave(1));`;
    expect(lines(SETUP + before + use)).toEqual(expected);
  });

  test.for<[string, string, number[]]>([
    [
      "but not where another one is asked",
      "mutex.runExclusive(async () => { if (!other.isLocked())\nawait mutex.acquire(); });",
      [3],
    ],
    [
      "by a store that follows who calls",
      "const held = new AsyncLocalStorage(); mutex.runExclusive(() => held.run(1, async () => { if (held.getStore()) return; await mutex.acquire(); }));",
      [],
    ],
    [
      "but not by a store of another kind",
      "const held = new Map(); mutex.runExclusive(async () => { if (held.get(1)) return;\nawait mutex.acquire(); });",
      [3],
    ],
    [
      "but not where it is only declared after the question",
      "let busy = f(); busy = g(); if (!busy) { const save = async () => { await mutex.acquire(); }; save(); mutex.runExclusive(() =>\nsave()); }",
      [3],
    ],
    [
      "but not by a store of nobody",
      "mutex.runExclusive(async () => { if (held.get(1)) return;\nawait mutex.acquire(); });",
      [3],
    ],
    [
      "in a script",
      "const r = await mutex.acquire(); if (mutex.isLocked()) throw new Error(); await mutex.acquire(); r();",
      [],
    ],
  ])("itself, %s", ([, code, expected]) => {
    expect(lines(`import { AsyncLocalStorage } from "node:async_hooks"; ${SETUP}${code}`)).toEqual(expected);
  });
});

describe("knows what is the same", () => {
  test.for<[string, string, number[]]>([
    ["name, a number", "const l = navigator.locks; l.request(1, () =>\nl.request(1, f));", [3]],
    ["but not another number", "const l = navigator.locks; l.request(1, () => l.request(2, f));", []],
    ["name in a template", "const l = navigator.locks; l.request(`a`, () =>\nl.request('a', f));", [3]],
    ["but not two names from elsewhere", "const l = navigator.locks; l.request(one(), () => l.request(one(), f));", []],
    [
      "name that is given",
      "const g = (name) => navigator.locks.request(name, f); g('z'); navigator.locks.request('a', () =>\ng('a'));",
      [3],
    ],
    [
      "but not another name that is given",
      "const g = (name) => navigator.locks.request(name, f); g('z'); navigator.locks.request('a', () => g('b'));",
      [],
    ],
    [
      "name that is not given",
      "const g = (name = 'a') => navigator.locks.request(name, f); g('z'); navigator.locks.request('a', () =>\ng());",
      [3],
    ],
    [
      "but not another name that is not given",
      "const g = (name = 'b') => navigator.locks.request(name, f); g('z'); navigator.locks.request('a', () => g());",
      [],
    ],
    [
      "name that is given in an object",
      "const g = ({ name }) => navigator.locks.request(name, f); g({ name: 'z' }); navigator.locks.request('a', () =>\ng({ name: 'a' }));",
      [3],
    ],
    [
      "lock of three functions",
      "const g = (m: Mutex) => m.runExclusive(f); const h = (m: Mutex) => g(m); const k = (m: Mutex) => h(m); g(other); h(other); k(other); mutex.runExclusive(() =>\nk(mutex));",
      [3],
    ],
    [
      "lock of an object of an object that is given",
      "const all = { lock: new Mutex() }; const g = ({ a: { lock } }: { a: { lock: Mutex } }) => lock.runExclusive(f); g({ a: { lock: other } }); all.lock.runExclusive(() =>\ng({ a: all }));",
      [3],
    ],
    [
      "lock of an object where none is given",
      "const all: { lock: Mutex } = { lock: new Mutex() }; const g = ({ lock }: { lock: Mutex } = all) => lock.runExclusive(f); g({ lock: other }); all.lock.runExclusive(() =>\ng());",
      [3],
    ],
    [
      "lock of what goes round",
      "const get = () => round; const round: Mutex = get(); round.runExclusive(() =>\nround.acquire());",
      [3],
    ],
    [
      "lock of an object",
      "const all = { lock: new Mutex() }; all.lock.runExclusive(() =>\nall['lock'].runExclusive(f));",
      [3],
    ],
    [
      "but not another lock of an object",
      "const all = { lock: new Mutex(), more: new Mutex() }; all.lock.runExclusive(() => all.more.runExclusive(f));",
      [],
    ],
    [
      "lock, by a part of what has it",
      "const { locks } = navigator; locks.request('a', () =>\nnavigator.locks.request('a', f));",
      [3],
    ],
    [
      "pool that a function gives",
      "const getPool = () => db; async function f() { const c = await getPool().connect();\nawait db.query('x'); c.release(); }",
      [3],
    ],
    [
      "but not the pool for something",
      "const getPool = (x) => db; async function f() { const c = await getPool(1).connect(); await db.query('x'); c.release(); }",
      [],
    ],
    [
      "but not one of two pools",
      "const more = new pg.Pool(), getPool = () => { if (x) return more; return db; }; async function f() { const c = await getPool().connect(); await db.query('x'); c.release(); }",
      [],
    ],
    [
      "but not what a function makes",
      "const make = () => new Mutex(); make().runExclusive(() => make().runExclusive(f));",
      [],
    ],
    [
      "but not what a function has made before",
      "const make = () => { const m = new Mutex(); return m; }; make().runExclusive(() => make().runExclusive(f));",
      [],
    ],
    [
      "lock, given as the second",
      "async function g(x, m) { await m.acquire(); } g(1, other); mutex.runExclusive(async () => {\nawait g(other, mutex); });",
      [3],
    ],
    [
      "but not another one, given as the second",
      "async function g(x, m) { await m.acquire(); } g(1, other); mutex.runExclusive(async () => { await g(mutex, other); });",
      [],
    ],
    [
      "but not one of many that are given",
      "async function g(x, m: Mutex) { await m.acquire(); } g(1, other); mutex.runExclusive(async () => { await g(...all, mutex); });",
      [],
    ],
    [
      "lock, given before many",
      "async function g(m, x) { await m.acquire(); } g(other); mutex.runExclusive(async () => {\nawait g(mutex, ...all); });",
      [3],
    ],
    [
      "lock where none is given",
      "async function g(m: Mutex = mutex) { await m.acquire(); } g(other); mutex.runExclusive(async () => {\nawait g(); });",
      [3],
    ],
    [
      "but not another one than where none is given",
      "async function g(m: Mutex = mutex) { await m.acquire(); } g(other); mutex.runExclusive(async () => { await g(other); });",
      [],
    ],
    [
      "lock of an object that is given",
      "const all = { lock: new Mutex() }; const g = ({ lock }: { lock: Mutex }) => lock.runExclusive(f); g({ lock: other }); all.lock.runExclusive(async () => {\nawait g(all); });",
      [3],
    ],
    [
      "but not one that is not in the object",
      "const g = ({ lock }: { lock: Mutex }) => lock.runExclusive(f); g({ lock: other }); mutex.runExclusive(async () => { await g({ more: mutex }); });",
      [],
    ],
    [
      "but not another one of the object",
      "const g = ({ lock }: { lock: Mutex }) => lock.runExclusive(f); g({ lock: other }); mutex.runExclusive(async () => { await g({ more: mutex, lock: other }); });",
      [],
    ],
    [
      "lock of an object that has a name",
      "const g = (all: { lock: Mutex }) => all.lock.runExclusive(f); const all = { lock: new Mutex() }; g({ lock: other }); all.lock.runExclusive(async () => {\nawait g(all); });",
      [3],
    ],
    [
      "lock of two functions",
      "const g = (m: Mutex) => m.runExclusive(f); const h = (m: Mutex) => g(m); g(other); h(other); mutex.runExclusive(() =>\nh(mutex));",
      [3],
    ],
    [
      "but not another one of two functions",
      "const g = (m: Mutex) => m.runExclusive(f); const h = (m: Mutex) => g(m); g(other); h(other); mutex.runExclusive(() => h(other));",
      [],
    ],
    [
      "pool for which one waits",
      "const getPool = async () => db; async function f() { const c = await (await getPool()).connect();\nawait db.query('x'); c.release(); }",
      [3],
    ],
  ])("%s", ([, code, expected]) => {
    expect(lines(SETUP + code)).toEqual(expected);
  });

  test.for<[string, string, number[]]>([
    [
      "but not that of another instance",
      "const a = new A(), b = new A(); a.get(); a.lock.runExclusive(() => b.get());",
      [],
    ],
    ["by a method with a callback", "const a = new A(); a.late(); a.lock.runExclusive(() =>\na.late());", [3]],
    ["by an arrow function", "const a = new A(); a.quick(); a.lock.runExclusive(() =>\na.quick());", [3]],
    [
      "but not by that of another instance",
      "const a = new A(), b = new A(); a.quick(); a.lock.runExclusive(() => b.quick());",
      [],
    ],
    ["by a method that calls another one", "const a = new A(); a.all(); a.lock.runExclusive(() =>\na.all());", [3]],
    [
      "but not by that of another instance that calls another one",
      "const a = new A(), b = new A(); a.all(); a.lock.runExclusive(() => b.all());",
      [],
    ],
    ["by a method that is given to it", "const a = new A(); a.get();\na.lock.runExclusive(a.get.bind(a));", [2]],
    [
      "but not by that of another instance that is given to it",
      "const a = new A(), b = new A(); a.get(); a.lock.runExclusive(b.get.bind(b));",
      [],
    ],
    [
      "by a method that is handed on",
      "const a = new A(); a.get(); a.lock.runExclusive(() => Promise.all(xs.map(\na.get, a)));",
      [3],
    ],
    [
      "by a method that is bound",
      "const a = new A(); a.get(); a.lock.runExclusive(() => f().then(\na.get.bind(a)));",
      [3],
    ],
    [
      "but not by one that is bound to another instance",
      "const a = new A(), b = new A(); a.get(); a.lock.runExclusive(() => f().then(a.get.bind(b)));",
      [],
    ],
    [
      "that all of a class have",
      "class B { m = mutex; get() { return this.m.runExclusive(f); } from(b: B) { return this.m.runExclusive(() =>\nmutex.acquire()); } }",
      [3],
    ],
    [
      "but not one of two",
      "class B { m = mutex; swap() { this.m = other; } get() { return this.m.runExclusive(() => mutex.acquire()); } }",
      [],
    ],
    [
      "but not what each is given",
      "class B { constructor(private m: Mutex) {} get() { return this.m.runExclusive(() => mutex.acquire()); } }",
      [],
    ],
  ])("lock, %s", ([, code, expected]) => {
    const all =
      "class A { lock = new Mutex(); get() { return this.lock.runExclusive(f); } quick = () => this.lock.runExclusive(f); late() { return f().then(() => this.lock.runExclusive(g)); } all() { return this.get(); } }";
    expect(lines(SETUP + all + code)).toEqual(expected);
  });
});

describe("where readers do not wait for each other", () => {
  test.for<[string, string, number[]]>([
    ["is silent of two", "{ mode: 'shared' }, () => l.request('a', { mode: 'shared' }, f)", []],
    ["is silent of two, in quotes", "{ 'mode': 'shared' }, () => l.request('a', { 'mode': `shared` }, f)", []],
    ["reports a writer in a reader", "{ mode: 'shared' }, () =>\nl.request('a', { mode: 'exclusive' }, f)", [3]],
    ["reports a writer in a reader, as it is the rule", "{ mode: 'shared' }, () =>\nl.request('a', f)", [3]],
    ["reports two writers", "{ mode: 'exclusive' }, () =>\nl.request('a', { mode: 'exclusive' }, f)", [3]],
    ["reports two with other options", "{ kind: 'shared' }, () =>\nl.request('a', { kind: 'shared' }, f)", [3]],
    [
      "is silent of what options from elsewhere may change",
      "{ mode: 'shared' }, () => l.request('a', { ...options }, f)",
      [],
    ],
  ])("%s", ([, code, expected]) => {
    expect(lines(`${SETUP}const l = navigator.locks; l.request('a', ${code});`)).toEqual(expected);
  });
});

describe("knows what waits for it", () => {
  test.for<[string, string, number[]]>([
    ["what is returned", "return (\nqueue.add(f));", [3]],
    ["one of two", "await (x ?\nqueue.add(f) : g());", [3]],
    ["the other one of two", "await (x ? g() :\nqueue.add(f));", [3]],
    ["but not a condition", "await (queue.add(f) ? g() : h());", []],
    ["what there may be", "await (x &&\nqueue.add(f));", [3]],
    ["the last of many", "await (g(),\nqueue.add(f));", [3]],
    ["but not the first of many", "await (queue.add(f), g());", []],
    ["all of them", "await Promise.allSettled([g(),\nqueue.add(f)]);", [3]],
    ["itself, as a promise", "await Promise.resolve(\nqueue.add(f));", [3]],
    ["but not any of them", "await Promise.any([g(), queue.add(f)]);", []],
    ["but not what a function is given", "await g(queue.add(f));", []],
    ["but not what a function is given as a list", "await g([queue.add(f)]);", []],
    ["for each of them", "for await (const x of [\nqueue.add(f)]) use(x);", [3]],
    ["but not each of them as it is", "for (const x of [queue.add(f)]) use(x);", []],
    ["what is in a variable later on", "let one; one =\nqueue.add(f); await one;", [3]],
    ["what is put into a variable as well", "let one; await (one =\nqueue.add(f)); use(one);", [3]],
    ["but not what is in a field", "this.one = queue.add(f); await this.two;", []],
    ["but not what is in a variable", "const one = queue.add(f); use(one);", []],
    ["what is in a variable at one of its places", "const one =\nqueue.add(f); use(one); await one;", [3]],
    ["but not a part of it", "const { one } = queue.add(f); await one;", []],
    ["but not a list to which it is put first", "const all = []; all.unshift(queue.add(f)); use(all);", []],
    ["but not a list of somebody else", "all.push(queue.add(f)); await g();", []],
    ["a list with others", "const all = [g(),\nqueue.add(f)]; await Promise.all(all);", [3]],
    ["what comes after it", "await\nqueue.add(f).then(g);", [3]],
    ["what comes after it in any case", "await\nqueue.add(f).finally(g);", [3]],
    ["what comes after an error of it", "await\nqueue.add(f).catch(g);", [3]],
    ["but not a member of it", "await queue.add(f).length;", []],
    ["but not what is done with it", "await queue.add(f).map(g);", []],
    ["but not a method of it", "await g(queue.add(f).then);", []],
    ["but not what it is a key of", "await all[queue.add(f)];", []],
    ["what is mapped and made flat", "await Promise.all(xs.flatMap((x) => [\nqueue.add(f)]));", [3]],
    ["but not what is filtered", "await Promise.all(xs.forEach((x) => queue.add(f)));", []],
    ["but not what comes with a message", "await broker.subscribe(async () => { await queue.add(f); });", []],
    ["but not what is done soon", "queueMicrotask(async () => { await queue.add(f); });", []],
    ["but not where a class is declared", "class A { static async go() { await queue.add(f); } } await g(A);", []],
    [
      "but not where a function is only declared",
      "async function go() { await queue.add(f); } await g(go);".replace("await g(go)", "await g()"),
      [],
    ],
    [
      "what is mapped by a function",
      "async function go() { await queue.add(f); } go(); await Promise.all(xs.map(\ngo));",
      [3],
    ],
    [
      "but not what is mapped by a function in vain",
      "async function go() { await queue.add(f); } go(); xs.map(go);",
      [],
    ],
    [
      "what a helper runs",
      "const again = async (n, work) => { for (;;) await work(); }; await again(3, async () => {\nawait queue.add(f); });",
      [3],
    ],
    [
      "but not what a helper keeps",
      "const keep = async (n, work) => { all.push(work); }; await keep(3, async () => { await queue.add(f); });",
      [],
    ],
    [
      "but not what a helper starts",
      "const start = async (n, work) => { void work(); }; await start(3, async () => { await queue.add(f); });",
      [],
    ],
    [
      "but not what a helper runs instead",
      "const start = async (one, two) => { await one(); }; await start(g, async () => { await queue.add(f); });",
      [],
    ],
    [
      "what a helper gives to another one",
      "const run = async (work) => { await work(); }; const twice = async (work) => { await run(work); }; await twice(async () => {\nawait queue.add(f); });",
      [3],
    ],
    [
      "what a helper calls that calls itself",
      "const again = async (work, n) => { try { await work(); } catch { await again(work, n - 1); } }; await again(async () => {\nawait queue.add(f); }, 3);",
      [3],
    ],
    ["what it itself listens to", "const go = () => { queue.add(f).then(g); }; go(); await go();", []],
    ["but not what fails as it should", "await assert.rejects(async () => { await queue.add(f); });", []],
    ["but what fails in another way", "await assert.doesNotReject(async () => {\nawait queue.add(f); });", [3]],
    ["what a new promise does", "await new Promise(async (done) => { done(); await queue.add(f); });", []],
  ])("%s", ([, code, expected]) => {
    expect(lines(`import assert from "node:assert"; ${SETUP}queue.add(async () => { ${code} });`)).toEqual(expected);
  });
});

describe("knows how long it is held", () => {
  test.for<[string, string, number[]]>([
    ["until what comes after", "db.query('x').then(() => c.release());", [3]],
    ["until what comes in any case", "db.query('x').finally(() => c.release());", [3]],
    ["until what comes after, by its name", "const end = () => c.release(); db.query('x').then(end);", [3]],
    ["until what comes after, returned", "return db.query('x').finally(() => c.release());", [3]],
    ["but not until an error", "db.query('x').catch(() => c.release());", []],
    ["but not until what comes beside it", "db.query('x').then(g); c.release();", []],
    [
      "but not where it is given back in a chain",
      "c.query('y').then(() => c.release()).then(() => db.query('x'));".replaceAll("\n", ""),
      [],
    ],
    [
      "but not where it is given back in a chain that is awaited",
      "await c.query('y').then(() => c.release()); await db.query('x');",
      [],
    ],
    ["for ever", "await c.query('y'); await db.query('x');", [3]],
    ["on one of two ways", "if (y) c.release(); await db.query('x'); if (!y) c.release();", [3]],
    ["but not after a way that returns", "if (!y) { c.release(); return db.query('x'); } c.release();", []],
    [
      "but not where it is left behind by an error",
      "try { await c.query('y'); c.release(); } catch { await db.query('x'); }",
      [],
    ],
    ["in a closure that is called at once", "await (async () => { await db.query('x'); })(); c.release();", [3]],
    ["in a closure for each", "await Promise.all(xs.map(async () => { await db.query('x'); })); c.release();", [3]],
    ["but not in a closure of later", "const g = async () => { await db.query('x'); }; c.release(); await g();", []],
    ["but not where it is somebody else's", "keep.push(c); await db.query('x');", []],
    ["but not where it is returned", "setTimeout(() => db.query('x'), 5); return c;", []],
  ])("%s", ([, code, expected]) => {
    const use = code.replace(/(?:await |return )?db\./u, "\n$&");
    expect(lines(`${SETUP}async function f(y) { const c = await db.connect(); ${use} }`)).toEqual(expected);
  });

  test.for<[string, string, number[]]>([
    [
      "but not without it",
      "async function f() { const c = x ? await db.connect() : undefined; if (c) { await c.query('x'); c.release(); } else { await db.query('x'); } }",
      [],
    ],
    [
      "until its end, in a transaction",
      "knex.transaction(async (trx) => {\nawait knex('u').first(); await trx.commit(); });",
      [3],
    ],
    [
      "on a way without its end, in a transaction",
      "knex.transaction(async (trx) => { if (x) await trx.commit();\nawait knex('u').first(); });",
      [3],
    ],
    [
      "but not after its other end",
      "knex.transaction(async (trx) => { await trx('t'); await trx.rollback(); await knex('u'); });",
      [],
    ],
    [
      "whatever others give back",
      "async function g() { await sema.acquire(); sema.release(); } g(); async function f() { await sema.acquire();\nawait g(); sema.release(); }",
      [3],
    ],
    [
      "whatever others have given back",
      "async function g() { await other.acquire(); other.release(); } async function f() { await sema.acquire(); await g();\nawait sema.acquire(); sema.release(); }",
      [3],
    ],
    [
      "but not where others give it back",
      "async function g() { sema.release(); } async function f() { await sema.acquire(); await g(); await sema.acquire(); sema.release(); }",
      [],
    ],
    [
      "but not by a helper that gives it back before it takes another one",
      "const end = async (c) => { c.release(); await db.query('log'); }; end(x); async function f() { const c = await db.connect(); await c.query('x'); await end(c); }",
      [],
    ],
    [
      "but not for what a transaction does not wait for",
      "knex.transaction(async (trx) => { knex('u').first().then(use); await trx('t'); await trx.commit(); });",
      [],
    ],
    ["until a callback", "my.getConnection((error, c) => {\nmy.query('x', (e, rows) => { c.release(); }); });", [3]],
    [
      "but not until a callback of its own",
      "my.getConnection((error, c) => { c.release(); my.query('x', (e, rows) => { use(rows); }); });",
      [],
    ],
    [
      "until a callback that is not waited for",
      "my.getConnection((error, c) => { my.query('x', async (e, rows) => { use(rows); }); c.release(); });",
      [],
    ],
    [
      "of a lease in a property",
      "const tp = new TarnPool({ max: 1 }); async function f() { const one = await tp.acquire().promise;\nawait tp.acquire().promise; tp.release(one); }",
      [3],
    ],
  ])("%s", ([, code, expected]) => {
    expect(lines(`import { Pool as TarnPool } from "tarn"; ${SETUP}${code}`)).toEqual(expected);
  });
});

describe("knows who lends", () => {
  const NEST = `import { EntityManager, Repository } from "typeorm"; import { InjectRepository } from "@nestjs/typeorm"; import { Model } from "sequelize";\n`;
  const USE = "async f() { await this.source.transaction(async (m) => {\nawait this.users.save(u); }); } }";
  test.for<[string, string, number[]]>([
    [
      "to a repository that a class is given",
      `class S { constructor(private users: Repository<User>, private source: DataSource) {} ${USE}`,
      [4],
    ],
    [
      "to a repository that a class is given for an entity",
      `class S { constructor(@InjectRepository(User) private users: Repository<User>, private source: DataSource) {} ${USE}`,
      [4],
    ],
    [
      "to a repository of a class that answers requests",
      `class S { constructor(private users: Repository<User>, private source: DataSource) {} @Get("users") list() {} ${USE}`,
      [4],
    ],
    [
      "but not to one of another data source",
      `class S { constructor(@InjectRepository(User, "archive") private users: Repository<User>, private source: DataSource) {} ${USE}`,
      [],
    ],
    [
      "but not where there are two data sources",
      `class S { constructor(private users: Repository<User>, private source: DataSource, private more: DataSource) {} g() { return this.more.query("x"); } ${USE}`,
      [],
    ],
    [
      "but not where it is of another kind",
      "class S { constructor(private users: Repository<User>, private prisma: PrismaClient) {} async f() { await this.prisma.$transaction(async (m) => { await this.users.save(u); }); } }",
      [],
    ],
    [
      "to a repository beside a manager",
      "class S { constructor(private users: Repository<User>, private manager: EntityManager) {} async f() { await this.manager.transaction(async (m) => {\nawait this.users.save(u); }); } }",
      [4],
    ],
    [
      "to a repository that a constructor keeps",
      `class S { constructor(users: Repository<User>, source: DataSource) { this.users = users; this.source = source; } ${USE}`,
      [4],
    ],
    [
      "to a repository that is injected into a field",
      `class S { @Inject() users: Repository<User>; @Inject() source: DataSource; ${USE}`,
      [4],
    ],
    [
      "to a repository that a class makes",
      "class S { users = source.getRepository(User); async f() { await source.transaction(async (m) => {\nawait this.users.save(u); }); } }",
      [4],
    ],
    [
      "to what is taken out of a data source",
      "const { manager } = source; source.transaction(async (m) => {\nawait manager.save(u); });",
      [4],
    ],
    [
      "to a row",
      "const User = sequelize.define('u', {}); sequelize.transaction(async (transaction) => { const user = await User.findOne({ transaction });\nawait user.save(); });",
      [4],
    ],
    [
      "by way of a manager and a repository",
      "source.transaction(async (m) => {\nawait source.manager.getRepository(User).createQueryBuilder('u').where({ id: 1 }).getMany(); });",
      [4],
    ],
    [
      "but not to a class that nobody has told",
      "class User extends Model {} sequelize.transaction(async (t) => { await User.findAll({ where }); });",
      [],
    ],
    [
      "but not to a class that is told something else",
      "class User extends Model {} User.init({}, { name }); sequelize.transaction(async (t) => { await User.findAll({ where }); });",
      [],
    ],
    [
      "but not to a class that is told by somebody else",
      "class User extends Model {} User.init({}, options); sequelize.transaction(async (t) => { await User.findAll({ where }); });",
      [],
    ],
    [
      "but not to a class that is told something in another way",
      "class User extends Model {} User.hasMany(Post, { sequelize }); sequelize.transaction(async (t) => { await User.findAll({ where }); });",
      [],
    ],
    [
      "to a class that is told more",
      "class User extends Model {} User.hasMany(Post); User.init({}, { name, 'sequelize': sequelize }); sequelize.transaction(async (t) => {\nawait User.findAll({ where }); });",
      [4],
    ],
    [
      "but not to a class of another data source",
      "const more = new Sequelize(); class User extends Model {} User.init({}, { sequelize: more }); sequelize.transaction(async (t) => { await User.findAll({ where }); });",
      [],
    ],
  ])("%s", ([, code, expected]) => {
    expect(lines(NEST + SETUP + code)).toEqual(expected);
  });
});

describe("knows a transaction that is given in the wrong place", () => {
  test.for<[string, string, boolean]>([
    ["by a function", "sequelize.transaction(async (t) => { await U.create(v, {}, { transaction: t }); });", true],
    [
      "by hand",
      "async function f() { const t = await sequelize.transaction(); await U.create(v, {}, { transaction: t }); await t.commit(); }",
      true,
    ],
    ["in quotes", "sequelize.transaction(async (t) => { await U.create(v, {}, { 'transaction': t }); });", true],
    ["too early", "sequelize.transaction(async (t) => { await sequelize.query({ transaction: t }); });", true],
    [
      "from one of something else",
      "sequelize.transaction(async (t) => { await U.create(v, {}, { transaction: other }); });",
      false,
    ],
    [
      "from a member of it",
      "sequelize.transaction(async (t) => { await U.create(v, {}, { transaction: t.parent }); });",
      false,
    ],
    [
      "from a key that is computed",
      "sequelize.transaction(async (t) => { await U.create(v, {}, { [transaction]: t }); });",
      false,
    ],
    ["from another option", "sequelize.transaction(async (t) => { await U.create(v, {}, { logging: t }); });", false],
    ["from itself as an argument", "sequelize.transaction(async (t) => { await U.create(v, {}, t); });", false],
    ["from none", "sequelize.transaction(async () => { await U.create(v, {}, { transaction: t }); });", false],
  ])("%s", ([, code, isMisplaced]) => {
    const messages = check(`${SETUP}const U = sequelize.define('u', {}); ${code}`).map(({ message }) => message);
    expect(messages.map((message) => message.includes("looks for `transaction`"))).toEqual([isMisplaced]);
  });

  test.for<[string, string]>([
    [
      "but not where it is in the right place as well",
      "sequelize.transaction(async (t) => { await U.update(v, { transaction: t }, { transaction: t }); });",
    ],
    [
      "but not after its end",
      "async function f() { const t = await sequelize.transaction(); await t.commit(); await U.create(v, {}, { transaction: t }); }",
    ],
  ])("%s", ([, code]) => {
    expect(check(`${SETUP}const U = sequelize.define('u', {}); ${code}`)).toEqual([]);
  });
});

describe("knows a function that holds it for others", () => {
  test.for<[string, string, number[]]>([
    [
      "and gives it to them",
      "const locked = async (work) => { const c = await db.connect(); try { return await work(c); } finally { c.release(); } }; locked(async (c) => {\nawait db.query('x'); });",
      [3],
    ],
    [
      "as a second argument",
      "const locked = (x, work) => mutex.runExclusive(() => work(x)); locked(1, async () => {\nawait mutex.acquire(); });",
      [3],
    ],
    [
      "but not as the first one",
      "const locked = (x, work) => mutex.runExclusive(() => work(x)); locked(async () => { await mutex.acquire(); }, f);",
      [],
    ],
    [
      "but not before it is called",
      "const locked = async (work) => { const c = await db.connect(); c.release(); return work(); }; locked(async () => { await db.query('x'); });",
      [],
    ],
    [
      "but not where it is kept for later",
      "const locked = (work) => mutex.runExclusive(() => { all.push(work); }); locked(async () => { await mutex.acquire(); });",
      [],
    ],
    [
      "but not where it does not wait",
      "const locked = (work) => mutex.runExclusive(() => { void work(); }); locked(async () => { await mutex.acquire(); });",
      [],
    ],
    [
      "but not for another function",
      "const locked = (work) => mutex.runExclusive(f); locked(async () => { await mutex.acquire(); });",
      [],
    ],
    [
      "and is given a name",
      "const locked = (work) => mutex.runExclusive(() => work()); const again = async () => {\nawait mutex.acquire(); }; locked(again);",
      [3],
    ],
    [
      "by means of another one",
      "const inner = (work) => mutex.runExclusive(work); const outer = (x, work) => inner(work); outer(1, async () => {\nawait mutex.acquire(); });",
      [3],
    ],
    [
      "but not for the other function",
      "const inner = (work) => mutex.runExclusive(work); const outer = (x, work) => inner(x); outer(f, async () => { await mutex.acquire(); });",
      [],
    ],
    [
      "by means of itself",
      "const locked = (work, n) => (n > 0 ? locked(work, n - 1) : mutex.runExclusive(work)); locked(async () => {\nawait mutex.acquire(); }, 3);",
      [3],
    ],
    [
      "of an object that is given",
      "const locked = (m: Mutex, work) => m.runExclusive(work); locked(mutex, async () => {\nawait mutex.acquire(); });",
      [3],
    ],
    [
      "but not of another object",
      "const locked = (m: Mutex, work) => m.runExclusive(work); locked(other, async () => { await mutex.acquire(); });",
      [],
    ],
    [
      "and is given a function that is bound",
      "const locked = (work) => mutex.runExclusive(work); async function again() {\nawait mutex.acquire(); } locked(again.bind(null));",
      [3],
    ],
    [
      "and takes what it is given",
      "const take = (m: Mutex) => m.acquire(); async function f() { const r = await take(mutex);\nawait mutex.acquire(); r(); }",
      [3],
    ],
    [
      "but takes another one that it is given",
      "const take = (m: Mutex) => m.acquire(); async function f() { const r = await take(other); await mutex.acquire(); r(); }",
      [],
    ],
    [
      "and gives it to another one to hold it",
      "const inner = (m: Mutex, work) => m.runExclusive(work); const outer = (work) => inner(mutex, work); outer(async () => {\nawait mutex.acquire(); });",
      [3],
    ],
    [
      "but gives it another one to hold",
      "const inner = (m: Mutex, work) => m.runExclusive(work); const outer = (work) => inner(other, work); outer(async () => { await mutex.acquire(); });",
      [],
    ],
    [
      "and calls another one that does",
      "const one = (work, n) => (n > 0 ? two(work, n - 1) : mutex.runExclusive(work)); const two = (work, n) => one(work, n); one(async () => {\nawait mutex.acquire(); }, 3);",
      [3],
    ],
    ["by its name", "const again = async () => {\nawait limit(f); }; limit(again);", [3]],
    [
      "by the name of a method",
      "class A { go() { return limit(this.again); } async again() {\nawait limit(f); } }",
      [3],
    ],
    [
      "by the name of a method that uses it",
      "class A { l = new Mutex(); go() { return this.l.runExclusive(this.again.bind(this)); } async again() {\nawait this.l.acquire(); } }",
      [3],
    ],
    ["but not by what is no function", "const again = 5; limit(again); limit(nobody);", []],
  ])("%s", ([, code, expected]) => {
    expect(lines(SETUP + code)).toEqual(expected);
  });
});

describe("reports where the fault is", () => {
  const HOLD = (call: string): string => `{ const c = await db.connect(); ${call} c.release(); }`;
  test.for<[string, string, number[]]>([
    [
      "in the function that all call who hold it",
      `async function log() {\nawait db.query('x'); } async function f() ${HOLD("await log();")} async function g() ${HOLD("await log();")}`,
      [3],
    ],
    [
      "in the function behind the one that all call who hold it",
      `async function log() {\nawait db.query('x'); } const note = async () => { await log(); }; async function f() ${HOLD("await note();")}`,
      [3],
    ],
    [
      "at the call of a function behind which others call, too",
      `async function log() { await db.query('x'); } log(); const note = async () => { await log(); }; async function f() ${HOLD("\nawait note();")}`,
      [3],
    ],
    [
      "at the call of a function that others have",
      `export async function log() { await db.query('x'); } async function f() ${HOLD("\nawait log();")}`,
      [3],
    ],
    [
      "at both calls",
      `export async function log() { await db.query('x'); } async function f() ${HOLD("\nawait log();\nawait log();")}`,
      [3, 4],
    ],
    [
      "once of a chain of which each part takes it",
      "knex.transaction(async (trx) => {\nawait knex.schema.createTable('t', f).createTable('u', f); });",
      [3],
    ],
    [
      "in the function that all call who hold it, and beside it",
      `async function log() {\nawait db.query('x'); } async function f() ${HOLD("await log();\nawait db.query('y');")}`,
      [3, 4],
    ],
    [
      "once of a chain",
      "knex.transaction(async (trx) => {\nawait knex('u').where({ id: 1 }).orderBy('id').first(); });",
      [3],
    ],
  ])("%s", ([, code, expected]) => {
    expect(lines(SETUP + code)).toEqual(expected);
  });

  test.for<[string, string, string]>([
    [
      "by its constant",
      "async function f() { const c = await db.connect(); await db.query('x'); c.release(); }",
      "held (`c`), or",
    ],
    ["by its parameter", "sql.begin(async (tx) => { await sql`select 1`; });", "held (`tx`), or"],
    [
      "by the parameter of a callback",
      "db.connect((error, c, done) => { db.query('x', () => { done(); }); });",
      "held (`c`), or",
    ],
    [
      "by the parameter of what comes then",
      "db.connect().then(async (c) => { await db.query('x'); c.release(); });",
      "held (`c`), or",
    ],
    [
      "but not by a variable of more",
      "async function f() { let c; c = await db.connect(); await db.query('x'); c.release(); }",
      "held, or",
    ],
    ["but not by a part of it", "sql.begin(async ({ unsafe }) => { await sql`select 1`; });", "held, or"],
    ["but not without a parameter", "sql.begin(async () => { await sql`select 1`; });", "held, or"],
  ])("and names it %s", ([, code, expected]) => {
    expect(check(SETUP + code).map(({ message }) => message)).toEqual([expect.stringContaining(expected)]);
  });

  test.for<[string, string, number[]]>([
    [
      "where two may run and others wait for the queue",
      "const q = new PQueue({ concurrency: 2 }); export const f = () => q.add(async () => {\nawait q.onEmpty(); });",
      [3],
    ],
    [
      "but not where only one of two runs",
      "const q = new PQueue({ concurrency: 2 }); await q.add(async () => { await q.onEmpty(); });",
      [],
    ],
    [
      "but not where nobody knows how many run",
      "const q = new PQueue({ concurrency: n }); export const f = () => q.add(async () => { await q.onEmpty(); });",
      [],
    ],
    [
      "where nobody knows how many run, of who waits for its end",
      "const q = new PQueue({ concurrency: n }); q.add(async () => {\nawait q.onIdle(); });",
      [3],
    ],
  ])("%s", ([, code, expected]) => {
    expect(lines(SETUP + code)).toEqual(expected);
  });
});

describe("reports opposite orders at both places", () => {
  test.for<[string, string, number[]]>([
    [
      "of two functions",
      "export const f = () => mutex.runExclusive(async () => {\nawait other.runExclusive(g); });\nexport const h = () => other.runExclusive(async () => {\nawait mutex.runExclusive(g); });",
      [3, 5],
    ],
    [
      "of two methods",
      "export class A { #a = new Mutex(); #b = new Mutex(); async f() { const r = await this.#a.acquire();\nawait this.#b.runExclusive(g); r(); } h() { return this.#b.runExclusive(async () => {\nawait this.#a.runExclusive(g); }); } }",
      [3, 4],
    ],
    [
      "through a function",
      "const inner = () => other.runExclusive(g); export { inner }; export const f = () => mutex.runExclusive(async () => {\nawait inner(); }); export const h = () => other.runExclusive(() =>\nmutex.runExclusive(g));",
      [3, 4],
    ],
    [
      "of two names",
      "const l = navigator.locks; export const f = () => l.request('a', () =>\nl.request('b', g)); export const h = () => l.request('b', () =>\nl.request('a', g));",
      [3, 4],
    ],
    [
      "of two functions at once, in a script",
      "mutex.runExclusive(() =>\nother.runExclusive(g)); other.runExclusive(() =>\nmutex.runExclusive(g));",
      [3, 4],
    ],
    [
      "of one statement",
      "await Promise.all([mutex.runExclusive(() =>\nother.runExclusive(g)), other.runExclusive(() =>\nmutex.runExclusive(g))]);",
      [3, 4],
    ],
    [
      "of functions that are called at once",
      "const f = () => mutex.runExclusive(() =>\nother.runExclusive(g)); const h = () => other.runExclusive(() =>\nmutex.runExclusive(g)); await Promise.all([f(), h()]);",
      [3, 4],
    ],
    [
      "of functions of which one is not waited for",
      "const f = () => mutex.runExclusive(() =>\nother.runExclusive(g)); const h = () => other.runExclusive(() =>\nmutex.runExclusive(g)); f(); await h();",
      [3, 4],
    ],
    [
      "of functions of which one is called by others as well",
      "export const f = () => mutex.runExclusive(() =>\nother.runExclusive(g)); const h = () => other.runExclusive(() =>\nmutex.runExclusive(g)); await f(); await h();",
      [3, 4],
    ],
    [
      "of functions of which two call each other",
      "const f = (n) => mutex.runExclusive(() =>\nother.runExclusive(g)).then(() => k(n)); const k = (n) => f(n - 1); const h = () => other.runExclusive(() =>\nmutex.runExclusive(g)); await f(1); await h();",
      [3, 4],
    ],
    [
      "under what is another one each time",
      "const make = () => new Mutex(); export const f = () => make().runExclusive(() => mutex.runExclusive(() =>\nother.runExclusive(g))); export const h = () => make().runExclusive(() => other.runExclusive(() =>\nmutex.runExclusive(g)));",
      [3, 4],
    ],
    [
      "of functions that nobody calls here",
      "const f = () => mutex.runExclusive(() =>\nother.runExclusive(g)); const h = () => other.runExclusive(() =>\nmutex.runExclusive(g));",
      [3, 4],
    ],
    [
      "of functions of which one calls itself",
      "const f = (n) => mutex.runExclusive(() =>\nother.runExclusive(g)).then(() => f(n - 1)); const h = () => other.runExclusive(() =>\nmutex.runExclusive(g)); await f(1); await h();",
      [3, 4],
    ],
    [
      "but not of functions one after the other",
      "const f = () => mutex.runExclusive(() => other.runExclusive(g)); const h = () => other.runExclusive(() => mutex.runExclusive(g)); await f(); await h();",
      [],
    ],
    [
      "but not of functions on the spot, one after the other",
      "await (async () => { await mutex.runExclusive(() => other.runExclusive(g)); })(); await (async () => { await other.runExclusive(() => mutex.runExclusive(g)); })();",
      [],
    ],
    [
      "but not of lists, one after the other",
      "await Promise.all(xs.map(() => mutex.runExclusive(() => other.runExclusive(g)))); await Promise.all(xs.map(() => other.runExclusive(() => mutex.runExclusive(g))));",
      [],
    ],
    [
      "but not in a script where one of two is free",
      "const two = new Semaphore(2); await Promise.all([mutex.runExclusive(() => two.runExclusive(g)), two.runExclusive(() => mutex.runExclusive(g))]);",
      [],
    ],
    [
      "where others may have both of two",
      "const two = new Semaphore(2); export const f = () => mutex.runExclusive(() =>\ntwo.runExclusive(g)); export const h = () => two.runExclusive(() =>\nmutex.runExclusive(g));",
      [3, 4],
    ],
    [
      "but not of what has no bound",
      "const any = pLimit(Infinity); export const f = () => mutex.runExclusive(() => any(g)); export const h = () => any(() => mutex.runExclusive(g));",
      [],
    ],
    [
      "but not with who waits until it is free",
      "export const f = () => mutex.runExclusive(() => other.waitForUnlock()); export const h = () => other.runExclusive(() => mutex.runExclusive(g));",
      [],
    ],
    [
      "under a third one of which there are two",
      "const all = new Semaphore(2); export const f = () => all.runExclusive(() => mutex.runExclusive(() =>\nother.runExclusive(g))); export const h = () => all.runExclusive(() => other.runExclusive(() =>\nmutex.runExclusive(g)));",
      [3, 4],
    ],
    [
      "under a third one at one place only",
      "const all = new Mutex(); export const f = () => all.runExclusive(() => mutex.runExclusive(() =>\nother.runExclusive(g))); export const h = () => other.runExclusive(() =>\nmutex.runExclusive(g));",
      [3, 4],
    ],
    [
      "under another one at each place",
      "const all = new Mutex(), each = new Mutex(); export const f = () => all.runExclusive(() => mutex.runExclusive(() =>\nother.runExclusive(g))); export const h = () => each.runExclusive(() => other.runExclusive(() =>\nmutex.runExclusive(g)));",
      [3, 4],
    ],
    [
      "under a third one that is taken between them",
      "const all = new Mutex(); export const f = () => mutex.runExclusive(() =>\nall.runExclusive(() =>\nother.runExclusive(g))); export const h = () => other.runExclusive(() =>\nall.runExclusive(() =>\nmutex.runExclusive(g)));",
      [3, 4, 5, 6],
    ],
    [
      "but not of the same order",
      "export const f = () => mutex.runExclusive(() => other.runExclusive(g)); export const h = () => mutex.runExclusive(() => other.runExclusive(g));",
      [],
    ],
    [
      "but not under a third one",
      "const all = new Mutex(); export const f = () => all.runExclusive(() => mutex.runExclusive(() => other.runExclusive(g))); export const h = () => all.runExclusive(() => other.runExclusive(() => mutex.runExclusive(g)));",
      [],
    ],
    [
      "but not one after the other",
      "await mutex.runExclusive(() => other.runExclusive(g)); await other.runExclusive(() => mutex.runExclusive(g));",
      [],
    ],
    [
      "but not where the first has been given back",
      "export async function f() { const r = await mutex.acquire(); r(); await other.runExclusive(g); } export const h = () => other.runExclusive(() => mutex.runExclusive(g));",
      [],
    ],
  ])("%s", ([, code, expected]) => {
    expect(lines(SETUP + code)).toEqual(expected);
  });
});

describe("reports commands that block a connection which others need", () => {
  const REDIS = `import { Redis } from "ioredis"; const redis = new Redis(), second = redis.duplicate();\n`;
  test.for<[string, string, number[]]>([
    [
      "before the command that it waits for",
      "const p =\nredis.blpop('q', 0); await redis.rpush('q', 'x'); await p;",
      [3],
    ],
    [
      "in a worker, beside an exported function",
      "async function work() { for (;;) {\nawait redis.brpop('q', 0); } } work(); export const add = (x) => redis.lpush('q', x);",
      [3],
    ],
    [
      "in a worker, beside a handler",
      "async function work() {\nawait redis.xread('BLOCK', 0, 'STREAMS', 's', '$'); } work(); app.post('/', async () => { await redis.xadd('s', '*', 'a', 'b'); });",
      [3],
    ],
    [
      "with a time that is written as text",
      "const p =\nredis.blpop('q', '0'); await redis.rpush('q', 'x'); await p;",
      [3],
    ],
    [
      "but not without a word of blocking",
      "const p = redis.xread('STREAMS', 's', '0'); await redis.set('a', 1); await p;",
      [],
    ],
    [
      "with a time behind the word",
      "const p =\nredis.xread('COUNT', 1, 'block', '0', 'STREAMS', 's', '$'); await redis.set('a', 1); await p;",
      [3],
    ],
    [
      "but not with a time above 0",
      "const p = redis.xread('BLOCK', 100, 'STREAMS', 's', 0); await redis.set('a', 1); await p;",
      [],
    ],
    [
      "with a time that comes first",
      "const p =\nredis.blmpop(0, 1, 'q', 'LEFT'); await redis.set('a', 1); await p;",
      [3],
    ],
    ["but not with a time from elsewhere", "const p = redis.blpop('q', time); await redis.set('a', 1); await p;", []],
    [
      "but not on a connection that is given",
      "async function f(redis: Redis) { const p = redis.blpop('q', 0); await redis.set('a', 1); await p; }",
      [],
    ],
    [
      "but not before it is closed",
      "const p = redis.blpop('q', 0); redis.on('error', log); redis.disconnect(); await p;",
      [],
    ],
    [
      "but not before another one that blocks",
      "const p = redis.blpop('q', 0); const q = redis.brpop('r', 0); await p;",
      [],
    ],
    ["but not of another connection", "const p = redis.blpop('q', 0); await second.set('a', 1); await p;", []],
    [
      "which is given back at once",
      "async function f() { try { return\nredis.blpop('q', 0); } finally { await redis.set('a', 1); } }"
        .replace("return\n", "return (\n")
        .replace("0);", "0));"),
      [3],
    ],
    [
      "started before the command",
      "async function work() { for (;;)\nawait redis.brpop('q', 0); } work(); await redis.lpush('q', 'x');",
      [3],
    ],
    ["of two lists", "const p =\nredis.blpop('q', 'r', 0); await redis.rpush('q', 'x'); await p;", [3]],
    [
      "but not where it is started in a function of later",
      "async function work() { for (;;) await redis.brpop('q', 0); } const go = () => { work(); }; await redis.lpush('q', 'x'); go();",
      [],
    ],
    [
      "but not started after the command",
      "async function work() { for (;;) await redis.brpop('q', 0); } await redis.lpush('q', 'x'); work();",
      [],
    ],
    [
      "but not waited for before the command",
      "async function work() { await redis.brpop('q', 0); } await work(); await redis.lpush('q', 'x');",
      [],
    ],
    [
      "started at one of two places",
      "async function work() { for (;;)\nawait redis.brpop('q', 0); } if (x) work(); else { work(); await redis.lpush('q', 'x'); }",
      [3],
    ],
    [
      "started in an exported function",
      "export async function main() { const work = async () => { for (;;)\nawait redis.brpop('q', 0); }; work(); await redis.lpush('q', 'x'); }",
      [3],
    ],
    [
      "but not beside a function that nobody calls",
      "async function work() { for (;;) await redis.brpop('q', 0); } work(); async function add(x) { await redis.lpush('q', x); }",
      [],
    ],
    [
      "but not beside a function that is given to something",
      "async function work() { for (;;) await redis.brpop('q', 0); } work(); plan(async () => { await redis.lpush('q', x); });",
      [],
    ],
    [
      "but not before what the worker does itself",
      "async function work() { for (;;) { const [, x] = await redis.blpop('q', 0); await save(x); } } work(); export async function save(x) { await redis.set(x, 1); }",
      [],
    ],
    [
      "but not before what the worker does by way of others",
      "async function work() { for (;;) { const [, x] = await redis.blpop('q', 0); await note(x); } } work(); const note = async (x) => { await save(x); }; export async function save(x) { await redis.set(x, 1); }",
      [],
    ],
    [
      "but not before what the worker does in a closure",
      "async function work() { for (;;) { const [, x] = await redis.blpop('q', 0); emitter.on('x', async () => { await redis.set(x, 1); }); } } work();",
      [],
    ],
    [
      "beside what the worker does by way of functions that call each other",
      "async function work() { for (;;) {\nawait redis.brpop('q', 0); await one(); } } work(); async function one() { await two(); } async function two() { await one(); } export const add = (x) => redis.lpush('q', x);",
      [3],
    ],
    [
      "beside the default export",
      "async function work() { for (;;)\nawait redis.brpop('q', 0); } work(); export default async function (x) { await redis.lpush('q', x); }",
      [3],
    ],
    [
      "beside a method",
      "async function work() { for (;;)\nawait redis.brpop('q', 0); } work(); class A { async add(x) { await redis.lpush('q', x); } }",
      [3],
    ],
    [
      "but not beside a constructor",
      "async function work() { for (;;) await redis.brpop('q', 0); } class A { constructor(x) { redis.lpush('q', x); work(); } }",
      [],
    ],
    ...["delete", "get", "on", "patch", "post", "put"].map((name): [string, string, number[]] => [
      `beside what listens by ${name}`,
      `async function work() { for (;;)\nawait redis.brpop('q', 0); } work(); app.${name}('/', async (x) => { await redis.lpush('q', x); });`,
      [3],
    ]),
    ...["http.createServer", "setInterval"].map((name): [string, string, number[]] => [
      `beside what ${name} calls`,
      `async function work() { for (;;)\nawait redis.brpop('q', 0); } work(); ${name}(async (x) => { await redis.lpush('q', x); });`,
      [3],
    ]),
    ["but not with a limit", "const p = redis.blpop('q', 5); await redis.rpush('q', 'x'); await p;", []],
    ["but not on a connection of its own", "const p = second.blpop('q', 0); await redis.rpush('q', 'x'); await p;", []],
    ["but not one after the other", "for (;;) { const [, x] = await redis.blpop('q', 0); await redis.set(x, 1); }", []],
    ["but not before it", "await redis.set('a', 1); const p = redis.blpop('q', 0); await p;", []],
  ])("%s", ([, code, expected]) => {
    expect(lines(REDIS + code)).toEqual(expected);
  });

  test.for<[string, string, number[]]>([
    [
      "with a time among the options",
      "const p =\nclient.xRead({ key: 's', id: '$' }, { COUNT: 1, BLOCK: 0 }); await client.set('a', 1); await p;",
      [3],
    ],
    [
      "but not with a time above 0 there",
      "const p = client.xRead({ key: 's', id: '$' }, { COUNT: 0, BLOCK: 5 }); await client.set('a', 1); await p;",
      [],
    ],
    [
      "but not without such an option",
      "const p = client.xRead({ key: 's', id: '0' }, { COUNT: 0 }); await client.set('a', 1); await p;",
      [],
    ],
  ])("of node-redis, %s", ([, code, expected]) => {
    expect(lines(`import { createClient } from "redis"; const client = createClient();\n${code}`)).toEqual(expected);
  });
});

describe("follows what is imported, with types", () => {
  const locks = `import { Mutex } from "async-mutex"; export const lock = new Mutex(); export const second = new Mutex();`;
  const save = `import { lock } from "./locks.ts"; export async function save(): Promise<void> { await lock.runExclusive(() => {}); }`;
  const guard = `import { lock } from "./locks.ts"; export const locked = <T>(work: () => Promise<T>): Promise<T> => lock.runExclusive(work);`;
  const store = `import { Mutex } from "async-mutex"; class Store { readonly lock = new Mutex(); get(): Promise<number> { return this.lock.runExclusive(() => 1); } } export const store = new Store();`;
  const order = `import { lock, second } from "./locks.ts"; export const back = () => second.runExclusive(() => lock.runExclusive(() => {}));`;
  // As it is declared by the package.
  const declared = `declare module "async-mutex" { export class Mutex { acquire(): Promise<() => void>; runExclusive<T>(work: () => Promise<T> | T): Promise<T>; } }`;
  const files = {
    "async-mutex.d.ts": declared,
    "locks.ts": locks,
    "save.ts": save,
    "guard.ts": guard,
    "store.ts": store,
    "order.ts": order,
    "more.ts": locks,
    "default.ts": `import { lock } from "./locks.ts"; export default async function (): Promise<void> { await lock.runExclusive(() => {}); }`,
    "named.ts": `import { save } from "./save.ts"; export default save;`,
    "arrow.ts": `import { lock } from "./locks.ts"; export default async () => { await lock.runExclusive(() => {}); };`,
    "const.ts": `import { lock } from "./locks.ts"; export const save = () => lock.runExclusive(() => {});`,
    "object.ts": `import { lock } from "./locks.ts"; export const box = { get: () => lock.runExclusive(() => {}), put() { return lock.runExclusive(() => {}); } };`,
    "field.ts": `import { Mutex } from "async-mutex"; class Box { lock = new Mutex(); get = () => this.lock.runExclusive(() => {}); } export const box = new Box();`,
    "again.ts": `export { lock as same } from "./locks.ts"; export { save as keep } from "./save.ts";`,
    "main-lock.ts": `import { Mutex } from "async-mutex"; const lock = new Mutex(); export default lock;`,
    "typed-lock.ts": `import { Mutex } from "async-mutex"; const lock = new Mutex(); export default lock as Mutex;`,
    "parts.ts": `import { Mutex } from "async-mutex"; const all = { lock: new Mutex() }; export const { lock } = all;`,
    "some-locks.d.ts": `declare module "some-locks" { import type { Mutex } from "async-mutex"; export const lock: Mutex; }`,
    "main-save.ts": `import lock from "./main-lock.ts"; export const save = () => lock.runExclusive(() => {});`,
    "prisma.d.ts": `declare module "@prisma/client" { export class PrismaClient { $transaction<T>(work: (tx: PrismaClient) => Promise<T>): Promise<T>; user: { count(): Promise<number> }; } }`,
    "db.ts": `import { PrismaClient } from "@prisma/client"; export const prisma = new PrismaClient(); export const inside = <T>(work: (tx: PrismaClient) => Promise<T>) => prisma.$transaction(work);`,
  };
  test.for<[string, string, number[]]>([
    [
      "into a function",
      `import { lock } from "./locks.ts"; import { save } from "./save.ts"; await lock.runExclusive(async () => {\nawait save(); });`,
      [2],
    ],
    [
      "under another name",
      `import { lock as mine } from "./locks.ts"; import * as saving from "./save.ts"; await mine.runExclusive(async () => {\nawait saving.save(); });`,
      [2],
    ],
    [
      "out of a function that holds it for others",
      `import { locked } from "./guard.ts"; import { save } from "./save.ts"; await locked(async () => {\nawait save(); });`,
      [2],
    ],
    [
      "of such a function in itself",
      `import { locked } from "./guard.ts"; await locked(async () => {\nawait locked(async () => {}); });`,
      [2],
    ],
    [
      "into a method",
      `import { store } from "./store.ts"; await store.lock.runExclusive(async () => {\nawait store.get(); });`,
      [2],
    ],
    [
      "to another order",
      `import { lock, second } from "./locks.ts"; export const forth = () => lock.runExclusive(() =>\nsecond.runExclusive(() => {}));`,
      [2],
    ],
    ...["default", "named", "arrow"].map((name): [string, string, number[]] => [
      `into what ${name}.ts exports by default`,
      `import { lock } from "./locks.ts"; import save from "./${name}.ts"; await lock.runExclusive(async () => {\nawait save(); });`,
      [2],
    ]),
    [
      "into a constant function",
      `import { lock } from "./locks.ts"; import { save } from "./const.ts"; await lock.runExclusive(async () => {\nawait save(); });`,
      [2],
    ],
    [
      "into a function of an object",
      `import { lock } from "./locks.ts"; import { box } from "./object.ts"; await lock.runExclusive(async () => {\nawait box.get(); });`,
      [2],
    ],
    [
      "into a method of an object",
      `import { lock } from "./locks.ts"; import { box } from "./object.ts"; await lock.runExclusive(async () => {\nawait box.put(); });`,
      [2],
    ],
    [
      "into a function in a field",
      `import { box } from "./field.ts"; await box.lock.runExclusive(async () => {\nawait box.get(); });`,
      [2],
    ],
    [
      "to a lock that is exported as something",
      `import lock from "./typed-lock.ts"; await lock.runExclusive(async () => {\nawait lock.runExclusive(() => {}); });`,
      [2],
    ],
    [
      "to a lock that is exported by its parts",
      `import { lock } from "./parts.ts"; await lock.runExclusive(async () => {\nawait lock.runExclusive(() => {}); });`,
      [2],
    ],
    [
      "to a lock of a package",
      `import { lock } from "some-locks"; await lock.runExclusive(async () => {\nawait lock.runExclusive(() => {}); });`,
      [2],
    ],
    [
      "into a private method of what is given",
      `import { lock } from "./locks.ts"; export class Box { async #save() { await lock.runExclusive(() => {}); } go(box: Box) { return lock.runExclusive(async () => {\nawait box.#save(); }); } }`,
      [2],
    ],
    [
      "to one of many",
      `import { Mutex } from "async-mutex"; const locks: Mutex[] = []; export const f = (i: number) => locks[i]!.runExclusive(async () => {\nawait locks[i]!.acquire(); });`,
      [2],
    ],
    [
      "to another one of many",
      `import { Mutex } from "async-mutex"; const locks: Mutex[] = []; export const f = (i: number, k: number) => locks[i]!.runExclusive(async () => { await locks[k]!.acquire(); });`,
      [],
    ],
    [
      "to what may be another one of many",
      `import { Mutex } from "async-mutex"; const locks: Mutex[] = []; export const f = () => locks[next()]!.runExclusive(async () => { await locks[next()]!.acquire(); }); declare function next(): number;`,
      [],
    ],
    [
      "by way of a third file",
      `import { same, keep } from "./again.ts"; await same.runExclusive(async () => {\nawait keep(); });`,
      [2],
    ],
    [
      "to a lock that is exported by default",
      `import lock from "./main-lock.ts"; import { save } from "./main-save.ts"; await lock.runExclusive(async () => {\nawait save(); });`,
      [2],
    ],
    [
      "of a function that is given by its name",
      `import { lock } from "./locks.ts"; import { save } from "./save.ts"; await\nlock.runExclusive(save);`,
      [2],
    ],
    [
      "of a transaction that a function begins",
      `import { inside, prisma } from "./db.ts"; export const f = () => inside(async () => {\nawait prisma.user.count(); });`,
      [2],
    ],
    [
      "but not of the transaction itself",
      `import { inside } from "./db.ts"; export const f = () => inside(async (tx) => { await tx.user.count(); });`,
      [],
    ],
    [
      "to the same place of another file",
      `import { lock } from "./more.ts"; import { save } from "./save.ts"; await lock.runExclusive(async () => { await save(); });`,
      [],
    ],
    [
      "to the same order",
      `import { lock, second } from "./locks.ts"; export const forth = () => second.runExclusive(() => lock.runExclusive(() => {}));`,
      [],
    ],
    [
      "to another thing",
      `import { second } from "./locks.ts"; import { save } from "./save.ts"; await second.runExclusive(async () => { await save(); });`,
      [],
    ],
  ])("%s", ([, code, expected]) => {
    expect(lines(code, { files })).toEqual(expected);
  });

  test("and names the place", () => {
    const [report] = check(
      `import { lock } from "./locks.ts"; import { save } from "./save.ts"; await lock.runExclusive(() =>\nsave());`,
      { files },
    );
    expect(report?.message).toContain("the lock of `lock` on line 1 of save.ts");
  });
});

describe("in plain JavaScript", () => {
  test.for<["commonjs" | "espree", string]>([
    [
      "commonjs",
      `const { Pool } = require("pg"); const pool = new Pool({ max: 2 }); exports.f = async () => { const c = await pool.connect(); try {\nawait pool.query("x"); } finally { c.release(); } };`,
    ],
    [
      "commonjs",
      `const pg = require("pg"); const pool = new pg.Pool(); module.exports = async function () { const c = await pool.connect();\nawait pool.query("x"); c.release(); };`,
    ],
    [
      "espree",
      `import * as mutexes from "async-mutex"; const m = new mutexes.Mutex(); m.runExclusive(async () => {\nawait m.acquire(); });`,
    ],
    [
      "espree",
      `import limiter from "p-limit"; const run = limiter(4); export const walk = (node) => run(async () => { await Promise.all(node.children.map(\nwalk)); });`,
    ],
  ])("%s", ([language, code]) => {
    expect(lines(code, { language })).toEqual([2]);
  });
});

describe("says what waits for what, why that cannot come, and what to do", () => {
  const message = (code: string): string =>
    check(SETUP + code)
      .map((report) => report.message)
      .join();
  test("of a lock", () => {
    expect(message("mutex.runExclusive(async () => {\nawait mutex.acquire(); });")).toBe(
      "`mutex.acquire()` waits for the lock of `mutex`, but that is held here on line 2, and comes back only after this wait: it waits for itself, for ever. Let what is called here do without the lock, or give it back first.",
    );
  });
  test("of one of many", () => {
    expect(
      message(
        "const p = new pg.Pool({ max: 4 }); export async function f() { const c = await p.connect();\nawait p.query('x'); c.release(); }",
      ),
    ).toBe(
      "`p.query('x')` waits for a second connection of `p`, while the one taken on line 2 is still held: when 4 callers are at this point at once, each holds one and waits for another, and none of them goes on until the acquire timeout, if there is one. Run it on the connection already held (`c`), or wait until that has been given back.",
    );
  });
  test("of nobody knows how many", () => {
    expect(
      message("const p = pLimit(size); export const walk = (x) => p(() => Promise.all(x.map(\nwalk)));"),
    ).toContain("when as many callers as `p` has permits are at this point at once");
  });
  test("of a function that calls itself", () => {
    expect(message("const p = pLimit(2); export const walk = (x) => p(() => Promise.all(x.map(\nwalk)));")).toContain(
      "Let only the work of one call hold a permit",
    );
  });
  test("of a lock with a name", () => {
    expect(message("navigator.locks.request('a', async () => {\nawait navigator.locks.request('a', f); });")).toContain(
      "waits for the lock `'a'` of `navigator.locks`",
    );
  });
  test("of a transaction in the wrong place", () => {
    expect(
      message(
        "const U = sequelize.define('u', {}); sequelize.transaction(async (t) => {\nawait U.update(v, { where }, { transaction: t }); });",
      ),
    ).toContain("it looks for `transaction` in argument 2, but is given it in argument 3");
  });
});
