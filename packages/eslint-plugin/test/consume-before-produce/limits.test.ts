import { describe, test } from "vitest";
import { check } from "../lint.ts";
import type { LintOptions } from "../lint.ts";

describe("limits, promises, pipelines and events", () => {
  test.for<[string, string]>([
    [
      "p-limit: as many permits as pipes",
      `import pLimit from "p-limit";
const limit = pLimit(2);
const pipes = [new TransformStream(), new TransformStream()];
const read = Promise.all(pipes.map(({ readable }) => limit(() => new Response(readable).text())));
for (const { writable } of pipes) await writable.getWriter().write("x");
await read;`,
    ],
    [
      "p-limit: awaited inside",
      `import pLimit from "p-limit";
const limit = pLimit(1);
const { writable, readable } = new TransformStream();
const read = limit(() => new Response(readable).text());
await writable.getWriter().write("x");
await read;`,
    ],
    [
      "p-limit: two jobs, one permit",
      `import pLimit from "p-limit";
const limit = pLimit(1);
const { writable, readable } = new TransformStream();
const first = limit(() => work());
const read = limit(() => new Response(readable).text());
await writable.getWriter().write("x"); // starves
await read;`,
    ],
    [
      "p-limit: unknown permits",
      `import pLimit from "p-limit";
const limit = pLimit(count);
const pipes = ["a", "b", "c"].map(() => new TransformStream());
const read = Promise.all(pipes.map(({ readable }) => limit(() => new Response(readable).text())));
for (const { writable } of pipes) await writable.getWriter().write("x");
await read;`,
    ],
    [
      "p-limit: with arguments",
      `import pLimit from "p-limit";
const limit = pLimit(1);
const { writable, readable } = new TransformStream();
const read = limit((stream) => new Response(stream).text(), readable);
await writable.getWriter().write("x");
await read;`,
    ],
    [
      "p-queue: add",
      `import PQueue from "p-queue";
const queue = new PQueue({ concurrency: 1 });
const pipes = ["a", "b"].map(() => new TransformStream());
const read = pipes.map(({ readable }) => queue.add(() => new Response(readable).text()));
for (const { writable } of pipes) await writable.getWriter().write("x"); // starves
await Promise.all(read);`,
    ],
    [
      "p-queue: add, two permits",
      `import PQueue from "p-queue";
const queue = new PQueue({ concurrency: 2 });
const pipes = ["a", "b"].map(() => new TransformStream());
const read = pipes.map(({ readable }) => queue.add(() => new Response(readable).text()));
for (const { writable } of pipes) await writable.getWriter().write("x");
await Promise.all(read);`,
    ],
    [
      "p-queue: addAll",
      `import PQueue from "p-queue";
const queue = new PQueue({ concurrency: 1 });
const pipes = ["a", "b"].map(() => new TransformStream());
const read = queue.addAll(pipes.map(({ readable }) => () => new Response(readable).text()));
for (const { writable } of pipes) await writable.getWriter().write("x"); // starves
await read;`,
    ],
    [
      "p-queue: addAll, two permits",
      `import PQueue from "p-queue";
const queue = new PQueue({ concurrency: 2 });
const pipes = ["a", "b"].map(() => new TransformStream());
const read = queue.addAll(pipes.map(({ readable }) => () => new Response(readable).text()));
for (const { writable } of pipes) await writable.getWriter().write("x");
await read;`,
    ],
    [
      "p-limit: map",
      `import pLimit from "p-limit";
const limit = pLimit(1);
const pipes = ["a", "b"].map(() => new TransformStream());
const read = limit.map(pipes, ({ readable }) => new Response(readable).text());
for (const { writable } of pipes) await writable.getWriter().write("x"); // starves
await read;`,
    ],
    [
      "p-limit: map, two permits",
      `import pLimit from "p-limit";
const limit = pLimit(2);
const pipes = ["a", "b"].map(() => new TransformStream());
const read = limit.map(pipes, ({ readable }) => new Response(readable).text());
for (const { writable } of pipes) await writable.getWriter().write("x");
await read;`,
    ],
    [
      "p-map",
      `import pMap from "p-map";
const pipes = ["a", "b"].map(() => new TransformStream());
const read = pMap(pipes, ({ readable }) => new Response(readable).text(), { concurrency: 1 });
for (const { writable } of pipes) await writable.getWriter().write("x"); // starves
await read;`,
    ],
    [
      "p-map, two",
      `import pMap from "p-map";
const pipes = ["a", "b"].map(() => new TransformStream());
const read = pMap(pipes, ({ readable }) => new Response(readable).text(), { concurrency: 2 });
for (const { writable } of pipes) await writable.getWriter().write("x");
await read;`,
    ],
    [
      "p-map, no option",
      `import pMap from "p-map";
const pipes = ["a", "b"].map(() => new TransformStream());
const read = pMap(pipes, ({ readable }) => new Response(readable).text());
for (const { writable } of pipes) await writable.getWriter().write("x");
await read;`,
    ],
    [
      "the wait is inside of the job of the reader too",
      `import pLimit from "p-limit";
const limit = pLimit(1);
await Promise.all(["a", "b"].map((word) => limit(async () => {
  const { writable, readable } = new TransformStream();
  const read = new Response(readable).text();
  await writable.getWriter().write(word);
  await read;
})));`,
    ],
    [
      "promise: resolved after it is awaited",
      `const ready = Promise.withResolvers();
await ready.promise; // starves
ready.resolve();`,
    ],
    [
      "promise: resolved before",
      `const ready = Promise.withResolvers();
ready.resolve();
await ready.promise;`,
    ],
    [
      "promise: rejected after",
      `const ready = Promise.withResolvers();
await ready.promise; // starves
ready.reject(new Error("late"));`,
    ],
    [
      "promise: resolved by a timer",
      `const ready = Promise.withResolvers();
setTimeout(() => ready.resolve(), 10);
await ready.promise;`,
    ],
    [
      "promise: resolve given away",
      `const ready = Promise.withResolvers();
emitter.on("ready", ready.resolve);
await ready.promise;`,
    ],
    [
      "promise: never resolved",
      `const ready = Promise.withResolvers();
await ready.promise;`,
    ],
    [
      "promise: executor keeps resolve",
      `let go;
const ready = new Promise((resolve) => { go = resolve; });
await ready; // starves
go();`,
    ],
    [
      "promise: executor keeps resolve, resolved in time",
      `let go;
const ready = new Promise((resolve) => { go = resolve; });
go();
await ready;`,
    ],
    [
      "promise: executor keeps reject",
      `let fail;
const ready = new Promise((resolve, reject) => { fail = reject; });
await ready; // starves
fail();`,
    ],
    [
      "promise: resolved by an async function that runs",
      `const ready = Promise.withResolvers();
async function start() { await load(); ready.resolve(); }
const started = start();
await ready.promise;
await started;`,
    ],
    [
      "promise: resolved by an async function that is called later",
      `const ready = Promise.withResolvers();
async function start() { await load(); ready.resolve(); }
await ready.promise; // starves
await start();`,
    ],
    [
      "promise: then",
      `const ready = Promise.withResolvers();
const next = ready.promise.then(() => 1);
await next; // starves
ready.resolve();`,
    ],
    [
      "promise: Promise.all",
      `const ready = Promise.withResolvers();
await Promise.all([ready.promise, other()]); // starves
ready.resolve();`,
    ],
    [
      "promise: race",
      `const ready = Promise.withResolvers();
await Promise.race([ready.promise, other()]);
ready.resolve();`,
    ],
    [
      "promise: returned by a function",
      `const ready = Promise.withResolvers();
const whenReady = () => ready.promise;
await whenReady(); // starves
ready.resolve();`,
    ],
    [
      "promise: passed on",
      `const ready = Promise.withResolvers();
const done = Promise.resolve(ready.promise);
await done; // starves
ready.resolve();`,
    ],
    [
      "promise: conditional wait",
      `const ready = Promise.withResolvers();
if (flag()) await ready.promise; // starves
ready.resolve();`,
    ],
    [
      "promise: a flag in a function that may not wait",
      `let go;
let open = false;
async function pass() { if (open) return; await new Promise((resolve) => { go = resolve; }); }
await pass();
go();`,
    ],
    [
      "promise: a lock taken once",
      `class Lock {
  #held = false;
  #waiting = [];
  async take() { if (!this.#held) { this.#held = true; return; } await new Promise((resolve) => { this.#waiting.push(resolve); }); }
  free() { const next = this.#waiting.shift(); if (next) next(); else this.#held = false; }
}
const lock = new Lock();
await lock.take();
lock.free();`,
    ],
    [
      "drain of node",
      `import { PassThrough } from "node:stream";
const spool = new PassThrough();
for (const line of lines()) if (!spool.write(line)) await new Promise((resolve) => { spool.once("drain", resolve); }); // starves
for await (const part of spool) console.log(part);`,
    ],
    [
      "drain of node, reader before",
      `import { PassThrough } from "node:stream";
const spool = new PassThrough();
spool.on("data", console.log);
for (const line of lines()) if (!spool.write(line)) await new Promise((resolve) => { spool.once("drain", resolve); });`,
    ],
    [
      "drain of node with function",
      `import { PassThrough } from "node:stream";
const spool = new PassThrough();
for (const line of lines()) if (!spool.write(line)) await new Promise((resolve) => { spool.once("drain", () => resolve()); }); // starves
spool.resume();`,
    ],
    [
      "drain or a timer",
      `import { PassThrough } from "node:stream";
const spool = new PassThrough();
for (const line of lines()) if (!spool.write(line)) await new Promise((resolve) => { spool.once("drain", resolve); setTimeout(resolve, 10); });
spool.resume();`,
    ],
    [
      "end event, nothing written",
      `import { PassThrough } from "node:stream";
import { once } from "node:events";
const spool = new PassThrough();
spool.end();
await once(spool, "end"); // starves
spool.resume();`,
    ],
    [
      "close event by promise",
      `import { PassThrough } from "node:stream";
const spool = new PassThrough();
spool.end("a");
await new Promise((resolve) => spool.on("close", resolve)); // starves
spool.resume();`,
    ],
    [
      "finish event of small",
      `import { PassThrough } from "node:stream";
import { once } from "node:events";
const spool = new PassThrough();
spool.end("a");
await once(spool, "finish");
spool.resume();`,
    ],
    [
      "error event",
      `import { PassThrough } from "node:stream";
import { once } from "node:events";
const spool = new PassThrough();
for (const line of lines()) spool.write(line);
await once(spool, "error");
spool.resume();`,
    ],
    [
      "once with a signal",
      `import { PassThrough } from "node:stream";
import { once } from "node:events";
const spool = new PassThrough();
for (const line of lines()) spool.write(line);
await once(spool, "drain", { signal });
spool.resume();`,
    ],
    [
      "finished",
      `import { PassThrough } from "node:stream";
import { finished } from "node:stream/promises";
const spool = new PassThrough();
spool.end("a");
await finished(spool); // starves
spool.resume();`,
    ],
    [
      "finished with options",
      `import { PassThrough } from "node:stream";
import { finished } from "node:stream/promises";
const spool = new PassThrough();
spool.end("a");
await finished(spool, { readable: false });
spool.resume();`,
    ],
    [
      "write with callback",
      `import { PassThrough } from "node:stream";
const spool = new PassThrough();
for (const line of lines()) await new Promise((resolve) => spool.write(line, resolve)); // starves
spool.resume();`,
    ],
    [
      "pipeline into a pass-through",
      `import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
const spool = new PassThrough();
await pipeline(source(), spool); // starves
spool.resume();`,
    ],
    [
      "pipeline with options",
      `import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
const spool = new PassThrough();
await pipeline(source(), spool, { end: false }); // starves
spool.resume();`,
    ],
    [
      "pipeline of an array",
      `import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
const spool = new PassThrough();
await pipeline([source(), spool]); // starves
spool.resume();`,
    ],
    [
      "pipeline with a last function",
      `import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
const spool = new PassThrough();
await pipeline(source(), spool, async (parts) => { for await (const part of parts) console.log(part); });`,
    ],
    [
      "pipeline to unknown",
      `import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
const spool = new PassThrough();
await pipeline(source(), spool, target());`,
    ],
    [
      "pipeline with callback",
      `import { PassThrough, pipeline } from "node:stream";
const spool = new PassThrough();
pipeline(source(), spool, (error) => { console.log(error); });
spool.resume();`,
    ],
    [
      "pipeline promised by promisify",
      `import { PassThrough, pipeline } from "node:stream";
import { promisify } from "node:util";
const spool = new PassThrough();
await promisify(pipeline)(source(), spool); // starves
spool.resume();`,
    ],
    [
      "pipeline of stream.promises",
      `import stream from "node:stream";
const spool = new stream.PassThrough();
await stream.promises.pipeline(source(), spool); // starves
spool.resume();`,
    ],
    [
      "pipeline of a small array",
      `import { Readable, PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
const spool = new PassThrough({ objectMode: true });
await pipeline(Readable.from(["a", "b"]), spool);
spool.resume();`,
    ],
    [
      "pipeline through gzip into pass",
      `import { PassThrough } from "node:stream";
import { createGzip } from "node:zlib";
import { pipeline } from "node:stream/promises";
const gzip = createGzip();
const spool = new PassThrough();
const done = pipeline(gzip, spool);
for (const line of lines()) if (!gzip.write(line)) await new Promise((resolve) => gzip.once("drain", resolve)); // starves
spool.resume();
await done;`,
    ],
    [
      "pipe chain",
      `import { PassThrough } from "node:stream";
import { once } from "node:events";
const first = new PassThrough();
const second = new PassThrough();
first.pipe(second);
for (const line of lines()) if (!first.write(line)) await once(first, "drain"); // starves
second.resume();`,
    ],
    [
      "pipe to unknown",
      `import { PassThrough } from "node:stream";
import { once } from "node:events";
const first = new PassThrough();
first.pipe(target());
for (const line of lines()) if (!first.write(line)) await once(first, "drain");`,
    ],
    [
      "pipeTo",
      `const first = new TransformStream();
const second = new TransformStream();
const writer = first.writable.getWriter();
await writer.write("a"); // starves
await first.readable.pipeTo(target());`,
    ],
    [
      "pipeTo with a signal",
      `const second = new TransformStream();
await source().pipeTo(second.writable, { signal });
for await (const part of second.readable) console.log(part);`,
    ],
    [
      "pipeTo with options",
      `const second = new TransformStream();
await source().pipeTo(second.writable, { preventClose: true }); // starves
for await (const part of second.readable) console.log(part);`,
    ],
    [
      "write with signal",
      `import { channel } from "tailrace";
const jobs = channel();
await jobs.send(1, { signal });
for await (const job of jobs) run(job);`,
    ],
    [
      "trySend",
      `import { channel } from "tailrace";
const jobs = channel();
await jobs.trySend(1);
for await (const job of jobs) run(job);`,
    ],
    [
      "writer.ready",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
void writer.write("a");
await writer.ready; // starves
for await (const part of readable) console.log(part);`,
    ],
    [
      "writer.closed",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
void writer.write("a");
void writer.close();
await writer.closed; // starves
for await (const part of readable) console.log(part);`,
    ],
    [
      "close of nothing",
      `const { writable, readable } = new TransformStream();
await writable.close();
for await (const part of readable) console.log(part);`,
    ],
    [
      "aborted",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
const written = writer.write("a");
await writer.abort();
await written.catch(() => {});`,
    ],
    [
      "aborted later only",
      `const { writable } = new TransformStream();
const writer = writable.getWriter();
await writer.write("a"); // starves
await writer.abort();`,
    ],
    [
      "duplex pair",
      `import { duplexPair } from "node:stream";
import { once } from "node:events";
const [near, far] = duplexPair();
for (const line of lines()) if (!near.write(line)) await once(near, "drain"); // starves
for await (const part of far) console.log(part);`,
    ],
    [
      "duplex pair, read in time",
      `import { duplexPair } from "node:stream";
import { once } from "node:events";
const [near, far] = duplexPair();
far.on("data", console.log);
for (const line of lines()) if (!near.write(line)) await once(near, "drain");`,
    ],
    [
      "duplex pair, own end read",
      `import { duplexPair } from "node:stream";
import { once } from "node:events";
const [near, far] = duplexPair();
near.on("data", console.log);
for (const line of lines()) if (!near.write(line)) await once(near, "drain"); // starves
for await (const part of far) console.log(part);`,
    ],
    [
      "convert",
      `import { PassThrough, Readable, Writable } from "node:stream";
const spool = new PassThrough();
const writer = Writable.toWeb(spool).getWriter();
const web = Readable.toWeb(spool);
for (const line of lines()) await writer.write(line); // starves
for await (const part of web) console.log(part);`,
    ],
    [
      "convert, in time",
      `import { PassThrough, Readable, Writable } from "node:stream";
const spool = new PassThrough();
const writer = Writable.toWeb(spool).getWriter();
const done = new Response(Readable.toWeb(spool)).text();
for (const line of lines()) await writer.write(line);
await done;`,
    ],
    [
      "fetch takes it",
      `const { writable, readable } = new TransformStream();
const sent = fetch(url, { method: "POST", body: readable });
await writable.getWriter().write("a");
await sent;`,
    ],
    [
      "request is only made",
      `const { writable, readable } = new TransformStream();
const request = new Request(url, { method: "POST", body: readable });
await writable.getWriter().write("a"); // starves
await fetch(request);`,
    ],
    [
      "cloned",
      `const { writable, readable } = new TransformStream();
const response = new Response(readable);
const copy = response.clone();
await writable.getWriter().write("a"); // starves
await copy.text();`,
    ],
    [
      "headers of a response",
      `const { writable, readable } = new TransformStream();
const response = new Response(readable);
response.headers.set("a", "b");
await writable.getWriter().write("a"); // starves
await response.text();`,
    ],
    [
      "stream subclass",
      `class Upper extends TransformStream {}
const { writable, readable } = new Upper();
await writable.getWriter().write("a"); // starves
for await (const part of readable) console.log(part);`,
    ],
    [
      "stream subclass with members",
      `import { PassThrough } from "node:stream";
import { once } from "node:events";
class Spool extends PassThrough { async add(line) { if (!this.write(line)) await once(this, "drain"); } }
const spool = new Spool();
for (const line of lines()) await spool.add(line); // starves
spool.resume();`,
    ],
    [
      "stream subclass read in time",
      `import { PassThrough } from "node:stream";
import { once } from "node:events";
class Spool extends PassThrough { async add(line) { if (!this.write(line)) await once(this, "drain"); } }
const spool = new Spool();
spool.resume();
for (const line of lines()) await spool.add(line);`,
    ],
    [
      "unknown class",
      `import { PassThrough } from "node:stream";
import { once } from "node:events";
const spool = new PassThrough();
new Reader(spool);
for (const line of lines()) if (!spool.write(line)) await once(spool, "drain");`,
    ],
    [
      "query builder",
      `import knex from "knex";
import { PassThrough } from "node:stream";
import { once } from "node:events";
const spool = new PassThrough();
const query = knex("jobs").insert(spool);
for (const line of lines()) if (!spool.write(line)) await once(spool, "drain"); // starves
await query;`,
    ],
    [
      "query builder, started",
      `import knex from "knex";
import { PassThrough } from "node:stream";
import { once } from "node:events";
const spool = new PassThrough();
const query = knex("jobs").insert(spool).then((rows) => rows);
for (const line of lines()) if (!spool.write(line)) await once(spool, "drain");
await query;`,
    ],
    [
      "query builder, by property",
      `import { PrismaClient } from "@prisma/client";
import { PassThrough } from "node:stream";
import { once } from "node:events";
const prisma = new PrismaClient();
const spool = new PassThrough();
const query = prisma.user.create({ data: spool });
for (const line of lines()) if (!spool.write(line)) await once(spool, "drain"); // starves
await query;`,
    ],
    [
      "query builder awaited by all",
      `import knex from "knex";
import { PassThrough } from "node:stream";
import { once } from "node:events";
const spool = new PassThrough();
const query = knex("jobs").insert(spool);
const all = Promise.all([query]);
for (const line of lines()) if (!spool.write(line)) await once(spool, "drain");
await all;`,
    ],
    [
      "a listener of another file that reads what is readable",
      `import { take } from "./take.js";
import { PassThrough } from "node:stream";
import { once } from "node:events";
const spool = new PassThrough();
spool.on("readable", take);
for (const line of lines()) if (!spool.write(line)) await once(spool, "drain");`,
    ],
    [
      "a listener of another file that reads all data",
      `import { take } from "./take.js";
import { PassThrough } from "node:stream";
import { once } from "node:events";
const spool = new PassThrough();
spool.on("data", take);
for (const line of lines()) if (!spool.write(line)) await once(spool, "drain");`,
    ],
  ])("%s", ([, code]) => {
    check(code);
  });

  test.for<[string, string, LintOptions]>([
    [
      "p-limit: unknown permits",
      `import pLimit from "p-limit";
const limit = pLimit(count);
const pipes = ["a", "b", "c"].map(() => new TransformStream());
const read = Promise.all(pipes.map(({ readable }) => limit(() => new Response(readable).text())));
for (const { writable } of pipes) await writable.getWriter().write("x"); // starves
await read;`,
      { rules: { "tailrace/consume-before-produce": ["error", { strict: true }] } },
    ],
    [
      "p-limit: unknown permits, one job",
      `import pLimit from "p-limit";
const limit = pLimit(count);
const { writable, readable } = new TransformStream();
const read = limit(() => new Response(readable).text());
await writable.getWriter().write("x");
await read;`,
      { rules: { "tailrace/consume-before-produce": ["error", { strict: true }] } },
    ],
  ])("%s", ([, code, options]) => {
    check(code, options);
  });
});
