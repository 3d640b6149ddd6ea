import { PoolClosedError, TimeoutError } from "tailrace";
import { describe, expect, test, vi } from "vitest";
import { nothingIsLeft } from "../leftovers.ts";
import { aborted, Gate, untilAborted } from "../tasks.ts";
import { pass, timeStands } from "./clock.ts";
import { expectSound, poolOf, states } from "./factory.ts";

timeStands();
nothingIsLeft();

describe("close", () => {
  test("ends what is ready at once, and waits for what is leased", async () => {
    const { p, factory } = poolOf(3, { name: "db" });
    const lease = await p.acquire();
    let closed = false;
    const closes = p.close().then(() => (closed = true));
    await pass(9999);
    expect([closed, states(p), lease.released, lease.signal.aborted]).toEqual([false, { leased: 1 }, false, false]);
    lease.release();
    await closes;
    expect(factory.ended.map(([, reason]) => reason)).toEqual(["closed", "closed", "closed"]);
    expect([states(p), factory.live.size, vi.getTimerCount()]).toEqual([{}, 0, 0]);
    expectSound(p);
  });

  test("refuses whoever wants something, at once, and whoever waits", async () => {
    const { p } = poolOf(1, { name: "db" });
    const lease = await p.acquire();
    const waits = [p.acquire(), p.use(() => 1), p.admit(), p.drain()].map((wait) =>
      expect(wait).rejects.toBeInstanceOf(PoolClosedError),
    );
    const closes = p.close();
    await Promise.all(waits);
    expect(p.stats.waiting).toBe(0);
    for (const call of ["acquire", "tryAcquire", "admit", "ready", "selfTest"] as const)
      await expect(p[call]()).rejects.toThrow(new PoolClosedError('pool "db" is closed'));
    await expect(p.use(() => 1)).rejects.toThrow(new PoolClosedError('pool "db" is closed'));
    lease.release();
    await closes;
    await p.drain();
  });

  test("takes leases away when the grace is over, and says so", async () => {
    const { p, factory, events } = poolOf(1, { name: "db", grace: 50 });
    const lease = await p.acquire();
    const { signal } = lease;
    const closes = p.close();
    await pass(49);
    expect(signal.aborted).toBe(false);
    await pass(1);
    await closes;
    const reason = 'pool "db" is closed, and its grace of 50 ms is over';
    expect(signal.reason).toEqual(new PoolClosedError(reason));
    expect([lease.released, factory.ended]).toEqual([true, [[1, "closed"]]]);
    expect(() => lease.value).toThrow(
      expect.objectContaining({ code: "TAILRACE_LEASE_RELEASED", cause: signal.reason as unknown }),
    );
    lease.release(); // late, and harmless
    expect(events.map(({ type }) => type)).toEqual(["spawned", "acquired", "released", "terminated", "stale"]);
    expectSound(p);
  });

  test("once more makes it end sooner, but never later", async () => {
    const { p } = poolOf(1, { name: "db", grace: 50 });
    const { signal } = await p.acquire();
    const closes = [p.close({ grace: 40 }), p.close({ grace: 1000 }), p.close(), p.close({ grace: 10 })];
    await pass(9);
    expect(signal.aborted).toBe(false);
    await pass(1);
    await Promise.all(closes);
    expect(signal.reason).toEqual(new PoolClosedError('pool "db" is closed, and its grace of 10 ms is over'));
    expectSound(p);
  });

  test("whoever disposes of it does not cut the grace short that others have given", async () => {
    const { p } = poolOf(1, { grace: 10 });
    const { signal } = await p.acquire();
    const closes = [p.close({ grace: 40 }), p[Symbol.asyncDispose](), p.close()];
    await pass(39);
    expect(signal.aborted).toBe(false);
    await pass(1);
    await Promise.all(closes);
    expect(signal.aborted).toBe(true);
  });

  test("tells those who are asked for instances to stop, and waits no longer for them than the grace", async () => {
    const reasons: unknown[] = [];
    const { p } = poolOf(2, {
      spawn: async ({ slot, signal }) => {
        reasons.push(await aborted(signal));
        return slot === 1 ? untilAborted({ signal }) : new Promise<never>(() => undefined);
      },
    });
    const closes = p.close({ grace: 100 });
    await pass(0);
    expect([reasons, states(p)]).toEqual([[1, 2].map(() => expect.any(PoolClosedError) as unknown), { spawning: 1 }]);
    await pass(100);
    await closes;
    expect([states(p), p.stats.abandoned]).toEqual([{}, 1]);
  });

  test("ends an instance that comes late, also after it has closed", async () => {
    const gate = new Gate<number>();
    const ended: [number, string][] = [];
    const { p } = poolOf(1, { spawn: gate.run, terminate: (n, { reason }) => void ended.push([n, reason]) });
    const closes = p.close({ grace: 10 });
    await pass(10);
    await closes;
    gate.open(5);
    await pass(0);
    expect([ended, p.stats.abandoned]).toEqual([[[5, "late"]], 0]);
  });

  test("interrupts rests", async () => {
    const { p } = poolOf(2, { spawn: () => Promise.reject(new Error("refused")) });
    await pass(0);
    expect(states(p)).toEqual({ quarantined: 2 });
    await p.close();
    expect([states(p), vi.getTimerCount()]).toEqual([{}, 0]);
  });

  test.for(["check", "reset", "customize", "prepare", "clean"] as const)("interrupts %s", async (step) => {
    const given: AbortSignal[] = [];
    const { p, factory } = poolOf(1, {
      clean: () => undefined,
      [step]: (...all: { readonly signal: AbortSignal }[]) => {
        const context = all.at(-1);
        if (context === undefined || given.length > 0) return true;
        given.push(context.signal);
        return untilAborted(context);
      },
    });
    const waits = p.acquire().then(
      (lease) => {
        lease.release();
      },
      (error: unknown) => {
        expect(error).toBeInstanceOf(PoolClosedError);
      },
    );
    await pass(0);
    expect(given).toHaveLength(step === "check" ? 0 : 1);
    await p.close();
    await waits;
    expect([states(p), factory.live.size]).toEqual([{}, 0]);
  });

  test("cleans up after what it has ended", async () => {
    const calls: string[] = [];
    const { p } = poolOf(1, {
      clean: () => void calls.push("clean"),
      terminate: () => void calls.push("terminate"),
    });
    await p.ready();
    await p.close();
    expect(calls).toEqual(["clean", "terminate", "clean"]);
  });

  test("once more settles when it has closed", async () => {
    const { p } = poolOf(1);
    const lease = await p.acquire();
    const both = Promise.all([p.close(), p.close(), p[Symbol.asyncDispose]()]);
    await pass(10);
    lease.release();
    await both;
    await p.close();
  });

  test("is what a signal does, also one that has aborted before", async () => {
    const controller = new AbortController();
    const { p, factory } = poolOf(1, { signal: controller.signal });
    await p.ready();
    controller.abort();
    await expect(p.acquire()).rejects.toBeInstanceOf(PoolClosedError);
    await p.close();
    expect(factory.live.size).toBe(0);
    const { p: never } = poolOf(1, { signal: controller.signal });
    await expect(never.acquire()).rejects.toBeInstanceOf(PoolClosedError);
    await never.close();
  });

  test("no listener of the pool stays with its signal", async () => {
    const { signal } = new AbortController();
    const removed = vi.spyOn(signal, "removeEventListener");
    const { p } = poolOf(1, { signal });
    await p.close();
    expect(removed).toHaveBeenCalledTimes(1);
  });

  test("`await using` closes", async () => {
    const { p, factory } = poolOf(2);
    {
      await using same = p;
      await same.ready();
    }
    expect(factory.live.size).toBe(0);
  });
});

