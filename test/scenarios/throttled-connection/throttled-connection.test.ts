// Who says little does not wait behind who sends much over the same connection, and a reader that stands still holds up
// nobody else. Figures: pnpm bench writer-latency.
import { deficitRoundRobin, ewma, roundRobin, strictPriority, writeScheduler } from "tailrace";
import { describe, expect, test } from "vitest";
import { clock, frame } from "./frames.ts";
import { fairness, quantile } from "./figures.ts";
import { connect, trial } from "./trial.ts";
import type { Load } from "./trial.ts";
import { heedless, inKernel, kernel, plain, scheduled } from "./ways.ts";

/** Elsewhere the kernel is not asked. */
const isLinux = process.platform === "linux";

/** So little that what is in order of arrival is late by far more than a busy machine makes it. */
const RATE = 2_000_000;
const CHUNK = 16_384;
const MANY = 1000;

const LOAD: Load = { rate: RATE, duration: 2500, warmUp: 1500, bulk: 1, offered: Infinity, chats: 50 };

describe.runIf(isLinux)("one lane sends as much as it can, and fifty say something now and then:", () => {
  test("theirs is there far sooner than in order of arrival, and the connection is as full", async () => {
    const [arrival, turns] = [await trial(plain, LOAD), await trial(inKernel(ewma()), LOAD)];
    expect(arrival.delays.length).toBeGreaterThan(500);
    expect(turns.delays.length).toBeGreaterThan(500);
    expect(quantile(turns.delays, 0.5)).toBeLessThan(quantile(arrival.delays, 0.5) / 10);
    expect(quantile(turns.delays, 0.99)).toBeLessThan(quantile(arrival.delays, 0.99) / 5);
    expect(turns.throughputs[0]).toBeGreaterThan(0.9 * (arrival.throughputs[0] ?? 0));
    expect(turns.held).toBeLessThan(4 * CHUNK);
  });

  test("that holds for each policy", async () => {
    const load = { ...LOAD, duration: 1500, warmUp: 750 };
    const { delays } = await trial(plain, load);
    for (const policy of [roundRobin(), deficitRoundRobin(), strictPriority()]) {
      const turns = await trial(inKernel(policy), load);
      expect(quantile(turns.delays, 0.5), policy.name).toBeLessThan(quantile(delays, 0.5) / 10);
    }
  });

  test("nor is anything held back in memory, as it is if nobody waits for room", async () => {
    const load = { ...LOAD, rate: 8 * RATE, duration: 400, warmUp: 0, offered: 32 * RATE };
    const [heeded, unheeded] = [await trial(inKernel(ewma()), load), await trial(heedless, load)];
    expect(unheeded.held).toBeGreaterThan(10 * (heeded.held + CHUNK));
  });
});

test.each([ewma(), roundRobin(), deficitRoundRobin()])(
  "lanes that all send much get the same by $name",
  async (policy) => {
    const load = { ...LOAD, duration: 1500, warmUp: 500, bulk: 8, chats: 0 };
    const { throughputs } = await trial(scheduled({ policy, quantum: CHUNK }), load);
    expect(fairness(throughputs)).toBeGreaterThan(0.99);
  },
);

test("a reader that stands still holds no more than its bound, and up nobody else", async () => {
  await using still = await connect(0);
  await using quick = await connect(Infinity);
  const scheduler = writeScheduler(isLinux ? { tcpInfo: kernel() } : {});
  const [stuck, sink] = [scheduler.sink(still.socket), scheduler.sink(quick.socket)];
  const lanes = Array.from({ length: 10 }, () => stuck.lane({ maxQueued: 2 * CHUNK }));
  const senders = lanes.map(async (lane) => {
    for (;;) await lane.send(Buffer.alloc(CHUNK));
  });
  const lane = sink.lane();
  let held = 0;
  for (let nth = 0; nth < MANY; nth++) {
    await lane.send(frame(0, CHUNK, clock()));
    const unsent = isLinux ? (kernel()(still.socket)?.notSent ?? Infinity) : 0;
    held = Math.max(held, stuck.stats.queued + still.socket.writableLength + unsent);
  }
  await sink.close();
  quick.socket.end();
  expect(await quick.arrivals).toHaveLength(MANY);
  expect(lanes.map(({ stats }) => stats.waiting)).toEqual(lanes.map(() => 1));
  expect(stuck.stats.queued).toBe(lanes.length * 2 * CHUNK);
  expect(held).toBeLessThanOrEqual(lanes.length * 2 * CHUNK + still.socket.writableHighWaterMark + 8 * CHUNK);
  stuck.abort();
  const ends = await Promise.allSettled(senders);
  for (const end of ends) expect(end).toMatchObject({ reason: { code: "TAILRACE_LANE_CLOSED" } });
});
