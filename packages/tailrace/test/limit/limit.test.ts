import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { inspect, limit, limitFunction, report, scope, StarvationError, TimeoutError } from "tailrace";
import { describe, expect, expectTypeOf, test } from "vitest";
import { idle, within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { Gate, tasksAreKnown } from "../tasks.ts";

nothingIsLeft();

// The first one of the file, because what is the first in a process was once taken for what it is not.
test("a call that waits outside of the one that has the permit is not taken for one inside of it", async () => {
  const limited = limit(1);
  const gate = new Gate<number>();
  const held = limited(gate.run);
  await idle();
  const waiting = Promise.all([limited(() => 2)]);
  await idle();
  gate.open(1);
  expect(await within(Promise.all([held, waiting]))).toEqual([1, [2]]);
});

describe("what p-limit does", () => {
  test("at most so many run at a time, in the order of their calls", async () => {
    const limited = limit(3);
    const order: number[] = [];
    let most = 0;
    await within(
      Promise.all(
        Array.from({ length: 40 }, (_, i) =>
          limited(async () => {
            order.push(i);
            most = Math.max(most, limited.activeCount);
            await sleep(i % 3);
          }),
        ),
      ),
    );
    expect(order).toEqual(Array.from({ length: 40 }, (_, i) => i));
    expect([most, limited.activeCount, limited.pendingCount]).toEqual([3, 0, 0]);
  });

  test("arguments are passed on, results and errors come back, and a failure keeps no permit", async () => {
    const limited = limit(1);
    expect(await within(limited((a: number, b: number) => a + b, 1, 2))).toBe(3);
    const error = new Error("broken");
    await expect(within(limited(() => Promise.reject(error)))).rejects.toBe(error);
    const thrown = limited((): number => {
      throw error;
    });
    await expect(within(thrown)).rejects.toBe(error);
    expect(await within(limited(() => "next"))).toBe("next");
  });

  test("the function is not called before the caller goes on; the permit is taken at once", async () => {
    const limited = limit(1);
    let called = false;
    const result = limited(() => (called = true));
    expect([called, limited.activeCount, limited.pendingCount]).toEqual([false, 1, 0]);
    await within(result);
    expect([called, limited.activeCount]).toEqual([true, 0]);
  });

  test("activeCount and pendingCount follow the calls", async () => {
    const limited = limit(2);
    const gates = [new Gate<string>(), new Gate<string>(), new Gate<string>()];
    const results = gates.map(({ run }) => limited(run));
    await idle();
    expect([limited.activeCount, limited.pendingCount]).toEqual([2, 1]);
    gates[0]?.open("done");
    await within(results[0] ?? Promise.reject(new Error("no result")));
    await idle();
    expect([limited.activeCount, limited.pendingCount]).toEqual([2, 0]);
    for (const one of gates) one.open("done");
    await within(Promise.all(results));
  });

  test("concurrency can be raised and lowered while calls run", async () => {
    const limited = limit(1);
    let running = 0;
    const seen: number[] = [];
    const work = async (): Promise<void> => {
      seen.push(++running);
      await sleep(1);
      running--;
    };
    const first = Array.from({ length: 6 }, () => limited(work));
    limited.concurrency = 3;
    expect(limited.concurrency).toBe(3);
    await within(Promise.all(first));
    expect(Math.max(...seen)).toBe(3);
    limited.concurrency = 1;
    seen.length = 0;
    await within(Promise.all(Array.from({ length: 4 }, () => limited(work))));
    expect(seen).toEqual([1, 1, 1, 1]);
  });

  test("map gives the results in order and rejects with the first failure", async () => {
    const limited = limit(2);
    const inputs = new Set(["a", "bb", "ccc"]);
    const lengths = limited.map(inputs, async (text, index) => {
      await sleep(3 - index);
      return [text.length, index] as const;
    });
    expectTypeOf(lengths).toEqualTypeOf<Promise<(readonly [number, number])[]>>();
    expect(await within(lengths)).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
    ]);
    const failing = limited.map([1, 2], (n) => Promise.reject(new Error(`no ${n.toString()}`)));
    await expect(within(failing)).rejects.toThrow("no 1");
  });

  test("an iterable that throws fails map, and what it gave before runs unheard", async () => {
    const limited = limit(1);
    const ran: number[] = [];
    function* inputs(): Generator<number> {
      yield 1;
      throw new Error("no more");
    }
    const mapped = limited.map(inputs(), (n) => {
      ran.push(n);
      throw new Error("unheard");
    });
    await expect(within(mapped)).rejects.toThrow("no more");
    await idle();
    expect(ran).toEqual([1]);
  });

  test("limitFunction limits one function", async () => {
    let most = 0;
    let running = 0;
    const work = limitFunction(
      async (n: number) => {
        most = Math.max(most, ++running);
        await sleep(1);
        running--;
        return n * 2;
      },
      { concurrency: 2 },
    );
    expect(await within(Promise.all([1, 2, 3, 4].map((n) => work(n))))).toEqual([2, 4, 6, 8]);
    expect(most).toBe(2);
    expectTypeOf(work).parameters.toEqualTypeOf<[number]>();
  });

  test("each function runs in the async context of its caller", async () => {
    const storage = new AsyncLocalStorage<number>();
    const limited = limit(1);
    const seen = Array.from({ length: 5 }, (_, i) =>
      storage.run(i, () =>
        limited(async () => {
          await sleep(1);
          return storage.getStore();
        }),
      ),
    );
    expect(await within(Promise.all(seen))).toEqual([0, 1, 2, 3, 4]);
  });

  test("what cannot be a limit is refused", () => {
    for (const wrong of [0, -1, 1.5, NaN, "4", undefined, {}]) {
      expect(() => limit(wrong as number)).toThrow(/concurrency: was given .*, wants a whole number from 1/u);
    }
    expect(() => limit({ concurrency: 1, rejectOnClear: 1 as never })).toThrow("rejectOnClear: was given 1");
    expect(limit(Infinity).concurrency).toBe(Infinity);
    const { concurrency, name } = limit({ concurrency: 2, name: "db" });
    expect([concurrency, name]).toEqual([2, "db"]);
  });
});

