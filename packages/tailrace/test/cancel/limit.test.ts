// Each program is stopped at every microtask of its run: wherever that is, nothing may be lost, come twice or be left
// waiting.
import { limit } from "tailrace";
import { describe, expect, test } from "vitest";
import { range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { abortEverywhere, everywhere, unless } from "./sweep.ts";

nothingIsLeft();

const items = range(6);

describe.for([1, 2, 3])("a limit of %i", (permits) => {
  test.for([...new Set([1, permits])])(
    "calls of %i that are aborted have not run, and no permit is lost",
    async (weight) => {
      await abortEverywhere(async (signal) => {
        const limited = limit(permits);
        const ran: number[] = [];
        const jobs = items.map(async (item) => {
          const call = limited.with(item % 2 === 0 ? { signal, weight } : { signal });
          return call(async () => {
            ran.push(item);
            expect(limited.activeCount).toBeLessThanOrEqual(permits);
            await Promise.resolve();
            return item;
          }).catch(unless);
        });
        const done = (await Promise.all(jobs)).filter((item) => item !== undefined);
        expect(ran.sort()).toEqual(done.sort());
        expect(await limited.with({ weight: permits })(() => limited.activeCount)).toBe(1);
        for (let turn = 0; turn < 10 && limited.activeCount > 0; turn++) await Promise.resolve();
        expect([limited.activeCount, limited.pendingCount]).toEqual([0, 0]);
      });
    },
  );

  test("clearQueue tells each call that waits, and what runs goes on", async () => {
    await everywhere(async (onStop) => {
      const limited = limit(permits);
      onStop(() => {
        limited.clearQueue();
      });
      let ran = 0;
      const jobs = items.map((item) =>
        limited(async () => {
          await Promise.resolve();
          ran++;
          return item;
        }),
      );
      const results = await Promise.allSettled(jobs);
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(ran);
      expect(await limited.with({ weight: permits })(() => limited.pendingCount)).toBe(0);
    });
  });

  test("an abort inside of another call leaves the outer one its permit", async () => {
    await abortEverywhere(async (signal) => {
      const limited = limit(permits);
      const jobs = items.map((item) =>
        limited(async () => {
          if (item === 0)
            void limited
              .with({ signal })(() => undefined)
              .catch(() => undefined);
          await Promise.resolve();
          return item;
        }),
      );
      expect(await Promise.all(jobs)).toEqual(items);
      expect(await limited.with({ weight: permits })(() => limited.activeCount)).toBe(1);
    });
  });
});
