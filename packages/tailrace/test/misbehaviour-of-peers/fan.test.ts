// How well-known libraries misbehave (measured on Node 24), and what happens here in the same place.
import { Writable } from "node:stream";
import { fanOut, mapConcurrent, report, UnpolledSinkError } from "tailrace";
import { describe, expect, test } from "vitest";
import { idle, within } from "../deadline.ts";
import { collect, numbers, range, stick } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { Gate } from "../tasks.ts";

nothingIsLeft();

describe("fan-out", () => {
  test("a subscriber that is late gets nothing of Effect's Stream.broadcast: here the source is not read before", async () => {
    let read = 0;
    function* source(): Generator<number> {
      for (const n of range(100)) {
        read++;
        yield n;
      }
    }
    const late = new Gate();
    const results = fanOut(source(), [
      collect,
      async (items: AsyncIterable<number>) => {
        await late.opened;
        return collect(items);
      },
    ]);
    await idle();
    expect(read).toBe(0);
    late.open();
    expect(await within(results)).toEqual([range(100), range(100)]);
  });

  /** A stream that takes its first chunk and is never done with it. */
  const stuckStream = (): Writable => new Writable({ objectMode: true, highWaterMark: 1, write: () => undefined });

  test("Readable.pipe to two sinks, one stuck, stops without a warning: here the report says who", async () => {
    const controller = new AbortController();
    let healthy = 0;
    const results = fanOut(
      numbers(1000),
      {
        disk: stuckStream(),
        count: async (items: AsyncIterable<number>) => {
          for await (const item of items) healthy = item + 1;
        },
      },
      { buffer: 4, signal: controller.signal, name: "pipe" },
    );
    await idle();
    expect(healthy).toBeLessThan(10);
    expect(report()).toMatch(/send on sink "disk" .* for it to take an item; it is busy with an earlier one/u);
    expect(report()).toMatch(/write on stream "disk" \(full\) has waited/u);
    controller.abort(new Error("enough"));
    await expect(within(results)).rejects.toThrow("enough");
  });

  test("and if the stuck one may be left, the other gets all of it", async () => {
    const results = await within(
      fanOut(
        numbers(1000),
        { disk: { run: stuckStream(), slow: { evictAfter: 5 } }, all: collect<number> },
        { buffer: 4 },
      ),
    );
    expect(results.all).toEqual(range(1000));
  });

  test("tee keeps everything for the branch that is not read: here no more than the buffer is read ahead", async () => {
    let read = 0;
    function* source(): Generator<number> {
      for (;;) yield read++;
    }
    const controller = new AbortController();
    const results = fanOut(
      source(),
      { unread: stick, reader: collect<number> },
      { buffer: 3, signal: controller.signal },
    );
    await idle();
    expect(read).toBe(1 + 3 + 1); // taken, held, and in hand
    expect(results.sinks.map(({ name, lag }) => [name, lag])).toEqual([
      ["unread", 3],
      ["reader", 0],
    ]);
    expect(report()).toMatch(/sink "unread" \(fan-out .*, buffer 3, full\)/u);
    controller.abort("stop");
    await expect(within(results)).rejects.toBe("stop");
  });

  test("a consumer that does not read is an error of stream/iter's share: here, too, as soon as that is certain", async () => {
    const results = fanOut(numbers(9), [collect<number>, () => Promise.resolve("not interested")], { route: "any" });
    await expect(within(results)).rejects.toBeInstanceOf(UnpolledSinkError);
    const overdue = fanOut(numbers(9), {
      all: collect<number>,
      dead: { run: new Gate<never>().run, slow: { evictAfter: 5 } },
    });
    expect((await within(overdue)).all).toEqual(range(9));
    expect(overdue.sinks.map(({ status }) => status)).toEqual(["succeeded", "evicted"]);
  });
});

test("flatMap(…, 1) of Ix and mergeMap(…, 1) of Rx read 20 595 and 217 418 items for 20: here 1 and its buffer", async () => {
  let read = 0;
  function* source(): Generator<number> {
    for (;;) yield read++;
  }
  const taken: number[] = [];
  for await (const n of mapConcurrent(source(), (item) => Promise.resolve(item), { concurrency: 1, buffer: 1 })) {
    taken.push(n);
    await idle();
    expect(read).toBe(taken.length + 2);
    if (taken.length === 20) break;
  }
  expect(taken).toEqual(range(20));
});
