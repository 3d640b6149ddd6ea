import { describe, expect, test } from "vitest";
import { lint } from "./lint.ts";
import type { LintOptions } from "./lint.ts";

const rules = { "tailrace/no-drain-only-wait": "error" } as const;
const strictRules = { "tailrace/no-drain-only-wait": ["error", { strict: true }] } satisfies LintOptions["rules"];
const linesOf = (code: string, options: LintOptions = {}): number[] =>
  lint(code, { rules, ...options }).map(({ line }) => line);

const HEAD = `import { once } from "node:events"; import * as events from "events";\nimport type { Socket } from "node:net"; import type { ServerResponse } from "node:http"; import { spawn } from "node:child_process"; import type { Writable } from "node:stream";\n`;
const inHandler = (code: string): string =>
  `${HEAD}export async function handle(res: ServerResponse, x, req) { ${code} }`;

describe("a wait for drain alone is reported", () => {
  test.for<[string, string]>([
    ["events.once", inHandler(`if (!res.write(x)) await once(res, "drain");`)],
    ["by a namespace", inHandler(`if (!res.write(x)) await events.once(res, "drain");`)],
    ["a promise", inHandler(`if (!res.write(x)) await new Promise((r) => res.once("drain", r));`)],
    [
      "a promise with an error path",
      inHandler(`await new Promise((r, e) => { res.once("drain", r); res.once("error", e); });`),
    ],
    [
      "a promise that may be settled at once",
      inHandler(`await new Promise((r) => { if (res.write(x)) r(); else res.once("drain", () => r()); });`),
    ],
    ["with its state asked", inHandler(`if (!res.destroyed && !res.write(x)) await once(res, "drain");`)],
    [
      "with a listener that sets a flag",
      inHandler(`res.on("close", () => { gone = true; }); await once(res, "drain");`),
    ],
    ["in a chain", inHandler(`await once(res, "drain").then(go);`)],
    ["returned by a helper", `${HEAD}const room = (s: Socket) => new Promise<void>((r) => s.once("drain", r));`],
    ["a field", `${HEAD}class A { constructor(private s: Socket) {} async f() { await once(this.s, "drain"); } }`],
    ["the input of a child", `${HEAD}const { stdin } = spawn("x"); if (!stdin.write(y)) await once(stdin, "drain");`],
  ])("%s", ([, code]) => {
    expect(linesOf(code)).toEqual([3]);
  });

  test("in CommonJS and plain JavaScript", () => {
    const code = `const { once } = require("events"), http = require("http");\nhttp.createServer(async (q, s) => { await once(s, "drain"); });`;
    expect(linesOf(code, { language: "commonjs" })).toEqual([2]);
    expect(linesOf(code.replace("http.c", "require('http').c"), { language: "espree" })).toEqual([2]);
  });

  test("in the strict form, of any stream given from outside", () => {
    const code = `${HEAD}export async function fill(out: Writable) { await new Promise<void>((r) => out.once("drain", r)); }`;
    expect(linesOf(code)).toEqual([]);
    expect(linesOf(code, { rules: strictRules })).toEqual([3]);
  });
});

describe("silent where something else ends the wait", () => {
  test.for<[string, string]>([
    ["a race", inHandler(`await Promise.race([once(res, "drain"), gone]);`)],
    ["a race of variables", inHandler(`const d = once(res, "drain"); await Promise.race([d, gone]);`)],
    ["a signal", inHandler(`await once(res, "drain", { signal });`)],
    [
      "close in the same promise",
      inHandler(`await new Promise((r) => { res.once("drain", r); res.once("close", r); });`),
    ],
    [
      "a timer in the same promise",
      inHandler(`await new Promise((r) => { res.once("drain", r); setTimeout(r, 9); });`),
    ],
    ["a close listener that acts", inHandler(`res.on("close", () => fail(x)); await once(res, "drain");`)],
    ["the request's end", inHandler(`req.on("aborted", () => abort()); await once(res, "drain");`)],
    ["finished", inHandler(`finished(res, (error) => stop(error)); await once(res, "drain");`)],
    ["a function that we do not see", inHandler(`await within(once(res, "drain"), 9);`)],
    ["no peer", `${HEAD}export async function f(out: Writable) { await once(out, "drain"); }`],
    ["no stream", `${HEAD}await once(pool, "drain");`],
    ["nobody waits", inHandler(`once(res, "drain");`)],
  ])("%s", ([, code]) => {
    expect(linesOf(code, { rules: strictRules })).toEqual([]);
  });
});

