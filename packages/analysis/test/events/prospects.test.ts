import { parseForESLint } from "@typescript-eslint/parser";
import { describe, expect, test } from "vitest";
import { mayStarve } from "../../src/events/prospects.ts";
import { catalogOf } from "../../src/models/catalog.ts";
import { libraries } from "../../src/models/libraries.ts";
import { linkParents, openFile } from "../open-file.ts";
import { openFileOf, programOf } from "../open-program.ts";

const catalog = catalogOf(libraries);

/** What is done to a name that the file declares, and of which nothing is known, is done to these. */
const UNKNOWN = "let hub, server, spool, target, other, late, name;\n";

/** A file that is not looked into costs no more than a glance at its text and its names. */
function isLookedInto(code: string): boolean {
  const text = UNKNOWN + code;
  return mayStarve(openFile(text), text, catalog);
}

describe("a promise of one's own is followed where its resolver is kept", () => {
  test.for<[string, string]>([
    ["in a variable", `let open; await new Promise((resolve) => { open = resolve; });`],
    ["in a list", `const kept = []; await new Promise((resolve) => { kept.push(resolve); });`],
    ["in a function that is kept", `let open; await new Promise((resolve) => { open = () => resolve(1); });`],
    ["in an object that is made with it", `let job; await new Promise((resolve) => { job = new Job(resolve); });`],
    ["by a function of the file", `const keep = (one) => {}; await new Promise((resolve) => keep(resolve));`],
    ["by a global function", `await new Promise((resolve) => register(resolve));`],
    ["by a method of something unknown", `await new Promise((resolve) => hub.register(resolve));`],
    ["by a method whose name is computed", `await new Promise((resolve) => hub[name](resolve));`],
    ["by a method of a result", `await new Promise((resolve) => connect().listen(resolve));`],
    [
      "by a method of what the file makes itself",
      `const hub = makeHub(); function makeHub() {} await new Promise((resolve) => hub.listen(resolve));`,
    ],
    [
      "by a method of what the language makes",
      `const hub = Object.create(null); await new Promise((resolve) => hub.listen(resolve));`,
    ],
    ["by a method of a literal", `const hub = { listen() {} }; await new Promise((resolve) => hub.listen(resolve));`],
    [
      "by a method of a part of a result",
      `import { connect } from "far"; const { hub } = connect(); await new Promise((resolve) => hub.listen(resolve));`,
    ],
    [
      "the one that rejects",
      `const kept = []; await new Promise((resolve, reject) => { setTimeout(resolve, 10); kept.push(reject); });`,
    ],
    [
      "the second of two",
      `let open; await new Promise((resolve) => setTimeout(resolve)); await new Promise((resolve) => { open = resolve; });`,
    ],
    [
      "once, and given away once",
      `let open; await new Promise((resolve) => { setTimeout(resolve, 10); open = resolve; });`,
    ],
    ["both in a list", `let open; await new Promise((...both) => { open = both[0]; });`],
    ["by an executor that is declared elsewhere", `await new Promise(executor);`],
    ["by whoever takes a listener for no event", `await new Promise((resolve) => hub.on(resolve));`],
    [
      "by whoever takes a listener for an event of unknown name",
      `await new Promise((resolve) => hub.on(name, resolve));`,
    ],
    ["by a stream that closes", `await new Promise((resolve) => spool.on("close", resolve));`],
    ["by a stream that drains", `await new Promise((resolve) => spool.once("drain", resolve));`],
    ["by a stream that ends", `await new Promise((resolve) => spool.once("end", resolve));`],
    ["by a stream that finishes", `await new Promise((resolve) => spool.addListener("finish", resolve));`],
    ["by a function called on the spot", `await new Promise((resolve) => { (() => { resolve(); })(); });`],
    [
      "by a function that only the file calls",
      `await new Promise((resolve) => { const done = () => { resolve(); }; setTimeout(done); });`,
    ],
    ["in a callback that is kept", `await new Promise((resolve) => { register(() => { setTimeout(resolve); }); });`],
    ["in something that is made", `await new Promise((resolve) => { new Job(() => { resolve(); }); });`],
    [
      "in a job of a limit",
      `import pLimit from "p-limit"; const limit = pLimit(1); await new Promise((resolve) => { limit(() => { resolve(); }); });`,
    ],
    [
      "in a job of a queue",
      `import PQueue from "p-queue"; const queue = new PQueue(); await new Promise((resolve) => { queue.add(resolve); });`,
    ],
    [
      "in a job of a limit that is awaited",
      `import pLimit from "p-limit"; const limit = await pLimit(1); await new Promise((resolve) => { limit(resolve); });`,
    ],
    ["in a mapper", `import pMap from "p-map"; await new Promise((resolve) => { pMap([1], resolve); });`],
    [
      "in a query that nobody starts",
      `import knex from "knex"; const db = knex({}); await new Promise((resolve) => { db("jobs").on("query", resolve); });`,
    ],
    [
      "in a query that is written out",
      `import knex from "knex"; await new Promise((resolve) => { knex({})("jobs").on("query", resolve); });`,
    ],
    [
      "in a query of another name",
      `import knex from "knex"; const db = knex({}); const same = db; await new Promise((resolve) => { same("jobs").on("query", resolve); });`,
    ],
    [
      "in then of a query",
      `import knex from "knex"; const db = knex({}); await new Promise((resolve) => { db("jobs").insert({}).then(resolve); });`,
    ],
    [
      "by a class that takes listeners",
      `class Hub { on(name, listener) {} } await new Promise((resolve) => new Hub().on("a", resolve));`,
    ],
    [
      "by a class that takes listeners of a kind",
      `class Hub { on<T>(name: string, listener: T) {} } await new Promise((resolve) => hub.on("a", resolve));`,
    ],
    [
      "by a class that is no more than private about it",
      `class Hub { private addListener(name: string) {} } await new Promise((resolve) => hub.on("a", resolve));`,
    ],
    [
      "by an object that takes listeners",
      `const hub = { addEventListener: (name, listener) => {} }; await new Promise((resolve) => hub.once("a", resolve));`,
    ],
    [
      "by a function field that takes listeners",
      `class Hub { once = (name) => {} } await new Promise((resolve) => hub.once("a", resolve));`,
    ],
    [
      "by an object with then",
      `late = { then(done) { kept.push(done); } }; await new Promise((resolve) => { late.then(resolve); });`,
    ],
    [
      "by an object with then under a quoted name",
      `late = { "then": keep }; await new Promise((resolve) => { late.then(resolve); });`,
    ],
  ])("%s", ([, code]) => {
    expect(isLookedInto(code)).toBe(true);
  });

  test("where the parser does not know the globals", () => {
    const looked = (code: string): boolean => {
      const { ast, scopeManager } = parseForESLint(code, { range: true, loc: true, sourceType: "module", lib: [] });
      linkParents(ast);
      return mayStarve({ ast, scopes: scopeManager }, code, catalog);
    };
    expect(looked(`let open; await new Promise((resolve) => { open = resolve; });`)).toBe(true);
    expect(looked(`let open; await 0; new Job((resolve) => { open = resolve; });`)).toBe(false);
  });
});

