// When runs happen. Time passes only when the test says so.
import { ArgumentError, deficitRoundRobin, ewma, roundRobin, writeScheduler } from "tailrace";
import { describe, expect, test, vi } from "vitest";
import { turn } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { pass, timeStands } from "../pool/clock.ts";
import { Stream } from "./stream.ts";

timeStands();
nothingIsLeft();

function open(interval?: number) {
  const scheduler = writeScheduler({ interval });
  const stream = new Stream({ highWaterMark: Infinity });
  const sink = scheduler.sink(stream);
  const lane = sink.lane({ maxQueued: Infinity });
  const runs = () => scheduler.stats.runs;
  return { scheduler, stream, sink, lane, runs };
}

test.each([undefined, 0, 10, 12, 100, 0.5])("an interval of %s can be used, also later", (interval) => {
  const { scheduler } = open(interval);
  scheduler.configure({ interval: 50 });
  scheduler.configure({ interval });
});

test.each([101, -1, NaN, Infinity, "10", null])(
  "an interval of %s is refused, also later, and changes nothing",
  (given) => {
    const interval = given as number;
    expect(() => writeScheduler({ interval })).toThrow(ArgumentError);
    const { scheduler, sink } = open(10);
    expect(() => {
      scheduler.configure({ policy: roundRobin(), interval });
    }).toThrow("wants a number of milliseconds from 0 to 100");
    scheduler.check();
    sink.abort();
  },
);

describe("a run", () => {
  test("happens when the event loop turns, without an interval, and no timer is needed", async () => {
    const { lane, runs, sink } = open();
    for (let count = 1; count <= 3; count++) {
      lane.trySend("x");
      lane.trySend("y");
      expect([runs(), vi.getTimerCount()]).toEqual([count - 1, 0]);
      await turn();
      expect(runs()).toBe(count);
    }
    await turn();
    expect(runs()).toBe(3);
    sink.abort();
  });

  test("23696: happens at once if none was before, whatever the clock says and the interval", async () => {
    const { lane, runs, sink } = open(100);
    lane.trySend("x");
    expect(vi.getTimerCount()).toBe(0);
    await turn();
    expect(runs()).toBe(1);
    sink.abort();
  });

  test("happens so long after the last one, by one timer, however often somebody sends", async () => {
    const { lane, runs, stream, sink } = open(10);
    lane.trySend("x");
    await pass(4);
    for (let count = 0; count < 10; count++) {
      lane.trySend("y");
      expect(vi.getTimerCount()).toBe(1);
    }
    await pass(5);
    expect([runs(), stream.written.length]).toEqual([1, 1]);
    await pass(1);
    expect([runs(), stream.written.length, vi.getTimerCount()]).toEqual([2, 11, 0]);
    sink.abort();
  });

  test("happens at once when it is overdue", async () => {
    const { lane, runs, sink } = open(10);
    lane.trySend("x");
    await pass(10);
    lane.trySend("y");
    expect(vi.getTimerCount()).toBe(0);
    await turn();
    expect(runs()).toBe(2);
    sink.abort();
  });

  test("waits no longer than the interval when the clock is set back", async () => {
    await vi.advanceTimersByTimeAsync(1000);
    const { lane, runs, sink } = open(10);
    lane.trySend("x");
    await turn();
    const now = vi.spyOn(performance, "now").mockReturnValue(5);
    try {
      lane.trySend("y");
    } finally {
      now.mockRestore();
    }
    await pass(10);
    expect(runs()).toBe(2);
    sink.abort();
  });

  test("is not waited for by one that has more than it may write in one", async () => {
    const scheduler = writeScheduler({ interval: 10 });
    const stream = new Stream({ highWaterMark: 10 });
    const lane = scheduler.sink(stream).lane();
    for (let chunk = 0; chunk < 3; chunk++) lane.trySend("0123456789");
    for (const written of [1, 2, 3]) {
      await turn();
      stream.drain();
      expect([stream.written.length, vi.getTimerCount()]).toEqual([written, written < 3 ? 1 : 0]);
      await pass(10);
    }
    lane.abort();
  });

  test("comes by itself when a kernel should have sent half of what it has, and at once for others", async () => {
    let cwnd = 0;
    const info = () => ({ cwnd, unacked: 0, mss: 100, notSent: 0, acked: 0 });
    const full = new Stream();
    const scheduler = writeScheduler({ tcpInfo: (stream) => (stream === full ? info() : undefined) });
    const sink = scheduler.sink(full);
    const waiting = sink.lane();
    waiting.trySend("x");
    await turn();
    expect([scheduler.stats.runs, sink.stats.state, vi.getTimerCount()]).toEqual([1, "waiting-to-write", 1]);
    await pass(200);
    expect([scheduler.stats.runs, vi.getTimerCount()]).toEqual([1, 1]); // it was looked at, and nothing can be written
    const other = scheduler.sink(new Stream()).lane();
    other.trySend("y");
    await turn();
    expect([scheduler.stats.runs, other.stats.chunks, waiting.stats.chunks]).toEqual([2, 1, 0]);
    cwnd = 1;
    await pass(50);
    expect(waiting.stats.chunks).toBe(1);
    await Promise.all([scheduler.close(), pass(50)]);
  });
});