describe("drain", () => {
  test("lets those have an instance who wait, and nobody else", async () => {
    const { p } = poolOf(1, { name: "db" });
    const lease = await p.acquire();
    const waits = p.acquire();
    let drained = false;
    const drains = p.drain().then(() => (drained = true));
    await expect(p.acquire()).rejects.toThrow(new PoolClosedError('pool "db" is being drained'));
    await expect(p.tryAcquire()).rejects.toBeInstanceOf(PoolClosedError);
    lease.release();
    const last = await waits;
    await pass(0);
    expect(drained).toBe(false);
    last.release();
    await drains;
    await p.close();
  });

  test("leaves what is ready until close", async () => {
    const { p, factory } = poolOf(2);
    await p.ready();
    await p.drain();
    expect([states(p), factory.ended]).toEqual([{ ready: 2 }, []]);
    await p.close();
    expect(factory.live.size).toBe(0);
  });

  test("may take so long; then it goes on", async () => {
    const { p } = poolOf(1, { name: "db" });
    const lease = await p.acquire();
    const failed = p.drain({ timeout: 10 }).catch((error: unknown) => error);
    await pass(10);
    const error = await failed;
    expect(error).toBeInstanceOf(TimeoutError);
    expect((error as Error).message).toBe(
      'drain on pool "db" (1 slot: 1 leased) waited 10 ms for all leases to be given back',
    );
    await expect(p.acquire()).rejects.toBeInstanceOf(PoolClosedError);
    lease.release();
    await p.drain();
    await p.close();
  });

  test("goes on trying for those who wait, though spawn fails", async () => {
    let fails = true;
    const { p } = poolOf(1, {
      spawn: () => (fails ? Promise.reject(new Error("refused")) : 1),
      terminate: () => undefined,
    });
    const waits = p.acquire();
    const drains = p.drain();
    await pass(0);
    fails = false;
    await pass(400);
    (await waits).release();
    await drains;
    await p.close();
  });
});
