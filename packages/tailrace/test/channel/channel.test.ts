import { getEventListeners } from "node:events";
import { channel, ChannelClosedError, EMPTY, inspect, TimeoutError } from "tailrace";
import type { Channel } from "tailrace";
import { describe, expect, test, vi } from "vitest";
import { idle, within } from "../deadline.ts";
import { collect } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";

nothingIsLeft();

async function isPending(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol("pending");
  const state = await Promise.race([promise.catch(() => undefined), idle().then(() => pending)]);
  return state === pending;
}

describe("hand-over", () => {
  test("items arrive in the order of sending, whatever the capacity", async () => {
    for (const capacity of [0, 1, 3, 16, Infinity]) {
      const ch = channel<number>({ capacity });
      const received = collect(ch);
      for (let i = 0; i < 200; i++) await within(ch.send(i));
      ch.close();
      expect(await within(received)).toEqual(Array.from({ length: 200 }, (_, i) => i));
    }
  });

  test("a send with capacity 0 waits for its receiver", async () => {
    const ch = channel<string>();
    const sent = ch.send("a");
    expect(await isPending(sent)).toBe(true);
    expect(ch.size).toBe(0);
    expect(await within(ch.receive())).toBe("a");
    await within(sent);
  });

  test("a channel holds its capacity and not one item more", async () => {
    const ch = channel<number>({ capacity: 2 });
    await within(Promise.all([ch.send(1), ch.send(2)]));
    expect(ch.size).toBe(2);
    expect(ch.trySend(3)).toBe(false);
    const third = ch.send(3);
    expect(await isPending(third)).toBe(true);
    expect(ch.size).toBe(2);
    expect(ch.tryReceive()).toBe(1);
    await within(third);
    expect([ch.tryReceive(), ch.tryReceive(), ch.tryReceive()]).toEqual([2, 3, EMPTY]);
  });

  test("waiting senders and waiting receivers are served first come, first served", async () => {
    const ch = channel<number>();
    const sends = [1, 2, 3].map((i) => ch.send(i));
    expect(await within(Promise.all([ch.receive(), ch.receive(), ch.receive()]))).toEqual([1, 2, 3]);
    await within(Promise.all(sends));
    const receives = [ch.receive(), ch.receive()];
    expect([ch.trySend(4), ch.trySend(5), ch.trySend(6)]).toEqual([true, true, false]);
    expect(await within(Promise.all(receives))).toEqual([4, 5]);
  });

  test("undefined and null are items like any other", async () => {
    const ch = channel<undefined | null>({ capacity: 2 });
    expect([ch.trySend(undefined), ch.trySend(null)]).toEqual([true, true]);
    ch.close();
    expect(await within(collect(ch))).toEqual([undefined, null]);
  });

  test("several loops share the items without loss or repetition", async () => {
    const ch = channel<number>({ capacity: 4 });
    const loops = [collect(ch), collect(ch), collect(ch)];
    for (let i = 0; i < 300; i++) await within(ch.send(i));
    ch.close();
    const all = (await within(Promise.all(loops))).flat().sort((a, b) => a - b);
    expect(all).toEqual(Array.from({ length: 300 }, (_, i) => i));
  });
});

describe("closing", () => {
  test("items that are held are still delivered, then loops end and receive rejects", async () => {
    const ch = channel<number>({ capacity: 4 });
    await within(ch.send(1));
    await within(ch.send(2));
    ch.close();
    expect(ch.closed).toBe(true);
    expect(await within(collect(ch))).toEqual([1, 2]);
    await expect(within(ch.receive())).rejects.toBeInstanceOf(ChannelClosedError);
    expect(ch.tryReceive()).toBe(EMPTY);
  });

  test("waiting receivers and loops are settled", async () => {
    const ch = channel<number>({ name: "jobs" });
    const receive = ch.receive();
    const loop = collect(ch);
    await idle();
    ch.close();
    await expect(within(receive)).rejects.toThrow('receive on channel "jobs": the channel is closed');
    expect(await within(loop)).toEqual([]);
  });

  test("waiting and later senders reject, and their items are not delivered", async () => {
    const ch = channel<number>({ capacity: 1, name: "jobs" });
    await within(ch.send(1));
    const waiting = ch.send(2);
    ch.close();
    await expect(within(waiting)).rejects.toBeInstanceOf(ChannelClosedError);
    await expect(within(ch.send(3))).rejects.toMatchObject({ code: "TAILRACE_CHANNEL_CLOSED" });
    expect(ch.trySend(4)).toBe(false);
    expect(await within(collect(ch))).toEqual([1]);
  });

  test("an error reaches receivers after the items, as itself, and senders as cause", async () => {
    for (const error of [new Error("disk gone"), null, 0, ""]) {
      const ch = channel<number>({ capacity: 1 });
      await within(ch.send(1));
      const waiting = ch.send(2);
      ch.close(error);
      await expect(within(waiting)).rejects.toMatchObject({ name: "ChannelClosedError", cause: error });
      expect(await within(ch.receive())).toBe(1);
      await expect(within(ch.receive())).rejects.toBe(error);
      await expect(within(collect(ch))).rejects.toBe(error);
    }
  });

  test("an error reaches receivers and loops that wait", async () => {
    const ch = channel<number>();
    const error = new Error("disk gone");
    const waiting = [ch.receive(), collect(ch)];
    await idle();
    ch.close(error);
    for (const one of waiting) await expect(within<unknown>(one)).rejects.toBe(error);
  });

  test("closing again changes nothing", async () => {
    const ch = channel<number>();
    ch.close();
    ch.close(new Error("too late"));
    expect(await within(collect(ch))).toEqual([]);
  });
});

