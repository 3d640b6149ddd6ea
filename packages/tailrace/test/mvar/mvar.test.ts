import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { getEventListeners } from "node:events";
import { ArgumentError, EMPTY, inspect, mvar, TimeoutError } from "tailrace";
import type { MVar } from "tailrace";
import { describe, expect, test, vi } from "vitest";
import { idle, turn, within } from "../deadline.ts";
import { range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { notes } from "./notes.ts";

nothingIsLeft();

describe("what is in a box", () => {
  test("is there until it is taken", async () => {
    const box = mvar<string>();
    expect(await within(box.isEmpty())).toBe(true);
    await within(box.put("a"));
    expect(await within(box.isEmpty())).toBe(false);
    expect([await within(box.read()), await within(box.read()), await within(box.take())]).toEqual(["a", "a", "a"]);
    expect(await within(box.isEmpty())).toBe(true);
  });

  test("can be there from the beginning", async () => {
    const box = mvar({ value: 5 });
    expect(await within(box.swap(6))).toBe(5);
    expect(await within(box.take())).toBe(6);
  });

  test.each([undefined, null, 0, "", NaN, { nested: [] }, () => 1])("may be %s", async (value) => {
    const made: MVar<unknown> = mvar<unknown>({ value });
    expect(await within(made.isEmpty())).toBe(false);
    expect(await within(made.take())).toBe(value);
    const waiting = made.take();
    await within(made.put(value));
    expect(await within(waiting)).toBe(value);
    await within(made.put(1));
    expect(await within(made.trySwap(value))).toBe(1);
    expect(await within(made.tryRead())).toBe(value);
    expect(await within(made.tryTake())).toBe(value);
  });

  test("is neither taken nor put at once if that is not possible", async () => {
    const box = mvar<number>();
    expect([await box.tryTake(), await box.tryRead(), await box.trySwap(0)]).toEqual([EMPTY, EMPTY, EMPTY]);
    expect([await box.tryPut(1), await box.tryPut(2)]).toEqual([true, false]);
    expect([await box.tryRead(), await box.trySwap(3), await box.tryTake()]).toEqual([1, 1, 3]);
    expect(await box.isEmpty()).toBe(true);
  });

  test("is what it was when the operation was called, whatever comes before the caller goes on", async () => {
    const box = mvar<number>({ value: 1 });
    const [taken, put, read] = [box.tryTake(), box.tryPut(2), box.tryRead()];
    expect(await within(Promise.all([taken, put, read]))).toEqual([1, true, 2]);
  });
});

describe("who waits", () => {
  test("takes in the order of coming, and so do those who swap", async () => {
    const box = mvar<string>();
    const { told, note } = notes();
    const all = [
      note("first", box.take()),
      note("second", box.swap("b")),
      note("third", box.swap("c")),
      note("fourth", box.take()),
      note("fifth", box.take()),
    ];
    await idle();
    await within(box.put("a"));
    await idle();
    expect(told).toEqual(["first a"]);
    await within(box.put("A"));
    await idle();
    expect(told).toEqual(["first a", "second A", "third b", "fourth c"]);
    await within(box.put("d"));
    await within(Promise.all(all));
    expect(told.at(-1)).toBe("fifth d");
  });

  test("puts in the order of coming", async () => {
    const box = mvar<number>();
    const { told, note } = notes();
    const puts = [1, 2, 3, 4].map((value) => note(`put ${value.toString()}`, box.put(value)));
    await idle();
    expect(told).toEqual(["put 1"]);
    const taken: number[] = [];
    for (let nth = 0; nth < 4; nth++) taken.push(await within(box.take()));
    await within(Promise.all(puts));
    expect([taken, told]).toEqual([
      [1, 2, 3, 4],
      ["put 1", "put 2", "put 3", "put 4"],
    ]);
  });

  test("reads what is put next, before anybody takes it, however late the readers came", async () => {
    const box = mvar<number>();
    const { told, note } = notes();
    const all = [
      note("taker", box.take()),
      note("swapper", box.swap(9)),
      ...range(3).map((nth) => note(`reader ${nth.toString()}`, box.read())),
    ];
    await within(box.put(1));
    await idle();
    expect(told).toEqual(["reader 0 1", "reader 1 1", "reader 2 1", "taker 1"]);
    await within(box.put(2));
    await within(Promise.all(all));
    expect(told.slice(4)).toEqual(["swapper 2"]);
    expect(await within(box.take())).toBe(9);
  });

  test("cannot be overtaken by who comes later and could be served at once", async () => {
    const box = mvar<number>();
    const waiting = box.take();
    void box.put(1);
    // The value is the waiting one's, although that has not gone on yet.
    expect(await within(box.tryTake())).toBe(EMPTY);
    expect(await within(waiting)).toBe(1);
    await within(box.put(2));
    const later = box.put(3);
    const taken = box.take();
    expect(await within(box.tryPut(4))).toBe(false);
    expect(await within(Promise.all([taken, later]))).toEqual([2, undefined]);
    expect(await within(box.take())).toBe(3);
  });

  test("waits for what was put by who waited", async () => {
    const box = mvar({ value: 0 });
    const puts = range(10_000).map((value) => box.put(value + 1));
    const sums = range(10_001).map(() => box.take());
    expect(await within(Promise.all(sums))).toEqual(range(10_001));
    await within(Promise.all(puts));
  });
});

describe("who gives up", () => {
  const REASON = new Error("stop");
  const operations: [
    string,
    (box: MVar<number>, wait: { signal?: AbortSignal; timeout?: number }) => Promise<unknown>,
  ][] = [
    ["take", (box, wait) => box.take(wait)],
    ["read", (box, wait) => box.read(wait)],
    ["swap", (box, wait) => box.swap(7, wait)],
    ["with", (box, wait) => box.with(() => expect.fail("called"), wait)],
    ["modify", (box, wait) => box.modify(() => expect.fail("called"), wait)],
    ["modifyMaybe", (box, wait) => box.modifyMaybe(() => expect.fail("called"), wait)],
  ];

  describe.each(operations)("%s", (_, operation) => {
    test("because the signal aborts has not happened", async () => {
      const box = mvar<number>();
      const controller = new AbortController();
      const given = operation(box, { signal: controller.signal });
      controller.abort(REASON);
      const put = box.put(1);
      await expect(within(given)).rejects.toBe(REASON);
      await within(put);
      expect(await within(box.tryTake())).toBe(1);
      expect(getEventListeners(controller.signal, "abort")).toEqual([]);
    });

    test("because the time is over has not happened", async () => {
      const box = mvar<number>();
      await expect(within(operation(box, { timeout: 1 }))).rejects.toBeInstanceOf(TimeoutError);
      await expect(within(operation(box, { timeout: 0 }))).rejects.toBeInstanceOf(TimeoutError);
      await within(box.put(1));
      expect(await within(box.tryTake())).toBe(1);
    });

    test("before it has begun does nothing, even if it could", async () => {
      const box = mvar<number>({ value: 1 });
      await expect(within(operation(box, { signal: AbortSignal.abort(REASON) }))).rejects.toBe(REASON);
      expect(await within(box.tryTake())).toBe(1);
    });
  });

  test("put, because the signal aborts or the time is over, has not happened", async () => {
    const box = mvar<number>({ value: 1 });
    const controller = new AbortController();
    const given = [box.put(2, { signal: controller.signal }), box.put(3, { timeout: 1 }), box.put(4, { timeout: 0 })];
    const after = box.put(5);
    controller.abort(REASON);
    const results = await within(Promise.allSettled(given));
    const reasons = results.map((result) => (result.status === "rejected" ? (result.reason as unknown) : result));
    expect(reasons).toEqual([REASON, expect.any(TimeoutError), expect.any(TimeoutError)]);
    expect([await within(box.take()), await within(box.take())]).toEqual([1, 5]);
    await within(after);
    expect(await within(box.isEmpty())).toBe(true);
  });

  test("leaves the others their order", async () => {
    const box = mvar<number>();
    const controllers = range(4).map(() => new AbortController());
    const takes = controllers.map(({ signal }) => box.take({ signal }).catch(() => "gave up"));
    controllers[0]?.abort();
    controllers[2]?.abort();
    for (const value of [1, 2]) await within(box.put(value));
    expect(await within(Promise.all(takes))).toEqual(["gave up", 1, "gave up", 2]);
  });

  test("after it was served has got it", async () => {
    const box = mvar<number>();
    const controller = new AbortController();
    const take = box.take({ signal: controller.signal });
    void box.put(1);
    controller.abort();
    expect(await within(take)).toBe(1);
  });

  test("in time leaves neither listener nor timer", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const box = mvar<number>();
      const { signal } = new AbortController();
      const wait = { signal, timeout: 10_000 };
      const all = [box.take(wait), box.read(wait), box.swap(2, wait), box.take(wait)];
      expect([getEventListeners(signal, "abort").length, vi.getTimerCount()]).toEqual([1, 1]);
      await box.put(1, wait);
      await box.put(3, wait);
      expect(await Promise.all(all)).toEqual([1, 1, 3, 2]);
      expect([getEventListeners(signal, "abort").length, vi.getTimerCount()]).toEqual([0, 0]);
      expect(inspect().waits).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("the event loop turns", () => {
  const PLANS: [string, (box: MVar<number>, isOver: () => boolean) => Promise<unknown>][] = [
    [
      "while one takes and puts",
      async (box, isOver) => {
        while (!isOver()) await box.put(await box.take());
      },
    ],
    [
      "while many do",
      (box, isOver) =>
        Promise.all(
          range(16).map(async () => {
            while (!isOver()) await box.put(await box.take());
          }),
        ),
    ],
    [
      "while many are lent it",
      (box, isOver) =>
        Promise.all(
          range(16).map(async () => {
            while (!isOver()) await box.modify((value) => value + 1);
          }),
        ),
    ],
  ];
  const SINGLE: [string, (box: MVar<number>) => Promise<unknown>][] = [
    ["take", (box) => (void box.tryPut(1), box.take())],
    ["put", (box) => (void box.tryTake(), box.put(1))],
    ["read", (box) => box.read()],
    ["swap", (box) => box.swap(1)],
    ["tryTake", (box) => box.tryTake()],
    ["tryPut", (box) => box.tryPut(1)],
    ["tryRead", (box) => box.tryRead()],
    ["trySwap", (box) => box.trySwap(1)],
    ["isEmpty", (box) => box.isEmpty()],
    ["with", (box) => box.with(() => 1)],
  ];
  test.each([
    ...PLANS,
    ...SINGLE.map(([name, operation]): (typeof PLANS)[number] => [
      `while one calls ${name} again and again`,
      async (box, isOver) => {
        while (!isOver()) await operation(box);
      },
    ]),
  ])("%s", async (_, plan) => {
    let isOver = false;
    const work = plan(mvar({ value: 0 }), () => isOver);
    for (let turns = 0; turns < 3; turns++) await turn(); // never, if nothing gives way
    isOver = true;
    await within(work);
  });
});

test("whoever is told that a wait has ended may use the box at once", async () => {
  const box = mvar<number>();
  const early: Promise<unknown>[] = [];
  const listener = (): void => {
    early.push(box.tryTake());
  };
  const [read, taken] = [box.read(), box.take()];
  subscribe("tailrace:wait:end", listener);
  try {
    await within(box.put(1));
  } finally {
    unsubscribe("tailrace:wait:end", listener);
  }
  expect(await within(read)).toBe(1);
  expect(await within(Promise.all(early))).toEqual([1]);
  // What was taken at once is not there for who waits.
  await within(box.put(2));
  expect(await within(taken)).toBe(2);
  expect(await within(box.isEmpty())).toBe(true);
});

describe("arguments", () => {
  test.each<[argument: string, wanted: string, make: () => unknown]>([
    ["name", "name: was given 1, wants a string", () => mvar({ name: 1 as never })],
    ["options", 'options: was given "box", wants an object', () => mvar("box" as never)],
    [
      "value",
      "value: was given Symbol(tailrace.EMPTY), wants something else: that stands for a box which is empty",
      () => mvar<unknown>({ value: EMPTY }),
    ],
  ])("%s: %s", (argument, message, make) => {
    expect(make).toThrow(new ArgumentError("TYPE", argument, message));
  });

  test("what stands for nothing cannot be put in", async () => {
    const box = mvar<unknown>({ value: 1 });
    for (const operation of [box.put(EMPTY), box.swap(EMPTY), box.tryPut(EMPTY), box.trySwap(EMPTY)])
      await expect(within(operation)).rejects.toMatchObject({ code: "TAILRACE_ARGUMENT_TYPE", argument: "value" });
    await expect(within(box.modify(() => EMPTY))).rejects.toBeInstanceOf(ArgumentError);
    expect(await within(box.take())).toBe(1);
  });

  test("a wait that cannot be, and what is no function, are refused", async () => {
    const box = mvar({ value: 1 });
    await expect(within(box.take({ timeout: -1 }))).rejects.toMatchObject({ code: "TAILRACE_ARGUMENT_RANGE" });
    await expect(within(box.put(1, { timeout: "1" as never }))).rejects.toMatchObject({
      code: "TAILRACE_ARGUMENT_TYPE",
    });
    await expect(within(box.with("fn" as never))).rejects.toMatchObject({ argument: "fn" });
    expect(await within(box.take())).toBe(1);
  });

  test("a box without a name has one that no other has", () => {
    const [one, other] = [mvar(), mvar()];
    expect([one.name, other.name]).toEqual([expect.stringMatching(/^mvar-\d+$/u), expect.not.stringMatching(one.name)]);
    expect(mvar({ name: "jobs" }).name).toBe("jobs");
  });
});