describe("a file is passed over where all resolvers are given to what has begun", () => {
  test.for<[string, string]>([
    ["no promise at all", `class Hub { on(name, listener) {} } await 0;`],
    [
      "a promise of another kind",
      `const kept = []; await 0; class Promise {} new Promise((resolve) => { kept.push(resolve); });`,
    ],
    ["other uses of the name", `await Promise.all([]); class Mine extends Promise {} const made = Promise;`],
    ["a promise that nothing settles", `await new Promise(() => {});`],
    ["called at once", `await new Promise((resolve) => { resolve(1); });`],
    ["setTimeout", `await new Promise((resolve) => setTimeout(resolve, 10));`],
    ["setTimeout of the global object", `await new Promise((resolve) => globalThis.setTimeout(resolve, 10));`],
    ["setInterval", `await new Promise((resolve) => setInterval(resolve, 10));`],
    ["setImmediate", `await new Promise((resolve) => setImmediate(resolve));`],
    ["queueMicrotask", `await new Promise((resolve) => queueMicrotask(resolve));`],
    ["nextTick", `await new Promise((resolve) => process.nextTick(resolve));`],
    [
      "both to timers",
      `await new Promise((resolve, reject) => { setTimeout(resolve, 10); setTimeout(() => reject(new Error("late")), 20); });`,
    ],
    [
      "a timer in a timer",
      `await new Promise((resolve) => { setTimeout(() => { setTimeout(() => resolve(1), 10); }, 10); });`,
    ],
    ["an optional chain", `await new Promise((resolve) => server?.once("listening", resolve));`],
    ["an emitter", `await new Promise((resolve) => server.once("listening", resolve));`],
    ["another way to listen", `await new Promise((resolve) => target.addEventListener("load", resolve));`],
    ["a listener that comes first", `await new Promise((resolve) => hub.prependListener("ready", resolve));`],
    ["then", `await new Promise((resolve) => { load().then(resolve); });`],
    ["catch", `await new Promise((resolve) => { load().catch(resolve); });`],
    ["finally", `await new Promise((resolve) => { load().finally(() => resolve(1)); });`],
    ["a function of another module", `import { delay } from "delays"; await new Promise((resolve) => delay(resolve));`],
    [
      "a method of another module",
      `import * as fs from "node:fs"; await new Promise((resolve) => fs.stat("a", resolve));`,
    ],
    [
      "what another module makes by a call",
      `import { createServer } from "node:http"; const made = createServer(); await new Promise((resolve) => made.listen(0, resolve));`,
    ],
    [
      "what another module makes by new",
      `import { Server } from "node:http"; const made = new Server(); await new Promise((resolve) => made.listen(0, resolve));`,
    ],
    [
      "an inner promise",
      `await new Promise((resolve) => { new Promise((inner) => { setTimeout(() => { resolve(); inner(); }); }); });`,
    ],
    [
      "a comparison is no declaration",
      `const same = hub.on === other.on; await new Promise((resolve) => hub.on("a", resolve));`,
    ],
    ["a call is no declaration", `hub.on("b", () => {}); await new Promise((resolve) => hub.on("a", resolve));`],
    [
      "a parameter of that name is no declaration",
      `const use = (on => on); await new Promise((resolve) => hub.on("a", resolve));`,
    ],
  ])("%s", ([, code]) => {
    expect(isLookedInto(code)).toBe(false);
  });
});

