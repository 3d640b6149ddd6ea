import { channel, TimeoutError } from "tailrace";
import { expect, test } from "vitest";
import { within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";

nothingIsLeft();

function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

test("what the event loop was shut for before a wait began is no part of its time-out", async () => {
  const jobs = channel<string>();
  const first = jobs.receive({ timeout: 10 });
  block(60);
  const begun = performance.now();
  const second = jobs.receive({ timeout: 30 });
  await expect(within(first)).rejects.toThrow(TimeoutError);
  await expect(within(second)).rejects.toThrow(TimeoutError);
  expect(performance.now() - begun).toBeGreaterThanOrEqual(29);
});
