// What would be a bug of the scheduler is found, and told with the sink, the lane, the state and the list. Here somebody
// has changed what nobody else should.
import { roundRobin } from "tailrace";
import { expect, test } from "vitest";
import { check } from "../../src/writer/check.ts";
import type { LaneQueue } from "../../src/writer/lane-queue.ts";
import { Runner } from "../../src/writer/runner.ts";
import { ScheduledSink } from "../../src/writer/scheduled-sink.ts";
import { turn } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { Stream } from "./stream.ts";

nothingIsLeft();

/** A sink that is pending, with two lanes that have a chunk each. */
function pending() {
  const settings = { policy: roundRobin(), interval: 100, quantum: 1, socketBufferFactor: 1 };
  const runner = new Runner(settings, undefined, () => undefined);
  const sink = new ScheduledSink(runner, new Stream(), { name: "client" }, "watermark");
  for (const name of ["news", "mail"]) sink.lane({ name }).trySend("x" as never);
  const [news, mail] = [...sink.lanes] as [LaneQueue, LaneQueue];
  check(runner);
  return { runner, sink, news, mail };
}

type World = ReturnType<typeof pending>;

test.each<[spoil: (world: World) => void, message: string]>([
  [
    ({ sink }) => (sink.state = "waiting-to-write"),
    'sink "client" is listed (waiting-to-write, place 0 in the list, 2 lanes, 2 queued)',
  ],
  [
    ({ runner, sink }) => {
      runner.pending.remove(sink);
    },
    'sink "client" is not listed (pending, place -1 in the list, 2 lanes, 2 queued)',
  ],
  [({ sink }) => (sink.index = 1), 'sink "client" is not listed (pending, place 1 in the list, 2 lanes, 2 queued)'],
  [
    ({ runner, sink }) => {
      runner.pending.remove(sink);
      sink.state = "idle";
    },
    'sink "client" has chunks, and nobody knows (idle, place -1 in the list, 2 lanes, 2 queued)',
  ],
  [
    ({ runner, sink }) => {
      runner.pending.remove(sink);
      sink.state = "waiting-to-write";
      sink.index = 3;
    },
    'sink "client" believes to be listed (waiting-to-write, place 3 in the list, 2 lanes, 2 queued)',
  ],
  [
    ({ runner, sink }) => {
      runner.sinks.delete(sink);
    },
    'sink "client" is listed, and closed (pending, place 0 in the list, 2 lanes, 2 queued)',
  ],
  [
    ({ sink, mail }) => {
      sink.ready.remove(mail);
    },
    'lane "mail" of sink "client" is not listed (pending, place 0 in the list, 2 lanes, 1 queued)',
  ],
  [
    ({ news }) => {
      news.serve(1);
    },
    'lane "news" of sink "client" is listed, and empty (pending, place 0 in the list, 2 lanes, 1 queued)',
  ],
  [
    ({ sink, mail }) => {
      sink.lanes.delete(mail);
    },
    'lane "mail" of sink "client" is listed, and closed (pending, place 0 in the list, 1 lanes, 2 queued)',
  ],
  [
    ({ mail }) => (mail.rank = -1),
    'sink "client" has a list whose first is not the first (pending, place 0 in the list, 2 lanes, 2 queued)',
  ],
])("a change that nobody should make is found (%#)", async (spoil, message) => {
  const world = pending();
  const { runner, sink } = world;
  spoil(world);
  const told = `${message}: this is a bug of Tailrace`;
  expect(() => {
    check(runner);
  }).toThrow(expect.objectContaining({ code: "TAILRACE_SCHEDULER_BUG", message: told }));
  sink.index = runner.pending.first === sink ? 0 : -1; // the run that comes finds nothing
  runner.pending.remove(sink);
  await turn();
});

test("who is listed already is not listed again, nor taken out twice", () => {
  const { runner, sink } = pending();
  expect(() => {
    runner.add(sink);
  }).toThrow('sink "client" became pending, and is in the list of pending sinks already');
  sink.fire("refuses-writes");
  sink.fire("wants-writes");
  runner.pending.remove(sink);
  expect(() => {
    runner.remove(sink);
  }).toThrow('sink "client" was pending, and is not in the list of pending sinks');
});