describe("where the wait goes does not end it", () => {
  test.for<[string, string]>([
    ["a variable", inHandler(`const d = once(res, "drain"); await d;`)],
    ["two variables", inHandler(`const d = once(res, "drain"), e = d; await e;`)],
    ["all of many", inHandler(`await Promise.all([once(res, "drain"), saved]);`)],
    ["all of many, settled", inHandler(`await Promise.allSettled([once(res, "drain"), saved]);`)],
    ["after an operator", inHandler(`await (res.write(x) || once(res, "drain"));`)],
    ["in a branch", inHandler(`await (res.write(x) ? null : once(res, "drain"));`)],
    ["returned", inHandler(`return once(res, "drain");`)],
    ["returned by an arrow", inHandler(`const room = () => once(res, "drain"); await room();`)],
    ["caught", inHandler(`await once(res, "drain").catch(log);`)],
    ["a chain that nobody waits for", inHandler(`once(res, "drain").then(go);`)],
    ["a longer chain", inHandler(`once(res, "drain").then(go).catch(fail).finally(stop);`)],
    ["a chain in a variable", inHandler(`const d = once(res, "drain").then(go); await d;`)],
  ])("reported: %s", ([, code]) => {
    expect(linesOf(code)).toEqual([3]);
  });

  test.for<[string, string]>([
    ["any of many", inHandler(`await Promise.any([once(res, "drain"), gone]);`)],
    ["a list for somebody else", inHandler(`const list = [once(res, "drain"), gone]; await first(list);`)],
    ["all of a list that another library waits for", inHandler(`await Bluebird.all([once(res, "drain"), gone]);`)],
    ["one that may be replaced", inHandler(`await (once(res, "drain") || gone);`)],
    ["a field", inHandler(`job.wait = once(res, "drain");`)],
    ["a part of it", inHandler(`const { then } = once(res, "drain");`)],
    ["a method that is not called", inHandler(`const then = once(res, "drain").then;`)],
    ["a method of another promise", inHandler(`await once(res, "drain").timeout(9);`)],
    ["an argument in a chain", inHandler(`await done.then(once(res, "drain"));`)],
    ["a variable that a race has", inHandler(`const d = once(res, "drain"), e = d; await Promise.race([e, gone]);`)],
    ["another event", inHandler(`await once(res, "finish");`)],
    ["another event too", inHandler(`await new Promise((r) => { res.once("drain", r); res.once("finish", r); });`)],
    [
      "an error that resolves it",
      inHandler(`await new Promise((r) => { res.once("drain", r); res.once("error", r); });`),
    ],
    ["another's end", inHandler(`await new Promise((r, e) => { res.once("drain", r); req.once("error", e); });`)],
    [
      "another that is waited for first",
      inHandler(`await new Promise((r) => { req.once("end", r); res.once("drain", r); });`),
    ],
    ["a listener that is no promise", inHandler(`res.once("drain", go);`)],
  ])("silent: %s", ([, code]) => {
    expect(linesOf(code, { rules: strictRules })).toEqual([]);
  });
});

describe("a helper is judged with its calls", () => {
  const room = `${HEAD}const room = (s: Socket) => new Promise<void>((r) => s.once("drain", r)); `;

  test.for<[string, string]>([
    ["all of many", `await Promise.all([room(a), saved]);`],
    ["all of many, settled", `await Promise.allSettled([room(a), saved]);`],
    ["a chain", `await room(a).then(go);`],
    ["simply", `await room(a);`],
    ["not at all", `log(room);`],
    ["with what a call gives", `await room(open(late));`],
  ])("reported where it is called: %s", ([, code]) => {
    expect(linesOf(room + code)).toEqual([3]);
  });

  test.for<[string, string]>([
    ["in a race", `await Promise.race([room(a), late]);`],
    ["for the first that succeeds", `await Promise.any([room(a), late]);`],
    ["for another function", `await withTimeout(room(a), 9);`],
    ["in a list for another function", `await first([room(a), late]);`],
  ])("silent where it is called %s", ([, code]) => {
    expect(linesOf(room + code, { rules: strictRules })).toEqual([]);
  });

  test("where what it takes is annotated, it is the helper that is reported", () => {
    const calls = `async function f(res: ServerResponse) {\n  await drained(res);\n}`;
    const helper = (s: string): string => `${HEAD}function drained(${s}) { return once(s, "drain"); }\n${calls}`;
    expect(linesOf(helper("s: ServerResponse"))).toEqual([3]);
    expect(linesOf(helper("s"))).toEqual([5]);
  });
});

