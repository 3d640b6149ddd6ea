import { describe, expect, test } from "vitest";
import { lint } from "./lint.ts";
import type { LintOptions } from "./lint.ts";

/** A program says itself which of its lines starve. */
const check = (code: string, options: LintOptions = {}): void => {
  const starving = code.split("\n").flatMap((line, index) => (line.endsWith("// starves") ? [index + 1] : []));
  expect(lint(code, options).map(({ line }) => line)).toEqual(starving);
};

describe("as much as there is room for", () => {
  test.for<[string, string]>([
    [
      "room: two items fit into two places",
      `const pipe = new TransformStream({}, {}, { highWaterMark: 2 });
const writer = pipe.writable.getWriter();
await writer.write("a");
await writer.write("b");
for await (const word of pipe.readable) console.log(word);`,
    ],
    [
      "room: three do not",
      `const pipe = new TransformStream({}, {}, { highWaterMark: 2 });
const writer = pipe.writable.getWriter();
await writer.write("a");
await writer.write("b");
await writer.write("c"); // starves
for await (const word of pipe.readable) console.log(word);`,
    ],
    [
      "room: a full channel that drops",
      `import { channel } from "tailrace";
const words = channel({ capacity: 1, overflow: "drop-oldest" });
await words.send("a");
await words.send("b");
for await (const word of words) console.log(word);`,
    ],
    [
      "room: a full channel that waits, as it says",
      `import { channel } from "tailrace";
const words = channel({ capacity: 1, overflow: "wait" });
await words.send("a");
await words.send("b"); // starves
for await (const word of words) console.log(word);`,
    ],
    [
      "room: what an option of unknown value makes of a full channel",
      `import { channel } from "tailrace";
const words = channel({ capacity: 1, overflow: process.env.OVERFLOW });
await words.send("a");
await words.send("b");
for await (const word of words) console.log(word);`,
    ],
    [
      "room: by a sender of the channel",
      `import { channel } from "tailrace";
const words = channel({ capacity: 1 });
const sender = words.sender();
await sender.send("a");
await sender.send("b"); // starves
sender.close();
for await (const word of words) console.log(word);`,
    ],
    [
      "room: read in batches that begin before",
      `import { channel } from "tailrace";
const words = channel({ capacity: 1 });
const reading = (async () => { for await (const batch of words.batches()) console.log(batch); })();
await words.send("a");
await words.send("b");
words.close();
await reading;`,
    ],
    [
      "room: options without number",
      `const pipe = new TransformStream({}, {}, {});
await pipe.writable.getWriter().write("a"); // starves
for await (const word of pipe.readable) console.log(word);`,
    ],
    [
      "room: unknown options",
      `const options = load();
const pipe = new TransformStream({}, {}, options);
await pipe.writable.getWriter().write("a");
for await (const word of pipe.readable) console.log(word);`,
    ],
    [
      "room: unknown options, unbounded",
      `const options = load();
const pipe = new TransformStream({}, {}, options);
const writer = pipe.writable.getWriter();
for (const word of words) await writer.write(word); // starves
for await (const word of pipe.readable) console.log(word);`,
    ],
    [
      "room: unknown number",
      `const pipe = new TransformStream({}, {}, { highWaterMark: room });
await pipe.writable.getWriter().write("a");
for await (const word of pipe.readable) console.log(word);`,
    ],
    [
      "room: infinite",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: Infinity });
for (const job of all) await jobs.send(job);
for await (const job of jobs) run(job);`,
    ],
    [
      "loop of 2 into 2",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (let i = 0; i < 2; i++) await jobs.send(i);
for await (const job of jobs) run(job);`,
    ],
    [
      "loop of 3 into 2",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (let i = 0; i < 3; i++) await jobs.send(i); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "loop <= 2 into 2",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (let i = 0; i <= 2; i++) await jobs.send(i); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "loop <= 1 into 2",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (let i = 0; i <= 1; i++) await jobs.send(i);
for await (const job of jobs) run(job);`,
    ],
    [
      "loop from 2 to 4 into 2",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (let i = 2; i < 4; i++) await jobs.send(i);
for await (const job of jobs) run(job);`,
    ],
    [
      "loop step 2",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (let i = 0; i < 4; i += 2) await jobs.send(i);
for await (const job of jobs) run(job);`,
    ],
    [
      "loop step 2, odd",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (let i = 0; i < 5; i += 2) await jobs.send(i); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "loop downwards, unknown",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (let i = 2; i > 0; i--) await jobs.send(i); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "loop bound const",
      `import { channel } from "tailrace";
const count = 2;
const jobs = channel({ capacity: count });
for (let i = 0; i < count; i++) await jobs.send(i);
for await (const job of jobs) run(job);`,
    ],
    [
      "loop bound const more",
      `import { channel } from "tailrace";
const count = 2;
const jobs = channel({ capacity: count });
for (let i = 0; i < count + 1; i++) await jobs.send(i); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "arithmetic",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 * 3 - 8 / 2 + 2 ** 2 - (1 << 1) });
for (let i = 0; i < 4; i++) await jobs.send(i);
for await (const job of jobs) run(job);`,
    ],
    [
      "arithmetic, one more",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 * 3 - 8 / 2 + 2 ** 2 - (1 << 1) });
for (let i = 0; i < 5; i++) await jobs.send(i); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "array of 2 into 2",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (const job of [1, 2]) await jobs.send(job);
for await (const job of jobs) run(job);`,
    ],
    [
      "array of 3 into 2",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (const job of [1, 2, 3]) await jobs.send(job); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "spread array of 3 into 2",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
const two = [1, 2];
for (const job of [...two, 3]) await jobs.send(job); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "spread array into 3",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 3 });
const two = [1, 2];
for (const job of [...two, 3]) await jobs.send(job);
for await (const job of jobs) run(job);`,
    ],
    [
      "map over 3 into 2",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
await Promise.all([1, 2, 3].map((job) => jobs.send(job))); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "map over 2 into 2",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
await Promise.all([1, 2].map((job) => jobs.send(job)));
for await (const job of jobs) run(job);`,
    ],
    [
      "nested loops",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 4 });
