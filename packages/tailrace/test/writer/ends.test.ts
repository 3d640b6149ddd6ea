// How lanes and sinks end.
import { LaneClosedError, strictPriority, TimeoutError, writeScheduler } from "tailrace";
import { describe, expect, test } from "vitest";
import { turn, within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { told } from "../told.ts";
import { errorOf, open } from "./open.ts";
import { Stream } from "./stream.ts";

nothingIsLeft();

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

test("bytes that are transferred while they stand in the queue leave no room taken", async () => {
  const { stream, lane, scheduler } = open();
  stream.fill();
  const chunk = new Uint8Array(10);
  lane.trySend(chunk);
  structuredClone(chunk.buffer, { transfer: [chunk.buffer] });
  stream.drain();
  await turn();
  expect([lane.stats.queued, lane.stats.bytes]).toEqual([0, 10]);
  await within(scheduler.close());
});

test("a sink whose best lane is given up stands as its next one does", async () => {
  const scheduler = writeScheduler({ policy: strictPriority() });
  const written: string[] = [];
  const open = (name: string) => {
    const stream = new Stream();
    stream.onChunk = () => written.push(name);
    return scheduler.sink(stream);
  };
  const [first, second] = [open("first"), open("second")];
  const best = first.lane({ priority: 2 });
  for (const lane of [best, first.lane({ priority: 0 }), second.lane({ priority: 1 })]) lane.trySend("x");
  best.abort();
  await turn();
  expect(written).toEqual(["second", "first"]);
  await within(scheduler.close());
});