describe("what closes the stream is asked", () => {
  const open = `${HEAD}import net, { connect } from "node:net"; `;

  test.for<[string, string]>([
    [
      "a connection that this file destroys",
      `const s = connect(1); stop.on("x", () => s.destroy()); await once(s, "drain");`,
    ],
    [
      "a connection that this file destroys soon",
      `const s = connect(1); stop.on("x", () => s.destroySoon()); await once(s, "drain");`,
    ],
    [
      "a connection that this file resets",
      `const s = connect(1); stop.on("x", () => s.resetAndDestroy()); await once(s, "drain");`,
    ],
    ["a connection with a timeout", `const s = connect(1); s.setTimeout(99); await once(s, "drain");`],
    ["a connection, with no way to fail", `const s = connect(1); await new Promise((r) => s.once("drain", r));`],
    ["a child's input", `const child = spawn("x"); await once(child.stdin, "drain");`],
    ["a child's input by a name", `const child = spawn("x"), input = child.stdin; await once(input, "drain");`],
    ["a child's input in a field", `class A { to = spawn("x").stdin; async f() { await once(this.to, "drain"); } }`],
    [
      "the input of a child in a field",
      `class A { child = spawn("x"); async f() { await once(this.child.stdin, "drain"); } }`,
    ],
    ["a socket of a server's", `net.createServer(async (s) => { await once(s, "drain"); });`],
  ])("reported: %s", ([, code]) => {
    expect(linesOf(open + code)).toEqual([3]);
  });

  test.for<[string, string]>([
    ["a connection that fails", `const s = connect(1); await once(s, "drain");`],
    ["a connection beside one that is destroyed", `const s = connect(1); other.destroy(); await once(s, "drain");`],
    ["a connection that something else is done with", `const s = connect(1); s.setNoDelay(); await once(s, "drain");`],
    ["an input that is no child's", `const { stdin } = job; await once(stdin, "drain");`],
    [
      "a writable of its own in a field",
      `class A { to = createWriteStream("x"); async f() { await once(this.to, "drain"); } } import { createWriteStream } from "fs";`,
    ],
    ["a connection beside a function of that name", `const s = connect(1); destroy(s); await once(s, "drain");`],
  ])("silent: %s", ([, code]) => {
    expect(linesOf(open + code)).toEqual([]);
  });
});

describe("a listener for the end may end the wait", () => {
  const wait = `await once(res, "drain");`;

  test.for<[string, string]>([
    ["it stops a timer", inHandler(`res.on("close", () => clearTimeout(t)); ${wait}`)],
    ["it stops a clock", inHandler(`res.on("close", () => clearInterval(t)); ${wait}`)],
    ["it takes back what is next", inHandler(`res.on("close", () => clearImmediate(t)); ${wait}`)],
    ["it prints", inHandler(`res.on("close", () => console.log("gone")); ${wait}`)],
    ["it does nothing, by name", inHandler(`res.on("close", gone); ${wait} function gone() { closed = true; }`)],
    [
      "it does nothing, by an arrow's name",
      inHandler(`const gone = () => { closed = true; }; res.on("close", gone); ${wait}`),
    ],
    ["it hears an error", inHandler(`res.on("error", () => fail(x)); ${wait}`)],
    [
      "it hears of another socket",
      `${HEAD}export async function f(res: ServerResponse, s: Socket) { s.on("close", () => fail(x)); ${wait} }`,
    ],
    [
      "it is in another function",
      inHandler(`${wait} } function other(res: ServerResponse) { res.on("close", () => fail(x));`),
    ],
    ["`finished` does nothing", inHandler(`finished(res, () => { gone = true; }); ${wait}`)],
    ["another is finished", inHandler(`finished(req, () => fail(x)); ${wait}`)],
    ["`finished` is given no function", inHandler(`finished(res, options); ${wait}`)],
    ["it is called with nothing else", inHandler(`finished(); log(res); ${wait}`)],
    ["another event is waited for elsewhere", inHandler(`const ready = once(res, "pipe"); use(ready); ${wait}`)],
    ["an event whose name is not known is waited for", inHandler(`const ready = once(res, name); use(ready); ${wait}`)],
  ])("reported though %s", ([, code]) => {
    expect(linesOf(code)).toEqual([3]);
  });

  test.for<[string, string]>([
    ["it throws", inHandler(`res.on("close", () => { throw gone; }); ${wait}`)],
    ["it makes something", inHandler(`res.on("close", () => { last = new Gone(x); }); ${wait}`)],
    ["it acts, by name", inHandler(`res.on("close", gone); ${wait} function gone() { fail(x); }`)],
    ["it is not seen", inHandler(`res.on("close", given); ${wait}`)],
    ["it prints by something else", inHandler(`res.on("close", () => logger.log("gone")); ${wait}`)],
    ["it hears the finish", inHandler(`res.on("finish", () => fail(x)); ${wait}`)],
    ["it hears the end", inHandler(`req.on("end", () => fail(x)); ${wait}`)],
    ["it hears the abort", inHandler(`req.on("abort", () => fail(x)); ${wait}`)],
    ["it may hear anything", inHandler(`res.on(name, () => fail(x)); ${wait}`)],
    ["the close is waited for", inHandler(`const gone = once(res, "close"); use(gone); ${wait}`)],
    ["it hears of the socket beneath", inHandler(`res.socket.on("close", () => fail(x)); ${wait}`)],
    [
      "it hears of what the stream belongs to",
      `${HEAD}const child = spawn("x"); child.on("close", () => fail(x)); await once(child.stdin, "drain");`,
    ],
    [
      "it hears of what a field belongs to",
      `${HEAD}class A { constructor(private s: Socket) { s.x = 1; this.s.on("close", () => this.fail()); } async f() { await once(this.s, "drain"); } }`,
    ],
    [
      "it hears of a signal",
      `${HEAD}export async function f(res: ServerResponse, signal: AbortSignal) { signal.addEventListener("abort", () => fail(x)); ${wait} }`,
    ],
    [
      "it hears of a request",
      `${HEAD}import type { IncomingMessage } from "http"; export async function f(q: IncomingMessage, res: ServerResponse) { q.on("close", () => fail(x)); ${wait} }`,
    ],
    [
      "a function with a name is called when it is finished",
      inHandler(`finished(res, gone); ${wait} function gone() { fail(x); }`),
    ],
    [
      "it is in the module",
      `${HEAD}import { res } from "./res.ts"; res.on("close", () => fail(x)); async function f() { ${wait} }`,
    ],
  ])("silent where %s", ([, code]) => {
    expect(linesOf(code)).toEqual([]);
  });
});

