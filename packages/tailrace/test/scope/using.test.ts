import { openScope, scope, ScopeEndedError } from "tailrace";
import type { OpenScope, Scope, Task } from "tailrace";
import { expect, expectTypeOf, test } from "vitest";
import { idle, within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { Gate, untilAborted } from "../tasks.ts";
import { told } from "../told.ts";

nothingIsLeft();

/** Runs a block that opens a scope. */
function block(body: () => Promise<void>): Promise<void> {
  return within(body());
}

test("the end of the block waits for all tasks", async () => {
  const gate = new Gate();
  let over = false;
  const done = block(async () => {
    await using s = openScope({ name: "copy" });
    s.spawn(
      async () => {
        await gate.opened;
        over = true;
      },
      { name: "slow" },
    );
    expect([s.name, s.signal.aborted]).toEqual(["copy", false]);
  });
  await idle();
  expect(told()).toBe('leave on scope "copy" (running: "slow") has waited … s for its tasks to end');
  gate.open();
  await done;
  expect(over).toBe(true);
});

test("a failure of a task aborts the others, and is what the end of the block throws", async () => {
  const error = new Error("disk full");
  let other: Task<unknown> | undefined;
  const done = block(async () => {
    await using s = openScope();
    other = s.spawn(untilAborted);
    s.spawn(() => Promise.reject(error));
    await untilAborted(s).catch((reason: unknown) => {
      expect(reason).toBe(error);
    });
  });
  await expect(done).rejects.toBe(error);
  expect(other?.status).toBe("aborted");
});

test("several failures come as one AggregateError", async () => {
  const [first, second] = [new Error("first"), new Error("second")];
  const done = block(async () => {
    await using s = openScope();
    s.spawn(() => Promise.reject(first));
    s.spawn(() => Promise.reject(second));
  });
  await expect(done).rejects.toMatchObject({ name: "AggregateError", errors: [first, second], cause: first });
});

test("an exception of the block waits for the tasks, which nobody tells to stop", async () => {
  const [error, gate] = [new Error("bad input"), new Gate()];
  let task: Task<unknown> | undefined;
  const done = block(async () => {
    await using s = openScope();
    task = s.spawn(() => gate.opened);
    throw error;
  });
  await idle();
  expect(task?.status).toBe("running");
  gate.open();
  await expect(done).rejects.toBe(error);
  expect(task?.status).toBe("succeeded");
});

test("a block that aborts its scope in a catch ends its tasks and throws its own error alone", async () => {
  const error = new Error("bad input");
  const done = block(async () => {
    await using s = openScope();
    s.spawn(untilAborted);
    try {
      throw error;
    } catch (caught) {
      s.abort(caught);
      throw caught;
    }
  });
  await expect(done).rejects.toBe(error);
});

test("an exception of the block and a failure of a task come as a SuppressedError", async () => {
  const [outer, inner] = [new Error("bad input"), new Error("disk full")];
  const done = block(async () => {
    await using s = openScope();
    s.spawn(() => Promise.reject(inner));
    throw outer;
  });
  await expect(done).rejects.toMatchObject({ name: "SuppressedError", error: inner, suppressed: outer });
});

test("to dispose of a scope again only waits, and it takes no tasks any more", async () => {
  const error = new Error("disk full");
  let kept: Scope | undefined;
  await block(async () => {
    await using s = openScope({ name: "copy" });
    kept = s;
    s.spawn(() => Promise.reject(error));
    await expect(s[Symbol.asyncDispose]()).rejects.toBe(error);
  });
  expect(() => kept?.spawn(untilAborted)).toThrow(ScopeEndedError);
});

test("daemons end with the block", async () => {
  let task: Task<unknown> | undefined;
  await block(async () => {
    await using s = openScope();
    task = s.spawn(untilAborted, { daemon: true });
    await idle();
    expect(task.status).toBe("running");
  });
  expect(task?.status).toBe("aborted");
});

test("the time of a scope runs from its opening", async () => {
  const done = block(async () => {
    await using s = openScope({ name: "copy", timeout: 5 });
    s.spawn(untilAborted, { name: "slow" });
    await untilAborted(s).catch(() => undefined);
  });
  await expect(done).rejects.toThrow('scope "copy" timed out after 5 ms; still running: its block, "slow"');
});

test("the outer signal fails the scope; one that has aborted already keeps it from being opened", async () => {
  const controller = new AbortController();
  const reason = new Error("shutting down");
  const done = block(async () => {
    await using s = openScope({ signal: controller.signal });
    s.spawn(untilAborted);
  });
  controller.abort(reason);
  await expect(done).rejects.toBe(reason);
  expect(() => openScope({ signal: controller.signal })).toThrow(reason);
});

test("a task lives no longer than the block that uses it", async () => {
  let task: Task<unknown> | undefined;
  await within(
    scope(async (s) => {
      {
        await using beat = s.spawn(untilAborted, { name: "beat" });
        await idle();
        task = beat;
        expect(beat.status).toBe("running");
      }
      expect(task.status).toBe("aborted");
      await expect(Promise.resolve(task)).rejects.toThrow('task "beat" was disposed of');
    }),
  );
});

test("a task that has ended is disposed of at once", async () => {
  await within(
    scope(async (s) => {
      await using task = s.spawn(() => 5);
      expect(await task).toBe(5);
    }),
  );
});

test("an error of a task that is disposed of belongs to the scope", async () => {
  const error = new Error("cannot flush");
  let left = false;
  const done = scope(async (s) => {
    {
      await using flusher = s.spawn((task) =>
        untilAborted(task).catch(() => {
          throw error;
        }),
      );
      expect(flusher.status).toBe("running");
    }
    left = true;
  });
  await expect(within(done)).rejects.toBe(error);
  expect(left).toBe(true);
});

test.each([
  ["options", () => openScope("fast" as never)],
  ["timeout", () => openScope({ timeout: NaN })],
  ["signal", () => openScope({ signal: 1 as never })],
])("a wrong %s is refused by name", (argument, open) => {
  expect(open).toThrow(expect.objectContaining({ name: "ArgumentError", argument }));
});

test("an open scope is a scope that is disposed of", () => {
  expectTypeOf<OpenScope>().toExtend<Scope & AsyncDisposable>();
  expectTypeOf<Task<number>>().toExtend<PromiseLike<number> & AsyncDisposable>();
});