describe("while it runs", () => {
  test.each([
    ["longer", 10, 100, 100],
    ["shorter", 100, 10, 10],
    ["none", 100, 0, 0],
    ["some", 0, 20, 20],
    ["as long", 10, 10, 10],
  ])("the interval can be made %s", async (_what, before, after, wait) => {
    const { scheduler, lane, runs, sink } = open(before);
    lane.trySend("x");
    await turn();
    if (before > 0) lane.trySend("y");
    scheduler.configure({ interval: after });
    lane.trySend("z");
    expect(vi.getTimerCount()).toBe(wait > 0 ? 1 : 0);
    if (wait > 0) {
      await pass(wait - 1);
      expect(runs()).toBe(1);
    }
    await pass(1);
    expect([runs(), sink.stats.chunks]).toEqual([2, before > 0 ? 3 : 2]);
    sink.abort();
  });

  test("the policy can be changed and changed back, and everybody begins anew", async () => {
    const scheduler = writeScheduler({ policy: ewma(), quantum: 1 });
    const stream = new Stream();
    const sink = scheduler.sink(stream);
    const [loud, quiet] = [sink.lane(), sink.lane()];
    const round = async (): Promise<unknown[]> => {
      for (let count = 0; count < 2; count++) {
        loud.trySend("L");
        quiet.trySend("q");
      }
      await turn();
      stream.drain();
      return stream.written.splice(0);
    };
    loud.trySend("LLLLLLLL");
    await turn();
    stream.written.length = 0;
    expect(await round()).toEqual(["q", "q", "L", "L"]);
    scheduler.configure({ policy: roundRobin() });
    expect(await round()).toEqual(["L", "q", "L", "q"]);
    const again = ewma();
    scheduler.configure({ policy: again });
    loud.trySend("LLLLLLLL");
    await turn();
    stream.written.length = 0;
    scheduler.configure({ policy: again, interval: 0, quantum: 1 }); // the same: nobody begins anew
    expect(await round()).toEqual(["q", "q", "L", "L"]);
    scheduler.configure({ policy: deficitRoundRobin({ quantum: 2 }) });
    expect(await round()).toEqual(["L", "q", "L", "q"]);
    sink.abort();
  });

  test.each([{ policy: {} }, { policy: "ewma" }, { quantum: 0 }, { quantum: 1.5 }, { socketBufferFactor: -1 }, 5])(
    "%j is refused",
    (settings) => {
      const { scheduler, sink } = open();
      expect(() => {
        scheduler.configure(settings as never);
      }).toThrow(ArgumentError);
      expect(() => writeScheduler(settings as never)).toThrow(ArgumentError);
      sink.abort();
    },
  );
});
