import { inspect, pool, PoolClosedError, PoolFullError, report, TimeoutError } from "tailrace";
import type { Lease } from "tailrace";
import { describe, expect, test } from "vitest";
import { range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { Gate } from "../tasks.ts";
import { pass, timeStands } from "./clock.ts";
import { expectSound, poolOf, states } from "./factory.ts";

timeStands();
nothingIsLeft();

describe("who waits", () => {
  test("is served in the order in which they came, whoever comes later", async () => {
    const { p } = poolOf(2);
    const order: number[] = [];
    const use = (n: number): Promise<void> =>
      p.use(async () => {
        order.push(n);
        if (n < 10) late.push(use(n + 100));
        await Promise.resolve();
      });
    const late: Promise<void>[] = [];
    await Promise.all(range(10).map(use));
    await Promise.all(late);
    expect(order).toEqual([...range(10), ...range(10).map((n) => n + 100)]);
    expect(p.stats.totals).toMatchObject({ acquired: 20, released: 20, spawned: 2 });
    await p.close();
  });

  test("has the instance within one microtask of its release", async () => {
    const { p } = poolOf(1);
    const first = await p.acquire();
    const got: string[] = [];
    const second = p.acquire().then((lease) => {
      got.push("second");
      return lease;
    });
    const third = p.acquire().then((lease) => {
      got.push("third");
      return lease;
    });
    await pass(0);
    first.release();
    expect(states(p)).toEqual({ leased: 1 }); // nobody can come between
    expect(p.stats.waiting).toBe(1);
    await Promise.resolve();
    expect(got).toEqual(["second"]);
    (await second).release();
    await Promise.resolve();
    expect(got).toEqual(["second", "third"]);
    (await third).release();
    await p.close();
  });

  test("is in the report, with who has what they wait for", async () => {
    const { p } = poolOf(1, { name: "db" });
    const lease = await p.acquire();
    const waits = p.acquire();
    expect(report().replaceAll(/\d\.\d s/gu, "… s")).toBe(
      'acquire on pool "db" (1 slot: 1 leased) has waited … s for a lease\n  held for … s by the lease of slot db[1], which has not ended',
    );
    expect(inspect().resources).toMatchObject([{ kind: "pool", figures: { slots: 1, leased: 1, ready: 0 } }]);
    lease.release();
    (await waits).release();
    await p.close();
  });

  test("gives up exactly when their time is over, and is not served then", async () => {
    const { p, events } = poolOf(1, { name: "db", acquireTimeout: 500 });
    const lease = await p.acquire();
    const ends: [string, number][] = [];
    const begun = performance.now();
    const wait = (name: string, timeout?: number): Promise<unknown> =>
      p.acquire({ timeout }).catch((error: unknown) => {
        expect(error).toBeInstanceOf(TimeoutError);
        ends.push([name, performance.now() - begun]);
      });
    const waits = [wait("by default"), wait("sooner", 20), wait("later", 700)];
    await pass(1000);
    await Promise.all(waits);
    expect(ends).toEqual([
      ["sooner", 20],
      ["by default", 500],
      ["later", 700],
    ]);
    expect(p.stats).toMatchObject({ waiting: 0, totals: { timeouts: 3, acquired: 1 } });
    expect(events.filter(({ type }) => type === "timeout")).toEqual(
      [20, 500, 700].map((waited) => ({ type: "timeout", waited })),
    );
    lease.release();
    expect(states(p)).toEqual({ ready: 1 });
    await p.close();
  });

  test("with a time-out of 0 gets what is ready, and else is told at once", async () => {
    const { p } = poolOf(1);
    await p.ready();
    const lease = await p.acquire({ timeout: 0 });
    await expect(p.acquire({ timeout: 0 })).rejects.toBeInstanceOf(TimeoutError);
    await expect(p.admit({ timeout: 0 })).rejects.toBeInstanceOf(TimeoutError);
    lease.release();
    const admission = await p.admit({ timeout: 0 });
    (await admission.acquire({ timeout: 0 })).release();
    expect(states(p)).toEqual({ ready: 1 });
    await p.close();
  });

  test("and aborts leaves the queue, and takes nobody's turn", async () => {
    const { p } = poolOf(1);
    const lease = await p.acquire();
    const controller = new AbortController();
    const aborted = p.acquire({ signal: controller.signal });
    const other = p.acquire();
    controller.abort(new Error("enough"));
    expect(p.stats.waiting).toBe(1);
    await expect(aborted).rejects.toThrow("enough");
    await expect(p.acquire({ signal: controller.signal })).rejects.toThrow("enough");
    lease.release();
    (await other).release();
    expectSound(p);
    await p.close();
  });

  test("and aborts when the instance has been handed over has it; if before, the next one does", async () => {
    for (const abortsFirst of [true, false]) {
      const { p } = poolOf(1);
      const lease = await p.acquire();
      const controller = new AbortController();
      const raced = p.acquire({ signal: controller.signal });
      const next = p.acquire();
      if (abortsFirst) controller.abort(new Error("enough"));
      lease.release();
      controller.abort(new Error("enough"));
      if (abortsFirst) await expect(raced).rejects.toThrow("enough");
      else (await raced).release();
      (await next).release();
      expect([states(p), p.stats.totals.acquired]).toEqual([{ ready: 1 }, abortsFirst ? 2 : 3]);
      await p.close();
    }
  });
});

describe("so many may wait", () => {
  test("and no more: those are told at once", async () => {
    const { p } = poolOf(1, { name: "db", maxWaiting: 2 });
    const lease = await p.acquire();
    const waits = [p.acquire(), p.admit()] as const;
    for (const call of ["acquire", "admit"] as const) await expect(p[call]()).rejects.toBeInstanceOf(PoolFullError);
    await expect(p.acquire()).rejects.toThrow(
      'acquire on pool "db" (1 slot: 1 leased): 2 wait already, and its maxWaiting is 2',
    );
    expect(p.stats.waiting).toBe(2);
    lease.release();
    (await waits[0]).release();
    (await waits[1]).release();
    await p.close();
  });

  test("whoever need not wait is served though nobody may", async () => {
    const { p } = poolOf(2, { maxWaiting: 0, check: () => Promise.resolve(true) });
    await p.ready();
    const leases = await Promise.all([p.acquire(), p.acquire()]);
    await expect(p.acquire()).rejects.toBeInstanceOf(PoolFullError);
    for (const lease of leases) lease.release();
    await p.close();
  });

  test("those do not count for whom there are slots: a pool that is empty can be used though nobody may wait", async () => {
    for (const lazy of [true, false]) {
      const { p } = poolOf(3, { maxWaiting: 0, min: 0, lazy });
      const leases = [p.acquire(), p.acquire(), p.acquire()];
      await expect(p.acquire()).rejects.toBeInstanceOf(PoolFullError);
      for (const lease of await Promise.all(leases)) lease.release();
      await p.close();
    }
  });
});

describe("tryAcquire", () => {
  test("gives what is ready, and undefined when that is all", async () => {
    const { p } = poolOf(2);
    await p.ready();
    const leases = [await p.tryAcquire(), await p.tryAcquire(), await p.tryAcquire()];
    expect(leases.map((lease) => lease?.value)).toEqual([2, 1, undefined]);
    for (const lease of leases) lease?.release();
    await p.close();
    await expect(p.tryAcquire()).rejects.toBeInstanceOf(PoolClosedError);
  });

  test("overtakes nobody", async () => {
    const check = new Gate<boolean>();
    const { p } = poolOf(1, { check: check.run });
    await p.ready();
    const first = p.acquire();
    expect([states(p), await p.tryAcquire()]).toEqual([{ checking: 1 }, undefined]);
    check.open(true);
    const lease = await first;
    const waits = p.acquire();
    lease.release();
    expect(await p.tryAcquire()).toBeUndefined();
    (await waits).release();
    await p.close();
  });

  test("tries what is ready until something is of use", async () => {
    const { p, factory } = poolOf(3, { check: (instance) => instance === 1, min: 0 });
    const all = await Promise.all([p.acquire(), p.acquire(), p.acquire()]);
    for (const lease of all) lease.release();
    const lease = await p.tryAcquire();
    expect(lease?.value).toBe(1);
    expect(factory.ended).toEqual([
      [3, "unhealthy"],
      [2, "unhealthy"],
    ]);
    expect(await p.tryAcquire()).toBeUndefined();
    lease?.release();
    await p.close();
  });
});

test("the last one used is taken first, or the first one if that is wanted", async () => {
  for (const [order, wanted] of [
    ["lifo", 1],
    ["fifo", 2],
  ] as const) {
    const { p } = poolOf(3, { order });
    const leases = await Promise.all([p.acquire(), p.acquire(), p.acquire()]);
    for (const index of [1, 2, 0]) leases[index]?.release();
    const lease = await p.acquire();
    expect(lease.value).toBe(wanted);
    lease.release();
    await p.close();
  }
});

describe("use", () => {
  test("gives the instance back however the function ends, and passes its result on", async () => {
    const { p } = poolOf(1);
    const see = (instance: number, lease: Lease<number>): number => instance + lease.slot + lease.uses;
    expect(await p.use(see)).toBe(3);
    expect(await p.use((instance) => Promise.resolve(instance))).toBe(1);
    const thrown = p.use(() => {
      throw new Error("thrown");
    });
    await expect(thrown).rejects.toThrow("thrown");
    await expect(p.use(() => Promise.reject(new Error("rejected")))).rejects.toThrow("rejected");
    await p.use((_, lease) => {
      lease.release();
    });
    expect([states(p), p.stats.totals.released]).toEqual([{ ready: 1 }, 5]);
    await p.close();
  });

  test("can be limited, and then has not called the function", async () => {
    const { p } = poolOf(1);
    const lease = await p.acquire();
    let called = false;
    const late = p.use(() => (called = true), { timeout: 10 });
    const given = expect(late).rejects.toBeInstanceOf(TimeoutError);
    await pass(10);
    await given;
    lease.release();
    expect(called).toBe(false);
    await p.close();
  });
});

test("instances are made for those who wait, in as many slots as there are", async () => {
  const gate = new Gate<number>();
  const p = pool({ max: 3, min: 0, spawn: gate.run });
  expect(states(p)).toEqual({});
  const waits = range(5).map(() => p.acquire());
  expect(states(p)).toEqual({ spawning: 3 });
  gate.open(1);
  for (const wait of waits) (await wait).release();
  expect([states(p), p.stats.totals.spawned]).toEqual([{ ready: 3 }, 3]);
  await p.close();
});
