// What a scheduler tells of itself, and what those who are told may do then.
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { ewma, roundRobin, writeScheduler } from "tailrace";
import type { SinkState, WriterPublished } from "tailrace";
import { afterEach, expect, test, vi } from "vitest";
import { turn, within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { stopClock } from "../pool/clock.ts";
import { Stream } from "./stream.ts";

nothingIsLeft();

let heard: (event: unknown) => void;

function on(listener: (event: WriterPublished) => void): void {
  heard = (event) => {
    listener(event as WriterPublished);
  };
  subscribe("tailrace:writer", heard);
}

afterEach(() => {
  unsubscribe("tailrace:writer", heard);
});

function state(sink: string, from: SinkState, to: SinkState): unknown {
  return { type: "state", sink, from, to };
}

test("each thing that happens is told once, in order", async () => {
  const events: unknown[] = [];
  on(({ scheduler, ...event }) => {
    if (scheduler !== "relay") return;
    events.push("duration" in event ? { ...event, duration: event.duration >= 0 } : event);
  });
  const refused = new Error("not permitted");
  let isRefused = false;
  const scheduler = writeScheduler({
    name: "relay",
    tcpInfo: () => {
      if (isRefused) throw refused;
      return { cwnd: 10, unacked: 0, mss: 1000, notSent: 0, acked: 0 };
    },
  });
  const stream = new Stream({ highWaterMark: 10 });
  const sink = scheduler.sink(stream, { name: "client" });
  const lane = sink.lane();
  for (const chunk of ["0123456789", "ab"]) lane.trySend(chunk);
  isRefused = true;
  await turn();
  scheduler.configure({ policy: roundRobin() });
  scheduler.configure({ interval: 0 });
  stream.drain();
  await turn();
  await within(sink.close());
  const failed = scheduler.sink(new Stream(), { name: "failed" });
  failed.abort(refused);
  failed.abort();
  expect(events).toEqual([
    state("client", "idle", "waiting-for-chunks"),
    state("client", "waiting-for-chunks", "pending"),
    { type: "limit", sink: "client", limit: "watermark", error: refused },
    state("client", "pending", "waiting-to-write"),
    { type: "run", services: 1, bytes: 10, duration: true },
    { type: "switched", policy: "round robin" },
    state("client", "waiting-to-write", "pending"),
    state("client", "pending", "waiting-for-chunks"),
    { type: "run", services: 1, bytes: 2, duration: true },
    state("client", "waiting-for-chunks", "idle"),
    { type: "closed", sink: "client" },
    state("failed", "idle", "waiting-for-chunks"),
    state("failed", "waiting-for-chunks", "idle"),
    { type: "closed", sink: "failed", error: refused },
  ]);
});

test("24975: who is told of another policy finds it in force", async () => {
  const scheduler = writeScheduler({ policy: ewma(), quantum: 1 });
  const stream = new Stream();
  const sink = scheduler.sink(stream);
  const [loud, quiet] = [sink.lane(), sink.lane()];
  loud.trySend("LLLL");
  await turn();
  on(({ type }) => {
    if (type !== "switched") return;
    for (let count = 0; count < 2; count++) for (const lane of [loud, quiet]) lane.trySend(lane === loud ? "L" : "q");
    scheduler.check();
  });
  scheduler.configure({ policy: roundRobin() });
  await turn();
  expect(stream.written).toEqual(["LLLL", "L", "q", "L", "q"]);
  await within(scheduler.close());
});

/** A WebSocket of which nothing ever goes out. */
class Stuck extends EventTarget {
  readonly readyState = 1;
  bufferedAmount = 0;

  send(): void {
    this.bufferedAmount = 1e6;
  }
}

test("who is told that a sink is blocked may give it up, and no timer looks at it then", async () => {
  stopClock();
  try {
    const scheduler = writeScheduler();
    const sink = scheduler.sink(new Stuck());
    on((event) => {
      if (event.type === "state" && event.to === "waiting-to-write") sink.abort();
    });
    const lane = sink.lane();
    for (const chunk of ["x", "y"]) lane.trySend(chunk);
    await turn();
    scheduler.check();
    expect([sink.closed, sink.stats.state, vi.getTimerCount()]).toEqual([true, "idle", 0]);
  } finally {
    vi.useRealTimers();
  }
});

test.each(["run", "waiting-to-write", "closed"] as const)(
  "who is told of %s may send, and open and close sinks",
  async (type) => {
    const scheduler = writeScheduler();
    const streams: Stream[] = [];
    const open = () => {
      const stream = new Stream({ highWaterMark: 2 });
      streams.push(stream);
      return scheduler.sink(stream);
    };
    const lane = open().lane();
    const other = open();
    let told = 0;
    on((event) => {
      if ((event.type === "state" ? event.to : event.type) !== type || told++ > 0) return;
      other.abort();
      open().lane().trySend("new");
      lane.trySend("more");
    });
    other.lane().trySend("other");
    for (const chunk of ["ab", "cd"]) lane.trySend(chunk);
    if (type === "closed") open().abort();
    for (let round = 0; round < 5; round++) {
      await turn();
      scheduler.check();
      for (const stream of streams) stream.drain();
    }
    expect([told > 0, streams[0]?.written, streams.at(-1)?.written]).toEqual([true, ["ab", "cd", "more"], ["new"]]);
    await within(scheduler.close());
  },
);
