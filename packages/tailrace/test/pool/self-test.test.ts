import { PoolClosedError } from "tailrace";
import type { PoolOptions, Step } from "tailrace";
import { describe, expect, test } from "vitest";
import { nothingIsLeft } from "../leftovers.ts";
import { untilAborted } from "../tasks.ts";
import { pass, timeStands } from "./clock.ts";
import { poolOf, states } from "./factory.ts";

timeStands();
nothingIsLeft();

const STEPS = ["clean", "prepare", "spawn", "customize", "check", "reset", "terminate"] as const;

/** Functions that note that they were called with slot 0, one of which does something else. */
function noting(odd?: Step, instead?: (...given: unknown[]) => unknown): [string[], Partial<PoolOptions<number>>] {
  const calls: string[] = [];
  const functions = STEPS.map((step) => [
    step,
    (...given: { readonly slot: number }[]) => {
      if (given.at(-1)?.slot === 0) calls.push(step);
      if (step === odd) return instead?.(...given);
      return step === "spawn" ? 1 : undefined;
    },
  ]);
  return [calls, { ...(Object.fromEntries(functions) as object), lazy: true }];
}

const hang = (...given: unknown[]): Promise<never> => untilAborted(given.at(-1) as { readonly signal: AbortSignal });

const WHOLE = ["clean", "prepare", "spawn", "customize", "check", "reset", "terminate", "clean"];

test("a whole life of an instance, beside the slots of the pool", async () => {
  const [calls, options] = noting();
  const { p } = poolOf(1, options);
  expect(await p.selfTest()).toEqual({ status: "passed", duration: expect.any(Number) as number });
  expect([calls, states(p), p.stats.totals.spawned]).toEqual([WHOLE, {}, 0]);
  await p.close();
});

test("only spawn has to be there", async () => {
  const { p } = poolOf(1, { terminate: undefined, lazy: true });
  expect(await p.selfTest()).toMatchObject({ status: "passed" });
  await p.close();
});

describe.for(STEPS)("when %s", (step) => {
  const error = new Error("broken host");
  const fails: [string, () => unknown][] = [
    [
      "throws",
      () => {
        throw error;
      },
    ],
    ["rejects", () => Promise.reject(error)],
  ];

  test.for(fails)("%s it says so; what was begun is ended", async ([, fn]) => {
    const [calls, options] = noting(step, fn);
    const { p } = poolOf(1, options);
    expect(await p.selfTest()).toEqual({ status: "failed", step, error, duration: expect.any(Number) as number });
    expect(calls.filter((call) => call === "clean")).toHaveLength(step === "clean" ? 1 : 2);
    expect(calls.includes("terminate")).toBe(STEPS.indexOf(step) > STEPS.indexOf("spawn"));
    await p.close();
  });

  test("does not return it says that the time is over, and for what", async () => {
    const [calls, options] = noting(step, hang);
    const { p } = poolOf(1, options);
    const result = p.selfTest({ timeout: 1000 });
    let settled = false;
    void result.then(() => {
      settled = true;
    });
    await pass(999);
    expect(settled).toBe(false);
    await pass(1);
    expect(await result).toMatchObject({ status: "timed-out", step });
    expect(calls.at(-1)).toBe("clean"); // of what was begun nothing is left
    await p.close();
  });
});

test("a check that says no is a failure, and so is a step that takes longer than it may", async () => {
  const { p } = poolOf(1, { check: () => false, lazy: true });
  expect(await p.selfTest()).toMatchObject({ status: "failed", step: "check", error: { code: "TAILRACE_UNHEALTHY" } });
  await p.close();
  const { p: slow } = poolOf(1, { spawn: untilAborted, stepTimeouts: { spawn: 10 }, lazy: true });
  const result = slow.selfTest();
  await pass(10);
  expect(await result).toMatchObject({ status: "failed", step: "spawn", error: { code: "TAILRACE_TIMEOUT" } });
  await slow.close();
});

test("an instance that comes late is ended", async () => {
  const ended: number[] = [];
  const { p } = poolOf(1, {
    lazy: true,
    spawn: () => new Promise((resolve) => setTimeout(resolve, 50, 7)),
    terminate: (instance) => void ended.push(instance),
  });
  const result = p.selfTest({ timeout: 10 });
  await pass(10);
  expect([await result, ended]).toMatchObject([{ status: "timed-out", step: "spawn" }, []]);
  expect(p.stats.abandoned).toBe(1);
  await pass(40);
  expect([ended, p.stats.abandoned]).toEqual([[7], 0]);
  await p.close();
});

test("it can be aborted, and is not begun on a pool that is closed", async () => {
  const [calls, options] = noting("customize", hang);
  const { p } = poolOf(1, options);
  const controller = new AbortController();
  const result = p.selfTest({ signal: controller.signal });
  await pass(0);
  controller.abort(new Error("enough"));
  await expect(result).rejects.toThrow("enough");
  expect(calls).toEqual(["clean", "prepare", "spawn", "customize", "terminate", "clean"]);
  await p.close();
  await expect(p.selfTest()).rejects.toBeInstanceOf(PoolClosedError);
});

test("it ends when the pool closes", async () => {
  const [calls, options] = noting("check", hang);
  const { p } = poolOf(1, options);
  const result = expect(p.selfTest()).rejects.toBeInstanceOf(PoolClosedError);
  await pass(0);
  await p.close();
  await result;
  expect(calls.slice(-2)).toEqual(["terminate", "clean"]);
});
