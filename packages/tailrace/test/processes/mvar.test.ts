import { EMPTY, report } from "tailrace";
import { createMVar, openMVar } from "tailrace/processes";
import type { NamedMVar } from "tailrace/processes";
import { describe, expect, test } from "vitest";
import { isNode } from "../child.ts";
import { idle, within } from "../deadline.ts";
import { errorOf } from "../node/pools.ts";
import { elsewhere, ownFolder } from "./parties.ts";

const folder = ownFolder();

/** Two handles of the same box: that of the process that keeps it, and one of another process. */
async function pair<T>(): Promise<readonly [NamedMVar<T>, NamedMVar<T>] & AsyncDisposable> {
  const here = await createMVar<T>({ folder: folder() });
  const there = await (await elsewhere()).openMVar<T>(here.name, { folder: folder() });
  const dispose = async (): Promise<void> => {
    await there.close();
    await here.close();
  };
  return Object.assign([here, there] as const, { [Symbol.asyncDispose]: dispose });
}

describe.runIf(isNode)("an MVar of two processes", () => {
  test("hands values over in both directions, in the order in which they were put", async () => {
    await using both = await pair<unknown>();
    const [here, there] = both;
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
});