for (const row of [1, 2]) for (const cell of [1, 2]) await jobs.send(row * cell);
for await (const job of jobs) run(job);`,
    ],
    [
      "nested loops, more",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 5 });
for (const row of [1, 2]) for (const cell of [1, 2, 3]) await jobs.send(row * cell); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "array pushed unknown",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
const all = [1, 2];
all.push(more());
for (const job of all) await jobs.send(job); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "Array.from length 2",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (const job of Array.from({ length: 2 }, (_, i) => i)) await jobs.send(job);
for await (const job of jobs) run(job);`,
    ],
    [
      "Array.from length 3",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (const job of Array.from({ length: 3 }, (_, i) => i)) await jobs.send(job); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "new Array(2).fill",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (const job of new Array(2).fill(0)) await jobs.send(job);
for await (const job of jobs) run(job);`,
    ],
    [
      "Array.of",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (const job of Array.of(1, 2)) await jobs.send(job);
for await (const job of jobs) run(job);`,
    ],
    [
      "Set",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (const job of new Set([1, 2])) await jobs.send(job);
for await (const job of jobs) run(job);`,
    ],
    [
      "entries",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (const [at, job] of [1, 2].entries()) await jobs.send(job + at);
for await (const job of jobs) run(job);`,
    ],
    [
      "entries more",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (const [at, job] of [1, 2, 3].entries()) await jobs.send(job + at); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "Map of 2",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (const [name, job] of new Map([["a", 1], ["b", 2]])) await jobs.send(job + name);
for await (const job of jobs) run(job);`,
    ],
    [
      "map keeps size",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (const job of [1, 2].map((one) => one + 1)) await jobs.send(job);
for await (const job of jobs) run(job);`,
    ],
    [
      "filter does not keep size, less",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (const job of [1, 2, 3].filter((one) => one > 1)) await jobs.send(job); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "for in",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (const name in all) await jobs.send(name); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "while",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
while (more()) await jobs.send(1); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "do while",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
do await jobs.send(1); while (more()); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "send in the init of a loop is once",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 1 });
for (let ok = await jobs.send(1); ok; ok = more()) log(ok);
for await (const job of jobs) run(job);`,
    ],
    [
      "send in the right side of a for-of is once",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 1 });
for (const part of [await jobs.send(1), 2]) log(part);
for await (const job of jobs) run(job);`,
    ],
    [
      "forEach async",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 1 });
[1, 2, 3].forEach(async (job) => { await jobs.send(job); });
for await (const job of jobs) run(job);`,
    ],
    [
      "pipe made in the loop",
      `for (const word of ["a", "b"]) {
  const pipe = new TransformStream({}, {}, { highWaterMark: 1 });
  await pipe.writable.getWriter().write(word);
  for await (const part of pipe.readable) console.log(part);
}`,
    ],
    [
      "pipe made in the loop, two writes",
      `for (const word of ["a", "b"]) {
  const pipe = new TransformStream({}, {}, { highWaterMark: 1 });
  const writer = pipe.writable.getWriter();
  await writer.write(word);
  await writer.write(word); // starves
  for await (const part of pipe.readable) console.log(part);
}`,
    ],
    [
      "helper called twice",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 1 });
async function put(job) { await jobs.send(job); }
await put(1);
await put(2); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "bytes: small text",
      `import { PassThrough } from "node:stream";
import { once } from "node:events";
const spool = new PassThrough({ highWaterMark: 4 });
spool.write("abcd");
await once(spool, "drain");
for await (const part of spool) console.log(part);`,
    ],
    [
      "bytes: too much text",
      `import { PassThrough } from "node:stream";
import { once } from "node:events";
const spool = new PassThrough({ highWaterMark: 4 });
spool.write("abcde");
await once(spool, "drain"); // starves
for await (const part of spool) console.log(part);`,
    ],
    [
      "object mode: items",
      `import { PassThrough } from "node:stream";
import { once } from "node:events";
const spool = new PassThrough({ objectMode: true, highWaterMark: 2 });
spool.write("abcde");
spool.write("abcde");
await once(spool, "drain");
for await (const part of spool) console.log(part);`,
    ],
    [
      "object mode: too many items",
      `import { PassThrough } from "node:stream";
import { once } from "node:events";
const spool = new PassThrough({ objectMode: true, highWaterMark: 2 });
spool.write("a");
spool.write("b");
spool.write("c");
await once(spool, "drain"); // starves
for await (const part of spool) console.log(part);`,
    ],
    [
      "object mode default 16",
      `import { PassThrough } from "node:stream";
import { once } from "node:events";
const spool = new PassThrough({ objectMode: true });
for (let i = 0; i < 16; i++) spool.write({ i });
await once(spool, "drain");
for await (const part of spool) console.log(part);`,
    ],
    [
      "object mode default 17",
      `import { PassThrough } from "node:stream";
import { once } from "node:events";
const spool = new PassThrough({ objectMode: true });
for (let i = 0; i < 17; i++) spool.write({ i });
await once(spool, "drain"); // starves
for await (const part of spool) console.log(part);`,
    ],
    [
      "not object mode",
      `import { PassThrough } from "node:stream";
import { once } from "node:events";
const spool = new PassThrough({ objectMode: false });
for (let i = 0; i < 17; i++) spool.write("abc");
await once(spool, "drain");
for await (const part of spool) console.log(part);`,
    ],
    [
      "compress small",
      `const gzip = new CompressionStream("gzip");
await gzip.writable.getWriter().write(new TextEncoder().encode("abc"));
console.log(await new Response(gzip.readable).text());`,
    ],
    [
      "compress small buffer",
      `const gzip = new CompressionStream("gzip");
await gzip.writable.getWriter().write(Buffer.from("abc"));
console.log(await new Response(gzip.readable).text());`,
    ],
    [
      "compress small array",
      `const gzip = new CompressionStream("gzip");
await gzip.writable.getWriter().write(new Uint8Array([1, 2, 3]));
console.log(await new Response(gzip.readable).text());`,
    ],
    [
      "compress 65536 bytes",
      `const gzip = new CompressionStream("gzip");
await gzip.writable.getWriter().write(new Uint8Array(65_536));
console.log(await new Response(gzip.readable).text());`,
    ],
    [
      "compress 65537 bytes",
      `const gzip = new CompressionStream("gzip");
await gzip.writable.getWriter().write(new Uint8Array(65_537)); // starves
console.log(await new Response(gzip.readable).text());`,
    ],
    [
      "compress unknown bytes",
      `const gzip = new CompressionStream("gzip");
await gzip.writable.getWriter().write(new Uint8Array(size)); // starves
console.log(await new Response(gzip.readable).text());`,
    ],
    [
      "compress unknown variable",
      `const gzip = new CompressionStream("gzip");
await gzip.writable.getWriter().write(data); // starves
console.log(await new Response(gzip.readable).text());`,
    ],
    [
      "compress alloc computed",
      `const gzip = new CompressionStream("gzip");
await gzip.writable.getWriter().write(Buffer.alloc(64 * 1024));
console.log(await new Response(gzip.readable).text());`,
    ],
    [
      "compress alloc computed too much",
      `const gzip = new CompressionStream("gzip");
