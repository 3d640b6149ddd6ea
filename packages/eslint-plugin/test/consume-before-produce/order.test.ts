import { describe, test } from "vitest";
import { check } from "../lint.ts";

describe("the order of things", () => {
  test.for<[string, string]>([
    [
      "a wait in a helper is reported where the reader comes after its call",
      `async function fill(writer, words) {
  for (const word of words) await writer.write(word);
}
const { writable, readable } = new TransformStream();
await fill(writable.getWriter(), list()); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "a helper that runs beside the reader",
      `async function fill(writer, words) {
  for (const word of words) await writer.write(word);
}
const { writable, readable } = new TransformStream();
const filled = fill(writable.getWriter(), list());
for await (const word of readable) console.log(word);
await filled;`,
    ],
    [
      "a helper that is awaited later, before the reader",
      `async function fill(writer, words) {
  for (const word of words) await writer.write(word);
}
const { writable, readable } = new TransformStream();
const filled = fill(writable.getWriter(), list());
console.log("filling");
await filled; // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "a promise that is kept and awaited before the reader",
      `const { writable, readable } = new TransformStream();
const written = writable.getWriter().write("a");
await written; // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "a promise that is kept and awaited after the reader",
      `const { writable, readable } = new TransformStream();
const written = writable.getWriter().write("a");
for await (const word of readable) console.log(word);
await written;`,
    ],
    [
      "a promise that nobody awaits",
      `const { writable, readable } = new TransformStream();
writable.getWriter().write("a");
for await (const word of readable) console.log(word);`,
    ],
    [
      "only the first of two waits",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
await writer.write("a"); // starves
await writer.write("b");
for await (const word of readable) console.log(word);`,
    ],
    [
      "waits on two pipes, of which the first stops control",
      `const one = new TransformStream();
const other = new TransformStream();
await one.writable.getWriter().write("a"); // starves
await other.writable.getWriter().write("b");
for await (const word of one.readable) console.log(word);
for await (const word of other.readable) console.log(word);`,
    ],
    [
      "waits on two pipes, each read after its own",
      `const one = new TransformStream();
const other = new TransformStream();
await one.writable.getWriter().write("a"); // starves
for await (const word of one.readable) console.log(word);
await other.writable.getWriter().write("b"); // starves
for await (const word of other.readable) console.log(word);`,
    ],
    [
      "either of two waits",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
if (flag()) await writer.write("a"); // starves
else await writer.write("b");
for await (const word of readable) console.log(word);`,
    ],
    [
      "a reader that starts on one path only",
      `const { writable, readable } = new TransformStream();
let done;
if (flag()) done = new Response(readable).text();
await writable.getWriter().write("a");
await (done ?? new Response(readable).text());`,
    ],
    [
      "a reader in the catch",
      `const { writable, readable } = new TransformStream();
try {
  await writable.getWriter().write("a"); // starves
} catch {
  await readable.cancel();
}`,
    ],
    [
      "a reader in the finally",
      `const { writable, readable } = new TransformStream();
try {
  await writable.getWriter().write("a"); // starves
} finally {
  await readable.cancel();
}`,
    ],
    [
      "a reader in the turn before",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
let done;
for (const word of words()) {
  if (done) await writer.write(word);
  done ??= new Response(readable).text();
}`,
    ],
    [
      "a reader in an earlier callback",
      `const { writable, readable } = new TransformStream();
const done = Promise.resolve().then(() => new Response(readable).text());
await writable.getWriter().write("a");
await done;`,
    ],
    [
      "a reader in a timer",
      `const { writable, readable } = new TransformStream();
setTimeout(() => { void new Response(readable).text(); }, 10);
await writable.getWriter().write("a");`,
    ],
    [
      "a reader in a function that is never called before",
      `const { writable, readable } = new TransformStream();
const read = () => new Response(readable).text();
await writable.getWriter().write("a"); // starves
await read();`,
    ],
    [
      "a reader that is exported",
      `const { writable, readable } = new TransformStream();
export const read = () => new Response(readable).text();
await writable.getWriter().write("a");`,
    ],
    [
      "a pipe that is exported",
      `const { writable, readable } = new TransformStream();
export { readable };
await writable.getWriter().write("a");`,
    ],
    [
      "a pipe that is exported as default",
      `const { writable, readable } = new TransformStream();
export default readable;
await writable.getWriter().write("a");`,
    ],
    [
      "an exported declaration",
      `export const { writable, readable } = new TransformStream();
await writable.getWriter().write("a");`,
    ],
    [
      "an exported function reads later",
      `const { writable, readable } = new TransformStream();
export async function read() { for await (const word of readable) console.log(word); }
await writable.getWriter().write("a");`,
    ],
    [
      "a returned pair",
      `function open() {
  const { writable, readable } = new TransformStream();
  return { writer: writable.getWriter(), readable };
}
const { writer, readable } = open();
await writer.write("a"); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "a function that returns its reading end too late",
      `async function page() {
  const { writable, readable } = new TransformStream();
  await writable.getWriter().write("a"); // starves
  return readable;
}`,
    ],
    [
      "a function that returns its reading end beside the writes",
      `function page() {
  const { writable, readable } = new TransformStream();
  void (async () => { await writable.getWriter().write("a"); })();
  return readable;
}`,
    ],
    [
      "an arrow that gives its reading end",
      `const page = (writer, readable) => readable;
async function send() {
  const { writable, readable } = new TransformStream();
  const kept = page(writable, readable);
  await writable.getWriter().write("a"); // starves
  return kept;
}`,
    ],
    [
      "a generator that yields its reading end",
      `async function* pages() {
  const { writable, readable } = new TransformStream();
  yield readable;
  await writable.getWriter().write("a");
}`,
    ],
    [
      "a generator that yields its reading end too late",
      `async function* pages() {
  const { writable, readable } = new TransformStream();
  await writable.getWriter().write("a"); // starves
  yield readable;
}`,
    ],
    [
      "a field that others may read",
      `class Page {
  pipe = new TransformStream();
  async send() { await this.pipe.writable.getWriter().write("a"); }
}`,
    ],
    [
      "a method that writes, then one that reads",
      `class Page {
  #pipe = new TransformStream();
  async send() { await this.#pipe.writable.getWriter().write("a"); }
  async read() { for await (const word of this.#pipe.readable) console.log(word); }
}
const page = new Page();
await page.send(); // starves
await page.read();`,
    ],
    [
      "a method that reads in time",
      `class Page {
  #pipe = new TransformStream();
  async send() { await this.#pipe.writable.getWriter().write("a"); }
  async read() { for await (const word of this.#pipe.readable) console.log(word); }
}
const page = new Page();
const done = page.read();
await page.send();
await done;`,
    ],
    [
      "a method that does both",
      `class Page {
  async run() {
    const pipe = new TransformStream();
    await pipe.writable.getWriter().write("a"); // starves
    for await (const word of pipe.readable) console.log(word);
  }
}`,
    ],
    [
      "one of many pipes, in the order of a loop",
      `const pipes = names.map(() => new TransformStream());
for (const pipe of pipes) {
  await pipe.writable.getWriter().write("a"); // starves
  for await (const word of pipe.readable) console.log(word);
}`,
    ],
    [
      "many pipes, all read before",
      `const pipes = names.map(() => new TransformStream());
const done = pipes.map(({ readable }) => new Response(readable).text());
for (const pipe of pipes) await pipe.writable.getWriter().write("a");
await Promise.all(done);`,
    ],
    [
      "many pipes, each read in the turn of its writes",
      `const pipes = names.map(() => new TransformStream());
for (const pipe of pipes) {
  const done = new Response(pipe.readable).text();
  await pipe.writable.getWriter().write("a");
  await done;
}`,
    ],
    [
      "many pipes, each read by a callback after its write",
      `const pipes = names.map(() => new TransformStream());
await Promise.all(pipes.map(async (pipe) => {
  await pipe.writable.getWriter().write("a"); // starves
  await new Response(pipe.readable).text();
}));`,
    ],
    [
      "a pipe for each turn",
      `for (const name of names) {
  const pipe = new TransformStream();
  await pipe.writable.getWriter().write(name); // starves
  await new Response(pipe.readable).text();
}`,
    ],
    [
      "a pipe for each turn, read before its write",
      `for (const name of names) {
  const pipe = new TransformStream();
  const done = new Response(pipe.readable).text();
  await pipe.writable.getWriter().write(name);
  await done;
}`,
    ],
    [
      "the pipe of the turn before is read",
      `let last;
for (const name of names) {
  const pipe = new TransformStream();
  if (last) void new Response(last.readable).text();
  await pipe.writable.getWriter().write(name);
  last = pipe;
}`,
    ],
    [
      "a function that calls itself",
      `async function visit(node, writer, readable) {
  if (!node) return new Response(readable).text();
  await writer.write(node.name);
  return visit(node.next, writer, readable);
}
async function start(node) {
  const { writable, readable } = new TransformStream();
  return visit(node, writable.getWriter(), readable);
}`,
    ],
    [
      "a class that makes itself",
      `class Node {
  pipe = new TransformStream();
  next = flag() ? new Node() : undefined;
  async send() { await this.pipe.writable.getWriter().write("a"); }
}
const node = new Node();
await node.send(); // starves
await new Response(node.pipe.readable).text();`,
    ],
    [
      "a wrapped function",
      `const withLog = (run) => async (...given) => { console.log("start"); return run(...given); };
const { writable, readable } = new TransformStream();
const send = withLog(async (word) => { await writable.getWriter().write(word); });
await send("a"); // starves
await new Response(readable).text();`,
    ],
    [
      "a callback that runs at once",
      `const { writable, readable } = new TransformStream();
const run = async (job) => { await job(); };
await run(async () => { await writable.getWriter().write("a"); }); // starves
await new Response(readable).text();`,
    ],
    [
      "an async function called on the spot",
      `const { writable, readable } = new TransformStream();
await (async () => {
  await writable.getWriter().write("a"); // starves
})();
await new Response(readable).text();`,
    ],
    [
      "an async function called on the spot, beside the reader",
      `const { writable, readable } = new TransformStream();
const sent = (async () => {
  await writable.getWriter().write("a");
})();
await new Response(readable).text();
await sent;`,
    ],
    [
      "all at once, with the reader",
      `const { writable, readable } = new TransformStream();
await Promise.all([writable.getWriter().write("a"), new Response(readable).text()]);`,
    ],
    [
      "all at once, without the reader",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
await Promise.all([writer.write("a"), writer.write("b")]); // starves
await new Response(readable).text();`,
    ],
    [
      "all at once, by a function of each",
      `const { writable, readable } = new TransformStream();
const send = async () => { await writable.getWriter().write("a"); };
const read = async () => { for await (const word of readable) console.log(word); };
await Promise.all([send(), read()]);`,
    ],
    [
      "a race",
      `const { writable, readable } = new TransformStream();
await Promise.race([writable.getWriter().write("a"), timeout()]);
await new Response(readable).text();`,
    ],
    [
      "a chain of then, the reader last",
      `const { writable, readable } = new TransformStream();
writable.getWriter().write("a").then(() => new Response(readable).text()); // starves`,
    ],
    [
      "an awaited chain of then, the reader last",
      `const { writable, readable } = new TransformStream();
await writable.getWriter().write("a").then(() => new Response(readable).text()); // starves`,
    ],
    [
      "a chain of then, with a catch",
      `const { writable, readable } = new TransformStream();
await writable.getWriter().write("a").catch(() => {}); // starves
await new Response(readable).text();`,
    ],
    [
      "a chain of then, with a finally",
      `const { writable, readable } = new TransformStream();
await writable.getWriter().write("a").finally(() => {}); // starves
await new Response(readable).text();`,
    ],
    [
      "given to code that is not known",
      `const { writable, readable } = new TransformStream();
consume(readable);
await writable.getWriter().write("a");`,
    ],
    [
      "given to code that is not known, in an object",
      `const { writable, readable } = new TransformStream();
consume({ body: readable });
await writable.getWriter().write("a");`,
    ],
    [
      "given to code that is not known, in an array",
      `const { writable, readable } = new TransformStream();
consume([readable, 1]);
await writable.getWriter().write("a");`,
    ],
    [
      "given to code that is not known, by a promise",
      `const { writable, readable } = new TransformStream();
consume(Promise.resolve(readable));
await writable.getWriter().write("a");`,
    ],
    [
      "given to code that is not known, by a function",
      `const { writable, readable } = new TransformStream();
consume(() => readable);
await writable.getWriter().write("a");`,
    ],
    [
      "given to code that is not known, by a method",
      `const { writable, readable } = new TransformStream();
class Page { body() { return readable; } }
consume(new Page());
await writable.getWriter().write("a");`,
    ],
    [
      "put into something that was given away",
      `const { writable, readable } = new TransformStream();
const kept = {};
consume(kept);
kept.body = readable;
await writable.getWriter().write("a");`,
    ],
    [
      "pushed into something that was given away",
      `const { writable, readable } = new TransformStream();
const kept = [];
consume(kept);
kept.push(readable);
await writable.getWriter().write("a");`,
    ],
    [
      "set in a map that was given away",
      `const { writable, readable } = new TransformStream();
const kept = new Map();
consume(kept);
kept.set("a", readable);
await writable.getWriter().write("a");`,
    ],
    [
      "put into something that is not known",
      `const { writable, readable } = new TransformStream();
const server = listen();
server.body = readable;
await writable.getWriter().write("a");`,
    ],
    [
      "only the writer is given away",
      `const { writable, readable } = new TransformStream();
consume(writable);
await writable.getWriter().write("a"); // starves
await new Response(readable).text();`,
    ],
    [
      "logged only",
      `const { writable, readable } = new TransformStream();
console.log(writable);
await writable.getWriter().write("a"); // starves
await new Response(readable).text();`,
    ],
    [
      "a parameter of a function that nobody calls",
      `export async function copy(pipe) {
  await pipe.writable.getWriter().write("a");
  await new Response(pipe.readable).text();
}`,
    ],
    [
      "a variable that a callback sets",
      `let pipe;
on("open", () => { pipe = new TransformStream(); });
on("data", async () => { await pipe.writable.getWriter().write("a"); });`,
    ],
    [
      "cancelled instead of read",
      `const { writable, readable } = new TransformStream();
await writable.getWriter().write("a"); // starves
await readable.cancel();`,
    ],
    [
      "cancelled before",
      `const { writable, readable } = new TransformStream();
await readable.cancel();
await writable.getWriter().write("a");`,
    ],
    [
      "a consumer that waits for something else first",
      `const { writable, readable } = new TransformStream();
const done = (async () => { await load(); return new Response(readable).text(); })();
await writable.getWriter().write("a");
await done;`,
    ],
    [
      "a consumer that waits for the same wait first",
      `const ready = Promise.withResolvers();
const { writable, readable } = new TransformStream();
const done = (async () => { await ready.promise; return new Response(readable).text(); })();
await writable.getWriter().write("a");
ready.resolve();
await done;`,
    ],
    [
      "two waits at the same place",
      `const one = new TransformStream();
const other = new TransformStream();
await Promise.all([one.writable.getWriter().write("a"), other.writable.getWriter().write("b")]); // starves
await Promise.all([new Response(one.readable).text(), new Response(other.readable).text()]);`,
    ],
    [
      "two waits at the same place, one of them read",
      `const one = new TransformStream();
const other = new TransformStream();
const done = new Response(other.readable).text();
await Promise.all([one.writable.getWriter().write("a"), other.writable.getWriter().write("b")]); // starves
await new Response(one.readable).text();`,
    ],
    [
      "a switch",
      `const { writable, readable } = new TransformStream();
switch (mode()) {
  case "read":
    await new Response(readable).text();
    break;
  default:
    await writable.getWriter().write("a");
}`,
    ],
    [
      "a tuple of writer and reader",
      `const open = () => { const { writable, readable } = new TransformStream(); return [writable.getWriter(), readable]; };
const [writer, readable] = open();
await writer.write("a"); // starves
await new Response(readable).text();`,
    ],
    [
      "writers and readers of many",
      `const pairs = ["a", "b"].map(() => new TransformStream());
const writers = pairs.map(({ writable }) => writable.getWriter());
const readers = pairs.map(({ readable }) => readable);
await Promise.all(writers.map((writer) => writer.write("x"))); // starves
await Promise.all(readers.map((readable) => new Response(readable).text()));`,
    ],
    [
      "writers and readers of many, by name",
      `const pairs = Object.fromEntries(["a", "b"].map((name) => [name, new TransformStream()]));
await pairs.a.writable.getWriter().write("x"); // starves
await new Response(pairs.a.readable).text();`,
    ],
    [
      "an iterator that nobody advances",
      `async function* shout(words) { for await (const word of words) yield word; }
const { writable, readable } = new TransformStream();
const shouted = shout(readable);
await writable.getWriter().write("a"); // starves
await shouted.next();`,
    ],
    [
      "an iterator that is advanced first",
      `async function* shout(words) { for await (const word of words) yield word; }
const { writable, readable } = new TransformStream();
const shouted = shout(readable);
const first = shouted.next();
await writable.getWriter().write("a");
await first;`,
    ],
    [
      "an iterator that is ended",
      `async function* shout(words) { for await (const word of words) yield word; }
const { writable, readable } = new TransformStream();
const shouted = shout(readable);
await shouted.return();
await writable.getWriter().write("a"); // starves`,
    ],
    [
      "an iterator that is asked for itself",
      `async function* shout(words) { for await (const word of words) yield word; }
const { writable, readable } = new TransformStream();
const shouted = shout(readable)[Symbol.asyncIterator]();
await writable.getWriter().write("a"); // starves
await shouted.next();`,
    ],
    [
      "what drive runs",
      `import { drive } from "tailrace";
async function* shout(words) { for await (const word of words) yield word; }
const { writable, readable } = new TransformStream();
const shouted = drive(shout(readable));
await writable.getWriter().write("a");
await shouted;`,
    ],
    [
      "Array.fromAsync",
      `const { writable, readable } = new TransformStream();
const all = Array.fromAsync(readable);
await writable.getWriter().write("a");
await all;`,
    ],
    [
      "Array.fromAsync after",
      `const { writable, readable } = new TransformStream();
await writable.getWriter().write("a"); // starves
await Array.fromAsync(readable);`,
    ],
    [
      "Array.fromAsync of a generator",
      `async function* shout(words) { for await (const word of words) yield word; }
const { writable, readable } = new TransformStream();
const all = Array.fromAsync(shout(readable));
await writable.getWriter().write("a");
await all;`,
    ],
    [
      "stream/consumers",
      `import { text } from "node:stream/consumers";
const { writable, readable } = new TransformStream();
const all = text(readable);
await writable.getWriter().write("a");
await all;`,
    ],
    [
      "stream/consumers after",
      `import { text } from "node:stream/consumers";
const { writable, readable } = new TransformStream();
await writable.getWriter().write("a"); // starves
await text(readable);`,
    ],
    [
      "callbacks of array methods run at once",
      `const pipes = ["a", "b"].map(() => new TransformStream());
const done = [];
pipes.forEach(({ readable }) => { done.push(new Response(readable).text()); });
for (const pipe of pipes) await pipe.writable.getWriter().write("a");
await Promise.all(done);`,
    ],
    [
      "callbacks over what is not known run at once",
      `const { writable, readable } = new TransformStream();
const done = names().map(() => new Response(readable).text());
await writable.getWriter().write("a");
await Promise.all(done);`,
    ],
    [
      "a callback of an unknown method runs some time",
      `const { writable, readable } = new TransformStream();
names().lookup(() => new Response(readable).text());
await writable.getWriter().write("a");`,
    ],
    [
      "find runs its callback",
      `const { writable, readable } = new TransformStream();
let done;
["a"].find(() => { done = new Response(readable).text(); return true; });
await writable.getWriter().write("a");
await done;`,
    ],
    [
      "some runs its callback",
      `const { writable, readable } = new TransformStream();
let done;
["a"].some(() => { done = new Response(readable).text(); return true; });
await writable.getWriter().write("a");
await done;`,
    ],
    [
      "filter runs its callback",
      `const { writable, readable } = new TransformStream();
let done;
["a"].filter(() => { done = new Response(readable).text(); return true; });
await writable.getWriter().write("a");
await done;`,
    ],
    [
      "reduce runs its callback",
      `const { writable, readable } = new TransformStream();
const done = ["a"].reduce(async (before) => { await before; await new Response(readable).text(); }, Promise.resolve());
await writable.getWriter().write("a");
await done;`,
    ],
    [
      "reduce over what is not known",
      `const { writable, readable } = new TransformStream();
const done = names().reduce((before) => before.then(() => new Response(readable).text()), Promise.resolve());
await writable.getWriter().write("a");
await done;`,
    ],
    [
      "map with a generator",
      `const pipes = ["a", "b"].map(() => new TransformStream());
const read = pipes.map(async function* ({ readable }) { for await (const word of readable) yield word; });
for (const pipe of pipes) await pipe.writable.getWriter().write("a"); // starves
for (const one of read) for await (const word of one) console.log(word);`,
    ],
    [
      "map with an async generator that drive runs",
      `import { drive } from "tailrace";
const pipes = ["a", "b"].map(() => new TransformStream());
const read = drive(pipes.map(async function* ({ readable }) { for await (const word of readable) yield word; }));
for (const pipe of pipes) await pipe.writable.getWriter().write("a");
await read;`,
    ],
    [
      "generators of two objects",
      `class Device {
  #inbox = new TransformStream();
  input = this.#inbox.writable.getWriter();
  async *replies() { for await (const command of this.#inbox.readable) yield command; }
}
const devices = [new Device(), new Device()];
const replies = devices.map((device) => Array.fromAsync(device.replies()));
for (const device of devices) await device.input.write("reset");
await Promise.all(replies);`,
    ],
    [
      "a helper called before and after the reader starts",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 1 });
const put = async (job) => { await jobs.send(job); };
await put(1);
const done = (async () => { for await (const job of jobs) run(job); })();
await put(2);
await done;`,
    ],
    [
      "a class of a program that is given away",
      `const { writable, readable } = new TransformStream();
class Base { body() { return readable; } }
class Page extends Base { get size() { return 1; } static other() { return 2; } constructor() { super(); } }
consume(new Page());
await writable.getWriter().write("a");`,
    ],
    [
      "an own method that has the name of nothing in a stream",
      `import { PassThrough } from "node:stream";
import { once } from "node:events";
class Spool extends PassThrough {
  lines() { return this.listenerCount("data"); }
}
const spool = new Spool();
spool.lines();
for (const line of lines()) if (!spool.write(line)) await once(spool, "drain"); // starves
spool.resume();`,
    ],
  ])("%s", ([, code]) => {
    check(code);
  });
});
