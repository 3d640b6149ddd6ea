import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";
import { codePathOf } from "../../src/flow/code-path.ts";
import type { CodePath, CodePathOwner } from "../../src/flow/code-path.ts";
import { evaluationsOf, find, pathOfBody, pathOfFile, pathOfFunction, runsOf } from "./runs.ts";

const completions = (body: string): string[] => runsOf(pathOfBody(body), "exit");

describe("evaluation order", () => {
  it.each([
    ["callee, arguments, call", "a.b(c(), d)", ["a.b", "c()", "a.b(c(), d)"]],
    ["callee, arguments, construction", "new A.B(c())", ["A.B", "c()", "new A.B(c())"]],
    ["object, computed key, member", "a()[b()]", ["a()", "b()", "a()[b()]"]],
    ["operands from left to right", "a() + b() * c()", ["a()", "b()", "c()", "b() * c()", "a() + b() * c()"]],
    ["target, value, assignment", "a().b = c()", ["a()", "a().b", "c()", "a().b = c()"]],
    ["a name is no step as a target", "x = a()", ["a()", "x = a()"]],
    [
      "value before the pattern that takes it apart",
      "[a().b] = c()",
      ["c()", "a()", "a().b", "[a().b]", "[a().b] = c()"],
    ],
    [
      "target of a default before the default",
      "[a().b = c()] = d()",
      ["d()", "a()", "a().b", "c()", "a().b = c()", "[a().b = c()]", "[a().b = c()] = d()"],
    ],
    ["each member of a sequence", "a(), b()", ["a()", "b()", "a(), b()"]],
    ["holes of a template", "`${a()} ${b()}`", ["a()", "b()", "`${a()} ${b()}`"]],
    ["tag, holes, tagged template", "a.b`${c()}`", ["a.b", "c()", "a.b`${c()}`"]],
    ["elements and spreads", "[a(), , ...b()]", ["a()", "b()", "...b()", "[a(), , ...b()]"]],
    ["keys and values", "({ [a()]: b(), c, ...d() })", ["a()", "b()", "d()", "...d()", "{ [a()]: b(), c, ...d() }"]],
    ["what is awaited", "await a()", ["a()", "await a()"]],
    ["what is yielded", "yield* a()", ["a()", "yield* a()"]],
    ["source and options of an import", "import(a(), b())", ["a()", "b()", "import(a(), b())"]],
    ["`typeof`, `!` and `++`", "typeof !a().b++", ["a()", "a().b", "a().b++", "!a().b++", "typeof !a().b++"]],
    [
      "the making of a function, not its body",
      "a(() => b(), function () { c(); })",
      ["() => b()", "function () { c(); }", "a(() => b(), function () { c(); })"],
    ],
    ["heritage, class, call", "a(class extends b() {})", ["b()", "class extends b() {}", "a(class extends b() {})"]],
    [
      "value before the target of the rest",
      "({ ...a().b } = c())",
      ["c()", "a()", "a().b", "{ ...a().b }", "{ ...a().b } = c()"],
    ],
    ["nothing for names, `this` and literals", "x; this; 1; 'a'; null; /r/", []],
    ["nothing for casts", "(a() as B)!.c satisfies D", ["a()", "(a() as B)!.c"]],
    ["an instantiation's function only", "new (a<B>)()", ["new (a<B>)()"]],
    ["a regular member of `import`", "import.meta.url", ["import.meta", "import.meta.url"]],
  ])("is %s: %s", (_order, expression, steps) => {
    const text = `async function* f() { ${expression}; }`;
    expect(evaluationsOf(pathOfFunction(text), text)).toEqual(steps);
  });

  it("puts the value before the parts of a declaration, and the declarator last", () => {
    const text = "function f() { const { [a()]: x, ...rest } = b(), y = c(); }";
    expect(evaluationsOf(pathOfFunction(text), text)).toEqual([
      "b()",
      "a()",
      "{ [a()]: x, ...rest }",
      "{ [a()]: x, ...rest } = b()",
      "c()",
      "y = c()",
    ]);
  });

  it("makes function declarations where their scope begins", () => {
    const text = "function f() { a(); { b(); function g() {} } }";
    expect(evaluationsOf(pathOfFunction(text), text)).toEqual(["a()", "function g() {}", "b()"]);
  });

  it("binds parameters before the body", () => {
    const path = pathOfFunction("function f(x = a(), { y = b() }) { c(); }");
    expect(runsOf(path, "exit")).toEqual(["a b c", "a c", "b c", "c"]);
  });

  it("begins an arrow function's path with its expression", () => {
    expect(runsOf(pathOfFunction("(x) => a(x)"), "exit")).toEqual(["a"]);
  });

  it("binds parameters that are properties before the body", () => {
    const text = "class A { constructor(private x = a()) { b(); } }";
    expect(runsOf(pathOfFunction(text), "exit")).toEqual(["a b", "b"]);
  });

  it("walks spread children of JSX", () => {
    const text = "a = <b>{...c()}{/* nothing */} </b>;";
    expect(evaluationsOf(pathOfFile(text), text)).toEqual([
      "c()",
      "<b>{...c()}{/* nothing */} </b>",
      text.slice(0, -1),
    ]);
  });

  it("walks JSX attributes and children in the order of the source", () => {
    const text = "a = <b c={d()} {...e()}>text {f()} <g/></b>;";
    expect(evaluationsOf(pathOfFile(text), text).slice(0, 4)).toEqual(["d()", "e()", "{...e()}", "f()"]);
  });
});

