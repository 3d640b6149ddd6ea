import { getEventListeners } from "node:events";
import {
  after,
  ArgumentError,
  channel,
  ChannelClosedError,
  inspect,
  receiveFrom,
  select,
  sendTo,
  TimeoutError,
} from "tailrace";
import { describe, expect, expectTypeOf, test } from "vitest";
import { idle, within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";

nothingIsLeft();

describe("exactly one case happens", () => {
  test("one that is possible at once", async () => {
    const [a, b] = [channel<string>({ capacity: 1 }), channel<number>({ capacity: 1 })];
    b.trySend(2);
    expect(await within(select([receiveFrom(a), receiveFrom(b)]))).toEqual({ index: 1, value: 2 });
    expect(await within(select([receiveFrom(b), sendTo(a, "x")]))).toEqual({ index: 1, value: undefined });
    expect([a.size, b.size]).toEqual([1, 0]);
  });

  test("the first that becomes possible, and the others leave nothing behind", async () => {
    const [a, b, c] = [channel<string>(), channel<string>(), channel<string>({ capacity: 1 })];
    c.trySend("full");
    const chosen = select([receiveFrom(a), receiveFrom(b), sendTo(c, "late"), after(60_000)]);
    await idle();
    expect(b.trySend("item")).toBe(true);
    // Before anything else runs: nobody can reach the cases that did not happen.
    expect([a.trySend("lost"), c.tryReceive()]).toEqual([false, "full"]);
    expect(c.size).toBe(0);
    expect(await within(chosen)).toEqual({ index: 1, value: "item" });
    expect(inspect().waits).toEqual([]);
  });

  test("a send, when a receiver comes for it", async () => {
    const [out, other] = [channel<string>(), channel<string>()];
    const chosen = select([sendTo(out, "item"), receiveFrom(other)]);
    await idle();
    expect(out.tryReceive()).toBe("item");
    expect(other.trySend("nobody there")).toBe(false);
    expect(await within(chosen)).toEqual({ index: 0, value: undefined });
  });

  test("two of them meet on a channel without capacity, and each is done once", async () => {
    const [meeting, quiet] = [channel<string>(), channel<string>()];
    const sends = select([receiveFrom(quiet), sendTo(meeting, "hello")]);
    const receives = select([receiveFrom(meeting), receiveFrom(quiet)]);
    expect(await within(Promise.all([sends, receives]))).toEqual([
      { index: 1, value: undefined },
      { index: 0, value: "hello" },
    ]);
  });

  test("it does not meet itself", async () => {
    const ch = channel<number>({ name: "own" });
    const chosen = select([sendTo(ch, 1), receiveFrom(ch), after(20)]);
    expect(await within(chosen)).toEqual({ index: 2, value: undefined });
  });

  test("a case that is listed twice happens once", async () => {
    const ch = channel<number>();
    const chosen = select([receiveFrom(ch), receiveFrom(ch)]);
    await idle();
    expect([ch.trySend(1), ch.trySend(2)]).toEqual([true, false]);
    expect((await within(chosen)).value).toBe(1);
  });

  test("a sender's item goes out by it, and its channel decides what happens when it is full", async () => {
    const ch = channel<number>({ capacity: 1, overflow: "drop-newest" });
    const sender = ch.sender();
    expect((await within(select([sendTo(sender, 1)]))).index).toBe(0);
    expect((await within(select([sendTo(sender, 2)]))).index).toBe(0);
    expect([ch.tryReceive(), ch.dropped]).toEqual([1, 1]);
    sender.close();
    await expect(within(select([sendTo(sender, 3)]))).rejects.toBeInstanceOf(ChannelClosedError);
  });
});

describe("fairness", () => {
  test("channels that always have an item are served alike", async () => {
    const channels = [0, 1, 2].map(() => channel<number>({ capacity: 1 }));
    const served = [0, 0, 0];
    for (let turn = 0; turn < 600; turn++) {
      for (const ch of channels) ch.trySend(turn);
      const { index } = await within(select(channels.map((ch) => receiveFrom(ch))));
      served[index] = (served[index] ?? 0) + 1;
    }
    for (const times of served) expect(times).toBeGreaterThan(120);
  });
});

describe("giving up", () => {
  test("a time-out names what was waited for", async () => {
    const [a, b] = [channel({ name: "a" }), channel({ name: "b" })];
    const error = await within(select([receiveFrom(a), sendTo(b, 1)], { timeout: 20 }).catch((e: unknown) => e));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(String(error)).toBe(
      'TimeoutError: select waited 20 ms for one of these: receive on channel "a", send on channel "b"',
    );
    expect([a.trySend(1), b.tryReceive()]).toEqual([false, expect.any(Symbol)]);
  });

  test("an abort leaves no listener behind, and no item is taken after it", async () => {
    const controller = new AbortController();
    const [a, b] = [channel<number>(), channel<number>()];
    const chosen = select([receiveFrom(a), receiveFrom(b)], { signal: controller.signal });
    const reason = new Error("stop");
    controller.abort(reason);
    expect([a.trySend(1), b.trySend(1)]).toEqual([false, false]);
    await expect(within(chosen)).rejects.toBe(reason);
    await expect(within(select([receiveFrom(a)], { signal: controller.signal }))).rejects.toBe(reason);
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });

  test("a channel that closes meanwhile ends it as it ends a receive", async () => {
    const [a, b] = [channel<number>(), channel<number>({ name: "b" })];
    const first = select([receiveFrom(a), receiveFrom(b)]);
    b.close();
    await expect(within(first)).rejects.toThrow('receive on channel "b": the channel is closed');
    expect(a.trySend(1)).toBe(false);
    const error = new Error("gone");
    const second = select([receiveFrom(a)]);
    a.close(error);
    await expect(within(second)).rejects.toBe(error);
  });

  test("a thousand turns of a loop leave nothing on the channel that stays silent", async () => {
    const [busy, silent] = [channel<number>({ capacity: 1 }), channel<number>()];
    for (let turn = 0; turn < 1000; turn++) {
      const chosen = select([receiveFrom(busy), receiveFrom(silent)]);
      busy.trySend(turn);
      expect((await chosen).value).toBe(turn);
    }
    expect(inspect().waits).toEqual([]);
    expect(silent.trySend(1)).toBe(false);
  });
});

describe("arguments", () => {
  test("what is not a case is refused by its place", async () => {
    await expect(within(select([]))).rejects.toThrow("cases: was given an array of length 0");
    await expect(within(select([after(1), 5 as never]))).rejects.toThrow("cases[1]: was given 5, wants a case");
    expect(() => receiveFrom({} as never)).toThrow(ArgumentError);
    expect(() => after(-1)).toThrow("delay: was given -1");
  });

  test("the result is typed by the cases", async () => {
    const [a, b] = [channel<string>({ capacity: 1 }), channel<number>({ capacity: 1 })];
    b.trySend(1);
    const chosen = await within(select([receiveFrom(a), receiveFrom(b), sendTo(a, "x")]));
    if (chosen.index === 0) expectTypeOf(chosen.value).toEqualTypeOf<string>();
    else if (chosen.index === 1) expectTypeOf(chosen.value).toEqualTypeOf<number>();
    else expectTypeOf(chosen.value).toBeVoid();
  });
});
