import { describe, test } from "vitest";
import { check } from "../lint.ts";
import type { LintOptions } from "../lint.ts";

describe("promises of one's own", () => {
  test.for<[string, string]>([
    [
      "a resolver in an array",
      `const waiting = [];
const turn = new Promise((resolve) => { waiting.push(resolve); });
await turn; // starves
waiting.shift()();`,
    ],
    [
      "a resolver in a map",
      `const waiting = new Map();
const turn = new Promise((resolve) => { waiting.set("a", resolve); });
await turn; // starves
waiting.get("a")();`,
    ],
    [
      "a resolver in a field",
      `class Gate { constructor() { this.opened = new Promise((resolve) => { this.open = resolve; }); } }
const gate = new Gate();
await gate.opened; // starves
gate.open();`,
    ],
    [
      "a resolver in an object",
      `const gate = {};
gate.opened = new Promise((resolve) => Object.assign(gate, { open: resolve }));
await gate.opened; // starves
gate.open();`,
    ],
    [
      "a resolver in a function",
      `let open;
const opened = new Promise((resolve) => { open = () => resolve(1); });
await opened; // starves
open();`,
    ],
    [
      "a resolver that a function of the file takes",
      `let open;
const keep = (resolve) => { open = resolve; };
const opened = new Promise((resolve) => keep(resolve));
await opened; // starves
open();`,
    ],
    [
      "an executor that is declared",
      `let open;
function executor(resolve) { open = resolve; }
const opened = new Promise(executor);
await opened; // starves
open();`,
    ],
    [
      "resolvers taken as a list",
      `let open;
const opened = new Promise((...both) => { open = both[0]; });
await opened; // starves
open();`,
    ],
    [
      "a resolver in an inner promise",
      `let open;
const opened = new Promise((resolve) => { void new Promise((inner) => { open = () => { resolve(); inner(); }; }); });
await opened; // starves
open();`,
    ],
    [
      "resolved by a timer",
      `const opened = new Promise((resolve) => setTimeout(resolve, 10));
await opened;`,
    ],
    [
      "resolved by a timer, in a function",
      `const opened = new Promise((resolve) => setTimeout(() => { resolve(1); }, 10));
await opened;`,
    ],
    [
      "resolved by an emitter",
      `const opened = new Promise((resolve) => server.once("listening", resolve));
await opened;
server.listen();`,
    ],
    [
      "resolved by then",
      `const opened = new Promise((resolve) => { load().then(resolve); });
await opened;`,
    ],
    [
      "resolved by a listener of a stream of this file",
      `import { PassThrough } from "node:stream";
const spool = new PassThrough();
const ended = new Promise((resolve) => spool.on("end", resolve));
spool.end("a");
await ended; // starves
spool.resume();`,
    ],
    [
      "resolved by a class of the file that takes listeners",
      `class Hub { listeners = []; on(listener) { this.listeners.push(listener); } emit() { for (const one of this.listeners) one(); } }
const hub = new Hub();
const heard = new Promise((resolve) => hub.on(resolve));
await heard; // starves
hub.emit();`,
    ],
    [
      "resolved by an object of the file that takes listeners",
      `const listeners = [];
const hub = { on(name, listener) { listeners.push(listener); }, emit() { for (const one of listeners) one(); } };
const heard = new Promise((resolve) => hub.on("a", resolve));
await heard; // starves
hub.emit();`,
    ],
    [
      "resolved by a function field that takes listeners",
      `const listeners = [];
const hub = { once: (name, listener) => { listeners.push(listener); }, emit() { for (const one of listeners) one(); } };
const heard = new Promise((resolve) => hub.once("a", resolve));
await heard; // starves
hub.emit();`,
    ],
    [
      "resolved in a job of a limit",
      `import pLimit from "p-limit";
const limit = pLimit(1);
void limit(() => new Promise(() => {}));
const done = new Promise((resolve) => { void limit(async () => { resolve(); }); });
await done; // starves`,
    ],
    [
      "resolved in a query that nobody starts",
      `import knex from "knex";
const db = knex({});
const done = new Promise((resolve) => { db("jobs").on("end", resolve); });
await done;`,
    ],
    [
      "resolved before it is awaited, in a list",
      `const waiting = [];
const turn = new Promise((resolve) => { waiting.push(resolve); });
waiting.shift()();
await turn;`,
    ],
    [
      "each turn resolves the one before",
      `let go = () => {};
for (const word of words()) {
  const turn = new Promise((resolve) => { go = resolve; });
  console.log(word);
  go();
  await turn;
}`,
    ],
    [
      "a queue: a taker waits for a putter that comes later",
      `class Queue {
  #takers = [];
  take() { return new Promise((resolve) => { this.#takers.push(resolve); }); }
  put(item) { this.#takers.shift()?.(item); }
}
const queue = new Queue();
const item = await queue.take(); // starves
queue.put(1);`,
    ],
    [
      "a queue: a taker is there before",
      `class Queue {
  #takers = [];
  take() { return new Promise((resolve) => { this.#takers.push(resolve); }); }
  put(item) { this.#takers.shift()?.(item); }
}
const queue = new Queue();
const taken = queue.take();
queue.put(1);
await taken;`,
    ],
    [
      "a queue with room",
      `class Queue {
  #items = [];
  #room = [];
  #max;
  constructor(max) { this.#max = max; }
  async put(item) { if (this.#items.length >= this.#max) await new Promise((resolve) => { this.#room.push(resolve); }); this.#items.push(item); }
  take() { this.#room.shift()?.(); return this.#items.shift(); }
}
const queue = new Queue(2);
await queue.put(1);
await queue.put(2);
queue.take();`,
    ],
    [
      "a queue with room for fewer than a loop puts",
      `class Queue {
  #items = [];
  #room = [];
  #max;
  constructor(max) { this.#max = max; }
  async put(item) { if (this.#items.length >= this.#max) await new Promise((resolve) => { this.#room.push(resolve); }); this.#items.push(item); }
  take() { this.#room.shift()?.(); return this.#items.shift(); }
}
const queue = new Queue(2);
for (const item of [1, 2, 3]) await queue.put(item); // starves
queue.take();`,
    ],
    [
      "a promise that a function of the file makes",
      `const gates = [];
function gate() { return new Promise((resolve) => { gates.push(resolve); }); }
const opened = gate();
await opened; // starves
for (const open of gates) open();`,
    ],
    [
      "a promise per name",
      `const gates = new Map();
const opened = (name) => new Promise((resolve) => { gates.set(name, resolve); });
await opened("a"); // starves
gates.get("a")();`,
    ],
    [
      "a promise that another task resolves",
      `let open;
const opened = new Promise((resolve) => { open = resolve; });
const running = (async () => { await load(); open(); })();
await opened;
await running;`,
    ],
    [
      "a promise that both sides of a pair wait for",
      `const first = Promise.withResolvers();
const second = Promise.withResolvers();
const one = (async () => { await second.promise; first.resolve(); })();
await first.promise;
second.resolve();
await one;`,
    ],
    [
      "what a promise gives",
      `const opened = Promise.withResolvers();
const { writable, readable } = new TransformStream();
opened.resolve(readable);
await writable.getWriter().write("a"); // starves
await new Response(await opened.promise).text();`,
    ],
    [
      "globalThis.Promise",
      `let open;
const opened = new globalThis.Promise((resolve) => { open = resolve; });
await opened;
open();`,
    ],
  ])("%s", ([, code]) => {
    check(code);
  });

  test.for<[string, string, LintOptions]>([
    [
      "CommonJS",
      `let open;
const opened = new Promise((resolve) => { open = resolve; });
async function run() {
  await opened;
}
run();
open();`,
      { language: "commonjs" },
    ],
    [
      "a program in plain JavaScript",
      `let open;
const opened = new Promise((resolve) => { open = resolve; });
await opened; // starves
open();`,
      { language: "espree" },
    ],
  ])("%s", ([, code, options]) => {
    check(code, options);
  });
});