await gzip.writable.getWriter().write(Buffer.alloc(65 * 1024)); // starves
console.log(await new Response(gzip.readable).text());`,
    ],
  ])("%s", ([, code]) => {
    check(code);
  });
});

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
for (const line of lines()) await new Promise((resolve) => spool.write(line, resolve));
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

describe("the order of things", () => {
  test.for<[string, string]>([
    [
      "a wait in a helper is reported where the reader comes after its call",
      `async function fill(writer, words) {
  for (const word of words) await writer.write(word);
}
const { writable, readable } = new TransformStream();
await fill(writable.getWriter(), list()); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "a helper that runs beside the reader",
      `async function fill(writer, words) {
  for (const word of words) await writer.write(word);
}
const { writable, readable } = new TransformStream();
const filled = fill(writable.getWriter(), list());
for await (const word of readable) console.log(word);
await filled;`,
    ],
    [
      "a helper that is awaited later, before the reader",
      `async function fill(writer, words) {
  for (const word of words) await writer.write(word);
}
const { writable, readable } = new TransformStream();
const filled = fill(writable.getWriter(), list());
console.log("filling");
await filled; // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "a promise that is kept and awaited before the reader",
      `const { writable, readable } = new TransformStream();
const written = writable.getWriter().write("a");
await written; // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "a promise that is kept and awaited after the reader",
      `const { writable, readable } = new TransformStream();
const written = writable.getWriter().write("a");
for await (const word of readable) console.log(word);
await written;`,
    ],
    [
      "a promise that nobody awaits",
      `const { writable, readable } = new TransformStream();
writable.getWriter().write("a");
for await (const word of readable) console.log(word);`,
    ],
    [
      "only the first of two waits",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
await writer.write("a"); // starves
await writer.write("b");
for await (const word of readable) console.log(word);`,
    ],
    [
      "waits on two pipes, of which the first stops control",
      `const one = new TransformStream();
const other = new TransformStream();
await one.writable.getWriter().write("a"); // starves
await other.writable.getWriter().write("b");
for await (const word of one.readable) console.log(word);
for await (const word of other.readable) console.log(word);`,
    ],
    [
      "waits on two pipes, each read after its own",
      `const one = new TransformStream();
const other = new TransformStream();
await one.writable.getWriter().write("a"); // starves
for await (const word of one.readable) console.log(word);
await other.writable.getWriter().write("b"); // starves
for await (const word of other.readable) console.log(word);`,
    ],
    [
      "either of two waits",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
if (flag()) await writer.write("a"); // starves
else await writer.write("b");
for await (const word of readable) console.log(word);`,
    ],
    [
      "a reader that starts on one path only",
      `const { writable, readable } = new TransformStream();
let done;
if (flag()) done = new Response(readable).text();
await writable.getWriter().write("a");
await (done ?? new Response(readable).text());`,
    ],
    [
      "a reader in the catch",
      `const { writable, readable } = new TransformStream();
try {
  await writable.getWriter().write("a"); // starves
} catch {
  await readable.cancel();
}`,
    ],
    [
      "a reader in the finally",
      `const { writable, readable } = new TransformStream();
try {
  await writable.getWriter().write("a"); // starves
} finally {
  await readable.cancel();
}`,
    ],
    [
      "a reader in the turn before",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
let done;
for (const word of words()) {
  if (done) await writer.write(word);
  done ??= new Response(readable).text();
}`,
    ],
    [
      "a reader in an earlier callback",
      `const { writable, readable } = new TransformStream();
const done = Promise.resolve().then(() => new Response(readable).text());
await writable.getWriter().write("a");
await done;`,
    ],
    [
      "a reader in a timer",
      `const { writable, readable } = new TransformStream();
setTimeout(() => { void new Response(readable).text(); }, 10);
await writable.getWriter().write("a");`,
    ],
    [
      "a reader in a function that is never called before",
      `const { writable, readable } = new TransformStream();
const read = () => new Response(readable).text();
await writable.getWriter().write("a"); // starves
await read();`,
    ],
    [
      "a reader that is exported",
      `const { writable, readable } = new TransformStream();
export const read = () => new Response(readable).text();
await writable.getWriter().write("a");`,
    ],
    [
      "a pipe that is exported",
      `const { writable, readable } = new TransformStream();
export { readable };
await writable.getWriter().write("a");`,
    ],
    [
      "a pipe that is exported as default",
      `const { writable, readable } = new TransformStream();
export default readable;
await writable.getWriter().write("a");`,
    ],
    [
      "an exported declaration",
      `export const { writable, readable } = new TransformStream();
await writable.getWriter().write("a");`,
    ],
    [
      "an exported function reads later",
      `const { writable, readable } = new TransformStream();
export async function read() { for await (const word of readable) console.log(word); }
await writable.getWriter().write("a");`,
    ],
    [
      "a returned pair",
      `function open() {
  const { writable, readable } = new TransformStream();
  return { writer: writable.getWriter(), readable };
}
const { writer, readable } = open();
await writer.write("a"); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "a function that returns its reading end too late",
      `async function page() {
  const { writable, readable } = new TransformStream();
  await writable.getWriter().write("a"); // starves
  return readable;
}`,
    ],
    [
      "a function that returns its reading end beside the writes",
      `function page() {
  const { writable, readable } = new TransformStream();
  void (async () => { await writable.getWriter().write("a"); })();
  return readable;
}`,
    ],
    [
      "an arrow that gives its reading end",
      `const page = (writer, readable) => readable;
async function send() {
  const { writable, readable } = new TransformStream();
  const kept = page(writable, readable);
  await writable.getWriter().write("a"); // starves
  return kept;
}`,
    ],
    [
      "a generator that yields its reading end",
      `async function* pages() {
  const { writable, readable } = new TransformStream();
  yield readable;
  await writable.getWriter().write("a");
}`,
    ],
    [
      "a generator that yields its reading end too late",
      `async function* pages() {
  const { writable, readable } = new TransformStream();
  await writable.getWriter().write("a"); // starves
  yield readable;
}`,
    ],
    [
      "a field that others may read",
      `class Page {
  pipe = new TransformStream();
  async send() { await this.pipe.writable.getWriter().write("a"); }
}`,
    ],
    [
      "a method that writes, then one that reads",
      `class Page {
  #pipe = new TransformStream();
  async send() { await this.#pipe.writable.getWriter().write("a"); }
  async read() { for await (const word of this.#pipe.readable) console.log(word); }
}
const page = new Page();
await page.send(); // starves
await page.read();`,
    ],
    [
      "a method that reads in time",
      `class Page {
  #pipe = new TransformStream();
  async send() { await this.#pipe.writable.getWriter().write("a"); }
  async read() { for await (const word of this.#pipe.readable) console.log(word); }
}
const page = new Page();
const done = page.read();
await page.send();
await done;`,
    ],
    [
      "a method that does both",
      `class Page {
  async run() {
    const pipe = new TransformStream();
    await pipe.writable.getWriter().write("a"); // starves
    for await (const word of pipe.readable) console.log(word);
  }
}`,
    ],
    [
      "one of many pipes, in the order of a loop",
      `const pipes = names.map(() => new TransformStream());
for (const pipe of pipes) {
  await pipe.writable.getWriter().write("a"); // starves
  for await (const word of pipe.readable) console.log(word);
}`,
    ],
    [
      "many pipes, all read before",
      `const pipes = names.map(() => new TransformStream());
const done = pipes.map(({ readable }) => new Response(readable).text());
for (const pipe of pipes) await pipe.writable.getWriter().write("a");
await Promise.all(done);`,
    ],
    [
      "many pipes, each read in the turn of its writes",
      `const pipes = names.map(() => new TransformStream());
for (const pipe of pipes) {
  const done = new Response(pipe.readable).text();
  await pipe.writable.getWriter().write("a");
  await done;
}`,
    ],
    [
      "many pipes, each read by a callback after its write",
      `const pipes = names.map(() => new TransformStream());
await Promise.all(pipes.map(async (pipe) => {
  await pipe.writable.getWriter().write("a"); // starves
  await new Response(pipe.readable).text();
}));`,
    ],
    [
      "a pipe for each turn",
      `for (const name of names) {
  const pipe = new TransformStream();
  await pipe.writable.getWriter().write(name); // starves
  await new Response(pipe.readable).text();
}`,
    ],
    [
      "a pipe for each turn, read before its write",
      `for (const name of names) {
  const pipe = new TransformStream();
  const done = new Response(pipe.readable).text();
  await pipe.writable.getWriter().write(name);
  await done;
}`,
    ],
    [
      "the pipe of the turn before is read",
      `let last;
for (const name of names) {
  const pipe = new TransformStream();
  if (last) void new Response(last.readable).text();
  await pipe.writable.getWriter().write(name);
  last = pipe;
}`,
    ],
    [
      "a function that calls itself",
      `async function visit(node, writer, readable) {
  if (!node) return new Response(readable).text();
  await writer.write(node.name);
  return visit(node.next, writer, readable);
}
async function start(node) {
  const { writable, readable } = new TransformStream();
  return visit(node, writable.getWriter(), readable);
}`,
    ],
    [
      "a class that makes itself",
      `class Node {
  pipe = new TransformStream();
  next = flag() ? new Node() : undefined;
  async send() { await this.pipe.writable.getWriter().write("a"); }
}
const node = new Node();
await node.send(); // starves
await new Response(node.pipe.readable).text();`,
    ],
    [
      "a wrapped function",
      `const withLog = (run) => async (...given) => { console.log("start"); return run(...given); };
const { writable, readable } = new TransformStream();
const send = withLog(async (word) => { await writable.getWriter().write(word); });
await send("a"); // starves
await new Response(readable).text();`,
    ],
    [
      "a callback that runs at once",
      `const { writable, readable } = new TransformStream();
const run = async (job) => { await job(); };
await run(async () => { await writable.getWriter().write("a"); }); // starves
await new Response(readable).text();`,
    ],
    [
      "an async function called on the spot",
      `const { writable, readable } = new TransformStream();
await (async () => {
  await writable.getWriter().write("a"); // starves
})();
await new Response(readable).text();`,
    ],
    [
      "an async function called on the spot, beside the reader",
      `const { writable, readable } = new TransformStream();
const sent = (async () => {
  await writable.getWriter().write("a");
})();
await new Response(readable).text();
await sent;`,
    ],
    [
      "all at once, with the reader",
      `const { writable, readable } = new TransformStream();
await Promise.all([writable.getWriter().write("a"), new Response(readable).text()]);`,
    ],
    [
      "all at once, without the reader",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
await Promise.all([writer.write("a"), writer.write("b")]); // starves
await new Response(readable).text();`,
    ],
    [
      "all at once, by a function of each",
      `const { writable, readable } = new TransformStream();
const send = async () => { await writable.getWriter().write("a"); };
const read = async () => { for await (const word of readable) console.log(word); };
await Promise.all([send(), read()]);`,
    ],
    [
      "a race",
      `const { writable, readable } = new TransformStream();
await Promise.race([writable.getWriter().write("a"), timeout()]);
await new Response(readable).text();`,
    ],
    [
      "a chain of then, the reader last",
      `const { writable, readable } = new TransformStream();
writable.getWriter().write("a").then(() => new Response(readable).text()); // starves`,
    ],
    [
      "an awaited chain of then, the reader last",
      `const { writable, readable } = new TransformStream();
await writable.getWriter().write("a").then(() => new Response(readable).text()); // starves`,
    ],
    [
      "a chain of then, with a catch",
      `const { writable, readable } = new TransformStream();
await writable.getWriter().write("a").catch(() => {}); // starves
await new Response(readable).text();`,
    ],
    [
      "a chain of then, with a finally",
      `const { writable, readable } = new TransformStream();
await writable.getWriter().write("a").finally(() => {}); // starves
await new Response(readable).text();`,
    ],
    [
      "given to code that is not known",
      `const { writable, readable } = new TransformStream();
consume(readable);
await writable.getWriter().write("a");`,
    ],
    [
      "given to code that is not known, in an object",
      `const { writable, readable } = new TransformStream();
consume({ body: readable });
await writable.getWriter().write("a");`,
    ],
    [
      "given to code that is not known, in an array",
      `const { writable, readable } = new TransformStream();
consume([readable, 1]);
await writable.getWriter().write("a");`,
    ],
    [
      "given to code that is not known, by a promise",
      `const { writable, readable } = new TransformStream();
consume(Promise.resolve(readable));
await writable.getWriter().write("a");`,
    ],
    [
      "given to code that is not known, by a function",
      `const { writable, readable } = new TransformStream();
consume(() => readable);
await writable.getWriter().write("a");`,
    ],
    [
      "given to code that is not known, by a method",
      `const { writable, readable } = new TransformStream();
class Page { body() { return readable; } }
consume(new Page());
await writable.getWriter().write("a");`,
    ],
    [
      "put into something that was given away",
      `const { writable, readable } = new TransformStream();
const kept = {};
consume(kept);
kept.body = readable;
await writable.getWriter().write("a");`,
    ],
    [
      "pushed into something that was given away",
      `const { writable, readable } = new TransformStream();
const kept = [];
consume(kept);
kept.push(readable);
await writable.getWriter().write("a");`,
    ],
    [
      "set in a map that was given away",
      `const { writable, readable } = new TransformStream();
const kept = new Map();
consume(kept);
kept.set("a", readable);
await writable.getWriter().write("a");`,
    ],
    [
      "put into something that is not known",
      `const { writable, readable } = new TransformStream();
const server = listen();
server.body = readable;
await writable.getWriter().write("a");`,
    ],
    [
      "only the writer is given away",
      `const { writable, readable } = new TransformStream();
consume(writable);
await writable.getWriter().write("a"); // starves
await new Response(readable).text();`,
    ],
    [
      "logged only",
      `const { writable, readable } = new TransformStream();
console.log(writable);
await writable.getWriter().write("a"); // starves
await new Response(readable).text();`,
    ],
    [
      "a parameter of a function that nobody calls",
      `export async function copy(pipe) {
  await pipe.writable.getWriter().write("a");
  await new Response(pipe.readable).text();
}`,
    ],
    [
      "a variable that a callback sets",
      `let pipe;
on("open", () => { pipe = new TransformStream(); });
on("data", async () => { await pipe.writable.getWriter().write("a"); });`,
    ],
    [
      "cancelled instead of read",
      `const { writable, readable } = new TransformStream();
await writable.getWriter().write("a"); // starves
await readable.cancel();`,
    ],
    [
      "cancelled before",
      `const { writable, readable } = new TransformStream();
await readable.cancel();
await writable.getWriter().write("a");`,
    ],
    [
      "a consumer that waits for something else first",
      `const { writable, readable } = new TransformStream();
const done = (async () => { await load(); return new Response(readable).text(); })();
await writable.getWriter().write("a");
await done;`,
    ],
    [
      "a consumer that waits for the same wait first",
      `const ready = Promise.withResolvers();
const { writable, readable } = new TransformStream();
const done = (async () => { await ready.promise; return new Response(readable).text(); })();
await writable.getWriter().write("a");
ready.resolve();
await done;`,
    ],
    [
      "two waits at the same place",
      `const one = new TransformStream();
const other = new TransformStream();
await Promise.all([one.writable.getWriter().write("a"), other.writable.getWriter().write("b")]); // starves
await Promise.all([new Response(one.readable).text(), new Response(other.readable).text()]);`,
    ],
    [
      "two waits at the same place, one of them read",
      `const one = new TransformStream();
const other = new TransformStream();
const done = new Response(other.readable).text();
await Promise.all([one.writable.getWriter().write("a"), other.writable.getWriter().write("b")]); // starves
await new Response(one.readable).text();`,
    ],
    [
      "a switch",
      `const { writable, readable } = new TransformStream();
switch (mode()) {
  case "read":
    await new Response(readable).text();
    break;
  default:
    await writable.getWriter().write("a");
}`,
    ],
    [
      "a tuple of writer and reader",
      `const open = () => { const { writable, readable } = new TransformStream(); return [writable.getWriter(), readable]; };
const [writer, readable] = open();
await writer.write("a"); // starves
await new Response(readable).text();`,
    ],
    [
      "writers and readers of many",
      `const pairs = ["a", "b"].map(() => new TransformStream());
const writers = pairs.map(({ writable }) => writable.getWriter());
const readers = pairs.map(({ readable }) => readable);
await Promise.all(writers.map((writer) => writer.write("x"))); // starves
await Promise.all(readers.map((readable) => new Response(readable).text()));`,
    ],
    [
      "writers and readers of many, by name",
      `const pairs = Object.fromEntries(["a", "b"].map((name) => [name, new TransformStream()]));
await pairs.a.writable.getWriter().write("x"); // starves
await new Response(pairs.a.readable).text();`,
    ],
    [
      "an iterator that nobody advances",
      `async function* shout(words) { for await (const word of words) yield word; }
const { writable, readable } = new TransformStream();
const shouted = shout(readable);
await writable.getWriter().write("a"); // starves
await shouted.next();`,
    ],
    [
      "an iterator that is advanced first",
      `async function* shout(words) { for await (const word of words) yield word; }
const { writable, readable } = new TransformStream();
const shouted = shout(readable);
const first = shouted.next();
await writable.getWriter().write("a");
await first;`,
    ],
    [
      "an iterator that is ended",
      `async function* shout(words) { for await (const word of words) yield word; }
const { writable, readable } = new TransformStream();
const shouted = shout(readable);
await shouted.return();
await writable.getWriter().write("a"); // starves`,
    ],
    [
      "an iterator that is asked for itself",
      `async function* shout(words) { for await (const word of words) yield word; }
const { writable, readable } = new TransformStream();
const shouted = shout(readable)[Symbol.asyncIterator]();
await writable.getWriter().write("a"); // starves
await shouted.next();`,
    ],
    [
      "what drive runs",
      `import { drive } from "tailrace";
async function* shout(words) { for await (const word of words) yield word; }
const { writable, readable } = new TransformStream();
const shouted = drive(shout(readable));
await writable.getWriter().write("a");
await shouted;`,
    ],
    [
      "Array.fromAsync",
      `const { writable, readable } = new TransformStream();
const all = Array.fromAsync(readable);
await writable.getWriter().write("a");
await all;`,
    ],
    [
      "Array.fromAsync after",
      `const { writable, readable } = new TransformStream();
await writable.getWriter().write("a"); // starves
await Array.fromAsync(readable);`,
    ],
    [
      "Array.fromAsync of a generator",
      `async function* shout(words) { for await (const word of words) yield word; }
const { writable, readable } = new TransformStream();
const all = Array.fromAsync(shout(readable));
await writable.getWriter().write("a");
await all;`,
    ],
    [
      "stream/consumers",
      `import { text } from "node:stream/consumers";
const { writable, readable } = new TransformStream();
const all = text(readable);
await writable.getWriter().write("a");
await all;`,
    ],
    [
      "stream/consumers after",
      `import { text } from "node:stream/consumers";
const { writable, readable } = new TransformStream();
await writable.getWriter().write("a"); // starves
await text(readable);`,
    ],
    [
      "callbacks of array methods run at once",
      `const pipes = ["a", "b"].map(() => new TransformStream());
const done = [];
pipes.forEach(({ readable }) => { done.push(new Response(readable).text()); });
for (const pipe of pipes) await pipe.writable.getWriter().write("a");
await Promise.all(done);`,
    ],
    [
      "callbacks over what is not known run at once",
      `const { writable, readable } = new TransformStream();
const done = names().map(() => new Response(readable).text());
await writable.getWriter().write("a");
await Promise.all(done);`,
    ],
    [
      "a callback of an unknown method runs some time",
      `const { writable, readable } = new TransformStream();
names().lookup(() => new Response(readable).text());
await writable.getWriter().write("a");`,
    ],
    [
      "find runs its callback",
      `const { writable, readable } = new TransformStream();
let done;
["a"].find(() => { done = new Response(readable).text(); return true; });
await writable.getWriter().write("a");
await done;`,
    ],
    [
      "some runs its callback",
      `const { writable, readable } = new TransformStream();
let done;
["a"].some(() => { done = new Response(readable).text(); return true; });
await writable.getWriter().write("a");
await done;`,
    ],
    [
      "filter runs its callback",
      `const { writable, readable } = new TransformStream();
let done;
["a"].filter(() => { done = new Response(readable).text(); return true; });
await writable.getWriter().write("a");
await done;`,
    ],
    [
      "reduce runs its callback",
      `const { writable, readable } = new TransformStream();
const done = ["a"].reduce(async (before) => { await before; await new Response(readable).text(); }, Promise.resolve());
await writable.getWriter().write("a");
await done;`,
    ],
    [
      "reduce over what is not known",
      `const { writable, readable } = new TransformStream();
const done = names().reduce((before) => before.then(() => new Response(readable).text()), Promise.resolve());
await writable.getWriter().write("a");
await done;`,
    ],
    [
      "map with a generator",
      `const pipes = ["a", "b"].map(() => new TransformStream());
const read = pipes.map(async function* ({ readable }) { for await (const word of readable) yield word; });
for (const pipe of pipes) await pipe.writable.getWriter().write("a"); // starves
for (const one of read) for await (const word of one) console.log(word);`,
    ],
    [
      "map with an async generator that drive runs",
      `import { drive } from "tailrace";
const pipes = ["a", "b"].map(() => new TransformStream());
const read = drive(pipes.map(async function* ({ readable }) { for await (const word of readable) yield word; }));
for (const pipe of pipes) await pipe.writable.getWriter().write("a");
await read;`,
    ],
    [
      "generators of two objects",
      `class Device {
  #inbox = new TransformStream();
  input = this.#inbox.writable.getWriter();
  async *replies() { for await (const command of this.#inbox.readable) yield command; }
}
const devices = [new Device(), new Device()];
const replies = devices.map((device) => Array.fromAsync(device.replies()));
for (const device of devices) await device.input.write("reset");
await Promise.all(replies);`,
    ],
    [
      "a helper called before and after the reader starts",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 1 });
