import { inspect, limit, mvar, report, scope, TimeoutError } from "tailrace";
import { describe, expect, test } from "vitest";
import { idle, within } from "../deadline.ts";
import { range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { Gate, tasksAreKnown } from "../tasks.ts";
import { told } from "../told.ts";

nothingIsLeft();

describe("a report tells", () => {
  test("who waits for an empty box, and for how many", async () => {
    const box = mvar<number>({ name: "jobs" });
    const [taken, read, swapped] = [box.take(), box.read(), box.swap(5)];
    expect(told().split("\n")).toEqual([
      'take on mvar "jobs" (empty, 3 waiting) has waited … s for a value; nobody is putting',
      'read on mvar "jobs" (empty, 3 waiting) has waited … s for a value; nobody is putting',
      'swap on mvar "jobs" (empty, 3 waiting) has waited … s for a value; nobody is putting',
    ]);
    expect(inspect().waits.map(({ operation, idle: isWell }) => [operation, isWell])).toEqual([
      ["take", true],
      ["read", true],
      ["swap", false],
    ]);
    expect(inspect().resources).toMatchObject([{ figures: { held: 0, takers: 2, readers: 1, putters: 0 } }]);
    await within(Promise.all([box.put(1), box.put(2), taken, read, swapped]));
  });

  test("who waits for a full one", async () => {
    const box = mvar({ name: "jobs", value: 1 });
    const puts = [box.put(2), box.put(3)];
    expect(told().split("\n")[0]).toBe(
      'put on mvar "jobs" (full, 2 waiting) has waited … s for room; nobody is taking',
    );
    expect(inspect().resources).toMatchObject([{ figures: { held: 1, takers: 0, readers: 0, putters: 2 } }]);
    await within(Promise.all([box.take(), box.take(), ...puts]));
  });

  test("who has one that is lent, for how long, and what they wait for", async () => {
    const box = mvar({ name: "account", value: 1 });
    const gate = new Gate<number>();
    const before = performance.now();
    const limited = limit(1, { name: "db" });
    const other = limited(gate.run);
    const lent = box.modify(async function transfer(value) {
      return (
        value +
        (await limited(function ask() {
          return 1;
        }))
      );
    });
    await idle();
    const taken = box.take();
    const put = box.put(7);
    const lines = told().split("\n");
    expect(lines).toContain('take on mvar "account" (lent to "transfer", 2 waiting) has waited … s for a value');
    expect(lines.join("\n")).toContain('\n  held for … s by the call of "transfer"');
    const holder = inspect().tasks.find(({ kind, name }) => kind === "call" && name === "transfer");
    expect(holder?.began).toBeGreaterThanOrEqual(before);
    expect(inspect().waits.filter(({ resource, idle: isWell }) => resource.kind === "mvar" && isWell)).toEqual([]);
    gate.open(5);
    expect(await within(Promise.all([other, lent, taken, put]))).toEqual([5, 2, 2, undefined]);
  });

  test("that a box is lent to a function without a name", async () => {
    const box = mvar({ name: "account", value: 1 });
    const gate = new Gate<number>();
    const lent = box.with(() => gate.opened);
    const taken = box.take();
    expect(told().split("\n")).toEqual([
      'take on mvar "account" (lent to a function without a name, 1 waiting) has waited … s for a value',
      "  held for … s by the call of a function without a name, which has not ended",
    ]);
    gate.open(1);
    await within(Promise.all([lent, taken]));
  });

  test("that a call which is over holds nothing, whatever it has started", async () => {
    const [box, other] = [mvar({ name: "account", value: 1 }), mvar<number>({ name: "other" })];
    const started: Promise<number>[] = [];
    await within(
      box.with(() => {
        started.push(other.take());
      }),
    );
    const taken = [box.take(), box.take()];
    expect(told()).not.toContain("held for");
    await within(Promise.all([other.put(1), box.put(2), ...taken, ...started]));
  });

  test.runIf(tasksAreKnown)("which task waits", async () => {
    const box = mvar<number>({ name: "jobs" });
    await within(
      scope(async (s) => {
        s.spawn(() => box.take(), { name: "worker" });
        await idle();
        expect(report()).toContain('task "worker": take on mvar "jobs" (empty, 1 waiting)');
        await box.put(1);
      }),
    );
  });

  test("only the first of many", async () => {
    const box = mvar<number>({ name: "jobs" });
    const takes = range(25).map(() => box.take());
    expect(report().split("\n").at(-1)).toBe('and 15 more: take on mvar "jobs" (empty, 25 waiting)');
    for (const value of range(25)) await within(box.put(value));
    await within(Promise.all(takes));
  });
});

test("who gives up says the same", async () => {
  const box = mvar({ name: "jobs", value: 1 });
  await expect(within(box.put(2, { timeout: 1 }))).rejects.toThrow(
    new TimeoutError('put on mvar "jobs" (full, 1 waiting) waited 1 ms for room; nobody is taking'),
  );
  await within(box.take());
  await expect(within(box.read({ timeout: 0 }))).rejects.toThrow(
    new TimeoutError('read on mvar "jobs" (empty) waited 0 ms for a value; nobody is putting'),
  );
});
