import { describe, expect, test } from "vitest";
import { lint } from "./lint.ts";
import type { LintOptions } from "./lint.ts";

/** A program says itself which of its lines starve. */
const check = (code: string, options: LintOptions = {}): void => {
  const starving = code.split("\n").flatMap((line, index) => (line.endsWith("// starves") ? [index + 1] : []));
  expect(lint(code, options).map(({ line }) => line)).toEqual(starving);
};

describe("what a list is asked to do with what is in it", () => {
  test.for<[string, string]>([
    [
      "a callback of which nothing is known may read",
      `export async function run(consume) {
  const { writable, readable } = new TransformStream();
  [readable].forEach(consume);
  await writable.getWriter().write("a");
}`,
    ],
    [
      "such a callback of a map may read, too",
      `export async function run(consume) {
  const { writable, readable } = new TransformStream();
  const texts = [readable].map(consume);
  await writable.getWriter().write("a");
  await Promise.all(texts);
}`,
    ],
    [
      "a callback that is no function that we know may read",
      `const consumer = { handle(one) {} };
const { writable, readable } = new TransformStream();
[readable].forEach(consumer);
await writable.getWriter().write("a");`,
    ],
    [
      "a callback that calls the function around it may read",
      `function walk(streams) { streams.forEach((one) => { walk([one]); }); }
const { writable, readable } = new TransformStream();
walk([readable]);
await writable.getWriter().write("a");`,
    ],
    [
      "a function of Node that reads",
      `import { text } from "node:stream/consumers";
const { writable, readable } = new TransformStream();
const done = Promise.all([readable].map(text));
await writable.getWriter().write("a");
await done;`,
    ],
    [
      "a function of Node that only wraps",
      `import { once } from "node:events";
import { PassThrough, Readable } from "node:stream";
const spool = new PassThrough();
const copies = [spool].map(Readable.from);
spool.write(Buffer.alloc(70_000));
await once(spool, "drain"); // starves
for await (const part of copies[0]) console.log(part);`,
    ],
    [
      "a query for each",
      `import knex from "knex";
const db = knex({});
const { writable, readable } = new TransformStream();
const queries = [readable].map(db);
await writable.getWriter().write("a"); // starves
await Promise.all(queries);`,
    ],
    [
      "a resolver for each",
      `let open;
const opened = new Promise((resolve) => { open = resolve; });
[1].forEach(open);
await opened;
open();`,
    ],
    [
      "a generator for each, before they are iterated",
      `const { writable, readable } = new TransformStream();
const lists = [readable].map(async function* (one) { yield* one; });
await writable.getWriter().write("a"); // starves
for (const list of lists) for await (const word of list) console.log(word);`,
    ],
    [
      "a generator for each, while they are iterated",
      `const { writable, readable } = new TransformStream();
const lists = [readable].map(async function* (one) { yield* one; });
const done = Promise.all(lists.map(async (list) => { for await (const word of list) console.log(word); }));
await writable.getWriter().write("a");
await done;`,
    ],
    ...["every", "some", "find", "findLast", "findIndex", "filter", "forEach", "map", "flatMap"].map(
      (name): [string, string] => [
        `${name} runs its function`,
        `const { writable, readable } = new TransformStream();
[readable].${name}((one) => { void new Response(one).text(); return true; });
await writable.getWriter().write("a");`,
      ],
    ),
    ...["includes", "indexOf"].map((name): [string, string] => [
      `${name} keeps nothing`,
      `const { writable, readable } = new TransformStream();
console.log([].${name}(readable));
await writable.getWriter().write("a"); // starves`,
    ]),
    ...["has", "delete"].map((name): [string, string] => [
      `${name} keeps nothing`,
      `const { writable, readable } = new TransformStream();
console.log(new Set().${name}(readable));
await writable.getWriter().write("a"); // starves`,
    ]),
    [
      "what is in it is still there when it is cleared, for all that we know",
      `const { writable, readable } = new TransformStream();
const kept = new Set([readable]);
kept.clear();
console.log(kept.keys());
await writable.getWriter().write("a"); // starves
for (const one of kept) for await (const word of one) console.log(word);`,
    ],
  ])("%s", ([, code]) => {
    check(code);
  });
});