describe("loops", () => {
  test("break ends its own loop only: the channel stays open and no item is lost", async () => {
    const ch = channel<number>({ capacity: 8 });
    for (let i = 0; i < 4; i++) await within(ch.send(i));
    for await (const item of ch) if (item === 1) break;
    expect(ch.closed).toBe(false);
    ch.close();
    expect(await within(collect(ch))).toEqual([2, 3]);
  });

  test("return() ends steps that wait, however many, and they take nothing", async () => {
    const ch = channel<number>({ capacity: 1 });
    const loop = ch[Symbol.asyncIterator]();
    const steps = [loop.next(), loop.next(), loop.next()];
    await within(loop.return?.() ?? Promise.reject(new Error("no return")));
    for (const step of steps) expect(await within(step)).toEqual({ value: undefined, done: true });
    expect(ch.trySend(1)).toBe(true);
    expect(await within(loop.next())).toEqual({ value: undefined, done: true });
    expect(ch.tryReceive()).toBe(1);
  });

  test("steps that are asked for ahead are served in order", async () => {
    const ch = channel<number>();
    const loop = ch[Symbol.asyncIterator]();
    const steps = [loop.next(), loop.next()];
    ch.trySend(1);
    ch.trySend(2);
    expect((await within(Promise.all(steps))).map((step) => step.value)).toEqual([1, 2]);
  });
});

