import { setTimeout as sleep } from "node:timers/promises";
import { channel, inspect, report, scope } from "tailrace";
import type { Scope, Task } from "tailrace";
import { expect, expectTypeOf, test } from "vitest";
import { idle, within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { Gate, untilAborted } from "../tasks.ts";
import { told } from "../told.ts";

nothingIsLeft();

test("a scope gives what its function returns, once all tasks have ended", async () => {
  const ended: string[] = [];
  const value = await within(
    scope(async (s) => {
      s.spawn(async () => {
        await sleep(5);
        ended.push("slow");
      });
      s.spawn(() => {
        ended.push("at once");
      });
      expect(ended).toEqual(["at once"]);
      return Promise.resolve(7);
    }),
  );
  expect(value).toBe(7);
  expect(ended).toEqual(["at once", "slow"]);
});

test("tasks may start tasks while the scope is left", async () => {
  let last = false;
  await within(
    scope((s) => {
      s.spawn(async () => {
        await sleep(1);
        s.spawn(async () => {
          await sleep(1);
          last = true;
        });
      });
    }),
  );
  expect(last).toBe(true);
});

test("a task that is started as the last one ends is waited for too", async () => {
  let last = false;
  await within(
    scope((s) => {
      const first = s.spawn(() => sleep(1));
      void first.then(() =>
        s.spawn(async () => {
          await sleep(1);
          last = true;
        }),
      );
    }),
  );
  expect(last).toBe(true);
});

test("the first failure aborts all others with that error as reason, and is what the scope rejects with", async () => {
  const error = new Error("disk full");
  const tasks: Task<unknown>[] = [];
  let reason: unknown;
  const done = scope(async (s) => {
    tasks.push(s.spawn(untilAborted), s.spawn(untilAborted));
    tasks.push(
      s.spawn(async () => {
        await sleep(1);
        throw error;
      }),
    );
    await untilAborted(s).catch((seen: unknown) => {
      reason = seen;
    });
  });
  await expect(within(done)).rejects.toBe(error);
  expect(reason).toBe(error);
  expect(tasks.map((task) => task.status)).toEqual(["aborted", "aborted", "failed"]);
});

test("a function that throws fails the scope and aborts its tasks", async () => {
  const error = new Error("bad input");
  let task: Task<unknown> | undefined;
  await expect(
    within(
      scope((s) => {
        task = s.spawn(untilAborted);
        throw error;
      }),
    ),
  ).rejects.toBe(error);
  expect(task?.status).toBe("aborted");
});

test("other failures are gathered behind the first, mere echoes of it are not", async () => {
  const [first, second] = [new Error("first"), new Error("second")];
  const done = scope(
    (s) => {
      s.spawn(
        (task) =>
          untilAborted(task).catch(() => {
            throw second;
          }),
        { name: "cleans up badly" },
      );
      s.spawn((task) =>
        untilAborted(task).catch((cause: unknown) => {
          throw new Error("wrapped", { cause });
        }),
      );
      s.spawn((task) =>
        untilAborted(task).catch(() => {
          throw new DOMException("stopped", "AbortError");
        }),
      );
      s.spawn(() => Promise.reject(first));
    },
    { name: "copy" },
  );
  await expect(within(done)).rejects.toMatchObject({
    name: "AggregateError",
    errors: [first, second],
    cause: first,
    message: 'scope "copy": 2 failures, first: first',
  });
});

test("a scope that has failed waits for its function by name", async () => {
  const gate = new Gate();
  const error = new Error("disk full");
  const done = scope(
    async (s) => {
      s.spawn(() => Promise.reject(error));
      await gate.opened;
    },
    { name: "copy" },
  );
  await idle();
  expect(told()).toBe(
    'leave on scope "copy" (running: its function) has waited … s for its function and its tasks to end',
  );
  gate.open();
  await expect(within(done)).rejects.toBe(error);
});

test("a report names ten tasks and counts the others", async () => {
  const gate = new Gate();
  const done = scope(
    (s) => {
      for (let index = 0; index < 13; index++) s.spawn(() => gate.opened, { name: index.toString() });
    },
    { name: "many" },
  );
  await idle();
  const names = Array.from({ length: 10 }, (_, index) => `"${index.toString()}"`).join(", ");
  expect(report()).toContain(`leave on scope "many" (running: ${names}, 3 more) has waited`);
  gate.open();
  await within(done);
});

test("what waits for tasks is named while it waits", async () => {
  const gate = channel<true>({ name: "gate" });
  const done = scope(
    async (s) => {
      const slow = s.spawn(() => gate.receive(), { name: "slow" });
      s.spawn(
        async () => {
          await slow;
        },
        { name: "follower" },
      );
      return Promise.resolve();
    },
    { name: "copy" },
  );
  await idle();
  expect(
    inspect().waits.map(({ operation, resource, awaits }) => [operation, resource.kind, resource.name, awaits]),
  ).toEqual([
    ["receive", "channel", "gate", "an item"],
    ["await", "task", "slow", "it to end"],
    ["leave", "scope", "copy", "its tasks to end"],
  ]);
  expect(told()).toContain('leave on scope "copy" (running: "slow", "follower") has waited … s for its tasks to end');
  await within(Promise.all([done, gate.send(true)]));
});

test.each([
  ["fn", () => scope(3 as never)],
  ["signal", () => scope(() => 1, { signal: "x" as never })],
  ["name", () => scope(() => 1, { name: 1 as never })],
  ["options", () => scope(() => 1, "fast" as never)],
  ["fn", () => scope((s) => s.spawn(undefined as never))],
  ["timeout", () => scope(() => 1, { timeout: -1 })],
  ["grace", () => scope(() => 1, { grace: "long" as never })],
  ["options", () => scope((s) => s.spawn(() => 1, "name" as never))],
  ["name", () => scope((s) => s.spawn(() => 1, { name: 7 as never }))],
  ["daemon", () => scope((s) => s.spawn(() => 1, { daemon: "yes" as never }))],
])("a wrong %s is refused by name", async (argument, call) => {
  await expect(within(call())).rejects.toMatchObject({ name: "ArgumentError", argument });
});

test("results keep their types", () => {
  expectTypeOf(scope<number>).returns.resolves.toEqualTypeOf<number>();
  expectTypeOf((s: Scope) => s.spawn(() => Promise.resolve(1))).returns.toEqualTypeOf<Task<number>>();
});
