import { channel, TimeoutError } from "tailrace";
import { expect, test } from "vitest";
import { within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";

nothingIsLeft();

function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

test.each([
  ["of another length", 10],
  ["of the same length", 30],
])(
  "what the event loop was shut for before a wait began is no part of its time-out, beside one %s",
  async (_, other) => {
    const jobs = channel<string>();
    const first = jobs.receive({ timeout: other });
    block(60);
    const begun = performance.now();
    const second = jobs.receive({ timeout: 30 });
    await expect(within(first)).rejects.toThrow(TimeoutError);
    await expect(within(second)).rejects.toThrow(TimeoutError);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(29);
  },
);

test("what is due while the event loop is shut comes as soon as it turns", async () => {
  let isOver = false;
  const first = channel<string>()
    .receive({ timeout: 30 })
    .catch(() => {
      isOver = true;
    });
  const later = new Promise<boolean>((resolve) => {
    setTimeout(() => {
      resolve(isOver);
    }, 40);
  });
  block(60);
  expect(await within(later)).toBe(true);
  await first;
});
