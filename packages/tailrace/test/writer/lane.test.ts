import { ArgumentError, inspect, LaneClosedError, TimeoutError, writeScheduler } from "tailrace";
import type { Lane } from "tailrace";
import { describe, expect, test } from "vitest";
import { idle, turn, within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { told } from "../told.ts";
import { Stream } from "./stream.ts";

nothingIsLeft();

function open(maxQueued = 10) {
  const scheduler = writeScheduler();
  const stream = new Stream({ highWaterMark: 10 });
  const sink = scheduler.sink(stream, { name: "client" });
  const lane = sink.lane({ name: "news", maxQueued });
  return { scheduler, stream, sink, lane };
}

/** The reader reads until all is written. */
async function readAll(stream: Stream, lane: Lane): Promise<void> {
  for (let round = 0; round < 100 && lane.stats.queued > 0; round++) {
    await turn();
    stream.drain();
  }
}

const errorOf = (promise: Promise<unknown>): Promise<unknown> =>
  within(promise.then(() => undefined).catch((error: unknown) => error));

describe("send", () => {
  test("resolves when the chunk is in the queue, which is before it is written", async () => {
    const { scheduler, stream, lane } = open();
    await lane.send("x");
    expect([lane.stats, stream.written]).toEqual([{ chunks: 0, bytes: 0, queued: 1, waiting: 0 }, []]);
    await turn();
    expect([lane.stats, stream.written]).toEqual([{ chunks: 1, bytes: 1, queued: 0, waiting: 0 }, ["x"]]);
    await within(scheduler.close());
  });

  test("waits for room, and those who wait are served in their order, whatever the sizes of their chunks", async () => {
    const { scheduler, stream, lane } = open();
    stream.fill();
    const served: string[] = [];
    const sends = ["123456789", "abc", "d", "12345678", "e"].map((chunk) =>
      lane.send(chunk).then(() => served.push(chunk)),
    );
    expect(lane.trySend("f")).toBe(false); // there is room, but others were first
    await idle();
    expect([served, lane.stats.waiting, lane.stats.queued]).toEqual([["123456789"], 4, 9]);
    stream.drain();
    await turn();
    await turn();
    stream.drain();
    await readAll(stream, lane);
    await within(Promise.all(sends));
    expect(served).toEqual(["123456789", "abc", "d", "12345678", "e"]);
    expect(stream.written).toEqual(served);
    await within(scheduler.close());
  });

  test("takes a chunk that is longer than the queue when nothing else is in it", async () => {
    const { scheduler, stream, lane } = open(4);
    stream.fill();
    expect([lane.trySend("0123456789"), lane.trySend("x")]).toEqual([true, false]);
    const sent = lane.send("0123456789");
    stream.drain();
    await turn();
    await within(sent);
    expect([lane.stats.queued, stream.written]).toEqual([10, ["0123456789"]]);
    stream.drain();
    await turn();
    await within(scheduler.close());
  });

  test("that gives up by its signal or its time was not sent, and lets those behind it go", async () => {
    for (const how of ["signal", "timeout"] as const) {
      const { sink, stream, lane } = open();
      stream.fill();
      lane.trySend("12345");
      const controller = new AbortController();
      const refused = lane.send("too long", how === "signal" ? { signal: controller.signal } : { timeout: 1 });
      const behind = lane.send("67890");
      const last = lane.send("x");
      const reason = new Error("not needed");
      controller.abort(reason);
      expect(await errorOf(refused)).toEqual(how === "signal" ? reason : expect.any(TimeoutError));
      await within(behind); // there is room for it, though the sink writes nothing
      expect(lane.stats).toMatchObject({ queued: 10, waiting: 1 });
      stream.drain();
      await readAll(stream, lane);
      await within(last);
      await readAll(stream, lane);
      expect(stream.written).toEqual(["12345", "67890", "x"]);
      await within(sink.close());
    }
  });

  test("with a signal that has aborted, or without time to wait, is not sent", async () => {
    const { stream, sink, lane } = open();
    expect(await errorOf(lane.send("x", { signal: AbortSignal.abort("gone") }))).toBe("gone");
    expect(lane.stats.queued).toBe(0);
    await within(lane.send("0123456789", { timeout: 0 }));
    stream.fill();
    const late = await errorOf(lane.send("y", { timeout: 0 }));
    expect(late).toBeInstanceOf(TimeoutError);
    expect(lane.stats).toMatchObject({ queued: 10, waiting: 0 });
    sink.abort();
  });

  test("that waits is in the report, with why", async () => {
    const { sink, stream, lane } = open();
    lane.trySend("12345");
    const waiting = errorOf(lane.send("67890x"));
    expect(told()).toBe(
      'send on lane "news" (sink "client", 5 of 10 queued) has waited … s for room; its sink is pending',
    );
    stream.fill();
    await turn();
    expect(told()).toBe(
      'send on lane "news" (sink "client", 5 of 10 queued) has waited … s for room; its sink takes no more: whoever reads it is slow',
    );
    const [wait] = inspect().waits;
    expect(wait).toMatchObject({ operation: "send", resource: { kind: "lane", name: "news" }, awaits: "room" });
    lane.abort();
    expect(await waiting).toBeInstanceOf(LaneClosedError);
    sink.abort();
  });

  test.each([undefined, null, 5, {}])("rejects %j, and nothing is written", async (chunk) => {
    const { sink, lane } = open();
    expect(await errorOf(lane.send(chunk))).toBeInstanceOf(ArgumentError);
    expect(() => lane.trySend(chunk)).toThrow("wants a string, a Buffer or another view of bytes");
    expect(lane.stats.queued).toBe(0);
    await within(sink.close());
  });
});

describe("close", () => {
  test("refuses those who wait, and resolves when the queue is written", async () => {
    const { stream, sink, lane } = open();
    stream.fill();
    lane.trySend("0123456789");
    const waiting = errorOf(lane.send("x"));
    await turn();
    const closed = lane.close();
    expect([lane.closed, lane.trySend("y"), told()]).toEqual([
      true,
      false,
      'close on lane "news" (sink "client", 10 of 10 queued) has waited … s for its chunks to be written; its sink takes no more: whoever reads it is slow',
    ]);
    expect(await waiting).toEqual(new LaneClosedError('send on lane "news" of sink "client": the lane is closed'));
    expect(sink.stats.lanes).toBe(1);
    stream.drain();
    await within(closed);
    expect([stream.written, sink.stats.lanes, sink.closed]).toEqual([["0123456789"], 0, false]);
    await within(lane.close());
    expect(await errorOf(lane.send("x"))).toEqual(await waiting);
    await within(sink.close());
  });

  test("of one that waits no longer than it is told: the queue is still written", async () => {
    const { stream, sink, lane } = open();
    stream.fill();
    lane.trySend("x");
    expect(await errorOf(lane.close({ timeout: 1 }))).toBeInstanceOf(TimeoutError);
    expect(await errorOf(lane.close({ signal: AbortSignal.abort("gone") }))).toBe("gone");
    stream.drain();
    await within(lane.close());
    expect(stream.written).toEqual(["x"]);
    await within(sink.close());
  });

  test("is the end of a block with await using", async () => {
    const { stream, sink } = open();
    {
      await using lane = sink.lane();
      await lane.send("x");
    }
    expect([stream.written, sink.stats.lanes]).toEqual([["x"], 1]);
    await within(sink.close());
  });

  test("of a sink closes its lanes, and the stream stays open", async () => {
    const { scheduler, stream, sink, lane } = open();
    lane.trySend("0123456789");
    const waiting = errorOf(lane.send("x"));
    const closed = sink.close();
    expect(await waiting).toEqual(new LaneClosedError('send on lane "news" of sink "client": the sink is closed'));
    await within(closed);
    await within(sink.close());
    expect([stream.written, stream.isOver, stream.listeners, scheduler.stats.sinks]).toEqual([
      ["0123456789"],
      false,
      0,
      0,
    ]);
    expect(() => sink.lane({ name: "late" })).toThrow(
      new LaneClosedError('lane "late" of sink "client": the sink is closed'),
    );
  });
});

describe("abort", () => {
  test("of a lane: nothing of it is written, and who waits gets the reason; other lanes go on", async () => {
    const { stream, sink, lane } = open();
    const other = sink.lane();
    lane.trySend("0123456789");
    other.trySend("x");
    const ends = [lane.send("y"), lane.close()].map(errorOf);
    const reason = new Error("the user has left");
    lane.abort(reason);
    lane.abort(new Error("for the second time"));
    expect(await within(Promise.all(ends))).toEqual([
      new LaneClosedError('send on lane "news" of sink "client": the lane is closed'),
      new LaneClosedError('close on lane "news" of sink "client": the lane was given up', { cause: reason }),
    ]);
    expect(await errorOf(lane.send("z"))).toMatchObject({ cause: reason });
    expect(await errorOf(lane.close())).toMatchObject({ cause: reason });
    await within(sink.close());
    expect(stream.written).toEqual(["x"]);
  });

  test("of a sink: its lanes are given up, and the stream stays open", async () => {
    const { stream, sink, lane } = open();
    lane.trySend("0123456789");
    const reason = new Error("the user has left");
    const ends = [lane.send("x"), sink.close()].map(errorOf);
    sink.abort(reason);
    expect(await within(Promise.all(ends))).toMatchObject([
      { message: 'send on lane "news" of sink "client": the sink is closed' },
      { message: 'close on sink "client": the sink was given up', cause: reason },
    ]);
    expect(await errorOf(lane.send("y"))).toMatchObject({ cause: reason });
    await turn();
    expect([stream.written, stream.isOver, stream.listeners]).toEqual([[], false, 0]);
  });

  test("of the stream: who sends gets its error, and whatever comes later", async () => {
    const { stream, sink, lane } = open();
    stream.fill();
    lane.trySend("0123456789");
    const waiting = errorOf(lane.send("x"));
    const error = new Error("read ECONNRESET");
    stream.destroy(error);
    stream.told();
    const wanted = 'send on lane "news" of sink "client": the stream of the sink has failed';
    expect(await waiting).toEqual(new LaneClosedError(wanted, { cause: error }));
    for (const end of [lane.close(), sink.close()]) expect(await errorOf(end)).toMatchObject({ cause: error });
    expect(() => sink.lane()).toThrow(LaneClosedError);
  });
});

test.each([
  { weight: 0 },
  { weight: Infinity },
  { weight: "1" },
  { priority: NaN },
  { priority: 1001 },
  { maxQueued: 0 },
  { maxQueued: 1.5 },
  { name: 5 },
])("a lane with %j is refused, and so is a sink", (options) => {
  const { scheduler, sink } = open();
  expect(() => sink.lane(options as never)).toThrow(ArgumentError);
  if (!("maxQueued" in options)) expect(() => scheduler.sink(new Stream(), options as never)).toThrow(ArgumentError);
  expect([sink.stats.lanes, scheduler.stats.sinks]).toEqual([1, 1]);
  sink.abort();
});