describe("nothing that waits is left behind", () => {
  test("clearQueue rejects the calls that wait, once, and those that run go on", async () => {
    const limited = limit(1, { name: "db" });
    const first = new Gate<string>();
    const running = limited(first.run);
    let ran = false;
    const waiting = [1, 2].map(() => limited(() => (ran = true)));
    limited.clearQueue();
    expect(limited.pendingCount).toBe(0);
    for (const one of waiting) await expect(within(one)).rejects.toMatchObject({ name: "AbortError" });
    first.open("done");
    expect(await within(running)).toBe("done");
    expect([ran, await within(limited(() => "again"))]).toEqual([false, "again"]);
  });

  test("an abort or a time-out removes the call, and its function never runs", async () => {
    const limited = limit(1, { name: "db" });
    const first = new Gate<string>();
    const running = limited(first.run);
    const controller = new AbortController();
    let ran = 0;
    const aborted = limited.with({ signal: controller.signal })(() => ran++);
    const late = limited.with({ timeout: 20, name: "query" })(() => ran++);
    const patient = limited(() => "served");
    const reason = new Error("stop");
    controller.abort(reason);
    await expect(within(aborted)).rejects.toBe(reason);
    const error = await within(late.catch((e: unknown) => e));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(String(error)).toContain('call on limit "db" (1 of 1 permit taken) waited 20 ms for a permit');
    expect(limited.pendingCount).toBe(1);
    first.open("done");
    await within(running);
    expect([await within(patient), ran]).toEqual(["served", 0]);
    await expect(within(limited.with({ signal: controller.signal })(() => ran++))).rejects.toBe(reason);
  });

  test("a function that outlives the patience of its caller still counts", async () => {
    const limited = limit(2);
    let running = 0;
    let most = 0;
    const jobs = Array.from({ length: 20 }, () =>
      limited
        .with({ timeout: 5 })(async () => {
          most = Math.max(most, ++running);
          await sleep(10);
          running--;
        })
        .catch(() => undefined),
    );
    await within(Promise.all(jobs));
    await idle();
    expect(most).toBe(2);
  });

  test("with rejectOnClear, a cleared call that nobody looks at is an unhandled rejection", async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => {
      unhandled.push(reason);
    };
    const listeners = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection").on("unhandledRejection", note);
    try {
      for (const rejectOnClear of [false, true]) {
        const limited = limit({ concurrency: 1, rejectOnClear });
        const first = new Gate<string>();
        const running = limited(first.run);
        void limited(() => 1);
        void limited.with({ timeout: 60_000 })(() => 2);
        limited.clearQueue();
        first.open("done");
        await within(running);
        await idle();
        expect(unhandled.length).toBe(rejectOnClear ? 2 : 0);
      }
    } finally {
      process.removeAllListeners("unhandledRejection");
      for (const listener of listeners) process.on("unhandledRejection", listener);
    }
  });

  test("each call that waits is in the report with its task, the longest wait first", async () => {
    const limited = limit(1, { name: "db" });
    const first = new Gate<string>();
    const running = limited(first.run);
    await within(
      scope(async (s) => {
        s.spawn(() => limited(() => 1), { name: "reader" });
        await idle();
        s.spawn(() => limited.with({ timeout: 60_000 })(() => 2), { name: "writer" });
        await idle();
        s.spawn(() => limited(() => 3), { name: "sweeper" });
        const waits = inspect().waits.filter(({ operation }) => operation === "call");
        const tasks = tasksAreKnown ? ["reader", "writer", "sweeper"] : [];
        expect(waits.map(({ task }) => task).filter((task) => task !== undefined)).toEqual(tasks);
        expect(waits.map(({ resource }) => resource.name)).toEqual(["db", "db", "db"]);
        first.open("done");
      }),
    );
    await within(running);
  });

  test("the report has every call, however many wait", async () => {
    const limited = limit(1);
    const first = new Gate<string>();
    const running = limited(first.run);
    const waiting = Array.from({ length: 200_000 }, () => limited(() => 1));
    expect(inspect().waits).toHaveLength(waiting.length);
    first.open("done");
    await within(Promise.all([running, ...waiting]));
  });

  test("what waits is in the report, by the limit's name", async () => {
    const limited = limit(1, { name: "db" });
    const first = new Gate<string>();
    const running = limited(first.run);
    const waiting = limited(() => 1);
    expect(report()).toMatch(/^call on limit "db" \(1 of 1 permit taken\) has waited \d+\.\d s for a permit/u);
    first.open("done");
    await within(Promise.all([running, waiting]));
    expect(inspect().waits).toEqual([]);
  });
});

