import { describe, expect, test } from "vitest";
import { lint } from "./lint.ts";
import type { LintOptions, Report } from "./lint.ts";

const rules = { "tailrace/listen-before-trigger": "error" } as const;
const run = (code: string, options: LintOptions = {}): Report[] => lint(code, { ...options, rules });
const lines = (code: string, options?: LintOptions): number[] => run(code, options).map(({ line }) => line);

describe("the message says since when the event may happen, and where the code was away", () => {
  test("a server that listens while something else is awaited", () => {
    const [report, ...others] = run(`import { once } from "node:events";
import { createServer } from "node:http";
const server = createServer();
server.listen(0);
await prepare();
await once(server, "listening");
`);
    expect(others).toEqual([]);
    expect(report?.line).toBe(6);
    expect(report?.message).toBe(
      '`once(server, "listening")` waits for "listening" of `server`, which may already have happened: it can come from line 4 (`server.listen(0)`) on, and this code awaits on line 5 before it listens. Listen before: create the promise before line 5, and await it here.',
    );
    expect(report?.suggestions).toEqual([
      `import { once } from "node:events";
import { createServer } from "node:http";
const server = createServer();
const listeningEvent = once(server, "listening");
server.listen(0);
await prepare();
await listeningEvent;
`,
    ]);
  });

  test("no suggestion where somebody handles errors: the early promise would reject unheard", () => {
    const [report] = run(`import { once } from "node:events";
import { spawn } from "node:child_process";
const child = spawn("ls");
child.on("error", report);
await prepare();
await once(child, "exit");
`);
    expect(report?.line).toBe(6);
    expect(report?.suggestions).toEqual([]);
  });
});

describe("reports", () => {
  test.for([
    [
      "a field",
      'class A { async run() { this.child = spawn("ls"); await prepare(); await once(this.child, "exit"); } }',
    ],
    [
      "a promise of one's own",
      'const child = spawn("ls");\nawait prepare();\nawait new Promise((resolve) => child.on("exit", resolve));',
    ],
    [
      "a helper",
      'const heard = (x, name) => new Promise((resolve) => x.once(name, resolve));\nconst child = spawn("ls");\nawait prepare();\nawait heard(child, "exit");',
    ],
    [
      "a loop whose body awaits",
      'const child = spawn("ls");\nfor await (const chunk of child.stdout) await store(chunk);\nawait once(child, "close");',
    ],
    [
      "exit after the output, which may come first",
      'const child = spawn("ls");\nfor await (const chunk of child.stdout) store(chunk);\nawait once(child, "exit");',
    ],
    ["the same event twice", 'const child = spawn("ls");\nawait once(child, "exit");\nawait once(child, "exit");'],
    ["an alias", 'const child = spawn("ls");\nconst same = child;\nawait prepare();\nawait once(same, "exit");'],
    [
      "a promise of all",
      'const child = spawn("ls");\nawait prepare();\nawait Promise.all([once(child, "exit"), other()]);',
    ],
    [
      "a chain",
      'async function f() {\nconst child = spawn("ls");\nawait prepare();\nreturn once(child, "exit").then(() => 1);\n}',
    ],
    ["a branch", 'const child = spawn("ls");\nif (flag) await prepare();\nawait once(child, "exit");'],
    [
      "a check before the last await",
      'const child = spawn("ls");\nif (child.exitCode === null) { await prepare(); await once(child, "exit"); }',
    ],
    [
      "a stream that was piped",
      'await pipeline(source, sink);\nawait once(sink, "finish");\nvar sink = new PassThrough();',
    ],
  ] as const)("%s", ([, code]) => {
    expect(lines(head + code)).toHaveLength(1);
  });

  test("plain JavaScript, CommonJS and namespaces", () => {
    const code = `const events = require("events");
const { spawn: start } = require("child_process");
async function main() {
  const child = start("ls");
  await prepare();
  await events.once(child, "exit");
}
`;
    expect(lines(code, { language: "commonjs" })).toEqual([6]);
    expect(lines(code, { language: "espree" })).toEqual([6]);
  });

  test("what only types know", () => {
    const code = `import { once } from "node:events";
import { start } from "./start.ts";
const child = start();
await once(child, "exit");
await once(child, "close");
`;
    const start = 'import { spawn } from "node:child_process";\nexport const start = () => spawn("ls");\n';
    expect(lines(code, { files: { "start.ts": start } })).toEqual([5]);
  });
});

describe("says nothing of", () => {
  test.for([
    ["a race", 'const child = spawn("ls");\nawait prepare();\nawait Promise.race([once(child, "exit"), other()]);'],
    ["a signal", 'const child = spawn("ls");\nawait prepare();\nawait once(child, "exit", { signal });'],
    [
      "a check",
      'const child = spawn("ls");\nawait prepare();\nif (child.exitCode === null) await once(child, "exit");',
    ],
    [
      "a check that returns",
      'async function f() {\nconst child = spawn("ls");\nawait prepare();\nif (child.exitCode !== null) return;\nawait once(child, "exit");\n}',
    ],
    [
      "a variable that is set meanwhile",
      'const child = spawn("ls");\nlet gone = false;\nchild.on("close", () => { gone = true; });\nawait prepare();\nif (!gone) await once(child, "exit");',
    ],
    [
      "another listener",
      'const child = spawn("ls");\nchild.on("exit", finish);\nawait prepare();\nawait once(child, "exit");',
    ],
    [
      "an end that is asked for",
      'const child = spawn("ls");\nawait prepare();\nchild.kill();\nawait once(child, "exit");',
    ],
    ["an await that takes no time", 'const child = spawn("ls");\nawait null;\nawait once(child, "exit");'],
    ["a promise that nobody waits for", 'const child = spawn("ls");\nawait prepare();\nonce(child, "exit");'],
    [
      "a thing of another kind",
      'import { spawn as make } from "./make.js";\nconst child = make();\nawait prepare();\nawait once(child, "exit");',
    ],
    [
      "an event that does not follow",
      'const child = spawn("ls");\nawait once(child, "spawn");\nawait once(child, "exit");',
    ],
    [
      "each turn with its own",
      'for (const name of names) { const child = spawn(name); await once(child, "exit"); await prepare(); }',
    ],
  ] as const)("%s", ([, code]) => {
    expect(lines(head + code)).toEqual([]);
  });
});

const head =
  'import { once } from "node:events";\nimport { spawn } from "node:child_process";\nimport { PassThrough } from "node:stream";\nimport { pipeline } from "node:stream/promises";\n';