describe("how many items a list has", () => {
  const room = `const pipe = new TransformStream({}, {}, { highWaterMark: 2 });
const writer = pipe.writable.getWriter();
`;
  const reading = `\nfor await (const word of pipe.readable) console.log(word);`;

  test.for<[string, string]>([
    ["as many as are written out", `for (const word of ["a", "b"]) await writer.write(word);`],
    ["one too many", `for (const word of ["a", "b", "c"]) await writer.write(word); // starves`],
    [
      "as many after a slice of it",
      `const words = ["a", "b"]; words.slice(1);\nfor (const word of words) await writer.write(word);`,
    ],
    [
      "as many after others were made of it",
      `const words = ["a", "b"]; words.with(0, "c"); words.concat(["d"]); words.toSpliced(0, 0, "e");\nfor (const word of words) await writer.write(word);`,
    ],
    [
      "more after a splice",
      `const words = ["a", "b"]; words.splice(0, 0, "c");\nfor (const word of words) await writer.write(word); // starves`,
    ],
    [
      "more after a push",
      `const words = ["a", "b"]; words.push("c");\nfor (const word of words) await writer.write(word); // starves`,
    ],
    [
      "more after an unshift",
      `const words = ["a", "b"]; words.unshift("c");\nfor (const word of words) await writer.write(word); // starves`,
    ],
    [
      "more after another was added",
      `const words = new Set(["a", "b"]); words.add("c");\nfor (const word of words) await writer.write(word); // starves`,
    ],
    [
      "more after another was set",
      `const words = new Map([["a", 1], ["b", 2]]); words.set("c", 3);\nfor (const word of words) await writer.write(word); // starves`,
    ],
    [
      "as many as there is room for in an array",
      `for (const word of new Array(2).fill("a")) await writer.write(word);`,
    ],
    ["as many as there are keys", `for (const word of new Map([["a", 1], ["b", 2]])) await writer.write(word);`],
    ["as many values", `for (const word of new Map([["a", 1], ["b", 2]]).values()) await writer.write(word);`],
    ["as many entries", `for (const word of ["a", "b"].entries()) await writer.write(word);`],
    ["as many of a map", `for (const word of ["a", "b"].map((one) => one)) await writer.write(word);`],
    ["as many in order", `for (const word of ["a", "b"].toSorted()) await writer.write(word);`],
    [
      "more of a flat map",
      `for (const word of ["a", "b"].flatMap((one) => [one, one])) await writer.write(word); // starves`,
    ],
    ["more of a flat list", `for (const word of [["a", "b"], ["c", "d"]].flat()) await writer.write(word); // starves`],
    ["more of two lists", `for (const word of ["a", "b"].concat(["c"])) await writer.write(word); // starves`],
  ])("%s", ([, code]) => {
    check(room + code + reading);
  });
});

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

describe("names that hold each other", () => {
  test.for<[string, string]>([
    [
      "one that holds a member of itself",
      `var hub = hub.inner;
await new Promise((resolve) => hub.listen(resolve));`,
    ],
    [
      "two that hold what the other gives",
      `var one = two.call();
var two = one.call();
await new Promise((resolve) => one.listen(resolve));`,
    ],
  ])("%s", ([, code]) => {
    check(code);
  });
});

describe("code that leads too far is not judged", () => {
  const starving = `const { writable, readable } = new TransformStream();
await writable.getWriter().write("a");
for await (const word of readable) console.log(word);`;
  const reported = (code: string, options: LintOptions = {}): boolean => lint(code, options).length > 0;

  test("by 600 calls it does not", () => {
    const calls = (count: number): string => `const step = () => {};\n${"step();\n".repeat(count)}${starving}`;
    expect([reported(calls(600)), reported(calls(601))]).toEqual([true, false]);
  });

  test("by 300 of these to what other files made", () => {
    const files = { "maker.ts": `export const maker = () => () => { new TransformStream(); };` };
    const calls = (count: number): string =>
      `import { maker } from "./maker.ts";\nconst step = maker();\n${starving.replace("\n", `\n${"step();\n".repeat(count)}`)}`;
    expect([reported(calls(299), { files }), reported(calls(300), { files })]).toEqual([true, false]);
  });

  test("by 100 of those before anything is made", () => {
    const files = {
      "maker.ts": `export const maker = () => () => {};
export const opener = () => () => {
  const { writable, readable } = new TransformStream<string, string>();
  return { writer: writable.getWriter(), readable };
};`,
    };
    const calls = (count: number): string => `import { maker, opener } from "./maker.ts";
const step = maker();
const open = opener();
${"step();\n".repeat(count)}const { writer, readable } = open();
await writer.write("a");
for await (const word of readable) console.log(word);`;
    expect([reported(calls(97), { files }), reported(calls(98), { files })]).toEqual([true, false]);
  });

  test("a stream that is handed through twelve calls may be read", () => {
    const through = (depth: number): string =>
      `${Array.from({ length: depth }, (_, at) => `const step${String(at)} = (one) => step${String(at + 1)}(one);`).join("\n")}
const step${String(depth)} = (one) => {};
const { writable, readable } = new TransformStream();
step0(readable);
await writable.getWriter().write("a");`;
    expect([reported(through(11)), reported(through(12))]).toEqual([true, false]);
  });
});
