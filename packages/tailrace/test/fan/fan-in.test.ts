import { Readable } from "node:stream";
import fc from "fast-check";
import { channel, fanIn, inspect, report } from "tailrace";
import type { Merged } from "tailrace";
import { describe, expect, expectTypeOf, test } from "vitest";
import { idle, within } from "../deadline.ts";
import { collect, leave } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { Gate } from "../tasks.ts";

nothingIsLeft();

test("everything comes from sources of every kind, and it ends with the last of them", async () => {
  const ch = channel<number>({ capacity: 2 });
  ch.trySend(1);
  ch.trySend(2);
  ch.close();
  const streams = [Readable.from([3, 4]) as AsyncIterable<number>, ReadableStream.from<number>([5, 6])];
  const all = await within(collect(fanIn([ch, ...streams, [7], new Set<number>()])));
  expect(all.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test("items of a record come with the key of their source", async () => {
  const merged = fanIn({ orders: ["book"], payments: [12] });
  expectTypeOf(merged).toEqualTypeOf<Merged<readonly ["orders", string] | readonly ["payments", number]>>();
  expect(await within(collect(merged))).toEqual([
    ["orders", "book"],
    ["payments", 12],
  ]);
});

test("the order is that of arrival, and within a source its own", async () => {
  const [a, b] = [channel<string>({ capacity: 4 }), channel<string>({ capacity: 4 })];
  const all = collect(fanIn([a, b]));
  for (const [ch, item] of [
    [b, "b1"],
    [b, "b2"],
    [a, "a1"],
    [b, "b3"],
  ] as const) {
    ch.trySend(item);
    await idle();
  }
  a.close();
  b.close();
  expect(await within(all)).toEqual(["b1", "b2", "a1", "b3"]);
});

test("a source that always has an item does not keep back the others", async () => {
  function* endless(): Generator<string> {
    for (;;) yield "fast";
  }
  const slow = channel<string>({ capacity: 1 });
  let between = 0;
  let seen = 0;
  for await (const item of fanIn([endless(), endless(), slow])) {
    between++;
    if (item !== "slow") {
      if (slow.size === 0 && seen < 20) slow.trySend("slow");
      continue;
    }
    expect(between).toBeLessThanOrEqual(12);
    between = 0;
    if (++seen === 20) break;
  }
  expect(seen).toBe(20);
});

test("of each source one item is read ahead and no more, and none before the first is asked for", async () => {
  const read = [0, 0];
  function* counting(place: number): Generator<number> {
    for (;;) {
      read[place] = (read[place] ?? 0) + 1;
      yield place;
    }
  }
  const loop = fanIn([counting(0), counting(1)])[Symbol.asyncIterator]();
  await idle();
  expect(read).toEqual([0, 0]);
  expect((await within(loop.next())).value).toBe(0);
  await idle();
  expect(read).toEqual([2, 1]);
  expect((await within(loop.next())).value).toBe(1);
  await idle();
  expect(read).toEqual([2, 2]);
  await leave(loop);
});

describe("failure", () => {
  test("the first one closes the others, waits for that, and is the error of the loop", async () => {
    const error = new Error("line cut");
    const events: string[] = [];
    async function* failing(): AsyncGenerator<number> {
      yield await Promise.resolve(1);
      throw error;
    }
    const other = channel<number>();
    async function* reading(): AsyncGenerator<number> {
      try {
        yield 2;
        yield 3;
      } finally {
        await idle();
        events.push("closed");
      }
    }
    const merged = fanIn({ failing: failing(), reading: reading(), other });
    const failed = within(collect(merged)).catch((e: unknown) => [e, ...events]);
    expect(await failed).toEqual([error, "closed"]);
    expect(merged.sources.map(({ name, status }) => [name, status])).toEqual([
      ["failing", "failed"],
      ["reading", "closed"],
      ["other", "closed"],
    ]);
    expect(merged.sources[0]?.error).toBe(error);
  });

  test("a source that may fail has ended by that, and the report says how", async () => {
    const error = new Error("line cut");
    function* failing(): Generator<number> {
      yield 1;
      throw error;
    }
    const merged = fanIn([{ from: failing(), onError: "end", name: "weak" }, [2, 3]]);
    expect(await within(collect(merged))).toEqual([1, 2, 3]);
    expect(merged.sources).toEqual([
      { name: "weak", status: "failed", delivered: 1, error },
      { name: "source-1", status: "ended", delivered: 2 },
    ]);
  });

  test("an abort from outside closes everything and is the error", async () => {
    const controller = new AbortController();
    const merged = fanIn([channel(), channel()], { signal: controller.signal });
    const all = collect(merged);
    await idle();
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(within(all)).rejects.toBe(reason);
    expect(merged.sources.map(({ status }) => status)).toEqual(["closed", "closed"]);
  });

  test("a failure to close is kept beside the first", async () => {
    const errors = [new Error("first"), new Error("cannot close")];
    const bad: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => undefined),
        return: () => Promise.reject(errors[1] ?? new Error("none")),
      }),
    };
    async function* failing(): AsyncGenerator<number> {
      yield await Promise.reject<number>(errors[0] ?? new Error("none"));
    }
    const failed = await within(collect(fanIn([bad, failing()], { name: "in" })).catch((e: unknown) => e));
    expect(failed).toMatchObject({ errors, message: 'fan-in "in": 2 failures, first: first' });
  });
});

