// Whatever a stream calls back while the scheduler writes to it: the run ends, lists and states agree, nothing is lost that
// was not given up, and nothing is written twice.
import { deficitRoundRobin, writeScheduler } from "tailrace";
import type { Lane } from "tailrace";
import { expect, test } from "vitest";
import { turn, within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { Stream } from "./stream.ts";

nothingIsLeft();

/** Two sinks with two lanes each, in all of which there is more than a sink takes in one run. */
class World {
  readonly scheduler = writeScheduler({ quantum: 1 });
  readonly a = new Stream({ highWaterMark: 12 });
  readonly b = new Stream({ highWaterMark: 12 });
  readonly sinks = [this.a, this.b].map((stream) => this.scheduler.sink(stream));
  readonly lanes: Record<"a0" | "a1" | "b0" | "b1", Lane>;
  /** What was sent by each lane. */
  readonly sent = new Map<string, string[]>();
  readonly others: Stream[] = [];

  constructor() {
    const [a, b] = this.sinks;
    if (a === undefined || b === undefined) throw new Error("there are two");
    this.lanes = { a0: a.lane(), a1: a.lane(), b0: b.lane(), b1: b.lane() };
    for (const [name, lane] of Object.entries(this.lanes))
      for (let number = 0; number < 5; number++) this.send(name, lane);
  }

  send(name: string, lane: Lane): void {
    const sent = this.sent.get(name) ?? [];
    this.sent.set(name, sent);
    const chunk = `${name}-${sent.length.toString()}`;
    if (lane.trySend(chunk)) sent.push(chunk);
  }

  open(): void {
    const stream = new Stream();
    this.others.push(stream);
    this.send("c0", this.scheduler.sink(stream).lane());
  }

  /** The event loop turns so many times, after each of which all that was written is read. */
  async read(turns: number): Promise<void> {
    for (let count = 0; count < turns; count++) {
      await turn();
      this.scheduler.check();
      for (const stream of [this.a, this.b, ...this.others]) stream.goOn();
    }
  }

  written(lane: string): unknown[] {
    const all = [this.a, this.b, ...this.others].flatMap(({ written }) => written);
    return all.filter((chunk) => String(chunk).startsWith(lane));
  }
}

interface Deed {
  readonly does: (world: World) => void;
  /** The lanes that are given up by it. */
  readonly loses?: readonly string[];
}

const A = ["a0", "a1"];
const B = ["b0", "b1"];

const DEEDS: Readonly<Record<string, Deed>> = {
  "its stream drains": {
    does: ({ a }) => {
      a.drain();
    },
  },
  "its stream drains without need": { does: ({ a }) => a.emit("drain") },
  "the other stream drains": {
    does: ({ b }) => {
      b.drain();
    },
  },
  "its stream is filled by others": {
    does: ({ a }) => {
      a.fill();
    },
  },
  "the other stream is filled by others": {
    does: ({ b }) => {
      b.fill();
    },
  },
  "its stream is destroyed": {
    does: ({ a }) => {
      a.destroy();
      a.told();
    },
    loses: A,
  },
  "its stream is destroyed, which is told later": {
    does: ({ a }) => {
      a.destroy(new Error("reset"));
    },
    loses: A,
  },
  "the other stream is destroyed": {
    does: ({ b }) => {
      b.destroy();
    },
    loses: B,
  },
  "its stream is ended": {
    does: ({ a }) => {
      a.end();
    },
    loses: A,
  },
  "its sink is given up": { does: ({ sinks }) => sinks[0]?.abort(), loses: A },
  "the other sink is given up": { does: ({ sinks }) => sinks[1]?.abort(), loses: B },
  "its sink is closed": { does: ({ sinks }) => void sinks[0]?.close() },
  "the other sink is closed": { does: ({ sinks }) => void sinks[1]?.close() },
  "all sinks are closed": { does: ({ scheduler }) => void scheduler.close() },
  "its lane is given up": {
    does: ({ lanes }) => {
      lanes.a0.abort();
    },
    loses: ["a0"],
  },
  "both lanes are given up": {
    does: ({ lanes }) => {
      lanes.a0.abort();
      lanes.a1.abort();
    },
    loses: A,
  },
  "its lane is closed": { does: ({ lanes }) => void lanes.a0.close() },
  "the other lane is closed": { does: ({ lanes }) => void lanes.b1.close() },
  "its lane sends": {
    does: (world) => {
      world.send("a0", world.lanes.a0);
    },
  },
  "the other lane sends": {
    does: (world) => {
      world.send("b1", world.lanes.b1);
    },
  },
  "a lane is opened, and sends": {
    does: (world) => {
      const lane = world.sinks[0]?.lane();
      if (lane !== undefined) world.send("a2", lane);
    },
  },
  "a sink is opened, and sends": {
    does: (world) => {
      world.open();
    },
  },
  "the policy is switched": {
    does: ({ scheduler }) => {
      scheduler.configure({ policy: deficitRoundRobin() });
    },
  },
  "the interval is changed": {
    does: ({ scheduler }) => {
      scheduler.configure({ interval: 1 });
    },
  },
};

const MOMENTS: Readonly<Record<string, (world: World, deed: () => void) => void>> = {
  write: ({ a }, deed) => {
    a.hooks.write = deed;
  },
  cork: ({ a }, deed) => {
    a.hooks.cork = deed;
  },
  uncork: ({ a }, deed) => {
    a.hooks.uncork = deed;
  },
  "a drain in write, after the scheduler has heard of it": ({ a }, deed) => {
    a.hooks.drain = deed;
    a.hooks.write = () => {
      if (a.writableNeedDrain) a.drain();
    };
  },
  "a drain in write, before the scheduler hears of it": ({ a }, deed) => {
    a.prepend("drain", deed);
    a.hooks.write = () => {
      if (a.writableNeedDrain) a.drain();
    };
  },
  "a drain in uncork": ({ a }, deed) => {
    a.hooks.drain = deed;
    a.hooks.uncork = () => {
      if (a.writableNeedDrain) a.drain();
    };
  },
};

const matrix = Object.entries(MOMENTS).flatMap(([moment, at]) =>
  Object.entries(DEEDS).flatMap(([what, deed]) =>
    ["once", "always"].map((often) => ({ moment, at, what, deed, often })),
  ),
);

test.each(matrix)("in $moment, $often: $what", async ({ at, deed, often }) => {
  const world = new World();
  const { scheduler, a, b } = world;
  let done = 0;
  let isOn = true;
  at(world, () => {
    if (!isOn) return;
    isOn = false; // what it does may lead here
    done++;
    deed.does(world);
    isOn = often === "always";
  });
  await world.read(10);
  expect(done).toBeGreaterThan(0);
  isOn = false;
  scheduler.configure({ interval: 0 });
  await world.read(40);
  expect([...a.faults, ...b.faults, a.corked, b.corked]).toEqual([0, 0]);
  for (const [lane, sent] of world.sent) {
    const written = world.written(lane);
    const isLost = deed.loses?.includes(lane) === true;
    expect(written).toEqual(isLost ? sent.slice(0, written.length) : sent);
  }
  await within(scheduler.close());
});