describe("the strict form asks where the stream is from", () => {
  const wait = `await new Promise((r) => out.once("drain", r));`;

  test.for<[string, string]>([
    ["a parameter", `export async function f(out: Writable) { ${wait} }`],
    [
      "a parameter whose error only sets a flag",
      `export async function f(out: Writable) { out.on("error", () => { bad = true; }); ${wait} }`,
    ],
    [
      "a parameter whose other event is heard",
      `export async function f(out: Writable) { out.on("pipe", () => fail(x)); ${wait} }`,
    ],
    [
      "a parameter, with another's error heard",
      `export async function f(out: Writable) { other.on("error", () => fail(x)); ${wait} }`,
    ],
    [
      "a parameter that says something about an error",
      `export async function f(out: Writable) { out.emit("error", () => fail(x)); ${wait} }`,
    ],
    ["a field", `class A { constructor(private out: Writable) {} async f() { ${wait.replace("out", "this.out")} } }`],
  ])("reported: %s", ([, code]) => {
    expect(linesOf(HEAD + code)).toEqual([]);
    expect(linesOf(HEAD + code, { rules: strictRules })).toEqual([3]);
  });

  test.for<[string, string]>([
    ["a stream of its own", `import { createWriteStream } from "fs"; const out = createWriteStream("x"); ${wait}`],
    ["standard output", wait.replace("out", "process.stdout")],
    [
      "a parameter whose error is heard",
      `export async function f(out: Writable) { out.on("error", () => fail(x)); ${wait} }`,
    ],
    [
      "a parameter whose error is heard once",
      `export async function f(out: Writable) { out.once("error", fail); ${wait} }`,
    ],
    [
      "a parameter whose error is heard, by the long name",
      `export async function f(out: Writable) { out.addListener("error", fail); ${wait} }`,
    ],
    [
      "a field whose error is heard",
      `class A { constructor(private out: Writable) { this.out.on("error", () => this.fail()); } async f() { ${wait.replace("out", "this.out")} } }`,
    ],
    ["a wait that an error ends", `export async function f(out: Writable) { await once(out, "drain"); }`],
  ])("silent: %s", ([, code]) => {
    expect(linesOf(HEAD + code, { rules: strictRules })).toEqual([]);
  });
});

test("the message names close, and the change", () => {
  const [report] = lint(inHandler(`if (!res.write(x)) await once(res, "drain");`), { rules });
  expect(report?.message).toBe(
    '`once(res, "drain")` waits for "drain" alone. When the other side goes away while the buffer is full, `res` emits "close" and never "drain", so that this wait never ends. Use `pipeline`, which fails then, or end the wait on "close" as well, and stop writing then (leave the loop, or reject): no event follows "close".',
  );
});

test("the message of a helper's call says where its promise is made", () => {
  const helper = 'function drained(s) {\n  return new Promise((r) => s.once("drain", r));\n}';
  const [report] = lint(`${helper}\n${inHandler("if (!res.write(x)) await drained(res);")}`, { rules });
  expect(report?.message).toMatch(/^`drained\(res\)` \(its promise is made on line 2\) waits for "drain" alone\./u);
});