describe("leaving the loop", () => {
  test("closes every source and waits for it, and what does not close is in the report", async () => {
    const gate = new Gate<undefined>();
    const stuck: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => undefined),
        return: () => gate.opened.then((value) => ({ done: true, value })),
      }),
    };
    const left = (async () => {
      for await (const item of fanIn({ stuck, list: [1, 2] }, { name: "in" })) return item;
      return undefined;
    })();
    await idle();
    expect(report()).toMatch(/^close on fan-in "in" \(0 of 2 sources open\) has waited .* for its sources to close/u);
    gate.open(undefined);
    expect(await within(left)).toEqual(["list", 1]);
    expect(inspect().waits).toEqual([]);
  });

  test("before the first item closes them, too", async () => {
    const ended: string[] = [];
    const source: Iterable<number> = {
      [Symbol.iterator]: () => ({
        next: () => ({ done: false, value: 1 }),
        return: () => {
          ended.push("closed");
          return { done: true, value: undefined };
        },
      }),
    };
    const loop = fanIn([source])[Symbol.asyncIterator]();
    expect(await within(loop.return?.() ?? Promise.reject(new Error("no return")))).toEqual({
      value: undefined,
      done: true,
    });
    expect(ended).toEqual(["closed"]);
    expect(await within(loop.next())).toEqual({ value: undefined, done: true });
  });
});

test("what is waited for is in the report", async () => {
  const quiet = channel<number>();
  const loop = fanIn({ quiet, empty: [] as number[] }, { name: "in" })[Symbol.asyncIterator]();
  const next = loop.next();
  await idle();
  expect(report()).toContain('next on fan-in "in" (1 of 2 sources open) has waited');
  expect(report()).toContain('for an item of "quiet"');
  quiet.trySend(1);
  expect((await within(next)).value).toEqual(["quiet", 1]);
  await leave(loop);
});

test("arguments that cannot be used are refused, by name", () => {
  expect(() => fanIn([])).toThrow("sources: was given an array of length 0");
  expect(() => fanIn(5 as never)).toThrow("sources: was given 5, wants an array or a record");
  expect(() => fanIn([1 as never])).toThrow("sources[0]: was given 1, wants something to read items from");
  expect(() => fanIn({ a: { from: [1], onError: "skip" as never } })).toThrow('sources.a.onError: was given "skip"');
});

test("nothing is lost or repeated, whatever comes when", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.nat(5), { minLength: 1, maxLength: 5 }),
      async (scheduler, lengths) => {
        const sources = lengths.map(async function* (length, lane) {
          for (let i = 0; i < length; i++) yield await scheduler.schedule(Promise.resolve([lane, i] as const));
        });
        const all = await scheduler.waitFor(collect(fanIn(sources)));
        expect(all.length).toBe(lengths.reduce((sum, length) => sum + length, 0));
        for (const [lane, length] of lengths.entries()) {
          expect(all.filter(([from]) => from === lane).map(([, i]) => i)).toEqual(Array.from({ length }, (_, i) => i));
        }
      },
    ),
    { numRuns: 200 },
  );
});
