import { describe, expect, test } from "vitest";
import { lint } from "../lint.ts";

const pair = `export function open() {
  const { writable, readable } = new TransformStream<string, string>();
  return { writer: writable.getWriter(), readable };
}`;

const reading = "for await (const word of readable) console.log(word);";

/** Lines that are reported; each case imports `open` and uses it in the wrong order. */
function linesOf(code: string, files: Readonly<Record<string, string>>): number[] {
  return lint(code, { files }).map(({ line }) => line);
}

function misuse(imports: string, open = "open"): string {
  return `${imports}
const { writer, readable } = ${open}();
await writer.write("a");
${reading}`;
}

describe("a function of another file is followed, however it is imported", () => {
  test.for<[string, string, Record<string, string>]>([
    ["by name", misuse('import { open } from "./pair.ts";'), { "pair.ts": pair }],
    ["renamed", misuse('import { open as make } from "./pair.ts";', "make"), { "pair.ts": pair }],
    ["as a namespace", misuse('import * as pairs from "./pair.ts";', "pairs.open"), { "pair.ts": pair }],
    [
      "as the default",
      misuse('import open from "./pair.ts";'),
      { "pair.ts": pair.replace("export function", "export default function") },
    ],
    [
      "as a default without a name",
      misuse('import open from "./pair.ts";'),
      { "pair.ts": pair.replace("export function open", "export default function ") },
    ],
    [
      "through a file that exports all of it",
      misuse('import { open } from "./all.ts";'),
      { "pair.ts": pair, "all.ts": 'export * from "./pair.ts";' },
    ],
    [
      "through two files, under other names",
      misuse('import { third } from "./third.ts";', "third"),
      {
        "pair.ts": pair,
        "second.ts": 'export { open as second } from "./pair.ts";',
        "third.ts": 'import { second } from "./second.ts";\nexport { second as third };',
      },
    ],
    [
      "as a namespace that is exported",
      misuse('import { pairs } from "./all.ts";', "pairs.open"),
      { "pair.ts": pair, "all.ts": 'export * as pairs from "./pair.ts";' },
    ],
    [
      "as a member of an object",
      misuse('import { pairs } from "./all.ts";', "pairs.open"),
      { "pair.ts": pair, "all.ts": 'import { open } from "./pair.ts";\nexport const pairs = { open };' },
    ],
    ["at run time", misuse('const { open } = await import("./pair.ts");'), { "pair.ts": pair }],
  ])("%s", ([, code, files]) => {
    expect(linesOf(code, files)).toEqual([3]);
    expect(lint(code)).toEqual([]);
  });
});

describe("what is reported lies in the linted file", () => {
  const send = `export async function send(target: WritableStream<string>, words: string[]): Promise<void> {
  const writer = target.getWriter();
  for (const word of words) await writer.write(word);
  await writer.close();
}`;

  test("the call through which the wait is reached; the wait itself is named with its file", () => {
    const code = `import { send } from "./lib/send.ts";
const { writable, readable } = new TransformStream<string, string>();
await send(writable, ["a", "b"]);
${reading}`;
    const [report, ...others] = lint(code, { files: { "lib/send.ts": send } });
    expect(others).toEqual([]);
    expect(report?.line).toBe(3);
    expect(report?.message).toMatch(
      /^`writer\.write\(word\)` \(on line 3 of lib\/send\.ts\) waits until the `TransformStream` made on line 2 is read/u,
    );
  });

  test("a consumer in another file is seen where it is started", () => {
    const drain = `export async function* upper(source: AsyncIterable<string>) {
  for await (const word of source) yield word.toUpperCase();
}`;
    const code = `import { upper } from "./upper.ts";
const { writable, readable } = new TransformStream<string, string>();
const words = upper(readable);
await writable.getWriter().write("a");
for await (const word of words) console.log(word);`;
    const [report] = lint(code, { files: { "upper.ts": drain } });
    expect(report?.line).toBe(4);
    expect(report?.message).toContain("(line 2 of upper.ts) starts only on line 5");
  });

  test("what a function of another file does wrong all by itself is found there", () => {
    const whole = `export async function all() {
  const { writable, readable } = new TransformStream<string, string>();
  await writable.getWriter().write("a");
  ${reading}
}`;
    expect(linesOf('import { all } from "./all.ts";\nawait all();', { "all.ts": whole })).toEqual([]);
    expect(linesOf(whole, { "other.ts": "export {};" })).toEqual([3]);
  });
});

