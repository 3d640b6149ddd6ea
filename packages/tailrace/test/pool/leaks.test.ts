// What nobody can reach any more: a lease that was not given back, and a pool that was not closed.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { LeaseLeakedError, pool, scope } from "tailrace";
import type { Lease, Pool } from "tailrace";
import { describe, expect, test } from "vitest";
import { isNode } from "../child.ts";
import { turn, within } from "../deadline.ts";
import { range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { tasksAreKnown } from "../tasks.ts";
import { Factory, poolOf, until } from "./factory.ts";

nothingIsLeft();

function collector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
}
const gc = isNode ? collector() : () => undefined;

/** What can be collected is. */
async function collect(): Promise<void> {
  await turn();
  gc();
}

describe.runIf(isNode)("a lease that nobody can give back any more", () => {
  /** Takes a lease, and loses it. */
  async function lose(p: Pool<number>): Promise<void> {
    await p.acquire();
  }

  test("is told, and its slot gets a new instance, which those get who wait", async () => {
    const errors: unknown[] = [];
    const { p, factory, events } = poolOf(1, { name: "db", reapEvery: 5, onError: (error) => errors.push(error) });
    await lose(p);
    const waits = p.acquire();
    await within(until(() => errors.length > 0, collect));
    expect(errors[0]).toBeInstanceOf(LeaseLeakedError);
    expect(String(errors[0])).toMatch(
      /^LeaseLeakedError: the lease of slot db\[1\], taken \d+\.\d s ago, was never given back, and nobody can any more$/u,
    );
    expect(events.find(({ type }) => type === "leaked")).toEqual({
      type: "leaked",
      slot: 1,
      held: expect.any(Number) as number,
    });
    expect((await within(waits)).value).toBe(2);
    expect([factory.ended, p.stats.totals.leaked]).toEqual([[[1, "leaked"]], 1]);
    expect(p.stats.totals).toMatchObject({ acquired: 2, released: 1 });
    (await waits).release();
    await within(p.close());
  });

  test.runIf(tasksAreKnown)("is told with the task that has lost it", async () => {
    const errors: unknown[] = [];
    const { p, events } = poolOf(1, { reapEvery: 5, onError: (error) => errors.push(error) });
    await within(scope((s) => void s.spawn(() => lose(p), { name: "save order" })));
    await within(until(() => errors.length > 0, collect));
    expect(String(errors[0])).toContain('taken by task "save order" ');
    expect(events.find(({ type }) => type === "leaked")).toMatchObject({ task: "save order" });
    await within(p.close());
  });

  test("is not one that is only held for long, and is still given back after that", async () => {
    const { p, events } = poolOf(2, { reapEvery: 1 });
    const kept: Lease<number>[] = [await within(p.acquire())];
    await lose(p);
    await within(until(() => p.stats.totals.leaked === 1, collect));
    for (const _ of range(3)) await collect();
    expect(kept[0]?.released).toBe(false);
    kept[0]?.release();
    expect(events.filter(({ type }) => type === "leaked")).toHaveLength(1);
    expect(p.stats.slots.leased).toBe(0);
    await within(p.close());
  });

  test("is taken away by close as any other one", async () => {
    const { p, factory } = poolOf(1, { reapEvery: 1 });
    const lease = await within(p.acquire());
    await new Promise((resolve) => setTimeout(resolve, 5)); // the pool holds it only weakly from then on
    await within(p.close({ grace: 0 }));
    expect([lease.released, factory.live.size]).toEqual([true, 0]);
  });
});

describe.runIf(isNode)("a pool that nobody can reach any more", () => {
  /** Makes a pool and forgets it when it is ready. */
  async function forget(
    factory: Factory,
    more: (p: Pool<number>) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    const { spawn, terminate } = factory;
    const p = pool({ max: 3, min: 2, spawn, terminate });
    await p.ready();
    await more(p);
  }

  test("has its instances ended", async () => {
    const factory = new Factory();
    await within(forget(factory));
    expect(factory.live.size).toBe(2);
    await within(until(() => factory.live.size === 0, collect));
    expect(factory.ended.map(([, reason]) => reason)).toEqual(["closed", "closed"]);
  });

  test("also if an instance was lost with it", async () => {
    const factory = new Factory();
    await within(
      forget(factory, async (p) => {
        await p.acquire();
        (await p.acquire()).release();
      }),
    );
    await within(until(() => factory.live.size === 0, collect));
  });

  test("also if one of its slots never gets an instance", async () => {
    const factory = new Factory();
    let tries = 0;
    const forgetFailing = async (): Promise<void> => {
      const p = pool({
        max: 2,
        retryDelay: 40,
        retryCap: 40,
        spawn: ({ slot }) => {
          if (slot === 2) return factory.spawn();
          tries++;
          throw new Error("refused");
        },
        terminate: factory.terminate,
      });
      (await p.acquire()).release();
    };
    await within(forgetFailing());
    await within(until(() => factory.live.size === 0, collect));
    const before = tries;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(tries).toBe(before);
  });

  test("is still reached by who has a lease", async () => {
    const factory = new Factory();
    const leases: Lease<number>[] = [];
    await within(forget(factory, async (p) => void leases.push(await p.acquire())));
    for (const _ of range(5)) await collect();
    expect([factory.ended, leases[0]?.released]).toEqual([[], false]);
    leases.pop()?.release();
    await within(until(() => factory.live.size === 0, collect));
  });
});
