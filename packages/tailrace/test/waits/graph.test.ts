import { channel, fanOut, inspect, limit, scope } from "tailrace";
import type { Snapshot } from "tailrace";
import { describe, expect, test } from "vitest";
import { idle, within } from "../deadline.ts";
import { range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { Gate, tasksAreKnown } from "../tasks.ts";
import { told } from "../told.ts";

nothingIsLeft();

/** The tasks of a snapshot as a tree of names. */
function tree({ tasks }: Snapshot, parent?: number): unknown {
  const inside = tasks.filter((task) => task.parent === parent);
  return Object.fromEntries(inside.map((task) => [`${task.kind} ${task.name}`, tree({ tasks } as Snapshot, task.id)]));
}

describe("the tasks that run", () => {
  test("are in the snapshot with what they run in, whether or not they wait", async () => {
    const gate = new Gate();
    const done = scope(
      (s) => {
        s.spawn(gate.run, { name: "runs" });
        s.spawn(() => fanOut(range(3), { disk: () => gate.opened }, { name: "copy" }).catch(() => undefined), {
          name: "copies",
        });
        s.spawn(() => scope((inner) => void inner.spawn(gate.run, { name: "deep" }), { name: "inner" }), {
          name: "nests",
        });
      },
      { name: "main" },
    );
    await idle();
    expect(tree(inspect())).toEqual(
      tasksAreKnown
        ? {
            "scope main": {
              "task runs": {},
              "task copies": { "sink disk": {} },
              "task nests": { "scope inner": { "task deep": {} } },
            },
          }
        : {
            "scope main": { "task runs": {}, "task copies": {}, "task nests": {} },
            "scope inner": { "task deep": {} },
            "sink disk": {},
          },
    );
    gate.open();
    await within(done);
    expect(inspect()).toEqual({ at: expect.any(Number) as number, waits: [], tasks: [], resources: [], edges: [] });
  });

  test("have a status, the time at which they began, and the same number in every snapshot", async () => {
    const gate = new Gate();
    const before = performance.now() - 1;
    const done = scope((s) => {
      s.spawn(gate.run, { name: "deaf" });
      s.spawn(() => {
        throw new Error("bad");
      });
    });
    await idle();
    const [first, second] = [inspect(), inspect()].map(({ tasks }) => tasks.find(({ name }) => name === "deaf"));
    expect(first).toEqual(second);
    expect(first?.status).toBe("stopping");
    expect(first?.began).toBeGreaterThan(before);
    expect(first?.began).toBeLessThanOrEqual(performance.now());
    gate.open();
    await expect(within(done)).rejects.toThrow("bad");
  });
});

test("resources tell their figures, how many wait on them, and edges lead from who waits to who holds", async () => {
  const jobs = channel<number>({ name: "jobs", capacity: 2 });
  const done = scope(
    (s) => {
      s.spawn(
        async () => {
          for (const n of range(4)) await jobs.send(n);
        },
        { name: "produce" },
      );
    },
    { name: "main" },
  );
  await idle();
  const other = jobs.send(9);
  const { resources, tasks, edges } = inspect();
  const [scopeNode, channelNode] = ["main", "jobs"].map((name) => resources.find((one) => one.name === name));
  expect(channelNode).toMatchObject({ kind: "channel", figures: { capacity: 2, held: 2 }, waiters: 2, holders: [] });
  const produce = tasks.find(({ name }) => name === "produce");
  expect(scopeNode).toMatchObject({ kind: "scope", waiters: 1, holders: [produce?.id] });
  expect(edges).toContainEqual({ from: scopeNode?.id, to: produce?.id, kind: "held" });
  expect(edges).toContainEqual({ from: tasksAreKnown ? produce?.id : 0, to: channelNode?.id, kind: "waits" });
  expect(edges).toContainEqual({ from: 0, to: channelNode?.id, kind: "waits" });
  const taken = (async () => {
    for await (const _ of jobs);
  })();
  await within(Promise.all([done, other]));
  jobs.close();
  await within(taken);
});

describe("a report is a tree", () => {
  test.runIf(tasksAreKnown)("below each wait are those of whoever can end it", async () => {
    const replies = channel<string>({ name: "replies" });
    const done = scope(
      (s) => {
        s.spawn(
          () => scope((inner) => void inner.spawn(() => replies.receive(), { name: "print" }), { name: "inner" }),
          {
            name: "serve",
          },
        );
      },
      { name: "main" },
    );
    await idle();
    expect(told().split("\n")).toEqual([
      'leave on scope "main" (running: "serve") has waited … s for its tasks to end',
      '  task "serve": leave on scope "inner" (running: "print") has waited … s for its tasks to end',
      '    task "print": receive on channel "replies" (capacity 0, rendezvous) has waited … s for an item; nobody is sending',
    ]);
    await within(Promise.all([replies.send("one"), done]));
  });

  test.runIf(tasksAreKnown)("of a limit it tells which calls hold permits, and for how long", async () => {
    const [db, gate] = [limit(1, { name: "db" }), channel<"go">({ name: "gate" })];
    const first = db(async function query() {
      await gate.receive();
    });
    const second = db(() => 1);
    await idle();
    expect(told().split("\n")).toEqual([
      'call on limit "db" (1 of 1 permit taken) has waited … s for a permit',
      '  held for … s by the call of "query"',
      '    receive on channel "gate" (capacity 0, rendezvous) has waited … s for an item; nobody is sending',
    ]);
    await within(Promise.all([gate.send("go"), first, second]));
  });

  test.runIf(tasksAreKnown)("two limits taken in opposite order are a cycle, and it says so", async () => {
    const [a, b] = [limit(1, { name: "a" }), limit(1, { name: "b" })];
    const stop = new AbortController();
    const limits = { signal: stop.signal };
    const one = a(async function holdsA() {
      await idle();
      await Promise.any([b.with(limits)(() => 1)]); // it is not known that nothing else would do
    });
    const two = b(async function holdsB() {
      await idle();
      await Promise.any([a.with(limits)(() => 2)]);
    });
    await idle();
    await idle();
    expect(told().split("\n")).toEqual([
      'call on limit "b" (1 of 1 permit taken) has waited … s for a permit',
      '  held for … s by the call of "holdsB"',
      '    call on limit "a" (1 of 1 permit taken) has waited … s for a permit',
      '      held for … s by the call of "holdsA"',
      '        call on limit "b" (1 of 1 permit taken), as above: a cycle',
    ]);
    stop.abort("enough");
    await expect(within(Promise.allSettled([one, two]))).resolves.toMatchObject([
      { reason: { errors: ["enough"] } },
      { reason: { errors: ["enough"] } },
    ]);
  });

  test("many waits of a kind are counted", async () => {
    const [many, few] = [channel<number>({ name: "many" }), channel<number>({ name: "few" })];
    const waits = [...range(12_345).map((n) => many.send(n)), ...range(10).map((n) => few.send(n))];
    expect(
      told()
        .split("\n")
        .filter((line) => line.includes("few")),
    ).toHaveLength(10);
    expect(
      told()
        .split("\n")
        .filter((line) => line.includes("many")),
    ).toHaveLength(11);
    expect(told().split("\n").at(-1)).toBe('and 12,335 more: send on channel "many" (capacity 0, rendezvous)');
    const ends = Promise.allSettled(waits);
    many.close();
    few.close();
    await within(ends);
  });

  test("and a very long one is cut off", async () => {
    const channels = range(1000).map(() => channel<number>());
    const ends = Promise.allSettled(channels.map((one) => one.receive()));
    expect(told().split("\n")).toHaveLength(201);
    expect(told().split("\n").at(-1)).toBe("and 800 more");
    for (const one of channels) one.close();
    await within(ends);
  });
});
