import type ts from "typescript";
import { describe, expect, test } from "vitest";
import { findStarvation } from "../../src/events/finding.ts";
import { catalogOf } from "../../src/models/catalog.ts";
import { libraries } from "../../src/models/libraries.ts";
import { openFileOf, programOf } from "../open-program.ts";

const catalog = catalogOf(libraries);

type Row = [name: string, code: string, asked: string[]];

const DECLARED = `import type { Archiver } from "archiver";
import type { Duplex, PassThrough, Readable, Stream, Transform, Writable } from "node:stream";
import type { EventEmitter } from "node:events";
import { once } from "node:events";
import { finished, pipeline } from "node:stream/promises";
import { far, make } from "far";
declare function open(): TransformStream<string, string>;
declare function reopen(): TransformStream<string, string>;
declare function opening(): Promise<TransformStream<string, string>>;
declare function spool(): PassThrough;
declare function upper(): Transform;
declare function pack(): Archiver;
declare function count(): number;
declare function register(callback: unknown): void;
declare class Pipes { make(): TransformStream }
declare const Pipe: new () => TransformStream;
declare const given: TransformStream<string, string>;
declare const flag: boolean;
`;

const CERTAIN: Row[] = [
  ["a call", `const pipe = open(); await pipe.writable.close();`, ["pipe", "open()"]],
  ["a call that is awaited", `const pipe = await open(); await pipe.writable.close();`, ["pipe", "await open()"]],
  [
    "a promise that is awaited later",
    `const soon = opening(); const pipe = await soon; await pipe.writable.close();`,
    ["pipe", "opening()", "await soon"],
  ],
  ["a call that is used by a method", `const archive = pack(); await archive.finalize();`, ["archive", "pack()"]],
  ["a call that is awaited on the spot", `await (await open()).writable.close();`, ["await open()"]],
  ["a call on the spot", `await open().writable.close();`, ["open()"]],
  ["new", `const pipe = new Pipe(); await pipe.writable.close();`, ["pipe", "new Pipe()"]],
  [
    "a method of something new",
    `const pipe = new Pipes().make(); await pipe.writable.close();`,
    ["pipe", "new Pipes()", "new Pipes().make()"],
  ],
  [
    "a method of what is new",
    `const pipes = new Pipes(); const pipe = pipes.make(); await pipe.writable.close();`,
    ["pipe", "new Pipes()", "pipes.make()"],
  ],
  ["a method of something imported", `const pipe = far.make(); await pipe.writable.close();`, ["pipe", "far.make()"]],
  ["a function that is imported", `const pipe = make(); await pipe.writable.close();`, ["pipe", "make()"]],
  ["what a stream is piped into", `const out = spool().pipe(spool()); await finished(out);`, ["out", "spool()"]],
  [
    "what another one is piped into",
    `const out = spool().pipe(upper()); await finished(out);`,
    ["out", "spool()", "upper()"],
  ],
  ["what listens", `const out = spool().on("data", count); await finished(out);`, ["out", "spool()"]],
  [
    "either of two",
    `const pipe = flag ? open() : reopen(); await pipe.writable.close();`,
    ["pipe", "open()", "reopen()"],
  ],
  [
    "any of three",
    `const pipe = flag ? open() : flag ? reopen() : await open(); await pipe.writable.close();`,
    ["pipe", "open()", "reopen()", "await open()"],
  ],
  [
    "one or else another",
    `const pipe = open() ?? reopen(); await pipe.writable.close();`,
    ["pipe", "open()", "reopen()"],
  ],
  ["one or nothing", `const pipe = flag ? open() : undefined; await pipe!.writable.close();`, ["pipe", "open()"]],
  ["an end that is named", `const out = open().writable; await out.close();`, ["open()"]],
  ["part of a result", `const { pipe } = far.make(); await pipe.writable.close();`, ["pipe", "far.make()"]],
  [
    "nothing at first",
    `let pipe: TransformStream | null = null; pipe = open(); await pipe.writable.close();`,
    ["pipe", "open()"],
  ],
  [
    "another one later",
    `let pipe = open(); await pipe.writable.close(); pipe = reopen();`,
    ["pipe", "open()", "reopen()"],
  ],
  [
    "one that is read as well",
    `const pipe = open(); await pipe.writable.close(); console.log(pipe);`,
    ["pipe", "open()"],
  ],
  [
    "names that hold each other",
    `let one = open(); let two = await one; one = await two; await one.writable.close();`,
    ["one", "open()"],
  ],
];