test("timers run while one call follows the other", async () => {
  const limited = limit(1);
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  const end = performance.now() + 5_000;
  while (ticks === 0 && performance.now() < end) await limited(() => undefined);
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(0);
});

describe("weights", () => {
  test("a call waits until all its permits are free, and nobody overtakes it", async () => {
    const limited = limit(3);
    const gates = [new Gate<string>(), new Gate<string>(), new Gate<string>()];
    const order: string[] = [];
    const small = gates.slice(0, 2).map(({ run }) => limited(run));
    const large = limited.with({ weight: 3 })(() => {
      order.push("large");
      return gates[2]?.run();
    });
    const later = limited(() => order.push("later"));
    await idle();
    expect([order, limited.activeCount, limited.pendingCount]).toEqual([[], 2, 2]);
    gates[0]?.open("done");
    gates[1]?.open("done");
    await within(Promise.all(small));
    await idle();
    expect([order, limited.activeCount]).toEqual([["large"], 1]);
    gates[2]?.open("done");
    await within(Promise.all([large, later]));
    expect(order).toEqual(["large", "later"]);
  });

  test("when a large one gives up, those behind it go on", async () => {
    const limited = limit(2);
    const first = new Gate<string>();
    const running = limited(first.run);
    const controller = new AbortController();
    const large = limited.with({ weight: 2, signal: controller.signal })(() => 1);
    const small = limited(() => "small");
    await idle();
    controller.abort("no");
    await expect(within(large)).rejects.toBe("no");
    expect(await within(small)).toBe("small");
    first.open("done");
    await within(running);
  });

  test("more than there are is refused at once; if they become fewer meanwhile, it runs alone", async () => {
    const limited = limit(2, { name: "db" });
    await expect(within(limited.with({ weight: 3 })(() => 1))).rejects.toThrow(
      'weight: was given 3, wants not more than the 2 permits of limit "db"',
    );
    expect(() => limited.with({ weight: 0 })).toThrow("weight: was given 0");
    const first = new Gate<string>();
    const running = limited(first.run);
    const large = limited.with({ weight: 2 })(() => limited.activeCount);
    limited.concurrency = 1;
    await idle();
    first.open("done");
    await within(running);
    expect(await within(large)).toBe(1);
  });
});

