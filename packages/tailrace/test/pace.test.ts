import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { pause } from "../src/pace.ts";
import { turn } from "./deadline.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** Calls `pause` with so many milliseconds between the calls until it asks to wait; returns the time that took. */
function untilPause(between: number): { time: number; turn: Promise<void> } {
  for (let time = 0; time < 1000; time += between) {
    const turn = pause();
    if (turn !== undefined) return { time, turn };
    vi.advanceTimersByTime(between);
  }
  throw new Error("never");
}

test.each([0.01, 0.1, 1, 3, 8])("operations %d ms apart yield after about 5 ms", async (between) => {
  await untilPause(between).turn; // the first slice began some time ago
  const { time, turn } = untilPause(between);
  expect(time).toBeLessThanOrEqual(2 * (5 + between));
  await turn;
});

test("all operations wait for the same turn, and go on after it", async () => {
  const { turn: paused } = untilPause(1);
  expect(pause()).toBe(paused);
  let ticked = false;
  void turn().then(() => {
    ticked = true;
  });
  await paused;
  await turn();
  expect(ticked).toBe(true);
  expect(pause()).toBeUndefined();
});

test("after the event loop has turned no operation has to wait, however long ago the last slice began", async () => {
  await untilPause(1).turn;
  for (let nth = 0; nth < 3; nth++) {
    expect(pause()).toBeUndefined(); // begins a slice
    vi.advanceTimersByTime(100);
    await turn();
    for (let op = 0; op < 4; op++) expect(pause()).toBeUndefined();
    await turn();
  }
});
