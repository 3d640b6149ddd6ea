import { describe, expect, test } from "vitest";
import { check, lint } from "./lint.ts";
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

describe("what is right and what starves", () => {
  const imports = `import { EventEmitter, on, once } from "node:events";
import { spawn } from "node:child_process";
import type { ServerResponse } from "node:http";
import { connect, createServer } from "node:net";
import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { PassThrough, Readable, Writable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import assert from "node:assert/strict";
`;
  const child = `const child = spawn("ls");
await prepare();
`;
  const worker = `const worker = new Worker("a.js");
`;

  describe("a look at what has happened", () => {
    test.for([
      ["a loop that goes on until it has", `${child}for (; child.exitCode === null; ) await once(child, "exit");`],
      [
        "a loop that looks after its beginning",
        `${child}for (await once(child, "exit"); child.killed; ) log(); // starves`,
      ],
      ["a loop that asks for nothing", `${child}for (;;) await once(child, "exit"); // starves`],
      ["a look to the left", `${child}child.exitCode === null && (await once(child, "exit"));`],
      ["a look to the right", `${child}(await once(child, "exit")) && child.killed; // starves`],
      ["a choice", `${child}await (child.exitCode === null ? once(child, "exit") : undefined);`],
      ["a switch", `${child}switch (child.exitCode) {\n  case null:\n    await once(child, "exit");\n}`],
      ["a loop with a test", `${child}while (child.exitCode === null) await once(child, "exit");`],
      [
        "a test at the end of the loop",
        `${child}do await once(child, "exit"); // starves\nwhile (child.exitCode === null);`,
      ],
      ["what is asked of the answer", `${child}if (await once(child, "exit")) log(); // starves`],
      [
        "a block that returns",
        `async function f() {
  const child = spawn("ls");
  await prepare();
  if (child.exitCode !== null) {
    log();
    return;
  }
  await once(child, "exit");
}`,
      ],
      [
        "a block that goes on",
        `async function f() {
  const child = spawn("ls");
  await prepare();
  if (child.exitCode !== null) {
    log();
  }
  await once(child, "exit"); // starves
}`,
      ],
      ["an empty block", `${child}if (child.exitCode !== null) {\n}\nawait once(child, "exit"); // starves`],
      [
        "a block that returns this or that",
        `async function f() {
  const child = spawn("ls");
  await prepare();
  if (child.exitCode !== null) {
    if (child.killed) return 1;
    else return 2;
  }
  await once(child, "exit");
}`,
      ],
      [
        "a block that returns or goes on",
        `async function f() {
  const child = spawn("ls");
  await prepare();
  if (child.exitCode !== null) {
    if (flag) return 1;
    else log();
  }
  await once(child, "exit"); // starves
}`,
      ],
      [
        "a block that goes on or returns",
        `async function f() {
  const child = spawn("ls");
  await prepare();
  if (child.exitCode !== null) {
    if (flag) log();
    else return 1;
  }
  await once(child, "exit"); // starves
}`,
      ],
      ["an error", `${child}if (child.exitCode !== null) throw new Error("gone");\nawait once(child, "exit");`],
      [
        "the end of a loop",
        `const child = spawn("ls");
for (const name of names) {
  await prepare();
  if (child.exitCode !== null) break;
  await once(child, "exit");
}`,
      ],
      [
        "the next turn",
        `const child = spawn("ls");
for (const name of names) {
  await prepare();
  if (child.exitCode !== null) continue;
  await once(child, "exit");
}`,
      ],
      [
        "what returns otherwise",
        `async function f() {
  const child = spawn("ls");
  await prepare();
  if (child.exitCode === null) log();
  else return;
  await once(child, "exit");
}`,
      ],
      [
        "a look that comes after",
        `${child}await once(child, "exit"); // starves
if (child.exitCode !== null) throw new Error("gone");`,
      ],
      ["an assertion", `${worker}await prepare();\nassert(isStarting(worker));\nawait once(worker, "online");`],
      [
        "an assertion of one's own",
        `${worker}await prepare();\nassertStarting(worker);\nawait once(worker, "online");`,
      ],
      [
        "a statement that asserts nothing",
        `${worker}await prepare();\nlog(worker);\nawait once(worker, "online"); // starves`,
      ],
      [
        "a member that asserts nothing",
        `${worker}await prepare();\nchecks.assert;\nawait once(worker, "online"); // starves`,
      ],
      [
        "an answer from after the pause",
        `${child}const runs = child.exitCode === null;\nif (runs) await once(child, "exit");`,
      ],
      [
        "an answer from before the pause",
        `const child = spawn("ls");
const runs = child.exitCode === null;
await prepare();
if (runs) await once(child, "exit"); // starves`,
      ],
      [
        "an answer that took time",
        `const child = spawn("ls");
const runs = (await ask(child)).runs;
if (runs) await once(child, "exit"); // starves`,
      ],
      ["a setting", `${child}const wanted = true;\nif (wanted) await once(child, "exit"); // starves`],
      [
        "a flag that was given",
        `async function f(wanted: boolean) {
  const child = spawn("ls");
  await prepare();
  if (wanted) await once(child, "exit"); // starves
}`,
      ],
      ["a question", `${child}if (isRunning()) await once(child, "exit");`],
      [
        "a negated flag that changes",
        `let gone = false;\nchanges(() => (gone = true));\n${child}if (!gone) await once(child, "exit");`,
      ],
      [
        "a flag that changes",
        `let runs = true;\nchanges(() => (runs = false));\n${child}if (runs) await once(child, "exit");`,
      ],
      [
        "a test outside the function",
        `if (isWanted()) {
  run(async () => {
    const child = spawn("ls");
    await prepare();
    await once(child, "exit"); // starves
  });
}`,
      ],
      ["a choice between constants", `${child}if (true || false) await once(child, "exit"); // starves`],
    ] as const)("%s", ([, code]) => {
      check(imports + code, { rules });
    });
  });

  describe("what waits, and what it waits for", () => {
    test.for([
      ["a promise that is awaited later", `${child}const exit = once(child, "exit"); // starves\nawait exit;`],
      ["a promise for others", `${child}const exit = once(child, "exit");\nuse(exit);`],
      ["a promise for nobody", `${child}const exit = once(child, "exit");`],
      ["a promise for others as well", `${child}const exit = once(child, "exit");\nuse(exit);\nawait exit;`],
      ["a promise that gives way to another", `${child}let exit = once(child, "exit");\nexit = other();\nawait exit;`],
      ["either", `${child}await (wanted ? once(child, "exit") : undefined); // starves`],
      ["if at all", `${child}await (wanted && once(child, "exit")); // starves`],
      ["a chain for nobody", `${child}once(child, "exit").then(log); // starves`],
      ["a chain for itself", `${child}once(child, "exit").finally(log); // starves`],
      ["a member that is no chain", `${child}await once(child, "exit").other(log);`],
      ["a chain for others", `${child}use(once(child, "exit").then(log));`],
      ["all settled", `${child}await Promise.allSettled([once(child, "exit"), other()]); // starves`],
      ["the first of some", `${child}await Promise.any([once(child, "exit"), other()]);`],
      ["all, by a function of one's own", `${child}await all([once(child, "exit"), other()]);`],
      ["all, by a library", `${child}await bluebird.all([once(child, "exit"), other()]);`],
      ["all, for nobody", `${child}Promise.all([once(child, "exit"), other()]);`],
      ["a list of promises", `${child}const list = [once(child, "exit")];`],
      ["an argument", `${child}await withTimeout(once(child, "exit"));`],
      [
        "a promise that fails as well",
        `${child}await new Promise((resolve, reject) => { // starves
  child.on("exit", resolve);
  child.on("error", reject);
});`,
      ],
      [
        "a promise that another event ends",
        `${child}await new Promise((resolve, reject) => {
  child.on("exit", resolve);
  child.on("disconnect", reject);
});`,
      ],
      [
        "a promise of one of two events",
        `${child}await new Promise((resolve) => {
  child.on("exit", resolve);
  child.on("close", resolve);
});`,
      ],
      ["a promise of a failure", `${child}await once(child, "error");`],
      ["an event that is computed", `${child}await once(child, name);`],
      ["what has no name", `await prepare();\nawait once(spawn("ls"), "exit");`],
      [
        "a loop over events",
        `${worker}await prepare();\nfor await (const [value] of on(worker, "message")) use(value); // starves`,
      ],
      [
        "a loop over events that a signal ends",
        `${worker}await prepare();\nfor await (const [value] of on(worker, "message", { signal })) use(value);`,
      ],
      [
        "a loop over events of others",
        `import { on as heard } from "./on.js";
${worker}await prepare();
for await (const [value] of heard(worker, "message")) use(value);`,
      ],
      [
        "a loop over listeners",
        `import { getEventListeners } from "node:events";
${worker}await prepare();
for await (const one of getEventListeners(worker, "message")) use(one);`,
      ],
      [
        "a loop over events that began before",
        `${worker}const messages = on(worker, "message");\nawait prepare();\nfor await (const [value] of messages) use(value);`,
      ],
      ["an iterator that nobody asks", `${worker}await prepare();\nuse(on(worker, "message"));`],
      [
        "an iterator of an event that is computed",
        `${worker}await prepare();\nfor await (const [value] of on(worker, name)) use(value);`,
      ],
      [
        "a loop over what comes of events",
        `${worker}await prepare();\nfor (const value of await read(on(worker, "message"))) use(value);`,
      ],
      [
        "lines of a file",
        `const lines = createInterface({ input: createReadStream("a") });
await prepare();
for await (const line of lines) use(line); // starves`,
      ],
      [
        "lines of a stream",
        `const lines = createInterface(createReadStream("a"));
await prepare();
for await (const line of lines) use(line); // starves`,
      ],
      [
        "lines of what is written later",
        `const input = new PassThrough();
const lines = createInterface({ input });
await prepare();
input.end("a");
for await (const line of lines) use(line);`,
      ],
      [
        "lines of something unknown",
        `const lines = createInterface({ input: given });
await prepare();
for await (const line of lines) use(line);`,
      ],
      [
        "lines without an input",
        `const lines = createInterface({ output: createReadStream("a") });
await prepare();
for await (const line of lines) use(line);`,
      ],
      [
        "lines at once",
        `const lines = createInterface({ input: createReadStream("a") });
for await (const line of lines) await use(line);`,
      ],
      [
        "lines after a look at them",
        `const lines = createInterface({ input: createReadStream("a") });
await show(lines);
for await (const line of lines) use(line);`,
      ],
      [
        "a loop over a list of lines",
        `const lines = createInterface({ input: createReadStream("a") });
await prepare();
for (const line of lines.history) use(line);`,
      ],
      [
        "the destination of a pipe",
        `async function serve(response: ServerResponse) {
  await prepare();
  await new Promise((resolve) => new PassThrough().pipe(response).once("close", resolve)); // starves
}`,
      ],
      [
        "what a pipe of another kind gives",
        `async function serve(response: ServerResponse) {
  await prepare();
  await new Promise((resolve) => copy(response).once("close", resolve));
}`,
      ],
    ] as const)("%s", ([, code]) => {
      check(imports + code, { rules });
    });
  });

  describe("an await that takes time, and one that does not", () => {
    const afterAwait = (before: string, awaited: string): string => `${before}const worker = new Worker("a.js");
await ${awaited};
await once(worker, "online");`;
    const starves = (code: string): string => `${code} // starves`;
    test.for([
      ["an object", afterAwait("", "({ a: 1 })")],
      ["a list", afterAwait("", "[1]")],
      ["a number", afterAwait("", "-1")],
      ["a text", afterAwait("", "`a`")],
      ["nothing", afterAwait("", "undefined")],
      ["a promise that is resolved", afterAwait("", "Promise.resolve(1)")],
      ["a promise by its name", starves(afterAwait("", "ready"))],
      ["a member", starves(afterAwait("", "given.ready"))],
      ["another method of Promise", starves(afterAwait("", "Promise.allSettled(list)"))],
      ["a promise of one's own", starves(afterAwait("", "own.Promise.resolve(1)"))],
      ["a function that waits for nothing", afterAwait("async function f() { log(); }\n", "f()")],
      ["a function that waits", starves(afterAwait("async function f() { await prepare(); }\n", "f()"))],
      ["a function that makes a promise", starves(afterAwait("function f() { const ready = new Ready(); }\n", "f()"))],
      ["a function that returns a promise", starves(afterAwait("function f() { return prepare(); }\n", "f()"))],
      ["a function that returns a number", afterAwait("async function f() { return 1; }\n", "f()")],
      ["a function that returns nothing", afterAwait("async function f() { return; }\n", "f()")],
      [
        "a function that iterates",
        starves(afterAwait("async function f() { for await (const a of given) log(a); }\n", "f()")),
      ],
      ["a function that loops", afterAwait("async function f() { for (const a of given) log(a); }\n", "f()")],
      [
        "a function that has others wait",
        afterAwait("async function f() { later(async () => { await prepare(); }); }\n", "f()"),
      ],
      ["a short function", starves(afterAwait("const f = () => prepare();\n", "f()"))],
      ["a short function that gives a number", afterAwait("const f = async () => 1;\n", "f()")],
      ["a server that begins to listen", afterAwait("const server = createServer();\n", "server.listen(0)")],
      ["a server that is asked", starves(afterAwait("const server = createServer();\n", "server.getConnections()"))],
    ] as const)("%s", ([, code]) => {
      check(imports + code, { rules });
    });

    test.for([
      [
        "a value for others",
        `async function* f() {
  const worker = new Worker("a.js");
  yield worker;
  await once(worker, "online"); // starves
}`,
      ],
      [
        "a value from one step of many",
        `function* f() {
  const worker = new Worker("a.js");
  yield worker;
  return once(worker, "online");
}`,
      ],
      [
        "a loop over something else",
        `${worker}for await (const line of given) log(line);\nawait once(worker, "online"); // starves`,
      ],
      ["a loop over a list", `${worker}for (const line of given) log(line);\nawait once(worker, "online");`],
      [
        "output that ends before",
        `const child = spawn("ls");\nfor await (const chunk of child.stdout) log(chunk);\nawait once(child, "close");`,
      ],
      [
        "the output of another one",
        `const other = spawn("ls");\nconst child = spawn("ls");\nfor await (const chunk of other.stdout) log(chunk);\nawait once(child, "close"); // starves`,
      ],
      [
        "output that is read by others",
        `const child = spawn("ls");\nawait text(child.stdout);\nawait once(child, "close");`,
      ],
      [
        "output that is read by others, before the exit",
        `const child = spawn("ls");\nawait text(child.stdout);\nawait once(child, "exit"); // starves`,
      ],
      [
        "output whose text is a constant",
        `const child = spawn("ls");\nconst output = text(child.stdout);\nawait output;\nawait once(child, "close");`,
      ],
      [
        "a reader of the output, by its name",
        `const child = spawn("ls");\nconst reader = new Reader(child.stdout);\nawait reader.end();\nawait once(child, "close");`,
      ],
      [
        "a reader of other output",
        `const child = spawn("ls");\nconst reader = new Reader(other.stdout);\nawait reader.end();\nawait once(child, "close"); // starves`,
      ],
      ["a worker that is asked", `${worker}await load(worker);\nawait once(worker, "online"); // starves`],
      [
        "a timer that is longer",
        `const emitter = new EventEmitter();\nsetTimeout(() => emitter.emit("due"), 100);\nawait sleep(5);\nawait once(emitter, "due");`,
      ],
      [
        "a timer that is shorter",
        `const emitter = new EventEmitter();\nsetTimeout(() => emitter.emit("due"), 5);\nawait sleep(100);\nawait once(emitter, "due"); // starves`,
      ],
      [
        "a timer that is as long",
        `const emitter = new EventEmitter();\nsetTimeout(() => emitter.emit("due"), 5);\nawait sleep(5);\nawait once(emitter, "due"); // starves`,
      ],
      [
        "a timer of unknown length",
        `const emitter = new EventEmitter();\nsetTimeout(() => emitter.emit("due"), delay);\nawait sleep(100);\nawait once(emitter, "due"); // starves`,
      ],
      [
        "a pause of unknown length",
        `const emitter = new EventEmitter();\nsetTimeout(() => emitter.emit("due"), 5);\nawait sleep(delay);\nawait once(emitter, "due"); // starves`,
      ],
      [
        "a timer without a time",
        `const emitter = new EventEmitter();\nsetTimeout(() => emitter.emit("due"));\nawait sleep(1);\nawait once(emitter, "due"); // starves`,
      ],
      [
        "a promise of a shorter timer",
        `const emitter = new EventEmitter();\nsetTimeout(() => emitter.emit("due"), 100);\nawait new Promise((resolve) => setTimeout(resolve, 5));\nawait once(emitter, "due");`,
      ],
      [
        "a promise of a longer timer",
        `const emitter = new EventEmitter();\nsetTimeout(() => emitter.emit("due"), 5);\nawait new Promise((resolve) => setTimeout(resolve, 100));\nawait once(emitter, "due"); // starves`,
      ],
      [
        "a promise that is not of a timer",
        `const emitter = new EventEmitter();\nsetTimeout(() => emitter.emit("due"), 100);\nawait new Promise((resolve) => later(resolve, 5));\nawait once(emitter, "due"); // starves`,
      ],
      [
        "a sleep of somebody else",
        `const emitter = new EventEmitter();\nsetTimeout(() => emitter.emit("due"), 100);\nawait given.sleep(5);\nawait once(emitter, "due"); // starves`,
      ],
      [
        "a task at the end of the turn",
        `const emitter = new EventEmitter();\nqueueMicrotask(() => emitter.emit("due"));\nawait prepare();\nawait once(emitter, "due"); // starves`,
      ],
      [
        "a task of the process",
        `const emitter = new EventEmitter();\nprocess.nextTick(() => emitter.emit("due"));\nawait prepare();\nawait once(emitter, "due"); // starves`,
      ],
      [
        "a task in the next turn",
        `const emitter = new EventEmitter();\nsetImmediate(() => emitter.emit("due"));\nawait sleep(5);\nawait once(emitter, "due"); // starves`,
      ],
      [
        "a task that nothing is awaited after",
        `const emitter = new EventEmitter();\nsetImmediate(() => emitter.emit("due"));\nawait once(emitter, "due");`,
      ],
    ] as const)("%s", ([, code]) => {
      check(imports + code, { rules });
    });
  });

  describe("what makes it happen at once, or later", () => {
    const emitter = `const emitter = new EventEmitter();
`;
    const lost = `await once(emitter, "due"); // starves`;
    const heard = `await once(emitter, "due");`;
    const engine = (body: string): string => `class Engine extends EventEmitter {
  ${body}
}
const engine = new Engine();
`;
    test.for([
      ["emitted here", `${emitter}emitter.emit("due");\n${lost}`],
      ["another event", `${emitter}emitter.emit("other");\n${heard}`],
      ["another emitter", `${emitter}other.emit("due");\n${heard}`],
      ["an emitter without a name", `${emitter}make().emit("due");\n${heard}`],
      ["emitted by a function", `${emitter}function start() { emitter.emit("due"); }\nstart();\n${lost}`],
      [
        "emitted by a function that loops",
        `${emitter}function start() { for (const a of given) log(a); emitter.emit("due"); }\nstart();\n${lost}`,
      ],
      [
        "emitted by a function that waits",
        `${emitter}async function start() { await prepare(); emitter.emit("due"); }\nstart();\n${heard}`,
      ],
      [
        "emitted by a function that is awaited",
        `${emitter}async function start() { await prepare(); emitter.emit("due"); }\nawait start();\n${lost}`,
      ],
      [
        "emitted by a function while this waits",
        `${emitter}async function start() { await prepare(); emitter.emit("due"); }\nstart();\nawait prepare();\n${lost}`,
      ],
      [
        "emitted after a loop that waits",
        `${emitter}async function start() { for await (const a of given) log(a); emitter.emit("due"); }\nstart();\n${heard}`,
      ],
      [
        "emitted by a generator that nobody asks",
        `${emitter}function* start() { emitter.emit("due"); }\nstart();\n${heard}`,
      ],
      [
        "a function that calls itself",
        `${emitter}function start() { start(); }\nstart();\n${heard}\nemitter.emit("due");`,
      ],
      [
        "a function of a function",
        `${emitter}const emit = () => emitter.emit("due");\nconst start = () => emit();\nstart();\n${lost}`,
      ],
      ["a function on the spot", `${emitter}(() => emitter.emit("due"))();\n${lost}`],
      [
        "a function that is given the emitter",
        `${emitter}function start(one) { one.emit("due"); }\nstart(emitter);\n${lost}`,
      ],
      [
        "a function that is given another",
        `${emitter}function start(one) { one.emit("due"); }\nstart(other);\n${heard}`,
      ],
      [
        "a function that is given it second",
        `${emitter}function start(name, one) { one.emit(name); one.emit("due"); }\nstart("a", emitter);\n${lost}`,
      ],
      [
        "a function that takes it apart",
        `${emitter}function start({ one }) { one.emit("due"); }\nstart(emitter);\n${heard}`,
      ],
      [
        "a timer in a function",
        `${emitter}function start() { setTimeout(() => emitter.emit("due"), 100); }\nstart();\nawait sleep(5);\n${heard}`,
      ],
      [
        "a shorter timer in a function",
        `${emitter}function start() { setTimeout(() => emitter.emit("due"), 5); }\nstart();\nawait sleep(100);\n${lost}`,
      ],
      [
        "a timer after a pause",
        `${emitter}async function start() { await prepare(); setTimeout(() => emitter.emit("due"), 1000); }\nstart();\nawait sleep(5);\n${heard}`,
      ],
      [
        "timers one after the other",
        `${emitter}setTimeout(() => setTimeout(() => emitter.emit("due"), 100), 5);\nawait sleep(50);\n${heard}`,
      ],
      [
        "timers that are over both",
        `${emitter}setTimeout(() => setTimeout(() => emitter.emit("due"), 10), 5);\nawait sleep(50);\n${lost}`,
      ],
      [
        "a timer of unknown length in another",
        `${emitter}setTimeout(() => setTimeout(() => emitter.emit("due"), delay), 100);\nawait sleep(50);\n${lost}`,
      ],
      ["an executor", `${emitter}const ready = new Promise(() => emitter.emit("due"));\n${lost}`],
      ["a callback of a class", `${emitter}const ready = new Ready(() => emitter.emit("due"));\n${heard}`],
      ["each of a list", `${emitter}given.forEach(() => emitter.emit("due"));\n${lost}`],
      ["a callback of somebody", `${emitter}given.each(() => emitter.emit("due"));\n${heard}`],
      ["after a promise", `${emitter}given.then(() => emitter.emit("due"));\nawait prepare();\n${lost}`],
      ["in the end of a promise", `${emitter}given.finally(() => emitter.emit("due"));\nawait prepare();\n${lost}`],
      ["after a promise, when nothing waits", `${emitter}given.then(() => emitter.emit("due"));\n${heard}`],
      ["where a promise fails", `${emitter}given.catch(() => emitter.emit("due"));\nawait prepare();\n${heard}`],
      [
        "a timer of the module",
        `import { setTimeout as later } from "node:timers";\n${emitter}later(() => emitter.emit("due"), 5);\nawait sleep(100);\n${lost}`,
      ],
      [
        "an immediate of the module",
        `import { setImmediate as later } from "node:timers";\n${emitter}later(() => emitter.emit("due"));\nawait sleep(100);\n${lost}`,
      ],
      [
        "a tick of the module",
        `import { nextTick } from "node:process";\n${emitter}nextTick(() => emitter.emit("due"));\nawait sleep(100);\n${lost}`,
      ],
      [
        "a tick of the module's object",
        `import process from "node:process";\n${emitter}process.nextTick(() => emitter.emit("due"));\nawait sleep(100);\n${lost}`,
      ],
      ["a timer of somebody", `${emitter}given.setTimeout(() => emitter.emit("due"), 5);\nawait sleep(100);\n${heard}`],
      [
        "a timer by the name of a function",
        `${emitter}function start() { emitter.emit("due"); }\nsetTimeout(start, 5);\nawait sleep(100);\n${lost}`,
      ],
      [
        "dispatched here",
        `const target = new EventTarget();\ntarget.dispatchEvent(new Event("due"));\nawait once(target, "due"); // starves`,
      ],
      [
        "another event that is dispatched",
        `const target = new EventTarget();\ntarget.dispatchEvent(new Event("other"));\nawait once(target, "due");`,
      ],
      [
        "an event that was given",
        `const target = new EventTarget();\ntarget.dispatchEvent(event);\nawait once(target, "due");`,
      ],
      [
        "aborted here",
        `const controller = new AbortController();\ncontroller.abort();\nawait once(controller.signal, "abort"); // starves`,
      ],
      [
        "aborted later",
        `const controller = new AbortController();\nsetTimeout(() => controller.abort(), 5);\nawait once(controller.signal, "abort");`,
      ],
      [
        "another that is aborted",
        `const controller = new AbortController();\nother.abort();\nawait once(controller.signal, "abort");`,
      ],
      [
        "aborted by a function that is given the controller",
        `const controller = new AbortController();\nfunction stop(one) { one.abort(); }\nstop(controller);\nawait once(controller.signal, "abort"); // starves`,
      ],
      [
        "emitted again by a listener",
        `${emitter}other.on("data", () => emitter.emit("due"));\nemitter.emit("due");\n${heard}`,
      ],
      [
        "emitted again and again",
        `${emitter}setInterval(() => emitter.emit("due"), 5);\nemitter.emit("due");\n${heard}`,
      ],
      [
        "an interval of something else",
        `${emitter}setInterval(() => emitter.emit("tick"), 5);\nemitter.emit("due");\n${lost}`,
      ],
      [
        "an emitter that others have",
        `import { register } from "./register.js";\n${emitter}register(emitter);\nemitter.emit("due");\n${heard}`,
      ],
      [
        "an emitter that others are told of",
        `import { register } from "./register.js";\n${emitter}register(emitter.name);\nemitter.emit("due");\n${lost}`,
      ],
      [
        "an emitter that a class of others has",
        `import { Registry } from "./register.js";\n${emitter}new Registry(emitter);\nemitter.emit("due");\n${heard}`,
      ],
      [
        "an emitter that a function of this file has",
        `${emitter}function register(one) { log(one); }\nregister(emitter);\nemitter.emit("due");\n${lost}`,
      ],
      ["an emitter that others made", `const emitter = make();\nemitter.emit("due");\n${heard}`],
      ["a thing that emits nothing", `const emitter = new Map();\nemitter.emit("due");\n${heard}`],
      [
        "what comes again and again by its nature",
        `${emitter}emitter.emit("data");\nawait once(emitter, "data"); // starves`,
      ],
      [
        "a method",
        `${engine('start() { this.emit("ready"); }')}engine.start();\nawait once(engine, "ready"); // starves`,
      ],
      [
        "a method that is a field",
        `${engine('start = () => this.emit("ready");')}engine.start();\nawait once(engine, "ready"); // starves`,
      ],
      [
        "a method after a static block",
        `${engine('static { log(); }\n  other() {}\n  start() { this.emit("ready"); }')}engine.start();\nawait once(engine, "ready"); // starves`,
      ],
      [
        "another method",
        `${engine('start() { this.emit("ready"); }\n  stop() {}')}engine.stop();\nawait once(engine, "ready");`,
      ],
      [
        "a method that nobody knows",
        `${engine('start() { this.emit("ready"); }')}engine.run();\nawait once(engine, "ready");`,
      ],
      [
        "a method by a computed name",
        `${engine('start() { this.emit("ready"); }')}engine[name]();\nawait once(engine, "ready");`,
      ],
      [
        "a method of another one",
        `${engine('start() { this.emit("ready"); }')}const other = new Engine();\nother.start();\nawait once(engine, "ready");`,
      ],
      [
        "a method that is given another one",
        `${engine('start(one) { one.emit("ready"); }')}const other = new Engine();\nother.start(engine);\nawait once(engine, "ready"); // starves`,
      ],
      [
        "a method that calls another",
        `${engine('emitReady() { this.emit("ready"); }\n  start() { this.emitReady(); }')}engine.start();\nawait once(engine, "ready"); // starves`,
      ],
      [
        "a method that is no function",
        `${engine("start = given;")}engine.start();\nawait once(engine, "ready");\nengine.emit("ready");`,
      ],
      [
        "a constructor",
        `${engine('constructor() { super(); this.emit("ready"); }')}await once(engine, "ready"); // starves`,
      ],
      [
        "a constructor of another one",
        `${engine('constructor() { super(); this.emit("ready"); }')}const made = new Engine();\nawait once(engine, "ready"); // starves`,
      ],
      [
        "a constructor that is given it",
        `${emitter}class Starter {\n  constructor(one) { one.emit("due"); }\n}\nnew Starter(emitter);\n${lost}`,
      ],
      [
        "a constructor that is given another",
        `${emitter}class Starter {\n  constructor(one) { one.emit("due"); }\n}\nnew Starter(other);\n${heard}`,
      ],
      [
        "a class without a constructor",
        `${emitter}class Starter {\n  start() { emitter.emit("due"); }\n}\nnew Starter();\n${heard}`,
      ],
      [
        "its own events",
        `class Engine extends EventEmitter {
  async run() {
    this.emit("ready");
    await once(this, "ready"); // starves
  }
}`,
      ],
      [
        "one after the other",
        `${engine('start() { setImmediate(() => { this.emit("a"); this.emit("b"); }); }')}engine.start();\nawait once(engine, "a");\nawait once(engine, "b"); // starves`,
      ],
      [
        "one, and the other in the next turn",
        `${engine('async start() { await prepare(); this.emit("a"); await prepare(); this.emit("b"); }')}given(engine);\nawait once(engine, "a");\nawait once(engine, "b");`,
      ],
      [
        "the other way round",
        `${engine('start() { setImmediate(() => { this.emit("b"); this.emit("a"); }); }')}given(engine);\nawait once(engine, "a");\nawait once(engine, "b");`,
      ],
      [
        "one for each step of a generator",
        `${engine('*start() { this.emit("a"); yield; this.emit("b"); }')}given(engine);\nawait once(engine, "a");\nawait once(engine, "b");`,
      ],
      [
        "two that are emitted elsewhere",
        `${engine('start() { this.emit("a"); }\n  stop() { this.emit("b"); }')}given(engine);\nawait once(engine, "a");\nawait once(engine, "b");`,
      ],
    ] as const)("%s", ([, code]) => {
      check(imports + code, { rules });
    });
  });

  describe("what starts it", () => {
    test.for([
      [
        "a server that is told in a promise",
        `const server = createServer();\nawait new Promise((resolve) => server.listen(0, resolve));\nawait once(server, "listening"); // starves`,
      ],
      [
        "a server that a promise of others is told",
        `const server = createServer();\nawait new Ready((resolve) => server.listen(0, resolve));\nawait once(server, "listening");`,
      ],
      [
        "another server",
        `const server = createServer();\nother.listen(0);\nawait prepare();\nawait once(server, "listening");`,
      ],
      [
        "a server in one expression",
        `const server = createServer().listen(0);\nawait prepare();\nawait once(server, "listening"); // starves`,
      ],
      [
        "a server that is closed",
        `const server = createServer().listen(0);\nserver.close();\nawait prepare();\nawait once(server, "close"); // starves`,
      ],
      [
        "a function that starts it",
        `function start() { return spawn("ls"); }\nconst child = start();\nawait prepare();\nawait once(child, "exit"); // starves`,
      ],
      [
        "a short function that starts it",
        `const start = () => spawn("ls");\nconst child = start();\nawait prepare();\nawait once(child, "exit"); // starves`,
      ],
      [
        "a function that starts another one",
        `function start() { return spawn("ls"); }\nstart();\nawait prepare();\nawait once(child, "exit");`,
      ],
      [
        "a function that returns nothing",
        `function start() { spawn("ls"); return; }\nconst child = start();\nawait prepare();\nawait once(child, "exit");`,
      ],
      [
        "a function that ends otherwise",
        `function start() { return spawn("ls"); log(); }\nconst child = start();\nawait once(child, "exit");`,
      ],
      [
        "a function that awaits before it starts it",
        `async function start() { await prepare(); return spawn("ls"); }\nconst child = await start();\nawait once(child, "exit");`,
      ],
      [
        "a function that starts it, and a pause",
        `async function start() { await prepare(); return spawn("ls"); }\nconst child = await start();\nawait prepare();\nawait once(child, "exit"); // starves`,
      ],
      [
        "a function that starts it with a signal",
        `function start() { return spawn("ls", { signal }); }\nconst child = start();\nawait prepare();\nawait once(child, "exit");`,
      ],
      ["a signal that ends it", `const child = spawn("ls", { signal });\nawait prepare();\nawait once(child, "exit");`],
      [
        "options that may have a signal",
        `const child = spawn("ls", { ...options });\nawait prepare();\nawait once(child, "exit");`,
      ],
      [
        "options without a signal",
        `const child = spawn("ls", { shell: true });\nawait prepare();\nawait once(child, "exit"); // starves`,
      ],
      [
        "one that was given, or a new one",
        `const child = given ?? spawn("ls");\nawait prepare();\nawait once(child, "exit"); // starves`,
      ],
      [
        "this one or that",
        `const child = flag ? spawn("ls") : spawn("cat");\nawait prepare();\nawait once(child, "exit"); // starves`,
      ],
      [
        "one that is assigned",
        `let child;\nchild = spawn("ls");\nawait prepare();\nawait once(child, "exit"); // starves`,
      ],
      ["one of many", `const list = [spawn("ls")];\nawait prepare();\nawait once(list, "exit");`],
      ["a part of one", `const { stdout } = spawn("ls");\nawait prepare();\nawait once(stdout, "close");`],
      ["a number of one", `const child = spawn("ls").pid;\nawait prepare();\nawait once(child, "exit");`],
      ["a signal that was aborted", `const signal = AbortSignal.abort();\nawait once(signal, "abort"); // starves`],
      [
        "a signal with a time",
        `const signal = AbortSignal.timeout(5);\nawait prepare();\nawait once(signal, "abort"); // starves`,
      ],
      ["a signal with a time, at once", `const signal = AbortSignal.timeout(5);\nawait once(signal, "abort");`],
      ["a signal of one's own", `const signal = own.AbortSignal.abort();\nawait once(signal, "abort");`],
      ["a call that lets it live", `${child}child.unref();\nawait once(child, "exit"); // starves`],
      ["a call that uses it", `${child}stop(child);\nawait once(child, "exit");`],
      ["a class that uses it", `${child}new Stopper(child);\nawait once(child, "exit");`],
      ["a call that uses another", `${child}stop(other);\nawait once(child, "exit"); // starves`],
      ["a listener for something else", `${child}child.on("message", log);\nawait once(child, "exit"); // starves`],
      [
        "a promise of something else",
        `${child}const sent = once(child, "message");\nawait once(child, "exit"); // starves`,
      ],
      ["a listener before", `${worker}worker.on("online", log);\nawait prepare();\nawait once(worker, "online");`],
      [
        "a listener for another event",
        `${worker}worker.on("exit", log);\nawait prepare();\nawait once(worker, "online"); // starves`,
      ],
      [
        "a listener of another",
        `${worker}other.on("online", log);\nawait prepare();\nawait once(worker, "online"); // starves`,
      ],
      [
        "a listener for whatever it is",
        `${worker}worker.on(name, log);\nawait prepare();\nawait once(worker, "online");`,
      ],
      [
        "a listener that is a property",
        `${worker}worker.onmessage = log;\nawait prepare();\nawait once(worker, "message");`,
      ],
      [
        "another property",
        `${worker}worker.onerror = log;\nawait prepare();\nawait once(worker, "message"); // starves`,
      ],
      [
        "a new one in its place",
        `let child = spawn("a");\nawait prepare();\nchild = spawn("b");\nawait once(child, "exit");`,
      ],
      [
        "a new holder in its place",
        `app.child = spawn("a");\nawait prepare();\napp = other;\nawait once(app.child, "exit");`,
      ],
      [
        "a new one in another place",
        `app.child = spawn("a");\nawait prepare();\napp.other = spawn("b");\nawait once(app.child, "exit"); // starves`,
      ],
      [
        "another name for it",
        `${worker}await prepare();\nconst same = worker;\nawait once(same, "online"); // starves`,
      ],
      [
        "one in each turn",
        `for (const name of names) {\n  const worker = new Worker(name);\n  await prepare();\n  await once(worker, "online"); // starves\n}`,
      ],
      [
        "the drain of a stream",
        `const sink = new PassThrough();\nsink.write("a");\nawait prepare();\nawait once(sink, "drain");`,
      ],
      [
        "a connection that is gone",
        `createServer(async (socket) => {\n  await prepare();\n  await once(socket, "close"); // starves\n});`,
      ],
      ["a connection that is looked at", `createServer(async (socket) => {\n  await once(socket, "close");\n});`],
      [
        "a connection of the function around",
        `createServer((socket) => {\n  run(async () => {\n    await prepare();\n    await once(socket, "close");\n  });\n});`,
      ],
      [
        "a name in the handler",
        `createServer(async (socket) => {\n  const same = make();\n  await prepare();\n  await once(same, "close");\n});`,
      ],
      [
        "a parameter of another kind",
        `async function f(sink: Writable) {\n  await prepare();\n  await once(sink, "close");\n}`,
      ],
    ] as const)("%s", ([, code]) => {
      check(imports + code, { rules });
    });
  });

  describe("what comes after what", () => {
    test.for([
      [
        "all of some",
        `const child = spawn("ls");\nawait Promise.all([once(child, "exit"), other()]);\nawait once(child, "close"); // starves`,
      ],
      [
        "a list with a hole",
        `const child = spawn("ls");\nawait Promise.all([, once(child, "exit")]);\nawait once(child, "close"); // starves`,
      ],
      [
        "a promise that was made before",
        `const child = spawn("ls");\nconst exit = once(child, "exit");\nawait exit;\nawait once(child, "close"); // starves`,
      ],
      [
        "another child",
        `const child = spawn("ls");\nawait once(other, "exit");\nawait once(child, "close"); // starves`,
      ],
      [
        "a file that is finished",
        `const file = createWriteStream("a");\nfile.end();\nawait once(file, "finish");\nawait once(file, "close");`,
      ],
      [
        "a stream that is finished",
        `const sink = new Writable({ write });\nsink.end();\nawait once(sink, "finish");\nawait once(sink, "close"); // starves`,
      ],
      [
        "a stream of some kind that is finished",
        `async function f(sink: Writable) {\n  sink.end();\n  await once(sink, "finish");\n  await once(sink, "close");\n}`,
      ],
      [
        "a stream that may have failed",
        `const sink = new PassThrough();\nawait once(sink, "error");\nawait once(sink, "close"); // starves`,
      ],
      [
        "one of two events",
        `const sink = new PassThrough();\nawait new Promise((resolve) => {\n  sink.on("finish", resolve);\n  sink.on("pipe", resolve);\n});\nawait once(sink, "close");`,
      ],
      [
        "an event or a time",
        `const sink = new PassThrough();\nawait once(sink, "finish", { signal });\nawait once(sink, "close");`,
      ],
      [
        "an event that is computed",
        `const sink = new PassThrough();\nawait once(sink, name);\nawait once(sink, "close");`,
      ],
      [
        "a loop over a stream",
        `const source = new Readable();\nfor await (const chunk of source) log(chunk);\nawait once(source, "end"); // starves`,
      ],
      [
        "the end of a loop over a stream",
        `const source = new Readable();\nfor await (const chunk of source) log(chunk);\nawait once(source, "close"); // starves`,
      ],
      [
        "a loop over another stream",
        `const source = new Readable();\nfor await (const chunk of other) log(chunk);\nawait once(source, "close");`,
      ],
      [
        "something else after a loop",
        `const source = new Readable();\nfor await (const chunk of source) log(chunk);\nawait once(source, "again");`,
      ],
      [
        "a loop over a connection",
        `const socket = connect(80);\nfor await (const chunk of socket) log(chunk);\nawait once(socket, "close");`,
      ],
      [
        "the end of a connection",
        `const socket = connect(80);\nfor await (const chunk of socket) log(chunk);\nawait once(socket, "end"); // starves`,
      ],
      [
        "a loop over a stream of some kind",
        `async function f(source: Readable) {\n  for await (const chunk of source) log(chunk);\n  await once(source, "close");\n}`,
      ],
      ["a worker that is told to stop", `${worker}await worker.terminate();\nawait once(worker, "exit"); // starves`],
      [
        "another worker that is told to stop",
        `${worker}await other.terminate();\nawait once(worker, "exit"); // starves`,
      ],
      [
        "a promise that it stops",
        `${worker}const stopped = worker.terminate();\nawait stopped;\nawait once(worker, "exit"); // starves`,
      ],
      [
        "the source of a pipeline",
        `const source = new Readable();\nawait pipeline(source, process.stdout);\nawait once(source, "end"); // starves`,
      ],
      [
        "the end of what a pipeline fills",
        `const sink = new PassThrough();\nawait pipeline(given, sink);\nawait once(sink, "end");`,
      ],
      [
        "what a pipeline fills",
        `const sink = new PassThrough();\nawait pipeline(given, sink);\nawait once(sink, "finish"); // starves`,
      ],
      [
        "a pipeline of others",
        `const sink = new PassThrough();\nawait pipeline(given, other);\nawait once(sink, "finish");`,
      ],
      [
        "a pipeline without an event",
        `const sink = new PassThrough();\nawait pipeline(given, sink);\nawait once(sink, "pipe");`,
      ],
      [
        "a stream that has finished",
        `const sink = new PassThrough();\nawait finished(sink);\nawait once(sink, "finish"); // starves`,
      ],
      [
        "a source that has finished",
        `const source = new Readable();\nawait finished(source);\nawait once(source, "end"); // starves`,
      ],
      [
        "another stream that has finished",
        `const sink = new PassThrough();\nawait finished(other);\nawait once(sink, "finish");`,
      ],
      [
        "a function that finishes nothing",
        `const sink = new PassThrough();\nawait done(sink);\nawait once(sink, "finish");`,
      ],
      ["a sink that ends as a source", `const sink = new Writable();\nawait finished(sink);\nawait once(sink, "end");`],
      [
        "a source that finishes as a sink",
        `const source = new Readable();\nawait finished(source);\nawait once(source, "finish");`,
      ],
    ] as const)("%s", ([, code]) => {
      check(imports + code, { rules });
    });
  });

  describe("a callback of a promise", () => {
    test.for([
      ["a chain that takes time", `${worker}prepare().then(() => once(worker, "message")); // starves`],
      ["a chain that is awaited", `${worker}await prepare().then(() => once(worker, "message")); // starves`],
      ["a chain for others", `${worker}use(prepare().then(() => once(worker, "message")));`],
      ["a chain that takes no time", `${worker}Promise.resolve().then(() => once(worker, "message"));`],
      ["a chain of some links", `${worker}prepare().catch(log).then(() => once(worker, "message")); // starves`],
      [
        "a chain of two that take time",
        `${worker}Promise.resolve().then(prepare).then(() => once(worker, "message")); // starves`,
      ],
      ["a failure", `${worker}prepare().catch(() => once(worker, "message"));`],
      ["a failure, as the second argument", `${worker}prepare().then(log, () => once(worker, "message"));`],
      ["a look", `${worker}prepare().then(() => {\n  if (isQuiet()) return once(worker, "message");\n});`],
      [
        "a setting",
        `${worker}const wanted = true;\nprepare().then(() => {\n  if (wanted) return once(worker, "message"); // starves\n});`,
      ],
      ["what comes after another event of it", `${worker}once(worker, "online").then(() => once(worker, "message"));`],
      ["a listener before it", `${worker}worker.on("message", log);\nprepare().then(() => once(worker, "message"));`],
      [
        "a listener for something else",
        `${worker}worker.on("exit", log);\nprepare().then(() => once(worker, "message")); // starves`,
      ],
      [
        "a listener in it",
        `${worker}prepare().then(() => {\n  worker.on("message", log);\n  return once(worker, "message");\n});`,
      ],
      [
        "a question in it",
        `${worker}prepare().then(() => {\n  worker.postMessage(1);\n  return once(worker, "message");\n});`,
      ],
      [
        "a question before it",
        `${worker}worker.postMessage(1);\nprepare().then(() => once(worker, "message")); // starves`,
      ],
      ["a callback of something else", `${worker}prepare(() => once(worker, "message"));`],
      [
        "what starts in it",
        `prepare().then(() => {\n  const worker = new Worker("a.js");\n  return once(worker, "message");\n});`,
      ],
      ["another worker", `${worker}prepare().then(() => once(other, "message"));`],
    ] as const)("%s", ([, code]) => {
      check(imports + code, { rules });
    });
  });

  describe("a page of a browser", () => {
    const browser = `import type { Browser, BrowserContext, Frame, Page } from "playwright";
import type { Page as OldPage } from "puppeteer";
import { connect } from "node:net";
`;
    const f = (parameters: string, body: string): string => `async function f(${parameters}) {
  ${body.replaceAll("\n", "\n  ")}
}`;
    const click = 'await page.click("a");\n';
    const response = 'await page.waitForResponse("b");';
    test.for([
      ["a function that returns the wait", f("page: Page", `${click}return page.waitForEvent("download"); // starves`)],
      [
        "a wait that fails with another event",
        f(
          "page: Page",
          `${click}await new Promise((resolve, reject) => { // starves\n  page.once("popup", resolve);\n  page.once("close", reject);\n});`,
        ),
      ],
      [
        "a wait of one of two",
        f(
          "page: Page",
          `${click}await new Promise((resolve) => {\n  page.once("popup", resolve);\n  page.once("download", resolve);\n});`,
        ),
      ],
      [
        "a wait with an end",
        f(
          "page: Page",
          `${click}await new Promise((resolve) => {\n  page.once("popup", resolve);\n  setTimeout(resolve, 1000);\n});`,
        ),
      ],
      ["a wait for an event that is computed", f("page: Page, name: string", `${click}await page.waitForEvent(name);`)],
      ["a loop between", f("page: Page", `${click}for (const name of names) log(name);\n${response} // starves`)],
      ["a loop that waits between", f("page: Page", `${click}for await (const name of names) log(name);\n${response}`)],
      ["a promise between", f("page: Page", `${click}await ready;\n${response}`)],
      ["a constructor between", f("page: Page", `${click}await new Ready();\n${response}`)],
      [
        "a branch without an action",
        f("page: Page", `if (flag) await page.click("a");\nelse await page.title();\n${response} // starves`),
      ],
      ["a process that ends", f("page: Page", `await connect(80);\nawait page.waitForEvent("close");`)],
      [
        "an action that opens nothing",
        f("page: Page", `await page.fill("a", "b");\nawait page.waitForEvent("popup");`),
      ],
      [
        "a way to a page that chooses no file",
        f("page: Page", `await page.goto("a");\nawait page.waitForEvent("filechooser");`),
      ],
      [
        "an action that opens no page",
        f("page: Page, context: BrowserContext", `await page.fill("a", "b");\nawait context.waitForEvent("page");`),
      ],
      ["another page", f("page: Page, other: Page", `await other.click("a");\n${response}`)],
      [
        "two pages of one context",
        f(
          "context: BrowserContext",
          `const one = await context.newPage();\nconst two = await context.newPage();\nawait one.click("a");\nawait two.waitForResponse("b");`,
        ),
      ],
      ["a frame of who knows which page", f("page: Page, frame: Frame", `await frame.click("a");\n${response}`)],
      ["a frame of the page", f("page: Page", `await page.mainFrame().click("a");\n${response} // starves`)],
      [
        "a frame by its name",
        f("page: Page", `const frame = page.mainFrame();\nawait frame.click("a");\n${response} // starves`),
      ],
      ["an element of the page", f("page: Page", `await (await page.$("a")).click();\n${response} // starves`)],
      [
        "a function that clicks",
        f("page: Page", `await page.evaluate(() => document.querySelector("a").click());\n${response} // starves`),
      ],
      [
        "a function that clicks on what it is given",
        f(
          "page: Page",
          `await page.evaluate((name) => document.querySelector(name).click(), "a");\n${response} // starves`,
        ),
      ],
      [
        "a function that counts",
        f("page: Page", `await page.evaluate(() => document.querySelectorAll("a").item(0));\n${response}`),
      ],
      [
        "a function that goes elsewhere",
        f("page: Page", `await page.evaluate(() => { location.href = "b"; });\n${response} // starves`),
      ],
      [
        "a function that notes something",
        f(
          "page: Page",
          `await page.evaluate(() => { let title; title = document.title; return title; });\n${response}`,
        ),
      ],
      ["a function that fetches", f("page: Page", `await page.evaluate(() => fetch("b"));\n${response} // starves`)],
      [
        "a function that opens a page",
        f("page: Page", `await page.evaluate(() => { open("b"); });\nawait page.waitForEvent("popup"); // starves`),
      ],
      [
        "a function that prints",
        f("page: Page", `await page.evaluate(() => { print(); });\nawait page.waitForEvent("dialog"); // starves`),
      ],
      ["a function that parses", f("page: Page", `await page.evaluate(() => parseInt(document.title));\n${response}`)],
      [
        "a function of others that fetches",
        `import { fetch } from "./fetch.js";\n${f("page: Page", `await page.evaluate(() => fetch("b"));\n${response}`)}`,
      ],
      ["a text that is evaluated", f("page: Page", `await page.evaluate("document.title");\n${response}`)],
      [
        "a wait that may fail, after the action",
        f("page: Page", `${click}try {\n  ${response}\n} catch {\n  log();\n}`),
      ],
      [
        "an action and a wait that may fail",
        f("page: Page", `try {\n  ${click}  ${response} // starves\n} catch {\n  log();\n}`),
      ],
      [
        "a wait that is tidied up after",
        f("page: Page", `${click}try {\n  ${response} // starves\n} finally {\n  log();\n}`),
      ],
      [
        "a wait where something failed",
        f("page: Page", `${click}try {\n  log();\n} catch {\n  ${response} // starves\n}`),
      ],
      [
        "a wait at the end of a try",
        f("page: Page", `${click}try {\n  log();\n} catch {\n  log();\n} finally {\n  ${response} // starves\n}`),
      ],
      ["a wait in a block", f("page: Page", `${click}{\n  ${response} // starves\n}`)],
      [
        "a wait in a function that may fail",
        `try {\n  run(async (page: Page) => {\n    await page.click("a");\n    ${response} // starves\n  });\n} catch {}`,
      ],
      [
        "the context of the page",
        f("page: Page", `const context = page.context();\n${click}await context.waitForEvent("page"); // starves`),
      ],
      [
        "the context of another page",
        f("page: Page, other: Page", `const context = other.context();\n${click}await context.waitForEvent("page");`),
      ],
      [
        "a page of the context",
        f(
          "context: BrowserContext",
          `const page = await context.newPage();\n${click}await context.waitForEvent("page"); // starves`,
        ),
      ],
      [
        "a page of another context",
        f(
          "context: BrowserContext, other: BrowserContext",
          `const page = await other.newPage();\n${click}await context.waitForEvent("page");`,
        ),
      ],
      [
        "a page and a context that were given",
        f("page: Page, context: BrowserContext", `${click}await context.waitForEvent("page"); // starves`),
      ],
      [
        "a context that another function was given",
        `function f(context: BrowserContext) {\n  return async (page: Page) => {\n    await page.click("a");\n    await context.waitForEvent("page");\n  };\n}`,
      ],
      [
        "a new page",
        f("context: BrowserContext", `await context.newPage();\nawait context.waitForEvent("page"); // starves`),
      ],
      [
        "a new page of another context",
        f(
          "context: BrowserContext, other: BrowserContext",
          `await other.newPage();\nawait context.waitForEvent("page");`,
        ),
      ],
      ["a look at the page", f("page: Page", `${click}if (page.isClosed()) return;\n${response}`)],
      ["a look at another page", f("page: Page", `${click}log(page.isClosed());\n${response} // starves`)],
      ["a page of puppeteer", f("page: OldPage", `${click}await page.waitForNavigation(); // starves`)],
      [
        "a page that is made on the spot",
        f("browser: Browser", `const page = await browser.newPage();\n${click}${response} // starves`),
      ],
      [
        "a field that was given",
        `class A {
  constructor(page: Page) {
    this.page = page;
    this.link = page.locator("a");
  }
  async f() {
    await this.link.click();
    await this.page.waitForResponse("b"); // starves
  }
}`,
      ],
      [
        "a field that is declared",
        `class A {
  link = this.page.locator("a");
  constructor(readonly page: Page) {}
  async f() {
    await this.link.click();
    await this.page.waitForResponse("b"); // starves
  }
}`,
      ],
      [
        "a field that changes",
        `class A {
  constructor(page: Page, other: Page) {
    this.page = page;
    this.link = page.locator("a");
    this.link = other.locator("a");
  }
  async f() {
    await this.link.click();
    await this.page.waitForResponse("b");
  }
}`,
      ],
      [
        "a field that a method sets",
        `class A {
  constructor(readonly page: Page) {}
  open(page: Page) {
    this.link = page.locator("a");
  }
  async f() {
    await this.link.click();
    await this.page.waitForResponse("b");
  }
}`,
      ],
      [
        "a page that is not the one of the object",
        `class A {\n  constructor(readonly page: Page) {}\n  async f(page: Page) {\n    await page.click("a");\n    await this.page.waitForResponse("b");\n  }\n}`,
      ],
    ] as const)("%s", ([, code]) => {
      check(browser + code, { rules });
    });
  });

  describe("a signal that others made", () => {
    const f = (parameters: string, body: string): string => `async function f(${parameters}) {
  ${body.replaceAll("\n", "\n  ")}
}`;
    const wait = 'await once(signal, "abort");';
    const of = "signal: AbortSignal";
    test.for([
      ["nobody looks", f(of, `${wait} // starves`)],
      ["a look before", f(of, `if (signal.aborted) return;\n${wait}`)],
      ["a look at the reason", f(of, `if (signal.reason) return;\n${wait}`)],
      ["an error", f(of, `signal.throwIfAborted();\n${wait}`)],
      ["a look at its parts", f(of, `const { aborted } = signal;\nif (!aborted) ${wait}`)],
      ["a look at something else", f(of, `if (signal.other) return;\n${wait} // starves`)],
      ["a look at another one", f(of, `if (other.aborted) return;\n${wait} // starves`)],
      ["parts of something else", f(of, `const { name, ...others } = given;\n${wait} // starves`)],
      [
        "the reason that it fails with",
        f(
          of,
          `await new Promise((_, reject) => { // starves\n  signal.addEventListener("abort", () => reject(signal.reason));\n});`,
        ),
      ],
      [
        "the reason before",
        f(
          of,
          `log(signal.reason);\nawait new Promise((_, reject) => {\n  signal.addEventListener("abort", () => reject(signal.reason));\n});`,
        ),
      ],
      ["another event", f(of, 'await once(signal, "other");')],
      ["something else that aborts", f("request: Request", 'await once(request, "abort");')],
      ["an option", f("options: { signal: AbortSignal }", 'await once(options.signal, "abort"); // starves')],
      [
        "an option of a constant",
        `const options: { signal: AbortSignal } = make();\nawait once(options.signal, "abort");`,
      ],
      [
        "a field",
        `class A {\n  constructor(readonly signal: AbortSignal) {}\n  async f() {\n    await once(this.signal, "abort"); // starves\n  }\n}`,
      ],
      [
        "the signal of a controller of the object",
        `class A {\n  controller = new AbortController();\n  async f() {\n    await once(this.controller.signal, "abort");\n  }\n}`,
      ],
      [
        "the signal of a controller that was made here",
        `const controller = new AbortController();\nawait once(controller.signal, "abort");`,
      ],
      ["a signal that was made elsewhere", `const signal: AbortSignal = make();\n${wait}`],
      [
        "a request that hangs, in a test",
        `mock((url, signal: AbortSignal) => new Promise((_, reject) => {\n  signal.addEventListener("abort", reject);\n}));`,
      ],
      ["a callback that waits for the abort", `mock(async (url, signal: AbortSignal) => {\n  ${wait} // starves\n});`],
      [
        "a function that only fails",
        `const f = (signal: AbortSignal) => new Promise((_, reject) => { // starves\n  signal.addEventListener("abort", reject);\n});`,
      ],
      [
        "the helper, and not its calls",
        `function aborted(signal: AbortSignal) {
  return new Promise((resolve) => signal.addEventListener("abort", resolve)); // starves
}
async function f(signal: AbortSignal) {
  await aborted(signal);
}`,
      ],
    ] as const)("%s", ([, code]) => {
      check(imports + code, { rules });
    });
  });

  describe("a job of a queue", () => {
    const mail = `import Bull from "bull";
import { Queue, QueueEvents, Worker } from "bullmq";
`;
    const queue = 'const queue = new Queue("mail");\n';
    const events = 'const events = new QueueEvents("mail");\n';
    const added = `${queue}${events}await queue.add("send", {});\n`;
    const done = 'await new Promise((resolve) => events.on("completed", resolve));';
    test.for([
      ["a job that is done", `${added}${done} // starves`],
      ["some jobs", `${queue}${events}await queue.addBulk([{ name: "send" }]);\n${done} // starves`],
      ["a queue that pauses", `${queue}${events}await queue.pause();\n${done}`],
      ["something that is added elsewhere", `${queue}${events}await list.add("send");\n${done}`],
      ["a function that adds something", `${queue}${events}await add("send");\n${done}`],
      ["a job that nobody waits for", `${queue}${events}queue.add("send", {});\n${done}`],
      ["a job that is added later", `${queue}${events}${done}\nawait queue.add("send", {});`],
      ["a job in another branch", `${queue}${events}if (flag) await queue.add("send", {});\nelse ${done}`],
      [
        "another job in each turn",
        `${queue}${events}for (const name of names) {\n  await queue.add(name, {});\n  ${done} // starves\n}`,
      ],
      ["a look", `${added}if (!isDone()) ${done}`],
      ["a wait for the next state", `${added}await new Promise((resolve) => events.on("active", resolve));`],
      ["a wait for the end of all", `${added}await new Promise((resolve) => events.on("drained", resolve));`],
      [
        "a wait for this or that",
        `${added}await new Promise((resolve) => {\n  events.on("completed", resolve);\n  events.on("stalled", resolve);\n});`,
      ],
      [
        "a wait that may fail",
        `${added}await new Promise((resolve, reject) => { // starves\n  events.on("completed", resolve);\n  events.on("error", reject);\n});`,
      ],
      [
        "a wait that ends by itself",
        `${added}await new Promise((resolve) => {\n  events.on("completed", resolve);\n  setTimeout(resolve, 1000);\n});`,
      ],
      ["a wait for a failure only", `${added}await new Promise((_, reject) => events.on("failed", reject));`],
      ["a wait that nobody waits for", `${added}new Promise((resolve) => events.on("completed", resolve));`],
      ["events of something else", `${added}await new Promise((resolve) => given.on("completed", resolve));`],
      ["an event that is computed", `${added}await new Promise((resolve) => events.on(name, resolve));`],
      [
        "a worker",
        `${queue}const worker = new Worker("mail", run);\nawait queue.add("send", {});\nawait new Promise((resolve) => worker.once("failed", resolve)); // starves`,
      ],
      [
        "a queue of Bull",
        `const queue = new Bull("mail");\nawait queue.add({});\nawait new Promise((resolve) => queue.on("global:completed", resolve)); // starves`,
      ],
      [
        "one name for both",
        `const queue = new Queue(name);\nconst events = new QueueEvents(name);\nawait queue.add("send", {});\n${done} // starves`,
      ],
      [
        "two names",
        `const queue = new Queue(mails);\nconst events = new QueueEvents(others);\nawait queue.add("send", {});\n${done}`,
      ],
      ["a name and a text", `${queue}const events = new QueueEvents(name);\nawait queue.add("send", {});\n${done}`],
      [
        "a queue that was given",
        `${events}export async function f(queue: Queue) {\n  await queue.add("send", {});\n  ${done} // starves\n}`,
      ],
      [
        "fields",
        `class A {
  queue = new Queue("mail");
  events = new QueueEvents("mail");
  async f() {
    await this.queue.add("send", {});
    await new Promise((resolve) => this.events.on("completed", resolve)); // starves
  }
}`,
      ],
      [
        "fields of two queues",
        `class A {
  queue = new Queue("mail");
  events = new QueueEvents("other");
  async f() {
    await this.queue.add("send", {});
    await new Promise((resolve) => this.events.on("completed", resolve));
  }
}`,
      ],
      [
        "a field of this queue or that",
        `class A {
  queue = new Queue("mail");
  events = new QueueEvents("other");
  constructor() {
    if (flag) this.events = new QueueEvents("mail");
  }
  async f() {
    await this.queue.add("send", {});
    await new Promise((resolve) => this.events.on("completed", resolve)); // starves
  }
}`,
      ],
    ] as const)("%s", ([, code]) => {
      check(mail + code, { rules });
    });
  });

  describe("the only value of a subject", () => {
    const rx = `import { filter, firstValueFrom, lastValueFrom, map, merge, startWith, Subject } from "rxjs";
import { tap } from "rxjs/operators";
const port = new Subject();
`;
    const lost = "await firstValueFrom(port); // starves";
    const heard = "await firstValueFrom(port);";
    test.for([
      ["emitted before", `port.next(1);\n${lost}`],
      ["emitted after", `const first = firstValueFrom(port);\nport.next(1);\nawait first;`],
      ["never emitted", heard],
      ["emitted in the function that waits", `async function f() {\n  port.next(1);\n  ${lost}\n}`],
      ["emitted outside the function that waits", `port.next(1);\nasync function f() {\n  ${heard}\n}`],
      ["emitted at times", `if (flag) port.next(1);\n${lost}`],
      ["emitted in the other branch", `if (flag) port.next(1);\nelse ${heard}`],
      ["emitted in each turn", `for (const a of list) {\n  port.next(a);\n  ${heard}\n}`],
      ["emitted before and later", `port.next(1);\nsetTimeout(() => port.next(2), 5);\n${heard}`],
      ["emitted twice before", `port.next(1);\nport.next(2);\n${lost}`],
      ["two waits", `port.next(1);\n${lost}\nawait lastValueFrom(port);`],
      ["a wait for others", `port.next(1);\nuse(firstValueFrom(port));`],
      ["ended before", `port.next(1);\nport.complete();\n${heard}`],
      ["failed before", `port.next(1);\nport.error(new Error("a"));\n${heard}`],
      ["given up before", `port.next(1);\nport.unsubscribe();\n${heard}`],
      ["ended at times", `port.next(1);\nif (flag) port.complete();\n${lost}`],
      ["ended by a function", `function end() { port.complete(); }\nport.next(1);\nend();\n${heard}`],
      ["the last one, and no end", `port.next(1);\nawait lastValueFrom(port);`],
      [
        "the last one, and the end later",
        `port.next(1);\nsetTimeout(() => port.complete(), 5);\nawait lastValueFrom(port); // starves`,
      ],
      ["the last one, and the end before", `port.next(1);\nport.complete();\nawait lastValueFrom(port);`],
      ["a subject that others have", `use(port);\nport.next(1);\n${heard}`],
      ["a subject that a class has", `new Port(port);\nport.next(1);\n${heard}`],
      ["a method that others have", `use(port.next);\nport.next(1);\n${heard}`],
      ["a method that does who knows what", `port.connect();\nport.next(1);\n${heard}`],
      ["a method that is computed", `port[name]();\nport.next(1);\n${heard}`],
      ["a subscriber", `port.subscribe(log);\nport.next(1);\n${lost}`],
      ["a look", `log(port.observed);\nport.next(1);\n${lost}`],
      ["another source as well", `port.next(1);\nawait firstValueFrom(merge(port, other));`],
      [
        "what comes out of it",
        `const values = port.asObservable();\nport.next(1);\nawait firstValueFrom(values); // starves`,
      ],
      [
        "what comes out of a pipe",
        `port.next(1);\nawait firstValueFrom(port.pipe(map(String), filter(Boolean))); // starves`,
      ],
      ["what comes out of a pipe of others", `port.next(1);\nawait firstValueFrom(port.pipe(tap(log))); // starves`],
      ["a pipe that begins with a value", `port.next(1);\nawait firstValueFrom(port.pipe(startWith(0)));`],
      ["a pipe that is unknown", `port.next(1);\nawait firstValueFrom(port.pipe(map(String), given()));`],
      ["a pipe of an operator that was made", `port.next(1);\nawait firstValueFrom(port.pipe(operator));`],
      ["another method of it", `port.next(1);\nawait firstValueFrom(port.lift(map(String)));`],
      ["a function of it", `port.next(1);\nawait firstValueFrom(read());`],
      [
        "a function of others",
        `import { firstValueFrom as first } from "./first.js";\nport.next(1);\nawait first(port);`,
      ],
      ["a function that waits for nothing", `port.next(1);\nawait firstValueFrom();`],
      ["a function that emits", `function send() { port.next(1); }\nsend();\n${lost}`],
      ["a function that emits for each", `function send() { list.forEach((a) => port.next(a)); }\nsend();\n${lost}`],
      ["a function that may emit later", `async function send() { await prepare(); port.next(1); }\nsend();\n${heard}`],
      ["a generator", `function* send() { port.next(1); }\nsend();\n${heard}`],
      ["a function that calls itself", `function send() { send(); }\nsend();\nport.next(1);\n${lost}`],
      ["a constructor that emits", `class Sender {\n  constructor() { port.next(1); }\n}\nnew Sender();\n${lost}`],
      ["a constructor that does not", `class Sender {\n  send() { port.next(1); }\n}\nnew Sender();\n${heard}`],
      ["a callback that may come again", `given.map((a) => port.next(a));\n${heard}`],
    ] as const)("%s", ([, code]) => {
      check(rx + code, { rules });
    });

    test.for([
      ["a subject that is exported", `export const port = new Subject();\nport.next(1);\n${heard}`],
      ["a subject that changes", `let port = new Subject();\nport.next(1);\nport = new Subject();\n${heard}`],
      ["a subject of somebody else", `const port = new own.Subject();\nport.next(1);\n${heard}`],
      ["a part of a subject", `const { port } = new Subject();\nport.next(1);\n${heard}`],
      ["a subject that was given", `function f(port) {\n  port.next(1);\n  return firstValueFrom(port);\n}`],
    ] as const)("%s", ([, code]) => {
      const program = `import { firstValueFrom, Subject } from "rxjs";\n${code}`;
      check(program, { rules });
    });
  });

  describe("a promise, and what settles it", () => {
    const promise = (executor: string): string => `${child}await new Promise(${executor});`;
    const lost = (executor: string): string => `${promise(executor)} // starves`;
    test.for([
      ["a listener", lost('(resolve) => child.addListener("exit", resolve)')],
      ["a listener before others", lost('(resolve) => child.prependListener("exit", resolve)')],
      ["a listener for once before others", lost('(resolve) => child.prependOnceListener("exit", resolve)')],
      ["a listener of a target", lost('(resolve) => child.addEventListener("exit", resolve)')],
      ["a method of another name", promise('(resolve) => child.listen("exit", resolve)')],
      ["a listener that is no function", promise('(resolve) => child.on("exit")')],
      ["a listener of nothing", promise("(resolve) => child.on(resolve)")],
      ["a function that listens", promise('(resolve) => on("exit", resolve)')],
      ["a listener that calls it", lost('(resolve) => child.on("exit", () => { log(); resolve(); })')],
      ["a listener that calls it later", lost('(resolve) => child.on("exit", () => setTimeout(resolve, 5))')],
      ["a listener with a type", lost('(resolve) => child.on("exit", resolve as () => void)')],
      ["a listener as a second argument", promise('(resolve) => child.on("exit", log, resolve)')],
      ["a function expression", lost('function (resolve) { child.on("exit", resolve); }')],
      ["an executor from elsewhere", promise("executor")],
      ["a class of one's own", `${child}await new Later((resolve) => child.on("exit", resolve));`],
      ["a part of Promise", `${child}await new Promise.Later((resolve) => child.on("exit", resolve));`],
      ["nobody who resolves it", promise('() => child.on("exit", log)')],
      ["a resolver that is taken apart", promise('({ resolve }) => child.on("exit", resolve)')],
      ["a resolver that is unused", promise('(resolve) => child.on("exit", log)')],
      [
        "somebody else who resolves it, in a listener",
        `const child = spawn("ls");
child.on("exit", async () => {
  child.kill();
  await prepare();
  await new Promise((resolve) => later(resolve));
});`,
      ],
      [
        "a listener that a signal ends, and one for errors",
        promise(
          '(resolve, reject) => { child.addEventListener("exit", resolve, { signal }); child.addEventListener("error", reject); }',
        ),
      ],
      ["somebody else who resolves it", promise('(resolve) => { child.on("exit", resolve); later(resolve); }')],
      ["what resolves it at once", promise('(resolve) => { if (flag) resolve(); child.on("exit", resolve); }')],
      ["what resolves it after all", promise('(resolve) => { child.on("exit", resolve); run(() => resolve()); }')],
      ["what only rejects it", promise('(_, reject) => child.on("exit", reject)')],
      ["what rejects it at once", promise('(resolve, reject) => { if (flag) reject(); child.on("exit", resolve); }')],
      ["a named listener", lost('(resolve) => { const done = () => resolve(); child.once("exit", done); }')],
      ["a function of its own", lost('(resolve) => { function done() { resolve(); } child.once("exit", done); }')],
      [
        "a named listener that is removed",
        lost('(resolve) => { const done = () => { child.off("exit", done); resolve(); }; child.on("exit", done); }'),
      ],
      [
        "a named listener that is removed in full",
        lost(
          '(resolve) => { const done = () => { child.removeListener("exit", done); resolve(); }; child.on("exit", done); }',
        ),
      ],
      [
        "a named listener that a target gives up",
        lost(
          '(resolve) => { const done = () => { child.removeEventListener("exit", done); resolve(); }; child.on("exit", done); }',
        ),
      ],
      [
        "a named listener that goes elsewhere",
        promise(
          '(resolve) => { const done = () => { child.other("exit", done); resolve(); }; child.on("exit", done); }',
        ),
      ],
      [
        "a named listener for a function",
        promise('(resolve) => { const done = () => { off("exit", done); resolve(); }; child.on("exit", done); }'),
      ],
      [
        "a named listener that is called as well",
        promise('(resolve) => { const done = () => resolve(); child.once("exit", done); if (flag) done(); }'),
      ],
      [
        "a named listener of two events",
        promise('(resolve) => { const done = () => resolve(); child.once("exit", done); child.once("close", done); }'),
      ],
      ["a named listener that nobody has", promise("(resolve) => { const done = () => resolve(); }")],
      [
        "a function in a list",
        promise('(resolve) => { const done = [() => resolve()]; child.once("exit", done[0]); }'),
      ],
      [
        "a property",
        `${worker}await prepare();\nawait new Promise((resolve) => (worker.onmessage = resolve)); // starves`,
      ],
      [
        "a property that is no listener",
        `${worker}await prepare();\nawait new Promise((resolve) => (worker.message = resolve));`,
      ],
      [
        "a property of another form",
        `${worker}await prepare();\nawait new Promise((resolve) => (worker.onMessage = resolve));`,
      ],
      [
        "a variable that is no property",
        `${worker}await prepare();\nawait new Promise((resolve) => (onmessage = resolve));`,
      ],
      [
        "a listener that a signal ends",
        `${child}await new Promise((resolve) => child.addEventListener("exit", resolve, { signal }));`,
      ],
      ["a listener with options", lost('(resolve) => child.addEventListener("exit", resolve, { once: true })')],
      ["a listener with any options", promise('(resolve) => child.addEventListener("exit", resolve, options)')],
    ] as const)("%s", ([, code]) => {
      check(imports + code, { rules });
    });
  });

  describe("a call that gives a promise", () => {
    const call = (helper: string, made: string): string => `${helper}\n${child}await ${made};`;
    const lost = (helper: string, made: string): string => `${call(helper, made)} // starves`;
    test.for([
      ["no options", lost("", 'once(child, "exit", {})')],
      ["nothing for options", lost("", 'once(child, "exit", null)')],
      ["any options", call("", 'once(child, "exit", options)')],
      ["options with others", call("", 'once(child, "exit", { ...options })')],
      ["a signal in quotes", call("", 'once(child, "exit", { "signal": signal })')],
      ["another option", lost("", 'once(child, "exit", { other: signal })')],
      ["no event", call("", "once(child)")],
      ["nothing at all", call("", "once()")],
      ["what is spread", call("", 'once(...given, "exit")')],
      ["a template", lost("", "once(child, `exit`)")],
      [
        "another function of the module",
        call('import { getEventListeners } from "node:events";', 'getEventListeners(child, "exit")'),
      ],
      ["a function of others", call('import { once as heard } from "./once.js";', 'heard(child, "exit")')],
      ["a helper that is given the emitter", lost('const heard = (x) => once(x, "exit");', "heard(child)")],
      ["a helper that is given the event", lost("const heard = (name) => once(child, name);", 'heard("exit")')],
      [
        "a helper that is given an event that is computed",
        call("const heard = (name) => once(child, name);", "heard(name)"),
      ],
      ["a helper that is given a number", call("const heard = (name) => once(child, name);", "heard(5)")],
      [
        "a helper that is given both the other way round",
        lost("const heard = (name, x) => once(x, name);", 'heard("exit", child)'),
      ],
      ["a helper that is given nothing", call('const heard = (x) => once(x, "exit");', "heard()")],
      ["a helper that is given an object", call('const heard = ({ x }) => once(x, "exit");', "heard({ x: child })")],
      [
        "a helper that is given an object and listens to what all know",
        call('const heard = ({ x }) => once(process, "exit");', "heard(child)"),
      ],
      ["a helper that is given a template", lost("const heard = (name) => once(child, name);", "heard(`exit`)")],
      [
        "a helper for a part of what it is given",
        call('const heard = (x) => once(x.child, "exit");', "heard({ child })"),
      ],
      ["a helper for one thing", lost('const heard = () => once(child, "exit");', "heard()")],
      [
        "a helper for its own",
        call('const heard = () => { const own = make(); return once(own, "exit"); };', "heard()"),
      ],
      [
        "a helper that names its own",
        call('function heard(x) { return once(own, "exit"); var own = x; }', "heard(child)"),
      ],
      ["a helper that returns it", lost('function heard(x) { return once(x, "exit"); }', "heard(child)")],
      ["a helper that awaits it", lost('async function heard(x) { await once(x, "exit"); }', "heard(child)")],
      [
        "a helper that returns what it awaited",
        lost('async function heard(x) { return await once(x, "exit"); }', "heard(child)"),
      ],
      ["a short helper that awaits it", lost('const heard = async (x) => await once(x, "exit");', "heard(child)")],
      [
        "a helper that makes a promise",
        lost('const heard = (x) => new Promise((resolve) => x.on("exit", resolve));', "heard(child)"),
      ],
      [
        "a helper whose promise may end otherwise",
        call(
          'const heard = (x) => new Promise((resolve) => { x.on("exit", resolve); setTimeout(resolve, 5); });',
          "heard(child)",
        ),
      ],
      [
        "a helper that does something else first",
        call('function heard(x) { x.kill(); return once(x, "exit"); }', "heard(child)"),
      ],
      ["a helper that does not wait", call('function heard(x) { once(x, "exit"); }', "heard(child)")],
      ["a helper that returns nothing", call("function heard(x) { return; }", "heard(child)")],
      ["a helper that does nothing", call("function heard(x) {}", "heard(child)")],
      [
        "a helper that ends with a branch",
        call('function heard(x) { if (flag) return once(x, "exit"); }', "heard(child)"),
      ],
      ["a helper that returns a number", call("const heard = (x) => 5;", "heard(child)")],
      ["a helper that calls itself", call("const heard = (x) => heard(x);", "heard(child)")],
      ["a helper that changes", call('let heard = (x) => once(x, "exit");\nheard = other;', "heard(child)")],
      ["a helper that is no function", call("const heard = given;", "heard(child)")],
      [
        "a helper of a helper",
        call('const heard = (x) => once(x, "exit");\nconst same = (x) => heard(x);', "same(child)"),
      ],
      [
        "a helper with a type",
        lost(
          'function heard(x: unknown): Promise<unknown> { return once(x as EventEmitter, "exit") as Promise<unknown>; }',
          "heard(child)",
        ),
      ],
      [
        "a helper that listens as long as a signal lets it",
        call('const heard = (x) => once(x, "exit", { signal });', "heard(child)"),
      ],
    ] as const)("%s", ([, code]) => {
      check(imports + code, { rules });
    });
  });
});

const head =
  'import { once } from "node:events";\nimport { spawn } from "node:child_process";\nimport { PassThrough } from "node:stream";\nimport { pipeline } from "node:stream/promises";\n';