const ANYWHERE: Row[] = [
  ["a global", `await given.writable.close();`, ["given", "count()"]],
  [
    "a method of a global",
    `declare const pipes: Pipes; const pipe = pipes.make(); await pipe.writable.close();`,
    ["pipe", "pipes.make()", "count()"],
  ],
  [
    "a call or a global",
    `const pipe = flag ? open() : given; await pipe.writable.close();`,
    ["pipe", "open()", "count()"],
  ],
  [
    "a global or a call",
    `const pipe = flag ? given : open(); await pipe.writable.close();`,
    ["pipe", "open()", "count()"],
  ],
  [
    "another name",
    `const first = open(); const pipe = first; await pipe.writable.close();`,
    ["pipe", "open()", "count()"],
  ],
  [
    "a function of the file",
    `const run = () => open(); const pipe = run(); await pipe.writable.close();`,
    ["pipe", "open()", "count()"],
  ],
  [
    "a function called on the spot",
    `const pipe = (() => open())(); await pipe.writable.close();`,
    ["pipe", "open()", "count()"],
  ],
  [
    "a function of the language",
    `const pipe = structuredClone(open()); await pipe.writable.close();`,
    ["pipe", "open()", "structuredClone(open())", "count()"],
  ],
  ["a global later", `let pipe = open(); await pipe.writable.close(); pipe = given;`, ["pipe", "open()", "count()"]],
  [
    "part of a pattern later",
    `let pipe = open(); await pipe.writable.close(); [pipe] = [reopen()];`,
    ["pipe", "open()", "reopen()", "count()"],
  ],
  [
    "each of a list later",
    `let pipe = open(); await pipe.writable.close(); for (pipe of [reopen()]) register(pipe);`,
    ["pipe", "open()", "reopen()", "count()"],
  ],
  [
    "itself or another",
    `let pipe = open(); pipe = pipe ?? reopen(); await pipe.writable.close();`,
    ["pipe", "open()", "reopen()", "count()"],
  ],
  [
    "a default",
    `const { pipe = open() } = far.options(); await pipe.writable.close();`,
    ["pipe", "far.options()", "open()", "count()"],
  ],
  ["each of a list", `for (const pipe of far.all()) await pipe.writable.close();`, ["pipe", "far.all()", "count()"]],
  ["an end in a pattern", `const { writable } = open(); await writable.close();`, ["open()", "count()"]],
  [
    "a field",
    `class Kept { pipe = open(); async run() { await this.pipe.writable.close(); } } await new Kept().run();`,
    ["this.pipe", "open()", "count()"],
  ],
];

