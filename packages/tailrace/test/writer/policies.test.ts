// Whose turn it is. Accounts are asked directly where time matters, and else schedulers that write.
import fc from "fast-check";
import { ArgumentError, deficitRoundRobin, ewma, roundRobin, strictPriority, writeScheduler } from "tailrace";
import type { Account, Lane, Policy, WriteSinkOptions } from "tailrace";
import { describe, expect, test } from "vitest";
import { turn } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { Stream } from "./stream.ts";

nothingIsLeft();

/** Accounts of a group, in which nobody is more than another. */
function accounts(policy: Policy, many: number): Account[] {
  const open = policy.group();
  return Array.from({ length: many }, (_, place) => open({ name: place.toString(), weight: 1, priority: 0 }));
}

/** Writes so many bytes of lanes of one sink that are always busy with chunks of these sizes; says what each has written. */
async function share(policy: Policy, options: readonly WriteSinkOptions[], sizes: readonly number[], bytes: number) {
  const scheduler = writeScheduler({ policy, quantum: 1 });
  const stream = new Stream({ highWaterMark: 100_000 });
  const sink = scheduler.sink(stream);
  const lanes = options.map((each) => sink.lane({ ...each, maxQueued: 200_000 }));
  let next = 0;
  for (let run = 0; run < 1000 && sink.stats.bytes < bytes; run++) {
    for (const lane of lanes) while (lane.trySend(new Uint8Array(sizes[next++ % sizes.length] ?? 1)));
    await turn();
    stream.drain();
  }
  sink.abort();
  return lanes.map(({ stats }) => stats.bytes / sink.stats.bytes);
}

describe("ewma", () => {
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
});

describe("round robin", () => {
  test("each has its turn, and who comes is the last", async () => {
    const scheduler = writeScheduler({ policy: roundRobin(), quantum: 1 });
    const stream = new Stream();
    const sink = scheduler.sink(stream);
    const [a, b, c] = [sink.lane(), sink.lane(), sink.lane()];
    const send = (lane: Lane, chunks: string): void => {
      for (const chunk of chunks) lane.trySend(chunk);
    };
    stream.hooks.write = () => {
      if (stream.written.length === 4) send(c, "cc");
    };
    send(a, "aaa");
    send(b, "bbb");
    await turn();
    expect(stream.written.join("")).toBe("ababacbc");
    sink.abort();
  });

  test("each gets the same number of turns", async () => {
    const shares = await share(roundRobin(), [{}, { weight: 5 }, { priority: 3 }], [1000], 3e6);
    for (const each of shares) expect(each).toBeCloseTo(1 / 3, 2);
  });
});

describe("deficit round robin", () => {
  test.each([[[1000]], [[1, 16_384, 300, 5000]], [[40_000, 7]]])(
    "lanes get bytes by their weights, with chunks of %j bytes",
    async (sizes) => {
      const weights = [1, 2, 4, 0.5];
      const sum = 7.5;
      const shares = await share(
        deficitRoundRobin({ quantum: 2000 }),
        weights.map((weight) => ({ weight })),
        sizes,
        2e7,
      );
      for (const [place, weight] of weights.entries()) {
        expect(Math.abs((shares[place] ?? 0) / (weight / sum) - 1)).toBeLessThan(0.03);
      }
    },
  );

  test("so do sinks, whatever their lanes are", async () => {
    const scheduler = writeScheduler({ policy: deficitRoundRobin({ quantum: 100 }), quantum: 100 });
    const order: number[] = [];
    const weights = [1, 3];
    const lanes = weights.flatMap((weight, place) => {
      const stream = new Stream({ highWaterMark: Infinity });
      stream.onChunk = () => order.push(place);
      const sink = scheduler.sink(stream, { weight });
      return Array.from({ length: 3 - place }, () => sink.lane());
    });
    for (const lane of lanes) for (let chunk = 0; chunk < 300; chunk++) lane.trySend(new Uint8Array(100));
    await turn();
    expect(order.slice(0, 400).filter((place) => place === 1)).toHaveLength(300);
    for (const lane of lanes) lane.abort();
  });

  test("who had nothing to send gets nothing for that time", () => {
    const [busy, idle] = accounts(deficitRoundRobin({ quantum: 100 }), 2);
    let round = busy?.enter(0) ?? NaN;
    for (let count = 0; count < 50; count++) round = busy?.served(100, 0) ?? NaN;
    expect((idle?.enter(0) ?? NaN) - round).toBeGreaterThanOrEqual(-1);
    expect(idle?.enter(0)).toBe(idle?.enter(0));
  });
});

