// Each program is stopped at every microtask of its run: wherever that is, nothing may be lost, come twice or be left
// waiting.
import { all, allSettled, any, race, scope } from "tailrace";
import { describe, expect, test } from "vitest";
import { nothingIsLeft } from "../leftovers.ts";
import { abortEverywhere, unless } from "./sweep.ts";

nothingIsLeft();

describe("scopes", () => {
  test("a scope has ended when none of its tasks runs, wherever it is aborted", async () => {
    await abortEverywhere(async (signal) => {
      let running = 0;
      const work = async (): Promise<void> => {
        running++;
        for (let step = 0; step < 4; step++) await Promise.resolve();
        running--;
      };
      await scope(
        async (s) => {
          const task = s.spawn(async () => {
            s.spawn(work);
            await work();
          });
          await s.start(async ({ ready }) => {
            await Promise.resolve();
            ready();
            await work();
          });
          await task;
        },
        { signal },
      ).catch(unless);
      expect(running).toBe(0);
    });
  });

  const job = (n: number) => async (): Promise<number> => {
    for (let step = 0; step < n; step++) await Promise.resolve();
    return n;
  };
  const jobs = [job(3), job(1), job(2)];
  test.for([
    ["all", (signal: AbortSignal) => all(jobs, { signal }), [3, 1, 2]],
    ["any", (signal: AbortSignal) => any(jobs, { signal }), 1],
    ["race", (signal: AbortSignal) => race(jobs, { signal }), 1],
    [
      "allSettled",
      async (signal: AbortSignal) => {
        const results = await allSettled(jobs, { signal });
        return results.map((result) => (result.status === "fulfilled" ? result.value : -1));
      },
      [3, 1, 2],
    ],
  ] as const)("%s gives its result or the reason", async ([, run, expected]) => {
    await abortEverywhere(async (signal) => {
      const result = await run(signal).catch(unless);
      if (result !== undefined || !signal.aborted) expect(result).toEqual(expected);
    });
  });
});
