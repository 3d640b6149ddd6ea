import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { ArgumentError } from "tailrace";
import { watchLoop } from "tailrace/watch";
import { describe, expect, onTestFinished, test } from "vitest";
import { isNode, runChild } from "../child.ts";
import type { Ended } from "../child.ts";
import { isPossible } from "./watched.ts";

const FACE = JSON.stringify(new URL("../../src/watch/loop.ts", import.meta.url).href);

/** What is run: line 1 imports what programs use, their own lines begin at 2. */
const source = (program: string): string =>
  `import { watchLoop } from ${FACE}; import { execSync } from "node:child_process"; import { setTimeout as sleep } from "node:timers/promises"; const cell = new Int32Array(new SharedArrayBuffer(4));\n${program}`;

const inNode = (program: string): string[] => ["--no-warnings", "--input-type=module", "--eval", source(program)];

const SILENT = { code: 0, stdout: "", stderr: "" };

/** Runs a program to its end. */
const run = (program: string): ReturnType<typeof runChild> => runChild(inNode(program), import.meta.dirname);

/** Starts a program, which may never end. */
function start(args: readonly string[]): ChildProcessByStdio<null, Readable, Readable> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  child.stderr.setEncoding("utf8");
  return child;
}

/** What a program has told when it has told that, or else at its end. */
async function told(pattern: RegExp, program: string, ...flags: readonly string[]): Promise<string> {
  let stderr = "";
  for await (const text of start([...flags, ...inNode(program)]).stderr) {
    stderr += String(text);
    if (pattern.test(stderr)) break;
  }
  return stderr;
}

/** How it ends, and what it tells until then. */
async function endOf(child: ReturnType<typeof start>): Promise<Omit<Ended, "stdout"> & { readonly signal: unknown }> {
  let stderr = "";
  child.stderr.on("data", (text: string) => (stderr += text));
  const [code, signal] = (await once(child, "close")) as [number | null, unknown];
  return { code, signal, stderr };
}

/** Times are those of the machine. */
const timeless = (text: string): string => text.replace(/\d+ ms|\d+\.\d s/gu, "TIME");

