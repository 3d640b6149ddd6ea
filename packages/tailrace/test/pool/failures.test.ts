// Each function of a pool fails in each way, once, some times, or always. A slot either comes back, or rests and says
// until when; and as soon as nothing fails any more, the pool is whole again.
import { TimeoutError } from "tailrace";
import type { PoolOptions, Step } from "tailrace";
import { describe, expect, test } from "vitest";
import { range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { pass, timeStands } from "./clock.ts";
import { expectSound, Factory, poolOf, states } from "./factory.ts";

timeStands();
nothingIsLeft();

const SLOTS = 3;
const STEPS = ["clean", "prepare", "spawn", "customize", "check", "reset", "terminate"] as const;
const TIMEOUT = 100;

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Ways to fail; what is given is what should have been done. */
const WAYS: Record<string, (work: () => unknown) => unknown> = {
  throws: () => {
    throw new Error("failed");
  },
  rejects: () => Promise.reject(new Error("failed")),
  hangs: () => new Promise(() => undefined),
  "succeeds late": async (work) => {
    await sleep(TIMEOUT * 1.5);
    return work();
  },
};

class Faulty extends Factory {
  /** When the faulty function was called. */
  readonly calls: number[] = [];
  faults: number;

  constructor(faults: number) {
    super();
    this.faults = faults;
  }

  options(faulty: Step, fail: (work: () => unknown) => unknown): Partial<PoolOptions<number>> {
    const functions = STEPS.map((step) => [
      step,
      (...given: never[]): unknown => {
        const work = (): unknown => {
          if (step === "spawn") return this.spawn();
          if (step === "terminate") this.terminate(...(given as unknown as [number, never]));
          return undefined;
        };
        if (step !== faulty) return work();
        this.calls.push(performance.now());
        return this.faults-- > 0 ? fail(work) : work();
      },
    ]);
    return Object.fromEntries(functions) as Partial<PoolOptions<number>>;
  }
}

describe.for(STEPS)("%s", (step) => {
  describe.for(Object.entries(WAYS))("%s", ([, fail]) => {
    test.for([1, 4, Infinity])("%d times", async (faults) => {
      const factory = new Faulty(faults);
      const { p } = poolOf(SLOTS, {
        ...factory.options(step, fail),
        onEvent: ({ type }) => {
          if (type !== "released") expectSound(p); // that slot is about to go on
        },
        lazy: true,
        maxUses: 5,
        stepTimeouts: Object.fromEntries(STEPS.map((name) => [name, TIMEOUT])),
      });

      // Whoever wants an instance gets one in time, or is told.
      let [served, late] = [0, 0];
      const work = async (): Promise<void> => {
        for (const _ of range(20)) {
          await p
            .use(() => sleep(5), { timeout: 1000 })
            .then(
              () => served++,
              (error: unknown) => {
                expect(error).toBeInstanceOf(TimeoutError);
                late++;
              },
            );
        }
      };
      const workers = Promise.all(range(SLOTS).map(work));
      await pass(60_000);
      await workers;
      expect(served + late).toBe(20 * SLOTS);
      if (faults !== Infinity) expect(late).toBe(0);

      // At rest nothing is tried over and over again.
      const before = factory.calls.length;
      await pass(10_000);
      expect(factory.calls.length - before).toBeLessThanOrEqual((SLOTS * 10_000) / 6400 + SLOTS);
      for (const { state, retryAt } of p.slots()) {
        expect(["ready", "quarantined", "empty", "cleaning", "preparing", "spawning"]).toContain(state);
        if (state === "quarantined") expect(retryAt).toBeGreaterThanOrEqual(performance.now());
      }

      // When nothing fails any more, all slots are of use again.
      factory.faults = 0;
      await pass(20_000);
      expect(states(p)).toEqual({ ready: SLOTS });
      const leases = await Promise.all(range(SLOTS).map(() => p.acquire()));
      expect(new Set(leases.map(({ value }) => value)).size).toBe(SLOTS);
      for (const lease of leases) lease.release();
      await p.close();
      expect(states(p)).toEqual({});
      expectSound(p);
      if (step !== "terminate") expect(factory.live.size).toBe(0);
      const { failed, spawned, terminated } = p.stats.totals;
      expect(spawned).toBe(terminated);
      expect(failed).toBeGreaterThan(0);
    });
  });
});

test("in a minute in which spawn always fails there are few tries, however many wait", async () => {
  const factory = new Faulty(Infinity);
  const { p } = poolOf(2, factory.options("spawn", WAYS["rejects"] ?? (() => undefined)));
  const waits = Promise.allSettled(range(100).map(() => p.acquire()));
  await pass(60_000);
  expect(factory.calls.length).toBeLessThanOrEqual(2 * 9);
  expect(new Set((await waits).map(({ status }) => status))).toEqual(new Set(["rejected"]));
  expect(p.stats).toMatchObject({ waiting: 0, totals: { timeouts: 100 } });
  await p.close();
});
