import { describe, expect, test } from "vitest";
import { lint } from "../lint.ts";

const lineOf = (code: string, text: string): number => code.split("\n").findIndex((line) => line.includes(text)) + 1;

describe("the message names the send, what it waits for, and where that would have started", () => {
  test("a reader further down", () => {
    const [report] = lint(`
const upper = new TransformStream();
const writer = upper.writable.getWriter();
await writer.write("a");
for await (const word of upper.readable) console.log(word);
`);
    expect(report?.line).toBe(4);
    expect(report?.message).toBe(
      '`writer.write("a")` waits until the `TransformStream` made on line 2 is read, but nothing reads it yet: its consumer starts on line 5 (`for await (const word of upper.readable)`), after this wait. Start the consumer before this wait; if it gives a promise, await that where it is now.',
    );
  });

  test("a generator that was called but is not iterated", () => {
    const code = `
async function* shout(words) { for await (const word of words) yield word.toUpperCase(); }
const words = new TransformStream();
const shouted = shout(words.readable);
await words.writable.getWriter().write("a");
for await (const word of shouted) console.log(word);
`;
    const [report] = lint(code);
    expect(report?.line).toBe(5);
    expect(report?.message).toContain(
      "its consumer (line 2) starts only on line 6 (`for await (const word of shouted)`)",
    );
  });

  test("a buffer of bytes: the size from which it hangs", () => {
    const [report] = lint(`
const gzip = new CompressionStream("gzip");
const writer = gzip.writable.getWriter();
for (const chunk of chunks) await writer.write(chunk);
console.log(await new Response(gzip.readable).text());
`);
    expect(report?.message).toContain("small inputs pass, and it hangs once the buffers are full");
  });

  test("a channel with room: how many items it takes", () => {
    const [report] = lint(`
import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (const job of all) await jobs.send(job);
for await (const job of jobs) run(job);
`);
    expect(report?.line).toBe(4);
    expect(report?.message).toContain("it hangs after 2 items");
  });

  test("a readable side that is only handed on later", () => {
    const [report] = lint(`
async function page() {
  const html = new TransformStream();
  const writer = html.writable.getWriter();
  await writer.write("<p>");
  return new Response(html.readable);
}
`);
    expect(report?.line).toBe(5);
    expect(report?.message).toContain(
      "nothing can read it yet: it is first handed on, on line 6 (`new Response(html.readable)`)",
    );
  });

  test("nothing that reads at all", () => {
    const [report] = lint(`
const text = new TextEncoderStream();
await text.writable.getWriter().write("a");
`);
    expect(report?.message).toContain("but nothing ever reads it");
  });

  test("a consumer that waits for a permit", () => {
    const [report] = lint(`
import pLimit from "p-limit";
const limit = pLimit(2);
const pipes = ["a", "b", "c"].map(() => new TransformStream());
const read = Promise.all(pipes.map(({ readable }) => limit(() => new Response(readable).text())));
for (const { writable } of pipes) await writable.getWriter().write("x");
await read;
`);
    expect(report?.line).toBe(6);
    expect(report?.message).toContain("its consumer on line 5 is queued: the limit has fewer permits than consumers");
  });
});

test("a promise of one's own, resolved by a generator that is not iterated", () => {
  const [report] = lint(`
async function* acknowledge(taken) {
  taken.resolve();
  yield "taken";
}
const taken = Promise.withResolvers();
const answers = acknowledge(taken);
await taken.promise;
for await (const answer of answers) console.log(answer);
`);
  expect(report?.line).toBe(8);
  expect(report?.message).toBe(
    "`await taken.promise` waits for the promise made on line 6, but what resolves that is not running: it (line 3) starts only on line 9 (`for await (const answer of answers)`), after this wait. Start it before this wait, or do not await this before it runs.",
  );
});

test("a function that others call may resolve by one call what another one waits for", () => {
  const waiting = (test: string): number =>
    lint(`import { register } from "elsewhere";
const first = Promise.withResolvers<void>();
register(async (isFirst: boolean) => {
  ${test} await first.promise;
  first.resolve();
});
`).length;
  expect(waiting("if (!isFirst)")).toBe(0);
  expect(waiting("")).toBe(1);
});

describe("numbers that are decided at run time", () => {
  const code = `
import pLimit from "p-limit";
const limit = pLimit(2);
const pipes = hosts.map(() => new TransformStream());
const read = Promise.all(pipes.map(({ readable }) => limit(() => new Response(readable).text())));
for (const { writable } of pipes) await writable.getWriter().write("x");
await read;
`;
  test("are not judged by default", () => {
    expect(lint(code)).toEqual([]);
  });
  test("are judged under strict", () => {
    const [report] = lint(code, { rules: { "tailrace/consume-before-produce": ["error", { strict: true }] } });
    expect(report?.line).toBe(6);
  });
});

