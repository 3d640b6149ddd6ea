import { describe, expect, test } from "vitest";
import type { Ended } from "../child.ts";
import { isPossible, runWatched } from "./watched.ts";

/** Runs a program under the watch, as a user does, and tells what the user sees. */
async function run(program: string): Promise<Ended> {
  const { stderr, ...ended } = await runWatched(`${IMPORTS}\n${program}`);
  const told = stderr.replace(/^Warning: Detected unsettled[^]*?\n\n\n\n/u, "");
  return { ...ended, stderr: told.replaceAll(/\d+\.\d s/gu, "0.0 s") };
}

const IMPORTS = `import { broadcast, channel, limit, scope, waiting } from "tailrace"; import { watch } from "tailrace/watch"; watch({ callSites: false });`;

const SILENT = { code: 0, stdout: "", stderr: "" };

/** What is printed. */
const said = (...lines: string[]): string => {
  const waits = lines.filter((line) => line.includes("has waited")).length;
  const many = waits === 1 ? "1 operation still waits" : `${waits.toString()} operations still wait`;
  return [`tailrace: nothing runs any more, and ${many}:`, ...lines, ""].join("\n");
};

describe.runIf(isPossible)("a process that runs out of work", () => {
  test.each([
    [
      "a receive that the main module awaits",
      `await channel({ name: "jobs" }).receive();`,
      said(`receive on channel "jobs" (capacity 0, rendezvous) has waited 0.0 s for an item; nobody is sending`),
    ],
    [
      "a send in a loop that nobody awaits",
      `const jobs = channel({ name: "jobs", capacity: 1 });
void (async () => { for (;;) await jobs.send(1); })();`,
      said(`send on channel "jobs" (capacity 1, full) has waited 0.0 s for a receiver; nobody is receiving`),
    ],
    [
      "a task that waits for another one in its scope",
      `await scope(async (s) => {
  const replies = channel({ name: "replies" });
  s.spawn(async () => { for await (const reply of replies) console.log(reply); }, { name: "print" });
}, { name: "main" });`,
      said(
        `leave on scope "main" (running: "print") has waited 0.0 s for its tasks to end`,
        `  task "print": receive on channel "replies" (capacity 0, rendezvous) has waited 0.0 s for an item; nobody is sending`,
      ),
    ],
    [
      "calls of a limit of which one never ends",
      // Somebody keeps what it waits for: else the call may be collected, and is told of no more.
      `const limited = limit(1, { name: "db" });
globalThis.never = new Promise(() => undefined);
void limited(() => globalThis.never);
await limited(() => 1);`,
      said(
        `call on limit "db" (1 of 1 permit taken) has waited 0.0 s for a permit`,
        `  held for 0.0 s by the call of a function without a name, which has not ended`,
      ),
    ],
    [
      "a promise of somebody else",
      `await waiting("reply", new Promise(() => undefined), { resource: "job server", holder: "worker 3" });`,
      said(`reply on resource "job server" has waited 0.0 s for its promise to settle; "worker 3" has to`),
    ],
  ])("is told by name what still waits: %s", async (_, program, stderr) => {
    const ended = await run(program);
    const timeless = ended.stderr.replace(/has waited \d+\.\d s/gu, "has waited 0.0 s");
    expect({ ...ended, stderr: timeless.split("\n").sort() }).toEqual({
      code: 70,
      stdout: "",
      stderr: stderr.split("\n").sort(),
    });
  });

  test.each([
    ["nothing waits", `const jobs = channel({ capacity: 1 }); await jobs.send(1); await jobs.receive();`],
    ["it is ended on purpose", `void channel().receive(); process.exit(0);`],
    [
      "what waits is served by what another listener begins at the end",
      `const jobs = channel();
const reader = jobs.receive();
process.once("beforeExit", () => setTimeout(() => jobs.send(1), 20));
await reader;`,
    ],
    [
      "another listener begins something at the end, and then ends the process on purpose",
      `void channel().receive();
process.once("beforeExit", () => setTimeout(() => process.exit(0), 20));`,
    ],
    ["what waited was given up", `await channel().receive({ timeout: 10 }).catch(() => undefined);`],
    [
      "a broadcast was closed",
      `const hub = broadcast({ audience: 0 });
const reader = (async () => { for await (const item of hub.subscribe()) console.log(item); })();
hub.close();
await reader;`,
    ],
    [
      "a worker is ended while it waits",
      `import { Worker } from "node:worker_threads";
const program = \`Promise.all([import("tailrace"), import("node:worker_threads")]).then(([{ channel }, { parentPort }]) => {
  void channel().receive();
  setInterval(() => undefined, 1000);
  parentPort.postMessage("waits");
})\`;
const worker = new Worker(program, { eval: true });
await new Promise((resolve) => worker.once("message", resolve));
await worker.terminate();`,
    ],
  ])("says nothing if %s", async (_, program) => {
    expect(await run(program)).toEqual(SILENT);
  });

  test("keeps the code that the program has set", async () => {
    const { code, stderr } = await run(`process.exitCode = 3; void channel({ name: "jobs" }).receive();`);
    expect(code).toBe(3);
    expect(stderr).toContain('receive on channel "jobs"');
  });

  test("ends with the code that was asked for", async () => {
    expect(await run(`watch({ exitCode: 99 }); watch(); void channel().receive();`)).toMatchObject({ code: 99 });
  });

  test("leaves an error that ends the process as it is", async () => {
    const { code, stderr } = await run(`void channel().receive(); throw new Error("disk full");`);
    expect(code).toBe(1);
    expect(stderr).toContain("disk full");
    expect(stderr).not.toContain("tailrace:");
  });

  test("of a worker ends only the worker, and tells which of its operations wait", async () => {
    const { code, stdout, stderr } = await run(
      `import { Worker } from "node:worker_threads";
const worker = new Worker('import("tailrace").then(({ channel }) => channel({ name: "inside" }).receive())', { eval: true });
worker.on("exit", (code) => console.log("worker ended with", code));`,
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: "worker ended with 70\n" });
    expect(stderr).toContain('receive on channel "inside"');
  });

  test("does not fail a run of node:test, which may leave waits", async () => {
    const program = `import { test } from "node:test"; test("sends", () => { void channel().send(1); });`;
    const { code, stderr } = await run(program);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  test("prints a report of any length", async () => {
    const name = "long".repeat(1000);
    const { code, stderr } = await run(`for (let i = 0; i < 20_000; i++) void channel({ name: "${name}" }).receive();`);
    expect(code).toBe(70);
    expect(stderr.split(`receive on channel "${name}"`)).toHaveLength(201);
    expect(stderr).toMatch(/\nand 19,800 more\n$/u);
  });

  test.each([[0], [256], [1.5], ["70"]])("refuses the code %o", async (exitCode) => {
    const { code, stderr } = await run(`watch({ exitCode: ${JSON.stringify(exitCode)} });`);
    expect(code).toBe(1);
    expect(stderr).toMatch(/ArgumentError.*exitCode: was given/u);
  });
});
