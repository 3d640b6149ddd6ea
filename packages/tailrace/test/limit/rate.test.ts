import { inspect, limit, rate, report, TimeoutError } from "tailrace";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});

afterEach(() => {
  expect(inspect().waits).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** Calls that note when they start. */
function starts(): { readonly at: number[]; readonly note: () => number } {
  const at: number[] = [];
  return { at, note: () => at.push(Math.round(performance.now())) };
}

test("in any interval so many start, in the order of the calls", async () => {
  const limited = rate({ per: 3, interval: 100 });
  const order: number[] = [];
  const { at, note } = starts();
  const begin = performance.now();
  const all = Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      limited((n: number) => {
        note();
        order.push(n);
      }, i),
    ),
  );
  expect([at.length, limited.pendingCount]).toEqual([3, 7]);
  await vi.advanceTimersByTimeAsync(1000);
  await all;
  expect(order).toEqual(Array.from({ length: 10 }, (_, i) => i));
  expect(at.map((time) => time - begin)).toEqual([0, 0, 0, 100, 100, 100, 200, 200, 200, 300]);
});

test("the window slides: there is no border at which twice as many start", async () => {
  const limited = rate({ per: 2, interval: 100 });
  const { at, note } = starts();
  const begin = performance.now();
  await limited(note);
  await vi.advanceTimersByTimeAsync(90);
  const rest = Promise.all([limited(note), limited(note), limited(note)]);
  await vi.advanceTimersByTimeAsync(500);
  await rest;
  expect(at.map((time) => time - begin)).toEqual([0, 90, 100, 190]);
});

describe("giving up", () => {
  test("a call that gave up never runs and takes nobody's turn", async () => {
    const limited = rate({ per: 1, interval: 100, name: "api" });
    const controller = new AbortController();
    const { at, note } = starts();
    const begin = performance.now();
    await limited(note);
    const late = limited
      .with({ timeout: 40 })(note)
      .catch((e: unknown) => e);
    const aborted = limited
      .with({ signal: controller.signal })(note)
      .catch((e: unknown) => e);
    const served = limited(note);
    expect(report()).toContain(
      'call on rate "api" (1 per 100 ms) has waited 0.0 s for its turn; the next one is in 100 ms',
    );
    controller.abort("no");
    await vi.advanceTimersByTimeAsync(100);
    await served;
    expect(await aborted).toBe("no");
    expect(await late).toBeInstanceOf(TimeoutError);
    expect(at.map((time) => time - begin)).toEqual([0, 100]);
  });

  test("no timer is left when nobody waits any more", async () => {
    const limited = rate({ per: 1, interval: 1000 });
    await limited(() => 1);
    const late = limited
      .with({ timeout: 5 })(() => 2)
      .catch((e: unknown) => e);
    await vi.advanceTimersByTimeAsync(5);
    expect(await late).toBeInstanceOf(TimeoutError);
  });
});

test("errors come back, and a failure is a start like any other", async () => {
  const limited = rate({ per: 1, interval: 50 });
  await expect(
    limited(() => {
      throw new Error("broken");
    }),
  ).rejects.toThrow("broken");
  const next = limited(() => "next");
  expect(limited.pendingCount).toBe(1);
  await vi.advanceTimersByTimeAsync(50);
  expect(await next).toBe("next");
});

test("a limit inside of it is taken only when it is time", async () => {
  const [polite, few] = [rate({ per: 2, interval: 100 }), limit(1)];
  const all = Promise.all([1, 2, 3].map((n) => polite(() => few(() => n))));
  expect(few.pendingCount + few.activeCount).toBe(2);
  await vi.advanceTimersByTimeAsync(100);
  expect(await all).toEqual([1, 2, 3]);
});

test("arguments that cannot be used are refused, by name", () => {
  expect(() => rate({ per: 0, interval: 1 })).toThrow("per: was given 0");
  expect(() => rate({ per: Infinity, interval: 1 })).toThrow("per: was given Infinity");
  expect(() => rate({ per: 1 } as never)).toThrow("interval: was given undefined");
});
