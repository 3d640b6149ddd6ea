import { describe, expect, test } from "vitest";
import { lint } from "./lint.ts";

const options = { rules: { "tailrace/no-race-in-loop": "error" } } as const;

const reports = (code: string, language?: "commonjs" | "espree"): string[] =>
  lint(code, language ? { ...options, language } : options).map(
    ({ line, message }) => `${line.toString()} ${message.slice(0, 4)}`,
  );

describe("reports", () => {
  test.for<[string, string, string]>([
    [
      "a promise of before the loop",
      "const closed = new Promise(() => {});\nwhile (true) {\n  await Promise.race([work(), closed]);\n}",
      "3 Each",
    ],
    [
      "a promise of a field",
      "class A { closed = once(); async run() { for (;;) {\n await Promise.race([this.step(), this.closed]);\n } } }",
      "2 Each",
    ],
    [
      "what follows a promise of before the loop",
      "async function f(stop) { do {\n await Promise.any([work(), stop.then(() => 1)]);\n } while (on()); }",
      "2 Each",
    ],
    [
      "a promise of before the loop, by a function that it calls",
      "const stop = new Promise(() => {});\nconst orStop = (p) =>\n  Promise.race([p, stop]);\nwhile (true) await orStop(work());",
      "3 Each",
    ],
    [
      "an item that a pause leaves behind",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.take(), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n if (r === 'idle') beat(); else if (!use(r)) break;\n } }",
      "2 When",
    ],
    [
      "an item that a caught error leaves behind",
      "async function f(q) { for (;;) { try {\n use(await Promise.race([q.take(), new Promise((_, no) => setTimeout(no, 9))]));\n } catch { beat(); } } }",
      "2 When",
    ],
    [
      "two sources that are asked at once",
      "async function f(a, b) { while (true) {\n use(await Promise.race([a.next(), b.next()]));\n } }",
      "2 When",
    ],
    [
      "listeners that stay",
      "import { once } from 'node:events';\nasync function f(a, b) { for (;;) {\n await Promise.race([once(a, 'x'), once(b, 'y')]);\n } }",
      "3 When",
    ],
    [
      "an item whose race nobody looks at",
      "async function f(q) { for (;;) {\n await Promise.race([q.take(), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n } }",
      "2 When",
    ],
    [
      "an item that is used where there is one",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.take(), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n if (r) { if (!use(r)) break; } } }",
      "2 When",
    ],
    [
      "an item that is used where there is one, and a beat where not",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.take(), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n if (r) { if (!use(r)) break; } else beat(); } }",
      "2 When",
    ],
    [
      "a turn that goes on where there is no item",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.take(), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n if (!r) { beat(); continue; } if (!use(r)) break; } }",
      "2 When",
    ],
    [
      "a turn that does something unless the pause has won",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.take(), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n if (r !== 'idle') { if (!use(r)) break; } } }",
      "2 When",
    ],
    [
      "a turn that does one thing or the other",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.take(), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n if (r !== 'idle') { if (!use(r)) break; } else { beat(); } } }",
      "2 When",
    ],
    [
      "a pause that is told by a member",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.take(), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n if (r.kind === 'idle') beat(); else if (!use(r)) return; } }",
      "2 When",
    ],
    [
      "a pause that is told by a name",
      "const idle = Symbol();\nasync function f(q) { for (;;) {\n const r = await Promise.race([q.take(), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n if (r === idle) beat(); else if (!use(r)) return; } }",
      "3 When",
    ],
    [
      "a pause after which nothing is done",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.take(), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n if (r === 'idle') {} else if (!use(r)) throw new Error(); } }",
      "2 When",
    ],
    [
      "a result that is kept in a variable of before the loop",
      "async function f(q) { let r; for (;;) {\n r = await Promise.race([q.take(), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n if (r === 'idle') beat(); else if (!use(r)) break; } }",
      "2 When",
    ],
    [
      "an item of a global",
      "for (;;) {\n await Promise.race([queue.take(), new Promise((done) => setTimeout(done, 9))]);\n }",
      "2 When",
    ],
    [
      "an item of a field",
      "class A { async run() { for (;;) {\n await Promise.race([this.queue.take(), new Promise((done) => setTimeout(done, 9))]);\n } } }",
      "2 When",
    ],
    [
      "an item that is given on by then",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.take().then((item) => item.value), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n use(r); } }",
      "2 When",
    ],
    [
      "so many items",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.take(5), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n use(r); } }",
      "2 When",
    ],
    [
      "as many bytes as a buffer has",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.read(new Uint8Array(64)), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n use(r); } }",
      "2 When",
    ],
    [
      "items by an option that is no limit",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.take({ batch: 5 }), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n use(r); } }",
      "2 When",
    ],
    [
      "an item that is asked for by a name of the turn",
      "async function f(q) { for (;;) {\n const next = q.take();\n await Promise.race([next, new Promise((done) => setTimeout(done, 9))]); } }",
      "3 When",
    ],
    [
      "an item that was asked for before the loop",
      "async function f(q) { const next = q.take(); for (;;) {\n await Promise.race([next, new Promise((done) => setTimeout(done, 9))]); } }",
      "2 Each",
    ],
    [
      "an error that is caught around a try without a catch",
      "async function f(q) { for (;;) { try { try {\n use(await Promise.race([q.take(), new Promise((_, no) => setTimeout(no, 9))]));\n } finally { beat(); } } catch { log(); } } }",
      "2 When",
    ],
    [
      "an error that is caught within a try that ends the loop",
      "async function f(q) { for (;;) { try { try {\n use(await Promise.race([q.take(), new Promise((_, no) => setTimeout(no, 9))]));\n } catch { beat(); } } catch { return; } } }",
      "2 When",
    ],
    [
      "an error after which a function is made that may throw",
      "async function f(q) { for (;;) { try {\n use(await Promise.race([q.take(), new Promise((_, no) => setTimeout(no, 9))]));\n } catch { later(() => { throw new Error(); }); } } }",
      "2 When",
    ],
    [
      "a promise beside what is made before in the turn",
      "async function f(stop) { while (true) {\n const p = work();\n await Promise.race([p, stop]); use(p); } }",
      "3 Each",
    ],
    [
      "a promise that may be given, or else is made",
      "async function f(stop = never()) { while (true)\n await Promise.race([work(), stop]); }",
      "2 Each",
    ],
    [
      "a promise that was taken out of something",
      "const { closed } = connect(); while (true)\n await Promise.race([work(), closed]);",
      "2 Each",
    ],
    [
      "a promise that is awaited after the loop",
      "async function f(stop) { while (on())\n await Promise.race([work(), stop]);\n await stop; }",
      "2 Each",
    ],
    [
      "a promise that is awaited by another function",
      "const stop = once(); async function g() { await stop; } async function f() { while (true)\n await Promise.race([work(), stop]); }",
      "2 Each",
    ],
    [
      "a promise that was given on before the loop",
      "async function f(stop) { use(stop); while (true)\n await Promise.race([work(), stop]); }",
      "2 Each",
    ],
    [
      "runners with a name of the turn",
      "async function f(stop) { while (true) {\n const runners = [work(), stop];\n await Promise.race(runners); } }",
      "3 Each",
    ],
    [
      "a promise beside those of a list",
      "async function f(stop, all) { while (true)\n await Promise.race([...all, stop]); }",
      "2 Each",
    ],
    [
      "a promise of what was made before the loop",
      "const client = connect(); while (true)\n await Promise.race([work(), client.closed]);",
      "2 Each",
    ],
    [
      "a promise of what is given",
      "async function f(client) { while (true)\n await Promise.race([work(), client.socket.closed]); }",
      "2 Each",
    ],
    [
      "a promise of an object that is written out",
      "const client = { closed: once() }; while (true)\n await Promise.race([work(), client.closed]);",
      "2 Each",
    ],
    [
      "a promise of an object of which another member is set",
      "const client = connect(); client.name = 'x'; while (true)\n await Promise.race([work(), client.closed]);",
      "2 Each",
    ],
    [
      "a promise of an object of which another member is computed",
      "const client = { closed: once(), get name() { return 'x'; } }; while (true)\n await Promise.race([work(), client.closed]);",
      "2 Each",
    ],
    [
      "a promise of an object that is compared",
      "const client = connect(); if (last.closed === client.closed) use(last); while (true)\n await Promise.race([work(), client.closed]);",
      "2 Each",
    ],
    [
      "a promise of a field that the constructor sets",
      "class A { constructor() { this.closed = once(); } async run() { for (;;)\n await Promise.race([this.step(), this.closed]); } }",
      "2 Each",
    ],
    [
      "a promise of a field that is given",
      "class A { constructor(private closed: Promise<void>) {} async run() { for (;;)\n await Promise.race([this.step(), this.closed]); } }",
      "2 Each",
    ],
    [
      "a promise of a class in a function",
      "function make() { return class { closed = once(); async run() { for (;;)\n await Promise.race([this.step(), this.closed]); } }; }",
      "2 Each",
    ],
    [
      "a promise of what a field holds",
      "class A { client = connect(); async run() { for (;;)\n await Promise.race([this.step(), this.client.closed]); } }",
      "2 Each",
    ],
    [
      "a promise of the call, in a loop without end",
      "async function f(queue, signal, source) { const closed = once(); while (true)\n await Promise.race([work(), closed]); }",
      "2 Each",
    ],
    [
      "a promise of the call, in a loop without condition",
      "async function f(queue, signal, source) { const closed = once(); for (;;)\n await Promise.race([work(), closed]); }",
      "2 Each",
    ],
    [
      "a promise of the call, in a loop that a number keeps up",
      "async function f(queue, signal, source) { const closed = once(); while (1)\n await Promise.race([work(), closed]); }",
      "2 Each",
    ],
    [
      "a promise of the call, in a loop without end whose condition comes last",
      "async function f(queue, signal, source) { const closed = once(); do\n await Promise.race([work(), closed]); while (true); }",
      "2 Each",
    ],
    [
      "a promise of the call, until somebody aborts",
      "async function f(queue, signal, source) { const closed = once(); while (!signal.aborted)\n await Promise.race([work(), closed]); }",
      "2 Each",
    ],
    [
      "a promise of the call, until somebody aborts, asked last",
      "async function f(queue, signal, source) { const closed = once(); do\n await Promise.race([work(), closed]); while (!signal.aborted); }",
      "2 Each",
    ],
    [
      "a promise of the call, while a flag is up",
      "let running = true; async function f(queue, signal, source) { const closed = once(); while (running)\n await Promise.race([work(), closed]); }",
      "2 Each",
    ],
    [
      "a promise of an object, until that is stopped",
      "class A { async run() { const closed = once(); while (!this.stopped)\n await Promise.race([work(), closed]); } }",
      "2 Each",
    ],
    [
      "a promise of the file, in a loop over a stream",
      "const closed = once(); for await (const x of source)\n await Promise.race([work(x), closed]);",
      "2 Each",
    ],
    [
      "a promise that is given, in a loop over a stream",
      "async function f(closed, source) { for await (const x of source)\n await Promise.race([work(x), closed]); }",
      "2 Each",
    ],
    [
      "a promise of the call around, in a loop over a stream",
      "function g() { const closed = once(); return async (source) => { for await (const x of source)\n await Promise.race([work(x), closed]); }; }",
      "2 Each",
    ],
    [
      "a function that two loops call, of which one brings its own promise",
      "const orStop = (p) =>\n Promise.race([p, stop]);\nconst stop = once();\nasync function f(list) { for (const x of list) await orStop(x); }\nasync function g() { while (true) await orStop(work()); }",
      "2 Each",
    ],
    [
      "a promise of a given object, by a function of that loop",
      "async function f(client) { const step = async () =>\n Promise.race([work(), client.closed]);\n while (true) await step(); }",
      "2 Each",
    ],
    [
      "a race in the head of a loop within the loop",
      "async function f(stop) { while (true) { for (const x of\n await Promise.race([work(), stop])) use(x); } }",
      "2 Each",
    ],
    [
      "a race that a loop asks for its next turn",
      "async function f(stop) { while (\n await Promise.race([work(), stop])) beat(); }",
      "2 Each",
    ],
    [
      "a promise of an event that is written out",
      "import { once } from 'node:events';\nasync function f(a, b) { for (;;) {\n await Promise.race([new Promise((done) => a.once('x', done)), once(b, 'y')]);\n } }",
      "3 When",
    ],
    [
      "a listener beside work",
      "import { once } from 'node:events';\nasync function f(a) { for (;;) {\n await Promise.race([work(), once(a, 'x')]);\n } }",
      "3 When",
    ],
    [
      "a listener of an emitter in an object",
      "import { once } from 'node:events';\nclass A { async run() { for (;;) {\n await Promise.race([work(), once(this.socket, 'x')]);\n } } }",
      "3 When",
    ],
    [
      "a promise that gets a name in the turn",
      "async function f(client) { while (true) {\n const closed = client.closed;\n await Promise.race([work(), closed]); } }",
      "3 Each",
    ],
    [
      "a promise of a class that makes more of its kind",
      "function make() { return class { closed = once(); next() { return make(); } async run() { for (;;)\n await Promise.race([this.step(), this.closed]); } }; }",
      "2 Each",
    ],
    [
      "a race with which a loop within the loop begins",
      "async function f(stop) { while (true) for (let r =\n await Promise.race([work(), stop]); r; r = next(r)) use(r); }",
      "2 Each",
    ],
    [
      "two sources that are asked in the condition of a loop",
      "async function f(a, b) { let r; while ((r =\n await Promise.race([a.next(), b.next()])).value) use(r); }",
      "2 When",
    ],
  ])("%s", ([, code, expected]) => {
    expect(reports(code)).toEqual([expected]);
  });

  test("in a script and in plain JavaScript", () => {
    const code = "async function f(stop) { while (true) {\n await Promise.race([work(), stop]);\n } }";
    expect(reports(code, "commonjs")).toEqual(["2 Each"]);
    expect(reports(code, "espree")).toEqual(["2 Each"]);
  });

  test("and says what outlives the loop, and where it was made", () => {
    const [report] = lint(
      "const closed = new Promise(() => {});\nwhile (true) await Promise.race([work(), closed]);",
      options,
    );
    expect(report?.message).toBe(
      "Each turn of the loop (line 2) registers another handler on `closed` (made on line 1), which outlives the loop: until it settles it keeps all of them, with what the other runners gave, and memory grows with each turn. Listen once before the loop and let that end the waits: by an `AbortSignal` that they are given, or by closing what they wait for.",
    );
  });
});

