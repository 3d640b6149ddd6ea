import { PoolClosedError } from "tailrace";
import { RemoteError, workerPool } from "tailrace/node";
import type { ExecutionPool, WorkerPoolOptions } from "tailrace/node";
import { describe, expect, test } from "vitest";
import { within } from "../deadline.ts";
import { isPossible } from "../watch/watched.ts";
import { errorOf, failureOf, noProcessIsLeft } from "./pools.ts";
import { openRoll } from "./roll.ts";
import type { Request } from "./served.ts";

noProcessIsLeft();

const module = new URL("served.ts", import.meta.url);
const execArgv = ["--conditions=tailrace-source", "--disable-warning=ExperimentalWarning"];

function actsPool(options?: Partial<WorkerPoolOptions<Request, unknown>>): ExecutionPool<Request, unknown> {
  return workerPool<Request, unknown>({
    module,
    max: 1,
    retryDelay: 20,
    workerOptions: { execArgv },
    export: "act",
    ...options,
  });
}

describe.runIf(isPossible)("a pool of threads", () => {
  test.each([
    ["a function that a module exports", {}],
    ["a module that serves", { export: undefined, workerOptions: { execArgv, argv: ["serve"] } }],
  ])("runs %s", async (_, options) => {
    await using pool = actsPool(options);
    const outputs: unknown[] = [];
    expect(await pool.run(["double", 21])).toBe(42);
    expect(await pool.run(["count", 5], { onOutput: (output) => outputs.push(output) })).toBe("counted");
    expect(outputs).toEqual([1, 2, 3, 4, 5]);
    expect(await pool.run(["nothing"])).toBeUndefined();
    expect(pool.stats.totals.spawned).toBe(1);
  });

  test("copies what can be cloned, and moves what is to be", async () => {
    await using pool = actsPool();
    const value = { when: new Date(0), all: new Map([["a", new Set([1])]]) };
    expect(await pool.run(["echo", value])).toEqual(value);
    const pixels = new Uint8Array([1, 2, 3, 4]);
    const smaller = await pool.run(["half", pixels], { transferList: [pixels.buffer] });
    expect(smaller).toEqual(new Uint8Array([1, 2]));
    expect(pixels).toHaveLength(0);
    await expect(pool.run(["echo", () => 1])).rejects.toThrow("could not be cloned");
    expect(pool.stats.totals.spawned).toBe(1);
  });

  test("passes errors on with their names, messages, stacks and causes", async () => {
    await using pool = actsPool();
    const error = await errorOf(pool.run(["fail"]));
    expect(error).toBeInstanceOf(RemoteError);
    expect(error).toMatchObject({ name: "RangeError", message: "too far", cause: { message: "no map" } });
    expect(error.stack).toMatch(/^RangeError: too far\n +at .*served\.ts/u);
  });

  test("ends a thread that is stuck in a loop when the time of its request is over", async () => {
    await using roll = await openRoll();
    await using pool = actsPool();
    const timedOut = errorOf(pool.run(["loop", roll.path], { timeout: 1000 }));
    const { gone } = await roll.next();
    expect(await timedOut).toMatchObject({ code: "TAILRACE_TIMEOUT" });
    await within(gone);
    expect(await pool.run(["double", 1])).toBe(2);
    expect(pool.stats.totals).toMatchObject({ spawned: 2, failed: 0 });
  });

  test("ends one whose request is aborted or killed, or runs when the pool is closed", async () => {
    await using roll = await openRoll();
    const pool = actsPool();
    const reason = new Error("enough");
    const controller = new AbortController();
    const aborted = errorOf(pool.run(["wait", roll.path], { signal: controller.signal }));
    const first = await roll.next();
    controller.abort(reason);
    expect(await aborted).toBe(reason);
    await within(first.gone);
    const killed = errorOf(pool.run(["wait", roll.path], { id: "job" }));
    const second = await roll.next();
    pool.kill("job");
    expect(await killed).toMatchObject({ code: "TAILRACE_EXECUTION_KILLED" });
    await within(second.gone);
    const closed = errorOf(pool.run(["wait", roll.path]));
    await roll.next();
    await pool.close({ grace: 20 });
    expect(await closed).toBeInstanceOf(PoolClosedError);
  });

  test("tells how a thread has ended in a request", async () => {
    await using pool = actsPool();
    expect(await errorOf(pool.run(["exit", 3]))).toMatchObject({ code: "TAILRACE_EXIT", exitCode: 3, signal: null });
    const error = await errorOf(pool.run(["uncaught"]));
    expect(error).toMatchObject({ exitCode: 1, cause: { message: "nobody catches this" } });
    expect(error.message).toMatch(/^worker "worker-pool-\d+\[1\]" ended with code 1: nobody catches this$/u);
    expect(await pool.run(["double", 1])).toBe(2);
  });

  test.each([
    ["a function that is not there", { export: "nothing" }, /exports no function nothing/u],
    ["a module that is not there", { module: new URL("missing.js", import.meta.url) }, /Cannot find module/u],
  ])("cannot run %s", async (_, options, message) => {
    const error = await failureOf(actsPool({ ...options, lazy: true }));
    expect(error).toMatchObject({ code: "TAILRACE_EXIT", message: expect.stringMatching(message) as string });
  });
});

test("what no thread can be made of is refused", () => {
  expect(() => workerPool({ module: 1 as never })).toThrow("module: was given 1, wants a string");
  expect(() => workerPool({ module: "a.js", export: 1 as never })).toThrow("export: was given 1, wants a string");
});
