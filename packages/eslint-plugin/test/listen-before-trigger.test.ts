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

  test("what a handler was given and may have lost by now", () => {
    const imports = 'import { once } from "node:events"; import type { ServerResponse } from "node:http";';
    const serve = (body: string): number[] =>
      lines(`${imports}\nexport async function serve(response: ServerResponse) {\n${body}\n}`);
    expect(serve('await prepare();\nawait once(response, "close");')).toEqual([4]);
    expect(serve('await prepare();\nawait new Promise((resolve) => response.on("close", resolve));')).toEqual([4]);
    expect(serve('await once(response, "close");')).toEqual([]);
    expect(serve('await prepare();\nif (!response.closed) await once(response, "close");')).toEqual([]);
    expect(serve('await prepare();\nresponse.end();\nawait once(response, "close");')).toEqual([]);
    expect(serve('await prepare();\nawait once(response, "finish");')).toEqual([]);
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

describe("what a library tells once", () => {
  const browser = 'import { test, expect } from "@playwright/test";\n';
  const inTest = (body: string): string => `${browser}test("x", async ({ page, context }) => {\n${body}\n});`;
  const puppeteer =
    'const puppeteer = require("puppeteer");\nasync function f() {\nconst page = await (await puppeteer.launch()).newPage();\n';
  const jobs =
    'import { Queue, QueueEvents } from "bullmq";\nconst queue = new Queue("mail");\nconst events = new QueueEvents("mail");\nconst others = new QueueEvents("other");\n';
  const redis = 'import Redis from "ioredis";\nimport { once } from "node:events";\n';

  test.for([
    [
      "a download after the click",
      inTest('await page.getByText("a").click();\nawait page.waitForEvent("download");'),
      4,
    ],
    ["a new page", inTest('await page.click("a");\nawait context.waitForEvent("page");'), 4],
    [
      "a locator",
      inTest('const a = page.locator("a").first();\nawait a.click();\nawait page.waitForResponse("b");'),
      5,
    ],
    [
      "the keyboard",
      inTest('await page.keyboard.press("Enter");\nconst response = await page.waitForResponse("b");'),
      4,
    ],
    ["a listener", inTest('await page.click("a");\nawait new Promise((resolve) => page.once("popup", resolve));'), 4],
    [
      "an object of pages",
      'import type { Page } from "playwright";\nclass A { constructor(private readonly page: Page) {}\nasync f() { await this.page.click("a");\nawait this.page.waitForNavigation(); } }',
      4,
    ],
    [
      "a completed job",
      `${jobs}const job = await queue.add("send", {});\nawait new Promise((resolve, reject) => {\n  events.on("completed", resolve);\n  events.on("failed", reject);\n});`,
      6,
    ],
    ["a client of Redis", `${redis}const redis = new Redis();\nawait prepare();\nawait once(redis, "ready");`, 5],
  ] as const)("%s", ([, code, line]) => {
    expect(lines(code)).toEqual([line]);
  });

  test("a handle of puppeteer", () => {
    const code = `${puppeteer}const a = await page.$("a");\nawait a.click();\nawait page.waitForNavigation({ waitUntil: "load" });\n}`;
    expect(lines(code, { language: "commonjs" })).toEqual([6]);
  });

  test.for([
    ["a promise made before", inTest('const p = page.waitForEvent("download");\nawait page.click("a");\nawait p;')],
    ["both together", inTest('await Promise.all([page.waitForNavigation(), page.click("a")]);')],
    [
      "waits that look",
      inTest('await page.click("a");\nawait page.waitForURL("b");\nawait page.waitForSelector("c");'),
    ],
    [
      "another wait between",
      inTest('await page.click("a");\nawait expect(page).toHaveURL("b");\nawait page.waitForResponse("c");'),
    ],
    ["a wait that may fail", inTest('await page.click("a");\nawait page.waitForNavigation().catch(() => {});')],
    ["what only reads", inTest('await page.evaluate(() => document.title);\nawait page.waitForResponse("c");')],
    ["a look", inTest('await page.click("a");\nif (!page.isClosed()) await page.waitForEvent("close");')],
    [
      "a page of one's own",
      'import { page } from "./page.js";\nawait page.click("a");\nawait page.waitForNavigation();',
    ],
    ["a job that is asked", `${jobs}const job = await queue.add("send", {});\nawait job.waitUntilFinished(events);`],
    [
      "another queue",
      `${jobs}await queue.add("send", {});\nawait new Promise((resolve) => others.on("completed", resolve));`,
    ],
    [
      "a lazy client",
      `${redis}const redis = new Redis({ lazyConnect: true });\nawait prepare();\nawait once(redis, "ready");`,
    ],
  ] as const)("not %s", ([, code]) => {
    expect(lines(code)).toEqual([]);
  });

  test("the message names the action, and the suggestion makes the promise before it", () => {
    const [report] = run(
      inTest('  await page.click("a");\n  const file = await page.waitForEvent("download");\n  use(file);'),
    );
    expect(report?.message).toBe(
      '`page.waitForEvent("download")` hears only what happens after it is called, but the code has already awaited what sets that off (`page.click("a")`, line 3): it may be over by now, and then this waits until its time is up. Make the promise before line 3, and await it here.',
    );
    expect(report?.suggestions).toEqual([
      inTest(
        '  const downloadEvent = page.waitForEvent("download");\n  await page.click("a");\n  const file = await downloadEvent;\n  use(file);',
      ),
    ]);
  });

  test("no suggestion where the wait needs what the action gives", () => {
    const [report] = run(
      inTest('  const url = await page.dispatchEvent("a", "b");\n  await page.waitForResponse(url);'),
    );
    expect(report?.suggestions).toEqual([]);
  });
});

describe("says nothing of", () => {
  test.for([
    ["a race", 'const child = spawn("ls");\nawait prepare();\nawait Promise.race([once(child, "exit"), other()]);'],
    [
      "a deadline of p-event",
      'import { pEvent } from "p-event"; const child = spawn("ls");\nawait prepare();\nawait pEvent(child, "exit", { timeout: 5000 });',
    ],
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
