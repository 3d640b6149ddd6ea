import { EMPTY, report } from "tailrace";
import { createMVar, openMVar } from "tailrace/processes";
import type { NamedMVar, NamedMVarOptions } from "tailrace/processes";
import { describe, expect, test } from "vitest";
import { isNode } from "../child.ts";
import { within } from "../deadline.ts";
import { errorOf } from "../node/pools.ts";
import { told } from "../told.ts";
import { elsewhere, ownFolder } from "./parties.ts";

const folder = ownFolder();

interface Both<T> {
  readonly here: NamedMVar<T>;
  readonly there: NamedMVar<T>;
  /** What stands for nothing on each side: the library is there twice. */
  readonly empty: { readonly here: typeof EMPTY; readonly there: typeof EMPTY };
}

/** Two handles of the same box: that of the process that keeps it, and one of another process. */
async function pair<T>(options?: NamedMVarOptions<T>): Promise<Both<T> & AsyncDisposable> {
  const here = await createMVar<T>({ ...options, folder: folder() });
  const other = await elsewhere();
  const there = await other.openMVar<T>(here.name, { folder: folder() });
  const dispose = async (): Promise<void> => {
    await there.close();
    await here.close();
  };
  return { here, there, empty: { here: EMPTY, there: other.EMPTY }, [Symbol.asyncDispose]: dispose };
}

/** What the broker was asked before is done, on both sides. */
async function settled({ here, there }: Both<unknown>): Promise<void> {
  await there.isEmpty();
  await here.isEmpty();
}

describe.runIf(isNode)("an MVar of two processes", () => {
  test("hands values over in both directions, in the order in which they were put", async () => {
    await using both = await pair<unknown>();
    const { here, there } = both;
    const values = [1, "two", { three: [3n] }, new Map([[4, new Date(4)]]), undefined];
    for (const [from, to] of [
      [here, there],
      [there, here],
    ] as const) {
      const puts = Promise.all(values.map((value) => from.put(value)));
      const taken: unknown[] = [];
      for (const _ of values) taken.push(await to.take());
      expect(taken).toEqual(values);
      await puts;
    }
    expect(await there.isEmpty()).toBe(true);
  });

  test.each(["here", "there"] as const)("does everything at once or not at all that is tried (%s)", async (side) => {
    await using both = await pair<string>();
    const box = both[side];
    const empty = both.empty[side];
    expect([await box.tryTake(), await box.tryRead(), await box.trySwap("no")]).toEqual([empty, empty, empty]);
    expect([await box.isEmpty(), await box.tryPut("one"), await box.tryPut("two")]).toEqual([true, true, false]);
    expect([await box.isEmpty(), await box.tryRead(), await box.trySwap("three")]).toEqual([false, "one", "one"]);
    expect([await box.read(), await box.swap("four"), await box.tryTake()]).toEqual(["three", "three", "four"]);
  });

  test("has a value from the beginning if it is given one, also if that is undefined", async () => {
    await using one = await pair<string>({ value: "first" });
    await using other = await pair<unknown>({ value: undefined });
    expect(await one.there.take()).toBe("first");
    expect(await other.there.isEmpty()).toBe(false);
    expect(await other.there.take()).toBeUndefined();
  });

  test("serves those who take in order of arrival, wherever they are", async () => {
    await using both = await pair<number>();
    const served: string[] = [];
    const takes: Promise<unknown>[] = [];
    for (const [nth, side] of (["there", "here", "there", "here"] as const).entries()) {
      const take = async (): Promise<void> => {
        const value = await both[side].take();
        served.push(`${side} ${nth.toString()}: ${value.toString()}`);
      };
      takes.push(take());
      await settled(both);
    }
    for (const value of [10, 11, 12, 13]) await both.here.put(value);
    await Promise.all(takes);
    expect(served).toEqual(["there 0: 10", "here 1: 11", "there 2: 12", "here 3: 13"]);
  });

  test.each([1, 2, 20])(
    "gives the next value that is put to all who read (%i), before anybody takes it",
    async (readers) => {
      await using both = await pair<string>();
      const taken = both.there.take();
      await settled(both);
      const read = Array.from({ length: readers }, (_, nth) => (nth % 2 === 0 ? both.there : both.here).read());
      await settled(both);
      await both.here.put("value");
      expect(await within(Promise.all(read))).toEqual(read.map(() => "value"));
      expect(await within(taken)).toBe("value");
    },
  );

  test("shows twenty readers values that never go back, and one who takes each of them once", async () => {
    await using both = await pair<number>();
    const values = [177, 178, 179, 777];
    const over = new AbortController();
    const readers = Array.from({ length: 20 }, async (_, nth) => {
      const seen: number[] = [];
      try {
        for (;;) {
          const value = await (nth % 2 === 0 ? both.here : both.there).read({ signal: over.signal });
          seen.push(value);
          if (value === 777) return seen;
        }
      } catch {
        return seen; // it was late, and all were taken
      }
    });
    const put = (async () => {
      for (const value of values) await both.here.put(value);
    })();
    const taken: number[] = [];
    for (const _ of values) taken.push(await both.there.take());
    over.abort();
    await put;
    expect(taken).toEqual(values);
    for (const seen of await within(Promise.all(readers))) {
      expect(seen).toEqual([...seen].sort((one, other) => one - other));
      expect(values).toEqual(expect.arrayContaining(seen));
    }
  });

  test.each(["here", "there"] as const)("lends its value, and nobody can put meanwhile (%s)", async (side) => {
    await using both = await pair<number>({ value: 1 });
    const opposite = side === "here" ? "there" : "here";
    const [box, other, empty] = [both[side], both[opposite], both.empty[opposite]];
    const result = await box.with(async (value) => {
      expect([await other.tryPut(9), await other.tryTake(), await other.isEmpty()]).toEqual([false, empty, true]);
      return [value];
    });
    expect(result).toEqual([1]);
    expect(await other.read()).toBe(1);
    expect(await box.modify((value) => value + 1)).toBe(2);
    expect(await other.read()).toBe(2);
    expect(await box.modifyMaybe((value) => value + 1)).toBe(3);
    expect(await box.modifyMaybe(() => both.empty[side])).toBe(both.empty[side]);
    expect(await other.isEmpty()).toBe(true);
  });

  test.each(["here", "there"] as const)("has the value back when what has borrowed it throws (%s)", async (side) => {
    await using both = await pair<number>({ value: 1, maxBytes: 100 });
    const fail = (): never => {
      throw new RangeError("no");
    };
    for (const borrow of [both[side].with(fail), both[side].modify(fail), both[side].modifyMaybe(fail)]) {
      expect(await errorOf(borrow)).toMatchObject({ name: "RangeError", message: "no" });
    }
    const large = both[side].modify(() => "x".repeat(200) as unknown as number);
    expect(await errorOf(large)).toMatchObject({ code: "TAILRACE_ARGUMENT_RANGE" });
    const unknown = both[side].modify(() => (() => 1) as unknown as number);
    expect((await errorOf(unknown)).message).toContain("could not be cloned");
    expect(await both.here.take()).toBe(1);
  });

  test.each(["here", "there"] as const)(
    "tries a hundred changes of ten tasks one after the other (%s)",
    async (side) => {
      await using both = await pair<number>({ value: 0 });
      const work = async (box: NamedMVar<number>): Promise<void> => {
        for (let nth = 0; nth < 10; nth++) {
          await box.modify(async (value) => {
            await other.isEmpty();
            return value + 1;
          });
        }
      };
      const other = side === "here" ? both.there : both.here;
      await within(Promise.all(Array.from({ length: 10 }, (_, nth) => work(nth === 0 ? other : both[side]))));
      expect(await other.take()).toBe(100);
    },
  );
});