describe.runIf(isPossible)("an event loop that does not turn", () => {
  test.each([
    ["a loop without end", `function stuck() {\n  for (;;);\n}`],
    ["Atomics.wait", `function stuck() {\n  Atomics.wait(cell, 0, 0);\n}`],
    ["promises that only wait for promises", `async function stuck() {\n  for (;;) await null;\n}`],
    ["microtasks that queue microtasks", `function stuck() {\n  queueMicrotask(stuck);\n}`],
    ["ticks that queue ticks", `function stuck() {\n  process.nextTick(stuck);\n}`],
    ["a regular expression", `function stuck() {\n  /^(a+)+$/u.test("a".repeat(64) + "b");\n}`],
  ])("is told with its stack while it is stuck: %s", async (_, program) => {
    const stuck = `${program}\nwatchLoop({ blockedAfter: 100 });\nawait sleep(200);\nawait stuck();`;
    const stderr = await told(/\[eval1\]:3/u, stuck);
    expect(stderr).toMatch(/^tailrace: the event loop has not turned for \d+ ms; /u);
    expect(stderr).toMatch(/stuck here.*:\n {4}at /u);
    expect(stderr).toMatch(/^ {4}at stuck \(file:.*\[eval1\]:3:\d+\)$/mu);
  });

  test("is noticed even if it is stuck before the watchdog has started", async () => {
    const stderr = await told(
      /at stuck/u,
      `function stuck() { for (;;); }\nwatchLoop({ blockedAfter: 100 }); stuck();`,
    );
    expect(stderr).toMatch(/at stuck \(file:.*\[eval1\]:2:/u);
  });

  test("is told of in native code at once, and where that was called when it has returned", async () => {
    const { code, stderr } = await run(`watchLoop({ blockedAfter: 100 });
function build() {
  execSync("sleep 2");
}
await sleep(200); build(); await sleep(200);`);
    expect(code).toBe(0);
    expect(stderr).toMatch(/ms; where it is stuck, follows when it answers, which native code does when it returns\n/u);
    expect(timeless(stderr)).toContain("\ntailrace: the event loop was stuck here for TIME:\n");
    expect(stderr).toMatch(/^ {4}at build \(file:.*\[eval1\]:4:3\)$/mu);
    expect(timeless(stderr)).toMatch(/\ntailrace: the event loop turns again after TIME\n$/u);
  });

  test("is told of again when it has lasted ten times as long, and when it turns again", async () => {
    const { code, stderr } = await run(`watchLoop({ blockedAfter: 100 });
const end = Date.now() + 2000;
function stuck() { while (Date.now() < end) { debugger; } }
await sleep(200); stuck(); await sleep(300);`);
    expect(code).toBe(0);
    expect(stderr.match(/has not turned/gu)).toHaveLength(2);
    expect(timeless(stderr)).toMatch(/\ntailrace: the event loop turns again after TIME\n$/u);
  });

  test("has the ten innermost calls, and a count of the others", async () => {
    const stderr = await told(
      /more\n/u,
      `function stuck(depth) { if (depth > 0) stuck(depth - 1); for (;;); }
watchLoop({ blockedAfter: 100 }); stuck(30);`,
    );
    expect(stderr.match(/^ {4}at stuck /gmu)).toHaveLength(10);
    expect(stderr).toMatch(/^ {4}… 2\d more$/mu);
  });

  test("is told with the place in what was written, if there is a source map", async () => {
    const map = { version: 3, sources: ["app.ts"], names: [], mappings: "AAAA" };
    const mapped = `data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString("base64")}`;
    const code = `function stuck() { for (;;); } stuck();\n//# sourceMappingURL=${mapped}`;
    const stderr = await told(
      /at stuck/u,
      `import { runInThisContext } from "node:vm"; watchLoop({ blockedAfter: 100 });
runInThisContext(${JSON.stringify(code)}, { filename: "file:///src/app.js" });`,
    );
    expect(stderr).toContain("    at stuck (file:///src/app.ts:1:1)\n");
  });

  test.each([
    ["", "SIGABRT"],
    [`process.on("SIGABRT", () => {});`, "SIGKILL"],
  ])("can end the process, whatever that listens to: %s", async (listener, signal) => {
    const child = start(
      inNode(`${listener} function stuck() { for (;;); }
watchLoop({ blockedAfter: 100, abortAfter: 500 }); await sleep(200); stuck();`),
    );
    const { stderr, ...end } = await endOf(child);
    expect(end).toEqual({ code: null, signal });
    expect(stderr).toMatch(/at stuck \(file:.*\[eval1\]:2:/u);
    expect(stderr).toContain("tailrace: the process is ended by SIGABRT\n");
  });

  test("is told of without a stack in a worker", async () => {
    const program = `import(${FACE}).then(({ watchLoop }) => {
  watchLoop({ blockedAfter: 100 });
  setTimeout(() => { for (;;); }, 200);
})`;
    const stderr = await told(
      /\n/u,
      `import { Worker } from "node:worker_threads"; new Worker(${JSON.stringify(program)}, { eval: true });`,
    );
    expect(timeless(stderr)).toBe(
      "tailrace: the event loop of worker 1 has not turned for TIME; where it is stuck, cannot be seen in a worker\n",
    );
  });

  test("is left to the debugger while the inspector is open", async () => {
    const program = `watchLoop({ blockedAfter: 100 }); await sleep(200); for (;;);`;
    const stderr = await told(/tailrace: .*\n/u, program, "--inspect=127.0.0.1:0");
    expect(timeless(stderr)).toContain(
      "tailrace: the event loop has not turned for TIME; the inspector is open: a debugger can pause it, and show where it is stuck\n",
    );
  });
});

describe.runIf(isPossible)("the watchdog says nothing", () => {
  test.each([
    ["of a program that ends", `watchLoop();`],
    ["of short blocks", `watchLoop(); for (let i = 0; i < 3; i++) { execSync("sleep 0.3"); await sleep(1); }`],
    [
      "of a loop that is busy",
      `watchLoop({ blockedAfter: 500 });
const end = Date.now() + 1200;
while (Date.now() < end) await new Promise((resolve) => setImmediate(resolve));`,
    ],
    [
      "once it is disposed of",
      `const watchdog = watchLoop({ blockedAfter: 50 });
await sleep(100); watchdog[Symbol.dispose](); watchdog[Symbol.dispose](); await sleep(50); execSync("sleep 0.5");
await sleep(50); for (const kind of process.getActiveResourcesInfo()) if (kind !== "PipeWrap") console.log(kind);`,
    ],
    [
      "of a thread that a debugger holds",
      `import { Worker } from "node:worker_threads";
const holds = 'import { Session } from "node:inspector"; const session = new Session(); session.connectToMainThread();' +
  'session.once("Debugger.paused", () => setTimeout(() => { session.post("Debugger.resume"); session.disconnect(); }, 2000));' +
  'session.post("Debugger.enable"); session.post("Debugger.pause"); setTimeout(() => {}, 2500);';
watchLoop({ blockedAfter: 1000 });
await new Promise((resolve) => new Worker(holds, { eval: true }).on("exit", resolve));`,
    ],
  ])("%s", async (_, program) => {
    expect(await run(program)).toEqual(SILENT);
  });

  test("when the whole process was stopped", async () => {
    const program = `watchLoop({ blockedAfter: 300 }); await sleep(500); console.log("ready"); await sleep(1000);`;
    const child = start(inNode(program));
    const end = endOf(child);
    await once(child.stdout, "data");
    child.kill("SIGSTOP");
    await sleep(1000);
    child.kill("SIGCONT");
    expect(await end).toEqual({ code: 0, signal: null, stderr: "" });
  });

  test("of process.exit, and leaves its code", async () => {
    expect(await run(`watchLoop(); await sleep(100); process.exit(3);`)).toEqual({ ...SILENT, code: 3 });
  });

  test("of itself, where every thread imports what starts it", async () => {
    const preload = `data:text/javascript,${encodeURIComponent(`import { watchLoop } from ${FACE}; watchLoop();`)}`;
    const args = [`--import=${preload}`, "--no-warnings", "--eval", "setTimeout(() => {}, 500)"];
    expect(await runChild(args, import.meta.dirname)).toEqual(SILENT);
  });
});

test.runIf(isPossible)("a watchdog can be used for as long as a block lasts, and several at a time", () => {
  using one = watchLoop();
  using other = watchLoop({ blockedAfter: Infinity, abortAfter: Infinity });
  expect(one).not.toBe(other);
  expect(process.getActiveResourcesInfo()).not.toContain("Worker");
});

describe.runIf(!isNode)("in another runtime", () => {
  test("a blocked loop is told of, without its stack", async () => {
    const command = "Deno" in globalThis ? "eval" : "--eval";
    const program = `watchLoop({ blockedAfter: 100 }); await sleep(300); const end = Date.now() + 1000; while (Date.now() < end);`;
    const { code, stderr } = await runChild([command, source(program)], import.meta.dirname);
    expect({ code, stderr: timeless(stderr) }).toMatchObject({
      code: 0,
      stderr: expect.stringContaining(
        "tailrace: the event loop has not turned for TIME; where it is stuck, cannot be seen in this runtime\n",
      ) as string,
    });
  });
});

test.each([
  [{ blockedAfter: 9 }, "blockedAfter: was given 9, wants a number of milliseconds from 10, or Infinity"],
  [{ blockedAfter: NaN }, "blockedAfter: was given NaN"],
  [{ blockedAfter: "1s" }, 'blockedAfter: was given "1s"'],
  [{ abortAfter: -1 }, "abortAfter: was given -1"],
  [{ abortAfter: true }, "abortAfter: was given true"],
  [1000, "options: was given 1000, wants an object"],
])("refuses the options %o", (options, message) => {
  const call = () => watchLoop(options as never);
  expect(call).toThrow(ArgumentError);
  expect(call).toThrow(message);
});
