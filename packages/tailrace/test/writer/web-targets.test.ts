// What is not a stream of Node: web streams and WebSockets.
import { ArgumentError, writeScheduler } from "tailrace";
import type { WebSocketLike, WriteTarget } from "tailrace";
import { describe, expect, expectTypeOf, test, vi } from "vitest";
import { idle, turn, within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { pass, timeStands } from "../pool/clock.ts";
import { Gate } from "../tasks.ts";

nothingIsLeft();

/** A web stream whose reader takes a chunk when the test lets it. */
function slowStream(highWaterMark: number) {
  const taken: unknown[] = [];
  const gates: Gate[] = [];
  const stream = new WritableStream<unknown>(
    {
      write: async (chunk) => {
        const gate = new Gate();
        gates.push(gate);
        await gate.opened;
        taken.push(chunk);
      },
    },
    { highWaterMark },
  );
  const take = async (): Promise<void> => {
    gates.shift()?.open();
    await idle();
  };
  return { stream, taken, take };
}

describe("a web stream", () => {
  test("gets as much as it wants, and more when it wants more", async () => {
    const { stream, taken, take } = slowStream(2);
    const scheduler = writeScheduler();
    const sink = scheduler.sink(stream);
    const lane = sink.lane();
    for (const chunk of ["a", "b", "c", "d", "e"]) await within(lane.send(chunk));
    await idle();
    expect(sink.stats).toMatchObject({ state: "waiting-to-write", chunks: 2, queued: 3 });
    scheduler.check();
    for (let count = 1; count <= 5; count++) {
      await take();
      expect([taken.length, sink.stats.chunks]).toEqual([count, Math.min(5, count + 2)]);
    }
    await within(scheduler.close());
    expect([taken.join(""), stream.locked]).toEqual(["abcde", false]);
  });

  test("of items takes anything, each as one", async () => {
    const { stream, taken, take } = slowStream(10);
    const sink = writeScheduler().sink(stream);
    const lane = sink.lane();
    const chunks = [{ id: 1 }, null, new Uint8Array(2)];
    for (const chunk of chunks) lane.trySend(chunk);
    await within(lane.close());
    for (const _ of chunks) await take();
    expect([taken, sink.stats.bytes]).toEqual([chunks, 4]);
    await within(sink.close());
  });

  test("that fails, or is over, tells those who send", async () => {
    const scheduler = writeScheduler();
    const error = new Error("broken");
    const failing = scheduler.sink(new WritableStream({ write: () => Promise.reject(error) })).lane();
    await failing.send("x");
    await idle();
    await expect(within(failing.send("y"))).rejects.toMatchObject({ name: "LaneClosedError", cause: error });

    const over = new WritableStream();
    const writer = over.getWriter();
    await writer.close();
    writer.releaseLock();
    const late = scheduler.sink(over).lane();
    await idle();
    await expect(within(late.send("z"))).rejects.toThrow("the stream of the sink has ended");
    expect(scheduler.stats.sinks).toBe(0);
  });

  test("that is given up is free again, and what was in its lanes is not written", async () => {
    const { stream, taken, take } = slowStream(1);
    const sink = writeScheduler().sink(stream);
    const lane = sink.lane();
    for (const chunk of ["a", "b"]) await within(lane.send(chunk));
    await idle();
    sink.abort();
    expect(stream.locked).toBe(false);
    await take();
    const writer = stream.getWriter();
    const written = writer.write("c");
    await idle();
    await take();
    await within(written);
    expect(taken).toEqual(["a", "c"]);
    writer.releaseLock();
  });

  test("that somebody else writes to is refused, and so is whatever can not be written to", () => {
    const { stream } = slowStream(1);
    stream.getWriter();
    const scheduler = writeScheduler();
    for (const target of [stream, {}, null, 5, new ReadableStream(), { write: () => true }]) {
      expect(() => scheduler.sink(target as never)).toThrow(ArgumentError);
    }
    expect(scheduler.stats.sinks).toBe(0);
  });
});

/** A WebSocket whose network is the test. */
class Socket extends EventTarget implements WebSocketLike {
  readyState = 1;
  bufferedAmount = 0;
  readonly sent: unknown[] = [];
  onSent: (() => void) | undefined;

  send(data: string | Uint8Array | Blob, callback?: () => void): void {
    if (this.readyState !== 1) throw new Error("it is not open");
    this.sent.push(data);
    this.bufferedAmount += new Blob([data]).size;
    this.onSent = callback;
  }

  shut(code: number): void {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event("close"), { code, reason: "" }));
  }
}

