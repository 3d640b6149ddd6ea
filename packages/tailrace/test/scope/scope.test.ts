import { getEventListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { channel, inspect, report, scope, ScopeEndedError } from "tailrace";
import type { Scope, Task, TaskContext } from "tailrace";
import { expect, expectTypeOf, test } from "vitest";
import { idle, within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";

nothingIsLeft();

/** A well-behaved task: runs until it is told to stop, then rejects with the reason. */
function untilAborted({ signal }: TaskContext): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}

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

test("a task gives its result to whoever awaits it, and shows how it stands", async () => {
  await within(
    scope(async (s) => {
      const task = s.spawn(() => Promise.resolve("done"), { name: "work" });
      expect([task.name, task.status]).toEqual(["work", "running"]);
      expect(await task).toBe("done");
      expect(task.status).toBe("succeeded");
    }),
  );
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
    await untilAborted({ name: "body", signal: s.signal }).catch((seen: unknown) => {
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

test("a task that throws before its first await fails like any other", async () => {
  const error = new Error("at once");
  await expect(
    within(
      scope((s) => {
        s.spawn(() => {
          throw error;
        });
      }),
    ),
  ).rejects.toBe(error);
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

test("a task's failure counts even if its awaiter caught it", async () => {
  const error = new Error("lost?");
  await expect(
    within(
      scope(async (s) => {
        await Promise.resolve(s.spawn(() => Promise.reject(error))).catch(() => undefined);
      }),
    ),
  ).rejects.toBe(error);
});

test("abort ends background tasks without failing the scope", async () => {
  const value = await within(
    scope((s) => {
      s.spawn(untilAborted);
      s.abort();
      return "work done";
    }),
  );
  expect(value).toBe("work done");
});

test("aborting one task leaves its siblings and the scope alone", async () => {
  const statuses = await within(
    scope(async (s) => {
      const [one, other] = [s.spawn(untilAborted), s.spawn(() => sleep(5, "fine"))];
      one.abort(new Error("not needed"));
      expect(await other).toBe("fine");
      return [one.status, other.status, s.signal.aborted];
    }),
  );
  expect(statuses).toEqual(["aborted", "succeeded", false]);
});

test("an outer abort fails the scope with its reason, even if the function comes to an end", async () => {
  const controller = new AbortController();
  const reason = new Error("shutting down");
  const done = scope(
    async (s) => {
      await untilAborted({ name: "", signal: s.signal }).catch(() => "ignored");
    },
    { signal: controller.signal },
  );
  controller.abort(reason);
  await expect(within(done)).rejects.toBe(reason);
  expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
});

test("a signal that has aborted already keeps the function from running", async () => {
  let ran = false;
  await expect(
    within(
      scope(
        () => {
          ran = true;
        },
        { signal: AbortSignal.abort("no") },
      ),
    ),
  ).rejects.toBe("no");
  expect(ran).toBe(false);
});

test("a scope leaves no listener on the outer signal", async () => {
  const { signal } = new AbortController();
  await within(
    scope(
      (s) => {
        s.spawn(() => sleep(1));
      },
      { signal },
    ),
  );
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
});

test("nothing runs in a scope that has aborted, or ended", async () => {
  let ran = 0;
  const kept = await within(
    scope((s): Scope => {
      s.abort();
      s.spawn(() => ran++);
      return s;
    }),
  );
  expect(() => kept.spawn(() => ran++, { name: "late" })).toThrow(ScopeEndedError);
  expect(() => kept.spawn(() => ran++, { name: "late" })).toThrow(/task "late": scope "scope-\d+" has ended/);
  expect(ran).toBe(0);
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
  expect(report()).toContain(
    'leave on scope "copy" (running: "slow", "follower") has waited 0.0 s for its tasks to end',
  );
  await within(Promise.all([done, gate.send(true)]));
});

test.each([
  ["fn", () => scope(3 as never)],
  ["signal", () => scope(() => 1, { signal: "x" as never })],
  ["name", () => scope(() => 1, { name: 1 as never })],
  ["options", () => scope(() => 1, "fast" as never)],
  ["fn", () => scope((s) => s.spawn(undefined as never))],
])("a wrong %s is refused by name", async (argument, call) => {
  await expect(within(call())).rejects.toMatchObject({ name: "ArgumentError", argument });
});

test("results keep their types", () => {
  expectTypeOf(scope<number>).returns.resolves.toEqualTypeOf<number>();
  expectTypeOf((s: Scope) => s.spawn(() => Promise.resolve(1))).returns.toEqualTypeOf<Task<number>>();
});
