import { describe, expect, it } from "vitest";
import { reaches, stepsOf } from "../../src/flow/queries.ts";
import { callOf, evaluationsOf, pathOfBody, pathOfFile, runsOf } from "./runs.ts";

const completions = (body: string): string[] => runsOf(pathOfBody(body), "exit");
const failures = (body: string): string[] => runsOf(pathOfBody(body), "throw");

describe("branches and loops", () => {
  it.each([
    ["`if` takes one branch", "if (a()) b(); else c(); d();", ["a b d", "a c d"]],
    ["`if` without `else` may be passed", "if (a()) b(); c();", ["a b c", "a c"]],
    ["`while` tests before each turn", "while (a()) b(); c();", ["a b a c", "a c"]],
    ["`do … while` tests after each turn", "do a(); while (b()); c();", ["a b c"]],
    ["`for` initializes once and updates after each turn", "for (a(); b(); c()) d();", ["a b", "a b d c b"]],
    ["`for…of` takes items until there are none", "for (const x of a()) b(); c();", ["a next b next c", "a next c"]],
    ["`for await` takes items until there are none", "for await (x.y of a()) b();", ["a next", "a next b next"]],
    ["`for…in` takes keys until there are none", "for (const x in a()) b();", ["a next", "a next b next"]],
    [
      "a target in the head of a loop is evaluated in each turn",
      "for (a().b of c()) d();",
      ["c next", "c next a d next"],
    ],
    ["`with` takes its object first", "with (a()) b();", ["a b"]],
    [
      "a pattern in the head of a loop is bound in each turn",
      "for (const { x = a() } of y) b();",
      ["next", "next a b next", "next b next"],
    ],
    ["`break` leaves the loop", "while (a()) { if (b()) break; c(); } d();", ["a b c a d", "a b d", "a d"]],
    ["`continue` goes to the test", "do { if (a()) continue; b(); } while (c());", ["a b c", "a c"]],
    ["`continue` goes to the update", "for (; a(); b()) { if (c()) continue; d(); }", ["a", "a c b a", "a c d b a"]],
    ["a labelled `break` leaves the outer loop", "x: while (a()) { while (b()) { break x; } }", ["a", "a b", "a b a"]],
    [
      "a labelled `continue` goes on with the outer loop",
      "x: for (const y of a()) { for (;;) { b(); continue x; } }",
      ["a next", "a next b next"],
    ],
    ["a labelled block is left by its `break`", "x: { a(); if (b()) break x; c(); } d();", ["a b c d", "a b d"]],
    ["`break` in a labelled block means the loop around it", "while (a()) { x: { break; } }", ["a"]],
    ["an endless loop ends by a jump only", "while (true) { if (a()) break; } b();", ["a b"]],
    ["`for (;;)` ends by a jump only", "for (;;) { if (a()) return; }", ["a"]],
    ["nothing follows a loop that nothing leaves", "while (1) a(); b();", []],
    ["`do … while (false)` runs once", "do { if (a()) break; b(); } while (false); c();", ["a b c", "a c"]],
    ["nothing follows a jump", "return a(); b();", ["a"]],
  ])("%s: %s", (_promise, body, runs) => {
    expect(completions(body)).toEqual(runs);
  });

  it("return to the beginning of a body after each turn", () => {
    const loops = ["while (x) a();", "do a(); while (x);", "for (;;) a();", "for (; x;) a();", "for (y of x) a();"];
    for (const loop of loops) {
      const path = pathOfBody(loop);
      const calls = stepsOf(path, callOf(path, "a"));
      expect(
        reaches(calls, (step) => calls.includes(step)),
        loop,
      ).toBe(true);
    }
  });

  it("test a loop's condition as two steps: the first time, and again", () => {
    const path = pathOfBody("while (a()) b();");
    expect(stepsOf(path, callOf(path, "a"))).toHaveLength(2);
  });
});

describe("switch", () => {
  it.each([
    [
      "tests its cases in order",
      "switch (a()) { case b(): c(); break; case d(): e(); }",
      ["a b c", "a b d", "a b d e"],
    ],
    ["falls through", "switch (x) { case 1: a(); case 2: b(); }", ["", "a b", "b"]],
    ["shares a body among cases", "switch (x) { case a(): case b(): c(); }", ["a b", "a b c", "a c"]],
    [
      "comes to a default in the middle only when no case fits, and falls through from there",
      "switch (x) { case a(): b(); break; default: c(); case d(): e(); }",
      ["a b", "a d c e", "a d e"],
    ],
    ["is not passed where it has a default", "switch (x) { default: a(); } b();", ["a b"]],
    [
      "lets `continue` through to the loop",
      "for (const x of y) { switch (x) { case 1: continue; } a(); }",
      ["next", "next a next", "next next"],
    ],
  ])("%s: %s", (_promise, body, runs) => {
    expect(completions(body)).toEqual(runs);
  });
});