const put = async (job) => { await jobs.send(job); };
await put(1);
const done = (async () => { for await (const job of jobs) run(job); })();
await put(2);
await done;`,
    ],
    [
      "a class of a program that is given away",
      `const { writable, readable } = new TransformStream();
class Base { body() { return readable; } }
class Page extends Base { get size() { return 1; } static other() { return 2; } constructor() { super(); } }
consume(new Page());
await writable.getWriter().write("a");`,
    ],
    [
      "an own method that has the name of nothing in a stream",
      `import { PassThrough } from "node:stream";
import { once } from "node:events";
class Spool extends PassThrough {
  lines() { return this.listenerCount("data"); }
}
const spool = new Spool();
spool.lines();
for (const line of lines()) if (!spool.write(line)) await once(spool, "drain"); // starves
spool.resume();`,
    ],
  ])("%s", ([, code]) => {
    check(code);
  });
});

describe("with types", () => {
  test.for<[string, string, LintOptions]>([
    [
      "a parameter that is a stream of Node",
      `import type { PassThrough } from "node:stream";
import { once } from "node:events";
export async function fill(spool: PassThrough, lines: string[]): Promise<void> {
  for (const line of lines) if (!spool.write(line)) await once(spool, "drain"); // starves
  for await (const part of spool) console.log(part);
}`,
      { files: {} },
    ],
    [
      "a parameter that is a stream of Node, with a promise of one's own",
      `import type { Transform } from "node:stream";
