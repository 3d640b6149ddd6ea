import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";
import { codePathOf } from "../../src/flow/code-path.ts";
import type { CodePath, Step } from "../../src/flow/code-path.ts";
import { reaches, stepsOf } from "../../src/flow/queries.ts";
import { callOf, pathOfBody, pathOfFile } from "./runs.ts";

function callsOf(path: CodePath, name: string): readonly Step[] {
  return stepsOf(path, callOf(path, name));
}

describe("codePathOf", () => {
  it("draws a code path once", () => {
    const path = pathOfBody("a();");
    expect(codePathOf(path.owner)).toBe(path);
  });

  it("numbers steps by their place, and links them both ways", () => {
    const { steps } = pathOfBody("for (const x of a()) { try { b(x); } catch { continue; } finally { c(); } }");
    steps.forEach((step, index) => {
      expect(step.id).toBe(index);
      for (const next of step.next) expect(next.previous).toContain(step);
      for (const previous of step.previous) expect(previous.next).toContain(step);
    });
  });

  it("knows to what only an error leads", () => {
    const path = pathOfBody("try { a(); b(); } catch { c(); } finally { d(); }");
    const [a] = callsOf(path, "a");
    const caught = a?.raises[0];
    expect([a?.raises.length, a?.next.length]).toEqual([1, 2]);
    expect(caught && reaches([caught], (step) => callsOf(path, "c").includes(step))).toBe(true);
    expect(path.steps.every(({ next, raises }) => raises.every((step) => next.includes(step)))).toBe(true);
  });

  it.each([
    ["a plain class", "class A {}", T.ClassDeclaration, 0],
    ["a class of another's kind", "class A extends b {}", T.ClassDeclaration, 1],
    ["a decorated class", "@b class A {}", T.ClassDeclaration, 1],
    ["a static field", "class A { static x = 1; }", T.PropertyDefinition, 1],
    ["an assignment to a name", "x = 1;", T.AssignmentExpression, 0],
    ["an assignment to a member", "x.y = 1;", T.AssignmentExpression, 1],
    ["`in`", "x in y;", T.BinaryExpression, 1],
    ["`instanceof`", "x instanceof y;", T.BinaryExpression, 1],
    ["a comparison", "x < y;", T.BinaryExpression, 0],
    ["a disposal", "using x = y;", T.VariableDeclaration, 1],
  ])("knows whether an error may leave %s", (_name, text, type, count) => {
    const step = pathOfFile(text).steps.find(({ kind, node }) => kind === "evaluate" && node.type === type);
    expect(step?.raises.length).toBe(count);
  });

  it("links two steps once, however many ways lead from the one to the other", () => {
    for (const body of ["switch (x) { case 1: case 2: a(); }", "while (x) switch (y) { case 1: case 2: }"]) {
      for (const { next } of pathOfBody(body).steps) expect(new Set(next).size, body).toBe(next.length);
    }
  });

  it("begins with the entry", () => {
    const path = pathOfBody("a();");
    expect(path.steps[0]).toBe(path.enter);
  });

  it("has an exit and a throw even where neither is reached", () => {
    const path = pathOfBody("for (;;);");
    expect(path.exit.previous).toEqual([]);
    expect(path.thrown.previous).toEqual([]);
    expect(path.steps).toContain(path.exit);
  });
});

describe("reaches", () => {
  it("begins after the given steps", () => {
    const path = pathOfBody("a(); b();");
    const a = callsOf(path, "a");
    expect(reaches(a, (step) => a.includes(step))).toBe(false);
  });

  it("counts a given step where a path leads back to it", () => {
    const path = pathOfBody("while (x) a();");
    const a = callsOf(path, "a");
    expect(reaches(a, (step) => a.includes(step))).toBe(true);
  });

  it("ends a path where it may not pass", () => {
    const path = pathOfBody("a(); b(); c();");
    const isB = (step: Step): boolean => callsOf(path, "b").includes(step);
    const isC = (step: Step): boolean => callsOf(path, "c").includes(step);
    expect(reaches(callsOf(path, "a"), isC)).toBe(true);
    expect(reaches(callsOf(path, "a"), isC, { through: (step) => !isB(step) })).toBe(false);
    expect(reaches(callsOf(path, "a"), isB, { through: (step) => !isB(step) })).toBe(true);
  });

  it("finds a way around what it may not pass", () => {
    const path = pathOfBody("a(); if (x) b(); c();");
    const isC = (step: Step): boolean => callsOf(path, "c").includes(step);
    const through = (step: Step): boolean => !callsOf(path, "b").includes(step);
    expect(reaches(callsOf(path, "a"), isC, { through })).toBe(true);
  });

  it("ends where it only comes back to what it has seen", () => {
    const path = pathOfBody("for (;;) { if (x) continue; y; }");
    expect(reaches([path.enter], (step) => step === path.exit)).toBe(false);
  });

  it("reaches nothing from nothing", () => {
    expect(reaches([], () => true)).toBe(false);
  });
});

describe("stepsOf", () => {
  it("has one step for each copy of a `finally` block", () => {
    const path = pathOfBody("try { if (x) return; b(); } finally { c(); }");
    // After the end of the block, after `return`, after an error of b().
    expect(callsOf(path, "c")).toHaveLength(3);
  });

  it("has none for what control cannot reach, nor for what another code path holds", () => {
    const path = pathOfBody("return () => { b(); }; a();");
    expect(callsOf(path, "a")).toEqual([]);
    expect(callsOf(path, "b")).toEqual([]);
  });
});
