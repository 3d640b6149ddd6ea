// Who has sent least of late comes first.
import fc from "fast-check";
import { ewma, writeScheduler } from "tailrace";
import { expect, test } from "vitest";
import { turn } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { accounts } from "./accounts.ts";
import { Stream } from "./stream.ts";

nothingIsLeft();

const HALF = 1000;

test("who has sent less comes first, and who has sent nothing before all", () => {
  const [quiet, loud, silent] = accounts(ewma({ halfLife: HALF }), 3);
  loud?.served(10_000, 0);
  quiet?.served(100, 0);
  const ranks = [silent, quiet, loud].map((account) => account?.enter(5) ?? NaN);
  expect(ranks).toEqual(ranks.toSorted((one, other) => one - other));
  expect(new Set(ranks).size).toBe(3);
});

test("what was sent a half-life ago counts half, and two ago a quarter", () => {
  for (const many of [1, 2, 3]) {
    const [before, now] = accounts(ewma({ halfLife: HALF }), 2);
    const rank = before?.served(1000 * 2 ** many, 500);
    expect(now?.served(1000, 500 + many * HALF)).toBeCloseTo(rank ?? NaN, 9);
  }
});

test("what one sends adds up", () => {
  const [often, once] = accounts(ewma({ halfLife: HALF }), 2);
  let rank = NaN;
  for (let count = 0; count < 100; count++) rank = often?.served(10, 700) ?? NaN;
  expect(once?.served(1000, 700)).toBeCloseTo(rank, 9);
  expect(once?.served(0, 900)).toBeCloseTo(rank, 9);
});

test("is the average that its definition says, as long as that can be computed", () => {
  const sends = fc.array(fc.tuple(fc.integer({ min: 1, max: 1e6 }), fc.nat(500)), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(sends, (list) => {
      const [account] = accounts(ewma({ halfLife: HALF }), 1);
      let [count, rank, now] = [0, NaN, 0];
      for (const [bytes, wait] of list) {
        now += wait;
        count = count * 0.5 ** (wait / HALF) + bytes;
        rank = account?.served(bytes, now) ?? NaN;
      }
      expect(2 ** (rank - now / HALF) / count).toBeCloseTo(1, 9);
    }),
    { seed: 7 },
  );
});

test("time that passes changes no order, however long it is", () => {
  const [less, more] = accounts(ewma({ halfLife: 1 }), 2);
  const year = 3.2e10;
  for (const now of [0, 1, 10 * year, 20 * year]) {
    const [one, other] = [less?.served(1000, now) ?? NaN, more?.served(1001, now) ?? NaN];
    expect(other).toBeGreaterThanOrEqual(one);
    expect(more?.enter(now + year)).toBe(other);
    expect([Number.isFinite(one), Number.isFinite(other)]).toEqual([true, true]);
  }
});

test("a quiet lane goes before what a loud one has queued, in other sinks, too", async () => {
  const scheduler = writeScheduler({ policy: ewma(), quantum: 100 });
  const order: string[] = [];
  const lanes = ["loud", "quiet"].map((name) => {
    const stream = new Stream({ highWaterMark: 1000 });
    stream.onChunk = () => order.push(name);
    return scheduler.sink(stream).lane({ name });
  });
  const send = (place: number): void => {
    lanes[place]?.trySend(new Uint8Array(100));
  };
  for (let chunk = 0; chunk < 3; chunk++) send(0);
  await turn();
  for (let chunk = 0; chunk < 2; chunk++) send(0);
  send(1);
  await turn();
  expect(order).toEqual(["loud", "loud", "loud", "quiet", "loud", "loud"]);
  for (const lane of lanes) lane.abort();
});

test("a quiet lane brings its sink forward, which has waited for its turn already", async () => {
  const scheduler = writeScheduler({ policy: ewma(), quantum: 100 });
  const order: unknown[] = [];
  const sinks = [0, 1].map(() => {
    const stream = new Stream({ highWaterMark: 1000 });
    stream.onChunk = (chunk) => order.push(chunk);
    return scheduler.sink(stream);
  });
  const loud = sinks.map((sink) => sink.lane());
  const heavy = "x".repeat(100);
  for (const lane of loud) lane.trySend(heavy);
  await turn();
  for (const lane of loud) lane.trySend(heavy);
  sinks[1]?.lane().trySend("quiet");
  await turn();
  expect(order.slice(2)).toEqual(["quiet", heavy, heavy]);
  for (const sink of sinks) sink.abort();
});

test("of those that always have something, each gets the same, whatever the sizes of its chunks", async () => {
  const scheduler = writeScheduler({ policy: ewma(), quantum: 1000 });
  const stream = new Stream({ highWaterMark: 10_000 });
  const sink = scheduler.sink(stream);
  const sizes = [10, 100, 1000, 3000];
  const lanes = sizes.map(() => sink.lane());
  for (let run = 0; run < 100; run++) {
    for (const [place, lane] of lanes.entries()) while (lane.trySend(new Uint8Array(sizes[place] ?? 1)));
    await turn();
    stream.drain();
  }
  for (const { stats } of lanes) expect(stats.bytes / sink.stats.bytes).toBeCloseTo(1 / 4, 2);
  sink.abort();
});
