import { Worker } from "node:worker_threads";
import fc from "fast-check";
import { ChannelClosedError, EMPTY, report, TimeoutError } from "tailrace";
import { openSharedChannel, sharedChannel } from "tailrace/threads";
import type { SharedChannel } from "tailrace/threads";
import { afterEach, describe, expect, test } from "vitest";
import { within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { isPossible } from "../watch/watched.ts";
import type { Job } from "./stream.child.ts";

nothingIsLeft();

const bytes = (...values: number[]): Uint8Array => new Uint8Array(values);

test("chunks arrive as they were sent, in order, however they lie in the ring", async () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(sizes, async (lengths) => {
      const channel = sharedChannel({ maxBytes: 20 });
      const sent = lengths.map((length, nth) => new Uint8Array(length).fill(nth + 1));
      const sending = (async () => {
        for (const chunk of sent) await channel.send(chunk);
        channel.close();
      })();
      const got: Uint8Array[] = [];
      for await (const chunk of channel) got.push(chunk);
      await sending;
      expect(got).toEqual(sent);
    }),
    { numRuns: 50 },
  );
});

test("several senders and receivers are served in the order in which they came", async () => {
  const channel = sharedChannel({ maxBytes: 4 });
  const receiving = [channel.receive(), channel.receive(), channel.receive()];
  const sending = [1, 2, 3].map((value) => channel.send(bytes(value)));
  expect(await within(Promise.all(receiving))).toEqual([bytes(1), bytes(2), bytes(3)]);
  await Promise.all(sending);
});

test("a batch has everything that is there", async () => {
  const channel = sharedChannel({ maxBytes: 100 });
  for (const value of [1, 2, 3]) await channel.send(bytes(value));
  channel.close();
  const batches: Uint8Array[][] = [];
  for await (const batch of channel.batches()) batches.push(batch);
  expect(batches).toEqual([[bytes(1), bytes(2), bytes(3)]]);
});

test("does at once what needs nobody", () => {
  const channel = sharedChannel({ maxBytes: 4 });
  expect(channel.tryReceive()).toBe(EMPTY);
  expect(channel.trySend(bytes(1))).toBe(true);
  expect(channel.trySend(bytes(2))).toBe(false);
  expect(channel.tryReceive()).toEqual(bytes(1));
  channel.close();
  expect(channel.trySend(bytes(3))).toBe(false);
});

test("what gives up has not happened, and those behind it go on", async () => {
  const channel = sharedChannel({ name: "bytes", maxBytes: 4 });
  await channel.send(bytes(1, 1, 1, 1));
  const first = channel.send(bytes(2), { timeout: 20 });
  const second = channel.send(bytes(3));
  await expect(first).rejects.toThrow(TimeoutError);
  await expect(channel.send(bytes(4), { timeout: 10 })).rejects.toThrow(
    'send on channel "bytes" (4 bytes, holds 8) waited 10 ms for room, or its turn to send',
  );
  expect(report()).toContain('send on channel "bytes"');
  expect(await channel.receive()).toEqual(bytes(1, 1, 1, 1));
  await within(second);
  expect(await channel.receive()).toEqual(bytes(3));
  await expect(channel.receive({ timeout: 10 })).rejects.toThrow("waited 10 ms for a chunk");
  await expect(channel.receive({ signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow("enough");
});

test("once it is closed, what it holds can be received, and whoever waits is told", async () => {
  const channel = sharedChannel({ name: "bytes", maxBytes: 4 });
  await channel.send(bytes(1));
  const waiting = channel.send(bytes(2));
  channel.close();
  await expect(waiting).rejects.toThrow('send on channel "bytes": it is closed');
  expect(await channel.receive()).toEqual(bytes(1));
  await expect(channel.receive()).rejects.toThrow(ChannelClosedError);
  expect(channel.closed).toBe(true);
});

test("an error that it is closed with ends loops, in every thread", async () => {
  const channel = sharedChannel({ maxBytes: 4 });
  const other = openSharedChannel(channel.handle);
  const looping = (async () => {
    for await (const chunk of other) expect(chunk).toEqual(bytes(1));
  })();
  await channel.send(bytes(1));
  channel.close(new Error("disk full"));
  channel.close(); // changes nothing
  const error: unknown = await within(looping.catch((error: unknown) => error));
  expect(error).toBeInstanceOf(ChannelClosedError);
  expect(error).toMatchObject({ cause: { message: "disk full" } });
});

test("arguments that cannot be used are refused", async () => {
  expect(() => sharedChannel({ maxBytes: 0 })).toThrow("maxBytes");
  expect(() => openSharedChannel({} as SharedChannel["handle"])).toThrow("the handle of a shared channel");
  const channel = sharedChannel({ name: "bytes", maxBytes: 4 });
  const sizes = 'chunk: has 5 bytes, and maxBytes is 4 of channel "bytes"';
  await expect(channel.send(new Uint8Array(5))).rejects.toThrow(sizes);
  expect(() => channel.trySend("text" as unknown as Uint8Array)).toThrow("a Uint8Array");
});

const workers = new Set<Worker>();
afterEach(async () => {
  for (const worker of workers) await worker.terminate();
  workers.clear();
});

function start(channel: SharedChannel, act: Job["act"], chunks: number): Worker {
  const execArgv = ["--conditions=tailrace-source", "--disable-warning=ExperimentalWarning"];
  const workerData: Job = { handle: channel.handle, act, chunks };
  const worker = new Worker(new URL("stream.child.ts", import.meta.url), { execArgv, workerData });
  workers.add(worker);
  return worker;
}

const saidBy = (worker: Worker): Promise<unknown> =>
  within(
    new Promise((resolve, reject) => {
      worker.once("message", resolve).once("error", reject);
    }),
    20_000,
  );

describe.runIf(isPossible)("between threads", () => {
  const CHUNKS = 5000;
  const total = Array.from({ length: CHUNKS }, (_, nth) => (nth % 50) * (nth % 256)).reduce(
    (one, other) => one + other,
  );

  test.each([
    ["send", "receive"],
    ["send sync", "receive"],
    ["send", "receive sync"],
    ["send sync", "receive sync"],
  ] as const)("%s, %s: every byte arrives, once", { timeout: 30_000 }, async (sends, receives) => {
    const channel = sharedChannel({ maxBytes: 100 });
    const receiver = start(channel, receives, CHUNKS);
    const sum = saidBy(receiver);
    await saidBy(start(channel, sends, CHUNKS));
    channel.close();
    expect(await sum).toBe(total);
  });

  test("a sender that dies has sent whole chunks only, and others go on", { timeout: 30_000 }, async () => {
    const channel = sharedChannel({ maxBytes: 100 });
    const worker = start(channel, "send for ever", 0);
    for (let nth = 0; nth < 1000; nth++) {
      expect(await channel.receive({ timeout: 20_000 })).toEqual(new Uint8Array(nth % 50).fill(nth));
    }
    await worker.terminate();
    const after = channel.send(bytes(200, 201), { timeout: 10_000 });
    for (let nth = 1000; ; nth++) {
      const chunk = await within(channel.receive({ timeout: 10_000 }));
      if (chunk[0] === 200 && chunk[1] === 201) break;
      expect(chunk).toEqual(new Uint8Array(nth % 50).fill(nth));
    }
    await after;
    await expect(channel.receive({ timeout: 10 })).rejects.toThrow(TimeoutError);
  });
});