export async function fill(spool: Transform, lines: string[]): Promise<void> {
  for (const line of lines) if (!spool.write(line)) await new Promise((resolve) => spool.once("drain", resolve)); // starves
  for await (const part of spool) console.log(part);
}`,
      { files: {} },
    ],
    [
      "a parameter that is read before",
      `import type { PassThrough } from "node:stream";
import { once } from "node:events";
export async function fill(spool: PassThrough, lines: string[]): Promise<void> {
  spool.resume();
  for (const line of lines) if (!spool.write(line)) await once(spool, "drain");
}`,
      { files: {} },
    ],
    [
      "a parameter of a socket's type is no pipe",
      `import type { Socket } from "node:net";
import { once } from "node:events";
export async function fill(socket: Socket, lines: string[]): Promise<void> {
  for (const line of lines) if (!socket.write(line)) await once(socket, "drain");
  for await (const part of socket) console.log(part);
}`,
      { files: {} },
    ],
    [
      "a hash is no pipe",
      `import { createHash } from "node:crypto";
export async function sum(lines: string[]): Promise<void> {
  const hash = createHash("md5");
  for (const line of lines) hash.write(line);
  await new Promise((resolve) => hash.end(resolve));
  console.log(hash.read());
}`,
      { files: {} },
    ],
    [
      "a parameter that may be missing",
      `export async function fill(pipe: TransformStream<string, string> | undefined, lines: string[]): Promise<void> {
  if (!pipe) return;
  const writer = pipe.writable.getWriter();
  for (const line of lines) await writer.write(line);
  for await (const part of pipe.readable) console.log(part);
}`,
      { files: {} },
    ],
    [
      "a call of a declared function",
      `declare function open(): TransformStream<string, string>;
