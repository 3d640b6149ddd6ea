import { describe, expect, test } from "vitest";
import { check, lint } from "../lint.ts";
import type { LintOptions } from "../lint.ts";

describe("names that hold each other", () => {
  test.for<[string, string]>([
    [
      "one that holds a member of itself",
      `var hub = hub.inner;
await new Promise((resolve) => hub.listen(resolve));`,
    ],
    [
      "two that hold what the other gives",
      `var one = two.call();
var two = one.call();
await new Promise((resolve) => one.listen(resolve));`,
    ],
  ])("%s", ([, code]) => {
    check(code);
  });
});

describe("code that leads too far is not judged", () => {
  const starving = `const { writable, readable } = new TransformStream();
await writable.getWriter().write("a");
for await (const word of readable) console.log(word);`;
  const reported = (code: string, options: LintOptions = {}): boolean => lint(code, options).length > 0;

  test("by 600 calls it does not", () => {
    const calls = (count: number): string => `const step = () => {};\n${"step();\n".repeat(count)}${starving}`;
    expect([reported(calls(600)), reported(calls(601))]).toEqual([true, false]);
  });

  test("by 300 of these to what other files made", () => {
    const files = { "maker.ts": `export const maker = () => () => { new TransformStream(); };` };
    const calls = (count: number): string =>
      `import { maker } from "./maker.ts";\nconst step = maker();\n${starving.replace("\n", `\n${"step();\n".repeat(count)}`)}`;
    expect([reported(calls(299), { files }), reported(calls(300), { files })]).toEqual([true, false]);
  });

  test("by 100 of those before anything is made", () => {
    const files = {
      "maker.ts": `export const maker = () => () => {};
export const opener = () => () => {
  const { writable, readable } = new TransformStream<string, string>();
  return { writer: writable.getWriter(), readable };
};`,
    };
    const calls = (count: number): string => `import { maker, opener } from "./maker.ts";
const step = maker();
const open = opener();
${"step();\n".repeat(count)}const { writer, readable } = open();
await writer.write("a");
for await (const word of readable) console.log(word);`;
    expect([reported(calls(97), { files }), reported(calls(98), { files })]).toEqual([true, false]);
  });

  test("a stream that is handed through twelve calls may be read", () => {
    const through = (depth: number): string =>
      `${Array.from({ length: depth }, (_, at) => `const step${String(at)} = (one) => step${String(at + 1)}(one);`).join("\n")}
const step${String(depth)} = (one) => {};
const { writable, readable } = new TransformStream();
step0(readable);
await writable.getWriter().write("a");`;
    expect([reported(through(11)), reported(through(12))]).toEqual([true, false]);
  });
});
