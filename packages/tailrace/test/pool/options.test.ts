import { ArgumentError, pool } from "tailrace";
import { describe, expect, test } from "vitest";
import { nothingIsLeft } from "../leftovers.ts";
import { poolOf, states } from "./factory.ts";

nothingIsLeft();

const spawn = (): number => 1;

/** The error of a pool with such an option. */
function refused(options: object): ArgumentError {
  try {
    pool({ spawn, lazy: true, reapEvery: Infinity, ...options });
  } catch (error) {
    if (error instanceof ArgumentError) return error;
    throw error;
  }
  throw new Error("it was made");
}

describe("options that cannot be used are refused, by their names", () => {
  test.each<[string, ...unknown[]]>([
    ["max", 0, -1, 1.5, NaN, Infinity],
    ["min", -1, 0.5, NaN, 11],
    ["maxUses", 0, 1.5],
    ["maxWaiting", -1, 1.5],
    ["concurrency", 0, 1.5],
    ["acquireTimeout", 0, -1, NaN],
    ["idleTimeout", 0, -1],
    ["maxLifetime", 0, -1],
    ["reapEvery", 0, -1],
    ["retryDelay", 0, -1],
    ["retryCap", 0, -1],
    ["grace", -1, NaN],
    ["order", "random"],
  ])("%s out of range", (option, ...values) => {
    for (const value of values) {
      const error = refused({ [option]: value });
      expect([error.argument, error.code]).toEqual([option, "TAILRACE_ARGUMENT_RANGE"]);
      expect(error.message).toContain(`${option}: was given `);
    }
  });

  test.each<[string, unknown]>([
    ["spawn", "ls"],
    ...["terminate", "clean", "prepare", "customize", "check", "broken", "reset", "onEvent", "onError"].map(
      (name): [string, unknown] => [name, 1],
    ),
    ["name", 1],
    ["max", "10"],
    ["min", "1"],
    ["lazy", 1],
    ["reuse", "no"],
    ["checkOnAcquire", 0],
    ["order", 1],
    ["acquireTimeout", "1s"],
    ["maxWaiting", "1"],
    ["idleTimeout", "1"],
    ["grace", "1"],
    ["signal", {}],
    ["stepTimeouts", 5],
  ])("%s of the wrong type", (option, value) => {
    const error = refused({ [option]: value });
    expect([error.argument, error.code]).toEqual([option, "TAILRACE_ARGUMENT_TYPE"]);
  });

  test("time-outs of steps, and of what is none", () => {
    expect(refused({ stepTimeouts: { spawn: 0 } }).argument).toBe("stepTimeouts.spawn");
    expect(refused({ stepTimeouts: { lunch: 1 } }).message).toContain('"lunch"');
  });

  test("min above max, which is told", () => {
    expect(refused({ max: 2, min: 3 }).message).toBe("min: was given 3, wants not more than max, which is 2");
  });

  test("no options at all", () => {
    expect(() => pool(undefined as never)).toThrow(ArgumentError);
    expect(() => pool(1 as never)).toThrow("options: was given 1, wants an object");
  });

  test("of a wait, and of close", async () => {
    const { p } = poolOf(1);
    for (const wait of [5, { timeout: -1 }, { signal: {} }] as never[]) {
      for (const call of ["acquire", "admit", "ready", "selfTest", "drain"] as const)
        await expect(p[call](wait)).rejects.toThrow(ArgumentError);
    }
    await expect(p.close({ grace: -1 })).rejects.toThrow(ArgumentError);
    await expect(p.use(spawn, { timeout: NaN })).rejects.toThrow(ArgumentError);
    expect(p.stats.totals.acquired).toBe(0);
    expect((await p.acquire()).value).toBe(1);
    await p.close({ grace: 0 });
  });
});

describe("options that are not given", () => {
  test("are ten slots, all of them filled at once, and a name of its own", async () => {
    const [one, two] = [pool({ spawn }), pool({ spawn, max: 3, min: undefined, name: undefined })];
    expect([one.max, one.min, two.max, two.min]).toEqual([10, 10, 3, 3]);
    expect(one.name).toMatch(/^pool-\d+$/u);
    expect(two.name).not.toBe(one.name);
    await Promise.all([one.ready(), two.ready()]);
    expect([states(one), states(two)]).toEqual([{ ready: 10 }, { ready: 3 }]);
    await Promise.all([one.close(), two.close()]);
  });

  test("a lazy pool begins with the first who wants something", async () => {
    const wants = ["acquire", "tryAcquire", "admit", "ready"] as const;
    for (const want of wants) {
      const { p, factory } = poolOf(3, { lazy: true, min: 2 });
      await Promise.resolve();
      expect([want, factory.made, states(p)]).toEqual([want, 0, {}]);
      await p[want]();
      await p.ready();
      expect(factory.made).toBeGreaterThanOrEqual(2);
      await p.close({ grace: 0 });
    }
  });
});
