// What random programs have found, each in a few lines.
import { pool, PoolClosedError } from "tailrace";
import { expect, test } from "vitest";
import { TICK } from "../../src/promises.ts";
import { idle, within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { Gate } from "../tasks.ts";

nothingIsLeft();

test("who waits until a pool is ready is refused when it is drained before", async () => {
  const spawning = new Gate<number>();
  await using numbers = pool({ max: 1, spawn: spawning.run });
  const ready = numbers.ready();
  void numbers.drain();
  await expect(within(ready)).rejects.toThrow(PoolClosedError);
  spawning.open(1);
});

test("one instance is made for each who wants one", async () => {
  let spawned = 0;
  await using numbers = pool({ max: 3, min: 0, spawn: () => ++spawned });
  using lease = await numbers.acquire();
  (await numbers.admit()).release();
  await idle();
  expect([lease.value, spawned]).toEqual([1, 2]);
});

test("nobody waits for the end of an instance while there is an empty slot", async () => {
  const [resetting, terminating] = [new Gate(), new Gate()];
  let [spawned, terminated] = [0, 0];
  await using numbers = pool({
    max: 2,
    min: 0,
    spawn: () => spawned++,
    reset: resetting.run,
    terminate: () => (terminated++ === 0 ? terminating.opened : undefined),
  });
  (await numbers.acquire()).release();
  const next = numbers.acquire(); // the one that is reset will do
  resetting.fail(new Error("no"));
  using lease = await within(next);
  expect([lease.value, numbers.stats.slots.terminating]).toEqual([1, 1]);
  terminating.open();
});

test("whoever was admitted gets one that is ready when theirs was lost", async () => {
  const terminating = new Gate();
  const lost = new Map<number, () => void>();
  await using numbers = pool({
    max: 2,
    spawn: ({ slot, lost: lose }) => void lost.set(slot, lose),
    terminate: terminating.run,
  });
  await numbers.ready();
  const admission = await numbers.admit();
  lost.get(admission.slot)?.();
  using lease = await within(admission.acquire());
  expect(lease.slot).not.toBe(admission.slot);
  terminating.open();
});

test.each([0, 1, 2, 3, 4, 5, 6])("a pool is closed, or one is lost, %i ticks after a check", async (ticks) => {
  for (const acquire of ["acquire", "tryAcquire"] as const) {
    for (const end of ["close", "lost"] as const) {
      const checking = new Gate();
      const lost: (() => void)[] = [];
      await using numbers = pool({ max: 1, spawn: (context) => lost.push(context.lost), check: checking.run });
      await numbers.ready();
      const acquired = numbers[acquire]().then(
        (lease) => lease?.release(),
        () => undefined,
      );
      await idle();
      checking.open();
      for (let tick = 0; tick < ticks; tick++) await TICK;
      if (end === "lost") lost[0]?.();
      else await within(numbers.close());
      await within(acquired);
      if (end === "close") continue;
      using lease = await within(numbers.acquire());
      expect(lease.value).toBe(2);
    }
  }
});

test("a self-test that takes too long ends what it has spawned, also if others have to end first", async () => {
  const [cleaning, ended] = [new Gate(), new Gate<number>()];
  const controller = new AbortController();
  await using numbers = pool({
    max: 1,
    concurrency: 1,
    spawn: ({ slot }) => slot,
    clean: ({ slot }) => (slot === 1 ? cleaning.opened : undefined),
    customize: (_, { slot }) => {
      if (slot === 0) controller.abort(new Error("enough"));
    },
    terminate: ended.open,
    lazy: true,
  });
  const test = numbers.selfTest(controller);
  void numbers.ready(); // its step is the next one
  await expect(within(Promise.all([test, idle().then(cleaning.open)]))).rejects.toThrow("enough");
  expect(await within(ended.opened)).toBe(0);
});
