// Lanes of a write scheduler as sinks: several of a fan-out's sinks share one connection.
import { Writable } from "node:stream";
import { channel, EarlyExitError, fanOut, LaneClosedError, SlowSinkError, writeScheduler } from "tailrace";
import type { SlowPolicy, WriteSink } from "tailrace";
import { describe, expect, test } from "vitest";
import { idle, within } from "../deadline.ts";
import { collect, range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { told } from "../told.ts";
import { counted, witness } from "./sinks.ts";

nothingIsLeft();

/** A connection of items, whose other side takes them one after the other; while it is held it takes none. */
function connect(name: string): Connection {
  const arrived: unknown[] = [];
  let isHeld = false;
  let goOn: (() => void) | undefined;
  const stream = new Writable({
    objectMode: true,
    highWaterMark: 1,
    write(item, _encoding, done) {
      const take = (): void => {
        arrived.push(item);
        done();
      };
      if (isHeld) goOn = take;
      else setImmediate(take);
    },
  });
  return {
    stream,
    sink: writeScheduler().sink(stream, { name }),
    arrived,
    hold() {
      isHeld = true;
    },
    letGo() {
      isHeld = false;
      goOn?.();
    },
  };
}

interface Connection {
  readonly stream: Writable;
  readonly sink: WriteSink;
  /** What the other side has taken. */
  readonly arrived: unknown[];
  readonly hold: () => void;
  readonly letGo: () => void;
}

/** Those of a lane: its items say whose they are. */
const of = (name: string, { arrived }: Connection): unknown[] =>
  arrived.filter((item) => (item as [string, unknown])[0] === name).map((item) => (item as [string, unknown])[1]);

describe("a lane", () => {
  test("gets every item in order, never more than it takes, and is closed; the connection stays open", async () => {
    const wire = connect("wire");
    const lane = wire.sink.lane({ name: "news", maxQueued: 2 });
    let most = 0;
    function* source(): Generator<number> {
      for (const n of range(50)) {
        most = Math.max(most, lane.stats.queued);
        yield n;
      }
    }
    const out = fanOut(source(), { news: lane, list: collect<number> });
    expect(await within(out)).toEqual({ news: undefined, list: range(50) });
    expect(out.sinks[0]).toMatchObject({ name: "news", delivered: 50, status: "succeeded" });
    expect(most).toBeLessThanOrEqual(2);
    expect(lane.closed).toBe(true);
    expect([wire.sink.closed, wire.stream.writableEnded]).toEqual([false, false]);
    await within(wire.sink.close());
    wire.stream.end();
    expect(wire.arrived.slice(0, 49)).toEqual(range(49));
  });

  test("is waited for until all that it was sent is written", async () => {
    const wire = connect("wire");
    wire.hold();
    const lane = wire.sink.lane({ name: "news" });
    let isOver = false;
    const out = fanOut([1, 2, 3], { lane }).finally(() => {
      isOver = true;
    });
    await idle();
    expect([isOver, lane.closed, lane.stats.queued]).toEqual([false, true, 2]);
    expect(told()).toContain(
      'close on lane "news" (sink "wire", 2 of 16 queued) has waited … s for its chunks to be written',
    );
    wire.letGo();
    await within(out);
    expect(lane.stats).toMatchObject({ chunks: 3, queued: 0 });
  });

  test("takes settings like a stream does", async () => {
    const wire = connect("wire");
    const out = fanOut(range(10), { lane: { run: wire.sink.lane(), name: "archive", capacity: 1 } });
    await within(out);
    expect(out.sinks[0]).toMatchObject({ name: "archive", delivered: 10, maxLag: 1 });
  });

  test("that is full is named while it is waited for", async () => {
    const wire = connect("wire");
    wire.hold();
    const out = fanOut(range(9), { news: wire.sink.lane({ name: "news", maxQueued: 1 }) });
    await idle();
    expect(told()).toContain('send on lane "news" (sink "wire", 1 of 1 queued) has waited … s for room');
    wire.letGo();
    await within(out);
  });

  test("may be anything that takes items and is closed or given up", async () => {
    const log: unknown[] = [];
    const own = {
      send: (item: number) => Promise.resolve(log.push(item)).then(() => undefined),
      close: () => Promise.resolve(log.push("close")).then(() => undefined),
      abort: (reason: unknown) => {
        log.push(reason);
      },
    };
    await within(fanOut([1, 2], [own]));
    expect(log).toEqual([1, 2, "close"]);
    const error = new Error("elsewhere");
    const bad = (): never => {
      throw error;
    };
    await expect(within(fanOut([3], [own, bad]))).rejects.toBe(error);
    expect(log.at(-1)).toBe(error);
  });
});

describe("several lanes share one connection", () => {
  const names = ["a", "b", "c"];
  const lanes = ({ sink }: Connection) => names.map((name) => sink.lane({ name, maxQueued: 2 }));

  test("broadcast: each has every item, in order", async () => {
    const wire = connect("wire");
    const out = fanOut(range(20), lanes(wire));
    expect(await within(out)).toEqual([undefined, undefined, undefined]);
    await within(wire.sink.close());
    await new Promise<void>((resolve) => wire.stream.end(resolve));
    expect(wire.arrived).toEqual(range(20).flatMap((n) => [n, n, n]));
  });

  test("zip: each has its parts, in order", async () => {
    const wire = connect("wire");
    const rows = range(20).map((n) => names.map((name) => [name, n]));
    await within(fanOut(rows, lanes(wire), { route: "zip" }));
    await new Promise<void>((resolve) => wire.stream.end(resolve));
    for (const name of names) expect(of(name, wire)).toEqual(range(20));
  });

  test("any: one connection that stands still gets no more than it holds, the others the rest", async () => {
    const [held, quick] = [connect("held"), connect("quick")];
    held.hold();
    const sinks = { held: held.sink.lane({ maxQueued: 1 }), quick: quick.sink.lane({ maxQueued: 1 }) };
    const out = fanOut(range(50), sinks, { route: "any", buffer: 0 });
    const [first, second] = out.sinks;
    // Eventually all are in the hands of one of them: at most one goes out, one is queued and one waits for room.
    while ((first?.delivered ?? 0) + (second?.delivered ?? 0) < 50) await idle();
    expect(first?.delivered).toBeLessThanOrEqual(3);
    held.letGo();
    await within(out);
    await new Promise<void>((resolve) => held.stream.end(resolve));
    await new Promise<void>((resolve) => quick.stream.end(resolve));
    expect([...held.arrived, ...quick.arrived].sort((one, other) => Number(one) - Number(other))).toEqual(range(50));
  });
});

describe("a lane whose connection stands still", () => {
  test.each<[SlowPolicy, number, (lane: number[]) => void]>([
    [
      "drop-newest",
      2,
      (got) => {
        expect(got).toEqual(got.toSorted((one, other) => one - other));
        expect(got).not.toContain(99);
      },
    ],
    [
      "drop-oldest",
      2,
      (got) => {
        expect(got.slice(-2)).toEqual([98, 99]);
      },
    ],
    [
      "latest",
      16,
      (got) => {
        expect(got.at(-1)).toBe(99);
      },
    ],
  ])("with %s loses items, which are counted, and delays nobody", async (slow, capacity, check) => {
    const [held, quick] = [connect("held"), connect("quick")];
    held.hold();
    const out = fanOut(counted(100).items, {
      held: { run: held.sink.lane({ maxQueued: 2 }), slow, capacity },
      quick: quick.sink.lane(),
    });
    await idle();
    while (out.sinks[1]?.status !== "succeeded") await idle();
    expect(out.sinks[1]).toMatchObject({ delivered: 100, dropped: 0 });
    held.letGo();
    await within(out);
    const report = out.sinks[0];
    expect(report).toMatchObject({ status: "succeeded" });
    // One went out, two were queued, one waited for room.
    expect(report?.delivered).toBe(4 + (slow === "latest" ? 1 : 2));
    expect((report?.delivered ?? 0) + (report?.dropped ?? 0)).toBe(100);
    await new Promise<void>((resolve) => held.stream.end(resolve));
    expect(held.arrived.length).toBe(report?.delivered);
    check(held.arrived as number[]);
  });

  test("with fail, fails the fan-out, and what was queued is never written", async () => {
    const [held, quick] = [connect("held"), connect("quick")];
    held.hold();
    const [slow, other] = [held.sink.lane({ maxQueued: 2 }), quick.sink.lane()];
    const out = fanOut(counted(100).items, { held: { run: slow, slow: "fail", capacity: 1 }, quick: other });
    await expect(within(out)).rejects.toMatchObject({ name: "SlowSinkError", sink: "held" });
    expect([slow.closed, other.closed, slow.stats.queued]).toEqual([true, true, 0]);
    held.letGo();
    await new Promise<void>((resolve) => held.stream.end(resolve));
    expect(held.arrived.length).toBeLessThanOrEqual(1); // perhaps the first was on its way
  });

  test("with evictAfter is given up alone; who sends on other lanes of its connection goes on", async () => {
    const [held, quick] = [connect("held"), connect("quick")];
    held.hold();
    const evicted = held.sink.lane({ name: "evicted", maxQueued: 2 });
    const beside = held.sink.lane({ name: "beside" });
    const out = fanOut(counted(100).items, {
      held: { run: evicted, slow: { evictAfter: 5 }, capacity: 2 },
      quick: quick.sink.lane(),
    });
    expect(await within(out)).toEqual({ held: undefined, quick: undefined });
    expect(out.sinks[0]).toMatchObject({ status: "evicted", evicted: 1 });
    expect(out.sinks[1]).toMatchObject({ status: "succeeded", delivered: 100 });
    expect(evicted.closed).toBe(true);
    await expect(evicted.send(1)).rejects.toMatchObject({
      name: "LaneClosedError",
      cause: expect.any(SlowSinkError) as unknown,
    });
    await beside.send("still here");
    held.letGo();
    await within(beside.close());
    await new Promise<void>((resolve) => held.stream.end(resolve));
    expect(held.arrived).toEqual([0, "still here"]);
  });
});

describe("when the fan-out fails, its lanes are given up, and what they hold is never written", () => {
  test("by another sink", async () => {
    const wire = connect("wire");
    wire.hold();
    const lane = wire.sink.lane({ name: "news", maxQueued: 10 });
    const error = new Error("elsewhere");
    const bad = async (items: AsyncIterable<number>): Promise<void> => {
      for await (const item of items) if (item === 5) throw error;
    };
    await expect(within(fanOut(counted(100).items, [lane, bad], { buffer: 1 }))).rejects.toBe(error);
    await expect(lane.close()).rejects.toMatchObject({ name: "LaneClosedError", cause: error });
    wire.letGo();
    await new Promise<void>((resolve) => wire.stream.end(resolve));
    expect(wire.arrived.length).toBeLessThanOrEqual(1); // perhaps the first was on its way
  });

  test.each([
    ["waits for room", 100],
    ["waits for the end of what it has", 3],
  ])("by the signal, while it %s", async (_, count) => {
    const wire = connect("wire");
    wire.hold();
    const lane = wire.sink.lane({ maxQueued: 2 });
    const stop = new AbortController();
    const out = fanOut(range(count), { lane }, { signal: stop.signal });
    await idle();
    expect(lane.closed).toBe(count === 3);
    const reason = new Error("enough");
    stop.abort(reason);
    await expect(within(out)).rejects.toBe(reason);
    expect(out.sinks[0]).toMatchObject({ status: "aborted" });
    wire.letGo();
    await new Promise<void>((resolve) => wire.stream.end(resolve));
    expect(wire.arrived).toEqual([0]);
  });

  test("by a signal that has aborted before", async () => {
    const wire = connect("wire");
    const lane = wire.sink.lane();
    const reason = new Error("enough");
    await expect(within(fanOut([1], [lane], { signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);
    expect(lane.closed).toBe(true);
    expect(wire.arrived).toEqual([]);
  });

  test("by an item that its connection cannot write", async () => {
    const lane = writeScheduler()
      .sink(new Writable({ write: (_chunk, _encoding, done) => setImmediate(done) }))
      .lane();
    const { run, seen } = witness<unknown>();
    const source = channel<unknown>({ capacity: 2 });
    source.trySend("text");
    source.trySend(5);
    const out = fanOut(source, { lane, run });
    await expect(within(out)).rejects.toThrow("chunk: was given 5, wants a string");
    expect(seen.ending).toBe("error");
    expect(lane.closed).toBe(true);
  });
});

describe("a lane that ends early fails the fan-out", () => {
  test.each<[string, (wire: Connection, lane: { close(): Promise<void> }) => unknown, string]>([
    ["it is closed by somebody else", (_, lane) => lane.close(), "the lane is closed"],
    ["its connection is closed as a sink", ({ sink }) => sink.close(), "the sink is closed"],
    ["its connection ends", ({ stream }) => stream.end(), "the stream of the sink has ended"],
    ["its connection is destroyed", ({ stream }) => stream.destroy(), "the stream of the sink has ended"],
  ])("when %s: not all was written", async (_, end, why) => {
    const wire = connect("wire");
    const lane = wire.sink.lane({ name: "news" });
    const source = channel<number>({ capacity: 4 });
    const out = fanOut(source, { disk: lane });
    await source.send(1);
    await idle();
    await end(wire, lane);
    await idle();
    await source.send(2);
    await expect(within(out)).rejects.toThrow('sink "disk": its lane was closed before the last item was written');
    await expect(out).rejects.toBeInstanceOf(EarlyExitError);
    await expect(out).rejects.toMatchObject({
      cause: expect.objectContaining({
        name: "LaneClosedError",
        message: `send on lane "news" of sink "wire": ${why}`,
      }) as unknown,
    });
  });

  test("when its connection fails, with the error of that as the cause", async () => {
    const wire = connect("wire");
    wire.hold();
    const lane = wire.sink.lane({ name: "news", maxQueued: 1 });
    const { items, state } = counted(1e9);
    const out = fanOut(items, [lane, collect]);
    await idle();
    const error = new Error("unplugged");
    wire.stream.destroy(error);
    await expect(within(out)).rejects.toBeInstanceOf(LaneClosedError);
    await expect(out).rejects.toMatchObject({
      message: 'send on lane "news" of sink "wire": the stream of the sink has failed',
      cause: error,
    });
    expect(state.closed).toBe(true);
  });

  test("when its connection fails after the last item, before that is written", async () => {
    const wire = connect("wire");
    wire.hold();
    const out = fanOut([1, 2], [wire.sink.lane({ name: "news" })]);
    await idle();
    wire.stream.destroy(new Error("unplugged"));
    await expect(within(out)).rejects.toThrow('close on lane "news" of sink "wire": the stream of the sink has failed');
  });

  test("when it is closed already, but not if there is nothing to write", async () => {
    const { sink } = connect("wire");
    const lane = sink.lane();
    await lane.close();
    await expect(within(fanOut([1], [lane]))).rejects.toBeInstanceOf(EarlyExitError);
    const empty = sink.lane();
    await empty.close();
    expect(await within(fanOut([], [empty]))).toEqual([undefined]);
  });
});
