// What goes wrong in pools of disposable instances elsewhere: docs/guide/pool-defects.md says what each number means.
import { PoolClosedError, TimeoutError } from "tailrace";
import type { PoolOptions } from "tailrace";
import { describe, expect, test, vi } from "vitest";
import { range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { aborted } from "../tasks.ts";
import { pass, shut, timeStands } from "./clock.ts";
import { expectSound, poolOf, states } from "./factory.ts";

timeStands();
nothingIsLeft();

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const refuse = (): Promise<never> => Promise.reject(new Error("refused"));

/** Each instance is used once, and looked at before. */
const disposable: Partial<PoolOptions<number>> = { reuse: false, checkOnAcquire: true };

describe("slots are not lost", () => {
  test("D1: an instance that is found to be of no use is replaced, and the pool stays as large as it was", async () => {
    const { p } = poolOf(3, { ...disposable, check: (instance) => instance % 2 === 0 });
    for (const _ of range(50)) {
      const use = p.use((instance) => instance);
      await pass(20_000);
      expect(await use).toBeGreaterThan(0);
    }
    await p.ready();
    expect(states(p)).toEqual({ ready: 3 });
    await p.close();
  });

  test("D2: and it is ended, once", async () => {
    const { p, factory } = poolOf(2, { check: (instance) => instance > 2 });
    await p.ready();
    expect(await p.use((instance) => instance)).toBeGreaterThan(2);
    expect(factory.ended).toEqual([
      [2, "unhealthy"],
      [1, "unhealthy"],
    ]);
    await p.close();
    expect(factory.live.size).toBe(0);
  });

  test("D3: a terminate that fails costs no slot", async () => {
    const { p } = poolOf(2, { ...disposable, terminate: refuse });
    for (const _ of range(10)) await p.use(() => undefined);
    await p.ready();
    expect([states(p), p.stats.totals.failed]).toEqual([{ ready: 2 }, 10]);
    await p.close();
  });

  test("D4: a slot that cannot be cleaned is never given up: it is told, is seen, and comes back", async () => {
    let fails = true;
    const { p, events } = poolOf(2, { clean: ({ slot }) => (fails && slot === 1 ? refuse() : undefined) });
    await pass(3_600_000);
    expect(states(p)).toEqual({ ready: 1, quarantined: 1 });
    expect(p.slots()[0]?.retryAt).toBeGreaterThanOrEqual(performance.now());
    const told = events.filter(({ type }) => type === "failed");
    expect(told).toHaveLength(p.slots()[0]?.failures ?? 0);
    expect(told.at(-1)).toMatchObject({ slot: 1, step: "clean", retryAt: p.slots()[0]?.retryAt });
    fails = false;
    await pass(15_000);
    expect(states(p)).toEqual({ ready: 2 });
    await p.close();
  });

  test("D18: slots are numbered by the pool, whatever the instances are", async () => {
    const slots: number[] = [];
    const spawn = ({ slot }: { readonly slot: number }): number => {
      slots.push(slot);
      return 0;
    };
    const { p } = poolOf(3, { ...disposable, spawn, terminate: () => undefined });
    for (const _ of range(5)) {
      const leases = await Promise.all(range(3).map(() => p.acquire()));
      expect(leases.map(({ slot }) => slot).sort()).toEqual([1, 2, 3]);
      for (const lease of leases) lease.release();
      await p.ready();
    }
    expect(range(3).map((index) => slots.filter((slot) => slot === index + 1).length)).toEqual([6, 6, 6]);
    await p.close();
  });

  test("D19: however often it is begun, each slot has one instance", async () => {
    const { p, factory } = poolOf(3, { lazy: true });
    await Promise.all([p.ready(), p.ready(), p.acquire(), p.tryAcquire(), p.ready(), p.admit()]);
    await p.ready();
    expect([factory.made, p.stats.totals.spawned]).toEqual([3, 3]);
    await shut(p);
  });
});

describe("what fails is tried again, but not at once, and not for nothing", () => {
  test("D5: tries are counted from 1, and the first rest comes after the first failure", async () => {
    const { p, events } = poolOf(1, { spawn: refuse });
    const begun = performance.now();
    await pass(1200);
    expect(
      events.map((event) => (event.type === "failed" ? [event.failures, (event.retryAt ?? 0) - begun] : [])),
    ).toEqual([
      [1, 400],
      [2, 1200],
      [3, 2800],
    ]);
    await p.close();
  });

  test("D6: a slot that rests keeps no others from running, and does not make the pool close late", async () => {
    const { p } = poolOf(2, { concurrency: 1, clean: ({ slot }) => (slot === 1 ? refuse() : undefined) });
    await pass(0);
    expect(await p.use((_, { slot }) => slot)).toBe(2);
    const begun = performance.now();
    await p.close();
    expect([performance.now() - begun, vi.getTimerCount()]).toEqual([0, 0]);
  });

  test("D7: what always fails is tried seldom, though it can be cleaned each time", async () => {
    for (const step of ["prepare", "spawn"]) {
      let tries = 0;
      const fails = (): Promise<never> => {
        tries++;
        return refuse();
      };
      const { p } = poolOf(1, { clean: () => undefined, [step]: fails });
      await pass(60_000);
      expect(tries).toBeLessThan(10);
      await p.close();
    }
  });
});

describe("a self-test", () => {
  test("D8: that fails says so, and in what", async () => {
    const { p } = poolOf(1, { lazy: true, spawn: refuse });
    expect(await p.selfTest()).toMatchObject({ status: "failed", step: "spawn", error: { message: "refused" } });
    await p.close();
  });

  test("D9: lets all others go on meanwhile, its own time-out among them", async () => {
    const { p } = poolOf(1, { lazy: true, prepare: () => new Promise(() => undefined) });
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 1000);
    const result = p.selfTest({ timeout: 60_000 });
    await pass(60_000);
    clearInterval(ticking);
    expect([await result, ticks]).toMatchObject([{ status: "timed-out", step: "prepare" }, 60]);
    await p.close();
  });
});

