import { setTimeout as sleep } from "node:timers/promises";
import { scope } from "tailrace";
import { expect, test } from "vitest";
import { within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { Gate, untilAborted } from "../tasks.ts";

nothingIsLeft();

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

test("the signal of a task is there for those who ask late", async () => {
  const reason = new Error("enough");
  const late = new Gate();
  let seen: AbortSignal | undefined;
  await within(
    scope((s) => {
      const task = s.spawn(async (context) => {
        await late.opened;
        seen = context.signal;
        expect(context.signal).toBe(seen);
        throw seen.reason;
      });
      task.abort(reason);
      task.abort(new Error("a second reason does not count"));
      late.open();
    }),
  );
  expect([seen?.aborted, seen?.reason]).toEqual([true, reason]);
});

test("a task that has ended cannot be aborted, and gives its result again and again", async () => {
  await within(
    scope(async (s) => {
      const task = s.spawn(() => 5);
      await task;
      task.abort();
      expect([task.status, await task, await task]).toEqual(["succeeded", 5, 5]);
    }),
  );
});

test("who awaits a task after it was aborted gets the reason", async () => {
  const reason = new Error("not needed");
  await within(
    scope(async (s) => {
      const task = s.spawn(untilAborted);
      task.abort(reason);
      await expect(Promise.resolve(task)).rejects.toBe(reason);
      await expect(Promise.resolve(task)).rejects.toBe(reason);
    }),
  );
});

test("tasks have the names of their functions, or numbers", async () => {
  async function poll(): Promise<void> {
    // It has a name.
  }
  await within(
    scope((s) => {
      expect([s.spawn(poll).name, s.spawn(() => 1).name, s.spawn(poll, { name: "mine" }).name]).toEqual([
        "poll",
        "task-2",
        "mine",
      ]);
    }),
  );
});
