import { LeaseReleasedError } from "tailrace";
import type { Lease } from "tailrace";
import { describe, expect, test } from "vitest";
import { range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { Gate } from "../tasks.ts";
import { pass, timeStands } from "./clock.ts";
import { expectSound, poolOf, states } from "./factory.ts";

timeStands();
nothingIsLeft();

describe("a lease", () => {
  test("is given back once: once more is told, and harms nobody", async () => {
    const { p, events } = poolOf(1);
    const first = await p.acquire();
    first.release();
    const second = await p.acquire();
    first.release();
    first.discard();
    expect([first.released, second.released, states(p)]).toEqual([true, false, { leased: 1 }]);
    expect(second.value).toBe(1);
    expect(events.map(({ type }) => type)).toEqual(["spawned", "acquired", "released", "acquired", "stale", "stale"]);
    expect(p.stats.totals).toMatchObject({ acquired: 2, released: 1 });
    second.release();
    await p.close();
  });

  test("that was given back gives nothing any more", async () => {
    const { p } = poolOf(1, { name: "db" });
    const lease = await p.acquire();
    expect([lease.value, lease.slot, lease.uses, lease.released]).toEqual([1, 1, 1, false]);
    lease.release();
    for (const member of ["value", "uses", "store"] as const) {
      expect(() => lease[member]).toThrow(LeaseReleasedError);
      expect(() => lease[member]).toThrow("the lease of slot db[1] is not held any more: it was given back");
    }
    expect([lease.slot, lease.signal.aborted]).toEqual([1, false]);
    await p.close();
  });

  test("ends with the block that has it, and may have ended before", async () => {
    const { p, events } = poolOf(1);
    let kept: Lease<number> | undefined;
    {
      using lease = await p.acquire();
      kept = lease;
    }
    expect(kept.released).toBe(true);
    {
      await using lease = await p.acquire();
      expect(lease.uses).toBe(2);
      lease.release();
    }
    expect(events.filter(({ type }) => type === "stale")).toEqual([]);
    expect(states(p)).toEqual({ ready: 1 });
    await p.close();
  });

  test("counts uses, and keeps with the instance what users want", async () => {
    const { p } = poolOf(1);
    await p.use((_, lease) => lease.store.set("statement", 5));
    await p.use((_, lease) => {
      expect([lease.uses, lease.store.get("statement")]).toEqual([2, 5]);
    });
    await p.use((_, lease) => {
      lease.discard();
    });
    await p.use((instance, lease) => {
      expect([instance, lease.uses, lease.store.size]).toEqual([2, 1, 0]);
    });
    await p.close();
  });

  test("is told in slots()", async () => {
    const { p } = poolOf(2, { min: 0 });
    const lease = await p.acquire();
    await pass(5);
    expect(p.slots()).toMatchObject([
      {
        slot: 1,
        state: "leased",
        uses: 1,
        failures: 0,
        leasedAt: performance.now() - 5,
        spawnedAt: performance.now() - 5,
      },
      { slot: 2, state: "empty", failures: 0 },
    ]);
    lease.release();
    expect(p.slots()[0]).not.toHaveProperty("leasedAt");
    await p.close();
  });
});

describe("an instance is replaced when it is given back", () => {
  test("and discarded", async () => {
    const { p, factory } = poolOf(1);
    const lease = await p.acquire();
    lease.discard(new Error("protocol error"));
    expect([lease.released, lease.signal.aborted, states(p)]).toEqual([true, false, { terminating: 1 }]);
    expect(await p.use((instance) => instance)).toBe(2);
    expect(factory.ended).toEqual([[1, "discarded"]]);
    await p.close();
  });

  test("and broken, or too broken to say so", async () => {
    const broken = (instance: number): boolean => {
      if (instance === 2) throw new Error("how?");
      return instance === 1;
    };
    const { p, factory } = poolOf(1, { broken });
    for (const instance of [1, 2, 3, 3]) {
      const use = p.use((given) => {
        expect(given).toBe(instance);
      });
      await pass(400); // instances that are of no use one after the other are not replaced at once
      await use;
    }
    expect(factory.ended).toEqual([
      [1, "broken"],
      [2, "broken"],
    ]);
    await p.close();
  });

  test("and cannot be reset; what can be is not ready before", async () => {
    const gates = [new Gate(), new Gate()];
    const { p, factory, events } = poolOf(1, { reset: (instance) => gates[instance - 1]?.opened });
    (await p.acquire()).release();
    const next = p.acquire();
    await pass(0);
    expect([states(p), p.stats.waiting]).toEqual([{ resetting: 1 }, 1]);
    gates[0]?.open();
    const lease = await next;
    expect(lease.value).toBe(1);
    lease.release();
    expect(await p.use((instance) => instance)).toBe(1);
    const failing = await p.acquire();
    gates[0] = new Gate();
    failing.release();
    gates[0].fail(new Error("connection reset"));
    gates[1]?.open();
    expect(await p.use((instance) => instance)).toBe(2);
    expect(factory.ended).toEqual([[1, "broken"]]);
    expect(events.find(({ type }) => type === "failed")).toMatchObject({
      step: "reset",
      error: new Error("connection reset"),
    });
    expectSound(p);
    await p.close();
  });

  test("after so many uses", async () => {
    const { p, factory } = poolOf(1, { maxUses: 3 });
    const seen: number[] = [];
    for (const _ of range(7)) await p.use((instance) => seen.push(instance));
    expect(seen).toEqual([1, 1, 1, 2, 2, 2, 3]);
    expect(factory.ended).toEqual([
      [1, "used"],
      [2, "used"],
    ]);
    await p.close();
  });

  test("always, if they are not to be used again", async () => {
    const { p, factory } = poolOf(2, { reuse: false });
    const seen = await Promise.all(range(6).map(() => p.use((instance) => instance)));
    expect([...seen].sort()).toEqual([1, 2, 3, 4, 5, 6]);
    await p.ready();
    expect(factory.ended.every(([, reason]) => reason === "used")).toBe(true);
    expect(p.stats.totals).toMatchObject({ spawned: 8, terminated: 6 });
    await p.close();
  });

  test("at once, also when they end by themselves after their only use", async () => {
    const ends = new Map<number, () => void>();
    let made = 0;
    const { p } = poolOf(1, {
      reuse: false,
      terminate: () => undefined,
      spawn: ({ lost }) => {
        ends.set(++made, lost);
        return made;
      },
    });
    for (const instance of range(10)) {
      await p.use((given) => {
        expect(given).toBe(instance + 1);
        ends.get(given)?.();
      });
    }
    await p.close();
  });
});

describe("an instance that is lost", () => {
  /** A pool of one, and what loses its instance. */
  function losing(): ReturnType<typeof poolOf> & { readonly lose: (instance: number, reason?: unknown) => void } {
    const all = new Map<number, (reason?: unknown) => void>();
    const made = poolOf(1, {
      spawn: ({ lost }) => {
        const instance = made.factory.spawn();
        all.set(instance, lost);
        return instance;
      },
      lazy: true,
    });
    return { ...made, lose: (instance, reason) => all.get(instance)?.(reason) };
  }

  test("while it is ready is replaced at once", async () => {
    const { p, factory, lose } = losing();
    await p.ready();
    lose(1);
    lose(1);
    await p.ready();
    expect([states(p), factory.ended]).toEqual([{ ready: 1 }, [[1, "lost"]]]);
    lose(1); // of what the slot has now it says nothing
    expect(states(p)).toEqual({ ready: 1 });
    await p.close();
  });

  test("while it is leased is replaced when it is given back, and whoever has it is told", async () => {
    const { p, factory, lose } = losing();
    const lease = await p.acquire();
    const reason = new Error("socket closed");
    const { signal } = lease;
    lose(1, reason);
    lose(1, new Error("again"));
    expect([signal.aborted, signal.reason, lease.released, lease.value]).toEqual([true, reason, false, 1]);
    lease.release();
    expect(await p.use((instance) => instance)).toBe(2);
    expect(factory.ended).toEqual([[1, "lost"]]);
    await p.close();
  });

  test("is told to who asks later, too", async () => {
    const { p, lose } = losing();
    const lease = await p.acquire();
    lose(1, "gone");
    expect([lease.signal.aborted, lease.signal.reason]).toEqual([true, "gone"]);
    expect(lease.signal).toBe(lease.signal);
    lease.release();
    await p.close();
  });

  test("before it was there, while it is customized, checked, reset or admitted is given to nobody", async () => {
    for (const during of ["spawn", "customize", "check", "reset", "admit"]) {
      const all: (() => void)[] = [];
      const lose = (step: string) => (instance: number) => {
        if (step === during && instance === 1) all[0]?.();
      };
      const { p, factory } = poolOf(1, {
        lazy: true,
        spawn: ({ lost }) => {
          all.push(lost);
          const instance = factory.spawn();
          lose("spawn")(instance);
          return instance;
        },
        customize: lose("customize"),
        check: lose("check"),
        reset: lose("reset"),
      });
      await p.ready();
      const admission = await p.admit();
      lose("admit")(1);
      const first = await admission.acquire();
      expect([during, first.value]).toEqual([during, during === "reset" ? 1 : 2]);
      first.release();
      expect(await p.use((instance) => instance)).toBe(2);
      expect(factory.ended).toEqual([[1, "lost"]]);
      await p.close();
    }
  });

  test("always, at once, is replaced later and later", async () => {
    const at: number[] = [];
    const begun = performance.now();
    const { p } = poolOf(1, {
      terminate: () => undefined,
      spawn: ({ lost }) => {
        at.push(performance.now() - begun);
        lost();
        return 1;
      },
    });
    await pass(10_000);
    expect(at).toEqual([0, 0, 400, 1200, 2800, 6000]);
    await p.close();
  });
});