describe("is silent about", () => {
  test.for<[string, string]>([
    ["a race outside of loops", "async function f(stop) { await Promise.race([work(), stop]); }"],
    [
      "a race in a function that the loop makes",
      "async function f(stop) { while (true) go(() => Promise.race([work(), stop])); }",
    ],
    ["a collection", "async function f(all) { while (true) await Promise.race(all); }"],
    [
      "a loop over a list",
      "async function f(stop, list) { for (const x of list) await Promise.race([work(x), stop]); }",
    ],
    [
      "what is made anew",
      "async function f() { let p; while (true) { p = work(); await Promise.race([p, work()]); } }",
    ],
    [
      "a race that is the last thing of the loop",
      "async function f(stop) { while (true) { return await Promise.race([work(), stop]); } }",
    ],
    [
      "another Promise",
      "const Promise = lib(); async function f(stop) { while (true) await Promise.race([work(), stop]); }",
    ],
    [
      "listeners with a signal",
      "import { once } from 'node:events';\nasync function f(a, signal) { for (;;) await Promise.race([once(a, 'x', { signal }), once(a, 'y', { signal })]); }",
    ],
    [
      "a bell that is made anew when it has rung",
      "class A { #rung = Promise.withResolvers(); ring() { this.#rung = Promise.withResolvers(); } async run() { for (;;) await Promise.race([this.#rung.promise, work()]); } }",
    ],
    [
      "a field of which nothing is known",
      "class A extends B { async run() { for (;;) await Promise.race([this.step(), this.closed]); } }",
    ],
    [
      "a pause that ends the loop",
      "async function f(q) { for (;;) { const r = await Promise.race([q.take(), new Promise((done) => setTimeout(done, 9, 'idle'))]); if (r === 'idle') break; use(r); } }",
    ],
    [
      "what was awaited before",
      "async function f(ready) { await ready; while (true) await Promise.race([ready, work()]); }",
    ],
    ["a race of one", "async function f(stop) { while (true) await Promise.race([stop]); }"],
    [
      "a pause that throws",
      "async function f(it) { while (true) { const n = await Promise.race([it.next(), new Promise((_, no) => setTimeout(no, 9))]); if (n.done) break; } }",
    ],
    [
      "a loop that ends where there is no item",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.take(), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n if (r) use(r); else break; } }",
    ],
    [
      "a loop that ends unless there is an item",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.take(), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n if (!r) break; use(r); } }",
    ],
    [
      "a loop that ends with a block",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.take(), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n if (r === 'idle') { beat(); log(r); break; } use(r); } }",
    ],
    [
      "a loop that goes on with an item only",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.take(), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n if (r !== 'idle') { use(r); } else { return; } } }",
    ],
    [
      "a loop that ends by something else",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.take(), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n if (!open) break; use(r); } }",
    ],
    [
      "a loop that asks whether something else is idle",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.take(), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n if (state === 'idle') beat(); else break; use(r); } }",
    ],
    [
      "a loop that asks a member of something else",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.take(), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n if (state.kind === 'idle') beat(); else break; use(r); } }",
    ],
    [
      "a loop that ends unless the item is great",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.take(), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n if (r > 5) use(r); else break; } }",
    ],
    [
      "a loop that asks a function about the item",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.take(), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n if (isIdle(r)) break; use(r); } }",
    ],
    [
      "a result without a name, in a loop that ends somehow",
      "async function f(q) { for (;;) { use(await Promise.race([q.take(), new Promise((done) => setTimeout(done, 9, 'idle'))])); if (over()) break; } }",
    ],
    [
      "a result that a generator gives away",
      "async function* f(q) { for (;;) { yield Promise.race([q.take(), new Promise((done) => setTimeout(done, 9))]); if (over()) return; } }",
    ],
    [
      "a result that is taken apart",
      "async function f(it) { for (;;) { const { done } = await Promise.race([it.next(), new Promise((done) => setTimeout(done, 9, {}))]); if (done) break; } }",
    ],
    [
      "an item that a signal takes back",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.take(signal), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n use(r); } }",
    ],
    [
      "so many items that a signal takes back",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.take(5, signal), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n use(r); } }",
    ],
    [
      "an item with a signal among its options",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.take({ batch: 5, signal }), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n use(r); } }",
    ],
    [
      "an item with a limit of its own",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.take({ timeout: 5 }), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n use(r); } }",
    ],
    [
      "an item with options of which nothing is known",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.take({ ...options }), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n use(r); } }",
    ],
    [
      "an item with an option whose name is computed",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.take({ [option]: 5 }), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n use(r); } }",
    ],
    [
      "what a function gives that is not known",
      "async function f(q) { for (;;) {\n const r = await Promise.race([take(), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n use(r); } }",
    ],
    [
      "what is asked but not for an item",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.size(), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n use(r); } }",
    ],
    [
      "an item of what is opened in the turn",
      "async function f() { for (;;) { const q = open(); await Promise.race([q.take(), new Promise((done) => setTimeout(done, 9))]); } }",
    ],
    [
      "an item of a part of what is opened in the turn",
      "async function f() { for (;;) { const s = open(); await Promise.race([s.queue.take(), new Promise((done) => setTimeout(done, 9))]); } }",
    ],
    [
      "an item of what is opened on the spot",
      "async function f() { for (;;) await Promise.race([open().take(), new Promise((done) => setTimeout(done, 9))]); }",
    ],
    [
      "an item beside something that is no pause",
      "async function f(q) { for (;;) { const r = await Promise.race([q.take(), work()]); if (r === 'idle') beat(); else if (!use(r)) break; } }",
    ],
    [
      "an item that is asked for and kept",
      "async function f(q) { for (;;) { const next = q.take(); await Promise.race([next, new Promise((done) => setTimeout(done, 9))]); use(await next); } }",
    ],
    [
      "a part of what is asked for",
      "async function f(q) { for (;;) { const { sent } = q.take(); await Promise.race([sent, new Promise((done) => setTimeout(done, 9))]); } }",
    ],
    [
      "an error that ends the loop",
      "async function f(q) { for (;;) { try { use(await Promise.race([q.take(), new Promise((_, no) => setTimeout(no, 9))])); } catch { beat(); break; } } }",
    ],
    [
      "an error that is thrown on",
      "async function f(q) { for (;;) { try { use(await Promise.race([q.take(), new Promise((_, no) => setTimeout(no, 9))])); } catch (e) { throw e; } } }",
    ],
    [
      "an error that is caught elsewhere in the loop",
      "async function f(q) { for (;;) { try { beat(); } catch { log(); } use(await Promise.race([q.take(), new Promise((_, no) => setTimeout(no, 9))])); } }",
    ],
    [
      "an error of a race in a catch",
      "async function f(q) { for (;;) { try { await beat(); } catch { use(await Promise.race([q.take(), new Promise((_, no) => setTimeout(no, 9))])); } } }",
    ],
    [
      "an error that is caught around the loop",
      "async function f(q) { try { for (;;) use(await Promise.race([q.take(), new Promise((_, no) => setTimeout(no, 9))])); } catch { log(); } }",
    ],
    [
      "an error that only what is raced may throw",
      "async function f(q) { for (;;) { try { const r = await Promise.race([q.take(), new Promise((done) => setTimeout(done, 9, 'idle'))]); if (r === 'idle') break; } catch { beat(); } } }",
    ],
    [
      "runners with a name of before the loop",
      "async function f(all) { const runners = [...all, work()]; while (true) await Promise.race(runners); }",
    ],
    ["a race of nothing", "async function f() { while (true) await Promise.race(); }"],
    ["a race with a hole", "async function f(work) { while (true) use(await Promise.race([, work()])); }"],
    ["what waits for all", "async function f(stop) { while (true) await Promise.all([work(), stop]); }"],
    ["a global of which nothing is known", "while (true) await Promise.race([work(), stop]);"],
    ["a value that is no promise", "const none = null; while (true) await Promise.race([work(), none]);"],
    [
      "a promise that is given another value",
      "async function f(stop) { stop = wrap(stop); while (true) await Promise.race([work(), stop]); }",
    ],
    ["a promise that is set later", "let stop; stop = once(); while (true) await Promise.race([work(), stop]);"],
    [
      "what the turn takes out of something",
      "async function f() { while (true) { const { closed } = open(); await Promise.race([work(), closed]); } }",
    ],
    [
      "what the head of the loop gives",
      "async function f(list) { for await (const { closed } of list) await Promise.race([work(), closed]); }",
    ],
    [
      "a deadline for the whole loop",
      "const late = new Promise((done) => setTimeout(done, 9)); while (true) await Promise.race([work(), late]);",
    ],
    [
      "a deadline that somebody makes of a timer",
      "const late = within((done) => setTimeout(done, 9)); while (true) await Promise.race([work(), late]);",
    ],
    ["a computed member", "async function f(stops) { while (true) await Promise.race([work(), stops[next()]]); }"],
    [
      "a promise of what is set anew",
      "async function f(client) { while (true) await Promise.race([work(), client.socket.closed]); } function again(client) { client.socket = connect(); }",
    ],
    [
      "a promise that is set anew",
      "async function f(client) { while (true) await Promise.race([work(), client.closed]); } function again(it) { it.closed = once(); }",
    ],
    [
      "a promise that is computed",
      "const client = { get closed() { return once(); } }; while (true) await Promise.race([work(), client.closed]);",
    ],
    [
      "a promise that a class computes",
      "class C { get closed() { return once(); } } async function f(client) { while (true) await Promise.race([work(), client.closed]); }",
    ],
    [
      "a promise of what the loop replaces",
      "async function f(client) { while (true) { await Promise.race([work(), client.closed]); client = connect(); } }",
    ],
    [
      "a promise of what is imported",
      "import { client } from './client'; while (true) await Promise.race([work(), client.closed]);",
    ],
    [
      "a promise of what is set later",
      "let client; client = connect(); while (true) await Promise.race([work(), client.closed]);",
    ],
    ["a promise of what a call gives", "while (true) await Promise.race([work(), client().closed]);"],
    [
      "a promise of a field that is set twice",
      "class A { constructor() { this.closed = once(); } again() { this.closed = once(); } async run() { for (;;) await Promise.race([this.step(), this.closed]); } }",
    ],
    [
      "a promise of a field that a called method sets",
      "class A { open() { this.closed = once(); } async run() { this.open(); for (;;) await Promise.race([this.step(), this.closed]); } }",
    ],
    [
      "a promise of a field outside of classes",
      "function f() { return async function () { for (;;) await Promise.race([work(), this.closed]); }; }",
    ],
    [
      "a promise of the call, in a loop over a stream",
      "async function f(queue, signal, source) { const closed = once(); for await (const x of source)\n await Promise.race([work(), closed]); }",
    ],
    [
      "a promise of what the call has opened, in a loop over a stream",
      "async function f(source) { const client = open(); for await (const x of source) await Promise.race([work(x), client.closed]); }",
    ],
    [
      "a promise of the call, as long as something waits",
      "async function f(queue, signal, source) { const closed = once(); while (queue.length > 0)\n await Promise.race([work(), closed]); }",
    ],
    [
      "a promise of the call, as long as there is a size",
      "async function f(queue, signal, source) { const closed = once(); while (queue.size)\n await Promise.race([work(), closed]); }",
    ],
    [
      "a promise of the call, as long as a function says so",
      "async function f(queue, signal, source) { const closed = once(); while (more())\n await Promise.race([work(), closed]); }",
    ],
    [
      "a promise of the call, until the loop sets a flag",
      "async function f(queue, signal, source) { const closed = once(); let running = true; while (running) { running = await Promise.race([work(), closed]); } }",
    ],
    [
      "a promise of the call, until somebody aborts or the work is done",
      "async function f(queue, signal, source) { const closed = once(); while (!signal.aborted) { const x = await Promise.race([work(), closed]); if (!x) break; } }",
    ],
    [
      "a function that is given all that it races",
      "const first = (a, b) => Promise.race([a, b]); while (true) await first(work(), other());",
    ],
    [
      "a function that makes all that it races",
      "async function first() { const a = work(); use(a); return Promise.race([a, work()]); } while (true) await first();",
    ],
    [
      "a function that no endless loop calls",
      "const stop = once(); const orStop = (p) => Promise.race([p, stop]); for (const x of list) await orStop(x);",
    ],
    [
      "a race of the file itself",
      "const stop = once(); await Promise.race([work(), stop]); while (true) await work();",
    ],
    [
      "a function that replaces what it races",
      "async function f(client) { const step = async () => { await Promise.race([work(), client.closed]); client = connect(); }; while (true) await step(); }",
    ],
    [
      "a function that the loop makes with a promise of the turn",
      "while (true) { const { stop } = open(); const orStop = (p) => Promise.race([p, stop]); await orStop(work()); }",
    ],
    [
      "a loop with a counter",
      "async function f(stop) { for (let i = 0; i < 3; i++) await Promise.race([work(), stop]); }",
    ],
    [
      "a loop over the keys of an object",
      "async function f(stop, all) { for (const key in all) await Promise.race([work(key), stop]); }",
    ],
    [
      "a race before the first turn",
      "async function f(stop) { for (let x = await Promise.race([work(), stop]); ; x = await work()) use(x); }",
    ],
    ["a loop that is run once", "async function f(stop) { do { await Promise.race([work(), stop]); } while (false); }"],
    [
      "a listener beside what comes once",
      "import { once } from 'node:events'; const late = new Promise((done) => setTimeout(done, 9)); async function f(a) { for (;;) await Promise.race([late, once(a, 'x')]); }",
    ],
    [
      "a listener of what is made on the spot",
      "import { once } from 'node:events'; async function f() { for (;;) await Promise.race([work(), once(open(), 'x')]); }",
    ],
    [
      "listeners of what is made in the turn",
      "import { once } from 'node:events'; async function f() { for (;;) { const s = open(); await Promise.race([once(s, 'x'), once(s, 'y')]); } }",
    ],
    [
      "listeners of what the loop replaces",
      "import { once } from 'node:events'; async function f() { let s; for (;;) { s = open(); await Promise.race([once(s, 'x'), once(s, 'y')]); } }",
    ],
    [
      "listeners of what a stream gives",
      "import { once } from 'node:events'; async function f(all) { for await (const s of all) await Promise.race([once(s, 'x'), once(s, 'y')]); }",
    ],
    [
      "a promise of an event or a pause",
      "async function f(a) { for (;;) await Promise.race([work(), new Promise((done) => { a.once('x', done); setTimeout(done, 9); })]); }",
    ],
    [
      "a loop that ends unless the item is great enough",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.take(), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n if (r >= 5) use(r); else break; } }",
    ],
    [
      "a loop that asks for something else first",
      "async function f(q) { for (;;) {\n const r = await Promise.race([q.take(), new Promise((done) => setTimeout(done, 9, 'idle'))]);\n if (!open) beat(); if (isIdle(r)) break; use(r); } }",
    ],
    ["two lists", "async function f(all, more) { while (true) await Promise.race([...all, ...more]); }"],
    [
      "a pause that ends the loop by its condition",
      "async function f(q) { let r; while ((r = await Promise.race([q.take(), new Promise((done) => setTimeout(done, 9))])) !== undefined) use(r); }",
    ],
  ])("%s", ([, code]) => {
    expect(reports(code)).toEqual([]);
  });
});