describe("a call inside another one of the same limit", () => {
  test("is an error at once if it is awaited and can never run", async () => {
    const limited = limit(1, { name: "db" });
    let ran = false;
    const error = await within(
      limited(async function outer() {
        await sleep(1);
        // eslint-disable-next-line tailrace/no-nested-permit -- that is what is tested
        return limited(function inner() {
          ran = true;
        });
      }).catch((e: unknown) => e),
    );
    expect(error).toBeInstanceOf(StarvationError);
    expect(error).toMatchObject({
      code: "TAILRACE_STARVATION",
      message:
        'the call of "inner" waits for a permit of limit "db" (1 of 1 permit taken) inside the call of "outer", ' +
        "which keeps it until this call is done",
    });
    expect([ran, limited.activeCount, limited.pendingCount]).toEqual([false, 0, 0]);
  });

  const awaited: [string, (promise: Promise<number>) => unknown][] = [
    ["await", async (promise) => [await promise]],
    ["return", (promise) => promise],
    ["Promise.all", (promise) => Promise.all([promise])],
    ["then, awaited", async (promise) => [await promise.then((n) => n + 1)]],
    ["catch, awaited", async (promise) => [await promise.catch((e: unknown) => Promise.reject(e as Error))]],
    ["finally, awaited", async (promise) => [await promise.finally(() => undefined)]],
  ];
  test.for(awaited)("%s waits for it", async ([, wait]) => {
    const limited = limit(1);
    const result = limited(() => wait(limited(() => 1)));
    await expect(within(result)).rejects.toBeInstanceOf(StarvationError);
  });

  const started: [string, (promise: Promise<number>) => unknown][] = [
    ["nothing", () => undefined],
    [
      "then",
      (promise) => {
        promise.then((n) => n + 1).catch(() => undefined);
      },
    ],
    [
      "catch",
      (promise) => {
        promise.catch(() => undefined).catch(() => undefined);
      },
    ],
    [
      "finally",
      (promise) => {
        promise.finally(() => undefined).catch(() => undefined);
      },
    ],
    ["Promise.race", (promise) => Promise.race([promise, sleep(1)])],
    ["Promise.any", (promise) => Promise.any([promise, sleep(1)])],
    ["await of a race", async (promise) => [await Promise.race([promise, sleep(1)])]],
  ];
  test.for(started)("with %s it is only started, and runs afterwards", async ([, start]) => {
    const limited = limit(1);
    let ran = false;
    const outer = limited(async () => {
      void start(limited(() => Number((ran = true))));
      await sleep(1);
      return ran;
    });
    expect(await within(outer)).toBe(false);
    await idle();
    expect(ran).toBe(true);
  });

  test("waits if somebody else holds a permit, and is refused when nobody else does any more", async () => {
    const limited = limit(2);
    const other = new Gate<string>();
    const running = limited(other.run);
    const inside = new Gate<string>();
    const served = limited(async () => limited(inside.run));
    await idle();
    expect(limited.pendingCount).toBe(1);
    other.open("done");
    await within(running);
    await idle();
    inside.open("inner");
    expect(await within(served)).toBe("inner");

    const third = new Gate<string>();
    const again = limited(third.run);
    const starving = limited(async () => limited.with({ weight: 2 })(() => 1));
    await idle();
    expect(limited.pendingCount).toBe(1);
    third.open("done");
    await within(again);
    await expect(within(starving)).rejects.toBeInstanceOf(StarvationError);
  });

  test("is found through other limits and through tasks in between", async () => {
    const [outer, between] = [limit(1, { name: "outer" }), limit(1, { name: "between" })];
    const result = outer(function first() {
      return between(async () => outer(() => 1));
    });
    await expect(within(result)).rejects.toThrow('limit "outer" (1 of 1 permit taken) inside the call of "first"');
  });

  test("names every call that holds a permit around it", async () => {
    const limited = limit(2);
    const result = limited(function one() {
      return limited(function two() {
        return limited(() => 3);
      });
    });
    await expect(within(result)).rejects.toThrow('inside the call of "two", which is in that of "one"');
  });

  test("is found when all permits are held by calls that await one more, each for itself", async () => {
    const limited = limit(2, { name: "walk" });
    const walk = (name: string, depth: number): Promise<string> =>
      limited(async function visit() {
        await sleep(1);
        return depth === 0 ? name : walk(`${name}.`, depth - 1);
      });
    const [first, second] = await within(Promise.allSettled([walk("a", 1), walk("b", 1)]));
    // The one that came last is refused, and by that the other one can go on.
    expect(first).toEqual({ status: "fulfilled", value: "a." });
    expect(second).toMatchObject({
      status: "rejected",
      reason: {
        code: "TAILRACE_STARVATION",
        message:
          'the call of "visit" waits for a permit of limit "walk" (2 of 2 permits taken) inside the call of "visit", ' +
          "which keeps it until this call is done; the other permits are held by calls that wait for one in the same way",
      },
    });
    expect([limited.activeCount, limited.pendingCount]).toEqual([0, 0]);
  });

  test("waits as long as one of those that hold permits may go on", async () => {
    const limited = limit(2);
    const other = new Gate<string>();
    const busy = limited(async () => {
      await other.run();
      return limited(() => "inner of busy");
    });
    const blocked = limited(async () => limited(() => "inner of blocked"));
    await idle();
    expect(limited.pendingCount).toBe(1);
    other.open("done"); // now nobody can go on
    const [one, two] = await within(Promise.allSettled([busy, blocked]));
    expect(one).toMatchObject({ status: "rejected", reason: { code: "TAILRACE_STARVATION" } });
    expect(two).toEqual({ status: "fulfilled", value: "inner of blocked" });
  });

  test("a call that has ended does not count, although what it started awaits one more", async () => {
    const limited = limit(1);
    let inner: Promise<unknown> | undefined;
    await within(
      limited(async () => {
        inner = Promise.all([limited(() => "inner")]);
        await Promise.resolve();
      }).catch(() => undefined),
    );
    const ended = limited(() => {
      inner = Promise.all([limited(() => "inner")]);
    });
    await within(ended);
    expect(await within(inner ?? Promise.resolve())).toEqual(["inner"]);
  });

  test("a permit that was given back is not held by what was left running", async () => {
    const limited = limit(1);
    const later = new Gate<string>();
    let result: Promise<number> | undefined;
    await within(
      limited(() => {
        result = later.run().then(() => limited(() => 5));
      }),
    );
    later.open("done");
    expect(await within(result ?? Promise.reject(new Error("not started")))).toBe(5);
  });
});

