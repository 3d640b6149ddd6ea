import { createSemaphore, openSemaphore } from "tailrace/processes";
import type { NamedSemaphore } from "tailrace/processes";
import { describe, expect, test } from "vitest";
import { isNode } from "../child.ts";
import { within } from "../deadline.ts";
import { errorOf } from "../node/pools.ts";
import { told } from "../told.ts";
import { elsewhere, ownFolder } from "./parties.ts";

const folder = ownFolder();

async function pair(
  permits: number,
): Promise<{ readonly here: NamedSemaphore; readonly there: NamedSemaphore } & AsyncDisposable> {
  const here = await createSemaphore(permits, { folder: folder() });
  const there = await (await elsewhere()).openSemaphore(here.name, { folder: folder() });
  const dispose = async (): Promise<void> => {
    await there.close();
    await here.close();
  };
  return { here, there, [Symbol.asyncDispose]: dispose };
}

describe.runIf(isNode)("a semaphore of two processes", () => {
  test("gives out as many permits as it has, and each back once", async () => {
    await using both = await pair(2);
    const { here, there } = both;
    expect([here.permits, there.permits, await there.available()]).toEqual([2, 2, 2]);
    const one = await there.acquire();
    const two = await here.tryAcquire();
    expect([await here.tryAcquire(), await there.tryAcquire(), await here.available()]).toEqual([
      undefined,
      undefined,
      0,
    ]);
    one.release();
    one.release();
    expect(await there.available()).toBe(1);
    two?.release();
    two?.release();
    expect([await there.available(), await here.available()]).toEqual([2, 2]);
  });

  test("serves those who wait in order of arrival", async () => {
    await using both = await pair(1);
    const order: string[] = [];
    const first = await both.here.acquire();
    const waits: Promise<void>[] = [];
    for (const side of ["there", "here", "there"] as const) {
      waits.push(
        both[side].acquire().then((permit) => {
          order.push(side);
          permit.release();
        }),
      );
      await both.there.available();
    }
    expect(told()).toMatch(/^acquire on semaphore ".*" \(kept by process \d+\) has waited … s for a permit$/u);
    first.release();
    await within(Promise.all(waits));
    expect(order).toEqual(["there", "here", "there"]);
    expect(await both.there.available()).toBe(1);
  });

  test.each(["here", "there"] as const)("has every permit back when waits for them are given up (%s)", async (side) => {
    await using both = await pair(1);
    const controller = new AbortController();
    const held = await both.here.acquire();
    const waits = [
      both[side].acquire({ signal: controller.signal }),
      both[side].acquire({ timeout: 10 }),
      both[side].acquire({ signal: controller.signal }),
    ].map(errorOf);
    expect(await waits[1]).toMatchObject({ name: "TimeoutError" });
    held.release(); // the first of them gets it, which it may not know yet
    controller.abort(new Error("enough"));
    const [first, , third] = await within(Promise.all(waits.map((wait) => wait.catch(() => undefined))));
    expect(third).toMatchObject({ message: "enough" });
    if (first === undefined)
      expect(side).toBe("here"); // here it has got it at once
    else expect(await within(both[side].acquire())).toBeDefined();
  });

  test("never has more out than there are, whoever comes", async () => {
    await using both = await pair(3);
    const mirror = await openSemaphore(both.here.name, { folder: folder() });
    let [out, most] = [0, 0];
    const work = async (semaphore: NamedSemaphore): Promise<void> => {
      for (let nth = 0; nth < 20; nth++) {
        const permit = await semaphore.acquire();
        most = Math.max(most, ++out);
        await semaphore.available();
        out--;
        permit.release();
      }
    };
    const users = [both.here, both.there, mirror, both.there, both.here, mirror];
    await within(Promise.all(users.map(work)));
    expect(most).toBe(3);
    expect([await both.there.available(), await mirror.available()]).toEqual([3, 3]);
    await mirror.close();
  });

  test("has the permits of a handle back when that is closed", async () => {
    await using both = await pair(2);
    const third = await (await elsewhere()).openSemaphore(both.here.name, { folder: folder() });
    await third.acquire();
    await third.acquire();
    await third.close();
    expect(await both.here.available()).toBe(2);
  });

  test.each([0, -1, 1.5])("cannot have %d permits", async (permits) => {
    expect(await errorOf(createSemaphore(permits, { folder: folder() }))).toMatchObject({ argument: "permits" });
  });
});
