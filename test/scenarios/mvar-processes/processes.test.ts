import { describe, expect, test } from "vitest";
import { killSome, runProgram } from "./processes.ts";

/** All of it, which takes a quarter of an hour: `LONG=1`. */
const isLong = process.env["LONG"] !== undefined;
const SLOW = { timeout: isLong ? 3_600_000 : 60_000 };

/** Milliseconds in which somebody goes on. */
const LIMIT = 30_000;

describe("the program between processes ends, and the box is empty", () => {
  const runs = isLong
    ? [
        [2, 100],
        [8, 100],
        [50, 100],
      ]
    : [
        [2, 5],
        [8, 3],
      ];
  test.each(runs)("%i processes, %i times", SLOW, async (processes = 0, times = 0) => {
    await runProgram(processes, times, LIMIT);
  });
});

test("processes that are killed take nothing with them, and all others go on", SLOW, async () => {
  const kills = isLong ? 1000 : 20;
  const { said, value, told } = await killSome(4, kills, LIMIT);
  console.info({ kills, said, value, told });
  expect(value).toBeGreaterThanOrEqual(said);
  // Whoever was killed may have added one more than it could say.
  expect(value).toBeLessThanOrEqual(said + kills);
});