describe("who waits, and who gives back", () => {
  test("D10: to give back waits for nothing, however much is to be done then", async () => {
    const { p } = poolOf(8, { ...disposable, concurrency: 1, terminate: () => sleep(10), clean: () => sleep(10) });
    const waits = Promise.all(range(8).map(() => p.acquire()));
    await pass(200);
    for (const lease of await waits) lease.release();
    expect(p.stats.slots).toMatchObject({ leased: 0, terminating: 8 });
    const ready = p.ready();
    await pass(200);
    await ready;
    await shut(p);
  });

  test("D11: nobody polls, nobody overtakes, and who waits goes on as soon as something is ready", async () => {
    const { p } = poolOf(1, { acquireTimeout: Infinity });
    const lease = await p.acquire();
    const timers = vi.spyOn(globalThis, "setTimeout");
    const order: number[] = [];
    const waits = range(100).map((n) => p.use(() => order.push(n)));
    lease.release();
    waits.push(p.use(() => order.push(100)));
    await Promise.all(waits);
    expect(order).toEqual(range(101));
    expect(timers).not.toHaveBeenCalled();
    timers.mockRestore();
    await p.close();
  });

  test.for([
    ["spawn", 60_000],
    ["check", 5000],
    ["reset", 5000],
    ["terminate", 60_000],
  ] as const)("D12: times are what is documented: a %s may take %d ms", async ([step, most]) => {
    const begun: number[] = [];
    const hang = (): Promise<never> => {
      begun.push(performance.now());
      return new Promise(() => undefined);
    };
    const { p } = poolOf(1, { [step]: hang, reuse: step === "reset", acquireTimeout: Infinity });
    if (step !== "spawn") await p.ready();
    const waits = p.acquire().then((lease) => {
      lease.release();
    });
    await pass(most - 1);
    expect([begun, p.stats.abandoned]).toEqual([[performance.now() - most + 1], 0]);
    await pass(1);
    expect(p.stats.abandoned).toBe(1);
    const closes = shut(p);
    await waits.catch(() => undefined);
    await closes;
  });

  test("D12: a wait may take 30 s", async () => {
    const { p } = poolOf(1);
    const lease = await p.acquire();
    const begun = performance.now();
    const late = p.acquire().catch(() => performance.now() - begun);
    await pass(40_000);
    expect(await late).toBe(30_000);
    lease.release();
    await p.close();
  });

  test("D13: a wait ends in time however many instances turn out to be of no use", async () => {
    let made = 0;
    const { p } = poolOf(4, {
      spawn: () => (++made <= 4 ? made : new Promise<never>(() => undefined)),
      check: () => sleep(100).then(() => false),
      terminate: () => undefined,
    });
    await p.ready();
    const begun = performance.now();
    const failed = p.acquire({ timeout: 250 }).catch((error: unknown) => [error, performance.now() - begun]);
    await pass(250);
    expect(await failed).toEqual([expect.any(TimeoutError), 250]);
    await shut(p);
  });

  test("D17: whoever gives up, also while an instance is looked at, leaves nothing behind", async () => {
    const { p } = poolOf(2, { check: () => sleep(10) });
    await p.ready();
    for (const _ of range(20)) {
      const controller = new AbortController();
      const wait = p.acquire({ signal: controller.signal }).catch(() => "gave up");
      await pass(5);
      expect(p.stats.slots.checking).toBe(1);
      controller.abort();
      expect([await wait, p.stats.waiting]).toEqual(["gave up", 0]);
      await pass(5);
      expect(states(p)).toEqual({ ready: 2 });
    }
    await p.close();
  });
});

