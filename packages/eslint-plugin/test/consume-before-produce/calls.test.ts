import { describe, test } from "vitest";
import { check } from "../lint.ts";

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