describe("the suggestion", () => {
  test("starts the consumer as an async function before the wait, with what it declares", () => {
    const [report] = lint(
      `
const upper = new TransformStream();
const writer = upper.writable.getWriter();
await writer.write("a");
let text = "";
for await (const word of upper.readable) text += word;
`,
      { language: "espree" },
    );
    expect(report?.suggestions).toEqual([
      `
const upper = new TransformStream();
const writer = upper.writable.getWriter();
let text = "";
const consuming = (async () => { for await (const word of upper.readable) text += word; })();
await writer.write("a");
await consuming;
`,
    ]);
  });

  test("uses drive where the file knows tailrace", () => {
    const [report] = lint(`
import { channel } from "tailrace";
const jobs = channel();
await jobs.send(1);
const job = await jobs.receive();
`);
    expect(report?.suggestions).toEqual([
      `
import { channel, drive } from "tailrace";
const jobs = channel();
const consuming = drive(async () => await jobs.receive());
await jobs.send(1);
const job = await consuming;
`,
    ]);
  });

  test("drives generators where they are made", () => {
    const [report] = lint(`
import { channel, drive } from "tailrace";
async function* work(jobs) { for await (const job of jobs) yield job; }
const channels = [channel(), channel()];
const results = channels.map((jobs) => work(jobs));
for (const jobs of channels) await jobs.send(1);
for (const result of results) for await (const item of result) console.log(item);
`);
    expect(report?.suggestions[0]).toContain("const results = channels.map((jobs) => drive(work(jobs)));");
  });

  test("is not offered where the consumer could leave the function", () => {
    const [report] = lint(`
async function first(words) {
  const upper = new TransformStream();
  const writer = upper.writable.getWriter();
  for (const word of words) await writer.write(word);
  for await (const word of upper.readable) { if (word) return word; }
}
`);
    expect(report?.line).toBe(5);
    expect(report?.suggestions).toEqual([]);
  });
});

describe("with types", () => {
  const files = {
    "pipes.ts": `
import { PassThrough } from "node:stream";
export function lines(): TransformStream<string, string> { return new TransformStream(); }
export function spool(): PassThrough { return new PassThrough(); }
export class Upper extends TransformStream<string, string> {}
`,
  };

  test("a stream made in another file is followed there", () => {
    const code = `
import { lines } from "./pipes.ts";
const pair = lines();
const writer = pair.writable.getWriter();
for (const word of ["a", "b"].concat(process.argv)) await writer.write(word);
for await (const word of pair.readable) console.log(word);
`;
    const [report] = lint(code, { files });
    expect(report?.line).toBe(lineOf(code, "writer.write"));
    expect(report?.message).toContain("waits until the `TransformStream` made on line 3 of pipes.ts is read");
    expect(lint(code)).toEqual([]);
  });

  test("a stream made in code that is not there is known by its type", () => {
    const declared = { "pipes.d.ts": "export function lines(): TransformStream<string, string>;" };
    const code = `
import { lines } from "./pipes.js";
const pair = lines();
const writer = pair.writable.getWriter();
for (const word of ["a", "b"].concat(process.argv)) await writer.write(word);
for await (const word of pair.readable) console.log(word);
`;
    const [report] = lint(code, { files: declared });
    expect(report?.line).toBe(lineOf(code, "writer.write"));
    expect(report?.message).toContain("waits until the stream that `lines()` gave on line 3 is read");
  });

  test("a stream that is a parameter, written and then read by the same function", () => {
    const code = `
export async function upper(pair: TransformStream<string, string>, words: string[]): Promise<void> {
  const writer = pair.writable.getWriter();
  for (const word of words) await writer.write(word);
  for await (const word of pair.readable) console.log(word);
}
`;
    expect(lint(code, { files }).map(({ line }) => line)).toEqual([lineOf(code, "writer.write")]);
  });

  test("a stream that is a parameter and is only written has its reader elsewhere", () => {
    const code = `
export async function fill(pair: TransformStream<string, string>, words: string[]): Promise<void> {
  const writer = pair.writable.getWriter();
  for (const word of words) await writer.write(word);
}
`;
    expect(lint(code, { files })).toEqual([]);
  });

  test("a type of the same name from elsewhere is not a stream", () => {
    const code = `
interface TransformStream { writable: { getWriter(): { write(x: string): Promise<void> } }; readable: AsyncIterable<string> }
declare function make(): TransformStream;
const pair = make();
for (const word of process.argv) await pair.writable.getWriter().write(word);
for await (const word of pair.readable) console.log(word);
export {};
`;
    expect(lint(code, { files })).toEqual([]);
  });
});

describe("plain JavaScript", () => {
  test("CommonJS with require", () => {
    const reports = lint(
      `
const { PassThrough } = require("stream");
const { pipeline } = require("stream/promises");
async function size(source) {
  const spool = new PassThrough();
  await pipeline(source, spool);
  let bytes = 0;
  for await (const chunk of spool) bytes += chunk.length;
  return bytes;
}
module.exports = { size };
`,
      { language: "commonjs" },
    );
    expect(reports.map(({ line }) => line)).toEqual([6]);
  });
});
