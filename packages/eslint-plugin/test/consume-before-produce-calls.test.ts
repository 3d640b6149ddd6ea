import { describe, expect, test } from "vitest";
import { lint } from "./lint.ts";

/** A program says itself which of its lines starve. */
const check = (code: string): void => {
  const starving = code.split("\n").flatMap((line, index) => (line.endsWith("// starves") ? [index + 1] : []));
  expect(lint(code).map(({ line }) => line)).toEqual(starving);
};

describe("calls of functions, promises and what is not known", () => {
  test.for<[name: string, code: string]>([
    [
      "a resolver bound to what it gives",
      `const { promise, resolve } = Promise.withResolvers();
setTimeout(resolve.bind(null, "late"), 100);
await promise;`,
    ],
    [
      "a resolver called by call",
      `const { promise, resolve } = Promise.withResolvers();
resolve.call(undefined, "now");
await promise;`,
    ],
    [
      "apply of a function that reads",
      `const { writable, readable } = new TransformStream();
const start = async () => { for await (const word of readable) console.log(word); };
const reading = start.apply(null, []);
await writable.getWriter().write("a");
await reading;`,
    ],
    [
      "apply of a function that writes",
      `const { writable, readable } = new TransformStream();
const send = async (word) => { await writable.getWriter().write(word); };
await send.apply(null, ["a"]); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "a list made by a limit",
      `import pLimit from "p-limit";
const limit = pLimit(1);
const { writable, readable } = new TransformStream();
const all = jobs.map(limit);
all.push(readable);
await writable.getWriter().write("a"); // starves
for await (const word of all.at(-1)) console.log(word);`,
    ],
    [
      "what else a callback of something unknown is given",
      `const { writable, readable } = new TransformStream();
hosts.forEach(function (host) { this.add(host); }, readable);
await writable.getWriter().write("a");
for await (const word of readable) console.log(word);`,
    ],
    [
      "pipe from unknown source, finish",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const pass = source.pipe(new PassThrough());
await once(pass, "finish"); // starves
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "pipeTo from unknown source",
      `const { writable, readable } = new TransformStream();
await source.pipeTo(writable); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "pipeThrough from unknown source into hand-made pair",
      `const first = new TransformStream();
const second = new TransformStream();
const out = source.pipeThrough({ writable: first.writable, readable: second.readable });
const writer = second.writable.getWriter();
for await (const chunk of first.readable) await writer.write(chunk); // starves
for await (const chunk of out) console.log(chunk);`,
    ],
    [
      "pipeThrough from unknown source into hand-made pair, read beside",
      `const first = new TransformStream();
const second = new TransformStream();
const out = source.pipeThrough({ writable: first.writable, readable: second.readable });
const reading = (async () => { for await (const chunk of out) console.log(chunk); })();
const writer = second.writable.getWriter();
for await (const chunk of first.readable) await writer.write(chunk);
await reading;`,
    ],
    [
      "pipe with object to unknown",
      `const { writable, readable } = new TransformStream();
page.pipe({ stream: readable });
await writable.getWriter().write("a");
for await (const word of readable) console.log(word);`,
    ],
    [
      "other method with an end",
      `const { writable, readable } = new TransformStream();
page.send(readable);
await writable.getWriter().write("a");
for await (const word of readable) console.log(word);`,
    ],
    [
      "throw on an iterator",
      `const { writable, readable } = new TransformStream();
async function* words() { yield* readable; }
const iterator = words();
const writing = writable.getWriter().write("a");
iterator.throw(new Error("stop"));
await writing; // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "apply of a function that reads what it is given",
      `const { writable, readable } = new TransformStream();
const start = async (one, words) => { for await (const word of words) console.log(word); };
const reading = start.apply(null, [1, readable]);
await writable.getWriter().write("a");
await reading;`,
    ],
    [
      "apply of a function that reads what it is given, too late",
      `const { writable, readable } = new TransformStream();
const start = async (one, words) => { for await (const word of words) console.log(word); };
await writable.getWriter().write("a"); // starves
await start.apply(null, [1, readable]);`,
    ],
    [
      "apply of a method that reads",
      `const { writable, readable } = new TransformStream();
async function start() { for await (const word of this.words) console.log(word); }
const reading = start.apply({ words: readable });
await writable.getWriter().write("a");
await reading;`,
    ],
    [
      "known promise then twice the same",
      `const { writable, readable } = new TransformStream({}, {}, { highWaterMark: 1 });
const writer = writable.getWriter();
const next = () => writer.write("a");
await Promise.resolve(1).then(next, next);
for await (const word of readable) console.log(word);`,
    ],
    [
      "either of two promises, then",
      `const first = new TransformStream();
const second = new TransformStream({}, {}, { highWaterMark: 1 });
const log = second.writable.getWriter();
const one = first.writable.getWriter().write("a");
const reading = (async () => { for await (const word of first.readable) console.log(word); })();
const kept = flag ? one : Promise.resolve(1);
await kept.then(() => log.write("done"));
for await (const word of second.readable) console.log(word);
await reading;`,
    ],
    [
      "catch is given no value",
      `const { writable, readable } = new TransformStream();
const reading = Promise.resolve(readable).catch(async (words) => { for await (const word of words) console.log(word); });
await writable.getWriter().write("a"); // starves
for await (const word of await reading) console.log(word);`,
    ],
    [
      "then of a write, and what waits for it",
      `const { writable, readable } = new TransformStream();
const done = writable.getWriter().write("a").then(() => console.log("done"));
await done; // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "then without function waits for the same",
      `const { writable, readable } = new TransformStream();
const done = writable.getWriter().write("a").then(undefined);
await done; // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "other method of a promise",
      `const { writable, readable } = new TransformStream();
const kept = Promise.resolve(1);
kept.also(readable);
await writable.getWriter().write("a");
for await (const word of readable) console.log(word);`,
    ],
    [
      "catch of a write still waits",
      `const { writable, readable } = new TransformStream();
await writable.getWriter().write("a").catch(console.error); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "then with a reader",
      `const { writable, readable } = new TransformStream();
const reading = Promise.resolve(readable).then(async (words) => { for await (const word of words) console.log(word); });
await writable.getWriter().write("a");
await reading;`,
    ],
    [
      "then a second write",
      `const { writable, readable } = new TransformStream({}, {}, { highWaterMark: 1 });
const writer = writable.getWriter();
await writer.write("a").then(() => writer.write("b")); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "a promise that is awaited in a then only",
      `const gate = Promise.withResolvers();
const done = gate.promise.then(() => console.log("open"));
await done; // starves
gate.resolve();`,
    ],
    [
      "finally, own promise",
      `const gate = Promise.withResolvers();
await gate.promise.finally(() => console.log("open")); // starves
gate.resolve();`,
    ],
    [
      "p-limit: another method of the limit given the stream",
      `import pLimit from "p-limit";
const limit = pLimit(1);
const { writable, readable } = new TransformStream();
limit.run(readable);
await writable.getWriter().write("a");
for await (const word of readable) console.log(word);`,
    ],
    [
      "limit map of a set",
      `import { limit } from "tailrace";
const slots = limit(1);
const pipes = [new TransformStream(), new TransformStream()];
const read = slots.map(pipes, async ({ readable }) => { for await (const word of readable) console.log(word); });
for (const { writable } of pipes) await writable.getWriter().write("x"); // starves
await read;`,
    ],
    [
      "queue of unknown many jobs",
      `import PQueue from "p-queue";
const queue = new PQueue({ concurrency: 1 });
const { writable, readable } = new TransformStream();
const read = queue.addAll([async () => { for await (const word of readable) console.log(word); }]);
await writable.getWriter().write("x");
await read;`,
    ],
    [
      "abort of a reading end",
      `const { writable, readable } = new TransformStream();
const writing = writable.getWriter().write("a");
await readable.cancel();
await writing.catch(() => {});`,
    ],
    [
      "writer abort by other function of reader",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
const writing = writer.write("a");
void writer.abort();
await writing.catch(() => {});
for await (const word of readable) console.log(word);`,
    ],
    [
      "written more than one string",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const pass = new PassThrough({ highWaterMark: 4 });
pass.write("ab");
pass.write("cd");
await once(pass, "drain");
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "end with text",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const pass = new PassThrough({ highWaterMark: 4 });
pass.end("abcde");
await once(pass, "finish"); // starves
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "end without text",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const pass = new PassThrough({ highWaterMark: 4 });
pass.write("abc");
pass.end();
await once(pass, "finish");
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "end gives the stream",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const pass = new PassThrough({ highWaterMark: 4 });
pass.write("abcdef");
await once(pass.end(), "finish"); // starves
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "iterator of a generator, read beside",
      `const { writable, readable } = new TransformStream();
function* all() { yield readable; }
const reading = (async () => { for (const one of all()[Symbol.iterator]()) for await (const word of one) console.log(word); })();
await writable.getWriter().write("a");
await reading;`,
    ],
    [
      "an iterator's own forEach runs its callback",
      `const { writable, readable } = new TransformStream();
function* names() { yield "a"; }
names().forEach(async () => { for await (const word of readable) console.log(word); });
await writable.getWriter().write("a");`,
    ],
    [
      "reduce over what is not known gives its first value, read beside",
      `const { writable, readable } = new TransformStream();
const kept = hosts.reduce((words, host) => words, readable);
const reading = (async () => { for await (const word of kept) console.log(word); })();
await writable.getWriter().write("a");
await reading;`,
    ],
    [
      "reduce over what is not known gives its first value, read too late",
      `const { writable, readable } = new TransformStream();
const kept = hosts.reduce((words, host) => words, readable);
await writable.getWriter().write("a"); // starves
for await (const word of kept) console.log(word);`,
    ],
    [
      "flatMap over what is not known",
      `const { writable, readable } = new TransformStream();
const kept = hosts.flatMap(() => [readable]);
const reading = (async () => { for await (const word of kept[0]) console.log(word); })();
await writable.getWriter().write("a");
await reading;`,
    ],
    [
      "forEach over what is not known gives nothing",
      `const { writable, readable } = new TransformStream();
const kept = hosts.forEach(() => readable);
await writable.getWriter().write("a"); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "map's callback of a stream of Node",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const first = new PassThrough();
const pass = new PassThrough({ highWaterMark: 1 });
first.map((chunk) => pass.resume()).resume();
pass.write("abc");
await once(pass, "drain");`,
    ],
    [
      "forEach's callback of a stream of Node",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const first = new PassThrough();
const pass = new PassThrough({ highWaterMark: 1 });
void first.forEach(() => pass.resume());
pass.write("abc");
await once(pass, "drain");`,
    ],
    [
      "a callback of a query",
      `import knex from "knex";
const { writable, readable } = new TransformStream();
void knex("words").then(() => read(readable));
await writable.getWriter().write("a");
for await (const word of readable) console.log(word);`,
    ],
    [
      "close after a write that was not awaited",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
void writer.write("a");
await writer.close(); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "close of a side of its own",
      `const { writable, readable } = new TransformStream();
const writing = writable.getWriter().write("a");
await writable.close(); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "promisify of a default import's member",
      `import stream from "node:stream";
import { promisify } from "node:util";
const run = promisify(stream.pipeline);
const pass = new stream.PassThrough();
await run(source, pass); // starves
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "a list as the source of a pipeline",
      `import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
const pass = new PassThrough({ objectMode: true, highWaterMark: 1 });
await pipeline(["a", "b", "c"], pass); // starves
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "a last function of a pipeline reads something else",
      `import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
const { writable, readable } = new TransformStream();
const done = pipeline(source, async (chunks) => { for await (const word of readable) console.log(word); });
await writable.getWriter().write("a");
await done;`,
    ],
    [
      "a weak set keeps what is in it",
      `const { writable, readable } = new TransformStream();
const seen = new WeakSet([readable]);
await writable.getWriter().write("a"); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "keys of an object are no hand-over",
      `const { writable, readable } = new TransformStream();
console.log(Object.keys({ readable }).length);
const names = Object.keys({ readable });
await writable.getWriter().write("a"); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "a rejected promise gives nothing",
      `const { writable, readable } = new TransformStream();
const failed = Promise.reject(readable);
failed.catch(() => {});
await writable.getWriter().write("a"); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "a race waits for nothing certain",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
await Promise.race([writer.write("a"), later()]);
await Promise.any([writer.write("b"), later()]);
for await (const word of readable) console.log(word);`,
    ],
    [
      "all of an unknown list",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
await Promise.all(words.map((word) => writer.write(word))); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "allSettled waits",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
await Promise.allSettled([writer.write("a")]); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "as many as new Array has",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (const job of new Array(3).fill(1)) await jobs.send(job); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "as many as a Map has",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (const job of new Map([["a", 1], ["b", 2], ["c", 3]])) await jobs.send(job); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "as many as Object.values of a list has",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (const job of Object.values([1, 2])) await jobs.send(job);
for await (const job of jobs) run(job);`,
    ],
    [
      "as many as Array.from maps",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (const job of Array.from([1, 2, 3], (one) => one)) await jobs.send(job); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "as many as all results",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (const job of await Promise.all([load(), load()])) await jobs.send(job);
for await (const job of jobs) run(job);`,
    ],
    [
      "Array.from with a function that is not known",
      `const { writable, readable } = new TransformStream();
const kept = Array.from([readable], convert);
await writable.getWriter().write("a");
for await (const word of readable) console.log(word);`,
    ],
    [
      "Object.assign of something that is no object",
      `const { writable, readable } = new TransformStream();
const kept = Object.assign({}, [readable]);
await writable.getWriter().write("a"); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "a builtin that is not known is given the stream",
      `const { writable, readable } = new TransformStream();
structuredClone(readable, { transfer: [readable] });
await writable.getWriter().write("a");
for await (const word of readable) console.log(word);`,
    ],
  ])("%s", ([, code]) => {
    check(code);
  });
});

describe("streams, pipelines and events", () => {
  test.for<[name: string, code: string]>([
    [
      "pipe pair: its own side read",
      `import { duplexPair } from "node:stream";
import { once } from "node:events";
const [here, there] = duplexPair({ highWaterMark: 4 });
there.write("abcdef");
await once(there, "drain"); // starves
for await (const chunk of here) console.log(chunk);`,
    ],
    [
      "pipe pair: other direction, read in time",
      `import { duplexPair } from "node:stream";
import { once } from "node:events";
const [here, there] = duplexPair({ highWaterMark: 4 });
here.resume();
there.write("abcdef");
await once(there, "drain");`,
    ],
    [
      "event of a reading end is no wait for its reader",
      `import { once } from "node:events";
import { PassThrough, Readable } from "node:stream";
const pass = new PassThrough();
const web = Readable.toWeb(pass);
const back = Readable.fromWeb(web);
await once(back, "end");
for await (const chunk of back) console.log(chunk);`,
    ],
    [
      "end of a writing end only",
      `import { once } from "node:events";
import { Writable } from "node:stream";
const { writable, readable } = new TransformStream();
const out = Writable.fromWeb(writable);
out.write("abc");
await once(out, "end");
for await (const chunk of readable) console.log(chunk);`,
    ],
    [
      "drain of a writing end",
      `import { once } from "node:events";
import { Writable } from "node:stream";
const { writable, readable } = new TransformStream();
const out = Writable.fromWeb(writable);
out.write("abc");
await once(out, "drain"); // starves
for await (const chunk of readable) console.log(chunk);`,
    ],
    [
      "event of unknown name",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const pass = new PassThrough({ highWaterMark: 1 });
pass.write("abc");
await once(pass, eventName);
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "listener of an event of unknown name",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const pass = new PassThrough({ highWaterMark: 1 });
pass.on(eventName, () => console.log(1));
pass.write("abc");
await once(pass, "drain");
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "listener of readable",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const pass = new PassThrough({ highWaterMark: 1 });
pass.on("readable", () => console.log(pass.read()));
pass.write("abc");
await once(pass, "drain");`,
    ],
    [
      "listener of data that hands on another stream",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const pass = new PassThrough({ highWaterMark: 1 });
const { writable, readable } = new TransformStream();
pass.on("data", () => read(readable));
await writable.getWriter().write("a");
for await (const word of readable) console.log(word);`,
    ],
    [
      "listener of error does not read",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const pass = new PassThrough({ highWaterMark: 1 });
pass.on("error", () => pass.resume());
pass.write("abc");
await once(pass, "drain"); // starves
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "listener of an event that is no wait hands on what it reads",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const pass = new PassThrough({ highWaterMark: 1 });
pass.on("pipe", () => pass.resume());
source.pipe(pass);
pass.write("abc");
await once(pass, "drain");
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "promise resolved by drain",
      `import { PassThrough } from "node:stream";
const pass = new PassThrough({ highWaterMark: 1 });
const { promise, resolve } = Promise.withResolvers();
pass.write("abc");
pass.once("drain", resolve);
await promise; // starves
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "promise resolved by end, nothing written",
      `import { PassThrough } from "node:stream";
const pass = new PassThrough();
const { promise, resolve } = Promise.withResolvers();
pass.once("end", resolve);
pass.end();
await promise; // starves
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "promise resolved by drain, read in time",
      `import { PassThrough } from "node:stream";
const pass = new PassThrough({ highWaterMark: 1 });
const { promise, resolve } = Promise.withResolvers();
pass.write("abc");
pass.once("drain", resolve);
pass.resume();
await promise;`,
    ],
    [
      "promise rejected by error listens to nothing",
      `import { PassThrough } from "node:stream";
const pass = new PassThrough({ highWaterMark: 1 });
const { promise, resolve, reject } = Promise.withResolvers();
pass.write("abc");
pass.once("drain", resolve);
pass.once("error", reject);
await promise; // starves
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "options that may be missing",
      `const pipe = new TransformStream({}, {}, undefined);
await pipe.writable.getWriter().write("a");
for await (const word of pipe.readable) console.log(word);`,
    ],
    [
      "object mode decided at run time",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const pass = new PassThrough({ objectMode: isObject, highWaterMark: 2 });
pass.write("abc");
await once(pass, "drain"); // starves
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "object mode false",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const pass = new PassThrough({ objectMode: false, highWaterMark: 2 });
pass.write("abc");
await once(pass, "drain"); // starves
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "a codec without option of its room",
      `import { once } from "node:events";
import { createGzip } from "node:zlib";
const gzip = createGzip({ highWaterMark: 1 });
gzip.write("abc");
await once(gzip, "drain");
for await (const chunk of gzip) console.log(chunk);`,
    ],
    [
      "finished with callback",
      `import { finished, PassThrough } from "node:stream";
const pass = new PassThrough();
await finished(pass, () => console.log("done"));
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "finished: its callback reads",
      `import { finished, PassThrough } from "node:stream";
import { once } from "node:events";
const pass = new PassThrough({ highWaterMark: 1 });
finished(source, () => pass.resume());
pass.write("abc");
await once(pass, "drain");
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "promisify finished",
      `import { finished, PassThrough } from "node:stream";
import { promisify } from "node:util";
const done = promisify(finished);
const pass = new PassThrough();
await done(pass); // starves
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "promisify of a member",
      `import * as stream from "node:stream";
import { promisify } from "node:util";
const run = promisify(stream.pipeline);
const pass = new stream.PassThrough();
await run(source, pass); // starves
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "promisify of something else",
      `import fs from "node:fs";
import { promisify } from "node:util";
const read = promisify(fs.readFile);
const { writable, readable } = new TransformStream();
read("file", readable);
await writable.getWriter().write("a");
for await (const word of readable) console.log(word);`,
    ],
    [
      "pipeline by promises member",
      `import { promises, PassThrough } from "node:stream";
const pass = new PassThrough();
await promises.pipeline(source, pass); // starves
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "pipeline with callback is no wait",
      `import { pipeline, PassThrough } from "node:stream";
const pass = new PassThrough();
await pipeline(source, pass, (error) => console.log(error));
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "pipeline callback reads another",
      `import { pipeline, PassThrough } from "node:stream";
const { writable, readable } = new TransformStream();
pipeline(source, target, () => read(readable));
await writable.getWriter().write("a");
for await (const word of readable) console.log(word);`,
    ],
    [
      "pipeline of a list variable",
      `import { pipeline } from "node:stream/promises";
import { PassThrough } from "node:stream";
const pass = new PassThrough();
const stages = [source];
stages.push(pass);
await pipeline(stages);
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "pipeline of a list of two",
      `import { pipeline } from "node:stream/promises";
import { PassThrough } from "node:stream";
const pass = new PassThrough();
const stages = [file, pass];
await pipeline(stages); // starves
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "pipeline of streams, the first one read by it",
      `import { pipeline } from "node:stream/promises";
import { PassThrough } from "node:stream";
import { once } from "node:events";
const first = new PassThrough({ highWaterMark: 1 });
const last = new PassThrough();
const done = pipeline(first, last);
last.resume();
first.write("abc");
await once(first, "drain");
await done;`,
    ],
    [
      "Readable.from of a small array into room",
      `import { PassThrough, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
const pass = new PassThrough({ objectMode: true, highWaterMark: 4 });
await pipeline(Readable.from(["a", "b", "c"]), pass);
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "Readable.from of more than room",
      `import { PassThrough, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
const pass = new PassThrough({ objectMode: true, highWaterMark: 2 });
await pipeline(Readable.from(["a", "b", "c"]), pass); // starves
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "Readable.from of one of two arrays",
      `import { PassThrough, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
const pass = new PassThrough({ objectMode: true, highWaterMark: 4 });
await pipeline(flag ? Readable.from(["a", "b"]) : source, pass); // starves
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "Readable.from of an iterable of unknown length",
      `import { PassThrough, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
const pass = new PassThrough({ objectMode: true, highWaterMark: 4 });
await pipeline(Readable.from(words), pass); // starves
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "a generator in a pipeline runs",
      `import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
const { writable, readable } = new TransformStream();
async function* words() { yield* readable; }
const pass = new PassThrough();
const done = pipeline(words(), pass);
pass.resume();
await writable.getWriter().write("a");
await done;`,
    ],
    [
      "a generator function in a pipeline runs",
      `import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
const { writable, readable } = new TransformStream();
const pass = new PassThrough();
const done = pipeline(async function* () { yield* readable; }, pass);
pass.resume();
await writable.getWriter().write("a");
await done;`,
    ],
    [
      "pipe into something unknown reads",
      `import { PassThrough } from "node:stream";
import { once } from "node:events";
const pass = new PassThrough({ highWaterMark: 1 });
pass.pipe(target);
pass.write("abc");
await once(pass, "drain");`,
    ],
    [
      "pipe through two, the last is read later",
      `import { PassThrough } from "node:stream";
import { once } from "node:events";
const first = new PassThrough({ highWaterMark: 1 });
const last = new PassThrough();
first.pipe(last);
first.write("abc");
last.resume();
await once(first, "drain");`,
    ],
    [
      "drive of a lazy stream",
      `import { drive } from "tailrace";
const { writable, readable } = new TransformStream();
const body = new Response(readable);
void drive(body);
await writable.getWriter().write("a");`,
    ],
  ])("%s", ([, code]) => {
    check(code);
  });
});

describe("the order of waits and readers", () => {
  test.for<[name: string, code: string]>([
    [
      "two waits of one function, the second masked by the first",
      `const first = new TransformStream();
const second = new TransformStream();
async function send(pipe) { await pipe.writable.getWriter().write("a"); }
await send(first); // starves
await send(second);
for await (const word of first.readable) console.log(word);
for await (const word of second.readable) console.log(word);`,
    ],
    [
      "masked in a loop, by the source",
      `const first = new TransformStream();
const second = new TransformStream();
const one = first.writable.getWriter();
const other = second.writable.getWriter();
for (const word of words) {
  await one.write(word); // starves
  await other.write(word);
}
for await (const word of first.readable) console.log(word);
for await (const word of second.readable) console.log(word);`,
    ],
    [
      "ready before the write in a loop",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
for (const word of words) {
  await writer.ready;
  await writer.write(word); // starves
}
for await (const word of readable) console.log(word);`,
    ],
    [
      "write by a helper after ready, in a loop",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
const send = async (word) => { await writer.write(word); };
for (const word of words) {
  await writer.ready;
  await send(word); // starves
}
for await (const word of readable) console.log(word);`,
    ],
    [
      "two helpers in a loop",
      `const first = new TransformStream();
const second = new TransformStream();
const toSecond = async (word) => { await second.writable.getWriter().write(word); };
const toFirst = async (word) => { await first.writable.getWriter().write(word); };
for (const word of words) {
  await toFirst(word); // starves
  await toSecond(word);
}
for await (const word of first.readable) console.log(word);
for await (const word of second.readable) console.log(word);`,
    ],
    [
      "two waits in one expression",
      `const first = new TransformStream();
const second = new TransformStream();
const both = [await first.writable.getWriter().write("a"), await second.writable.getWriter().write("b")]; // starves
for await (const word of first.readable) console.log(word);
for await (const word of second.readable) console.log(word);`,
    ],
    [
      "first read before the second wait, so both are reported",
      `const first = new TransformStream();
const second = new TransformStream();
await first.writable.getWriter().write("a"); // starves
for await (const word of first.readable) console.log(word);
await second.writable.getWriter().write("b"); // starves
for await (const word of second.readable) console.log(word);`,
    ],
    [
      "waits in tasks of their own do not mask each other",
      `const first = new TransformStream();
const second = new TransformStream();
const one = (async () => { await first.writable.getWriter().write("a"); })();
const other = (async () => { await second.writable.getWriter().write("b"); })();
await one; // starves
for await (const word of first.readable) console.log(word);
await other; // starves
for await (const word of second.readable) console.log(word);`,
    ],
    [
      "the reader is started by the same task before",
      `const { writable, readable } = new TransformStream();
const all = (async () => {
  const reading = (async () => { for await (const word of readable) console.log(word); })();
  await writable.getWriter().write("a");
  await reading;
})();
await all;`,
    ],
    [
      "the reader is in another task that is started after the first ended",
      `const { writable, readable } = new TransformStream();
const writing = (async () => { await writable.getWriter().write("a"); })();
await writing; // starves
const reading = (async () => { for await (const word of readable) console.log(word); })();
await reading;`,
    ],
    [
      "the reader's task starts before the writer's is awaited",
      `const { writable, readable } = new TransformStream();
const writing = (async () => { await writable.getWriter().write("a"); })();
const reading = (async () => { for await (const word of readable) console.log(word); })();
await writing;
await reading;`,
    ],
    [
      "a task in a task, awaited by the outer one",
      `const { writable, readable } = new TransformStream();
const outer = (async () => {
  const inner = (async () => { await writable.getWriter().write("a"); })();
  await inner;
})();
await outer; // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "a task in a task, not awaited by the outer one",
      `const { writable, readable } = new TransformStream();
const outer = (async () => {
  const inner = (async () => { await writable.getWriter().write("a"); })();
  inner.catch(console.error);
})();
await outer;
for await (const word of readable) console.log(word);`,
    ],
    [
      "written before, by a task that may have run",
      `const { writable, readable } = new TransformStream({}, {}, { highWaterMark: 1 });
const writer = writable.getWriter();
const writing = (async () => { await writer.write("a"); })();
await writer.write("b"); // starves
for await (const word of readable) console.log(word);
await writing;`,
    ],
    [
      "written only after the wait",
      `const { writable, readable } = new TransformStream({}, {}, { highWaterMark: 1 });
const writer = writable.getWriter();
await writer.write("a");
const reading = (async () => { for await (const word of readable) console.log(word); })();
await writer.write("b");
await reading;`,
    ],
    [
      "the reader is read in a queued job, of the same limit as the writer",
      `import pLimit from "p-limit";
const limit = pLimit(1);
const { writable, readable } = new TransformStream();
const writing = limit(async () => { await writable.getWriter().write("a"); });
const reading = limit(async () => { for await (const word of readable) console.log(word); });
await writing; // starves
await reading;`,
    ],
    [
      "two readers, the nearer one is named",
      `const { writable, readable } = new TransformStream();
await writable.getWriter().write("a"); // starves
if (flag) for await (const word of readable) console.log(word);
else for await (const word of readable) console.error(word);`,
    ],
    [
      "a pipe of each turn, in a helper",
      `const make = async () => {
  const { writable, readable } = new TransformStream();
  await writable.getWriter().write("a"); // starves
  for await (const word of readable) console.log(word);
};
for (const one of list) await make();`,
    ],
    [
      "one pipe for each element, its reader before in the same turn",
      `const pipes = names.map(() => new TransformStream());
for (const { writable, readable } of pipes) {
  const reading = (async () => { for await (const word of readable) console.log(word); })();
  await writable.getWriter().write("a");
  await reading;
}`,
    ],
    [
      "one pipe for each element, all written in one loop",
      `const pipes = names.map(() => new TransformStream());
for (const { writable, readable } of pipes) {
  await writable.getWriter().write("a"); // starves
  for await (const word of readable) console.log(word);
}`,
    ],
    [
      "recursive reader",
      `const { writable, readable } = new TransformStream();
async function read(times) { if (times > 0) { for await (const word of readable) console.log(word); await read(times - 1); } }
await writable.getWriter().write("a");
await read(2);`,
    ],
    [
      "a stream that is only written and given to nobody",
      `const { writable } = new TransformStream();
await writable.getWriter().write("a"); // starves`,
    ],
    [
      "what is aborted later is no reading",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
await writer.write("a"); // starves
await writer.abort();`,
    ],
    [
      "an own promise that is only given away later",
      `const { promise, resolve } = Promise.withResolvers();
await promise;
register(resolve);`,
    ],
    [
      "an own promise resolved in a loop of as many as there is room for",
      `const { promise, resolve } = Promise.withResolvers();
for (const one of list) { await promise; // starves
}
resolve();`,
    ],
    [
      "a promise that another task waits for, which nobody awaits",
      `const { writable, readable } = new TransformStream();
const send = async () => { await writable.getWriter().write("a"); };
const sent = send();
const log = async () => { await sent; console.log("sent"); };
void log();
for await (const word of readable) console.log(word);`,
    ],
    [
      "a task in a task, given back by the outer one",
      `const { writable, readable } = new TransformStream();
const outer = (async () => {
  const inner = (async () => { await writable.getWriter().write("a"); })();
  return inner;
})();
await outer; // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "a task in a task, awaited after the reader",
      `const { writable, readable } = new TransformStream();
let inner;
const outer = (async () => { inner = (async () => { await writable.getWriter().write("a"); })(); })();
await outer;
for await (const word of readable) console.log(word);
await inner;`,
    ],
    [
      "a task in a task that is all of it",
      `const { writable, readable } = new TransformStream();
const outer = (async () => {
  const inner = (async () => { await writable.getWriter().write("a"); })();
  await Promise.all([inner]);
})();
await outer; // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "a task in a task, awaited through then",
      `const { writable, readable } = new TransformStream();
const outer = (async () => {
  const inner = (async () => { await writable.getWriter().write("a"); })();
  await inner.then(() => console.log("sent"));
})();
await outer; // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "a task in a task, with a then that nobody awaits",
      `const { writable, readable } = new TransformStream();
const outer = (async () => {
  const inner = (async () => { await writable.getWriter().write("a"); })();
  void inner.then(() => console.log("sent"));
})();
await outer;
for await (const word of readable) console.log(word);`,
    ],
    [
      "a task in a task in a task",
      `const { writable, readable } = new TransformStream();
const outer = (async () => {
  const middle = (async () => {
    const inner = (async () => { await writable.getWriter().write("a"); })();
    await inner;
  })();
  await middle;
})();
await outer; // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "a reader that never ends",
      `const { writable, readable } = new TransformStream();
const reader = readable.getReader();
void (async () => { for (;;) console.log(await reader.read()); })();
await writable.getWriter().write("a");`,
    ],
    [
      "a reader that never ends, or is not started",
      `const { writable, readable } = new TransformStream();
const reader = readable.getReader();
void (async () => {
  if (!flag) return;
  for (;;) console.log(await reader.read());
})();
await writable.getWriter().write("a");`,
    ],
    [
      "a writer that never ends, beside its reader",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
void (async () => { for (;;) await writer.write("a"); })();
for await (const word of readable) console.log(word);`,
    ],
    [
      "a reader that never ends, which is awaited before",
      `const { writable, readable } = new TransformStream();
const other = new TransformStream();
const writer = writable.getWriter();
await (async () => { for (;;) await writer.write("a"); })(); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "two waits in one turn, the other order in the source",
      `const first = new TransformStream();
const second = new TransformStream();
const toFirst = async () => { await first.writable.getWriter().write("a"); };
const toSecond = async () => { await second.writable.getWriter().write("a"); };
for (;;) {
  await toSecond(); // starves
  await toFirst();
}`,
    ],
    [
      "two waits in a helper, called in a loop",
      `const first = new TransformStream();
const second = new TransformStream();
const one = first.writable.getWriter();
const other = second.writable.getWriter();
const send = async (word) => {
  await one.write(word);
  await other.write(word);
};
for (const word of words) await send(word); // starves
for await (const word of first.readable) console.log(word);
for await (const word of second.readable) console.log(word);`,
    ],
    [
      "closed after the write in a loop",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
for (const word of words) {
  await writer.write(word); // starves
  await writer.ready;
}
for await (const word of readable) console.log(word);`,
    ],
    [
      "written and waited for at one place, read first",
      `const { writable, readable } = new TransformStream();
const use = (one, other) => other;
await use(readable.getReader().read(), writable.getWriter().write("a"));`,
    ],
    [
      "written at one place, read after it in the same call",
      `const { writable, readable } = new TransformStream();
const use = (one, other) => other;
use(await writable.getWriter().write("a"), readable.getReader().read()); // starves`,
    ],
    [
      "an own promise, resolved in the same call before",
      `const { promise, resolve } = Promise.withResolvers();
const use = (one, other) => other;
use(resolve(), await promise);`,
    ],
    [
      "an own promise, resolved in the same call after",
      `const { promise, resolve } = Promise.withResolvers();
const use = (one, other) => other;
use(await promise, resolve()); // starves`,
    ],
    [
      "a function that calls itself, and one that does not",
      `const first = new TransformStream();
const { writable, readable } = new TransformStream();
async function walk(times) { if (times > 0) await walk(times - 1); else await first.writable.getWriter().write("a"); }
const reading = (async () => { for await (const word of first.readable) console.log(word); })();
await walk(2);
await writable.getWriter().write("a"); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "many pipes, the first of which is read before",
      `const pipes = names.map(() => new TransformStream());
for (const { readable } of pipes) void (async () => { for await (const word of readable) console.log(word); })();
for (const { writable } of pipes) await writable.getWriter().write("a");`,
    ],
    [
      "many pipes, read one after the other behind all writes",
      `const pipes = names.map(() => new TransformStream());
for (const { writable } of pipes) await writable.getWriter().write("a"); // starves
for (const { readable } of pipes) for await (const word of readable) console.log(word);`,
    ],
    [
      "many pipes, each read by a callback before its write",
      `const pipes = names.map(() => new TransformStream());
await Promise.all(pipes.map(async ({ writable, readable }) => {
  const reading = new Response(readable).text();
  await writable.getWriter().write("a");
  await reading;
}));`,
    ],
    [
      "the reader is queued behind the job that makes and writes the pipe",
      `import pLimit from "p-limit";
const limit = pLimit(1);
await limit(async () => {
  const { writable, readable } = new TransformStream();
  const reading = (async () => { for await (const word of readable) console.log(word); })();
  await writable.getWriter().write("a");
  await reading;
});`,
    ],
    [
      "the job of a limit reads, started in another job",
      `import pLimit from "p-limit";
const limit = pLimit(2);
const { writable, readable } = new TransformStream();
const reading = limit(async () => { for await (const word of readable) console.log(word); });
await limit(async () => { await writable.getWriter().write("a"); });
await reading;`,
    ],
  ])("%s", ([, code]) => {
    check(code);
  });
});

describe("values, members and sizes", () => {
  test.for<[name: string, code: string]>([
    [
      "a loop over different things, as many as there is room for",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (const job of [1, { b: 2 }]) await jobs.send(job);
for await (const job of jobs) run(job);`,
    ],
    [
      "a loop over different things, one of which is read",
      `const { writable, readable } = new TransformStream();
for (const one of [readable, "x"]) if (one.locked === false) void (async () => { for await (const w of one) console.log(w); })();
await writable.getWriter().write("a");`,
    ],
    [
      "what Array.fromAsync waits for runs beside",
      `const { writable, readable } = new TransformStream();
async function* produce() { await writable.getWriter().write("a"); yield 1; }
const all = Array.fromAsync(produce());
for await (const word of readable) console.log(word);
await all;`,
    ],
    [
      "a promise of a writer, given to Promise.resolve",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
void writer.write("a");
const closed = Promise.resolve(writer.closed);
await closed; // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "a list with options, as many as there is room for",
      `import { PassThrough, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
const pass = new PassThrough({ objectMode: true, highWaterMark: 4 });
await pipeline(Readable.from(["a", "b"], { objectMode: true }), pass);
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "a list as the source of a pipeline, as many as there is room for",
      `import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
const pass = new PassThrough({ objectMode: true, highWaterMark: 4 });
await pipeline(["a", "b"], pass);
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "forEach over different things",
      `const { writable, readable } = new TransformStream();
const list = [readable, "x"];
list.forEach(async (one) => { for await (const w of one) console.log(w); });
await writable.getWriter().write("a");`,
    ],
    [
      "map over different things",
      `const { writable, readable } = new TransformStream();
const list = ["x", readable].map((one) => one);
const reading = (async () => { for await (const w of list[1]) console.log(w); })();
await writable.getWriter().write("a");`,
    ],
    [
      "filter of different things",
      `const { writable, readable } = new TransformStream();
const all = [readable, writable].filter((one) => one instanceof ReadableStream);
const reading = (async () => { for await (const w of all[0]) console.log(w); })();
await writable.getWriter().write("a");`,
    ],
    [
      "a loop over different things, more than there is room for",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (const job of [1, { b: 2 }, "c"]) await jobs.send(job); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "something pushed to different things",
      `const { writable, readable } = new TransformStream();
const list = ["x", writable];
list.push(readable);
const reading = (async () => { for await (const w of list[2]) console.log(w); })();
await writable.getWriter().write("a");`,
    ],
    [
      "different things, spread",
      `const { writable, readable } = new TransformStream();
const list = ["x", readable];
const all = [...list, 1, 2, 3];
const reading = (async () => { for await (const w of all[1]) console.log(w); })();
await writable.getWriter().write("a");`,
    ],
    [
      "different things, taken apart",
      `const { writable, readable } = new TransformStream();
const [reader, name] = [readable, "x"];
await writable.getWriter().write("a"); // starves
for await (const w of reader) console.log(w);`,
    ],
    [
      "each of two objects is its own this",
      `class Reader { constructor(words) { this.words = words; } async start() { for await (const word of this.words) console.log(word); } }
class Idle { constructor(words) { this.words = words; } start() {} }
const { writable, readable } = new TransformStream();
const kept = flag ? new Reader(other()) : new Idle(readable);
void kept.start();
await writable.getWriter().write("a"); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "apply of a function with a list of one",
      `const { writable, readable } = new TransformStream();
const start = async (words) => { for await (const word of words) console.log(word); };
const reading = start.apply(null, [readable]);
await writable.getWriter().write("a");
await reading;`,
    ],
    [
      "a function's own method is given the stream",
      `const { writable, readable } = new TransformStream();
const log = () => console.log("x");
log.all(readable);
await writable.getWriter().write("a");
for await (const word of readable) console.log(word);`,
    ],
    [
      "a find of something unknown is given the stream in an object",
      `const { writable, readable } = new TransformStream();
db.find({ words: readable });
await writable.getWriter().write("a");
for await (const word of readable) console.log(word);`,
    ],
    [
      "then of an async function that writes",
      `const { writable, readable } = new TransformStream();
const send = async () => { await writable.getWriter().write("a"); };
await ready().then(() => console.log("ready"));
await Promise.resolve(1).then(() => send()); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "emitted to listeners that are not known",
      `import { PassThrough } from "node:stream";
const { writable, readable } = new TransformStream();
const pass = new PassThrough();
pass.emit("words", readable);
await writable.getWriter().write("a");
for await (const word of readable) console.log(word);`,
    ],
    [
      "a listener, then resume",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const pass = new PassThrough({ highWaterMark: 1 });
pass.on("error", console.error).resume();
pass.write("abc");
await once(pass, "drain");`,
    ],
    [
      "the callback of a write reads",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const pass = new PassThrough({ highWaterMark: 1 });
pass.write("abc", () => pass.resume());
await once(pass, "drain");`,
    ],
    [
      "a pipe, then resume",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const first = new PassThrough({ highWaterMark: 1 });
first.pipe(new PassThrough()).resume();
first.write("abc");
await once(first, "drain");`,
    ],
    [
      "a set of another library",
      `import { Set } from "immutable";
const { writable, readable } = new TransformStream();
const kept = new Set([readable]);
await writable.getWriter().write("a");
for await (const word of readable) console.log(word);`,
    ],
    [
      "a lazy stream in other clothes",
      `import { Readable } from "node:stream";
const { writable, readable } = new TransformStream();
const web = Readable.toWeb(Readable.from(readable));
const reading = (async () => { for await (const word of web) console.log(word); })();
await writable.getWriter().write("a");
await reading;`,
    ],
    [
      "p-map waits for its jobs",
      `import pMap from "p-map";
const pipes = [new TransformStream(), new TransformStream()];
await pMap(pipes, async ({ writable }) => { await writable.getWriter().write("a"); }, { concurrency: 2 }); // starves
for (const { readable } of pipes) for await (const word of readable) console.log(word);`,
    ],
    [
      "promisify of another pipeline",
      `import { pipeline } from "pipes";
import { PassThrough } from "node:stream";
import { once } from "node:events";
import { promisify } from "node:util";
const pass = new PassThrough({ highWaterMark: 1 });
promisify(pipeline)(source, pass);
pass.write("abc");
await once(pass, "drain");
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "close after an end with nothing written",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const pass = new PassThrough();
pass.end();
await once(pass, "close"); // starves
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "finish after an end with nothing written",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const pass = new PassThrough();
pass.end();
await once(pass, "finish");
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "pipeline of a list of functions",
      `import { pipeline } from "node:stream/promises";
const { writable, readable } = new TransformStream();
const stages = [async function* () { yield* readable; }, async function (chunks) { for await (const chunk of chunks) console.log(chunk); }];
const done = pipeline(stages);
await writable.getWriter().write("a");
await done;`,
    ],
    [
      "pipeline into a subclass of a stream",
      `import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
class Upper extends PassThrough { shout() {} }
const upper = new Upper();
await pipeline(source, upper); // starves
for await (const chunk of upper) console.log(chunk);`,
    ],
    [
      "a pipeline's callback does not read",
      `import { pipeline, PassThrough } from "node:stream";
import { once } from "node:events";
const pass = new PassThrough();
pipeline(source, pass, (error) => console.log(error));
await once(pass, "finish"); // starves
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "a pipeline gives its last stream",
      `import { pipeline, PassThrough } from "node:stream";
import { once } from "node:events";
const last = new PassThrough();
pipeline(source, new PassThrough(), last, (error) => console.log(error)).resume();
await once(last, "finish");`,
    ],
    [
      "all of helpers",
      `const { writable, readable } = new TransformStream();
const send = async () => { await writable.getWriter().write("a"); };
const all = Promise.all([send(), send()]);
await all; // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "an iterable object, spread into a call",
      `const { writable, readable } = new TransformStream();
const all = { words: readable, *[Symbol.iterator]() { yield 1; } };
const start = async (words) => { for await (const word of words) console.log(word); };
void start(...all);
await writable.getWriter().write("a"); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "either of two lists, of different size",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (const job of Array.from(flag ? [1, 2] : [1, 2, 3])) await jobs.send(job); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "a getter with this",
      `const { writable, readable } = new TransformStream();
const kept = { words: readable, get stream() { return this.words; } };
const reading = (async () => { for await (const word of kept.stream) console.log(word); })();
await writable.getWriter().write("a");
await reading;`,
    ],
    [
      "a property of a writer that is no promise",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
const writing = writer.write("a");
console.log(await writer.desiredSize);
for await (const word of readable) console.log(word);
await writing;`,
    ],
    [
      "a property of a stream is not the stream",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const pass = new PassThrough({ highWaterMark: 1 });
pass.write("abc");
for (const one of pass.history) console.log(one);
await once(pass, "drain"); // starves
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "the length of a list is no stream",
      `const { writable, readable } = new TransformStream();
const list = [readable];
console.log(await list.length);
await writable.getWriter().write("a"); // starves
for await (const word of list[0]) console.log(word);`,
    ],
    [
      "an element at an unknown place",
      `const { writable, readable } = new TransformStream();
const list = [readable];
const reading = (async () => { for await (const word of list[place]) console.log(word); })();
await writable.getWriter().write("a");
await reading;`,
    ],
    [
      "a product and a power",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 * 2 });
for (let i = 0; i < 2 ** 2; i++) await jobs.send(i);
for await (const job of jobs) run(job);`,
    ],
    [
      "a quotient and a difference",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 8 / 2 });
for (let i = 0; i < 6 - 1; i++) await jobs.send(i); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "a shifted number, one too many",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 1 << 1 });
for (let i = 0; i < 1 + 2; i++) await jobs.send(i); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "a shifted number, as many",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 1 << 2 });
for (let i = 0; i < 12 / 3; i++) await jobs.send(i);
for await (const job of jobs) run(job);`,
    ],
    [
      "arithmetic with something that is not known",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 * size });
await jobs.send(1);
for await (const job of jobs) run(job);`,
    ],
    [
      "arithmetic that is not known",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 7 % 4 });
await jobs.send(1);
for await (const job of jobs) run(job);`,
    ],
    [
      "a negative number",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 3 + -1 });
for (let i = 0; i < 3; i++) await jobs.send(i); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "a number with plus",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: +4 });
for (let i = 0; i < 4; i++) await jobs.send(i);
for await (const job of jobs) run(job);`,
    ],
  ])("%s", ([, code]) => {
    check(code);
  });
});

describe("classes and calls", () => {
  test.for<[name: string, code: string]>([
    [
      "super is the nearest class above",
      `const { writable, readable } = new TransformStream();