describe("names that hold each other end", () => {
  test.for<[string, string]>([
    ["one that holds a member of itself", `var hub = hub.inner; await new Promise((resolve) => hub.listen(resolve));`],
    ["two", `var one = two.call(); var two = one.call(); await new Promise((resolve) => one.listen(resolve));`],
  ])("%s", ([, code]) => {
    expect(isLookedInto(code)).toBe(true);
  });
});

describe("what the text of a file tells", () => {
  test.for<[string, string, boolean]>([
    ["nothing waits", `const pipe = new TransformStream();`, false],
    ["a stream and a wait", `const pipe = new TransformStream(); await 0;`, true],
    ["a stream and a reaction", `const pipe = new TransformStream(); load().then(run);`, true],
    ["a wait and nothing to wait for", `await 0;`, false],
    ["no more than a part of a word", `await 0; Transformer(); channels(); PassThroughs(); duplexPairs();`, false],
    ["PassThrough", `await new PassThrough();`, true],
    ["Transform", `await new Transform();`, true],
    ["duplexPair", `await duplexPair();`, true],
    ["createGzip", `await zlib.createGzip();`, true],
    ["createGunzip", `await zlib.createGunzip();`, true],
    ["createDeflate", `await zlib.createDeflateRaw();`, true],
    ["createInflate", `await zlib.createInflateRaw();`, true],
    ["createUnzip", `await zlib.createUnzip();`, true],
    ["createBrotliCompress", `await zlib.createBrotliCompress();`, true],
    ["createCipheriv", `await createCipheriv();`, true],
    ["createDecipheriv", `await createDecipheriv();`, true],
    ["an archive", `await new ZipArchive();`, true],
    ["a small archiver", `await archiver("zip");`, true],
    ["a channel", `await channel();`, true],
    ["a promise with its resolvers", `await Promise.withResolvers();`, true],
    ["a use of a stream, without types", `await source.pipeTo(target);`, false],
  ])("%s", ([, code, expected]) => {
    expect(isLookedInto(code)).toBe(expected);
  });
});

const pair = `export function open() {
  const { writable, readable } = new TransformStream<string, string>();
  return { writer: writable.getWriter(), readable };
}
export interface Pair { readonly open: string }`;

/** A long function that only computes. */
const long = (body: string): string =>
  `export function open(words: string[]): number {\n  let sum = 0;\n${"  sum += 1;\n".repeat(40)}${body}\n  return sum;\n}`;

