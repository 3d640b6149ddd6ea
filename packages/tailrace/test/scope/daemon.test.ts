import { channel, scope } from "tailrace";
import type { Task } from "tailrace";
import { explore } from "tailrace/testing";
import { expect, test } from "vitest";
import { idle, within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { Gate, untilAborted } from "../tasks.ts";
import { told } from "../told.ts";

nothingIsLeft();

test("a daemon runs as long as the function and the other tasks do, and is then told to stop", async () => {
  const gate = new Gate();
  let daemon: Task<unknown> | undefined;
  let reason: unknown;
  const done = scope(
    (s) => {
      daemon = s.spawn(
        (task) =>
          untilAborted(task).catch((error: unknown) => {
            reason = error;
            throw error;
          }),
        { daemon: true },
      );
      s.spawn(() => gate.opened);
      return "work done";
    },
    { name: "serve" },
  );
  await idle();
  expect(daemon?.status).toBe("running");
  gate.open();
  expect(await within(done)).toBe("work done");
  expect(daemon?.status).toBe("aborted");
  expect(String(reason)).toBe('AbortError: scope "serve": all other tasks have ended');
});

test("a scope of daemons alone ends with its function", async () => {
  const statuses = await within(
    scope(async (s) => {
      const daemons = [s.spawn(untilAborted, { daemon: true }), s.spawn(untilAborted, { daemon: true })];
      await idle();
      return () => daemons.map(({ status }) => status);
    }),
  );
  expect(statuses()).toEqual(["aborted", "aborted"]);
});

test("a daemon that ends by itself is a task like any other", async () => {
  await within(
    scope(async (s) => {
      expect(await s.spawn(() => 3, { daemon: true })).toBe(3);
    }),
  );
});

test("a daemon that fails before it is told to stop fails the scope", async () => {
  const error = new Error("connection lost");
  const done = scope((s) => {
    s.spawn(() => Promise.reject(error), { daemon: true });
    s.spawn(untilAborted);
  });
  await expect(within(done)).rejects.toBe(error);
});

test("a daemon whose clean-up fails fails the scope", async () => {
  const error = new Error("cannot flush");
  const done = scope((s) => {
    s.spawn(
      (task) =>
        untilAborted(task).catch(() => {
          throw error;
        }),
      { daemon: true },
    );
  });
  await expect(within(done)).rejects.toBe(error);
});

test("a daemon that does not stop is waited for, and named", async () => {
  const gate = new Gate();
  const done = scope((s) => void s.spawn(() => gate.opened, { name: "deaf", daemon: true }), {
    name: "serve",
    grace: 0,
  });
  await idle();
  expect(told()).toBe(
    'leave on scope "serve" (running: "deaf") has waited … s for its tasks to end; ' +
      'not stopped: "deaf" (told to stop … s ago)',
  );
  gate.open();
  await within(done);
});

test("a task that is started when the last of the others ends finds its daemon running", async () => {
  const jobs = channel<string>({ name: "jobs" });
  const done: string[] = [];
  await within(
    scope((s) => {
      s.spawn(
        async ({ signal }) => {
          for (;;) done.push(await jobs.receive({ signal }));
        },
        { name: "worker", daemon: true },
      );
      const first = s.spawn(() => jobs.send("first"));
      void first.then(() => s.spawn(() => jobs.send("second")));
    }),
  );
  expect(done).toEqual(["first", "second"]);
});

test("daemons that a daemon starts while it stops are told to stop as well", async () => {
  const tasks: Task<unknown>[] = [];
  await within(
    scope((s) => {
      const first = s.spawn(
        (task) =>
          untilAborted(task).catch(async () => {
            const second = s.spawn(untilAborted, { daemon: true });
            tasks.push(second);
            await Promise.resolve(second).catch(() => undefined);
          }),
        { daemon: true },
      );
      tasks.push(first);
    }),
  );
  expect(tasks.map(({ status }) => status)).toEqual(["succeeded", "aborted"]);
});

test("a failure aborts daemons with its error, once", async () => {
  const error = new Error("disk full");
  const reasons: unknown[] = [];
  const done = scope((s) => {
    s.spawn(
      (task) => {
        task.signal.addEventListener("abort", () => reasons.push(task.signal.reason));
        return untilAborted(task);
      },
      { daemon: true },
    );
    s.spawn(() => Promise.reject(error));
  });
  await expect(within(done)).rejects.toBe(error);
  expect(reasons).toEqual([error]);
});

test("a daemon is needed by a task that is started by whoever awaited the last one", async () => {
  // Under every schedule of the two: the function returns before, while and after the first task ends.
  const { complete } = await explore((explored) => {
    const jobs = channel<string>();
    const received: string[] = [];
    explored.party("scope", async (step) => {
      await scope(async (s) => {
        s.spawn(
          async ({ signal }) => {
            for (;;) received.push(await jobs.receive({ signal }));
          },
          { daemon: true },
        );
        void s.spawn(step).then(() => s.spawn(() => jobs.send("x")));
        await step();
      });
    });
    return () => {
      expect(received).toEqual(["x"]);
    };
  });
  expect(complete).toBe(true);
});

test("a task is waited for that is started by whoever awaited the last one", async () => {
  let ran = false;
  await within(
    scope((s) => {
      void s
        .spawn(() => Promise.resolve())
        .then(() =>
          s.spawn(async () => {
            await idle();
            ran = true;
          }),
        );
    }),
  );
  expect(ran).toBe(true);
});
