import { channel, fanOut, inspect, report, scope } from "tailrace";
import type { Snapshot } from "tailrace";
import { describe, expect, test } from "vitest";
import { idle, within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { tasksAreKnown } from "../tasks.ts";
import { told } from "../told.ts";

nothingIsLeft();

test("a snapshot tells operation, resource, state, reason and time of each wait, the longest first", async () => {
  const before = performance.now();
  const full = channel<number>({ name: "host-3", capacity: 2 });
  await within(Promise.all([full.send(1), full.send(2)]));
  const sending = full.send(3);
  const empty = channel<number>({ name: "answers" });
  const receiving = empty.receive();
  const { at, waits } = inspect();
  const [sender, receiver] = waits.map(({ resource }) => resource.id);
  expect(waits).toEqual([
    {
      operation: "send",
      resource: { id: sender, kind: "channel", name: "host-3", state: "capacity 2, full" },
      since: expect.any(Number) as number,
      awaits: "a receiver",
      remark: "nobody is receiving",
      idle: false,
    },
    {
      operation: "receive",
      resource: { id: receiver, kind: "channel", name: "answers", state: "capacity 0, rendezvous" },
      since: expect.any(Number) as number,
      awaits: "an item",
      remark: "nobody is sending",
      idle: true,
    },
  ]);
  const times = [before, ...waits.map((wait) => wait.since), at];
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  await within(full.receive());
  await within(Promise.all([sending, empty.send(1), receiving]));
});

test("a snapshot does not change when the waits end", async () => {
  const ch = channel<number>({ name: "jobs" });
  const sending = ch.send(1);
  const snapshot = inspect();
  await within(Promise.all([ch.receive(), sending]));
  expect(snapshot.waits).toHaveLength(1);
  expect(report(snapshot)).toContain('send on channel "jobs"');
  expect(report()).toBe("nothing waits");
});

test("a report is one line for each wait", () => {
  const snapshot: Snapshot = {
    at: 10_000,
    waits: [
      {
        operation: "send",
        resource: { id: 1, kind: "channel", name: "host-3", state: "capacity 16, full" },
        since: 7_000,
        awaits: "a receiver",
        remark: "nobody is receiving",
        idle: false,
      },
      {
        operation: "await",
        resource: { id: 2, kind: "task", name: "poll" },
        waiter: 3,
        task: "main",
        since: 9_960,
        awaits: "it to end",
        idle: true,
      },
    ],
    tasks: [],
    resources: [],
    edges: [],
  };
  expect(report(snapshot)).toBe(
    'send on channel "host-3" (capacity 16, full) has waited 3.0 s for a receiver; nobody is receiving\n' +
      'task "main": await on task "poll" has waited 0.0 s for it to end',
  );
});

test("a send that waits for a reader who is busy says so", async () => {
  const ch = channel<number>({ name: "jobs" });
  const gate = channel<"go">({ name: "gate" });
  const reader = (async () => {
    for await (const job of ch) if (job === 1) await gate.receive();
  })();
  await within(ch.send(1));
  const second = ch.send(2);
  await idle();
  expect(told()).toContain('send on channel "jobs" (capacity 0, rendezvous) has waited … s for a receiver; its reader');
  ch.close(); // the second send rejects, the loop ends
  await expect(within(second)).rejects.toThrow("closed");
  await within(gate.send("go"));
  await within(reader);
});

describe.runIf(tasksAreKnown)("the task that waits is named", () => {
  test("in a scope, however deep the wait is", async () => {
    const ch = channel<number>({ name: "answers" });
    const ask = async (): Promise<number> => {
      await idle();
      return ch.receive();
    };
    const done = scope((s) => void s.spawn(ask, { name: "poll" }));
    await idle();
    await idle();
    expect(report()).toContain('task "poll": receive on channel "answers"');
    await within(ch.send(1));
    await within(done);
  });

  test("in a sink", async () => {
    const gate = channel<"go">({ name: "gate" });
    const out = fanOut([1], {
      disk: async (items) => {
        for await (const item of items) expect([item, await gate.receive()]).toEqual([1, "go"]);
      },
    });
    await idle();
    expect(report()).toContain('task "disk": receive on channel "gate"');
    await within(gate.send("go"));
    await within(out);
  });
});
