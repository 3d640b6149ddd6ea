import { setTimeout as sleep } from "node:timers/promises";
import { all, allSettled, any, race, TimeoutError } from "tailrace";
import type { Job, TaskContext } from "tailrace";
import { describe, expect, expectTypeOf, test } from "vitest";
import { idle, within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { Gate, untilAborted } from "../tasks.ts";
import { told } from "../told.ts";

nothingIsLeft();

const fails =
  (error: Error): Job<never> =>
  () =>
    Promise.reject(error);

/** A job that is told to stop and takes its time for it; the reasons are noted. */
function tidy(reasons: unknown[], cleaned?: Gate): Job<never> {
  return (task) =>
    untilAborted(task).catch(async (reason: unknown) => {
      await cleaned?.opened;
      reasons.push(reason);
      throw reason;
    });
}

describe("all", () => {
  test("gives all results in the order of the jobs", async () => {
    const gate = new Gate<string>();
    const done = all([() => gate.opened, () => 2, async () => Promise.resolve(true)]);
    gate.open("last");
    expect(await within(done)).toEqual(["last", 2, true]);
    expect(await within(all([]))).toEqual([]);
  });

  test("fails with the first failure, when the others have ended", async () => {
    const [error, reasons]: [Error, unknown[]] = [new Error("no such host"), []];
    await expect(within(all([tidy(reasons), fails(error)]))).rejects.toBe(error);
    expect(reasons).toEqual([error]);
  });
});

describe("allSettled", () => {
  test("tells of each job how it ended, and a failure aborts nobody", async () => {
    const [error, gate] = [new Error("no such host"), new Gate<string>()];
    const done = allSettled([fails(error), ({ signal }) => gate.opened.then(() => signal.aborted), () => "quick"]);
    await idle();
    gate.open("");
    expect(await within(done)).toEqual([
      { status: "rejected", reason: error },
      { status: "fulfilled", value: false },
      { status: "fulfilled", value: "quick" },
    ]);
    expect(await within(allSettled([]))).toEqual([]);
  });

  test("is ended by its time-out and its signal", async () => {
    await expect(within(allSettled([untilAborted], { timeout: 5, name: "poll" }))).rejects.toThrow(
      'scope "poll" timed out after 5 ms; still running: "untilAborted"',
    );
    const controller = new AbortController();
    const done = allSettled([untilAborted], { signal: controller.signal });
    controller.abort("enough");
    await expect(within(done)).rejects.toBe("enough");
  });
});

describe("any", () => {
  test("gives the first success; failures before it do not count, the others are aborted and waited for", async () => {
    const [reasons, cleaned]: [unknown[], Gate] = [[], new Gate()];
    async function north(): Promise<string> {
      return Promise.resolve("north");
    }
    const done = any([fails(new Error("no such host")), tidy(reasons, cleaned), north], { name: "mirrors", grace: 0 });
    await idle();
    expect(told()).toBe(
      'leave on scope "mirrors" (running: "task-2") has waited … s for its tasks to end; ' +
        'not stopped: "task-2" (told to stop … s ago)',
    );
    cleaned.open();
    expect(await within(done)).toBe("north");
    expect(reasons.map(String)).toEqual(['AbortError: any in scope "mirrors": task "north" came first']);
  });

  test("rejects with all errors, in the order of the jobs, if all fail", async () => {
    const [first, second, gate] = [new Error("first"), new Error("second"), new Gate<never>()];
    const done = any([() => gate.opened, fails(second)], { name: "mirrors" });
    await idle();
    gate.fail(first);
    await expect(within(done)).rejects.toMatchObject({
      name: "AggregateError",
      message: 'any in scope "mirrors": all 2 jobs failed, first: first',
      errors: [first, second],
      cause: first,
    });
  });

  test("needs a job", async () => {
    await expect(any([])).rejects.toMatchObject({ name: "ArgumentError", argument: "jobs" });
  });
});

describe("race", () => {
  test("gives the first result; the others are aborted, and how they end does not matter", async () => {
    const reasons: unknown[] = [];
    const stubborn = (task: TaskContext): Promise<never> =>
      untilAborted(task).catch(() => Promise.reject(new Error("cannot flush")));
    const quick: Job<number> = () => Promise.resolve(7);
    expect(await within(race([tidy(reasons), stubborn, quick], { name: "hosts" }))).toBe(7);
    expect(reasons.map(String)).toEqual(['AbortError: race in scope "hosts": task "quick" came first']);
  });

  test("rejects with the first error", async () => {
    const [error, reasons]: [Error, unknown[]] = [new Error("no such host"), []];
    await expect(within(race([tidy(reasons), fails(error)]))).rejects.toBe(error);
    expect(reasons).toHaveLength(1);
  });

  test("of two that end together the first counts", async () => {
    expect(await within(race([() => 1, () => 2]))).toBe(1);
  });

  test("keeps its result when its time is over, or its signal aborts, while the others end", async () => {
    const [reasons, cleaned]: [unknown[], Gate] = [[], new Gate()];
    const controller = new AbortController();
    const done = race([tidy(reasons, cleaned), () => 7], { timeout: 1, signal: controller.signal });
    await sleep(5);
    controller.abort();
    cleaned.open();
    expect(await within(done)).toBe(7);
  });

  test("is ended by its time-out", async () => {
    await expect(within(race([untilAborted], { timeout: 5 }))).rejects.toBeInstanceOf(TimeoutError);
  });

  test("needs a job", async () => {
    await expect(race([])).rejects.toThrow("jobs: was given an array of length 0, wants at least one function");
  });
});

test.each<[string, () => Promise<unknown>]>([
  ["jobs", () => all(undefined as never)],
  ["jobs[1]", () => allSettled([() => 1, Promise.resolve() as never])],
  ["timeout", () => any([() => 1], { timeout: -1 })],
  ["options", () => race([() => 1], 7 as never)],
])("a wrong %s is refused by name", async (argument, call) => {
  await expect(within(call())).rejects.toMatchObject({ name: "ArgumentError", argument });
});

test("results keep their types", () => {
  const number = (): Promise<number> => Promise.resolve(1);
  const text = ({ name }: TaskContext): string => name;
  expectTypeOf(() => all([number, text])).returns.resolves.toEqualTypeOf<[number, string]>();
  expectTypeOf(() => all(["a"].map(() => number))).returns.resolves.toEqualTypeOf<number[]>();
  expectTypeOf(() => allSettled([number, text])).returns.resolves.toEqualTypeOf<
    [PromiseSettledResult<number>, PromiseSettledResult<string>]
  >();
  expectTypeOf(() => any([number, text])).returns.resolves.toEqualTypeOf<number | string>();
  expectTypeOf(() => race([number, text])).returns.resolves.toEqualTypeOf<number | string>();
});
