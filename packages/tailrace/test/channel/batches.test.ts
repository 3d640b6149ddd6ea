import { channel, inspect, TimeoutError } from "tailrace";
import type { Channel } from "tailrace";
import { describe, expect, test } from "vitest";
import { idle, within } from "../deadline.ts";
import { collect, range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";

nothingIsLeft();

describe("batches", () => {
  test("a batch has all that is held, and what waits to be sent", async () => {
    const ch = channel<number>({ capacity: 3 });
    const sends = range(5).map((i) => ch.send(i));
    const batches = ch.batches();
    expect(await within(batches.next())).toEqual({ value: [0, 1, 2, 3, 4], done: false });
    await within(Promise.all(sends));
  });

  test("a batch is never larger than max, and the order is kept over batches", async () => {
    const ch = channel<number>({ capacity: 3 });
    const sends = range(8).map((i) => ch.send(i));
    const batches = ch.batches({ max: 2 });
    expect((await within(batches.next())).value).toEqual([0, 1]);
    expect(ch.size).toBe(3);
    await within(Promise.all(sends.slice(0, 5)));
    ch.trySend(99);
    expect(await within(Promise.all([batches.next(), batches.next(), batches.next()]))).toEqual(
      [
        [2, 3],
        [4, 5],
        [6, 7],
      ].map((value) => ({ value, done: false })),
    );
    await within(Promise.all(sends));
  });

  test("a loop that waits gets the first item alone, without waiting for more", async () => {
    const ch = channel<number>({ capacity: 8 });
    const first = ch.batches().next();
    await idle();
    for (const i of range(3)) expect(ch.trySend(i)).toBe(true);
    expect((await within(first)).value).toEqual([0]);
    expect((await within(ch.batches().next())).value).toEqual([1, 2]);
  });

  test("after close the last batch comes, then the end", async () => {
    const ch = channel<number>({ capacity: 4 });
    for (const i of range(3)) ch.trySend(i);
    ch.close();
    expect(await within(collect(ch.batches()))).toEqual([[0, 1, 2]]);
  });

  test("nothing is lost or repeated, in whatever pieces it comes", async () => {
    for (const capacity of [0, 1, 7, 64]) {
      for (const max of [1, 5, undefined]) {
        const ch = channel<number>({ capacity });
        const received = collect(ch.batches({ max }));
        for (const i of range(500)) if (!ch.trySend(i)) await within(ch.send(i));
        ch.close();
        expect((await within(received)).flat()).toEqual(range(500));
      }
    }
  });

  test("a max of 0 is refused", () => {
    expect(() => channel().batches({ max: 0 })).toThrow("max: was given 0, wants a whole number from 1, or Infinity");
  });
});

const loops: [
  string,
  (ch: Channel<number>, wait: Parameters<Channel<number>["values"]>[0]) => AsyncIterator<unknown>,
][] = [
  ["values", (ch, wait) => ch.values(wait)],
  ["batches", (ch, wait) => ch.batches(wait)],
];

describe.for(loops)("a loop over %s that may give up", ([, open]) => {
  test("ends with the reason of the signal, and takes nothing that comes later", async () => {
    const controller = new AbortController();
    const ch = channel<number>({ capacity: 2 });
    const loop = open(ch, { signal: controller.signal });
    const step = loop.next();
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(within(step)).rejects.toBe(reason);
    ch.trySend(1);
    expect(ch.size).toBe(1);
    expect(await within(loop.next())).toEqual({ value: undefined, done: true });
  });

  test("asks no more once the signal has aborted, although there are items", async () => {
    const ch = channel<number>({ capacity: 2 });
    ch.trySend(1);
    await expect(within(open(ch, { signal: AbortSignal.abort("stop") }).next())).rejects.toBe("stop");
    expect(ch.size).toBe(1);
  });

  test("waits so long for each item and not for all of them", async () => {
    const ch = channel<number>({ name: "slow", capacity: 2 });
    const loop = open(ch, { timeout: 30 });
    ch.trySend(1);
    await within(loop.next());
    const error = await within(loop.next().catch((reason: unknown) => reason));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(String(error)).toContain('receive on channel "slow" (capacity 2, empty) waited 30 ms for an item');
    expect(await within(loop.next())).toEqual({ value: undefined, done: true });
  });

  test("is no reader any more after it gave up", async () => {
    const ch = channel<number>({ capacity: 1 });
    await within(
      open(ch, { timeout: 0 })
        .next()
        .catch(() => undefined),
    );
    ch.trySend(1);
    const sent = ch.send(2);
    expect(inspect().waits.map(({ remark }) => remark)).toEqual(["nobody is receiving"]);
    ch.tryReceive();
    await within(sent);
  });
});
