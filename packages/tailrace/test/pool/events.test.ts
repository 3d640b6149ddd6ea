import { TimeoutError } from "tailrace";
import type { PoolEvent } from "tailrace";
import { expect, test, vi } from "vitest";
import { nothingIsLeft } from "../leftovers.ts";
import { pass, timeStands } from "./clock.ts";
import { expectSound, poolOf } from "./factory.ts";

timeStands();
nothingIsLeft();

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

test("each thing that happens is told once, in order, with how long it took", async () => {
  const { p, events, factory } = poolOf(1, {
    spawn: async () => {
      await sleep(30);
      return factory.spawn();
    },
  });
  const first = p.acquire();
  await pass(30);
  const lease = await first;
  const late = p.acquire({ timeout: 40 }).catch((error: unknown) => error);
  await pass(50);
  expect(await late).toBeInstanceOf(TimeoutError);
  const second = p.acquire();
  await pass(20);
  lease.release();
  (await second).discard();
  await pass(30);
  await p.close();
  expect(events).toEqual([
    { type: "spawned", slot: 1, duration: 30 },
    { type: "acquired", slot: 1, waited: 30 },
    { type: "timeout", waited: 40 },
    { type: "released", slot: 1, held: 70 },
    { type: "acquired", slot: 1, waited: 20 },
    { type: "released", slot: 1, held: 0 },
    { type: "terminated", slot: 1, reason: "discarded", age: 70, uses: 2 },
    { type: "spawned", slot: 1, duration: 30 },
    { type: "terminated", slot: 1, reason: "closed", age: 0, uses: 0 },
  ]);
  expect(p.stats.totals).toEqual({
    acquired: 2,
    released: 2,
    spawned: 2,
    terminated: 2,
    failed: 0,
    timeouts: 1,
    leaked: 0,
  });
});

test("onError is told of each failure, with its event", async () => {
  const seen: [unknown, PoolEvent][] = [];
  const { p, events } = poolOf(1, {
    spawn: () => Promise.reject(new Error("refused")),
    onError: (error, event) => seen.push([error, event]),
  });
  await pass(400);
  expect(seen).toEqual(events.map((event) => [new Error("refused"), event]));
  expect(seen).toHaveLength(2);
  await p.close();
});

test("what a handler throws is uncaught, and the pool goes on", async () => {
  const uncaught: unknown[] = [];
  const microtask = vi.spyOn(globalThis, "queueMicrotask").mockImplementation((callback) => {
    try {
      callback();
    } catch (error) {
      uncaught.push(error);
    }
  });
  const thrown = new Error("a bug in a handler");
  const { p } = poolOf(1, {
    onEvent: () => {
      throw thrown;
    },
    onError: () => {
      throw thrown;
    },
    reset: () => Promise.reject(new Error("no")),
  });
  await p.use(() => undefined);
  await p.ready();
  await p.close();
  microtask.mockRestore();
  expect(new Set(uncaught)).toEqual(new Set([thrown]));
  expectSound(p);
});

test("whoever is told may use the pool there and then", async () => {
  const work: Promise<unknown>[] = [];
  let told = 0;
  const { p } = poolOf(2, {
    maxUses: 2,
    onEvent: () => {
      if (told++ < 20)
        work.push(
          p.use(() => undefined),
          tryOnce(),
          p.ready(),
        );
    },
    lazy: true,
  });
  const tryOnce = async (): Promise<void> => {
    using _ = await p.tryAcquire();
  };
  await p.use(() => undefined);
  while (work.length > 0) await Promise.all(work.splice(0));
  expect(told).toBeGreaterThan(40);
  expectSound(p);
  await p.close();
  expectSound(p);
});

test("the pool may be closed by whoever is told, whatever that is", async () => {
  for (const of of ["spawned", "acquired", "released", "terminated", "failed", "timeout"] as const) {
    const { p, factory } = poolOf(2, {
      maxUses: 1,
      check: () => p.stats.totals.acquired < 3,
      onEvent: ({ type }) => {
        if (type === of) void p.close({ grace: 10 });
      },
      lazy: true,
    });
    const all = Promise.allSettled([1, 2, 3, 4, 5, 6].map(() => p.use(() => sleep(5), { timeout: 12 })));
    await pass(1000);
    await all;
    await p.close();
    expect([of, factory.live.size]).toEqual([of, 0]);
    expectSound(p);
  }
});

test("waits that are given up are counted out", async () => {
  const { p } = poolOf(1, { check: () => sleep(10) });
  const lease = p.acquire();
  await pass(10);
  const controller = new AbortController();
  const waits = Promise.allSettled([
    p.acquire({ signal: controller.signal }),
    p.admit({ signal: controller.signal }),
    p.use(() => 1, { timeout: 5 }),
    p.acquire({ timeout: 0 }),
  ]);
  expect(p.stats.waiting).toBe(3);
  await pass(5);
  expect(p.stats.waiting).toBe(2);
  controller.abort();
  expect(p.stats.waiting).toBe(0);
  await waits;
  (await lease).release();
  const checked = p.acquire({ signal: controller.signal }).catch(() => "aborted");
  const other = new AbortController();
  const late = p.acquire({ signal: other.signal }).catch(() => "aborted");
  other.abort(); // while its instance is looked at
  await pass(10);
  expect([await checked, await late]).toEqual(["aborted", "aborted"]);
  expect(p.stats).toMatchObject({ waiting: 0, abandoned: 0, slots: { ready: 1 }, totals: { timeouts: 2 } });
  await p.close();
});

test("statistics are of the moment at which they are asked for", async () => {
  const { p } = poolOf(1);
  const { stats } = p;
  await p.use(() => undefined);
  expect([stats.totals.acquired, p.stats.totals.acquired, stats.slots.ready]).toEqual([0, 1, 0]);
  await p.close();
});