describe("choices", () => {
  it.each([
    ["`&&` may skip its right side", "a() && b(); c();", ["a b c", "a c"]],
    ["`||` may skip its right side", "a() || b(); c();", ["a b c", "a c"]],
    ["`??` may skip its right side", "a() ?? b(); c();", ["a b c", "a c"]],
    ["`?:` takes one branch", "a() ? b() : c(); d();", ["a b d", "a c d"]],
    ["`&&` after `&&` is skipped with it", "a() && b() && c(); d();", ["a b c d", "a b d", "a d"]],
    ["`||` after `||` is skipped with it", "a() || b() || c(); d();", ["a b c d", "a b d", "a d"]],
    [
      "`??` may skip its right side whatever its left side decided",
      "(a() && b()) ?? c(); d();",
      ["a b c d", "a b d", "a c d", "a d"],
    ],
    ["`=` always takes its value", "x.y = a(); b();", ["a b"]],
    ["`+=` always takes its value", "x.y += a(); b();", ["a b"]],
    ["`||=` may skip its value", "x.y ||= a(); b();", ["a b", "b"]],
    ["`&&=` may skip its value", "x.y &&= a(); b();", ["a b", "b"]],
    ["`??=` may skip its value", "x.y ??= a(); b();", ["a b", "b"]],
    ["a default is evaluated only for what is missing", "const { x = a() } = y; b();", ["a b", "b"]],
    ["what is taken apart may be a default", "const { x: { [a()]: y } = b() } = z; c();", ["a c", "b a c"]],
    ["a rest may be taken apart", "const [...[x = a()]] = y; b();", ["a b", "b"]],
    ["defaults are independent of each other", "const [x = a(), { y = b() }] = z;", ["", "a", "a b", "b"]],
    ["`?.` skips the whole chain", "x?.y(a()).z(b()); c();", ["a b c", "c"]],
    ["`?.()` skips its arguments", "x?.(a()); b();", ["a x b", "b"]],
    ["each `?.` of a chain may end it", "x?.[a()]?.[b()]; c();", ["a b c", "a c", "c"]],
    ["parentheses end a chain", "(x?.y(a())).z(b());", ["a b", "b"]],
    ["a chain within the arguments of another ends by itself", "x?.y(z?.(a()), b()); c();", ["a z b c", "b c", "c"]],
    ["a condition leads by its outcome", "if (a() && b()) c(); else d();", ["a b c", "a b d", "a d"]],
    ["a negated condition leads by its outcome", "if (!(a() || b())) c(); else d();", ["a b c", "a b d", "a d"]],
    [
      "a condition of three leads by its outcome",
      "if (a() && b() && c()) d(); else e();",
      ["a b c d", "a b c e", "a b e", "a e"],
    ],
    [
      "a part of `||` leads by its outcome",
      "if ((a() && b()) || c()) d(); else e();",
      ["a b c d", "a b c e", "a b d", "a c d", "a c e"],
    ],
    [
      "the left side of `??` decides nothing",
      "if ((a() && b()) ?? c()) d(); else e();",
      ["a b c d", "a b c e", "a b d", "a b e", "a c d", "a c e", "a d", "a e"],
    ],
    [
      "a number made of a condition decides nothing",
      "if (-(a() && b())) c(); else d();",
      ["a b c", "a b d", "a c", "a d"],
    ],
    ["a sequence leads by its last outcome", "if ((a(), b() && c())) d(); else e();", ["a b c d", "a b c e", "a b e"]],
    ["a cast condition leads by its outcome", "if (<A>(a() && b())) c(); else d();", ["a b c", "a b d", "a d"]],
    ["a chain cut short is no success", "if (x?.y(a())) b(); else c();", ["a b", "a c", "c"]],
    ["nested choices keep their outcomes", "a() && b() || c();", ["a b", "a b c", "a c"]],
    ["a literal condition of `if` decides nothing", "if (true) a(); else b();", ["a", "b"]],
  ])("%s: %s", (_promise, body, runs) => {
    expect(completions(body)).toEqual(runs);
  });

  it("have a step for each outcome only where the parts decide it", () => {
    const stepsOfNot = (body: string): number => {
      const path = pathOfBody(body);
      return path.steps.filter(({ node }) => node.type === T.UnaryExpression).length;
    };
    expect(stepsOfNot("if (!a()) b();")).toBe(1);
    expect(stepsOfNot("if (!(a() && b())) c();")).toBe(2);
  });

  it("take as many edges as branches, however many choices follow each other", () => {
    const path = pathOfBody(Array.from({ length: 40 }, () => "x ? y : z").join(", "));
    expect(path.steps.length).toBeLessThan(50);
    for (const step of path.steps) expect(new Set(step.next).size).toBe(step.next.length);
  });
});