describe.runIf(isNode)("what is given up", () => {
  test.each(["here", "there"] as const)("has not happened (%s)", async (side) => {
    await using both = await pair<string>();
    const reason = new Error("enough");
    const controller = new AbortController();
    const { signal } = controller;
    const box = both[side];
    const waits = [
      box.take({ signal }),
      box.read({ signal }),
      box.swap("no", { signal }),
      box.modify((v) => v, { signal }),
    ];
    const ends = Promise.all(waits.map(errorOf));
    controller.abort(reason);
    expect(await within(ends)).toEqual([reason, reason, reason, reason]);
    expect(await both.here.tryPut("value")).toBe(true);
    expect(await both.there.tryRead()).toBe("value");
    const late = await errorOf(box.put("more", { timeout: 20 }));
    expect(late).toMatchObject({ name: "TimeoutError" });
    expect(late.message).toMatch(/^put on mvar "[\w.-]+" \(kept by process \d+\) waited 20 ms for room$/u);
    expect(await errorOf(box.put("more", { signal }))).toBe(reason);
    expect(await box.take()).toBe("value");
    expect(await both.here.isEmpty()).toBe(true);
  });

  test("leaves the value to the next if it was under way", async () => {
    await using both = await pair<string>();
    const controller = new AbortController();
    const first = errorOf(both.there.take({ signal: controller.signal }));
    await settled(both);
    const next = both.here.take();
    await both.here.put("value"); // the broker has sent it
    controller.abort(new Error("enough"));
    expect(await within(first)).toMatchObject({ message: "enough" });
    expect(await within(next)).toBe("value");
  });

  test("is put nevertheless if it was too late to give up, and then says so", async () => {
    await using both = await pair<string>();
    const controller = new AbortController();
    const put = both.there.put("value", { signal: controller.signal }); // it has room
    controller.abort(new Error("enough"));
    await within(put);
    expect(await both.here.take()).toBe("value");
  });

  test("was not begun if the signal has aborted, or there is no time", async () => {
    await using both = await pair<string>();
    const signal = AbortSignal.abort(new Error("enough"));
    for (const box of [both.here, both.there]) {
      expect(await errorOf(box.take({ signal }))).toMatchObject({ message: "enough" });
      expect(await errorOf(box.take({ timeout: 0 }))).toMatchObject({ name: "TimeoutError" });
    }
    expect(await both.here.tryPut("value")).toBe(true);
  });
});