const PARAMETERS: Row[] = [
  [
    "the one that is used",
    `export async function fill(pipe: TransformStream, size: number) { const rest = count(); await pipe.writable.close(); }`,
    ["pipe"],
  ],
  [
    "those that are used",
    `export async function fill(one: TransformStream, size: number, two: TransformStream) { await one.writable.close(); await two.writable.close(); }`,
    ["one", "two"],
  ],
  [
    "the one that an inner function uses",
    `export function fill(pipe: TransformStream, size: number) { const rest = count(); return (async () => { await pipe.writable.close(); })(); }`,
    ["pipe"],
  ],
  [
    "all where one is a pattern",
    `export async function fill({ pipe }: { pipe: TransformStream }, size: number) { const rest = count(); await pipe.writable.close(); }`,
    ["pipe", "size", "count()"],
  ],
  [
    "all where one has a default",
    `export async function fill(pipe: TransformStream = open(), size: number) { const rest = count(); await pipe.writable.close(); }`,
    ["pipe", "size", "open()", "count()"],
  ],
  [
    "all where one is handed on",
    `export async function fill(pipe: TransformStream, size: number) { const rest = count(); await close(pipe); } async function close(one: TransformStream) { await one.writable.close(); }`,
    ["one", "pipe", "size", "count()"],
  ],
  [
    "none of a callback of unknown callers",
    `export async function fill(size: number) { const rest = count(); register(async (pipe: TransformStream) => { await pipe.writable.close(); }); }`,
    [],
  ],
  [
    "none of such a callback with a pattern",
    `export async function fill(size: number) { const rest = count(); register(async ({ pipe }) => { await pipe.writable.close(); }); }`,
    [],
  ],
  [
    "all where such a callback has a default",
    `export async function fill(size: number) { const rest = count(); register(async (pipe = open()) => { await pipe.writable.close(); }); }`,
    ["pipe", "size", "count()", "open()"],
  ],
  [
    "all where such a callback has a default in a pattern",
    `export async function fill(size: number) { const rest = count(); register(async ({ pipe = open() }) => { await pipe.writable.close(); }); }`,
    ["pipe", "size", "count()", "open()"],
  ],
  [
    "the one of a type that extends a stream",
    `export async function fill<Pipe extends TransformStream>(pipe: Pipe, size: number) { const rest = count(); await pipe.writable.close(); }`,
    ["pipe"],
  ],
];

const NONE: [name: string, code: string][] = [
  ["of what is imported", `await far.pipe.writable.close();`],
  ["of what is caught", `try { count(); } catch (pipe) { await (pipe as any).writable.close(); }`],
  ["of a function", `function pipe() {} await (pipe as any).writable.close();`],
  ["of what is made here", `const pipe = new TransformStream(); await pipe.writable.close();`],
  ["of what may be made here", `const pipe = flag ? new TransformStream() : open(); await pipe.writable.close();`],
  ["where nothing waits for a stream", `const pipe = open(); await pipe.locked;`],
  ["where nobody waits for an event", `const out = spool(); out.on("drain", count); await 0;`],
  ["for an event of another kind", `const out = spool(); await once(out, "connect");`],
  ["for an event of unknown name", `declare const name: string; const out = spool(); await once(out, name);`],
  [
    "for a function of that name",
    `declare function on(...all: unknown[]): void; await new Promise((resolve) => on("drain", resolve));`,
  ],
];

const USES: string[] = [
  `if (count()) count();`,
  "`\${count()}`;",
  `-count();`,
  `count() + 1;`,
  `const sum = await count();`,
  `throw count();`,
].map((use) => `await given.writable.close();\n${use}`);

const WIDE = [
  "any",
  "unknown",
  "Duplex",
  "EventEmitter",
  "NodeJS.ReadWriteStream",
  "NodeJS.ReadableStream",
  "NodeJS.WritableStream",
  "PassThrough",
  "Readable",
  "Stream",
  "Transform",
  "TransformStream",
  "Writable",
  "Writable | string",
  "Writable & { name: string }",
  "Writable | undefined",
];

const OTHER = [
  "string",
  "Date",
  "{ write(): void }",
  "never",
  `import("node:net").Socket`,
  `import("node:crypto").Hash`,
];

const TOO_FAR = `const pipe = open(); await pipe.writable.close(); const step = () => {};\n${"step();\n".repeat(601)}`;

const EVENTS = ["close", "drain", "end", "finish"];

const declaredAs = (type: string): string =>
  `declare function file(): ${type}; const out = file(); await finished(out as never);`;

const listening = (event: string): string[] => [
  `const out = spool(); await once(out, "${event}");`,
  `const out = spool(); await new Promise((resolve) => out.on("${event}", resolve));`,
];