describe("limits of a wait", () => {
  test("an aborted operation rejects with the reason and has not happened", async () => {
    const ch = channel<number>();
    const reason = new Error("enough");
    for (const begin of [
      (signal: AbortSignal) => ch.send(1, { signal }),
      (signal: AbortSignal) => ch.receive({ signal }),
    ]) {
      const controller = new AbortController();
      const waiting = begin(controller.signal);
      expect(inspect().waits).toHaveLength(1);
      controller.abort(reason);
      await expect(within<unknown>(waiting)).rejects.toBe(reason);
      expect(ch.tryReceive()).toBe(EMPTY);
      expect(ch.trySend(2)).toBe(false);
    }
  });

  test("a signal that has aborted already wins over an item that is there", async () => {
    const ch = channel<number>({ capacity: 2 });
    ch.trySend(1);
    const signal = AbortSignal.abort("no");
    await expect(within(ch.receive({ signal }))).rejects.toBe("no");
    await expect(within(ch.send(2, { signal }))).rejects.toBe("no");
    expect(ch.size).toBe(1);
  });

  test("an operation that was served before the abort keeps its result", async () => {
    const ch = channel<number>();
    const controller = new AbortController();
    const receive = ch.receive({ signal: controller.signal });
    expect(ch.trySend(1)).toBe(true);
    controller.abort();
    expect(await within(receive)).toBe(1);
  });

  test("a thousand waits share one listener of their signal, which goes with the last of them", async () => {
    const ch = channel<number>();
    const { signal } = new AbortController();
    const receives = Array.from({ length: 1000 }, () => ch.receive({ signal }));
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    for (let i = 0; i < 1000; i++) ch.trySend(i);
    expect(await within(Promise.all(receives))).toHaveLength(1000);
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  test("a wait that is served does not cut the others of the same signal off from it", async () => {
    const ch = channel<number>();
    const controller = new AbortController();
    const [first, second] = [ch.receive({ signal: controller.signal }), ch.receive({ signal: controller.signal })];
    ch.trySend(1);
    expect(await within(first)).toBe(1);
    controller.abort("enough");
    await expect(within(second)).rejects.toBe("enough");
  });

  test("a time-out names the channel and what it waited for", async () => {
    const full = channel<number>({ name: "host-3", capacity: 1 });
    await within(full.send(1));
    const late = full.send(2, { timeout: 5 });
    await expect(within(late)).rejects.toThrow(
      'send on channel "host-3" (capacity 1, full) waited 5 ms for a receiver; nobody is receiving',
    );
    await expect(within(late)).rejects.toBeInstanceOf(TimeoutError);
    expect(await within(full.receive())).toBe(1);
    await expect(within(full.receive({ timeout: 5 }))).rejects.toThrow(
      'receive on channel "host-3" (capacity 1, empty) waited 5 ms for an item; nobody is sending',
    );
  });

  test("time-out 0 means: now or not at all", async () => {
    const ch = channel<number>({ capacity: 1 });
    await within(ch.send(1, { timeout: 0 }));
    await expect(within(ch.send(2, { timeout: 0 }))).rejects.toBeInstanceOf(TimeoutError);
    expect(await within(ch.receive({ timeout: 0 }))).toBe(1);
    const refused = ch.receive({ timeout: 0 });
    expect(ch.trySend(3)).toBe(true);
    await expect(within(refused)).rejects.toBeInstanceOf(TimeoutError);
    expect(ch.tryReceive()).toBe(3);
  });

  test("no timer is left when the wait ends, nor fires early when it is very long", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }); // others have timers, too
    try {
      const ch = channel<number>();
      const receive = ch.receive({ timeout: 2 ** 40 });
      const unlimited = ch.receive({ timeout: Infinity });
      await vi.advanceTimersByTimeAsync(2 ** 33);
      expect([ch.trySend(1), ch.trySend(2)]).toEqual([true, true]);
      expect(await Promise.all([receive, unlimited])).toEqual([1, 2]);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("arguments", () => {
  test.each([
    [-1, "RANGE", "capacity: was given -1, wants a whole number from 0, or Infinity"],
    [NaN, "RANGE", "capacity: was given NaN, wants a whole number from 0, or Infinity"],
    [1.5, "RANGE", "capacity: was given 1.5, wants a whole number from 0, or Infinity"],
    ["3", "TYPE", 'capacity: was given "3", wants a whole number from 0, or Infinity'],
    [null, "TYPE", "capacity: was given null, wants a whole number from 0, or Infinity"],
  ])("capacity %s is refused by name", (capacity, kind, message) => {
    const make = (): unknown => channel({ capacity: capacity as number });
    expect(make).toThrow(message);
    expect(make).toThrow(expect.objectContaining({ code: `TAILRACE_ARGUMENT_${kind}`, argument: "capacity" }));
  });

  test.each([
    ["options", () => channel(3 as never)],
    ["name", () => channel({ name: 3 as never })],
    ["signal", () => channel<number>({ capacity: 1 }).send(1, { signal: {} as never })],
    ["timeout", () => channel<number>({ capacity: 1 }).send(1, { timeout: -1 })],
    ["timeout", () => channel<number>({ capacity: 1 }).receive({ timeout: "1 s" as never })],
    ["wait", () => channel<number>().receive(5 as never)],
  ])("a wrong %s is refused by name", async (argument, call) => {
    await expect(within((async (): Promise<unknown> => call())())).rejects.toMatchObject({
      name: "ArgumentError",
      argument,
    });
  });
});

describe("the event loop stays open", () => {
  test.each<[string, (ch: Channel<number>, stop: () => boolean) => Promise<unknown>]>([
    [
      "send loop",
      async (ch, stop) => {
        while (!stop()) {
          await ch.send(1);
          ch.tryReceive();
        }
      },
    ],
    [
      "receive loop",
      async (ch, stop) => {
        while (!stop()) {
          ch.trySend(1);
          await ch.receive();
        }
      },
    ],
    [
      "for await",
      async (ch, stop) => {
        ch.trySend(1);
        for await (const item of ch) {
          if (stop()) break;
          ch.trySend(item);
        }
      },
    ],
    [
      "rendezvous of two loops",
      async (ch, stop) => {
        const reader = collect(ch);
        while (!stop()) await ch.send(1);
        ch.close();
        await reader;
      },
    ],
  ])("timers run during an endless %s", async (title, run) => {
    const ch = channel<number>({ capacity: title.startsWith("rendezvous") ? 0 : 8 });
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    // The bound on time is there only so that a failure ends.
    const end = performance.now() + 3000;
    await run(ch, () => ticks >= 3 || performance.now() > end);
    clearInterval(timer);
    expect(ticks).toBeGreaterThanOrEqual(3);
  });
});
