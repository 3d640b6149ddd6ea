import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { channel, inspect, mapConcurrent, report } from "tailrace";
import type { Mapped } from "tailrace";
import { describe, expect, expectTypeOf, test } from "vitest";
import { idle, within } from "../deadline.ts";
import { collect, leave, range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { aborted } from "../tasks.ts";

nothingIsLeft();

const sources: [string, (items: number[]) => AsyncIterable<number> | Iterable<number> | ReadableStream<number>][] = [
  ["an array", (items) => items],
  ["a generator", (items) => items.values()],
  [
    "an async generator",
    async function* (items) {
      for (const item of items) yield await Promise.resolve(item);
    },
  ],
  [
    "a channel",
    (items) => {
      const ch = channel<number>({ capacity: items.length });
      for (const item of items) ch.trySend(item);
      ch.close();
      return ch;
    },
  ],
  ["a stream of Node", (items) => Readable.from(items) satisfies AsyncIterable<number>],
  ["a web stream", (items) => ReadableStream.from<number>(items)],
];

describe.for(sources)("from %s", ([, source]) => {
  test("all results come, in order, and never more run at a time than may", async () => {
    for (const concurrency of [1, 3, 16, Infinity]) {
      let running = 0;
      let most = 0;
      const double = async (n: number): Promise<number> => {
        most = Math.max(most, ++running);
        for (let turn = 0; turn < n % 5; turn++) await Promise.resolve();
        running--;
        return n * 2;
      };
      expect(await within(mapConcurrent(source(range(50)), double, { concurrency }))).toEqual(
        range(50).map((n) => n * 2),
      );
      expect(await within(collect(mapConcurrent(source(range(50)), double, { concurrency })))).toEqual(
        range(50).map((n) => n * 2),
      );
      expect(most).toBeLessThanOrEqual(concurrency);
      const loose = mapConcurrent(source(range(50)), double, { concurrency, ordered: false });
      expect((await within(collect(loose))).sort((a, b) => a - b)).toEqual(range(50).map((n) => n * 2));
    }
  });

  test("an empty one gives nothing", async () => {
    expect(await within(mapConcurrent(source([]), (n) => n, { concurrency: 4 }))).toEqual([]);
    expect(await within(collect(mapConcurrent(source([]), (n) => n, { concurrency: 4 })))).toEqual([]);
  });
});

describe("order", () => {
  const waits = [30, 1, 15];
  const work = async (wait: number): Promise<number> => {
    await sleep(wait);
    return wait;
  };

  test("ordered, a result waits for those before it", async () => {
    expect(await within(collect(mapConcurrent(waits, work, { concurrency: 3 })))).toEqual([30, 1, 15]);
  });

  test("not ordered, they come as they are ready, awaited or one by one", async () => {
    expect(await within(collect(mapConcurrent(waits, work, { concurrency: 3, ordered: false })))).toEqual([1, 15, 30]);
    expect(await within(mapConcurrent(waits, work, { concurrency: 3, ordered: false }))).toEqual([1, 15, 30]);
  });

  test("the function is called in the order of the items, with their places", async () => {
    const called: [string, number][] = [];
    await within(
      mapConcurrent(
        ["a", "b", "c", "d"],
        async (item, { index }) => {
          called.push([item, index]);
          await sleep(4 - index);
        },
        { concurrency: 2 },
      ),
    );
    expect(called).toEqual([
      ["a", 0],
      ["b", 1],
      ["c", 2],
      ["d", 3],
    ]);
  });
});

describe("while the loop is busy", () => {
  test("the work goes on, and reads no further ahead than it may", async () => {
    for (const [concurrency, buffer] of [
      [2, 3],
      [4, undefined],
      [1, 0],
    ] as const) {
      let read = 0;
      function* endless(): Generator<number> {
        for (;;) yield read++;
      }
      const results = mapConcurrent(endless(), (n) => n, { concurrency, buffer });
      const loop = results[Symbol.asyncIterator]();
      for (let taken = 1; taken < 20; taken++) {
        expect((await within(loop.next())).value).toBe(taken - 1);
        await idle();
        expect(read).toBe(taken + concurrency + (buffer ?? concurrency));
      }
      await leave(loop);
    }
  });

  test("workers keep running during a slow body", async () => {
    let done = 0;
    const work = async (n: number): Promise<number> => {
      await Promise.resolve();
      done++;
      return n;
    };
    const loop = mapConcurrent(range(100), work, { concurrency: 4, buffer: 8 })[Symbol.asyncIterator]();
    await within(loop.next());
    await idle(); // the body
    expect(done).toBe(1 + 4 + 8);
    await leave(loop);
  });

  test("that it waits for its results to be taken is in the report, and gone afterwards", async () => {
    const loop = mapConcurrent(range(9), (n) => n, { concurrency: 2, buffer: 0, name: "pages" })[
      Symbol.asyncIterator
    ]();
    await within(loop.next());
    await idle();
    expect(report()).toMatch(
      /^work on map "pages" \(0 of 2 at work\) has waited .* for its results to be taken; as many as may be are ready$/u,
    );
    await leave(loop);
    expect(inspect().waits).toEqual([]);
  });
});

describe("failure", () => {
  const uses: [string, <T>(results: Mapped<T>) => Promise<unknown>][] = [
    ["awaited", async (results) => results],
    ["in a loop", (results) => collect(results)],
  ];

  test.for(uses)("%s: the first one aborts the others and closes the source", async ([, use]) => {
    const error = new Error("broken");
    let closed = false;
    const reasons: unknown[] = [];
    async function* source(): AsyncGenerator<number> {
      try {
        for (let i = 0; ; i++) yield await Promise.resolve(i);
      } finally {
        closed = true;
      }
    }
    const work = async (n: number, { signal }: { signal: AbortSignal }): Promise<number> => {
      if (n === 3) throw error;
      if (n < 2) return n;
      reasons.push(await aborted(signal));
      throw new Error("gave up", { cause: signal.reason });
    };
    await expect(within(use(mapConcurrent(source(), work, { concurrency: 3 })))).rejects.toBe(error);
    expect([closed, reasons]).toEqual([true, [error]]);
  });

  test.for(uses)("%s: a source that fails is not closed, and what ran has ended", async ([, use]) => {
    const error = new Error("no more");
    let ended = 0;
    function* source(): Generator<number> {
      yield 1;
      yield 2;
      throw error;
    }
    const work = async (): Promise<void> => {
      await sleep(2);
      ended++;
    };
    await expect(within(use(mapConcurrent(source(), work, { concurrency: 3 })))).rejects.toBe(error);
    expect(ended).toBe(2);
  });

  test.for(uses)("%s: another failure is kept beside the first", async ([, use]) => {
    const errors = [new Error("first"), new Error("second")];
    const work = async (n: number): Promise<never> => {
      await sleep(n);
      throw errors[n] ?? new Error("no such");
    };
    const failed = await within(
      use(mapConcurrent([0, 1], work, { concurrency: 2, name: "m" })).catch((e: unknown) => e),
    );
    expect(failed).toBeInstanceOf(AggregateError);
    expect(failed).toMatchObject({ errors, cause: errors[0], message: 'map "m": 2 failures, first: first' });
  });

  test.for(uses)("%s: an abort from outside is its end", async ([, use]) => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const never = async (_: number, { signal }: { signal: AbortSignal }): Promise<never> => {
      throw (await aborted(signal)) as Error;
    };
    const used = use(mapConcurrent(range(5), never, { concurrency: 2, signal: controller.signal }));
    await idle();
    controller.abort(reason);
    await expect(within(used)).rejects.toBe(reason);
  });

  test("a function that throws before it awaits fails it, too", async () => {
    const error = new Error("at once");
    const work = (): number => {
      throw error;
    };
    await expect(within(mapConcurrent([1, 2], work, { concurrency: 2 }))).rejects.toBe(error);
  });
});