// One program for all: each of them takes a while. Where a type may be asked of any result, it is of that of `count`.
const beside = [CERTAIN, ANYWHERE, NONE].flat().map(([, code]) => code);
const others = [...[...WIDE, ...OTHER].map(declaredAs), ...EVENTS.flatMap(listening), TOO_FAR];
const codes = new Map(
  [
    ...[...beside, ...others].map((code) => [code, `${code}\nconst rest = count();`] as const),
    ...[...PARAMETERS.map(([, code]) => code), ...USES].map((code) => [code, code] as const),
  ].map(([code, text], index) => [code, { name: `file${String(index)}.ts`, text: DECLARED + text }]),
);
const shared = programOf(Object.fromEntries([...codes.values()].map(({ name, text }) => [name, text])));

/** The expressions whose types are asked: that is dear. */
function askedIn(code: string): string[] {
  return askedOf(openFileOf(shared, codes.get(code)?.name ?? ""));
}

function askedOf(file: ReturnType<typeof openFileOf>): string[] {
  const { types } = file;
  const asked: string[] = [];
  const checker = types.program.getTypeChecker();
  const noting: ts.TypeChecker = {
    ...checker,
    getTypeAtLocation: (node) => {
      asked.push(node.getText());
      return checker.getTypeAtLocation(node);
    },
  };
  const program = { ...types.program, getTypeChecker: () => noting };
  findStarvation({ ...file, types: { ...types, program } }, catalog);
  return [...new Set(asked)];
}

describe("types are asked of where a stream comes from", () => {
  test.for(CERTAIN)("%s", ([, code, asked]) => {
    expect(askedIn(code)).toEqual(asked);
  });
});

describe("types are asked of every result where it may come from anywhere", () => {
  test.for(ANYWHERE)("%s", ([, code, asked]) => {
    expect(askedIn(code)).toEqual(asked);
  });

  test("but not of one that cannot be used as a stream", () => {
    const asked = USES.map(askedIn);
    expect(asked).toEqual([["given"], ["given"], ["given"], ["given"], ["given", "await count()"], ["given"]]);
  });
});

test("types are asked of no results where the code leads too far", () => {
  expect(askedIn(TOO_FAR)).toEqual(["pipe"]);
});

describe("types are asked of parameters", () => {
  test.for(PARAMETERS)("%s", ([, code, asked]) => {
    expect(askedIn(code)).toEqual(asked);
  });
});

describe("no types are asked", () => {
  test.for(NONE)("%s", ([, code]) => {
    expect(askedIn(code)).toEqual([]);
  });
});

describe("types are asked of who is listened to for", () => {
  test.for(EVENTS)("%s", (event) => {
    expect(listening(event).map(askedIn)).toEqual([
      ["out", "spool()"],
      ["out", "spool()"],
    ]);
  });
});

describe("a stream may be what is declared as", () => {
  test.for(WIDE)("%s", (type) => {
    const asked = askedIn(declaredAs(type));
    expect(asked).toEqual(["out", "file()"]);
  });

  test.for(OTHER)("but not as %s", (type) => {
    const asked = askedIn(declaredAs(type));
    expect(asked).toEqual(["out"]);
  });
});

test("how much fits into what a type tells of: bytes, of an archive", () => {
  const code = `import type { Archiver } from "archiver";
export async function pack(archive: Archiver, target: NodeJS.WritableStream): Promise<void> {
  archive.append(Buffer.alloc(70_000), { name: "a" });
  await archive.finalize();
  archive.pipe(target);
}`;
  const linesOf = (text: string): number[] =>
    findStarvation(openFileOf(programOf({ "file.ts": text }), "file.ts"), catalog).map(
      ({ node }) => node.loc.start.line,
    );
  expect([linesOf(code), linesOf(code.replace("70_000", "60_000"))]).toEqual([[4], []]);
});

test("no types are asked in another file of what that does by itself", () => {
  const far = `declare function open(): TransformStream;
const pipe = open();
await pipe.writable.close();
export const make = () => new TransformStream();`;
  const code = `import { make } from "./far.ts"; await make().writable.close();`;
  expect(askedOf(openFileOf(programOf({ "far.ts": far, "file.ts": code }), "file.ts"))).toEqual([]);
});
