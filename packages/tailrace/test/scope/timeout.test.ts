import { report, scope, TimeoutError } from "tailrace";
import type { Task } from "tailrace";
import { expect, test, vi } from "vitest";
import { idle, within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { Gate, untilAborted } from "../tasks.ts";
import { told } from "../told.ts";

nothingIsLeft();

test("a scope that takes too long fails with what still runs, and tells it to stop", async () => {
  const tasks: Task<unknown>[] = [];
  const reasons: unknown[] = [];
  const done = scope(
    async (s) => {
      tasks.push(s.spawn(untilAborted, { name: "south" }), s.spawn(untilAborted, { name: "north" }));
      tasks.push(s.spawn(() => "quick"));
      await untilAborted(s).catch((reason: unknown) => reasons.push(reason));
    },
    { name: "copy", timeout: 5 },
  );
  const error: unknown = await within(done).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TimeoutError);
  expect(error).toMatchObject({
    code: "TAILRACE_TIMEOUT",
    message: 'scope "copy" timed out after 5 ms; still running: its function, "south", "north"',
  });
  expect(reasons).toEqual([error]);
  expect(tasks.map(({ status }) => status)).toEqual(["aborted", "aborted", "succeeded"]);
});

test("the time runs on while the tasks are waited for", async () => {
  const done = scope((s) => void s.spawn(untilAborted, { name: "slow" }), { name: "copy", timeout: 5 });
  await expect(within(done)).rejects.toThrow('scope "copy" timed out after 5 ms; still running: "slow"');
});

test("a time-out of 0 lets go on what need not wait", async () => {
  await expect(within(scope(() => 5, { timeout: 0 }))).resolves.toBe(5);
  await expect(within(scope(untilAborted, { timeout: 0, name: "x" }))).rejects.toThrow(
    'scope "x" timed out after 0 ms',
  );
});

test("a scope that ends in time leaves no timer", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    await scope((s) => void s.spawn(() => Promise.resolve()), { timeout: 1000 });
    await expect(scope(() => Promise.reject(new Error("no")), { timeout: 1000 })).rejects.toThrow("no");
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test("Infinity is no time-out", async () => {
  await within(scope((s) => void s.spawn(() => Promise.resolve()), { timeout: Infinity }));
});

test("a task that has not stopped after the period of grace is named, with the time since it was told to", async () => {
  const gate = new Gate();
  const clock = vi.spyOn(performance, "now").mockReturnValue(5000);
  try {
    const done = scope(
      (s) => {
        s.spawn(() => gate.opened, { name: "deaf" });
        s.spawn(() => gate.opened, { name: "asked later" });
        s.abort();
      },
      { name: "copy" },
    );
    await idle();
    const line = 'leave on scope "copy" (running: "deaf", "asked later") has waited';
    clock.mockReturnValue(5999);
    expect(report()).toBe(`${line} 1.0 s for its tasks to end`);
    clock.mockReturnValue(6200);
    expect(report()).toBe(
      `${line} 1.2 s for its tasks to end; ` +
        'not stopped: "deaf" (told to stop 1.2 s ago), "asked later" (told to stop 1.2 s ago)',
    );
    gate.open();
    await within(done);
  } finally {
    clock.mockRestore();
  }
});

test("only the task that was told to stop is named, and none with an infinite period", async () => {
  const gate = new Gate();
  const open = (grace: number): Promise<void> =>
    scope(
      (s) => {
        s.spawn(() => gate.opened, { name: "one" }).abort();
        s.spawn(() => gate.opened, { name: "other" });
      },
      { name: grace.toString(), grace },
    );
  const done = Promise.all([open(0), open(Infinity)]);
  await idle();
  expect(told().split("\n")).toEqual([
    'leave on scope "0" (running: "one", "other") has waited … s for its tasks to end; ' +
      'not stopped: "one" (told to stop … s ago)',
    'leave on scope "Infinity" (running: "one", "other") has waited … s for its tasks to end',
  ]);
  gate.open();
  await within(done);
});
