// Faults of Tor's scheduler and of its neighbours, by the numbers of their tickets, as they would show here.
import { LaneClosedError, roundRobin, writeScheduler } from "tailrace";
import type { Lane, Policy, TcpInfo, WriteSchedulerOptions } from "tailrace";
import { describe, expect, test } from "vitest";
import { turn, within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { Stream } from "./stream.ts";

nothingIsLeft();

/** Sends so many chunks; each ends with undefined, or with its error. */
const sendAll = (lane: Lane, chunks: readonly unknown[]): Promise<unknown[]> =>
  within(
    Promise.all(
      chunks.map((chunk) =>
        lane.send(chunk).then(
          () => undefined,
          (error: unknown) => error,
        ),
      ),
    ),
  );

/** Two sinks of one scheduler, each with a lane that takes one chunk at a time. */
function two(options?: WriteSchedulerOptions) {
  const scheduler = writeScheduler(options);
  const [first, second] = [new Stream(), new Stream()];
  const open = (stream: Stream, name: string) => scheduler.sink(stream, { name }).lane({ name: "news", maxQueued: 1 });
  return { scheduler, first, second, lanes: [open(first, "first"), open(second, "second")] as const };
}

describe("a sink that ends while the scheduler is at it", () => {
  test("23676: one whose stream is over leaves the run, and does not come back", async () => {
    const { scheduler, first, second, lanes } = two();
    const sent = lanes.map((lane) => sendAll(lane, ["x", "y"]));
    first.end(); // and nobody says so
    await turn();
    scheduler.check();
    expect(scheduler.stats).toMatchObject({ sinks: 1, runs: 1 });
    expect(await Promise.all(sent)).toEqual([
      [undefined, new LaneClosedError('send on lane "news" of sink "first": the stream of the sink has ended')],
      [undefined, undefined],
    ]);
    await within(scheduler.close());
    expect([first.written, second.written]).toEqual([[], ["x", "y"]]);
  });

  test("23751: one that is destroyed by what it writes tells its senders why, and the run goes on", async () => {
    const { scheduler, first, second, lanes } = two();
    const error = new Error("reset");
    first.hooks.write = () => {
      first.destroy(error);
    };
    const sent = lanes.map((lane) => sendAll(lane, ["x", "y", "z"]));
    await turn();
    first.told();
    expect(await Promise.all(sent)).toMatchObject([
      [undefined, undefined, { cause: error }],
      [undefined, undefined, undefined],
    ]);
    await within(scheduler.close());
    expect([first.written, second.written]).toEqual([["x"], ["x", "y", "z"]]);
  });

  test("an error that is found before it is told is known at once, and is heard when it is told", async () => {
    const { scheduler, first, second, lanes } = two();
    const error = new Error("reset");
    first.hooks.write = () => {
      second.destroy(error);
    };
    const sent = lanes.map((lane) => sendAll(lane, ["x", "y"]));
    expect(await Promise.all(sent)).toMatchObject([
      [undefined, undefined],
      [undefined, { cause: error }],
    ]);
    second.told(); // would throw if nobody listened
    await within(scheduler.close());
  });

  test.each(["write", "cork", "uncork"] as const)(
    "what its stream throws in %s is its failure, and nobody else's",
    async (hook) => {
      const { scheduler, first, second, lanes } = two();
      const error = new Error("broken");
      first.hooks[hook] = () => {
        throw error;
      };
      const sent = lanes.map((lane) => sendAll(lane, ["x", "y", "z"]));
      const [, good] = await Promise.all(sent);
      expect(good).toEqual([undefined, undefined, undefined]);
      expect(await sendAll(lanes[0], ["late"])).toMatchObject([{ name: "LaneClosedError", cause: error }]);
      scheduler.check();
      await within(scheduler.close());
      expect([second.written, second.corked]).toEqual([["x", "y", "z"], 0]);
    },
  );
});

describe("space", () => {
  const well: TcpInfo = { cwnd: 10, unacked: 0, mss: 10, notSent: 0, acked: 0 };

  test.each([
    ["24665: more is under way than the window takes", { ...well, unacked: 1000 }, 0, 0, "waiting-to-write"],
    [
      "24590: more waits in the kernel than can be counted",
      { ...well, notSent: 2 ** 32 - 1 },
      0,
      0,
      "waiting-to-write",
    ],
    ["29168: much is in the buffer of the stream itself", well, 100, 0, "waiting-to-write"],
    ["the window has room for three chunks", { ...well, mss: 3 }, 0, 3, "pending"],
  ])("%s", async (_what, info, own, chunks, state) => {
    const scheduler = writeScheduler({ tcpInfo: () => info, socketBufferFactor: 0 });
    const stream = new Stream({ highWaterMark: 1000 });
    stream.writableLength = own;
    const sink = scheduler.sink(stream);
    const lane = sink.lane();
    for (let chunk = 0; chunk < 5; chunk++) lane.trySend(new Uint8Array(10));
    await turn();
    scheduler.check();
    expect([stream.written.length, sink.stats.state]).toEqual([chunks, state]);
    lane.abort();
  });

  test("24671: without a kernel there is a limit to one run, too", async () => {
    const { scheduler, first, lanes } = two();
    const sent = sendAll(
      lanes[0],
      Array.from({ length: 50 }, () => new Uint8Array(30)),
    );
    for (let run = 1; first.written.length < 50; run++) {
      await turn();
      expect(first.written.length).toBeLessThanOrEqual(run * 4); // the buffer is of 100
      first.drain();
    }
    await sent;
    await within(scheduler.close());
  });

  test("40548: empty chunks are written, but a lane takes no end of them, and does not go first for ever", async () => {
    const scheduler = writeScheduler({ quantum: 10 });
    const stream = new Stream();
    const sink = scheduler.sink(stream);
    const [empty, other] = [sink.lane({ maxQueued: 20 }), sink.lane()];
    for (let chunk = 0; chunk < 20; chunk++) expect(empty.trySend("")).toBe(true);
    expect([empty.trySend(""), empty.stats.queued]).toEqual([false, 20]);
    other.trySend("x");
    await turn();
    expect(stream.written.indexOf("x")).toBe(10);
    await within(scheduler.close());
    expect(stream.written).toHaveLength(21);
  });
});

describe("lists", () => {
  test("23537: with another policy, each sink and each lane gets its account", () => {
    const { scheduler, lanes } = two();
    const members: string[] = [];
    const policy: Policy = {
      name: "noted",
      sinks: "by-account",
      group: () => (member) => {
        members.push(member.name);
        return { enter: () => 0, served: () => 0 };
      },
    };
    lanes[0].trySend("x");
    scheduler.configure({ policy });
    expect(members).toEqual(["first", "news", "second", "news"]);
    scheduler.check();
    for (const lane of lanes) lane.abort();
  });

  test("25125: to give up a sink that has its turn is no error", async () => {
    const { scheduler, first, second, lanes } = two({ policy: roundRobin() });
    for (const lane of lanes) lane.trySend("x");
    first.hooks.write = () => {
      for (let time = 0; time < 2; time++) lanes[0].abort(); // and twice is none, either
    };
    await turn();
    scheduler.check();
    expect([first.written, second.written, scheduler.stats.pending]).toEqual([["x"], ["x"], 0]);
    await within(scheduler.close());
  });

  test("20459: of equal ones, the first comes first", async () => {
    const scheduler = writeScheduler({ policy: { name: "equal", sinks: "by-account", group: () => () => EQUAL } });
    const stream = new Stream();
    const sink = scheduler.sink(stream);
    const names = Array.from({ length: 20 }, (_, place) => place.toString());
    for (const name of names) sink.lane({ name }).trySend(name);
    await turn();
    expect(stream.written).toEqual(names);
    await within(scheduler.close());
  });
});

const EQUAL = { enter: () => 0, served: () => 0 };

describe("the shapes of this", () => {
  test("a stream that says at each write that it can be written to is served once in a run (s3-a)", async () => {
    const { scheduler, first, second } = two();
    const lanes = [first, second].map((stream) => {
      stream.hooks.uncork = stream.hooks.write = () => {
        stream.emit("drain"); // always, whether it is so or not
      };
      return scheduler.sink(stream).lane();
    });
    for (const lane of lanes) for (let chunk = 0; chunk < 10; chunk++) lane.trySend(new Uint8Array(100));
    for (let run = 1; run <= 10; run++) {
      await turn();
      scheduler.check();
      expect([first.written.length, second.written.length]).toEqual([run, run]);
      for (const stream of [first, second]) stream.drain();
    }
    expect(scheduler.stats).toMatchObject({ services: 20, pending: 0 });
    await within(scheduler.close());
  });

  test("nobody awaits the drain of a stream that has refused nothing (s3-b)", async () => {
    const { scheduler, first, lanes } = two();
    for (let chunk = 0; chunk < 5; chunk++) await within(lanes[0].send(new Uint8Array(10)));
    await within(lanes[0].close());
    expect([first.writableLength, first.writableNeedDrain]).toEqual([50, false]);
    await within(scheduler.close());
  });

  test("one of many that ends in its turn is served no more, and the others are (s3-c)", async () => {
    const { scheduler, first, second, lanes } = two({ quantum: 1 });
    first.hooks.write = () => {
      if (first.written.length === 2) first.end(); // and nobody says so
    };
    await Promise.all(lanes.map((lane) => sendAll(lane, ["1", "2", "3", "4"])));
    await within(scheduler.close());
    expect([first.written, second.written]).toEqual([
      ["1", "2"],
      ["1", "2", "3", "4"],
    ]);
    expect(scheduler.stats.services).toBeLessThanOrEqual(6);
  });

  test("24554: what comes when a stream has room, and nobody says so, is written (s3-d)", async () => {
    const { scheduler, first, lanes } = two();
    lanes[0].trySend(new Uint8Array(100));
    await turn();
    first.writableLength = 0;
    first.writableNeedDrain = false;
    await sendAll(lanes[0], ["y", "z"]);
    await within(scheduler.close());
    expect(first.written.slice(1)).toEqual(["y", "z"]);
  });
});