describe("try", () => {
  it.each([
    [
      "goes to the handler from each expression that can throw",
      "try { a(); b(); } catch { c(); } d();",
      ["a b c d", "a b d", "a c d"],
    ],
    ["goes to the handler from `throw`", "try { if (a()) throw b; } catch { c(); }", ["a", "a c"]],
    ["passes `finally` in every way", "try { if (a()) return; b(); } finally { c(); } d();", ["a b c d", "a c"]],
    [
      "passes `finally` on the way out of a loop",
      "while (a()) { try { break; } finally { b(); } } c();",
      ["a b c", "a c"],
    ],
    [
      "passes `finally` on the way to the next turn",
      "for (const x of y) { try { if (a()) continue; b(); } finally { c(); } d(); }",
      ["next", "next a b c d next", "next a c next"],
    ],
    [
      "passes all `finally` blocks from the inside out",
      "try { try { return; } finally { a(); } } finally { b(); } c();",
      ["a b"],
    ],
    ["is not left by a `break` within it", "try { for (;;) { a(); break; } b(); } finally { c(); } d();", ["a b c d"]],
    [
      "is not left by a `continue` within it",
      "try { for (const x of y) { if (a()) continue; b(); } } finally { c(); }",
      ["next a b next c", "next a next c", "next c"],
    ],
    ["takes the error apart before the handler", "try { a(); } catch ({ [b()]: x }) { c(); }", ["a", "a b c"]],
    ["lets a jump in `finally` win", "x: try { return a(); } finally { break x; } b();", ["a b"]],
    [
      "does not let `finally` of its own catch the handler's errors",
      "try { a(); } catch { throw b; } finally { c(); } d();",
      ["a c d"],
    ],
    ["has a handler even where nothing is known to throw", "try { x + y; } catch { a(); } b();", ["a b", "b"]],
    [
      "takes errors of a handler to the handler around it",
      "try { try { a(); } catch { b(); } c(); } catch { d(); }",
      ["a b c", "a b c d", "a b d", "a c", "a c d"],
    ],
  ])("%s: %s", (_promise, body, runs) => {
    expect(completions(body)).toEqual(runs);
  });

  it.each([
    ["a call outside of `try` may end the function", "a(); b();", ["a", "a b"]],
    ["an error passes `finally`", "try { a(); } finally { b(); } c();", ["a b", "a b c"]],
    ["a caught error does not end the function", "try { a(); } catch {}", []],
    ["what is thrown is evaluated first", "throw new a(b);", ["a"]],
    ["a rethrown error ends the function", "try { a(); } catch (e) { throw e; }", ["a"]],
    ["a generator may be made to throw where it yields", "yield; a();", ["yield", "yield a"]],
    ["a loop may fail to take its next item", "for (const x of y) a();", ["next", "next a", "next a next"]],
    ["taking a value apart may throw", "const { x } = y;", [""]],
    ["reading a member may throw", "x.y;", [""]],
    ["names, arithmetic and the making of functions do not throw", "x + y; () => a();", []],
  ])("%s: %s", (_promise, body, runs) => {
    expect(failures(body)).toEqual(runs);
  });

  it("keeps completions apart: after a return, `finally` does not lead to what follows the statement", () => {
    const path = pathOfBody("try { if (x) return a(); y; } finally { z; } b();");
    const last = callOf(path, "b");
    expect(reaches(stepsOf(path, callOf(path, "a")), ({ node }) => node === last)).toBe(false);
    expect(reaches([path.enter], ({ node }) => node === last)).toBe(true);
  });

  it("ends a generator where it yields, by way of `finally`", () => {
    expect(completions("try { yield; a(); } finally { b(); }")).toEqual(["yield a b", "yield b"]);
  });

  it("shares one copy of a `finally` block from the fourth level on", () => {
    const nested = (depth: number, inner: string): string =>
      depth === 0 ? inner : `try { x; } finally { ${nested(depth - 1, inner)} }`;
    const stepsIn = (body: string, name: string) => {
      const path = pathOfBody(body);
      return stepsOf(path, callOf(path, name));
    };
    const inner = "try { b(); } finally { c(); } d();";
    expect(stepsIn(nested(2, inner), "c")).toHaveLength(2);
    expect(stepsIn(nested(3, inner), "c")).toHaveLength(1);
    // The end of the block and its error lead to the same copy.
    expect(stepsIn(nested(3, inner), "b").map(({ next, raises }) => [next.length, raises.length])).toEqual([[1, 0]]);
    expect(completions(nested(3, inner))).toEqual(["b c d"]);
    expect(failures(nested(3, inner))).toEqual(["b c", "b c d"]);
    const left = nested(3, "try { return b(); } finally { c(); } d();");
    expect(stepsIn(left, "d")).toEqual([]);
    expect(completions(left)).toEqual(["b c"]);
  });

  it("keeps completions apart in the fourth of four `try` statements", () => {
    const path = pathOfBody("try { a; } finally { b; } ".repeat(3) + "try { c(); } finally { d(); }");
    expect(stepsOf(path, callOf(path, "d"))).toHaveLength(2);
  });

  it("shares one copy of a deeply nested `finally` block instead of multiplying it", () => {
    const nest = (depth: number): string =>
      depth === 0 ? "a();" : `try { if (x) return; b(); } finally { ${nest(depth - 1)} }`;
    expect(pathOfBody(nest(30)).steps.length).toBeLessThan(20_000);
    expect(reaches([pathOfBody(nest(30)).enter], ({ kind }) => kind === "exit")).toBe(true);
  });
});

