import fc from "fast-check";
import {
  broadcast,
  channel,
  ChannelClosedError,
  EMPTY,
  inspect,
  receiveFrom,
  report,
  select,
  SlowSinkError,
} from "tailrace";
import type { Subscription } from "tailrace";
import { describe, expect, test } from "vitest";
import { idle, within } from "../deadline.ts";
import { collect, drain, range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";

nothingIsLeft();

describe("every subscriber gets every item", () => {
  test("in order, whatever room each of them has", async () => {
    const hub = broadcast<number>({ audience: 4 });
    const all = [0, 1, 7, 64].map((capacity) => collect(hub.subscribe({ capacity })));
    for (const i of range(200)) await within(hub.send(i));
    hub.close();
    for (const items of await within(Promise.all(all))) expect(items).toEqual(range(200));
  });

  test("and the slowest of those that wait sets the pace", async () => {
    const hub = broadcast<number>({ name: "prices" });
    const [slow, fast] = [hub.subscribe({ name: "slow", capacity: 1 }), hub.subscribe({ capacity: 9 })];
    await within(hub.send(1));
    expect(hub.trySend(2)).toBe(false);
    const sent = hub.send(2);
    expect(report()).toMatch(
      /^send on broadcast "prices" \(2 subscribers\) has waited .* for room for "slow"; a subscriber that is busy/u,
    );
    expect(drain(fast)).toEqual([1]);
    expect(slow.tryReceive()).toBe(1);
    await within(sent);
    expect([drain(slow), drain(fast)]).toEqual([[2], [2]]);
  });

  test("those that wait to send are served in their order", async () => {
    const hub = broadcast<number>();
    const only = hub.subscribe({ capacity: 1 });
    const sends = range(4).map((i) => hub.send(i));
    expect(hub.trySend(9)).toBe(false);
    const got: unknown[] = [];
    for (let i = 0; i < 4; i++) got.push(await within(only.receive()));
    expect(got).toEqual(range(4));
    await within(Promise.all(sends));
  });

  test("in batches, and as a case of select", async () => {
    const hub = broadcast<number>();
    const [batched, chosen] = [hub.subscribe({ capacity: 4 }), hub.subscribe({ capacity: 4 })];
    for (const i of range(4)) expect(hub.trySend(i)).toBe(true);
    const waiting = hub.send(4);
    expect((await within(batched.batches().next())).value).toEqual(range(4));
    const other = channel<string>();
    expect(await within(select([receiveFrom(other), receiveFrom(chosen)]))).toEqual({ index: 1, value: 0 });
    await within(waiting);
    expect([drain(batched), drain(chosen)]).toEqual([[4], [1, 2, 3, 4]]);
  });
});

describe("early and late", () => {
  test("the first item waits for its audience", async () => {
    const hub = broadcast<number>({ name: "prices", audience: 2 });
    const first = hub.subscribe();
    expect(hub.trySend(1)).toBe(false);
    const sent = hub.send(1);
    expect(report()).toMatch(
      /\(1 subscriber\) has waited .* for 1 more subscriber; the first item is for all of them$/u,
    );
    const second = hub.subscribe();
    await within(sent);
    expect([drain(first), drain(second)]).toEqual([[1], [1]]);
  });

  test("who comes late knows what it missed, and gets what is replayed", async () => {
    const hub = broadcast<number>({ audience: 0, replay: 2 });
    for (const i of range(5)) await within(hub.send(i));
    const late = hub.subscribe({ capacity: 2 });
    expect(late.missed).toBe(3);
    hub.close();
    expect(await within(collect(late))).toEqual([3, 4]);
  });

  test("to a closed one one can subscribe: it ends at once, or with its error", async () => {
    const hub = broadcast<number>({ audience: 0 });
    await within(hub.send(1));
    hub.close();
    const late = hub.subscribe();
    expect([late.missed, await within(collect(late))]).toEqual([1, []]);
    const failed = broadcast<number>();
    const error = new Error("gone");
    failed.close(error);
    await expect(within(collect(failed.subscribe()))).rejects.toBe(error);
  });

  test("after its audience has left, nobody is waited for", async () => {
    const hub = broadcast<number>();
    hub.subscribe().close();
    await within(hub.send(1));
    expect(hub.subscribe().missed).toBe(1);
  });
});

describe("slow subscribers", () => {
  test("each has its own policy, and only those that wait hold up the others", async () => {
    const hub = broadcast<number>({ audience: 4 });
    const oldest = hub.subscribe({ slow: "drop-oldest", capacity: 2 });
    const newest = hub.subscribe({ slow: "drop-newest", capacity: 2 });
    const latest = hub.subscribe({ slow: "latest", capacity: 5 });
    const healthy = collect(hub.subscribe({ capacity: 1 }));
    for (const i of range(10)) await within(hub.send(i));
    expect([oldest.dropped, newest.dropped, latest.dropped]).toEqual([8, 8, 9]);
    expect([oldest.maxSize, latest.maxSize]).toEqual([2, 1]);
    expect([drain(oldest), drain(newest), drain(latest)]).toEqual([[8, 9], [0, 1], [9]]);
    hub.close();
    expect(await within(healthy)).toEqual(range(10));
  });

  test("fail closes the broadcast, and says who it was", async () => {
    const hub = broadcast<number>({ audience: 2 });
    const strict = hub.subscribe({ name: "strict", slow: "fail", capacity: 1 });
    const other = collect(hub.subscribe());
    await within(hub.send(1));
    const refused = await within(hub.send(2).catch((e: unknown) => e));
    expect(refused).toBeInstanceOf(ChannelClosedError);
    const cause = (refused as ChannelClosedError).cause;
    expect(cause).toBeInstanceOf(SlowSinkError);
    expect(String(cause)).toContain('subscriber "strict" had no room, and its policy is to fail (1 of 1 items held)');
    await expect(within(other)).rejects.toBe(cause);
    expect(strict.tryReceive()).toBe(1);
    await expect(within(strict.receive())).rejects.toBe(cause);
  });

  test("one that keeps the others waiting for too long is evicted alone", async () => {
    const hub = broadcast<number>({ audience: 2 });
    const stuck = hub.subscribe({ name: "stuck", slow: { evictAfter: 20 }, capacity: 1 });
    const healthy = collect(hub.subscribe());
    for (const i of range(20)) await within(hub.send(i));
    const error = await within(stuck.receive().catch((e: unknown) => e));
    expect(error).toBeInstanceOf(SlowSinkError);
    expect(error).toMatchObject({ sink: "stuck" });
    expect(hub.subscribers.length).toBe(1);
    hub.close();
    expect(await within(healthy)).toEqual(range(20));
  });

  test("one that takes its items in time is not", async () => {
    const hub = broadcast<number>();
    const slow = hub.subscribe({ slow: { evictAfter: 200 }, capacity: 1 });
    const taken = (async () => {
      const all: number[] = [];
      for await (const item of slow) {
        all.push(item);
        await idle();
      }
      return all;
    })();
    for (const i of range(20)) await within(hub.send(i));
    hub.close();
    expect(await within(taken)).toEqual(range(20));
  });
});

describe("leaving", () => {
  const ways: [string, (from: Subscription<number>) => Promise<unknown> | undefined][] = [
    [
      "to leave a loop",
      async (from) => {
        for await (const item of from) if (item >= 0) break;
      },
    ],
    [
      "to leave a loop over batches",
      async (from) => {
        for await (const batch of from.batches()) if (batch.length > 0) break;
      },
    ],
    [
      "close",
      (from) => {
        from.close();
        return undefined;
      },
    ],
    [
      "the end of a block",
      (from) => {
        using left = from;
        expect(left.size).toBe(1);
        return undefined;
      },
    ],
  ];
  test.for(ways)("%s ends the subscription: nobody waits for it", async ([, way]) => {
    const hub = broadcast<number>({ audience: 2 });
    const [leaving, other] = [hub.subscribe({ capacity: 1 }), hub.subscribe()];
    await within(hub.send(1));
    const sent = hub.send(2);
    await within(way(leaving) ?? Promise.resolve());
    await within(sent);
    expect(drain(other)).toEqual([1, 2]);
    expect(hub.subscribers).toEqual([other]);
    expect(leaving.tryReceive()).toBe(EMPTY);
    leaving.close();
  });
});

describe("closing and giving up", () => {
  test("what is held is delivered, then the end; what waits to be sent is refused", async () => {
    const hub = broadcast<number>({ name: "prices" });
    const only = hub.subscribe({ capacity: 1 });
    await within(hub.send(1));
    const waiting = hub.send(2);
    const error = new Error("exchange closed");
    hub.close(error);
    hub.close();
    await expect(within(waiting)).rejects.toMatchObject({
      message: 'send on broadcast "prices": it is closed',
      cause: error,
    });
    expect([hub.closed, hub.trySend(3), await within(only.receive())]).toEqual([true, false, 1]);
    await expect(within(only.receive())).rejects.toBe(error);
  });

  test("a send that gave up was not sent to anybody", async () => {
    const controller = new AbortController();
    const hub = broadcast<number>();
    const [full, free] = [hub.subscribe({ capacity: 1 }), hub.subscribe()];
    await within(hub.send(1));
    const aborted = hub.send(2, { signal: controller.signal });
    const late = hub.send(3, { timeout: 10 });
    controller.abort("no");
    await expect(within(aborted)).rejects.toBe("no");
    await expect(within(late)).rejects.toThrow('waited 10 ms for room for "subscriber-1"');
    expect([drain(full), drain(free)]).toEqual([[1], [1]]);
    expect(inspect().waits).toEqual([]);
  });
});

test("arguments that cannot be used are refused, by name", () => {
  expect(() => broadcast({ audience: -1 })).toThrow("audience: was given -1");
  expect(() => broadcast({ replay: 0.5 })).toThrow("replay: was given 0.5");
  expect(() => broadcast().subscribe({ slow: "skip" as never })).toThrow('slow: was given "skip"');
});

test("subscribers that wait get everything between their coming and their leaving, in any order of events", async () => {
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.constant({ do: "send" as const, which: 0 }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant("take" as const), which: fc.nat(3) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("leave" as const), which: fc.nat(3) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("join" as const), which: fc.nat(3) }) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const hub = broadcast<number>({ audience: 0 });
      const places: ({ from: Subscription<number>; got: number[]; first: number } | undefined)[] = [];
      let delivered = 0;
      let asked = 0;
      const sends: Promise<void>[] = [];
      for (const { do: action, which } of steps) {
        const place = places[which];
        if (action === "send") {
          sends.push(
            hub.send(asked++).then(() => {
              delivered++;
            }),
          );
        } else if (action === "take" && place !== undefined) {
          const item = place.from.tryReceive();
          if (item !== EMPTY) place.got.push(item);
        } else if (action === "leave" && place !== undefined) {
          place.from.close();
          places[which] = undefined;
        } else if (action === "join" && place === undefined) {
          await idle();
          places[which] = { from: hub.subscribe({ capacity: which }), got: [], first: delivered };
        }
        if (place !== undefined) expect(place.got).toEqual(range(place.got.length).map((i) => place.first + i));
      }
      for (const place of places) place?.from.close();
      await within(Promise.all(sends));
      expect([delivered, hub.subscribers.length]).toEqual([asked, 0]);
    }),
    { numRuns: 200 },
  );
});
