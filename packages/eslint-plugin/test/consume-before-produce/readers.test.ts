import { describe, expect, test } from "vitest";
import { check, lint } from "../lint.ts";

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