declare const lines: string[];
const pipe = open();
const writer = pipe.writable.getWriter();
for (const line of lines) await writer.write(line); // starves
for await (const part of pipe.readable) console.log(part);
export {};`,
      { files: {} },
    ],
    [
      "an awaited call of a declared function",
      `declare function open(): Promise<TransformStream<string, string>>;
declare const lines: string[];
const pipe = await open();
const writer = pipe.writable.getWriter();
for (const line of lines) await writer.write(line); // starves
for await (const part of pipe.readable) console.log(part);
export {};`,
      { files: {} },
    ],
    [
      "one of two calls",
      `declare function open(): TransformStream<string, string>;
declare function reopen(): TransformStream<string, string>;
declare const lines: string[];
const pipe = lines.length > 0 ? open() : reopen();
const writer = pipe.writable.getWriter();
for (const line of lines) await writer.write(line); // starves
for await (const part of pipe.readable) console.log(part);
export {};`,
      { files: {} },
    ],
    [
      "assigned later",
      `declare function open(): TransformStream<string, string>;
declare const lines: string[];
let pipe;
pipe = open();
const writer = pipe.writable.getWriter();
for (const line of lines) await writer.write(line); // starves
for await (const part of pipe.readable) console.log(part);
export {};`,
      { files: {} },
    ],
    [
      "its ends by destructuring",
      `declare function open(): TransformStream<string, string>;
declare const lines: string[];
const { writable, readable } = open();
const writer = writable.getWriter();
for (const line of lines) await writer.write(line); // starves
for await (const part of readable) console.log(part);
export {};`,
      { files: {} },
    ],
    [
      "new of a declared class",
      `declare class Pipes { open(): TransformStream<string, string>; }