test("permits are conserved, whatever runs, fails, gives up, nests and changes", async () => {
  const step = fc.record({
    weight: fc.integer({ min: 1, max: 3 }),
    fails: fc.boolean(),
    aborts: fc.boolean(),
    nested: fc.boolean(),
    resize: fc.option(fc.integer({ min: 3, max: 5 })),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.scheduler(), async (steps, scheduler) => {
      const limited = limit(3);
      let [held, bound] = [0, 3];
      const jobs = steps.map(async ({ weight, fails, aborts, nested, resize }) => {
        await scheduler.schedule(Promise.resolve());
        const controller = new AbortController();
        if (resize !== null) bound = Math.max(bound, (limited.concurrency = resize));
        if (aborts)
          void scheduler.schedule(Promise.resolve()).then(() => {
            controller.abort();
          });
        await limited
          .with({ weight, signal: controller.signal })(async () => {
            held += weight;
            expect(held).toBeLessThanOrEqual(bound);
            try {
              await scheduler.schedule(Promise.resolve());
              if (nested) void limited(() => undefined);
              if (fails) throw new Error("failed");
            } finally {
              held -= weight;
            }
          })
          .catch(() => undefined);
      });
      await scheduler.waitFor(Promise.all(jobs)); // a call may begin a turn of the event loop later
      await scheduler.waitIdle();
      await limited(() => undefined);
      await idle(); // what was called inside and not awaited
      expect([held, limited.activeCount, limited.pendingCount]).toEqual([0, 0, 0]);
    }),
    { numRuns: 200 },
  );
});
