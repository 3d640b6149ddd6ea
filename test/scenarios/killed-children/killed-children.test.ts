import { expect, test } from "vitest";
import { growth, soak } from "./soak.ts";

test("a pool of processes that are killed all the time loses no slot and leaves no process", async () => {
  const { answered, killed, spawned, wrong } = await soak(3000);
  expect(wrong).toEqual([]);
  expect(answered).toBeGreaterThan(0);
  expect(killed).toBeGreaterThan(0);
  expect(spawned).toBeGreaterThan(4);
});

test("growth is what the last third is above the first", () => {
  expect(growth([9, 9, 1, 1, 2, 2, 3, 3])).toBe(2);
});
