import { ArgumentError, inspect, LaneClosedError, TimeoutError } from "tailrace";
import type { Lane } from "tailrace";
import { describe, expect, test } from "vitest";
import { idle, turn, within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { told } from "../told.ts";
import { errorOf, open } from "./open.ts";
import { Stream } from "./stream.ts";

nothingIsLeft();

/** The reader reads until all is written. */
async function readAll(stream: Stream, lane: Lane): Promise<void> {
  for (let round = 0; round < 100 && lane.stats.queued > 0; round++) {
    await turn();
    stream.drain();
  }
}

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