describe("using", () => {
  it.each([
    ["disposes at the end of the block", "{ using x = a(); b(); } c();", ["a b dispose-x c"]],
    ["disposes of all names of a declaration", "using x = a(), y = b(); c();", ["a b c dispose-x-y"]],
    ["disposes in the opposite order", "using x = a(); await using y = b(); c();", ["a b c dispose-y dispose-x"]],
    ["disposes on the way out", "using x = a(); if (b()) return; c();", ["a b c dispose-x", "a b dispose-x"]],
    [
      "disposes after each turn of a loop",
      "for (using x of y) { if (a()) break; b(); } c();",
      ["next a b dispose-x next c", "next a dispose-x c", "next c"],
    ],
    [
      "disposes after the last turn of a loop that declares it",
      "for (using x = a(); b();) { c(); } d();",
      ["a b c b dispose-x d", "a b dispose-x d"],
    ],
  ])("%s: %s", (_promise, body, runs) => {
    expect(completions(body)).toEqual(runs);
  });

  it("disposes when something throws, once there is something to dispose of", () => {
    expect(failures("using x = a(); b();")).toEqual(["a", "a b dispose-x"]);
  });
});

describe("files", () => {
  it.each([
    [
      "run their statements in order",
      "import x from 'x'; export const y = a(); export default b(); export * from 'z';",
      ["a b"],
    ],
    [
      "run namespaces and enums, not what is only declared",
      "namespace A { a(); } enum B { x = b() } declare namespace C { const d: 1; } declare const e: 2;",
      ["a b"],
    ],
    [
      "leave out types",
      "interface A { x: typeof a } type B = 1; abstract class C { abstract x: 1 } function d(): void; function d() {}",
      [""],
    ],
    ["make an exported function, and do not run it", "export default function f() { a(); } b();", ["b"]],
    ["run what they export the TypeScript way", "export = a();", ["a"]],
  ])("%s: %s", (_promise, text, runs) => {
    expect(runsOf(pathOfFile(text), "exit")).toEqual(runs);
  });

  it.each([
    ["exported functions", "a(); export function f() {}", ["function f() {}", "a()"]],
    ["functions exported by default", "a(); export default function f() {}", ["function f() {}", "a()"]],
    ["functions in a `switch`", "switch (a()) { case 1: b(); function f() {} }", ["a()", "function f() {}", "b()"]],
  ])("make %s where their scope begins", (_name, text, evaluations) => {
    expect(evaluationsOf(pathOfFile(text), text)).toEqual(evaluations);
  });

  it("make classes that they export by default", () => {
    const text = "export default class extends a() {}";
    expect(evaluationsOf(pathOfFile(text), text)).toEqual(["a()", "class extends a() {}"]);
  });

  it("have no steps for what exists only in types", () => {
    const text =
      "interface A {} type B = 1; declare const c: 1; declare function d(): void; declare class E {} declare global {}";
    expect(pathOfFile(text).steps.map(({ kind }) => kind)).toEqual(["enter", "exit", "throw"]);
  });
});
