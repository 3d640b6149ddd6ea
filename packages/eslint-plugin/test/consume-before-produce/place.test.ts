import { describe, test } from "vitest";
import { check } from "../lint.ts";
import type { LintOptions } from "../lint.ts";

describe("where the report stands", () => {
  test.for<[string, string, LintOptions]>([
    [
      "at the call of a function of another file that waits before it calls back",
      `import { run } from "./run.ts";
await run(async (source) => { for await (const word of source) console.log(word); }); // starves`,
      {
        files: {
          "run.ts": `export async function run(read: (source: ReadableStream<string>) => Promise<void>): Promise<void> {
  const { writable, readable } = new TransformStream<string, string>();
  await writable.getWriter().write("a");
  await read(readable);
}`,
        },
      },
    ],
    [
      "at the call of a function of another file that makes and fills what another one reads",
      `import { collect, filled, make } from "./io.ts";
const readable = await filled(make); // starves
await collect(readable);`,
      {
        files: {
          "io.ts": `export const make = () => new TransformStream<string, string>();
export async function filled(open: () => TransformStream<string, string>): Promise<ReadableStream<string>> {
  const { writable, readable } = open();
  await writable.getWriter().write("a");
  return readable;
}
export async function collect(source: ReadableStream<string>): Promise<void> {
  for await (const word of source) console.log(word);
}`,
        },
      },
    ],
    [
      "at the call of a function that only sends, in whatever function of its own",
      `function make() { return new TransformStream(); }
async function run(pipe) { await Promise.all([1].map(async () => { await pipe.writable.getWriter().write("a"); })); }
await run(make()); // starves`,
      {},
    ],
    [
      "where a call is awaited by who made it, not by others",
      `const pipe = new TransformStream();
async function send() { await pipe.writable.getWriter().write("a"); }
const sending = send();
async function settle() {
  await sending;
}
void settle();
await sending; // starves
for await (const word of pipe.readable) console.log(word);`,
      {},
    ],
    [
      "at the send, in a function of unknown callers with a this of its own",
      `export async function fill() {
  const { writable, readable } = new TransformStream();
  this.writer = writable.getWriter();
  await this.writer.write("a"); // starves
  for await (const word of readable) console.log(word);
}`,
      {},
    ],
    [
      "at the call of a function of another file that uses this one",
      `import { send } from "./send.ts";
const pipe = new TransformStream<string, string>();
export function out() { return pipe.writable; }
await send(); // starves
for await (const word of pipe.readable) console.log(word);`,
      {
        files: {
          "send.ts": `import { out } from "./file.ts";
export async function send(): Promise<void> { await out().getWriter().write("a"); }`,
        },
      },
    ],
    [
      "with a module that is one function",
      `import open = require("./open.ts");
const { writer, readable } = open();
await writer.write("a"); // starves
for await (const word of readable) console.log(word);`,
      {
        files: {
          "open.ts": `export = function () {
  const { writable, readable } = new TransformStream<string, string>();
  return { writer: writable.getWriter(), readable };
};`,
        },
      },
    ],
    [
      "with a stream that is held as something unknown",
      `import type { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
declare function open(): PassThrough;
declare const source: AsyncIterable<string>;
const spool: unknown = open();
await pipeline(source, spool as PassThrough); // starves
for await (const part of spool as PassThrough) console.log(part);`,
      { files: {} },
    ],
  ])("%s", ([, code, options]) => {
    check(code, options);
  });
});
