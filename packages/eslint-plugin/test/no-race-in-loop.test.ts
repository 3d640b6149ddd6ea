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
  ])("%s", ([, code]) => {
    expect(reports(code)).toEqual([]);
  });
});
