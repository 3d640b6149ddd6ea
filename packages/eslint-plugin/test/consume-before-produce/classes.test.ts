import { describe, test } from "vitest";
import { check } from "../lint.ts";

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
