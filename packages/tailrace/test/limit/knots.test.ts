import { setTimeout as sleep } from "node:timers/promises";
import { limit, StarvationError } from "tailrace";
import type { Limit } from "tailrace";
import { explore } from "tailrace/testing";
import { describe, expect, test } from "vitest";
import { idle, within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { tasksAreKnown, Gate } from "../tasks.ts";

nothingIsLeft();

const inner = (): number => 1;

/** Takes limits one inside the other, in that order. */
async function take(limits: readonly Limit[], step: () => Promise<unknown>): Promise<void> {
  const [first, ...rest] = limits;
  if (first === undefined) return;
  await first(async () => {
    await step();
    await take(rest, step);
  });
}

describe.runIf(tasksAreKnown)("limits that are taken in different orders", () => {
  test("two: the call that closes the knot is refused, and the other one goes on", async () => {
    const [a, b] = [limit(1, { name: "a" }), limit(1, { name: "b" })];
    const one = a(async function holdsA() {
      await idle();
      return b(inner);
    });
    const two = b(async function holdsB() {
      await idle();
      return a(inner);
    });
    const [first, second] = await within(Promise.allSettled([one, two]));
    expect(first).toEqual({ status: "fulfilled", value: 1 });
    expect(second).toMatchObject({
      reason: {
        code: "TAILRACE_STARVATION",
        message:
          'the call of "inner" waits for a permit of limit "a" (1 of 1 permit taken), which the call of "holdsA" keeps ' +
          'until it gets a permit of limit "b" (1 of 1 permit taken), which the call of "holdsB" keeps until this call is done',
      },
    });
  });

  test.each([
    ["three in a ring", 3, 1],
    ["five in a ring", 5, 1],
    ["two with two permits each", 2, 2],
  ])("%s", async (_, many, permits) => {
    const limits = Array.from({ length: many }, () => limit(permits));
    const pairs = limits.map((_, nth) => [...limits, ...limits].slice(nth, nth + 2));
    const calls = Array.from({ length: permits }, () => pairs.map((pair) => take(pair, idle))).flat();
    const results = await within(Promise.allSettled(calls));
    const refused = results.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
    expect(refused).toEqual([expect.any(StarvationError)]);
  });

  test("a permit that somebody may still give back is waited for", async () => {
    const [a, b] = [limit(1), limit(2)];
    const busy = new Gate();
    const other = b(busy.run);
    const one = take([a, b], idle);
    const two = take([b, a], idle);
    await idle();
    await idle();
    await idle();
    busy.open();
    await within(Promise.all([other, one, two]));
  });

  test("who awaits several calls is kept by any of them", async () => {
    const [a, b] = [limit(1, { name: "a" }), limit(1, { name: "b" })];
    const free = limit(1);
    const one = a(async () => {
      await idle();
      await Promise.all([free(() => idle()), b(inner)]);
    });
    const two = take([b, a], idle);
    const results = await within(Promise.allSettled([one, two]));
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});

describe.runIf(tasksAreKnown)("it is no knot", () => {
  test("if a call in between was only started", async () => {
    const [a, b] = [limit(1), limit(1)];
    let started: Promise<number> | undefined;
    await within(
      a(async () => {
        started = b(async () => a(inner));
        await sleep(1);
      }),
    );
    expect(await within(started ?? Promise.resolve(0))).toBe(1);
  });

  test("unless it is awaited later", async () => {
    const [a, b] = [limit(1), limit(1)];
    const call = a(async () => {
      const started = b(async () => a(inner));
      await sleep(1);
      return started;
    });
    await expect(within(call)).rejects.toBeInstanceOf(StarvationError);
  });

  test("if something else is enough for who waits", async () => {
    const [a, b] = [limit(1), limit(1)];
    const one = a(async () => {
      await idle();
      return Promise.race([b(inner), sleep(5, "late")]);
    });
    const two = take([b, a], idle);
    expect(await within(one)).toBe("late");
    await within(two);
  });

  test("if who waits gives up", async () => {
    const [a, b] = [limit(1), limit(1)];
    const one = a(async () => {
      await idle();
      await b
        .with({ timeout: 5 })(inner)
        .catch(() => undefined);
    });
    await within(Promise.allSettled([one, take([b, a], () => sleep(10))]));
  });
});

test.runIf(tasksAreKnown)(
  "whatever the order and the schedule, calls are refused only if they cannot go on, and all settle",
  async () => {
    let [schedules, refused] = [0, 0];
    const orders = [
      [
        [0, 1],
        [1, 0],
      ],
      [
        [0, 1],
        [0, 1],
      ],
      [
        [0, 1],
        [1, 2],
        [2, 0],
      ],
    ] as const;
    for (const order of orders) {
      const exploration = await explore((explored) => {
        const limits = [limit(1), limit(1), limit(1)] as const;
        let settled = 0;
        order.forEach((taken, nth) => {
          explored.party(`takes ${taken.join(" ")} (${nth.toString()})`, async (step) => {
            const result = await take(
              taken.map((one) => limits[one]),
              step,
            ).catch((error: unknown) => error);
            if (result !== undefined) {
              refused++;
              expect(result).toBeInstanceOf(StarvationError);
              // Where all take them in the same order, nobody can be kept for ever.
              expect(order).not.toBe(orders[1]);
            }
            settled++;
          });
        });
        return () => {
          expect([settled, ...limits.map((one) => one.activeCount + one.pendingCount)]).toEqual([
            order.length,
            0,
            0,
            0,
          ]);
        };
      });
      expect(exploration.complete).toBe(true);
      schedules += exploration.schedules;
    }
    expect([schedules > 100, refused > 0]).toEqual([true, true]);
  },
);