class Base { get() { return null; } }
class Middle extends Base { get() { return readable; } }
class Kept extends Middle { get() { return super.get(); } }
const kept = new Kept();
const reading = (async () => { for await (const word of kept.get()) console.log(word); })();
await writable.getWriter().write("a");
await reading;`,
    ],
    [
      "super is not the class itself",
      `const { writable, readable } = new TransformStream();
class Base { get() { return null; } }
class Kept extends Base { get() { return readable; } other() { return super.get(); } }
const kept = new Kept();
const reading = (async () => { for await (const word of kept.other()) console.log(word); })();
await writable.getWriter().write("a"); // starves
for await (const word of kept.get()) console.log(word);`,
    ],
    [
      "a method above that nobody declares is given the stream",
      `import { Base } from "elsewhere";
const { writable, readable } = new TransformStream();
class Kept extends Base { start(words) { super.start(words); } }
new Kept().start(readable);
await writable.getWriter().write("a");
for await (const word of readable) console.log(word);`,
    ],
    [
      "a job of a limit that writes",
      `import pLimit from "p-limit";
const limit = pLimit(1);
const { writable, readable } = new TransformStream();
await limit(async () => { await writable.getWriter().write("a"); }); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "what a job of a limit gives",
      `import pLimit from "p-limit";
const limit = pLimit(1);
const { writable, readable } = new TransformStream();
const words = await limit(async () => readable);
const reading = (async () => { for await (const word of words) console.log(word); })();
await writable.getWriter().write("a");
await reading;`,
    ],
    [
      "a subclass of something known that is no pipe",
      `const { writable, readable } = new TransformStream();
class Page extends Response {}
const page = new Page(readable);
await writable.getWriter().write("a");
console.log(await page.text());`,
    ],
    [
      "the constructor of the class above keeps what it is given",
      `const { writable, readable } = new TransformStream();
class Base { constructor(words) { this.words = words; } }
class Kept extends Base { get() { return this.words; } }
const kept = new Kept(readable);
await writable.getWriter().write("a"); // starves
for await (const word of kept.get()) console.log(word);`,
    ],
    [
      "a class without constructor is given the stream",
      `const { writable, readable } = new TransformStream();
class Kept { get() { return 1; } }
const kept = new Kept(readable);
await writable.getWriter().write("a");
for await (const word of readable) console.log(word);`,
    ],
    [
      "a subclass of an unknown class is given the stream",
      `import { Base } from "elsewhere";
const { writable, readable } = new TransformStream();
class Kept extends Base {}
const kept = new Kept(readable);
await writable.getWriter().write("a");
for await (const word of readable) console.log(word);`,
    ],
    [
      "a static field",
      `const { writable, readable } = new TransformStream();
class Kept { static words = readable; words = null; }
const reading = (async () => { for await (const word of Kept.words) console.log(word); })();
await writable.getWriter().write("a");
await reading;`,
    ],
    [
      "a field that waits",
      `const { writable, readable } = new TransformStream();
class Kept { sent = writable.getWriter().write("a"); }
const kept = new Kept();
await kept.sent; // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "a field that starts to read",
      `const { writable, readable } = new TransformStream();
const start = async () => { for await (const word of readable) console.log(word); };
class Kept { reading = start(); }
const kept = new Kept();
await writable.getWriter().write("a");
await kept.reading;`,
    ],
    [
      "a field that starts to read in an object that is made too late",
      `const { writable, readable } = new TransformStream();
const start = async () => { for await (const word of readable) console.log(word); };
class Kept { reading = start(); }
await writable.getWriter().write("a"); // starves
const kept = new Kept();
await kept.reading;`,
    ],
    [
      "a field of the class above",
      `const { writable, readable } = new TransformStream();
const start = async () => { for await (const word of readable) console.log(word); };
class Base { reading = start(); }
class Kept extends Base {}
new Kept();
await writable.getWriter().write("a");`,
    ],
    [
      "a class in a variable, constructed",
      `const { writable, readable } = new TransformStream();
const Kept = flag ? class { constructor(words) { this.words = words; } } : class { constructor(words) { this.words = words; } };
const kept = new Kept(readable);
await writable.getWriter().write("a"); // starves
for await (const word of kept.words) console.log(word);`,
    ],
    [
      "new of something unknown",
      `const { writable, readable } = new TransformStream();
const kept = new Reader(readable);
await writable.getWriter().write("a");
await kept.done;`,
    ],
    [
      "either of two functions, of which one reads",
      `const { writable, readable } = new TransformStream();
const read = async () => { for await (const word of readable) console.log(word); };
const skip = async () => {};
void (flag ? read : skip)();
await writable.getWriter().write("a");`,
    ],
    [
      "either of two functions that wait",
      `const { writable, readable } = new TransformStream();
const send = async () => { await writable.getWriter().write("a"); };
const skip = async () => {};
await (flag ? send : skip)(); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "a function that is not known is given the stream",
      `const { writable, readable } = new TransformStream();
start(readable);
await writable.getWriter().write("a");
for await (const word of readable) console.log(word);`,
    ],
    [
      "a function by a computed name",
      `const { writable, readable } = new TransformStream();
const jobs = { read: async () => { for await (const word of readable) console.log(word); } };
const name = "read";
const reading = jobs[name]();
await writable.getWriter().write("a");
await reading;`,
    ],
    [
      "a function by a name that is not known",
      `const { writable, readable } = new TransformStream();
const jobs = { write: 1 };
jobs[name()](readable);
await writable.getWriter().write("a");
for await (const word of readable) console.log(word);`,
    ],
    [
      "a generator of two calls",
      `const { writable, readable } = new TransformStream();
async function* upper(words) { for await (const word of words) yield word; }
const all = flag ? upper(readable) : upper(other());
await writable.getWriter().write("a"); // starves
for await (const word of all) console.log(word);`,
    ],
    [
      "a generator method uses its object",
      `const { writable, readable } = new TransformStream();
class Kept { constructor(words) { this.words = words; } async *all() { yield* this.words; } }
const all = new Kept(readable).all();
await writable.getWriter().write("a"); // starves
for await (const word of all) console.log(word);`,
    ],
    [
      "new Array of a length, of numbers of a list",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
const all = [1, 2];
for (const job of [...all, ...all]) await jobs.send(job); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "a list with a hole",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (const job of [1, , 2]) await jobs.send(job); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "a list with something spread of which nothing is known",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (const job of [1, ...more]) await jobs.send(job); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "five different things",
      `const { writable, readable } = new TransformStream();
const list = [readable, "a", 1, null, () => 1];
const reading = (async () => { for await (const word of list[0]) console.log(word); })();
await writable.getWriter().write("a");
await reading;`,
    ],
    [
      "writer and reader, in their places",
      `const { writable, readable } = new TransformStream();
const pair = [writable.getWriter(), readable];
const reading = (async () => { for await (const word of pair[0]) console.log(word); })();
await pair[0].write("a"); // starves
for await (const word of pair[1]) console.log(word);`,
    ],
    [
      "a template without anything in it",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const pass = new PassThrough({ highWaterMark: 4 });
pass.write(\`abc\`);
await once(pass, "drain");
pass.write(\`abcdef\`);
await once(pass, "drain"); // starves
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "a template with something in it",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const pass = new PassThrough({ highWaterMark: 4 });
pass.write(\`\${text}\`);
await once(pass, "drain"); // starves
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "a tag is given the stream",
      `const { writable, readable } = new TransformStream();
html\`<p>\${readable}</p>\`;
await writable.getWriter().write("a");
for await (const word of readable) console.log(word);`,
    ],
    [
      "an exported default that was declared before",
      `const { writable, readable } = new TransformStream();
export default readable;
await writable.getWriter().write("a");`,
    ],
    [
      "exported by name after the wait",
      `const { writable, readable } = new TransformStream();
await writable.getWriter().write("a"); // starves
for await (const word of readable) console.log(word);
export { writable };`,
    ],
    [
      "a function that gives back the reader, called by nobody here",
      `export function open() {
  const { writable, readable } = new TransformStream();
  void writable.getWriter().write("a");
  return readable;
}`,
    ],
    [
      "a function that gives back the reader as it is",
      `export async function open() {
  const { writable, readable } = new TransformStream();
  const writing = writable.getWriter().write("a");
  await writing; // starves
  return readable;
}`,
    ],
    [
      "an arrow that gives back the reader as it is",
      `const open = async (writing, words) => words;
const { writable, readable } = new TransformStream();
const words = await open(1, readable);
await writable.getWriter().write("a"); // starves
for await (const word of words) console.log(word);`,
    ],
    [
      "a nested function gives back something else",
      `const { writable, readable } = new TransformStream();
function open() {
  const inner = () => { return readable; };
  return 1;
}
const reading = (async () => { for await (const word of open()) console.log(word); })();
await writable.getWriter().write("a"); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "given out by yield to who is not here",
      `export async function* open() {
  const { writable, readable } = new TransformStream();
  yield readable;
  await writable.getWriter().write("a");
}`,
    ],
    [
      "yield of nothing",
      `export async function* open() {
  const { writable, readable } = new TransformStream();
  yield;
  await writable.getWriter().write("a"); // starves
  for await (const word of readable) yield word;
}`,
    ],
    [
      "for in over an object of streams",
      `const { writable, readable } = new TransformStream();
const all = { readable };
for (const name in all) console.log(name);
await writable.getWriter().write("a"); // starves
for await (const word of all.readable) console.log(word);`,
    ],
    [
      "for await over promises of streams",
      `const { writable, readable } = new TransformStream();
const all = [Promise.resolve(readable)];
const reading = (async () => { for await (const words of all) for await (const word of words) console.log(word); })();
await writable.getWriter().write("a");
await reading;`,
    ],
    [
      "for await over promises that wait",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
const all = [writer.write("a"), writer.write("b")];
for await (const one of all) console.log(one); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "required for its name only",
      `const { PassThrough } = await import("node:stream");
const { once } = require("node:events");
const pass = new PassThrough({ highWaterMark: 1 });
pass.write("abc");
await once(pass, "drain"); // starves
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "imported by a name that is decided at run time",
      `const { start } = await import(name);
const { writable, readable } = new TransformStream();
start(readable);
await writable.getWriter().write("a");
for await (const word of readable) console.log(word);`,
    ],
    [
      "either of two functions, of which one throws",
      `const { writable, readable } = new TransformStream();
const fail = () => { throw new Error("no"); };
const log = () => console.log("yes");
const reading = (async () => { for await (const word of readable) console.log(word); })();
(flag ? fail : log)();
await writable.getWriter().write("a");
await reading;`,
    ],
    [
      "a key that is null",
      `const { writable, readable } = new TransformStream();
const kept = { null: readable };
const reading = (async () => { for await (const word of kept[null]) console.log(word); })();
await writable.getWriter().write("a");
await reading;`,
    ],
    [
      "an arrow that gives back an arrow",
      `const { writable, readable } = new TransformStream();
const open = () => () => readable;
const reading = (async () => { for await (const word of open()) console.log(word); })();
await writable.getWriter().write("a"); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "a method that gives back its object",
      `const { writable, readable } = new TransformStream();
class Kept { words = readable; self() { return this; } }
const reading = (async () => { for await (const word of new Kept().self().words) console.log(word); })();
await writable.getWriter().write("a");
await reading;`,
    ],
    [
      "an arrow that gives back its object",
      `const { writable, readable } = new TransformStream();
class Kept { words = readable; self = () => this; }
const reading = (async () => { for await (const word of new Kept().self().words) console.log(word); })();
await writable.getWriter().write("a");
await reading;`,
    ],
    [
      "a number that a function gives back",
      `import { channel } from "tailrace";
const size = () => 2;
const jobs = channel({ capacity: size() });
await jobs.send(1);
await jobs.send(2);
for await (const job of jobs) run(job);`,
    ],
    [
      "a number that a function gives back, one too many",
      `import { channel } from "tailrace";
const size = () => 2;
const jobs = channel({ capacity: size() });
await jobs.send(1);
await jobs.send(2);
await jobs.send(3); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "a default that is made by a call",
      `const { writable, readable } = new TransformStream();
const open = () => readable;
const read = async (words = open()) => { for await (const word of words) console.log(word); };
const reading = read();
await writable.getWriter().write("a");
await reading;`,
    ],
    [
      "a default in a pattern that is made by a call",
      `const { writable, readable } = new TransformStream();
const open = () => readable;
const { words = open() } = load();
const reading = (async () => { for await (const word of words) console.log(word); })();
await writable.getWriter().write("a");
await reading;`,
    ],
  ])("%s", ([, code]) => {
    check(code);
  });
});