describe("leaving the loop", () => {
  test("closes the source, aborts what runs and waits for it", async () => {
    const events: string[] = [];
    async function* source(): AsyncGenerator<number> {
      try {
        for (let i = 0; ; i++) yield await Promise.resolve(i);
      } finally {
        await idle();
        events.push("closed");
      }
    }
    const work = async (n: number, { signal }: { signal: AbortSignal }): Promise<number> => {
      if (n < 2) return n;
      await aborted(signal);
      events.push(`aborted ${n.toString()}`);
      return n;
    };
    for await (const n of mapConcurrent(source(), work, { concurrency: 2 })) {
      await idle();
      if (n === 1) break;
    }
    events.push("left");
    expect(events).toEqual(["aborted 2", "aborted 3", "closed", "left"]);
  });

  test("is no failure of those that say that they were told to stop", async () => {
    const work = async (n: number, { signal }: { signal: AbortSignal }): Promise<number> => {
      if (n === 0) return n;
      throw (await aborted(signal)) as Error;
    };
    for await (const n of mapConcurrent(range(9), work, { concurrency: 3 })) {
      await idle();
      expect(n).toBe(0);
      break;
    }
  });

  test("but a failure in the clean-up is one", async () => {
    const error = new Error("cannot clean up");
    const work = async (n: number, { signal }: { signal: AbortSignal }): Promise<number> => {
      if (n === 0) return n;
      await aborted(signal);
      throw error;
    };
    const left = (async () => {
      for await (const n of mapConcurrent(range(2), work, { concurrency: 2 })) return n;
      return undefined;
    })();
    await expect(within(left)).rejects.toBe(error);
  });

  test("before anything was asked for closes the source, too", async () => {
    let closed = false;
    const source = {
      [Symbol.iterator]: () => ({
        next: () => ({ done: false, value: 1 }),
        return: () => ((closed = true), { done: true, value: undefined }),
      }),
    } as Iterable<number>;
    const loop = mapConcurrent(source, (n) => n, { concurrency: 2 })[Symbol.asyncIterator]();
    expect(await within(loop.return?.() ?? Promise.reject(new Error("no return")))).toEqual({
      value: undefined,
      done: true,
    });
    expect(closed).toBe(true);
    expect(await within(loop.next())).toEqual({ value: undefined, done: true });
  });
});

