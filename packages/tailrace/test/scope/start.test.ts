import { NotReadyError, report, scope, ScopeEndedError } from "tailrace";
import type { Scope, StartContext, TaskContext } from "tailrace";
import { expect, expectTypeOf, test } from "vitest";
import { idle, within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { Gate, tasksAreKnown, untilAborted } from "../tasks.ts";
import { told } from "../told.ts";

nothingIsLeft();

const BY_MAIN = tasksAreKnown ? 'task "main": ' : "";

test("start gives the value of ready, and the task goes on", async () => {
  const stopped = await within(
    scope(async (s) => {
      let over = false;
      const gate = new Gate();
      const port = await s.start<number>(async ({ ready }) => {
        await Promise.resolve();
        ready(8080);
        await gate.opened;
        over = true;
      });
      expect([port, over]).toEqual([8080, false]);
      gate.open();
      return () => over;
    }),
  );
  expect(stopped()).toBe(true);
});

test("a task may be ready at once, and only its first call counts", async () => {
  await within(
    scope(async (s) => {
      const value = s.start<string>(({ ready, name }) => {
        ready(name);
        ready("again");
      });
      expect(report()).toBe("nothing waits");
      expect(await value).toBe("task-1");
    }),
  );
});

test("a call of ready after the end of the task does nothing", async () => {
  let late: ((value: number) => void) | undefined;
  const done = scope(async (s) => {
    await s.start<number>(({ ready }) => {
      late = ready;
    });
  });
  await expect(within(done)).rejects.toBeInstanceOf(NotReadyError);
  late?.(1);
});

test("what waits for ready is named", async () => {
  const gate = new Gate();
  const done = scope((s) => {
    s.spawn(
      async () => {
        await s.start(
          async ({ ready }) => {
            await gate.opened;
            ready();
          },
          { name: "serve" },
        );
      },
      { name: "main" },
    );
  });
  await idle();
  expect(told()).toContain(`${BY_MAIN}start on task "serve" (running) has waited … s for it to call ready`);
  gate.open();
  await within(done);
});

test("a task that ends before it is ready is told to who waits, and fails nobody else", async () => {
  await within(
    scope(async (s) => {
      const started = s.start(() => "done", { name: "serve" });
      await expect(started).rejects.toMatchObject({
        name: "NotReadyError",
        code: "TAILRACE_NOT_READY",
        message: 'start on task "serve": it ended without having called ready',
      });
    }),
  );
});

test("a task that fails before it is ready fails the scope with its own error, and is the cause for who waits", async () => {
  const cause = new Error("port in use");
  let seen: unknown;
  const done = scope((s) => {
    s.spawn(
      async () => {
        await s
          .start(() => Promise.reject(cause), { name: "serve" })
          .catch((error: unknown) => {
            seen = error;
            throw error;
          });
      },
      { name: "main" },
    );
  });
  await expect(within(done)).rejects.toBe(cause);
  expect(seen).toMatchObject({
    name: "NotReadyError",
    message: `${BY_MAIN}start on task "serve": it failed before it called ready: port in use`,
    cause,
  });
});

test("nobody needs to look at what start returns", async () => {
  const error = new Error("port in use");
  const done = scope((s) => {
    void s.start(() => {
      throw error;
    });
    void s.start(() => undefined);
  });
  await expect(within(done)).rejects.toBe(error);
});

test("an abort ends the wait for ready", async () => {
  const reason = new Error("shutting down");
  let seen: unknown;
  await within(
    scope(async (s) => {
      const started = s.start((task) => untilAborted(task), { name: "serve" });
      s.abort(reason);
      await started.catch((error: unknown) => {
        seen = error;
      });
    }),
  );
  expect(seen).toMatchObject({
    message: 'start on task "serve": it was aborted before it called ready: shutting down',
    cause: reason,
  });
});

test("in a scope that has aborted the task is not run, in one that has ended it is refused", async () => {
  let ran = 0;
  const run = (): number => ran++;
  const kept = await within(
    scope(async (s): Promise<Scope> => {
      s.abort("enough");
      await expect(s.start(run, { name: "late" })).rejects.toMatchObject({
        message: 'start on task "late": it was aborted before it called ready: enough',
        cause: "enough",
      });
      return s;
    }),
  );
  await expect(kept.start(run)).rejects.toBeInstanceOf(ScopeEndedError);
  expect(ran).toBe(0);
});

test("a started task may be a daemon", async () => {
  const address = await within(
    scope((s) =>
      s.start<string>(
        async ({ ready, signal }) => {
          ready("localhost");
          await untilAborted({ signal });
        },
        { daemon: true },
      ),
    ),
  );
  expect(address).toBe("localhost");
});

test.each([
  ["fn", (s: Scope) => s.start(undefined as never)],
  ["name", (s: Scope) => s.start(() => 1, { name: 5 as never })],
])("a wrong %s is refused by name, as a rejection", async (argument, start) => {
  await expect(within(scope(start))).rejects.toMatchObject({ name: "ArgumentError", argument });
});

test("the type of the value comes from the function, or is said", () => {
  const serve = ({ ready }: StartContext<{ port: number }>): void => {
    ready({ port: 1 });
  };
  expectTypeOf((s: Scope) => s.start(serve)).returns.resolves.toEqualTypeOf<{ port: number }>();
  expectTypeOf((s: Scope) =>
    s.start<number>(({ ready }) => {
      ready(1);
    }),
  ).returns.resolves.toEqualTypeOf<number>();
  expectTypeOf((s: Scope) =>
    s.start(({ ready }) => {
      ready();
    }),
  ).returns.resolves.toBeVoid();
  expectTypeOf<StartContext>().toExtend<TaskContext>();
});
