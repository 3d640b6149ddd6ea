import { getEventListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { scope, ScopeEndedError } from "tailrace";
import type { Scope, Task, TaskContext } from "tailrace";
import { expect, test } from "vitest";
import { within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { Gate, untilAborted } from "../tasks.ts";

nothingIsLeft();

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

test("an outer abort fails the scope with its reason, even if the function comes to an end", async () => {
  const controller = new AbortController();
  const reason = new Error("shutting down");
  const done = scope(
    async (s) => {
      await untilAborted(s).catch(() => "ignored");
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

test("an abort without a reason is an AbortError that says what was aborted", async () => {
  const reasons: unknown[] = [];
  const note = (task: TaskContext): Promise<void> =>
    untilAborted(task).catch((reason: unknown) => void reasons.push(String(reason)));
  await within(
    scope(
      (s) => {
        s.spawn(note, { name: "one" }).abort();
        s.spawn(note);
        s.abort();
        s.abort(new Error("a second reason does not count"));
        reasons.push(String(s.signal.reason));
      },
      { name: "copy" },
    ),
  );
  expect(reasons).toEqual([
    'AbortError: scope "copy" was aborted',
    'AbortError: task "one" was aborted',
    'AbortError: scope "copy" was aborted',
  ]);
});

test("a scope inside a task stops with that task, by its signal", async () => {
  const error = new Error("no such host");
  const inner: Task<unknown>[] = [];
  let inside: Promise<void> | undefined;
  const done = scope((s) => {
    s.spawn((task) => {
      inside = scope((t) => void inner.push(t.spawn(untilAborted), t.spawn(untilAborted)), { signal: task.signal });
      return inside;
    });
    s.spawn(() => Promise.reject(error));
  });
  await expect(within(done)).rejects.toBe(error);
  await expect(inside).rejects.toBe(error);
  expect(inner.map(({ status }) => status)).toEqual(["aborted", "aborted"]);
});

test("ten thousand tasks are aborted together, and ten thousand started and joined", async () => {
  const error = new Error("enough");
  const count = 10_000;
  const tasks: Task<unknown>[] = [];
  const done = scope((s) => {
    for (let index = 0; index < count; index++) tasks.push(s.spawn(untilAborted));
    throw error;
  });
  await expect(within(done)).rejects.toBe(error);
  expect(tasks.filter(({ status }) => status === "aborted")).toHaveLength(count);
  let ended = 0;
  await within(
    scope((s) => {
      for (let index = 0; index < count; index++) s.spawn(async () => Promise.resolve(ended++));
    }),
  );
  expect(ended).toBe(count);
});

test("what comes after the first failure from outside does not count", async () => {
  const controller = new AbortController();
  const [error, gate] = [new Error("disk full"), new Gate()];
  const done = scope(
    (s) => {
      s.spawn(() => gate.opened);
      throw error;
    },
    { signal: controller.signal, timeout: 1 },
  );
  controller.abort(new Error("shutting down"));
  await sleep(5);
  gate.open();
  await expect(within(done)).rejects.toBe(error);
});