describe("a WebSocket", () => {
  timeStands();

  test("is a target by its type, too", () => {
    expectTypeOf<WebSocket>().toExtend<WriteTarget>();
  });

  test("gets chunks until it holds 64 KiB, and is looked at again every 5 ms", async () => {
    const socket = new Socket();
    const scheduler = writeScheduler();
    const sink = scheduler.sink(socket);
    const lane = sink.lane({ maxQueued: 1e6 });
    for (let chunk = 0; chunk < 20; chunk++) lane.trySend(new Uint8Array(16_384));
    await turn();
    expect([socket.sent.length, sink.stats.state, vi.getTimerCount()]).toEqual([4, "waiting-to-write", 1]);
    await pass(50);
    expect(socket.sent.length).toBe(4);
    socket.bufferedAmount = 16_384;
    await pass(5);
    expect(socket.sent.length).toBe(7);
    scheduler.check();
    socket.bufferedAmount = 0;
    socket.onSent?.(); // as the package `ws` says it: at once
    await turn();
    expect(socket.sent.length).toBe(11);
    sink.abort();
    expect(vi.getTimerCount()).toBe(0);
  });

  test("that is not open yet gets all when it is", async () => {
    const socket = new Socket();
    socket.readyState = 0;
    const sink = writeScheduler().sink(socket);
    await within(sink.lane().send("hello"));
    await turn();
    expect([socket.sent, sink.stats.state]).toEqual([[], "waiting-to-write"]);
    socket.readyState = 1;
    socket.dispatchEvent(new Event("open"));
    await within(sink.close());
    expect(socket.sent).toEqual(["hello"]);
  });

  test.each(["close", "error", "closing"] as const)("that ends by %s tells those who send", async (how) => {
    const socket = new Socket();
    socket.bufferedAmount = 1e6;
    const sink = writeScheduler().sink(socket, { name: "client" });
    const lane = sink.lane({ name: "news", maxQueued: 1 });
    lane.trySend("x");
    const waiting = lane.send("y").catch((error: unknown) => error);
    await turn();
    if (how === "error") socket.dispatchEvent(Object.assign(new Event("error"), { message: "refused" }));
    else {
      if (how === "closing") socket.readyState = 2; // nothing of it is said
      await pass(20);
      socket.shut(1006);
    }
    expect(await within(waiting)).toMatchObject({
      message: 'send on lane "news" of sink "client": the stream of the sink has failed',
      cause: { message: how === "error" ? "refused" : "the WebSocket was closed: 1006" },
    });
    expect([sink.closed, vi.getTimerCount()]).toEqual([true, 0]);
  });

  test("takes texts, bytes and Blobs, and counts them in bytes", async () => {
    const socket = new Socket();
    const sink = writeScheduler().sink(socket);
    const lane = sink.lane();
    for (const chunk of ["é", new Uint8Array(3), new ArrayBuffer(4), new Blob(["12345"])]) lane.trySend(chunk);
    expect(lane.stats.queued).toBe(2 + 3 + 4 + 5);
    for (const wrong of [5, {}, null]) expect(() => lane.trySend(wrong)).toThrow(ArgumentError);
    await turn();
    expect(socket.sent).toHaveLength(4);
    sink.abort();
  });
});

describe("a lane as a WritableStream", () => {
  test("takes as fast as the lane, and closes it", async () => {
    const { stream, taken, take } = slowStream(1);
    const sink = writeScheduler().sink(stream);
    const lane = sink.lane({ maxQueued: 1 });
    const source = new ReadableStream<string>({
      start: (controller) => {
        for (const chunk of "abcdef") controller.enqueue(chunk);
        controller.close();
      },
    });
    const piped = source.pipeTo(lane.toWeb());
    for (let count = 0; count < 6; count++) {
      await idle();
      expect(lane.stats.queued).toBeLessThanOrEqual(1);
      await take();
    }
    await within(piped);
    expect([taken.join(""), lane.closed]).toEqual(["abcdef", true]);
    await within(sink.close());
  });

  test("gives it up when it is aborted, and fails when the lane does", async () => {
    const { stream } = slowStream(1);
    const sink = writeScheduler().sink(stream);
    const reason = new Error("enough");
    const given = sink.lane();
    await within(given.toWeb().abort(reason));
    await expect(within(given.send("x"))).rejects.toMatchObject({ cause: reason });
    const writer = sink.lane().toWeb().getWriter();
    sink.abort(reason);
    await expect(within(writer.write("y"))).rejects.toMatchObject({ name: "LaneClosedError", cause: reason });
    await expect(within(writer.closed)).rejects.toMatchObject({ cause: reason });
  });
});
