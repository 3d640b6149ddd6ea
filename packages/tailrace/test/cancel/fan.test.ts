// Each program is stopped at every microtask of its run: wherever that is, nothing may be lost, come twice or be left
// waiting.
import { fanIn, fanOut, mapConcurrent, scope } from "tailrace";
import { describe, expect, test } from "vitest";
import { within } from "../deadline.ts";
import { collect, range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { abortEverywhere, everywhere, REASON, unless } from "./sweep.ts";

nothingIsLeft();

const MANY = 6;
const items = range(MANY);

/** A source that says whether it was closed or came to its end. */
function source<T>(given: readonly T[]): Watched<T> {
  let over = false;
  async function* generate(): AsyncGenerator<T> {
    try {
      for (const item of given) {
        await Promise.resolve();
        yield item;
      }
    } finally {
      await Promise.resolve();
      over = true;
    }
  }
  return { items: generate(), isOver: () => over };
}

interface Watched<T> {
  readonly items: AsyncGenerator<T>;
  readonly isOver: () => boolean;
}

/** The source is over, or was never begun: a generator that was not begun has nothing to clean up. */
async function expectOver(from: Watched<unknown>, begun: boolean): Promise<void> {
  if (begun) expect(from.isOver()).toBe(true);
  expect(await from.items.next()).toEqual({ value: undefined, done: true });
}

describe.for([
  [1, true],
  [2, true],
  [2, false],
  [9, true],
] as const)("mapConcurrent, %i at a time, ordered: %s", ([concurrency, ordered]) => {
  test("awaited, it has all results or fails with the reason, and nothing runs any more", async () => {
    await abortEverywhere(async (signal) => {
      const from = source(items);
      let [begun, ended] = [0, 0];
      const work = async (n: number): Promise<number> => {
        begun++;
        await Promise.resolve();
        ended++;
        return n;
      };
      let results: number[] | undefined;
      try {
        results = await mapConcurrent(from.items, work, { concurrency, ordered, signal });
      } catch (error) {
        unless(error);
      }
      if (results !== undefined) expect(results.sort()).toEqual(items);
      expect(ended).toBe(begun);
      await expectOver(from, begun > 0);
    });
  });

  test("iterated, what came is a part without gaps, and the source is closed", async () => {
    await abortEverywhere(async (signal) => {
      const from = source(items);
      const got: number[] = [];
      try {
        for await (const n of mapConcurrent(from.items, (item) => Promise.resolve(item), {
          concurrency,
          ordered,
          signal,
        }))
          got.push(n);
        expect(got).toHaveLength(MANY);
      } catch (error) {
        unless(error);
      }
      if (ordered) expect(got).toEqual(items.slice(0, got.length));
      else expect(new Set(got).size).toBe(got.length);
      await expectOver(from, got.length > 0);
    });
  });

  test("its loop may be left anywhere", async () => {
    await everywhere(async (onStop) => {
      const from = source(items);
      const loop = mapConcurrent(from.items, (item) => Promise.resolve(item), { concurrency, ordered })[
        Symbol.asyncIterator
      ]();
      let left: Promise<unknown> | undefined;
      onStop(() => {
        left = loop.return?.();
      });
      const got: number[] = [];
      for (let step = await loop.next(); step.done !== true; step = await loop.next()) got.push(step.value);
      await left;
      if (ordered) expect(got).toEqual(items.slice(0, got.length));
      expect(new Set(got).size).toBe(got.length);
      if (left === undefined) expect(got).toHaveLength(MANY);
      await expectOver(from, got.length > 0);
    });
  });
});

describe.for([0, 1, 16])("fanOut with buffer %i", (buffer) => {
  /** A sink that notes what it gets, and how it ended. */
  const noting = (): {
    readonly got: number[];
    readonly end: () => unknown;
    readonly run: (items: AsyncIterable<number>) => Promise<void>;
  } => {
    const got: number[] = [];
    let end: unknown;
    return {
      got,
      end: () => end,
      run: async (given) => {
        try {
          for await (const item of given) got.push(item);
          end = "the end";
        } catch (error) {
          end = error;
          throw error;
        }
      },
    };
  };

  test.for(["broadcast", "any", "zip"] as const)("%s: what is cut short is not taken for whole", async (route) => {
    await abortEverywhere(async (signal) => {
      const [singles, pairs] = [source(items), source(items.map((item) => [item, item]))];
      const from = route === "zip" ? pairs : singles;
      const sinks = [noting(), noting()];
      const runs = sinks.map(({ run }) => run);
      const results =
        route === "zip"
          ? fanOut(pairs.items, runs, { route, buffer, signal })
          : fanOut(singles.items, runs, { route, buffer, signal });
      const whole = await results.then(() => true, unless);
      for (const { got, end } of sinks) {
        expect(whole === true ? ["the end"] : ["the end", REASON, undefined]).toContain(end());
        if (end() === "the end") expect(from.isOver()).toBe(true);
        if (route !== "any") expect(got).toEqual(items.slice(0, end() === "the end" ? MANY : got.length));
      }
      const seen = sinks.flatMap(({ got }) => got);
      if (route === "any") expect(new Set(seen).size).toBe(seen.length);
      if (route === "any" && whole === true) expect(seen.sort()).toEqual(items);
      for (const report of results.sinks) {
        expect(report.status).toMatch(whole === true ? /^succeeded$/u : /^(?:aborted|succeeded)$/u);
        expect(report.lag).toBe(0);
      }
      await expectOver(from, seen.length > 0);
    });
  });

  test("a sink may leave anywhere: the other one gets everything", async () => {
    await abortEverywhere(async (signal) => {
      const from = source(items);
      const steady = noting();
      const fickle = async (given: AsyncIterable<number>): Promise<number> => {
        let got = 0;
        for await (const item of given) {
          expect(item).toBe(got++);
          if (signal.aborted) break;
        }
        return got;
      };
      const [, left] = await fanOut(from.items, [steady.run, fickle], { buffer });
      expect([steady.got, left <= MANY, from.isOver()]).toEqual([items, true, true]);
    });
  });
});

test("fanIn gives a part of each source without gaps, and closes all of them", async () => {
  await abortEverywhere(async (signal) => {
    const sources = { a: source(items), b: source(items) };
    const got: Record<string, number[]> = { a: [], b: [] };
    const merged = fanIn({ a: sources.a.items, b: sources.b.items }, { signal });
    try {
      for await (const [key, item] of merged) got[key]?.push(item);
      expect(got).toEqual({ a: items, b: items });
    } catch (error) {
      unless(error);
    }
    for (const seen of Object.values(got)) expect(seen).toEqual(items.slice(0, seen.length));
    expect(merged.sources.map(({ delivered }) => delivered)).toEqual([got["a"]?.length, got["b"]?.length]);
    for (const [key, from] of Object.entries(sources)) await expectOver(from, (got[key]?.length ?? 0) > 0);
  });
});

describe("a signal that aborts in the middle of it", () => {
  const readers: [string, (from: Iterable<number>, signal: AbortSignal) => PromiseLike<unknown>][] = [
    ["mapConcurrent, awaited", (from, signal) => mapConcurrent(from, (n) => n, { concurrency: 2, signal })],
    ["mapConcurrent, iterated", (from, signal) => collect(mapConcurrent(from, (n) => n, { concurrency: 2, signal }))],
    ["fanOut", (from, signal) => fanOut(from, [collect], { signal })],
    ["fanIn", (from, signal) => collect(fanIn([from], { signal }))],
  ];
  test.for(readers)("%s: by the source itself, which is closed nevertheless", async ([, read]) => {
    const controller = new AbortController();
    const events: string[] = [];
    function* source(): Generator<number> {
      try {
        for (const item of items) {
          if (item === 2) controller.abort(REASON);
          yield item;
        }
        events.push("read to its end");
      } finally {
        events.push("closed");
      }
    }
    await expect(within(Promise.resolve(read(source(), controller.signal)))).rejects.toBe(REASON);
    expect(events).toEqual(["closed"]);
  });

  const callers: [string, (stop: () => void, signal: AbortSignal) => PromiseLike<unknown>][] = [
    ["the function of mapConcurrent", (stop, signal) => mapConcurrent(items, stop, { concurrency: 2, signal })],
    [
      "the route of fanOut",
      (stop, signal) =>
        fanOut(items, [collect], {
          signal,
          route: () => {
            stop();
            return 0;
          },
        }),
    ],
    ["a sink", (stop, signal) => fanOut(items, [stop], { signal })],
    ["the function of a scope", (stop, signal) => scope(stop, { signal })],
  ];
  test.for(callers)("%s may do it, too", async ([, call]) => {
    const controller = new AbortController();
    const stop = (): void => {
      controller.abort(REASON);
    };
    await expect(within(Promise.resolve(call(stop, controller.signal)))).rejects.toBe(REASON);
  });
});