describe("the end", () => {
  test("D14: what is ready is ended, a late lease too, and who comes then is told that it is over", async () => {
    const { p, factory } = poolOf(3, disposable);
    const [kept, back] = [await p.acquire(), await p.acquire()];
    const closes = p.close({ grace: 100 });
    await expect(p.acquire()).rejects.toBeInstanceOf(PoolClosedError);
    back.release();
    await pass(100);
    await closes;
    expect([kept.released, factory.live.size, states(p)]).toEqual([true, 0, {}]);
  });

  test("D15: what has not begun because others have to end first does not begin any more", async () => {
    let begun = 0;
    const spawn = async ({ signal }: { readonly signal: AbortSignal }): Promise<never> => {
      begun++;
      throw await aborted(signal);
    };
    const { p } = poolOf(5, { concurrency: 1, spawn });
    await pass(0);
    await p.close();
    await pass(10_000);
    expect(begun).toBe(1);
  });

  test("D25: nothing is made any more when it has closed, whatever was under way", async () => {
    for (const step of ["clean", "prepare", "customize", "check", "reset", "terminate"]) {
      const { p, factory } = poolOf(3, { ...disposable, [step]: () => sleep(10) });
      const work = Promise.allSettled(range(9).map(() => p.use(() => sleep(1))));
      await pass(15);
      const closes = p.close();
      await pass(100);
      await closes;
      await work;
      const { made } = factory;
      await pass(60_000);
      expect([step, factory.made, p.stats.totals]).toMatchObject([step, made, { spawned: made, terminated: made }]);
    }
  });
});

describe("figures", () => {
  test("D16: they are right at every moment, also when something fails", async () => {
    let calls = 0;
    const sometimes = (): Promise<void> | undefined => (++calls % 3 === 0 ? refuse() : undefined);
    const { p } = poolOf(4, {
      ...disposable,
      lazy: true,
      clean: sometimes,
      customize: sometimes,
      check: sometimes,
      terminate: sometimes,
      onEvent: ({ type }) => {
        if (type !== "released") expectSound(p); // that slot is about to go on
      },
    });
    const work = Promise.allSettled(range(40).map((n) => p.use(() => sleep(1), { timeout: 10 * n })));
    for (const _ of range(200)) {
      expectSound(p);
      await pass(10);
    }
    await work;
    const { acquired, released } = p.stats.totals;
    expect([p.stats.waiting, acquired]).toEqual([0, released]);
    await p.close();
    expectSound(p);
  });

  test("D24: they are counted by the pool, and what has begun is over when the function is, however it ends", async () => {
    const { p } = poolOf(2);
    const thrown = p.use(() => {
      throw new Error("cannot be decrypted");
    });
    await expect(thrown).rejects.toThrow("cannot be decrypted");
    await expect(p.use(refuse)).rejects.toThrow("refused");
    expect([p.stats.slots.leased, p.stats.totals]).toMatchObject([0, { acquired: 2, released: 2 }]);
    await p.close();
  });
});

describe("nobody is shut out", () => {
  test("D20: one thing at a time, each of which causes the next, comes to an end", async () => {
    for (const max of [1, 4]) {
      const step = (): Promise<void> => sleep(1);
      const steps = { clean: step, prepare: step, customize: step, check: step, terminate: step };
      const { p } = poolOf(max, { ...disposable, ...steps, concurrency: 1 });
      const work = Promise.all(range(20).map(() => p.use(() => p.stats.waiting)));
      await pass(1000);
      expect(await work).toHaveLength(20);
      await shut(p);
    }
  });

  test("D21: what dies while nobody uses it is noticed at once, and what grows old before somebody gets it", async () => {
    const ends: (() => void)[] = [];
    let made = 0;
    const { p, events } = poolOf(2, {
      spawn: ({ lost }) => {
        ends.push(lost);
        return ++made;
      },
      terminate: () => undefined,
      maxLifetime: 60_000,
    });
    await p.ready();
    ends[0]?.();
    await p.ready();
    expect(made).toBe(3);
    await pass(60_000);
    expect(events.flatMap((event) => (event.type === "terminated" ? [event.reason] : []))).toEqual([
      "lost",
      "old",
      "old",
    ]);
    expect(states(p)).toEqual({ ready: 2 });
    await p.close();
  });

  test("D22: a message that nobody can read keeps no instance", async () => {
    const { p } = poolOf(2);
    for (const _ of range(20)) {
      using admission = await p.admit();
      expect(admission.over).toBe(false);
    }
    expect(states(p)).toEqual({ ready: 2 });
    await p.close();
  });

  test("D23: there are never more admissions than instances, and each gets one, also when some are of no use", async () => {
    const { p } = poolOf(3, { ...disposable, retryDelay: 1, check: (instance) => instance % 2 === 0 });
    let most = 0;
    const work = range(30).map(async () => {
      using admission = await p.admit();
      most = Math.max(most, p.stats.slots.admitted + p.stats.slots.leased);
      using lease = await admission.acquire();
      most = Math.max(most, p.stats.slots.admitted + p.stats.slots.leased);
      await sleep(1);
      return lease.value;
    });
    await pass(25_000);
    expect(new Set(await Promise.all(work)).size).toBe(30);
    expect(most).toBeLessThanOrEqual(3);
    await p.close();
  });
});
