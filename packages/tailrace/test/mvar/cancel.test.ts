// Each program is stopped at every microtask of its run: wherever that is, nothing may be lost, come twice or be left
// waiting.
import { EMPTY, mvar } from "tailrace";
import type { MVar } from "tailrace";
import { expect, test } from "vitest";
import { abortEverywhere, REASON, unless } from "../cancel/sweep.ts";
import { range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";

nothingIsLeft();

const MANY = 4;

interface Wait {
  readonly signal: AbortSignal;
}

/** Puts numbers until it is stopped; returns those that were put. */
async function putUntil(box: MVar<number>, first: number, wait?: Wait): Promise<number[]> {
  const put: number[] = [];
  try {
    for (const value of range(MANY).map((nth) => first + nth)) {
      await box.put(value, wait);
      put.push(value);
    }
  } catch (error) {
    unless(error);
  }
  return put;
}

/** Takes until it is stopped, or has so many. */
async function takeUntil(box: MVar<number>, most: number, wait?: Wait): Promise<number[]> {
  const taken: number[] = [];
  try {
    while (taken.length < most) taken.push(await box.take(wait));
  } catch (error) {
    unless(error);
  }
  return taken;
}

async function left(box: MVar<number>): Promise<number[]> {
  const rest: number[] = [];
  for (let value = await box.tryTake(); value !== EMPTY; value = await box.tryTake()) rest.push(value);
  return rest;
}

const ascending = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);

test("a put that is aborted was not put, any other is taken once", async () => {
  await abortEverywhere(async (signal) => {
    const box = mvar<number>();
    const steady = putUntil(box, 0);
    const stopped = putUntil(box, 10, { signal });
    const enough = new AbortController();
    const taken = takeUntil(box, Infinity, { signal: enough.signal });
    const put = [...(await steady), ...(await stopped)];
    enough.abort(REASON);
    expect(ascending([...(await taken), ...(await left(box))])).toEqual(ascending(put));
  });
});

test("a take that is aborted has taken nothing: another one gets the rest, in order", async () => {
  await abortEverywhere(async (signal) => {
    const box = mvar<number>();
    const put = putUntil(box, 0);
    const taken = await takeUntil(box, MANY, { signal });
    const rest = await takeUntil(box, MANY - taken.length);
    expect([...taken, ...rest]).toEqual(range(MANY));
    expect(await put).toEqual(range(MANY));
  });
});

test("who reads and gives up keeps nothing from others, and who does not sees what is put next", async () => {
  await abortEverywhere(async (signal) => {
    const box = mvar<number>();
    const seen: number[] = [];
    const fickle = (async () => {
      for (let nth = 0; nth < MANY; nth++) seen.push(await box.read({ signal }));
    })().catch(unless);
    const steady = box.read();
    const taken = takeUntil(box, MANY);
    const put = putUntil(box, 1);
    expect(await steady).toBe(1);
    expect(await taken).toEqual(await put);
    if (!signal.aborted) await box.put(9);
    await fickle;
    expect(seen).toEqual(ascending(seen));
    await left(box);
  });
});

test("a swap that is aborted has neither taken nor put", async () => {
  await abortEverywhere(async (signal) => {
    const box = mvar<number>();
    const out: number[] = [];
    const swapped: number[] = [];
    const swapping = (async () => {
      for (const value of range(MANY).map((nth) => 100 + nth)) {
        out.push(await box.swap(value, { signal }));
        swapped.push(value);
      }
    })().catch(unless);
    const put = putUntil(box, 0);
    const taken = takeUntil(box, MANY - 1);
    await swapping;
    const all = [...out, ...(await taken), ...(await takeUntil(box, 1))];
    expect(ascending(all)).toEqual(ascending([...(await put), ...swapped]));
    expect(await box.isEmpty()).toBe(true);
  });
});

test("a call that is aborted was not made, and any other has had the box for itself", async () => {
  await abortEverywhere(async (signal) => {
    const box = mvar({ value: 0 });
    let [inside, called] = [0, 0];
    const lent = async (value: number): Promise<number> => {
      called++;
      expect(++inside).toBe(1);
      await Promise.resolve();
      inside--;
      return value + 1;
    };
    const calls = range(MANY).map((nth) => box.modify(lent, nth % 2 === 0 ? { signal } : undefined).catch(unless));
    const made = (await Promise.all(calls)).filter((value) => value !== undefined);
    expect(made).toEqual(range(called).map((nth) => nth + 1));
    expect(await box.take()).toBe(called);
  });
});

test("a box that is used as a lock is free again, whoever gives up while waiting for it", async () => {
  await abortEverywhere(async (signal) => {
    const lock = mvar({ value: "free" });
    let [inside, entered] = [0, 0];
    const tasks = range(MANY).map(async () => {
      const key = await lock.take({ signal });
      try {
        entered++;
        expect(++inside).toBe(1);
        await Promise.resolve();
        inside--;
      } finally {
        await lock.put(key);
      }
    });
    const results = await Promise.allSettled(tasks);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(entered);
    expect(await lock.tryTake()).toBe("free");
  });
});
