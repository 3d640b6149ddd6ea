import { describe, test } from "vitest";
import { check } from "../lint.ts";

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