describe.runIf(isNode)("a value", () => {
  test.each([0, 1, 63, 64, 65, 4096, 1_000_000])("of %i bytes arrives as it was", async (size) => {
    await using both = await pair<Uint8Array>();
    const sent = Uint8Array.from({ length: size }, (_, nth) => nth % 251);
    await both.here.put(sent);
    expect(Buffer.compare(await both.there.take(), sent)).toBe(0);
    await both.there.put(sent);
    expect(Buffer.compare(await both.here.take(), sent)).toBe(0);
  });

  test.each(["here", "there"] as const)("that is too large is refused with both sizes (%s)", async (side) => {
    await using both = await pair<string>({ maxBytes: 64 });
    const large = "x".repeat(100);
    for (const put of [
      both[side].put(large),
      both[side].swap(large),
      both[side].tryPut(large),
      both[side].trySwap(large),
    ]) {
      const message = expect.stringMatching(/^value: 104 bytes, and maxBytes of mvar ".*" is 64$/u) as string;
      expect(await errorOf(put)).toMatchObject({ code: "TAILRACE_ARGUMENT_RANGE", argument: "value", message });
    }
    expect(await both[side].tryPut("x".repeat(60))).toBe(true);
    await expect(createMVar({ value: large, maxBytes: 64, folder: folder() })).rejects.toThrow(
      "maxBytes of options is 64",
    );
  });

  test("that cannot be cloned is refused", async () => {
    await using both = await pair<unknown>();
    expect((await errorOf(both.there.put(() => 1))).message).toContain("could not be cloned");
    expect(await both.there.isEmpty()).toBe(true);
  });
});

describe.runIf(isNode)("a handle", () => {
  test("tells in the report who keeps what it waits for, and who has it", async () => {
    await using both = await pair<string>({ name: "jobs", value: "wash" });
    const { pid } = process;
    let end = (): void => undefined;
    const lent = both.there.with(() => new Promise<void>((resolve) => (end = resolve)));
    await settled(both);
    const taken = both.here.take();
    const kept = `mvar "jobs" (kept by process ${pid.toString()})`;
    expect(told()).toBe(`take on ${kept} has waited … s for a value; process ${pid.toString()} has it`);
    end();
    await lent;
    await taken;
    const waits = [both.here.put("one"), both.here.put("two")];
    expect(told()).toBe(`put on ${kept} has waited … s for room`);
    await both.there.take();
    await both.there.take();
    await Promise.all(waits);
  });

  test("ends its waits when it is closed, once, and everything after that", async () => {
    await using both = await pair<string>();
    for (const [name, box] of [
      ["here", await openMVar<string>(both.here.name, { folder: folder() })],
      ["there", both.there],
    ] as const) {
      const take = errorOf(box.take());
      await within(Promise.all([box.close(), box.close()]));
      await box.close();
      const closed = { code: "TAILRACE_NAME_GONE", message: expect.stringContaining("it was closed here") as string };
      expect(await take, name).toMatchObject(closed);
      expect(await errorOf(box.put("late"))).toMatchObject(closed);
    }
    expect(await both.here.tryPut("value")).toBe(true);
  });

  test.each(["here", "there"] as const)("is closed when what was borrowed is back (%s)", async (side) => {
    await using both = await pair<number>({ value: 1 });
    const third = await openMVar<number>(both.here.name, { folder: folder() });
    let end = (): void => undefined;
    const changed = both[side].modify(async (value) => {
      await new Promise<void>((resolve) => (end = resolve));
      return value + 1;
    });
    await settled(both);
    const closes = both[side].close();
    if (side === "here") expect(report()).toContain("for what was borrowed to come back");
    end();
    expect(await within(changed)).toBe(2);
    await within(closes);
    expect(await third.take()).toBe(2);
    await third.close();
  });
});
