import { describe, expect, test } from "vitest";
import { killThreads } from "./threads-killed.ts";
import { inThreads } from "./threads.ts";

/** MVAR=long repeats as often as it takes to trust it: that is for people, and takes half an hour. */
const isLong = process.env["MVAR"] === "long";
const limit = isLong ? { timeout: 3_600_000 } : { timeout: 60_000 };

describe("master and children in worker threads", () => {
  test.each([
    [2, isLong ? 1000 : 20],
    [8, isLong ? 1000 : 5],
    [50, isLong ? 1000 : 1],
  ])("%i children, %i times", limit, async (children, repetitions) => {
    await inThreads(children, repetitions);
  });
});

test("threads are killed anywhere, and the others go on or are told", limit, async () => {
  const kills = isLong ? 1000 : 20;
  const killed = await killThreads(kills);
  console.info(killed);
  expect(killed.kills).toBe(kills);
  expect(killed.longest).toBeLessThan(5000);
});
