// How well-known pools misbehave (measured on Node 24), and what happens here in the same place.
import { pool, PoolClosedError } from "tailrace";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { turn, within } from "../deadline.ts";
import { range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { pass, stopClock } from "../pool/clock.ts";
import { expectSound, poolOf, states } from "../pool/factory.ts";

nothingIsLeft();

describe("pools", () => {
  test("generic-pool, tarn and lightning-pool have two holders after a stale release: here a lease is given back once", async () => {
    const { p, events } = poolOf(1);
    const first = await within(p.acquire());
    first.release();
    const second = await within(p.acquire());
    first.release();
    const third = p.acquire();
    await turn();
    expect([second.released, p.stats.waiting, states(p)]).toEqual([false, 1, { leased: 1 }]);
    expect(events.at(-1)).toEqual({ type: "stale", slot: 1 });
    second.release();
    (await within(third)).release();
    await within(p.close());
  });

  test("Sema of async-sema has 4 permits after 2 stray releases: here there are as many leases as slots", async () => {
    const { p } = poolOf(2);
    const strays = [await within(p.acquire()), await within(p.acquire())];
    for (const lease of [...strays, ...strays]) lease.release();
    const waits = range(4).map(() => p.acquire());
    await turn();
    expect([p.stats.slots.leased, p.stats.waiting]).toEqual([2, 2]);
    for (const wait of waits) (await within(wait)).release();
    await within(p.close());
  });

  test("generic-pool freezes the process when create rejects at once: here timers fire, and few tries are made", async () => {
    let tries = 0;
    const p = pool<never>({
      max: 1,
      spawn: () => {
        tries++;
        return Promise.reject(new Error("refused"));
      },
    });
    const failed = p.acquire({ timeout: 50 }).catch((error: unknown) => error);
    expect(await within(failed)).toMatchObject({ code: "TAILRACE_TIMEOUT", cause: { message: "refused" } });
    expect(tries).toBe(1); // the next one would come after 400 ms
    await within(p.close());
  });

  test("generic-pool loses the slot for which validate rejects: here it has a new instance", async () => {
    const { p, factory } = poolOf(1, {
      check: (instance) => (instance === 1 ? Promise.reject(new Error("socket closed")) : true),
    });
    await within(p.ready());
    expect(await within(p.use((instance) => instance))).toBe(2);
    expect(factory.ended).toEqual([[1, "unhealthy"]]);
    expectSound(p);
    await within(p.close());
  });

  test("lightning-pool begins anew when something is acquired after close: here it stays closed", async () => {
    const { p, factory } = poolOf(2);
    await within(p.ready());
    await within(p.close());
    await expect(within(p.acquire())).rejects.toBeInstanceOf(PoolClosedError);
    await expect(within(p.tryAcquire())).rejects.toBeInstanceOf(PoolClosedError);
    expect([factory.made, factory.live.size, states(p)]).toEqual([2, 0, {}]);
  });

  test("tarn lets an acquire after destroy wait for its whole time-out: here it is told at once, and why", async () => {
    const { p } = poolOf(1, { name: "db", acquireTimeout: 60_000 });
    await within(p.close());
    let error: unknown;
    p.acquire().catch((reason: unknown) => (error = reason));
    await Promise.resolve();
    expect(error).toEqual(new PoolClosedError('pool "db" is closed'));
  });

  test("go-go-scope's health check destroys what is borrowed, and hands out what is dead: here neither", async () => {
    stopClock();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const looked: number[] = [];
    const { p, factory } = poolOf(1, {
      check: (instance) => {
        looked.push(instance);
        return false;
      },
      reapEvery: 1,
      idleTimeout: 1,
    });
    const lease = await within(p.acquire());
    await pass(20); // the reaper comes by
    expect([looked, factory.ended, lease.released, lease.value]).toEqual([[], [], false, 1]);
    const waits = p.acquire();
    lease.release();
    const next = await within(waits);
    expect([next.value, factory.ended]).toEqual([2, [[1, "unhealthy"]]]);
    next.release();
    await within(p.close());
  });

  test("generic-pool waits for ever for borrowers when it is cleared: here only for the grace", async () => {
    const { p, factory } = poolOf(1);
    const lease = await within(p.acquire());
    await within(p.close({ grace: 5 }));
    expect([lease.released, lease.signal.aborted, factory.live.size]).toEqual([true, true, 0]);
  });
});
