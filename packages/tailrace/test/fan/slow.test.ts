import { PassThrough } from "node:stream";
import { channel, fanOut, SlowSinkError } from "tailrace";
import type { SinkOptions, SlowPolicy } from "tailrace";
import { describe, expect, test, vi } from "vitest";
import { idle, within } from "../deadline.ts";
import { collect, range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { untilAborted } from "../tasks.ts";
import { counted } from "./sinks.ts";

nothingIsLeft();

/** A sink that takes one item and then nothing until it is let go; then it takes what is left for it. */
function stalling(
  slow: SlowPolicy,
  capacity?: number,
): { sink: SinkOptions<number, number[]>; go: () => Promise<void> } {
  const gate = channel<"go">({ name: "gate" });
  const run = async (items: AsyncIterable<number>): Promise<number[]> => {
    const all: number[] = [];
    for await (const item of items) if (all.push(item) === 1) await gate.receive();
    return all;
  };
  return { sink: { run, slow, capacity }, go: () => gate.send("go") };
}

describe("a stuck sink that need not be waited for never delays the others", () => {
  test.each<[SlowPolicy, number, number[]]>([
    ["drop-oldest", 3, [0, 97, 98, 99]],
    ["drop-oldest", 1, [0, 99]],
    ["drop-oldest", 0, [0]],
    ["drop-newest", 3, [0, 1, 2, 3]],
    ["drop-newest", 0, [0]],
    ["latest", 16, [0, 99]],
  ])("%s with capacity %i keeps %j", async (slow, capacity, kept) => {
    const { sink, go } = stalling(slow, capacity);
    const out = fanOut(counted(100).items, { steady: collect<number>, stuck: sink });
    await idle();
    const [steady, stuck] = out.sinks;
    expect(steady).toMatchObject({ status: "succeeded", delivered: 100, dropped: 0 });
    expect(stuck).toMatchObject({ status: "running", delivered: 1, dropped: 100 - kept.length, lag: kept.length - 1 });
    await within(go());
    expect(await within(out)).toEqual({ steady: range(100), stuck: kept });
    expect(stuck).toMatchObject({ status: "succeeded", delivered: kept.length, lag: 0, maxLag: kept.length - 1 });
  });

  test("each has its own policy, and a list of sinks mixes them", async () => {
    const sinks = [stalling("drop-oldest", 2), stalling("latest"), stalling("drop-newest", 2)];
    const out = fanOut(counted(50).items, [collect<number>, ...sinks.map(({ sink }) => sink)]);
    await idle();
    expect(out.sinks[0]).toMatchObject({ status: "succeeded", delivered: 50 });
    for (const { go } of sinks) await within(go());
    expect(await within(out)).toEqual([range(50), [0, 48, 49], [0, 49], [0, 1, 2]]);
  });
});

test("wait: a stuck sink holds up the others, with its buffer full, until it goes on", async () => {
  const { sink, go } = stalling("wait", 5);
  const source = counted(100);
  const out = fanOut(source.items, { steady: collect<number>, stuck: sink });
  await idle();
  expect(out.sinks.map(({ delivered, lag }) => [delivered, lag])).toEqual([
    [7, 0],
    [1, 5],
  ]);
  expect(source.state.pulled).toBe(7);
  await within(go());
  expect(await within(out)).toEqual({ steady: range(100), stuck: range(100) });
});

test("fail: the fan-out fails, and says which sink it was", async () => {
  const { sink, go } = stalling("fail", 2);
  const out = fanOut(counted(100).items, { steady: collect<number>, stuck: sink });
  await expect(within(out)).rejects.toThrow(
    'sink "stuck" had no room for the next item, and its policy is to fail (2 of 2 items held)',
  );
  await expect(out).rejects.toMatchObject({ name: "SlowSinkError", code: "TAILRACE_SLOW_SINK", sink: "stuck" });
  await go().catch(() => undefined);
});

describe("evictAfter", () => {
  test("a stuck sink alone is aborted, and counted; the others get everything", async () => {
    let seen: unknown;
    const run = async (items: AsyncIterable<number>, { signal }: { signal: AbortSignal }): Promise<never> => {
      for await (const item of items)
        if (item === 0)
          await untilAborted({ signal }).catch((reason: unknown) => {
            seen = reason;
          });
      throw new Error("not reached: its items reject");
    };
    const out = fanOut(counted(100).items, {
      steady: collect<number>,
      stuck: { run, slow: { evictAfter: 5 }, capacity: 2 },
    });
    expect(await within(out)).toEqual({ steady: range(100), stuck: undefined });
    expect(out.sinks[1]).toMatchObject({ status: "evicted", evicted: 1, delivered: 1, dropped: 99, lag: 0 });
    expect(out.sinks[0]).toMatchObject({ evicted: 0, dropped: 0 });
    expect(seen).toBeInstanceOf(SlowSinkError);
    expect(seen).toMatchObject({ sink: "stuck" });
  });

  test("a sink that never asks is evicted too, even if it ignores its signal", async () => {
    const out = fanOut([1, 2], {
      steady: collect<number>,
      deaf: { run: () => new Promise(() => undefined), slow: { evictAfter: 3 } },
    });
    expect(await within(out)).toEqual({ steady: [1, 2], deaf: undefined });
    expect(out.sinks[1]).toMatchObject({ status: "evicted", delivered: 0, dropped: 2 });
  });

  test("an evicted stream is destroyed", async () => {
    const blocked = new PassThrough({ objectMode: true, highWaterMark: 1 });
    const out = fanOut(range(50), {
      steady: collect<number>,
      blocked: { run: blocked, slow: { evictAfter: 3 }, capacity: 1 },
    });
    await within(out);
    expect(blocked.destroyed).toBe(true);
    expect(blocked.errored).toBeInstanceOf(SlowSinkError);
  });

  test("an evicted sink may still return: that is of no account", async () => {
    const gate = channel<"go">({ name: "gate" });
    const stubborn = async (items: AsyncIterable<number>): Promise<string> => {
      for await (const item of items) if (item === 0) await untilEvicted();
      return "done";
    };
    const untilEvicted = async (): Promise<void> => {
      while (out.sinks[0]?.status !== "evicted") await idle();
    };
    const late = async (items: AsyncIterable<number>): Promise<string> => {
      await collect(items);
      return gate.receive();
    };
    const returns = (items: AsyncIterable<number>): Promise<string> => stubborn(items).catch(() => "caught");
    const out = fanOut(range(9), { returns: { run: returns, slow: { evictAfter: 3 }, capacity: 0 }, late });
    await within(untilEvicted());
    await idle();
    await within(gate.send("go"));
    expect(await within(out)).toEqual({ returns: undefined, late: "go" });
    expect(out.sinks[0]).toMatchObject({ status: "evicted", evicted: 1 });
  });

  test("the time starts anew with each item that the sink takes", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    try {
      const gate = channel<"go">({ name: "gate" });
      const run = async (items: AsyncIterable<number>): Promise<void> => {
        for await (const item of items) if (item >= 0) await gate.receive();
      };
      const out = fanOut(range(100), { slow: { run, slow: { evictAfter: 30 }, capacity: 1 } });
      for (let step = 0; step < 10; step++) {
        await idle();
        vi.advanceTimersByTime(20);
        expect(out.sinks[0]?.status).toBe("running");
        await gate.send("go");
      }
      await idle();
      vi.advanceTimersByTime(31);
      expect(out.sinks[0]?.status).toBe("evicted");
      await gate.send("go");
      await out;
    } finally {
      vi.useRealTimers();
    }
  });

  test("without a limit nobody is evicted, and no timer is started", async () => {
    const { sink, go } = stalling({ evictAfter: Infinity }, 1);
    const timers = vi.spyOn(globalThis, "setTimeout");
    const out = fanOut(range(10), [sink]);
    await idle();
    expect(timers).not.toHaveBeenCalled();
    timers.mockRestore();
    await within(go());
    expect(await within(out)).toEqual([range(10)]);
  });

  test("when all sinks have been evicted, the source is closed and the fan-out is done", async () => {
    const { items, state } = counted(1e9);
    const { sink, go } = stalling({ evictAfter: 3 }, 1);
    expect(await within(fanOut(items, [sink]))).toEqual([undefined]);
    expect(state.closed).toBe(true);
    await within(go());
  });
});

test.each<SlowPolicy>(["drop-oldest", "drop-newest", "latest", "fail"])(
  "%s: a sink that keeps up loses nothing, even if the source never pauses",
  async (slow) => {
    const out = fanOut(range(1000), [{ run: collect<number>, slow, capacity: 1 }]);
    expect(await within(out)).toEqual([range(1000)]);
  },
);

test("what is due to a sink is delivered, dropped, or held: the figures always add up", async () => {
  const sinks = [stalling("drop-oldest", 3), stalling("drop-newest", 3), stalling("latest")];
  async function* source(): AsyncGenerator<number> {
    for (let i = 0; i < 60; i++) {
      for (const { delivered, dropped, lag } of out.sinks) expect(delivered + dropped + lag).toBe(i);
      if (i === 30) for (const { go } of sinks) await go();
      yield await Promise.resolve(i);
    }
  }
  const out = fanOut(
    source(),
    sinks.map(({ sink }) => sink),
  );
  await within(out);
  for (const { delivered, dropped } of out.sinks) expect(delivered + dropped).toBe(60);
});
