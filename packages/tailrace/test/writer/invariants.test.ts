// Random use of a scheduler, with random streams, under a clock that the test has: whatever happens when, lists and states
// agree, and each chunk that was taken is written once and in its order, unless it was given up.
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { turn } from "../deadline.ts";
import { kindsOf } from "../kinds.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { stopClock } from "../pool/clock.ts";
import { World } from "./world.ts";

const { env } = (globalThis as { process?: { env: Record<string, string | undefined> } }).process ?? { env: {} };
const MANY = Number(env["PROGRAMS"] ?? 400);
const SEED = Number(env["SEED"] ?? 24);

/** How often each happens. */
const WEIGHTS = {
  open: 4,
  lane: 4,
  send: 20,
  trySend: 20,
  giveUp: 3,
  closeLane: 2,
  abortLane: 1,
  close: 0.5,
  abort: 0.3,
  drain: 15,
  call: 3,
  fill: 4,
  destroy: 0.4,
  end: 0.3,
  network: 4,
  policy: 1,
  interval: 1,
  pass: 6,
  hook: 8,
} satisfies Partial<Record<keyof World, number>>;

const kinds = kindsOf(WEIGHTS, 10);

/** What happens, with which and how, and whether the event loop turns then. */
const steps = fc.array(fc.tuple(kinds, fc.nat(99), fc.nat(99), fc.nat(3)), { maxLength: 300, size: "max" });

beforeAll(stopClock);
nothingIsLeft();
afterAll(() => {
  vi.useRealTimers();
});

test(
  `${MANY.toString()} random programs lose nothing and write nothing twice`,
  { timeout: 60_000 + MANY * 50 },
  async () => {
    let done = 0;
    const program = fc.asyncProperty(
      fc.constantFrom(1, 50, 16_384),
      fc.boolean(),
      steps,
      async (quantum, asks, list) => {
        const world = new World(quantum, asks);
        try {
          world.open(1, 1);
          for (const [what, at, how, turns] of list) {
            world[what](at, how);
            world.check();
            done++;
            if (turns > 0) continue;
            await turn();
            world.check();
          }
          await world.settle();
        } catch (error) {
          world.abandon();
          throw error;
        }
      },
    );
    await fc.assert(program, { numRuns: MANY, seed: SEED });
    console.info(`triggers: ${done.toString()}`);
    expect(done).toBeGreaterThanOrEqual(MANY * 100);
  },
);
