import { Readable, Writable } from "node:stream";
import { channel, fanOut, inspect, report } from "tailrace";
import type { FanOut, SinkReport } from "tailrace";
import { describe, expect, expectTypeOf, test } from "vitest";
import { idle, within } from "../deadline.ts";
import { collect, range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { counted } from "./sinks.ts";
import { told } from "../told.ts";

nothingIsLeft();

const sizes = [1, 3, 20].flatMap((hosts) =>
  [1, 2, 1000].flatMap((chunks) => [0, 1, 16].map((buffer): [number, number, number] => [hosts, chunks, buffer])),
);

describe.each(sizes)("%i sinks, %i items, buffer %i", (hosts, chunks, buffer) => {
  test("zip: every sink gets its part of every item, in order, and no more than the buffer is held", async () => {
    const most = new Array<number>(hosts).fill(0);
    const held = (): void => {
      out.sinks.forEach(({ lag }, host) => (most[host] = Math.max(most[host] ?? 0, lag)));
    };
    let pulled = 0;
    const taken = new Array<number>(hosts).fill(0);
    async function* shards(): AsyncGenerator<string[]> {
      for (let chunk = 0; chunk < chunks; chunk++) {
        // What was read and is not with its sink yet: the buffer, and the one item that was being handed over.
        for (const count of taken) expect(pulled - count).toBeLessThanOrEqual(buffer + 1);
        held();
        pulled++;
        yield await Promise.resolve(range(hosts).map((host) => `${host.toString()}:${chunk.toString()}`));
      }
    }
    const out = fanOut(
      shards(),
      range(hosts).map((host) => async (items: AsyncIterable<string>) => {
        const all: string[] = [];
        for await (const item of items) {
          taken[host] = all.push(item);
          // Each host has its own speed: it takes a few turns for some items.
          for (let turn = all.length % (host + 2); turn > 0; turn--) await Promise.resolve();
          held();
        }
        return all;
      }),
      { route: "zip", buffer },
    );
    const results = await within(out, 20_000);
    results.forEach((result, host) => {
      expect(result).toEqual(range(chunks).map((chunk) => `${host.toString()}:${chunk.toString()}`));
    });
    for (const figures of out.sinks) {
      expect(figures).toMatchObject({ delivered: chunks, dropped: 0, evicted: 0, lag: 0, status: "succeeded" });
      expect(figures.maxLag).toBeLessThanOrEqual(buffer);
    }
    expect(Math.max(...most)).toBeLessThanOrEqual(buffer);
  });

  test("broadcast: every sink gets every item", async () => {
    const results = await within(
      fanOut(
        range(chunks),
        range(hosts).map(() => collect<number>),
        { buffer },
      ),
      20_000,
    );
    expect(results).toEqual(range(hosts).map(() => range(chunks)));
  });
});

describe("start order", () => {
  test("sinks run before the source is touched, and it is pulled only when each of them has asked", async () => {
    const source = counted(3);
    const gate = channel<"go">();
    const started: string[] = [];
    const out = fanOut(source.items, {
      quick: (items) => {
        started.push("quick");
        return collect(items);
      },
      late: async (items) => {
        started.push("late");
        await gate.receive();
        return collect(items);
      },
    });
    expect(started).toEqual(["quick", "late"]);
    await idle();
    expect(source.state.pulled).toBe(0);
    expect(out.sinks.map((sink) => sink.status)).toEqual(["running", "starting"]);
    await within(gate.send("go"));
    expect(await within(out)).toEqual({ quick: [0, 1, 2], late: [0, 1, 2] });
  });

  test("sinks that may be slow are not waited for", async () => {
    const gate = channel<"go">();
    const late = async (items: AsyncIterable<number>): Promise<number[]> => {
      await gate.receive();
      return collect(items);
    };
    const out = fanOut(range(5), { steady: collect<number>, late: { run: late, slow: "drop-oldest", capacity: 2 } });
    await idle();
    expect(out.sinks[0]).toMatchObject({ status: "succeeded", delivered: 5 });
    await within(gate.send("go"));
    expect(await within(out)).toEqual({ steady: [0, 1, 2, 3, 4], late: [3, 4] });
    expect(out.sinks[1]).toMatchObject({ delivered: 2, dropped: 3, maxLag: 2 });
  });
});

describe("routes", () => {
  test("any: each item goes to one sink, and to the idle one rather than to one that has some held", async () => {
    const gate = channel<"go">();
    const stuck = async (items: AsyncIterable<number>): Promise<number[]> => {
      const all: number[] = [];
      for await (const item of items) {
        all.push(item);
        if (all.length === 1) await gate.receive();
      }
      return all;
    };
    const out = fanOut(range(100), { stuck, quick: collect<number>, other: collect<number> }, { route: "any" });
    await idle();
    // The one that is stuck has its first item, and no other is held for it.
    expect(out.sinks.map(({ delivered, lag }) => delivered + lag)).toEqual([1, 50, 49]);
    await within(gate.send("go"));
    const results = await within(out);
    expect(
      Object.values(results)
        .flat()
        .sort((a, b) => a - b),
    ).toEqual(range(100));
  });

  test.each([0, 1, 16])("any with buffer %i: nothing is lost or repeated while all are slow", async (buffer) => {
    const slow = async (items: AsyncIterable<number>): Promise<number[]> => {
      const all: number[] = [];
      for await (const item of items) {
        all.push(item);
        await new Promise((resolve) => setImmediate(resolve));
      }
      return all;
    };
    const results = await within(fanOut(range(200), [slow, slow, slow], { route: "any", buffer }));
    expect(results.flat().sort((a, b) => a - b)).toEqual(range(200));
    for (const result of results) expect(result.length).toBeGreaterThan(40);
  });

  test("a function chooses by index, by name, several or none", async () => {
    const results = await within(
      fanOut(
        range(6),
        { a: collect<number>, b: collect<number>, c: collect<number> },
        {
          route: (item, index) => {
            expect(item).toBe(index);
            return [0, "b", ["a", "c"], [], [2, "c", 2], new Set([0, 1, 2])][item] ?? -1;
          },
        },
      ),
    );
    expect(results).toEqual({ a: [0, 2, 5], b: [1, 5], c: [2, 4, 5] });
  });

  test("zip takes any iterable as an item", async () => {
    const results = await within(
      fanOut([new Set([1, 2]), [3, 4]], [collect<number>, collect<number>], { route: "zip" }),
    );
    expect(results).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });
});

describe("sources", () => {
  const items = range(40);
  test.each<[string, () => Parameters<typeof fanOut<number, []>>[0]]>([
    ["an array", () => items],
    ["a set", () => new Set(items)],
    ["a generator", () => items.values()],
    ["an async generator", () => counted(40).items],
    ["a stream of Node", () => Readable.from(items)],
    [
      "a web stream",
      () =>
        new ReadableStream({
          start(c) {
            for (const item of items) c.enqueue(item);
            c.close();
          },
        }),
    ],
    [
      "a channel",
      () => {
        const ch = channel<number>({ capacity: 100 });
        for (const item of items) ch.trySend(item);
        ch.close();
        return ch;
      },
    ],
  ])("%s is read to its end", async (_, open) => {
    expect(await within(fanOut(open(), [collect<number>, collect<number>]))).toEqual([items, items]);
  });

  test("an empty source ends all sinks", async () => {
    expect(await within(fanOut([], { a: collect, b: collect }))).toEqual({ a: [], b: [] });
  });
});

describe("waits are seen by name", () => {
  test("a sink that neither asks nor returns, while everything waits for it", async () => {
    const stop = new AbortController();
    const gate = channel<"go">({ name: "gate" });
    const stuck = (): Promise<unknown> => gate.receive();
    const sinks = { disk: collect<number>, stuck };
    const out = fanOut([1], sinks, { name: "copy", signal: stop.signal, grace: 0 });
    await idle();
    const id = expect.any(Number) as number;
    expect(inspect().waits).toContainEqual(
      expect.objectContaining({
        operation: "start",
        resource: { id, kind: "sink", name: "stuck", state: 'fan-out "copy", has not asked' },
      }),
    );
    expect(told()).toContain(
      'start on sink "stuck" (fan-out "copy", has not asked) has waited … s for it to ask for its first item; ' +
        "the source is not read before that",
    );
    expect(told()).toContain(
      'task "disk": next on source "copy" has waited … s for its next item; ' +
        "it is not read before every sink has asked",
    );
    stop.abort("enough");
    await expect(within(out)).rejects.toBe("enough");
    // It was left behind, and whoever looks for it finds it.
    expect(told()).toContain('finish on fan-out "copy" (running: "stuck") has waited … s for its sinks to end');
    await within(gate.send("go"));
  });

  test("a sink that is busy while its buffer is full", async () => {
    const gate = channel<"go">({ name: "gate" });
    const busy = async (items: AsyncIterable<number>): Promise<void> => {
      for await (const item of items) if (item === 0) await gate.receive();
    };
    const out = fanOut(range(9), { busy, idle: collect<number> }, { name: "copy", buffer: 4 });
    await idle();
    expect(told()).toContain(
      'send on sink "busy" (fan-out "copy", buffer 4, full) has waited … s for it to take an item; ' +
        "it is busy with an earlier one",
    );
    await within(gate.send("go"));
    await within(out);
  });

  test("a source that gives nothing", async () => {
    const source = channel<number>({ name: "silent" });
    const out = fanOut(source, [collect<number>], { name: "copy" });
    await idle();
    expect(told()).toContain('pull on source "copy" has waited … s for its next item');
    expect(report()).toContain('receive on channel "silent"');
    source.close();
    await within(out);
  });

  test("sinks that work on after their last item", async () => {
    const gate = channel<"go">({ name: "gate" });
    const late = async (items: AsyncIterable<number>): Promise<void> => {
      await collect(items);
      await gate.receive();
    };
    const out = fanOut([1], { late, quick: collect<number> }, { name: "copy" });
    await idle();
    expect(told()).toContain('finish on fan-out "copy" (running: "late") has waited … s for its sinks to end');
    await within(gate.send("go"));
    await within(out);
  });
});

test("timers run during a transfer that never waits", async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  const end = performance.now() + 3000; // only so that a failure ends
  function* endless(): Generator<number> {
    while (ticks < 3 && performance.now() < end) yield ticks;
  }
  const count = async (items: AsyncIterable<number>): Promise<void> => {
    for await (const item of items) expect(item).toBeLessThan(3);
  };
  await within(fanOut(endless(), [count, count]));
  clearInterval(timer);
  expect(ticks).toBeGreaterThanOrEqual(3);
});

