// Random use of random pools with faults at every point, under a clock that the test has: instances, slots and waits are
// neither lost nor made, and when the faults are over all is as if there had been none.
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { TICK } from "../../src/promises.ts";
import { kindsOf } from "../kinds.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { stopClock } from "./clock.ts";
import { POINTS } from "./faulty.ts";
import { World } from "./world.ts";

const { env } = (globalThis as { process?: { env: Record<string, string | undefined> } }).process ?? { env: {} };
const MANY = Number(env["PROGRAMS"] ?? 1500);
const SEED = Number(env["SEED"] ?? 13);

const pools = fc
  .record({
    max: fc.integer({ min: 1, max: 4 }),
    min: fc.nat(4),
    lazy: fc.boolean(),
    reuse: fc.constantFrom(true, true, false),
    maxUses: fc.constantFrom(undefined, undefined, 2),
    order: fc.constantFrom("lifo", "fifo"),
    acquireTimeout: fc.constantFrom(Infinity, 40),
    maxWaiting: fc.constantFrom(undefined, undefined, 2),
    idleTimeout: fc.constantFrom(undefined, 30),
    maxLifetime: fc.constantFrom(undefined, Infinity, 50),
    reapEvery: fc.constantFrom(Infinity, 10),
    retryDelay: fc.constant(3),
    retryCap: fc.constant(12),
    concurrency: fc.constantFrom(undefined, undefined, 1, 2),
    stepTimeout: fc.constantFrom(20, 20, Infinity),
  })
  .map(({ min, max, stepTimeout, ...others }) => {
    const stepTimeouts = Object.fromEntries(POINTS.slice(0, 7).map((step) => [step, stepTimeout]));
    return { ...others, max, min: Math.min(min, max), stepTimeouts, grace: 10 };
  });

/** How often each happens, and how often it does so at the end of a pool. */
const WEIGHTS = {
  acquire: 10,
  tryAcquire: 3,
  use: 3,
  admit: 3,
  acquireAdmitted: 3,
  giveUpAdmission: 1,
  giveBack: 12,
  giveBackAgain: 1,
  endBody: 3,
  abort: 3,
  lose: 3,
  fault: 9,
  open: 4,
  fail: 2,
  pass: 5,
  selfTest: 0.5,
  ready: 1,
  drain: 0.05,
  close: 0.1,
} satisfies Partial<Record<keyof World, number>>;

const kinds = kindsOf(WEIGHTS, 20);

/** What is done, with which, how, and how many microtasks run before the next: with 5 and more, all that can. */
const steps = fc.array(fc.tuple(kinds, fc.nat(99), fc.nat(99), fc.nat(9)), { maxLength: 200, size: "max" });

beforeAll(stopClock);
nothingIsLeft();
afterAll(() => {
  vi.useRealTimers();
});

test(`${MANY.toString()} random programs lose and make nothing`, { timeout: 60_000 + MANY * 20 }, async () => {
  let done = 0;
  const program = fc.asyncProperty(
    pools,
    fc.subarray([...POINTS]),
    fc.boolean(),
    steps,
    async (options, points, hears, list) => {
      const world = new World(options, points, hears);
      try {
        for (const [what, one, other, ticks] of list) {
          world[what](one, other);
          world.check();
          done++;
          if (ticks >= 5) await world.settle();
          else {
            for (let tick = 0; tick < ticks; tick++) {
              await TICK;
              world.check();
            }
          }
        }
        await world.end();
      } catch (error) {
        await world.abandon();
        throw error;
      }
    },
  );
  await fc.assert(program, { numRuns: MANY, seed: SEED });
  console.info(`steps: ${done.toString()}`);
  expect(done).toBeGreaterThanOrEqual(MANY * 84);
});