declare const lines: string[];
const pipe = new Pipes().open();
const writer = pipe.writable.getWriter();
for (const line of lines) await writer.write(line); // starves
for await (const part of pipe.readable) console.log(part);
export {};`,
      { files: {} },
    ],
    [
      "pipeline into a stream of a declared function",
      `import type { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
declare function open(): PassThrough;
declare const source: AsyncIterable<string>;
const spool = open();
await pipeline(source, spool); // starves
for await (const part of spool) console.log(part);`,
      { files: {} },
    ],
    [
      "finished of a stream of a declared function",
      `import type { PassThrough } from "node:stream";
import { finished } from "node:stream/promises";
declare function open(): PassThrough;
const spool = open();
spool.end("a");
await finished(spool); // starves
for await (const part of spool) console.log(part);`,
      { files: {} },
    ],
    [
      "pipe into a stream of a declared function",
      `import type { PassThrough, Readable } from "node:stream";
import { once } from "node:events";
declare function open(): PassThrough;
declare const source: Readable;
const spool = open();
source.pipe(spool);
await once(spool, "end"); // starves
spool.resume();`,
      { files: {} },
    ],
    [
      "pipeTo a stream of a declared function",
      `declare function open(): TransformStream<string, string>;
declare const source: ReadableStream<string>;
const pipe = open();
await source.pipeTo(pipe.writable); // starves
for await (const part of pipe.readable) console.log(part);
export {};`,
      { files: {} },
    ],
    [
      "only written",
      `declare function open(): TransformStream<string, string>;
declare const lines: string[];
const pipe = open();
const writer = pipe.writable.getWriter();
for (const line of lines) await writer.write(line);
export {};`,
      { files: {} },
    ],
    [
      "written once",
      `declare function open(): TransformStream<string, string>;
const pipe = open();
await pipe.writable.getWriter().write("a");
for await (const part of pipe.readable) console.log(part);
export {};`,
      { files: {} },
    ],
    [
      "handed on only",
      `declare function open(): TransformStream<string, string>;
declare function consume(source: ReadableStream<string>): void;
declare const lines: string[];
const pipe = open();
const writer = pipe.writable.getWriter();
for (const line of lines) await writer.write(line);
consume(pipe.readable);
export {};`,
      { files: {} },
    ],
    [
      "a helper of another file with a promise",
      `import { Gate } from "./gate.ts";
const gate = new Gate();
await gate.wait(); // starves
gate.open();`,
      {
        files: {
          "gate.ts": `export class Gate {
  #open: () => void = () => {};
  #opened = new Promise<void>((resolve) => { this.#open = resolve; });
  wait(): Promise<void> { return this.#opened; }
  open(): void { this.#open(); }
}`,
        },
      },
    ],
    [
      "a helper of another file with a promise, in time",
      `import { Gate } from "./gate.ts";
const gate = new Gate();
gate.open();
await gate.wait();`,
      {
        files: {
          "gate.ts": `export class Gate {
  #open: () => void = () => {};
  #opened = new Promise<void>((resolve) => { this.#open = resolve; });
  wait(): Promise<void> { return this.#opened; }
  open(): void { this.#open(); }
}`,
        },
      },
    ],
    [
      "an object of functions of another file",
      `import { pairs } from "./pairs.ts";
const { writer, readable } = pairs.open();
await writer.write("a"); // starves
for await (const word of readable) console.log(word);`,
      {
        files: {
          "pairs.ts": `export const pairs = {
  open() {
    const { writable, readable } = new TransformStream<string, string>();
    return { writer: writable.getWriter(), readable };
  },
};`,
        },
      },
    ],
    [
      "a default object of another file",
      `import pairs from "./pairs.ts";
const { writer, readable } = pairs.open();
await writer.write("a"); // starves
for await (const word of readable) console.log(word);`,
      {
        files: {
          "pairs.ts": `export default {
  open() {
    const { writable, readable } = new TransformStream<string, string>();
    return { writer: writable.getWriter(), readable };
  },
};`,
        },
      },
    ],
    [
      "a default class of another file",
      `import Pair from "./pair.ts";
const pair = new Pair();
await pair.writer.write("a"); // starves
for await (const word of pair.pipe.readable) console.log(word);`,
      {
        files: {
          "pair.ts": `export default class Pair {
  pipe = new TransformStream<string, string>();
  writer = this.pipe.writable.getWriter();
}`,
        },
      },
    ],
    [
      "a stream of another file",
      `import { pipe } from "./pipe.ts";
await pipe.writable.getWriter().write("a");
for await (const word of pipe.readable) console.log(word);`,
      { files: { "pipe.ts": `export const pipe = new TransformStream<string, string>();` } },
    ],
    [
      "a module that is one function",
      `const open = require("./open.cjs");
async function run() {
  const { writer, readable } = open();
  await writer.write("a");
  for await (const word of readable) console.log(word);
}
run();`,
      { language: "commonjs" },
    ],
    [
      "an import that is renamed and exported again",
      `import { make } from "./all.ts";
const { writer, readable } = make();
await writer.write("a"); // starves
for await (const word of readable) console.log(word);`,
      {
        files: {
          "all.ts": `import { open } from "./pair.ts";
export { open as make };`,
          "pair.ts": `export const open = () => {
  const { writable, readable } = new TransformStream<string, string>();
  return { writer: writable.getWriter(), readable };
};`,
        },
      },
    ],
    [
      "import equals",
      `import pairs = require("./pair.ts");
const { writer, readable } = pairs.open();
await writer.write("a"); // starves
for await (const word of readable) console.log(word);`,
      {
        files: {
          "pair.ts": `export const open = () => {
  const { writable, readable } = new TransformStream<string, string>();
  return { writer: writable.getWriter(), readable };
};`,
        },
      },
    ],
    [
      "a function of a namespace that is called with a pipe",
      `import * as io from "./io.ts";
const { writable, readable } = new TransformStream<string, string>();
const done = io.collect(readable);
await writable.getWriter().write("a");
await done;`,
      {
        files: {
          "io.ts": `export async function collect(source: ReadableStream<string>): Promise<void> {
  for await (const word of source) console.log(word);
}`,
        },
      },
    ],
    [
      "two calls of another file, in the wrong order",
      `import { fill, collect } from "./io.ts";
const { writable, readable } = new TransformStream<string, string>();
await fill(writable); // starves
await collect(readable);`,
      {
        files: {
          "io.ts": `export async function collect(source: ReadableStream<string>): Promise<void> {
  for await (const word of source) console.log(word);
}
export async function fill(target: WritableStream<string>): Promise<void> {
  await target.getWriter().write("a");
}`,
        },
      },
    ],
    [
      "one call of another file that does both",
      `import { run } from "./io.ts";
await run();
const unrelated = new TransformStream();`,
      {
        files: {
          "io.ts": `export async function run(): Promise<void> {
  const { writable, readable } = new TransformStream<string, string>();
  await writable.getWriter().write("a");
  for await (const word of readable) console.log(word);
}`,
        },
      },
    ],
    [
      "a callback that is given to another file",
      `import { withWriter } from "./io.ts";
const { writable, readable } = new TransformStream<string, string>();
await withWriter(writable, async (writer) => { await writer.write("a"); }); // starves
for await (const word of readable) console.log(word);`,
      {
        files: {
          "io.ts": `export async function withWriter(target: WritableStream<string>, use: (writer: WritableStreamDefaultWriter<string>) => Promise<void>): Promise<void> {
  const writer = target.getWriter();
  await use(writer);
  writer.releaseLock();
}`,
        },
      },
    ],
    [
      "a parameter that takes more than there is room for",
      `import type { PassThrough } from "node:stream";
import { once } from "node:events";
export async function fill(spool: PassThrough): Promise<void> {
  spool.write(Buffer.alloc(70_000));
  await once(spool, "drain"); // starves
  spool.resume();
}`,
      { files: {} },
    ],
    [
      "a parameter that takes less than there is room for",
      `import type { PassThrough } from "node:stream";
import { once } from "node:events";
export async function fill(spool: PassThrough): Promise<void> {
  spool.write(Buffer.alloc(60_000));
  await once(spool, "drain");
  spool.resume();
}`,
      { files: {} },
    ],
  ])("%s", ([, code, options]) => {
    check(code, options);
  });
});

describe("promises of one's own", () => {
  test.for<[string, string]>([
    [
      "a resolver in an array",
      `const waiting = [];
const turn = new Promise((resolve) => { waiting.push(resolve); });
await turn; // starves
waiting.shift()();`,
    ],
    [
      "a resolver in a map",
      `const waiting = new Map();
const turn = new Promise((resolve) => { waiting.set("a", resolve); });
await turn; // starves
waiting.get("a")();`,
    ],
    [
      "a resolver in a field",
      `class Gate { constructor() { this.opened = new Promise((resolve) => { this.open = resolve; }); } }
const gate = new Gate();
await gate.opened; // starves
gate.open();`,
    ],
    [
      "a resolver in an object",
      `const gate = {};
gate.opened = new Promise((resolve) => Object.assign(gate, { open: resolve }));
await gate.opened; // starves
gate.open();`,
    ],
    [
      "a resolver in a function",
      `let open;
const opened = new Promise((resolve) => { open = () => resolve(1); });
await opened; // starves
open();`,
    ],
    [
      "a resolver that a function of the file takes",
      `let open;
const keep = (resolve) => { open = resolve; };
const opened = new Promise((resolve) => keep(resolve));
await opened; // starves
open();`,
    ],
    [
      "an executor that is declared",
      `let open;
function executor(resolve) { open = resolve; }
const opened = new Promise(executor);
await opened; // starves
open();`,
    ],
    [
      "resolvers taken as a list",
      `let open;
const opened = new Promise((...both) => { open = both[0]; });
await opened; // starves
open();`,
    ],
    [
      "a resolver in an inner promise",
      `let open;
const opened = new Promise((resolve) => { void new Promise((inner) => { open = () => { resolve(); inner(); }; }); });
await opened; // starves
open();`,
    ],
    [
      "resolved by a timer",
      `const opened = new Promise((resolve) => setTimeout(resolve, 10));
await opened;`,
    ],
    [
      "resolved by a timer, in a function",
      `const opened = new Promise((resolve) => setTimeout(() => { resolve(1); }, 10));
await opened;`,
    ],
    [
      "resolved by an emitter",
      `const opened = new Promise((resolve) => server.once("listening", resolve));
await opened;
server.listen();`,
    ],
    [
      "resolved by then",
      `const opened = new Promise((resolve) => { load().then(resolve); });
await opened;`,
    ],
    [
      "resolved by a listener of a stream of this file",
      `import { PassThrough } from "node:stream";
const spool = new PassThrough();
const ended = new Promise((resolve) => spool.on("end", resolve));
spool.end("a");
await ended; // starves
spool.resume();`,
    ],
    [
      "resolved by a class of the file that takes listeners",
      `class Hub { listeners = []; on(listener) { this.listeners.push(listener); } emit() { for (const one of this.listeners) one(); } }
const hub = new Hub();
const heard = new Promise((resolve) => hub.on(resolve));
await heard; // starves
hub.emit();`,
    ],
    [
      "resolved by an object of the file that takes listeners",
      `const listeners = [];
const hub = { on(name, listener) { listeners.push(listener); }, emit() { for (const one of listeners) one(); } };
const heard = new Promise((resolve) => hub.on("a", resolve));
await heard; // starves
hub.emit();`,
    ],
    [
      "resolved by a function field that takes listeners",
      `const listeners = [];
const hub = { once: (name, listener) => { listeners.push(listener); }, emit() { for (const one of listeners) one(); } };
const heard = new Promise((resolve) => hub.once("a", resolve));
await heard; // starves
hub.emit();`,
    ],
    [
      "resolved in a job of a limit",
      `import pLimit from "p-limit";
const limit = pLimit(1);
void limit(() => new Promise(() => {}));
const done = new Promise((resolve) => { void limit(async () => { resolve(); }); });
await done; // starves`,
    ],
    [
      "resolved in a query that nobody starts",
      `import knex from "knex";
const db = knex({});
const done = new Promise((resolve) => { db("jobs").on("end", resolve); });
await done;`,
    ],
    [
      "resolved before it is awaited, in a list",
      `const waiting = [];
const turn = new Promise((resolve) => { waiting.push(resolve); });
waiting.shift()();
await turn;`,
    ],
    [
      "each turn resolves the one before",
      `let go = () => {};
for (const word of words()) {
  const turn = new Promise((resolve) => { go = resolve; });
  console.log(word);
  go();
  await turn;
}`,
    ],
    [
      "a queue: a taker waits for a putter that comes later",
      `class Queue {
  #takers = [];
  take() { return new Promise((resolve) => { this.#takers.push(resolve); }); }
  put(item) { this.#takers.shift()?.(item); }
}
const queue = new Queue();
const item = await queue.take(); // starves
queue.put(1);`,
    ],
    [
      "a queue: a taker is there before",
      `class Queue {
  #takers = [];
  take() { return new Promise((resolve) => { this.#takers.push(resolve); }); }
  put(item) { this.#takers.shift()?.(item); }
}
const queue = new Queue();
const taken = queue.take();
queue.put(1);
await taken;`,
    ],
    [
      "a queue with room",
      `class Queue {
  #items = [];
  #room = [];
  #max;
  constructor(max) { this.#max = max; }
  async put(item) { if (this.#items.length >= this.#max) await new Promise((resolve) => { this.#room.push(resolve); }); this.#items.push(item); }
  take() { this.#room.shift()?.(); return this.#items.shift(); }
}
const queue = new Queue(2);
await queue.put(1);
await queue.put(2);
queue.take();`,
    ],
    [
      "a queue with room for fewer than a loop puts",
      `class Queue {
  #items = [];
  #room = [];
  #max;
  constructor(max) { this.#max = max; }
  async put(item) { if (this.#items.length >= this.#max) await new Promise((resolve) => { this.#room.push(resolve); }); this.#items.push(item); }
  take() { this.#room.shift()?.(); return this.#items.shift(); }
}
const queue = new Queue(2);
for (const item of [1, 2, 3]) await queue.put(item); // starves
queue.take();`,
    ],
    [
      "a promise that a function of the file makes",
      `const gates = [];
function gate() { return new Promise((resolve) => { gates.push(resolve); }); }
const opened = gate();
await opened; // starves
for (const open of gates) open();`,
    ],
    [
      "a promise per name",
      `const gates = new Map();
const opened = (name) => new Promise((resolve) => { gates.set(name, resolve); });
await opened("a"); // starves
gates.get("a")();`,
    ],
    [
      "a promise that another task resolves",
      `let open;
const opened = new Promise((resolve) => { open = resolve; });
const running = (async () => { await load(); open(); })();
await opened;
await running;`,
    ],
    [
      "a promise that both sides of a pair wait for",
      `const first = Promise.withResolvers();
const second = Promise.withResolvers();
const one = (async () => { await second.promise; first.resolve(); })();
await first.promise;
second.resolve();
await one;`,
    ],
    [
      "what a promise gives",
      `const opened = Promise.withResolvers();
const { writable, readable } = new TransformStream();
opened.resolve(readable);
await writable.getWriter().write("a"); // starves
await new Response(await opened.promise).text();`,
    ],
    [
      "globalThis.Promise",
      `let open;
const opened = new globalThis.Promise((resolve) => { open = resolve; });
await opened;
open();`,
    ],
  ])("%s", ([, code]) => {
    check(code);
  });

  test.for<[string, string, LintOptions]>([
    [
      "CommonJS",
      `let open;
const opened = new Promise((resolve) => { open = resolve; });
async function run() {
  await opened;
}
run();
open();`,
      { language: "commonjs" },
    ],
    [
      "a program in plain JavaScript",
      `let open;
const opened = new Promise((resolve) => { open = resolve; });
await opened; // starves
open();`,
      { language: "espree" },
    ],
  ])("%s", ([, code, options]) => {
    check(code, options);
  });
});
