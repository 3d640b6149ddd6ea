import { inspect, mvar } from "tailrace";
import type { MVar } from "tailrace";
import { assertProgress, ProgressError } from "tailrace/testing";
import { afterEach, describe, expect, test } from "vitest";
import { runTasks } from "./tasks.ts";
import {
  cancelTake,
  isNonDecreasing,
  isStrictlyIncreasing,
  putAll,
  putTwo,
  READERS,
  readersFirst,
  readSome,
  SUM_OF_TWO,
  takeSome,
  takeTwo,
} from "./upstream.ts";

const DEADLINE = 5_000;

afterEach(() => {
  expect(inspect().waits).toEqual([]);
});

test.each([
  [2, 1_000],
  [8, 1_000],
  [50, 1_000],
])("%i children and their master, %i times: the box ends empty", async (children, times) => {
  for (let nth = 0; nth < times; nth++) expect(await runTasks(children, DEADLINE)).toBe(true);
});

test("a program that hangs is stopped, and who waits is named", async () => {
  const late = await runTasks(2, 50, 1).catch((error: unknown) => error);
  expect(late).toBeInstanceOf(ProgressError);
  expect((late as Error).message).toMatch(
    /task "child \d": take on mvar "box" \(empty, 1 waiting\) has waited .* for a value; nobody is putting/u,
  );
});

describe("upstream's tests", () => {
  test("two values are put and taken, 100 times", async () => {
    const box = mvar<number>();
    for (let nth = 0; nth < 100; nth++) {
      const [sum] = await assertProgress(Promise.all([takeTwo(box), putTwo(box)]), { within: DEADLINE });
      expect(sum).toBe(SUM_OF_TWO);
      expect(await box.isEmpty()).toBe(true);
    }
  });

  test("one takes, one puts, many read, 100 times", async () => {
    for (let nth = 0; nth < 100; nth++) {
      const box = mvar<number>();
      const readers = Array.from({ length: READERS }, () => readSome(box));
      const all = Promise.all([takeSome(box), putAll(box), ...readers]);
      const [taken, , ...read] = await assertProgress(all, { within: DEADLINE });
      expect(taken).toHaveLength(3);
      expect(isStrictlyIncreasing(taken)).toBe(true);
      expect(read.filter(isNonDecreasing)).toHaveLength(READERS);
    }
  });

  test("a take that waits is cancelled, 10 times", async () => {
    const box = mvar<number>();
    for (let nth = 0; nth < 10; nth++) expect(await cancelTake(box)).toBeLessThan(2_000);
    await box.put(1);
    expect(await box.take()).toBe(1);
  });

  test.each([1, 2, 20])("%i that wait to read get what is put, before who takes", async (many) => {
    const box = mvar<number>();
    const readers = Array.from({ length: many }, (): MVar<number> => box);
    const all = readersFirst(readers, box, box, () => {
      expect(inspect().waits).toHaveLength(many + 1);
    });
    const { read, taken } = await assertProgress(all, { within: DEADLINE });
    expect([...read, taken]).toEqual(Array.from({ length: many + 1 }, () => 7));
    expect(await box.isEmpty()).toBe(true);
  });
});
