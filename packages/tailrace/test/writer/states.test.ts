// The transition table of a sink (Tor's scheduler.c), as it is written down, and as a sink goes through it.
import { writeScheduler } from "tailrace";
import type { Lane, SinkState, WriteScheduler, WriteSink } from "tailrace";
import { describe, expect, test } from "vitest";
import { after } from "../../src/writer/states.ts";
import type { Trigger } from "../../src/writer/states.ts";
import { turn, within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { Stream } from "./stream.ts";

nothingIsLeft();

const TRIGGERS = ["has-chunks", "wants-writes", "refuses-writes", "ran-dry", "released"] as const;

/** For each state, the states after these triggers. */
const TABLE: Readonly<Record<SinkState, readonly SinkState[]>> = {
  idle: ["waiting-to-write", "waiting-for-chunks", "idle", "idle", "idle"],
  "waiting-for-chunks": ["pending", "waiting-for-chunks", "idle", "waiting-for-chunks", "idle"],
  "waiting-to-write": ["waiting-to-write", "pending", "waiting-to-write", "waiting-to-write", "idle"],
  pending: ["pending", "pending", "waiting-to-write", "waiting-for-chunks", "idle"],
};

const rows = (Object.keys(TABLE) as SinkState[]).flatMap((before) =>
  TRIGGERS.map((trigger, column) => ({ before, trigger, next: TABLE[before][column] ?? before })),
);

test.each(rows)("$before, then $trigger: $next", ({ before, trigger, next }) => {
  expect(after(before, trigger)).toBe(next);
});

interface World {
  readonly stream: Stream;
  readonly scheduler: WriteScheduler;
  readonly sink: WriteSink;
  readonly lane: Lane;
}

/** A sink that was brought into a state from outside, by its stream and by what is sent. */
function inState(state: SinkState): World {
  const stream = new Stream({ highWaterMark: 10 });
  if (state === "idle" || state === "waiting-to-write") stream.fill();
  const scheduler = writeScheduler();
  const sink = scheduler.sink(stream, { name: "client" });
  const lane = sink.lane({ name: "news" });
  if (state === "waiting-to-write" || state === "pending") lane.trySend("x");
  expectState({ stream, scheduler, sink, lane }, state);
  return { stream, scheduler, sink, lane };
}

function expectState({ scheduler, sink }: World, state: SinkState): void {
  expect([sink.stats.state, scheduler.stats.pending]).toEqual([state, state === "pending" ? 1 : 0]);
  scheduler.check();
}

/** What brings a trigger about; false where only a run can, and none comes in that state. */
const bring: Readonly<Record<Trigger, (world: World, before: SinkState) => Promise<boolean>>> = {
  "has-chunks": async ({ lane }) => Promise.resolve(lane.trySend("y")),
  "wants-writes": async ({ stream }) => {
    if (stream.writableNeedDrain) stream.drain();
    else stream.emit("drain"); // without need
    return Promise.resolve(true);
  },
  // The stream is full, and others have filled it. A run finds that out.
  "refuses-writes": async ({ stream }, before) => {
    stream.fill();
    await turn();
    return before !== "waiting-for-chunks";
  },
  "ran-dry": async (_world, before) => {
    await turn();
    return before === "pending";
  },
  released: async ({ sink }) => {
    sink.abort();
    return Promise.resolve(true);
  },
};

describe("a sink in each state", () => {
  test.each(rows)("$before, then $trigger: $next", async ({ before, trigger, next }) => {
    const world = inState(before);
    const has = await bring[trigger](world, before);
    expectState(world, has ? next : before);
    world.sink.abort();
    expectState(world, "idle");
  });

  test("idle takes a chunk, and finds that its stream has room, which it was not told of", () => {
    const world = inState("idle");
    world.stream.writableNeedDrain = false;
    world.lane.trySend("x");
    expectState(world, "pending");
    world.sink.abort();
  });

  test("a turn that leaves neither chunks nor room leads to idle, by way of both", async () => {
    const world = inState("waiting-for-chunks");
    world.lane.trySend("0123456789");
    await turn();
    expectState(world, "idle");
    expect(world.stream.written).toEqual(["0123456789"]);
    world.stream.drain();
    expectState(world, "waiting-for-chunks");
    await within(world.sink.close());
  });

  test("a turn that leaves chunks and no room leads to waiting-to-write, and only the stream leads on", async () => {
    const world = inState("pending");
    for (const chunk of ["0123456789", "y"]) world.lane.trySend(chunk);
    await turn();
    expectState(world, "waiting-to-write");
    world.lane.trySend("z");
    await turn();
    expectState(world, "waiting-to-write");
    world.stream.drain();
    expectState(world, "pending");
    await turn();
    expectState(world, "waiting-for-chunks");
    expect(world.stream.written).toEqual(["x", "0123456789", "y", "z"]);
    await within(world.sink.close());
  });

  test.each(["idle", "waiting-for-chunks", "waiting-to-write", "pending"] as const)(
    "%s: when its stream is destroyed, fails or finishes, it is idle and gone, and so it is when closed",
    async (state) => {
      for (const way of ["close", "error", "finish", "sink.close"] as const) {
        const world = inState(state);
        const { stream, sink, scheduler, lane } = world;
        if (way === "sink.close") {
          const closed = sink.close();
          stream.drain();
          await within(closed);
        } else stream.emit(way, way === "error" ? new Error("reset") : undefined);
        expectState(world, "idle");
        expect([scheduler.stats.sinks, sink.closed, lane.closed, sink.stats.lanes]).toEqual([0, true, true, 0]);
        await turn();
        stream.drain();
        stream.emit("drain");
        expectState(world, "idle");
      }
    },
  );
});

test("a sink of a stream that is over already is closed from the start", () => {
  const scheduler = writeScheduler();
  const stream = new Stream();
  stream.end();
  const sink = scheduler.sink(stream, { name: "client" });
  expect([sink.closed, sink.stats.state, scheduler.stats.sinks]).toEqual([true, "idle", 0]);
  expect(() => sink.lane({ name: "news" })).toThrow('lane "news" of sink "client": the stream of the sink has ended');
});
