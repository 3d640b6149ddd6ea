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
    ["but not with a limit", "const p = redis.blpop('q', 5); await redis.rpush('q', 'x'); await p;", []],
    ["but not on a connection of its own", "const p = second.blpop('q', 0); await redis.rpush('q', 'x'); await p;", []],
    ["but not one after the other", "for (;;) { const [, x] = await redis.blpop('q', 0); await redis.set(x, 1); }", []],
    ["but not before it", "await redis.set('a', 1); const p = redis.blpop('q', 0); await p;", []],
  ])("%s", ([, code, expected]) => {
    expect(lines(REDIS + code)).toEqual(expected);
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
