// The tests of Tor's list of pending channels (src/test/test_scheduler.c), as those of ours; and the bounds of a run.
import { deficitRoundRobin, ewma, roundRobin, strictPriority, writeScheduler } from "tailrace";
import { describe, expect, test, vi } from "vitest";
import { turn, within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { pass, timeStands } from "../pool/clock.ts";
import { Stream } from "./stream.ts";

nothingIsLeft();

/** A cell of Tor as it goes over the wire, and what of a channel may be written in one run there: one fits. */
const CELL = new Uint8Array(543);
const LIMIT = 600;

function open(highWaterMark = LIMIT) {
  const scheduler = writeScheduler({ quantum: 1 });
  const stream = new Stream({ highWaterMark });
  const sink = scheduler.sink(stream, { name: "client" });
  const lane = sink.lane({ name: "news" });
  const facts = () => [sink.stats.state, scheduler.stats.pending, sink.stats.queued];
  return { scheduler, stream, sink, lane, facts };
}

describe("the list of pending sinks", () => {
  timeStands();

  test("a sink that gets many chunks, on many lanes, is listed once, and one run is enough", async () => {
    const { scheduler, stream, sink, facts } = open(10_000);
    for (let count = 0; count < 10; count++) for (let chunk = 0; chunk < 5; chunk++) sink.lane().trySend("x");
    for (const lane of [sink.lane(), sink.lane()]) for (const chunk of ["y", "z"]) lane.trySend(chunk);
    expect(facts()).toEqual(["pending", 1, 54]);
    await turn();
    expect([...facts(), scheduler.stats.runs, stream.written.length]).toEqual(["waiting-for-chunks", 0, 0, 1, 54]);
    await within(scheduler.close());
  });

  test("one that can be written to and has nothing is not listed", async () => {
    const { scheduler, stream, lane, facts } = open();
    lane.trySend(CELL);
    await turn();
    expect(facts()).toEqual(["waiting-for-chunks", 0, 0]);
    stream.emit("drain");
    expect(facts()).toEqual(["waiting-for-chunks", 0, 0]);
    scheduler.check();
    await within(scheduler.close());
  });

  test("one whose lane was given up has nothing to write in its turn, and leaves the list", async () => {
    const { scheduler, stream, lane, facts } = open();
    lane.trySend(CELL);
    lane.abort();
    expect(facts()).toEqual(["pending", 1, 0]);
    scheduler.check();
    await turn();
    expect([...facts(), stream.written]).toEqual(["waiting-for-chunks", 0, 0, []]);
    await within(scheduler.close());
  });

  test("one that can not be written to, and gets chunks, waits to write and is not listed", async () => {
    const { scheduler, stream, sink, lane, facts } = open();
    stream.fill();
    lane.trySend(CELL);
    await turn();
    expect(facts()).toEqual(["waiting-to-write", 0, 543]);
    expect(scheduler.stats.runs).toBe(1);
    lane.trySend(CELL);
    scheduler.check();
    sink.abort();
  });

  test("two that say at each write that they want more are each written once in a run, and each listed once", async () => {
    const scheduler = writeScheduler({ quantum: 1 });
    const streams = [new Stream({ highWaterMark: LIMIT }), new Stream({ highWaterMark: LIMIT })];
    for (const stream of streams) {
      stream.hooks.write = () => {
        for (const each of streams) each.drain(); // all of it goes to the kernel at once
      };
      const lane = scheduler.sink(stream).lane();
      for (let cell = 0; cell < 10; cell++) lane.trySend(CELL);
    }
    for (let run = 1; run <= 5; run++) {
      await turn();
      scheduler.check();
      // Two cells are more than the limit, and the second one is begun within it.
      expect(streams.map(({ written }) => written.length)).toEqual([2 * run, 2 * run]);
      expect(scheduler.stats).toMatchObject({ services: 4 * run, pending: run < 5 ? 2 : 0 });
    }
    await within(scheduler.close());
  });
});

describe("one that is closed", () => {
  test.each(["sink.abort", "lane.abort", "destroy"] as const)("by %s, while it is listed, twice", async (how) => {
    const { scheduler, stream, sink, lane, facts } = open();
    lane.trySend(CELL);
    for (let time = 0; time < 2; time++) {
      if (how === "sink.abort") sink.abort();
      else if (how === "lane.abort") lane.abort();
      else stream.destroy();
      scheduler.check();
    }
    await turn();
    scheduler.check();
    expect([scheduler.stats.pending, scheduler.stats.services <= 1, stream.written]).toEqual([0, true, []]);
    expect(facts()[0]).toBe(how === "lane.abort" ? "waiting-for-chunks" : "idle");
    sink.abort();
  });

  test("while others are listed: the run goes over it", async () => {
    const scheduler = writeScheduler({ policy: roundRobin() });
    const streams = Array.from({ length: 9 }, () => new Stream());
    const sinks = streams.map((stream) => scheduler.sink(stream));
    for (const sink of sinks) sink.lane().trySend("x");
    for (const [place, stream] of streams.entries()) {
      stream.hooks.write = () => sinks[place + 1]?.abort(); // it would be the next one
    }
    await turn();
    scheduler.check();
    expect(streams.map(({ written }) => written.length)).toEqual([1, 0, 1, 0, 1, 0, 1, 0, 1]);
    await within(scheduler.close());
  });
});

describe("a sink", () => {
  timeStands();

  test("whose kernel has enough waits to write until that is looked at, and is listed by nobody else", async () => {
    const noRoom = { cwnd: 0, unacked: 0, mss: 1448, notSent: 0, acked: 0 };
    let info = noRoom;
    const scheduler = writeScheduler({ tcpInfo: () => info });
    const stream = new Stream();
    const sink = scheduler.sink(stream);
    const lane = sink.lane();
    lane.trySend("x");
    for (let time = 1; time <= 3; time++) {
      await turn();
      stream.emit("drain"); // which it does not need
      lane.trySend("y");
      scheduler.check();
      expect([sink.stats.state, scheduler.stats.pending, stream.written]).toEqual(["waiting-to-write", 0, []]);
    }
    info = { ...noRoom, cwnd: 1 };
    await pass(50);
    expect([sink.stats.state, stream.written]).toEqual(["waiting-for-chunks", ["x", "y", "y", "y"]]);
    lane.abort();
    sink.abort();
  });
});

describe("a run", () => {
  timeStands();

  test("has no more than a thousand turns, and the event loop turns before the next", async () => {
    const scheduler = writeScheduler({ quantum: 1 });
    const stream = new Stream({ highWaterMark: Infinity });
    const lane = scheduler.sink(stream).lane();
    for (let chunk = 0; chunk < 2500; chunk++) lane.trySend("x");
    const written: number[] = [];
    for (let run = 0; run < 3; run++) {
      await turn();
      scheduler.check();
      written.push(stream.written.length);
    }
    expect(written).toEqual([1000, 2000, 2500]);
    await within(scheduler.close());
  });

  test.each([
    ["chunks that take long", 4, 16_384, 16],
    ["many small chunks", 0.02, 1, 2048],
  ])(
    "has no more than a few milliseconds, and looks often enough at the clock: %s",
    async (_what, milliseconds, size, most) => {
      const scheduler = writeScheduler();
      const stream = new Stream({ highWaterMark: Infinity });
      stream.hooks.write = () => {
        vi.advanceTimersByTime(milliseconds);
      };
      const lane = scheduler.sink(stream).lane({ maxQueued: Infinity });
      for (let chunk = 0; chunk < 2 * most; chunk++) lane.trySend(new Uint8Array(size));
      await turn();
      expect(stream.written.length).toBeLessThanOrEqual(most);
      lane.abort();
      await turn();
    },
  );

  test.each([ewma(), roundRobin(), deficitRoundRobin(), strictPriority()])(
    "$name: of many lanes that are always busy, each has its turn in so many runs",
    async (policy) => {
      const scheduler = writeScheduler({ policy, quantum: 1000 });
      const sinks = Array.from({ length: 4 }, () => new Stream({ highWaterMark: 4000 }));
      const lanes = sinks.flatMap((stream) => {
        const sink = scheduler.sink(stream);
        return Array.from({ length: 10 }, () => sink.lane({ maxQueued: 4000 }));
      });
      const last = lanes.map(() => 0);
      for (let run = 1; run <= 200; run++) {
        for (const lane of lanes) while (lane.trySend(new Uint8Array(500)));
        const before = lanes.map(({ stats }) => stats.chunks);
        await turn();
        for (const [place, lane] of lanes.entries()) if (lane.stats.chunks > (before[place] ?? 0)) last[place] = run;
        // Four lanes of ten have a turn in each run.
        expect(run - Math.min(...last)).toBeLessThanOrEqual(4);
        for (const stream of sinks) stream.drain();
        scheduler.check();
      }
      for (const lane of lanes) lane.abort();
      await within(scheduler.close());
    },
  );
});
