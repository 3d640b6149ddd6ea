import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { processPool } from "tailrace/node";
import type { ExecutionPool, ProcessPoolOptions } from "tailrace/node";
import { describe, expect, test } from "vitest";
import { within } from "../deadline.ts";
import { isPossible } from "../watch/watched.ts";
import { errorOf, noProcessIsLeft } from "./pools.ts";
import { openRoll } from "./roll.ts";
import type { Request } from "./served.ts";

noProcessIsLeft();

const module = new URL("served.ts", import.meta.url);
const execArgv = ["--conditions=tailrace-source", "--disable-warning=ExperimentalWarning"];

function servedPool(options?: Partial<ProcessPoolOptions<Request, unknown>>): ExecutionPool<Request, unknown> {
  return processPool<Request, unknown>({ module, execArgv, args: ["serve"], max: 1, killAfter: 5000, ...options });
}

describe.runIf(isPossible).each([
  ["stdin and stdout", false],
  ["a socket", true],
])("a process that serves over %s", (_, socket) => {
  test("answers, also many at a time, and sends outputs in order", async () => {
    await using pool = servedPool({ socket });
    const outputs: unknown[] = [];
    await pool.use(async (process) => {
      const doubles = [1, 2, 3].map((given) => process.run(["double", given]));
      const counted = process.run(["count", 50], { onOutput: (output) => outputs.push(output) });
      expect(await Promise.all([...doubles, counted])).toEqual([2, 4, 6, "counted"]);
    });
    expect(outputs).toEqual(Array.from({ length: 50 }, (__, index) => index + 1));
    expect(await pool.run(["nothing"])).toBeNull();
  });

  test("sends errors with their names, messages, stacks and causes", async () => {
    await using pool = servedPool({ socket });
    const error = await errorOf(pool.run(["fail"]));
    expect(error).toMatchObject({ name: "RangeError", message: "too far", cause: { message: "no map" } });
    expect(error.cause).toMatchObject({ cause: "[ 'lost' ]" });
    expect(error.stack).toMatch(/^RangeError: too far\n +at .*served\.ts/u);
    expect(await errorOf(pool.run(["failOddly"]))).toMatchObject({ message: "{ odd: true }" });
    expect(await errorOf(pool.run(["unsent"]))).toMatchObject({ name: "TypeError" });
    expect(pool.stats.totals.spawned).toBe(1);
  });

  test("may print", async () => {
    let [stdout, stderr] = ["", ""];
    await using pool = servedPool({
      socket,
      onStdout: (text) => (stdout += text),
      onStderr: (text) => (stderr += text),
    });
    expect(await pool.run(["print", "hello"])).toBe("printed");
    await pool.close();
    expect([stdout, stderr]).toEqual(socket ? ["hello\nand more\n", ""] : ["", "hello\nand more\n"]);
  });

  test("may print megabytes that nobody asks for", async () => {
    await using pool = servedPool({ socket });
    expect(await pool.run(["print", "x".repeat(5_000_000)])).toBe("printed");
  });

  test("that has crashed fails what it was asked", async () => {
    await using pool = servedPool({ socket });
    const error = await errorOf(pool.run(["uncaught"]));
    expect(error).toMatchObject({ code: "TAILRACE_EXIT", exitCode: 1 });
    expect(error["stderr"]).toContain("nobody catches this");
  });

  test("has the time to clean up, if its function has taken the signal", async () => {
    const directory = await mkdtemp(join(tmpdir(), "tailrace-"));
    const file = join(directory, "told");
    await using roll = await openRoll();
    const pool = servedPool({ socket });
    const killed = errorOf(pool.run(["cleanUp", [roll.path, file]], { id: "job" }));
    await roll.next();
    pool.kill("job");
    await killed;
    await pool.close();
    expect(await readFile(file, "utf8")).toBe("cleaned up: AbortError: the process is to end\n");
    await rm(directory, { recursive: true });
  });
});

describe.runIf(isPossible)("a process that serves ends when nobody is there any more,", () => {
  test.each([
    ["at once", "wait", ""],
    ["or when it has cleaned up", "cleanUp", "cleaned up: AbortError: the process is to end\n"],
  ])("%s", async (_, act, told) => {
    const directory = await mkdtemp(join(tmpdir(), "tailrace-"));
    const file = join(directory, "told");
    await using roll = await openRoll();
    const child = spawn(process.execPath, [...execArgv, module.pathname, "serve"], { stdio: ["pipe", "pipe", "pipe"] });
    child.stdout.resume();
    child.stderr.resume();
    const exit = once(child, "exit");
    const given = act === "wait" ? roll.path : [roll.path, file];
    child.stdin.write(`${JSON.stringify({ id: 1, request: [act, given] })}\n`);
    const { gone } = await roll.next();
    child.stdin.end();
    await within(gone);
    expect(await exit).toEqual([0, null]);
    expect(await readFile(file, "utf8").catch(() => "")).toBe(told);
    await rm(directory, { recursive: true });
  });
});
