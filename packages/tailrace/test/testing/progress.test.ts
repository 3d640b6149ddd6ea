import { channel } from "tailrace";
import { assertProgress, ProgressError } from "tailrace/testing";
import { afterEach, expect, expectTypeOf, test, vi } from "vitest";
import { nothingIsLeft } from "../leftovers.ts";

nothingIsLeft();

afterEach(() => {
  vi.useRealTimers();
});

test("gives what the work gives", async () => {
  expect(await assertProgress(Promise.resolve(5))).toBe(5);
  expect(await assertProgress(() => Promise.resolve("five"))).toBe("five");
  expect(await assertProgress(() => 5)).toBe(5);
  expect(await assertProgress(Promise.resolve(5), { within: Infinity })).toBe(5);
  expectTypeOf(assertProgress(Promise.resolve(5))).toEqualTypeOf<Promise<number>>();
  expectTypeOf(assertProgress(() => Promise.resolve("five"))).toEqualTypeOf<Promise<string>>();
});

test("fails as the work does, whether it throws or rejects", async () => {
  const error = new Error("disk full");
  await expect(assertProgress(Promise.reject(error))).rejects.toBe(error);
  await expect(
    assertProgress(() => {
      throw error;
    }),
  ).rejects.toBe(error);
});

test("says what waits if the work hangs, and leaves it as it is", async () => {
  const jobs = channel<string>({ name: "jobs" });
  const job = jobs.receive();
  const error: unknown = await assertProgress(job, { within: 20 }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ProgressError);
  expect(error).toMatchObject({
    code: "TAILRACE_NO_PROGRESS",
    name: "ProgressError",
    message:
      "not done after 20 ms; meanwhile:\n" +
      'receive on channel "jobs" (capacity 0, rendezvous) has waited 0.0 s for an item; nobody is sending',
  });
  jobs.trySend("late");
  expect(await job).toBe("late");
});

test("a rejection that comes too late is nobody's", async () => {
  const jobs = channel<string>();
  await expect(assertProgress(jobs.receive(), { within: 1 })).rejects.toThrow(ProgressError);
  jobs.close(new Error("gone")); // an unhandled rejection would fail the test
});

test("works under fake timers", async () => {
  vi.useFakeTimers();
  await expect(assertProgress(new Promise(() => undefined), { within: 5 })).rejects.toThrow("nothing waits");
});

test.each([
  [[5], "work: was given 5, wants a promise, or a function that returns one"],
  [[Promise.resolve(), { within: "1 s" }], 'within: was given "1 s", wants a number of milliseconds'],
  [[Promise.resolve(), 500], "options: was given 500, wants an object"],
])("refuses %j", async (given, message) => {
  const wrong = assertProgress as (...given: unknown[]) => Promise<unknown>;
  await expect(wrong(...given)).rejects.toThrow(message);
});
