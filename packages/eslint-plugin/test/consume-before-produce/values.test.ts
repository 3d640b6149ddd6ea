import { describe, expect, test } from "vitest";
import { check, lint } from "../lint.ts";

/** What is read, through an expression of some kind: after the send that waits for it, and beside it. */
test.for<[name: string, before: string, read: string]>([
  ["Promise.resolve", `const kept = Promise.resolve(readable);`, `await kept`],
  ["Promise.all", `const kept = Promise.all([readable, 1]);`, `(await kept)[0]`],
  ["Promise.allSettled", `const kept = Promise.allSettled([Promise.resolve(readable)]);`, `(await kept)[0].value`],
  ["Promise.race", `const kept = Promise.race([Promise.resolve(readable)]);`, `await kept`],
  ["Promise.any", `const kept = Promise.any([Promise.resolve(readable)]);`, `await kept`],
  ["promise executor resolves", `const kept = new Promise((resolve) => { resolve(readable); });`, `await kept`],
  ["withResolvers", `const { promise, resolve } = Promise.withResolvers(); resolve(readable);`, `await promise`],
  ["async function", `const open = async () => readable; const kept = open();`, `await kept`],
  ["Array.from", `const kept = Array.from([readable]);`, `kept[0]`],
  ["Array.from mapped", `const kept = Array.from({ length: 1 }, () => readable);`, `kept[0]`],
  ["Array.of", `const kept = Array.of(readable);`, `kept[0]`],
  ["new Array filled", `const kept = new Array(1).fill(readable);`, `kept[0]`],
  ["Array filled", `const kept = Array(1).fill(readable);`, `kept[0]`],
  ["Map", `const kept = new Map([["a", readable]]);`, `kept.get("a")`],
  ["Map of Map", `const kept = new Map(new Map([["a", readable]]));`, `kept.get("a")`],
  ["Map set", `const kept = new Map(); kept.set("a", readable);`, `kept.get("a")`],
  ["Map set chained", `const kept = new Map().set("a", readable);`, `kept.get("a")`],
  ["WeakMap", `const key = {}; const kept = new WeakMap([[key, readable]]);`, `kept.get(key)`],
  ["Map iterated", `const kept = new Map([["a", readable]]);`, `[...kept][0][1]`],
  ["Map values", `const kept = new Map([["a", readable]]);`, `[...kept.values()][0]`],
  ["Map entries", `const kept = new Map([["a", readable]]);`, `[...kept.entries()][0][1]`],
  ["Map values next", `const kept = new Map([["a", readable]]).values();`, `kept.next().value`],
  ["Set", `const kept = new Set([readable]);`, `[...kept][0]`],
  ["Set add", `const kept = new Set(); kept.add(readable);`, `[...kept.values()][0]`],
  ["Set destructured", `const [kept] = new Set([readable]);`, `kept`],
  ["Object.values", `const kept = Object.values({ readable });`, `kept[0]`],
  ["Object.values of array", `const kept = Object.values([readable]);`, `kept[0]`],
  ["Object.entries", `const kept = Object.entries({ readable });`, `kept[0][1]`],
  ["Object.freeze", `const kept = Object.freeze({ readable });`, `kept.readable`],
  ["Object.fromEntries", `const kept = Object.fromEntries([["a", readable]]);`, `kept.a`],
  ["Object.fromEntries of map", `const kept = Object.fromEntries(new Map([["a", readable]]));`, `kept.a`],
  [
    "Object.fromEntries of mapped",
    `const kept = Object.fromEntries(["a"].map((key) => [key, readable]));`,
    `kept["a"]`,
  ],
  ["Object.assign", `const kept = Object.assign({}, { readable });`, `kept.readable`],
  ["Object.assign onto", `const kept = {}; Object.assign(kept, { readable });`, `kept.readable`],
  ["object spread", `const first = { readable }; const kept = { ...first };`, `kept.readable`],
  ["object nested", `const kept = { a: { b: readable } };`, `kept.a.b`],
  ["object computed key", `const kept = { ["a"]: readable };`, `kept.a`],
  ["object unknown key", `const kept = { [name()]: readable };`, `kept.a`],
  ["object unknown key read", `const kept = { a: readable };`, `kept[name()]`],
  ["object numeric key", `const kept = { 1: readable };`, `kept[1]`],
  ["property assigned", `const kept = {}; kept.a = readable;`, `kept.a`],
  ["element assigned", `const kept = []; kept[0] = readable;`, `kept[0]`],
  ["element at index variable", `const kept = [readable]; const at = 0;`, `kept[at]`],
  ["property by name variable", `const kept = { a: readable }; const name = "a";`, `kept[name]`],
  ["property by template", "const kept = { a: readable };", "kept[`a`]"],
  ["destructured default", `const { kept = readable } = {};`, `kept`],
  ["destructured renamed", `const { a: kept } = { a: readable };`, `kept`],
  ["destructured rest", `const { b, ...kept } = { b: 1, a: readable };`, `kept.a`],
  ["array rest", `const [b, ...kept] = [1, readable];`, `kept[0]`],
  ["array rest, of the same", `const [b, ...kept] = [readable, readable];`, `kept[0]`],
  ["array hole", `const [, kept] = [1, readable];`, `kept`],
  ["nested destructuring", `const { a: [kept] } = { a: [readable] };`, `kept`],
  ["assigned destructuring", `let kept; [kept] = [readable];`, `kept`],
  ["assigned object destructuring", `let kept; ({ a: kept } = { a: readable });`, `kept`],
  ["assigned to member by destructuring", `const kept = {}; ({ a: kept.b } = { a: readable });`, `kept.b`],
  ["conditional", `const kept = flag ? readable : undefined;`, `kept`],
  ["conditional other", `const kept = flag ? undefined : readable;`, `kept`],
  ["logical or", `const kept = given || readable;`, `kept`],
  ["logical and", `const kept = flag && readable;`, `kept`],
  ["nullish", `const kept = readable ?? given;`, `kept`],
  ["sequence", `const kept = (count(), readable);`, `kept`],
  ["logical assign", `let kept; kept ??= readable;`, `kept`],
  ["assignment value", `let other; const kept = (other = readable);`, `kept`],
  ["as", `const kept = readable as unknown as Other;`, `kept!`],
  ["satisfies", `const kept = readable satisfies Other;`, `kept`],
  ["optional chain", `const kept = { readable };`, `kept?.readable`],
  ["push", `const kept = []; kept.push(readable);`, `kept[0]`],
  ["push two", `const kept = []; kept.push(1, readable);`, `kept[1]`],
  ["unshift", `const kept = []; kept.unshift(readable);`, `kept[0]`],
  ["pop", `const kept = [readable];`, `kept.pop()`],
  ["shift", `const kept = [readable];`, `kept.shift()`],
  ["at", `const kept = [readable];`, `kept.at(-1)`],
  ["find", `const kept = [readable];`, `kept.find((one) => one !== null)`],
  ["findLast", `const kept = [readable];`, `kept.findLast((one) => one !== null)`],
  ["array values", `const kept = [readable];`, `[...kept.values()][0]`],
  ["array entries", `const kept = [readable];`, `[...kept.entries()][0][1]`],
  ["map", `const kept = [1].map(() => readable);`, `kept[0]`],
  ["map identity", `const kept = [readable].map((one) => one);`, `kept[0]`],
  ["flatMap array", `const kept = [1].flatMap(() => [readable]);`, `kept[0]`],
  ["flatMap", `const kept = [1].flatMap(() => readable);`, `kept[0]`],
  ["filter", `const kept = [readable].filter(Boolean);`, `kept[0]`],
  ["filter function", `const kept = [readable].filter((one) => one.locked);`, `kept[0]`],
  ["reduce", `const kept = [readable].reduce((all, one) => { all.push(one); return all; }, []);`, `kept[0]`],
  ["reduce object", `const kept = ["a"].reduce((all, key) => { all[key] = readable; return all; }, {});`, `kept.a`],
  ["reduce spread", `const kept = ["a"].reduce((all, key) => ({ ...all, [key]: readable }), {});`, `kept.a`],
  ["reduceRight", `const kept = [readable].reduceRight((all, one) => one, undefined);`, `kept`],
  ["sort", `const kept = [readable].sort();`, `kept[0]`],
  ["sort function", `const kept = [readable].sort((one, other) => 1);`, `kept[0]`],
  ["reverse", `const kept = [readable].reverse();`, `kept[0]`],
  ["toSorted", `const kept = [readable].toSorted();`, `kept[0]`],
  ["toReversed", `const kept = [readable].toReversed();`, `kept[0]`],
  ["flat", `const kept = [[readable]].flat();`, `kept[0]`],
  ["flat of a flat array", `const kept = [readable].flat();`, `kept[0]`],
  ["slice", `const kept = [readable].slice(0);`, `kept[0]`],
  ["splice", `const kept = [readable].splice(0, 1);`, `kept[0]`],
  ["splice that puts in", `const kept = [1]; kept.splice(0, 0, readable);`, `kept[0]`],
  ["toSpliced", `const kept = [1].toSpliced(0, 0, readable);`, `kept[0]`],
  ["with", `const kept = [1].with(0, readable);`, `kept[0]`],
  ["concat element", `const kept = [].concat(readable);`, `kept[0]`],
  ["concat array", `const kept = [].concat([readable]);`, `kept[0]`],
  ["spread array", `const first = [readable]; const kept = [...first, 1];`, `kept[0]`],
  ["spread call", `const pick = (...all) => all[0]; const kept = pick(...[readable]);`, `kept`],
  ["spread tuple call", `const pick = (first, second) => second; const kept = pick(...[1, readable]);`, `kept`],
  [
    "spread of the last arguments",
    `const pick = (first, second) => second; const kept = pick(1, ...[readable]);`,
    `kept`,
  ],
  ["rest parameter", `const pick = (first, ...rest) => rest[0]; const kept = pick(1, readable);`, `kept`],
  ["default parameter", `const pick = (one = readable) => one; const kept = pick();`, `kept`],
  ["pattern parameter", `const pick = ({ one }) => one; const kept = pick({ one: readable });`, `kept`],
  ["array iterator", `const kept = [readable][Symbol.iterator]();`, `kept.next().value`],
  ["method call", `const kept = { get() { return readable; } };`, `kept.get()`],
  ["this", `const kept = { stream: readable, get() { return this.stream; } };`, `kept.get()`],
  ["getter object", `const kept = { get stream() { return readable; } };`, `kept.stream`],
  ["call", `function get(one) { return one; }`, `get.call(null, readable)`],
  ["bind", `function get() { return readable; }`, `get.bind(null)()`],
  ["class field", `class Kept { stream = readable; } const kept = new Kept();`, `kept.stream`],
  [
    "class constructor",
    `class Kept { constructor(stream) { this.stream = stream; } } const kept = new Kept(readable);`,
    `kept.stream`,
  ],
  [
    "class private",
    `class Kept { #stream; constructor(stream) { this.#stream = stream; } get() { return this.#stream; } } const kept = new Kept(readable);`,
    `kept.get()`,
  ],
  [
    "parameter property",
    `class Kept { constructor(readonly stream) {} } const kept = new Kept(readable);`,
    `kept.stream`,
  ],
  [
    "parameter property default",
    `class Kept { constructor(readonly stream = readable) {} } const kept = new Kept();`,
    `kept.stream`,
  ],
  ["class getter", `class Kept { get stream() { return readable; } } const kept = new Kept();`, `kept.stream`],
  ["static method", `class Kept { static get() { return readable; } }`, `Kept.get()`],
  ["static getter", `class Kept { static get stream() { return readable; } }`, `Kept.stream`],
  [
    "inherited",
    `class Base { get() { return readable; } } class Kept extends Base {} const kept = new Kept();`,
    `kept.get()`,
  ],
  [
    "super method",
    `class Base { get() { return readable; } } class Kept extends Base { get() { return super.get(); } } const kept = new Kept();`,
    `kept.get()`,
  ],
  [
    "super constructor",
    `class Base { constructor(stream) { this.stream = stream; } } class Kept extends Base { constructor(stream) { super(stream); } } const kept = new Kept(readable);`,
    `kept.stream`,
  ],
  [
    "inherited field",
    `class Base { stream = readable; } class Kept extends Base {} const kept = new Kept();`,
    `kept.stream`,
  ],
  ["inherited static", `class Base { static get() { return readable; } } class Kept extends Base {}`, `Kept.get()`],
  ["class expression", `const Kept = class { stream = readable; }; const kept = new Kept();`, `kept.stream`],
  ["generator next", `function* give() { yield readable; } const kept = give();`, `kept.next().value`],
  ["generator spread", `function* give() { yield readable; }`, `[...give()][0]`],
  ["generator for of", `function* give() { yield readable; } let kept; for (const one of give()) kept = one;`, `kept`],
  [
    "generator delegate",
    `function* give() { yield readable; } function* all() { yield* give(); } let kept; for (const one of all()) kept = one;`,
    `kept`,
  ],
  ["for of", `let kept; for (const one of [readable]) kept = one;`, `kept`],
  ["for of entries", `let kept; for (const [, one] of Object.entries({ readable })) kept = one;`, `kept`],
  ["for of map", `let kept; for (const [, one] of new Map([[1, readable]])) kept = one;`, `kept`],
  ["for of assigns", `let kept; for (kept of [readable]) {}`, `kept`],
  ["forEach", `let kept; [readable].forEach((one) => { kept = one; });`, `kept`],
  ["function value", `const get = () => readable;`, `get()`],
  ["function block", `function get() { return readable; }`, `get()`],
  ["function returned", `const make = () => () => readable;`, `make()()`],
  ["then", `const kept = Promise.resolve(readable).then((one) => one);`, `await kept`],
  ["then array", `const kept = Promise.resolve([readable]).then(([one]) => one);`, `await kept`],
  ["catch", `const kept = Promise.resolve(readable).catch(() => undefined);`, `await kept`],
  ["finally", `const kept = Promise.resolve(readable).finally(() => {});`, `await kept`],
  ["getReader", `const kept = readable.getReader();`, `(kept.read(), [])`],
  ["values of stream", `const kept = readable.values();`, `kept`],
  ["iterator of stream", `const kept = readable[Symbol.asyncIterator]();`, `kept`],
  ["pipeThrough", `const kept = readable.pipeThrough(new TextEncoderStream());`, `kept`],
  [
    "pipeThrough hand-made",
    `const other = new TransformStream(); const kept = readable.pipeThrough({ writable: other.writable, readable: other.readable });`,
    `kept`,
  ],
  ["Response body", `const kept = new Response(readable);`, `kept.body`],
  ["Response clone", `const kept = new Response(readable).clone();`, `kept.body`],
  [
    "ReadableStream.from generator",
    `async function* upper() { for await (const word of readable) yield word; } const kept = ReadableStream.from(upper());`,
    `kept`,
  ],
  [
    "async generator",
    `async function* upper() { for await (const word of readable) yield word; } const kept = upper();`,
    `kept`,
  ],
  [
    "async generator with argument",
    `async function* upper(words) { for await (const word of words) yield word; } const kept = upper(readable);`,
    `kept`,
  ],
  ["async generator delegates", `async function* upper() { yield* readable; } const kept = upper();`, `kept`],
  [
    "async generator delegates twice",
    `async function* upper() { yield* readable; } async function* twice() { yield* upper(); } const kept = twice();`,
    `kept`,
  ],
  [
    "async generator method",
    `class Kept { async *upper() { yield* readable; } } const kept = new Kept().upper();`,
    `kept`,
  ],
  ["async iterable object", `const kept = { async *[Symbol.asyncIterator]() { yield* readable; } };`, `kept`],
  [
    "async iterable object gives iterator",
    `const kept = { [Symbol.asyncIterator]() { return readable.values(); } };`,
    `kept`,
  ],
  [
    "hand-made iterator",
    `const reader = readable.getReader(); const kept = { [Symbol.asyncIterator]() { return { next() { return reader.read(); } }; } };`,
    `kept`,
  ],
  [
    "generator from method this",
    `const kept = { words: readable, async *[Symbol.asyncIterator]() { yield* this.words; } };`,
    `kept`,
  ],
  ["iterable object", `const kept = { *[Symbol.iterator]() { yield readable; } };`, `[...kept][0]`],
  [
    "iterable class",
    `class Kept { *[Symbol.iterator]() { yield readable; } } let kept; for (const one of new Kept()) kept = one;`,
    `kept`,
  ],
  ["entries forEach", `let kept; Object.entries({ readable }).forEach(([, one]) => { kept = one; });`, `kept`],
  ["map forEach", `let kept; new Map([["a", readable]]).forEach((one) => { kept = one; });`, `kept`],
  ["entries find", `const kept = Object.entries({ readable }).find(([name]) => name === "a");`, `kept[1]`],
  ["entries map", `const kept = Object.entries({ readable }).map(([, one]) => one);`, `kept[0]`],
  [
    "entries filter map",
    `const kept = Object.entries({ readable }).filter(([name]) => name).map(([, one]) => one);`,
    `kept[0]`,
  ],
  [
    "entries reduce",
    `const kept = Object.entries({ readable }).reduce((all, [name, one]) => ({ ...all, [name]: one }), {});`,
    `kept.readable`,
  ],
  ["entries sort", `const kept = Object.entries({ readable }).sort(([one], [other]) => one - other);`, `kept[0][1]`],
  ["entries of array", `let kept; for (const [at, one] of [readable].entries()) kept = one;`, `kept`],
  ["Array.from map", `const kept = Array.from(new Map([["a", readable]]));`, `kept[0][1]`],
  ["Array.from map with function", `const kept = Array.from(new Map([["a", readable]]), ([, one]) => one);`, `kept[0]`],
  ["Array.from generator", `function* give() { yield readable; } const kept = Array.from(give());`, `kept[0]`],
  ["Set of generator", `function* give() { yield readable; } const kept = [...new Set(give())];`, `kept[0]`],
  ["spread generator call", `function* give() { yield readable; } const pick = (one) => one;`, `pick(...give())`],
  ["generator toArray", `function* give() { yield readable; }`, `give().toArray()[0]`],
  [
    "async generator next",
    `async function* give() { yield readable; } const kept = give().next();`,
    `(await kept).value`,
  ],
  ["generator returned", `function* give() { return readable; }`, `give().next().value`],
  [
    "class implements next",
    `class Kept { next() { return { value: readable }; } } const kept = new Kept();`,
    `kept.next().value`,
  ],
  [
    "super getter",
    `class Base { get stream() { return readable; } } class Kept extends Base { get() { return super.stream; } } const kept = new Kept();`,
    `kept.get()`,
  ],
  [
    "inherited getter",
    `class Base { get stream() { return readable; } } class Kept extends Base {} const kept = new Kept();`,
    `kept.stream`,
  ],
  [
    "three classes",
    `class Base { constructor(stream) { this.stream = stream; } } class Middle extends Base { constructor(stream) { super(stream); } } class Kept extends Middle { constructor(stream) { super(stream); } } const kept = new Kept(readable);`,
    `kept.stream`,
  ],
  [
    "two super methods",
    `class Base { get(one) { return one; } } class Middle extends Base { get(one) { return super.get(one); } } class Kept extends Middle { get(one) { return super.get(one); } } const kept = new Kept();`,
    `kept.get(readable)`,
  ],
  [
    "static super method",
    `class Base { static get() { return readable; } } class Kept extends Base { static get() { return super.get(); } }`,
    `Kept.get()`,
  ],
  [
    "static this",
    `class Kept { static make() { return readable; } static get() { return this.make(); } }`,
    `Kept.get()`,
  ],
  [
    "instance of this",
    `class Kept { constructor(stream) { this.stream = stream; } static of(stream) { return new Kept(stream); } }`,
    `Kept.of(readable).stream`,
  ],
  [
    "new this",
    `class Kept { constructor(stream) { this.stream = stream; } static of(stream) { return new this(stream); } }`,
    `Kept.of(readable).stream`,
  ],
  [
    "setter",
    `class Kept { set stream(value) { this.kept = value; } } const kept = new Kept(); kept.stream = readable;`,
    `kept.kept`,
  ],
  [
    "setter of object",
    `const kept = { set stream(value) { this.kept = value; } }; kept.stream = readable;`,
    `kept.kept`,
  ],
  ["closure variable", `let kept; function keep(one) { kept = one; } keep(readable);`, `kept`],
  ["callback", `const withIt = (run) => run(readable); let kept; withIt((one) => { kept = one; });`, `kept`],
  ["async callback", `const withIt = async (run) => run(readable);`, `await withIt((one) => one)`],
  ["IIFE", `const kept = (() => readable)();`, `kept`],
  ["async IIFE", `const kept = (async () => readable)();`, `await kept`],
  ["thenable", `const kept = { then(resolve) { resolve(readable); } };`, `await kept`],
  [
    "switch",
    `function pick(name) { switch (name) { case "a": return readable; default: return readable; } }`,
    `pick("a")`,
  ],
  ["try", `function pick() { try { return readable; } finally { log(); } }`, `pick()`],
  ["if", `let kept; if (flag) kept = readable; else kept = readable;`, `kept`],
  ["string concatenated key", `const kept = { ab: readable };`, `kept["a" + "b"]`],
  ["getOrInsert", `const kept = new Map(); kept.set("a", kept.get("a") ?? readable);`, `kept.get("a")`],
  ["record of arrays", `const kept = {}; (kept["a"] ??= []).push(readable);`, `kept["a"][0]`],
  [
    "map of arrays",
    `const kept = new Map(); const list = kept.get("a") ?? []; list.push(readable); kept.set("a", list);`,
    `kept.get("a")[0]`,
  ],
  ["delete and has", `const kept = new Set([readable]); kept.delete(1); kept.has(2); kept.clear;`, `[...kept][0]`],
  ["Object.keys", `const kept = { readable }; const names = Object.keys(kept);`, `kept[names[0]]`],
  ["for in", `const all = { readable }; let kept; for (const name in all) kept = all[name];`, `kept`],
  ["enum key", `enum Name { A } const kept = { [Name.A]: readable };`, `kept[Name.A]`],
  ["array of length", `const kept = [readable];`, `kept[kept.length - 1]`],
  [
    "bound method",
    `class Kept { stream = readable; get() { return this.stream; } } const kept = new Kept(); const get = kept.get.bind(kept);`,
    `get()`,
  ],
  [
    "arrow field",
    `class Kept { stream = readable; get = () => this.stream; } const kept = new Kept(); const { get } = kept;`,
    `get()`,
  ],
  ["bound argument", `const get = ((one) => one).bind(null, readable);`, `get()`],
  [
    "bound in constructor",
    `class Kept { stream = readable; constructor() { this.get = this.get.bind(this); } get() { return this.stream; } } const { get } = new Kept();`,
    `get()`,
  ],
  [
    "a class that is its own iterator",
    `class Kept { next() { return { value: readable, done: false }; } [Symbol.iterator]() { return this; } } let kept; for (const one of new Kept()) kept = one;`,
    `kept`,
  ],
  [
    "a class that is its own async iterator",
    `const reader = readable.getReader(); class Kept { next() { return reader.read(); } [Symbol.asyncIterator]() { return this; } } const kept = new Kept();`,
    `kept`,
  ],
  [
    "an iterator that gives promises of turns",
    `class Kept { async next() { return { value: readable, done: false }; } [Symbol.asyncIterator]() { return this; } } let kept; for await (const one of new Kept()) kept = one;`,
    `kept`,
  ],
])("what is read is seen through %s", ([, before, read]) => {
  const pair = `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
${before}`;
  const reading = `for await (const word of ${read}) console.log(word);`;
  const [report, ...others] = lint(`${pair}\nawait writer.write("a");\n${reading}`);
  expect(others).toEqual([]);
  expect(report?.line).toBe(4);
  expect(report?.message).toMatch(/starts (?:only )?on line 5/u);
  expect(lint(`${pair}\nconst done = (async () => { ${reading} })();\nawait writer.write("a");\nawait done;`)).toEqual(
    [],
  );
});