describe("where there are types, what a file imports tells as well", () => {
  test.for<[string, string, Record<string, string>, boolean]>([
    ["nothing", `await 0;`, {}, false],
    ["it uses a stream", `await source.pipeTo(target);`, {}, true],
    ["it uses a writer", `await pair.writable;`, {}, true],
    ["it uses a pipeline", `await pipeline(source, target);`, {}, true],
    ["it waits for room", `await once(target, "drain");`, {}, true],
    ["it sends", `await jobs.send(1);`, {}, true],
    ["it finalizes", `await archive.finalize();`, {}, true],
    ["it uses words like these", `await jobs.sender(1); drained(); pipelines(); unwritable();`, {}, false],
    ["by name", `import { open } from "./pair.ts"; await open();`, { "pair.ts": pair }, true],
    ["as a namespace", `import * as pairs from "./pair.ts"; await pairs.open();`, { "pair.ts": pair }, true],
    ["at run time", `const { open } = await import("./pair.ts"); open();`, { "pair.ts": pair }, true],
    ["by require", `import pairs = require("./pair.ts"); await pairs.open();`, { "pair.ts": pair }, true],
    ["by exporting it again", `export { open } from "./pair.ts"; await 0;`, { "pair.ts": pair }, true],
    [
      "through a file that exports all of it",
      `import { open } from "./all.ts"; await open();`,
      { "pair.ts": pair, "all.ts": `export * from "./pair.ts";` },
      true,
    ],
    [
      "through two names",
      `import { make } from "./all.ts"; await make();`,
      { "pair.ts": pair, "all.ts": `export { open as make } from "./pair.ts";` },
      true,
    ],
    [
      "an object of functions",
      `import { pairs } from "./all.ts"; await pairs.open();`,
      { "pair.ts": pair, "all.ts": `import { open } from "./pair.ts";\nexport const pairs = { open };` },
      true,
    ],
    [
      "what a module is as a whole",
      `import pairs = require("./pair.ts"); await pairs.open();`,
      { "pair.ts": `const pairs = { open() { return new TransformStream(); } };\nexport = pairs;` },
      true,
    ],
    [
      "a whole module that only computes",
      `import sums = require("./sums.ts"); await new Promise((resolve) => setTimeout(resolve, sums.add(1)));`,
      { "sums.ts": `const sums = { add: (one: number) => one + 1 };\nexport = sums;` },
      false,
    ],
    ["only its types", `import type { Pair } from "./pair.ts"; await 0;`, { "pair.ts": pair }, false],
    [
      "a file that only computes",
      `import { add } from "./sums.ts"; await add();`,
      { "sums.ts": `export const add = () => 1;` },
      false,
    ],
    [
      "a file that only computes, beside a timer",
      `import { add } from "./sums.ts"; await new Promise((resolve) => setTimeout(resolve, add()));`,
      { "sums.ts": `export const add = () => 1;` },
      false,
    ],
    [
      "a short function beside a stream",
      `import { add } from "./pair.ts"; await add();`,
      { "pair.ts": `${pair}\nexport const add = () => 1;` },
      true,
    ],
    [
      "a short function beside a promise",
      `import { add } from "./gate.ts"; await add();`,
      { "gate.ts": `const opened = new Promise(() => {});\nexport const add = () => opened;` },
      true,
    ],
    [
      "a long function that only computes, beside a stream",
      `import { open } from "./sum.ts"; await open([]);`,
      { "sum.ts": `const pipe = new TransformStream();\n${long("")}` },
      false,
    ],
    [
      "a long function that makes a stream",
      `import { open } from "./sum.ts"; await open([]);`,
      { "sum.ts": long("new TransformStream();") },
      true,
    ],
    [
      "a long function that makes a promise",
      `import { open } from "./sum.ts"; await open([]);`,
      { "sum.ts": long("void new Promise(() => {});") },
      true,
    ],
    [
      "a long function that writes, beside a stream",
      `import { open } from "./sum.ts"; await open([]);`,
      { "sum.ts": `const pipe = new TransformStream();\n${long("pipe.writable.getWriter();")}` },
      true,
    ],
    [
      "a long object of names, beside a stream",
      `import { all } from "./all.ts"; await all.open();`,
      { "all.ts": `${pair}\nexport const all = {\n  open,\n${"  // the rest is yet to come\n".repeat(20)}};` },
      true,
    ],
    [
      "a function that is too long for a helper",
      `import { open } from "./sum.ts"; await open([]);`,
      { "sum.ts": long(`new TransformStream();${"\n  sum += 1;".repeat(800)}`) },
      false,
    ],
    [
      "a library that is known",
      `import pLimit from "p-limit"; await new Promise((resolve) => setTimeout(resolve, pLimit(1)));`,
      {},
      false,
    ],
    [
      "a file that is only declared",
      `import { open } from "./pair.js"; await open();`,
      { "pair.d.ts": `export function open(): TransformStream;` },
      false,
    ],
    ["a file that is not there", `import { open } from "./missing.ts"; await open();`, {}, false],
    [
      "files that import each other",
      `import { one } from "./one.ts"; await one();`,
      {
        "one.ts": `export * from "./two.ts";\nexport const one = () => 1;`,
        "two.ts": `export * from "./one.ts";\nexport const two = () => 2;`,
      },
      false,
    ],
  ])("%s", ([, code, files, expected]) => {
    expect(mayStarve(openFileOf(programOf({ ...files, "file.ts": code }), "file.ts"), code, catalog)).toBe(expected);
  });
});
