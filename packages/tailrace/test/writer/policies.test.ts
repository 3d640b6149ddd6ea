// Whose turn it is, with policies other than ewma; and what is refused as a policy.
import { ArgumentError, deficitRoundRobin, ewma, roundRobin, strictPriority, writeScheduler } from "tailrace";
import type { Account, Lane, Policy, WriteSinkOptions } from "tailrace";
import { describe, expect, test } from "vitest";
import { turn } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { accounts } from "./accounts.ts";
import { Stream } from "./stream.ts";

nothingIsLeft();

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
    for (let turns = 0; turns < 100 && order.length < 400; turns++) await turn(); // a busy machine cuts a run
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