describe("classes", () => {
  it("evaluate heritage, computed keys, and then static initializers", () => {
    const text = "class A extends a() { [b()] = c(); static x = d(); [e()]() { f(); } static { g(); } }";
    expect(evaluationsOf(pathOfFile(text), text)).toEqual([
      "a()",
      "b()",
      "e()",
      "static x = d();",
      "static { g(); }",
      text,
    ]);
  });

  it("have no step for static fields without a value", () => {
    const text = "class A { static x; static y = 1; z = 2; }";
    expect(evaluationsOf(pathOfFile(text), text)).toEqual(["static y = 1;", text]);
  });

  it("leave out members that exist only in types", () => {
    const text = "abstract class A { abstract [a()]: 1; declare [b()]: 1; abstract [c()](): void; [d()]: 1; }";
    expect(runsOf(pathOfFile(text), "exit")).toEqual(["d"]);
  });

  it("evaluate decorators with the names that they stand before", () => {
    const text = "@a() class A { @b() [c()]; @d() m() {} }";
    expect(runsOf(pathOfFile(text), "exit")).toEqual(["a b c d"]);
  });

  it("have initializers and static blocks with code paths of their own", () => {
    const text = "class A { x = a(b()); static { if (c()) d(); } abstract y; }";
    const program = pathOfFile(text).owner;
    const pathOf = (type: T): CodePath => codePathOf(find(program, (node) => node.type === type) as CodePathOwner);
    expect(runsOf(pathOf(T.PropertyDefinition), "exit")).toEqual(["b a"]);
    expect(runsOf(pathOf(T.StaticBlock), "exit")).toEqual(["c", "c d"]);
  });
});
