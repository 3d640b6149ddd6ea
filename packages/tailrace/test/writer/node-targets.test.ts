// Streams of Node, real ones.
import { EventEmitter } from "node:events";
import { PassThrough, Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { writeScheduler } from "tailrace";
import { describe, expect, test } from "vitest";
import { idle, turn, within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { open } from "./open.ts";

nothingIsLeft();

/** A stream that takes what was written when the test lets it; each time as one list of chunks. */
function slowWritable({ highWaterMark = 10, objectMode = false } = {}) {
  const taken: unknown[][] = [];
  let done: ((error?: Error) => void) | undefined;
  const stream = new Writable({
    highWaterMark,
    objectMode,
    decodeStrings: false,
    writev: (chunks, callback) => {
      taken.push(chunks.map(({ chunk }) => chunk as unknown));
      done = callback;
    },
  });
  const take = async (error?: Error): Promise<void> => {
    const callback = done;
    done = undefined;
    callback?.(error);
    await idle();
  };
  return { stream, taken, take };
}

describe("a Writable", () => {
  test("gets what it takes in one go, and the rest after its drain", async () => {
    const { stream, taken, take } = slowWritable();
    const scheduler = writeScheduler();
    const sink = scheduler.sink(stream);
    const [one, other] = [sink.lane(), sink.lane()];
    for (const chunk of ["aaaa", "bbbb", "cccc"]) one.trySend(chunk);
    other.trySend("dddd");
    await turn();
    expect([taken, sink.stats.state]).toEqual([[["aaaa", "bbbb", "cccc"]], "waiting-to-write"]);
    await take();
    scheduler.check();
    expect(taken).toEqual([["aaaa", "bbbb", "cccc"], ["dddd"]]);
    await take();
    await within(scheduler.close());
    expect([stream.writableEnded, stream.destroyed, stream.listenerCount("error")]).toEqual([false, false, 0]);
  });

  test("of items counts each as one, and takes anything but null", async () => {
    const { stream, taken, take } = slowWritable({ highWaterMark: 2, objectMode: true });
    const sink = writeScheduler().sink(stream);
    const lane = sink.lane();
    expect(lane.maxQueued).toBe(16);
    const items = [{ id: 1 }, 2, "3", [], false];
    for (const item of items) lane.trySend(item);
    for (const nothing of [null, undefined]) expect(() => lane.trySend(nothing)).toThrow("anything but null");
    await turn();
    expect(sink.stats).toMatchObject({ bytes: 2, queued: 3 });
    for (let count = 0; count < 3; count++) await take();
    await within(sink.close());
    expect(taken.flat()).toEqual(items);
  });

  test("takes strings, Buffers and other views, and counts bytes", async () => {
    const stream = new PassThrough();
    const sink = writeScheduler().sink(stream);
    const lane = sink.lane();
    for (const chunk of ["é", Buffer.from("x"), new Uint8Array([121]), new Uint8Array()]) lane.trySend(chunk);
    await within(sink.close());
    stream.end();
    expect(Buffer.concat(await within(stream.toArray() as Promise<Buffer[]>)).toString()).toBe("éxy");
    expect(sink.stats).toMatchObject({ chunks: 4, bytes: 5 });
  });

  test("that is destroyed tells those who send at once, with the error of it, and needs no other listener", async () => {
    const { stream } = slowWritable();
    const sink = writeScheduler().sink(stream);
    const lane = sink.lane({ maxQueued: 1 });
    const sends = ["0123456789", "x", "y"].map((chunk) => lane.send(chunk).catch((error: unknown) => error));
    await turn();
    const error = new Error("read ECONNRESET");
    stream.destroy(error);
    expect(await within(Promise.all(sends))).toMatchObject([undefined, undefined, { cause: error }]);
    expect(sink.closed).toBe(true);
  });

  test.each(["a write fails", "its function throws", "another destroys it"])(
    "%s: that is its failure alone",
    async (how) => {
      const error = new Error("broken");
      const scheduler = writeScheduler();
      const well = slowWritable();
      const broken: Writable = new Writable({
        write: (_chunk, _encoding, callback) => {
          if (how === "its function throws") throw error;
          if (how === "a write fails") callback(error);
        },
      });
      const first = new Writable({
        write: (_chunk, _encoding, callback) => {
          if (how === "another destroys it") broken.destroy(error);
          callback();
        },
      });
      const lanes = [first, broken, well.stream].map((stream) => scheduler.sink(stream).lane());
      for (const lane of lanes) lane.trySend("x");
      await idle();
      await expect(within(lanes[1]?.send("y") ?? Promise.resolve())).rejects.toMatchObject({ cause: error });
      expect([scheduler.stats.sinks, well.taken]).toEqual([2, [["x"]]]);
      await well.take();
      await within(scheduler.close());
    },
  );

  test.each([
    ["ended", (stream: Writable): void => void stream.end()],
    ["destroyed", (stream: Writable): void => void stream.destroy()],
  ])("that is %s by others takes no more", async (_how, end) => {
    const { stream } = slowWritable();
    const sink = writeScheduler().sink(stream);
    const lane = sink.lane();
    end(stream);
    lane.trySend("x");
    await idle();
    await expect(within(lane.send("y"))).rejects.toThrow("the stream of the sink has ended");
    expect(() => writeScheduler().sink(stream).lane()).toThrow("the stream of the sink has ended");
  });
});

test.each([
  [
    "at once",
    (tell: () => void): void => {
      tell();
    },
  ],
  [
    "later",
    (tell: () => void): void => {
      setImmediate(tell);
    },
  ],
])("a stream that can not be asked, and drains %s, goes on", async (_when, tellLater) => {
  const events = new EventEmitter();
  const written: unknown[] = [];
  const stream = {
    on: events.on.bind(events),
    once: events.once.bind(events),
    off: events.off.bind(events),
    end: () => undefined,
    destroy: () => undefined,
    write: (chunk: unknown) => {
      written.push(chunk);
      tellLater(() => events.emit("drain"));
      return false;
    },
  };
  const sink = writeScheduler().sink(stream);
  const lane = sink.lane({ maxQueued: 1 });
  for (const chunk of ["a", "b", "c", "d"]) await within(lane.send(chunk));
  await within(sink.close());
  expect(written).toEqual(["a", "b", "c", "d"]);
});

describe("a lane as a Writable", () => {
  test("takes as fast as the lane, and closes it at its end", async () => {
    const { stream, taken, take } = slowWritable();
    const sink = writeScheduler().sink(stream);
    const lane = sink.lane({ maxQueued: 4 });
    let read = 0;
    const source = Readable.from(
      (function* () {
        for (; read < 100; read++) yield "abcd";
      })(),
      { highWaterMark: 1 },
    );
    const piped = pipeline(source, lane.writable());
    await idle();
    const before = read;
    expect([before < 12, lane.stats.queued]).toEqual([true, 4]);
    for (let count = 0; count < 300 && stream.writableLength + lane.stats.queued > 0; count++) await take();
    await within(piped);
    await within(sink.close());
    expect([read, taken.flat().length]).toEqual([100, 100]);
  });

  test("passes on what it gets: bytes, items, and strings in whatever encoding", async () => {
    const { stream, taken, take } = slowWritable({ objectMode: true });
    const sink = writeScheduler().sink(stream);
    const lane = sink.lane();
    const writable = lane.writable();
    const buffer = Buffer.from("x");
    writable.write(buffer);
    writable.write({ id: 1 });
    writable.write("é");
    writable.write("c3a9", "hex");
    writable.end();
    for (let count = 0; count < 9; count++) await take();
    expect(taken.flat()).toEqual([buffer, { id: 1 }, "é", Buffer.from("é")]);
    expect(taken.flat()[0]).toBe(buffer);
    await within(sink.close());
  });

  test("gives it up when it is destroyed, and is destroyed with the error of the lane", async () => {
    const { stream } = slowWritable();
    const sink = writeScheduler().sink(stream);
    const error = new Error("the source has failed");
    const given = sink.lane();
    const failing = new Readable({ read: () => failing.destroy(error) });
    await expect(within(pipeline(failing, given.writable()))).rejects.toBe(error);
    await expect(within(given.send("x"))).rejects.toMatchObject({ cause: error });
    const plain = sink.lane();
    plain.writable().destroy();
    await idle();
    expect(plain.closed).toBe(true);
    const lane = sink.lane();
    const piped = pipeline(Readable.from(["a"]), lane.writable());
    lane.abort(error);
    await expect(within(piped)).rejects.toMatchObject({ name: "LaneClosedError", cause: error });
    await within(sink.close());
  });
});

test("a stream of a lane that is ended and then destroyed writes no more", async () => {
  const { stream, lane, scheduler } = open();
  stream.fill();
  const writable = lane.writable();
  writable.write("x");
  await turn();
  writable.end();
  await turn();
  writable.destroy();
  await turn();
  stream.drain();
  await turn();
  expect([stream.written, lane.stats.queued]).toEqual([[], 0]);
  await within(scheduler.close());
});