describe("strict priority", () => {
  const at = (policy: Policy, priority: number): Account => policy.group()({ name: "", weight: 1, priority });

  test("the higher one first, and of equal ones who was served longest ago", async () => {
    const scheduler = writeScheduler({ policy: strictPriority({ ageing: Infinity }), quantum: 1 });
    const stream = new Stream();
    const sink = scheduler.sink(stream);
    for (const [name, priority] of [
      ["l", -1],
      ["n", 0],
      ["h", 1000],
      ["m", 0],
      ["t", 0.5],
    ] as const) {
      const lane = sink.lane({ priority });
      for (let count = 0; count < 2; count++) lane.trySend(name);
    }
    await turn();
    expect(stream.written.join("")).toBe("hhttnmnmll");
    sink.abort();
  });

  test("a step of it is worth so much waiting", () => {
    const policy = strictPriority({ ageing: 200 });
    const [low, high] = [at(policy, 0), at(policy, 1)];
    const entered = low.enter(0);
    expect(high.served(1, 199)).toBeLessThan(entered);
    expect(high.served(1, 201)).toBeGreaterThan(entered);
  });

  test("without ageing no waiting is worth it", () => {
    const policy = strictPriority({ ageing: Infinity });
    const year = 3.2e10;
    for (const [less, more] of [
      [0, 1],
      [999, 1000],
      [-1000, -999],
      [0, 0.001],
    ] as const) {
      expect(at(policy, more).enter(10 * year)).toBeLessThan(at(policy, less).enter(0));
    }
  });
});

test("a policy of one's own decides, among lanes and among sinks", async () => {
  const byName = (name: string): number => name.codePointAt(0) ?? 0;
  for (const sinks of ["by-lane", "by-account"] as const) {
    const policy: Policy = {
      name: "alphabet",
      sinks,
      group:
        () =>
        ({ name }) => ({ enter: () => byName(name), served: () => byName(name) }),
    };
    const scheduler = writeScheduler({ policy, quantum: 1 });
    const order: unknown[] = [];
    for (const [sink, lanes] of [
      ["B", "ad"],
      ["A", "bc"],
    ] as const) {
      const stream = new Stream();
      stream.onChunk = (chunk) => order.push(chunk);
      const of = scheduler.sink(stream, { name: sink });
      for (const name of lanes) of.lane({ name }).trySend(sink + name);
    }
    await turn();
    expect(order).toEqual(sinks === "by-lane" ? ["Ba", "Ab", "Ac", "Bd"] : ["Ab", "Ac", "Ba", "Bd"]);
  }
});

test.each<[make: () => Policy, message: string]>([
  [() => ewma({ halfLife: 0 }), "halfLife: was given 0, wants a positive number of milliseconds"],
  [() => ewma({ halfLife: Infinity }), "halfLife: was given Infinity, wants a positive number of milliseconds"],
  [
    () => ewma({ halfLife: "1" as never }),
    'halfLife: was given "1", wants a number of milliseconds from 0, or Infinity',
  ],
  [() => ewma(5 as never), "options: was given 5, wants an object"],
  [() => deficitRoundRobin({ quantum: 0 }), "quantum: was given 0, wants a whole number from 1, or Infinity"],
  [() => deficitRoundRobin({ quantum: Infinity }), "quantum: was given Infinity, wants a whole number of bytes from 1"],
  [() => strictPriority({ ageing: 0 }), "ageing: was given 0, wants a positive number of milliseconds, or Infinity"],
  [() => strictPriority({ ageing: NaN }), "ageing: was given NaN, wants a number of milliseconds from 0, or Infinity"],
])("wrong options are refused (%#)", (make, message) => {
  expect(make).toThrow(expect.objectContaining({ constructor: ArgumentError, message }));
});