describe("values, members and sizes", () => {
  test.for<[name: string, code: string]>([
    [
      "a loop over different things, as many as there is room for",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (const job of [1, { b: 2 }]) await jobs.send(job);
for await (const job of jobs) run(job);`,
    ],
    [
      "a loop over different things, one of which is read",
      `const { writable, readable } = new TransformStream();
for (const one of [readable, "x"]) if (one.locked === false) void (async () => { for await (const w of one) console.log(w); })();
await writable.getWriter().write("a");`,
    ],
    [
      "what Array.fromAsync waits for runs beside",
      `const { writable, readable } = new TransformStream();
async function* produce() { await writable.getWriter().write("a"); yield 1; }
const all = Array.fromAsync(produce());
for await (const word of readable) console.log(word);
await all;`,
    ],
    [
      "a promise of a writer, given to Promise.resolve",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
void writer.write("a");
const closed = Promise.resolve(writer.closed);
await closed; // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "a list with options, as many as there is room for",
      `import { PassThrough, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
const pass = new PassThrough({ objectMode: true, highWaterMark: 4 });
await pipeline(Readable.from(["a", "b"], { objectMode: true }), pass);
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "a list as the source of a pipeline, as many as there is room for",
      `import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
const pass = new PassThrough({ objectMode: true, highWaterMark: 4 });
await pipeline(["a", "b"], pass);
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "forEach over different things",
      `const { writable, readable } = new TransformStream();
const list = [readable, "x"];
list.forEach(async (one) => { for await (const w of one) console.log(w); });
await writable.getWriter().write("a");`,
    ],
    [
      "map over different things",
      `const { writable, readable } = new TransformStream();
const list = ["x", readable].map((one) => one);
const reading = (async () => { for await (const w of list[1]) console.log(w); })();
await writable.getWriter().write("a");`,
    ],
    [
      "filter of different things",
      `const { writable, readable } = new TransformStream();
const all = [readable, writable].filter((one) => one instanceof ReadableStream);
const reading = (async () => { for await (const w of all[0]) console.log(w); })();
await writable.getWriter().write("a");`,
    ],
    [
      "a loop over different things, more than there is room for",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (const job of [1, { b: 2 }, "c"]) await jobs.send(job); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "something pushed to different things",
      `const { writable, readable } = new TransformStream();
const list = ["x", writable];
list.push(readable);
const reading = (async () => { for await (const w of list[2]) console.log(w); })();
await writable.getWriter().write("a");`,
    ],
    [
      "different things, spread",
      `const { writable, readable } = new TransformStream();
const list = ["x", readable];
const all = [...list, 1, 2, 3];
const reading = (async () => { for await (const w of all[1]) console.log(w); })();
await writable.getWriter().write("a");`,
    ],
    [
      "different things, taken apart",
      `const { writable, readable } = new TransformStream();
const [reader, name] = [readable, "x"];
await writable.getWriter().write("a"); // starves
for await (const w of reader) console.log(w);`,
    ],
    [
      "each of two objects is its own this",
      `class Reader { constructor(words) { this.words = words; } async start() { for await (const word of this.words) console.log(word); } }
class Idle { constructor(words) { this.words = words; } start() {} }
const { writable, readable } = new TransformStream();
const kept = flag ? new Reader(other()) : new Idle(readable);
void kept.start();
await writable.getWriter().write("a"); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "apply of a function with a list of one",
      `const { writable, readable } = new TransformStream();
const start = async (words) => { for await (const word of words) console.log(word); };
const reading = start.apply(null, [readable]);
await writable.getWriter().write("a");
await reading;`,
    ],
    [
      "a function's own method is given the stream",
      `const { writable, readable } = new TransformStream();
const log = () => console.log("x");
log.all(readable);
await writable.getWriter().write("a");
for await (const word of readable) console.log(word);`,
    ],
    [
      "a find of something unknown is given the stream in an object",
      `const { writable, readable } = new TransformStream();
db.find({ words: readable });
await writable.getWriter().write("a");
for await (const word of readable) console.log(word);`,
    ],
    [
      "then of an async function that writes",
      `const { writable, readable } = new TransformStream();
const send = async () => { await writable.getWriter().write("a"); };
await ready().then(() => console.log("ready"));
await Promise.resolve(1).then(() => send()); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "emitted to listeners that are not known",
      `import { PassThrough } from "node:stream";
const { writable, readable } = new TransformStream();
const pass = new PassThrough();
pass.emit("words", readable);
await writable.getWriter().write("a");
for await (const word of readable) console.log(word);`,
    ],
    [
      "a listener, then resume",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const pass = new PassThrough({ highWaterMark: 1 });
pass.on("error", console.error).resume();
pass.write("abc");
await once(pass, "drain");`,
    ],
    [
      "the callback of a write reads",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const pass = new PassThrough({ highWaterMark: 1 });
pass.write("abc", () => pass.resume());
await once(pass, "drain");`,
    ],
    [
      "a pipe, then resume",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const first = new PassThrough({ highWaterMark: 1 });
first.pipe(new PassThrough()).resume();
first.write("abc");
await once(first, "drain");`,
    ],
    [
      "a set of another library",
      `import { Set } from "immutable";
const { writable, readable } = new TransformStream();
const kept = new Set([readable]);
await writable.getWriter().write("a");
for await (const word of readable) console.log(word);`,
    ],
    [
      "a lazy stream in other clothes",
      `import { Readable } from "node:stream";
const { writable, readable } = new TransformStream();
const web = Readable.toWeb(Readable.from(readable));
const reading = (async () => { for await (const word of web) console.log(word); })();
await writable.getWriter().write("a");
await reading;`,
    ],
    [
      "p-map waits for its jobs",
      `import pMap from "p-map";
const pipes = [new TransformStream(), new TransformStream()];
await pMap(pipes, async ({ writable }) => { await writable.getWriter().write("a"); }, { concurrency: 2 }); // starves
for (const { readable } of pipes) for await (const word of readable) console.log(word);`,
    ],
    [
      "promisify of another pipeline",
      `import { pipeline } from "pipes";
import { PassThrough } from "node:stream";
import { once } from "node:events";
import { promisify } from "node:util";
const pass = new PassThrough({ highWaterMark: 1 });
promisify(pipeline)(source, pass);
pass.write("abc");
await once(pass, "drain");
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "close after an end with nothing written",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const pass = new PassThrough();
pass.end();
await once(pass, "close"); // starves
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "finish after an end with nothing written",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const pass = new PassThrough();
pass.end();
await once(pass, "finish");
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "pipeline of a list of functions",
      `import { pipeline } from "node:stream/promises";
const { writable, readable } = new TransformStream();
const stages = [async function* () { yield* readable; }, async function (chunks) { for await (const chunk of chunks) console.log(chunk); }];
const done = pipeline(stages);
await writable.getWriter().write("a");
await done;`,
    ],
    [
      "pipeline into a subclass of a stream",
      `import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
class Upper extends PassThrough { shout() {} }
const upper = new Upper();
await pipeline(source, upper); // starves
for await (const chunk of upper) console.log(chunk);`,
    ],
    [
      "a pipeline's callback does not read",
      `import { pipeline, PassThrough } from "node:stream";
import { once } from "node:events";
const pass = new PassThrough();
pipeline(source, pass, (error) => console.log(error));
await once(pass, "finish"); // starves
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "a pipeline gives its last stream",
      `import { pipeline, PassThrough } from "node:stream";
import { once } from "node:events";
const last = new PassThrough();
pipeline(source, new PassThrough(), last, (error) => console.log(error)).resume();
await once(last, "finish");`,
    ],
    [
      "all of helpers",
      `const { writable, readable } = new TransformStream();
const send = async () => { await writable.getWriter().write("a"); };
const all = Promise.all([send(), send()]);
await all; // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "an iterable object, spread into a call",
      `const { writable, readable } = new TransformStream();
const all = { words: readable, *[Symbol.iterator]() { yield 1; } };
const start = async (words) => { for await (const word of words) console.log(word); };
void start(...all);
await writable.getWriter().write("a"); // starves
for await (const word of readable) console.log(word);`,
    ],
    [
      "either of two lists, of different size",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 });
for (const job of Array.from(flag ? [1, 2] : [1, 2, 3])) await jobs.send(job); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "a getter with this",
      `const { writable, readable } = new TransformStream();
const kept = { words: readable, get stream() { return this.words; } };
const reading = (async () => { for await (const word of kept.stream) console.log(word); })();
await writable.getWriter().write("a");
await reading;`,
    ],
    [
      "a property of a writer that is no promise",
      `const { writable, readable } = new TransformStream();
const writer = writable.getWriter();
const writing = writer.write("a");
console.log(await writer.desiredSize);
for await (const word of readable) console.log(word);
await writing;`,
    ],
    [
      "a property of a stream is not the stream",
      `import { once } from "node:events";
import { PassThrough } from "node:stream";
const pass = new PassThrough({ highWaterMark: 1 });
pass.write("abc");
for (const one of pass.history) console.log(one);
await once(pass, "drain"); // starves
for await (const chunk of pass) console.log(chunk);`,
    ],
    [
      "the length of a list is no stream",
      `const { writable, readable } = new TransformStream();
const list = [readable];
console.log(await list.length);
await writable.getWriter().write("a"); // starves
for await (const word of list[0]) console.log(word);`,
    ],
    [
      "an element at an unknown place",
      `const { writable, readable } = new TransformStream();
const list = [readable];
const reading = (async () => { for await (const word of list[place]) console.log(word); })();
await writable.getWriter().write("a");
await reading;`,
    ],
    [
      "a product and a power",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 * 2 });
for (let i = 0; i < 2 ** 2; i++) await jobs.send(i);
for await (const job of jobs) run(job);`,
    ],
    [
      "a quotient and a difference",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 8 / 2 });
for (let i = 0; i < 6 - 1; i++) await jobs.send(i); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "a shifted number, one too many",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 1 << 1 });
for (let i = 0; i < 1 + 2; i++) await jobs.send(i); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "a shifted number, as many",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 1 << 2 });
for (let i = 0; i < 12 / 3; i++) await jobs.send(i);
for await (const job of jobs) run(job);`,
    ],
    [
      "arithmetic with something that is not known",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 2 * size });
await jobs.send(1);
for await (const job of jobs) run(job);`,
    ],
    [
      "arithmetic that is not known",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 7 % 4 });
await jobs.send(1);
for await (const job of jobs) run(job);`,
    ],
    [
      "a negative number",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: 3 + -1 });
for (let i = 0; i < 3; i++) await jobs.send(i); // starves
for await (const job of jobs) run(job);`,
    ],
    [
      "a number with plus",
      `import { channel } from "tailrace";
const jobs = channel({ capacity: +4 });
for (let i = 0; i < 4; i++) await jobs.send(i);
for await (const job of jobs) run(job);`,
    ],
  ])("%s", ([, code]) => {
    check(code);
  });
});