describe("classes", () => {
  const base = `export abstract class Base {
  protected readonly pipe = new TransformStream<string, string>();
  protected readonly writer = this.pipe.writable.getWriter();
  async read() { for await (const word of this.pipe.readable) console.log(word); }
}`;

  test("of another file, and a base class of a third", () => {
    const files = {
      "base.ts": base,
      "lines.ts": `import { Base } from "./base.ts";
export class Lines extends Base { add(line: string) { return this.writer.write(line); } }`,
    };
    const code = `import { Lines } from "./lines.ts";
const lines = new Lines();
await lines.add("a");
await lines.read();`;
    expect(linesOf(code, files)).toEqual([3]);
    expect(linesOf(code.replace("await lines.add", "void lines.add"), files)).toEqual([]);
  });
});

describe("nothing is said", () => {
  test.for<[string, string, Record<string, string>]>([
    [
      "where the other file reads at once",
      `import { collect } from "./collect.ts";
const { writable, readable } = new TransformStream<string, string>();
const done = collect(readable);
await writable.getWriter().write("a");
await done;`,
      {
        "collect.ts": `export async function collect(source: ReadableStream<string>) {
  for await (const word of source) console.log(word);
}`,
      },
    ],
    [
      "where the other file keeps the stream",
      `import { keep } from "./keep.ts";
const { writable, readable } = new TransformStream<string, string>();
keep(readable);
await writable.getWriter().write("a");
await writable.close();`,
      {
        "keep.ts": `const kept: ReadableStream<string>[] = [];
export function keep(stream: ReadableStream<string>): void { kept.push(stream); }`,
      },
    ],
    [
      "where a permit of a semaphore of another file may be free",
      `import { Semaphore } from "./semaphore.ts";
const one = new Semaphore(2);
await one.acquire();
await one.acquire();
one.release();`,
      {
        "semaphore.ts": `export class Semaphore {
  #waiting: (() => void)[] = [];
  #free: number;
  constructor(free: number) { this.#free = free; }
  acquire(): Promise<void> {
    if (this.#free > 0) { this.#free -= 1; return Promise.resolve(); }
    return new Promise((resolve) => { this.#waiting.push(resolve); });
  }
  release(): void {
    const next = this.#waiting.shift();
    if (next) next(); else this.#free += 1;
  }
}`,
      },
    ],
    [
      "of a file that is only declared",
      misuse('import { open } from "./pair.js";'),
      {
        "pair.d.ts":
          "export function open(): { writer: { write(text: string): Promise<void> }; readable: AsyncIterable<string> };",
      },
    ],
    ["of a file that is not there", misuse('import { open } from "./missing.ts";'), {}],
  ])("%s", ([, code, files]) => {
    expect(linesOf(code, files)).toEqual([]);
  });
});

test("files that import each other, and the linted one, end", () => {
  const files = {
    "one.ts": `import { two } from "./two.ts";
import { start } from "./file.ts";
export class One {}
export async function one(source: ReadableStream<string>): Promise<void> { await two(source); start(); }`,
    "two.ts": `import { One, one } from "./one.ts";
export class Two extends One {}
export async function two(source: ReadableStream<string>): Promise<void> { await one(source); new Two(); }`,
  };
  const code = `import { one } from "./one.ts";
export function start(): void {}
const { writable, readable } = new TransformStream<string, string>();
const reading = one(readable);
await writable.getWriter().write("a");
await reading;`;
  expect(linesOf(code, files)).toEqual([]);
});