describe("what is read or handed on, and what is not", () => {
  test.for<[name: string, code: string]>([
    [
      "options of another file",
      `import { options } from "elsewhere";
const pipe = new TransformStream({}, {}, options);
await pipe.writable.getWriter().write("a");
for await (const word of pipe.readable) console.log(word);`,
    ],
    [
      "options of another file, and no end of writes",
      `import { options } from "elsewhere";
const pipe = new TransformStream({}, {}, options);
const writer = pipe.writable.getWriter();
for (const word of words) await writer.write(word); // starves
for await (const word of pipe.readable) console.log(word);`,
    ],
    [
      "a promise or a stream",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const pass = new PassThrough({ highWaterMark: 1 });
const kept = flag ? Promise.resolve(1) : pass;
kept.resume?.();
pass.write("abc");
await once(pass, "drain");`,
    ],
    [
      "an iterator that is ended with a value",
      `const { writable, readable } = new TransformStream();
function* words() { yield 1; }
words().return(readable);
await writable.getWriter().write("a"); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "an iterator that is told of an error",
      `const { writable, readable } = new TransformStream();
function* words() { yield 1; }
words().throw(readable);
await writable.getWriter().write("a"); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "what a filter's function gives is not in the list",
      `const { writable, readable } = new TransformStream();
const kept = hosts.filter(() => readable);
const reading = (async () => { for await (const word of kept[0]) console.log(word); })();
await writable.getWriter().write("a"); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "a write of nothing",
      `const { writable, readable } = new TransformStream();
await writable.getWriter().write(); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "what Array.fromAsync gives",
      `const { writable, readable } = new TransformStream();
async function* give() { yield readable; }
const all = await Array.fromAsync(give());
const reading = (async () => { for await (const word of all[0]) console.log(word); })();
await writable.getWriter().write("a");
await reading;`,
    ],
    [
      "a key is no stream",
      `const { writable, readable } = new TransformStream();
const [name] = Object.keys({ readable });
for (const letter of name) console.log(letter);
await writable.getWriter().write("a"); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "the eleventh of a list",
      `const { writable, readable } = new TransformStream();
const list = names.map(() => readable);
const reading = (async () => { for await (const word of list[10]) console.log(word); })();
await writable.getWriter().write("a");
await reading;`,
    ],
    [
      "a property of a list is none of its elements",
      `const { writable, readable } = new TransformStream();
const list = [readable];
for (const one of list.part1) console.log(one);
await writable.getWriter().write("a"); // starves
for await (const word of list[0]) console.log(word);`,
    ],
    [
      "a property of a list that begins with a number is none of its elements",
      `const { writable, readable } = new TransformStream();
const list = [readable];
for (const one of list["1st"]) console.log(one);
await writable.getWriter().write("a"); // starves
for await (const word of list[0]) console.log(word);`,
    ],
    [
      "a static method and one of its objects, of the same name",
      `const { writable, readable } = new TransformStream();
class Kept { static get() { return []; } get() { return readable; } }
const kept = new Kept();
const reading = (async () => { for await (const word of kept.get()) console.log(word); })();
await writable.getWriter().write("a");
await reading;`,
    ],
    [
      "ready, then two writes of which one is awaited",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
for (const word of words) {
  await writer.ready;
  void writer.write("-");
  await writer.write(word); // starves
}
for await (const word of readable) console.log(word);`,
    ],
    [
      "a method of a stream that writes by the method above",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
class Loud extends PassThrough { shout(text) { super.write(text); } }
const loud = new Loud();
for (const text of texts) loud.shout(text);
await once(loud, "finish"); // starves
for await (const chunk of loud) console.log(chunk);`,
    ],
    [
      "a map that is asked for what is not known",
      `const { writable, readable } = new TransformStream();
const kept = new Map([["a", readable]]);
kept.update(readable);
await writable.getWriter().write("a");
for await (const word of readable) console.log(word);`,
    ],
    [
      "a stream with a method of its own, given a callback",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
class Loud extends PassThrough { later(run) { setTimeout(run, 1); } }
const loud = new Loud();
loud.later(() => loud.resume());
for (const text of texts) loud.write(text);
await once(loud, "finish");`,
    ],
    [
      "a property of a query that is not known",
      `import knex from "knex";
const { writable, readable } = new TransformStream();
const query = knex("words").insert({ words: readable });
const sent = query.returning;
await writable.getWriter().write("a"); // starves
await query;`,
    ],
  ])("%s", ([, code]) => {
    check(code);
  });
});

describe("the message says where the first reader starts", () => {
  test.for<[name: string, code: string]>([
    [
      "the first of two readers",
      `const { writable, readable } = new TransformStream();
const reader = readable.getReader();
await writable.getWriter().write("a"); // starves
console.log(await reader.read()); // reads
console.log(await reader.read());`,
    ],
    [
      "the first of two readers in the source, though reached last",
      `const { writable, readable } = new TransformStream();
const reader = readable.getReader();
await writable.getWriter().write("a"); // starves
if (flag) {
  console.log(await reader.read()); // reads
} else {
  console.log(await reader.read());
}`,
    ],
    [
      "the call of a reader that is declared further up",
      `const { writable, readable } = new TransformStream();
const read = async () => { for await (const word of readable) console.log(word); };
await writable.getWriter().write("a"); // starves
await read(); // reads`,
    ],
    [
      "the first of three readers in a helper and here",
      `const { writable, readable } = new TransformStream();
const reader = readable.getReader();
await writable.getWriter().write("a"); // starves
console.log(await reader.read(), 1); // reads
await Promise.all([reader.read(), reader.read()]);
for (;;) console.log(await reader.read());`,
    ],
    [
      "a reader behind a closed writer",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
await writer.write("a"); // starves
if (flag) await writer.abort();
for await (const word of readable) console.log(word); // reads`,
    ],
  ])("%s", ([, code]) => {
    check(code);
    const start = code.split("\n").findIndex((line) => line.endsWith("// reads")) + 1;
    expect(lint(code)[0]?.message).toMatch(new RegExp(`(?:starts|starts only) on line ${String(start)}\\b`, "u"));
  });
});
