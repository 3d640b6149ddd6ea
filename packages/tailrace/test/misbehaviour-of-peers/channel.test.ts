// How well-known libraries misbehave (measured on Node 24), and what happens here in the same place.
import { broadcast, channel, ChannelFullError, EMPTY, inspect, report, SlowSinkError } from "tailrace";
import { describe, expect, test } from "vitest";
import { idle, within } from "../deadline.ts";
import { collect, range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";

nothingIsLeft();

describe("channels", () => {
  test("go-go-scope's Channel(0) never delivers what is sent before somebody receives: here it waits for its receiver", async () => {
    const ch = channel<string>();
    const sent = ch.send("early");
    await idle();
    expect(await within(ch.receive())).toBe("early");
    await within(sent);
  });

  test("repeater throws at 1024 un-awaited pushes: here each of them is in the report, and refused if one wants that", async () => {
    const ch = channel<number>({ name: "jobs" });
    const sends = range(2000).map((n) => ch.send(n));
    expect(inspect().waits.filter(({ resource }) => resource.name === "jobs")).toHaveLength(2000);
    expect(report()).toContain('and 1,990 more: send on channel "jobs"');
    const taken = collect(ch);
    await within(Promise.all(sends));
    ch.close();
    expect(await within(taken)).toEqual(range(2000));

    const strict = channel<number>({ capacity: 1024, overflow: "error" });
    const results = await within(Promise.allSettled(range(1025).map((n) => strict.send(n))));
    expect(results.filter(({ status }) => status === "rejected")).toMatchObject([
      { reason: expect.any(ChannelFullError) as unknown },
    ]);
  });

  test("to share a stream of which one consumer does not read throws in stream/iter: here the one that reads gets all", async () => {
    const ch = channel<number>();
    const [idleOne, reader] = [ch[Symbol.asyncIterator](), collect(ch)];
    for (const n of range(20)) await within(ch.send(n));
    ch.close();
    expect(await within(reader)).toEqual(range(20));
    expect(await within(idleOne.next())).toEqual({ value: undefined, done: true });
  });
});

describe("broadcast", () => {
  test("effection's Channel loses what is sent before a subscriber comes, and its end: here the first item waits", async () => {
    const hub = broadcast<string>();
    const sent = hub.send("first");
    await idle();
    const listener = collect(hub.subscribe());
    await within(sent);
    hub.close();
    expect(await within(listener)).toEqual(["first"]);
  });

  test("and who comes after the end gets the end, and knows how much was missed", async () => {
    const hub = broadcast<number>({ audience: 0, replay: 1 });
    for (const n of range(3)) await within(hub.send(n));
    hub.close();
    const late = hub.subscribe();
    expect(late.missed).toBe(2);
    expect(await within(collect(late))).toEqual([2]);
  });

  test("one that never reads starves the others of Effect's PubSub in silence: here the report names it", async () => {
    const hub = broadcast<number>({ name: "prices", audience: 2 });
    const dead = hub.subscribe({ name: "dead", capacity: 4 });
    const healthy = collect(hub.subscribe({ name: "healthy", capacity: 4 }));
    const publisher = (async () => {
      for (const n of range(100)) await hub.send(n);
      hub.close();
    })();
    await idle();
    expect(report()).toMatch(/send on broadcast "prices" .* for room for "dead"/u);
    dead.close(); // the cure
    await within(publisher);
    expect(await within(healthy)).toEqual(range(100));
  });

  test.for([
    ["drop-oldest", "drop-oldest"],
    ["drop-newest", "drop-newest"],
    ["latest", "latest"],
    ["eviction", { evictAfter: 5 }],
  ] as const)("and with %s it need not be waited for", async ([, slow]) => {
    const hub = broadcast<number>({ audience: 2 });
    const dead = hub.subscribe({ capacity: 4, slow });
    const healthy = collect(hub.subscribe({ capacity: 4 }));
    for (const n of range(100)) await within(hub.send(n));
    hub.close();
    expect(await within(healthy)).toEqual(range(100));
    if (typeof slow === "object") await expect(within(dead.receive())).rejects.toBeInstanceOf(SlowSinkError);
    else expect([dead.dropped, dead.tryReceive() === EMPTY]).toEqual([slow === "latest" ? 99 : 96, false]);
    dead.close();
  });
});
