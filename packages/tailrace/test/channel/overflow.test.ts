import { channel, ChannelClosedError, ChannelFullError } from "tailrace";
import { describe, expect, test } from "vitest";
import { within } from "../deadline.ts";
import { drain } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";

nothingIsLeft();

describe("what is sent to a full channel", () => {
  test("drop-oldest keeps the newest items, in order, and counts the others", async () => {
    const ch = channel<number>({ capacity: 3, overflow: "drop-oldest" });
    for (let i = 0; i < 5; i++) await within(ch.send(i));
    expect(ch.trySend(5)).toBe(true);
    expect([ch.size, ch.dropped]).toEqual([3, 3]);
    expect(drain(ch)).toEqual([3, 4, 5]);
  });

  test("drop-newest keeps the oldest items; what trySend refuses is not dropped", async () => {
    const ch = channel<number>({ capacity: 2, overflow: "drop-newest" });
    for (let i = 0; i < 4; i++) await within(ch.send(i));
    expect(ch.trySend(4)).toBe(false);
    expect(ch.dropped).toBe(2);
    expect(drain(ch)).toEqual([0, 1]);
  });

  test("error refuses the item, which says why, and goes on when there is room", async () => {
    const ch = channel<number>({ name: "jobs", capacity: 1, overflow: "error" });
    await within(ch.send(1));
    expect(ch.trySend(2)).toBe(false);
    const refused = await within(ch.send(2).catch((error: unknown) => error));
    expect(refused).toBeInstanceOf(ChannelFullError);
    expect(refused).toMatchObject({
      code: "TAILRACE_CHANNEL_FULL",
      message: 'send on channel "jobs" (capacity 1, full): its overflow is "error"',
    });
    expect(await within(ch.receive())).toBe(1);
    await within(ch.send(3));
    expect([drain(ch), ch.dropped]).toEqual([[3], 0]);
  });

  test("without capacity an item is for a receiver that waits, or for nobody", async () => {
    for (const overflow of ["drop-oldest", "drop-newest"] as const) {
      const ch = channel<number>({ overflow });
      await within(ch.send(1));
      expect([ch.trySend(2), ch.dropped]).toEqual([false, 1]);
      const received = ch.receive();
      await within(ch.send(3));
      expect(await within(received)).toBe(3);
    }
    const strict = channel<number>({ overflow: "error", name: "hand" });
    await expect(within(strict.send(1))).rejects.toThrow(
      'send on channel "hand" (capacity 0, no receiver waits): its overflow is "error"',
    );
  });

  test("a closed channel takes nothing, whatever its overflow", async () => {
    for (const overflow of ["wait", "drop-oldest", "drop-newest", "error"] as const) {
      const ch = channel<number>({ capacity: 1, overflow });
      ch.trySend(1);
      ch.close();
      expect(ch.trySend(2)).toBe(false);
      await expect(within(ch.send(2))).rejects.toBeInstanceOf(ChannelClosedError);
      expect([drain(ch), ch.dropped]).toEqual([[1], 0]);
    }
  });

  test("an overflow that there is not is refused", () => {
    expect(() => channel({ overflow: "drop" as "wait" })).toThrow(
      'overflow: was given "drop", wants one of "wait", "drop-oldest", "drop-newest", "error"',
    );
  });
});
