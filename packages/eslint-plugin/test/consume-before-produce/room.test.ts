import { describe, test } from "vitest";
import { check } from "../lint.ts";

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