test("nothing is read before somebody asks", async () => {
  let read = 0;
  function* source(): Generator<number> {
    for (;;) yield read++;
  }
  const results = mapConcurrent(source(), (n) => n, { concurrency: 2 });
  await idle();
  expect(read).toBe(0);
  await leave(results[Symbol.asyncIterator]());
});

test("arguments that cannot be used are refused, by name", () => {
  const id = (n: number): number => n;
  expect(() => mapConcurrent([1], id, { concurrency: 0 })).toThrow("concurrency: was given 0");
  expect(() => mapConcurrent([1], id, {} as never)).toThrow("concurrency: was given undefined");
  expect(() => mapConcurrent([1], id, { concurrency: 1, buffer: -1 })).toThrow("buffer: was given -1");
  expect(() => mapConcurrent(5 as never, id, { concurrency: 1 })).toThrow("source: was given 5");
  expect(() => mapConcurrent([1], "id" as never, { concurrency: 1 })).toThrow('fn: was given "id"');
});

test("results are typed by the function", () => {
  const loaded = mapConcurrent(new Map([["a", 1]]), ([key]) => Promise.resolve(key.length > 0), { concurrency: 1 });
  expectTypeOf(loaded).toEqualTypeOf<Mapped<boolean>>();
});

test("nothing is lost, repeated or out of order, whatever takes how long", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.integer({ min: 1, max: 4 }),
      fc.nat(4),
      fc.nat(12),
      fc.boolean(),
      async (scheduler, concurrency, buffer, length, ordered) => {
        let running = 0;
        const work = async (n: number): Promise<number> => {
          expect(++running).toBeLessThanOrEqual(concurrency);
          await scheduler.schedule(Promise.resolve());
          running--;
          return n;
        };
        const all = (async () => {
          const got: number[] = [];
          for await (const n of mapConcurrent(range(length), work, { concurrency, buffer, ordered })) {
            got.push(n);
            await scheduler.schedule(Promise.resolve());
          }
          return got;
        })();
        const got = await scheduler.waitFor(all);
        expect(ordered ? got : got.toSorted((a, b) => a - b)).toEqual(range(length));
      },
    ),
    { numRuns: 200 },
  );
});
