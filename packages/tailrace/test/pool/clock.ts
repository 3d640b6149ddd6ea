import type { Pool } from "tailrace";
import { afterEach, beforeEach, expect, vi } from "vitest";
import { turn } from "../deadline.ts";

/** Time passes in each test of the file only when it says so, and no timer may be left at its end. */
export function timeStands(): void {
  beforeEach(stopClock);

  afterEach(() => {
    try {
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
}

/** From here on time passes only when the test says so. */
export function stopClock(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance"] });
}

/** So many milliseconds pass, and all that they bring about. No turn of the event loop is so long. */
export async function pass(milliseconds: number): Promise<void> {
  await turn();
  await vi.advanceTimersByTimeAsync(milliseconds);
  await turn();
}

/** Closes a pool, whose leases are taken away and whose functions may take their time. */
export async function shut(p: Pool<unknown>): Promise<void> {
  const closes = p.close({ grace: 0 });
  await pass(120_000);
  await closes;
}