test("results and items keep their types", async () => {
  const pair = fanOut(
    [1, 2],
    [
      async (items) => {
        expectTypeOf(items).toEqualTypeOf<AsyncIterable<number>>();
        return (await collect(items)).length;
      },
      async (items, { name, signal }) => {
        expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
        await collect(items);
        return name;
      },
    ],
  );
  expectTypeOf(pair).toEqualTypeOf<FanOut<[number, string]>>();
  expectTypeOf(pair.sinks).toEqualTypeOf<readonly SinkReport[]>();

  const record = fanOut(
    channel<string>(),
    {
      text: (items) => collect(items),
      disk: new Writable({ objectMode: true }),
      live: { run: new WritableStream<string>(), slow: "latest" },
      net: { run: (items) => collect(items), slow: { evictAfter: 5 }, capacity: 3, name: "network" },
    },
    { signal: AbortSignal.abort() },
  );
  expectTypeOf(record).resolves.toEqualTypeOf<{
    text: string[];
    disk: undefined;
    live: undefined;
    net: string[] | undefined;
  }>();

  const list = fanOut(
    [["a", "b"]],
    ["x", "y"].map((host) => async (items: AsyncIterable<string>) => {
      await collect(items);
      return host.length;
    }),
    { route: "zip" },
  );
  expectTypeOf(list).resolves.toEqualTypeOf<number[]>();

  const zipped = fanOut([[1], [2]], [(items) => collect(items)], { route: "zip" });
  expectTypeOf(zipped).resolves.toEqualTypeOf<[number[]]>();

  const routed = fanOut(["a"], { one: (items) => collect(items) }, { route: (item) => item.length - 1 });
  expectTypeOf(routed).resolves.toEqualTypeOf<{ one: string[] }>();

  await within(Promise.allSettled([pair, record, list, zipped, routed]));
});
