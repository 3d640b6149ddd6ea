import { inspect, report, scope, waiting } from "tailrace";
import { describe, expect, expectTypeOf, test } from "vitest";
import { idle, within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { Gate, tasksAreKnown } from "../tasks.ts";
import { told } from "../told.ts";

nothingIsLeft();

describe("a wait for something of somebody else", () => {
  test("is in the report until the promise settles, and gives what that gives", async () => {
    const gate = new Gate<number>();
    const waited = waiting("reply", gate.opened, { resource: "job server", holder: "worker 3" });
    expect(inspect().waits).toMatchObject([
      {
        operation: "reply",
        resource: { kind: "resource", name: "job server" },
        awaits: "its promise to settle",
        remark: '"worker 3" has to',
      },
    ]);
    expect(told()).toBe('reply on resource "job server" has waited … s for its promise to settle; "worker 3" has to');
    gate.open(5);
    expect(await within(waited)).toBe(5);
    expectTypeOf(waited).toEqualTypeOf<Promise<number>>();
  });

  test("is named by itself if nothing else is said", async () => {
    const gate = new Gate();
    const waited = waiting("warm-up", gate.opened);
    expect(told()).toBe('warm-up on resource "warm-up" has waited … s for its promise to settle');
    gate.open();
    await within(waited);
  });

  test("fails as the promise does, and is gone then, too", async () => {
    const [gate, error] = [new Gate(), new Error("connection reset")];
    const waited = waiting("reply", gate.opened);
    gate.fail(error);
    await expect(within(waited)).rejects.toBe(error);
  });

  test.runIf(tasksAreKnown)("is that of its task", async () => {
    const gate = new Gate();
    const done = scope((s) => void s.spawn(() => waiting("reply", gate.opened), { name: "poll" }));
    await idle();
    expect(report()).toContain('task "poll": reply on resource "reply"');
    gate.open();
    await within(done);
  });

  test("takes whatever can be awaited, once", async () => {
    let calls = 0;
    const lazy: PromiseLike<string> = {
      then(onFulfilled) {
        calls++;
        return Promise.resolve("row").then(onFulfilled);
      },
    };
    expect(await within(waiting("query", lazy))).toBe("row");
    expect(calls).toBe(1);
  });

  test.each([
    [[5, Promise.resolve()], "operation: was given 5, wants a string"],
    [["reply", () => Promise.resolve()], "promise: was given a function, wants a promise"],
    [["reply", Promise.resolve(), "job server"], 'options: was given "job server", wants an object'],
    [["reply", Promise.resolve(), { resource: 5 }], "resource: was given 5, wants a string"],
    [["reply", Promise.resolve(), { holder: {} }], "holder: was given an object, wants a string"],
  ])("is refused with a wrong argument: %j", async (given, message) => {
    const wrong = waiting as (...given: unknown[]) => Promise<unknown>;
    await expect(within(wrong(...given))).rejects.toThrow(message);
  });
});
