import { EMPTY, report, TailraceError, TimeoutError } from "tailrace";
import { DecodeError, openSharedMVar, sharedMVar } from "tailrace/threads";
import type { Codec, SharedMVar, SharedMVarHandle } from "tailrace/threads";
import { describe, expect, test } from "vitest";
import { within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";

nothingIsLeft();

/** What a call that must fail rejects with. */
async function errorOf(call: Promise<unknown>): Promise<Error> {
  const outcome = await call.catch((error: unknown) => error);
  if (outcome instanceof Error) return outcome;
  throw new Error("it did not fail");
}

const newBox = <T>(value?: T): SharedMVar<T> => sharedMVar<T>({ name: "box", maxBytes: 64, value });

describe("a shared MVar in one thread", () => {
  test("hands values over, one at a time", async () => {
    const box = newBox<number>();
    const taken = Promise.all([box.take(), box.take(), box.take()]);
    for (const value of [1, 2, 3]) await box.put(value);
    expect(await within(taken)).toEqual([1, 2, 3]);
    expect(await box.isEmpty()).toBe(true);
  });

  test("serves those who put in the order in which they came", async () => {
    const box = newBox<number>(0);
    const puts = [1, 2, 3].map((value) => box.put(value));
    const got: number[] = [];
    for (let nth = 0; nth < 4; nth++) got.push(await within(box.take()));
    await Promise.all(puts);
    expect(got).toEqual([0, 1, 2, 3]);
  });

  test("gives the next value to all who read, before anybody takes it", async () => {
    const box = newBox<string>();
    const order: string[] = [];
    const taking = box.take().then((value) => order.push(`take ${value}`));
    const reading = [1, 2, 3].map((nth) => box.read().then((value) => order.push(`read ${nth.toString()} ${value}`)));
    await box.put("first");
    await within(Promise.all([taking, ...reading]));
    expect(order).toEqual(["read 1 first", "read 2 first", "read 3 first", "take first"]);
    expect(await box.isEmpty()).toBe(true);
  });

  test("does at once what needs nobody, and says what does not", async () => {
    const box = newBox<number>();
    expect([await box.tryTake(), await box.tryRead(), await box.trySwap(1)]).toEqual([EMPTY, EMPTY, EMPTY]);
    expect(await box.tryPut(1)).toBe(true);
    expect(await box.tryPut(2)).toBe(false);
    expect(await box.trySwap(3)).toBe(1);
    expect(await box.tryRead()).toBe(3);
    expect(await box.swap(4)).toBe(3);
    expect(await box.tryTake()).toBe(4);
  });

  test("lends its value: nobody can put, and an error puts back what it was", async () => {
    const box = newBox<number>(1);
    const told = new Error("no");
    await within(
      box.with(async (value: number) => {
        expect(value).toBe(1);
        expect(await box.tryPut(9)).toBe(false);
        expect(await box.tryTake()).toBe(EMPTY);
        expect(await box.isEmpty()).toBe(true);
      }),
    );
    expect(await box.modify((value) => value + 1)).toBe(2);
    await expect(box.modify(() => Promise.reject(told))).rejects.toBe(told);
    await expect(box.with(() => Promise.reject(told))).rejects.toBe(told);
    expect(await box.modifyMaybe(() => EMPTY)).toBe(EMPTY);
    expect(await box.isEmpty()).toBe(true);
  });

  test("what gives up has not happened, whether by time or by signal", async () => {
    const box = newBox<number>();
    const error = await errorOf(box.take({ timeout: 10 }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error.message).toBe('take on mvar "box" (64 bytes, empty) waited 10 ms for a value');
    const controller = new AbortController();
    const taking = box.take({ signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(taking).rejects.toThrow("enough");
    await expect(box.take({ timeout: 0 })).rejects.toThrow(TimeoutError);
    await box.put(7);
    await expect(box.put(8, { timeout: 10 })).rejects.toThrow("(64 bytes, full) waited 10 ms for it to be empty");
    expect(await box.take()).toBe(7);
    expect(await box.isEmpty()).toBe(true);
  });

  test("its waits are in the report, with who has the value", async () => {
    const box = newBox<number>(1);
    let taking: Promise<number> | undefined;
    await box.with(() => {
      taking = box.take();
      expect(report()).toMatch(/^take on mvar "box" \(64 bytes, lent to .*thread.*\) has waited .* has the value$/u);
    });
    expect(await within(taking ?? Promise.reject(new Error("it was not lent")))).toBe(1);
  });
});

const hostile: Codec<string> = {
  encode: (value) => new TextEncoder().encode(value),
  decode: (bytes) => {
    const value = new TextDecoder().decode(bytes);
    if (value === "bad") throw new Error("cannot read that");
    return value;
  },
};

describe("what is kept", () => {
  test.each([
    ["structured", { at: new Date(5), all: new Map([["a", [1n, undefined]]]) }],
    ["structured", -0.5],
    ["structured", undefined],
    ["json", { a: [1, "two", null] }],
    ["bytes", new Uint8Array([1, 2, 3])],
  ] as const)("by %s comes back as it was", async (codec, value) => {
    const box = sharedMVar<unknown>({ maxBytes: 256, codec });
    await box.put(value);
    expect(await box.take()).toEqual(value);
  });

  test.each([0, 1, 7, 8, 63, 64])("may be %i bytes long, of 64", async (length) => {
    const box = sharedMVar<Uint8Array>({ maxBytes: 64, codec: "bytes" });
    const value = new Uint8Array(length).fill(length);
    await box.put(value);
    expect(await box.swap(new Uint8Array(64))).toEqual(value);
    expect(await box.take()).toEqual(new Uint8Array(64));
  });

  test("is refused if it is too long, with both sizes, before anything has changed", async () => {
    const box = sharedMVar<Uint8Array>({ name: "box", maxBytes: 64, codec: "bytes", value: new Uint8Array([1]) });
    const long = new Uint8Array(65);
    const sizes = 'value: takes 65 bytes, and maxBytes is 64 of mvar "box"';
    await expect(box.put(long)).rejects.toThrow(sizes);
    await expect(box.swap(long)).rejects.toThrow(sizes);
    await expect(box.modify(() => long)).rejects.toThrow(sizes);
    expect(await box.take()).toEqual(new Uint8Array([1]));
    expect(() => sharedMVar({ maxBytes: 4, value: 1 })).toThrow("takes 8 bytes, and maxBytes is 4");
  });

  test("is in the error if it cannot be decoded; if it was only looked at, it is still in the box", async () => {
    const box = sharedMVar<string>({ name: "box", maxBytes: 64, codec: hostile, value: "bad" });
    const failed = 'what was in mvar "box" cannot be decoded: cannot read that';
    await expect(box.read()).rejects.toThrow(failed);
    await expect(box.with(() => 1)).rejects.toThrow(failed);
    expect(await box.isEmpty()).toBe(false);
    const error = await errorOf(box.take());
    expect(error).toBeInstanceOf(DecodeError);
    expect(error).toMatchObject({ bytes: new TextEncoder().encode("bad") });
    await box.put("good");
    expect(await box.take()).toBe("good");
  });
});

describe("what cannot be", () => {
  test("standing still on the main thread is refused, unless it was asked for", async () => {
    const box = newBox<number>(1);
    expect(() => box.takeSync()).toThrow('takeSync on mvar "box" would stop the event loop of the main thread');
    const allowed = openSharedMVar(box.handle, { allowSyncOnMain: true });
    expect(() => {
      allowed.putSync(2, { timeout: 20 });
    }).toThrow(TimeoutError);
    expect([allowed.readSync(), allowed.swapSync(2), allowed.takeSync()]).toEqual([1, 1, 2]);
    await box.put(3);
  });

  test("arguments that cannot be used are refused", () => {
    expect(() => sharedMVar({ maxBytes: -1 })).toThrow("maxBytes");
    expect(() => sharedMVar({ maxBytes: 2 ** 31 })).toThrow("maxBytes");
    expect(() => sharedMVar({ maxBytes: 1, codec: "xml" as "json" })).toThrow("codec");
    expect(() => openSharedMVar({} as SharedMVarHandle<number>)).toThrow("the handle of a shared MVar");
    const own = sharedMVar<string>({ maxBytes: 8, codec: hostile });
    expect(() => openSharedMVar(own.handle)).toThrow("codec");
    expect(openSharedMVar(own.handle, { codec: hostile }).name).toBe(own.name);
  });

  test("more waiters than there is room for are refused, and nobody is lost", async () => {
    const box = newBox<number>();
    const controller = new AbortController();
    const waiting = Array.from({ length: 1024 }, () => box.take({ signal: controller.signal }));
    const settled = Promise.allSettled(waiting);
    const error = await errorOf(box.take());
    expect(error).toBeInstanceOf(TailraceError);
    expect(error.message).toBe('mvar "box" has 1024 waiters; no more can wait');
    await box.put(1);
    expect(await within(waiting[0] ?? Promise.reject(new Error("none")))).toBe(1);
    controller.abort();
    expect((await within(settled)).filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await box.put(2);
    expect(await box.take()).toBe(2);
  });
});
