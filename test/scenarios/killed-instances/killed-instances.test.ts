import { expect, test } from "vitest";
import { growth, soak } from "./soak.ts";

test("pools whose instances are killed all the time lose no slot and leave none of them", async () => {
  const { loads, wrong } = await soak(3000);
  expect(wrong).toEqual([]);
  for (const { answered, kills, spawned } of loads) {
    expect(answered).toBeGreaterThan(0);
    expect(kills).toBeGreaterThan(0);
    expect(spawned).toBeGreaterThan(4);
  }
});

test("growth is what the last third is above the first", () => {
  expect(growth([9, 9, 1, 1, 2, 2, 3, 3])).toBe(2);
});
