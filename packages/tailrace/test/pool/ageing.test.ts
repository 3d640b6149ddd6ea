import { describe, expect, test } from "vitest";
import { nothingIsLeft } from "../leftovers.ts";
import { pass, timeStands } from "./clock.ts";
import { poolOf, states } from "./factory.ts";

timeStands();
nothingIsLeft();

describe("what nobody has used for long", () => {
  test("is ended, what is used stays", async () => {
    const { p, factory } = poolOf(5, { min: 0, idleTimeout: 1000, reapEvery: 100 });
    const leases = await Promise.all([p.acquire(), p.acquire(), p.acquire()]);
    await pass(2000);
    expect(states(p)).toEqual({ leased: 3 });
    for (const lease of leases) lease.release();
    for (let time = 0; time < 5; time++) {
      await pass(300);
      await p.use(() => undefined);
    }
    expect([states(p), factory.live.size]).toEqual([{ ready: 1 }, 1]);
    expect(factory.ended.every(([, reason]) => reason === "idle")).toBe(true);
    expect(p.slots().filter(({ state }) => state === "ready")).toMatchObject([{ uses: 6 }]);
    await p.close();
  });

  test("is replaced if as many are to be ready", async () => {
    const { p, factory } = poolOf(2, { idleTimeout: 1000, reapEvery: 500 });
    await pass(999);
    expect(factory.ended).toEqual([]);
    await pass(1);
    expect([states(p), factory.ended]).toEqual([
      { ready: 2 },
      [
        [1, "idle"],
        [2, "idle"],
      ],
    ]);
    await p.close();
  });
});

describe("what is too old", () => {
  test("is replaced when nobody has it, at the latest when it is given back", async () => {
    const { p, factory } = poolOf(2, { maxLifetime: 1000, reapEvery: 100 });
    const lease = await p.acquire();
    await pass(1500);
    expect(factory.ended).toHaveLength(1);
    lease.release();
    await p.ready();
    expect(factory.ended).toEqual([
      [lease.slot === 1 ? 2 : 1, "old"],
      [lease.slot, "old"],
    ]);
    await p.close();
  });

  test("is found when it is given back though nobody looks", async () => {
    const { p, factory } = poolOf(1, { maxLifetime: 1000, reapEvery: Infinity });
    await pass(5000);
    expect(factory.ended).toEqual([]);
    await p.use(() => undefined);
    expect(factory.ended).toEqual([[1, "old"]]);
    await p.close();
  });
});

test("times longer than a timer can wait, and Infinity, end nothing", async () => {
  const { p, factory } = poolOf(1, { maxLifetime: Infinity, idleTimeout: Infinity, reapEvery: 1e12 });
  await pass(100_000);
  expect([factory.ended]).toEqual([[]]);
  await p.close();
});
