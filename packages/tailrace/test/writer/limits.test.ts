// How much is written in one run: the arithmetic of the limit that the kernel sets, which limit is chosen, and what is
// held of what nobody reads.
import { ArgumentError, writeScheduler } from "tailrace";
import type { LimitName, TcpInfo, WriteSchedulerOptions } from "tailrace";
import { describe, expect, test } from "vitest";
import { kernelLimit } from "../../src/writer/kernel.ts";
import { turn, within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { Stream } from "./stream.ts";

nothingIsLeft();

const WELL: TcpInfo = { cwnd: 10, unacked: 4, mss: 1000, notSent: 0, acked: 0 };

describe("the limit of the kernel", () => {
  test.each<[what: string, info: Partial<TcpInfo>, own: number, factor: number, limit: number]>([
    ["is the free room of the window", {}, 0, 0, 6000],
    ["and a window more", {}, 0, 1, 16_000],
    ["or as many as the factor says", {}, 0, 2.5, 31_000],
    ["less what it has not sent", { notSent: 1500 }, 0, 1, 14_500],
    ["and less what the stream has", { notSent: 1500 }, 500, 1, 14_000],
    ["is that of the factor alone while more is under way than the window takes", { unacked: 11 }, 0, 1, 10_000],
    ["is nothing then without a factor", { unacked: 11 }, 0, 0, 0],
    ["is nothing if the kernel has too much", { notSent: 16_001 }, 0, 1, 0],
    ["is nothing if the stream has too much", {}, 16_001, 1, 0],
    ["is what remains of a window", { unacked: 10 }, 9999, 1, 1],
    ["is nothing of no window", { cwnd: 0, unacked: 0 }, 0, 2.5, 0],
  ])("%s", (_what, info, own, factor, limit) => {
    expect(kernelLimit({ ...WELL, ...info }, own, factor)).toBe(limit);
  });

  test("is neither negative nor no number, whatever the kernel says", () => {
    const extremes = [0, 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];
    let many = 0;
    for (const cwnd of extremes) {
      for (const unacked of extremes) {
        for (const mss of extremes) {
          for (const notSent of extremes) {
            for (const factor of [0, 1, 2.5, Number.MAX_VALUE]) {
              const limit = kernelLimit({ cwnd, unacked, mss, notSent, acked: 0 }, notSent, factor);
              if (!(limit >= 0))
                throw new Error(`${limit.toString()} of ${[cwnd, unacked, mss, notSent, factor].join()}`);
              many++;
            }
          }
        }
      }
    }
    expect(many).toBe(5 ** 4 * 4);
  });

  test.each([-1, NaN, Infinity, "1"])("has no factor of %s", (socketBufferFactor) => {
    expect(() => writeScheduler({ socketBufferFactor: socketBufferFactor as number })).toThrow(ArgumentError);
  });

  test("is asked anew in each run, and what it leaves is written in later ones", async () => {
    let info = { ...WELL, cwnd: 3, unacked: 0, mss: 10 };
    let asked = 0;
    const scheduler = writeScheduler({
      tcpInfo: () => {
        asked++;
        return info;
      },
      socketBufferFactor: 0,
      quantum: 1,
    });
    const stream = new Stream({ highWaterMark: Infinity });
    const sink = scheduler.sink(stream);
    const lane = sink.lane();
    for (let chunk = 0; chunk < 10; chunk++) lane.trySend(new Uint8Array(10));
    await turn();
    expect([stream.written.length, asked, sink.stats.limit]).toEqual([3, 2, "kernel"]);
    stream.drain();
    info = { ...info, cwnd: 5 };
    await turn();
    expect([stream.written.length, asked]).toEqual([8, 3]);
    lane.abort();
  });
});

describe("of the limits that are wanted", () => {
  const choose = (options: WriteSchedulerOptions, stream: object = new Stream()): LimitName => {
    const sink = writeScheduler(options).sink(stream as Stream);
    sink.abort();
    return sink.stats.limit;
  };
  const refuses = (): never => {
    throw new Error("not permitted");
  };

  test("the first that can be used is chosen", () => {
    expect(choose({})).toBe("watermark");
    expect(choose({ tcpInfo: () => WELL })).toBe("kernel");
    expect(choose({ tcpInfo: () => WELL, limits: ["watermark", "kernel"] })).toBe("watermark");
    expect(choose({ tcpInfo: () => undefined })).toBe("watermark");
    expect(choose({ tcpInfo: refuses })).toBe("watermark");
    expect(choose({ tcpInfo: () => undefined }, Object.assign(new Stream(), { connecting: true }))).toBe("kernel");
  });

  test.each([{}, { tcpInfo: () => undefined }, { tcpInfo: refuses }])(
    "none can be used: that is an error",
    (options) => {
      const scheduler = writeScheduler({ name: "relay", limits: ["kernel"], ...options });
      expect(() => scheduler.sink(new Stream())).toThrow(
        expect.objectContaining({
          code: "TAILRACE_NO_LIMIT",
          message:
            'sink on scheduler "relay": none of its limits ("kernel") can be used: the kernel tells nothing about this sink; add "watermark"',
        }),
      );
      expect(scheduler.stats.sinks).toBe(0);
    },
  );

  test.each([[[]], [["kernel", "tcp"]], ["kernel"], [null]])("%j is refused", (limits) => {
    expect(() => writeScheduler({ limits: limits as never })).toThrow(ArgumentError);
  });

  test("a connection of which the kernel can not be asked any more goes by its buffer, and others do not", async () => {
    const [broken, well] = [new Stream(), new Stream()];
    let isBroken = false;
    const scheduler = writeScheduler({
      tcpInfo: (stream) => {
        if (stream === broken && isBroken) refuses();
        return { ...WELL, cwnd: 1, unacked: 0, mss: 10 };
      },
      socketBufferFactor: 0,
    });
    const sinks = [broken, well].map((stream) => scheduler.sink(stream));
    isBroken = true;
    for (const sink of sinks) for (let chunk = 0; chunk < 5; chunk++) sink.lane().trySend(new Uint8Array(10));
    await turn();
    expect(sinks.map(({ stats }) => stats.limit)).toEqual(["watermark", "kernel"]);
    expect([broken.written.length, well.written.length]).toEqual([5, 1]);
    for (const sink of sinks) sink.abort();
  });

  test("a connection of which the kernel says nothing for now goes by its buffer for now", async () => {
    let info: TcpInfo | undefined = WELL;
    const scheduler = writeScheduler({ tcpInfo: () => info });
    const sink = scheduler.sink(new Stream());
    info = undefined;
    await within(sink.lane().send("x"));
    await within(sink.close());
    expect([sink.stats.chunks, sink.stats.limit]).toEqual([1, "kernel"]);
  });
});

describe("a reader that never reads", () => {
  test.each([
    ["bytes", 1000, false, 300, 64],
    ["bytes, in chunks longer than all buffers", 100, false, 5000, 200],
    ["items", 5, true, 1, 3],
  ])(
    "keeps no more than its buffer and one chunk, and the lane its queue: %s",
    async (_what, mark, objectMode, size, maxQueued) => {
      const scheduler = writeScheduler();
      const stream = new Stream({ highWaterMark: mark, objectMode });
      const sink = scheduler.sink(stream);
      const lanes = Array.from({ length: 3 }, () => sink.lane({ maxQueued }));
      const refusals: unknown[] = [];
      for (let chunk = 0; chunk < 50; chunk++) {
        for (const lane of lanes) lane.send(new Uint8Array(size)).catch((error: unknown) => refusals.push(error));
        await turn();
        expect(stream.writableLength).toBeLessThan(mark + size);
        for (const { stats } of lanes) expect(stats.queued).toBeLessThanOrEqual(Math.max(maxQueued, size));
      }
      const waiting = lanes.map(({ stats }) => stats.waiting).reduce((one, other) => one + other);
      expect([waiting > 50, sink.stats.state]).toEqual([true, "waiting-to-write"]);
      sink.abort();
      await turn();
      expect(refusals).toHaveLength(waiting);
    },
  );

  test("delays nobody else", async () => {
    const scheduler = writeScheduler();
    const [stuck, well] = [new Stream({ highWaterMark: 10 }), new Stream({ highWaterMark: 10 })];
    const blocked = scheduler.sink(stuck).lane({ maxQueued: 10 });
    const free = scheduler.sink(well).lane({ maxQueued: 10 });
    const sends = Array.from({ length: 10 }, () => blocked.send(new Uint8Array(10)).catch(() => "refused"));
    for (let chunk = 1; chunk <= 20; chunk++) {
      free.trySend(new Uint8Array(10));
      await turn();
      well.drain();
      expect(well.written).toHaveLength(chunk);
    }
    expect(stuck.written).toHaveLength(1);
    blocked.abort();
    await within(Promise.all(sends));
    await within(scheduler.close());
  });
});
