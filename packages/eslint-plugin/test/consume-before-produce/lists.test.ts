import { describe, test } from "vitest";
import { check } from "../lint.ts";

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
