import { describe, test } from "vitest";
import { check } from "../lint.ts";
import type { LintOptions } from "../lint.ts";

describe("what a type tells of a stream", () => {
  const filling = `import type { PassThrough } from "node:stream";
import { once } from "node:events";
export async function fill(spool: PassThrough): Promise<void> {
  spool.write(Buffer.alloc(70_000));
  await once(spool, "drain");
  spool.resume();
}`;

  test("is not that it holds as many bytes as items", () => {
    const code = `export async function fill(pipe: TransformStream<Buffer, Buffer>): Promise<void> {
  await pipe.writable.getWriter().write(Buffer.alloc(70_000));
  for await (const part of pipe.readable) console.log(part);
}`;
    check(code, { files: {} });
    check(filling.replace(`once(spool, "drain");`, `once(spool, "drain"); // starves`), { files: {} });
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
